package scans

// billVICS is a bill of lading laid out as the retail trade's standard form is. Signed by the consignee, it is a proof of delivery.
func billVICS(f *form) {
	f.typed = faceNamed("cousine")
	driver, shipper, receiver := f.somebody(), f.somebody(), f.receiver()
	f.words(8, 24, 38, "Date:")
	f.typeIn("pickup_date", 50, 38, 90)
	f.headCentred(13, 0, 38, f.w, "BILL OF LADING")
	f.words(8, 530, 38, "Page 1 of 1")
	f.vicsParty(24, 46, "SHIP FROM", "shipper", "SID#:")
	f.vicsParty(24, 106, "SHIP TO", "consignee", "CID#:")
	f.band(24, 166, 290, 11, "THIRD PARTY FREIGHT CHARGES BILL TO:")
	f.frame(24, 177, 290, 38)
	f.typing(30, 189, "Corvane Freight Audit")
	f.typing(30, 200, "PO Box 1180")
	f.typing(30, 211, "Omaha, NE 68101")
	f.frame(24, 215, 290, 48)
	f.words(6.5, 27, 223, "SPECIAL INSTRUCTIONS:")
	f.entry(30, 236, 76, 150, f.oneOf("Shipment ID:", "Load ID:", "Our Ref #:"), "load")
	f.typing(30, 248, f.oneOf("Dlvr appt reqd - call 24h ahead", "If refused or short call 555-0170", "Do not break stretch wrap", "Inside delivery, no liftgate"))

	f.frame(314, 46, 274, 60)
	f.words(8, 318, 58, "Bill of Lading Number:")
	f.typeIn("bol", 412, 58, 160)
	f.barcode("code128", "bol", 350, 66, 180, 32)
	f.frame(314, 106, 274, 60)
	f.entry(318, 119, 86, 180, "CARRIER NAME:", "carrier")
	f.entry(318, 136, 86, 180, "Trailer number:", "trailer")
	f.entry(318, 153, 86, 180, "Seal number(s):", "seal")
	f.frame(314, 166, 274, 49)
	f.entry(318, 179, 86, 180, "SCAC:", "scac")
	f.entry(318, 196, 86, 180, "Pro number:", "pro")
	f.frame(314, 215, 274, 48)
	f.words(6.5, 317, 223, "Freight Charge Terms: (freight charges are prepaid unless marked otherwise)")
	f.words(8, 320, 240, "Prepaid ___X___    Collect _______    3rd Party _______")
	f.ticks(shipper, 320, 256, 0, false, choice{"", "Master Bill of Lading: with attached underlying BOLs"})
	end := f.vicsGoods(263, receiver)
	f.vicsSigning(end, driver, shipper, receiver)
}

func (f *form) vicsParty(x, y float64, heading, role, id string) {
	f.band(x, y, 290, 11, heading)
	f.frame(x, y+11, 290, 49)
	lead := f.size * 1.2
	for i, l := range []string{"Name:", "Address:", "City/State/Zip:"} {
		f.words(7.5, x+4, y+22+lead*float64(i), l)
	}
	f.addressed(role, x+64, y+22, 220)
	f.words(7.5, x+4, y+56, id)
	f.words(7.5, x+235, y+56, "FOB:  [  ]")
}

// vicsGoods is the customer's orders and the carrier's commodities, each with its totals.
func (f *form) vicsGoods(y float64, receiver person) float64 {
	t := f.trip
	f.band(24, y, 564, 11, "CUSTOMER ORDER INFORMATION")
	y += 11
	orders := 1 + t.Pieces%3
	cols := []struct {
		head string
		w    float64
	}{{"CUSTOMER ORDER NUMBER", 150}, {"# PKGS", 60}, {"WEIGHT", 80}, {"PALLET/SLIP (Y / N)", 84}, {"ADDITIONAL SHIPPER INFO", 190}}
	rows := float64(orders + 1)
	x := 24.0
	for _, c := range cols {
		f.words(6, x+3, y+8, c.head)
		f.rule(x, y, x, y+11+13*rows, 0.5)
		x += c.w
	}
	f.frame(24, y, 564, 11+13*rows)
	f.rule(24, y+11, 588, y+11, 0.5)
	for i := range orders {
		at := y + 21 + 13*float64(i)
		pcs, lb := t.Pieces/orders, t.WeightLb/orders
		if i == 0 {
			f.typeIn("po", 30, at, 140)
			pcs, lb = pcs+t.Pieces%orders, lb+t.WeightLb%orders
		} else {
			f.typing(30, at, t.otherPO(i))
		}
		f.typing(182, at, count(pcs, f.how))
		f.typing(240, at, count(lb, f.how))
		f.typing(338, at, "Y")
		f.typing(404, at, []string{"Dept 14", "Whse B", "Promo"}[i])
		f.rule(24, at+3, 588, at+3, 0.4)
	}
	f.head(7.5, 30, y+21+13*float64(orders), "GRAND TOTAL")
	f.typing(182, y+21+13*float64(orders), count(t.Pieces, f.how))
	f.typing(240, y+21+13*float64(orders), count(t.WeightLb, f.how))
	y += 11 + 13*rows
	f.band(24, y, 564, 11, "CARRIER INFORMATION")
	f.words(6, 30, y+19, "HANDLING UNIT")
	f.words(6, 116, y+19, "PACKAGE")
	f.frame(24, y+11, 564, 11)
	end := f.grid(24, y+22, 13, 5-len(t.rows), []column{{"QTY", handlingUnits, 40}, {"TYPE", skid, 40}, {"QTY", pieces, 44}, {"TYPE", unit, 44}, {"WEIGHT", weight, 66}, {"H.M. (X)", hazmat, 32},
		{"COMMODITY DESCRIPTION", article, 178}, {"NMFC #", nmfc, 70}, {"CLASS", class, 50}})
	f.frame(24, end, 564, 16)
	f.figure("pallets", t.Pallets, 28, end+11)
	f.billed(receiver, 108, end+11)
	f.typeIn("weight", 196, end+11, 80)
	f.head(8, 310, end+11, "GRAND TOTAL")
	return end + 16
}

func (f *form) vicsSigning(y float64, driver, shipper, receiver person) {
	f.frame(24, y, 564, 36)
	f.terms(5.6, 27, y+8, "Where the rate is dependent on value, shippers are required to state specifically in writing the agreed or declared value of the property.",
		"NOTE: Liability limitation for loss or damage in this shipment may be applicable. See 49 USC 14706(c)(1)(A) and (B). Claims for shortage or damage",
		"must be noted at time of delivery. RECEIVED, subject to individually determined rates or contracts; \"shipper's load and count\" applies where so marked.")
	f.words(7, 400, y+31, "COD Amount: $ ____________")
	y += 36
	f.frame(24, y, 188, 76)
	f.words(6.5, 27, y+8, "SHIPPER SIGNATURE / DATE")
	f.autograph(shipper, "shipper", 30, y+40, 170, 24)
	f.terms(5, 27, y+52, "This is to certify that the above named materials are properly classified,", "packaged, marked and labeled, and are in proper condition for transportation", "according to the applicable regulations of the DOT.")
	f.frame(212, y, 78, 76)
	f.words(6.5, 215, y+8, "Trailer Loaded:")
	f.frame(290, y, 118, 76)
	f.words(6.5, 293, y+8, "Freight Counted:")
	kind, _ := f.noted()
	ticked, worded := f.noteBoth()
	if kind == "slc" && ticked {
		f.ticks(shipper, 217, y+24, 0, false, choice{"", "By Shipper"})
		f.cross(shipper, 217, y+24, f.size*0.75)
	} else {
		f.ticks(shipper, 217, y+24, 0, false, choice{"", "By Shipper"})
	}
	f.ticks(driver, 217, y+40, 0, false, choice{"", "By Driver"})
	f.ticks(shipper, 295, y+24, 0, ticked, choice{"slc", "By Shipper"})
	f.ticks(driver, 295, y+40, 0, ticked, choice{"stc", "By Driver/pallets said to contain"})
	f.ticks(driver, 295, y+56, 0, false, choice{"", "By Driver/Pieces"})
	if kind != "slc" && kind != "stc" && f.rng.IntN(2) == 0 {
		f.cross(driver, 217, y+40, f.size*0.75)
		f.cross(driver, 295, y+56, f.size*0.75)
	}
	f.frame(408, y, 180, 76)
	f.words(6.5, 411, y+8, "CARRIER SIGNATURE / PICKUP DATE")
	f.autograph(driver, "driver", 414, y+40, 164, 24)
	f.terms(5, 411, y+52, "Carrier acknowledges receipt of packages and required placards. Property", "described above is received in good order, except as noted.")
	y += 76
	if !f.atPickup() {
		f.vicsDelivered(y, receiver)
		return
	}
	if worded {
		f.remarks(driver, 60, y+34, 300)
	}
	f.words(8, 40, y+62, "Arrived ______________    Departed ______________")
	f.fillIn(driver, "in", 76, y+60, 55)
	f.fillIn(driver, "out", 190, y+60, 60)
}

func (f *form) vicsDelivered(y float64, receiver person) {
	f.remarks(receiver, 60, y+32, 420)
	f.frame(24, y+44, 564, 60)
	f.head(7.5, 28, y+54, "CONSIGNEE - RECEIVED THE ABOVE IN GOOD ORDER EXCEPT AS NOTED")
	f.words(7, 30, y+96, "Signature")
	f.rule(70, y+97, 230, y+97, 0.6)
	f.autograph(receiver, "consignee", 72, y+96, 150, 28)
	f.words(7, 238, y+96, "Print name")
	f.rule(280, y+97, 396, y+97, 0.6)
	f.fillIn(receiver, "name", 284, y+95, 108)
	f.words(7, 402, y+96, "Date")
	f.rule(420, y+97, 496, y+97, 0.6)
	f.fillIn(receiver, "delivery_date", 424, y+95, 68)
	f.words(7, 500, y+74, "Arr")
	f.fillIn(receiver, "in", 520, y+74, 60)
	f.words(7, 500, y+96, "Dep")
	f.fillIn(receiver, "out", 520, y+96, 60)
	f.aside(receiver, 60+200*f.rng.Float64(), y+140, 150, 4)
}

// shortForm is one copy of a set of carbon paper, filled in by a dot matrix printer that never hits its lines.
func shortForm(f *form) {
	f.typed = faceNamed("dotgothic16")
	f.preprint = []ink{navy, maroon, forest, black}[f.rng.IntN(4)]
	f.paper([]ink{canary, rose, goldenrod, white}[f.rng.IntN(4)])
	driver, shipper, receiver := f.somebody(), f.somebody(), f.receiver()
	off := f.rng.Float64()*5 - 2 // how far down the printer was off
	f.headCentred(14, 0, 44, f.w, "STRAIGHT BILL OF LADING - SHORT FORM")
	f.words(8, 236, 56, "ORIGINAL - NOT NEGOTIABLE")
	f.words(9, 400, 80, f.oneOf("Shipper's No.", "B/L No.", "Bill No."))
	f.rule(458, 82, 582, 82, 0.6)
	f.typeIn("bol", 464, 80+off, 110)
	f.words(9, 400, 98, f.oneOf("Carrier's No.", "PRO No.", "Frt. Bill"))
	f.rule(458, 100, 582, 100, 0.6)
	f.typeIn("pro", 464, 98+off, 110)
	f.words(9, 30, 80, "Name of Carrier")
	f.rule(98, 82, 390, 82, 0.6)
	f.typeIn("carrier", 104, 80+off, 220)
	f.typeIn("scac", 346, 80+off, 40)
	f.terms(6, 30, 92, "RECEIVED, subject to the classifications and tariffs in effect on the date of the issue of this Bill of Lading, the property described",
		"below, in apparent good order, except as noted (contents and condition of contents of packages unknown), which said", "carrier agrees to carry to its usual place of delivery at said destination.")
	f.words(9, 30, 128, "From")
	f.rule(60, 130, 300, 130, 0.6)
	f.addressed("shipper", 64, 128+off, 230)
	f.words(9, 312, 128, "At / Date shipped")
	f.rule(390, 130, 582, 130, 0.6)
	f.typeIn("pickup_date", 396, 128+off, 100)
	f.words(9, 30, 176, "Consigned to")
	f.rule(88, 178, 330, 178, 0.6)
	f.addressed("consignee", 92, 176+off, 230)
	f.words(9, 340, 176, f.oneOf("Cust. Order No.", "Buyer's P.O.", "P.O. No."))
	f.typeIn("po", 412, 176+off, 160)
	f.words(9, 340, 192, f.oneOf("Our Ref.", "Shpt. No.", "Load No."))
	f.typeIn("load", 412, 192+off, 160)
	f.words(9, 340, 208, "Vehicle No.")
	f.typeIn("trailer", 412, 208+off, 70)
	f.words(9, 490, 208, "Seal")
	f.typeIn("seal", 514, 208+off, 66)
	end := f.grid(30, 224, 18, 16-len(f.trip.rows), []column{{"No. Pkgs", pieces, 54}, {"Kind of Pkg", unit, 60}, {"Description of Articles, Special Marks and Exceptions", article, 250}, {"Weight (Sub. to Corr.)", weight, 84}, {"Class", class, 46}, {"Ck. Col.", none, 58}})
	f.words(8, 34, end+14, "TOTAL PKGS.")
	f.billed(receiver, 90, end+14+off)
	f.words(8, 220, end+14, "On")
	f.figure("pallets", f.trip.Pallets, 236, end+14+off)
	f.words(8, 258, end+14, "pallets / skids")
	f.words(8, 350, end+14, "TOTAL WT.")
	f.typeIn("weight", 398, end+14+off, 90)
	f.shortFormTerms(end+30, driver, shipper)
	writer := receiver
	if f.atPickup() {
		writer, receiver.absent = driver, true // the consignee's lines are still empty
	}
	f.remarksIn(writer, spot{60, end + 258, 420}, spot{60, end + 236, 420}, spot{150, end - 60, 300})
	f.words(8, 30, end+306, "Received the above described property in good condition, except as noted hereon.")
	f.rule(30, end+346, 240, end+346, 0.7)
	f.words(7, 30, end+355, "Consignee  (signature)")
	f.autograph(receiver, "consignee", 34, end+345, 190, 30)
	f.rule(256, end+346, 400, end+346, 0.7)
	f.words(7, 256, end+355, "Name, printed")
	f.fillIn(receiver, "name", 262, end+343, 134)
	f.rule(416, end+346, 500, end+346, 0.7)
	f.words(7, 416, end+355, "Date delivered")
	f.fillIn(receiver, "delivery_date", 420, end+343, 78)
	f.rule(512, end+346, 582, end+346, 0.7)
	f.words(7, 512, end+355, "Time")
	f.fillIn(receiver, "in", 516, end+343, 62)
}

// shortFormTerms is the legal part with the shipper's and the carrier's lines.
func (f *form) shortFormTerms(y float64, driver, shipper person) {
	f.frame(30, y, 552, 96)
	f.terms(6.2, 34, y+10, "If the shipment moves between two ports by a carrier by water, the law requires that the bill of lading shall state whether it is carrier's or shipper's weight.",
		"Subject to Section 7 of conditions, if this shipment is to be delivered to the consignee without recourse on the consignor, the consignor shall sign the following",
		"statement: The carrier shall not make delivery of this shipment without payment of freight and all other lawful charges.",
		"The carrier is not liable for loss, shortage or damage where the shipper's load and count is stated hereon, nor for freight refused by the consignee for any cause",
		"for which the carrier is not responsible. Goods overs or short must be noted on this bill before it is signed.")
	f.words(7, 34, y+58, "Freight charges are:")
	f.ticks(shipper, 110, y+58, 70, false, choice{"", "Prepaid"}, choice{"", "Collect"})
	f.cross(shipper, 110, y+58, f.size*0.75)
	f.ticks(driver, 34, y+78, 170, f.rng.IntN(2) == 0, choice{"slc", "Shipper's load & count (SL&C)"}, choice{"stc", "Said to contain (STC)"}, choice{"", "Hazardous materials"})
	f.rule(30, y+150, 270, y+150, 0.7)
	f.words(7, 30, y+159, "Shipper, per")
	f.autograph(shipper, "shipper", 34, y+149, 210, 30)
	f.rule(316, y+150, 582, y+150, 0.7)
	f.words(7, 316, y+159, "Agent / driver, per")
	f.autograph(driver, "driver", 320, y+149, 210, 30)
	f.words(7, 316, y+176, "In")
	f.words(7, 440, y+176, "Out")
	if f.atPickup() {
		f.fillIn(driver, "in", 332, y+176, 80)
		f.fillIn(driver, "out", 462, y+176, 80)
	}
}

// manifestBill is a plant's own bill on a sheet laid sideways.
func manifestBill(f *form) {
	f.preprint = forest
	driver, shipper := f.somebody(), f.somebody()
	f.typed = faceNamed("cousine")
	f.addressed("shipper", 30, 40, 240)
	f.headCentred(15, 0, 40, f.w, "SHIPPING MANIFEST / BILL OF LADING")
	f.words(7, 330, 54, "Domestic - one load, one bill")
	f.sticker(590, 18, "CARRIER PRO LABEL")
	y := 84.0
	for i, c := range []struct {
		caption, name string
		w             float64
	}{{"BOL #", "bol", 130}, {f.oneOf("LOAD ID", "SHIPMENT", "APPT / LOAD"), "load", 130}, {"CUST PO(S)", "po", 130}, {"SHIP DATE", "pickup_date", 110}, {"TRLR / UNIT", "trailer", 116}, {"SEAL #", "seal", 116}} {
		x := 30.0
		for _, w := range []float64{130, 130, 130, 110, 116}[:i] {
			x += w
		}
		f.captioned(x, y, c.w, 30, c.caption, c.name)
	}
	if f.trip.Pieces%3 == 0 {
		f.print(f.typed, 6.5, 368, 98, 0, "+ "+f.trip.otherPO(1), black)
	}
	f.corner(30, 114, 390, 50, "DELIVER TO")
	f.addressed("consignee", 90, 128, 320)
	f.corner(420, 114, 230, 50, "CARRIER")
	f.typeIn("carrier", 428, 140, 214)
	f.corner(650, 114, 112, 50, "SCAC")
	f.typeIn("scac", 658, 140, 90)
	end := f.grid(30, 170, 17, 13-len(f.trip.rows), []column{{"LN", lineNo, 34}, {"PRODUCT", article, 240}, {"LOT", lot, 100}, {"PLTS", handlingUnits, 50}, {"QTY", pieces, 70}, {"UOM", unit, 60}, {"GROSS WT", weight, 100}, {"LOADED / CK", none, 78}})
	f.frame(30, end, 732, 18)
	f.head(8, 40, end+12, "TOTALS")
	f.words(7, 330, end+12, "PLTS")
	f.figure("pallets", f.trip.Pallets, 458, end+12)
	f.figure("pieces", f.trip.Pieces, 508, end+12)
	f.typeIn("weight", 638, end+12, 80)
	y = end + 30
	f.corner(30, y, 300, 92, "LOADING / DRIVER NOTES")
	f.remarks(driver, 44, y+46, 270)
	f.words(7, 36, y+86, "Set point ______ F     Product temp ______ F     Load locks: ____")
	f.corner(330, y, 432, 92, "RECEIPT BY CARRIER")
	f.terms(5.5, 336, y+18, "Driver has checked the load for count and condition. Absent a notation, any shortage, overage or damage is for the carrier.",
		"No notation \"SLC\" or \"STC\" is accepted without the signature of the shipping supervisor.")
	f.rule(340, y+72, 520, y+72, 0.6)
	f.words(6.5, 340, y+81, "DRIVER SIGNATURE")
	f.autograph(driver, "driver", 344, y+71, 168, 30)
	f.rule(540, y+72, 700, y+72, 0.6)
	f.words(6.5, 540, y+81, "SHIPPING SUPERVISOR")
	f.autograph(shipper, "shipper", 544, y+71, 150, 30)
	f.words(7, 340, y+110, "CHECK-IN")
	f.fillIn(driver, "in", 386, y+110, 80)
	f.words(7, 540, y+110, "CHECK-OUT")
	f.fillIn(driver, "out", 592, y+110, 80)
}
