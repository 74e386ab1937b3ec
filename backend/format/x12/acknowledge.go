package x12

import (
	"errors"
	"io"
	"slices"
	"strconv"

	"tracedesk/backend/freight"
)

// Receipt is what is to be said of one interchange that came in.
type Receipt struct {
	From, To     Party
	Control      string // ISA13
	Date, Time   string // ISA09, ISA10, as written
	Answer, Note string // of elements I17 and I18, for a TA1
	Wanted       bool   // ISA14 asks for an acknowledgement
	Test         bool
	Groups       []GroupReceipt
}

// GroupReceipt is what is to be said of one group.
type GroupReceipt struct {
	Kind, Control, Version string // GS01, GS06, GS08
	Sender, Receiver       string // GS02, GS03
	Declared               int    // sets by its GE
	Sets                   []SetReceipt
	Errors                 []string // of element 716
}

// SetReceipt is what is to be said of one set.
type SetReceipt struct {
	Kind, Control, Convention string // ST01, ST02, ST03
	Answer                    string // A, E or R
	Errors                    []string
	Faults                    []SegmentFault
}

// Answer is A, E, P or R by the answers to the group's sets.
func (g *GroupReceipt) Answer() string {
	accepted, noted := 0, len(g.Errors) > 0
	for i := range g.Sets {
		if g.Sets[i].Answer != "R" {
			accepted++
		}
		noted = noted || g.Sets[i].Answer == "E"
	}
	for _, e := range g.Errors {
		if e == "1" || e == "2" || e == "4" {
			return "R"
		}
	}
	switch {
	case accepted == 0:
		return "R"
	case accepted < len(g.Sets):
		return "P"
	case noted:
		return "E"
	}
	return "A"
}

// Accepted counts the sets that were accepted, with or without errors.
func (g *GroupReceipt) Accepted() (n int) {
	for i := range g.Sets {
		if g.Sets[i].Answer != "R" {
			n++
		}
	}
	return n
}

// Receipts checks every interchange of a stream strictly and says what is to be answered. Groups of acknowledgements are left
// out: they are never acknowledged.
func Receipts(r io.Reader, opt Options) ([]Receipt, error) {
	k := &receiving{}
	var failed error
	e := &envelope{scan: newScanner(r), opt: opt, receipts: k}
	e.yield = func(_ freight.Record, err error) bool {
		failed = errors.Join(failed, err)
		return err == nil
	}
	e.run()
	e.notes.tell(opt.Notes)
	return k.list, failed
}

// receiving gathers receipts as the envelope comes by. A nil one gathers nothing.
type receiving struct {
	list []Receipt
	seen map[string]bool // set numbers of the group
	open bool            // a group is open
}

func (k *receiving) interchange(h *header, again bool) {
	if k == nil {
		return
	}
	rec := Receipt{From: Party{h.from, h.sender}, To: Party{h.to, h.receiver}, Control: h.control, Date: h.date, Time: h.clock,
		Answer: "A", Note: "000", Test: h.test, Wanted: h.wanted}
	if again {
		rec.Answer, rec.Note = "R", "025"
	}
	k.list, k.open = append(k.list, rec), false
}

func (k *receiving) last() *Receipt { return &k.list[len(k.list)-1] }

func (k *receiving) group() *GroupReceipt {
	if k == nil || !k.open || len(k.list) == 0 || len(k.last().Groups) == 0 {
		return nil
	}
	r := k.last()
	return &r.Groups[len(r.Groups)-1]
}

func (k *receiving) beginGroup(seg *segment) {
	if k == nil || seg.at(1) == "FA" {
		return
	}
	g := GroupReceipt{Kind: seg.at(1), Control: seg.at(6), Version: seg.at(8), Sender: seg.at(2), Receiver: seg.at(3)}
	for i := range k.last().Groups {
		if k.last().Groups[i].Control == g.Control {
			g.Errors = append(g.Errors, "19")
		}
	}
	if len(g.Version) < 6 || !digitsOnly(g.Version[:6]) {
		g.Errors = append(g.Errors, "2")
	}
	k.last().Groups = append(k.last().Groups, g)
	k.open, k.seen = true, map[string]bool{}
}

// endGroup takes the GE, or nil where there is none.
func (k *receiving) endGroup(seg *segment) {
	g := k.group()
	if g == nil {
		return
	}
	k.open = false
	if seg == nil {
		g.Declared = len(g.Sets)
		g.Errors = append(g.Errors, "3")
		return
	}
	n, err := strconv.Atoi(seg.at(1))
	if g.Declared = n; err != nil || n != len(g.Sets) {
		g.Errors = append(g.Errors, "5")
	}
	if seg.at(2) != g.Control {
		g.Errors = append(g.Errors, "4")
	}
}

// end takes the IEA, or nil where there is none.
func (k *receiving) end(seg *segment, groups int) {
	if k == nil || len(k.list) == 0 {
		return
	}
	rec := k.last()
	switch {
	case seg == nil:
		rec.worse("R", "023")
	case seg.at(2) != rec.Control:
		rec.worse("R", "001")
	case seg.at(1) != strconv.Itoa(groups):
		rec.worse("E", "021")
	}
}

// worse notes the first thing that is wrong with an interchange.
func (r *Receipt) worse(answer, note string) {
	if r.Answer == "A" {
		r.Answer, r.Note = answer, note
	}
}

// set takes a set that was read. ended says whether it had an SE.
func (k *receiving) set(s *set, ended bool) {
	g := k.group()
	if g == nil {
		return
	}
	head := s.segment(0)
	out := SetReceipt{Kind: head.at(1), Control: head.at(2), Convention: head.at(3), Answer: "A"}
	fail := func(code string, tolerated bool) {
		out.Errors = append(out.Errors, code)
		if tolerated {
			out.noted()
		} else {
			out.Answer = "R"
		}
	}
	if _, supported := dict().sets[out.Kind]; !supported && dict().readings[out.Kind] == nil && out.Kind != "240" {
		fail("1", false)
	}
	if k.seen[out.Control] {
		fail("23", false)
	}
	k.seen[out.Control] = true
	if len(out.Control) < 4 || len(out.Control) > 9 {
		fail("7", false)
	}
	k.trailer(s, ended, fail)
	out.Faults = slices.DeleteFunc(check(s), func(f SegmentFault) bool { return f.Tag == "SE" && f.Code == faultMissing }) // told as error 2
	for i := range out.Faults {
		if out.Faults[i].serious() {
			out.Answer = "R"
		} else {
			out.noted()
		}
	}
	if len(out.Faults) > 0 {
		out.Errors = append(out.Errors, "5")
	}
	g.Sets = append(g.Sets, out)
}

func (k *receiving) trailer(s *set, ended bool, fail func(string, bool)) {
	if !ended {
		fail("2", false)
		return
	}
	el := s.segment(len(s.spans) - 1)
	if el.at(2) != s.control {
		fail("3", false)
	}
	if n, err := strconv.Atoi(el.at(1)); err != nil || n != len(s.spans) {
		fail("4", s.partner != nil && s.partner.Miscounts)
	}
}

func (s *SetReceipt) noted() {
	if s.Answer == "A" {
		s.Answer = "E"
	}
}

// serious reports whether a set with this fault is rejected: something required is missing, or what the business needs cannot be read.
func (f *SegmentFault) serious() bool {
	if f.Code == faultMissing {
		return true
	}
	for i := range f.Elements {
		if f.Elements[i].serious {
			return true
		}
	}
	return false
}
