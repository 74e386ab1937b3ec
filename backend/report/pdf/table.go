package pdf

// Column is one column of a table; Width is its share of the whole.
type Column struct {
	Title string
	Width float64
	Align Align
}

// Row is the cells of one line of a table. A row is not torn apart unless it is higher than a page.
type Row struct {
	Cells []Rich
	// Group is a row that spans the table and stays with the next one: Cells[0] is its text.
	Group bool
	// Shades are the depth of grey behind each cell, from 0 (none) to 1; nil is none. Black stays readable on all of them.
	Shades []float64
}

// Table has a header that is repeated on every page. Its first two rows stay with the header, and its last two with
// each other.
type Table struct {
	Name    string // said again above the header on the pages that follow
	Columns []Column
	Rows    []Row
}

const (
	cellPadX = 5.0
	cellPadY = 2.1
)

// setRow is a row broken into lines.
type setRow struct {
	cells  [][]line
	height float64
	group  bool
	title  Rich // of a group
	shades []float64
}

// grid is a table being placed.
type grid struct {
	doc     *Document
	columns []Column
	x, w    []float64
	header  setRow
	again   Rich // above a repeated header
	group   Rich // the title of the group that the last row belongs to
}

// Table places a table over the whole width.
func (d *Document) Table(t Table) {
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		return
	}
	g := d.grid(t)
	rows := make([]setRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = g.set(r)
	}
	d.begin(g.header.height + together(rows, 0))
	g.drawHeader()
	for i := range rows {
		if !d.fresh && together(rows, i) > d.left()+0.01 && rows[i].height <= g.body() {
			if rows[i].group {
				g.group = nil
			}
			g.nextPage()
		}
		g.place(rows[i])
	}
}

func (d *Document) grid(t Table) *grid {
	g := &grid{doc: d, columns: t.Columns, x: make([]float64, len(t.Columns)), w: make([]float64, len(t.Columns))}
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	x := margin
	titles := Row{Cells: make([]Rich, len(t.Columns))}
	for i, c := range t.Columns {
		g.x[i], g.w[i] = x, d.Room()*c.Width/total
		x += g.w[i]
		titles.Cells[i] = Rich{{c.Title, Style{Size: smallSize, Bold: true}}}
	}
	g.header = g.set(titles)
	if t.Name != "" {
		g.again = Rich{{t.Name + ", continued", smallPrint}}
	}
	return g
}

func (g *grid) set(r Row) setRow {
	s := setRow{cells: make([][]line, len(r.Cells)), group: r.Group, shades: r.Shades}
	if r.Group {
		s.title = r.Cells[0]
	}
	for i, c := range r.Cells {
		width := g.w[i]
		if r.Group {
			width = g.doc.Room()
		}
		s.cells[i] = g.doc.setter.lines(c, width-2*cellPadX)
		s.height = max(s.height, heightOf(s.cells[i]))
	}
	s.height += 2 * cellPadY
	return s
}

// together is the height of row i and of what must stand on the same page: the next row after a group's title, the
// second row of the table, and the last row.
func together(rows []setRow, i int) float64 {
	h := rows[i].height
	for i+1 < len(rows) && (rows[i].group || i == 0 || i == len(rows)-2) {
		i++
		h += rows[i].height
	}
	return h
}

// body is the height that rows have on a page of their own.
func (g *grid) body() float64 {
	return g.doc.bottom() - margin - headRoom - g.header.height - g.doc.setter.body*leading - 2
}

func (g *grid) nextPage() {
	d := g.doc
	d.newPage()
	again := g.again
	if len(again) > 0 && len(g.group) > 0 {
		again = append(append(again, Span{":  ", smallPrint}), g.group...)
	}
	if lines := d.setter.lines(again, d.Room()); len(lines) > 0 {
		d.lines(lines, margin, d.y, d.Room(), Left)
		d.y += heightOf(lines) + 2
	}
	g.drawHeader()
	d.fresh = true // no row yet: a row that does not fit here fits nowhere
}

func (g *grid) drawHeader() {
	d := g.doc
	d.box(margin, d.y, d.Room(), g.header.height, tint)
	g.draw(g.header)
}

// place draws a row; one that is higher than a page goes on where the page ends.
func (g *grid) place(r setRow) {
	d := g.doc
	if r.group {
		g.group = r.title
	}
	for r.height > d.left()+0.01 && r.height > g.body() {
		head, tail := r.split(d.left() - 2*cellPadY)
		g.draw(head)
		g.nextPage()
		r = tail
	}
	g.draw(r)
}

// split cuts a row into the lines that fit into a height, at least one a cell, and the rest.
func (r setRow) split(room float64) (head, tail setRow) {
	head = setRow{cells: make([][]line, len(r.cells)), group: r.group, shades: r.shades}
	tail = setRow{cells: make([][]line, len(r.cells)), group: r.group, shades: r.shades}
	for i, lines := range r.cells {
		n, used := 0, 0.0
		for n < len(lines) && (n == 0 || used+lines[n].height() <= room) {
			used += lines[n].height()
			n++
		}
		head.cells[i], tail.cells[i] = lines[:n], lines[n:]
		head.height = max(head.height, used)
		tail.height = max(tail.height, heightOf(lines[n:]))
	}
	head.height += 2 * cellPadY
	tail.height += 2 * cellPadY
	return head, tail
}

func (g *grid) draw(r setRow) {
	d := g.doc
	for i, depth := range r.shades {
		if depth > 0 {
			d.box(g.x[i], d.y, g.w[i], r.height, shade(depth))
		}
	}
	for i, lines := range r.cells {
		width := g.w[i]
		align := g.columns[i].Align
		if r.group {
			width, align = d.Room(), Left
		}
		d.lines(lines, g.x[i]+cellPadX, d.y+cellPadY, width-2*cellPadX, align)
	}
	d.y += r.height
	d.rule(margin, d.y, d.Room())
	d.fresh = false
}

// shade is a grey of a depth from 0 to 1, never darker than black print on it can bear.
func shade(depth float64) Ink {
	v := uint8(0xff - min(max(depth, 0), 1)*0x70)
	return Ink{v, v, v}
}
