package watch

import (
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// A journey is where the truck is on its way, by events first and by its trail where an event is missing. It is read off
// once for all rules of movement.
type journey struct {
	*evaluation
	fixes  []freight.Fix // of the voice that follows the truck, oldest first
	left   int           // the last stop that the truck is known to have left; -1 none
	leftAt int64         // when, Unix seconds; 0 unknown
	to     int           // the stop it is at or heads for; -1 none
	at     bool          // an event says that it is at that stop, and no position that it has gone
	since  int           // the first of fixes that was told after leftAt
}

// movement are the rules of movement: where the truck is, and whether it is seen at all. A load on hold stands still by
// somebody's word.
func movement(e *evaluation) {
	if e.t.State == freight.OnHold || len(e.t.Stops) == 0 {
		return
	}
	j := journey{evaluation: e, fixes: voice(e.t)}
	j.find()
	j.tracking()
	j.position()
	j.dwell()
	j.detention()
	j.missedScans()
	j.temperature()
	j.priorEvents()
	if len(j.fixes) == 0 {
		return
	}
	if !j.falseFresh() {
		j.unscheduled()
	}
	j.route()
}

// voiceSilent is how much newer than the truck's own voice other positions must be before they count as the trail.
const voiceSilent = int64(time.Hour / time.Second)

// voice is the trail as told by one voice: sources place the same truck miles apart, and two of them in turn look like a
// truck that jumps about. A device that follows the truck goes before what people and messages tell; of several the one
// that was heard last. Fixes of a time to come are no sightings.
func voice(t *freight.Timeline) []freight.Fix {
	fixes := t.Trail
	for len(fixes) > 0 && toCome(&fixes[len(fixes)-1]) {
		fixes = fixes[:len(fixes)-1]
	}
	if len(fixes) == 0 || len(t.Tellers) < 2 {
		return fixes
	}
	newest := fixes[len(fixes)-1].At
	for i := len(fixes) - 1; i >= 0 && newest-fixes[i].At <= voiceSilent; i-- {
		if by := fixes[i].By; follows(t.Tellers[by].Kind) && !toCome(&fixes[i]) {
			return only(fixes, by)
		}
	}
	return fixes
}

// only are the fixes of one teller; the list itself where nobody else told any.
func only(fixes []freight.Fix, by uint16) []freight.Fix {
	other := slices.IndexFunc(fixes, func(f freight.Fix) bool { return f.By != by })
	if other < 0 {
		return fixes
	}
	own := make([]freight.Fix, other, len(fixes))
	copy(own, fixes)
	for i := other; i < len(fixes); i++ {
		if fixes[i].By == by && !toCome(&fixes[i]) {
			own = append(own, fixes[i])
		}
	}
	return own
}

// clockSlack is how far ahead of its receipt a fix may lie; clocks differ that much.
const clockSlack = int64(15 * time.Minute / time.Second)

func toCome(f *freight.Fix) bool { return f.Received != 0 && f.At-f.Received > clockSlack }

// follows reports whether a source follows the truck by a device, without anybody asking.
func follows(k freight.SourceKind) bool { return k.Platform() || k == freight.ELD }

// find sets where the truck stands between its stops.
func (j *journey) find() {
	j.left = -1
	stops := j.t.Stops
	at := -1
	for i := range stops {
		if stops[i].Arrived != nil || stops[i].Done() {
			at = i
		}
	}
	switch {
	case at < 0:
	case leaving(&stops[at]) != nil:
		j.left, j.leftAt = at, unix(exact(leaving(&stops[at])))
	default:
		if f := j.seenAway(at); f != nil {
			j.left, j.leftAt = at, f.At
			break
		}
		j.left, j.at = at-1, true
		if at > 0 {
			j.leftAt = unix(lastAt(&stops[at-1]))
		}
	}
	j.to = j.left + 1
	if j.to >= len(stops) {
		j.to = -1
	}
	j.since = len(j.fixes)
	for j.since > 0 && j.fixes[j.since-1].At >= j.leftAt {
		j.since--
	}
}

// leaving is the event that ended a stop's work, so that the truck is on its way again; nil when there is none. Loaded
// alone does not: the truck waits for its papers.
func leaving(stop *freight.StopLine) *freight.KnownTime {
	switch {
	case stop.Departed != nil:
		return stop.Departed
	case stop.Delivery() && stop.Delivered != nil:
		return stop.Delivered
	case stop.Delivery() && stop.Unloaded != nil:
		return stop.Unloaded
	case stop.PickedUp != nil:
		return stop.PickedUp
	}
	return nil
}

// How much later than its positions an arrival may be told. Where only the ZIP code or town of a stop is known the truck may
// have passed its middle on the way to the gate.
const (
	arrivedLate   = 2 * time.Hour
	arrivedPassed = 15 * time.Minute
)

// seenAway is the first fix that shows the truck away from stop i after it was there; nil while it is there, or where no
// fix saw it there.
func (j *journey) seenAway(i int) *freight.Fix {
	stop := &j.t.Stops[i]
	if !hasPoint(stop) {
		return nil
	}
	ground, area := planeAt(stop, stop.Lat), areaOf(stop, j.rules.GateMiles)
	slack := arrivedLate
	if !stop.Place.HasPoint() {
		slack = arrivedPassed
	}
	for k := len(j.fixes) - 1; k >= 0; k-- {
		if ground.squared(&j.fixes[k]) > area*area {
			continue
		}
		if k+1 == len(j.fixes) || j.fixes[k].At < unix(exact(stop.Arrived).Add(-slack)) {
			return nil
		}
		return &j.fixes[k+1]
	}
	return nil
}

// last is the newest fix. There is one.
func (j *journey) last() *freight.Fix { return &j.fixes[len(j.fixes)-1] }

// exact is when something happened, zero where only the day is known or nothing.
func exact(k *freight.KnownTime) time.Time {
	if k == nil || len(k.Claims) > 0 && k.Claims[0].DayOnly {
		return time.Time{}
	}
	return k.At
}

// lastAt is the last exact event at a stop.
func lastAt(stop *freight.StopLine) time.Time {
	var last time.Time
	for _, k := range [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
		last = later(last, exact(k))
	}
	return last
}

// unix is Unix seconds, 0 for no instant.
func unix(t time.Time) int64 {
	if t.Year() < 1970 {
		return 0
	}
	return t.Unix()
}

func instant(sec int64) time.Time { return time.Unix(sec, 0).UTC() }

// firstPickup is the pickup that opens the load's plan; nil when there is none.
func firstPickup(t *freight.Timeline) *freight.StopLine {
	for i := range t.Stops {
		if t.Stops[i].Pickup() {
			return &t.Stops[i]
		}
	}
	return nil
}

// begun reports whether something happened at a stop.
func (j *journey) begun() bool { return j.left >= 0 || j.at }

// trackFrom is the instant from which the load should be seen: so long before its pickup opens; ok is false when nothing
// says when that is.
func (j *journey) trackFrom() (from time.Time, ok bool) {
	pickup := firstPickup(j.t)
	if pickup == nil || opens(pickup).IsZero() {
		return from, false
	}
	return opens(pickup).Add(-j.rules.TrackAhead), true
}

// spotText is where a fix lies, told from the stop the truck heads for, else the one it left: "41 mi from Dallas, TX".
func (j *journey) spotText(f *freight.Fix) string {
	if p := j.t.Position; p != nil && p.Observation == f.Observation && p.Place.CityState() != "" {
		return "at " + p.Place.CityState()
	}
	i := j.to
	if i < 0 || !hasPoint(&j.t.Stops[i]) {
		i = j.left
	}
	if i < 0 || !hasPoint(&j.t.Stops[i]) {
		return "at " + pointText(f)
	}
	stop := &j.t.Stops[i]
	return wholeMiles(root(planeAt(stop, stop.Lat).squared(f))) + " from" + placeOr(stop)
}

// placeOr is the place of a stop with a blank before it; its number when nobody said where it is.
func placeOr(stop *freight.StopLine) string {
	if p := place(stop); p != "" {
		return p
	}
	return " stop " + strconv.Itoa(stop.Seq)
}

func pointText(f *freight.Fix) string {
	return strconv.FormatFloat(float64(f.Lat), 'f', 4, 32) + ", " + strconv.FormatFloat(float64(f.Lon), 'f', 4, 32)
}

func wholeMiles(miles float64) string { return strconv.Itoa(int(miles+0.5)) + " mi" }

// told is who told a fix, and when: "macropoint, Mon 23 Nov 14:00 CST".
func (j *journey) told(f *freight.Fix) string {
	return j.who(f.By).String() + ", " + j.stamp(f.At)
}

// who told a fix or a reading; nobody where the list of tellers does not say.
func (j *journey) who(by uint16) freight.Source {
	if int(by) < len(j.t.Tellers) {
		return j.t.Tellers[by]
	}
	return freight.Source{}
}

func (j *journey) stamp(sec int64) string { return timeline.Stamp(instant(sec), j.zone()) }
