package watch

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// A told event becomes known so long after it happened.
type toldEvent struct {
	known time.Time
	tell  func(*freight.Timeline)
}

// On a way that is driven by the rules of the road, with a rest when hours are used up, short stops, docks that work within
// their time, a jitter and messages that come up to 25 min late, no finding is more than watched.
func TestAnOrdinaryTripIsQuiet(t *testing.T) {
	rules := DefaultRules()
	rapid.Check(t, func(t *rapid.T) {
		l := toMemphis()
		l.SCAC = freight.Known{Value: "ABCD"}
		l.Stops[1].Window = freight.Window{Start: central(20, 0), End: central(72, 0)}
		minutes := func(name string, from, to int) time.Duration {
			return time.Duration(rapid.IntRange(from, to).Draw(t, name)) * time.Minute
		}
		var events []toldEvent
		happens := func(fact freight.Fact, i int, set func(*freight.StopLine, *freight.KnownTime), state freight.LoadState) {
			at := l.at
			events = append(events, toldEvent{at.Add(minutes("late", 0, 25)), func(l *freight.Timeline) {
				set(&l.Stops[i], happened(fact, at))
				l.State = state
			}})
		}
		if rapid.Bool().Draw(t, "town only") {
			l.Stops[1].Place = freight.Place{City: "Dallas", State: "TX", Postal: "75201"}
		}
		l.where = between(memphis, littleRock, rapid.Float64Range(0, 0.9).Draw(t, "from"))
		l.drive(memphis).stand(minutes("gate", 0, 30))
		happens(freight.FactArrived, 0, func(s *freight.StopLine, k *freight.KnownTime) { s.Arrived = k }, freight.AtPickup)
		l.stand(minutes("loading", 15, 100))
		happens(freight.FactDeparted, 0, func(s *freight.StopLine, k *freight.KnownTime) { s.Departed = k }, freight.InTransit)
		left := l.at
		bend := between(memphis, dallas, rapid.Float64Range(0.2, 0.8).Draw(t, "bend"))
		bend.Lat += rapid.Float64Range(-0.5, 0.5).Draw(t, "off the line")
		l.drive(bend).stand(minutes("meal", 0, 90)).drive(between(memphis, dallas, 0.9))
		if l.at.Sub(left) > 9*time.Hour {
			l.stand(10 * time.Hour)
		}
		l.drive(dallas)
		happens(freight.FactArrived, 1, func(s *freight.StopLine, k *freight.KnownTime) { s.Arrived = k }, freight.AtDelivery)
		l.stand(minutes("unloading", 15, 90))

		trail := l.Trail
		for now := central(5, 0); now.Before(l.at); now = now.Add(7 * time.Minute) {
			seen := 0
			for seen < len(trail) && trail[seen].At <= now.Unix() {
				seen++
			}
			l.Trail = trail[:seen]
			for _, e := range events {
				if !e.known.After(now) {
					e.tell(l.Timeline)
				}
			}
			e := evaluation{t: l.Timeline, around: &nothingAround, now: now, rules: &rules}
			movement(&e)
			for _, f := range e.found {
				if f.Severity != freight.Watched {
					t.Fatalf("at %v: %s: %s %v", now, f.Key, f.Why, f.Inputs)
				}
			}
		}
	})
}
