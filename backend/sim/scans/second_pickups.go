package scans

import (
	"math"
	"strings"
)

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

// interchangeReceipt is a yard's receipt for a loaded trailer that leaves, with a drawing of its sides on which the
// inspector marks old damage. That damage is the trailer's, not the freight's.
func interchangeReceipt(f *form) {
	f.preprint = navy
	f.typed = faceNamed("dotgothic16")
	f.size = 10.5
	driver, inspector := f.somebody(), f.somebody()
	f.band(30, 28, 552, 22, "EQUIPMENT INTERCHANGE RECEIPT")
	f.head(11, 30, 66, "OUT-GATE   [X] LOADED   [  ] EMPTY   [  ] BOBTAIL")
	f.entry(430, 66, 50, 100, "EIR No.", "receipt")
	f.captioned(30, 76, 138, 30, "TRAILER / EQUIPMENT", "trailer")
	f.captioned(168, 76, 138, 30, "SEAL NO.", "seal")
	f.captioned(306, 76, 196, 30, "MOTOR CARRIER", "carrier")
	f.captioned(502, 76, 80, 30, "SCAC", "scac")
	f.captioned(30, 106, 138, 30, f.oneOf("LOAD / BOOKING", "SHIPMENT ID", "PICKUP NO."), "load")
	f.captioned(168, 106, 138, 30, "B/L", "bol")
	f.captioned(306, 106, 98, 30, "DATE OUT", "pickup_date")
	f.captioned(404, 106, 98, 30, "TIME IN", "in")
	f.captioned(502, 106, 80, 30, "TIME OUT", "out")
	f.corner(30, 136, 276, 54, "ORIGIN (SHIPPER / YARD)")
	f.addressed("shipper", 60, 157, 240)
	f.corner(306, 136, 276, 54, "DESTINATION (CONSIGNEE)")
	f.addressed("consignee", 336, 157, 240)
	f.captioned(30, 190, 138, 30, "PKGS ON MANIFEST", "pieces")
	f.captioned(168, 190, 138, 30, "PLTS", "pallets")
	f.captioned(306, 190, 138, 30, "CARGO WT", "weight")
	f.captioned(444, 190, 138, 30, "CUST. ORDER", "po")
	f.words(7.5, 30, 236, "Inspection codes:  B bent   C cut   D dented   H hole   M missing   S scraped   (mark on the drawing; equipment only)")
	for i, side := range []string{"LEFT SIDE", "RIGHT SIDE", "FRONT", "REAR"} {
		x, w := 30+[]float64{0, 190, 380, 470}[i], []float64{180, 180, 80, 82}[i]
		f.frame(x, 246, w, 70)
		f.words(6.5, x+3, 254, side)
		if w > 100 {
			for _, at := range []float64{w - 50, w - 28} {
				f.sheet.pen(0.7, f.preprint, circle(x+at, 326, 9)...)
			}
		}
		if f.rng.IntN(3) == 0 {
			f.jot(inspector, x+20+f.rng.Float64()*(w-60), 290, 40, f.oneOf("D", "S", "B", "x", "S S", "ok"))
		}
	}
	f.ticks(inspector, 30, 360, 92, false, choice{"", "Tires"}, choice{"", "Lights"}, choice{"", "Mud flaps"}, choice{"", "Doors"}, choice{"", "Roof"}, choice{"", "Placards"})
	for i := range 5 {
		f.cross(inspector, 30+92*float64(i), 360, f.size*0.75)
	}
	f.words(8, 30, 388, "Remarks")
	f.rule(66, 390, 582, 390, 0.4)
	f.remarks(inspector, 76, 387, 300)
	f.terms(6.3, 30, 404, "The above equipment was received in good condition except as noted. The user is liable for loss of or damage to the equipment while in his possession.",
		"The yard did not count the freight and knows nothing of shortage or damage of the contents; trailers are sealed by the shipper (shipper's load and count).")
	f.rule(30, 474, 280, 474, 0.7)
	f.words(7, 30, 483, "DRIVER SIGNATURE (for the motor carrier)")
	f.autograph(driver, "driver", 36, 473, 220, 34)
	f.rule(320, 474, 582, 474, 0.7)
	f.words(7, 320, 483, "RELEASED BY (for the shipper)")
	f.autograph(inspector, "shipper", 326, 473, 220, 34)
}

func circle(x, y, r float64) []point {
	var path []point
	for i := range 25 {
		a := float64(i) / 24 * 2 * math.Pi
		path = append(path, point{x + r*math.Cos(a), y + r*math.Sin(a)})
	}
	return path
}
