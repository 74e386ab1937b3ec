package scans

func lumperSlip(f *form) {
	f.centred(36, 13, "UNLOADING SERVICE")
	f.centred(50, 10, "LUMPER RECEIPT")
	f.line(20, 58, 300, 58, 0.8)
	for i, r := range [][2]string{{"Receipt#", "receipt"}, {"Date", "delivery_date"}, {"Load#", "load"}, {"PO#", "po"}, {"Carrier", "carrier"}, {"Whse", "consignee"}, {"Start", "in"}, {"Finish", "out"}, {"Pallets", "pallets"}, {"Cases", "pieces"}} {
		f.say(24, 78+float64(i)*18, r[0])
		f.value(r[1], 100, 78+float64(i)*18)
	}
	f.line(20, 262, 300, 262, 0.8)
	f.loud(24, 284, 12, "TOTAL PAID")
	f.valueIn(f.bold, 13, "amount", 180, 284)
	f.tick(24, 312, "Cash", false)
	f.tick(100, 312, "Fleet check", true)
	f.sign("driver", 24, 380, 220, "Driver", false)
	f.fine(24, 430, "Thank you. Fees are set by the warehouse.")
}

func unloading(f *form) {
	f.loud(40, 52, 16, "Freight Unloading Invoice / Receipt")
	f.pair(420, 52, "No.", "receipt")
	f.line(40, 60, 572, 60, 1.5)
	f.pair(40, 84, "Facility", "consignee")
	f.pair(40, 102, "Carrier", "carrier")
	f.pair(330, 84, "Load", "load")
	f.pair(330, 102, "Customer PO", "po")
	f.cell(40, 120, 133, 32, "Work date", "delivery_date")
	f.cell(173, 120, 133, 32, "Began", "in")
	f.cell(306, 120, 133, 32, "Ended", "out")
	f.cell(439, 120, 133, 32, "Pallets", "pallets")
	f.say(48, 184, "Hand unload, sort and segregate")
	f.pair(330, 184, "Cases", "pieces")
	f.say(48, 204, "Pallet exchange: none")
	f.line(40, 216, 572, 216, 0.6)
	f.loud(330, 240, 12, "Amount charged")
	f.valueIn(f.bold, 12, "amount", 460, 240)
	f.sign("driver", 40, 320, 220, "Accepted by driver", false)
	f.stamped(400, 312, 0.05, "PAID", "")
}

func truckScale(f *form) {
	f.centred(40, 15, "CERTIFIED TRUCK SCALE")
	f.centred(56, 10, "WEIGHT TICKET")
	for i, r := range [][2]string{{"TICKET", "receipt"}, {"DATE", "pickup_date"}, {"TIME", "in"}, {"COMPANY", "carrier"}, {"TRAILER", "trailer"}, {"LOAD", "load"}} {
		f.say(30, 90+float64(i)*20, r[0])
		f.value(r[1], 120, 90+float64(i)*20)
	}
	steer, drive := 11600+f.trip.gross%600, f.trip.gross/2-4000
	for i, r := range []struct {
		name   string
		pounds int
	}{{"STEER AXLE", steer}, {"DRIVE AXLE", drive}, {"TRAILER AXLE", f.trip.gross - steer - drive}} {
		f.say(30, 230+float64(i)*20, r.name)
		f.say(200, 230+float64(i)*20, thousands(r.pounds))
	}
	f.line(30, 282, 350, 282, 1)
	f.loud(30, 304, 13, "GROSS WEIGHT")
	f.valueIn(f.bold, 14, "gross", 200, 304)
	f.sign("driver", 30, 400, 220, "WEIGHED FOR (DRIVER)", false)
	f.fine(30, 450, "This is to certify that the vehicle was weighed", "on a scale inspected by the state.")
}

func bascula(f *form) {
	f.centred(40, 15, "BÁSCULA PÚBLICA")
	f.centred(58, 11, "Boleto de pesaje / Weigh ticket")
	f.box(24, 70, f.w-48, 140, 0.8)
	for i, r := range [][2]string{{"Boleto No.", "receipt"}, {"Fecha", "pickup_date"}, {"Hora", "in"}, {"Transporte", "carrier"}, {"Remolque", "trailer"}, {"Carga", "load"}} {
		f.say(34, 90+float64(i)*20, r[0])
		f.value(r[1], 130, 90+float64(i)*20)
	}
	f.loud(34, 250, 13, "PESO BRUTO")
	f.valueIn(f.bold, 14, "gross", 180, 250)
	f.sign("driver", 34, 350, 220, "Firma del operador", false)
}

func osdReport(f *form) {
	f.loud(40, 52, 16, "OVER, SHORT & DAMAGE REPORT")
	f.cell(420, 34, 152, 30, "OS&D report no.", "receipt")
	f.line(40, 72, 572, 72, 1.2)
	for i, r := range [][2]string{{"Load", "load"}, {"Bill of lading", "bol"}, {"PRO", "pro"}, {"Carrier", "carrier"}, {"Date of delivery", "delivery_date"}, {"Pieces on bill", "pieces"}} {
		f.say(44, 96+float64(i)*18, r[0])
		f.value(r[1], 150, 96+float64(i)*18)
	}
	f.party(340, 94, "Consignee", "consignee")
	for i, k := range []string{"over", "short", "damaged", "refused"} {
		f.tick(60+float64(i)*120, 228, k, f.trip.note.kind == k)
	}
	f.small(44, 256, "Describe what was found")
	f.box(40, 262, 532, 90, 0.7)
	f.remark(60, 306)
	f.ruled(44, 390, 240, "Reported by", "name")
	f.sign("consignee", 320, 420, 230, "Signature", false)
}

func discrepancy(f *form) {
	f.centred(50, 16, "Receiving Discrepancy Notice")
	f.centred(66, 11, "(OS&D)")
	f.pair(44, 96, "To carrier:", "carrier")
	f.pair(360, 96, "Notice no.", "receipt")
	f.party(44, 118, "Received at", "consignee")
	f.pair(44, 176, "Delivered", "delivery_date")
	f.pair(220, 176, "Freight bill", "pro")
	f.pair(410, 176, "B/L", "bol")
	f.pair(44, 194, "Load", "load")
	f.pair(220, 194, "Pieces billed", "pieces")
	end := f.table(40, 214, true, true, []column{{"Article", article, 270}, {"Unit", unit, 80}, {"Billed", pieces, 182}})
	f.say(44, end+24, "We note the following exception:")
	f.remark(64, end+60)
	f.sign("consignee", 44, end+140, 220, "For the receiver", false)
	f.ruled(310, end+140, 240, "Name in print", "name")
}

func invoice(f *form) {
	f.valueIn(f.bold, 17, "carrier", 40, 52)
	f.loud(440, 52, 20, "INVOICE")
	f.pair(440, 72, "No.", "receipt")
	f.party(40, 104, "Bill to", "shipper")
	f.pair(340, 118, "Load", "load")
	f.pair(340, 134, "Bill of lading", "bol")
	f.line(40, 170, 572, 170, 1)
	for i, l := range []string{"Line haul", "Fuel surcharge", "Detention, 1 hour"} {
		f.say(48, 192+float64(i)*20, l)
		f.say(480, 192+float64(i)*20, "$"+thousands(160+f.rng.IntN(2400))+".00")
	}
	f.line(40, 250, 572, 250, 0.8)
	f.loud(360, 272, 12, "Balance due in 30 days")
	f.fine(40, 320, "Remit to the address on file. Late payments bear interest of 1.5 % a month.")
}

func rateConfirmation(f *form) {
	f.loud(40, 50, 17, "Carrier Rate Confirmation")
	f.pair(400, 50, "Load", "load")
	f.line(40, 58, 572, 58, 2)
	f.pair(40, 82, "Carrier", "carrier")
	f.pair(330, 82, "Equipment", "trailer")
	f.party(40, 112, "Stop 1 - pick up", "shipper")
	f.pair(330, 126, "Pick up", "pickup_date")
	f.party(40, 172, "Stop 2 - delivery", "consignee")
	f.pair(330, 186, "Deliver", "delivery_date")
	f.pair(40, 230, "Weight", "weight")
	f.loud(40, 262, 12, "Agreed rate, all in: $"+thousands(900+f.rng.IntN(3600))+".00")
	f.fine(40, 290, "Carrier agrees to check calls every four hours and to send signed paperwork within 48 hours of delivery.",
		"Detention is paid after two free hours when in and out times are noted on the bill. Double brokering is not allowed.", "No lumper is paid back without a receipt.")
	f.line(40, 380, 260, 380, 0.7)
	f.small(40, 391, "Accepted for carrier")
}

func packingList(f *form) {
	f.valueIn(f.bold, 15, "shipper", 40, 54)
	f.loud(420, 54, 17, "Packing List")
	f.pair(40, 78, "Order", "po")
	f.party(40, 106, "Ship to", "consignee")
	end := f.table(40, 170, true, true, []column{{"Line", lot, 90}, {"Article", article, 242}, {"Unit", unit, 80}, {"Packed", pieces, 120}})
	f.say(44, end+24, "Packed by station 4. Please report shortages within 5 days.")
}
