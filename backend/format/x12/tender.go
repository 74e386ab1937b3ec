package x12

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// A 204 becomes two observations. The plan (stops, windows, references, freight) is a snapshot: a tender that is sent
// again says mostly what it said before, and only its changes count. The word of the tender itself, offered or cancelled,
// is one of its own: a cancellation takes no plan away, and a tender offered again after it is told again.

const (
	planKey  = "tender"      // SnapshotKey of the plan
	wordKey  = "tender word" // SnapshotKey of what became of it
	maxStops = 999           // X12 allows as many S5 loops
)

// tender gathers what a 204 says.
type tender struct {
	stock
	set      *set
	scac     string
	load     string
	purpose  string // B2A-01
	list     []freight.Claim
	origins  []int // numbers of the segments of list
	at       int   // number of the segment that is read
	wordAt   int   // of B2A
	told     map[toldKey]int
	stops    []*tenderStop
	stop     *tenderStop // nil in the header
	party    *party      // the open N1 loop
	parties  []*party    // of the header
	shipment *freight.Subject
	inGoods  bool // inside an L5 or OID loop: quantities are of one article, not of the stop
}

// toldKey tells claims apart that a load may have once only.
type toldKey struct {
	subject freight.Subject
	fact    freight.Fact
	typ     string
}

// party is an N1 loop.
type party struct {
	code  string
	id    string
	place freight.Place
	at    int // number of its N1
}

// called is a party's name, else its id.
func (p *party) called() string {
	if name := strings.TrimSpace(p.place.Facility); name != "" {
		return name
	}
	return p.id
}

// readTender maps a 204.
func readTender(s *set) freight.Record {
	t := &tender{set: s, told: map[toldKey]int{}}
	for i := 1; i < len(s.spans); i++ {
		seg := s.segment(i)
		t.at = seg.number
		t.segment(seg)
	}
	if t.load == "" {
		s.fail(s.segment(0), 0, "this tender names no shipment (B2-04), so it cannot be told which load it is")
		s.faults[len(s.faults)-1].Raw = []byte(s.text)
		return freight.Record{Faults: s.faults}
	}
	word := t.observation(t.word())
	if word.Claims[0].Fact == freight.FactTender {
		word.Snapshot, word.SnapshotKey = true, wordKey // the same tender in another envelope says nothing new
	}
	if t.purpose == "01" {
		t.traceWord(len(word.Claims))
		return freight.Record{Observations: []freight.Observation{word}, Faults: s.faults}
	}
	t.finish()
	plan := t.observation(t.list)
	plan.Snapshot, plan.SnapshotKey = true, planKey
	s.traceAll(t.origins)
	t.traceWord(len(word.Claims))
	return freight.Record{Observations: []freight.Observation{plan, word}, Faults: s.faults}
}

// traceWord notes that the claims of the tender's word come from its B2A.
func (t *tender) traceWord(claims int) {
	for range claims {
		t.set.trace(max(t.wordAt, 2))
	}
}

func (t *tender) observation(claims []freight.Claim) freight.Observation {
	return freight.Observation{
		Source:  t.set.source,
		Channel: freight.ByFile,
		Names:   []freight.Reference{{Type: freight.RefLoad, Value: t.load}},
		EventID: t.message(),
		Raw:     t.set.rawAt(&t.stock, 1),
		Text:    readable(t.set.text),
		Claims:  claims,
	}
}

// message tells this tender from any other: what stands between ST and SE, and when it was sent. The same file read again
// is the same message; an offer made again after its cancellation is another.
func (t *tender) message() string {
	h := sha256.New()
	h.Write([]byte(t.set.sent))
	for i := 1; i < len(t.set.spans); i++ {
		if seg := t.set.segment(i); seg.tag() != "SE" {
			h.Write([]byte{0})
			h.Write([]byte(t.set.raw(seg)))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// purposes are the codes of element 353 (B2A-01) that a tender is sent with.
var purposes = map[string]string{
	"":   "offered",
	"00": "offered",
	"04": "change of an earlier tender",
	"05": "replaces an earlier tender",
}

// word is what became of the tender. It is a snapshot: cancelled, offered again and cancelled again are three words, the
// same one sent twice is one.
func (t *tender) word() []freight.Claim {
	state := freight.Claim{Fact: freight.FactTender, Value: freight.Value{Text: "offered"}}
	cancelled := freight.Claim{Fact: freight.FactCancelled, Value: freight.Value{None: true}}
	words, known := purposes[t.purpose]
	switch {
	case t.purpose == "01":
		state.Value.Text = "cancelled"
		cancelled.Value = freight.Value{Text: "the tender was cancelled"}
	case !known:
		return []freight.Claim{{Fact: freight.FactStatus,
			Value: freight.Value{Text: t.purpose, Type: "353", Note: unknownCode}}}
	case words != state.Value.Text:
		state.Value.Note = words
	}
	return []freight.Claim{state, cancelled}
}

// subject is the stop in whose loop the reading stands, else the load.
func (t *tender) subject() freight.Subject {
	if t.stop != nil {
		return t.stop.subject
	}
	return freight.Subject{}
}

// narrowest is the shipment where one is open, else the stop, else the load.
func (t *tender) narrowest() freight.Subject {
	if t.shipment != nil {
		return *t.shipment
	}
	return t.subject()
}

// add appends a claim. Where the same may be told once only (a phone, another segment), the type of a second one is
// numbered, so that both stay apart.
func (t *tender) add(subject freight.Subject, fact freight.Fact, value freight.Value) {
	switch fact {
	case freight.FactReference, freight.FactNote, freight.FactFlag:
	default:
		key := toldKey{subject, fact, value.Type}
		t.told[key]++
		if n := t.told[key]; n > 1 {
			value.Type = strings.TrimSpace(value.Type + " " + strconv.Itoa(n))
		}
	}
	t.append(freight.Claim{Subject: subject, Fact: fact, Value: value})
}

func (t *tender) append(c freight.Claim) {
	t.list, t.origins = append(t.list, c), append(t.origins, t.at)
}

// segment takes one segment of the set.
func (t *tender) segment(seg *segment) {
	if t.party != nil && !partOfParty(seg.tag()) {
		t.party = nil
	}
	switch seg.tag() {
	case "B2":
		t.begin(seg)
	case "B2A":
		t.purpose, t.wordAt = seg.at(1), seg.number
	case "L11":
		t.reference(seg)
	case "G62":
		t.date(seg)
	case "MS3":
		t.mode(seg)
	case "N7":
		t.equipment(seg)
	case "NTE", "K1":
		t.note(seg)
	case "N1":
		t.beginParty(seg)
	case "N2", "N3", "N4":
		t.partyPart(seg)
	case "G61":
		t.contact(seg)
	case "S5":
		t.beginStop(seg)
	case "AT8", "PLD", "LAD":
		t.quantity(seg)
	case "OID":
		t.beginShipment(seg)
	case "L5":
		t.inGoods = true
		t.add(t.subject(), freight.FactOther, freight.Value{Type: "commodity", Text: seg.at(2), Note: t.set.asItStands(seg).Text})
	case "L3":
		t.totals(seg)
	case "LH1", "LH2", "LH3", "LHR", "LH6":
		t.hazard(seg)
	case "SE":
	default:
		t.other(seg)
	}
}

func (t *tender) begin(seg *segment) {
	t.scac, t.load = upper(seg.at(2)), seg.at(4)
	if t.scac != "" {
		t.add(freight.Subject{}, freight.FactSCAC, freight.Value{Text: t.scac})
	}
	if how, ok := payments[upper(seg.at(6))]; ok {
		t.add(freight.Subject{}, freight.FactOther, freight.Value{Type: "payment", Text: how, Note: seg.at(6)})
	} else if seg.at(6) != "" {
		t.add(freight.Subject{}, freight.FactOther, freight.Value{Type: "payment", Text: seg.at(6), Note: unknownCode})
	}
}

// payments are the codes of element 146 (B2-06).
var payments = map[string]string{"PP": "prepaid by the seller", "CC": "collect", "TP": "third party pays"}

func (t *tender) reference(seg *segment) {
	value, qualifier := seg.at(1), t.set.alias("128", upper(seg.at(2)))
	switch {
	case value == "", qualifier == stopQualifier, qualifier == scacQualifier && upper(value) == t.scac:
	case qualifier == sealQualifier:
		t.add(freight.Subject{}, freight.FactEquipment, freight.Value{Type: "SEAL", Text: value})
	default:
		t.add(t.narrowest(), freight.FactReference, referenceValue(reference(value, qualifier, seg.at(3), t.scac)))
	}
}

func (t *tender) mode(seg *segment) {
	code := upper(seg.at(4))
	if code == "" {
		return
	}
	mode, known := modes[code]
	if !known {
		mode = code
	}
	t.add(freight.Subject{}, freight.FactMode, freight.Value{Text: mode, Note: code})
}

// equipment reads N7: the number of a unit, its kind (11) and its length in feet and inches (15).
func (t *tender) equipment(seg *segment) {
	code, number := upper(seg.at(11)), seg.at(2)
	if strings.Trim(number, "0") != "" && !strings.EqualFold(number, "NA") {
		typ, text, scope, note := unit(upper(seg.at(1)), number, code)
		t.add(freight.Subject{}, freight.FactEquipment, freight.Value{Type: typ, Text: text, Scope: scope, Note: note})
	}
	if code == "" {
		return
	}
	kind := equipments[code].words
	if kind == "" {
		kind = code
	}
	if length := seg.at(15); len(length) >= 4 && digitsOnly(length) {
		kind += " " + strings.TrimLeft(length[:len(length)-2], "0") + " ft"
	}
	t.add(freight.Subject{}, freight.FactEquipment, freight.Value{Type: "KIND", Text: kind, Note: code})
}

func (t *tender) note(seg *segment) {
	text, code := seg.at(2), seg.at(1)
	if seg.tag() == "K1" {
		text, code = strings.TrimSpace(seg.at(1)+" "+seg.at(2)), ""
	}
	if text != "" {
		t.add(t.subject(), freight.FactNote, freight.Value{Text: text, Type: code})
	}
}

func partOfParty(tag string) bool {
	switch tag {
	case "N2", "N3", "N4", "G61", "L11":
		return true
	}
	return false
}

func (t *tender) beginParty(seg *segment) {
	t.party = &party{code: upper(seg.at(1)), place: freight.Place{Facility: seg.at(2)}, at: seg.number}
	if id := seg.at(4); id != "" {
		t.party.id = strings.TrimSpace(seg.at(3) + " " + id)
	}
	if t.stop != nil {
		t.stop.parties = append(t.stop.parties, t.party)
	} else {
		t.parties = append(t.parties, t.party)
	}
}

func (t *tender) partyPart(seg *segment) {
	switch {
	case t.party == nil:
		t.other(seg)
	case seg.tag() == "N2":
		t.party.place.Facility = strings.TrimSpace(t.party.place.Facility + " " + strings.TrimSpace(seg.at(1)+" "+seg.at(2)))
	default:
		addAddress(&t.party.place, seg)
	}
}

// contact reads G61: a telephone, an address for mail, or another way of reaching somebody.
func (t *tender) contact(seg *segment) {
	value := freight.Value{Type: "main", Text: seg.at(4), Note: strings.TrimSpace(seg.at(2) + " " + seg.at(1))}
	switch {
	case value.Text == "":
		t.other(seg)
	case upper(seg.at(3)) == "TE":
		t.add(t.subject(), freight.FactPhone, value)
	case upper(seg.at(3)) == "EM":
		t.add(t.subject(), freight.FactEmail, value)
	default:
		t.other(seg)
	}
}

// hazard keeps a segment of dangerous goods and flags the load, once.
func (t *tender) hazard(seg *segment) {
	key := toldKey{fact: freight.FactFlag, typ: "hazmat"}
	if t.told[key] == 0 {
		t.told[key]++
		t.add(freight.Subject{}, freight.FactFlag, freight.Value{Text: "hazmat"})
	}
	t.other(seg)
}

// other keeps a segment that has no reader of its own.
func (t *tender) other(seg *segment) {
	if !isTag(seg.tag()) {
		t.set.fail(seg, 0, "this is not a segment: it has no name of two or three letters and digits")
		return
	}
	t.add(t.subject(), freight.FactOther, t.set.asItStands(seg))
}
