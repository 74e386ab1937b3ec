package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestTemperature(t *testing.T) {
	excursion := []string{"temperature.excursion actNow critical"}
	reefer := func(low, high float64, told ...float32) *trip {
		l := offMemphis().drive(littleRock)
		l.TempMinF, l.TempMaxF = &low, &high
		for i, f := range told {
			l.Readings = append(l.Readings, freight.Reading{At: central(7, 10*i).Unix(), F: f, Observation: freight.ObservationID{9, byte(i)}})
		}
		return l
	}
	now := central(8, 15)
	moments(t, []moment{
		{"inside", reefer(34, 38, 34, 38, 36), now, nil},
		{"once outside", reefer(34, 38, 36, 39), now, nil},
		{"twice in a row", reefer(34, 38, 36, 39, 40), now, excursion},
		{"too cold", reefer(34, 38, 33, 32), now, excursion},
		{"not in a row", reefer(34, 38, 39, 36, 39), now, nil},
		{"back inside", reefer(34, 38, 39, 40, 36), now, nil},
		{"a hair, told in Celsius", reefer(34, 38, 38.04, 38.04), now, nil},
		{"no range", changed(reefer(0, 0, 90, 90), func(l *trip) { l.TempMinF, l.TempMaxF = nil, nil }), now, nil},
		{"a ceiling only", changed(reefer(0, 0, 1, 2), func(l *trip) { l.TempMinF = nil }), now, excursion},
		{"before it was loaded", changed(reefer(34, 38, 60, 61), func(l *trip) { l.Readings[0].At, l.Readings[1].At = central(4, 0).Unix(), central(4, 30).Unix() }), now, nil},
		{"empty on the way to the pickup", func() *trip {
			l := reefer(34, 38, 60, 61)
			l.Stops[0].Arrived, l.Stops[0].Departed, l.State = nil, nil, freight.Dispatched
			l.Stops[0].Window = freight.Window{Start: central(9, 0), End: central(11, 0)}
			return l
		}(), now, nil},
		{"two sensors", changed(reefer(34, 38, 39, 36, 39), func(l *trip) { l.Tellers = append(l.Tellers, macropoint); l.Readings[1].By = 1 }), now,
			[]string{"temperature.excursion/eld/unit 7 actNow critical"}},
	})
}
