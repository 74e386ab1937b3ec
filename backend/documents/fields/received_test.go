package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// TestWhatCameStandsBesideWhatWasBilled: a printed count does not hide the one that the receiver wrote down.
func TestWhatCameStandsBesideWhatWasBilled(t *testing.T) {
	const billed = "\n\n\n\nPieces billed    594"
	known := Learn(knownLoads()) // 594 pieces
	for _, tt := range []struct {
		name, says string
		sure       float64
		came       string // what is told as written by hand
		unread     int    // places for a person to look at
	}{
		{"the same", "594", 0.9, "", 0},
		{"fewer", "591", 0.95, "591", 0},
		{"a scrawl", "591", 0.5, "", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := ReadPage(polledForm(billed, 3, 0, func(int, paper.Closer) (string, float64) { return tt.says, tt.sure }), known, Options{})
			came := ""
			for _, v := range facts.Fields[paper.Pieces] {
				if v.Hand {
					came = v.Value
				}
			}
			if facts.Fields.First(paper.Pieces) != "594" || came != tt.came || len(facts.Unread) != tt.unread {
				t.Errorf("%v, %d places unread", facts.Fields[paper.Pieces], len(facts.Unread))
			}
		})
	}
}

// TestALooseCount: a number by pen that no label which was read asks for is a person's, unless it is the count that is printed.
func TestALooseCount(t *testing.T) {
	for _, tt := range []struct {
		label, count string
		unread       int
	}{{"", "591", 1}, {"", "594", 0}, {"Driver no.", "591", 0}} {
		p := printed(sheetOfPaper(), typed("PROOF OF DELIVERY\nLoad LD-947195 BOL 10051159\nPieces billed    594\n\n\n                         "+tt.label))
		p.Words = append(p.Words, paper.Word{Text: tt.count, Confidence: 0.8, Line: 9, Box: paper.Box{0.28, 0.17, 0.33, 0.195}})
		f := &finder{sheet: lay(p), known: Learn(knownLoads()), found: map[string][]candidate{}, inTable: map[int]bool{}}
		f.atLabels()
		if got := f.looseCounts(); len(got) != tt.unread {
			t.Errorf("%s %s: %v", tt.label, tt.count, got)
		}
	}
}

func TestLabelsOfWhatCame(t *testing.T) {
	for text, want := range map[string]bool{"Pieces received": true, "PCS REC'D": true, "Qty Rcvd": true, "Pieces accepted 176": true, "Piezas recibidas": true, "Colis recus": true,
		"Pieces shipped": false, "Total pieces": false, "Qty billed": false} {
		f := &finder{sheet: lay(typed(text))}
		got := false
		for _, l := range f.sheet.labels {
			got = got || f.received(l)
		}
		if got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
