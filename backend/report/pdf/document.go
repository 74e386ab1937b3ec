package pdf

import (
	"math"
	"time"
)

// Paper is a sheet, upright, in points.
type Paper struct{ Width, Height float64 }

// Papers.
var (
	Letter = Paper{612, 792}
	A4     = Paper{595.28, 841.89}
)

// Setup is what a document is and how its pages look.
type Setup struct {
	Title    string
	Author   string
	Subject  string
	Language string // BCP 47, such as en-US
	// AsOf is printed nowhere: it is the creation and modification date inside the file.
	AsOf      time.Time
	Paper     Paper
	Landscape bool
	Head      string  // small, on top of the second page and all that follow
	Foot      string  // small, at the left of every page's foot; "Page X of Y" stands at the right
	Body      float64 // size of text in points; 0 is 8.5
	Brand     Brand
}

// Brand is how a customer's papers look: a logo on the first page, and an ink for the bar above it and for headings. An ink
// too pale to be read on white is used for the bar alone.
type Brand struct {
	Logo *Picture
	Ink  Ink // black is none
}

// reads reports whether an ink can be read on white: a contrast of 4.5 by WCAG.
func (i Ink) reads() bool {
	part := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 1.05/(0.2126*part(i.R)+0.7152*part(i.G)+0.0722*part(i.B)+0.05) >= 4.5
}

// headings is the ink of headings.
func (d *Document) headings() Ink {
	if ink := d.setup.Brand.Ink; ink.reads() {
		return ink
	}
	return Black
}

const (
	margin   = 36.0
	footRoom = 20.0 // between the lowest line of text and the margin
	headRoom = 20.0
	rule     = 0.5 // width of a hairline

	smallSize = 7.5
)

// Inks that print well in grey.
var (
	Black    = Ink{}
	Muted    = Ink{0x4a, 0x52, 0x5d}
	hairline = Ink{0xb4, 0xba, 0xc2}
	tint     = Ink{0xec, 0xee, 0xf1}
	white    = Ink{0xff, 0xff, 0xff}
)

var smallPrint = Style{Size: smallSize, Ink: Muted}

// Document is laid out by calls of its blocks, from top to bottom, and drawn by Bytes. Not for use by several goroutines.
type Document struct {
	setup         Setup
	width, height float64 // of the page
	setter        setter
	pages         []*page
	y             float64 // top of the next block on the last page
	fresh         bool    // nothing but the head is on the last page
	heading       *heading
}

// page is what stands on one sheet, in drawing order.
type page struct {
	ops   []op
	marks []bookmark
}

type bookmark struct {
	text string
	y    float64
}

// op is one thing to draw: a run of text at its baseline, a filled box, or a hairline from x to x+w.
type op struct {
	kind       opKind
	x, y, w, h float64
	ink        Ink
	run        run
	shape      *shape
}

type opKind uint8

const (
	drawText opKind = iota
	drawBox
	drawRule
	drawShape
)

// New is an empty document.
func New(s Setup) *Document {
	if s.Body == 0 {
		s.Body = 8.5
	}
	if s.Paper == (Paper{}) {
		s.Paper = Letter
	}
	d := &Document{setup: s, width: s.Paper.Width, height: s.Paper.Height, setter: setter{body: s.Body}}
	if s.Landscape {
		d.width, d.height = d.height, d.width
	}
	d.newPage()
	return d
}

// Replaced is how many characters so far are printed as a mark because no font has them.
func (d *Document) Replaced() int { return d.setter.replaced }

// Room is the width between the margins, in points.
func (d *Document) Room() float64 { return d.width - 2*margin }

// Gap leaves space before the next block, but not at the top of a page.
func (d *Document) Gap(points float64) {
	if !d.fresh && d.heading == nil {
		d.y += points
	}
}

func (d *Document) bottom() float64 { return d.height - margin - footRoom }

// left is the space to the foot of the page.
func (d *Document) left() float64 { return d.bottom() - d.y }

func (d *Document) top() float64 {
	if len(d.pages) > 1 {
		return margin + headRoom
	}
	return margin
}

func (d *Document) newPage() {
	next := &page{}
	if n := len(d.pages); n > 0 {
		next.ops = make([]op, 0, len(d.pages[n-1].ops)+16) // pages of one table are alike
	}
	d.pages = append(d.pages, next)
	d.y, d.fresh = d.top(), true
	if len(d.pages) > 1 {
		d.small(d.setup.Head, margin+smallSize)
		d.rule(margin, margin+smallSize+4, d.Room())
	}
}

// begin makes sure that a block's first part, this high, stands on one page together with the heading above it.
func (d *Document) begin(height float64) {
	wanted := height
	if d.heading != nil {
		wanted += d.heading.height
	}
	if wanted > d.left() && !d.fresh {
		d.newPage()
	}
	d.placeHeading()
}

func (d *Document) add(o op) {
	p := d.pages[len(d.pages)-1]
	p.ops = append(p.ops, o)
}

func (d *Document) rule(x, y, w float64) {
	d.add(op{kind: drawRule, x: x, y: y, w: w, ink: hairline})
}

func (d *Document) box(x, y, w, h float64, ink Ink) {
	d.add(op{kind: drawBox, x: x, y: y, w: w, h: h, ink: ink})
}

// footAside is the room that "Page X of Y" has at the right of the foot.
const footAside = 90.0

// small puts one line of small print at a baseline. What does not fit on the line is left out: it repeats the title.
func (d *Document) small(text string, baseline float64) {
	if lines := d.setter.lines(Rich{{text, smallPrint}}, d.Room()-footAside); len(lines) > 0 {
		d.line(lines[0], margin, baseline)
	}
}

// smallRight puts one line of small print at the right margin.
func (d *Document) smallRight(text string, baseline float64) {
	for _, l := range d.setter.lines(Rich{{text, smallPrint}}, footAside) {
		d.line(l, margin+d.Room()-l.width, baseline)
	}
}

// line puts a line's runs side by side at a baseline.
func (d *Document) line(l line, x, baseline float64) {
	for _, r := range l.runs {
		d.add(op{kind: drawText, x: x, y: baseline, ink: r.style.Ink, run: r})
		x += r.width
	}
}

// Align is where a text stands in its room.
type Align uint8

// Alignments.
const (
	Left Align = iota
	Right
	Center
)

// lines puts lines one below the other, the first with its top at y.
func (d *Document) lines(ls []line, x, y, width float64, align Align) {
	for _, l := range ls {
		at := x
		switch align {
		case Right:
			at = x + width - l.width
		case Center:
			at = x + (width-l.width)/2
		}
		d.line(l, at, y+l.size)
		y += l.height()
	}
}
