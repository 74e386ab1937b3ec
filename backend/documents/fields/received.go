package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A form prints what was billed, and who receives writes down what came. Both are read: what was written stands against what is printed,
// and where it cannot be read a person looks at it.

// receivedAs is wording of a count of what came, in English, Spanish and French.
var receivedAs = regexp.MustCompile(`\b(?:rec ?.?d|rcv ?.?d|received|accepted|counted|checked|verified|unloaded|recib\w+|contad[ao]s?|aceptad[ao]s?|recue?s?|accepte\w*|compte\w*)\b`)

// received tells whether a label is of a count of what came, by the words of its cell.
func (f *finder) received(l found) bool {
	if l.field != paper.Pieces {
		return false
	}
	tokens := f.sheet.rows[l.row].tokens
	from, to := l.from, l.to
	for from > 0 && !f.sheet.apart(tokens, from) {
		from--
	}
	for to < len(tokens) && !f.sheet.apart(tokens, to) && !hasDigit(tokens[to].text) {
		to++
	}
	return to-from <= 6 && receivedAs.MatchString(asProse(textOf(tokens[from:to])+" "+strings.Join(l.words, " ")))
}

// countPlace is where a form leaves room for a count: behind its label up to the next one, or in the box under it.
func (f *finder) countPlace(l found) paper.Box {
	h := f.sheet.height
	if f.ruledUnder(l) {
		left, right := f.columnOf(l)
		return paper.Box{max(left, 0), l.box[3] + 0.1*h, min(right, l.box[2]+0.1, 1), min(l.box[3]+3.4*h, 1)}
	}
	place := paper.Box{l.box[2] + 0.004, l.box[1] - 0.8*h, min(l.box[2]+0.2, 1), l.box[3] + 0.8*h}
	if end, tokens := f.labelAfter(l), f.sheet.rows[l.row].tokens; end < len(tokens) {
		place[2] = min(place[2], tokens[end].box[0]-0.004)
	}
	return place
}

// ruledUnder tells whether a label's value stands under it: it heads a box of a row of them, or another label follows at once.
func (f *finder) ruledUnder(l found) bool {
	if f.isHeader(l.row) {
		return true
	}
	below, _ := f.below(l)
	return len(f.beside(l)) == 0 && len(below) > 0
}

// goodsHead tells whether a label heads a column of several goods.
func (f *finder) goodsHead(l found) bool {
	return slices.ContainsFunc(f.tables, func(t table) bool {
		return (slices.Contains(t.heads, l.row) && (len(t.rows) > 1 || t.total >= 0)) || slices.Contains(t.rows, l.row)
	})
}

// cameWord is a word that alone, or behind one that was not read, asks for what came ("RECD" of "QTY REC'D").
var cameWord = regexp.MustCompile(`^(?:recd|rcvd|recvd|received|counted|accepted|recibid[ao]s?|recues?)$`)

// countsAsked are the labels of what came, those among them of which only the end was read.
func (f *finder) countsAsked() (asked []found) {
	for _, l := range f.sheet.labels {
		if f.received(l) && !f.goodsHead(l) {
			asked = append(asked, f.wholeLabel(l))
		}
	}
	for row, r := range f.sheet.rows {
		for i, t := range r.tokens {
			first := i == 0 || f.sheet.apart(r.tokens, i) || (i == 1 || f.sheet.apart(r.tokens, i-1)) && !r.tokens[i-1].known && len(r.tokens[i-1].key) <= tornUnit+1
			last := i+1 == len(r.tokens) || f.sheet.apart(r.tokens, i+1)
			l := found{label: label{field: paper.Pieces, words: []string{t.key}}, row: row, from: i, to: i + 1, box: t.box}
			if cameWord.MatchString(t.key) && first && last && !f.goodsHead(l) && !slices.ContainsFunc(asked, func(o found) bool { return touches(t.box, o.box) }) {
				asked = append(asked, l)
			}
		}
	}
	return asked
}

// looseCounts are the numbers by pen that stand alone where nothing that was read asks for them, and that are none of the counts read:
// somebody may have counted otherwise.
func (f *finder) looseCounts() (out []paper.Box) {
	if f.sheet.page.FromText {
		return nil
	}
	for _, r := range f.sheet.rows {
		for _, cell := range r.cells() {
			cell = dropSpecks(cell)
			if len(cell) != 1 || cell[0].box[3]-cell[0].box[1] < writingTall*f.sheet.height || f.isValue(cell[0].box) {
				continue
			}
			one, ok := readCount(cell)
			if !ok || len(one.value) > 4 || f.underLabel(cell[0]) || f.askedFor(one.box) != forNothing || f.counts(one.value) {
				continue
			}
			out = append(out, one.box)
		}
	}
	return out
}

// counts tells whether a value is one of those read of pieces or pallets.
func (f *finder) counts(value string) bool {
	return slices.ContainsFunc(append(slices.Clone(f.found[paper.Pieces]), f.found[paper.Pallets]...), func(c candidate) bool { return c.value == value })
}

// underLabel tells whether a label of any kind stands over a word or before it.
func (f *finder) underLabel(t token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool {
		over := l.box[3] <= t.box[3] && t.box[1]-l.box[3] < lowest*f.sheet.height && overlap(l.box[0]-0.05, l.box[2]+0.05, t.box[0], t.box[2]) > 0
		return over || levelWith(l.box, t.box) && l.box[2] <= t.box[0] && t.box[0]-l.box[2] < farthest/2
	})
}

// countsOfReceipt reads what was written where the form asks for what came, beside a printed count that stands already.
func (f *finder) countsOfReceipt(k *ink) {
	best := settle(paper.Pieces, f.found[paper.Pieces])
	if f.sheet.page.FromText || len(best) == 0 || !best[0].label || best[0].score < settled {
		return
	}
	for _, l := range f.countsAsked() {
		if f.noted(l.box) {
			continue
		}
		place := f.countPlace(l)
		if touches(best[0].box, place) || f.agreesAt(place, best[0].value) {
			continue
		}
		p, ok := f.pen(k, place, paper.Box{})
		if !ok {
			continue
		}
		f.countReceived(k, doubt{field: paper.Pieces, region: place, weight: 0.9}, p, best[0].value)
		return
	}
}

// agreesAt tells whether a count was read at a place as the one that is printed.
func (f *finder) agreesAt(place paper.Box, value string) bool {
	same := slices.ContainsFunc(f.found[paper.Pieces], func(c candidate) bool { return c.value == value && touches(c.box, place) })
	for _, r := range f.sheet.rows {
		for k := range r.tokens {
			one, ok := readCount(r.tokens[k : k+1])
			same = same || ok && one.value == value && mostlyIn(one.box, place)
		}
	}
	return same
}

// countReceived polls a written count: it is the printed one, or another that is told as clearly as any, or a person reads it.
func (f *finder) countReceived(k *ink, d doubt, p scrawled, printed string) {
	p.lean, p.own = f.leaning(k, p)
	q := f.poll(k, d, p)
	f.plannedBy(q)
	if len(q.said) == 0 {
		return
	}
	top := q.said[0]
	score, why := q.verdict(f.expected(d.field))
	switch {
	case score > 0 && top.value == printed:
	case score > 0:
		r := top.read
		r.sure = max(top.mean(), 0.6)
		f.add(d.field, candidate{read: r, score: score * d.weight / 0.95, why: why, label: true, twice: true, came: true})
	default:
		f.uncounted = append(f.uncounted, q.place)
	}
}
