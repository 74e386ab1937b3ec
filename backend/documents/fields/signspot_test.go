package fields

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// leaningRule is a rule that falls by one part in so many.
func leaningRule(g *image.Gray, x0, x1, y, in int) {
	for x := x0; x < x1; x++ {
		fill(g, image.Rect(x, y+(x-x0)/in, x+1, y+3+(x-x0)/in))
	}
}

// paleScrawl is a signature of a thin pen that left hardly any ink.
func paleScrawl(g *image.Gray, x, y int, shade uint8) {
	for i := range 2500 {
		at := float64(i) / 10
		dy := int(22*math.Sin(at/14) + 9*math.Sin(at/5))
		for n := range 2 {
			g.SetGray(x+int(at), y-30+dy+n, color.Gray{Y: shade})
		}
	}
}

func wipe(g *image.Gray, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g.SetGray(x, y, color.Gray{Y: 255})
		}
	}
}

// paleFrame is the frame of a cell in a grey that print does not have.
func paleFrame(g *image.Gray, r image.Rectangle, shade uint8) {
	for n := range 3 {
		for x := r.Min.X; x < r.Max.X; x++ {
			g.SetGray(x, r.Min.Y+n, color.Gray{Y: shade})
			g.SetGray(x, r.Max.Y-n, color.Gray{Y: shade})
		}
		for y := r.Min.Y; y < r.Max.Y; y++ {
			g.SetGray(r.Min.X+n, y, color.Gray{Y: shade})
			g.SetGray(r.Max.X-n, y, color.Gray{Y: shade})
		}
	}
}

func TestPlacesToSign(t *testing.T) {
	head := "DELIVERY RECEIPT\nPRO 842-984459\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
	for _, tt := range []struct {
		name, label string
		draw        func(g *image.Gray)
		role        string
		signed      bool
	}{
		{"the heading of a table's cell", "Carrier signature / pickup date", func(g *image.Gray) {
			frame(g, image.Rect(25, 700, 1600, 1300)) // whose sides go on above the cell
			rule(g, 25, 1600, 980)
			rule(g, 45, 450, 1110)
			scrawl(g, 80, 1100)
		}, paper.SignsDriver, true},
		{"the heading of an empty cell under a signed one", "Carrier signature / pickup date", func(g *image.Gray) {
			frame(g, image.Rect(25, 700, 1600, 1300))
			scrawl(g, 80, 970)
			rule(g, 25, 1600, 980)
			rule(g, 45, 450, 1110)
		}, paper.SignsDriver, false},
		{"received, shortened, its apostrophe misread", "RECT BY (SIGNATURE)", func(g *image.Gray) { frame(g, image.Rect(25, 980, 600, 1110)); scrawl(g, 80, 1090) }, paper.SignsConsignee, true},
		{"on a leaning stamp", "REC'D BY", func(g *image.Gray) { leaningRule(g, 200, 600, 1005, 25); scrawl(g, 240, 1005) }, paper.SignsConsignee, true},
		{"on a leaning stamp, with what is filled in above", "REC'D BY", func(g *image.Gray) {
			leaningRule(g, 200, 600, 920, 25)
			fill(g, image.Rect(300, 880, 310, 925))
			fill(g, image.Rect(330, 880, 340, 925))
			leaningRule(g, 200, 600, 1005, 25)
		}, paper.SignsConsignee, false},
		{"within the frame of a stamp alone", "REC'D BY", func(g *image.Gray) {
			leaningRule(g, 20, 620, 930, 25)
			leaningRule(g, 20, 620, 1050, 25)
			fill(g, image.Rect(20, 930, 24, 1052))
			fill(g, image.Rect(616, 954, 620, 1076))
		}, paper.SignsConsignee, false},
		{"a thin pale pen", "Driver signature", func(g *image.Gray) { rule(g, 40, 500, 980); paleScrawl(g, 80, 975, 190) }, paper.SignsDriver, true},
		{"a pale crease", "Driver signature", func(g *image.Gray) {
			rule(g, 40, 500, 980)
			for x := range 460 {
				for n := range 2 {
					g.SetGray(40+x, 940+x/12+n, color.Gray{Y: 190})
				}
			}
		}, paper.SignsDriver, false},
		{"what shows through", "Driver signature", func(g *image.Gray) { rule(g, 40, 500, 980); paleScrawl(g, 80, 975, 235) }, paper.SignsDriver, false},
		{"in French", "Signature du destinataire", func(g *image.Gray) { rule(g, 40, 500, 980); scrawl(g, 80, 975) }, paper.SignsConsignee, true},
		{"a thin pen that broke where it is palest", "Driver signature", func(g *image.Gray) {
			rule(g, 40, 500, 980)
			paleScrawl(g, 80, 975, 190)
			for x := 80; x < 340; x += 60 {
				wipe(g, image.Rect(x, 900, x+8, 978))
			}
		}, paper.SignsDriver, true},
		{"pale specks over a line", "Driver signature", func(g *image.Gray) {
			rule(g, 40, 500, 980)
			for x := 80; x < 340; x += 60 {
				for n := range 14 {
					g.SetGray(x+n, 940+n, color.Gray{Y: 190})
				}
			}
		}, paper.SignsDriver, false},
		{"in a cell of rules paler than print", "Consignee signature", func(g *image.Gray) {
			paleFrame(g, image.Rect(25, 980, 600, 1110), 200)
			scrawl(g, 80, 1090)
		}, paper.SignsConsignee, true},
		{"an empty cell of pale rules under one with a date", "Consignee signature", func(g *image.Gray) {
			paleFrame(g, image.Rect(25, 880, 600, 980), 200)
			paleFrame(g, image.Rect(25, 980, 600, 1110), 200)
			scrawl(g, 80, 960)
		}, paper.SignsConsignee, false},
		{"on a stamp set askew, whose foot is level", "REC'D BY", func(g *image.Gray) {
			leaningRule(g, 200, 600, 1005, 25)
			scrawl(g, 240, 1005)
			rule(g, 20, 620, 1062)
		}, paper.SignsConsignee, true},
		{"two words read as one", "Acceptedby", func(g *image.Gray) { rule(g, 200, 600, 1005); scrawl(g, 240, 1000) }, paper.SignsConsignee, true},
		{"a role misread beside the word for signing", "Dnver signature at pickup", func(g *image.Gray) { frame(g, image.Rect(25, 980, 600, 1110)); scrawl(g, 80, 1090) }, paper.SignsDriver, true},
		{"what was read into the signature is no cell", "Shipper X", func(g *image.Gray) { rule(g, 200, 600, 1010); scrawl(g, 230, 1005) }, paper.SignsShipper, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := sheetOfPaper()
			tt.draw(g)
			p := printed(g, typed(head+tt.label))
			if tt.role == paper.SignsShipper {
				p.Words = append(p.Words, paper.Word{Text: "NAV", Confidence: 0.4, Box: paper.Box{0.16, 0.445, 0.25, 0.465}})
			}
			got := ReadPage(p, nil, Options{}).Signatures
			s, listed := got[tt.role]
			if !listed || s.Present != tt.signed || len(got) != 1 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A driver's app types the name of who received, and has the signature drawn in a box further down.
func TestTheNameTypedTheSignatureDrawn(t *testing.T) {
	head := "PROOF OF DELIVERY\nPRO 842-984459\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
	for _, signed := range []bool{true, false} {
		g := sheetOfPaper()
		frame(g, image.Rect(34, 1020, 600, 1200))
		if signed {
			scrawl(g, 100, 1120)
		}
		p := printed(g, typed(head+"Received by\nDenise Roy\n\n\nSignature"))
		if s, ok := ReadPage(p, nil, Options{}).Signatures[paper.SignsConsignee]; !ok || s.Present != signed {
			t.Errorf("signed %v: got %+v", signed, s)
		}
	}
}

// On a proof of delivery a signature whose wording was not read is the consignee's, but not where it turns out to be the driver's.
func TestASignatureIsNobodyElses(t *testing.T) {
	for beside, want := range map[string]bool{"Driver": false, "Terms": true} {
		g := sheetOfPaper()
		rule(g, 240, 700, 1510)
		scrawl(g, 280, 1500)
		p := printed(g, typed("PROOF OF DELIVERY\nPRO 842-984459"))
		p.Again = func(region paper.Box, _ paper.Closer) ([]paper.Word, error) {
			return []paper.Word{{Text: beside, Confidence: 0.9, Box: paper.Box{0.05, 0.675, 0.12, 0.685}}}, nil
		}
		if got := ReadPage(p, nil, Options{}).Signatures[paper.SignsConsignee].Present; got != want {
			t.Errorf("%s: %v", beside, got)
		}
	}
}

// A signature that no line was found for is of the role that the wording beside it names, read once more.
func TestWhoseASignatureIs(t *testing.T) {
	for _, c := range []struct {
		title, beside string
		want          string
	}{
		{"PROOF OF PICKUP", "DRIVER X", paper.SignsDriver},
		{"PROOF OF PICKUP", "SHIPPER X", paper.SignsShipper},
		{"PROOF OF PICKUP", "Deiver", paper.SignsDriver},
		{"PROOF OF PICKUP", "Terms", ""},
		{"PROOF OF PICKUP", "Shipper Driver", ""},
		{"PROOF OF PICKUP", "the driver is to sign here for the freight", ""},
		{"PROOF OF DELIVERY", "Driver", paper.SignsDriver},
		{"PROOF OF DELIVERY", "Terms", paper.SignsConsignee},
	} {
		g := sheetOfPaper()
		rule(g, 240, 700, 1510)
		scrawl(g, 280, 1500)
		p := printed(g, typed(c.title+"\nPRO 842-984459"))
		p.Again = func(region paper.Box, _ paper.Closer) (out []paper.Word, err error) {
			for i, w := range strings.Fields(c.beside) {
				x := 0.05 + 0.02*float64(i)
				out = append(out, paper.Word{Text: w, Confidence: 0.9, Box: paper.Box{x, 0.675, x + 0.018, 0.685}})
			}
			return out, nil
		}
		got := ReadPage(p, nil, Options{}).Signatures
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !got[c.want].Present) {
			t.Errorf("%s, %q: %+v", c.title, c.beside, got)
		}
	}
}

func TestANumberOfTheDriversIsNoLine(t *testing.T) {
	head := "DELIVERY RECEIPT\nPRO 842-984459\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
	for _, label := range []string{"Driver No.", "Driver license", "Carrier phone"} {
		if got := ReadPage(printed(sheetOfPaper(), typed(head+label)), nil, Options{}).Signatures; len(got) > 0 {
			t.Errorf("%s: %+v", label, got)
		}
	}
}

func TestReceivedShortened(t *testing.T) {
	for _, tt := range []struct {
		cell string
		want bool
	}{
		{"REC'D BY", true}, {"REC BY", true}, {"RCV'D BY", true}, {"Recv'd by", true}, {"RECTD BY", true}, {"REC' D BY", true}, {"RECDBY _", true}, {"RECEIVEDBY", true}, {"RECT BY (SIGNATURE)", true},
		{"REC'D BY DRIVER", false}, {"RECORD BY", false}, {"REF BY", false}, {"REC'D", false},
	} {
		var cell []token
		for _, w := range typed(tt.cell).Words {
			cell = append(cell, cut(w)...)
		}
		if got := receivedBy(cell) > 0; got != tt.want {
			t.Errorf("%s: %v", tt.cell, got)
		}
	}
}
