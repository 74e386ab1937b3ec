package timeline

import (
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Limits of the possible.
const (
	// clockSlack is how far ahead of its receipt an event may lie; clocks differ that much.
	clockSlack = 15 * time.Minute
	// No truck and few aeroplanes do 900 miles in an hour; below 50 miles the coarseness of city centres decides.
	maxMilesAnHour = 900
	minJumpMiles   = 50
)

// findProblems names what cannot be. Nothing is repaired.
func (b *builder) findProblems() {
	for i := range b.t.Stops {
		b.findDepartedFirst(&b.t.Stops[i])
	}
	b.findFuture()
	b.findTwoTrucks()
	b.findSpeed()
	b.findStatusWords()
}

func (b *builder) problem(kind string, stop int, why string, evidence ...freight.ObservationID) {
	b.t.Problems = append(b.t.Problems, freight.Problem{Kind: kind, Stop: stop, Why: why, Evidence: evidence})
}

func (b *builder) findDepartedFirst(stop *freight.StopLine) {
	in, out := stop.Arrived, stop.Departed
	if in == nil || out == nil || !exact(in) || !exact(out) || !out.At.Before(in.At) {
		return
	}
	// Two sources' clocks may differ by the tolerance; one source contradicts only itself.
	if in.Source != out.Source && in.At.Sub(out.At) <= b.cfg.TimeTolerance {
		return
	}
	b.problem("departedFirst", stop.Seq, "Departed "+Stamp(out.At, stop.Zone)+" ("+out.Source.String()+"), arrived "+
		Stamp(in.At, stop.Zone)+" ("+in.Source.String()+")", out.Claims[0].Observation, in.Claims[0].Observation)
}

// exact reports whether the accepted claim has a time, not only a day.
func exact(k *freight.KnownTime) bool { return !k.At.IsZero() && !k.Claims[0].DayOnly }

// events are all that is known to have happened at a stop.
func events(stop *freight.StopLine) [6]*freight.KnownTime {
	return [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed}
}

// findFuture names events told before they can have happened.
func (b *builder) findFuture() {
	for i := range b.t.Stops {
		for _, k := range events(&b.t.Stops[i]) {
			if k != nil {
				b.findFutureIn(k, b.t.Stops[i].Seq, b.t.Stops[i].Zone)
			}
		}
	}
	for i := range b.t.Unplaced {
		if b.t.Unplaced[i].Fact.Actual() {
			b.findFutureIn(&b.t.Unplaced[i], 0, "")
		}
	}
	if p := b.t.Position; p != nil && p.At.Sub(p.ReceivedAt) > clockSlack {
		b.problem("future", 0, p.Source.String()+" told a position of "+Stamp(p.At, "")+" before that time", p.Observation)
	}
}

func (b *builder) findFutureIn(k *freight.KnownTime, stop int, zone string) {
	for i := range k.Claims {
		c := &k.Claims[i]
		if !c.DayOnly && !c.At.IsZero() && c.At.Sub(c.ReceivedAt) > clockSlack {
			b.problem("future", stop, c.Source.String()+" told "+strings.ReplaceAll(string(k.Fact), "_", " ")+" "+Stamp(c.At, zone)+
				", received "+Stamp(c.ReceivedAt, zone)+", before that time", c.Observation)
		}
	}
}

func (b *builder) findTwoTrucks() {
	trucks := b.t.Equipment["TRUCK"]
	if trucks.Agree || len(trucks.Claims) < 2 {
		return
	}
	said := make([]string, len(trucks.Claims))
	ids := make([]freight.ObservationID, len(trucks.Claims))
	for i, c := range trucks.Claims {
		said[i], ids[i] = c.Source.String()+" says "+c.Value, c.Observation
	}
	b.problem("twoTrucks", 0, "Two trucks: "+strings.Join(said, ", "), ids...)
}

// sighting is where the load was at an instant.
type sighting struct {
	at       time.Time
	lat, lon float64
	stop     *freight.StopLine // nil for a position
	fact     freight.Fact
	source   freight.Source
	id       freight.ObservationID
}

// text is a sighting in words: "departed at Dallas, TX Mon 23 Nov 14:00 UTC".
func (s *sighting) text() string {
	if s.stop == nil {
		return "position (" + s.source.String() + ") " + Stamp(s.at, "")
	}
	return strings.ReplaceAll(string(s.fact), "_", " ") + " at " + s.stop.Place.String() + " " + Stamp(s.at, "")
}

// findSpeed names jumps that nothing on the road can make.
func (b *builder) findSpeed() {
	seen := b.sightings()
	for i := 1; i < len(seen); i++ {
		from, to := &seen[i-1], &seen[i]
		far := miles(from.lat, from.lon, to.lat, to.lon)
		if far < minJumpMiles || far <= maxMilesAnHour*to.at.Sub(from.at).Hours() {
			continue
		}
		b.problem("speed", 0, from.text()+", then "+to.text()+": "+rounded(far)+" miles apart", from.id, to.id)
	}
}

// sightings are positions and exact events at stops with known coordinates, in order of occurrence.
func (b *builder) sightings() []sighting {
	var seen []sighting
	positions := b.of(positionWords)
	for i := range positions {
		w := &positions[i]
		if p := &w.c.Value.Place; !w.c.Value.None && p.HasPoint() {
			seen = append(seen, sighting{b.saidAt(w), p.Lat, p.Lon, nil, w.c.Fact, w.o.Source, w.o.ID})
		}
	}
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		if !b.stops[i].hasPoint {
			continue
		}
		for _, k := range events(stop) {
			if k != nil && exact(k) {
				seen = append(seen, sighting{k.At, stop.Lat, stop.Lon, stop, k.Fact, k.Source, k.Claims[0].Observation})
			}
		}
	}
	slices.SortStableFunc(seen, func(x, y sighting) int {
		if c := x.at.Compare(y.at); c != 0 {
			return c
		}
		return slices.Compare(x.id[:], y.id[:])
	})
	return seen
}
