package x12

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// setReading is what the segments of one set become, as dictionary/readings.txt says.
type setReading struct {
	from freight.SourceKind
	rows map[string][]row // by segment
}

// row is one line of it: a verb with its arguments.
type row struct {
	verb string
	args []string
	els  []int // the arguments that are numbers, as numbers
	kind string
	only struct { // the row holds only where the element has this code
		element int
		code    string
	}
}

func (d *dictionary) readReading(line string) error {
	words := quotedFields(line)
	if len(words) < 3 {
		return fmt.Errorf("%q should be a set, a segment and what becomes of it", line)
	}
	set := d.readings[words[0]]
	if set == nil {
		set = &setReading{rows: map[string][]row{}}
		d.readings[words[0]] = set
	}
	if words[1] == "from" {
		kind, ok := freight.ParseSourceKind(words[2])
		if !ok {
			return fmt.Errorf("%q is no kind of source", words[2])
		}
		set.from = kind
		return nil
	}
	r := row{verb: words[2]}
	args := words[3:]
	if n := len(args); n > 3 && args[n-3] == "if" {
		at, err := strconv.Atoi(args[n-2])
		if err != nil {
			return err
		}
		r.only.element, r.only.code = at, args[n-1]
		args = args[:n-3]
	}
	if n := len(args); n > 2 && args[n-2] == "=" {
		r.kind, args = args[n-1], args[:n-2]
	}
	for _, a := range args {
		if n, err := strconv.Atoi(a); err == nil {
			r.els = append(r.els, n)
		} else {
			r.args = append(r.args, a)
		}
	}
	if !strings.Contains(verbs, " "+r.verb+" ") {
		return fmt.Errorf("%q is no verb of a reading", r.verb)
	}
	set.rows[words[1]] = append(set.rows[words[1]], r)
	return nil
}

// quotedFields are the words of a line; what stands in quotes is one word.
func quotedFields(line string) (words []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

// told gathers what a set says of one shipment.
type told struct {
	number  int // of the segment with which it begins
	names   []freight.Reference
	claims  []freight.Claim
	origins []int
}

// mapper reads a set by its rows.
type mapper struct {
	stock
	set   *set
	head  told
	parts []told
	at    int // number of the segment
	scac  string
	party *party
	// parties are the N1 loops with the segment where each began.
	parties []*party
}

// verbs are what a row can say; see dictionary/readings.txt.
const verbs = " pass each name ref kept marks carrier time date meant text party street town weight pieces equipment seal note answer "

// do makes of a segment what a row says.
func (m *mapper) do(r *row, seg *segment) {
	switch r.verb {
	case "each":
		m.each(seg)
	case "name":
		m.name(r, seg)
	case "ref":
		m.ref(r, seg)
	case "kept":
		m.kept(r, seg)
	case "marks":
		m.marks(r, seg)
	case "carrier":
		m.setCarrier(seg.at(r.els[0]))
	case "time":
		m.happened(freight.Fact(r.args[0]), freight.Side(r.args[1]), m.stamp(r.els, seg))
	case "date":
		m.date(r, seg)
	case "meant":
		m.meant(r, seg)
	case "text":
		m.text(r, seg)
	case "party":
		m.beginParty(seg)
	case "street", "town":
		m.address(seg)
	case "weight":
		m.weight(r, seg)
	case "pieces":
		m.pieces(r, seg)
	case "equipment":
		m.equipment(r, seg)
	case "seal":
		m.seal(r, seg)
	case "note":
		m.note(r, seg)
	case "answer":
		m.answer(r, seg)
	}
}

// readByRows maps a set by the table of its kind. account names the sender.
func readByRows(s *set, how *setReading, source freight.Source, byCode bool) freight.Record {
	m := &mapper{set: s}
	for i := 1; i < len(s.spans); i++ {
		m.segment(how, s.segment(i))
	}
	m.finishParties()
	source.Kind = how.from
	if byCode && m.scac != "" && how.from == freight.CarrierSrc {
		source.Account = m.scac
	}
	s.source = source
	for i := range s.faults {
		s.faults[i].Source = source
	}
	return m.record()
}

func (m *mapper) segment(how *setReading, seg *segment) {
	m.at = seg.number
	rows, known := how.rows[seg.tag()]
	if seg.tag() == "SE" {
		return
	}
	if !isTag(seg.tag()) {
		m.set.fail(seg, 0, "this is not a segment: it has no name of two or three letters and digits")
		return
	}
	if !known {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: m.set.asItStands(seg)})
		return
	}
	for i := range rows {
		r := &rows[i]
		if r.only.element == 0 || upper(seg.at(r.only.element)) == r.only.code {
			m.do(r, seg)
		}
	}
}

// open is the shipment of which the reading now tells.
func (m *mapper) open() *told {
	if len(m.parts) == 0 {
		return &m.head
	}
	return &m.parts[len(m.parts)-1]
}

func (m *mapper) claim(c freight.Claim) {
	t := m.open()
	t.claims = append(t.claims, c)
	t.origins = append(t.origins, m.at)
}

func (m *mapper) called(ref freight.Reference) {
	t := m.open()
	same := func(known freight.Reference) bool { return known.Type == ref.Type && known.Value == ref.Value }
	if ref.Value == "" || slices.ContainsFunc(t.names, same) {
		return
	}
	if len(t.names) < maxNames {
		t.names = append(t.names, ref)
	}
	m.claim(freight.Claim{Fact: freight.FactReference, Value: referenceValue(ref)})
}

// each begins another shipment; what was told before the first one holds for all.
func (m *mapper) each(seg *segment) {
	m.finishParties()
	m.parts = append(m.parts, told{number: seg.number})
}

func (m *mapper) name(r *row, seg *segment) {
	ref := freight.Reference{Type: freight.RefType(r.args[0]), Value: seg.at(r.els[0])}
	if ref.Type == freight.RefOther {
		ref.Note = seg.tag()
	}
	m.called(ref)
}

func (m *mapper) ref(r *row, seg *segment) {
	qualifier, value := upper(m.set.alias("128", seg.at(r.els[0]))), seg.at(r.els[1])
	switch qualifier {
	case stopQualifier:
	case scacQualifier:
		m.setCarrier(value)
	case sealQualifier:
		m.sealed(value)
	default:
		m.called(reference(value, qualifier, "", m.scac))
	}
}

// kept is ref for a set full of numbers that name no load: those of no type of ours are told, and name nothing.
func (m *mapper) kept(r *row, seg *segment) {
	ref := reference(seg.at(r.els[1]), upper(m.set.alias("128", seg.at(r.els[0]))), "", m.scac)
	if ref.Type != freight.RefOther {
		m.called(ref)
	} else if ref.Value != "" {
		m.claim(freight.Claim{Fact: freight.FactReference, Value: referenceValue(ref)})
	}
}

func (m *mapper) marks(r *row, seg *segment) {
	m.called(freight.Reference{Type: freight.RefOther, Value: seg.at(r.els[1]), Note: strings.TrimSpace("MAN " + seg.at(r.els[0]))})
}

func (m *mapper) setCarrier(scac string) {
	if scac == "" || m.scac != "" {
		return
	}
	m.scac = upper(scac)
	m.claim(freight.Claim{Fact: freight.FactSCAC, Value: freight.Value{Text: m.scac}})
}

// stamp reads date, time and zone from the elements that a row names in this order.
func (m *mapper) stamp(els []int, seg *segment) freight.When {
	var at stamp
	for i, to := range []*string{&at.date, &at.clock, &at.zone} {
		if i < len(els) {
			*to = seg.at(els[i])
		}
	}
	at.zone = m.set.alias("623", at.zone)
	when, bad := at.when(&m.stock)
	if bad.part != allRead {
		m.set.fail(seg, els[min(int(bad.part)-1, len(els)-1)], bad.reason)
	}
	return when
}

func (m *mapper) happened(fact freight.Fact, side freight.Side, when freight.When) {
	if when.IsZero() {
		return
	}
	c := freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: side}}, Fact: fact}
	if fact == freight.FactETA {
		c.Value.Start = when
	} else {
		c.At = when
	}
	m.claim(c)
}

// date keeps a date of a kind that is named in the row or by a code of the segment (its last element).
func (m *mapper) date(r *row, seg *segment) {
	els, kind, words := r.els, r.kind, ""
	if kind == "" && len(els) == 4 {
		kind = seg.at(els[3])
		words = codeWords("374", kind)
		els = els[:3]
	}
	if when := m.stamp(els, seg); !when.IsZero() {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: strings.TrimSpace("date " + kind), Text: when.String(), Note: words, Start: when}})
	}
}

// meant reads a date whose kind says what it means: an estimate, a pickup, a delivery; else it is kept as a date.
func (m *mapper) meant(r *row, seg *segment) {
	kind := upper(seg.at(r.els[3]))
	meaning := dateMeanings[m.set.alias("432", kind)]
	if short := strings.TrimPrefix(kind, "0"); meaning.words == "" && len(kind) == 3 {
		meaning = dateMeanings[m.set.alias("374", short)]
	}
	switch meaning.fact {
	case freight.FactPickedUp:
		m.happened(meaning.fact, atPickup, m.stamp(r.els[:3], seg))
	case freight.FactETA, freight.FactDelivered:
		m.happened(meaning.fact, atDelivery, m.stamp(r.els[:3], seg))
	default:
		if when := m.stamp(r.els[:3], seg); !when.IsZero() {
			m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: strings.TrimSpace("date " + kind), Text: when.String(), Note: words(meaning.words), Start: when}})
		}
	}
}

func (m *mapper) text(r *row, seg *segment) {
	if value := seg.at(r.els[0]); value != "" {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: r.args[0], Text: value}})
	}
}

func (m *mapper) beginParty(seg *segment) {
	p := &party{code: upper(seg.at(1)), place: freight.Place{Facility: seg.at(2)}, at: seg.number}
	if id := seg.at(4); id != "" {
		p.id = strings.TrimSpace(seg.at(3) + " " + id)
	}
	m.party, m.parties = p, append(m.parties, p)
}

func (m *mapper) address(seg *segment) {
	if m.party != nil {
		addAddress(&m.party.place, seg)
	}
}

// finishParties tells the N1 loops since the last shipment: the two ends as places, others by their names.
func (m *mapper) finishParties() {
	told := map[freight.Side]bool{}
	for _, p := range m.parties {
		m.at = p.at
		side, isEnd := placeSides[p.code]
		if isEnd && !told[side] && (p.place.City != "" || p.place.Address != "") {
			told[side] = true
			m.claim(freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: side, Place: p.place}},
				Fact: freight.FactPlace, Value: freight.Value{Place: p.place, Note: p.id}})
			continue
		}
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: "N1 " + p.code, Text: p.called(), Note: p.id}})
	}
	m.parties, m.party = nil, nil
}

func (m *mapper) weight(r *row, seg *segment) {
	if n, ok := amount(seg.at(r.els[0])); ok && n > 0 {
		unit := strings.TrimSuffix(weightUnit(upper(seg.at(r.els[1]))), "S")
		m.claim(freight.Claim{Fact: freight.FactWeight, Value: freight.Value{Num: n, Has: 1, Unit: unit}})
	}
}

func (m *mapper) pieces(r *row, seg *segment) {
	if n, ok := amount(seg.at(r.els[0])); ok && n > 0 {
		m.claim(freight.Claim{Fact: freight.FactPieces, Value: freight.Value{Num: n, Has: 1}})
	}
}

func (m *mapper) equipment(r *row, seg *segment) {
	number := seg.at(r.els[1])
	if strings.Trim(number, "0") == "" {
		return
	}
	typ, text, scope, note := unit(upper(seg.at(r.els[0])), number, upper(seg.at(r.els[2])))
	m.claim(freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: typ, Text: text, Scope: scope, Note: note}})
}

func (m *mapper) seal(r *row, seg *segment) {
	for _, n := range r.els {
		m.sealed(seg.at(n))
	}
}

func (m *mapper) sealed(number string) {
	if number != "" {
		m.claim(freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: "SEAL", Text: number}})
	}
}

func (m *mapper) note(r *row, seg *segment) {
	var words []string
	for _, n := range r.els {
		if w := seg.at(n); w != "" {
			words = append(words, w)
		}
	}
	if len(words) > 0 {
		m.claim(freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: strings.Join(words, " ")}})
	}
}

// answers are the codes of element 558 (B1-04) that say yes or no. The standard's D is "cancelled", and many partners mean
// "declined" by it: either way the carrier does not take the load. Other codes are neither.
var answers = map[string]string{"A": "accepted", "B": "accepted", "D": "declined", "E": "declined", "R": "declined"}

func (m *mapper) answer(r *row, seg *segment) {
	code, reason := upper(seg.at(r.els[0])), upper(seg.at(r.els[1]))
	meant := m.set.alias("558", code)
	words := codeWords("558", meant)
	if said, known := answers[meant]; known {
		c := freight.Claim{Fact: freight.FactTender, Value: freight.Value{Text: said}}
		if said == "declined" || meant == "B" {
			c.Value.Note = strings.TrimSpace(words + " " + reason)
		}
		m.claim(c)
	}
	if words == "" {
		words = unknownCode
	}
	if code != "" {
		m.claim(freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: code, Type: "558", Note: words}})
	}
	if reason != "" {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: "reason 641", Text: reason}})
	}
}

// record builds the observations: the set's own, or one for each of its shipments with what holds for all.
func (m *mapper) record() freight.Record {
	list := m.parts
	if len(list) == 0 {
		m.head.number = 1
		list = []told{m.head}
	}
	rec := freight.Record{}
	for i := range list {
		t := &list[i]
		if len(m.parts) > 0 {
			t.names = append(slices.Clone(t.names), m.head.names...)
			t.claims, t.origins = append(slices.Clone(t.claims), m.head.claims...), append(slices.Clone(t.origins), m.head.origins...)
		}
		if len(t.names) == 0 {
			continue
		}
		m.set.traceAll(t.origins)
		rec.Observations = append(rec.Observations, freight.Observation{
			Source: m.set.source, Channel: freight.ByFile, Names: t.names, Raw: m.set.rawAt(&m.stock, t.number),
			Text: readable(m.set.text), Claims: t.claims})
	}
	if len(rec.Observations) == 0 {
		m.set.fail(m.set.segment(0), 0, "this "+m.set.segment(0).at(1)+" names no shipment, so it cannot be told of which load it speaks")
		m.set.faults[len(m.set.faults)-1].Raw = []byte(m.set.text)
	}
	rec.Faults = m.set.faults
	return rec
}
