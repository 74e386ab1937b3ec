package watch

import (
	"math"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// equalMiles is how near two positions are that are the same position told again: 50 ft.
const equalMiles = 0.01

// A habit is what a device tells while the truck stands: nearby points, or the same point again and again.
type habit uint8

const (
	habitUnknown habit = iota
	habitJitters
	habitFreezes
)

// falseFresh is position.falseFresh: positions with new times repeat the same point over 90 min on a load that should
// move. A device that was seen to freeze where the truck stood tells nothing by it, and a stop at which a driver may rest is
// a rest unless the device is known to jitter. About a stop ahead the truck has arrived, unless it cannot have come there. A truck
// that stands with a jitter is stop.unscheduled.
func (j *journey) falseFresh() bool {
	from, should := j.shouldMoveFrom()
	if !should {
		return false
	}
	first, sure := j.repeats(from)
	if sure < 0 {
		return false
	}
	before := first
	if j.left < 0 {
		before = j.runFrom(math.MinInt64) // the same point before it need set out shows nothing of the device
	}
	habit := j.habitBefore(before)
	if habit == habitFreezes {
		return false
	}
	centre := -1
	for i := range j.t.Stops {
		if i != j.left && j.aboutStop(i, j.last()) && !j.beyondReach(first) {
			if habit != habitJitters || !j.centreOf(i) {
				return false
			}
			centre = i
		}
	}
	if habit != habitJitters && j.last().At-j.fixes[first].At < int64(j.rules.Rest/time.Second) && j.mayRest(first) {
		return false
	}
	j.repeated(first, sure, centre)
	return true
}

// beyondReach reports whether no truck can have come to a fix since it left its last stop: it was not seen there, but told.
func (j *journey) beyondReach(k int) bool {
	if j.left < 0 || j.leftAt == 0 || !hasPoint(&j.t.Stops[j.left]) {
		return false
	}
	from := &j.t.Stops[j.left]
	far := root(planeAt(from, from.Lat).squared(&j.fixes[k]))
	return far >= minJumpMiles && far > mostMPH*float64(j.fixes[k].At-j.leftAt)/3600
}

// shouldMoveFrom is since when the truck should move: from the last departure, or from when it must have set out to keep
// its first pickup.
func (j *journey) shouldMoveFrom() (from int64, should bool) {
	switch {
	case j.at || j.to < 0:
		return 0, false
	case j.left >= 0:
		return j.leftAt, true
	}
	start, ok := j.trackFrom()
	pickup := firstPickup(j.t)
	if !ok || !hasPoint(pickup) {
		return 0, false
	}
	drive := time.Duration(root(planeAt(pickup, pickup.Lat).squared(j.last())) * roadFactor / roadMPH * float64(time.Hour))
	return later(start, deadline(pickup).Add(-drive)).Unix(), true
}

// repeats are the first of the newest fixes that repeat one point, and the one that made it sure; sure is -1 while none did.
func (j *journey) repeats(from int64) (first, sure int) {
	first = j.runFrom(from)
	for sure = first + j.rules.FalseFreshCount - 1; sure < len(j.fixes); sure++ {
		if j.fixes[sure].At-j.fixes[first].At >= int64(j.rules.FalseFreshOver/time.Second) && j.fixes[first].At >= from {
			return first, sure
		}
	}
	return first, -1
}

// runFrom is the first of the newest fixes, told no earlier than from, that repeat one point.
func (j *journey) runFrom(from int64) int {
	last := j.last()
	shrink := shrinkAt(last)
	first := len(j.fixes) - 1
	for first > 0 && j.fixes[first-1].At >= from && apart(&j.fixes[first-1], last, shrink) <= equalMiles*equalMiles {
		first--
	}
	return first
}

// How the habit of a device is read off: pairs of fixes so near each other are of a truck that stands, and so many pairs
// of one sort show a habit.
const (
	standMiles = 0.5
	habitPairs = 3
)

// habitBefore is the habit that the fixes before k show.
func (j *journey) habitBefore(k int) habit {
	shrink := shrinkAt(&j.fixes[k])
	equal, near := 0, 0
	for i := 1; i < k; i++ {
		switch far := apart(&j.fixes[i-1], &j.fixes[i], shrink); {
		case far <= equalMiles*equalMiles:
			equal++
		case far <= standMiles*standMiles:
			near++
		}
	}
	switch {
	case equal >= habitPairs && equal >= near:
		return habitFreezes
	case near >= habitPairs && near > equal:
		return habitJitters
	}
	return habitUnknown
}

// centreMiles is how far apart two tables put the middle of one ZIP code or town.
const centreMiles = 0.3

// centreOf reports whether the newest fix is the middle of the ZIP code or town of stop i: looked up, not seen.
func (j *journey) centreOf(i int) bool {
	stop := &j.t.Stops[i]
	return !stop.Place.HasPoint() && planeAt(stop, stop.Lat).squared(j.last()) <= centreMiles*centreMiles
}

func (j *journey) aboutStop(i int, f *freight.Fix) bool {
	stop := &j.t.Stops[i]
	area := areaOf(stop, j.rules.GateMiles)
	return hasPoint(stop) && planeAt(stop, stop.Lat).squared(f) <= area*area
}

func (j *journey) repeated(first, sure, centre int) {
	last := j.last()
	since := instant(j.fixes[sure].At)
	f := freight.Finding{Kind: "position.falseFresh", Level: freight.Verify, Severity: freight.Major, Since: since,
		Why:      "Positions " + j.spotText(last) + " repeat the same point since " + j.stamp(j.fixes[first].At) + " on a load that should move",
		Evidence: []freight.ObservationID{j.fixes[first].Observation, last.Observation},
		Inputs: inputs("first", j.told(&j.fixes[first]), "newest", j.told(last), "point", pointText(last),
			"threshold", strconv.Itoa(j.rules.FalseFreshCount)+" over "+span(j.rules.FalseFreshOver)),
		Next: freight.Next{Act: "call", Text: "Ask the driver where the truck is, by a sign or mile marker, and compare; ask for tracking by another device", Due: since}}
	if centre >= 0 {
		f.Why = "Positions repeat the middle of the ZIP code or town of stop" + placeOr(&j.t.Stops[centre]) + " since " + j.stamp(j.fixes[first].At) +
			": looked up, not seen"
	}
	j.add(f, since)
}

// priorEvents is position.falseFresh by events: what is told lies days before the load's first word and its pickup, as when
// the events of a container's or trailer's previous journey are repeated.
func (j *journey) priorEvents() {
	pickup := firstPickup(j.t)
	if pickup == nil || opens(pickup).IsZero() {
		return
	}
	start := opens(pickup)
	if first := pickup.Original.Start; !first.IsZero() && first.Before(start) {
		start = first
	}
	if j.t.FirstAt.Before(start) {
		start = j.t.FirstAt
	}
	limit := start.Add(-priorDays)
	for i := range j.t.Stops {
		stop := &j.t.Stops[i]
		for _, k := range [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
			if at := exact(k); !at.IsZero() && at.Before(limit) {
				j.prior(stop, k)
				break
			}
		}
	}
}

// priorDays is how far before the load's first word and its pickup an event must lie to be another journey's.
const priorDays = 3 * 24 * time.Hour

func (j *journey) prior(stop *freight.StopLine, k *freight.KnownTime) {
	f := freight.Finding{Kind: "position.falseFresh", Level: freight.Verify, Severity: freight.Major, Stop: stop.Seq, Since: j.t.FirstAt,
		Why: sentence(eventWord(k.Fact)) + place(stop) + " is told as " + timeline.Stamp(k.At, stop.Zone) + ", days before the load's first word " +
			timeline.Stamp(j.t.FirstAt, stop.Zone) + " and its pickup: a previous journey's event",
		Inputs: inputs("event", string(k.Fact), "source", k.Source.String(), "at", timeline.Stamp(k.At, stop.Zone), "threshold", span(priorDays)),
		Next:   freight.Next{Act: "compare", Text: "Ask " + k.Source.String() + " whether the event belongs to this load; check the container's or trailer's number", Due: j.t.FirstAt}}
	if len(k.Claims) > 0 {
		f.Evidence = []freight.ObservationID{k.Claims[0].Observation}
		f.Since = later(f.Since, k.Claims[0].ReceivedAt)
		f.Next.Due = f.Since
	}
	j.addOf("prior", f, f.Since)
}
