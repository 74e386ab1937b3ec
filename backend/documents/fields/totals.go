package fields

import (
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/documents/paper"
)

// What the load has is looked for in the row of totals, where the form's own arithmetic or the place speaks for it.

// inTotals looks at the rows of totals for what a load weighs and counts: those of tables, and rows with its count and its weight.
func (f *finder) inTotals(says map[string]string) {
	for _, t := range f.tables {
		for _, c := range t.columns {
			if t.total >= 0 && c.field == paper.Weighed {
				f.misreadTotal(t, c, says[paper.Weighed])
			}
		}
	}
	for row := range f.sheet.rows {
		total := slices.ContainsFunc(f.tables, func(t table) bool { return t.total == row })
		pieces, counted := f.standsIn(row, says[paper.Pieces])
		if _, weighed := f.standsIn(row, says[paper.Weighed]); counted && weighed {
			f.piecesAt(pieces)
			total = true
		}
		if total {
			f.palletsAt(row, says[paper.Pallets])
		}
	}
}

// standsIn finds a number of two figures and more in a row, as it is.
func (f *finder) standsIn(row int, value string) (token, bool) {
	tokens := f.sheet.rows[row].tokens
	at := slices.IndexFunc(tokens, func(t token) bool { return strings.Map(onlyDigits, t.text) == value && letters(t.text) == 0 })
	if len(value) < 2 || at < 0 {
		return token{}, false
	}
	return tokens[at], true
}

// piecesAt takes the count of the load that stands in one row with its weight, where no label says how many there are.
func (f *finder) piecesAt(t token) {
	if slices.ContainsFunc(f.found[paper.Pieces], func(c candidate) bool { return c.label }) || t.box[3]-t.box[1] > writingTall*f.sheet.height {
		return
	}
	if one, ok := readCount([]token{t}); ok {
		f.add(paper.Pieces, candidate{read: one, score: countStands, why: "the count of the load stands in one row with its weight", label: true})
	}
}

// tornUnit is how many letters the word before a count of pallets has that was misread ("HU", "PLT").
const tornUnit = 3

// palletsAt takes the pallets of a load that stand once in a row of totals, alone in a cell or behind a short word that was misread,
// where no label of them was read.
func (f *finder) palletsAt(row int, pallets string) {
	if slices.ContainsFunc(f.found[paper.Pallets], func(c candidate) bool { return c.label }) {
		return
	}
	var at []read
	for _, cell := range f.sheet.rows[row].cells() {
		if cell = dropSpecks(cell); len(cell) == 0 {
			continue
		}
		last := cell[len(cell)-1]
		torn := len(cell) == 2 && !cell[0].known && !hasDigit(cell[0].text) && len(cell[0].key) <= tornUnit
		if one, ok := readCount([]token{last}); ok && one.value == pallets && (len(cell) == 1 || torn) {
			at = append(at, one)
		}
	}
	if len(at) == 1 && !f.countsPieces(at[0]) {
		f.add(paper.Pallets, candidate{read: at[0], score: countStands, why: "the pallets of the load stand in the row of totals"})
	}
}

// countsPieces tells whether a number was read as the count of pieces.
func (f *finder) countsPieces(r read) bool {
	return slices.ContainsFunc(f.found[paper.Pieces], func(c candidate) bool { return touches(c.box, r.box) })
}

// addsUp is how surely rows say what the load has, where all were read.
const addsUp = 0.8

// notTheSum takes confidence from a total that the rows do not add up to, where they do to what the load has, or but for one figure:
// then it is read once more.
func (f *finder) notTheSum(t table, c tableColumn, sum string) {
	r, ok := f.cellCount(c, t.total)
	switch {
	case !ok || r.value == sum:
	case f.expected(c.field)[sum]:
		f.lower(c.field, r.value, 0.6)
	case len(r.value) == len(sum) && differ(r.value, sum) == 1:
		f.lower(c.field, r.value, 0.8)
	}
}

// nearSum is how far, in parts of it, rows of which a last figure was misread are from their total.
const nearSum = 0.01

// misreadTotal takes the weight of the load for a total that is it but for noughts read as eights, where the rows say nearly so, too.
func (f *finder) misreadTotal(t table, c tableColumn, weight string) {
	total, ok := f.cellCount(c, t.total)
	if sum, rows := f.sumOf(t, c); !ok || rows < len(t.rows) || !nearly(sum, number(weight)) {
		return
	}
	if total.value == weight || strings.ReplaceAll(total.value, "8", "0") != strings.ReplaceAll(weight, "8", "0") {
		return
	}
	f.lower(c.field, total.value, 0.4)
	total.value = weight
	f.add(c.field, candidate{read: total, score: addsUp, why: "total of the column, its rows say nearly what the load does", label: true, twice: true})
}

func nearly(a, b int) bool { return float64(max(a-b, b-a)) <= nearSum*float64(b) }

// fewestAxles is how many readings of axles a ticket's gross is held against.
const fewestAxles = 2

// axles holds the gross weight of a scale's ticket against its axles: where it is their sum but for one figure, the less sure of the two
// was misread.
func (f *finder) axles() {
	best := settle(paper.Gross, f.found[paper.Gross])
	if f.kind != paper.Weight || len(best) == 0 {
		return
	}
	sum, n, sure := 0, 0, 1.0
	for _, l := range f.sheet.labels {
		if l.field != column || l.box[1] > best[0].box[1] {
			continue
		}
		if r, ok := readWeight(f.beside(l)); ok {
			v, _ := strconv.Atoi(r.value)
			sum, n, sure = sum+v, n+1, min(sure, r.sure)
		}
	}
	total := strconv.Itoa(sum)
	if n < fewestAxles || len(total) != len(best[0].value) || differ(total, best[0].value) != 1 {
		return
	}
	f.lower(paper.Gross, best[0].value, 0.8) // it is read once more
	if sure > best[0].sure {
		r := best[0].read
		r.value, r.sure = total, sure
		f.lower(paper.Gross, best[0].value, 0.6)
		f.add(paper.Gross, candidate{read: r, score: addsUp, why: "what the axles add up to, and the gross says but for a figure", label: true, twice: true})
	}
}
