package kpi

import (
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

// tracking is whether the truck could be seen, and how much of what it told came from a system.
func (b *book) tracking() {
	d := b.def
	seen := b.share("tracking.compliance", "Tracking compliance", fmt.Sprintf(
		"Loads with a position by the end of the pickup window, at least one position in each %d min for %.0f %% of the time from departure at the first pickup to arrival at the last delivery, and the last one no more than %d min before that arrival, by loads whose both ends are known.",
		d.PingMinutes, 100*d.PingShare, d.PingMinutes))
	auto := b.share("tracking.automation", "Tracking automation",
		"Required statuses that a platform, the truck's device or the carrier's own messages told, by required statuses: dispatched, arrived and departed at the first pickup, arrived and delivered at the last delivery, of delivered loads.")
	for _, l := range b.loads {
		if cause := b.unseen(l); cause != "" {
			seen.leave(cause, l.row)
		} else {
			ok, why := b.followed(l)
			seen.hit(ok, func() KPIRow {
				r := l.row()
				r.Outcome = why
				return r
			})
		}
		switch _, _, known := delivered(l); {
		case void(l.State) != "":
			auto.leave(void(l.State), l.row)
		case !known:
			auto.leave("not delivered", l.row)
		default:
			for _, s := range required(l) {
				auto.hit(s.is.Auto, func() KPIRow {
					r := l.row()
					r.What, r.Outcome = s.name, string(s.is.By)
					return r
				})
			}
		}
	}
}

type status struct {
	name string
	is   freight.TimeFacts
}

func required(l *Load) []status {
	out := []status{{"dispatched", l.Dispatched}}
	first, last := ends(l)
	var none freight.StopFacts
	if first == nil {
		first = &none
	}
	if last == nil {
		last = &none
	}
	return append(out, status{"arrived at pickup", first.Arrived}, status{"departed from pickup", first.Departed},
		status{"arrived at delivery", last.Arrived}, status{"delivered", last.Unloaded})
}

// ends are the first pickup and the last delivery; nil where there is none.
func ends(l *Load) (first, last *freight.StopFacts) {
	for i := range l.Stops {
		s := &l.Stops[i]
		if isPickup(s) && first == nil {
			first = s
		}
		if isDelivery(s) {
			last = s
		}
	}
	return first, last
}

// unseen is why a load is not in scope of tracking compliance.
func (b *book) unseen(l *Load) string {
	first, last := ends(l)
	switch {
	case void(l.State) != "":
		return void(l.State)
	case first == nil || last == nil:
		return "no pickup or no delivery"
	case first.Departed.At.IsZero():
		return "departure from the pickup not known"
	case last.Arrived.At.IsZero():
		return "arrival at the delivery not known"
	}
	return ""
}

// followed reports whether a load was seen as its rule asks, else what was missing.
func (b *book) followed(l *Load) (ok bool, why string) {
	first, last := ends(l)
	by := first.Window.End
	if by.IsZero() {
		by = first.Departed.At
	}
	every := time.Duration(b.def.PingMinutes) * time.Minute
	from, to := first.Departed.At, last.Arrived.At
	early, latest, covered := false, time.Time{}, 0
	spans := int((to.Sub(from) + every - 1) / every)
	hit := make(map[int]bool, spans)
	for _, sec := range l.Pings {
		ping := l.First.Add(time.Duration(sec) * time.Second)
		early = early || !ping.After(by)
		if !ping.After(to) {
			latest = ping
		}
		if !ping.Before(from) && ping.Before(to) {
			hit[int(ping.Sub(from)/every)] = true
		}
	}
	covered = len(hit)
	switch {
	case len(l.Pings) == 0:
		return false, "no position"
	case !early:
		return false, "first position after the pickup window"
	case spans > 0 && float64(covered) < b.def.PingShare*float64(spans):
		return false, fmt.Sprintf("positions in %d of %d spans of %d min", covered, spans, b.def.PingMinutes)
	case latest.IsZero() || to.Sub(latest) > every:
		return false, "last position long before the delivery"
	}
	return true, "followed"
}
