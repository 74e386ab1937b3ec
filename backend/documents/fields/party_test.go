package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// TestPartiesOnFormsOfAllKinds: who ships, receives and hauls stands under heads in two languages, behind words that are part of the
// name, on top of a form without a label; a choice on a form, a title and the label of a number are nobody.
func TestPartiesOnFormsOfAllKinds(t *testing.T) {
	known := knownLoads()
	known[0].Values[paper.Carrier] = "Transporte Azul Norte"
	tests := []struct {
		name, text string
		want       map[string]string
	}{
		{"French and English heads side by side, one of them torn", `
CONNAISSEMENT / BILL OF LADING
No de connaissement / BOL 10051159     No de commande  PO579701
EXPÉDITEUR / SHIPPER                   DESTINATAIRE / CONSIONER
LAKEVIEW GROCERS DC 4                  PINECREST PAPER CO
77 DEPOT DR                            45 RIVER ST
TOLEDO, OH 43612                       MACON, GA 31201`,
			map[string]string{paper.Shipper: "Lakeview Grocers DC 4", paper.ShipperAddr: "77 Depot Dr, Toledo, OH 43612",
				paper.Consignee: "Pinecrest Paper Co", paper.ConsigneeAddr: "45 River St, Macon, GA 31201"}},
		{"French alone", `
BON DE LIVRAISON
No de connaissement: 88120034   Remorque: 53018   Sceau: 7714402
Expéditeur: Moulin Vert Inc     Destinataire: Quincaillerie Roy
Nombre de colis: 412            Poids: 8 120 lb`,
			map[string]string{paper.Bill: "88120034", paper.Trailer: "53018", paper.Seal: "7714402", paper.Shipper: "Moulin Vert Inc", paper.Consignee: "Quincaillerie Roy", paper.Pieces: "412"}},
		{"street and town of their own labels, numbers of the shipper and the carrier", `
STRAIGHT BILL OF LADING
Shipper No. 23385498                     Carrier No. 300-744181
Consignee  Pinewood Paper Co             Shipper  Acme Foods Inc
Street     45 River St                   Street   12 Main St
City/State/Zip  Macon, GA 31201          City/State/Zip  Toledo, OH 43612`,
			map[string]string{paper.Bill: "23385498", paper.PRO: "300-744181", paper.Shipper: "Acme Foods Inc", paper.ShipperAddr: "12 Main St, Toledo, OH 43612",
				paper.Consignee: "Pinewood Paper Co", paper.ConsigneeAddr: "45 River St, Macon, GA 31201"}},
		{"names and addresses under one head, numbers of two names", `
PICKUP RECEIPT
Shipper Name & Address                   Consignee Name & Address
Acme Foods Inc                           Pinewood Paper Co
12 Main St                               45 River St
Toledo, OH 43612                         Macon, GA 31201
Load/Trip # LD-231689     BOL/Ref # 23385498     PO/Order # 4500123456`,
			map[string]string{paper.Load: "LD-231689", paper.Bill: "23385498", paper.PO: "4500123456", paper.Shipper: "Acme Foods Inc",
				paper.ShipperAddr: "12 Main St, Toledo, OH 43612", paper.Consignee: "Pinewood Paper Co", paper.ConsigneeAddr: "45 River St, Macon, GA 31201"}},
		{"who is called is no load", `
DELIVERY ORDER
issued by Orchard Logistics   dispatch 1-800-555-0134
Load   (800) 555-0134
B/L no. 23385498`,
			map[string]string{paper.Load: "", paper.Bill: "23385498"}},
		{"a carrier's name that begins with a label", `
DELIVERY RECEIPT
TRANSPORTE AZUL NORTE
B/L no. 10051159    PO PO579701`,
			map[string]string{paper.Carrier: "Transporte Azul Norte"}},
		{"a label of the carrier beside the title", `
TRANSPORTE          DELIVERY RECEIPT
B/L no. 23385498    PO PO589642`,
			map[string]string{paper.Carrier: ""}},
		{"the carrier's number in a row of its own", `
STRAIGHT BILL OF LADING
Name of carrier     Carrier's No. 8447-7139
Shipper's No. 23385498`,
			map[string]string{paper.Carrier: "", paper.PRO: "8447-7139", paper.Bill: "23385498"}},
		{"a choice to tick is no shipper", `
OVER, SHORT & DAMAGE REPORT
B/L no. 23385498
Disposition:  Accepted      Returned to shipper      Held at dock      Disposed`,
			map[string]string{paper.Shipper: ""}},
		{"a letterhead with its address set around the middle", `
           GATE PASS - OUTBOUND
           Lakeview Grocers DC 4
       77 Depot Dr, Toledo, OH 43612
LOAD NO   LD-947195
B/L NO    10051159
SHIP TO   Pinecrest Paper Co`,
			map[string]string{paper.Shipper: "Lakeview Grocers DC 4", paper.ShipperAddr: "77 Depot Dr, Toledo, OH 43612", paper.Consignee: "Pinecrest Paper Co"}},
		{"a house number and its quarter run together", `
BILL OF LADING
CONSIGNEE
Bright Acre Farms
7731W ORCHARD ST
YAKIMA, WA 98902`,
			map[string]string{paper.Consignee: "Bright Acre Farms", paper.ConsigneeAddr: "7731 W ORCHARD ST, YAKIMA, WA 98902"}},
		{"picked up at and for delivery to, each over three lines", `
PICKUP RECEIPT
PICKED UP AT                           FOR DELIVERY TO
Moulin Vert Inc                        Orchard Supply Co
41 Lancet Dr Ste 200                   1450 Superior St Bldg C
Franklin, MA 02038                     Port Huron, MI 48060`,
			map[string]string{paper.Shipper: "Moulin Vert Inc", paper.ShipperAddr: "41 Lancet Dr Ste 200, Franklin, MA 02038",
				paper.Consignee: "Orchard Supply Co", paper.ConsigneeAddr: "1450 Superior St Bldg C, Port Huron, MI 48060"}},
		{"ship from and ship to with names and addresses of their own labels", `
BILL OF LADING
SHIP FROM                              Bill of Lading Number: 23385498
Name:     Moulin Vert Inc
Address:  41 Lancet Dr Ste 200
          Franklin, MA 02038
SHIP TO                                CARRIER NAME: Bluewing Freight Lines
Name:     Orchard Supply Co            Trailer number: 53018
Address:  1450 Superior St Bldg C
          Port Huron, MI 48060`,
			map[string]string{paper.Shipper: "Moulin Vert Inc", paper.ShipperAddr: "41 Lancet Dr Ste 200, Franklin, MA 02038",
				paper.Consignee: "Orchard Supply Co", paper.ConsigneeAddr: "1450 Superior St Bldg C, Port Huron, MI 48060", paper.Carrier: "Bluewing Freight Lines"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), Learn(known), Options{Once: true}).Fields, tt.want)
		})
	}
}
