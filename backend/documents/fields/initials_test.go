package fields

import (
	"image"
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestInitials(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		middle   rune
		kind     string
	}{
		{[]string{"Sle", "SLC", "SLC"}, 0, paper.SLC},
		{[]string{"ste", "slo", "ste", "slo"}, 0, paper.SLC},
		{[]string{"gue", "gue", "sue", "se"}, 0, paper.SLC},
		{[]string{"Sle", "SY", "Ste", "Sle"}, 0, paper.SLC},
		{[]string{"gcc", "SC", "ace", "ace"}, 0, paper.SLC},
		{[]string{"S7C", "STC", "SIC"}, 0, paper.STC},
		{[]string{"ste", "ste", "Sle", "ste", "ste", "ste"}, 'l', paper.SLC},
		{[]string{"ste", "sie", "sie", "ste"}, 0, ""}, // it may be either
		{[]string{"ste", "sie", "sie", "ste"}, 't', paper.STC},
		{[]string{"vom", "vom", "yom", "vom"}, 0, ""},
		{[]string{"339", "33", "339", "337"}, 0, ""},
		{[]string{"wet", "wet", "wet"}, 0, ""},
		{[]string{"S.T.C."}, 0, paper.STC},
		{[]string{"OK", "OK"}, 0, ""},
		{[]string{"JRM", "JRN"}, 'l', ""},
		{[]string{"174"}, 0, ""},
		{nil, 0, ""},
	} {
		if got, _ := initialsOf(tt.readings, tt.middle); got != tt.kind {
			t.Errorf("%q with %q in the middle are %q, want %q", tt.readings, tt.middle, got, tt.kind)
		}
	}
}

// letters are drawn 60 dots tall, 40 wide, 56 apart from the left and top.
func drawn(g *image.Gray, left, top int, parts ...image.Rectangle) {
	for _, r := range parts {
		fill(g, r.Add(image.Pt(left, top)))
	}
}

func TestTheLetterInTheMiddle(t *testing.T) {
	upright, head, foot := image.Rect(0, 0, 5, 60), image.Rect(0, 0, 40, 5), image.Rect(0, 55, 40, 60)
	stem := image.Rect(18, 0, 23, 60)
	for _, tt := range []struct {
		name  string
		parts []image.Rectangle
		want  rune
	}{
		{"L", []image.Rectangle{upright, foot}, 'l'},
		{"T", []image.Rectangle{stem, head}, 't'},
		{"I", []image.Rectangle{stem}, 0},
		{"C", []image.Rectangle{upright, head, foot}, 0},
	} {
		g := sheetOfPaper()
		for i, parts := range [][]image.Rectangle{{upright, head, foot}, tt.parts, {upright, head, foot}} {
			drawn(g, 400+i*56, 1000, parts...)
		}
		k := inkOf(g)
		place := toBox(image.Rect(390, 990, 400+3*56+10, 1070), k)
		if got := k.middleLetter(place); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
