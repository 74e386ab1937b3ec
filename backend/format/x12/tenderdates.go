package x12

import (
	"tracedesk/backend/freight"
)

// planDate is a G62 at a stop.
type planDate struct {
	at    int    // number of its segment
	code  string // G62-01
	clock string // G62-03
	when  freight.When
}

// dateMeaning is what a date qualifier says at a stop.
type dateMeaning struct {
	rank  int // a window of a higher rank is the stop's window; 0: not a window
	bound bound
	typ   string       // of the window
	fact  freight.Fact // for what is no window
	words string
}

// Ranks of windows: what was asked for gives way to what was scheduled, and that to what was granted.
const (
	askedFor = iota + 1
	scheduled
	granted
)

// dateMeanings are the codes of element 432 (G62-01) that plan a stop.
var dateMeanings = map[string]dateMeaning{
	"37": {rank: askedFor, bound: earliest, words: "ship not before"},
	"38": {rank: askedFor, bound: latest, words: "ship not later than"},
	"53": {rank: askedFor, bound: earliest, words: "deliver not before"},
	"54": {rank: askedFor, bound: latest, words: "deliver not later than"},
	"EP": {rank: askedFor, bound: earliest, words: "earliest pickup"},
	"LP": {rank: askedFor, bound: latest, words: "latest pickup"},
	"67": {rank: askedFor, bound: latest, words: "deliver by"},
	"02": {rank: askedFor, words: "delivery requested"},
	"10": {rank: askedFor, words: "pickup requested"},
	"68": {rank: askedFor, words: "delivery requested"},
	"79": {rank: askedFor, words: "pickup requested to be scheduled"},
	"80": {rank: askedFor, words: "delivery requested to be scheduled"},
	"96": {rank: askedFor, words: "pickup scheduled, not yet confirmed"},
	"97": {rank: askedFor, words: "delivery scheduled, not yet confirmed"},
	"69": {rank: scheduled, typ: "appointment", words: "scheduled pickup"},
	"70": {rank: scheduled, typ: "appointment", words: "scheduled delivery"},
	"77": {rank: scheduled, typ: "appointment", words: "pickup appointment scheduled"},
	"78": {rank: scheduled, typ: "appointment", words: "delivery appointment scheduled"},
	"81": {rank: granted, typ: "appointment", words: "pickup appointment granted"},
	"82": {rank: granted, typ: "appointment", words: "delivery appointment granted"},
	"98": {rank: granted, typ: "appointment", words: "pickup appointment confirmed"},
	"99": {rank: granted, typ: "appointment", words: "delivery appointment confirmed"},
	"17": {fact: freight.FactETA, words: "estimated delivery"},
	"35": {fact: freight.FactDelivered, words: "delivered"},
	"86": {fact: freight.FactPickedUp, words: "picked up"},
	"64": {words: "must respond by"},
	"11": {words: "shipped"},
}

// clockBounds are the codes of element 176 (G62-03) that make a time one bound of a window, whatever its date says.
var clockBounds = map[string]bound{
	"I": earliest, "G": earliest, "EP": earliest, "ED": earliest,
	"K": latest, "L": latest, "LP": latest, "LD": latest,
}

// date reads G62.
func (t *tender) date(seg *segment) {
	d := planDate{at: seg.number, code: t.set.alias("432", upper(seg.at(1))), clock: upper(seg.at(3))}
	when, bad := stamp{date: seg.at(2), clock: seg.at(4), zone: t.set.partner.zone(seg.at(5))}.when(&t.stock)
	if bad.part != allRead {
		t.set.fail(seg, [4]int{0, 2, 4, 5}[bad.part], bad.reason)
	}
	d.when = when
	m := dateMeanings[d.code]
	switch {
	case when.IsZero():
	case t.stop == nil, t.shipment != nil, m.rank == 0 && m.fact == "":
		t.add(t.narrowest(), freight.FactOther, freight.Value{Type: "date " + d.code, Text: when.String(), Note: words(m.words), Start: when})
	case m.rank == 0:
		t.event(m.fact, d)
	default:
		t.stop.dates = append(t.stop.dates, d)
	}
}

func (t *tender) event(fact freight.Fact, d planDate) {
	c := freight.Claim{Subject: t.stop.subject, Fact: fact}
	if fact == freight.FactETA {
		c.Value.Start = d.when
	} else {
		c.At = d.when
	}
	t.append(c)
}

// windows makes the dates of a stop windows: the one of the highest rank is the stop's, the others are kept beside it.
func (t *tender) windows(stop *tenderStop) {
	best := 0
	for _, d := range stop.dates {
		best = max(best, dateMeanings[d.code].rank)
	}
	for rank := best; rank > 0; rank-- {
		t.at = stop.dateAt(rank, t.at)
		v, ok := stop.window(rank)
		if !ok {
			continue
		}
		if rank == best {
			t.add(stop.subject, freight.FactWindow, v)
			continue
		}
		v.Text, v.Type = freight.Claim{Fact: freight.FactWindow, Value: v}.ValueText(), "window asked for"
		if rank == scheduled {
			v.Type = "window scheduled"
		}
		t.add(stop.subject, freight.FactOther, v)
	}
}

// dateAt is the number of the first segment with a date of a rank.
func (s *tenderStop) dateAt(rank, otherwise int) int {
	for _, d := range s.dates {
		if dateMeanings[d.code].rank == rank {
			return d.at
		}
	}
	return otherwise
}

// window joins the dates of one rank. Two times of one meaning are the two ends of a window.
func (s *tenderStop) window(rank int) (v freight.Value, ok bool) {
	bounded := false
	for _, d := range s.dates {
		m := dateMeanings[d.code]
		if m.rank != rank {
			continue
		}
		if !ok {
			v.Type, v.Note = m.typ, m.words
		}
		ok = true
		b := m.bound
		if c, given := clockBounds[d.clock]; given {
			b = c
		}
		bounded = bounded || b != wholeWindow
		switch {
		case b == earliest:
			v.Start = d.when
		case b == latest:
			v.End = d.when
		case v.Start.IsZero():
			v.Start = d.when
		case v.End.IsZero():
			v.End = d.when
		}
	}
	if !bounded && !v.End.IsZero() && v.Start.Zone == v.End.Zone && v.End.Wall().Before(v.Start.Wall()) {
		v.Start, v.End = v.End, v.Start
	}
	return v, ok
}
