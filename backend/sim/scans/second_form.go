package scans

import (
	"math"
	"strings"
)

// Drawing as the second house's printers do: cells with a small caption in the corner, filled in by another machine.

func (f *form) frame(x, y, w, h float64) {
	f.sheet.pen(0.6, f.preprint, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h}, point{x, y})
}

func (f *form) rule(x0, y0, x1, y1, width float64) {
	f.sheet.pen(width, f.preprint, point{x0, y0}, point{x1, y1})
}

// words prints what the form itself says.
func (f *form) words(size, x, y float64, text string) {
	f.print(f.plain, size, x, y, 0, text, f.preprint)
}

func (f *form) head(size, x, y float64, text string) {
	f.print(f.bold, size, x, y, 0, text, f.preprint)
}

func (f *form) headCentred(size, x, y, w float64, text string) {
	f.head(size, x+(w-f.bold.width(text, size))/2, y, text)
}

func (f *form) headRight(size, x, y float64, text string) {
	f.head(size, x-f.bold.width(text, size), y, text)
}

// band is a dark strip with light words.
func (f *form) band(x, y, w, h float64, text string) {
	f.bar(f.preprint, x, y, w, h)
	size := h * 0.62
	f.print(f.bold, size, x+(w-f.bold.width(text, size))/2, y+h*0.74, 0, text, white)
}

// paper tints the whole sheet, as the copies of a set of forms are.
func (f *form) paper(tint ink) { f.bar(tint, 0, 0, f.w, f.h) }

// corner is an empty cell with its caption.
func (f *form) corner(x, y, w, h float64, caption string) {
	f.frame(x, y, w, h)
	f.words(5.8, x+2.5, y+7, caption)
}

// typeIn fills in a field by machine, no wider than w.
func (f *form) typeIn(name string, x, y, w float64) {
	text, _ := f.trip.value(name, f.how, f.atPickup())
	size := f.size
	if wide := f.typed.width(text, size); wide > w {
		size *= w / wide
	}
	f.valueIn(f.typed, size, name, x, y)
}

// captioned is a cell with its caption and a field.
func (f *form) captioned(x, y, w, h float64, caption, name string) {
	f.corner(x, y, w, h, caption)
	f.typeIn(name, x+5, y+h-5, w-8)
}

// entry is a label and a field at a tab beside it.
func (f *form) entry(x, y, tab, w float64, label, name string) {
	f.words(f.size*0.9, x, y, label)
	f.typeIn(name, x+tab, y, w)
}

// sentence prints words with fields among them: a name in braces is a field. It returns where it ends.
func (f *form) sentence(x, y float64, text string) float64 {
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		f.typing(x, y, before)
		x += f.typed.width(before, f.size)
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		x = f.valueIn(f.typed, f.size, name, x, y)
		text = after
	}
	return x
}

// typing fills in words that are no value.
func (f *form) typing(x, y float64, text string) { f.print(f.typed, f.size, x, y, 0, text, black) }

// addressed is a party in three lines: name, street, town.
func (f *form) addressed(role string, x, y, w float64) {
	f.typeIn(role, x, y, w)
	whole, _ := f.trip.value(role+"_addr", f.how, false)
	street, town, _ := strings.Cut(whole, ", ")
	lead := f.size * 1.2
	size := f.size
	if wide := f.typed.width(street, size); wide > w {
		size *= w / wide
	}
	box := f.print(f.typed, size, x, y+lead, 0, street, black)
	box = box.with(f.print(f.typed, size, x, y+2*lead, 0, town, black))
	f.note(role+"_addr", Field{Text: street + "\n" + town, Value: whole}, box)
}

// grid is a table with small heads, ruled through to its end with some empty lines; it returns where it ends.
func (f *form) grid(x, y, step float64, empty int, cols []column) float64 {
	whole := 0.0
	for _, c := range cols {
		whole += c.w
	}
	deep := 12 + step*float64(len(f.trip.rows)+empty)
	at := x
	for i, c := range cols {
		if i > 0 {
			f.rule(at, y, at, y+deep, 0.5)
		}
		f.words(6, at+3, y+8.5, c.head)
		for n, r := range f.trip.rows {
			text, size := c.of(r), f.size*0.95
			if wide := f.typed.width(text, size); wide > c.w-6 {
				size *= (c.w - 6) / wide
			}
			f.print(f.typed, size, at+4, y+12+step*(float64(n)+0.75), 0, text, black)
		}
		at += c.w
	}
	f.rule(x, y+12, x+whole, y+12, 0.5)
	f.frame(x, y, whole, deep)
	return y + deep
}

// terms is small print.
func (f *form) terms(size, x, y float64, lines ...string) {
	for i, l := range lines {
		f.words(size, x, y+float64(i)*size*1.25, l)
	}
}

// sticker is a label that a carrier stuck on the paper: his number as bars and in digits.
func (f *form) sticker(x, y float64, over string) {
	f.bar(white, x, y, 176, 52)
	f.box(x, y, 176, 52, 0.5)
	f.print(f.bold, 7, x+6, y+9, 0, over, black)
	f.barcode("code128", "pro", x+12, y+13, 150, 24)
	text, value := f.trip.value("pro", f.how, f.atPickup())
	f.note("pro", Field{Text: text, Value: value}, f.print(f.bold, 10, x+(176-f.bold.width(text, 10))/2, y+48, 0, text, black))
}

// stampLine is a line of a rubber stamp: its words, and the field written behind them.
type stampLine struct{ label, name string }

// receivingStamp is a rubber stamp with lines to be filled in by hand; the last may be signed.
func (f *form) receivingStamp(p person, x, y, turn float64, title string, lines []stampLine, signs string) {
	in := stampy[f.rng.IntN(len(stampy))]
	sin, cos := math.Sincos(turn)
	at := func(dx, dy float64) point { return point{x + dx*cos - dy*sin, y + dx*sin + dy*cos} }
	put := func(face *face, size, dx, dy float64, text string) {
		q := at(dx, dy)
		f.print(face, size, q.x, q.y, turn, text, in)
	}
	const w = 176.0
	h := 28 + 21*float64(len(lines))
	if signs != "" {
		h += 26
	}
	f.sheet.pen(2, in, at(0, 0), at(w, 0), at(w, h), at(0, h), at(0, 0))
	put(f.bold, 13, (w-f.bold.width(title, 13))/2, 17, title)
	for i, l := range lines {
		dy := 36 + 21*float64(i)
		put(f.bold, 8, 8, dy, l.label)
		from := 14 + f.bold.width(l.label, 8)
		f.sheet.pen(0.7, in, at(from, dy+2), at(w-8, dy+2))
		if q := at(from+3, dy); l.name != "" {
			f.fillIn(p, l.name, q.x, q.y, w-14-from)
		}
	}
	if signs == "" {
		return
	}
	dy := h - 9
	put(f.bold, 8, 8, dy, signs)
	from := 14 + f.bold.width(signs, 8)
	f.sheet.pen(0.7, in, at(from, dy+2), at(w-8, dy+2))
	q := at(from, dy)
	f.autograph(p, "consignee", q.x, q.y, w-10-from, 22)
}
