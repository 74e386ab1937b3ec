package edifact

import (
	"strings"

	"tracedesk/backend/freight"
)

// status is one STS of an IFTSTA and what stands with it.
type status struct {
	at       int // number of its segment
	text     []string
	event    string // 9011, as the standard has it
	written  string
	list     string
	means    *meaning
	reasons  []reason
	when     freight.When
	rank     int // of the date that when is; the lower the better
	place    freight.Place
	placed   int // rank of the place
	refs     []freight.Reference
	extra    claims
	seaOrAir bool
}

type reason struct {
	code, text string
	means      *meaning
	at         int
}

// statusReader reads an IFTSTA: one observation for every STS.
type statusReader struct {
	*told
	head, consignment context
	open              *context // in which segments stand that follow no STS
	events            []*status
	out               []freight.Observation
	first             bool // of the consignment: it also tells the consignment's ends
}

// readStatus maps an IFTSTA.
func readStatus(t *told) freight.Record {
	r := &statusReader{told: t, first: true}
	r.open = &r.head
	for i := 1; i < len(t.m.spans); i++ {
		s := t.m.segment(i)
		t.at = s.number
		r.segment(s)
	}
	r.finish()
	if len(r.out) == 0 {
		return t.m.unread("this IFTSTA tells no status: it has no STS segment")
	}
	for i := range r.out {
		r.out[i].Source = t.m.source // a carrier code may have stood at the end
	}
	return freight.Record{Observations: r.out, Faults: t.m.faults}
}

func (r *statusReader) segment(s *segment) {
	switch s.tag() {
	case "UNT", "UNS":
		return
	case "CNI":
		r.finish()
		r.consignment, r.open, r.first = context{}, &r.consignment, true
		r.consignment.begin(r.told, s)
		return
	case "STS":
		r.begin(s)
		return
	}
	if n := len(r.events); n > 0 {
		r.ofEvent(r.events[n-1], s)
		return
	}
	if !r.open.segment(r.told, s) {
		r.other(&r.open.rest, s)
	}
}

// begin reads an STS. Up to D.99B its event is of list 9011, with the reasons behind it. Later directories have a general list in its
// place (4405), which says nothing of transport: there a code counts as one of 9011 (which is Recommendation 24) where the
// status is one of transport or names its list.
func (r *statusReader) begin(s *segment) {
	e := &status{at: s.number, written: strings.ToUpper(s.part(2, 1)), rank: 99, placed: 99, text: []string{s.raw()}}
	list, agency, text := s.part(2, 2), s.part(2, 3), s.part(2, 4)
	colons := func(parts ...string) string { return strings.TrimRight(strings.Join(parts, ":"), ":") }
	e.event, e.means = r.row("9011", colons(e.written, list, agency, text), colons(e.written, list, agency), e.written)
	if e.event == e.written && (list != "" || agency != "" && agency != "6" || !r.ofTransport(s)) {
		e.means = nil
	}
	e.list = "9011"
	if list != "" || agency != "" {
		e.list = strings.TrimRight("9011 "+list+" "+agency, " ")
	}
	if text != "" {
		r.keep(&e.extra, freight.FactNote, freight.Value{Text: text, Type: "STS"})
	}
	for n := 3; n <= 7; n++ {
		if code := strings.ToUpper(s.part(n, 1)); code != "" {
			_, m := r.row("9013", code)
			e.reasons = append(e.reasons, reason{code, s.part(n, 4), m, s.number})
		} else if text := s.part(n, 4); text != "" {
			e.reasons = append(e.reasons, reason{"", text, nil, s.number})
		}
	}
	if e.written == "" && text == "" && len(e.reasons) == 0 {
		r.m.fail(s, 2, 1, "the status names no event: expected a code of list 9011 such as 21; it is kept without one")
	}
	r.events = append(r.events, e)
}

// ofTransport reports whether the events of an STS are of the transport list.
func (r *statusReader) ofTransport(s *segment) bool {
	if category := s.part(1, 1); category == "1" {
		return s.part(1, 2) == ""
	} else if category != "" {
		return false
	}
	return r.m.beforeD00()
}

// beforeD00 reports whether the message is of a directory before D.00A: D.96A, D.99B, 91.1, 90.1.
func (m *message) beforeD00() bool {
	_, year, _ := strings.Cut(m.release, ".")
	return len(year) == 3 && year[0] == '9' || strings.HasPrefix(m.release, "9") || strings.HasPrefix(m.release, "S.")
}

// ofEvent takes a segment behind an STS.
func (r *statusReader) ofEvent(e *status, s *segment) {
	switch s.tag() {
	case "RFF":
		if ref, ok := r.reference(s); ok {
			e.refs = append(e.refs, ref)
		}
	case "DTM":
		e.date(r.told, s)
	case "LOC":
		e.location(r.told, s)
	case "FTX":
		e.text = append(e.text, s.raw())
		r.note(&e.extra, s)
	case "NAD":
		if !r.consignment.party(r.told, s) {
			r.other(&e.extra, s)
		}
	case "CTA", "COM":
		r.other(&e.extra, s)
	case "TDT":
		e.seaOrAir = r.transport(&e.extra, s) || e.seaOrAir
	case "EQD":
		if ref, ok := r.equipment(&e.extra, s); ok {
			e.refs = append(e.refs, ref)
		}
	case "SEL":
		r.seal(&e.extra, s)
	case "GIN":
		r.marks(&e.extra, s)
	default:
		r.other(&e.extra, s)
	}
}

// eventDates is the order in which dates are taken for the time of a status; others of the kind come behind.
var eventDates = map[string]int{"334": 1, "178": 2, "186": 2, "35": 2, "50": 3, "404": 3, "78": 4, "7": 5}

func (e *status) date(t *told, s *segment) {
	kind, from, to, ok := t.date(s)
	if !ok {
		return
	}
	e.text = append(e.text, s.raw())
	m := book().row("2005", kind)
	if m.is("event") || m.is("message") && e.when.IsZero() {
		rank := 50
		if m.is("event") {
			rank = eventDates[kind]
		}
		if rank < e.rank {
			e.when, e.rank = from, rank
		}
		return
	}
	t.planned(&e.extra, m, kind, from, to, freight.StopRef{Side: m.sideOf()})
}

// sideOf is the side that the row speaks of, none for a code without a meaning.
func (m *meaning) sideOf() freight.Side {
	if m == nil {
		return ""
	}
	return m.side
}

// location reads a LOC behind an STS: where it happened, or an end of the load.
func (e *status) location(t *told, s *segment) {
	place := t.where(s)
	_, m := t.row("3227", strings.ToUpper(s.at(1)))
	rank := 3
	switch {
	case m.is("event") && (s.at(1) == "175" || s.at(1) == "14"):
		rank = 1
	case m.is("event"):
		rank = 2
	case m == nil:
		t.keep(&e.extra, freight.FactOther, freight.Value{Type: says("LOC", s.at(1)), Text: s.raw(), Note: unknownCode})
		return
	}
	e.text = append(e.text, s.raw())
	if !place.IsZero() && rank < e.placed {
		e.place, e.placed = place, rank
	}
}

// finish makes observations of the events of the consignment.
func (r *statusReader) finish() {
	for _, e := range r.events {
		var own, ends claims
		r.at = e.at
		r.eventClaims(e, &own)
		if r.first {
			r.first = false
			r.consignment.ends(r.told, &ends, freight.StopRef{}, freight.StopRef{})
			r.head.ends(r.told, &ends, freight.StopRef{}, freight.StopRef{})
		}
		named := names(e.refs, r.consignment.refs, r.head.refs)
		r.out = append(r.out, r.observation(e.at, strings.Join(e.text, "'"), named, own.all, e.extra.all, ends.all, r.consignment.rest.all, r.head.rest.all))
		r.consignment.rest, r.head.rest = claims{}, claims{}
	}
	r.events = nil
}

// eventClaims are what a status says: what happened, the trouble, the reasons, and always the code itself.
func (r *statusReader) eventClaims(e *status, to *claims) {
	var side freight.Side
	var what []string
	if e.means != nil {
		side, what = e.means.side, e.means.what
	}
	if (e.seaOrAir || r.head.seaOrAir || r.consignment.seaOrAir) && (e.event == "48" || e.event == "59") {
		what = []string{"moving"} // on and off a ship is no stop's work
	}
	subject := freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: side, Place: e.place}}
	if side == "" && e.place.IsZero() {
		subject = freight.Subject{}
	}
	ahead := false
	for _, word := range what {
		switch word {
		case "trouble":
			c := freight.Claim{Subject: subject, Fact: freight.FactException, At: e.when, Value: freight.Value{Type: "9011 " + e.written, Text: e.means.words}}
			if told := e.because(); told != "" {
				c.Value.Text, c.Value.Note = e.means.words+": "+told, e.reasons[0].code
			}
			r.add(to, c)
		case "moving":
			if e.place.City != "" || e.place.HasPoint() {
				r.add(to, freight.Claim{Fact: freight.FactPosition, At: e.when, Value: freight.Value{Place: e.place}})
			}
		case "ahead":
			ahead = true
		case "word":
		default:
			r.add(to, freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: subject.Stop}, Fact: freight.Fact(word), At: e.when})
		}
	}
	c := freight.Claim{Subject: subject, Fact: freight.FactStatus, At: e.when, Value: freight.Value{Text: e.written, Type: e.list, Note: words(e.means)}}
	if ahead {
		c.At, c.Value.Start = freight.When{}, e.when
	}
	if e.event != e.written {
		c.Value.Note = says(words(e.means), "("+e.event+")")
	}
	if c.Value.Text == "" {
		c.Value.Text = "no code"
	}
	r.add(to, c)
	for _, why := range e.reasons {
		if why.means.is("normal") {
			r.keep(to, freight.FactOther, freight.Value{Type: "9013", Text: why.code, Note: why.means.words})
			continue
		}
		v := freight.Value{Text: why.code, Type: "9013", Note: words(why.means)}
		if why.code == "" {
			v.Text, v.Note = why.text, ""
		}
		r.add(to, freight.Claim{Subject: subject, Fact: freight.FactReason, At: e.when, Value: v})
	}
}

// because is the reasons in words.
func (e *status) because() string {
	var all []string
	for _, why := range e.reasons {
		switch {
		case why.means.is("normal"):
		case why.means != nil:
			all = append(all, why.means.words)
		case why.text != "":
			all = append(all, why.text)
		default:
			all = append(all, "reason "+why.code)
		}
	}
	return strings.Join(all, ", ")
}
