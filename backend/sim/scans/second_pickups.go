package scans

import "strings"

// pickupSlip is the half sheet that a driver leaves with the shipper.
func pickupSlip(f *form) {
	f.preprint = forest
	f.paper([]ink{white, canary, green}[f.rng.IntN(3)])
	f.typed = faceNamed("cousine")
	driver, shipper := f.somebody(), f.somebody()
	f.head(13, 24, 34, "PICK-UP RECORD")
	f.words(7, 24, 44, "not a bill of lading")
	f.typeIn("carrier", 160, 34, 220)
	f.sticker(412, 16, "PRO STICKER HERE")
	f.captioned(24, 74, 130, 28, f.oneOf("Pickup #", "Load / PU #", "Dispatch no."), "load")
	f.captioned(154, 74, 130, 28, f.oneOf("Shipper B/L", "BOL no.", "B/L #"), "bol")
	f.captioned(284, 74, 152, 28, "Cust. P.O.", "po")
	f.captioned(436, 74, 152, 28, "Tractor / trailer", "trailer")
	f.corner(24, 102, 282, 54, "PICKED UP FROM")
	f.addressed("shipper", 34, 120, 262)
	f.corner(306, 102, 282, 54, "GOING TO")
	f.addressed("consignee", 316, 120, 262)
	f.corner(24, 156, 94, 40, f.oneOf("Plts / HU", "Skids", "H/U"))
	f.corner(118, 156, 94, 40, f.oneOf("Tot. units", "Ctns / pcs", "Piece ct"))
	f.corner(212, 156, 130, 40, f.oneOf("Gross wt", "Wt (lb)", "Total wt"))
	f.corner(342, 156, 94, 40, "Seal")
	f.corner(436, 156, 152, 40, "Date picked up")
	f.fillIn(driver, "pallets", 44, 188, 60)
	f.fillIn(driver, "pieces", 134, 188, 70)
	f.fillIn(driver, "weight", 226, 188, 108)
	f.fillIn(driver, "seal", 350, 188, 82)
	f.fillIn(driver, "pickup_date", 446, 188, 134)
	f.words(8, 28, 216, "Time in")
	f.rule(60, 218, 150, 218, 0.5)
	f.fillIn(driver, "in", 64, 216, 80)
	f.words(8, 170, 216, "Time out")
	f.rule(206, 218, 296, 218, 0.5)
	f.fillIn(driver, "out", 210, 216, 80)
	f.ticks(driver, 320, 216, 80, false, choice{"", "Liftgate"}, choice{"", "Residential"}, choice{"", "Appt."})
	f.words(7.5, 28, 240, "Remarks")
	f.rule(64, 242, 588, 242, 0.4)
	f.remarks(driver, 80, 239, 300)
	f.terms(6, 24, 258, "The carrier receives the above in apparent good order. Piece count is that of the shipper where freight is wrapped; loss or damage must be claimed in nine months.",
		"Signing this record does not change the terms of the bill of lading. Refused or short freight is handled under the carrier's rules tariff.")
	f.words(8, 24, 330, "DRIVER  X")
	f.rule(66, 332, 290, 332, 0.7)
	f.autograph(driver, "driver", 70, 331, 200, 36)
	f.words(8, 310, 330, "SHIPPER  X")
	f.rule(358, 332, 588, 332, 0.7)
	f.autograph(shipper, "shipper", 362, 331, 200, 36)
}

// gatePass is the guard's log of a trailer that leaves a plant.
func gatePass(f *form) {
	f.typed = faceNamed("cousine-bold")
	f.size = 10
	driver, guard := f.somebody(), f.somebody()
	f.head(18, 40, 54, "YARD EXIT PASS")
	f.words(9, 40, 68, "Proof of pickup. Driver keeps the white copy, guard house the yellow.")
	f.entry(400, 54, 56, 110, "Pass no.", "receipt")
	f.rule(40, 78, 572, 78, 2.5)
	f.head(9, 40, 98, "FACILITY")
	f.addressed("shipper", 120, 98, 260)
	f.head(9, 40, 146, "DESTINATION")
	f.addressed("consignee", 120, 146, 260)
	in, out, _ := strings.Cut(f.oneOf("Gate in|Gate out", "Time in|Time out", "Arr|Dep"), "|")
	type pair struct{ label, name string }
	for i, r := range [][2]pair{{{"Shipment ID", "load"}, {"Carrier", "carrier"}}, {{"BOL / manifest", "bol"}, {"SCAC", "scac"}}, {{"Order(s)", "po"}, {"Pro / waybill", "pro"}}, {{"Equipment #", "trailer"}, {"Seal #1", "seal"}},
		{{f.oneOf("Units loaded", "Case count", "Pieces"), "pieces"}, {"Pallet spots", "pallets"}}, {{"Cargo weight", "weight"}, {"Date out", "pickup_date"}}, {{in, "in"}, {out, "out"}}} {
		y := 194 + 30*float64(i)
		for n, c := range r {
			x := 40 + 266*float64(n)
			f.corner(x, y, 266, 30, c.label)
			f.typeIn(c.name, x+90, y+20, 170)
		}
	}
	y := 194 + 30*7.0 + 24
	f.head(9, 40, y, "INSPECTION")
	f.ticks(guard, 120, y, 110, false, choice{"", "Seal intact"}, choice{"", "Doors closed"}, choice{"", "Lights"}, choice{"", "Tires"})
	for i := range 4 {
		if f.rng.IntN(3) > 0 {
			f.cross(guard, 120+110*float64(i), y, f.size*0.75)
		}
	}
	f.frame(40, y+16, 532, 44)
	f.words(7, 44, y+25, "Guard comments (equipment damage only)")
	f.remarks(guard, 60, y+48, 300)
	y += 120
	f.rule(40, y, 280, y, 0.7)
	f.words(7.5, 40, y+10, "Driver signature")
	f.autograph(driver, "driver", 46, y, 210, 34)
	f.rule(320, y, 572, y, 0.7)
	f.words(7.5, 320, y+10, "For the shipper: shipping office or guard")
	f.autograph(guard, "shipper", 326, y, 210, 34)
	f.terms(6.5, 40, y+34, "By signing the driver confirms that the trailer was loaded and sealed by the facility. This pass is void two hours after it was issued.")
}

// appPickup is the pickup as a driver's telephone shows it.
func appPickup(f *form) {
	f.preprint = ink{60, 66, 78}
	f.bar(ink{236, 240, 246}, 0, 0, f.w, 54)
	f.head(14, 24, 26, "Pickup confirmed")
	f.typeIn("carrier", 24, 42, 240)
	y := 78.0
	for _, r := range [][2]string{{"Load", "load"}, {"BOL #", "bol"}, {"PO", "po"}, {"PRO", "pro"}, {"Trailer", "trailer"}, {"Seal", "seal"}} {
		f.entry(24, y, 90, 250, r[0], r[1])
		y += 17
	}
	f.rule(24, y-6, 372, y-6, 0.5)
	f.words(8, 24, y+8, "FROM")
	f.addressed("shipper", 114, y+8, 250)
	f.words(8, 24, y+54, "TO")
	f.addressed("consignee", 114, y+54, 250)
	y += 100
	f.rule(24, y-6, 372, y-6, 0.5)
	for _, r := range [][2]string{{f.oneOf("Loaded", "Pieces", "Qty"), "pieces"}, {"Pallets", "pallets"}, {"Weight", "weight"}, {"Date", "pickup_date"}, {"Checked in", "in"}, {"Checked out", "out"}} {
		f.entry(24, y+10, 90, 250, r[0], r[1])
		y += 17
	}
	f.rule(24, y+2, 372, y+2, 0.5)
	p := f.somebody()
	p.pen = ink{20, 20, 24}
	for i, role := range []string{"driver", "shipper"} {
		x := 24 + 178*float64(i)
		f.frame(x, y+14, 170, 84)
		f.words(8, x+6, y+26, map[string]string{"driver": "Driver signature", "shipper": "Shipper signature"}[role])
		f.size = 13
		f.autograph(p, role, x+10, y+82, 150, 44)
		f.size = 10
		p.style = f.rng.IntN(6)
	}
	if !f.trip.signed {
		f.words(9, 60, y+62, "(pending)")
	}
	f.terms(6.5, 24, y+118, "Sent from the driver's device. Counts are as told by the shipper unless counted by the driver.")
}
