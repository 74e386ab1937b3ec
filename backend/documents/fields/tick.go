package fields

import (
	"regexp"
	"strings"

	"tracedesk/backend/documents/paper"
)

// choices are exceptions and reservations that forms offer to tick.
var choices = []wording{
	noted(paper.Short, aPhrase, `short|shorts|shortage|shortages|missing|faltantes?`),
	noted(paper.Over, aPhrase, `over|overs|overage|overages|sobrantes?`),
	noted(paper.Damaged, aPhrase, `damaged?|damages|danos?|danad[oa]s?|averias?`),
	noted(paper.Refused, aPhrase, `refused|refusals?|rejected|rejections?|rechazad[oa]|rechazos?|rehusad[oa]`),
	noted(paper.SLC, aPhrase, `shippers? load|slc|s ?l ?c|carga y conteo`),
	noted(paper.STC, aPhrase, `said to contain|stc|subject to count|sujeto a conteo|dice contener`),
}

const (
	emptyMarks  = "☐□▢◻❏❑○"
	tickedMarks = "☒☑✓✔✗✘■◼"
)

var drawnBox = regexp.MustCompile(`^\[ ?[xX✓]? ?\]$`)

// ticked reads a cell as a choice with boxes to tick before its words: those that are ticked are noted. It tells whether
// the cell is such a choice, which is then not read as a sentence.
func (f *finder) ticked(k *ink, cell []token) bool {
	choice := false
	if legend.MatchString(asProse(textOf(cell))) {
		return false
	}
	for i, t := range cell {
		if len(t.key) < 3 || strings.HasSuffix(t.text, ",") && i+1 < len(cell) && len(cell[i+1].key) >= 3 { // a sentence that lists what may be wrong
			continue
		}
		for _, c := range choices {
			rest := asProse(textOf(cell[i:min(i+4, len(cell))]))
			if at := c.form.FindStringIndex(rest); at == nil || at[0] != 0 {
				continue
			}
			box, tick := f.boxBefore(k, cell, i)
			if !box {
				break
			}
			choice = true
			if tick && !f.hasNote(c.kind) {
				f.notes = append(f.notes, paper.Notation{Kind: c.kind, Text: strings.TrimSpace(textOf(cell[i:])), Page: f.sheet.page.Number, Box: boxOf(cell[i:])})
			}
			break
		}
	}
	return choice
}

// boxBefore looks for a box to tick right before a word, and for a mark in it.
func (f *finder) boxBefore(k *ink, cell []token, i int) (box, tick bool) {
	if i > 0 && len(cell[i-1].key) > 2 {
		return false, false // a sentence goes on
	}
	if i > 0 {
		switch before := cell[i-1].text; {
		case strings.ContainsAny(before, tickedMarks):
			return true, true
		case strings.ContainsAny(before, emptyMarks):
			return true, false
		case drawnBox.MatchString(before):
			return true, letters(before) > 0
		}
	}
	if strings.ContainsAny(cell[i].text, tickedMarks) {
		return true, true
	}
	if strings.ContainsAny(cell[i].text, emptyMarks) {
		return true, false
	}
	if k == nil {
		return false, false
	}
	return k.boxIn(paper.Box{max(cell[i].box[0]-2.4*f.sheet.height/f.sheet.aspect, 0), cell[i].box[1] - 0.5*f.sheet.height, cell[i].box[0] - 0.15*f.sheet.height/f.sheet.aspect, cell[i].box[3] + 0.5*f.sheet.height},
		f.sheet.height*float64(k.h))
}

// boxIn finds a drawn square about a line high in a region: a side standing, one lying below it, as long as each other.
func (k *ink) boxIn(region paper.Box, line float64) (box, tick bool) {
	m := k.mask(k.rect(region))
	w, h := m.r.Dx(), m.r.Dy()
	if w < 6 || h < 6 {
		return false, false
	}
	shortest := int(0.55 * line)
	for x := range w {
		top, foot := m.longest(x, true)
		side := foot - top
		if side < shortest || side > int(2*line) {
			continue
		}
		for _, y := range []int{foot - 1, foot - 2, foot - 3} {
			if y < 0 || y >= h {
				continue
			}
			left, right := m.longest(y, false)
			if left > x+2 || right-x < side*7/10 || right-x > side*14/10 || !m.closed(x, y, side, right-x) {
				continue
			}
			return true, m.filled(x, y, min(side, right-x)) > 0.07
		}
	}
	return false, false
}

// closed tells whether a box has an upper and a right side, too.
func (m *mask) closed(x, y, tall, wide int) bool {
	upper, beside := false, false
	for off := -4; off <= 4; off++ {
		if j := y - tall + off; j >= 0 && j < m.r.Dy() {
			from, to := m.longest(j, false)
			upper = upper || from <= x+4 && to >= x+wide*7/10
		}
		if i := x + wide + off; i >= 0 && i < m.r.Dx() {
			from, to := m.longest(i, true)
			beside = beside || from <= y-tall*6/10 && to >= y-tall/4
		}
	}
	return upper && beside
}

// longest is the longest run of ink in a column or a row.
func (m *mask) longest(at int, down bool) (from, to int) {
	long := m.r.Dx()
	if down {
		long = m.r.Dy()
	}
	start := -1
	for i := 0; i <= long; i++ {
		on := i < long && (down && m.at(at, i) || !down && m.at(i, at))
		if on && start < 0 {
			start = i
		}
		if !on && start >= 0 {
			if i-start > to-from {
				from, to = start, i
			}
			start = -1
		}
	}
	return from, to
}

// filled is the share of ink within a square whose lower left corner is given, its sides left out.
func (m *mask) filled(x, y, side int) float64 {
	edge := max(side/5, 3)
	n, on := 0, 0
	for j := y - side + edge; j <= y-edge; j++ {
		for i := x + edge; i <= x+side-edge; i++ {
			if i < 0 || j < 0 || i >= m.r.Dx() || j >= m.r.Dy() {
				continue
			}
			n++
			if m.at(i, j) {
				on++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(on) / float64(n)
}
