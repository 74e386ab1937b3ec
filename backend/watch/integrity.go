package watch

import (
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// future is data.future: an event or position was told before it can have happened. One finding a stop names the first.
func future(e *evaluation) {
	for i := range e.t.Problems {
		if p := &e.t.Problems[i]; p.Kind == "future" && len(p.Evidence) > 0 && !e.toldBefore(i) {
			since := later(e.t.FirstAt, e.heardAt(p.Evidence[0]))
			e.add(freight.Finding{Kind: "data.future", Level: freight.Verify, Severity: freight.Minor, Stop: p.Stop, Since: since,
				Why: p.Why, Evidence: p.Evidence, Inputs: inputs("received", timeline.Stamp(since, e.zoneOf(p.Stop))),
				Next: freight.Next{Act: "correct", Text: "Ask the source for the right day, time and zone, and correct the event", Due: since},
			}, since)
		}
	}
}

// toldBefore reports whether an earlier problem is of the same kind and stop.
func (e *evaluation) toldBefore(i int) bool {
	for j := range i {
		if a, b := &e.t.Problems[j], &e.t.Problems[i]; a.Kind == b.Kind && a.Stop == b.Stop {
			return true
		}
	}
	return false
}

// speed is data.speed: two positions, or a position and an event, lie further apart than a truck can drive.
func speed(e *evaluation) {
	if i := e.jump(); i > 0 {
		e.jumped(&e.t.Trail[i-1], &e.t.Trail[i])
		return
	}
	for i := range e.t.Problems {
		if p := &e.t.Problems[i]; p.Kind == "speed" && len(p.Evidence) > 0 {
			since := e.t.FirstAt
			for _, id := range p.Evidence {
				since = later(since, e.heardAt(id))
			}
			e.tooFast(p.Why, since, p.Evidence, nil)
			return
		}
	}
}

// Nearer than this the coarseness of city centres and clocks decides, not speed.
const minJumpMiles = 50

// degreesOfJump is less than minJumpMiles in latitude and longitude together: no need to reckon.
const degreesOfJump = 0.5

// jump is the index of the first fix of the trail that the truck cannot have reached from the one before; 0 when there is
// none. Only freight on the road is held to the speed of the road.
func (e *evaluation) jump() int {
	trail := e.t.Trail
	for i := 1; i < len(trail); i++ {
		lat, lon := trail[i].Lat-trail[i-1].Lat, trail[i].Lon-trail[i-1].Lon
		if lat < degreesOfJump && lat > -degreesOfJump && lon < degreesOfJump && lon > -degreesOfJump {
			continue
		}
		hours := float64(trail[i].At-trail[i-1].At) / 3600
		if far := fixMiles(&trail[i-1], &trail[i]); far >= minJumpMiles && far > e.rules.MaxMPH*hours && e.onRoad() {
			return i
		}
	}
	return 0
}

// onRoad reports whether nothing says that the load travels other than by truck.
func (e *evaluation) onRoad() bool {
	switch freight.NormalRef(e.t.Mode.Value) {
	case "AIR", "OCEAN", "RAIL", "INTERMODAL", "PARCEL", "LTL":
		return false
	}
	return true
}

func fixMiles(a, b *freight.Fix) float64 {
	return crowMiles(float64(a.Lat), float64(a.Lon), float64(b.Lat), float64(b.Lon))
}

func (e *evaluation) jumped(from, to *freight.Fix) {
	zone := e.zone()
	stamp := func(f *freight.Fix) string { return timeline.Stamp(time.Unix(f.At, 0), zone) + e.byTeller(f) }
	miles := strconv.FormatFloat(fixMiles(from, to), 'f', 0, 64)
	e.tooFast("Positions of "+stamp(from)+" and "+stamp(to)+" lie "+miles+" miles apart", time.Unix(max(from.Received, to.Received), 0).UTC(),
		[]freight.ObservationID{from.Observation, to.Observation}, inputs("miles", miles, "apart", span(time.Duration(to.At-from.At)*time.Second)))
}

// byTeller is " (project44)".
func (e *evaluation) byTeller(f *freight.Fix) string {
	if int(f.By) >= len(e.t.Tellers) {
		return ""
	}
	return " (" + e.t.Tellers[f.By].String() + ")"
}

func (e *evaluation) tooFast(why string, since time.Time, evidence []freight.ObservationID, more []freight.Input) {
	e.add(freight.Finding{Kind: "data.speed", Level: freight.Verify, Severity: freight.Minor, Since: since, Why: why, Evidence: evidence,
		Inputs: append(more, inputs("threshold", number(e.rules.MaxMPH)+" mph")...),
		Next:   freight.Next{Act: "call", Text: "Ask the driver where the truck is, and whether the device that reports rides in it", Due: since}}, since)
}

// midnight is data.midnight: an event is told for exactly 00:00 local, as where a day was told and a machine filled the time
// in, and nothing makes that time likely.
func midnight(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		for _, k := range actuals(stop) {
			if k == nil {
				continue
			}
			if c := e.midnightOf(stop, k); c != nil {
				e.atMidnight(stop, k, c)
				break // one a stop is enough
			}
		}
	}
}

// midnightOf is a word on an event that seems to stand for a day only; nil when none does.
func (e *evaluation) midnightOf(stop *freight.StopLine, k *freight.KnownTime) *freight.ToldTime {
	for i := range k.Claims {
		c := &k.Claims[i]
		if !c.Midnight || c.DayOnly || c.At.IsZero() || c.Source.Kind == freight.User || e.trueMidnight(stop, c) {
			continue
		}
		return c
	}
	return nil
}

// trueMidnight reports whether a midnight is likely a time of day: it was told within the hour after it, or somebody tells
// of the same stop with a time no further from it.
func (e *evaluation) trueMidnight(stop *freight.StopLine, c *freight.ToldTime) bool {
	if told := c.ReceivedAt.Sub(c.At); told >= 0 && told <= e.rules.Conflict {
		return true
	}
	for _, k := range actuals(stop) {
		if k == nil {
			continue
		}
		for i := range k.Claims {
			if o := &k.Claims[i]; !o.Midnight && !o.DayOnly && !o.At.IsZero() && o.At.Sub(c.At).Abs() <= e.rules.Conflict {
				return true
			}
		}
	}
	return false
}

// onlyMidnights reports whether a source tells no event of the load with another time of day.
func (e *evaluation) onlyMidnights(source freight.Source) bool {
	for i := range e.t.Stops {
		for _, k := range actuals(&e.t.Stops[i]) {
			if k == nil {
				continue
			}
			for j := range k.Claims {
				if c := &k.Claims[j]; c.Source == source && !c.Midnight && !c.DayOnly && !c.At.IsZero() {
					return false
				}
			}
		}
	}
	return true
}

func (e *evaluation) atMidnight(stop *freight.StopLine, k *freight.KnownTime, c *freight.ToldTime) {
	since := saidAt(&c.Provenance)
	e.add(freight.Finding{Kind: "data.midnight", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: since,
		Why: c.Source.String() + " tells " + strings.ReplaceAll(string(k.Fact), "_", " ") + place(stop) + " at exactly midnight, " + timeline.Stamp(c.At, stop.Zone) +
			", and nothing else speaks for that time: it looks like a day without a time",
		Evidence: []freight.ObservationID{c.Observation},
		Inputs:   inputs("source", c.Source.String(), "said", timeline.Stamp(since, stop.Zone), "field", string(k.Fact), "written", c.Written),
		Next:     freight.Next{Act: "correct", Text: "Ask " + c.Source.String() + " for the time of day and correct the event", Due: since},
	}, since)
}
