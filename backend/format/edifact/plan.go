package edifact

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"tracedesk/backend/freight"
)

// An IFTMIN or IFCSUM becomes two observations, as a load tender does: the plan is a snapshot, of which only the changes
// count; its word, offered or cancelled, is one of its own. An IFTMBC is the carrier's answer to a booking.
const (
	planKey  = "tender"
	wordKey  = "tender word"
	maxStops = 999
)

// plan gathers an instruction, a summary or a confirmation.
type plan struct {
	*told
	head         context
	consignments []*context
	totals       []total
	function     string // 1225
	answer       string // 4343
	date         freight.When
	wordAt       int
}

// total is a CNT, with the consignment of which it is (-1 the whole).
type total struct {
	of   int
	fact freight.Fact
	num  float64
	unit string
	at   int
}

// totals are the codes of element 6069 that say how much is to be worked.
var totalFacts = map[string]freight.Fact{"7": freight.FactWeight, "11": freight.FactPieces, "8": freight.FactPieces}

func readPlan(t *told) freight.Record {
	p := &plan{told: t}
	if t.m.kind != "IFTMBC" {
		t.m.source = freight.Source{Kind: freight.TMS, Account: t.opt.TMSAccount}
	}
	for i := 1; i < len(t.m.spans); i++ {
		s := t.m.segment(i)
		t.at = s.number
		p.segment(s)
	}
	if t.m.kind == "IFTMBC" {
		return p.confirmation()
	}
	if p.head.number == "" {
		return t.m.unread("this " + t.m.kind + " names no document (BGM, element 2), so it cannot be told which load it is")
	}
	return p.instruction()
}

func (p *plan) segment(s *segment) {
	open := p.open()
	switch s.tag() {
	case "UNT", "UNS":
	case "CNI":
		c := &context{}
		c.begin(p.told, s)
		p.consignments = append(p.consignments, c)
	case "BGM":
		p.wordAt, p.function, p.answer = s.number, s.at(3), strings.ToUpper(s.at(4))
		open.segment(p.told, s)
	case "DTM":
		if kind, from, _, ok := p.told.date(s); ok && kind == "137" {
			p.date = from
			return
		} else if ok {
			open.segment(p.told, s)
		}
	case "CNT":
		p.total(s)
	default:
		if !open.segment(p.told, s) {
			p.other(&open.rest, s)
		}
	}
}

// open is the consignment that is being read, else the whole.
func (p *plan) open() *context {
	if n := len(p.consignments); n > 0 {
		return p.consignments[n-1]
	}
	return &p.head
}

func (p *plan) total(s *segment) {
	fact, known := totalFacts[s.part(1, 1)]
	n, ok := amount(s.part(1, 2))
	if !known || !ok || n == 0 {
		p.other(&p.open().rest, s)
		return
	}
	unit := s.part(1, 3)
	switch {
	case fact == freight.FactPieces:
		unit = ""
	case unit == "KGM" || unit == "":
		unit = "KG"
	case unit == "LBR":
		unit = "LB"
	case unit == "TNE":
		n, unit = n*1000, "KG"
	}
	p.totals = append(p.totals, total{len(p.consignments) - 1, fact, n, unit, s.number})
}

// stop is one stop of the plan.
type stop struct {
	seq  int
	kind string
	end  end
}

// instruction makes the plan and its word.
func (p *plan) instruction() freight.Record {
	name := []freight.Reference{{Type: freight.RefLoad, Value: p.head.number}}
	_, m := p.row("1225", p.function)
	state := freight.Claim{Fact: freight.FactTender, Value: freight.Value{Text: "offered"}}
	cancelled := freight.Claim{Fact: freight.FactCancelled, Value: freight.Value{None: true}}
	switch {
	case m.is("cancelled"):
		state.Value.Text = "cancelled"
		cancelled.Value = freight.Value{Text: "the instruction was cancelled"}
	case p.function != "" && m == nil:
		state.Value.Note = p.function + " " + unknownCode
	case p.function != "" && p.function != "9":
		state.Value.Note = m.words
	}
	var said []claim
	for _, c := range []freight.Claim{state, cancelled} {
		said = append(said, claim{c, p.wordAt})
	}
	var all []freight.Observation
	if state.Value.Text != "cancelled" {
		plan := p.observation(1, p.m.plainText(), name, p.claims())
		plan.Snapshot, plan.SnapshotKey = true, planKey
		all = append(all, plan)
	}
	word := p.observation(1, p.m.segment(max(p.wordAt-1, 0)).raw(), name, said)
	word.Snapshot, word.SnapshotKey = true, wordKey
	all = append(all, word)
	for i := range all {
		all[i].EventID = p.m.identity()
	}
	return freight.Record{Observations: all, Faults: p.m.faults}
}

// claims are those of the plan: stops numbered in the order pickups, deliveries; then what else is said.
func (p *plan) claims() []claim {
	var all claims
	stops, of := p.stops()
	for _, s := range stops {
		p.at = s.end.at
		subject := freight.Stop(s.seq)
		p.add(&all, freight.Claim{Subject: subject, Fact: freight.FactStopKind, Value: freight.Value{Text: s.kind, Note: s.end.code}})
		if s.end.order > 0 {
			p.add(&all, freight.Claim{Subject: subject, Fact: freight.FactPlace, Value: freight.Value{Place: s.end.place}})
		}
	}
	p.contextClaims(&all, &p.head, freight.Subject{}, of(-1))
	for i, c := range p.consignments {
		ends := of(i)
		shipment := freight.Subject{Kind: freight.OfShipment, Key: c.number}
		if ends[1] > 0 {
			shipment.Stop.Seq = ends[1]
		}
		p.contextClaims(&all, c, shipment, ends)
	}
	for _, n := range p.totals {
		p.at = n.at
		seq := of(n.of)[1]
		if n.of < 0 {
			seq = of(n.of)[0] // all of it is taken on at the first stop
		}
		if seq > 0 {
			p.add(&all, freight.Claim{Subject: freight.Stop(seq), Fact: n.fact, Value: freight.Value{Num: n.num, Has: 1, Unit: n.unit}})
		}
	}
	return all.all
}

// stops are the stops of the plan; of tells the numbers of pickup and delivery of a consignment (-1 the whole).
func (p *plan) stops() (all []stop, of func(int) [2]int) {
	numbers := map[int][2]int{}
	visit := func(i int, side int, kind string, e end) {
		if e.order == 0 && i >= 0 {
			return
		}
		for _, known := range all {
			if known.kind == kind && known.end.place == e.place {
				n := numbers[i]
				n[side] = known.seq
				numbers[i] = n
				return
			}
		}
		if len(all) >= maxStops {
			p.m.notes.add("more than 999 stops; those beyond are told without one", p.m.where())
			return
		}
		all = append(all, stop{len(all) + 1, kind, e})
		n := numbers[i]
		n[side] = len(all)
		numbers[i] = n
	}
	visit(-1, 0, "pickup", p.head.from)
	for i, c := range p.consignments {
		visit(i, 0, "pickup", c.from)
	}
	if p.head.to.order > 0 || len(p.consignments) == 0 {
		visit(-1, 1, "delivery", p.head.to)
	}
	for i, c := range p.consignments {
		visit(i, 1, "delivery", c.to)
	}
	return all, func(i int) [2]int {
		n := numbers[i]
		for side := range n {
			if n[side] == 0 {
				n[side] = numbers[-1][side]
			}
		}
		return n
	}
}

// contextClaims are what a context says beside its ends. What is told of a side is told of its stop.
func (p *plan) contextClaims(to *claims, c *context, subject freight.Subject, ends [2]int) {
	for _, k := range c.rest.all {
		if k.Subject.Kind == freight.OfStop {
			switch k.Subject.Stop.Side {
			case freight.PickupSide:
				k.Subject.Stop = freight.StopRef{Seq: ends[0], Side: k.Subject.Stop.Side}
			case freight.DeliverySide:
				k.Subject.Stop = freight.StopRef{Seq: ends[1], Side: k.Subject.Stop.Side}
			}
			if k.Subject.Stop.Seq > 0 {
				k.Subject.Stop.Side = ""
			}
		} else if subject.Kind == freight.OfShipment && k.Subject.Kind == freight.OfLoad && (k.Fact == freight.FactOther || k.Fact == freight.FactReference) {
			k.Subject = subject
		}
		to.all = append(to.all, k)
	}
	for _, ref := range c.refs {
		p.add(to, freight.Claim{Subject: subject, Fact: freight.FactReference, Value: referenceValue(ref)})
	}
	if subject.Kind == freight.OfShipment && c.number != "" {
		p.add(to, freight.Claim{Subject: subject, Fact: freight.FactReference, Value: freight.Value{Type: string(freight.RefOther), Text: c.number, Note: "CNI"}})
	}
}

// confirmation is a carrier's answer to a booking.
func (p *plan) confirmation() freight.Record {
	var all claims
	p.at = p.wordAt
	_, m := p.row("4343", p.answer)
	state := freight.Value{Text: "accepted", Note: p.answer}
	switch {
	case p.function == "1":
		state.Text, state.Note = "cancelled", "booking cancelled by the carrier"
	case m != nil:
		state.Text, state.Note = m.to(), p.answer+" "+m.words
	case p.answer != "":
		state.Text, state.Note = "answered", p.answer+" "+unknownCode
	}
	p.add(&all, freight.Claim{Fact: freight.FactTender, At: p.date, Value: state})
	refs := p.head.refs
	for _, c := range p.consignments {
		refs = append(refs, c.refs...)
	}
	if len(refs) == 0 && p.head.number != "" {
		refs = []freight.Reference{{Type: freight.RefBooking, Value: p.head.number, Note: "BGM"}}
	}
	if len(refs) == 0 {
		return p.m.unread("this booking confirmation names neither a booking (RFF BN) nor a document (BGM), so it cannot be told which load it is")
	}
	p.head.ends(p.told, &all, freight.StopRef{}, freight.StopRef{})
	for i, c := range append([]*context{&p.head}, p.consignments...) {
		if i > 0 {
			c.ends(p.told, &all, freight.StopRef{}, freight.StopRef{})
		}
		all.all = append(all.all, c.rest.all...)
	}
	o := p.observation(1, p.m.plainText(), names(refs), all.all)
	o.EventID = p.m.identity()
	return freight.Record{Observations: []freight.Observation{o}, Faults: p.m.faults}
}

// plainText is the message as received, as UTF-8.
func (m *message) plainText() string { return decoded(m.text, m.charset) }

// identity tells this message from any other: what stands between UNH and UNT, and when it was sent. The same file read again is
// the same message; an offer made again after its cancellation is another.
func (m *message) identity() string {
	h := sha256.New()
	h.Write([]byte(m.sent))
	for i := 1; i < len(m.spans); i++ {
		if s := m.segment(i); s.tag() != "UNT" {
			h.Write([]byte("\x00" + m.text[s.span.from:s.span.to]))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
