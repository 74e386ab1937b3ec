package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestLateETA(t *testing.T) {
	eta := func(at time.Time) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].ETA = &freight.Estimate{At: at, Source: carrier, StatedAt: central(9, 0), Claims: []freight.ToldTime{{At: at, Provenance: by(carrier, central(9, 0))}}}
		}
	}
	now := central(10, 0)
	table(t, []row{
		{"on the minute", eta(central(14, 0)), now, nil},
		{"59 s after", eta(central(14, 0).Add(59 * time.Second)), now, nil},
		{"a minute after", eta(central(14, 1)), now, []string{"eta.late/2 waiting watch"}},
		{"29 min", eta(central(14, 29).Add(59 * time.Second)), now, []string{"eta.late/2 waiting watch"}},
		{"30 min", eta(central(14, 30)), now, []string{"eta.late/2 atRisk minor"}},
		{"2 h", eta(central(16, 0)), now, []string{"eta.late/2 actNow major"}},
		{"4 h", eta(central(18, 0)), now, []string{"eta.late/2 actNow critical"}},
		{"arrived since", func(l *freight.Timeline, a *freight.Around) {
			eta(central(18, 0))(l, a)
			l.Stops[1].Arrived = happened(freight.FactArrived, central(9, 50))
		}, now, nil},
		{"no window", func(l *freight.Timeline, a *freight.Around) {
			eta(central(18, 0))(l, a)
			l.Stops[1].Window = freight.Window{}
		}, now, []string{"appointment.unset/2 waiting minor"}},
	})
}
