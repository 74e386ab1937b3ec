package edifact

import "strings"

// Partner is how one sender writes.
type Partner struct {
	SCAC  string // the carrier for whom it speaks, where it is one
	Codes []Code
}

// Code says that a partner's code stands for a code of the standard.
type Code struct {
	List string // number of the data element, such as 9011
	Code string // as the partner writes it; with its list, agency and text where the code alone does not tell (P::HS)
	As   string // a code of that list
}

// MappedLists are the code lists of which a partner's own codes can be given a meaning, with what they are lists of.
var MappedLists = map[string]string{"9011": "status event (STS)", "9013": "reason of a status (STS)", "1153": "kind of reference (RFF)",
	"2005": "kind of date (DTM)", "3227": "kind of place (LOC)", "3035": "kind of party (NAD)"}

// Known reports whether a code of a list has a meaning for this desk, and its words.
func Known(list, code string) (words string, ok bool) {
	row := book().row(list, code)
	if row == nil {
		return "", false
	}
	return row.words, true
}

// alias is the code that a partner's code stands for: itself where nothing else is set.
func (p *Partner) alias(list string, code ...string) string {
	if p != nil {
		for _, written := range code {
			for i := range p.Codes {
				if c := &p.Codes[i]; c.List == list && strings.EqualFold(c.Code, written) {
					return c.As
				}
			}
		}
	}
	return code[len(code)-1]
}
