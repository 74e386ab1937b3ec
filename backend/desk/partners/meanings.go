package partners

import (
	"context"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
)

// Meanings are what a partner's own code of a list can stand for.
func (a *Area) Meanings(_ context.Context, list string) (EdiMeanings, error) {
	name := x12.MappedLists[list]
	if name == "" {
		return EdiMeanings{}, desk.Invalid("%q is no list of which codes can be given a meaning.", list)
	}
	out := EdiMeanings{List: list, Name: name}
	for _, m := range x12.Meanings(list) {
		out.Meanings = append(out.Meanings, EdiMeaning{Code: m.Code, Words: m.Words, Facts: freight.List[freight.Fact](m.Facts)})
	}
	return out, nil
}
