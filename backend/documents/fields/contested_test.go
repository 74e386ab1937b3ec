package fields

import (
	"errors"
	"testing"

	"tracedesk/backend/documents/paper"
)

// lookedAgain is a page of a scan on which the number in the second line reads as first, and as the readings in turn when it is looked
// at again; everything else is read no second time.
func lookedAgain(first string, sure float64, readings ...string) paper.Page {
	p := printed(sheetOfPaper(), typed("PROOF OF DELIVERY\nBOL "+first+"\nLoad LD-947195   PRO 544-319955\nPO PO579701"))
	for i := range p.Words {
		p.Words[i].Confidence = 0.95
		if p.Words[i].Text == first {
			p.Words[i].Confidence = sure
		}
	}
	p.Again = func(at paper.Box, _ paper.Closer) ([]paper.Word, error) {
		if at[1] > 0.075 || at[3] < 0.075 || len(readings) == 0 {
			return nil, errors.New("no words")
		}
		text := readings[0]
		readings = readings[1:]
		return []paper.Word{{Text: text, Confidence: 0.9, Box: paper.Box{at[0] + 0.01, 0.07, at[2] - 0.03, 0.083}}}, nil
	}
	return p
}

func TestANumberInConflictIsLookedAtClosely(t *testing.T) {
	known := Learn(knownLoads()[:1]) // BOL 10051159
	tests := []struct {
		name  string
		page  paper.Page
		want  string
		known *Known
	}{
		{"misread in one figure", lookedAgain("10051150", 0.8, "10051159", "10051159", "10051159"), "10051159", known},
		{"misread in two", lookedAgain("10061150", 0.8, "10051159", "10051150", "10051159", "10051159"), "10051159", known},
		{"misread, and hardly sure of it", lookedAgain("10051150", 0.3, "10051150", "10051159", "10051159", "10051159"), "10051159", known},
		{"the load next to it: the ink says so", lookedAgain("10051150", 0.95, "10051150", "10051150"), "10051150", known},
		{"the load next to it, once read as ours", lookedAgain("10051150", 0.8, "10051159", "10051150", "10051150"), "10051150", known},
		{"the load next to it, read now so and now so", lookedAgain("10051150", 0.8, "10051159", "10051150", "10051159", "10051159", "10051150"), "10051150", known},
		{"hardly ever read as ours", lookedAgain("10051150", 0.8, "10051159", "l0xx", "10051159", "I00"), "10051150", known},
		{"one figure less is no vote for ours", lookedAgain("10051150", 0.8, "1005115", "1005115", "1005115", "1005115", "1005115"), "10051150", known},
		{"neither this nor ours", lookedAgain("10051150", 0.8, "10051156", "10051156", "10051156"), "10051156", known},
		{"without a load it stands", lookedAgain("10051150", 0.8, "10051159", "10051159", "10051159"), "10051150", Learn(nil)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(tt.page, tt.known, Options{}).Fields, map[string]string{paper.Bill: tt.want})
		})
	}
}

// TestAnUnusualNumberStandsFirm: a number of another form than the load's, read alike behind its own label, is legible enough to contradict.
func TestAnUnusualNumberStandsFirm(t *testing.T) {
	load := knownLoads()[:1]
	load[0].Values = map[string]string{paper.Bill: "0676657940754659", paper.PRO: "97038341", paper.PO: "PO579701"}
	page := lookedAgain("44343679", 0.95, "44343679", "44343679", "44343679")
	for i := range page.Words {
		if page.Words[i].Text == "544-319955" {
			page.Words[i].Text = "97038341"
		}
	}
	got := ReadPage(page, Learn(load), Options{}).Fields[paper.Bill]
	if len(got) == 0 || got[0].Value != "44343679" || got[0].Confidence < 0.6 {
		t.Errorf("BOL %+v", got)
	}
}

// TestANumberWhoseLabelWasNotRead is looked at where it is nearly the load's: it is the load's, or it contradicts it.
func TestANumberWhoseLabelWasNotRead(t *testing.T) {
	for _, tt := range []struct{ first, again, want string }{
		{"10051150", "10051159", "10051159"},
		{"10051150", "10051150", "10051150"},
		{"10061150", "10061150", "10061150"},
		{"10061140", "10051159", ""}, // too far from the load's
		{"7051159", "10051159", ""},
	} {
		page := lookedAgain(tt.first, 0.9, tt.again, tt.again, tt.again)
		page.Words[3].Text = "HNV" // for BOL
		values(t, ReadPage(page, Learn(knownLoads()[:1]), Options{}).Fields, map[string]string{paper.Bill: tt.want})
	}
}

func TestACodeIsNotContested(t *testing.T) {
	page := lookedAgain("10051150", 0.8, "10051159", "10051159", "10051159")
	page.Codes = []paper.Code{{Kind: "code128", Value: "10051150", Box: paper.Box{0.3, 0.3, 0.6, 0.35}}}
	values(t, ReadPage(page, Learn(knownLoads()[:1]), Options{}).Fields, map[string]string{paper.Bill: "10051150"})
}
