package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// TestTypesOfForms: titles in the words of the trade decide, a word in a sentence of small print does not.
func TestTypesOfForms(t *testing.T) {
	goods := `
Load no. LD-231689       B/L no. 23385498
Ship to  Pinecrest Paper Co
Seal     5834771         Pieces  412
`
	tests := []struct {
		name, text string
		want       paper.Type
	}{
		{"delivery order with a receiving stamp, lumpers in small print", `
DELIVERY ORDER
Load no. LD-231689       Carrier  Bluewing Freight Lines
SHIP FROM  Lakeview Grocers         DELIVER TO  Pinecrest Paper Co
Total pieces: 412   Pallets: 12
Driver: the lumper must be approved by dispatch, unloading is at the receiver, no lumper
fee is paid without a lumper receipt or unloading receipt.
RECEIVING DEPT.
DATE ________   ARRIVE ________   DEPART ________
REC'D BY ________`, paper.POD},
		{"bill of lading that tells of receipts and claims", `
STRAIGHT BILL OF LADING          SHORT FORM
Shipper's no. 23385498           Carrier  Bluewing Freight Lines
The delivery receipt must be signed by the consignee and any damage report is to be sent to us.
Lumper and scale ticket for the load are to be kept with all of the papers of the carrier.`, paper.BOL},
		{"connaissement", "CONNAISSEMENT" + goods, paper.BOL},
		{"bon de livraison", "BON DE LIVRAISON" + goods, paper.POD},
		{"acuse de recepcion", "ACUSE DE RECEPCIÓN" + goods, paper.POD},
		{"freight bill of who receives", "FREIGHT BILL - CONSIGNEE COPY" + goods, paper.POD},
		{"gate pass of a load", "GATE PASS - OUTBOUND" + goods, paper.POP},
		{"gate pass of a load without a word for out", "GATE PASS" + goods, paper.POP},
		{"gate pass of equipment", `
GATE TICKET
Chassis  DCLZ 402211     Container  TGHU 7711023
Tires good   Lights good`, paper.Other},
		{"bon de ramassage", "BON DE RAMASSAGE" + goods, paper.POP},
		{"billet de pesée", `
BILLET DE PESÉE
Steer axle  11,200
Drive axles 33,100`, paper.Weight},
		{"avis de dommages", "RAPPORT D'AVARIE" + goods, paper.OSD},
		{"rate confirmation that tells of all papers", `
RATE CONFIRMATION
Load LD-231689
The carrier must send the proof of delivery and bill of lading with the lumper receipt for the
load within one day, and any overage, shortage or damage report is to be sent at once.`, paper.Other},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ReadPage(typed(tt.text), nil, Options{Once: true}); got.Type != tt.want {
				t.Errorf("%s, want %s: %v", got.Type, tt.want, got.Scores)
			}
		})
	}
}

// TestTitlesOfTheTrade: a form of a load is what its title says, in the words of brokers, carriers, docks and scales.
func TestTitlesOfTheTrade(t *testing.T) {
	form := `

Load no. LD-231689       B/L no. 23385498
Shipper  Acme Foods Inc      Consignee  Pinecrest Paper Co
Pieces  Description       Weight
412     Canned goods      12,220`
	for want, titles := range map[paper.Type]string{
		paper.BOL: `
UNIFORM STRAIGHT BILL OF LADING
Straight Bill of Lading - Short Form - Original - Not Negotiable
BILL OF LADING - MEMORANDUM
VICS STANDARD BILL OF LADING
SHIPPING ORDER
MASTER BILL OF LADING
CARTA DE PORTE
WAYBILL
CONOCIMIENTO DE EMBARQUE
TRUCK BILL OF LADING
HOUSEHOLD GOODS BILL OF LADING
MEMORANDUM BILL OF LADING CONSIGNEE COPY`,
		paper.POD: `
DELIVERY RECEIPT
DELIVERY RECEIPT / FREIGHT BILL
FREIGHT BILL
FREIGHT BILL / DELIVERY RECEIPT CONSIGNEE COPY
DELIVERY ORDER
Proof of Delivery
POD - Signed Copy
ELECTRONIC PROOF OF DELIVERY
Delivery Details
DELIVERY CONFIRMATION
RECEIVING REPORT
COMPROBANTE DE ENTREGA
ACUSE DE ENTREGA
RECIBO DE ENTREGA
PREUVE DE LIVRAISON / PROOF OF DELIVERY
CUSTOMER DELIVERY RECEIPT
DELIVERY TICKET
DELIVERY AND INSTALLATION RECEIPT
CONSIGNEE RECEIPT
STOP 2 DELIVERY SIGN-OFF
FINAL MILE DELIVERY RECEIPT
TRANSFER RECEIPT - DELIVERED`,
		paper.POP: `
PICKUP RECEIPT
PICK-UP RECEIPT
PICK UP ORDER
PICKUP ORDER
PICKUP REQUEST
DRIVER PICKUP SHEET
PROOF OF PICKUP
OUTBOUND GATE PASS
GATE PASS
GATE RELEASE
TRAILER RELEASE
LOADING CONFIRMATION
LOADING TICKET
FREIGHT RELEASE
CARGO RELEASE
MATERIAL RELEASE
SHIPMENT PICKUP CONFIRMATION
CONSTANCIA DE CARGA
VALE DE SALIDA
ORDEN DE SALIDA
BON DE RAMASSAGE
OUTBOUND CHECK-OUT
DOCK RELEASE`,
		paper.Lumper: `
LUMPER RECEIPT
UNLOADING RECEIPT
UNLOADING SERVICE RECEIPT
UNLOAD FEE RECEIPT
FREIGHT HANDLERS INC
RECIBO DE MANIOBRAS
RECEIPT FOR LUMPER SERVICES
DOCK LABOR RECEIPT
FREIGHT UNLOADING INVOICE`,
		paper.Weight: `
CERTIFIED WEIGHT
CAT SCALE
SCALE TICKET
WEIGHT TICKET
CERTIFIED AUTOMATED TRUCK SCALE
PUBLIC WEIGHMASTER CERTIFICATE OF WEIGHT AND MEASURE
WEIGHT CERTIFICATE
REWEIGH TICKET
BOLETO DE BASCULA`,
		paper.OSD: `
OVERAGE, SHORTAGE & DAMAGE REPORT
OS&D REPORT
O.S.&D. REPORT
OSD FORM
FREIGHT EXCEPTION REPORT
CARGO CLAIM FORM
NOTICE OF LOSS OR DAMAGE
DAMAGE / SHORTAGE NOTIFICATION
REFUSED SHIPMENT REPORT
DISCREPANCY REPORT
REPORTE DE FALTANTES Y DAÑOS`,
		paper.Other: `
INVOICE
FREIGHT INVOICE
RATE CONFIRMATION
LOAD TENDER
CARRIER RATE AND LOAD CONFIRMATION
PACKING LIST
COMMERCIAL INVOICE
CERTIFICATE OF INSURANCE
DRIVER DETENTION FORM
W-9
PURCHASE ORDER
LOAD CONFIRMATION
DISPATCH SHEET
LETTER OF AUTHORIZATION
TRIP LEASE
NOTICE OF ASSIGNMENT
FUEL RECEIPT`,
	} {
		for title := range strings.SplitSeq(strings.TrimSpace(titles), "\n") {
			if got := ReadPage(typed(title+form), nil, Options{Once: true}); got.Type != want {
				t.Errorf("%s: %s, want %s %v", title, got.Type, want, got.Scores)
			}
		}
	}
}

// TestTornHeadline: the large letters of a title reach down to the small line under it; they are read together all the same.
func TestTornHeadline(t *testing.T) {
	p := typed(`
issued  Orchard   Group   dispatch
Load no. LD-231689       B/L no. 23385498
Shipper  Acme Foods Inc      Consignee  Pinecrest Paper Co
Pieces  Description       Weight
412     Canned goods      12,220`)
	p.Words = append([]paper.Word{
		{Text: "DELIVERY", Confidence: 0.96, Line: 90, Box: paper.Box{0.03, 0.02, 0.21, 0.06}},
		{Text: "ORDER", Confidence: 0.96, Line: 90, Box: paper.Box{0.23, 0.02, 0.34, 0.06}},
	}, p.Words...)
	if got := ReadPage(p, nil, Options{Once: true}); got.Type != paper.POD {
		t.Errorf("%s: %v", got.Type, got.Scores)
	}
}
