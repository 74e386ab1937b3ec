package x12

import (
	"bytes"
	"io"
	"iter"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// Explained is one segment with what it says and what the desk makes of it.
type Explained struct {
	Interchange string // ISA13
	Group       string // GS06
	SetKind     string // ST01
	Set         string // ST02
	Number      int    // place in its set, ST being 1; 0 outside any
	Offset      int64  // of its first byte in the file
	Length      int    // bytes, without its terminator
	Tag, Name   string // Name is empty for a segment that the dictionary does not have
	Raw         string
	Elements    []ExplainedElement
	Became      []Became
	Faults      []string // of the segment as a whole
}

// ExplainedElement is one element of a segment.
type ExplainedElement struct {
	N                  int
	Number, Name       string // of the data element; empty where not known
	Value, Meaning, As string // as received; what the code means; the code of the standard that it stands for by the partner's settings
	Unknown            bool   // a code of a list that the desk maps, without a meaning
	Fault              string
	Expected           string // what may stand there, where something is wrong with it and the dictionary tells
}

// Became is a fact that came of a segment.
type Became struct {
	Subject, Fact, Value, At, Note string
}

// Explain yields every segment of a stream, explained, in its order. A text without an interchange header, such as a segment
// pasted from a mail, is explained too: its separators are taken from it. An error ends the sequence.
func Explain(r io.Reader, opt Options) iter.Seq2[*Explained, error] {
	return func(yield func(*Explained, error) bool) {
		head := make([]byte, detectWindow)
		n, err := io.ReadFull(r, head)
		head = head[:n]
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			yield(nil, err)
			return
		}
		x := &explainer{yield: yield}
		if !Detect(head) {
			body, ok := fragment(head)
			if !ok {
				yield(nil, ErrNoInterchange)
				return
			}
			x.shift, x.hide = int64(body.before), body.wrapped
			x.run(bytes.NewReader(body.text), opt)
			return
		}
		x.run(io.MultiReader(bytes.NewReader(head), r), opt)
	}
}

// explainer tells segments as the envelope comes by them. A nil one is none.
type explainer struct {
	yield   func(*Explained, error) bool
	stopped bool
	shift   int64 // bytes that stand before what was given
	hide    bool  // what was given had no set around it: the one put there is not told
}

func (x *explainer) run(r io.Reader, opt Options) {
	e := &envelope{scan: newScanner(r), opt: opt, explain: x}
	if e.opt.TMSAccount == "" {
		e.opt.TMSAccount = freight.DefaultTMS
	}
	e.yield = func(_ freight.Record, err error) bool {
		if err != nil && !x.stopped {
			x.stopped = !x.yield(nil, err)
		}
		return !x.stopped
	}
	e.run()
	if !x.hide {
		e.notes.tell(opt.Notes)
	}
}

func (x *explainer) tell(e *envelope, s *Explained) {
	if x.stopped || s.Offset < x.shift {
		return
	}
	s.Offset -= x.shift
	if x.hide && (s.Tag == "SE" || s.Tag == "GE" || s.Tag == "IEA") {
		return
	}
	if x.hide {
		s.Interchange, s.Set, s.Number = "", "", 0
	}
	if x.stopped = !x.yield(s, nil); x.stopped {
		e.stopped = true
	}
}

// header tells the ISA that was read last.
func (x *explainer) header(e *envelope) {
	if x == nil {
		return
	}
	from := e.scan.Pos - e.isa.length
	if from < 0 {
		return
	}
	raw := bytes.TrimRight(e.scan.Buf[from:e.scan.Pos-e.isa.termLen], "\r\n")
	x.plain(e, piece{raw: raw, off: e.scan.Offset() - int64(e.isa.length)})
}

// plain tells a segment of the envelope.
func (x *explainer) plain(e *envelope, p piece) {
	if x == nil {
		return
	}
	seg := e.split(p.raw)
	s := explained(seg, readable(string(p.raw)), e.partner)
	s.Interchange, s.Group, s.Offset, s.Length = e.isa.control, e.group.control, p.off, len(p.raw)
	if seg.tag() == "ISA" || seg.tag() == "GS" {
		s.Group = ""
		if seg.tag() == "GS" {
			s.Group = seg.at(6)
		}
	}
	x.tell(e, s)
}

// stray tells a segment that stands where none can be read.
func (x *explainer) stray(e *envelope, p piece, why string) {
	if x == nil {
		return
	}
	seg := e.split(p.raw[:min(len(p.raw), longestTold)])
	s := explained(seg, readable(string(p.raw[:min(len(p.raw), longestTold)])), e.partner)
	s.Interchange, s.Group, s.Offset, s.Length, s.Faults = e.isa.control, e.group.control, p.off, len(p.raw), []string{why}
	x.tell(e, s)
}

// longestTold is how much of a torn stretch is shown.
const longestTold = 4 << 10

// set tells the segments of a set with the facts and faults that came of them.
func (x *explainer) set(e *envelope, s *set, rec *freight.Record) {
	became := map[int][]Became{}
	at := 0
	for i := range rec.Observations {
		for j := range rec.Observations[i].Claims {
			if at < len(s.origins) {
				n := s.origins[at]
				became[n] = append(became[n], becameOf(&rec.Observations[i].Claims[j]))
				at++
			}
		}
	}
	wrong := map[int]*SegmentFault{}
	checked := checkElements(s)
	if !x.hide {
		checked = check(s)
	}
	for i := range checked {
		wrong[checked[i].Segment] = &checked[i]
	}
	kind := s.segment(0).at(1)
	for i := range s.spans {
		seg := s.segment(i)
		out := explained(seg, readable(s.raw(seg)), s.partner)
		out.Interchange, out.Group, out.SetKind, out.Set = s.interchange, e.group.control, kind, s.control
		out.Number, out.Offset, out.Length = seg.number, s.off+int64(seg.span.from), seg.span.to-seg.span.from
		out.Became = became[seg.number]
		out.fault(wrong[seg.number])
		out.failed(s, rec)
		x.tell(e, out)
	}
}

// explained is a segment with the words of the dictionary.
func explained(seg *segment, raw string, partner *Partner) *Explained {
	def := dict().segments[seg.tag()]
	out := &Explained{Tag: readable(seg.tag()), Raw: raw}
	if def != nil {
		out.Name = def.name
	}
	for n := 1; n < len(seg.elements); n++ {
		el := ExplainedElement{N: n, Value: readable(seg.at(n))}
		if d := def.element(n); d != nil {
			el.Number, el.Name = d.number, d.name
			if el.Value != "" && d.typ == asCode {
				el.explainCode(partner)
			}
		}
		out.Elements = append(out.Elements, el)
	}
	return out
}

// explainCode looks a code up, first in the partner's own.
func (el *ExplainedElement) explainCode(partner *Partner) {
	code := upper(el.Value)
	if as := partner.alias(el.Number, code); as != code {
		el.As, code = as, as
	}
	var known bool
	el.Meaning, known = Known(el.Number, code)
	el.Unknown = !known && MappedLists[el.Number] != ""
}

// fault puts what the dictionary finds wrong in its place.
func (s *Explained) fault(f *SegmentFault) {
	if f == nil {
		return
	}
	if f.Tag != s.Tag {
		s.Faults = append(s.Faults, f.Tag+" should stand here: "+codeWords("720", f.Code))
		return
	}
	if f.Code != faultElements {
		s.Faults = append(s.Faults, codeWords("720", f.Code))
	}
	for i := range f.Elements {
		el := &f.Elements[i]
		if n := el.Element; n >= 1 && n <= len(s.Elements) {
			s.Elements[n-1].Fault, s.Elements[n-1].Expected = el.says(), expected(s.Tag, n)
			continue
		}
		s.Faults = append(s.Faults, "element "+strconv.Itoa(el.Element)+": "+el.says())
	}
}

// failed puts the faults of the reading in their place.
func (s *Explained) failed(set *set, rec *freight.Record) {
	for i, f := range set.failed {
		if f.segment != s.Number || i >= len(rec.Faults) {
			continue
		}
		why := rec.Faults[i].Reason
		if f.element >= 1 && f.element <= len(s.Elements) {
			s.Elements[f.element-1].Fault = why
		} else {
			s.Faults = append(s.Faults, why)
		}
	}
}

// becameOf is a claim in words.
func becameOf(c *freight.Claim) Became {
	b := Became{Fact: string(c.Fact), Value: c.ValueText(), At: c.At.String(), Note: c.Value.Note}
	stop := c.Subject.Stop
	var of []string
	for _, w := range []string{numbered("stop ", stop.Seq), string(stop.Side), stop.ID, stop.Place.CityState(), c.Subject.Key} {
		if w != "" {
			of = append(of, w)
		}
	}
	if b.Subject = strings.Join(of, ", "); b.Subject == "" {
		b.Subject = "load"
	}
	return b
}

func numbered(what string, n int) string {
	if n == 0 {
		return ""
	}
	return what + strconv.Itoa(n)
}
