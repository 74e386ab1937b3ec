package timeline

import (
	"slices"

	"tracedesk/backend/freight"
)

// Fold is what observations say of one load, in any order and with any repetition: Build of Collect, without making the
// state between.
func Fold(obs []freight.Observation, r freight.Resolver, cfg Config) freight.Timeline {
	all := standing(inOrder(obs))
	var s Summary
	s.includeAll(all)
	return build(all, findReplaced(all), &s, r, cfg)
}

// Build makes the timeline of a state. The resolver finds the zones and coordinates of stops; without one (nil) only
// what sources state counts.
func Build(s State, r freight.Resolver, cfg Config) freight.Timeline {
	all := make([]*freight.Observation, len(s.Observations))
	for i := range s.Observations {
		all[i] = &s.Observations[i]
	}
	return build(all, make([]bool, claimsIn(all)), &s.Summary, r, cfg)
}

// build makes the timeline of observations in canonical order; of all their claims together, those marked dead do not count.
func build(obs []*freight.Observation, dead []bool, s *Summary, r freight.Resolver, cfg Config) freight.Timeline {
	b := builder{cfg: &cfg, orders: cfg.Orders, resolver: r, t: &freight.Timeline{}}
	b.sortWords(obs, dead)
	b.name(s)
	b.findStops()
	b.placeWords()
	b.buildPapers()
	b.buildActuals()
	b.buildWindows()
	b.buildEstimates()
	b.buildAmounts()
	b.buildLoadFacts()
	b.buildWords()
	b.buildActs()
	b.buildPosition()
	b.buildSeen(&s.Seen)
	b.t.State = b.loadState()
	if b.t.State.Done() {
		b.t.Gone = nil // an export that stops listing what is delivered says nothing
	}
	b.findProblems()
	b.t.LastNews = b.lastNews(s)
	b.hear(obs, dead)
	return *b.t
}

// hear sets when each road to the load was last heard, by what observations still say.
func (b *builder) hear(obs []*freight.Observation, dead []bool) {
	at := 0
	for _, o := range obs {
		gone := dead[at : at+len(o.Claims)]
		at += len(o.Claims)
		switch {
		case !slices.Contains(gone, false):
		case o.Source.Kind != freight.User, !slices.Contains(gone, true): // of people's words it matters which are left
			b.t.Heard.Hear(o)
		default:
			left := *o
			left.Claims = living(o.Claims, gone)
			b.t.Heard.Hear(&left)
		}
	}
}

// A builder is one run of Build.
type builder struct {
	cfg           *Config
	orders        Orders
	resolver      freight.Resolver
	t             *freight.Timeline
	words         []said
	start         [groups + 1]int32
	stops         []stopWork // beside t.Stops
	named         clock      // the last zone that a time named itself
	common        *clock     // the zone that all stops share, if they do
	elsewhere     clock      // the last zone of a place that is no stop
	elsewhereOf   freight.Place
	scratch       []ranked
	told          []freight.ToldTime
	times         []freight.KnownTime
	onFile        paperTrail
	documentStops []int32 // beside t.Documents
}

// said is a word with the stop it was found to speak of.
type said struct {
	word
	group group
	stop  int32 // index into t.Stops; nowhere when none could be told
}

const nowhere = -1

// stopWork is what the builder remembers of a stop beside its line.
type stopWork struct {
	clock    clock
	hasPoint bool
}

// A group is the part of the timeline that a fact belongs to.
type group uint8

const (
	customerWords group = iota
	carrierWords
	scacWords
	mcWords
	dotWords
	modeWords
	equipmentWords
	driverWords
	referenceWords
	valueWords
	temperatureRange
	flagWords
	statusWords
	trackingWords
	goneWords
	cancelledWords
	noteWords
	exceptionWords
	positionWords
	documentWords
	paperWords
	tenderWords
	kindWords
	placeWords
	windowWords
	originalWords
	actualWords
	etaWords
	pieceWords
	palletWords
	weightWords
	shipmentWords
	ownerWords
	actWords
	otherWords
	groups
)

// groupOf tells where a claim belongs. Facts about a carrier or facility itself are kept as other words.
func groupOf(c *freight.Claim) group {
	if c.Fact.Deed() {
		return actWords
	}
	switch c.Subject.Kind {
	case freight.OfShipment:
		if !c.Fact.Actual() {
			return shipmentWords
		}
	case freight.OfCarrier, freight.OfFacility, freight.OfSource:
		return otherWords
	}
	switch c.Fact {
	case freight.FactCustomer:
		return customerWords
	case freight.FactCarrier:
		return carrierWords
	case freight.FactSCAC:
		return scacWords
	case freight.FactMC:
		return mcWords
	case freight.FactDOT:
		return dotWords
	case freight.FactMode:
		return modeWords
	case freight.FactEquipment:
		return equipmentWords
	case freight.FactDriver:
		return driverWords
	case freight.FactReference:
		return referenceWords
	case freight.FactValueUSD:
		return valueWords
	case freight.FactTempRange:
		return temperatureRange
	case freight.FactFlag:
		return flagWords
	case freight.FactOwner:
		return ownerWords
	case freight.FactStatus:
		return statusWords
	case freight.FactTracking:
		return trackingWords
	case freight.FactGone:
		return goneWords
	case freight.FactCancelled:
		return cancelledWords
	case freight.FactNote:
		return noteWords
	case freight.FactException, freight.FactReason:
		return exceptionWords
	case freight.FactPosition:
		return positionWords
	case freight.FactDocument:
		return documentWords
	case freight.FactPaper:
		return paperWords
	case freight.FactTender:
		return tenderWords
	case freight.FactStopKind:
		return kindWords
	case freight.FactPlace:
		return placeWords
	case freight.FactWindow:
		return windowWords
	case freight.FactOriginal:
		return originalWords
	case freight.FactETA:
		return etaWords
	case freight.FactPieces:
		return pieceWords
	case freight.FactPallets:
		return palletWords
	case freight.FactWeight:
		return weightWords
	}
	if c.Fact.Actual() {
		return actualWords
	}
	return otherWords
}

// sortWords lays all words out by group, in canonical order within each.
func (b *builder) sortWords(obs []*freight.Observation, dead []bool) {
	of := make([]group, len(dead))
	n, at := 0, 0
	for _, o := range obs {
		for j := range o.Claims {
			if !dead[at] {
				of[at] = groupOf(&o.Claims[j])
				b.start[of[at]+1]++
				n++
			}
			at++
		}
	}
	for g := group(1); g <= groups; g++ {
		b.start[g] += b.start[g-1]
	}
	next := b.start
	b.words = make([]said, n)
	at = 0
	for _, o := range obs {
		for j := range o.Claims {
			if g := of[at]; !dead[at] {
				b.words[next[g]] = said{word: word{o, &o.Claims[j]}, group: g, stop: nowhere}
				next[g]++
			}
			at++
		}
	}
}

// of are the words of a group.
func (b *builder) of(g group) []said { return b.words[b.start[g]:b.start[g+1]] }

// ranked is a source's current word with the trust it has.
type ranked struct {
	*said
	rank int
}

// current are, of words on one matter, the last of each source, without those that only took a word back; the most
// trusted first, and of equally trusted ones the later. The slice is good until the next call.
func (b *builder) current(words []said, trust Trust, belongs func(*said) bool) []ranked {
	list := b.scratch[:0]
	for i := range words {
		w := &words[i]
		if belongs != nil && !belongs(w) {
			continue
		}
		list = keepLatest(list, w)
	}
	kept := list[:0]
	for _, w := range list {
		if w.c.Value.None {
			continue
		}
		w.rank = b.rank(w.said, trust)
		at := len(kept)
		kept = append(kept, w)
		for ; at > 0 && w.before(kept[at-1]); at-- {
			kept[at] = kept[at-1]
		}
		kept[at] = w
	}
	b.scratch = list[:0]
	return kept
}

// keepLatest puts w in the place of what its source said before.
func keepLatest(list []ranked, w *said) []ranked {
	for i := range list {
		if list[i].o.Source != w.o.Source {
			continue
		}
		if w.compare(list[i].word) >= 0 {
			list[i].said = w
		}
		return list
	}
	return append(list, ranked{said: w})
}

// before reports whether w is to be believed rather than other.
func (w ranked) before(other ranked) bool {
	if w.rank != other.rank {
		return w.rank < other.rank
	}
	return w.compare(other.word) > 0
}

// rank is the trust in a word; what a document says counts for more once a person has verified it.
func (b *builder) rank(w *said, trust Trust) int {
	kind := w.o.Source.Kind
	if kind == freight.Paper && !b.onFile.verifies(b.side(w)) {
		kind = UnverifiedPaper
	}
	return trust.rank(kind)
}

// side is the side of the stop that a word was found to speak of; empty when it is neither or both.
func (b *builder) side(w *said) freight.Side {
	if w.stop == nowhere {
		return sideOf(w.c)
	}
	stop := &b.t.Stops[w.stop]
	switch {
	case stop.Pickup() && !stop.Delivery():
		return freight.PickupSide
	case stop.Delivery() && !stop.Pickup():
		return freight.DeliverySide
	}
	return ""
}

// accepted is the word to believe of those on one matter; nil when there is none.
func (b *builder) accepted(words []said, trust Trust, belongs func(*said) bool) *said {
	list := b.current(words, trust, belongs)
	if len(list) == 0 {
		return nil
	}
	return list[0].said
}
