package scans

import (
	"strconv"
	"strings"
)

// counterBill is the bill of a small shipper: a pad with numbered sheets, filled in with a pen throughout.
func counterBill(f *form) {
	t := f.trip
	f.preprint = []ink{maroon, navy, black}[f.rng.IntN(3)]
	f.paper([]ink{white, canary, rose}[f.rng.IntN(3)])
	clerk, driver, receiver := f.somebody(), f.somebody(), f.receiver()
	f.typed = f.bold
	f.head(12, 30, 36, "BILL OF LADING")
	f.words(7, 30, 46, "Short form, not negotiable. Press hard, you are making 3 copies.")
	f.words(9, 420, 36, "No.")
	text, value := t.value("bol", f.how, f.atPickup())
	f.note("bol", Field{Text: text, Value: value}, f.print(f.bold, 13, 442, 36, 0, text, ink{186, 22, 30}))
	f.words(8, 30, 68, "Shipper")
	f.addressed("shipper", 76, 68, 220)
	f.penned(clerk, 310, 68, 582, "Date", "pickup_date")
	f.penned(clerk, 310, 90, 582, "Carrier", "carrier")
	f.penned(clerk, 30, 118, 300, "Consignee", "consignee")
	f.pennedAddress(clerk, "consignee", 76, 140, 300)
	f.penned(clerk, 310, 118, 582, f.oneOf("P.O.", "Cust order"), "po")
	f.penned(clerk, 310, 140, 582, f.oneOf("Load no.", "Pickup no."), "load")
	f.penned(clerk, 310, 162, 450, "Truck / trl", "trailer")
	f.penned(clerk, 456, 162, 582, "Seal", "seal")
	y := 190.0
	f.frame(30, y, 552, 128)
	x := 30.0
	for i, w := range []float64{60, 70, 300, 122} {
		f.words(6.5, x+4, y+9, []string{"No. of pieces", "Package", "Articles - description", "Weight, lb"}[i])
		f.rule(x, y, x, y+128, 0.5)
		x += w
	}
	f.rule(30, y+13, 582, y+13, 0.5)
	for i, r := range t.rows {
		at := y + 33 + 22*float64(i)
		f.jot(clerk, 38, at, 46, pieces(r))
		f.jot(clerk, 98, at, 56, unit(r))
		f.jot(clerk, 168, at, 260, article(r))
		f.jot(clerk, 470, at, 90, weight(r))
	}
	y += 128
	f.frame(30, y, 552, 24)
	billed := strconv.Itoa(t.Pieces)
	f.mayCorrect(receiver, billed, f.jot(clerk, 38, y+19, 50, billed), true)
	f.words(7, 140, y+16, "total pieces")
	f.words(7, 230, y+16, "pallets")
	f.fillIn(clerk, "pallets", 258, y+19, 40)
	f.words(7, 420, y+16, "total wt")
	f.fillIn(clerk, "weight", 468, y+19, 104)
	f.terms(5.8, 30, y+34, "Received the goods described, in apparent good order except as noted, contents and condition of contents unknown. Not responsible for shortage or damage if shipper's load and count.")
	f.words(7.5, 30, y+54, "Notes")
	f.rule(56, y+56, 582, y+56, 0.4)
	writer := receiver
	if f.atPickup() {
		writer, receiver.absent = driver, true
	}
	f.remarks(writer, 66, y+53, 320)
	y += 100
	for i, s := range []struct {
		role, label string
		by          person
	}{{"shipper", "Shipper signs", clerk}, {"driver", "Driver signs", driver}, {"consignee", "Consignee signs", receiver}} {
		x := 30 + 186*float64(i)
		f.rule(x, y, x+174, y, 0.6)
		f.words(6.5, x, y+8, s.label)
		f.autograph(s.by, s.role, x+4, y-1, 160, 30)
	}
	f.penned(receiver, 30, y+32, 240, "Consignee name", "name")
	f.penned(receiver, 256, y+32, 400, "Rec'd on", "delivery_date")
	f.penned(receiver, 412, y+32, 494, "In", "in")
	f.penned(receiver, 502, y+32, 582, "Out", "out")
}

// penned is a label and a line up to x1 on which a field stands by hand.
func (f *form) penned(p person, x, y, x1 float64, label, name string) {
	f.words(8, x, y, label)
	from := x + f.plain.width(label, 8) + 4
	f.rule(from, y+2, x1, y+2, 0.5)
	f.fillIn(p, name, from+3, y, x1-from-4)
}

// pennedAddress is a party's address by hand on two lines.
func (f *form) pennedAddress(p person, role string, x, y, x1 float64) {
	whole, value := f.trip.value(role+"_addr", f.how, false)
	street, town, _ := strings.Cut(whole, ", ")
	box := f.jot(p, x, y, x1-x, street)
	box = box.with(f.jot(p, x, y+20, x1-x, town))
	f.rule(x, y+2, x1, y+2, 0.5)
	f.rule(x, y+22, x1, y+22, 0.5)
	f.note(role+"_addr", Field{Text: street + "\n" + town, Value: value, Hand: true}, box)
}
