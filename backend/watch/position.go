package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// position is position.stale: the newest position is 120 min old where a device follows the truck, 240 min where people
// tell it. The clock runs while the load is under way: before the first pickup from the instant at which tracking starts,
// then from the last departure or the end of loading. While the truck is worked at a stop nobody needs its position.
func (j *journey) position() {
	if j.at && !j.t.Stops[j.to].Done() {
		return
	}
	seen, by := j.newest()
	if seen.IsZero() {
		return
	}
	from := seen
	switch {
	case j.at:
		from = later(seen, lastAt(&j.t.Stops[j.to]))
	case j.left >= 0:
		from = later(seen, instant(j.leftAt))
	default:
		start, ok := j.trackFrom()
		if !ok {
			return
		}
		from = later(seen, start)
	}
	limit, how := j.staleAfter(by)
	due := from.Add(limit)
	if !j.reached(due) {
		return
	}
	f := freight.Finding{Kind: "position.stale", Level: freight.Verify, Severity: freight.Minor, Since: due,
		Why: "No position since " + timeline.Stamp(seen, j.zone()) + " (" + by.String() + ")",
		Inputs: inputs("lastPosition", timeline.Stamp(seen, j.zone()), "source", by.String(), "tracked", how, "threshold", span(limit),
			"clockFrom", timeline.Stamp(from, j.zone())),
		Next: freight.Next{Act: "call", Text: "Ask the driver for the position and the ETA" + j.toNext(), Due: due}}
	if p := j.t.Position; p != nil {
		f.Evidence = []freight.ObservationID{p.Observation}
	} else if n := len(j.t.Trail); n > 0 {
		f.Evidence = []freight.ObservationID{j.t.Trail[n-1].Observation}
	}
	j.add(f, due)
}

// toNext is " to Dallas, TX", empty when it is not known where the truck heads for.
func (j *journey) toNext() string {
	if j.to < 0 || place(&j.t.Stops[j.to]) == "" {
		return ""
	}
	return " to" + place(&j.t.Stops[j.to])
}

// newest is when and by whom the truck was last seen, never later than it was told; a platform that says it tracks has
// seen it then.
func (j *journey) newest() (at time.Time, by freight.Source) {
	if n := len(j.t.Trail); n > 0 {
		f := &j.t.Trail[n-1]
		at, by = instant(f.At), j.who(f.By)
		if f.Received != 0 && f.Received < f.At {
			at = instant(f.Received)
		}
	}
	if p := j.t.Position; p != nil {
		told := p.At
		if !p.ReceivedAt.IsZero() && p.ReceivedAt.Before(told) {
			told = p.ReceivedAt
		}
		if told.After(at) {
			at, by = told, p.Source
		}
	}
	if at.IsZero() && j.t.Tracking.State == freight.TrackTracking {
		return j.t.Tracking.At, j.t.Tracking.Source
	}
	return at, by
}

// staleAfter is how old a position may grow, and in words how the load is tracked.
func (j *journey) staleAfter(by freight.Source) (limit time.Duration, how string) {
	if j.followed(by) {
		return j.rules.Stale, "by a device"
	}
	return j.rules.StaleManual, "by calls and messages"
}

// oftenFixes positions within oftenSeconds are more than anybody types.
const (
	oftenFixes   = 4
	oftenSeconds = int64(3 * time.Hour / time.Second)
)

// followed reports whether a device follows the truck: a platform says how it tracks, or one told positions, or whoever
// told the last one told them so often that a device must stand behind it.
func (j *journey) followed(by freight.Source) bool {
	if j.t.Tracking.State != "" || follows(by.Kind) {
		return true
	}
	for i := range j.t.Tellers {
		if follows(j.t.Tellers[i].Kind) && len(j.t.Trail) > 0 {
			return true
		}
	}
	switch by.Kind {
	case freight.User, freight.Dispatcher, freight.Customer, freight.Facility, freight.Paper:
		return false
	}
	told, newest := 0, int64(0)
	for i := len(j.t.Trail) - 1; i >= 0; i-- {
		f := &j.t.Trail[i]
		if j.who(f.By) != by {
			continue
		}
		if told == 0 {
			newest = f.At
		}
		if newest-f.At > oftenSeconds {
			return false
		}
		if told++; told == oftenFixes {
			return true
		}
	}
	return false
}
