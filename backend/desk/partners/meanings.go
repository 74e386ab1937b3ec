package partners

import (
	"context"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/edifact"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
)

// Meanings are what a partner's own code of a list can stand for.
func (a *Area) Meanings(_ context.Context, list string) (EdiMeanings, error) {
	name := listName(list)
	if name == "" {
		return EdiMeanings{}, desk.Invalid("%q is no list of which codes can be given a meaning.", list)
	}
	out := EdiMeanings{List: list, Name: name}
	for _, m := range x12.Meanings(list) {
		out.add(m.Code, m.Words, m.Facts)
	}
	if edifact.MappedLists[list] != "" {
		for _, m := range edifact.Meanings(list) {
			out.add(m.Code, m.Words, m.Facts)
		}
	}
	return out, nil
}

func (m *EdiMeanings) add(code, words string, facts []freight.Fact) {
	m.Meanings = append(m.Meanings, EdiMeaning{Code: code, Words: words, Facts: facts})
}
