package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// Forms of the trade as carriers, shippers and brokers print them.
func TestCountsOnFormsOfTheTrade(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"heads of groups, empty rows, a grand total", `
BILL OF LADING
CUSTOMER ORDER NUMBER     # PKGS     WEIGHT       PALLET/SLIP     ADDITIONAL SHIPPER INFO
P440912                   540        21,300       Y    N



GRAND TOTAL               540        21,300
                              CARRIER INFORMATION
 HANDLING UNIT      PACKAGE
QTY       TYPE      QTY       TYPE     WEIGHT    H.M. (X)     COMMODITY DESCRIPTION       NMFC #     CLASS
9         PLT       300       CTN      12,000                 Garden hose                 70660      85
6         PLT       240       CTN      9,300                  Paint, water base           55570      70


15                  540                21,300                 GRAND TOTAL`,
			map[string]string{paper.Pieces: "540", paper.Pallets: "15", paper.Weighed: "21300"}},
		{"two quantities parted by their units alone", `
BILL OF LADING
QTY       TYPE      QTY       TYPE     WEIGHT       COMMODITY DESCRIPTION     CLASS
9         PLT       300       CTN      12,000       Garden hose               85
6         PLT       240       CTN      9,300        Paint                     70`,
			map[string]string{paper.Pieces: "540", paper.Pallets: "15", paper.Weighed: "21300"}},
		{"two quantities that nothing parts", `
BILL OF LADING
QTY       TYPE      QTY       TYPE     WEIGHT       COMMODITY DESCRIPTION     CLASS
9         GP        300       GQ       12,000       Garden hose               85
6         GP        240       GQ       9,300        Paint                     70`,
			map[string]string{paper.Pieces: "", paper.Pallets: "", paper.Weighed: "21300"}},
		{"totals without a word for them", `
DELIVERY RECEIPT
PCS     PKG        DESCRIPTION                       WEIGHT (LBS)     CHARGES
210     CTN        Tea towels 12 pk                  3,100
145     CTN        Lamp oil                          2,050
                   FUEL SURCHARGE
355     PIECES     HU 11                             5,150            PREPAID`,
			map[string]string{paper.Pieces: "355", paper.Pallets: "11", paper.Weighed: "5150"}},
		{"two lines of goods alike", `
BILL OF LADING
Qty     Unit     Item             Weight
295     CTN      Lamp oil         9,078
295     CTN      Lamp oil         9,078`,
			map[string]string{paper.Pieces: "590", paper.Weighed: "18156"}},
		{"one line of goods and its total", `
DELIVERY RECEIPT
PCS     PKG        DESCRIPTION      WEIGHT (LBS)     CHARGES
295     CTN        Lamp oil         9,078            410.00
295                                 9,078`,
			map[string]string{paper.Pieces: "295", paper.Weighed: "9078"}},
		{"what was billed stands before what was received", `
DELIVERY RECEIPT
PCS     PKG        DESCRIPTION                       WEIGHT (LBS)     CHARGES
210     CTN        Lamp oil                          3,100
145     CTN        Lamp oil                          2,050
355     TOTAL                                        5,150

QTY REC'D
352`,
			map[string]string{paper.Pieces: "355"}},
		{"pack sizes of goods whose table has no head", `
DELIVERY RECEIPT
184     CTN     Lamp oil               1,704
116     CTN     Bath tissue 12 pk      1,074`,
			map[string]string{paper.Pieces: "", paper.Pallets: ""}},
		{"a driver's app", `
PROOF OF DELIVERY
Pieces shipped     Handling units     Weight        Trailer     Picked up
282                6                  39,145 lb     LD9768      2026-09-01

Delivered on       Arrived            Departed
2026-09-05         1417               1448`,
			map[string]string{paper.Pieces: "282", paper.Pallets: "6", paper.Weighed: "39145", paper.Trailer: "LD9768", paper.PickupDate: "2026-09-01",
				paper.DeliveryDate: "2026-09-05", paper.In: "14:17", paper.Out: "14:48"}},
		{"labels and numbers joined by slashes", `
DELIVERY ORDER
Trailer / Seal      1215 / 5401608`,
			map[string]string{paper.Trailer: "1215", paper.Seal: "5401608"}},
		{"the slash of the labels not read", `
DELIVERY ORDER
Trailer Seal        HV5375    /UL352166`,
			map[string]string{paper.Trailer: "HV5375", paper.Seal: "UL352166"}},
		{"one number at two labels is nobody's", `
DELIVERY ORDER
Trailer / Seal      HV5375`,
			map[string]string{paper.Trailer: "", paper.Seal: ""}},
		{"two labels over one number", `
PICKUP RECEIPT
B/L No          TRACTOR/TRAILER       SEAL APPLIED      P/U DATE
44120087        535762                UL885793          7/12/2026`,
			map[string]string{paper.Trailer: "535762", paper.Seal: "UL885793", paper.PickupDate: "2026-07-12"}},
		{"French and English", `
CONNAISSEMENT / BILL OF LADING
Date d'expédition / Ship date      Remorque / Trailer      Sceau / Seal
2026-06-03                         PN8733                  UL788356

Qté / Qty     Type     Description             Palettes / Skids     Poids / Weight (lb)
170           CTN      Chaises                                      3,670
138           CTN      Lampes                                       4,329
308                    TOTAL                   22                   7,999`,
			map[string]string{paper.Pieces: "308", paper.Pallets: "22", paper.Weighed: "7999", paper.Trailer: "PN8733", paper.Seal: "UL788356", paper.PickupDate: "2026-06-03"}},
		{"an appointment is no arrival", `
PROOF OF DELIVERY
Appointment: 0900     Appt 0700-1500`,
			map[string]string{paper.In: "", paper.Out: ""}},
		{"an appointment over the release of a pickup", `
PICKUP CONFIRMATION
Appointment     1525
Released        1750`,
			map[string]string{paper.In: "15:25", paper.Out: "17:50"}},
		{"times in three languages", `
PROOF OF DELIVERY
Llegada / Arrive  9:32am      Heure de départ / Departure  10:16 AM`,
			map[string]string{paper.In: "09:32", paper.Out: "10:16"}},
		{"the other word of a date misread", `
DELIVERY RECEIPT
SKIP DATE
02/28/2026`,
			map[string]string{paper.PickupDate: "2026-02-28", paper.DeliveryDate: ""}},
		{"the day of an invoice is none of a delivery", `
INVOICE
Invoice date 02/28/2026     Total due 1,560.40 USD`,
			map[string]string{paper.DeliveryDate: ""}},
		{"days under the headings of stops", `
RATE CONFIRMATION
Stop 1 — Pickup
Lakeview Grocers                 Date: 2/13/2026
77 Depot Dr, Toledo, OH 43612    Appt: 0700

Stop 2 — Delivery
Pinecrest Paper Co               Date: 2/15/2026
45 River St, Macon, GA 31201     Appt: 0900`,
			map[string]string{paper.PickupDate: "2026-02-13", paper.DeliveryDate: "2026-02-15", paper.In: ""}},
		{"a total misread is not one of the goods", `
DELIVERY RECEIPT
PCS     PKG        DESCRIPTION          WEIGHT (LBS)     CHARGES
478     CTN        Lamps                7,571
263     CTN        Lamp oil             4,167
714     PIECES                          11,788           PREPAID`,
			map[string]string{paper.Pieces: "", paper.Weighed: ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

// lowered moves the words of a text down, as on a line that slopes.
func lowered(p paper.Page, down float64, words string) paper.Page {
	for i := range p.Words {
		for w := range strings.FieldsSeq(words) {
			if p.Words[i].Text == w {
				p.Words[i].Box[1] += down
				p.Words[i].Box[3] += down
			}
		}
	}
	return p
}

func TestHeaderThatFellApart(t *testing.T) {
	p := lowered(typed(`
DELIVERY RECEIPT
PCS     PKG        DESCRIPTION          WEIGHT     CHARGES
478     CTN        Lamps                7,571
263     CTN        Lamp oil             4,167`), 0.0062, "PCS WEIGHT")
	values(t, ReadPage(p, nil, Options{}).Fields, map[string]string{paper.Pieces: "741", paper.Weighed: "11738"})
}

func TestCountsBesideLabelsOnASlope(t *testing.T) {
	p := lowered(typed(`
LUMPER RECEIPT
Cases          211
Pallets in     14               4402`), 0.0075, "Cases Pallets in 4402")
	values(t, ReadPage(p, nil, Options{}).Fields, map[string]string{paper.Pieces: "211", paper.Pallets: "14"})
}
