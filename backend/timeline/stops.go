package timeline

import (
	"slices"
	"sort"

	"tracedesk/backend/freight"
)

// name sets what the load is called and whether a TMS knows it.
func (b *builder) name(s *Summary) {
	t := b.t
	t.Number, t.Account = s.Namer.Number, s.Namer.Source.Account
	t.FirstAt, t.LastAt, t.Count = s.FirstAt, s.LastAt, s.Count
	t.Provisional = len(b.words) > 0 && !slices.ContainsFunc(b.words, tendered)
	b.buildRefs(s.Names)
	t.Customer = b.known(b.of(customerWords), b.orders.Plan)
	b.orders = b.cfg.ordersFor(t.Customer.Value)
}

// tendered reports whether the word shows that the load is the desk's own: its TMS speaks of it, or a customer tendered it.
func tendered(w said) bool {
	switch w.o.Source.Kind {
	case freight.TMS:
		return true
	case freight.Customer:
		return w.c.Fact == freight.FactTender || w.c.Fact == freight.FactStopKind
	}
	return false
}

// findStops makes the stops of the load: those that the desk's own sources number; without any, those that the others
// number; without any, those that can be told from sides and places alone. What a person did about a stop makes none.
func (b *builder) findStops() {
	seqs := b.numbered(planned)
	if len(seqs) == 0 {
		seqs = b.numbered(func(w *said) bool { return !w.c.Value.None && w.group != actWords })
	}
	b.t.Stops = make([]freight.StopLine, len(seqs))
	b.stops = make([]stopWork, len(seqs))
	for i, seq := range seqs {
		b.t.Stops[i].Seq = seq
	}
	for i := range b.words {
		if seq := b.words[i].c.Subject.Stop.Seq; seq > 0 {
			b.words[i].stop = int32(b.indexOf(seq))
		}
	}
	orderByStop(b.of(kindWords))
	orderByStop(b.of(placeWords))
	for i := range b.t.Stops {
		b.describe(i)
	}
	if len(seqs) == 0 {
		b.inventStops()
	}
	for i := range b.t.Stops {
		b.locate(i)
	}
	b.common = b.commonClock()
}

// planned reports whether a word makes a stop part of the plan: anything that a TMS says of it, its kind or place by a
// customer, dispatcher or user.
func planned(w *said) bool {
	if w.c.Value.None {
		return false
	}
	switch w.o.Source.Kind {
	case freight.TMS:
		return true
	case freight.Customer, freight.User, freight.Dispatcher:
		return w.c.Fact == freight.FactStopKind || w.c.Fact == freight.FactPlace
	}
	return false
}

// numbered are the stop numbers in words that count, in order.
func (b *builder) numbered(counts func(*said) bool) []int {
	var seqs []int
	for i := range b.words {
		w := &b.words[i]
		seq := w.c.Subject.Stop.Seq
		if seq > 0 && w.c.Subject.Kind != freight.OfShipment && !slices.Contains(seqs, seq) && counts(w) {
			seqs = append(seqs, seq)
		}
	}
	slices.Sort(seqs)
	return seqs
}

// indexOf is the place of a stop number in the list; nowhere when there is no such stop.
func (b *builder) indexOf(seq int) int {
	for i := range b.t.Stops {
		if b.t.Stops[i].Seq == seq {
			return i
		}
	}
	return nowhere
}

// orderByStop brings the words of a stop together, in canonical order each, so that at finds them.
func orderByStop(words []said) {
	slices.SortStableFunc(words, func(a, b said) int { return int(a.stop) - int(b.stop) })
}

// at are, of words ordered by stop, those of stop i.
func at(words []said, i int) []said {
	from := sort.Search(len(words), func(j int) bool { return int(words[j].stop) >= i })
	to := from
	for to < len(words) && int(words[to].stop) == i {
		to++
	}
	return words[from:to]
}

// describe sets kind and place of a numbered stop. Where nobody says the kind, the side in a source's words tells it.
func (b *builder) describe(i int) {
	stop := &b.t.Stops[i]
	if w := b.accepted(at(b.of(kindWords), i), b.orders.Plan, nil); w != nil {
		stop.Kind = w.c.Value.Text
	}
	if w := b.accepted(at(b.of(placeWords), i), b.orders.Plan, nil); w != nil {
		stop.Place = w.c.Value.Place
	}
	if stop.Kind != "" && !stop.Place.IsZero() {
		return
	}
	hint := b.accepted(b.words, b.orders.Plan, func(w *said) bool {
		return w.stop == int32(i) && !w.c.Subject.Stop.Place.IsZero()
	})
	if stop.Place.IsZero() && hint != nil {
		stop.Place = hint.c.Subject.Stop.Place
	}
	sided := b.accepted(b.words, b.orders.Plan, func(w *said) bool { return w.stop == int32(i) && sideOf(w.c) != "" })
	if stop.Kind == "" && sided != nil {
		stop.Kind = string(sideOf(sided.c))
	}
}

// sideOf is the direction of the work that a claim speaks of: as told, else as the event itself implies.
func sideOf(c *freight.Claim) freight.Side {
	if c.Subject.Stop.Side != "" {
		return c.Subject.Stop.Side
	}
	switch c.Fact {
	case freight.FactPickedUp, freight.FactLoaded:
		return freight.PickupSide
	case freight.FactDelivered, freight.FactUnloaded:
		return freight.DeliverySide
	}
	return ""
}

// inventStops makes stops from what sources say of sides and places: one for each place of a side, one for a side without
// a place, pickups first, in order of occurrence. They are numbered from 1.
func (b *builder) inventStops() {
	var found []invented
	for _, g := range []group{actualWords, etaWords, windowWords, originalWords, pieceWords, palletWords, weightWords, placeWords, kindWords} {
		words := b.of(g)
		for i := range words {
			w := &words[i]
			side := sideOf(w.c)
			if side == "" || w.c.Value.None || w.c.Subject.Kind == freight.OfContainer {
				continue
			}
			found = inventStop(found, invented{side, w.c.Subject.Stop.Place, roughInstant(w.word)})
		}
	}
	found = dropPlaceless(found)
	slices.SortStableFunc(found, compareInvented)
	b.t.Stops = make([]freight.StopLine, len(found))
	b.stops = make([]stopWork, len(found))
	for i, f := range found {
		b.t.Stops[i] = freight.StopLine{Seq: i + 1, Kind: string(f.side), Place: f.place}
	}
}

// invented is a stop known from its side and place only, with the first time spoken of.
type invented struct {
	side  freight.Side
	place freight.Place
	first int64
}

func inventStop(found []invented, f invented) []invented {
	for i := range found {
		known := &found[i]
		if known.side != f.side {
			continue
		}
		if !comparablePlace(&f.place) && !comparablePlace(&known.place) || known.place == f.place || likeness(&known.place, &f.place) > 0 {
			known.first = min(known.first, f.first)
			if moreTold(&f.place, &known.place) {
				known.place = f.place
			}
			return found
		}
	}
	return append(found, f)
}

// moreTold reports whether a says more of one place than b; ties are decided by the words, so that order does not matter.
func moreTold(a, b *freight.Place) bool {
	told := func(p *freight.Place) (n int) {
		for _, s := range [...]string{p.Facility, p.Address, p.City, p.State, p.Postal, p.Country, p.Zone} {
			if s != "" {
				n++
			}
		}
		if p.HasPoint() {
			n++
		}
		return n
	}
	if x, y := told(a), told(b); x != y {
		return x > y
	}
	return a.String() < b.String()
}

// dropPlaceless forgets a stop without a place when its side has stops with one: words without a place belong to those.
func dropPlaceless(found []invented) []invented {
	placed := map[freight.Side]bool{}
	for _, f := range found {
		placed[f.side] = placed[f.side] || comparablePlace(&f.place)
	}
	return slices.DeleteFunc(found, func(f invented) bool { return placed[f.side] && !comparablePlace(&f.place) })
}

func compareInvented(a, b invented) int {
	if a.side != b.side {
		if a.side == freight.PickupSide {
			return -1
		}
		return 1
	}
	switch {
	case a.first < b.first:
		return -1
	case a.first > b.first:
		return 1
	}
	return 0
}

// locate finds zone and coordinates of a stop.
func (b *builder) locate(i int) {
	stop, work := &b.t.Stops[i], &b.stops[i]
	work.clock = b.clockOf(stop.Place)
	stop.Zone, stop.ZoneHow = work.clock.zone, work.clock.how
	if stop.Place.HasPoint() {
		stop.Lat, stop.Lon, work.hasPoint = stop.Place.Lat, stop.Place.Lon, true
		return
	}
	if b.resolver == nil || stop.Place.IsZero() {
		return
	}
	if lat, lon, _, ok := b.resolver.Point(stop.Place); ok {
		stop.Lat, stop.Lon, work.hasPoint = lat, lon, true
	}
}

// clockOf is the clock of a place: by the zone stated, else by the resolver.
func (b *builder) clockOf(p freight.Place) clock {
	if p.IsZero() {
		return clock{}
	}
	if p.Zone != "" {
		if c := newClock(p.Zone, "stated"); c.loc != nil {
			return c
		}
		p.Zone = ""
	}
	if b.resolver == nil {
		return clock{}
	}
	return newClock(b.resolver.Zone(p))
}

// commonClock is the clock of all stops when they share one; nil otherwise.
func (b *builder) commonClock() *clock {
	if len(b.stops) == 0 {
		return nil
	}
	first := &b.stops[0].clock
	for i := range b.stops {
		if b.stops[i].clock.loc == nil || b.stops[i].clock.zone != first.zone {
			return nil
		}
	}
	return first
}

// clockFor is the clock by which a word's local times are read: its stop's, else that of the place it names, else the one
// that all stops share; nil when none is known.
func (b *builder) clockFor(w *said) *clock {
	if w.stop != nowhere {
		if c := &b.stops[w.stop].clock; c.loc != nil {
			return c
		}
	}
	place := w.c.Subject.Stop.Place
	if w.c.Fact == freight.FactPosition || w.c.Fact == freight.FactTemperature {
		place = w.c.Value.Place
	}
	if place.IsZero() {
		if w.stop == nowhere {
			return b.common
		}
		return nil
	}
	if b.elsewhere.loc == nil || b.elsewhereOf != place {
		b.elsewhere, b.elsewhereOf = b.clockOf(place), place
	}
	if b.elsewhere.loc == nil {
		return nil
	}
	return &b.elsewhere
}
