package watch

import (
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// missedScans is scan.missed: positions show the truck at a stop, or gone from it, and the event is missing. At the gate: 1 h
// after its first position there and 30 min after the window, whichever is later. Gone: 30 min after it is seen away.
func (j *journey) missedScans() {
	if len(j.fixes) == 0 {
		return
	}
	for i := 0; i <= j.left; i++ {
		stop := &j.t.Stops[i]
		if leaving(stop) != nil || stop.Delivery() && stop.Done() {
			continue
		}
		if stop.Arrived == nil && stop.Loaded == nil {
			j.passed(i, 0)
		} else if away := j.seenAway(i); away != nil {
			j.missedAway(i, away, "departure")
		}
	}
	if j.to < 0 || j.at {
		return
	}
	if !j.waitsAt(j.to) {
		j.passed(j.to, j.since)
	}
}

// passed is about a stop without any event at which the truck stood and from which it has gone.
func (j *journey) passed(i, from int) {
	k := j.stoodAt(i, from)
	if k < 0 || !j.inTime(i, &j.fixes[k]) || j.aboutStop(i, j.last()) {
		return
	}
	for ; k < len(j.fixes); k++ {
		if !j.aboutStop(i, &j.fixes[k]) {
			j.missedAway(i, &j.fixes[k], "arrival and departure")
			return
		}
	}
}

// early is how long before its window a truck may come and be meant to be there: before, at the first pickup, it
// may have delivered another load.
const early = 2 * time.Hour

func (j *journey) inTime(i int, f *freight.Fix) bool {
	return j.left >= 0 || opens(&j.t.Stops[i]).IsZero() || f.At >= opens(&j.t.Stops[i]).Add(-early).Unix()
}

// stoodAt is the last fix, no earlier than from, that shows the truck at the gate of stop i; -1 when none does. Where only
// the ZIP code or town of the stop is known it must have stood there: two fixes on one spot.
func (j *journey) stoodAt(i, from int) int {
	stop := &j.t.Stops[i]
	if !hasPoint(stop) {
		return -1
	}
	ground, gate := planeAt(stop, stop.Lat), gateOf(stop, j.rules.GateMiles)
	spot := j.rules.SpotMiles * j.rules.SpotMiles
	for k := len(j.fixes) - 1; k >= from; k-- {
		if ground.squared(&j.fixes[k]) > gate*gate {
			continue
		}
		if stop.Place.HasPoint() || k > from && apart(&j.fixes[k-1], &j.fixes[k], ground.shrink) <= spot {
			return k
		}
	}
	return -1
}

// waitsAt is about a stop at which the truck is by its position and not by any event; it reports whether it is there.
func (j *journey) waitsAt(i int) bool {
	stop := &j.t.Stops[i]
	if !hasPoint(stop) || j.since >= len(j.fixes) {
		return false
	}
	ground, gate := planeAt(stop, stop.Lat), gateOf(stop, j.rules.GateMiles)
	last := j.last()
	if ground.squared(last) > gate*gate {
		return false
	}
	first := len(j.fixes) - 1
	if stop.Place.HasPoint() {
		for first > j.since && ground.squared(&j.fixes[first-1]) <= gate*gate {
			first--
		}
	} else if first = j.spot(j.since); first == len(j.fixes)-1 || j.left >= 0 && j.aboutStop(j.left, last) {
		return true // somewhere in the town: passing by, or still at the stop before
	}
	due := instant(j.fixes[first].At).Add(j.rules.ScanGate)
	if d := deadline(stop); !d.IsZero() {
		due = later(due, d.Add(j.rules.ScanWindow))
	}
	if j.reached(due) {
		f := j.missedScan(i, due, "arrival")
		f.Why = "Truck at" + placeOr(stop) + " by its positions since " + timeline.Stamp(instant(j.fixes[first].At), stop.Zone) + " and no arrival is known"
		f.Evidence = []freight.ObservationID{j.fixes[first].Observation, last.Observation}
		f.Inputs = append(f.Inputs, inputs("first", j.told(&j.fixes[first]), "afterGate", span(j.rules.ScanGate), "afterWindow", span(j.rules.ScanWindow))...)
		j.add(f, due)
	}
	return true
}

func (j *journey) missedAway(i int, away *freight.Fix, what string) {
	due := instant(away.At).Add(j.rules.ScanAway)
	if !j.reached(due) {
		return
	}
	stop := &j.t.Stops[i]
	f := j.missedScan(i, due, what)
	f.Why = "Truck seen away from" + placeOr(stop) + " " + timeline.Stamp(instant(away.At), stop.Zone) + " and no " + strings.ReplaceAll(what, " and ", " or ") + " is known"
	f.Evidence = []freight.ObservationID{away.Observation}
	f.Inputs = append(f.Inputs, inputs("seenAway", j.told(away), "threshold", span(j.rules.ScanAway))...)
	j.add(f, due)
}

func (j *journey) missedScan(i int, since time.Time, what string) freight.Finding {
	stop := &j.t.Stops[i]
	f := freight.Finding{Kind: "scan.missed", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: since,
		Inputs: inputs("missing", what, "gate", number(gateOf(stop, j.rules.GateMiles))+" mi"),
		Next:   freight.Next{Act: "call", Text: "Ask the carrier for the time of " + what + where(stop) + " and enter it", Due: since}}
	if d := deadline(stop); !d.IsZero() {
		f.Inputs = append(f.Inputs, freight.Input{Name: "windowEnd", Value: timeline.Stamp(d, stop.Zone)})
	}
	return f
}

// clocksApart is how far two sources' clocks may differ.
const clocksApart = 15 * time.Minute

// order is scan.order: a departure without or before its arrival, or a later stop before an earlier one. Where an event
// is missing it may only be late, since messages overtake one another: that is watched, and sure after 30 min. It is asked
// also of what is delivered, since times in and out are owed then. A load on hold stands still by somebody's word.
func order(e *evaluation) {
	if e.t.State == freight.OnHold {
		return
	}
	before := -1 // the last stop before i with an event
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		switch in, out := exact(stop.Arrived), exact(stop.Departed); {
		case stop.Departed != nil && stop.Arrived == nil:
			e.disorder(i, "departure", stop.Departed, "Departed"+place(stop)+e.byWhom(stop.Departed, stop)+" and no arrival is known", true)
		case !in.IsZero() && !out.IsZero() && e.precedes(stop.Departed, stop.Arrived):
			e.disorder(i, "departure", stop.Departed, "Departed"+place(stop)+e.byWhom(stop.Departed, stop)+", before arrived"+e.byWhom(stop.Arrived, stop), false)
		}
		if stop.Arrived == nil && !stop.Done() {
			continue
		}
		if first := firstAt(stop); first != nil && before >= 0 {
			earlier := &e.t.Stops[before]
			if last := leftKnown(earlier); last != nil && e.precedes(first, last) {
				e.disorder(i, "order", first, sentence(eventWord(first.Fact))+place(stop)+e.byWhom(first, stop)+", before "+
					eventWord(last.Fact)+place(earlier)+e.byWhom(last, earlier), false)
			}
		}
		if i > 0 && before < i-1 {
			e.skipped(i, before+1)
		}
		before = i
	}
}

// skipped: stop i has events and a stop before it, in driving order, has none.
func (e *evaluation) skipped(i, missing int) {
	stop, none := &e.t.Stops[i], &e.t.Stops[missing]
	if first := firstAt(stop); first != nil {
		e.disorder(i, "skipped", first, sentence(eventWord(first.Fact))+place(stop)+e.byWhom(first, stop)+", and nothing is known of"+placeOr(none)+" before it", true)
	}
}

// precedes reports whether a lies before b by more than the clocks of two sources may differ.
func (e *evaluation) precedes(a, b *freight.KnownTime) bool {
	x, y := exact(a), exact(b)
	if x.IsZero() || y.IsZero() {
		return false
	}
	if a.Source != b.Source {
		x = x.Add(clocksApart)
	}
	return x.Before(y)
}

// firstAt is the first exact event at a stop; nil when none is exact.
func firstAt(stop *freight.StopLine) *freight.KnownTime {
	var first *freight.KnownTime
	for _, k := range [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
		if at := exact(k); !at.IsZero() && (first == nil || at.Before(first.At)) {
			first = k
		}
	}
	return first
}

// leftKnown is the event by which a stop was left, else its first.
func leftKnown(stop *freight.StopLine) *freight.KnownTime {
	if k := leaving(stop); !exact(k).IsZero() {
		return k
	}
	return firstAt(stop)
}

func (e *evaluation) byWhom(k *freight.KnownTime, stop *freight.StopLine) string {
	return " " + timeline.Stamp(k.At, stop.Zone) + " (" + k.Source.String() + ")"
}

// eventWord is an event in lower case: "picked up".
func eventWord(f freight.Fact) string { return strings.ReplaceAll(string(f), "_", " ") }

func (e *evaluation) disorder(i int, what string, k *freight.KnownTime, why string, maybeLate bool) {
	stop := &e.t.Stops[i]
	since := k.At
	f := freight.Finding{Kind: "scan.order", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: since, Why: why,
		Inputs: inputs("event", string(k.Fact), "source", k.Source.String(), "rule", what)}
	if len(k.Claims) > 0 {
		f.Evidence = []freight.ObservationID{k.Claims[0].Observation}
		since = later(since, k.Claims[0].ReceivedAt)
	}
	if maybeLate {
		f.Inputs = append(f.Inputs, freight.Input{Name: "sureAfter", Value: span(e.rules.ScanAway)})
		if !e.reached(since.Add(e.rules.ScanAway)) {
			f.Level, f.Severity = freight.Waiting, freight.Watched
		}
	}
	f.Since = since
	f.Next = freight.Next{Act: "call", Text: "Ask the carrier for the times in and out" + where(stop) + " and correct what is wrong", Due: since}
	e.addOf(what, f, since)
}
