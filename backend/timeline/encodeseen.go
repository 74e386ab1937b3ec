package timeline

import (
	"math"

	"tracedesk/backend/freight"
)

// The written form of what was seen: each thing as the difference to the one before it. A degree as a 32-bit number differs
// from that of a place nearby in its last bits only, so the difference of the bits, which loses nothing, is short as well.

// The fewest bytes that one takes.
const (
	leastFix     = 21
	leastReading = 20
	leastWall    = 24
)

func (w *writer) seen(s *Seen) {
	w.count(len(s.Tellers))
	for _, t := range s.Tellers {
		w.source(t)
	}
	w.count(len(s.Fixes))
	last := freight.Fix{At: w.base}
	for i := range s.Fixes {
		w.fix(&s.Fixes[i], &last)
	}
	w.count(len(s.Readings))
	before := freight.Reading{At: w.base}
	for i := range s.Readings {
		r := &s.Readings[i]
		w.sight(r.By, r.At, r.Received, before.At, &r.Observation)
		w.degrees(r.F, before.F)
		before = *r
	}
	w.count(len(s.Walls))
	last = freight.Fix{At: w.base}
	for i := range s.Walls {
		w.wall(&s.Walls[i], &last)
	}
}

func (w *writer) sight(by uint16, at, received, before int64, id *freight.ObservationID) {
	w.count(int(by))
	w.signed(at - before)
	w.signed(received - at)
	w.body = append(w.body, id[:]...)
}

func (w *writer) fix(f, last *freight.Fix) {
	w.sight(f.By, f.At, f.Received, last.At, &f.Observation)
	w.degrees(f.Lat, last.Lat)
	w.degrees(f.Lon, last.Lon)
	*last = *f
}

func (w *writer) degrees(f, before float32) {
	w.signed(int64(int32(math.Float32bits(f) - math.Float32bits(before))))
}

func (w *writer) wall(s *WallSight, last *freight.Fix) {
	w.fix(&s.Fix, last)
	w.text(string(s.Fact))
	w.degrees(s.F, 0)
	none := 0
	if s.None {
		none = 1
	}
	w.count(none)
	w.signed(s.Stated - w.base)
	w.signed(int64(s.Seq))
	w.place(&s.Place)
}

func (r *reader) seen(s *Seen) {
	if n := r.countOf(1); n > 0 {
		s.Tellers = make([]freight.Source, n)
	}
	for i := range s.Tellers {
		s.Tellers[i] = r.source()
	}
	tellers := uint64(len(s.Tellers))
	if n := r.countOf(leastFix); n > 0 {
		s.Fixes = make([]freight.Fix, n)
	}
	last := freight.Fix{At: r.base}
	for i := range s.Fixes {
		r.fix(&s.Fixes[i], &last, tellers)
	}
	if n := r.countOf(leastReading); n > 0 {
		s.Readings = make([]freight.Reading, n)
	}
	before := freight.Reading{At: r.base}
	for i := range s.Readings {
		one := &s.Readings[i]
		one.By, one.At, one.Received, one.Observation = r.sight(before.At, tellers)
		one.F = r.degrees(before.F)
		before = *one
	}
	if n := r.countOf(leastWall); n > 0 {
		s.Walls = make([]WallSight, n)
	}
	last = freight.Fix{At: r.base}
	for i := range s.Walls {
		r.wall(&s.Walls[i], &last, tellers)
	}
}

func (r *reader) sight(before int64, tellers uint64) (by uint16, at, received int64, id freight.ObservationID) {
	n := r.unsigned()
	if n >= tellers || n > math.MaxUint16 {
		r.fail()
		return 0, 0, 0, id
	}
	at = r.signed() + before
	received = r.signed() + at
	return uint16(n), at, received, r.id()
}

func (r *reader) fix(f, last *freight.Fix, tellers uint64) {
	f.By, f.At, f.Received, f.Observation = r.sight(last.At, tellers)
	f.Lat, f.Lon = r.degrees(last.Lat), r.degrees(last.Lon)
	*last = *f
}

func (r *reader) degrees(before float32) float32 {
	return math.Float32frombits(math.Float32bits(before) + uint32(r.signed()))
}

func (r *reader) wall(s *WallSight, last *freight.Fix, tellers uint64) {
	r.fix(&s.Fix, last, tellers)
	s.Fact = freight.Fact(r.text())
	s.F = r.degrees(0)
	s.None = r.unsigned() != 0
	s.Stated = r.signed() + r.base
	s.Seq = int(r.signed())
	r.place(&s.Place)
}
