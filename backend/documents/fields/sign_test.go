package fields

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// sheetOfPaper is a white page of 200 dots an inch.
func sheetOfPaper() *image.Gray {
	g := image.NewGray(image.Rect(0, 0, 1700, 2200))
	for i := range g.Pix {
		g.Pix[i] = 250
	}
	return g
}

func rule(g *image.Gray, x0, x1, y int) { fill(g, image.Rect(x0, y, x1, y+3)) }

func fill(g *image.Gray, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g.SetGray(x, y, color.Gray{Y: 30})
		}
	}
}

func frame(g *image.Gray, r image.Rectangle) {
	rule(g, r.Min.X, r.Max.X, r.Min.Y)
	rule(g, r.Min.X, r.Max.X, r.Max.Y-3)
	fill(g, image.Rect(r.Min.X, r.Min.Y, r.Min.X+3, r.Max.Y))
	fill(g, image.Rect(r.Max.X-3, r.Min.Y, r.Max.X, r.Max.Y))
}

// scrawl is a signature over (x, y), some 250 dots wide.
func scrawl(g *image.Gray, x, y int) {
	for i := range 2500 {
		at := float64(i) / 10
		h := 22*math.Sin(at/14) + 9*math.Sin(at/5)
		fill(g, image.Rect(x+int(at), y-30+int(h), x+int(at)+3, y-27+int(h)))
	}
}

// printed darkens the words of a page, as print does.
func printed(g *image.Gray, p paper.Page) paper.Page {
	for _, w := range p.Words {
		x0, y0, y1 := int(w.Box[0]*1700), int(w.Box[1]*2200), int(w.Box[3]*2200)
		for i := range len(w.Text) {
			fill(g, image.Rect(x0+i*17+2, y0, x0+i*17+5, y1))
		}
	}
	p.Grey, p.DPI, p.FromText = g, 200, false
	return p
}

func TestSignatures(t *testing.T) {
	// The labels stand in line 21: 0.05 + 20 x 0.02 of the page down, at 990 dots.
	head := "DELIVERY RECEIPT\nPRO 842-984459\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
	for _, tt := range []struct {
		name, label string
		draw        func(g *image.Gray)
		role        string
		signed      bool
	}{
		{"over its rule", "Receiver signature", func(g *image.Gray) { rule(g, 40, 500, 980); scrawl(g, 80, 975) }, paper.SignsConsignee, true},
		{"empty rule", "Receiver signature", func(g *image.Gray) { rule(g, 40, 500, 980) }, paper.SignsConsignee, false},
		{"above its rule, label on top", "Driver signature", func(g *image.Gray) { rule(g, 40, 500, 1110); scrawl(g, 80, 1100) }, paper.SignsDriver, true},
		{"beside, in Spanish", "Firma del remitente", func(g *image.Gray) { rule(g, 400, 800, 1015); scrawl(g, 430, 1010) }, paper.SignsShipper, true},
		{"in a box under the label", "Consignee signature", func(g *image.Gray) { frame(g, image.Rect(25, 980, 600, 1110)); scrawl(g, 80, 1090) }, paper.SignsConsignee, true},
		{"empty box", "Consignee signature", func(g *image.Gray) { frame(g, image.Rect(25, 980, 600, 1110)) }, paper.SignsConsignee, false},
		{"a job at a dock", "Receiving supervisor", func(g *image.Gray) { rule(g, 40, 500, 980); scrawl(g, 80, 975) }, paper.SignsConsignee, true},
		{"a job at a dock that does not say whose", "Dock foreman", func(g *image.Gray) { rule(g, 40, 500, 980) }, paper.SignsConsignee, false},
		{"a dock that is asked to sign", "Shipping print and sign", func(g *image.Gray) { rule(g, 40, 500, 980); scrawl(g, 80, 975) }, paper.SignsShipper, true},
		{"the driver receives", "Received by driver", func(g *image.Gray) { rule(g, 40, 500, 980); scrawl(g, 80, 975) }, paper.SignsDriver, true},
		{"a name on one line, the signature on another", "Received by                              Signature", func(g *image.Gray) {
			rule(g, 260, 600, 1015)
			fill(g, image.Rect(280, 985, 300, 1010))
			rule(g, 697, 1200, 980)
			scrawl(g, 740, 975)
		}, paper.SignsConsignee, true},
		{"a name on one line, the other not signed", "Received by                              Signature", func(g *image.Gray) {
			rule(g, 260, 600, 1015)
			scrawl(g, 280, 1010)
			rule(g, 697, 1200, 980)
		}, paper.SignsConsignee, false},
		{"specks only", "Received by", func(g *image.Gray) {
			rule(g, 200, 600, 1015)
			rng := rand.New(rand.NewPCG(1, 2))
			for range 400 {
				x, y := rng.IntN(1600), rng.IntN(2100)
				fill(g, image.Rect(x, y, x+3, y+3))
			}
		}, paper.SignsConsignee, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := sheetOfPaper()
			tt.draw(g)
			got := ReadPage(printed(g, typed(head+tt.label)), nil, Options{}).Signatures
			s, listed := got[tt.role]
			if !listed || s.Present != tt.signed || len(got) != 1 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestProseAboutSignaturesIsNoLine(t *testing.T) {
	text := "BILL OF LADING\nBOL 23385498\n\n\n\n\n\n\n\n\n\n\nCarrier acknowledges receipt of packages and required placards and certifies\nthat the shipper has signed nothing here and the driver will not either"
	if got := ReadPage(printed(sheetOfPaper(), typed(text)), nil, Options{}).Signatures; len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}

// A signature that runs into its wording leaves pieces of it, on a rule that stands by itself.
func TestWordingInPieces(t *testing.T) {
	for _, tt := range []struct{ pieces, role string }{
		{"SHI ING CLERK", paper.SignsShipper},
		{"Con nee sign", paper.SignsConsignee},
		{"ER SIGNATURE", ""}, // of the driver or of the shipper
		{"CLERK", ""},
		{"RECEIVED", ""}, // of a stamp
		{"TERMS APPLY", ""},
	} {
		f := &finder{sheet: lay(typed("PROOF OF PICKUP\n" + tt.pieces))}
		var cell []token
		for _, word := range strings.Fields(tt.pieces) {
			cell = append(cell, token{text: word, key: strings.ToLower(word)})
		}
		if got, ok := f.tornLine(cell); got.role != tt.role || ok != (tt.role != "") {
			t.Errorf("%s: %q", tt.pieces, got.role)
		}
	}
}

func TestDrawnBoxes(t *testing.T) {
	text := "DELIVERY RECEIPT\nPRO 842-984459\n\n\n\n     Short          Damaged"
	for _, tt := range []struct {
		name string
		tick bool
		want int
	}{{"empty", false, 0}, {"ticked", true, 1}} {
		g := sheetOfPaper()
		frame(g, image.Rect(80, 330, 110, 360))
		frame(g, image.Rect(335, 330, 365, 360))
		if tt.tick {
			for i := range 22 {
				fill(g, image.Rect(339+i, 334+i, 343+i, 338+i))
				fill(g, image.Rect(339+i, 356-i, 343+i, 360-i))
			}
		}
		got := ReadPage(printed(g, typed(text)), nil, Options{}).Notations
		if len(got) != tt.want || tt.want == 1 && got[0].Kind != paper.Damaged {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// rereadable is a page whose places in doubt read as the answers say, one after the other.
func rereadable(text string, sure float64, answers ...string) paper.Page {
	g := sheetOfPaper()
	p := printed(g, typed(text))
	scrawl(g, 330, 280) // beside the label
	n := 0
	p.Again = func(region paper.Box, _ paper.Closer) ([]paper.Word, error) {
		answer := answers[min(n, len(answers)-1)]
		n++
		return []paper.Word{{Text: answer, Confidence: sure, Box: region}}, nil
	}
	return p
}

func TestSecondReadings(t *testing.T) {
	text := "PROOF OF DELIVERY\nLoad LD-947195 BOL 10051159\n\nPieces received"
	for _, tt := range []struct {
		name    string
		answers []string
		sure    float64
		known   *Known
		want    string
	}{
		{"two agree", []string{"612", "612"}, 0.9, nil, "612"},
		{"two agree in scrawl", []string{"612", "612"}, 0.8, nil, ""},
		{"none agree", []string{"612", "617", "672"}, 0.9, nil, ""},
		{"one is what the load says", []string{"594"}, 0.8, Learn(knownLoads()), "594"},
		{"two agree against the load: a person counts", []string{"591", "591"}, 0.9, Learn(knownLoads()), ""},
		{"nothing to read", []string{"~"}, 0.8, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadPage(rereadable(text, tt.sure, tt.answers...), tt.known, Options{}).Fields
			if got.First(paper.Pieces) != tt.want {
				t.Errorf("got %v", got[paper.Pieces])
			}
		})
	}
}

// The sum of rows is as high as its rows: it is not taken for large writing, and the rows are not read as one number.
func TestASumIsNobodysWriting(t *testing.T) {
	p := printed(sheetOfPaper(), typed("BILL OF LADING\nQty      Unit     Item                     Weight\n46       CTN      Microwave ovens          5,595\n47       CTN      Bottled water            5,596\n49       CTN      Table lamps              5,597"))
	for i := range p.Words {
		p.Words[i].Confidence = 0.8
	}
	p.Again = func(region paper.Box, _ paper.Closer) ([]paper.Word, error) {
		if region[3] > 0.12 && region[3]-region[1] > 2*lineDown {
			t.Errorf("rows are read as one: %v", region)
		}
		return nil, nil
	}
	got := ReadPage(p, nil, Options{}).Fields[paper.Pieces]
	if len(got) == 0 || got[0].Value != "142" || got[0].Hand {
		t.Errorf("got %v", got)
	}
}

func TestNoSecondReadingWhereNoneIsWanted(t *testing.T) {
	p := rereadable("PROOF OF DELIVERY\nLoad LD-947195 BOL 10051159\n\nPieces received", 0.9, "612")
	if got := ReadPage(p, nil, Options{Once: true}).Fields.First(paper.Pieces); got != "" {
		t.Errorf("got %s", got)
	}
}

// A name on "Received by (name)" is no signature: where nothing stands on the line to sign, the paper is not signed.
func TestANameIsNoSignature(t *testing.T) {
	for _, label := range []string{"Recibió (nombre)", "Received by (print)", "Reçu par (nom)"} {
		page := typed("PROOF OF DELIVERY\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n" + label + "\n\n\n\nConsignee signature")
		g := sheetOfPaper()
		page = printed(g, page)
		page.Grey = g
		at := inkOf(g).rect(page.Words[len(page.Words)-3].Box)
		scrawl(g, at.Max.X+30, at.Max.Y)
		rule(g, at.Max.X+20, at.Max.X+420, at.Max.Y+6)
		if got := ReadPage(page, nil, Options{Once: true}).Signatures[paper.SignsConsignee]; got.Present {
			t.Errorf("%s: taken for a signature at %v", label, got.Box)
		}
	}
}

// "Received by" with a legible name and nothing else is not signed; more ink than the name's is.
func TestALegibleNameStandsForItself(t *testing.T) {
	name := paper.Box{0.5, 0.70, 0.6, 0.72}
	f := &finder{found: map[string][]candidate{paper.Name: {{read: read{value: "Will Garza", box: name}}}}}
	for _, tt := range []struct {
		ink  paper.Box
		want bool
	}{
		{paper.Box{0.52, 0.70, 0.6, 0.72}, true},
		{paper.Box{0.3, 0.69, 0.6, 0.73}, false},
		{paper.Box{0.3, 0.69, 0.45, 0.73}, false},
	} {
		if got := f.nameStands(tt.ink); got != tt.want {
			t.Errorf("ink at %v: %v, want %v", tt.ink, got, tt.want)
		}
	}
	f.found[paper.Name][0].value = "Garza"
	if f.nameStands(name) {
		t.Error("one word is read into a signature as well")
	}
}
