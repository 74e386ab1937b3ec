package edifact

import (
	"bytes"
	"io"
	"iter"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// yieldNothing keeps the error that ends a sequence of records.
func yieldNothing(failed *error) func(freight.Record, error) bool {
	return func(_ freight.Record, err error) bool {
		if err != nil {
			*failed = err
		}
		return err == nil
	}
}

// Explain yields every segment of a stream, explained, in its order. A text without an interchange, such as a segment pasted
// from a mail, is explained too, by the standard's service characters. An error ends the sequence.
func Explain(r io.Reader, opt Options) iter.Seq2[*freight.Explained, error] {
	return func(yield func(*freight.Explained, error) bool) {
		head := make([]byte, detectWindow)
		n, err := io.ReadFull(r, head)
		head = head[:n]
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			yield(nil, err)
			return
		}
		x := &explainer{yield: yield}
		if !Detect(head) {
			if !Fragment(head) {
				yield(nil, ErrNoInterchange)
				return
			}
			const around = "UNH+1+IFTSTA:D:96A:UN'"
			x.shift, x.hide = int64(len(around)), true
			x.run(io.MultiReader(strings.NewReader(around), bytes.NewReader(head)), opt)
			return
		}
		x.run(io.MultiReader(bytes.NewReader(head), r), opt)
	}
}

// Fragment reports whether a text is a segment or some of them, without an interchange around: it begins with the tag of a
// segment that the dictionary has, and its element separator.
func Fragment(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 4 && b[3] == plain.element && book().segments[string(b[:3])] != nil
}

// explainer tells segments as the envelope comes by them. A nil one is none.
type explainer struct {
	yield   func(*freight.Explained, error) bool
	stopped bool
	shift   int64 // bytes that were put before what was given
	hide    bool
}

func (x *explainer) run(r io.Reader, opt Options) {
	e := newEnvelope(r, opt)
	e.explain = x
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

func (x *explainer) tell(e *envelope, s *freight.Explained) {
	if x.stopped || s.Offset < x.shift {
		return
	}
	s.Offset -= x.shift
	s.Interchange, s.Group = e.head.control, e.group
	if x.stopped = !x.yield(s, nil); x.stopped {
		e.stopped = true
	}
}

// longestTold is how much of a torn stretch is shown.
const longestTold = 4 << 10

// plain tells a segment of the envelope.
func (x *explainer) plain(e *envelope, p piece) {
	if x == nil {
		return
	}
	out := explained(e.split(p.raw), nil)
	out.Offset, out.Length = p.off, len(p.raw)
	x.tell(e, out)
}

// stray tells a segment that stands where none can be read.
func (x *explainer) stray(e *envelope, p piece, why string) {
	if x == nil {
		return
	}
	out := explained(e.split(p.raw[:min(len(p.raw), longestTold)]), nil)
	out.Offset, out.Length, out.Faults = p.off, len(p.raw), []string{why}
	x.tell(e, out)
}

// message tells the segments of a message with the facts and faults that came of them.
func (x *explainer) message(e *envelope, t *told, rec *freight.Record) {
	if x == nil {
		return
	}
	m := t.m
	became := map[int][]freight.Became{}
	at := 0
	for i := range rec.Observations {
		for j := range rec.Observations[i].Claims {
			if at < len(t.origins) {
				became[t.origins[at]] = append(became[t.origins[at]], freight.BecameOf(&rec.Observations[i].Claims[j]))
				at++
			}
		}
	}
	for i := range m.spans {
		s := m.segment(i)
		out := explained(s, m.partner)
		out.SetKind, out.Set, out.Number, out.Offset, out.Length = m.kind, m.control, s.number, m.off+int64(s.span.from), s.span.to-s.span.from
		out.Became = became[s.number]
		failed(out, m, rec)
		x.tell(e, out)
	}
}

// failed puts the faults of the reading in their place. A message from which the whole could not be read has its own at the UNH.
func failed(out *freight.Explained, m *message, rec *freight.Record) {
	for i, f := range m.failed {
		if f.segment != out.Number || i >= len(rec.Faults) {
			continue
		}
		put := false
		for j := range out.Elements {
			if el := &out.Elements[j]; f.element > 0 && el.N == f.element && (f.component <= 1 || el.Number == m.numberOf(out.Tag, f)) {
				el.Fault, put = rec.Faults[i].Reason, true
				break
			}
		}
		if !put {
			out.Faults = append(out.Faults, rec.Faults[i].Reason)
		}
	}
}

func (m *message) numberOf(tag string, f failure) string {
	part, _ := book().segments[tag].part(f.element, f.component)
	return part.number
}

// explained is a segment with the words of the dictionary: an element for every component that says something.
func explained(s *segment, partner *Partner) *freight.Explained {
	def := book().segments[s.tag()]
	out := &freight.Explained{Tag: s.tag(), Raw: s.raw()}
	if def != nil {
		out.Name = def.name
	}
	for i := range s.cells {
		k := &s.cells[i]
		value := s.text(k)
		if k.element == 0 && k.component == 1 || value == "" {
			continue
		}
		el := freight.ExplainedElement{N: k.element, Value: value}
		if part, ok := def.part(k.element, k.component); ok {
			el.Number, el.Name = part.number, part.name
		} else if k.component > 1 {
			el.Name = "component " + strconv.Itoa(k.component)
		}
		explainCode(&el, partner)
		out.Elements = append(out.Elements, el)
	}
	ownList(out, partner)
	return out
}

// ownList looks at a status whose code is of a list or an agency of its own: it has a meaning only where the partner's settings give it one.
func ownList(out *freight.Explained, partner *Partner) {
	for i := range out.Elements {
		el := &out.Elements[i]
		full := written(out, el)
		if el.Number != "9011" || full == strings.ToUpper(el.Value) {
			continue
		}
		el.As, el.Meaning, el.Unknown = "", "", true
		if as := partner.alias("9011", full, strings.ToUpper(el.Value)); as != strings.ToUpper(el.Value) {
			el.As = as
			el.Meaning, _ = Known("9011", as)
			el.Unknown = false
		}
	}
}

// explainCode looks a code up, first in the partner's own.
func explainCode(el *freight.ExplainedElement, partner *Partner) {
	if book().codes[el.Number] == nil {
		return
	}
	code := strings.ToUpper(el.Value)
	if as := partner.alias(el.Number, code); as != code {
		el.As, code = as, as
	}
	var known bool
	el.Meaning, known = Known(el.Number, code)
	el.Unknown = !known && MappedLists[el.Number] != ""
}
