package edifact

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"tracedesk/backend/freight"
)

// message is what stands between a UNH and its UNT. text and the spans' places count from the UNH.
type message struct {
	off, end    int64
	spans       []span
	text        string // as received
	sep         service
	charset     *charmap.Charmap
	interchange string // UNB 0020
	sender      string // UNB 0004
	sent        string // UNB 0017 and 0019, as written; they have no zone, so they are no instant
	group       string // UNG 0048
	control     string // UNH 0062
	kind        string // IFTSTA
	release     string // D.96A
	source      freight.Source
	partner     *Partner
	faults      []freight.Fault
	failed      []failure
	notes       *notes
	current     segment
}

// span is where a segment stands in its message, without its terminator.
type span struct{ from, to int }

// failure is the place of a fault: segment from 1, element and component from 1, 0 for all of it.
type failure struct{ segment, element, component int }

// segment is one segment of a message, its components cut. It is good until the next segment of the same message is asked for.
type segment struct {
	number int // counted from UNH = 1, as CONTRL does
	span   span
	cells  []cell // cells[0] is the tag
	of     *message
}

// cell is one component. element counts from 0 (the tag), component from 1; again counts repetitions from 0.
type cell struct {
	element, component, again int
	from, to                  int // in the message's text
	released                  bool
}

// segment cuts segment i (from 0).
func (m *message) segment(i int) *segment {
	c := &m.current
	c.of, c.span, c.number = m, m.spans[i], i+1
	c.cells = m.sep.cut(m.text, c.span, c.cells[:0])
	return c
}

// cut appends the components between two places of a text.
func (s *service) cut(text string, at span, dst []cell) []cell {
	now := cell{component: 1, from: at.from}
	for i := at.from; i < at.to; i++ {
		switch c := text[i]; {
		case s.release != 0 && c == s.release:
			now.released = true
			i++
		case c == s.element:
			now.to = i
			dst = append(dst, now)
			now = cell{element: now.element + 1, component: 1, from: i + 1}
		case c == s.component:
			now.to = i
			dst = append(dst, now)
			now = cell{element: now.element, component: now.component + 1, again: now.again, from: i + 1}
		case s.repetition != 0 && c == s.repetition && now.element > 0:
			now.to = i
			dst = append(dst, now)
			now = cell{element: now.element, component: 1, again: now.again + 1, from: i + 1}
		}
	}
	now.to = at.to
	return append(dst, now)
}

// tag is the segment's name, such as STS.
func (s *segment) tag() string { return s.text(&s.cells[0]) }

// at is the first component of element n (from 1), "" when it is not there.
func (s *segment) at(n int) string { return s.part(n, 1) }

// part is component c of element n, both from 1, without padding and line breaks.
func (s *segment) part(n, c int) string {
	for i := range s.cells {
		if k := &s.cells[i]; k.element == n && k.component == c && k.again == 0 {
			return s.text(k)
		} else if k.element > n {
			break
		}
	}
	return ""
}

// parts are the components of element n that say something, in their order.
func (s *segment) parts(n int) (all []string) {
	for i := range s.cells {
		if k := &s.cells[i]; k.element == n {
			if text := s.text(k); text != "" {
				all = append(all, text)
			}
		}
	}
	return all
}

// last is the number of the last element.
func (s *segment) last() int { return s.cells[len(s.cells)-1].element }

func (s *segment) text(k *cell) string {
	raw := s.of.text[k.from:k.to]
	if k.released {
		raw = released(raw, s.of.sep.release)
	}
	if strings.IndexByte(raw, '\n') >= 0 || strings.IndexByte(raw, '\r') >= 0 {
		raw = breaks.Replace(raw)
	}
	return strings.Trim(decoded(raw, s.of.charset), " \t\x00")
}

var breaks = strings.NewReplacer("\r", "", "\n", "")

// released is a text without its release characters: each gives the character behind it its plain meaning. One at the very
// end releases nothing and is kept.
func released(s string, release byte) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == release && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// raw is the segment as received, as UTF-8 and in one line.
func (s *segment) raw() string {
	return breaks.Replace(decoded(s.of.text[s.span.from:s.span.to], s.of.charset))
}

// where names the message: "interchange 31, message 45689".
func (m *message) where() string {
	if m.interchange == "" {
		return "message " + m.control
	}
	return "interchange " + m.interchange + ", message " + m.control
}

// fail adds a fault about component c of element n of a segment (0: all of it). why says what was expected and what was done.
func (m *message) fail(s *segment, n, c int, why string) {
	m.failed = append(m.failed, failure{s.number, n, c})
	where, off := m.where()+", segment "+strconv.Itoa(s.number)+" "+s.tag(), m.off+int64(s.span.from)
	if n > 0 {
		where += ", element " + strconv.Itoa(n)
	}
	if c > 0 {
		where += ", component " + strconv.Itoa(c)
	}
	for i := range s.cells {
		if k := &s.cells[i]; n > 0 && k.element == n && k.component == max(c, 1) {
			off = m.off + int64(k.from)
			break
		}
	}
	m.faults = append(m.faults, freight.Fault{Where: where + ", byte " + strconv.FormatInt(off, 10), Offset: off, Reason: why,
		Raw: []byte(m.text[s.span.from:s.span.to]), Source: m.source})
}

// unread makes the whole message a fault.
func (m *message) unread(why string) freight.Record {
	m.fail(m.segment(0), 0, 0, why)
	m.faults[len(m.faults)-1].Raw = []byte(m.text)
	return freight.Record{Faults: m.faults}
}

// place is the whole message as the place of an observation that a segment tells of.
func (m *message) place(number int) freight.Raw {
	return freight.Raw{Where: m.where() + ", segment " + strconv.Itoa(number), Offset: m.off, Length: len(m.text)}
}
