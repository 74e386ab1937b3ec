package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

// unheard makes the load one that only its TMS has told of.
func unheard(l *freight.Timeline, _ *freight.Around) {
	l.State, l.LastNews, l.Heard = freight.Planned, nil, freight.Heard{TMS: central(0, 0)}
	l.Carrier.Value = "Swift Valley"
	l.Stops[0].Arrived, l.Stops[0].Departed = nil, nil
}

func TestSides(t *testing.T) {
	table(t, []row{
		{"known to a carrier only, 59 min", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(0, 59), nil},
		{"known to a carrier only, 1 h", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(1, 0), []string{"load.oneSided verify minor"}},
		{"nothing else is said of it", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(30, 0), []string{"load.oneSided verify minor"}},
		{"known to the TMS only, its pickup not open", unheard, central(7, 59), nil},
		{"known to the TMS only, its pickup open", unheard, central(8, 0), []string{"load.oneSided waiting minor"}},
		{"not covered", func(l *freight.Timeline, a *freight.Around) { unheard(l, a); l.Carrier.Value = "" }, central(8, 0), nil},
		{"the driver was on the phone", func(l *freight.Timeline, a *freight.Around) { unheard(l, a); l.Heard.Phone = central(7, 0) }, central(8, 0), nil},
		{"the TMS tells of the arrival", func(l *freight.Timeline, a *freight.Around) {
			unheard(l, a)
			l.Stops[0].Arrived = happened(freight.FactArrived, central(7, 50))
		}, central(8, 0), nil},
		{"gone", func(l *freight.Timeline, _ *freight.Around) {
			l.Gone = &freight.Word{Provenance: by(tmsSource, central(9, 40))}
		}, central(9, 45), []string{"load.gone verify minor"}},
	})
}
