package x12

import (
	"bytes"
	"fmt"
	"strings"

	"tracedesk/backend/freight"
)

// envelope follows interchanges, groups and sets, and gives each set to its reader.
type envelope struct {
	scan    scanner
	opt     Options
	yield   func(freight.Record, error) bool
	stopped bool
	records int
	notes   notes

	pending      []freight.Fault // stood before the next record
	pendingBytes int
	stray        []byte // segments outside any set, not yet a fault
	strayOff     int64
	strayWhy     string

	isa      header
	partner  *Partner // the sender's settings, nil for none
	explain  *explainer
	receipts *receiving
	seen     map[string]bool // interchanges by sender and control number
	lastOf   map[string]int  // the highest interchange number by sender and receiver
	inGroup  bool
	group    group
	groups   int
	inSet    bool
	set      set
	lastSet  int // the last set's control number as a number
	status   statusReader
	typed    func(*set, *statusReader) // given a 214 instead of reading it into observations, where set
	part     segment                   // scratch of split
}

// group is what a GS says, with the count of its sets.
type group struct {
	control string // GS06
	version string // GS08, such as 004010
	sent    string // GS04 and GS05 as written; they have no zone, so they are no instant
	sets    int
}

// set is one transaction set. text and the spans' places count from its ST.
type set struct {
	off         int64 // of the ST in the stream
	end         int64
	spans       []span
	text        string // ST to SE as received
	element     byte
	control     string // ST02
	version     string // GS08, else ISA12
	sent        string // date and time of the group as written
	interchange string // ISA13
	group       string // GS06
	source      freight.Source
	faults      []freight.Fault
	failed      []failure // where the faults are
	partner     *Partner
	traced      bool    // origins are wanted
	origins     []int   // numbers of the segments from which the claims came, in the order of the observations and their claims
	current     segment // the one that was asked for last
}

// failure is the segment and element (0: all of it) of a fault.
type failure struct{ segment, element int }

// trace notes from which segment the next claim comes.
func (s *set) trace(number int) {
	if s.traced {
		s.origins = append(s.origins, number)
	}
}

func (s *set) traceAll(numbers []int) {
	if s.traced {
		s.origins = append(s.origins, numbers...)
	}
}

// alias is the code of a list that a partner's code stands for.
func (s *set) alias(list, code string) string { return s.partner.alias(list, code) }

// span is where a segment stands in its set, without its terminator.
type span struct{ from, to int }

const segmentsHint = 64

// interchange reads from behind an ISA to its IEA, or to where it breaks off.
func (e *envelope) interchange(h header) {
	e.isa, e.groups, e.inGroup, e.inSet = h, 0, false, false
	e.group = group{}
	if e.partner = nil; e.opt.Partner != nil {
		e.partner = e.opt.Partner(h.sender)
	}
	if h.test {
		e.notes.add("the sender marked the interchange as a test", h.control)
	}
	if e.opt.Interchange != nil {
		e.opt.Interchange(h.sender, h.receiver, h.control)
	}
	e.explain.header(e)
	e.receipts.interchange(&e.isa, e.rememberInterchange())
	for !e.stopped {
		if e.inSet {
			e.plainBody()
		}
		p, ok := e.scan.next()
		if !ok || p.condition == newHeader {
			break
		}
		if e.segment(p) {
			e.flushStray()
			return
		}
	}
	e.finishSet(false)
	e.flushStray()
	e.receipts.endGroup(nil)
	e.receipts.end(nil, e.groups)
	if !e.stopped {
		e.notes.add("an interchange has no end (IEA)", h.control)
	}
}

// segment takes one segment; done is true at the end of the interchange.
func (e *envelope) segment(p piece) (done bool) {
	if len(p.raw) == 0 {
		return false
	}
	if p.condition != whole && !e.trailer(p) {
		e.damage(p)
		return false
	}
	switch tag(p.raw, e.isa.element) {
	case "ST":
		e.finishSet(false)
		e.flushStray()
		e.beginSet(p)
	case "SE":
		if !e.inSet {
			e.keepStray(p, "the set that ends here has no beginning (ST)")
			break
		}
		e.appendSpan(p)
		e.finishSet(true)
	case "GS":
		e.finishSet(false)
		e.flushStray()
		e.beginGroup(p)
	case "GE":
		e.finishSet(false)
		e.endGroup(p)
	case "IEA":
		e.finishSet(false)
		e.endInterchange(p)
		return true
	default:
		e.body(p)
	}
	return false
}

// trailer reports whether a segment cut off by the end of the stream is one that says nothing but counts.
func (e *envelope) trailer(p piece) bool {
	t := tag(p.raw, e.isa.element)
	return p.condition == cutOff && (t == "IEA" || t == "GE" || t == "SE")
}

// body takes a segment that is none of the envelope's.
func (e *envelope) body(p piece) {
	switch {
	case e.inSet && p.end-e.set.off > maxSet:
		e.finishSet(false)
		e.keepStray(p, "the transaction set is longer than 2 MB; what stands beyond that was not read")
	case e.inSet:
		e.appendSpan(p)
	case e.service(p):
		e.explain.plain(e, p)
		e.notes.add("a service segment between interchange and group was passed over", string(p.raw))
	default:
		e.keepStray(p, "these segments stand outside any transaction set: its beginning (ST) is missing or damaged")
	}
}

// service reports whether the segment is an interchange acknowledgement or a service request, which may follow an ISA.
func (e *envelope) service(p piece) bool {
	if e.inGroup {
		return false
	}
	switch tag(p.raw, e.isa.element) {
	case "TA1", "ISB", "ISE":
		return true
	}
	return false
}

// damage takes a stretch in which segments cannot be told apart.
func (e *envelope) damage(p piece) {
	e.finishSet(false)
	why := "the text breaks off in the middle of a segment; what was read before it is kept"
	if p.condition == overlong {
		why = "no end of a segment within 1 MB: the segment terminator is missing here"
	}
	e.keepStray(p, why)
	e.flushStray()
}

func (e *envelope) beginSet(p piece) {
	e.inSet = true
	e.scan.Hold(p.off)
	e.set = set{off: p.off, spans: e.set.spans[:0], element: e.isa.element, version: e.version(), sent: e.group.sent,
		interchange: e.isa.control, group: e.group.control, current: e.set.current, partner: e.partner, traced: e.explain != nil, origins: e.set.origins[:0]}
	e.group.sets++
	e.appendSpan(p)
}

// plainBody takes the segments of the open set up to the first that needs a closer look: one of the envelope, one that is
// long or not whole, one behind the set's limit.
func (e *envelope) plainBody() {
	s := &e.set
	s.spans = e.scan.plain(s.off, s.spans)
	s.end = max(s.end, e.scan.Offset())
}

func (e *envelope) version() string {
	if e.group.version != "" {
		return e.group.version
	}
	return e.isa.version
}

func (e *envelope) appendSpan(p piece) {
	from := int(p.off - e.set.off)
	if e.set.spans == nil {
		e.set.spans = make([]span, 0, segmentsHint)
	}
	e.set.spans = append(e.set.spans, span{from, from + len(p.raw)})
	e.set.end = p.end
}

// finishSet reads the set that is open, if any, and yields its record. ended: its last segment is an SE.
func (e *envelope) finishSet(ended bool) {
	if !e.inSet {
		return
	}
	e.inSet = false
	s := &e.set
	s.text = string(e.scan.Bytes(s.off, s.end))
	s.control = s.segment(0).at(2)
	e.checkOrder(s)
	if !ended {
		e.notes.add("a set has no end (SE)", s.where())
	} else {
		el := s.segment(len(s.spans) - 1)
		e.checkCount("a set declares another number of segments than it has", s.where, el.at(1), len(s.spans))
		if el.at(2) != s.control {
			e.notes.add("a set ends with another number than it began with", s.where())
		}
	}
	if e.receipts != nil {
		e.receipts.set(s, ended)
		e.scan.Release()
		return
	}
	rec := e.readSet(s)
	if e.explain != nil {
		e.explain.set(e, s, &rec)
	}
	e.emit(rec)
	e.scan.Release()
}

// readSet gives a set to the reader of its kind; a kind without one is kept as a fault.
func (e *envelope) readSet(s *set) freight.Record {
	head := s.segment(0)
	kind := head.at(1)
	switch kind {
	case "214", "240":
		if e.typed != nil {
			e.status.gather(s, e.carrier(""), e.opt.Account == "")
			e.typed(s, &e.status)
			return freight.Record{}
		}
		return e.status.read(s, e.carrier(""), e.opt.Account == "")
	case "204":
		s.source = freight.Source{Kind: freight.TMS, Account: e.opt.TMSAccount}
		return readTender(s)
	case "997", "999":
		return e.readAnswer(s)
	}
	if how := dict().readings[kind]; how != nil {
		return readByRows(s, how, e.carrier(""), e.opt.Account == "")
	}
	if kind == "" {
		kind = "a set without a number"
	}
	s.source = e.carrier("")
	s.fail(head, 0, "this desk does not read "+kind+"; it is kept as it is")
	s.faults[0].Raw = []byte(s.text)
	return freight.Record{Faults: s.faults}
}

// carrier is the source of a status when its own carrier code is not given or not wanted.
func (e *envelope) carrier(scac string) freight.Source {
	account := e.isa.sender
	if scac != "" {
		account = scac
	}
	if e.opt.Account != "" {
		account = e.opt.Account
	}
	return freight.Source{Kind: freight.CarrierSrc, Account: account}
}

func (e *envelope) beginGroup(p piece) {
	if e.inGroup {
		e.notes.add("a group has no end (GE)", e.isa.control)
		e.receipts.endGroup(nil)
	}
	el := e.split(p.raw)
	e.receipts.beginGroup(el)
	e.group = group{control: el.at(6), version: el.at(8), sent: strings.TrimSpace(el.at(4) + " " + el.at(5))}
	e.explain.plain(e, p)
	e.inGroup, e.lastSet = true, 0
	e.groups++
}

func (e *envelope) endGroup(p piece) {
	e.flushStray()
	e.explain.plain(e, p)
	el := e.split(p.raw)
	where := func() string { return "interchange " + e.isa.control + ", group " + e.group.control }
	e.checkCount("a group declares another number of sets than it has", where, el.at(1), e.group.sets)
	e.receipts.endGroup(el)
	if el.at(2) != e.group.control {
		e.notes.add("a group ends with another number than it began with", where())
	}
	e.inGroup, e.group = false, group{}
}

func (e *envelope) endInterchange(p piece) {
	if e.inGroup {
		e.notes.add("a group has no end (GE)", e.isa.control)
		e.receipts.endGroup(nil)
		e.inGroup = false
	}
	e.explain.plain(e, p)
	el := e.split(p.raw)
	where := func() string { return "interchange " + e.isa.control }
	e.checkCount("an interchange declares another number of groups than it has", where, el.at(1), e.groups)
	e.receipts.end(el, e.groups)
	if el.at(2) != e.isa.control {
		e.notes.add("an interchange ends with another number than it began with", where())
	}
}

// split cuts an envelope segment; its elements are good until the next call.
func (e *envelope) split(raw []byte) *segment {
	e.part.elements = splitElements(string(raw), e.isa.element, e.part.elements[:0])
	return &e.part
}

// keepStray gathers neighbouring segments outside any set into one fault.
func (e *envelope) keepStray(p piece, why string) {
	e.explain.stray(e, p, why)
	if len(e.stray) > 0 && (why != e.strayWhy || len(e.stray)+len(p.raw) > maxSegment) {
		e.flushStray()
	}
	if len(e.stray) == 0 {
		e.strayOff, e.strayWhy = p.off, why
	}
	e.stray = append(append(e.stray, p.raw...), e.scan.sep.terminator()...)
}

func (e *envelope) flushStray() {
	if len(e.stray) == 0 {
		return
	}
	e.fault(freight.Fault{
		Where:  fmt.Sprintf("interchange %s, byte %d", e.isa.control, e.strayOff),
		Offset: e.strayOff,
		Reason: e.strayWhy,
		Raw:    bytes.Clone(e.stray),
		Source: e.carrier(""),
	})
	e.stray = e.stray[:0]
}

// tag is the segment's name in upper case: what stands before its first separator, two or three bytes; "" when that is not so.
func tag(raw []byte, element byte) string {
	n := 0
	switch {
	case len(raw) == 2, len(raw) > 2 && raw[2] == element:
		n = 2
	case len(raw) == 3, len(raw) > 3 && raw[3] == element:
		n = 3
	}
	// Spelled out, so that the envelope's own names cost no memory.
	switch string(raw[:n]) {
	case "ST":
		return "ST"
	case "SE":
		return "SE"
	case "GS":
		return "GS"
	case "GE":
		return "GE"
	case "IEA":
		return "IEA"
	}
	if n > 0 && raw[0] >= 'a' && raw[0] <= 'z' {
		return upper(string(raw[:n]))
	}
	return string(raw[:n])
}
