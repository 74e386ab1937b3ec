package edifact

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// Acknowledge writes a CONTRL that answers one interchange, as an interchange of its own with a control number of ours: accepted,
// but for the messages that are named as rejected with the places of what could not be read. at is when it is written; UNB has UTC. An
// interchange of nothing but CONTRL is not answered.
func Acknowledge(w io.Writer, r *Receipt, control int, at time.Time) error {
	if r.Fault == "" && len(r.Messages) == 0 {
		return errors.New("the interchange " + r.Control + " holds nothing to answer: acknowledgements are not acknowledged")
	}
	if r.Sender.ID == "" || r.Control == "" {
		return errors.New("the interchange names no sender or has no number, so nobody can be answered")
	}
	out := &page{sep: plain, charset: charsets[r.Syntax]}
	if r.Syntax == "UNOW" || r.Syntax == "UNOY" {
		out.utf8 = true
	}
	day, version := "060102", []string{"CONTRL", "D", "3", "UN"}
	if r.Version >= "4" {
		day, version = "20060102", []string{"CONTRL", "4", "1", "UN"}
	}
	at = at.UTC()
	number, action := strconv.Itoa(control), "7"
	if r.Fault != "" {
		action = "4"
	}
	head := []any{"UNB", []string{orElse(r.Syntax, "UNOA"), orElse(r.Version, "3")}, r.Receiver.parts(), r.Sender.parts(), []string{at.Format(day), at.Format("1504")}, number}
	if r.Test {
		head = append(head, "", "", "", "", "", "1")
	}
	out.segment(head...)
	out.segment("UNH", "1", version)
	out.segment("UCI", r.Control, r.Sender.parts(), r.Receiver.parts(), action, r.Fault)
	if r.Fault == "" {
		for i := range r.Messages {
			out.message(&r.Messages[i])
		}
	}
	out.segment("UNT", strconv.Itoa(out.count+1), "1")
	out.segment("UNZ", "1", number)
	if out.err != nil {
		return fmt.Errorf("the answer to interchange %s cannot be written: %w", r.Control, out.err)
	}
	_, err := w.Write(out.Bytes())
	return err
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (p Party) parts() []string { return []string{p.ID, p.Qualifier} }

// message writes what became of one message.
func (p *page) message(m *MessageReceipt) {
	action := "7"
	if m.Rejected() {
		action = "4"
	}
	p.segment("UCM", m.Control, m.Type, action, m.Fault)
	last := 0
	for _, f := range m.Faults {
		if f.Segment != last {
			last = f.Segment
			whole := ""
			if f.Element == 0 {
				whole = f.Code
			}
			p.segment("UCS", strconv.Itoa(f.Segment), whole)
		}
		if f.Element > 0 {
			place := []string{strconv.Itoa(f.Element + 1)} // the tag is the first
			if f.Component > 0 {
				place = append(place, strconv.Itoa(f.Component))
			}
			p.segment("UCD", f.Code, place)
		}
	}
}

// page is what is written. count is the segments since UNH.
type page struct {
	bytes.Buffer
	sep     service
	charset *charmap.Charmap
	utf8    bool
	count   int
	err     error
}

// segment writes a segment of elements: a string, or a list of components. Empty ones at the end are left out.
func (p *page) segment(elements ...any) {
	if tag := elements[0]; tag != "UNB" && tag != "UNZ" {
		p.count++
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		switch e := e.(type) {
		case string:
			texts[i] = p.text(e)
		case []string:
			for len(e) > 0 && e[len(e)-1] == "" {
				e = e[:len(e)-1]
			}
			parts := make([]string, len(e))
			for j := range e {
				parts[j] = p.text(e[j])
			}
			texts[i] = strings.Join(parts, string(p.sep.component))
		}
	}
	for len(texts) > 0 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	p.WriteString(strings.Join(texts, string(p.sep.element)))
	p.WriteByte(p.sep.terminator)
	p.WriteByte('\n')
}

// text is a value with its service characters released, in the character set of the interchange.
func (p *page) text(s string) string {
	var b strings.Builder
	for _, c := range s {
		if c < ' ' {
			p.err = errors.Join(p.err, fmt.Errorf("%q holds a control character", s))
			return ""
		}
		if c == rune(p.sep.component) || c == rune(p.sep.element) || c == rune(p.sep.release) || c == rune(p.sep.terminator) {
			b.WriteByte(p.sep.release)
		}
		b.WriteRune(c)
	}
	if isASCII(b.String()) || p.utf8 {
		return b.String()
	}
	if p.charset == nil {
		p.err = errors.Join(p.err, fmt.Errorf("%q has letters that the character set of the interchange lacks", s))
		return ""
	}
	out, err := p.charset.NewEncoder().String(b.String())
	if err != nil {
		p.err = errors.Join(p.err, fmt.Errorf("%q has letters that the character set of the interchange lacks", s))
	}
	return out
}
