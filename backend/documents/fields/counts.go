package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// counted reads a number of pieces or pallets: behind its label, or before it ("13 skids").
func (f *finder) counted(l found) {
	packSize := len(l.words) == 1 && l.words[0] == "pk" // "Bath tissue 12 pk": the head of a column only
	if packSize || f.noted(l.box) || f.inTable[l.row] && (f.isHeader(l.row) || f.inItsColumn(l)) || f.unitBetween(l) || f.unitOfRows(l) {
		return
	}
	l = f.wholeLabel(l)
	if l.words[0] == "units" && len(l.words) == 1 && f.countsElsewhere(l) {
		l.field, l.weight = paper.Pallets, 0.75 // beside pieces, units are handling units
	}
	before, okBefore := f.before(l)
	beside := f.besideSloped(l)
	r, ok := readCount(beside)
	if !ok && !okBefore && len(beside) > 1 && len(beside) <= 4 && beside[len(beside)-1].cell == beside[0].cell {
		r, ok = readCount(beside[len(beside)-1:]) // "Pieces on bill 631"
	}
	okBefore, ok = okBefore && !f.ofColumn(l, before), ok && !f.ofColumn(l, r)
	if okBefore && (!ok || f.countFirst(l)) {
		f.add(l.field, candidate{read: before, score: l.weight * afterwise, why: "before “" + f.print(l) + "”", label: true})
		return
	}
	if ok {
		f.add(l.field, candidate{read: r, score: l.weight * besideIt, why: "beside “" + f.print(l) + "”", label: true})
		return
	}
	if below, at := f.below(l); len(below) > 0 && len(beside) == 0 && !f.columnGoesOn(l, at) && !f.besideAnother(l, below) {
		if r, ok := readCount(below); ok {
			f.add(l.field, candidate{read: r, score: l.weight * belowIt, why: "below “" + f.print(l) + "”", label: true})
			return
		}
	}
	f.doubt(l)
}

// inItsColumn tells whether a label stands in a row of a table that has a column for it: there it is the unit of that row.
func (f *finder) inItsColumn(l found) bool {
	return slices.ContainsFunc(f.tables, func(t table) bool {
		return (t.total == l.row || slices.Contains(t.rows, l.row)) && slices.ContainsFunc(t.columns, func(c tableColumn) bool {
			_, ok := f.cellCount(c, l.row)
			return c.field == l.field && ok
		})
	})
}

// ofColumn tells whether a number in a row of a table is a figure of one of its columns, or one of the goods' description, and so not
// that of a label in the row.
func (f *finder) ofColumn(l found, r read) bool {
	for _, t := range f.tables {
		goods := slices.Contains(t.rows, l.row) && l.row != t.total
		if !goods && t.total != l.row {
			continue
		}
		for _, c := range t.columns {
			if one, ok := f.cellCount(c, l.row); ok && c.counts() && overlap(one.box[0], one.box[2], r.box[0], r.box[2]) > 0 {
				return true
			}
		}
		if !goods {
			continue
		}
		for _, cell := range f.sheet.rows[l.row].cells() {
			if b := boxOf(cell); l.box[0] >= b[0] && l.box[2] <= b[2] {
				first := cell[0].box[0] >= r.box[0]-0.001
				return r.box[0] < b[0] || r.box[2] > b[2] || r.box[0] < l.box[0] && !first
			}
		}
	}
	return false
}

// unitBetween tells whether a word for things stands by itself between two numbers of a row, as the unit in a table does whose head
// was not read: whose it is nobody can tell.
func (f *finder) unitBetween(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	if l.ends || l.to != l.from+1 || l.from == 0 || l.to >= len(tokens) || !f.sheet.apart(tokens, l.from) || !f.sheet.apart(tokens, l.to) {
		return false
	}
	_, left := readCount(tokens[l.from-1 : l.from])
	_, right := readCount(tokens[l.to : l.to+1])
	return left && right && languageOf(l.words[0]) >= 0
}

// unitOfRows tells whether a word for things stands alone in its cell, and again right below or above: so it does in a column of units.
func (f *finder) unitOfRows(l found) bool {
	alone := func(row, k int) (key string, box paper.Box) {
		tokens := f.sheet.rows[row].tokens
		before, after := k == 0 || f.sheet.apart(tokens, k) || onlyMarks(tokens[k-1:k]), k+1 >= len(tokens) || f.sheet.apart(tokens, k+1)
		if !before || !after {
			return "", paper.Box{}
		}
		return tokens[k].key, tokens[k].box
	}
	key, box := alone(l.row, l.from)
	if key == "" || l.ends || l.to != l.from+1 {
		return false
	}
	for j, r := range f.sheet.rows {
		if away := r.box[1] - f.sheet.rows[l.row].box[1]; j == l.row || max(away, -away) > rowGap*f.sheet.height {
			continue
		}
		for k := range r.tokens {
			if same, at := alone(j, k); same == key && max(at[0]-box[0], box[0]-at[0]) < 0.01 {
				return true
			}
		}
	}
	return false
}

// How many words a label of an amount goes on with, or has before it ("Pallets on bill", "Pieces accepted", "On pallets").
const (
	labelGoesOn = 3
	labelBefore = 2
)

// wholeLabel is a label with the words that it goes on with in its cell, up to the end of it or to figures.
func (f *finder) wholeLabel(l found) found {
	tokens := f.sheet.rows[l.row].tokens
	if l.ends || f.inTable[l.row] || l.box[3]-l.box[1] > 2*f.sheet.height {
		return l
	}
	for k, words := l.from, 0; k > 0 && !f.sheet.apart(tokens, k); k-- {
		if words++; words > labelBefore || hasDigit(tokens[k-1].text) {
			return l
		}
	}
	words, k := 0, l.to
	for k < len(tokens) && !f.sheet.apart(tokens, k) && !hasDigit(tokens[k].text) {
		if tokens[k].key != "" {
			words++
		}
		if tokens[k].known || words > labelGoesOn {
			return l
		}
		k++
	}
	if words > 0 {
		l.to, l.box = k, union(l.box, boxOf(tokens[l.from:k]))
	}
	return l
}

// besideSloped are the tokens to the right of a label, where the line slopes those of the rows it fell apart into, too: the nearest
// number of any of them.
func (f *finder) besideSloped(l found) []token {
	beside := f.beside(l)
	limit := 1.0
	if len(beside) > 0 {
		limit = beside[0].box[0]
	}
	for j := max(l.row-2, 0); j < min(l.row+3, len(f.sheet.rows)); j++ {
		for k, t := range f.sheet.rows[j].tokens {
			if j == l.row || t.box[0] < l.box[2] || t.box[0]-l.box[2] > farthest/2 || t.box[0] >= limit || !levelWith(t.box, l.box) || t.known {
				continue
			}
			if _, ok := readCount([]token{t}); ok && !f.labelBetween(l, t) {
				beside, limit = f.sheet.rows[j].tokens[k:k+1], t.box[0]
			}
		}
	}
	return beside
}

// levelWith tells whether two places are on one line, nearly.
func levelWith(a, b paper.Box) bool {
	return overlap(a[1], a[3], b[1], b[3]) > 0.4*min(a[3]-a[1], b[3]-b[1])
}

// labelBetween tells whether another label stands on the line between a label and a word.
func (f *finder) labelBetween(l found, t token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		return o.box[0] >= l.box[2] && o.box[0] < t.box[0] && levelWith(o.box, t.box)
	})
}

// besideAnother tells whether what stands below a label is on the line of another label to its left, in a row that fell apart.
func (f *finder) besideAnother(l found, below []token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		return o.row != below[0].row && o.row != l.row && o.box[2] <= below[0].box[0] && below[0].box[0]-o.box[2] < farthest/2 && levelWith(o.box, below[0].box) && len(f.beside(o)) == 0
	})
}

// columnGoesOn tells whether numbers stand below a number, too: then it is one of a column and not the count of all.
func (f *finder) columnGoesOn(l found, row int) bool {
	next := l
	next.row, next.box = row, f.sheet.rows[row].box
	left, right := f.columnOf(l)
	for j := row + 1; j < len(f.sheet.rows) && f.sheet.rows[j].box[1]-next.box[3] < 1.5*f.sheet.height; j++ {
		for _, t := range f.sheet.rows[j].tokens {
			if mid := (t.box[0] + t.box[2]) / 2; mid > left && mid < right {
				_, ok := readCount([]token{t})
				return ok
			}
		}
	}
	return false
}

// countsElsewhere tells whether another label of the page counts pieces.
func (f *finder) countsElsewhere(l found) bool {
	return slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		return o.field == paper.Pieces && o.box != l.box && !f.isHeader(o.row)
	})
}

// before reads the number right before a label of things.
func (f *finder) before(l found) (read, bool) {
	if l.from == 0 || f.sheet.apart(f.sheet.rows[l.row].tokens, l.from) || l.ends || l.box[3]-l.box[1] > 2*f.sheet.height { // "1 pallet" by hand is a remark
		return read{}, false
	}
	t := f.sheet.rows[l.row].tokens[l.from-1]
	if t.known {
		return read{}, false
	}
	return readCount([]token{t})
}

// countFirst tells whether the cell's numbers stand before their words ("16 pallets 592 pieces").
func (f *finder) countFirst(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	k := l.from - 1
	for k > 0 && !f.sheet.apart(tokens, k) {
		previous := tokens[k-1]
		_, isCount := readCount([]token{previous})
		if !previous.known && !isCount {
			break
		}
		k--
	}
	return !tokens[k].known
}

func (f *finder) noted(box paper.Box) bool {
	for _, n := range f.notes {
		if overlap(n.Box[1], n.Box[3], box[1], box[3]) > 0 && overlap(n.Box[0]-0.02, n.Box[2]+0.02, box[0], box[2]) > 0 {
			return true
		}
	}
	for _, r := range f.sheet.rows {
		for _, cell := range r.cells() {
			if b := boxOf(cell); b[0] <= box[0] && b[1] <= box[1] && b[2] >= box[2] && b[3] >= box[3] && f.tellsException(cell) {
				return true
			}
		}
	}
	return false
}

// tellsException tells whether a cell is wording of an exception, whatever became of it.
func (f *finder) tellsException(cell []token) bool {
	line := asWritten(cell, f.likeness(cell))
	return len(cell) <= longestNote && slices.ContainsFunc(wordings, func(w wording) bool {
		return w.exception() && w.form.MatchString(line)
	})
}

func (f *finder) isHeader(row int) bool {
	return slices.ContainsFunc(f.tables, func(t table) bool { return slices.Contains(t.heads, row) })
}

// weighed reads a weight. On a weight ticket "gross" is the scale's, elsewhere the shipment's.
func (f *finder) weighed(l found) {
	if f.inTable[l.row] && f.isHeader(l.row) || (l.field == paper.Gross) != (f.kind == paper.Weight) {
		return
	}
	if unit := strings.TrimSuffix(f.sheet.rows[l.row].tokens[l.from].key, "s"); l.to == l.from+1 && (unit == "lb" || unit == "kg" || unit == "pound" || unit == "kilo" || unit == "libra") {
		if r, ok := f.before(l); ok && len(r.value) >= 3 && f.kind != paper.Weight {
			f.add(l.field, candidate{read: r, score: 0.6, why: "before “" + f.print(l) + "”", label: true})
			return
		}
		if tokens := f.sheet.rows[l.row].tokens; l.from > 0 && hasDigit(tokens[l.from-1].text) && !f.sheet.apart(tokens, l.from) {
			return // the unit of a figure, in whatever state: what is beside it is another's
		}
	}
	l = f.wholeLabel(l)
	parse := readWeight
	if beside := f.beside(l); len(beside) > 0 {
		if r, ok := parse(beside); ok {
			f.add(l.field, candidate{read: r, score: l.weight * besideIt, why: "beside “" + f.print(l) + "”", label: true})
			return
		}
	} else if below, _ := f.below(l); len(below) > 0 {
		if r, ok := parse(below); ok {
			f.add(l.field, candidate{read: r, score: l.weight * belowIt, why: "below “" + f.print(l) + "”", label: true})
			return
		}
	}
	f.doubt(l)
}
