package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestWhatTheLoadSaysIsFoundWhereItStands(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"labels misread, specks between", `
PROOF OF DELIVERY
BOL 10051159        Load LD-947195

Recened bom                       Dehver 1o
Lakeview oo Grocers DC 4          Pinecrest BN Paper Co
77 Depot Dr, Toledo, OH 43612     45 River St, Macon, GA31201`,
			map[string]string{paper.Shipper: "Lakeview Grocers DC 4", paper.ShipperAddr: "77 Depot Dr, Toledo, OH 43612", paper.Consignee: "Pinecrest Paper Co",
				paper.ConsigneeAddr: "45 River St, Macon, GA 31201"}},
		{"one number and both names", `
PACKING LIST
Order PO579701
Lakeview Grocers DC 4

Ship to
Pinecrest Paper Co`,
			map[string]string{paper.Shipper: "Lakeview Grocers DC 4", paper.Consignee: "Pinecrest Paper Co"}},
		{"another figure is another place", `
PROOF OF DELIVERY
BOL 10051159        Load LD-947195

79 Depot Dr, Toledo, OH 43612`,
			map[string]string{paper.ShipperAddr: ""}},
		{"a label says that it is the other one", `
PROOF OF DELIVERY
BOL 10051159        Load LD-947195

Ship from
Pinecrest Paper Co`,
			map[string]string{paper.Shipper: "Pinecrest Paper Co", paper.Consignee: ""}},
		{"the weight without its label", `
BILL OF LADING
BOL 10051159        Load LD-947195
Wcqh1 29,039 lbs`,
			map[string]string{paper.Weighed: "29039"}},
		{"a weight that contradicts is the paper's, where the load's stands beside a row", `
BILL OF LADING
BOL 10051159        Load LD-947195
Weight 31,412 lbs
Lot 29,039`,
			map[string]string{paper.Weighed: "31412"}},
		{"the count without its label", `
BILL OF LADING
BOL 10051159        Load LD-947195
Petes        Pallets
594          22`,
			map[string]string{paper.Pieces: "594"}},
		{"a count under anything else", `
BILL OF LADING
BOL 10051159        Load LD-947195
Petal        Pallets
594          22`,
			map[string]string{paper.Pieces: ""}},
		{"another count than the load's without its label", `
BILL OF LADING
BOL 10051159        Load LD-947195
Petes        Pallets
591          22`,
			map[string]string{paper.Pieces: ""}},
		{"no weight is made up", `
BILL OF LADING
BOL 10051159        Load LD-947195`,
			map[string]string{paper.Weighed: "", paper.Shipper: "", paper.SCAC: "", paper.Trailer: ""}},
		{"code and trailer without labels", `
BILL OF LADING
BOL 10051159        Load LD-947195
Cqrr1er BWFL        Equ1p 23477`,
			map[string]string{paper.SCAC: "BWFL", paper.Trailer: "23477"}},
		{"the sign of a number read as a figure", `
PROOF OF DELIVERY
BOL 77120045        Load LD-300118
Larkspur Home Center 4118`,
			map[string]string{paper.Consignee: "Larkspur Home Center #118"}},
		{"a code with a letter too many", `
BILL OF LADING
BOL 10051159        Load LD-947195
SCAC BwvFL`,
			map[string]string{paper.SCAC: "BWFL"}},
		{"a code with a letter lost", `
BILL OF LADING
BOL 10051159        Load LD-947195
SCAC WFL`,
			map[string]string{paper.SCAC: "BWFL"}},
		{"a number shaped like another field's, behind its label", `
BILL OF LADING
PRO 544-319955      Load LD-947195
BOL 40269152        PO PO579701`,
			map[string]string{paper.Bill: "40269152"}},
		{"another field's number, behind a label", `
BILL OF LADING
PO PO579701         Load LD-947195
Seal 544-319955`,
			map[string]string{paper.Seal: "", paper.PRO: "544-319955"}},
		{"the shipper pays the bill", `
FREIGHT INVOICE
Load LD-947195   Bill of lading 10051159
Bill to
Lakeview Grocers DC 4`,
			map[string]string{paper.Shipper: "Lakeview Grocers DC 4", paper.Consignee: ""}},
		{"the letters of a number stand there as its label", `
BILL OF LADING
BOL 10051159        Load LD-947195
PO 579701`,
			map[string]string{paper.PO: "PO579701"}},
	}
	loads := append(knownLoads()[:1], paper.Expected{Load: "LD-300118", Values: map[string]string{paper.Bill: "77120045", paper.Consignee: "Larkspur Home Center #118"}})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := typed(tt.text)
			for i := range page.Words {
				if strings.HasPrefix(page.Words[i].Text, "Pet") {
					page.Words[i].Confidence = 0.3
				}
			}
			values(t, ReadPage(page, Learn(loads), Options{}).Fields, tt.want)
		})
	}
}

func TestPartiesOfAnUnknownLoad(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"who ships on top, who receives below a label", `
Oak Hollow Furniture
1288 Turner Mill Rd, High Point, NC 27260
                                   NOTA DE REMISION
                                   Delivery note
ENTREGAR A / DELIVER TO
Jasper Glassworks
84 Furnace Hill Rd, Toledo, OH 43605`,
			map[string]string{paper.Shipper: "Oak Hollow Furniture", paper.ShipperAddr: "1288 Turner Mill Rd, High Point, NC 27260", paper.Consignee: "Jasper Glassworks"}},
		{"who hauls on top is not who ships", `
Bluewing Freight Lines
900 Terminal Rd, Omaha, NE 68110
PROOF OF DELIVERY
Deliver to
Jasper Glassworks
84 Furnace Hill Rd, Toledo, OH 43605`,
			map[string]string{paper.Shipper: "", paper.Consignee: "Jasper Glassworks"}},
		{"a column of labels, each with its own value", `
DELIVERY CONFIRMATION
Shipper      Fenwick Rowe Wholesale
Deliver to   Granite Peak Outfitters
Address      5120 Quarry Rd, Salt Lake City, UT 84104`,
			map[string]string{paper.Shipper: "Fenwick Rowe Wholesale", paper.ShipperAddr: "", paper.Consignee: "Granite Peak Outfitters",
				paper.ConsigneeAddr: "5120 Quarry Rd, Salt Lake City, UT 84104"}},
		{"a building within a name", `
FREIGHT WAYBILL   DELIVERY COPY
TO     Industrias Valle Verde
FROM   Ridgeway Markets Whse 6
       6300 Produce Row, Atlanta, GA 30336`,
			map[string]string{paper.Shipper: "Ridgeway Markets Whse 6", paper.ShipperAddr: "6300 Produce Row, Atlanta, GA 30336", paper.Consignee: "Industrias Valle Verde"}},
		{"a heading with a word before its label", `
CARRIER RATE CONFIRMATION
Stop 1 - pick up
Granite Peak Outfitters
5120 Quarry Rd, Denver, CO 80216
Stop 2 - delivery
Jasper Glassworks`,
			map[string]string{paper.Shipper: "Granite Peak Outfitters", paper.ShipperAddr: "5120 Quarry Rd, Denver, CO 80216", paper.Consignee: "Jasper Glassworks"}},
		{"a building within a name is no label of what stands beside", `
COMPROBANTE DE ENTREGA
Destinatario                 Remitente
Ridgeway Markets Whse 6      Bremen Fastener Corp`,
			map[string]string{paper.Consignee: "Ridgeway Markets Whse 6", paper.Shipper: "Bremen Fastener Corp"}},
		{"a year that fell apart", `
BILL OF LADING
Ship date: 02/02/20 26`,
			map[string]string{paper.PickupDate: "2026-02-02"}},
		{"a number is no address", `
RECEIVER DOCUMENT
VENDOR   Kettle River Grain
         PO-10745`,
			map[string]string{paper.Shipper: "Kettle River Grain", paper.ShipperAddr: ""}},
		{"a weight of what", `
NOTA DE REMISION
Peso bruto de la carga: 38,821`,
			map[string]string{paper.Weighed: "38821", paper.Load: ""}},
		{"a label run together", `
BOLETO DE PESAJE
PESOBRUTO 59,411 lbs`,
			map[string]string{paper.Gross: "59411"}},
		{"the label in a second language, misread", `
CARTA PORTE
Transportista / Camer    SCAC
Ironwood Carriers        IWDC`,
			map[string]string{paper.Carrier: "Ironwood Carriers", paper.SCAC: "IWDC"}},
		{"the number of a bill on top", `
INVOICE
No. 240970`,
			map[string]string{paper.Receipt: "240970"}},
		{"a ticket has one time", `
CERTIFIED TRUCK SCALE
WEIGHT TICKET
TICKET      R-67998
TIME        0538
GROSS WEIGHT  63,452 LB`,
			map[string]string{paper.In: "05:38", paper.Gross: "63452", paper.Receipt: "R-67998"}},
		{"times in columns", `
FREIGHT UNLOADING RECEIPT
Work date      Began        Ended        Pallets
04/25/2026     0616         0752         14`,
			map[string]string{paper.In: "06:16", paper.Out: "07:52", paper.Pallets: "14"}},
		{"what is damaged is not the shipment's weight", `
OVER, SHORT AND DAMAGE REPORT
Billed    Kind    Description          Weight
158       CS      Canned vegetables    8,882
158       BX      Cattle feed          8,883`,
			map[string]string{paper.Weighed: ""}},
		{"a bill of no lumper", `
INVOICE 20118
Qty       Item             Amount
4         Office chair     612.00
Total due 1,560.40 USD`,
			map[string]string{paper.Amount: ""}},
		{"a title asks for no number", `
DRIVER PICKUP RECEIPT
0658428102207608`,
			map[string]string{paper.Receipt: ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

func TestWordsOnOneSpot(t *testing.T) {
	word := func(text string, from, to, sure float64) paper.Word {
		return paper.Word{Text: text, Confidence: sure, Box: paper.Box{from, 0.1, to, 0.115}}
	}
	tests := []struct {
		name  string
		words []paper.Word
		want  string
	}{
		{"a box around the words behind it", []paper.Word{word("Granite", 0.5, 0.72, 0.96), word("Peak", 0.59, 0.63, 0.97), word("Outfitters", 0.64, 0.72, 0.97)}, "Granite Peak Outfitters"},
		{"a box around the short word behind it", []paper.Word{word("RECEIVED", 0.04, 0.086, 0.92), word("BY", 0.077, 0.085, 0.89), word("X", 0.091, 0.095, 0.89)}, "RECEIVED BY X"},
		{"a word read well, and a piece of it", []paper.Word{word("Basin", 0.5, 0.55, 0.86), word("in", 0.53, 0.545, 0.96)}, "Basin"},
		{"two readings of one word", []paper.Word{word("Bosin", 0.5, 0.55, 0.4), word("Basin", 0.5, 0.55, 0.9)}, "Basin"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if s := lay(paper.Page{Words: tt.words}); len(s.rows) != 1 || textOf(s.rows[0].tokens) != tt.want {
				t.Errorf("got %v, want %q", s.rows, tt.want)
			}
		})
	}
}
