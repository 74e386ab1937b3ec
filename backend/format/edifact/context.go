package edifact

import (
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// context is what a message or a consignment says before any status: numbers, parties, places.
type context struct {
	number   string // of the document (BGM) or of the consignment (CNI)
	refs     []freight.Reference
	from, to end
	rest     claims
	seaOrAir bool
}

// end is one end of the load: the nearest place that is told of it.
type end struct {
	place freight.Place
	order int // as the table has it; 0 nothing told
	at    int
	code  string
}

// take keeps the nearer of two.
func (e *end) take(t *told, place freight.Place, order int, code string) {
	if place.IsZero() || e.order > 0 && e.order <= order {
		return
	}
	*e = end{place, order, t.at, code}
}

// begin reads a CNI: the consignment's number is its carrier's or its sender's own.
func (c *context) begin(t *told, s *segment) {
	if c.number = s.part(2, 1); c.number != "" && t.m.kind == "IFTSTA" {
		c.refs = append(c.refs, freight.Reference{Type: freight.RefPRO, Value: c.number, Note: "CNI"})
	}
}

// segment takes a segment of the head of a message or consignment; false for one that it does not know.
func (c *context) segment(t *told, s *segment) bool {
	switch s.tag() {
	case "BGM":
		c.number = s.part(2, 1)
		_, m := t.row("1225", s.at(3))
		t.keep(&c.rest, freight.FactOther, freight.Value{Type: "message", Text: says(s.part(1, 1), c.number), Note: says(s.at(3), m.wordsOr(""))})
	case "RFF":
		ref, ok := t.reference(s)
		if ok {
			c.refs = append(c.refs, ref)
		}
	case "DTM":
		kind, from, to, ok := t.date(s)
		if ok {
			m := book().row("2005", kind)
			t.planned(&c.rest, m, kind, from, to, freight.StopRef{Side: m.sideOf()})
		}
	case "NAD":
		return c.party(t, s)
	case "LOC":
		_, m := t.row("3227", strings.ToUpper(s.at(1)))
		if !m.is("end") {
			return false
		}
		c.side(m.side).take(t, t.where(s), m.order+10, "LOC "+s.at(1)) // an address is nearer than a town
	case "TDT":
		c.seaOrAir = t.transport(&c.rest, s) || c.seaOrAir
	case "EQD":
		if ref, ok := t.equipment(&c.rest, s); ok {
			c.refs = append(c.refs, ref)
		}
	case "SEL":
		t.seal(&c.rest, s)
	case "FTX":
		t.note(&c.rest, s)
	case "GIN":
		t.marks(&c.rest, s)
	default:
		return false
	}
	return true
}

func (m *meaning) wordsOr(other string) string {
	if m == nil {
		return other
	}
	return m.words
}

func (c *context) side(side freight.Side) *end {
	if side == freight.PickupSide {
		return &c.from
	}
	return &c.to
}

// party reads a NAD; false for one that says nothing of the load's ends or its carrier.
func (c *context) party(t *told, s *segment) bool {
	code := strings.ToUpper(s.at(1))
	_, m := t.row("3035", code)
	place := party(s)
	switch {
	case m.is("end"):
		if place.City == "" && place.Postal == "" && place.Address == "" {
			// A name or number alone is no place at which a stop could be found.
			if place.Facility == "" {
				place.Facility = s.part(2, 1)
			}
			order := m.order + 20
			c.side(m.side).take(t, place, order, "NAD "+code)
			return true
		}
		c.side(m.side).take(t, place, m.order, "NAD "+code)
	case m.is("carrier"):
		if code := scac(s, 2); code != "" {
			t.keep(&c.rest, freight.FactSCAC, freight.Value{Text: code})
			if t.m.source.Kind == freight.CarrierSrc {
				t.m.source.Account = code
			}
		}
		if name := place.Facility; name != "" {
			t.keep(&c.rest, freight.FactCarrier, freight.Value{Text: name})
		}
		return place.Facility != "" || scac(s, 2) != ""
	default:
		return false
	}
	return true
}

// ends tells the two ends of the load, as stops by their side (or as numbered by the caller).
func (c *context) ends(t *told, to *claims, from, till freight.StopRef) {
	for _, side := range [...]freight.Side{freight.PickupSide, freight.DeliverySide} {
		e, ref := c.side(side), from
		if side == freight.DeliverySide {
			ref = till
		}
		if e.order == 0 {
			continue
		}
		t.at = e.at
		if e.order > 20 && ref.Seq == 0 {
			t.keep(to, freight.FactOther, freight.Value{Type: e.code + " " + string(side), Text: e.place.String()})
			continue
		}
		if ref.Seq == 0 {
			ref = freight.StopRef{Side: side, Place: e.place}
		}
		t.add(to, freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: ref}, Fact: freight.FactPlace, Value: freight.Value{Place: e.place}})
	}
}

// planned reads a date that is none of a status: an estimate, a bound of a window, or a date to keep.
func (t *told) planned(to *claims, m *meaning, kind string, from, till freight.When, stop freight.StopRef) {
	subject := freight.Subject{Kind: freight.OfStop, Stop: stop}
	v := freight.Value{Type: "appointment", Note: m.wordsOr("")}
	switch {
	case m.is("eta"):
		t.add(to, freight.Claim{Subject: subject, Fact: freight.FactETA, Value: freight.Value{Start: from, Note: m.words}})
		return
	case m.is("window"):
		v.Start, v.End = from, till
	case m.is("earliest"):
		v.Start = from
	case m.is("latest"):
		v.End = from
	case m.is("message"):
		return
	default:
		t.keep(to, freight.FactOther, freight.Value{Type: "date " + kind, Text: from.String(), Note: words(m), Start: from, End: till})
		return
	}
	for i := range to.all { // two bounds of one window are one claim
		if c := &to.all[i].Claim; c.Fact == freight.FactWindow && c.Subject == subject && !m.is("window") {
			if v.Start.IsZero() && c.Value.End.IsZero() {
				c.Value.End = v.End
				return
			}
			if v.End.IsZero() && c.Value.Start.IsZero() {
				c.Value.Start = v.Start
				return
			}
		}
	}
	t.add(to, freight.Claim{Subject: subject, Fact: freight.FactWindow, Value: v})
}

// transport reads a TDT: mode, carrier, voyage. seaOrAir reports that its means call at ports, not at stops.
func (t *told) transport(to *claims, s *segment) (seaOrAir bool) {
	mode := book().row("8067", s.part(3, 1))
	if mode != nil {
		t.keep(to, freight.FactMode, freight.Value{Text: mode.to(), Note: says("TDT", s.at(1))})
	}
	if code := scac(s, 5); code != "" {
		t.keep(to, freight.FactSCAC, freight.Value{Text: code})
		if t.m.source.Kind == freight.CarrierSrc {
			t.m.source.Account = code
		}
	} else if name := says(s.part(5, 1), s.part(5, 4)); name != "" {
		t.keep(to, freight.FactOther, freight.Value{Type: "carrier", Text: name})
	}
	voyage, means := s.at(2), says(s.part(8, 1), s.part(8, 4))
	switch {
	case mode.to() == "truck" && means != "":
		t.keep(to, freight.FactEquipment, freight.Value{Type: "TRUCK", Text: means})
	case means != "" || voyage != "":
		t.keep(to, freight.FactOther, freight.Value{Type: "voyage", Text: says(voyage, means)})
	}
	return mode != nil && mode.to() != "truck"
}

// equipment reads an EQD; a container's number also names the load.
func (t *told) equipment(to *claims, s *segment) (ref freight.Reference, ok bool) {
	code, number := strings.ToUpper(s.at(1)), strings.ToUpper(s.part(2, 1))
	m := book().row("8053", code)
	if number == "" {
		return ref, false
	}
	typ := m.to()
	if typ == "" || typ == "OTHER" && containerNumber(number) {
		typ = "CONTAINER"
		if !containerNumber(number) {
			typ = ""
		}
	}
	note := says(m.wordsOr(code), says(s.part(3, 1), s.part(3, 4)), book().row("8169", s.at(6)).wordsOr(s.at(6)))
	switch typ {
	case "CONTAINER", "TRAILER":
		t.keep(to, freight.FactEquipment, freight.Value{Type: typ, Text: number, Note: note})
	default:
		t.keep(to, freight.FactOther, freight.Value{Type: "EQD " + code, Text: number, Note: note})
	}
	if typ == "CONTAINER" {
		return freight.Reference{Type: freight.RefContainer, Value: number}, true
	}
	return ref, false
}

func (t *told) seal(to *claims, s *segment) {
	if number := s.at(1); number != "" {
		t.keep(to, freight.FactEquipment, freight.Value{Type: "SEAL", Text: number})
	}
}

func (t *told) note(to *claims, s *segment) {
	if text := strings.Join(s.parts(4), " "); text != "" {
		t.keep(to, freight.FactNote, freight.Value{Text: text, Type: s.at(1)})
	} else {
		t.other(to, s)
	}
}

// maxMarks is how many packages of one segment are told as references; a segment has five pairs.
const maxMarks = 10

// marks reads a GIN: numbers of packages, such as SSCC (BJ).
func (t *told) marks(to *claims, s *segment) {
	told := 0
	for n := 2; n <= s.last() && told < maxMarks; n++ {
		for _, number := range s.parts(n) {
			t.keep(to, freight.FactReference, freight.Value{Type: string(freight.RefOther), Text: number, Note: "GIN " + s.at(1)})
			told++
		}
	}
	if told == 0 {
		t.other(to, s)
	}
}

// amount reads a number; the decimal mark may be a comma.
func amount(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return n, err == nil && n >= 0 && n < 1e12
}
