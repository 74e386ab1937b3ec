package fields

import (
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
