package scans

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// happening is what is special about a file.
type happening string

const (
	plainOne     happening = "plain"
	unsigned     happening = "unsigned"
	noted        happening = "noted"      // short, over, damaged or refused
	loadAndCount happening = "slc"        // shipper load and count
	toCount      happening = "stc"        // subject to count
	unknownLoad  happening = "unknown"    // numbers of no listed load
	strangeOne   happening = "strange"    // a listed load number over another load's consignee, PO and BOL
	miscounted   happening = "miscounted" // another count than the load's
	backwards    happening = "backwards"  // delivered before it was picked up
	bundle       happening = "bundle"
	twoLoads     happening = "two-loads"
	broken       happening = "broken"
)

// deck is fifty files, as a pile on a desk is made up; count more of what is common.
var deck = []struct {
	what happening
	of   int
}{{plainOne, 22}, {unsigned, 3}, {noted, 6}, {loadAndCount, 2}, {toCount, 1}, {unknownLoad, 2}, {strangeOne, 1}, {miscounted, 2}, {backwards, 1},
	{bundle, 6}, {twoLoads, 2}, {broken, 2}}

// happenings deals count files, each fifty from a deck of its own.
func happenings(rng *rand.Rand, count int) []happening {
	var dealt []happening
	for len(dealt) < count {
		var pile []happening
		for _, d := range deck {
			for range d.of {
				pile = append(pile, d.what)
			}
		}
		rng.Shuffle(len(pile), func(i, j int) { pile[i], pile[j] = pile[j], pile[i] })
		dealt = append(dealt, pile...)
	}
	return dealt[:count]
}

// pageOf is one page to be made.
type pageOf struct {
	layout layout
	trip   *trip
}

// story is what a file is to hold and what is true of it as a whole.
type story struct {
	pages   []pageOf
	verdict string
	reasons []string
	broken  string // how the file is spoilt
}

// teller makes up stories from the layouts that may be used.
type teller struct {
	house     *house
	layouts   []layout
	shipments []Shipment
}

// some picks a layout of one of the kinds; the blank one when none is allowed.
func (t teller) some(rng *rand.Rand, kinds ...string) (layout, bool) {
	fit := slices.DeleteFunc(slices.Clone(t.layouts), func(l layout) bool { return !slices.Contains(kinds, l.kind) })
	if len(fit) == 0 {
		return blank, false
	}
	return fit[rng.IntN(len(fit))], true
}

// tell makes up the story of file n of the pile.
func (t teller) tell(rng *rand.Rand, n int, what happening) story {
	s := t.shipments[n%len(t.shipments)]
	trip := t.house.newTrip(rng, s)
	one := func(verdict string, reasons []string, kinds ...string) story {
		l, ok := t.some(rng, kinds...)
		if !ok {
			return t.plain(rng, n, trip)
		}
		return story{pages: []pageOf{{l, trip}}, verdict: verdict, reasons: reasons}
	}
	switch what {
	case unsigned:
		trip.signed = false
		return one("review", []string{"unsigned"}, "POD", "POP")
	case noted:
		t.house.note(rng, trip)
		return one("exception", []string{trip.note.kind}, "POD")
	case loadAndCount:
		trip.slc = true
		return one("review", []string{"slc"}, "BOL")
	case toCount:
		trip.stc = true
		return one("review", []string{"stc"}, "BOL")
	case unknownLoad:
		trip = t.house.newTrip(rng, t.house.unlisted(rng, s))
		return one("wrong_load", []string{"load_not_known"}, "POD")
	case strangeOne:
		other := t.house.shipment(rng)
		for other.Consignee == s.Consignee || other.Consignee == s.Shipper {
			other = t.house.shipment(rng)
		}
		trip.Consignee, trip.ConsigneeAddr, trip.PO, trip.BOL = other.Consignee, other.ConsigneeAddr, other.PO, other.BOL
		return one("wrong_load", []string{"consignee_mismatch", "po_mismatch", "bol_mismatch"}, "POD")
	case miscounted:
		trip.seen += t.house.miscount(rng)
		return one("review", []string{"pieces_mismatch"}, "POD")
	case backwards:
		trip.in, trip.out = trip.pin.AddDate(0, 0, -2), trip.pout.AddDate(0, 0, -2)
		return one("review", []string{"delivery_before_pickup"}, "POD")
	case bundle:
		return t.bundle(rng, n, trip)
	case twoLoads:
		return t.two(rng, n, trip)
	case broken:
		told := t.plain(rng, n, trip)
		told.broken = []string{"truncated-pdf", "zero", "text-as-pdf", "truncated-jpg"}[rng.IntN(4)]
		told.verdict, told.reasons = "unreadable", []string{told.broken}
		return told
	}
	return t.plain(rng, n, trip)
}

// unlisted is a load that is in no list: a stranger, or one whose every number is a digit away from a listed one.
func (h *house) unlisted(rng *rand.Rand, listed Shipment) Shipment {
	s := h.shipment(rng)
	if rng.IntN(3) == 0 {
		s = listed
		s.Load, s.BOL, s.PO, s.PRO = nudge(rng, nudge(rng, s.Load)), nudge(rng, nudge(rng, s.BOL)), nudge(rng, nudge(rng, s.PO)), nudge(rng, nudge(rng, s.PRO))
	}
	s.ID = ""
	return s
}

// plain is one paper with nothing wrong; each sort gets its turn.
func (t teller) plain(rng *rand.Rand, n int, trip *trip) story {
	l := t.layouts[(n+rng.IntN(2))%len(t.layouts)]
	if l.kind == "OSD" {
		t.house.note(rng, trip)
	}
	return story{pages: []pageOf{{l, trip}}, verdict: alone(l.kind)}
}

// alone is the verdict of a good paper of a kind.
func alone(kind string) string {
	switch kind {
	case "LUMPER", "WEIGHT", "OSD":
		return "supporting"
	case "OTHER":
		return "not_a_proof"
	}
	return "verified"
}

// bundle is a proof with what goes with it, two to five pages, sometimes with a blank sheet between.
func (t teller) bundle(rng *rand.Rand, n int, trip *trip) story {
	proof, ok := t.some(rng, "POD")
	if !ok {
		return t.plain(rng, n, trip)
	}
	told := story{verdict: "verified"}
	if rng.IntN(3) == 0 {
		t.house.note(rng, trip)
		told.verdict, told.reasons = "exception", []string{trip.note.kind}
	} else if rng.IntN(4) == 0 {
		trip.signed = false
		told.verdict, told.reasons = "review", []string{"unsigned"}
	}
	add := func(kind string, of int) {
		if l, ok := t.some(rng, kind); ok && rng.IntN(of) == 0 {
			told.pages = append(told.pages, pageOf{l, trip})
		}
	}
	add("BOL", 2)
	if rng.IntN(3) == 0 {
		told.pages = append(told.pages, pageOf{blank, trip})
	}
	told.pages = append(told.pages, pageOf{proof, trip})
	if trip.note.kind != "" {
		add("OSD", 1)
	}
	add("LUMPER", 2)
	add("WEIGHT", 2)
	if told.pages[0].layout.kind == "BLANK" {
		told.pages = told.pages[1:]
	}
	if len(told.pages) == 1 {
		add("LUMPER", 1)
	}
	return told
}

// two is the proofs of two loads in one file.
func (t teller) two(rng *rand.Rand, n int, trip *trip) story {
	l, ok := t.some(rng, "POD")
	if !ok || len(t.shipments) < 2 {
		return t.plain(rng, n, trip)
	}
	told := story{pages: []pageOf{{l, trip}}, verdict: "verified", reasons: []string{"two_loads_in_file"}}
	if rng.IntN(2) == 0 {
		told.pages = append(told.pages, pageOf{blank, trip})
	}
	told.pages = append(told.pages, pageOf{l, t.house.newTrip(rng, t.shipments[(n+1)%len(t.shipments)])})
	return told
}

// documents is how the pages of a file belong together: each sheet of ours is a document of its own.
func documents(pages []Page) []Document {
	var all []Document
	for _, p := range pages {
		if p.DocType != "BLANK" {
			all = append(all, Document{Pages: []int{p.Page}, DocType: p.DocType, Shipment: p.Shipment})
		}
	}
	return all
}

func fileName(n int, ext string) string { return fmt.Sprintf("paper_%03d.%s", n+1, ext) }
