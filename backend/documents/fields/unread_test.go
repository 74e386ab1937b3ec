package fields

import (
	"image"
	"testing"

	"tracedesk/backend/documents/paper"
)

// pen writes a line of letters by hand: slanted strokes taller than print, apart from each other.
func pen(g *image.Gray, x, y, letters int) {
	for i := range letters {
		for up := range 48 {
			left := x + i*34 + up/4
			fill(g, image.Rect(left, y-up, left+3, y-up+1))
			fill(g, image.Rect(left+up/6, y-up/2, left+up/6+3, y-up/2+1))
		}
	}
}

// readsAs answers every second reading with the same words.
func readsAs(text string, sure float64) func(paper.Box, paper.Closer) ([]paper.Word, error) {
	return func(at paper.Box, _ paper.Closer) ([]paper.Word, error) {
		return []paper.Word{{Text: text, Confidence: sure, Box: at}}, nil
	}
}

func TestWritingThatNoPlaceAsksFor(t *testing.T) {
	const receipt = "DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n\n\n\nReceived by\n\n\nDate"
	const free, besideDate = 440, 940 // dots from the top
	for _, tt := range []struct {
		name   string
		x, y   int
		text   string
		sure   float64
		unread int
		kind   string
	}{
		{"scrawl in free space", 400, free, "wmv", 0.1, 1, ""},
		{"a sentence that can be read", 400, free, "Leave at dock five", 0.9, 0, ""},
		{"a remark", 400, free, "2 cases short", 0.6, 0, paper.Short},
		{"a remark nearly read", 400, free, "7 pols shoe", 0.3, 0, paper.Short},
		{"a stamp whose word is near that of a remark", 400, free, "store receiving", 0.6, 0, ""}, // read alike in all ways
		{"a time", 400, free, "10:45", 0.2, 0, ""},
		{"scrawl beside the wording of a date", 200, besideDate - 48, "wmv", 0.1, 0, ""},
	} {
		g := sheetOfPaper()
		page := printed(g, typed(receipt))
		pen(g, tt.x, tt.y, 9)
		page.Again = readsAs(tt.text, tt.sure)
		got := ReadPage(page, nil, Options{})
		if len(got.Unread) != tt.unread {
			t.Errorf("%s: unread %v", tt.name, got.Unread)
		}
		if tt.kind == "" && len(got.Notations) > 0 || tt.kind != "" && (len(got.Notations) != 1 || got.Notations[0].Kind != tt.kind) {
			t.Errorf("%s: noted %v, want %q", tt.name, got.Notations, tt.kind)
		}
	}
}

func TestACodeThatWasNotReadIsNoWriting(t *testing.T) {
	g := sheetOfPaper()
	page := printed(g, typed("DELIVERY RECEIPT\nPRO 842-984459\n\n\n\n\n\n\n\n\nReceived by"))
	for i := range 40 {
		fill(g, image.Rect(300+i*12, 560, 300+i*12+7, 620))
	}
	page.Again = readsAs("WIN", 0.1)
	if got := ReadPage(page, nil, Options{}); len(got.Unread) > 0 {
		t.Errorf("unread %v", got.Unread)
	}
}

func TestAScrawledDateThatIsThePlannedOne(t *testing.T) {
	for _, tt := range []struct {
		text, day string
		want      bool
	}{
		{"LOUL-03-19", "2026-03-19", true},
		{"-03-19", "2026-03-19", true},
		{"-03-19", "2026-03-14", false},
		{"3/19/Z0", "2026-03-19", true},
		{"Mar 10, LULL", "2026-03-10", true},
		{"Mur 10, 20", "2026-03-10", true},
		{"Mar 10, LULL", "2026-03-11", false},
		{"May 10, LULL", "2026-06-10", false},
		{"hoa 29, 2026", "2026-08-29", true},
		{"292026", "2026-08-29", true},
		{"hoa 28, 2026", "2026-08-29", false},
		{"10", "2026-03-10", false},
		{"11:03", "2026-11-03", false},
		{"", "2026-11-03", false},
		{"03-19", "", false},
	} {
		if got := likePlanned(tt.text, tt.day); got != tt.want {
			t.Errorf("%q for %s: %v", tt.text, tt.day, got)
		}
	}
}

// A remark whose count was not read is left to a person; the same words read surely are the form's.
func TestARemarkWithoutItsCount(t *testing.T) {
	for text, want := range map[string]int{"sKid over": 1, "Skid over": 0} {
		page := typed("DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n" + text + "\n\n\nReceived by")
		page.FromText = false
		got := ReadPage(page, nil, Options{Once: true})
		if len(got.Notations) > 0 || len(got.Unread) != want {
			t.Errorf("%q: %v, unread %v", text, got.Notations, got.Unread)
		}
	}
}
