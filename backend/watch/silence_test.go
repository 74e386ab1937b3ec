package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestSilenceNamesTheSourceThatFails(t *testing.T) {
	l := load()
	l.Stops[1].Window = freight.Window{Start: central(40, 0), End: central(42, 0)}
	around := freight.Around{SourceHealth: map[string]string{"carrier/ABCD": "down"}}
	v := rulesOnly(l, &around, central(13, 30))
	if want := "No news since Mon 23 Nov 09:30 CST (Departed Fort Worth, TX); carrier/ABCD is down"; v.Attention.Why != want {
		t.Errorf("why %q", v.Attention.Why)
	}
}

func TestSilence(t *testing.T) {
	table(t, []row{
		{"4 h after the last news", func(l *freight.Timeline, _ *freight.Around) { farAway(l) }, central(13, 30), []string{"silence verify minor"}},
		{"a minute before", func(l *freight.Timeline, _ *freight.Around) { farAway(l) }, central(13, 29), nil},
		{"a temperature since", func(l *freight.Timeline, _ *freight.Around) { farAway(l); l.Heard.Visibility = central(9, 45) }, central(13, 44), nil},
		{"4 h after the temperature", func(l *freight.Timeline, _ *freight.Around) { farAway(l); l.Heard.Visibility = central(9, 45) }, central(13, 45), []string{"silence verify minor"}},
		{"not yet to be picked up", func(l *freight.Timeline, _ *freight.Around) {
			l.State, l.Stops[0].Arrived, l.Stops[0].Departed, l.Stops[0].Window = freight.Planned, nil, nil, freight.Window{Start: central(20, 0), End: central(22, 0)}
			farAway(l)
		}, central(18, 0), nil},
		{"not picked up, 4 h after the window opened", func(l *freight.Timeline, _ *freight.Around) {
			l.State, l.Stops[0].Arrived, l.Stops[0].Departed, l.Stops[0].Window = freight.Planned, nil, nil, freight.Window{Start: central(20, 0), End: central(40, 0)}
			farAway(l)
		}, central(24, 0), []string{"silence verify minor"}},
		{"on hold", func(l *freight.Timeline, _ *freight.Around) { l.State = freight.OnHold; farAway(l) }, central(20, 0), nil},
	})
}

// farAway moves the delivery to another day, so that only silence can speak.
func farAway(l *freight.Timeline) {
	l.Stops[1].Window = freight.Window{Start: central(60, 0), End: central(62, 0)}
}
