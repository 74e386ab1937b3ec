package edifact

import (
	"io"
	"strconv"
)

// Receipt is what was received in one interchange, for a CONTRL that answers it.
type Receipt struct {
	Syntax, Version  string // UNOC, 3
	Sender, Receiver Party  // as in the interchange; the answer goes the other way
	Control          string // 0020
	Test             bool
	Fault            string // code of list 0085 for the interchange as a whole, which is then rejected; empty for none
	Messages         []MessageReceipt
}

// Party is an id with its qualifier.
type Party struct{ ID, Qualifier string }

// MessageReceipt is one message.
type MessageReceipt struct {
	Control string
	Type    []string // kind, version, release, agency, association
	Fault   string   // code of list 0085 for the message as a whole
	Faults  []SegmentFault
}

// Rejected reports whether the message is rejected: something of it could not be read, or its frame is wrong.
func (m *MessageReceipt) Rejected() bool { return m.Fault != "" || len(m.Faults) > 0 }

// SegmentFault is a place in a message: segment from UNH = 1, element and component from 1 or 0 for the whole segment.
type SegmentFault struct {
	Segment, Element, Component int
	Code                        string // of list 0085
}

// Codes of list 0085 that the desk gives.
const (
	faultInvalid   = "12"
	faultMissing   = "13"
	faultType      = "14"
	faultDuplicate = "26"
	faultReference = "28"
	faultCount     = "29"
)

// Receipts reads a stream for what is to be answered. CONTRL messages are not answered: they are left out.
func Receipts(r io.Reader, opt Options) ([]Receipt, error) {
	rec := &receiving{}
	e := newEnvelope(r, opt)
	e.receipts = rec
	var failed error
	e.yield = yieldNothing(&failed)
	e.run()
	e.notes.tell(opt.Notes)
	return rec.all, failed
}

// receiving gathers receipts as the envelope comes by messages. A nil one is none.
type receiving struct {
	all    []Receipt
	open   *Receipt
	number map[string]bool // of messages in the interchange
}

func (r *receiving) begin(h *header, duplicate bool) {
	if r == nil {
		return
	}
	r.open = &Receipt{Syntax: h.syntax, Version: h.version, Sender: Party{h.sender, h.from}, Receiver: Party{h.receiver, h.to}, Control: h.control, Test: h.test}
	r.number = map[string]bool{}
	if duplicate {
		r.open.Fault = faultDuplicate
	}
}

// end closes the interchange; s is its UNZ, nil where there is none, has what it should count.
func (r *receiving) end(s *segment, has int) {
	if r == nil || r.open == nil {
		return
	}
	if r.open.Fault == "" {
		switch {
		case s == nil:
			r.open.Fault = faultMissing
		case s.at(1) != strconv.Itoa(has):
			r.open.Fault = faultCount
		case s.at(2) != r.open.Control:
			r.open.Fault = faultReference
		}
	}
	r.all, r.open = append(r.all, *r.open), nil
}

// message takes a message: it is read, so that what cannot be read is named.
func (r *receiving) message(e *envelope, m *message, ended bool) {
	if r.open == nil || m.kind == "CONTRL" {
		return
	}
	one := MessageReceipt{Control: m.control, Type: m.segment(0).parts(2)}
	end := ""
	if ended {
		end = m.segment(len(m.spans) - 1).at(1)
	}
	switch {
	case r.number[m.control]:
		one.Fault = faultDuplicate
	case !ended:
		one.Fault = faultMissing
	case end != strconv.Itoa(len(m.spans)) && !numberIs(end, len(m.spans)):
		one.Fault = faultCount
	case m.segment(len(m.spans)-1).at(2) != m.control:
		one.Fault = faultReference
	case !reads[m.kind]:
		one.Fault = faultType
	default:
		e.read(&told{m: m, opt: &e.opt})
		one.Faults = m.failedAt()
	}
	r.number[m.control] = true
	r.open.Messages = append(r.open.Messages, one)
}

// reads are the kinds of messages with a reader.
var reads = map[string]bool{"IFTSTA": true, "IFTMIN": true, "IFTMBC": true, "IFCSUM": true, "DESADV": true}

func numberIs(s string, n int) bool {
	got, err := strconv.Atoi(s)
	return err == nil && got == n
}

// failedAt are the places of the faults, each once.
func (m *message) failedAt() (all []SegmentFault) {
	seen := map[failure]bool{}
	for _, f := range m.failed {
		if seen[f] {
			continue
		}
		seen[f] = true
		code := faultInvalid
		if f.element == 0 {
			code = faultMissing
		}
		all = append(all, SegmentFault{f.segment, f.element, f.component, code})
	}
	return all
}
