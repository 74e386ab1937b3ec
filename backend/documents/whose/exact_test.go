package whose

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// typed is a value as it is taken from a text layer behind its label.
func typed(value string) paper.Value {
	return paper.Value{Value: value, Confidence: 0.95, Page: 1, Origin: paper.FromType, Labelled: true}
}

func seen(value string) paper.Value {
	return paper.Value{Value: value, Confidence: 0.95, Page: 1, Origin: paper.FromSeen, Labelled: true}
}

// TestExactNumbersTellTwins: of LD-297263 the neighbour LD-297264 is open, and nothing else on the paper tells them apart.
func TestExactNumbersTellTwins(t *testing.T) {
	twins := []paper.Expected{
		trip("LD-297263", "43520168", "300-744181", "PO621549", "Coastal Appliance", 180),
		trip("LD-297264", "43520169", "300-744182", "PO621550", "Coastal Appliance", 180),
	}
	twins[1].Values[paper.Trailer] = "TR431207"
	values := func(field string, list ...paper.Value) paper.Document {
		return paper.Document{Fields: paper.Fields{field: list}}
	}
	coded := func(kind, value string, fields ...string) paper.Document {
		d := paper.Document{Fields: paper.Fields{}, Barcodes: []paper.Code{{Kind: kind, Value: value, Page: 1}}}
		for _, f := range fields {
			d.Fields[f] = []paper.Value{seen(value)}
		}
		return d
	}
	loose := typed("LD-297263")
	loose.Labelled = false
	for _, c := range []struct {
		name  string
		paper paper.Document
		text  string
		want  string
	}{
		{"typed behind its label", values(paper.Load, typed("LD-297263")), "", "LD-297263"},
		{"its BOL typed", values(paper.Bill, typed("43520169")), "", "LD-297264"},
		{"typed without the letters in front", values(paper.Load, typed("297263")), "", "LD-297263"},
		{"read from a picture", values(paper.Load, seen("LD-297263")), "", ""},
		{"typed without a label", values(paper.Load, loose), "", ""},
		{"typed behind the label of something else", values(paper.Trailer, typed("43520168")), "", ""},
		{"typed behind two labels", paper.Document{Fields: paper.Fields{paper.Bill: {typed("43520168")}, paper.Trailer: {typed("43520168")}}}, "", ""},
		{"typed, and the neighbour's in the text", values(paper.Load, typed("LD-297263")), "instead of LD-297264 please", ""},
		{"Code 128 with its letters", coded("code128", "LD-297263"), "", "LD-297263"},
		{"PDF417", coded("pdf417", "LD-297264"), "", "LD-297264"},
		{"Code 128 of eight digits", coded("code128", "43520168"), "", "LD-297263"},
		{"Code 39, which has no check digit", coded("code39", "LD-297263"), "", ""},
		{"a kind of code that is not known", coded("aztec", "LD-297263"), "", ""},
		{"Code 128 of six bare digits", coded("code128", "297263"), "", ""},
		{"QR with an address in which the number stands", coded("qr", "see LD-297263"), "", ""},
		{"Code 128 with the label of a trailer", coded("code128", "43520168", paper.Trailer), "", ""},
		{"Code 128 with the label of a seal", coded("code128", "43520168", paper.Seal), "", ""},
		{"Code 128 with its own label", coded("code128", "43520168", paper.Bill), "", "LD-297263"},
		{"Code 128 that counts pages", coded("code128", "1/3"), "", ""},
		{"Code 128 of a trailer", coded("code128", "TR431207"), "", ""},
	} {
		var pages []paper.Page
		if c.text != "" {
			pages = append(pages, words(c.text))
		}
		if m := decide(t, Gather(c.paper, pages, ""), twins); m.Load != c.want {
			t.Errorf("%s: named %q (%s), want %q", c.name, m.Load, m.Why, c.want)
		}
	}
	twins[1].Values[paper.Trailer] = "43520168"
	if m := decide(t, Gather(coded("code128", "43520168"), nil, ""), twins); m.Load != "" {
		t.Errorf("a code that is also a trailer: named %q", m.Load)
	}
	gone := []paper.Expected{trip("LD-297264", "70683010", "249-207360", "PO369303", "Coastal Appliance", 475)}
	for name, d := range map[string]paper.Document{"typed": values(paper.Load, typed("LD-297263")), "in a code": coded("code128", "LD-297263")} {
		d.Fields[paper.Consignee] = []paper.Value{seen("Coastal Appliance")}
		if m := decide(t, Gather(d, nil, ""), gone); m.Load != "" {
			t.Errorf("%s, the load itself is not open: given to its neighbour: %s", name, m.Why)
		}
	}
}

// TestExactOrAPerson: whatever of a load's numbers a paper shows, and however each was read, it is that load's or a person's;
// where one of them is typed behind its label, it is that load's.
func TestExactOrAPerson(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		e := loads[rapid.IntRange(0, len(loads)-1).Draw(r, "whose")]
		d := paper.Document{Fields: paper.Fields{}}
		exact := false
		for _, f := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
			v := e.Values[f]
			switch rapid.SampledFrom([]string{"none", "none", "typed", "seen", "misread", "code128", "code39"}).Draw(r, f) {
			case "typed":
				d.Fields[f], exact = []paper.Value{typed(v)}, true
			case "seen":
				d.Fields[f] = []paper.Value{seen(v)}
			case "misread":
				d.Fields[f] = []paper.Value{seen(confusedOnce(r, freight.NormalRef(v)))}
			case "code128":
				d.Barcodes = append(d.Barcodes, paper.Code{Kind: "code128", Value: v})
			case "code39":
				d.Barcodes = append(d.Barcodes, paper.Code{Kind: "code39", Value: v})
			}
		}
		m := decide(t, Gather(d, nil, ""), loads)
		if m.Load != "" && m.Load != e.Load || exact && m.Load == "" {
			t.Fatalf("the paper of %s was given to %q: %s", e.Load, m.Load, m.Why)
		}
	})
}

// TestAMisreadNeighbourStaysAPersons: a reading that is off by a digit, so that it is another open load's number, is a person's.
func TestAMisreadNeighbourStaysAPersons(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at := rapid.IntRange(100000, 899999).Draw(r, "number")
		digit := rapid.IntRange(0, 9).Draw(r, "digit")
		number := fmt.Sprint(at)
		place := rapid.IntRange(0, len(number)-1).Draw(r, "place")
		other := number[:place] + fmt.Sprint(digit) + number[place+1:]
		if other == number || strings.HasPrefix(other, "0") {
			return
		}
		loads := []paper.Expected{trip("LD-"+number, "11111111", "100-111111", "PO111111", "Coastal Appliance", 5),
			trip("LD-"+other, "22222222", "200-222222", "PO222222", "Coastal Appliance", 5)}
		d := paper.Document{Fields: paper.Fields{paper.Load: {seen("LD-" + number)}}, Barcodes: []paper.Code{{Kind: "code39", Value: "LD-" + number}}}
		if m := decide(t, Gather(d, nil, ""), loads); m.Load != "" {
			t.Fatalf("%q was named for a reading of %s beside %s: %s", m.Load, number, other, m.Why)
		}
	})
}

// TestALessonBringsNoPaperToALoad: whatever numbers wrong lessons say a paper has, it is given to the load that it is given to
// without them, or to nobody.
func TestALessonBringsNoPaperToALoad(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		at := rapid.IntRange(0, len(loads)-1).Draw(r, "whose")
		without := garbled(r, loads[at], 0)
		doc := paper.Document{Fields: paper.Fields{}}
		var line []string
		plain := without.Fields
		for field, values := range plain {
			doc.Fields[field] = values
			for _, v := range values {
				line = append(line, v.Value)
			}
		}
		for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal, paper.Trailer} {
			if !rapid.Bool().Draw(r, "taught "+field) {
				continue
			}
			of := loads[rapid.IntRange(0, len(loads)-1).Draw(r, "of")]
			v := paper.Value{Value: of.Values[rapid.SampledFrom([]string{paper.Load, paper.Bill, paper.PRO, paper.PO}).Draw(r, "number")], Confidence: rapid.SampledFrom([]float64{0.5, 0.7, 0.95}).Draw(r, "sure"), Page: 1,
				Learned: true, Origin: rapid.SampledFrom([]paper.Origin{paper.FromType, paper.FromSeen}).Draw(r, "origin")}
			doc.Fields[field] = append([]paper.Value{v}, doc.Fields[field]...)
			line = append(line, v.Value) // it stands on the paper, with or without a lesson
		}
		var pages []paper.Page
		if rapid.Bool().Draw(r, "with its text") {
			slices.Sort(line)
			pages = []paper.Page{words(strings.Join(line, "  "))}
		}
		taught := decide(t, Gather(doc, pages, ""), loads)
		doc.Fields = plain
		untaught := decide(t, Gather(doc, pages, ""), loads)
		if taught.Load != "" && taught.Load != untaught.Load {
			t.Fatalf("the paper of %s was given to %q, with what was taught to %s: %s", loads[at].Load, untaught.Load, taught.Load, taught.Why)
		}
	})
}

// TestALessonKeepsAPaperFromALoad: another BOL behind a taught label is told, and a person looks; the load's own is not doubted.
func TestALessonKeepsAPaperFromALoad(t *testing.T) {
	doc := paper.Document{Fields: paper.Fields{paper.Load: {seen("LD-231689")}, paper.Bill: {{Value: "99887766", Confidence: 0.9, Page: 1, Learned: true}}}}
	if m := decide(t, Gather(doc, nil, ""), desk); m.Load != "" || !strings.Contains(m.Why, "BOL 99887766 is not the load's 23385498") {
		t.Errorf("another BOL: %q, %s", m.Load, m.Why)
	}
	doc.Fields[paper.Bill] = append(doc.Fields[paper.Bill], seen("23385498"))
	if m := decide(t, Gather(doc, nil, ""), desk); m.Load != "LD-231689" {
		t.Errorf("beside the load's own: %q, %s", m.Load, m.Why)
	}
}
