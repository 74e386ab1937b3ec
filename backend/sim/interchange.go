package sim

import (
	"fmt"
	"strings"
	"time"
)

// interchange writes X12 by hand: an ISA with its functional groups and sets, counts and control numbers right.
type interchange struct {
	b          []byte
	terminator string
	control    int
	groups     int
	sets       int // in the group
	segments   int // in the set
}

// begin opens an interchange of version 4010. Sender and receiver are a qualifier and an id, such as "02", "RBKT".
func (x *interchange) begin(terminator string, sender, receiver [2]string, at time.Time, control int) {
	x.terminator, x.control, x.groups = terminator, control%1e9, 0
	x.b = fmt.Appendf(x.b, "ISA*00*%10s*00*%10s*%s*%-15s*%s*%-15s*%s*%s*U*00401*%09d*0*P*>%s",
		"", "", sender[0], sender[1], receiver[0], receiver[1], at.Format("060102"), at.Format("1504"), x.control, terminator)
}

// group opens a functional group: QM for statuses, SM for tenders.
func (x *interchange) group(code, sender, receiver string, at time.Time) {
	x.groups, x.sets = x.groups+1, 0
	x.put("GS", code, sender, receiver, at.Format("20060102"), at.Format("1504"), fmt.Sprint(x.groups), "X", "004010")
}

func (x *interchange) endGroup() { x.put("GE", fmt.Sprint(x.sets), fmt.Sprint(x.groups)) }

func (x *interchange) end() { x.put("IEA", fmt.Sprint(x.groups), fmt.Sprintf("%09d", x.control)) }

// set opens a transaction set.
func (x *interchange) set(code string) {
	x.sets, x.segments = x.sets+1, 0
	x.put("ST", code, fmt.Sprintf("%04d", x.sets))
}

func (x *interchange) endSet() { x.put("SE", fmt.Sprint(x.segments+1), fmt.Sprintf("%04d", x.sets)) }

// unsafe are the separators, for which X12 has no escape: a writer replaces them.
var unsafe = strings.NewReplacer("*", " ", "~", " ", ">", " ", "\r", " ", "\n", " ")

// put writes a segment without its empty last elements.
func (x *interchange) put(elements ...string) {
	for len(elements) > 1 && elements[len(elements)-1] == "" {
		elements = elements[:len(elements)-1]
	}
	for i, e := range elements {
		if i > 0 {
			x.b = append(x.b, '*')
		}
		if strings.ContainsAny(e, "*~>\r\n") {
			e = unsafe.Replace(e)
		}
		x.b = append(x.b, e...)
	}
	x.b = append(x.b, x.terminator...)
	x.segments++
}

// clockStyle is how a carrier writes the time zone of its events (AT7-07).
type clockStyle int

const (
	clockOfStop clockStyle = iota // LT: local to the place
	clockLetter                   // ET, CT, MT, PT where the zone has such a letter, else LT
	clockNone                     // nothing: local to the place
	clockUTC                      // UT
)

var clockLetters = map[string]string{"America/New_York": "ET", "America/Detroit": "ET", "America/Toronto": "ET", "America/Indiana/Indianapolis": "ET",
	"America/Kentucky/Louisville": "ET", "America/Chicago": "CT", "America/Winnipeg": "CT", "America/Denver": "MT", "America/Boise": "MT", "America/Edmonton": "MT",
	"America/Los_Angeles": "PT", "America/Vancouver": "PT", "America/Phoenix": "MS", "America/Halifax": "TT", "America/Moncton": "TT"}

// time writes an instant as a carrier does: date, time, zone code.
func (c clockStyle) time(t time.Time, loc *time.Location) (date, clock, code string) {
	switch c {
	case clockUTC:
		t, code = t.UTC(), "UT"
	case clockLetter:
		t, code = t.In(loc), clockLetters[loc.String()]
		if code == "" {
			code = "LT"
		}
	case clockOfStop:
		t, code = t.In(loc), "LT"
	default:
		t = t.In(loc)
	}
	return t.Format("20060102"), t.Format("1504"), code
}

// degreesX12 is a coordinate in the form of MS1: degrees, minutes and seconds without separators, seven digits.
func degreesX12(d float64) string {
	if d < 0 {
		d = -d
	}
	s := int(d*3600 + 0.5)
	return fmt.Sprintf("%03d%02d%02d", s/3600, s/60%60, s%60)
}
