package scans

import (
	"math"
	"math/rand/v2"
)

// form is a paper being drawn: what is put on it is noted as its truth.
type form struct {
	*sheet
	rng         *rand.Rand
	trip        *trip
	how         manner
	page        Page
	plain, bold *face
	hand        *face
	typed       *face // what a printer filled into a form of the second house
	preprint    ink   // of such a form's own words and lines
	pen         ink   // of the hand
	size        float64
}

const margin = 2.0 // points around ink that still belong to a value's box

func (f *form) fraction(r rect) Box {
	at := func(v, of float64) float64 { return math.Round(min(max(v/of, 0), 1)*1e4) / 1e4 }
	return Box{at(r.x0-margin, f.w), at(r.y0-margin, f.h), at(r.x1+margin, f.w), at(r.y1+margin, f.h)}
}

// say prints words that are no value.
func (f *form) say(x, y float64, text string) { f.print(f.plain, f.size, x, y, 0, text, black) }

// loud prints words in bold, at a size of their own.
func (f *form) loud(x, y, size float64, text string) { f.print(f.bold, size, x, y, 0, text, black) }

// small prints a label.
func (f *form) small(x, y float64, text string) { f.print(f.plain, f.size*0.72, x, y, 0, text, black) }

// centred prints a title in the middle of the paper.
func (f *form) centred(y, size float64, text string) {
	f.loud((f.w-f.bold.width(text, size))/2, y, size, text)
}

// value prints a field, and notes it when it is the first on the page.
func (f *form) value(name string, x, y float64) float64 {
	return f.valueIn(f.plain, f.size, name, x, y)
}

func (f *form) valueIn(face *face, size float64, name string, x, y float64) float64 {
	text, value := f.trip.value(name, f.how, f.atPickup())
	f.note(name, Field{Text: text, Value: value}, f.print(face, size, x, y, 0, text, black))
	return x + face.width(text, size)
}

// write puts a field down by hand. Who did not sign mostly did not write his name either.
func (f *form) write(name string, x, y float64) {
	if name == "name" && !f.trip.signed && f.rng.IntN(3) > 0 {
		return
	}
	text, value := f.trip.value(name, f.how, f.atPickup())
	f.note(name, Field{Text: text, Value: value, Hand: true}, f.scrawl(f.rng, f.hand, f.handSize(), x, y, text, f.pen))
}

func (f *form) handSize() float64 {
	if f.hand.name == "reenie-beanie" || f.hand.name == "caveat" {
		return f.size * 2
	}
	return f.size * 1.6
}

func (f *form) atPickup() bool { return f.page.DocType == "BOL" || f.page.DocType == "POP" }

func (f *form) note(name string, v Field, box rect) {
	if _, known := f.page.Fields[name]; known {
		return
	}
	v.Box = f.fraction(box)
	f.page.Fields[name] = v
}

// pair prints a label and, beside it, a field.
func (f *form) pair(x, y float64, label, name string) float64 {
	f.say(x, y, label)
	return f.value(name, x+f.plain.width(label, f.size)+f.size*0.6, y)
}

// cell is a box with a small label on top and a field below it.
func (f *form) cell(x, y, w, h float64, label, name string) {
	f.box(x, y, w, h, 0.7)
	f.small(x+3, y+f.size*0.85, label)
	f.valueIn(f.bold, f.size, name, x+4, y+h-f.size*0.45)
}

// ruled is a label and a line on which the field was written by hand.
func (f *form) ruled(x, y, w float64, label, name string) {
	f.small(x, y, label)
	from := x + f.plain.width(label, f.size*0.72) + 4
	f.line(from, y+2, x+w, y+2, 0.6)
	f.write(name, from+3, y)
}

// party is a heading with name and address below it.
func (f *form) party(x, y float64, heading, role string) {
	f.small(x, y, heading)
	f.valueIn(f.bold, f.size, role, x, y+f.size*1.4)
	f.value(role+"_addr", x, y+f.size*2.7)
}

// column is one column of a table of goods.
type column struct {
	head string
	of   func(r row) string
	w    float64
}

// table prints the goods, with lines between when ruled, and returns where it ends.
func (f *form) table(x, y float64, ruled, shaded bool, cols []column) float64 {
	step, whole := f.size*1.6, 0.0
	for _, c := range cols {
		whole += c.w
	}
	if shaded {
		f.bar(pale, x, y, whole, step)
	}
	at := x
	for _, c := range cols {
		f.print(f.bold, f.size*0.85, at+4, y+step*0.7, 0, c.head, black)
		for i, r := range f.trip.rows {
			f.say(at+4, y+step*(float64(i)+1.7), c.of(r))
		}
		if ruled {
			f.line(at, y, at, y+step*float64(len(f.trip.rows)+1), 0.6)
		}
		at += c.w
	}
	end := y + step*float64(len(f.trip.rows)+1)
	f.line(x, y+step, x+whole, y+step, 0.8)
	if ruled {
		f.box(x, y, whole, end-y, 0.8)
		for i := range len(f.trip.rows) - 1 {
			f.line(x, y+step*float64(i+2), x+whole, y+step*float64(i+2), 0.4)
		}
	}
	return end
}

// sign is a line for a signature, with its label below (or above, when over is set).
func (f *form) sign(role string, x, y, w float64, label string, over bool) {
	f.line(x, y, x+w, y, 0.7)
	if over {
		f.small(x, y-f.size*2.6, label)
	} else {
		f.small(x, y+f.size*0.9, label)
	}
	present := f.trip.signed || f.page.DocType != "POD" && f.page.DocType != "POP"
	if f.page.DocType == "POP" && role == "shipper" {
		present = true // who hands out freight without the driver's name still signs for himself
	}
	if present {
		f.signature(x+6+f.rng.Float64()*w*0.15, y, min(w*0.75, 90+f.rng.Float64()*60))
	}
	f.page.Signatures[role] = Signature{Present: present, Box: f.fraction(rect{x, y - f.size*2.4, x + w, y + 3})}
}

// signature is a few quick loops in one stroke and a flourish.
func (f *form) signature(x, y, w float64) {
	loops := 5 + f.rng.IntN(6)
	tall := 13 + f.rng.Float64()*8
	phase, speed := f.rng.Float64()*6, 0.6+f.rng.Float64()*0.8
	var path []point
	for i := range loops * 12 {
		t := float64(i) / 12
		fade := tall * (1 - 0.6*t/float64(loops))
		path = append(path, point{
			x + w*t/float64(loops) + 4*math.Sin(t*6.28*speed+phase),
			y - 4 - fade/2 + fade*0.75*math.Sin(t*6.28+phase*0.3)*(0.55+0.45*math.Sin(t*1.7+phase)),
		})
	}
	f.sheet.pen(0.9+f.rng.Float64()*0.7, f.pen, path...)
	if f.rng.IntN(2) == 0 {
		f.sheet.pen(0.9, f.pen, point{x + w*0.1, y - 1}, point{x + w*0.6, y - 3}, point{x + w*1.05, y - 5})
	}
}

// remark writes down what was noted about the freight, if anything was, in the person's own hand or as a stamp.
func (f *form) remark(x, y float64) {
	text, kind := f.trip.note.english, f.trip.note.kind
	if f.how.spanish {
		text = f.trip.note.spanish
	}
	if f.page.DocType == "BOL" && f.trip.slc {
		text, kind = []string{"SHIPPER LOAD & COUNT", "SLC"}[f.rng.IntN(2)], "slc"
	}
	if f.page.DocType == "BOL" && f.trip.stc {
		text, kind = []string{"SUBJECT TO COUNT", "Subject to count - STC"}[f.rng.IntN(2)], "stc"
	}
	if kind == "" || f.page.DocType != "BOL" && f.page.DocType != "POD" && f.page.DocType != "OSD" || f.page.DocType == "BOL" && kind != "slc" && kind != "stc" {
		return
	}
	var box rect
	if f.rng.IntN(3) == 0 {
		box = f.stamped(x+4, y, f.rng.NormFloat64()*0.05, text, "")
	} else {
		box = f.scrawl(f.rng, f.hand, f.handSize()*1.1, x, y, text, f.pen)
	}
	f.page.Notation = &Notation{Kind: kind, Text: text, Box: f.fraction(box)}
}

// stamped is a rubber stamp of one or two lines; x, y is where its first line stands. The second line may be a field.
func (f *form) stamped(x, y, turn float64, text, field string) rect {
	in := stampy[f.rng.IntN(len(stampy))]
	size := f.size * 1.35
	sin, cos := math.Sincos(turn)
	box := f.print(f.bold, size, x, y, turn, text, in)
	w, lines := f.bold.width(text, size), 1.0
	if field != "" {
		said, value := f.trip.value(field, f.how, f.atPickup())
		second := f.print(f.bold, size, x-sin*size*1.3, y+cos*size*1.3, turn, said, in)
		f.note(field, Field{Text: said, Value: value}, second)
		w, lines = max(w, f.bold.width(said, size)), 2
		box = box.with(second)
	}
	corner := func(dx, dy float64) point { return point{x + dx*cos - dy*sin, y + dx*sin + dy*cos} }
	top, bottom := -size*1.2, size*(1.3*lines-0.85)
	f.sheet.pen(1.6, in, corner(-6, top), corner(w+6, top), corner(w+6, bottom), corner(-6, bottom), corner(-6, top))
	return box
}

// tick is a box to be marked.
func (f *form) tick(x, y float64, label string, on bool) {
	s := f.size * 0.8
	f.box(x, y-s, s, s, 0.7)
	if on {
		f.sheet.pen(1.3, f.pen, point{x + 1, y - s*0.6}, point{x + s*0.4, y - 1}, point{x + s*1.2, y - s*1.2})
	}
	f.say(x+s*1.5, y, label)
}

// small print at the foot, as such papers have.
func (f *form) fine(x, y float64, lines ...string) {
	for i, l := range lines {
		f.print(f.plain, f.size*0.62, x, y+float64(i)*f.size*0.8, 0, l, grey)
	}
}
