package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestTheWordBesideAUnit(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		kind     string
	}{
		{[]string{"AEF + CASES", "OFF + CASES", "AEF + CASES", "GER + CASES"}, paper.Over},
		{[]string{"NER. 7 CLASES", "NER. 2 CASES"}, paper.Over},
		{[]string{"3 cajas danatas"}, paper.Damaged},
		{[]string{"xxx 2 CASES"}, ""},
		{[]string{"2 CASES"}, ""},
		{[]string{"AEF + NEAR"}, ""}, // there is no unit
		{nil, ""},
	} {
		if got, _ := likeliest(tt.readings); got != tt.kind {
			t.Errorf("%q is %q, want %q", tt.readings, got, tt.kind)
		}
	}
}

// wordsSay answers every second reading with the words of a text side by side within the place.
func wordsSay(text string, sure float64) func(paper.Box, paper.Closer) ([]paper.Word, error) {
	return func(at paper.Box, _ paper.Closer) (words []paper.Word, err error) {
		all := strings.Fields(text)
		wide, tall := (at[2]-at[0])/float64(len(all)), at[3]-at[1]
		for i, w := range all {
			left := at[0] + float64(i)*wide
			words = append(words, paper.Word{Text: w, Confidence: sure, Box: paper.Box{left, at[1] + 0.3*tall, left + 0.9*wide, at[3] - 0.3*tall}})
		}
		return words, nil
	}
}

// TestACountOfFreightIsARemark: whatever its word is read as, and however surely, the paper is never taken for one without remarks.
func TestACountOfFreightIsARemark(t *testing.T) {
	const receipt = "DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n\n\n\nReceived by\n\n\nDate"
	for _, tt := range []struct {
		text   string
		kind   string
		unread bool
	}{
		{"4 CASES WER", paper.Over, false},
		{"Se vethazan 4 CAps", paper.Refused, false},
		{"zzz 2 CASES", "", true},
		{"qqqqqqq 14 xyxyx", "", true},
		{"Leave at dock 5", "", true}, // a count or a door: a person looks
		{"Leave at dock five", "", false},
		{"Solar junction box", "", false},
		{"Left 12 28 PM", "", false},
	} {
		g := sheetOfPaper()
		page := printed(g, typed(receipt))
		pen(g, 400, 440, 9)
		page.Again = wordsSay(tt.text, 0.9)
		got := ReadPage(page, nil, Options{})
		if (len(got.Unread) > 0) != tt.unread {
			t.Errorf("%s: unread %v", tt.text, got.Unread)
		}
		if tt.kind == "" && len(got.Notations) > 0 || tt.kind != "" && (len(got.Notations) != 1 || got.Notations[0].Kind != tt.kind) {
			t.Errorf("%s: noted %v, want %q", tt.text, got.Notations, tt.kind)
		}
	}
}
