package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// origins notes on every value what it was taken from.
func origins(values paper.Fields, page *paper.Page) {
	typed := slices.ContainsFunc(page.Words, func(w paper.Word) bool { return w.Typed })
	for _, list := range values {
		for i := range list {
			list[i].Origin = originOf(&list[i], page, typed)
		}
	}
}

func originOf(v *paper.Value, page *paper.Page, typed bool) paper.Origin {
	switch {
	case slices.ContainsFunc(page.Codes, func(c paper.Code) bool { return c.Box == v.Box && squash(c.Value) == squash(v.Value) }):
		return paper.FromCode
	case typed && typedAs(v, page):
		return paper.FromType
	}
	return paper.FromSeen
}

// typedAs reports whether a value stands in the typed words on its spot letter by letter, as a whole or as a part set off by marks.
func typedAs(v *paper.Value, page *paper.Page) bool {
	want := squash(v.Value)
	if v.Text != "" && squash(v.Text) != want {
		return false // it was taken for what was printed there
	}
	var text strings.Builder
	for _, w := range page.Words {
		x, y := (w.Box[0]+w.Box[2])/2, (w.Box[1]+w.Box[3])/2
		if !w.Typed && overlap(w.Box[0], w.Box[2], v.Box[0], v.Box[2])*overlap(w.Box[1], w.Box[3], v.Box[1], v.Box[3]) > 0 {
			return false // something else is read on the same spot
		}
		wider := v.Box[0] >= w.Box[0] && v.Box[2] <= w.Box[2] && (v.Box[1]+v.Box[3])/2 >= w.Box[1] && (v.Box[1]+v.Box[3])/2 <= w.Box[3] // a part of a word
		if wider || x >= v.Box[0] && x <= v.Box[2] && y >= v.Box[1] && y <= v.Box[3] {
			text.WriteString(w.Text + " ")
		}
	}
	if squash(text.String()) == want {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(text.String(), func(c rune) bool { return strings.ContainsRune(":#=;,|()[]{}<>*\"/ ", c) }),
		func(part string) bool { return squash(part) == want })
}
