package timeline

import (
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// buildActuals sets what happened at each stop, and lists what could not be placed.
func (b *builder) buildActuals() {
	words := b.of(actualWords)
	b.told = make([]freight.ToldTime, 0, len(words)+len(b.of(etaWords)))
	b.times = make([]freight.KnownTime, 0, len(words))
	orderByStop(words)
	for i := range b.t.Stops {
		stop, here := &b.t.Stops[i], at(words, i)
		if len(here) == 0 {
			continue
		}
		for _, f := range [...]struct {
			fact freight.Fact
			to   **freight.KnownTime
		}{{freight.FactArrived, &stop.Arrived}, {freight.FactDeparted, &stop.Departed}, {freight.FactLoaded, &stop.Loaded},
			{freight.FactUnloaded, &stop.Unloaded}, {freight.FactPickedUp, &stop.PickedUp}, {freight.FactDelivered, &stop.Delivered}} {
			*f.to = b.knownTime(here, i, f.fact)
		}
	}
	for i := range words {
		if w := &words[i]; w.stop == nowhere && !w.c.Value.None {
			b.t.Unplaced = append(b.t.Unplaced, b.unplaced(w))
		}
	}
}

// knownTime is one event at one stop; nil when nobody tells of it.
func (b *builder) knownTime(words []said, stop int, fact freight.Fact) *freight.KnownTime {
	list := b.current(words, b.orders.Actuals, func(w *said) bool { return w.c.Fact == fact })
	if len(list) == 0 {
		return nil
	}
	claims := b.tell(list, &b.stops[stop].clock, func(c *freight.Claim) freight.When { return c.At })
	b.accept(claims, &b.stops[stop].clock)
	b.times = append(b.times, freight.KnownTime{At: claims[0].At, Source: claims[0].Source, Fact: fact,
		Agree: b.agree(claims), Claims: claims, Subject: freight.Stop(b.t.Stops[stop].Seq)})
	return &b.times[len(b.times)-1]
}

// tell writes down the times of words in their order.
func (b *builder) tell(list []ranked, c *clock, written func(*freight.Claim) freight.When) []freight.ToldTime {
	from := len(b.told)
	for _, w := range list {
		b.told = append(b.told, b.tellOne(w.said, written(w.c), c))
	}
	return b.told[from:len(b.told):len(b.told)]
}

func (b *builder) tellOne(w *said, when freight.When, c *clock) freight.ToldTime {
	if c == nil || c.loc == nil {
		c = b.clockFor(w)
	}
	r := b.reckon(when, c, dayEnd)
	words := when.Written
	if words == "" && (r.at.IsZero() || r.dayOnly) {
		words = when.String()
	}
	return freight.ToldTime{Provenance: provenance(w.o), At: r.at, Written: words, Basis: r.basis, DayOnly: r.dayOnly, Midnight: midnight(when, r.at, c),
		Note: w.c.Value.Note}
}

// midnight reports whether a time of day was told and is 00:00:00, as written or on the clock c.
func midnight(when freight.When, at time.Time, c *clock) bool {
	if when.Basis == freight.NoTime || when.Basis == freight.DayOnly || when.Sec%60 != 0 {
		return false
	}
	if when.Wall().Unix()%day == 0 {
		return true
	}
	if at.IsZero() || c == nil || c.loc == nil {
		return false
	}
	return c.wall(at.Unix())%day == 0
}

// accept brings the claim to believe to the front: one with an instant before any without, and an exact time before the
// bare day that it falls on.
func (b *builder) accept(claims []freight.ToldTime, c *clock) {
	best := slices.IndexFunc(claims, func(t freight.ToldTime) bool { return !t.At.IsZero() })
	if best < 0 {
		return
	}
	if claims[best].DayOnly {
		exact := slices.IndexFunc(claims, func(t freight.ToldTime) bool { return onDay(t, claims[best].At) })
		if exact >= 0 {
			best = exact
		}
	}
	front := claims[best]
	copy(claims[1:best+1], claims[:best])
	claims[0] = front
}

// onDay reports whether a time is exact and falls on the day that ends at dayEnd. Days of 23 and 25 hours count as 24: the
// difference is an hour before dawn on one night a year.
func onDay(t freight.ToldTime, dayEnd time.Time) bool {
	return !t.DayOnly && !t.At.IsZero() && !t.At.After(dayEnd) && dayEnd.Sub(t.At) < 24*time.Hour
}

// agree reports whether all claims that can be told agree with the first: exact times within the tolerance, a bare day
// with any time on it.
func (b *builder) agree(claims []freight.ToldTime) bool {
	first := claims[0]
	for _, c := range claims[1:] {
		if c.At.IsZero() || first.At.IsZero() {
			continue
		}
		if c.DayOnly && onDay(first, c.At) || first.DayOnly && onDay(c, first.At) {
			continue
		}
		if c.At.Sub(first.At).Abs() > b.cfg.TimeTolerance {
			return false
		}
	}
	return true
}

// unplaced is an event whose stop could not be told.
func (b *builder) unplaced(w *said) freight.KnownTime {
	told := b.tellOne(w, w.c.At, nil)
	return freight.KnownTime{At: told.At, Source: w.o.Source, Fact: w.c.Fact, Agree: true,
		Claims: []freight.ToldTime{told}, Subject: w.c.Subject}
}

// buildEstimates sets each stop's expected arrival. One told for a side of several stops belongs to the first of them that
// is not done; one that fits no stop is listed with the unplaced.
func (b *builder) buildEstimates() {
	words := b.of(etaWords)
	for i := range words {
		w := &words[i]
		if w.stop == nowhere {
			w.stop = int32(b.expectedAt(w))
		}
		if w.stop == nowhere && !w.c.Value.None {
			told := b.tellOne(w, w.c.Value.Start, nil)
			b.t.Unplaced = append(b.t.Unplaced, freight.KnownTime{At: told.At, Source: w.o.Source, Fact: w.c.Fact, Agree: true,
				Claims: []freight.ToldTime{told}, Subject: w.c.Subject})
		}
	}
	orderByStop(words)
	for i := range b.t.Stops {
		list := b.current(at(words, i), b.orders.ETAs, nil)
		if len(list) == 0 {
			continue
		}
		first := list[0].said
		claims := b.tell(list, &b.stops[i].clock, func(c *freight.Claim) freight.When { return c.Value.Start })
		if best := slices.IndexFunc(claims, func(t freight.ToldTime) bool { return !t.At.IsZero() }); best > 0 {
			first = list[best].said
			front := claims[best]
			copy(claims[1:best+1], claims[:best])
			claims[0] = front
		}
		b.t.Stops[i].ETA = &freight.Estimate{At: claims[0].At, Source: claims[0].Source, StatedAt: b.saidAt(first), Claims: claims}
	}
}

// expectedAt is the stop that an expected arrival without a stop is for: the first of its side that was not reached when it
// was said; without a side the only stop that was not; nowhere when that leaves a choice.
func (b *builder) expectedAt(w *said) int {
	ref := &w.c.Subject.Stop
	if ref.Seq != 0 || comparablePlace(&ref.Place) && ref.Side == "" {
		return nowhere
	}
	saidAt, next := b.saidAt(w), nowhere
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		if !onSide(stop, ref.Side) || reachedBy(stop, saidAt) {
			continue
		}
		if ref.Side != "" {
			return i
		}
		if next != nowhere {
			return nowhere
		}
		next = i
	}
	return next
}

// reachedBy reports whether anything is known to have happened at a stop by an instant.
func reachedBy(stop *freight.StopLine, at time.Time) bool {
	for _, k := range []*freight.KnownTime{stop.Arrived, stop.Departed, stop.Loaded, stop.Unloaded, stop.PickedUp, stop.Delivered} {
		if k != nil && !k.At.After(at) {
			return true
		}
	}
	return false
}

// saidAt is when a word was said: its own time where it has one, else when it was stated.
func (b *builder) saidAt(w *said) time.Time {
	if w.c.At.IsZero() {
		return w.o.StatedAt.UTC()
	}
	if at := b.reckon(w.c.At, b.clockFor(w), dayEnd).at; !at.IsZero() {
		return at
	}
	return w.o.StatedAt.UTC()
}
