package compare

import (
	"regexp"
	"strings"
	"time"

	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
)

// page is what a source's web page says of a load, read line by line. Nothing is guessed: a line, or a part of one, that
// cannot be read whole is kept as it is.
type page struct {
	t        *freight.Timeline
	received time.Time // supplies a year that was left out
	lines    []string
	claims   []pageClaim
	unread   []PastedLine

	header []*label // columns of the table that is being read; nil entries are columns we have no word for
	under  freight.StopRef
	seenAt freight.When // when the page says that the position was taken
	line   int          // from 1
}

type pageClaim struct {
	freight.Claim
	line  int
	where string
}

// readPage reads a pasted page of a load.
func readPage(text string, t *freight.Timeline, received time.Time) *page {
	p := &page{t: t, received: received, lines: strings.Split(strings.ReplaceAll(text, "\u00a0", " "), "\n")}
	for i := 0; i < len(p.lines); i++ {
		p.line = i + 1
		line := strings.TrimSpace(p.lines[i])
		if line == "" {
			p.header = nil
			continue
		}
		if p.readRow(line) || p.readHeader(i) || p.readHeading(line) {
			continue
		}
		if i+1 < len(p.lines) && p.readPair(line, strings.TrimSpace(p.lines[i+1])) {
			i++
			continue
		}
		p.readLine(line)
	}
	p.datePositions()
	return p
}

// cellBreak is what stands between the cells of a copied table.
var cellBreak = regexp.MustCompile(`\t+|\s*\|\s*|\s{2,}`)

func cellsOf(line string) []string { return cellBreak.Split(strings.Trim(line, " |\t"), -1) }

// readHeader takes a line of column names, when the next line has as many cells and is no line of "label value" itself.
func (p *page) readHeader(i int) bool {
	cells := cellsOf(strings.TrimSpace(p.lines[i]))
	if len(cells) < 2 || i+1 >= len(p.lines) {
		return false
	}
	below := cellsOf(strings.TrimSpace(p.lines[i+1]))
	if len(below) != len(cells) || labelOf(below[0]) != nil {
		return false
	}
	header, known := make([]*label, len(cells)), 0
	for k, cell := range cells {
		if header[k] = labelOf(cell); header[k] != nil {
			known++
		}
		if strings.ContainsAny(cell, "0123456789") {
			return false
		}
	}
	if known < 2 || header[0] == nil && known < len(cells)-1 {
		return false
	}
	p.header = header
	return true
}

// readRow reads a line of a table: an event with its date and place, or one value a column.
func (p *page) readRow(line string) bool {
	cells := cellsOf(line)
	if p.header == nil || len(cells) != len(p.header) {
		p.header = nil
		return false
	}
	row := tableRow{stop: p.under}
	for k, h := range p.header {
		row.take(h, cells[k])
	}
	if row.event != "" && !p.readEvent(strings.TrimSpace(row.event+" "+row.date+" "+row.time), line, row.stop) {
		p.leave(line)
		return true
	}
	for k, h := range p.header {
		if h != nil && h.table && row.used(h) || cells[k] == "" {
			continue
		}
		if h == nil || h.table || !p.readField(h, cells[k], line, row.stop) {
			p.leave(cells[k])
		}
	}
	return true
}

// tableRow gathers the cells that say one thing together.
type tableRow struct {
	event, date, time string
	stop              freight.StopRef
	placed, numbered  bool
}

func (r *tableRow) take(h *label, cell string) {
	if h == nil {
		return
	}
	switch h.kind {
	case columnEvent:
		r.event = cell
	case columnDate:
		r.date = cell
	case columnTime:
		r.time = cell
	case columnPlace:
		var place freight.Place
		if place, r.placed = cityState(cell); r.placed {
			r.stop.Place = place
		}
	case columnStop:
		var seq int
		if seq, r.numbered = wholeNumber(cell); r.numbered {
			r.stop.Seq = seq
		}
	}
}

// used reports whether a cell's words went into what the row says.
func (r *tableRow) used(h *label) bool {
	switch h.kind {
	case columnPlace:
		return r.placed
	case columnStop:
		return r.numbered
	}
	return r.event != ""
}

// headings are lines that say of which stop the lines below them speak.
var headings = map[string]freight.Side{"pickup": freight.PickupSide, "origin": freight.PickupSide, "shipper": freight.PickupSide, "ship from": freight.PickupSide,
	"delivery": freight.DeliverySide, "destination": freight.DeliverySide, "consignee": freight.DeliverySide, "ship to": freight.DeliverySide}

var stopHeading = regexp.MustCompile(`(?i)^stop\s*#?\s*(\d{1,2})\s*:?$`)

func (p *page) readHeading(line string) bool {
	if m := stopHeading.FindStringSubmatch(line); m != nil {
		seq, _ := wholeNumber(m[1])
		p.under = freight.StopRef{Seq: seq}
		return true
	}
	side, ok := headings[plain(line)]
	if ok {
		p.under = freight.StopRef{Side: side}
	}
	return ok
}

// readPair reads a label that stands above its value, as pages copy out of boxes.
func (p *page) readPair(line, below string) bool {
	l := labelOf(line)
	return l != nil && !l.table && below != "" && labelOf(below) == nil && p.readField(l, below, line+" "+below, p.under) ||
		l != nil && l.kind == fieldStatus && isStatus(below) && p.readField(l, below, line+" "+below, p.under)
}

// readLine reads a line as a whole, else part by part; what is left over is kept.
func (p *page) readLine(line string) {
	if p.readPart(line) {
		return
	}
	for _, parts := range [][]string{cellsOf(line), strings.Split(line, ";"), strings.Split(line, ", ")} {
		if len(parts) < 2 {
			continue
		}
		before := len(p.claims)
		var loose []string
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" && !p.readPart(part) {
				loose = append(loose, part)
			}
		}
		if len(p.claims) > before {
			for _, part := range loose {
				p.leave(part)
			}
			return
		}
	}
	p.leave(line)
}

// labelled is "label: value" or "label = value".
var labelled = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9 /#.'()-]{0,40}?)\s*[:=]\s*(\S.*)$`)

func (p *page) readPart(part string) bool {
	if m := labelled.FindStringSubmatch(part); m != nil {
		if l := labelOf(m[1]); l != nil {
			if l.kind == columnPlace {
				l = labelOf("current location")
			}
			return !l.table && p.readField(l, m[2], part, p.under)
		}
	}
	if cells := cellsOf(part); len(cells) == 2 {
		if l := labelOf(cells[0]); l != nil && !l.table && p.readField(l, cells[1], part, p.under) {
			return true
		}
	}
	return p.readEvent(part, part, p.under) || p.readLoose(part)
}

func (p *page) leave(text string) { p.unread = append(p.unread, PastedLine{Line: p.line, Text: text}) }

func (p *page) say(c freight.Claim, where string) {
	p.claims = append(p.claims, pageClaim{Claim: c, line: p.line, where: where})
}

// when reads a time as pages of this trade write it: the month first.
func (p *page) when(s string) (freight.When, bool) {
	w, err := sheet.ParseWhen(strings.Trim(s, " .,"), sheet.MonthFirst, p.received)
	return w, err == nil && !w.IsZero()
}

// datePositions gives positions the time that the page tells of them elsewhere. One without a time tells nothing and is left.
func (p *page) datePositions() {
	kept := p.claims[:0]
	for _, c := range p.claims {
		if c.Fact == freight.FactPosition && c.At.IsZero() {
			if c.At = p.seenAt; c.At.IsZero() {
				p.unread = append(p.unread, PastedLine{Line: c.line, Text: c.where})
				continue
			}
		}
		kept = append(kept, c)
	}
	p.claims = kept
}
