package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestAmountsOnForms(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"a label goes on with words of its own, in a box over its value", `
RECEIVING REPORT
Line   Item                 Qty billed   Pack    Lbs
1      Rice, long grain     767          CTNS    39,340
Total billed                767                  39,340
Pallets on bill             Bin / staging
19                          B-03`,
			map[string]string{paper.Pieces: "767", paper.Pallets: "19", paper.Weighed: "39340"}},
		{"or has some before it, run together, with dots up to the value", `
PROOF OF DELIVERY
Pieces shipped ............ 285
Onpallets.................. 19
Pieces accepted             285`,
			map[string]string{paper.Pieces: "285", paper.Pallets: "19"}},
		{"a unit that stands in every row labels nothing, and a row whose count was not read is one", `
RECEIVING REPORT
Line   Item                 Qty billed   Pack      tbs
1      Canned tomatoes      167          CASES     7,124
2      Baby wipes                        CASES     9,385
3      Extension cords                   CASES     13,309
4      Tote bins            163          CASES     6,955
Total billed                862                    36,773`,
			map[string]string{paper.Pieces: "862", paper.Weighed: "36773"}},
		{"a row of labels below a table is none of goods", `
RECEIVING RECORD
Item                 UOM     Qty      Lb
Junction box         CTN     104      11,253
Camp stoves          CS      103      11,252
Weight 22,505     Pallets in 7      Pieces received 207`,
			map[string]string{paper.Pieces: "207", paper.Pallets: "7", paper.Weighed: "22505"}},
		{"heads misread by a letter", `
DELIVERY RECEIPT
pes      pkq     DESCRIPTION            WEIGHT (LBS)
18       CTN     Olive oil              11,075
16       CTN     Patio chair            9,845
34       PIECES  HU 2                   20,920`,
			map[string]string{paper.Pieces: "34", paper.Pallets: "2", paper.Weighed: "20920"}},
		{"the unit in a head, misread as a figure, is no weight", `
DELIVERY RECEIPT
PIECES     KIND     ARTICLES            WT 185
344        PKGS     Canned tomatoes     15,499
344        TOTAL PCS    SKDS 8          15,499`,
			map[string]string{paper.Pieces: "344", paper.Pallets: "8", paper.Weighed: "15499"}},
		{"a weight with a figure too many is nobody's", `
PICKUP RECEIPT
PIECES     WEIGHT            TRAILER        HU
750        23,8369 lbs       TR3849         15`,
			map[string]string{paper.Pieces: "750", paper.Weighed: "", paper.Pallets: "15"}},
		{"and so is one with a figure too few", `
BILL OF LADING
PIECES     DESCRIPTION        WEIGHT
695        Cereal             40,81`,
			map[string]string{paper.Pieces: "695", paper.Weighed: ""}},
		{"a tender counts nothing", `
LOAD TENDER
Pick up     Nordlund Dairy
Pieces: 547     Pallets: 12`,
			map[string]string{paper.Pieces: "", paper.Pallets: ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

// TestPalletsInTheRowOfTotals: the load's pallets are taken from the row of totals where their label was misread, and nowhere else.
func TestPalletsInTheRowOfTotals(t *testing.T) {
	load := paper.Expected{Load: "LD-947195", Values: map[string]string{paper.Bill: "10051159", paper.PRO: "544-319955", paper.Pieces: "34", paper.Pallets: "3", paper.Weighed: "20920"}}
	for _, tt := range []struct{ name, goods, want string }{
		{"its label torn", "18    CTN     Olive oil       11,075\n16    CTN     Chairs          9,845\n34    PIECES     Ww 3         20,920", "3"},
		{"other pallets stand there", "18    CTN     Olive oil       11,075\n16    CTN     Chairs          9,845\n34    PIECES     HU 5         20,920", "5"},
		{"a row of goods", "18    CTN     Olive oil       11,075\n16    CTN     oz 3            9,845\n34    PIECES                  20,920", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "DELIVERY RECEIPT\nBOL 10051159   PRO 544-319955\nPCS   PKG     DESCRIPTION     WEIGHT (LBS)\n" + tt.goods
			values(t, ReadPage(typed(text), Learn([]paper.Expected{load}), Options{}).Fields, map[string]string{paper.Pieces: "34", paper.Pallets: tt.want})
		})
	}
}

// TestTheRowOfCountAndWeight: under heads that were not read, the load's count is taken where its weight stands in the same row.
func TestTheRowOfCountAndWeight(t *testing.T) {
	load := paper.Expected{Load: "LD-947195", Values: map[string]string{paper.Bill: "10051159", paper.PRO: "544-319955", paper.Pieces: "646", paper.Pallets: "19", paper.Weighed: "5985"}}
	for row, want := range map[string]string{"646     PIECES     HW 19      5,985": "646", "646     PIECES     HW 19      5,885": "", "640     PIECES     HW 19      5,985": ""} {
		text := "DELIVERY RECEIPT\nBOL 10051159   PRO 544-319955\nws     om      LAALAIF TON     CHARGES\n184    CTN     Olive oil       1,704\n92     CTN     Oak flooring    855\n" + row
		values(t, ReadPage(typed(text), Learn([]paper.Expected{load}), Options{}).Fields, map[string]string{paper.Pieces: want})
	}
}

// TestGrossAndAxles: a gross that the axles add up to but for a figure was misread where it is the less sure.
func TestGrossAndAxles(t *testing.T) {
	for _, tt := range []struct {
		sure float64
		want string
	}{{0.8, "54042"}, {0.99, "54842"}} {
		page := typed("CERTIFIED SCALE\nWEIGHT TICKET\nSTEER AXLE       10,928 lb\nDRIVE AXLE       22,338 lb\nTRAILER AXLE     20,776 lb\nGROSS WEIGHT     54,842 lb")
		for i := range page.Words {
			page.Words[i].Confidence = 0.95
			if page.Words[i].Text == "54,842" {
				page.Words[i].Confidence = tt.sure
			}
		}
		values(t, ReadPage(page, nil, Options{}).Fields, map[string]string{paper.Gross: tt.want})
	}
}

// TestATypewritersBlankPartsNothing: on a receipt in wide letters the blank between two words of a label is as wide as a letter.
func TestATypewritersBlankPartsNothing(t *testing.T) {
	page := typed("LUMPER RECEIPT\nBroker load  T8197036\nCase count   750\nPlt count    25")
	for i := range page.Words {
		w := &page.Words[i]
		w.Box[0], w.Box[2] = 1.8*w.Box[0], 1.8*w.Box[2]
	}
	values(t, ReadPage(page, nil, Options{}).Fields, map[string]string{paper.Load: "T8197036", paper.Pieces: "750", paper.Pallets: "25"})
}

// TestNoughtsReadAsEights: a total that is the load's but for a nought with a stroke is its, where the rows say so; a total and rows
// that both say otherwise stand.
func TestNoughtsReadAsEights(t *testing.T) {
	load := paper.Expected{Load: "LD-947195", Values: map[string]string{paper.Bill: "10051159", paper.PRO: "544-319955", paper.Weighed: "10612"}}
	for row, want := range map[string]string{"5,398": "10612", "5,390": "10612", "13,398": "18612"} {
		text := strings.Replace(`
DELIVERY RECEIPT
BOL 10051159   PRO 544-319955
PIECES   UNIT   DESCRIPTION       WEIGHT LBS
52       CS     Patio chair       5,214
27       CS     Olive oil         ROW
79       TOTAL                    18,612`, "ROW", row, 1)
		values(t, ReadPage(typed(text), Learn([]paper.Expected{load}), Options{}).Fields, map[string]string{paper.Weighed: want})
	}
}
