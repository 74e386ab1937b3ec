package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// Pages of tests are written as they look: a letter is a hundredth of the page's width, a line a fiftieth of its height.
const (
	letterAcross = 0.01
	lineDown     = 0.02
)

// typed makes a page of its lines; words are parted by blanks, and stand where they stand in the line.
func typed(text string) paper.Page {
	p := paper.Page{Number: 1, FromText: true}
	for n, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		top := 0.05 + float64(n)*lineDown
		for at := 0; at < len(line); {
			if line[at] == ' ' {
				at++
				continue
			}
			end := at
			for end < len(line) && line[end] != ' ' {
				end++
			}
			p.Words = append(p.Words, paper.Word{Text: line[at:end], Confidence: 1, Line: n,
				Box: paper.Box{0.02 + float64(at)*letterAcross, top, 0.02 + float64(end)*letterAcross - 0.002, top + 0.013}})
			at = end
		}
	}
	return p
}

func knownLoads() []paper.Expected {
	return []paper.Expected{
		{Load: "LD-947195", Values: map[string]string{paper.Bill: "10051159", paper.PRO: "544-319955", paper.PO: "PO579701", paper.Seal: "5834771", paper.Trailer: "23477",
			paper.Shipper: "Lakeview Grocers DC 4", paper.ShipperAddr: "77 Depot Dr, Toledo, OH 43612", paper.Consignee: "Pinecrest Paper Co", paper.ConsigneeAddr: "45 River St, Macon, GA 31201",
			paper.Carrier: "Bluewing Freight Lines", paper.SCAC: "BWFL", paper.PickupDate: "2026-07-01", paper.DeliveryDate: "2026-07-02", paper.Pieces: "594", paper.Weighed: "29039"}},
		{Load: "LD-947196", Values: map[string]string{paper.Bill: "10051259", paper.PRO: "544-319965", paper.PO: "PO579702", paper.Consignee: "Pinecrest Paper Co"}},
	}
}

// values asserts the first value of fields; "" means that nothing is to be said.
func values(t *testing.T, got paper.Fields, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got.First(name) != value {
			t.Errorf("%s: %q, want %q %v", name, got.First(name), value, got[name])
		}
	}
}

func TestLabelsStandBesideAboveAndInHeads(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"beside, several in a line", `
DELIVERY RECEIPT
B/L No. 23385498 P.O. PO589642 Load LD-231689 Ship date 8/3/26`,
			map[string]string{paper.Bill: "23385498", paper.PO: "PO589642", paper.Load: "LD-231689", paper.PickupDate: "2026-08-03"}},
		{"over the value, in columns", `
BILL OF LADING
BOL #               Load ID             Ship date
43520168            LD-503970           07/02/2026

Customer PO         Carrier             PRO
PO621549            Canyon Transport    300-744181`,
			map[string]string{paper.Bill: "43520168", paper.Load: "LD-503970", paper.PickupDate: "2026-07-02", paper.PO: "PO621549", paper.PRO: "300-744181", paper.Carrier: "Canyon Transport"}},
		{"run on, letters lost", `
DELIVERY RECEIPT
Bilofladng   BL348286
Delverydate  07/02/2026`,
			map[string]string{paper.Bill: "BL348286", paper.DeliveryDate: "2026-07-02"}},
		{"a name that fell apart is not said", `
DELIVERY RECEIPT
Carrier   T ranspo rtes es Del Nort`,
			map[string]string{paper.Carrier: ""}},
		{"in Spanish", `
CARTA PORTE
Conocimiento: 88120034    Guía: 300-744181
Orden de compra: OC-44721   No. de viaje: VJ-20118
Sello: 7714402   Remolque: 53018   Fecha de embarque: 3 de julio de 2026
Total de piezas: 412   Tarimas: 11   Peso bruto: 18,250 kg`,
			map[string]string{paper.Bill: "88120034", paper.PRO: "300-744181", paper.PO: "OC-44721", paper.Load: "VJ-20118", paper.Seal: "7714402", paper.Trailer: "53018",
				paper.PickupDate: "2026-07-03", paper.Pieces: "412", paper.Pallets: "11", paper.Weighed: "18250"}},
		{"glued to the value", `
PROOF OF DELIVERY
BOL#:23385498   P.O.PO589642   PRO:842-984459`,
			map[string]string{paper.Bill: "23385498", paper.PO: "PO589642", paper.PRO: "842-984459"}},
		{"counts before their words", `
BILL OF LADING
Totals: 234 pieces on 6 pallets, gross 27,975 lbs. Seal 6633002. Trailer 45074.`,
			map[string]string{paper.Pieces: "234", paper.Pallets: "6", paper.Weighed: "27975", paper.Seal: "6633002", paper.Trailer: "45074"}},
		{"times that share a label", `
PROOF OF DELIVERY
Arrived / departed     0613 / 0805`,
			map[string]string{paper.In: "06:13", paper.Out: "08:05"}},
		{"labels without a value say nothing", `
BILL OF LADING
Seal no.            Trailer no.         PRO no.

Shipper signature`,
			map[string]string{paper.Seal: "", paper.Trailer: "", paper.PRO: "", paper.Bill: ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

func TestTablesGiveTotalsOrSums(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"total row", `
DELIVERY RECEIPT
PCS      TYPE     ARTICLES                 LBS
18       CTN      Bottled water            2,275
19       CS       Table lamps              2,276
37       TOTAL    13 SKIDS                 4,551`,
			map[string]string{paper.Pieces: "37", paper.Pallets: "13", paper.Weighed: "4551"}},
		{"no total", `
BILL OF LADING
Qty      Unit     Item                     Weight
46       CTN      Microwave ovens          5,595
47       CTN      Bottled water            5,596`,
			map[string]string{paper.Pieces: "93", paper.Weighed: "11191"}},
		{"a speck between the rows, and a count that looks like lbs", `
PROOF OF DELIVERY
Piezas   Empaque   Producto         Peso (lb)
93       CTN       Dining chairs    7,182
                _
92       BX        Seed corn        7,182

Total piezas: 185       Tarimas: 20      Peso: 14,364 lbs`,
			map[string]string{paper.Pieces: "185", paper.Pallets: "20", paper.Weighed: "14364"}},
		{"one row", `
BILL OF LADING
CUSTOMER ORDER NUMBER    # PKGS     WEIGHT       ADDITIONAL SHIPPER INFO
PO579701                 594        29,039 lbs   Pallets 22`,
			map[string]string{paper.PO: "PO579701", paper.Pieces: "594", paper.Weighed: "29039", paper.Pallets: "22"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

func TestPartiesWithTheirAddresses(t *testing.T) {
	text := `
DELIVERY RECEIPT

CONSIGNEE                                    SHIPPER
Prairie Feed Supply                          Summit Tools LLC
15 Elevator Rd, Omaha, NE 68110              910 Forge Ln, Denver, CO 80216`
	values(t, ReadPage(typed(text), nil, Options{}).Fields, map[string]string{
		paper.Consignee: "Prairie Feed Supply", paper.ConsigneeAddr: "15 Elevator Rd, Omaha, NE 68110",
		paper.Shipper: "Summit Tools LLC", paper.ShipperAddr: "910 Forge Ln, Denver, CO 80216"})
}

func TestPartyInRunningText(t *testing.T) {
	text := `
PICKUP CONFIRMATION
Carrier Bluewing Freight Lines has collected the freight from Lakeview Grocers DC 4, 77 Depot Dr, Toledo,
OH 43612.
Deliver to     Pinecrest Paper Co, 45 River St, Macon, GA 31201`
	values(t, ReadPage(typed(text), Learn(knownLoads()), Options{}).Fields, map[string]string{
		paper.Carrier: "Bluewing Freight Lines", paper.Shipper: "Lakeview Grocers DC 4", paper.ShipperAddr: "77 Depot Dr, Toledo, OH 43612",
		paper.Consignee: "Pinecrest Paper Co", paper.ConsigneeAddr: "45 River St, Macon, GA 31201"})
}

// A paper that contradicts the load is read as printed, even one digit apart, even where its twin is known.
func TestPrintedNumberIsNeverBent(t *testing.T) {
	known := Learn(knownLoads())
	for _, tt := range []struct{ printed, want string }{
		{"544-319955", "544-319955"},
		{"544-319965", "544-319965"}, // the twin's
		{"544-319975", "544-319975"}, // of no load
		{"544-3I9955", "544-319955"}, // a letter where digits are
		{"S44-319955", "544-319955"},
		{"544319955", "544-319955"},
	} {
		got := ReadPage(typed("PROOF OF DELIVERY\nPRO "+tt.printed), known, Options{}).Fields.First(paper.PRO)
		if got != tt.want {
			t.Errorf("%s is read as %s, want %s", tt.printed, got, tt.want)
		}
	}
}

func TestKnownNumberWithoutLabel(t *testing.T) {
	got := ReadPage(typed("PROOF OF DELIVERY\nconcerning 10051159 and LD-947195 as agreed"), Learn(knownLoads()), Options{}).Fields
	values(t, got, map[string]string{paper.Bill: "10051159", paper.Load: "LD-947195"})
}

func TestBarcodeSettlesAnUnsureNumber(t *testing.T) {
	p := typed("PROOF OF DELIVERY\nPRO 842-984450")
	p.Codes = []paper.Code{{Kind: "code39", Value: "842-984459", Page: 1}}
	if got := ReadPage(p, nil, Options{}).Fields.First(paper.PRO); got != "842-984459" {
		t.Errorf("got %s", got)
	}
}

func TestTypes(t *testing.T) {
	for _, tt := range []struct {
		text    string
		kind    paper.Type
		subtype string
	}{
		{"STRAIGHT BILL OF LADING\nORIGINAL - NOT NEGOTIABLE\nSHIPPER Acme", paper.BOL, ""},
		{"LTL DELIVERY RECEIPT\nB/L No. 23385498", paper.POD, "delivery receipt"},
		{"PICKUP CONFIRMATION\nBOL 23385498", paper.POP, ""},
		{"COMPROBANTE DE ENTREGA\nConocimiento 23385498", paper.POD, ""},
		{"RECIBO DE MANIOBRAS\nDescarga de 12 tarimas", paper.Lumper, ""},
		{"CERTIFIED SCALE\nWEIGHT TICKET\nSteer axle 11,980 lb", paper.Weight, ""},
		{"OVER, SHORT AND DAMAGE REPORT\nBOL 70683010", paper.OSD, ""},
		{"RATE CONFIRMATION\nCarrier agrees to send the bill of lading and proof of delivery", paper.Other, "rate confirmation"},
		{"INVOICE 20118\nTotal due 1,560.40 USD", paper.Other, "invoice"},
		{"PACKING LIST\nShip to Acme", paper.Other, "packing list"},
		{"Bonjour tout le monde\nune lettre sans rapport", paper.Other, ""},
	} {
		got := ReadPage(typed(tt.text), nil, Options{})
		if got.Type != tt.kind || tt.subtype != "" && got.Subtype != tt.subtype {
			t.Errorf("%q: %s %s, want %s %s", strings.Split(tt.text, "\n")[0], got.Type, got.Subtype, tt.kind, tt.subtype)
		}
	}
}

func TestPageMark(t *testing.T) {
	for text, want := range map[string][2]int{"BOL\nPage 2 of 3": {2, 3}, "BOL\nHoja 1 de 2": {1, 2}, "BOL\nPage 2/3": {2, 3}, "BOL\nPage 5 of 3": {}, "BOL\nno mark": {}} {
		got := ReadPage(typed(text), nil, Options{})
		if got.Nth != want[0] || got.Of != want[1] {
			t.Errorf("%q: %d of %d", text, got.Nth, got.Of)
		}
	}
}

func TestBlankPage(t *testing.T) {
	if got := ReadPage(paper.Page{Number: 3, Blank: true}, nil, Options{}); got.Type != paper.Blank || !got.Blank {
		t.Errorf("got %+v", got)
	}
}

func TestPagesJoin(t *testing.T) {
	second := typed("Page 2 of 2\nTOTAL PIECES 161\nSeal 6616491")
	second.Number = 2
	doc := Read([]paper.Page{typed("BILL OF LADING\nPage 1 of 2\nBOL# 96599112"), second}, nil, Options{})
	if doc.Type != paper.BOL || len(doc.Pages) != 2 {
		t.Errorf("got %s of %v", doc.Type, doc.Pages)
	}
	values(t, doc.Fields, map[string]string{paper.Bill: "96599112", paper.Pieces: "161", paper.Seal: "6616491"})
	if page := doc.Fields[paper.Pieces][0].Page; page != 2 {
		t.Errorf("the count is on page %d", page)
	}
}

// TestALargeRemarkCountsNothing: "block 1 pallet" by hand is no count of pallets.
func TestALargeRemarkCountsNothing(t *testing.T) {
	page := typed("BILL OF LADING\nBOL 10051159\n\n\n\nblock 1 pallet")
	last := &page.Words[len(page.Words)-1]
	values(t, ReadPage(page, nil, Options{}).Fields, map[string]string{paper.Pallets: "1"})
	last.Box[1] -= 0.01
	last.Box[3] += 0.01
	values(t, ReadPage(page, nil, Options{}).Fields, map[string]string{paper.Pallets: ""})
}
