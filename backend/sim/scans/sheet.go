package scans

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// point is a place on a sheet: points (1/72 inch) from its upper left corner.
type point struct{ x, y float64 }

type ink [3]uint8

var (
	black  = ink{24, 24, 28}
	white  = ink{255, 255, 255}
	pale   = ink{226, 226, 226}
	grey   = ink{110, 110, 110}
	bluish = ink{28, 44, 140}
	stampy = []ink{{176, 24, 32}, {24, 72, 150}, {20, 110, 60}, {90, 40, 120}}
)

// rect is a box on a sheet, in points.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) with(o rect) rect {
	return rect{min(r.x0, o.x0), min(r.y0, o.y0), max(r.x1, o.x1), max(r.y1, o.y1)}
}

// sheet is a page as it was made, before the world wore it: marks in the order they were put down.
type sheet struct {
	w, h  float64
	marks []mark
}

// mark is a run of letters, or else a path: filled when width is 0, else drawn with a pen of that width.
type mark struct {
	run   *run
	path  []point
	width float64
	ink   ink
}

// run is text in one face along one line. Its letters lie where they were put.
type run struct {
	text    string
	face    *face
	size    float64
	base    point
	letters []letter
}

// letter is where one glyph lies: origin on the base line, size, turn (radians clockwise), slant.
type letter struct {
	r           rune
	at          point
	size        float64
	turn, slant float64
}

// place maps a point of the glyph (thousandths of an em) to the sheet.
func (l letter) place(x, y float64) point {
	x, y = (x-l.slant*y)*l.size/em, y*l.size/em
	sin, cos := math.Sincos(l.turn)
	return point{l.at.x + x*cos - y*sin, l.at.y + x*sin + y*cos}
}

// print puts type on the sheet, turned clockwise by turn radians, and returns the box of its ink: the bare spot for an
// empty cell.
func (s *sheet) print(f *face, size, x, y, turn float64, text string, in ink) rect {
	if text == "" {
		return rect{x, y, x, y}
	}
	r := &run{text: text, face: f, size: size, base: point{x, y}}
	sin, cos := math.Sincos(turn)
	for _, c := range text {
		r.letters = append(r.letters, letter{r: c, at: point{x, y}, size: size, turn: turn})
		step := f.glyph(c).advance * size / em
		x, y = x+step*cos, y+step*sin
	}
	s.marks = append(s.marks, mark{run: r, ink: in})
	return r.box()
}

// scrawl writes by hand: no letter as the one before.
func (s *sheet) scrawl(rng *rand.Rand, f *face, size, x, y float64, text string, in ink) rect {
	if text == "" {
		return rect{x, y, x, y}
	}
	r := &run{text: text, face: f, size: size, base: point{x, y}}
	slope, slant := rng.NormFloat64()*0.02, rng.NormFloat64()*0.06
	for _, c := range text {
		own := size * (1 + rng.NormFloat64()*0.045)
		r.letters = append(r.letters, letter{r: c, at: point{x, y + rng.NormFloat64()*size*0.025}, size: own,
			turn: slope + rng.NormFloat64()*0.035, slant: slant + rng.NormFloat64()*0.03})
		step := f.glyph(c).advance * size / em * (1 + rng.NormFloat64()*0.03)
		x, y = x+step, y+step*slope
	}
	s.marks = append(s.marks, mark{run: r, ink: in})
	return r.box()
}

// box is the box around a run's ink.
func (r *run) box() rect {
	b := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, l := range r.letters {
		for _, seg := range r.face.glyph(l.r).segments {
			for _, a := range seg.Args[:argsOf(seg.Op)] {
				p := l.place(float64(a.X)/64, float64(a.Y)/64)
				b = b.with(rect{p.x, p.y, p.x, p.y})
			}
		}
	}
	return b
}

func (s *sheet) fill(in ink, path ...point) { s.marks = append(s.marks, mark{path: path, ink: in}) }

func (s *sheet) pen(width float64, in ink, path ...point) {
	s.marks = append(s.marks, mark{path: path, width: width, ink: in})
}

func (s *sheet) line(x0, y0, x1, y1, width float64) {
	s.pen(width, black, point{x0, y0}, point{x1, y1})
}

func (s *sheet) box(x, y, w, h, width float64) {
	s.pen(width, black, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h}, point{x, y})
}

func (s *sheet) bar(in ink, x, y, w, h float64) {
	s.fill(in, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
}

// text is what stands on the sheet, by lines from the top, columns kept apart by blanks.
func (s *sheet) text() string {
	var runs []*run
	for _, m := range s.marks {
		if m.run != nil && strings.TrimSpace(m.run.text) != "" {
			runs = append(runs, m.run)
		}
	}
	sort.SliceStable(runs, func(i, j int) bool { return runs[i].base.y < runs[j].base.y })
	var b strings.Builder
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].base.y-runs[0].base.y < 3.5 {
			n++
		}
		line := slices.Clone(runs[:n])
		runs = runs[n:]
		sort.SliceStable(line, func(i, j int) bool { return line[i].base.x < line[j].base.x })
		for i, r := range line {
			if i > 0 {
				b.WriteString("  ")
			}
			b.WriteString(r.text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
