package edifact

import (
	"bytes"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// envelope follows interchanges, groups and messages, and gives each message to its reader.
type envelope struct {
	scan    scanner
	opt     Options
	yield   func(freight.Record, error) bool
	stopped bool
	records int
	notes   notes

	pending      []freight.Fault // stood before the next record
	pendingBytes int
	stray        []byte // segments outside any message, not yet a fault
	strayOff     int64
	strayWhy     string

	head     header
	explain  *explainer
	receipts *receiving
	seen     map[string]bool // interchanges by sender and control number
	group    string          // UNG 0048
	inGroup  bool
	groups   int
	messages int // of the interchange
	ofGroup  int // messages of the group
	inside   bool
	message  message
	part     message // scratch of split
}

// header is what a UNB says.
type header struct {
	syntax, version  string // UNOA, 3
	sender, receiver string // 0004, 0010
	from, to         string // their qualifiers
	control          string
	sent             string // 0017 and 0019 as written
	test             bool
	known            bool // there is a UNB
}

// interchange reads from a UNB (or a bare UNH) to its UNZ, or to where it breaks off.
func (e *envelope) interchange() {
	e.head, e.groups, e.messages, e.inGroup, e.inside, e.group = header{}, 0, 0, false, false, ""
	first := true
	for !e.stopped {
		p, ok := piece{}, true
		if first { // it is a UNB, which would be taken for the next interchange
			p, first = e.scan.segment(), false
		} else {
			p, ok = e.scan.next()
		}
		if !ok || p.condition == newHeader {
			break
		}
		if e.segment(p) {
			e.flushStray()
			return
		}
	}
	e.finish(false)
	e.flushStray()
	e.receipts.end(nil, 0)
	if !e.stopped && e.head.known {
		e.notes.add("an interchange has no end (UNZ)", e.head.control)
	}
}

// segment takes one segment; done is true at the end of the interchange.
func (e *envelope) segment(p piece) (done bool) {
	if len(p.raw) == 0 {
		return false
	}
	tag := e.tag(p.raw)
	if p.condition != whole && (p.condition != cutOff || tag != "UNZ" && tag != "UNE" && tag != "UNT") {
		e.damage(p)
		return false
	}
	switch tag {
	case "UNB":
		e.begin(p)
	case "UNH":
		e.finish(false)
		e.flushStray()
		e.beginMessage(p)
	case "UNT":
		if !e.inside {
			e.keepStray(p, "the message that ends here has no beginning (UNH)")
			break
		}
		e.add(p)
		e.finish(true)
	case "UNG":
		e.finish(false)
		e.flushStray()
		e.beginGroup(p)
	case "UNE":
		e.finish(false)
		e.endGroup(p)
	case "UNZ":
		e.finish(false)
		e.endInterchange(p)
		return true
	default:
		e.body(p)
	}
	return false
}

// tag is the segment's name: three capitals or digits before its first separator; empty when that is not so.
func (e *envelope) tag(raw []byte) string {
	if len(raw) < 3 || len(raw) > 3 && raw[3] != e.scan.sep.element && raw[3] != e.scan.sep.component {
		return ""
	}
	switch string(raw[:3]) { // so that no string is made
	case "UNB":
		return "UNB"
	case "UNH":
		return "UNH"
	case "UNT":
		return "UNT"
	case "UNG":
		return "UNG"
	case "UNE":
		return "UNE"
	case "UNZ":
		return "UNZ"
	}
	return "other"
}

// body takes a segment that is none of the envelope's.
func (e *envelope) body(p piece) {
	switch {
	case e.inside && p.end-e.message.off > maxMessage:
		e.finish(false)
		e.keepStray(p, "the message is longer than 2 MB; what stands beyond that was not read")
	case e.inside:
		e.add(p)
	default:
		e.keepStray(p, "these segments stand outside any message: its beginning (UNH) is missing or damaged")
	}
}

// damage takes a stretch in which segments cannot be told apart.
func (e *envelope) damage(p piece) {
	e.finish(false)
	why := "the text breaks off in the middle of a segment; what was read before it is kept"
	if p.condition == overlong {
		why = "no end of a segment within 1 MB: the segment terminator is missing here"
	}
	e.keepStray(p, why)
	e.flushStray()
}

func (e *envelope) begin(p piece) {
	s := e.split(p.raw)
	e.head = header{syntax: strings.ToUpper(s.part(1, 1)), version: s.part(1, 2), sender: s.part(2, 1), from: s.part(2, 2), receiver: s.part(3, 1),
		to: s.part(3, 2), control: s.at(5), sent: says(s.parts(4)...), test: s.at(11) == "1", known: true}
	if e.head.version < "4" {
		e.scan.sep.repetition = 0 // below version 4 that place of a UNA means nothing
	}
	if e.head.test {
		e.notes.add("the sender marked the interchange as a test", e.head.control)
	}
	if e.opt.Interchange != nil {
		e.opt.Interchange(e.head.sender, e.head.receiver, e.head.control)
	}
	e.explain.plain(e, p)
	e.receipts.begin(&e.head, e.remember())
}

// remember reports whether an interchange of this number of this sender came before.
func (e *envelope) remember() bool {
	if e.head.control == "" || len(e.seen) > 10_000 {
		return false
	}
	key := e.head.sender + "\x00" + e.head.control
	if e.seen[key] {
		e.notes.add("the same interchange number came again", e.head.sender+" "+e.head.control)
		return true
	}
	if e.seen == nil {
		e.seen = map[string]bool{}
	}
	e.seen[key] = true
	return false
}

func (e *envelope) beginMessage(p piece) {
	if !e.head.known && e.messages == 0 {
		e.notes.add("a message stands without an interchange around it (UNB)", "byte "+strconv.FormatInt(p.off, 10))
	}
	e.inside = true
	e.scan.Hold(p.off)
	e.message = message{off: p.off, spans: e.message.spans[:0], sep: e.scan.sep, charset: charsets[e.head.syntax], interchange: e.head.control,
		sender: e.head.sender, sent: e.head.sent, group: e.group, partner: e.partner(), notes: &e.notes, current: e.message.current}
	e.message.source = e.sender()
	e.messages++
	e.ofGroup++
	e.add(p)
}

func (e *envelope) partner() *Partner {
	if e.opt.Partner == nil {
		return nil
	}
	return e.opt.Partner(e.head.sender)
}

// sender is the carrier that sent the interchange.
func (e *envelope) sender() freight.Source {
	src := freight.Source{Kind: freight.CarrierSrc, Account: e.head.sender}
	if p := e.partner(); p != nil && p.SCAC != "" {
		src.Account = p.SCAC
	}
	return src
}

func (e *envelope) add(p piece) {
	from := int(p.off - e.message.off)
	e.message.spans = append(e.message.spans, span{from, from + len(p.raw)})
	e.message.end = p.end
}

// finish reads the message that is open, if any, and yields its record. ended: its last segment is a UNT.
func (e *envelope) finish(ended bool) {
	if !e.inside {
		return
	}
	e.inside = false
	m := &e.message
	m.text = string(e.scan.Bytes(m.off, m.end))
	head := m.segment(0)
	m.control, m.kind, m.release = head.at(1), strings.ToUpper(head.part(2, 1)), strings.ToUpper(head.part(2, 2)+"."+head.part(2, 3))
	if !ended {
		e.notes.add("a message has no end (UNT)", m.where())
	} else {
		e.checkEnd(m)
	}
	if e.receipts != nil {
		e.receipts.message(e, m, ended)
		e.scan.Release()
		return
	}
	t := &told{m: m, opt: &e.opt}
	rec := e.read(t)
	e.explain.message(e, t, &rec)
	e.emit(rec)
	e.scan.Release()
}

func (e *envelope) checkEnd(m *message) {
	end := m.segment(len(m.spans) - 1)
	if n, err := strconv.Atoi(end.at(1)); err != nil || n != len(m.spans) {
		e.notes.add("a message declares another number of segments than it has", m.where()+": "+quote(end.at(1))+", counted "+strconv.Itoa(len(m.spans)))
	}
	if end.at(2) != m.control {
		e.notes.add("a message ends with another number than it began with", m.where()+": "+quote(end.at(2)))
	}
}

// read gives a message to the reader of its kind; a kind without one is kept as a fault.
func (e *envelope) read(t *told) freight.Record {
	m := t.m
	switch m.kind {
	case "IFTSTA":
		return readStatus(t)
	case "IFTMIN", "IFTMBC", "IFCSUM":
		return readPlan(t)
	case "DESADV":
		return readDespatch(t)
	case "CONTRL":
		return readAnswer(t)
	case "":
		return m.unread("this message does not say what kind it is (UNH, element 2); it is kept as it is")
	}
	return m.unread("this desk does not read " + m.kind + "; it is kept as it is")
}

func (e *envelope) beginGroup(p piece) {
	if e.inGroup {
		e.notes.add("a group has no end (UNE)", e.head.control)
	}
	s := e.split(p.raw)
	e.group, e.inGroup, e.ofGroup = s.at(5), true, 0
	e.groups++
	e.explain.plain(e, p)
}

func (e *envelope) endGroup(p piece) {
	e.flushStray()
	e.explain.plain(e, p)
	s := e.split(p.raw)
	where := "interchange " + e.head.control + ", group " + e.group
	if n, err := strconv.Atoi(s.at(1)); err != nil || n != e.ofGroup {
		e.notes.add("a group declares another number of messages than it has", where)
	}
	if s.at(2) != e.group {
		e.notes.add("a group ends with another number than it began with", where)
	}
	e.inGroup, e.group = false, ""
}

func (e *envelope) endInterchange(p piece) {
	if e.inGroup {
		e.notes.add("a group has no end (UNE)", e.head.control)
	}
	e.explain.plain(e, p)
	s := e.split(p.raw)
	has := e.messages
	if e.groups > 0 {
		has = e.groups
	}
	if n, err := strconv.Atoi(s.at(1)); err != nil || n != has {
		e.notes.add("an interchange declares another number of messages or groups than it has", e.head.control)
	}
	if s.at(2) != e.head.control {
		e.notes.add("an interchange ends with another number than it began with", e.head.control)
	}
	e.receipts.end(s, has)
}

// split cuts a segment of the envelope; what it says is good until the next call.
func (e *envelope) split(raw []byte) *segment {
	e.part.text, e.part.sep, e.part.charset = string(raw), e.scan.sep, charsets[e.head.syntax]
	e.part.spans = append(e.part.spans[:0], span{0, len(raw)})
	return e.part.segment(0)
}

// keepStray gathers neighbouring segments outside any message into one fault.
func (e *envelope) keepStray(p piece, why string) {
	e.explain.stray(e, p, why)
	if len(e.stray) > 0 && (why != e.strayWhy || len(e.stray)+len(p.raw) > maxSegment) {
		e.flushStray()
	}
	if len(e.stray) == 0 {
		e.strayOff, e.strayWhy = p.off, why
	}
	e.stray = append(e.stray, p.raw...)
	if p.condition == whole {
		e.stray = append(e.stray, e.scan.sep.terminator)
	}
}

func (e *envelope) flushStray() {
	if len(e.stray) == 0 {
		return
	}
	e.fault(freight.Fault{Where: "interchange " + e.head.control + ", byte " + strconv.FormatInt(e.strayOff, 10), Offset: e.strayOff,
		Reason: e.strayWhy, Raw: bytes.Clone(e.stray), Source: e.sender()})
	e.stray = e.stray[:0]
}

func quote(s string) string { return "\"" + s + "\"" }
