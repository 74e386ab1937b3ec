package pdf

// heading waits for the block that it belongs to, so that it never stands alone at the foot of a page.
type heading struct {
	text   string
	lines  []line
	height float64
}

// HeadingSize is the type size of a section's heading.
const HeadingSize = 11.5

// Heading starts a section: a bold line, a note in small print behind it, and a bookmark. It moves to the next page
// with the beginning of the block that follows.
func (d *Document) Heading(text, note string) {
	d.placeHeading()
	r := Rich{{text, Style{Size: HeadingSize, Bold: true, Ink: d.headings()}}}
	if note != "" {
		r = append(r, Span{"   " + note, smallPrint})
	}
	lines := d.setter.lines(r, d.Room())
	d.heading = &heading{text: clean(text), lines: lines, height: heightOf(lines) + headingGap + 3}
}

const headingGap = 12.0

// Lead is text between a heading and its block: all three stay together. Without a heading before it, it is a paragraph.
func (d *Document) Lead(text Rich) {
	h := d.heading
	if h == nil {
		d.Paragraph(text)
		return
	}
	lines := d.setter.lines(text, d.Room())
	h.lines = append(h.lines, lines...)
	h.height += heightOf(lines)
}

func (d *Document) placeHeading() {
	h := d.heading
	if h == nil {
		return
	}
	d.heading = nil
	if !d.fresh {
		d.y += headingGap
	}
	p := d.pages[len(d.pages)-1]
	p.marks = append(p.marks, bookmark{h.text, d.y})
	d.lines(h.lines, margin, d.y, d.Room(), Left)
	d.y += heightOf(h.lines) + 3
	d.fresh = false
}

// Paragraph is running text over the whole width. At least two of its lines stay together at a page's end.
func (d *Document) Paragraph(text Rich) { d.flow(d.setter.lines(text, d.Room()), 2) }

// flow places lines of which the first ones stay together.
func (d *Document) flow(lines []line, first int) {
	if len(lines) == 0 {
		return
	}
	d.begin(heightOf(lines[:min(first, len(lines))]))
	for len(lines) > 0 {
		n := d.fitting(lines)
		if n == len(lines)-1 && n > 2 {
			n-- // the last line takes one along
		}
		d.lines(lines[:n], margin, d.y, d.Room(), Left)
		d.y += heightOf(lines[:n])
		d.fresh = false
		if lines = lines[n:]; len(lines) > 0 {
			d.newPage()
		}
	}
}

// fitting is how many lines still fit on the page, at least one on a fresh page.
func (d *Document) fitting(lines []line) int {
	room, n := d.left(), 0
	for n < len(lines) && lines[n].height() <= room+0.01 {
		room -= lines[n].height()
		n++
	}
	if n == 0 {
		return 1
	}
	return n
}

// Figure is one number of a summary.
type Figure struct {
	Label string
	Value string
	Note  string // small print below
	Ink   Ink    // of the value
}

const (
	figureSize = 17.0
	figurePad  = 7.0
)

// Figures is a band of numbers side by side, each in an equal share of the width.
func (d *Document) Figures(all []Figure) {
	if len(all) == 0 {
		return
	}
	w := d.Room() / float64(len(all))
	columns := make([][]line, len(all))
	high := 0.0
	for i, f := range all {
		columns[i] = d.setter.lines(Rich{
			{f.Label + "\n", smallPrint},
			{f.Value + "\n", Style{Size: figureSize, Bold: true, Ink: f.Ink}},
			{f.Note, smallPrint},
		}, w-2*figurePad)
		high = max(high, heightOf(columns[i]))
	}
	high += 2 * figurePad
	d.begin(high)
	d.box(margin, d.y, d.Room(), high, tint)
	for i, lines := range columns {
		x := margin + float64(i)*w
		if i > 0 {
			d.box(x-0.75, d.y, 1.5, high, white)
		}
		d.lines(lines, x+figurePad, d.y+figurePad, w, Left)
	}
	d.y += high
	d.fresh = false
}

// letterhead is the customer's bar and logo, on the first page only.
func (d *Document) letterhead() {
	b := d.setup.Brand
	if len(d.pages) > 1 || !d.fresh {
		return
	}
	if b.Ink != Black {
		d.box(margin, d.y, d.Room(), 3, b.Ink)
		d.y += 9
	}
	if b.Logo != nil {
		w, h := b.Logo.within(150, 34)
		d.add(op{kind: drawShape, x: margin, y: d.y, w: w, h: h, shape: &shape{picture: b.Logo}})
		d.y += h + 8
	}
}

// Page puts the picture of a page, as large as it fits, on a page of its own, with the words that stand on it behind it.
func (d *Document) Page(title string, s *Sheet) error {
	pic, err := NewPicture(s.Picture)
	if err != nil {
		return err
	}
	d.placeHeading()
	if !d.fresh {
		d.newPage()
	}
	if title != "" {
		d.Heading(title, "")
		d.placeHeading()
	}
	k := min(d.Room()/s.Width, d.left()/s.Height)
	box := op{kind: drawShape, x: margin + (d.Room()-s.Width*k)/2, y: d.y, w: s.Width * k, h: s.Height * k}
	box.shape = &shape{picture: pic}
	d.add(box)
	box.shape = &shape{sheet: s}
	d.add(box)
	d.y, d.fresh = d.bottom(), false
	return nil
}

// Banner puts a text at the left and a narrower one at the right of the page, both from the same top. Where they are
// too long for that, they follow each other as paragraphs.
func (d *Document) Banner(left, right Rich) {
	d.letterhead()
	const share = 0.62
	l := d.setter.lines(left, d.Room()*share)
	r := d.setter.lines(right, d.Room()*(1-share))
	high := max(heightOf(l), heightOf(r))
	if high > (d.bottom()-margin)/3 {
		d.Paragraph(left)
		d.Paragraph(right)
		return
	}
	d.begin(high)
	d.lines(l, margin, d.y, d.Room(), Left)
	d.lines(r, margin, d.y, d.Room(), Right)
	d.y += high
	d.fresh = false
}
