package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestNotations(t *testing.T) {
	for _, tt := range []struct{ line, kind string }{
		{"2 cases short", paper.Short},
		{"SHORT 2 CTNS", paper.Short},
		{"1 pallet missing", paper.Short},
		{"FALTAN 3 CAJAS", paper.Short},
		{"OVER 1 CASE", paper.Over},
		{"2 cartons extra", paper.Over},
		{"SOBRAN 2 BULTOS", paper.Over},
		{"3 cartons damaged", paper.Damaged},
		{"1 CTN DAMAGED - CRUSHED CORNER", paper.Damaged},
		{"2 CAJAS DAÑADAS", paper.Damaged},
		{"water damage", paper.Damaged},
		{"REFUSED - WRONG ITEM", paper.Refused},
		{"Rechazado por temperatura", paper.Refused},
		{"Load refused by receiver", paper.Refused},
		{"SLC - SHIPPER LOAD AND COUNT", paper.SLC},
		{"Subject to count", paper.STC},
		{"S.T.C. 24 pallets", paper.STC},
		{"☒ Damaged", paper.Damaged},
		{"[X] Short", paper.Short},

		{"No damage", ""},
		{"Damage: none", ""},
		{"0 damaged", ""},
		{"Sin daños ni faltantes", ""},
		{"Shortages must be noted on the delivery receipt", ""},
		{"Claims for loss or damage within 9 months", ""},
		{"OVER, SHORT AND DAMAGE REPORT", ""},
		{"EXCEPTIONS (shortage, overage, damage)", ""},
		{"Over     Short     Damaged", ""},
		{"☐ Short   ☐ Over   ☐ Damaged   ☐ Refused", ""},
		{"☐ By driver/pallets said to contain", ""},
		{"STRAIGHT BILL OF LADING - SHORT FORM", ""},
		{"RECEIVED IN GOOD ORDER EXCEPT AS NOTED", ""},
		{"Freight received in full and in good condition unless noted above", ""},
	} {
		got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\n"+tt.line+"\n\nReceived by"), nil, Options{}).Notations
		switch {
		case tt.kind == "" && len(got) > 0:
			t.Errorf("%q is read as %s", tt.line, got[0].Kind)
		case tt.kind != "" && (len(got) != 1 || got[0].Kind != tt.kind):
			t.Errorf("%q is read as %v, want %s", tt.line, got, tt.kind)
		}
	}
}

func TestTickedAmongUnticked(t *testing.T) {
	got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\n☐ Short   ☒ Damaged   ☐ Refused"), nil, Options{}).Notations
	if len(got) != 1 || got[0].Kind != paper.Damaged {
		t.Errorf("got %v", got)
	}
	for line, kind := range map[string]string{"☒ Short, ☐ Damaged": paper.Short, "☒ faltante, sobrante": ""} {
		got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\n"+line), nil, Options{}).Notations
		if kind == "" && len(got) > 0 || kind != "" && (len(got) != 1 || got[0].Kind != kind) {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// TestLargeWordsAreNoHeading: a remark of one word that is written larger than print, or of words that stand wide apart.
func TestLargeWordsAreNoHeading(t *testing.T) {
	const tall = 0.03
	form := typed("DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n\n\n\n\nReceived by")
	write := func(top float64, words ...string) paper.Page {
		p := form
		p.Words = append([]paper.Word(nil), form.Words...)
		for i, w := range words {
			left := 0.1 + 0.15*float64(i)
			p.Words = append(p.Words, paper.Word{Text: w, Confidence: 1, Line: 40, Box: paper.Box{left, top, left + 0.11, top + tall}})
		}
		return p
	}
	for _, tt := range []struct {
		name string
		page paper.Page
		kind string
	}{
		{"one word", write(0.25, "REFUSED"), paper.Refused},
		{"words wide apart", write(0.25, "2", "CASES", "SHORT"), paper.Short},
		{"a title", write(0.01, "DAMAGED"), ""},
		{"no remark", write(0.25, "RECEIVED"), ""},
	} {
		got := ReadPage(tt.page, nil, Options{}).Notations
		if tt.kind == "" && len(got) > 0 || tt.kind != "" && (len(got) != 1 || got[0].Kind != tt.kind) {
			t.Errorf("%s: %v, want %q", tt.name, got, tt.kind)
		}
	}
}

func TestLinesBesideANoteAreNoneOfIts(t *testing.T) {
	for text, want := range map[string]string{"| refused by": "refused by", "2 CTN SHORT |_": "2 CTN SHORT", "short 2 | over 1": "short 2 | over 1", "||": ""} {
		if got := unruled(text); got != want {
			t.Errorf("%q is told as %q, not %q", text, got, want)
		}
	}
}

func TestStrokesAreNoWordOfANote(t *testing.T) {
	near := func(string) int { return 2 }
	if got := nearestNote("anaaa", near); got != "anaaa" {
		t.Errorf("a row of strokes is taken for %q", got)
	}
	if got := nearestNote("danata", near); got != "danada" {
		t.Errorf("a misread word is taken for %q", got)
	}
}

func TestThePartyOfAPlaceIsNoRemark(t *testing.T) {
	here, there := paper.Box{0.3, 0.22, 0.53, 0.24}, paper.Box{0.3, 0.5, 0.53, 0.52}
	f := finder{sheet: &sheet{}, found: map[string][]candidate{paper.Shipper: {{read: read{value: "Larkspur Home Center #118", box: here}}}}}
	for _, tt := range []struct {
		text  string
		at    paper.Box
		party bool
	}{
		{"oo Larkspur Home Center #118", here, true},
		{"Larkspur Home Center #118", there, false},
		{"Refused by Larkspur Home Center #118", here, false},
		{"SLC Larkspur Home Center #118", here, false},
		{"Larkspur Home", here, false},
		{"PR Larkspur Home Center #118", here, true},
		{"HPR Larkspur Home Center #118", here, true},
	} {
		if got := f.partyAt(tt.at, tt.text); got != tt.party {
			t.Errorf("%q at %v is a party: %v", tt.text, tt.at, got)
		}
	}
	f.sheet.labels = []found{{label: label{field: paper.Shipper}, box: here}}
	if !f.partyAt(here, "Consigned by _Larkspur Home Center #118") {
		t.Error("a party with its label is none")
	}
}

// A word of a party's name is itself, however near to a word of a remark it comes.
func TestAPartysNameIsNoMisreadRemark(t *testing.T) {
	cell := []token{{text: "BEVERAGE", key: "beverage", sure: 0.6}}
	known := Learn([]paper.Expected{{Load: "LD-947195", Values: map[string]string{paper.Consignee: "Harbor Beverage Group"}}})
	for want, k := range map[string]*Known{"beverage": known, "overage": Learn(nil)} {
		f := &finder{known: k, sheet: &sheet{}, scrawl: true}
		if got, plain := asWritten(cell, f.likeness(cell)), asWritten(cell, f.plainly(cell)); got != want || plain != want {
			t.Errorf("read as %q and %q, want %q", got, plain, want)
		}
	}
}
