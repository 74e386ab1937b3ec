package x12

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Status is one thing that a 214 tells of a load. Numbers are written as they are or not at all.
type Status struct {
	Load string // the shipment's number at the receiver (B10-02)
	PRO  string // the carrier's number (B10-01); may be empty
	BOL  string // bill of lading (L11 BM); may be empty
	SCAC string // the carrier (B10-03)
	Code string // of element 1650 (AT7-01), or AA, AB of element 1652 (AT7-03): see StatusCode
	// Reason is a code of element 1651; empty is NS, nothing wrong.
	Reason string
	When   freight.When
	Zone   string        // IANA zone of the stop, empty when unknown
	Place  freight.Place // of the stop: city, state and country are written (MS1)
	Stop   int           // number of the stop (L11 QN); 0 is not written
}

// Party is one end of an interchange: its id, with the qualifier that says what sort of id it is.
type Party struct {
	Qualifier string // of element I05; empty is ZZ, mutually agreed
	ID        string // 2 to 15 characters
}

// Interchange is one group of 214 sets.
type Interchange struct {
	Sender, Receiver Party
	Control          int       // 1 to MaxControl, another one for every interchange to a receiver
	At               time.Time // when it is written; stands in ISA and GS in UTC
	Test             bool      // marked as a test: the receiver must not act on it
	Version          string    // GS08: 004010 (also when empty), 005010, 006040
	Statuses         []Status
}

// MaxControl is the highest control number; 1 follows it.
const MaxControl = 999_999_999

// Separators of what is written. X12 has no way to quote them: they never stand in data.
const (
	elementMark   = "*"
	componentMark = ">"
	segmentMark   = "~"
)

// codes214 are the codes for what is known of a stop, by the kind of stop. They are those that the reader understands by the
// table of codes.go.
var codes214 = map[freight.Fact]struct{ pickup, delivery string }{
	freight.FactArrived:   {"X3", "X1"},
	freight.FactLoaded:    {"CP", ""},
	freight.FactDeparted:  {"AF", "CD"},
	freight.FactPickedUp:  {"AF", ""},
	freight.FactUnloaded:  {"", "D1"},
	freight.FactDelivered: {"", "D1"},
	freight.FactETA:       {"A1", "AG"},
	freight.FactWindow:    {"AA", "AB"},
}

// StatusCode is the code that says a fact of a stop of a kind (freight.StopLine.Kind); ok is false when none does. Where a
// stop is both, the delivery's code is taken if there is one: it claims no more than the fact does (AF says too that freight
// was picked up).
func StatusCode(fact freight.Fact, stopKind string) (code string, ok bool) {
	of := codes214[fact]
	switch stopKind {
	case "pickup":
		code = of.pickup
	case "delivery":
		code = of.delivery
	case "pickup_delivery":
		if code = of.delivery; code == "" {
			code = of.pickup
		}
	}
	return code, code != ""
}

// Write214 writes one interchange of release 004010: a set for every load, a line (LX) for every stop, in the order in which
// they first come. Nothing is written when a party, the control number or a status cannot be; see Check.
func Write214(w io.Writer, in Interchange) error {
	if err := in.check(); err != nil {
		return err
	}
	loads := grouped(in.Statuses, func(s *Status) shipment { return shipment{s.Load, s.PRO, s.BOL, s.SCAC} })
	env := Envelope{Sender: in.Sender, Receiver: in.Receiver, Control: in.Control, At: in.At, Test: in.Test, Version: in.Version}
	return env.write(w, "QM", len(loads), func(out *segments, n int) { out.set(setNumber(n), loads[n]) })
}

// shipment is what one set speaks of.
type shipment struct{ load, pro, bol, scac string }

// grouped puts statuses together that have the same key, in the order in which the keys first come.
func grouped[K comparable](all []Status, key func(*Status) K) (groups [][]Status) {
	at := map[K]int{}
	for i := range all {
		k := key(&all[i])
		n, known := at[k]
		if !known {
			n = len(groups)
			at[k], groups = n, append(groups, nil)
		}
		groups[n] = append(groups[n], all[i])
	}
	return groups
}

// segments is a text of segments and how many they are.
type segments struct {
	text  bytes.Buffer
	count int
}

// put writes a segment without the empty elements at its end.
func (s *segments) put(elements ...string) {
	s.text.WriteString(strings.TrimRight(strings.Join(elements, elementMark), elementMark))
	s.text.WriteString(segmentMark)
	s.count++
}

// set writes what is told of one load.
func (s *segments) set(control string, statuses []Status) {
	first, before := &statuses[0], s.count
	s.put("ST", "214", control)
	switch {
	case first.PRO != "":
		s.put("B10", first.PRO, first.Load, first.SCAC)
		if first.BOL != "" {
			s.put("L11", first.BOL, "BM")
		}
	case first.BOL != "": // one of PRO and another number must be given
		s.put("B10", "", first.Load, first.SCAC, "", "BM", first.BOL)
	default:
		s.put("B10", "", first.Load, first.SCAC, "", "LO", first.Load)
	}
	for i, stop := range grouped(statuses, func(s *Status) int { return s.Stop }) {
		s.put("LX", strconv.Itoa(i+1))
		for j := range stop {
			s.status(&stop[j])
		}
		if n := stop[0].Stop; n > 0 {
			s.put("L11", strconv.Itoa(n), stopQualifier)
		}
	}
	s.put("SE", strconv.Itoa(s.count-before+1), control)
}

func (s *segments) status(st *Status) {
	reason := st.Reason
	if reason == "" {
		reason = "NS"
	}
	date, clock, zone := written214(st.When, st.Zone)
	if isAppointment(st.Code) {
		s.put("AT7", "", "", st.Code, reason, date, clock, zone)
	} else {
		s.put("AT7", st.Code, reason, "", "", date, clock, zone)
	}
	if city, state, country := town(st.Place); city != "" {
		s.put("MS1", city, state, country)
	}
}

// isAppointment reports whether a code is of element 1652; these two are in no other list.
func isAppointment(code string) bool { return code == "AA" || code == "AB" }

// Check says why a status cannot be written; nil when it can.
func (s *Status) Check() error {
	year := s.When.Wall().Year()
	_, known := statuses[s.Code]
	switch {
	case !known && !isAppointment(s.Code):
		return fmt.Errorf("%q is no status of a 214", s.Code)
	case s.Reason != "" && reasons[s.Reason] == "" && !normalReason(s.Reason):
		return fmt.Errorf("%q is no reason of a 214", s.Reason)
	case s.When.IsZero():
		return errors.New("no time is known; a 214 tells when")
	case s.When.Basis == freight.InZone:
		return errors.New("the time is given in a zone that is not the stop's; a 214 is written with the stop's own time")
	case year < 1970 || year > 9998:
		return fmt.Errorf("the year %d cannot be written in a 214", year)
	case s.Stop < 0:
		return fmt.Errorf("%d is no number of a stop", s.Stop)
	}
	return errors.Join(carries("the load number", s.Load, 1, 30), carries("the PRO", s.PRO, 0, 30), carries("the BOL", s.BOL, 0, 30),
		carries("the SCAC", s.SCAC, 2, 4))
}

// Check says why an id cannot stand in an interchange; nil when it can.
func (p Party) Check() error {
	return errors.Join(carries("the qualifier", p.qualifier(), 2, 2), carries("the id", p.ID, 2, 15))
}

func (p Party) qualifier() string {
	if p.Qualifier == "" {
		return "ZZ"
	}
	return p.Qualifier
}

func (in *Interchange) check() error {
	env := Envelope{Sender: in.Sender, Receiver: in.Receiver, Control: in.Control, Version: in.Version}
	if err := env.check(); err != nil {
		return err
	}
	if len(in.Statuses) == 0 {
		return errors.New("there is no status to write")
	}
	for i := range in.Statuses {
		if err := in.Statuses[i].Check(); err != nil {
			return fmt.Errorf("load %q: %w", in.Statuses[i].Load, err)
		}
	}
	return nil
}

// carries says why X12 cannot carry a number or id as it is. It is never changed: another number is another load.
func carries(what, s string, least, most int) error {
	switch {
	case s == "" && least > 0:
		return fmt.Errorf("%s is not known; it must be given", what)
	case len(s) < least || len(s) > most:
		return fmt.Errorf("%s %q must have %d to %d characters in X12", what, s, least, most)
	case s != strings.TrimSpace(s):
		return fmt.Errorf("%s %q begins or ends with a blank, which X12 does not keep", what, s)
	case strings.ContainsAny(s, elementMark+componentMark+segmentMark+repetitionMark) || !printable(s):
		return fmt.Errorf("%s %q has a character that X12 cannot carry", what, s)
	}
	return nil
}

// printable reports whether s is ASCII without control characters.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// fixed pads an element of ISA to its width.
func fixed(s string, width int) string { return fmt.Sprintf("%-*s", width, s) }
