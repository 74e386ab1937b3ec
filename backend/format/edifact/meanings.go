package edifact

import (
	"cmp"
	"slices"

	"tracedesk/backend/freight"
)

// Meaning is a code of a list with its words, and the facts of which it speaks where the code alone tells.
type Meaning struct {
	Code, Words string
	Facts       []freight.Fact
}

// Meanings are the codes of a list that this desk understands, short ones first: what a partner's own code can stand for.
func Meanings(list string) []Meaning {
	var out []Meaning
	for code, row := range book().codes[list] {
		out = append(out, Meaning{Code: code, Words: row.words, Facts: row.facts(list)})
	}
	slices.SortFunc(out, func(x, y Meaning) int {
		return cmp.Or(cmp.Compare(len(x.Code), len(y.Code)), cmp.Compare(x.Code, y.Code))
	})
	return out
}

// facts are those of a status; the rows of other lists say what a value is, not what happened.
func (m *meaning) facts(list string) []freight.Fact {
	if list != "9011" {
		return nil
	}
	switch m.to() {
	case "trouble":
		return []freight.Fact{freight.FactException}
	case "estimate":
		return []freight.Fact{freight.FactETA}
	case "ahead", "moving", "word", "":
		return nil
	}
	var out []freight.Fact
	for _, what := range m.what {
		out = append(out, freight.Fact(what))
	}
	return out
}
