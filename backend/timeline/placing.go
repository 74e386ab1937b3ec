package timeline

import (
	"slices"

	"tracedesk/backend/freight"
)

// placeWords finds the stop of every word that speaks of one and does not number it.
func (b *builder) placeWords() {
	if len(b.t.Stops) == 0 {
		return
	}
	ids := b.learnIDs()
	var open []openWord
	for i := range b.words {
		w := &b.words[i]
		if !seeksStop(w) {
			continue
		}
		if stop := ids.find(w); stop != nowhere {
			w.stop = int32(stop)
			continue
		}
		stop, among := b.findStop(w.c)
		w.stop = int32(stop)
		if len(among) > 0 && w.group == actualWords && !w.c.Value.None {
			open = append(open, openWord{w, among})
		}
	}
	b.placeInOrder(open)
}

// seeksStop reports whether a word speaks of a stop that it does not number.
func seeksStop(w *said) bool {
	ref := &w.c.Subject.Stop
	if ref.Seq != 0 {
		return false
	}
	switch w.group {
	case actualWords:
		return true
	case etaWords, windowWords, originalWords, pieceWords, palletWords, weightWords, statusWords, noteWords, exceptionWords,
		documentWords, paperWords, otherWords:
		return ref.ID != "" || ref.Side != "" || !ref.Place.IsZero()
	}
	return false
}

// findStop finds the stop of a claim by place and side. Where several fit, it names them and leaves the choice to the order
// of events; where an event has neither place nor side, nothing fits.
func (b *builder) findStop(c *freight.Claim) (stop int, among []int) {
	side, place := sideOf(c), &c.Subject.Stop.Place
	elsewhere := false
	if comparablePlace(place) {
		best, fits := 0, []int(nil)
		for i := range b.t.Stops {
			if !onSide(&b.t.Stops[i], side) {
				continue
			}
			switch score := likeness(&b.t.Stops[i].Place, place); {
			case score == 0 || score < best:
			case score > best:
				best, fits = score, append(fits[:0], i)
			default:
				fits = append(fits, i)
			}
		}
		if len(fits) == 1 {
			return fits[0], nil
		}
		if len(fits) > 1 && b.alike(fits) {
			return nowhere, fits
		}
		elsewhere = len(fits) == 0 && place.City != ""
	}
	if side == "" {
		return nowhere, nil
	}
	var fits []int
	for i := range b.t.Stops {
		if b.t.Stops[i].Kind != "" && b.t.Stops[i].Kind != "relay" && onSide(&b.t.Stops[i], side) {
			fits = append(fits, i)
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case elsewhere: // of several stops of its side it names none
		return nowhere, nil
	}
	return nowhere, fits
}

// onSide reports whether work in a direction may be done at a stop; a stop of unknown kind and a relay may be either.
func onSide(stop *freight.StopLine, side freight.Side) bool {
	switch side {
	case freight.PickupSide:
		return stop.Pickup() || !stop.Delivery()
	case freight.DeliverySide:
		return stop.Delivery() || !stop.Pickup()
	}
	return true
}

// alike reports whether stops are of one kind, so that the order of events may tell them apart.
func (b *builder) alike(stops []int) bool {
	for _, i := range stops {
		if b.t.Stops[i].Kind != b.t.Stops[stops[0]].Kind {
			return false
		}
	}
	return true
}

// stopIDs is what a source calls the stops.
type stopIDs []stopID

type stopID struct {
	source freight.Source
	id     string
	stop   int
}

func (ids stopIDs) find(w *said) int {
	if w.c.Subject.Stop.ID == "" {
		return nowhere
	}
	for _, known := range ids {
		if known.id == w.c.Subject.Stop.ID && known.source == w.o.Source {
			return known.stop
		}
	}
	return nowhere
}

// learnIDs finds the stops of a source's own stop ids: from words that also number the stop, then from words that also
// tell its place or side.
func (b *builder) learnIDs() stopIDs {
	var ids stopIDs
	for i := range b.words {
		w := &b.words[i]
		if ref := &w.c.Subject.Stop; ref.ID != "" && w.stop != nowhere && ids.find(w) == nowhere {
			ids = append(ids, stopID{w.o.Source, ref.ID, int(w.stop)})
		}
	}
	for i := range b.words {
		w := &b.words[i]
		if ref := &w.c.Subject.Stop; ref.ID == "" || ref.Seq != 0 || ids.find(w) != nowhere {
			continue
		}
		if stop, _ := b.findStop(w.c); stop != nowhere {
			ids = append(ids, stopID{w.o.Source, w.c.Subject.Stop.ID, stop})
		}
	}
	return ids
}

// openWord is an event that several stops may be meant by.
type openWord struct {
	w     *said
	among []int
}

// placeInOrder gives events to the stops that they may mean, in order of occurrence, for each source by itself: the first
// visit belongs to the first stop, and a visit ends when the same event comes again, or an arrival after anything else.
func (b *builder) placeInOrder(open []openWord) {
	for len(open) > 0 {
		first := open[0]
		same := func(o openWord) bool {
			return o.w.o.Source == first.w.o.Source && slices.Equal(o.among, first.among)
		}
		b.placeVisits(first, slices.DeleteFunc(slices.Clone(open), func(o openWord) bool { return !same(o) }))
		open = slices.DeleteFunc(open, same)
	}
}

// visit is one event in the order of a source's words.
type visit struct {
	w    *said
	when int64
	open bool
}

func (b *builder) placeVisits(first openWord, open []openWord) {
	among := first.among
	zone := &b.stops[among[0]].clock
	var visits []visit
	for _, o := range open {
		visits = append(visits, visit{o.w, b.occurrence(o.w, zone), true})
	}
	actuals := b.of(actualWords)
	for i := range actuals {
		w := &actuals[i]
		if w.o.Source == first.w.o.Source && slices.Contains(among, int(w.stop)) && !w.c.Value.None {
			visits = append(visits, visit{w, b.occurrence(w, zone), false})
		}
	}
	slices.SortStableFunc(visits, func(a, b visit) int {
		if a.when != b.when {
			if a.when < b.when {
				return -1
			}
			return 1
		}
		return a.w.compare(b.w.word)
	})
	b.walk(visits, among)
}

// walk goes through a source's events in order, from stop to stop.
func (b *builder) walk(visits []visit, among []int) {
	seen := make([]map[freight.Fact]int64, len(among)) // by stop: when each event happened there
	for i := range seen {
		seen[i] = map[freight.Fact]int64{}
	}
	here := 0
	tolerance := int64(b.cfg.TimeTolerance.Seconds())
	for _, v := range visits {
		if !v.open {
			here = slices.Index(among, int(v.w.stop))
			seen[here][v.w.c.Fact] = v.when
			continue
		}
		for here < len(among) && endsVisit(seen[here], v, tolerance) {
			here++
		}
		if here == len(among) {
			here = len(among) - 1
			continue // one more than there are stops: it stays unplaced
		}
		v.w.stop = int32(among[here])
		seen[here][v.w.c.Fact] = v.when
	}
}

// endsVisit reports whether an event cannot belong to a visit of which others are known.
func endsVisit(seen map[freight.Fact]int64, v visit, tolerance int64) bool {
	if before, told := seen[v.w.c.Fact]; told {
		return v.when-before > tolerance
	}
	return v.w.c.Fact == freight.FactArrived && len(seen) > 0
}

// occurrence is when an event happened, in Unix seconds; without a time, when it was stated.
func (b *builder) occurrence(w *said, zone *clock) int64 {
	if w.stop != nowhere {
		zone = &b.stops[w.stop].clock
	}
	if at := b.reckon(w.c.At, zone, dayEnd).at; !at.IsZero() {
		return at.Unix()
	}
	return roughInstant(w.word)
}
