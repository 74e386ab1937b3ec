package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestAfterClosing(t *testing.T) {
	// Closed at 14:00. Two sources tell of the arrival two hours apart; the later word came at some minute.
	told := func(at time.Time) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			delivered(l)
			l.State = freight.Closed
			l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: "Closed", Provenance: by(person, central(14, 0))}}
			l.Stops[1].Arrived = happened(freight.FactArrived, central(13, 0))
			l.Stops[1].Arrived.Claims = append(l.Stops[1].Arrived.Claims, claim(tmsSource, at, central(11, 0)))
		}
	}
	found := []string{"source.conflict/2/arrived verify minor"}
	table(t, []row{
		{"known before", told(central(13, 59)), central(16, 0), nil},
		{"with the word that closed it", told(central(14, 0)), central(16, 0), found},
		{"since", told(central(15, 0)), central(16, 0), found},
		{"nobody is known to have closed it", func(l *freight.Timeline, a *freight.Around) { told(central(15, 0))(l, a); l.Statuses = nil }, central(16, 0), nil},
	})
}
