package scans

import (
	"strconv"
	"strings"
)

// electronicPOD is what a driver's telephone made of a delivery.
func electronicPOD(f *form) {
	t := f.trip
	f.preprint = ink{70, 74, 82}
	f.how.date = []string{"Jan 02, 2006", "2006-01-02", "01/02/2006"}[f.rng.IntN(3)]
	f.size = 16
	f.typed = f.bold
	f.typeIn("carrier", 36, 48, 330)
	f.size = 10
	f.typed = f.plain
	f.words(9, 36, 62, "Delivery record, made by the driver's app")
	f.words(8, 430, 40, f.oneOf("Shipment", "Load", "Trip ID"))
	f.typed = f.bold
	f.typeIn("load", 430, 54, 150)
	f.rule(36, 72, 576, 72, 1.5)
	f.head(11, 36, 92, "Status: "+map[bool]string{true: "COMPLETED", false: "COMPLETED WITHOUT SIGNATURE"}[t.signed])
	f.typed = f.plain
	cells := []struct{ label, name string }{{"Waybill", "pro"}, {"BOL ref.", "bol"}, {"Order", "po"}, {"Equipment", "trailer"}, {"Seal", "seal"}, {"Total weight", "weight"}}
	for i, c := range cells {
		x, y := 36+180*float64(i%3), 116+34*float64(i/3)
		f.words(7.5, x, y, c.label)
		f.typeIn(c.name, x, y+13, 168)
	}
	f.rule(36, 186, 576, 186, 0.5)
	f.head(9, 36, 204, "1  PICKUP")
	f.addressed("shipper", 52, 220, 240)
	f.words(7.5, 330, 214, "Departed origin")
	f.typeIn("pickup_date", 330, 227, 110)
	f.head(9, 36, 272, "2  DELIVERY")
	f.addressed("consignee", 52, 288, 240)
	arrived, left, _ := strings.Cut(f.oneOf("Arrived on site|Left site", "Arrival|Departure", "Check-in|Check-out"), "|")
	f.words(7.5, 330, 282, arrived)
	f.typeIn("delivery_date", 330, 295, 110)
	f.typeIn("in", 446, 295, 60)
	f.words(7.5, 330, 310, left)
	f.typing(330, 323, f.how.day(t.out))
	f.typeIn("out", 446, 323, 60)
	f.rule(36, 338, 576, 338, 0.5)
	f.words(7.5, 36, 352, f.oneOf("Pieces delivered", "Qty delivered", "Units dropped"))
	f.figure("pieces", t.seen, 36, 366)
	f.words(7.5, 160, 352, "Pieces on order")
	f.typing(160, 366, count(t.Pieces, f.how))
	f.words(7.5, 284, 352, "Handling units")
	f.figure("pallets", t.Pallets, 284, 366)
	f.words(7.5, 408, 352, "Geofence")
	f.typing(408, 366, "matched, 41 m")
	f.epodNotes(384)
	f.epodSignature(450)
	f.terms(6.5, 36, 720, "Times are of the time zone of the stop. The consignee confirms receipt in full unless a shortage, damage or refusal is entered above.",
		"Photos: 3 attached. Device 7A-114. Record "+strconv.Itoa(7300000+t.WeightLb*13)+".")
}

// epodNotes is what the driver typed.
func (f *form) epodNotes(y float64) {
	f.frame(36, y, 540, 44)
	f.words(7.5, 42, y+11, "Driver comments / exceptions")
	kind, text := f.noted()
	if kind == "" {
		f.typing(48, y+30, []string{"None", "No exceptions reported", "Dropped at door 9", "-"}[f.rng.IntN(4)])
		return
	}
	box := f.print(f.typed, f.size, 48, y+30, 0, text, black)
	f.page.Notation = &Notation{Kind: kind, Text: text, Box: f.fraction(box)}
}

// epodSignature is a finger's signature on glass, or a typed name that stands for one.
func (f *form) epodSignature(y float64) {
	f.frame(36, y, 300, 90)
	f.words(7.5, 42, y+11, "Recipient signature")
	if !f.trip.signed {
		f.page.Signatures["consignee"] = Signature{Box: f.fraction(rect{36, y, 336, y + 90})}
		f.words(9, 120, y+50, []string{"not captured", "No signature on file"}[f.rng.IntN(2)])
		return
	}
	p := f.somebody()
	p.pen, p.absent = ink{20, 20, 24}, false
	if f.rng.IntN(3) == 0 {
		f.typing(48, y+44, "Signed by:")
		f.typed = f.bold
		f.typeIn("name", 104, y+44, 180)
		f.typed = f.plain
		f.typing(48, y+60, "electronically, "+f.how.day(f.trip.out)+" "+f.how.hour(f.trip.out))
		f.page.Signatures["consignee"] = Signature{Present: true, Box: f.fraction(rect{36, y, 336, y + 90})}
		return
	}
	f.size = 14
	f.autograph(p, "consignee", 60, y+66, 240, 50)
	f.size = 10
	f.words(7.5, 356, y+24, "Recipient name")
	f.typeIn("name", 356, y+38, 180)
	f.words(7.5, 356, y+56, "Captured")
	f.typing(356, y+70, f.how.day(f.trip.out)+"  "+f.how.hour(f.trip.out))
}

// deliveryLetter is what a carrier's web site prints when it is asked for a proof of delivery: sentences, and a typed name.
func deliveryLetter(f *form) {
	t := f.trip
	f.size = 17
	f.typed = f.bold
	f.typeIn("carrier", 60, 64, 340)
	f.size = 11
	f.words(8.5, 60, 77, "Customer service 800-555-0136")
	f.rule(60, 86, 552, 86, 1)
	f.typed = f.plain
	f.typing(60, 116, "Re: delivery confirmation, freight bill")
	f.sentence(242, 116, "{pro}")
	f.typing(60, 146, "Dear customer,")
	f.typing(60, 170, "our records show that the shipment below was delivered to its consignee. Please keep this letter")
	f.sentence(60, 185, f.oneOf("as proof of delivery for bill of lading {bol}.", "for your files. It concerns B/L {bol}."))
	f.sentence(60, 215, f.oneOf("Your purchase order: {po}", "Customer PO {po}"))
	f.sentence(60, 231, f.oneOf("Our trip / load number: {load}", "Load reference {load}"))
	f.sentence(60, 247, "Picked up {pickup_date} on trailer {trailer}")
	f.words(9, 60, 276, "SHIPPED FROM")
	f.addressed("shipper", 60, 292, 230)
	f.words(9, 320, 276, "DELIVERED TO")
	f.addressed("consignee", 320, 292, 230)
	f.sentence(60, 350, f.oneOf("Delivered on {delivery_date}; the driver arrived at {in} and left at {out}.", "Date of delivery: {delivery_date}, in at {in}, out at {out}."))
	f.sentence(60, 366, f.oneOf("Total pieces {pieces}, handling units {pallets}, weight {weight} gross.", "{pieces} pieces on {pallets} pallets, {weight} in all."))
	kind, text := f.noted()
	f.head(11, 60, 396, "Exceptions noted at delivery:")
	if kind == "" {
		f.typing(216, 396, f.oneOf("none", "None on record", "n/a"))
	} else {
		box := f.print(f.typed, f.size, 216, 396, 0, text, black)
		f.page.Notation = &Notation{Kind: kind, Text: text, Box: f.fraction(box)}
	}
	f.head(11, 60, 420, f.oneOf("Signed for by:", "Electronically signed by:"))
	box := rect{190, 406, 420, 424}
	if t.signed {
		f.typeIn("name", 196, 420, 220)
	} else {
		f.typing(196, 420, f.oneOf("- no signature obtained -", "(none on file)"))
	}
	f.page.Signatures["consignee"] = Signature{Present: t.signed, Box: f.fraction(box)}
	f.typing(60, 456, "Thank you for shipping with us.")
	f.terms(7.5, 60, 486, "Claims for shortage, damage or refusal of freight must be filed within nine months. Notes of concealed damage after five days", "are not accepted. This letter was made by a computer and bears no other signature.")
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
