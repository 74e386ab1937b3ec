package fields

import (
	"image"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// figuresByPen draws figures as tall as a pen's beside the label in the fourth line of a page, leaning to the right.
func figuresByPen(g *image.Gray, figures int, lean float64) {
	const tall = 44
	for n := range figures {
		for y := range tall {
			x := 330 + 36*n + int(lean*float64(tall-y))
			fill(g, image.Rect(x, 234+y, x+6, 235+y))
		}
	}
}

// polledPage is a page with figures by hand that read as says tells.
func polledPage(figures int, lean float64, says func(n int, how paper.Closer) (string, float64)) paper.Page {
	return polledForm("", figures, lean, says)
}

// polledForm is such a page with more print below.
func polledForm(more string, figures int, lean float64, says func(n int, how paper.Closer) (string, float64)) paper.Page {
	g := sheetOfPaper()
	p := printed(g, typed("PROOF OF DELIVERY\nLoad LD-947195 BOL 10051159\n\nPieces received"+more))
	figuresByPen(g, figures, lean)
	n := 0
	p.Again = func(region paper.Box, how paper.Closer) ([]paper.Word, error) {
		text, sure := says(n, how)
		n++
		return []paper.Word{{Text: text, Confidence: sure, Box: region}}, nil
	}
	return p
}

func TestACountByHandIsPolled(t *testing.T) {
	always := func(text string, sure float64) func(int, paper.Closer) (string, float64) {
		return func(int, paper.Closer) (string, float64) { return text, sure }
	}
	leant := func(plain, upright string) func(int, paper.Closer) (string, float64) {
		return func(_ int, how paper.Closer) (string, float64) {
			if how.Lean > 0.1 {
				return upright, 0.95
			}
			return plain, 0.95
		}
	}
	known := Learn(knownLoads()) // 594 pieces
	for _, tt := range []struct {
		name  string
		page  paper.Page
		known *Known
		want  string
	}{
		{"read alike", polledPage(3, 0, always("612", 0.9)), nil, "612"},
		{"read alike, hardly sure", polledPage(3, 0, always("612", 0.5)), nil, ""},
		{"fewer figures than strokes", polledPage(3, 0, always("61", 0.95)), nil, ""},
		{"more figures than strokes", polledPage(2, 0, always("612", 0.95)), nil, ""},
		{"as the load says once it is set upright", polledPage(3, 0.4, leant("794", "594")), known, "594"},
		{"clearly another count than the load's", polledPage(3, 0, always("591", 0.95)), known, "591"},
		{"another count, and a single reading as the load says", polledPage(3, 0, func(n int, _ paper.Closer) (string, float64) {
			if n == 2 {
				return "594", 0.95
			}
			return "591", 0.85
		}), known, ""},
		{"a third of the readings as the load says, the others another", polledPage(3, 0, func(n int, _ paper.Closer) (string, float64) {
			if n%3 == 0 {
				return "594", 0.95
			}
			return "591", 0.9
		}), known, ""},
		{"not sure, but as the load says", polledPage(3, 0, always("594", 0.4)), known, "594"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadPage(tt.page, tt.known, Options{}).Fields
			if got.First(paper.Pieces) != tt.want {
				t.Errorf("got %v, want %q", got[paper.Pieces], tt.want)
			}
		})
	}
}

func TestHowWritingLeans(t *testing.T) {
	for _, lean := range []float64{0, 0.2, 0.4} {
		g := sheetOfPaper()
		figuresByPen(g, 3, lean)
		k := &ink{g: g, w: 1700, h: 2200, dark: 128}
		got := sharpestOf(k.mask(image.Rect(300, 220, 500, 290)).upright())
		if got < lean-0.06 || got > lean+0.06 {
			t.Errorf("leans %.2f, want %.2f", got, lean)
		}
	}
}

func TestFiguresOfAReading(t *testing.T) {
	for _, tt := range []struct{ field, text, want string }{
		{paper.Pieces, "128", "128"}, {paper.Pieces, "l28", "128"}, {paper.Pieces, "1,204", "1204"}, {paper.Pieces, "028", ""}, {paper.Pieces, "12/8", ""},
		{paper.Pieces, "", ""}, {paper.In, "0730", "07:30"}, {paper.In, "9:06AM", "09:06"}, {paper.Out, "2.15PM", "14:15"}, {paper.In, "dock0730", ""}, {paper.In, "2570", ""},
		{paper.In, "07301", ""},
	} {
		if r, ok := figures(tt.field, tt.text); r.value != tt.want || ok != (tt.want != "") {
			t.Errorf("%s %q: %q, want %q", tt.field, tt.text, r.value, tt.want)
		}
	}
}

func TestTheHalfOfTheDay(t *testing.T) {
	said := []ballot{{read{value: "02:05"}, 3, 2}, {read{value: "14:05"}, 2, 1}, {read{value: "12:30"}, 1, 1}}
	for _, tt := range []struct{ behind, want string }{
		{"PM P.M", "14:05 12:30"}, {"AM A", "02:05 00:30"}, {"AM PM", ""}, {"F/M UM", "14:05 12:30"}, {"UM AM", ""}, {"HRS", ""}, {"PM PM PM MM", "14:05 12:30"},
	} {
		var got []string
		for _, b := range inHalf(said, strings.Fields(tt.behind)) {
			got = append(got, b.value)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.behind, got, tt.want)
		}
	}
}
