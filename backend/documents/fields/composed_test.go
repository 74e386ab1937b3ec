package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// seenAs is a page of a scan on which words read as surely as said, all others very surely.
func seenAs(text string, sure map[string]float64) paper.Page {
	p := typed(text)
	p.FromText = false
	for i := range p.Words {
		p.Words[i].Confidence = 0.96
		if s, ok := sure[p.Words[i].Text]; ok {
			p.Words[i].Confidence = s
		}
	}
	return p
}

func TestCaptionsOfTheTrade(t *testing.T) {
	tests := []struct {
		name, text string
		sure       map[string]float64
		want       map[string]string
	}{
		{"who, and what of it stands there", `
BILL OF LADING
Origin facility              Receiving facility
KESTREL TOOLS INC            PINE HARBOR FOODS
12 Anvil Rd                  900 Quay St
Dayton, OH 45402             Erie, PA 16501

Transporting carrier     Alpha code     Carrier pro     Seal ID
GULL RIVER FREIGHT       GLRV           414-220931      7730218`, nil,
			map[string]string{paper.Shipper: "KESTREL TOOLS INC", paper.ShipperAddr: "12 Anvil Rd, Dayton, OH 45402", paper.Consignee: "PINE HARBOR FOODS",
				paper.ConsigneeAddr: "900 Quay St, Erie, PA 16501", paper.SCAC: "GLRV", paper.PRO: "414-220931", paper.Seal: "7730218"}},
		{"a date runs over into the next column", `
DELIVERY RECEIPT
SHIP DATE         LADING #     P/O #
September 29, 2026 B642843     37178148`, nil,
			map[string]string{paper.Bill: "B642843", paper.PO: "37178148", paper.PickupDate: "2026-09-29"}},
		{"a unit read as figures is no weight", `
DELIVERY RECEIPT
PIECES     KIND     ARTICLES             WT 185
344        PKGS     CANNED TOMATOES      15,499`, map[string]float64{"185": 0.6},
			map[string]string{paper.Pieces: "344", paper.Weighed: "15499"}},
		{"copies are for nobody", `
DELIVERY RECEIPT
PART 1 - TERMINAL     PART 2 - CONSIGNEE     PART 3 - DRIVER
CNEE     VIREO GARDEN CENTERS
         1901 TRELLIS ST
         SPOKANE, WA 99202`, nil,
			map[string]string{paper.Consignee: "VIREO GARDEN CENTERS", paper.ConsigneeAddr: "1901 TRELLIS ST, SPOKANE, WA 99202"}},
		{"a word that was read surely is no label misread", `
DELIVERY RECEIPT
Ship to: Garrick Sons Paint
Ship from: Moss Paper Converters`, nil,
			map[string]string{paper.Consignee: "Garrick Sons Paint", paper.Shipper: "Moss Paper Converters"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(seenAs(tt.text, tt.sure), nil, Options{}).Fields, tt.want)
		})
	}
}

func TestAValueLevelWithItsCaption(t *testing.T) {
	page := seenAs(`
LUMPER RECEIPT

Ticket
Service date
Facility
Broker load     `, nil)
	put := func(text string, x, y float64) {
		page.Words = append(page.Words, paper.Word{Text: text, Confidence: 0.96, Line: len(page.Words), Box: paper.Box{x, y, x + 0.012*float64(len(text)), y + 0.013}})
	}
	for i, value := range []string{"863873", "04/22/2026", "Garrick", "T7035328"} {
		put(value, 0.4, 0.05+float64(i+2)*lineDown-0.009) // the paper lies askew
	}
	values(t, ReadPage(page, nil, Options{}).Fields, map[string]string{paper.Receipt: "863873", paper.DeliveryDate: "2026-04-22", paper.Load: "T7035328", paper.Consignee: "Garrick"})
}

func TestALetterInFrontIsToldByItsShape(t *testing.T) {
	known := Learn([]paper.Expected{{Load: "T9817944"}, {Load: "T2142627"}})
	for read, want := range map[string]string{"19817944": "T9817944", "79817944": "T9817944", "I9817944": "T9817944", "T9817945": "T9817945", "19817945": "T9817945",
		"39817944": "", "Te142627": "", "L9817944": ""} {
		got, ok := known.reshape(paper.Load, read)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: %q %v, want %q", read, got, ok, want)
		}
	}
	both := Learn([]paper.Expected{{Load: "T9817944"}, {Load: "L2142627"}})
	if got, ok := both.reshape(paper.Load, "19817944"); ok {
		t.Errorf("of two letters that it may be, %q", got)
	}
}

func TestACarriersCodeStandsAmongNumbers(t *testing.T) {
	known := Learn(knownLoads()[:1])
	page := func(line string) paper.Page {
		return seenAs("DELIVERY RECEIPT\nBOL 10051159     PRO 544-319955     Load LD-947195\n"+line, nil)
	}
	for line, want := range map[string]string{"BWFL FUEL INCLUDED": "", "Bluewing Freight Lines BWFL": "BWFL", "BWFL     594 ctns": "BWFL", "BWFL 544-319955": "BWFL"} {
		if got := ReadPage(page(line), known, Options{}).Fields.First(paper.SCAC); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
