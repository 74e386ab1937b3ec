package scans

import (
	"math"
	"strconv"
	"strings"
)

// person is somebody who writes on a paper of the second house.
type person struct {
	hand   *face
	pen    ink
	scale  float64 // of the hand, against type
	how    manner
	style  int  // of the signature
	absent bool // never wrote anything
}

var pens = []ink{{22, 22, 26}, {22, 22, 26}, {30, 50, 150}, {30, 50, 150}, {20, 34, 96}, {84, 84, 90}, {170, 26, 34}}

func (f *form) somebody() person {
	names := f.trip.house.hands
	name := names[f.rng.IntN(len(names))]
	scale := map[string]float64{"shadows-into-light": 1.75, "covered-by-your-grace": 1.85, "architects-daughter": 1.4, "gloria-hallelujah": 1.3, "kalam": 1.5, "cedarville-cursive": 1.65}[name]
	return person{hand: faceNamed(name), pen: pens[f.rng.IntN(len(pens))], scale: scale * (0.9 + 0.2*f.rng.Float64()), how: writtenManner(f.rng), style: f.rng.IntN(7)}
}

// receiver is who took the freight in. Where nobody signed, mostly nobody wrote a thing; else the name stands without a signature.
func (f *form) receiver() person {
	p := f.somebody()
	p.absent = !f.trip.signed && f.page.DocType == "POD" && f.rng.IntN(5) < 3
	return p
}

// jot writes words by hand, no wider than w, and returns the box of their ink.
func (f *form) jot(p person, x, y, w float64, text string) rect {
	size := f.size * p.scale
	if wide := p.hand.width(text, size) * 1.06; wide > w {
		size *= w / wide
	}
	return f.scrawl(f.rng, p.hand, size, x, y, text, p.pen)
}

// fillIn puts a field down by hand.
func (f *form) fillIn(p person, name string, x, y, w float64) {
	if p.absent {
		return
	}
	text, value := f.trip.value(name, p.how, f.atPickup())
	f.note(name, Field{Text: text, Value: value, Hand: true}, f.jot(p, x, y, w, text))
}

// figure prints a count.
func (f *form) figure(name string, n int, x, y float64) {
	text := count(n, f.how)
	f.note(name, Field{Text: text, Value: strconv.Itoa(n)}, f.print(f.typed, f.size, x, y, 0, text, black))
}

// billed prints the count of the bill.
func (f *form) billed(p person, x, y float64) {
	text := count(f.trip.Pieces, f.how)
	f.mayCorrect(p, text, f.print(f.typed, f.size, x, y, 0, text, black), false)
}

// mayCorrect notes the count of the bill. A receiver who counted otherwise struck it out and wrote his own beside it, always
// when he noted nothing and sometimes when he did.
func (f *form) mayCorrect(p person, billed string, at rect, hand bool) {
	t := f.trip
	if f.atPickup() || t.seen == t.Pieces || p.absent || t.note.kind != "" && f.rng.IntN(3) > 0 {
		f.note("pieces", Field{Text: billed, Value: strconv.Itoa(t.Pieces), Hand: hand}, at)
		return
	}
	middle := (at.y0 + at.y1) / 2
	f.sheet.pen(1.3, p.pen, point{at.x0 - 3, middle + 1}, point{at.x1 + 4, middle - 2})
	if f.rng.IntN(2) == 0 {
		f.sheet.pen(1.1, p.pen, point{at.x0 - 2, middle + 3}, point{at.x1 + 3, middle})
	}
	text := strconv.Itoa(t.seen)
	f.note("pieces", Field{Text: text, Value: text, Hand: true}, f.jot(p, at.x1+7, at.y1-1, 60, text))
}

// putsHisName reports whether a role signed.
func (f *form) putsHisName(role string) bool {
	switch f.page.DocType + " " + role {
	case "POD consignee", "POP driver":
		return f.trip.signed
	case "BOL consignee":
		return false // the freight is still on its way
	}
	return true
}

// autograph is a place for a signature: above the line from x, y, w wide and h high. The form draws its line itself.
func (f *form) autograph(p person, role string, x, y, w, h float64) {
	present := f.putsHisName(role)
	if present {
		f.signAs(p, role, x+4+f.rng.Float64()*w*0.12, y, min(w*0.8, 70+f.rng.Float64()*70), h)
	}
	f.page.Signatures[role] = Signature{Present: present, Box: f.fraction(rect{x, y - h, x + w, y + 2})}
}

func (f *form) signAs(p person, role string, x, y, w, h float64) {
	name := f.trip.name
	if role != "consignee" {
		names := f.trip.house.people
		for name == f.trip.name {
			name = names[f.rng.IntN(len(names))]
		}
	}
	switch p.style {
	case 0:
		f.zigzag(p, x, y, w, h)
	case 1:
		f.swoosh(p, x, y, w, h)
	case 2:
		f.autographIn(p, "herr-von-muellerhoff", 2.5, x, y, w, initials(name))
	case 3:
		f.autographIn(p, "la-belle-aurore", 2.0, x, y, w, name)
	case 4:
		f.autographIn(p, "herr-von-muellerhoff", 2.3, x, y, w, name)
	case 5:
		f.loops(p, x, y, w, h)
	default:
		f.autographIn(p, p.hand.name, p.scale*1.1, x, y, w, name)
	}
}

// autographIn signs in letters. They are a picture, not words of the page.
func (f *form) autographIn(p person, face string, scale, x, y, w float64, name string) {
	size := f.size * scale
	if wide := faceNamed(face).width(name, size); wide > w {
		size *= w / wide
	}
	box := f.scrawl(f.rng, faceNamed(face), size, x, y-2, name, p.pen)
	f.marks[len(f.marks)-1].run.text = ""
	if f.rng.IntN(3) == 0 {
		f.sheet.pen(0.8, p.pen, point{x - 3, y + 2}, point{(box.x0 + box.x1) / 2, y - 1}, point{box.x1 + 12, y - 4})
	}
}

func initials(name string) string {
	var first []rune
	next := true
	for _, r := range name {
		if next && r != ' ' {
			first = append(first, r)
		}
		next = r == ' '
	}
	return string(first)
}

// zigzag is a signature that nobody can read: steep strokes that grow smaller, rounded by haste, and a tail.
func (f *form) zigzag(p person, x, y, w, h float64) {
	tall, strokes, lean := h*(0.65+0.25*f.rng.Float64()), 5+f.rng.IntN(6), 2+4*f.rng.Float64()
	knots := []point{{x, y - tall*0.3}}
	at := x
	for i := range strokes {
		left := tall * (1 - 0.7*float64(i)/float64(strokes)) * (0.6 + 0.6*f.rng.Float64())
		at += w * 0.75 / float64(strokes) * (0.6 + 0.8*f.rng.Float64())
		knots = append(knots, point{at + lean, y - left}, point{at, y - 2 + 4*f.rng.Float64()})
	}
	knots = append(knots, point{x + w, y - 5 + 6*f.rng.Float64()})
	f.sheet.pen(0.9+0.6*f.rng.Float64(), p.pen, rounded(knots)...)
}

// swoosh is one large round letter and a wave that runs flat.
func (f *form) swoosh(p person, x, y, w, h float64) {
	r, squash := h*(0.3+0.15*f.rng.Float64()), 0.5+0.4*f.rng.Float64()
	knots := []point{}
	for i := range 11 {
		a := 2.4 + float64(i)*0.62
		round := r * (1 + 0.12*f.rng.NormFloat64()) * (1 - 0.03*float64(i))
		knots = append(knots, point{x + r + round*squash*math.Cos(a) + 0.8*float64(i), y - r + round*math.Sin(a)})
	}
	at := x + 2*r*squash
	for i := range 4 + f.rng.IntN(7) {
		at += 3 + 6*f.rng.Float64()
		flat := h * 0.28 / (1 + 0.5*float64(i))
		knots = append(knots, point{at, y - 3 - flat*f.rng.Float64()}, point{at + 2 + 2*f.rng.Float64(), y - 1 + flat*0.3*f.rng.Float64()})
	}
	knots = append(knots, point{max(at+12, x+w), y - 4 + 5*f.rng.Float64()})
	f.sheet.pen(0.9+0.7*f.rng.Float64(), p.pen, rounded(knots)...)
}

// loops is a tall loop and a chain of low ones, crossed out at the end.
func (f *form) loops(p person, x, y, w, h float64) {
	tall, turns := h*(0.6+0.3*f.rng.Float64()), 4+5*f.rng.Float64()
	var path []point
	const steps = 120
	for i := range steps {
		t := float64(i) / steps
		a := t * turns * 2 * math.Pi
		high := 3 + (tall-3)*math.Exp(-3.5*t)
		path = append(path, point{x + w*0.85*t + (2+high*0.25)*math.Sin(a), y - high*0.5 + high*0.5*math.Cos(a+0.4)})
	}
	path = append(path, point{x + w, y - 6*f.rng.Float64()})
	f.sheet.pen(0.9+0.6*f.rng.Float64(), p.pen, path...)
	if f.rng.IntN(2) == 0 {
		f.sheet.pen(0.9, p.pen, point{x + w*0.2, y - tall*0.3}, point{x + w*0.7, y - tall*0.5})
	}
}

// rounded is a smooth line through knots (Catmull-Rom).
func rounded(knots []point) []point {
	var path []point
	at := func(i int) point { return knots[min(max(i, 0), len(knots)-1)] }
	for i := range len(knots) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for step := range 8 {
			t := float64(step) / 8
			mix := func(a, b, c, d float64) float64 {
				return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
			}
			path = append(path, point{mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y)})
		}
	}
	return append(path, at(len(knots)-1))
}

// oneOf is one of the ways in which a form may put it.
func (f *form) oneOf(words ...string) string { return words[f.rng.IntN(len(words))] }

// noted reports what the paper notes about the freight: at the consignee what was wrong, on a bill how it was loaded.
func (f *form) noted() (kind, text string) {
	switch {
	case f.page.DocType == "BOL" && f.trip.slc:
		return "slc", f.oneOf("SLC", "SL&C", "Shipper load & count", "shipper's load and count", "SLC - driver not on dock")
	case f.page.DocType == "BOL" && f.trip.stc:
		return "stc", f.oneOf("STC", "said to contain", "Subject to count", "STC - wrapped skids", "count subj. to recount - STC")
	case f.page.DocType == "POD" || f.page.DocType == "OSD":
		return f.trip.note.kind, f.trip.note.english
	}
	return "", ""
}

// remarks is where people write: what was noted, or else sometimes a word that means nothing for the freight.
func (f *form) remarks(p person, x, y, w float64) {
	kind, text := f.noted()
	if kind == "" {
		f.aside(p, x, y, w, 2)
		return
	}
	var box rect
	if (kind == "slc" || kind == "stc") && f.rng.IntN(4) == 0 {
		text = strings.ToUpper(text)
		box = f.stamped(x+4, y, f.rng.NormFloat64()*0.05, text, "")
	} else {
		box = f.jot(p, x, y, w, text)
	}
	f.page.Notation = &Notation{Kind: kind, Text: text, Box: f.fraction(box)} // words tell more than a tick
}

// spot is a free place on a paper.
type spot struct{ x, y, w float64 }

// remarksIn is remarks in one of several places: people do not keep to the lines made for it.
func (f *form) remarksIn(p person, of ...spot) {
	s := of[f.rng.IntN(len(of))]
	f.remarks(p, s.x, s.y, s.w)
}

// aside writes a harmless word or a check mark, one time of so many.
func (f *form) aside(p person, x, y, w float64, of int) {
	if p.absent || f.rng.IntN(of) > 0 {
		return
	}
	if f.rng.IntN(6) == 0 {
		f.sheet.pen(1.4, p.pen, point{x, y - 5}, point{x + 4, y}, point{x + 13, y - 13})
		return
	}
	f.jot(p, x, y, w, asides[f.rng.IntN(len(asides))])
}

// choice is a box to tick for something that may be noted.
type choice struct{ kind, label string }

// ticks offers boxes side by side, step apart. The one that fits is ticked when on; what was ticked is the notation.
func (f *form) ticks(p person, x, y, step float64, on bool, of ...choice) {
	kind, _ := f.noted()
	s := f.size * 0.75
	for i, c := range of {
		at := x + step*float64(i)
		f.frame(at, y-s, s, s)
		box := f.print(f.plain, f.size*0.85, at+s*1.6, y, 0, c.label, f.preprint)
		if on && kind == c.kind && kind != "" {
			f.cross(p, at, y, s)
			if f.page.Notation == nil {
				f.page.Notation = &Notation{Kind: kind, Text: c.label, Box: f.fraction(box.with(rect{at, y - s, at + s, y}))}
			}
		}
	}
}

// cross ticks the box of side s at x, y.
func (f *form) cross(p person, x, y, s float64) {
	if f.rng.IntN(2) == 0 {
		f.sheet.pen(1.2, p.pen, point{x - 1, y - s - 1}, point{x + s + 1, y + 1})
		f.sheet.pen(1.2, p.pen, point{x + s + 1, y - s - 1}, point{x - 1, y + 1})
		return
	}
	f.sheet.pen(1.4, p.pen, point{x + 1, y - s*0.5}, point{x + s*0.45, y}, point{x + s*1.5, y - s*1.5})
}

// noteBoth is how a paper with boxes to tick notes things: by a tick, by words, or by both.
func (f *form) noteBoth() (ticked, worded bool) {
	n := f.rng.IntN(3)
	return n != 1, n != 0
}
