package fields

import (
	"image"
	"math"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// stampOn draws a frame that leans by some degrees around its middle.
func stampOn(g *image.Gray, at image.Rectangle, degrees float64) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(at.Min.X+at.Max.X)/2, float64(at.Min.Y+at.Max.Y)/2
	dot := func(x, y float64) {
		px, py := int(cx+cos*(x-cx)-sin*(y-cy)), int(cy+sin*(x-cx)+cos*(y-cy))
		fill(g, image.Rect(px, py, px+4, py+4))
	}
	for x := at.Min.X; x < at.Max.X; x++ {
		dot(float64(x), float64(at.Min.Y))
		dot(float64(x), float64(at.Max.Y))
	}
	for y := at.Min.Y; y < at.Max.Y; y++ {
		dot(float64(at.Min.X), float64(y))
		dot(float64(at.Max.X), float64(y))
	}
}

func TestStampsAreReadLaidLevel(t *testing.T) {
	const form = "DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nReceived by"
	for _, tt := range []struct {
		name, says string
		tilt       float64
		note       string
		date       string
		odd        int
	}{
		{"a refusal", "REFUSED TEMP HIGH", 3, paper.Refused, "", 0},
		{"leaning the other way", "REFUSED", -4, paper.Refused, "", 0},
		{"the day", "DELIVERED 04/12/2026", 5, "", "2026-04-12", 0},
		{"who took it", "STORE RECEIVING", 4, "", "", 0},
		{"too many", "1 tarima de sobra", 2, paper.Over, "", 0},
		{"what takes the harmless back", "RECEIVED UNDER PROTEST", 3, "", "", 1},
		{"a reservation beside the harmless", "RECEIVED SUBJECT INSPECTION", 3, paper.STC, "", 0},
		{"what nobody knows", "QRX HOLDING BAY", 3, "", "", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := sheetOfPaper()
			stampOn(g, image.Rect(600, 500, 1100, 590), tt.tilt)
			page := printed(g, typed(form))
			page.Again = func(region paper.Box, how paper.Closer) ([]paper.Word, error) {
				if math.Abs(how.Tilt-tt.tilt) > 0.6 || how.Tilt == 0 {
					return nil, nil
				}
				words := typed(tt.says).Words
				for i := range words {
					b, w := &words[i].Box, region[2]-region[0]
					tall := 0.013
					x0, x1 := region[0]+b[0]*w, region[0]+b[2]*w
					mid := (region[1] + region[3]) / 2
					*b = paper.Box{x0, mid - tall/2, x1, mid + tall/2}
				}
				return words, nil
			}
			got := ReadPage(page, nil, Options{})
			switch {
			case tt.note == "" && len(got.Notations) > 0, tt.note != "" && (len(got.Notations) != 1 || got.Notations[0].Kind != tt.note):
				t.Errorf("notes %+v, want %s", got.Notations, tt.note)
			case len(got.Unread) != tt.odd:
				t.Errorf("told unread: %v, want %d", got.Unread, tt.odd)
			}
			values(t, got.Fields, map[string]string{paper.DeliveryDate: tt.date})
		})
	}
}

func TestBoxesOfTheFormAreNoStamps(t *testing.T) {
	g := sheetOfPaper()
	frame(g, image.Rect(600, 500, 1100, 590))
	scrawl(g, 300, 800)
	if got := inkOf(g).stamps(); len(got) != 0 {
		t.Errorf("taken for stamps: %v", got)
	}
}

// TestADayBesideTheSignature: its label was not read, the rows of signature and times are where days stand.
func TestADayBesideTheSignature(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"beside it", "Received by            owe 07/02/2026", "2026-07-02"},
		{"before the pickup: another day", "Received by            owe 06/28/2026", ""},
		{"long after", "Received by            owe 11/28/2026", ""},
	} {
		text := "PROOF OF DELIVERY\nLoad LD-947195 BOL 10051159\nPicked up 2026-07-01\n\n\n\n\n\n\n\n" + tt.line
		got := ReadPage(typed(text), Learn(knownLoads()), Options{}).Fields
		if got.First(paper.DeliveryDate) != tt.want {
			t.Errorf("%s: %v", tt.name, got[paper.DeliveryDate])
		}
	}
}

func TestADayInItsColumn(t *testing.T) {
	text := "DRIVER PICKUP RECEIPT\nLoad LD-947195\n\nPieces       Pallets       Weight       Pickup date\n103          5             34,598       Nov 22, 2026"
	values(t, ReadPage(typed(text), nil, Options{}).Fields, map[string]string{paper.PickupDate: "2026-11-22", paper.Pieces: "103"})
}

// TestTheSideOfABoxIsNoOne: a rule in front of a number was read as one.
func TestTheSideOfABoxIsNoOne(t *testing.T) {
	page := typed("BILL OF LADING\nLoad LD-947195\n\nPieces 1210")
	with, without := sheetOfPaper(), sheetOfPaper()
	box := page.Words[len(page.Words)-1].Box
	fill(with, image.Rect(int(box[0]*1700)+2, int(box[1]*2200)-40, int(box[0]*1700)+6, int(box[3]*2200)+40))
	for g, want := range map[*image.Gray]string{with: "210", without: "1210"} {
		values(t, ReadPage(printed(g, page), nil, Options{}).Fields, map[string]string{paper.Pieces: want})
	}
}

// TestAWordingThatASignatureRunsInto is read around its rule, with the strokes left out.
func TestAWordingThatASignatureRunsInto(t *testing.T) {
	g := sheetOfPaper()
	rule(g, 1000, 1500, 1400)
	scrawl(g, 1050, 1390)
	page := printed(g, typed("PROOF OF PICKUP\nLoad LD-947195"+strings.Repeat("\n", 28)+"Seal 5834771"))
	page.Again = func(at paper.Box, how paper.Closer) ([]paper.Word, error) {
		if !how.Print {
			return nil, nil
		}
		return []paper.Word{{Text: "SHIPPING", Confidence: 0.96, Box: paper.Box{0.59, 0.642, 0.65, 0.652}}, {Text: "CLERK", Confidence: 0.96, Box: paper.Box{0.66, 0.642, 0.7, 0.652}}}, nil
	}
	if s, ok := ReadPage(page, nil, Options{}).Signatures[paper.SignsShipper]; !ok || !s.Present {
		t.Errorf("got %+v, listed %v", s, ok)
	}
}

// TestANameIsNoRemark: what is read nearly as a remark's word has to have more that speaks for one.
func TestANameIsNoRemark(t *testing.T) {
	for _, tt := range []struct {
		line string
		sure float64
		want string
	}{
		{"Bremen", 0.92, ""}, {"Nombre SAnda 14", 0.2, ""}, {"3 ctns damaqed", 0.8, paper.Damaged}, {"damaqed corner", 0.8, paper.Damaged},
	} {
		page := typed("DELIVERY RECEIPT\nPRO 842-984459\n\n" + tt.line + "\n\nReceived by")
		page.FromText = false
		for i := range page.Words {
			if page.Words[i].Line == 3 {
				page.Words[i].Confidence = tt.sure
			}
		}
		got := ReadPage(page, nil, Options{}).Notations
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || got[0].Kind != tt.want) {
			t.Errorf("%q is read as %v, want %q", tt.line, got, tt.want)
		}
	}
}
