package x12

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// writing997 are the names that differ between a 997 and a 999.
var writing997 = map[string]struct{ segment, element, set string }{
	"997": {"AK3", "AK4", "AK5"},
	"999": {"IK3", "IK4", "IK5"},
}

// Acknowledge writes one interchange with a 997 or 999 for every group of a receipt; sender and receiver are swapped. It is an
// error when there is nothing to acknowledge.
func Acknowledge(w io.Writer, kind string, rec *Receipt, control int, at time.Time) error {
	names, ok := writing997[kind]
	if !ok {
		return fmt.Errorf("%q is no acknowledgement: 997 or 999", kind)
	}
	if len(rec.Groups) == 0 {
		return errors.New("the interchange has no group to acknowledge")
	}
	first := &rec.Groups[0]
	env := Envelope{Sender: rec.To, Receiver: rec.From, GroupSender: first.Receiver, GroupReceiver: first.Sender, Control: control, At: at, Test: rec.Test}
	if kind == "999" {
		env.Version = "005010"
	}
	if err := env.check(); err != nil {
		return err
	}
	return env.write(w, "FA", len(rec.Groups), func(out *segments, n int) {
		out.wrapped(kind, setNumber(n), func() { out.group(&rec.Groups[n], names.segment, names.element, names.set) })
	})
}

func (s *segments) group(g *GroupReceipt, segmentTag, elementTag, setTag string) {
	version := ""
	if segmentTag == "IK3" {
		version = safe(g.Version, 12)
	}
	s.put("AK1", safe(g.Kind, 2), safe(g.Control, 9), version)
	for i := range g.Sets {
		set := &g.Sets[i]
		s.put("AK2", safe(set.Kind, 3), safe(set.Control, 9), safe(set.Convention, 35))
		for j := range set.Faults {
			s.fault(&set.Faults[j], segmentTag, elementTag)
		}
		s.put(append([]string{setTag, set.Answer}, firstFive(set.Errors)...)...)
	}
	s.put(append([]string{"AK9", g.Answer(), strconv.Itoa(g.Declared), strconv.Itoa(len(g.Sets)), strconv.Itoa(g.Accepted())}, firstFive(g.Errors)...)...)
}

func (s *segments) fault(f *SegmentFault, segmentTag, elementTag string) {
	s.put(segmentTag, safe(f.Tag, 3), strconv.Itoa(f.Segment), safe(f.Loop, 6), f.Code)
	for i := range f.Elements {
		e := &f.Elements[i]
		s.put(elementTag, strconv.Itoa(e.Element), e.Number, e.Code, safe(e.Value, 99))
	}
}

func firstFive(codes []string) []string { return codes[:min(5, len(codes))] }

// safe is a value as received where it can be repeated in an acknowledgement; a value that X12 cannot carry is left out.
func safe(s string, most int) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, elementMark+componentMark+segmentMark+repetitionMark) || !printable(s) {
		return ""
	}
	return s[:min(len(s), most)]
}

// WriteTA1 writes an interchange that holds nothing but the acknowledgement of another one.
func WriteTA1(w io.Writer, rec *Receipt, control int, at time.Time) error {
	env := Envelope{Sender: rec.To, Receiver: rec.From, Control: control, At: at, Test: rec.Test}
	if err := env.check(); err != nil {
		return err
	}
	if len(rec.Control) != 9 || !digitsOnly(rec.Control) || !digitsOnly(rec.Date+rec.Time) {
		return fmt.Errorf("the interchange's own number %q, date %q or time %q cannot be repeated in a TA1", rec.Control, rec.Date, rec.Time)
	}
	date := rec.Date
	if len(date) == 8 {
		date = date[2:]
	}
	var out segments
	env.head(&out)
	out.put("TA1", rec.Control, date, rec.Time, rec.Answer, rec.Note)
	out.put("IEA", "0", env.number())
	_, err := w.Write(out.text.Bytes())
	return err
}
