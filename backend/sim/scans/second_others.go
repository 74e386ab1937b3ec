package scans

import (
	"fmt"
	"strconv"
)

// unloaderTicket is the narrow ticket of an unloading service's printer.
func unloaderTicket(f *form) {
	f.headCentred(13, 0, 34, f.w, "APEX DOCK CREW")
	f.headCentred(9, 0, 47, f.w, "third party unloading")
	f.words(9, 20, 62, "--------------------------------------------")
	y := 80.0
	for _, r := range [][2]string{{"Ticket", "receipt"}, {"Date", "delivery_date"}, {"Start", "in"}, {"End", "out"}, {"Carrier", "carrier"}, {"Trailer", "trailer"}, {"Load #", "load"}, {"PO #", "po"}} {
		f.entry(20, y, 76, 170, r[0], r[1])
		y += 15
	}
	f.words(9, 20, y, "Facility")
	f.addressed("consignee", 96, y, 176)
	y += 40
	f.words(9, 20, y, "--------------------------------------------")
	f.words(8.1, 20, y+16, "Plts in")
	f.figure("pallets", f.trip.Pallets, 96, y+16)
	f.words(8.1, 150, y+16, "Cs")
	f.figure("pieces", f.trip.seen, 176, y+16)
	f.words(8.1, 20, y+32, "Breakdown fee")
	f.typing(190, y+32, fmt.Sprintf("%7.2f", float64(f.trip.amount-15)))
	f.words(8.1, 20, y+47, "Service chg")
	f.typing(190, y+47, fmt.Sprintf("%7.2f", 15.0))
	f.head(11, 20, y+70, "TOTAL DUE")
	f.valueIn(f.bold, 11, "amount", 190, y+70)
	f.words(8.1, 20, y+88, "Paid by:  EFS check  auth "+strconv.Itoa(400000+f.trip.WeightLb*7))
	f.words(8.1, 20, y+104, "Damaged or short product is not")
	f.words(8.1, 20, y+115, "the responsibility of the crew.")
	driver := f.somebody()
	f.rule(20, y+166, 268, y+166, 0.6)
	f.words(7, 20, y+175, "driver sign here")
	f.autograph(driver, "driver", 26, y+165, 190, 36)
	f.aside(driver, 60, y+220, 150, 3)
}

// axleTicket is a truck stop's scale ticket.
func axleTicket(f *form) {
	f.preprint = navy
	f.typed = faceNamed("dotgothic16")
	f.band(20, 24, f.w-40, 22, "CERTIFIED AUTOMATED SCALE")
	f.words(8, 24, 58, "Weigh ticket. Retain for your records.")
	f.captioned(20, 66, 130, 30, "TICKET NO.", "receipt")
	f.captioned(150, 66, 130, 30, "DATE", "pickup_date")
	f.captioned(280, 66, 130, 30, "TIME", "in")
	f.captioned(20, 96, 260, 30, "COMPANY", "carrier")
	f.captioned(280, 96, 130, 30, "TRAILER NO.", "trailer")
	f.captioned(20, 126, 260, 30, "LOAD / REF.", "load")
	f.corner(280, 126, 130, 30, "FEE")
	f.typing(288, 151, "$14.75")
	g := f.trip.gross
	steer, drive := 11400+g%800, (g-11400-g%800)*52/100
	for i, r := range []struct {
		name string
		lb   int
	}{{"STEER AXLE", steer}, {"DRIVE AXLE", drive}, {"TRAILER AXLE", g - steer - drive}} {
		y := 184 + 24*float64(i)
		f.head(11, 40, y, r.name)
		f.typing(240, y, count(r.lb, f.how)+" lb")
	}
	f.rule(40, 246, 390, 246, 1.4)
	f.head(13, 40, 270, "GROSS WEIGHT")
	f.size = 13
	f.typeIn("gross", 240, 270, 140)
	f.size = 10
	f.terms(6.5, 24, 296, "This certifies that the load described was weighed on our scale, tested and sealed under state law.", "The gross weight of the vehicle is guaranteed; first weigh of the day.")
	driver, master := f.somebody(), f.somebody()
	f.rule(24, 366, 220, 366, 0.6)
	f.words(7, 24, 375, "DRIVER")
	f.autograph(driver, "driver", 28, 365, 170, 32)
	f.rule(236, 366, 406, 366, 0.6)
	f.words(7, 236, 375, "WEIGHMASTER")
	f.signAs(master, "master", 244, 365, 100, 30)
}

// exceptionReport is a terminal's own report of what was over, short or damaged.
func exceptionReport(f *form) {
	t := f.trip
	f.preprint = maroon
	f.typed = faceNamed("cousine")
	clerk := f.somebody()
	f.head(16, 36, 50, "OS&D - FREIGHT EXCEPTION REPORT")
	f.words(8.5, 36, 63, "File within 24 hours. One report a shipment. This report is not a receipt for the freight.")
	f.captioned(36, 74, 120, 32, "REPORT #", "receipt")
	f.captioned(156, 74, 140, 32, "FREIGHT BILL (PRO)", "pro")
	f.captioned(296, 74, 140, 32, "B/L NUMBER", "bol")
	f.captioned(436, 74, 140, 32, "SHIPMENT / LOAD", "load")
	f.corner(36, 106, 270, 62, "SHIPPER")
	f.addressed("shipper", 46, 126, 250)
	f.corner(306, 106, 270, 62, "CONSIGNEE")
	f.addressed("consignee", 316, 126, 250)
	f.captioned(36, 168, 180, 32, "DELIVERING CARRIER", "carrier")
	f.captioned(216, 168, 120, 32, "DATE OF DISCOVERY", "delivery_date")
	f.captioned(336, 168, 120, 32, "TRAILER", "trailer")
	f.captioned(456, 168, 120, 32, "PO", "po")
	f.head(9, 36, 222, "NATURE OF EXCEPTION")
	f.ticks(clerk, 150, 222, 84, true, choice{"over", "Overage"}, choice{"short", "Shortage"}, choice{"damaged", "Damage"}, choice{"refused", "Refusal"}, choice{"", "Other"})
	f.corner(36, 234, 180, 36, "PIECES BILLED")
	f.figure("pieces", t.Pieces, 44, 262)
	f.corner(216, 234, 180, 36, "PIECES FOUND")
	if t.recounted() {
		f.jot(clerk, 230, 263, 120, strconv.Itoa(t.seen))
	}
	f.corner(396, 234, 180, 36, "ESTIMATED LOSS $")
	f.corner(36, 270, 540, 110, "DESCRIBE IN FULL - ARTICLE, COUNT, CONDITION, WHERE HELD")
	f.remarks(clerk, 56, 312, 480)
	f.jot(clerk, 56, 342, 260, []string{"held bay 9", "photos on file", "called shipper, left msg", "see tally"}[f.rng.IntN(4)])
	f.ticks(clerk, 40, 398, 130, false, choice{"", "Photos attached"}, choice{"", "Recoopered"}, choice{"", "Salvage"})
	f.words(8, 36, 450, "Reported by (print)")
	f.rule(114, 452, 290, 452, 0.6)
	f.fillIn(clerk, "name", 120, 450, 160)
	f.words(8, 306, 450, "Signed")
	f.rule(336, 452, 576, 452, 0.6)
	f.autograph(clerk, "consignee", 342, 451, 200, 34)
}

// freightBill is what the carrier wants to be paid.
func freightBill(f *form) {
	t := f.trip
	f.typed = f.bold
	f.size = 16
	f.typeIn("carrier", 36, 48, 320)
	f.size = 9.5
	f.typed = f.plain
	f.headRight(20, 576, 48, "FREIGHT BILL")
	f.rule(36, 58, 576, 58, 1)
	f.entry(380, 78, 70, 120, "Invoice no.", "receipt")
	f.entry(380, 92, 70, 120, "Pro no.", "pro")
	f.entry(380, 106, 70, 120, "Your ref.", "load")
	f.entry(380, 120, 70, 120, "B/L", "bol")
	f.words(8, 36, 78, "BILL TO")
	f.typing(36, 92, "Corvane Freight Audit")
	f.typing(36, 104, "PO Box 1180, Omaha, NE 68101")
	f.words(8, 36, 128, "SHIPPER")
	f.addressed("shipper", 36, 142, 240)
	f.words(8, 306, 142, "CONSIGNEE")
	f.addressed("consignee", 306, 156, 240)
	end := f.grid(36, 196, 15, 2, []column{{"Pcs", pieces, 60}, {"Pkg", unit, 60}, {"Description", article, 240}, {"Weight", weight, 90}, {"Class", class, 90}})
	for i, l := range []struct {
		what string
		cost int
	}{{"Freight charge", 300 + t.WeightLb/12}, {"Discount", -120}, {"Fuel surcharge 31.5 %", 90 + t.WeightLb/50}} {
		f.words(9, 330, end+20+15*float64(i), l.what)
		f.typing(500, end+20+15*float64(i), thousands(max(l.cost, 0))+".00")
	}
	f.rule(330, end+56, 576, end+56, 0.8)
	f.head(11, 330, end+72, "PLEASE PAY")
	f.print(f.bold, 11, 500, end+72, 0, thousands(390+t.WeightLb/12+t.WeightLb/50)+".00", black)
	f.terms(7, 36, end+100, "Payment is due in 15 days. Claims for loss, shortage or damage do not entitle you to withhold freight charges.", "A signed delivery receipt is sent on request. Remit to: PO Box 9931, Dallas, TX 75284.")
}

// loadTender is a broker's offer of a load to a carrier, with the rate.
func loadTender(f *form) {
	t := f.trip
	f.headCentred(16, 0, 46, f.w, "LOAD TENDER & RATE AGREEMENT")
	f.words(9, 36, 64, "Corvane Brokerage - MC 771204 - dispatch@corvane.example")
	f.captioned(36, 74, 180, 32, "TENDER / LOAD", "load")
	f.captioned(216, 74, 180, 32, "CARRIER", "carrier")
	f.captioned(396, 74, 180, 32, "EQUIPMENT", "trailer")
	f.head(10, 36, 128, "PU 1")
	f.addressed("shipper", 76, 128, 240)
	f.words(8, 340, 128, "Ready")
	f.typeIn("pickup_date", 384, 128, 120)
	f.entry(340, 142, 44, 140, "Ref", "bol")
	f.head(10, 36, 180, "SO 2")
	f.addressed("consignee", 76, 180, 240)
	f.words(8, 340, 180, "Appt")
	f.typeIn("delivery_date", 384, 180, 120)
	f.entry(340, 194, 44, 140, "PO", "po")
	f.rule(36, 220, 576, 220, 0.6)
	f.entry(36, 238, 60, 120, "Weight", "weight")
	f.words(9, 236, 238, "Commodity: "+t.rows[0].article)
	f.head(12, 36, 266, "Total to carrier  $ "+thousands(700+t.WeightLb/14)+".00")
	f.terms(7.5, 36, 290, "1. Carrier must count the freight; \"shipper's load and count\" needs our written consent. Note any shortage or damage on the bill.",
		"2. If product is refused, stay on site and call. No layover without approval. Lumper receipts must be sent within 24 hours.",
		"3. A signed POD, free of exceptions, is a condition of payment. Detention starts two hours after the appointment.",
		"4. Carrier shall not re-broker. Driver must accept tracking before loading.")
	f.rule(36, 400, 270, 400, 0.7)
	f.words(7.5, 36, 410, "Accepted: carrier, name and title")
	if f.rng.IntN(2) == 0 {
		f.signAs(f.somebody(), "dispatcher", 46, 399, 130, 26)
	}
	f.rule(320, 400, 560, 400, 0.7)
	f.words(7.5, 320, 410, "Date")
}

// reeferLog is the print-out of a temperature recorder.
func reeferLog(f *form) {
	f.head(14, 40, 48, "TRIP TEMPERATURE REPORT")
	f.entry(40, 70, 90, 160, "Recorder", "receipt")
	f.entry(40, 84, 90, 160, "Trailer", "trailer")
	f.entry(40, 98, 90, 160, "Load", "load")
	f.words(8.1, 320, 70, "Started")
	f.typing(410, 70, f.how.day(f.trip.pin))
	f.words(8.1, 320, 84, "Ended")
	f.typing(410, 84, f.how.day(f.trip.in))
	f.words(8.1, 320, 98, "Set point")
	f.typing(410, 98, "34.0 F continuous")
	f.frame(40, 116, 532, 170)
	for i := range 6 {
		f.rule(40, 116+28*float64(i), 572, 116+28*float64(i), 0.3)
		f.words(6.5, 18, 119+28*float64(i), fmt.Sprintf("%d F", 60-8*i))
	}
	var path []point
	warm := 190 + 20*f.rng.Float64()
	for i := range 180 {
		path = append(path, point{42 + 2.9*float64(i), warm + 6*f.rng.NormFloat64()*0.4 + 30/(1+0.2*float64(i))})
	}
	f.sheet.pen(0.8, black, path...)
	y := 310.0
	f.words(8.1, 40, y, "TIME        SUPPLY    RETURN    DOOR")
	for i := range 14 {
		f.typing(40, y+14*float64(i+1), fmt.Sprintf("%02d:00       %4.1f      %4.1f      %s", (4+2*i)%24, 33+f.rng.Float64()*2, 34+f.rng.Float64()*3, []string{"closed", "closed", "open"}[f.rng.IntN(3)]))
	}
	f.terms(7, 40, y+230, "Average 34.6 F, maximum 41.2 F, minimum 31.9 F. Alarms: none.")
}
