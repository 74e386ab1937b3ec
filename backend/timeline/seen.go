package timeline

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"tracedesk/backend/freight"
)

// Seen is where the truck was and how warm its freight, told by the hundred: pruning keeps the newest word of each source,
// and this keeps enough of the others to judge movement. It does not grow beyond its bounds, and which observations came
// first does not matter: of what competes the greater stays, by the time spoken of, then receipt, then id.
type Seen struct {
	Tellers  []freight.Source  // who told what follows, in order; By counts here
	Fixes    []freight.Fix     // oldest first; one a source and slot. A point of zeros: its source took it back.
	Readings []freight.Reading // oldest first; the newest of each source. F of noDegrees: its source took it back.
	Walls    []WallSight       // what was told by a wall clock whose zone only the load's stops and places tell
}

// WallSight is a fix or a reading told in local time.
type WallSight struct {
	freight.Fix // At is the wall clock read as if it were UTC; no point for a reading
	Fact        freight.Fact
	F           float32
	None        bool
	Stated      int64 // Unix seconds
	Seq         int   // the stop's number, where one was told
	Place       freight.Place
}

// Bounds of what is kept.
const (
	slotSeconds    = 5 * 60
	mostFixes      = 240
	mostOfASource  = 4 // readings
	mostReadings   = 60
	mostWallSights = 240
)

// noDegrees is no temperature.
const noDegrees = math.MaxFloat32

// A shelf is an ordered list that keeps one of what competes and the newest of all.
type shelf[T any] struct {
	compare func(a, b T) int
	slot    func(T) (who int, slot int64) // the slots of one source in order of time
	most    int
}

func compareFixes(a, b freight.Fix) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Received, b.Received), bytes.Compare(a.Observation[:], b.Observation[:]))
}

func compareReadings(a, b freight.Reading) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Received, b.Received), bytes.Compare(a.Observation[:], b.Observation[:]))
}

func fixShelf() shelf[freight.Fix] {
	return shelf[freight.Fix]{compareFixes, func(f freight.Fix) (int, int64) { return int(f.By), slotOf(f.At) }, mostFixes}
}

// readingShelf: the same instant told again is the same reading. Which goes for one too many is left to putReading.
func readingShelf() shelf[freight.Reading] {
	return shelf[freight.Reading]{compareReadings, func(r freight.Reading) (int, int64) { return int(r.By), r.At }, mostReadings + 1}
}

func wallShelf() shelf[WallSight] {
	return shelf[WallSight]{
		compare: func(a, b WallSight) int { return compareFixes(a.Fix, b.Fix) },
		slot: func(w WallSight) (int, int64) {
			who := 2 * int(w.By)
			if w.Fact == freight.FactTemperature {
				who++
			}
			return who, slotOf(w.At)
		},
		most: mostWallSights,
	}
}

// slotOf numbers the five minutes that an instant falls in.
func slotOf(sec int64) int64 {
	return (sec - ((sec%slotSeconds)+slotSeconds)%slotSeconds) / slotSeconds
}

// put adds one, in place. Of two alike the one put later stays, as of two claims in one
// observation the later in the list does.
func (s shelf[T]) put(list []T, one T) []T {
	at := len(list)
	for at > 0 && s.compare(list[at-1], one) > 0 {
		at--
	}
	who, slot := s.slot(one)
	for i := at - 1; i >= 0; i-- {
		w, n := s.slot(list[i])
		if n != slot {
			break
		}
		if w == who { // what lies before is the lesser
			copy(list[i:], list[i+1:at])
			list[at-1] = one
			return list
		}
	}
	for i := at; i < len(list); i++ {
		w, n := s.slot(list[i])
		if n != slot {
			break
		}
		if w == who {
			return list
		}
	}
	list = slices.Insert(list, at, one)
	if len(list) > s.most {
		list = slices.Delete(list, 0, len(list)-s.most)
	}
	return list
}

// putReading is put, and keeps the newest few of each source.
func putReading(list []freight.Reading, r freight.Reading) []freight.Reading {
	list = readingShelf().put(list, r)
	n, oldest := 0, 0
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].By == r.By {
			n, oldest = n+1, i
		}
	}
	if n > mostOfASource {
		return slices.Delete(list, oldest, oldest+1)
	}
	if len(list) > mostReadings {
		return slices.Delete(list, 0, 1)
	}
	return list
}

// sighted reports whether a claim is a fix or a reading of the load itself.
func sighted(c *freight.Claim) bool {
	if !streamed(c.Fact) {
		return false
	}
	switch c.Subject.Kind {
	case freight.OfLoad, freight.OfStop, freight.OfContainer:
		return true
	}
	return false
}

// makeRoom makes the lists large enough for what observations tell, so that they are made once.
func (s *Seen) makeRoom(obs []*freight.Observation) {
	fixes, readings := 0, 0
	for _, o := range obs {
		for i := range o.Claims {
			switch c := &o.Claims[i]; {
			case !sighted(c) || c.At.Basis == freight.Local:
			case c.Fact == freight.FactPosition:
				fixes++
			default:
				readings++
			}
		}
	}
	if fixes > 0 {
		s.Fixes = make([]freight.Fix, 0, min(fixes, mostFixes+1))
	}
	if readings > 0 {
		s.Readings = make([]freight.Reading, 0, min(readings, mostOfASource+1))
	}
}

// include counts an observation in. The lists are changed in place.
func (s *Seen) include(o *freight.Observation) {
	changed := false
	for i := range o.Claims {
		if c := &o.Claims[i]; sighted(c) {
			changed = s.see(o, c) || changed
		}
	}
	if changed {
		s.forgetSilent()
	}
}

// see counts a claim in; false where it is no fix and no reading that can be placed in time.
func (s *Seen) see(o *freight.Observation, c *freight.Claim) bool {
	sec, local, ok := sightedAt(o, c)
	if !ok {
		return false
	}
	fix := freight.Fix{At: sec, Received: o.ReceivedAt.Unix(), Observation: o.ID}
	degrees := float32(noDegrees)
	switch {
	case c.Value.None:
	case c.Fact == freight.FactPosition:
		fix.Lat, fix.Lon, ok = pointOf(&c.Value.Place)
	default:
		degrees, ok = degreesOf(&c.Value)
	}
	if !ok {
		return false
	}
	fix.By = s.teller(o.Source)
	switch {
	case local:
		s.Walls = wallShelf().put(s.Walls, WallSight{Fix: fix, Fact: c.Fact, F: degrees, None: c.Value.None,
			Stated: o.StatedAt.Unix(), Seq: c.Subject.Stop.Seq, Place: c.Value.Place})
	case c.Fact == freight.FactPosition:
		s.Fixes = fixShelf().put(s.Fixes, fix)
	default:
		s.Readings = putReading(s.Readings, readingOf(fix, degrees))
	}
	return true
}

func readingOf(f freight.Fix, degrees float32) freight.Reading {
	return freight.Reading{At: f.At, Received: f.Received, F: degrees, By: f.By, Observation: f.Observation}
}

// sightedAt is when a claim saw the truck, in Unix seconds; local says that it is a wall clock of a zone not told. A day
// alone tells no moment, and a word taken back without saying of when takes nothing of the past back.
func sightedAt(o *freight.Observation, c *freight.Claim) (sec int64, local, ok bool) {
	switch c.At.Basis {
	case freight.DayOnly:
		return 0, false, false
	case freight.NoTime:
		return o.StatedAt.Unix(), false, !c.Value.None
	case freight.Instant:
		return c.At.Sec, false, true
	}
	zone := c.At.Zone
	if c.At.Basis == freight.Local {
		zone = c.Value.Place.Zone
	}
	if loc, err := freight.Location(zone); err == nil {
		sec, _ = wallToInstant(c.At.Sec, loc)
		return sec, false, true
	}
	if c.At.Basis == freight.Local {
		return c.At.Sec, true, true
	}
	return o.StatedAt.Unix(), false, true
}

// pointOf is a point on earth.
func pointOf(p *freight.Place) (lat, lon float32, ok bool) {
	lat, lon = float32(p.Lat), float32(p.Lon)
	return lat, lon, (lat != 0 || lon != 0) && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// degreesOf is a temperature in Fahrenheit.
func degreesOf(v *freight.Value) (f float32, ok bool) {
	degrees := fahrenheit(v, 1)
	if degrees == nil || !(math.Abs(*degrees) < noDegrees) {
		return 0, false
	}
	return float32(*degrees), true
}

// teller is the number of a source among those who told something; a new one is put in its place.
func (s *Seen) teller(source freight.Source) uint16 {
	at, known := slices.BinarySearchFunc(s.Tellers, source, compareSources)
	if !known {
		s.Tellers = slices.Insert(s.Tellers, at, source)
		s.renumber(func(by uint16) uint16 {
			if int(by) >= at {
				by++
			}
			return by
		})
	}
	return uint16(at)
}

func compareSources(a, b freight.Source) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Account, b.Account))
}

// forgetSilent drops the tellers of whom nothing is kept.
func (s *Seen) forgetSilent() {
	for i := len(s.Tellers) - 1; i >= 0; i-- {
		if s.heard(uint16(i)) {
			continue
		}
		s.Tellers = slices.Delete(s.Tellers, i, i+1)
		s.renumber(func(by uint16) uint16 {
			if int(by) > i {
				by--
			}
			return by
		})
	}
}

func (s *Seen) heard(by uint16) bool {
	return slices.ContainsFunc(s.Fixes, func(f freight.Fix) bool { return f.By == by }) ||
		slices.ContainsFunc(s.Readings, func(r freight.Reading) bool { return r.By == by }) ||
		slices.ContainsFunc(s.Walls, func(w WallSight) bool { return w.By == by })
}

func (s *Seen) renumber(number func(uint16) uint16) {
	for i := range s.Fixes {
		s.Fixes[i].By = number(s.Fixes[i].By)
	}
	for i := range s.Readings {
		s.Readings[i].By = number(s.Readings[i].By)
	}
	for i := range s.Walls {
		s.Walls[i].By = number(s.Walls[i].By)
	}
}

// clone is a copy that may be changed, with room for one more.
func (s *Seen) clone() Seen {
	return Seen{slices.Clone(s.Tellers), withRoom(s.Fixes), slices.Clone(s.Readings), slices.Clone(s.Walls)}
}

func withRoom[T any](list []T) []T {
	if list == nil {
		return nil
	}
	return append(make([]T, 0, len(list)+1), list...)
}

// buildSeen sets the trail and the readings. Nothing is copied where every time was told as an instant and nothing was
// taken back.
func (b *builder) buildSeen(s *Seen) {
	if len(s.Walls) > 0 {
		resolved := s.clone()
		b.resolveWalls(&resolved)
		s = &resolved
	}
	b.t.Tellers = slices.Clip(s.Tellers)
	b.t.Trail = standingOnly(s.Fixes, func(f freight.Fix) bool { return f.Lat == 0 && f.Lon == 0 })
	b.t.Readings = standingOnly(s.Readings, func(r freight.Reading) bool { return r.F == noDegrees })
}

// resolveWalls turns what was told by wall clocks into instants: by the zone of the stop, else of the place, else the one
// that all stops share. Without any it stands where it was stated.
func (b *builder) resolveWalls(s *Seen) {
	for i := range s.Walls {
		w := &s.Walls[i]
		fix := w.Fix
		fix.At = w.Stated
		if c := b.clockOfWall(w); c != nil && c.loc != nil {
			fix.At, _ = c.instant(w.At)
		}
		if w.Fact == freight.FactPosition {
			s.Fixes = fixShelf().put(s.Fixes, fix)
		} else {
			s.Readings = putReading(s.Readings, readingOf(fix, w.F))
		}
	}
}

func (b *builder) clockOfWall(w *WallSight) *clock {
	if at := b.indexOf(w.Seq); w.Seq > 0 && at != nowhere && b.stops[at].clock.loc != nil {
		return &b.stops[at].clock
	}
	if w.Place.IsZero() {
		return b.common
	}
	if b.elsewhere.loc == nil || b.elsewhereOf != w.Place {
		b.elsewhere, b.elsewhereOf = b.clockOf(w.Place), w.Place
	}
	if b.elsewhere.loc == nil {
		return b.common
	}
	return &b.elsewhere
}

// standingOnly is the list without what was taken back.
func standingOnly[T any](list []T, gone func(T) bool) []T {
	if len(list) == 0 {
		return nil
	}
	if slices.ContainsFunc(list, gone) {
		return nilIfEmpty(slices.DeleteFunc(slices.Clone(list), gone))
	}
	return slices.Clip(list)
}
