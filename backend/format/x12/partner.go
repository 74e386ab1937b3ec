package x12

import "strings"

// Partner is how one sender writes: what its own codes stand for, and the zone it means where it names none.
type Partner struct {
	ID    string // as in ISA06
	Zone  string // code of element 623 for times without one; empty: local to the place of the event
	Codes []Code
	// Miscounts: a wrong count of segments is noted in an acknowledgement, not a reason to reject.
	Miscounts bool
}

// Code says that a partner's code stands for a code of the standard.
type Code struct {
	List string // number of the data element, such as 1650
	Code string // as the partner writes it
	As   string // a code of that list; for 1650 also one of 1652 (an appointment)
}

// MappedLists are the code lists of which a partner's own codes can be given a meaning, with what they are lists of.
var MappedLists = map[string]string{
	"1650": "status (AT7-01)", "1651": "reason (AT7-02, 04)", "1652": "appointment (AT7-03)", "128": "kind of reference (L11-02, N9-01, REF-01)",
	"163": "reason for the stop (S5-02)", "432": "kind of date (G62-01)", "374": "kind of date (DTM-01)", "558": "answer to a tender (B1-04)", "623": "time zone",
}

// Known reports whether a code of a list has a meaning for this desk, and its words.
func Known(list, code string) (words string, ok bool) {
	words = codeWords(list, code)
	if words == "" && list == "1650" {
		words = appointments[code].words
	}
	return words, words != ""
}

// alias is the code that a partner's code stands for: itself where nothing else is set.
func (p *Partner) alias(list, code string) string {
	if p == nil || code == "" {
		return code
	}
	for i := range p.Codes {
		if c := &p.Codes[i]; c.List == list && strings.EqualFold(c.Code, code) {
			return c.As
		}
	}
	return code
}

// zone is the zone code to read a time by.
func (p *Partner) zone(written string) string {
	if p == nil {
		return written
	}
	if written == "" {
		return p.Zone
	}
	return p.alias("623", strings.ToUpper(written))
}
