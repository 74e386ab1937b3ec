package x12

import (
	"strconv"

	"tracedesk/backend/freight"
)

// tenderStop is an S5 loop.
type tenderStop struct {
	at      int // number of its S5
	subject freight.Subject
	kind    string // as far as S5-02 tells
	reason  string
	dates   []planDate
	parties []*party
	told    [len(quantityFacts)]bool     // already claimed for the stop as a whole
	summary [len(quantityFacts)]quantity // what S5 itself tells
	loose   []quantity                   // of articles; added up where nothing tells of the stop as a whole
}

// quantity is a number of pieces or pallets, or a weight.
type quantity struct {
	of   int // index in quantityFacts
	num  float64
	unit string
}

var quantityFacts = [...]freight.Fact{freight.FactPieces, freight.FactPallets, freight.FactWeight}

const (
	ofPieces = iota
	ofPallets
	ofWeight
)

// stopReasons are the codes of element 163 (S5-02) in our words, with what is done there. PU is a part unload, not a
// pickup. A code without a kind leaves it open.
var stopReasons = map[string]struct{ kind, words string }{
	"LD": {"pickup", "load"}, "CL": {"pickup", "complete load"}, "PL": {"pickup", "part load"},
	"SL": {"pickup", "spot for loading"}, "AL": {"pickup", "advance loading"}, "PA": {"pickup", "pick up pre-loaded equipment"},
	"UL": {"delivery", "unload"}, "CU": {"delivery", "complete unload"}, "PU": {"delivery", "part unload"},
	"SU": {"delivery", "spot for unloading"},
	"AA": {"", "point of delay"}, "CN": {"", "consolidate"}, "DR": {"", "deramp and ramp"}, "DT": {"", "drop the trailer"},
	"HO": {"", "hold for instructions"}, "HT": {"", "heat the shipment"}, "IN": {"", "inspection"},
	"LE": {"", "spot for load exchange"}, "RT": {"", "retrieve the trailer"}, "ST": {"", "staging"},
	"TL": {"relay", "transload"}, "WE": {"", "weigh empty"}, "WL": {"", "weigh loaded"},
}

// beginStop reads S5.
func (t *tender) beginStop(seg *segment) {
	t.party, t.shipment, t.inGoods = nil, nil, false
	if len(t.stops) == maxStops {
		t.set.fail(seg, 1, "more than 999 stops; those beyond are kept as segments")
	}
	if len(t.stops) >= maxStops {
		t.stop = nil
		t.other(seg)
		return
	}
	written, reason := seg.at(1), upper(seg.at(2))
	meant := t.set.alias("163", reason)
	stop := &tenderStop{reason: reason, kind: stopReasons[meant].kind, at: seg.number}
	stop.subject = freight.Subject{Kind: freight.OfStop, Stop: t.stopRef(seg, written)}
	t.stop = stop
	t.stops = append(t.stops, stop)
	what := stopReasons[meant]
	switch {
	case what.kind != "":
		t.add(stop.subject, freight.FactStopKind, freight.Value{Text: what.kind, Note: reason + " " + what.words})
	case reason != "":
		t.add(stop.subject, freight.FactOther, freight.Value{Type: "stop reason", Text: reason, Note: words(what.words)})
	}
	var list []quantity
	list = appendQuantity(list, ofWeight, seg.at(3), weightUnit(upper(seg.at(4))))
	list = appendQuantity(list, countedAs(upper(seg.at(6))), seg.at(5), "")
	for _, q := range list {
		stop.summary[q.of] = q
	}
}

// stopRef numbers a stop as its sender does. A number that is none, or that came before, is kept as the sender's name of
// the stop, and its place in the set is its number.
func (t *tender) stopRef(seg *segment, written string) freight.StopRef {
	n, err := strconv.Atoi(written)
	if err == nil && n > 0 && n <= 9999 && !t.numbered(n) {
		return freight.StopRef{Seq: n}
	}
	n = len(t.stops) + 1
	for t.numbered(n) {
		n++
	}
	t.set.fail(seg, 1, "stop number "+quote(written)+" is missing, repeated or not a number above 0; the stop is counted as "+strconv.Itoa(n))
	return freight.StopRef{Seq: n, ID: written}
}

func (t *tender) numbered(n int) bool {
	for _, s := range t.stops {
		if s.subject.Stop.Seq == n {
			return true
		}
	}
	return false
}

// countedAs tells pallets from other pieces by a unit of measurement (element 355).
func countedAs(unit string) int {
	if unit == "PL" || unit == "PLT" || unit == "PF" {
		return ofPallets
	}
	return ofPieces
}

func appendQuantity(list []quantity, of int, text, unit string) []quantity {
	if n, ok := amount(text); ok && n > 0 {
		list = append(list, quantity{of, n, unit})
	}
	return list
}

// quantity reads AT8, PLD and LAD: of the stop as a whole, of a shipment at it, or of one article.
func (t *tender) quantity(seg *segment) {
	var list []quantity
	switch seg.tag() {
	case "AT8":
		list = appendQuantity(list, ofWeight, seg.at(3), weightUnit(upper(seg.at(2))))
		if n := pieces(seg); n > 0 {
			list = append(list, quantity{ofPieces, n, ""})
		}
	case "PLD":
		list = appendQuantity(list, ofPallets, seg.at(1), "")
	case "LAD":
		list = appendQuantity(list, ofPieces, seg.at(2), "")
		list = appendQuantity(list, ofWeight, seg.at(6), weightUnit(upper(seg.at(5))))
	}
	article := seg.tag() == "LAD" || t.inGoods
	for _, q := range list {
		switch {
		case t.stop == nil:
			t.tell(freight.Subject{}, q)
		case article:
			t.stop.loose = append(t.stop.loose, q)
		case !t.stop.told[q.of]:
			t.stop.told[q.of] = true
			t.tell(t.stop.subject, q)
		}
	}
	if article || len(list) == 0 {
		t.other(seg)
	}
}

func (t *tender) tell(subject freight.Subject, q quantity) {
	t.add(subject, quantityFacts[q.of], freight.Value{Num: q.num, Has: 1, Unit: q.unit})
}

// beginShipment reads OID: one order on the stop.
func (t *tender) beginShipment(seg *segment) {
	t.inGoods = true
	key := seg.at(1)
	if key == "" {
		key = seg.at(2)
	}
	if key == "" || t.stop == nil {
		t.shipment = nil
		t.other(seg)
		return
	}
	t.shipment = &freight.Subject{Kind: freight.OfShipment, Key: key, Stop: freight.StopRef{Seq: t.stop.subject.Stop.Seq}}
	for _, ref := range [...]freight.Reference{
		{Type: freight.RefOrder, Value: seg.at(1)},
		{Type: freight.RefPO, Value: seg.at(2)},
		{Type: freight.RefOther, Value: seg.at(3), Note: "OID-03"},
	} {
		if ref.Value != "" {
			t.add(*t.shipment, freight.FactReference, referenceValue(ref))
		}
	}
	var list []quantity
	list = appendQuantity(list, ofPieces, seg.at(5), "")
	list = appendQuantity(list, ofWeight, seg.at(7), weightUnit(upper(seg.at(6))))
	for _, q := range list {
		t.tell(*t.shipment, q)
	}
	t.stop.loose = append(t.stop.loose, list...)
}

// totals reads L3: weight, charge and pieces of the whole load.
func (t *tender) totals(seg *segment) {
	t.stop, t.shipment, t.party = nil, nil, nil
	if n, ok := amount(seg.at(1)); ok && n > 0 {
		t.tell(freight.Subject{}, quantity{ofWeight, n, weightUnit(upper(seg.at(12)))})
	}
	if n, ok := amount(seg.at(11)); ok && n > 0 {
		t.tell(freight.Subject{}, quantity{ofPieces, n, ""})
	}
	t.other(seg)
}

// finish tells what only the end of the set settles: customer, places, windows and quantities of the stops.
func (t *tender) finish() {
	for _, p := range t.parties {
		t.at = p.at
		if p.code == "BT" && p.place.Facility != "" && t.told[toldKey{fact: freight.FactCustomer}] == 0 {
			t.add(freight.Subject{}, freight.FactCustomer, freight.Value{Text: p.place.Facility, Note: p.id})
			continue
		}
		t.addParty(freight.Subject{}, p)
	}
	for _, stop := range t.stops {
		t.finishStop(stop)
	}
}

func (t *tender) finishStop(stop *tenderStop) {
	if site := stop.site(); site != nil {
		t.at = site.at
		t.add(stop.subject, freight.FactPlace, freight.Value{Place: site.place, Note: site.id})
		for _, p := range stop.parties {
			if p != site {
				t.at = p.at
				t.addParty(stop.subject, p)
			}
		}
	}
	t.windows(stop)
	t.at = stop.at
	for of := range quantityFacts {
		if sum, ok := stop.sum(of); ok {
			t.tell(stop.subject, sum)
		}
	}
}

// site is the party whose place the stop is: the first that ships or receives, else the first.
func (s *tenderStop) site() *party {
	for _, p := range s.parties {
		if _, ok := placeSides[p.code]; ok {
			return p
		}
	}
	if len(s.parties) > 0 {
		return s.parties[0]
	}
	return nil
}

// sum is the quantity of the stop where none was claimed yet: what S5 tells, else the sum of its articles when their
// units are one.
func (s *tenderStop) sum(of int) (total quantity, ok bool) {
	if s.told[of] {
		return total, false
	}
	if s.summary[of].num > 0 {
		return s.summary[of], true
	}
	for _, q := range s.loose {
		if q.of != of {
			continue
		}
		if ok && q.unit != total.unit {
			return total, false
		}
		total = quantity{of, total.num + q.num, q.unit}
		ok = true
	}
	return total, ok
}

// addParty keeps a party that is neither the customer nor the stop's place.
func (t *tender) addParty(subject freight.Subject, p *party) {
	t.add(subject, freight.FactOther, freight.Value{Type: "N1 " + p.code, Text: p.called(), Note: p.id, Place: p.place})
}
