package scans

import "strconv"

// deliveryReceipt is the half sheet that an LTL carrier's driver has signed.
func deliveryReceipt(f *form) {
	f.preprint = maroon
	f.typed = faceNamed("dotgothic16")
	driver, receiver := f.somebody(), f.receiver()
	f.typed = f.bold
	f.size = 15
	f.typeIn("carrier", 20, 34, 250)
	f.size = 9.5
	f.typed = faceNamed("dotgothic16")
	f.head(12, 300, 34, "DELIVERY RECEIPT")
	f.words(7, 300, 44, "Consignee must sign. Keep this copy on the truck.")
	f.sticker(424, 14, "FREIGHT BILL NO.")
	f.corner(20, 72, 280, 52, "SHIPPER (FROM)")
	f.addressed("shipper", 72, 88, 220)
	f.corner(300, 72, 292, 52, "CONSIGNEE (TO)")
	f.addressed("consignee", 358, 88, 228)
	f.captioned(20, 124, 100, 26, f.oneOf("FRT BILL NO.", "PRO NO.", "OUR PRO"), "pro")
	f.captioned(120, 124, 104, 26, f.oneOf("SHPR B/L NO.", "SHIPPER NO.", "BOL"), "bol")
	f.captioned(224, 124, 116, 26, f.oneOf("P.O. NUMBER", "CUST PO(S)", "CONS. P.O."), "po")
	f.captioned(340, 124, 94, 26, "PICKUP DATE", "pickup_date")
	f.captioned(434, 124, 84, 26, "TRLR", "trailer")
	f.corner(518, 124, 74, 26, "ORIG / DEST")
	f.typing(524, 145, "JOL - "+[]string{"DFW", "ATL", "RNO"}[f.trip.Pieces%3])
	end := f.grid(20, 150, 13, 5-len(f.trip.rows), []column{{"H/U", handlingUnits, 34}, {"PCS", pieces, 44}, {"PKG", unit, 44}, {"DESCRIPTION OF ARTICLES & MARKS", article, 230}, {"CL", class, 34}, {"WEIGHT (LB)", weight, 80}, {"CHARGES", none, 106}})
	f.frame(20, end, 572, 16)
	f.figure("pallets", f.trip.Pallets, 26, end+12)
	f.billed(receiver, 58, end+12)
	f.head(8, 160, end+12, "<- TOTAL H/U AND PIECES")
	f.typeIn("weight", 410, end+12, 76)
	f.typing(492, end+12, "PREPAID")
	f.entry(24, end+32, 60, 140, f.oneOf("Shpt ref:", "Pickup #", "Ref 1"), "load")
	f.words(7, 250, end+32, "Special services:  [ ] liftgate   [ ] inside   [ ] notify   [ ] residential")
	ticked, worded := f.noteBoth()
	f.words(7.5, 24, end+50, "Exceptions:")
	f.ticks(receiver, 76, end+50, 74, ticked, choice{"short", "Short"}, choice{"over", "Over"}, choice{"damaged", "Damaged"}, choice{"refused", "Refused"})
	f.words(6, 380, end+50, "(list below, with count; concealed damage: 5 days)")
	f.frame(20, end+56, 572, 32)
	if worded {
		f.remarks(receiver, 40, end+79, 380)
	}
	y := end + 128
	f.words(6, 24, y-30, "Shipment received in apparent good order, shrink wrap intact, unless noted above:")
	f.head(9, 22, y, "X")
	f.rule(30, y+1, 220, y+1, 0.6)
	f.words(6, 32, y+9, "SIGNATURE OF CONSIGNEE")
	f.autograph(receiver, "consignee", 34, y, 180, 28)
	f.rule(232, y+1, 362, y+1, 0.6)
	f.words(6, 232, y+9, "PRINT LAST NAME")
	f.fillIn(receiver, "name", 238, y-1, 120)
	f.rule(374, y+1, 444, y+1, 0.6)
	f.words(6, 374, y+9, "DATE")
	f.fillIn(receiver, "delivery_date", 378, y-1, 66)
	f.rule(454, y+1, 518, y+1, 0.6)
	f.words(6, 454, y+9, "ARR")
	f.fillIn(receiver, "in", 458, y-1, 58)
	f.rule(528, y+1, 592, y+1, 0.6)
	f.words(6, 528, y+9, "DEP")
	f.fillIn(receiver, "out", 532, y-1, 58)
	f.words(6, 24, y+26, "Driver no.")
	f.jot(driver, 60, y+26, 60, strconv.Itoa(2000+f.trip.WeightLb%7000))
}

// foodInvoice is a food distributor's invoice; the copy that the kitchen or the store signs is the proof.
func foodInvoice(f *form) {
	t := f.trip
	f.typed = faceNamed("cousine")
	driver, receiver := f.somebody(), f.receiver()
	if f.rng.IntN(2) == 0 {
		f.paper(rose)
	}
	f.typed = f.bold
	f.size = 16
	f.typeIn("shipper", 30, 42, 330)
	f.size = 10
	f.typed = faceNamed("cousine")
	whole, value := t.value("shipper_addr", f.how, false)
	f.note("shipper_addr", Field{Text: whole, Value: value}, f.print(f.plain, 8.5, 30, 54, 0, whole, black))
	f.head(15, 420, 38, "DELIVERY INVOICE")
	f.words(8, 420, 50, "Copy 2 - sign and return to driver")
	f.entry(420, 66, 56, 110, "Invoice", "receipt")
	f.entry(420, 80, 56, 110, f.oneOf("Route/ld", "Load", "Trip"), "load")
	f.entry(420, 94, 56, 110, "Shipped", "pickup_date")
	f.frame(30, 66, 180, 62)
	f.band(30, 66, 180, 12, "SOLD TO / SHIP TO")
	f.addressed("consignee", 36, 90, 168)
	f.frame(216, 66, 190, 62)
	f.entry(222, 80, 58, 120, "Cust PO", "po")
	f.entry(222, 94, 58, 120, "Ship doc", "bol")
	f.entry(222, 108, 58, 120, "Hauler", "carrier")
	f.entry(222, 122, 58, 120, "Truck", "trailer")
	f.entry(420, 108, 56, 110, "SCAC", "scac")
	f.entry(420, 122, 56, 110, "Pro", "pro")
	end := f.grid(30, 138, 17, 19-len(t.rows), []column{{"ITEM", itemCode, 70}, {"ORD", pieces, 44}, {"SHP", pieces, 44}, {"UM", unit, 40}, {"DESCRIPTION", article, 190}, {"WT", weight, 60}, {"UNIT $", price, 50}, {"RCV'D", none, 54}})
	f.frame(30, end, 552, 44)
	f.words(8, 36, end+14, f.oneOf("Tot. pcs", "Total cs", "Ttl units"))
	f.billed(receiver, 104, end+14)
	f.words(8, 36, end+30, "Plts / carts")
	f.figure("pallets", t.Pallets, 104, end+30)
	f.words(8, 240, end+14, "Tot. wt")
	f.typeIn("weight", 290, end+14, 90)
	f.words(8, 430, end+14, "Merchandise")
	f.typing(510, end+14, thousands(t.Pieces*23)+".40")
	f.words(8, 430, end+36, "Pay this amount")
	f.typing(510, end+36, thousands(t.Pieces*23)+".40")
	f.terms(6, 30, end+54, "Check your order while the driver is present. Shorts, damaged or refused goods must be written here and initialled by the driver; no credit is given later.")
	f.words(8, 30, end+70, "Credits / remarks:")
	f.rule(94, end+72, 582, end+72, 0.5)
	f.rule(30, end+92, 582, end+92, 0.5)
	f.remarksIn(receiver, spot{110, end + 88, 380}, spot{240, end - 40, 180}, spot{110, end + 70, 300})
	y := end + 140
	f.words(8, 30, y, f.oneOf("Rec'd by", "Sign", "Recvr"))
	f.rule(66, y+2, 290, y+2, 0.6)
	f.autograph(receiver, "consignee", 70, y+1, 200, 30)
	f.words(8, 310, y, "Print")
	f.rule(334, y+2, 582, y+2, 0.6)
	f.fillIn(receiver, "name", 340, y, 220)
	y += 34
	f.words(8, 30, y, "Dlvd on")
	f.rule(66, y+2, 190, y+2, 0.6)
	f.fillIn(receiver, "delivery_date", 72, y, 110)
	f.words(8, 204, y, "Time in")
	f.rule(236, y+2, 320, y+2, 0.6)
	f.fillIn(receiver, "in", 240, y, 76)
	f.words(8, 330, y, "Time out")
	f.rule(366, y+2, 450, y+2, 0.6)
	f.fillIn(receiver, "out", 370, y, 76)
	f.words(8, 460, y, "Driver")
	f.rule(488, y+2, 582, y+2, 0.6)
	f.autograph(driver, "driver", 490, y+1, 88, 24)
	f.aside(driver, 380, y+40, 140, 3)
}

// deliveryOrder is a forwarder's order, which the warehouse stamped and filled in.
func deliveryOrder(f *form) {
	t := f.trip
	f.preprint = navy
	f.typed = faceNamed("cousine")
	receiver, driver := f.receiver(), f.somebody()
	f.headCentred(17, 0, 46, f.w, "DELIVERY ORDER")
	f.words(8, 30, 58, "Corvane Forwarding Inc. - 77 Pier Approach, Savannah, GA 31408")
	f.corner(30, 66, 276, 30, f.oneOf("OUR REFERENCE", "SHIPMENT ID", "FILE / LOAD NO."))
	f.typeIn("load", 38, 90, 200)
	f.captioned(306, 66, 138, 30, "DATE PICKED UP", "pickup_date")
	f.captioned(444, 66, 138, 30, "DELIVERY ORDER NO.", "receipt")
	f.corner(30, 96, 276, 62, "PICK UP FROM")
	f.addressed("shipper", 42, 118, 256)
	f.corner(306, 96, 276, 62, "FOR DELIVERY TO / CONSIGNEE")
	f.addressed("consignee", 318, 118, 256)
	f.captioned(30, 158, 184, 30, "INLAND CARRIER", "carrier")
	f.captioned(214, 158, 92, 30, "SCAC", "scac")
	f.captioned(306, 158, 138, 30, f.oneOf("B/L NO.", "BILL OF LADING", "HOUSE B/L"), "bol")
	f.captioned(444, 158, 138, 30, f.oneOf("CARRIER'S PRO", "FREIGHT BILL", "PRO / WAYBILL"), "pro")
	f.captioned(30, 188, 184, 30, "CUSTOMER ORDER NO(S).", "po")
	f.captioned(214, 188, 92, 30, "TRAILER", "trailer")
	f.captioned(306, 188, 138, 30, "SEAL", "seal")
	f.corner(444, 188, 138, 30, "FREE TIME EXP.")
	f.typing(452, 213, "n/a")
	end := f.grid(30, 228, 18, 7-len(t.rows), []column{{"NO. OF PKGS", pieces, 76}, {"KIND", unit, 60}, {"DESCRIPTION OF GOODS", article, 276}, {"GROSS WEIGHT, LB", weight, 140}})
	f.frame(30, end, 552, 20)
	f.billed(receiver, 36, end+14)
	f.head(9, 116, end+14, "PACKAGES IN ALL, ON")
	f.figure("pallets", t.Pallets, 222, end+14)
	f.head(9, 246, end+14, "PLATFORMS")
	f.typeIn("weight", 448, end+14, 120)
	f.terms(6.5, 30, end+32, "Carrier: obtain a clean receipt. If goods are refused, short or damaged call the undersigned at once; storage is for account of cargo.",
		"All quantities are as declared by the shipper (shipper's load and count); we assume no liability for the contents.")
	f.stampedDelivery(end+66, receiver)
	f.rule(30, 714, 250, 714, 0.6)
	f.words(7, 30, 723, "Driver")
	f.autograph(driver, "driver", 34, 713, 190, 30)
}

// stampedDelivery is the warehouse's stamp on the lower half, and the line on which somebody may have signed beside it.
func (f *form) stampedDelivery(y float64, receiver person) {
	turn := f.rng.NormFloat64() * 0.05
	x := 40 + 40*f.rng.Float64()
	f.frame(30, y-6, 552, 170)
	f.words(6.5, 33, y+2, "RECEIPT OF CONSIGNEE")
	if receiver.absent {
		f.words(7, 306, y+150, "Signature")
		f.rule(346, y+152, 570, y+152, 0.6)
		f.page.Signatures["consignee"] = Signature{Box: f.fraction(rect{346, y + 120, 570, y + 154})}
		return
	}
	if f.rng.IntN(2) == 0 {
		f.receivingStamp(receiver, x, y+8, turn, f.oneOf("RECEIVED", "RECEIVING DEPT", "REC'D"), []stampLine{{"DATE", "delivery_date"}, {"IN", "in"}, {"OUT", "out"}, {"NAME", "name"}}, "BY")
		f.remarks(receiver, 300, y+60, 250)
		return
	}
	f.receivingStamp(receiver, x, y+10, turn, "RECEIVED", []stampLine{{"DATE", "delivery_date"}, {"TIME IN", "in"}, {"TIME OUT", "out"}, {"CHECKED BY", "name"}}, "")
	f.remarks(receiver, 300, y+60, 250)
	f.words(7, 306, y+150, "Signature")
	f.rule(346, y+152, 570, y+152, 0.6)
	f.autograph(receiver, "consignee", 350, y+151, 200, 34)
}

// packingSlip is a warehouse's slip that went with the goods; the receiver counted line by line and signed it.
func packingSlip(f *form) {
	t := f.trip
	receiver := f.receiver()
	f.head(20, 40, 52, "Packing slip")
	f.words(9, 170, 52, "and delivery acknowledgement")
	f.barcode("code128", "bol", 380, 30, 170, 26)
	f.typed = f.bold
	f.words(8, 380, 68, "Ship doc")
	f.typeIn("bol", 424, 68, 130)
	f.typed = f.plain
	f.rule(40, 76, 555, 76, 2)
	f.words(7.5, 40, 92, "Ship from")
	f.addressed("shipper", 40, 106, 160)
	f.words(7.5, 212, 92, "Ship to")
	f.addressed("consignee", 212, 106, 170)
	for i, c := range [][2]string{{f.oneOf("Order ID", "Shipment", "Load"), "load"}, {f.oneOf("Your PO", "PO no.", "Cust PO"), "po"}, {"Shipped", "pickup_date"}, {"Via", "carrier"}, {"Tracking", "pro"}} {
		f.entry(396, 92+13*float64(i), 46, 116, c[0], c[1])
	}
	var ends float64
	widths := []column{{"Item", itemCode, 74}, {"Description", article, 201}, {"UoM", unit, 50}, {"Ordered", pieces, 60}, {"Shipped", pieces, 60}, {"Received", none, 70}}
	ends = f.grid(40, 166, 20, 14-len(t.rows), widths)
	f.lineChecks(receiver, 485, 166+12, 20)
	f.words(9, 44, ends+18, f.oneOf("Cartons total", "Total pkgs", "Units sent"))
	f.receivedOf(receiver, 112, ends+18)
	f.words(9, 300, ends+18, "Skids")
	f.figure("pallets", t.Pallets, 332, ends+18)
	f.words(9, 390, ends+18, "Ship wt")
	f.typeIn("weight", 432, ends+18, 110)
	f.rule(40, ends+26, 555, ends+26, 0.8)
	f.terms(7, 40, ends+40, "Please note any shortage, overage or damage before you sign. Goods may be refused only with a return number.")
	ticked, worded := f.noteBoth()
	f.ticks(receiver, 44, ends+62, 100, ticked, choice{"", "All received"}, choice{"short", "Items missing"}, choice{"damaged", "Items damaged"}, choice{"refused", "Items refused"}, choice{"over", "Too many"})
	if kind, _ := f.noted(); kind == "" && !receiver.absent && f.rng.IntN(2) == 0 {
		f.cross(receiver, 44, ends+62, f.size*0.75)
	}
	f.words(7.5, 44, ends+84, "Comments")
	f.rule(90, ends+86, 555, ends+86, 0.4)
	f.rule(44, ends+110, 555, ends+110, 0.4)
	if worded {
		f.remarksIn(receiver, spot{100, ends + 104, 360}, spot{120, ends - 40, 190})
	}
	y := ends + 165
	f.frame(40, y-34, 200, 50)
	f.words(7, 44, y-26, "Received by (signature)")
	f.autograph(receiver, "consignee", 46, y+10, 180, 30)
	f.frame(240, y-34, 150, 50)
	f.words(7, 244, y-26, "Print name")
	f.fillIn(receiver, "name", 248, y+6, 136)
	f.frame(390, y-34, 165, 50)
	f.words(7, 394, y-26, "Date received")
	f.fillIn(receiver, "delivery_date", 398, y+6, 140)
	f.words(7, 44, y+34, "Dock in")
	f.fillIn(receiver, "in", 78, y+34, 80)
	f.words(7, 244, y+34, "Dock out")
	f.fillIn(receiver, "out", 284, y+34, 80)
}

// lineChecks are the check marks of somebody who went through the lines.
func (f *form) lineChecks(p person, x, y, step float64) {
	if p.absent || f.rng.IntN(2) == 0 {
		return
	}
	for i := range f.trip.rows {
		at := y + step*(float64(i)+0.7)
		f.sheet.pen(1.2, p.pen, point{x + 10, at - 4}, point{x + 14, at}, point{x + 22, at - 10})
	}
}

// receivedOf prints the count that was sent, with the receiver's own count written after it.
func (f *form) receivedOf(p person, x, y float64) {
	if p.absent || !f.trip.recounted() {
		f.figure("pieces", f.trip.Pieces, x, y)
		return
	}
	sent := count(f.trip.Pieces, f.how)
	f.typing(x, y, sent)
	f.words(9, x+44, y, "rec'd")
	f.rule(x+70, y+2, x+150, y+2, 0.5)
	text := strconv.Itoa(f.trip.seen)
	f.note("pieces", Field{Text: text, Value: text, Hand: true}, f.jot(p, x+76, y, 60, text))
}

// airDelivery is the delivery copy of an air waybill, with its many small cells, on a sheet laid sideways.
func airDelivery(f *form) {
	t := f.trip
	f.preprint = []ink{navy, forest}[f.rng.IntN(2)]
	if f.rng.IntN(2) == 0 {
		f.paper(green)
	}
	f.typed = faceNamed("dotgothic16")
	receiver, driver := f.receiver(), f.somebody()
	f.captioned(24, 24, 190, 26, "Waybill number", "pro")
	f.head(12, 232, 42, "AIR FREIGHT - DELIVERY COPY")
	f.barcode("code128", "pro", 560, 20, 180, 28)
	f.corner(24, 50, 330, 56, "Shipper's name and address")
	f.addressed("shipper", 34, 68, 310)
	f.captioned(354, 50, 220, 28, "Issuing carrier / cartage agent", "carrier")
	f.captioned(574, 50, 80, 28, "Carrier code", "scac")
	f.captioned(654, 50, 114, 28, "Executed on", "pickup_date")
	f.captioned(354, 78, 140, 28, "Shipper's reference", "bol")
	f.captioned(494, 78, 140, 28, "Consignee's order", "po")
	f.captioned(634, 78, 134, 28, f.oneOf("Job / file no.", "Shipment ID", "Load no."), "load")
	f.corner(24, 106, 330, 56, "Consignee's name and address")
	f.addressed("consignee", 34, 124, 310)
	f.corner(354, 106, 414, 56, "Handling information")
	f.typing(362, 124, "SECURED CARGO - SCREENED")
	f.typing(362, 138, "DELIVER TO DOCK, NOT WEATHER PROOF")
	end := f.grid(24, 162, 14, 5-len(t.rows), []column{{"No. of pieces RCP", pieces, 90}, {"Gross weight", weight, 90}, {"lb", none, 24}, {"Rate class", class, 70}, {"Skids", handlingUnits, 50}, {"Nature and quantity of goods", article, 300}, {"Packing", unit, 120}})
	f.frame(24, end, 744, 18)
	f.billed(receiver, 30, end+13)
	f.typeIn("weight", 118, end+13, 84)
	f.figure("pallets", t.Pallets, 302, end+13)
	f.words(7, 356, end+13, "(totals)")
	f.terms(5.8, 24, end+28, "It is agreed that the goods described herein are delivered in apparent good order and condition (except as noted). Notice of damage or partial loss must be given in writing at delivery,",
		"of delay within 14 days. The carrier's liability is limited. Weights and counts are those of the shipper; unit load devices are accepted \"shipper's load and count\".")
	f.corner(24, end+44, 420, 60, "Irregularities at delivery (shortage, damage, refusal)")
	f.remarksIn(receiver, spot{40, end + 82, 380}, spot{40, end + 82, 380}, spot{470, end - 8, 280})
	f.corner(444, end+44, 324, 60, "Delivered by")
	f.autograph(driver, "driver", 470, end+96, 200, 34)
	f.corner(24, end+104, 250, 52, "Received in good order: signature of consignee or agent")
	f.autograph(receiver, "consignee", 34, end+150, 220, 34)
	f.corner(274, end+104, 170, 52, "Name in block letters")
	f.fillIn(receiver, "name", 282, end+144, 150)
	f.corner(444, end+104, 124, 52, "Date")
	f.fillIn(receiver, "delivery_date", 450, end+144, 112)
	f.corner(568, end+104, 100, 52, "Time arrived")
	f.fillIn(receiver, "in", 574, end+144, 88)
	f.corner(668, end+104, 100, 52, "Time left")
	f.fillIn(receiver, "out", 674, end+144, 88)
}
