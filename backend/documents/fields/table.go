package fields

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/documents/paper"
)

// table is a table of goods: a header row with columns, the rows of goods under it, and the row of their totals.
type table struct {
	header  int
	columns []tableColumn
	rows    []int // of goods, down to the totals
	total   int   // the row of totals; -1 where none was found
	heads   []int // the rows of the header, of which OCR makes several where a line is not quite level
}

type tableColumn struct {
	field       string
	weight      float64 // of the label
	left, right float64
	box         paper.Box
}

// findTables finds rows that are nothing but headers of columns, three and more of them, goods among them.
func (f *finder) findTables() {
	for i := range f.sheet.rows {
		if f.isHeader(i) {
			continue
		}
		if t, ok := f.tableAt(i, f.labelsIn(i)); ok {
			f.tables = append(f.tables, t)
			for _, j := range t.heads {
				f.inTable[j] = true
			}
			for _, j := range t.rows {
				f.inTable[j] = true
			}
			if t.total >= 0 {
				f.inTable[t.total] = true
			}
		}
	}
}

// inColumns are the fields that a column has.
var inColumns = []string{paper.Pieces, paper.Pallets, paper.Weighed, paper.PickupDate, paper.DeliveryDate, anyDate}

func (f *finder) tableAt(i int, heads []found) (table, bool) {
	goods, counted := 0, 0
	cells := f.sheet.rows[i].cells()
	level := f.levelRows(i)
	for _, j := range level {
		heads = append(heads, f.labelsIn(j)...)
		cells = append(cells, f.sheet.rows[j].cells()...)
	}
	cells = atRules(cells)
	slices.SortStableFunc(cells, func(a, b []token) int { return cmp.Compare(a[0].box[0], b[0].box[0]) })
	if f.hasFigures(i) {
		return table{}, false
	}
	heads = append(heads, f.misreadHeads(cells)...)
	starts := map[paper.Box]bool{}
	for _, h := range heads {
		starts[h.box] = true
		switch h.field {
		case column:
			goods++
		case paper.Pieces, paper.Pallets, paper.Weighed:
			counted++
		}
	}
	if counted == 0 || len(starts) < 3 || goods == 0 && len(starts) < 4 {
		return table{}, false
	}
	t := table{header: i, total: -1, heads: append(level, i)}
	for n, c := range cells {
		col := tableColumn{box: boxOf(c), left: 0, right: 1}
		if n > 0 {
			col.left = boxOf(cells[n-1])[2]
		}
		if n+1 < len(cells) {
			col.right = boxOf(cells[n+1])[0]
		}
		for _, h := range heads {
			within := h.box[0] >= col.box[0]-0.001 && h.box[2] <= col.box[2]+0.001 && slices.Contains(inColumns, h.field)
			if within && (col.field == "" || col.isDay() || h.weight > col.weight) && !(col.counts() && isDay(h.field)) {
				col.field, col.weight = h.field, h.weight // "Pieces shipped" counts pieces
			}
		}
		if col.field == "" && slices.ContainsFunc(c, func(t token) bool { return misreadQty[t.key] }) {
			col.field, col.weight = paper.Pieces, 0.7
		}
		if col.field == paper.Pieces && col.weight < 0.9 {
			col.field = f.groupOver(slices.Min(t.heads), col)
		}
		t.columns = append(t.columns, col)
	}
	f.rowsOf(&t)
	f.partUnits(&t)
	f.weighsUntold(&t)
	return t, len(t.rows) > 0
}

// How far apart rows of a table are, in lines: of goods, and of the totals at the foot of a form with empty rows.
const (
	rowGap   = 3.2
	totalGap = 16
	betweens = 3 // rows of anything else above the totals
)

// rowsOf finds the rows of a table, down to that of its totals.
func (f *finder) rowsOf(t *table) {
	foot := f.sheet.rows[t.header].box[3]
	other := 0
	for j := slices.Max(t.heads) + 1; j < len(f.sheet.rows); j++ {
		r := f.sheet.rows[j]
		far := r.box[1]-foot > rowGap*f.sheet.height
		if r.box[1]-foot > totalGap*f.sheet.height || far && len(t.rows) == 0 || f.looksLikeHeader(j) {
			return
		}
		if onlyMarks(r.tokens) {
			continue
		}
		if len(t.rows) > 0 && f.labelsItsValues(j) {
			return
		}
		if len(t.rows) > 0 && (f.fills(*t, j) || f.leadsTotal(j)) && (f.saysTotal(j) || f.sumsUp(*t, j)) {
			t.total = j
			return
		}
		more := !far && other == 0 && f.sameUnit(*t, j) // whose count was not read
		if far || other > 0 || !f.fills(*t, j) && !more {
			if len(t.rows) > 0 {
				other++
			}
			if other > betweens {
				return
			}
			continue
		}
		t.rows = append(t.rows, j)
		if f.saysTotal(j) {
			t.total = j
			return
		}
		foot = r.box[3]
	}
}

// labelsItsValues tells whether a row is of labels with their values ("Weight 22,505   Pallets in 7"): it stands below a table and is
// none of goods.
func (f *finder) labelsItsValues(row int) bool {
	tokens := dropSpecks(f.sheet.rows[row].tokens)
	if len(tokens) == 0 || !tokens[0].known || f.saysTotal(row) {
		return false
	}
	tokens = f.sheet.rows[row].tokens
	n := 0
	for _, l := range f.labelsIn(row) {
		leads := l.from == 0 || f.sheet.apart(tokens, l.from)
		valued := l.to < len(tokens) && !f.sheet.apart(tokens, l.to) && hasDigit(tokens[l.to].text)
		if leads && l.field != column && l.field != anyAmount && (valued || len(l.words) > 1) {
			n++
		}
	}
	return n > 1
}

// sameUnit tells whether a row has the word for things of a row of goods in the same place.
func (f *finder) sameUnit(t table, row int) bool {
	return slices.ContainsFunc(f.sheet.rows[row].tokens, func(o token) bool {
		return languageOf(o.key) >= 0 && slices.ContainsFunc(t.rows, func(of int) bool {
			return slices.ContainsFunc(f.sheet.rows[of].tokens, func(u token) bool {
				return u.key == o.key && overlap(u.box[0], u.box[2], o.box[0], o.box[2]) > 0.7*(u.box[2]-u.box[0])
			})
		})
	})
}

// leadsTotal tells whether a row begins with a word for totals and has figures behind it.
func (f *finder) leadsTotal(row int) bool {
	tokens := dropSpecks(f.sheet.rows[row].tokens)
	return len(tokens) > 1 && totalWords[tokens[0].key] && f.hasFigures(row)
}

// saysTotal tells whether a row is named as one of totals.
func (f *finder) saysTotal(row int) bool {
	return slices.ContainsFunc(f.sheet.rows[row].tokens, func(t token) bool { return totalWords[t.key] })
}

// sumsUp tells whether the figures of a row are the sums of those above it: in two columns, or in one where the row looks like one of
// totals. Below a single row it has to be both, since two lines of goods are often alike.
func (f *finder) sumsUp(t table, row int) bool {
	same := 0
	for _, c := range t.columns {
		if !c.counts() {
			continue
		}
		r, ok := f.cellCount(c, row)
		if sum, n := f.sumOf(t, c); ok && n > 0 && r.value == strconv.Itoa(sum) {
			same++
		}
	}
	if len(t.rows) == 1 {
		return same > 1 && f.unlikeGoods(t, row)
	}
	return same > 1 || same == 1 && f.unlikeGoods(t, row)
}

// unlikeGoods tells whether a row says less than the first one of goods, or counts in a word that this one does not have ("PIECES").
func (f *finder) unlikeGoods(t table, row int) bool {
	cells := func(row int) int { return len(slices.DeleteFunc(f.sheet.rows[row].cells(), onlyMarks)) }
	if cells(row) < cells(t.rows[0]) {
		return true
	}
	return slices.ContainsFunc(f.labelsIn(row), func(l found) bool {
		return (l.field == paper.Pieces || l.field == paper.Pallets) && len(l.words[0]) > 4 &&
			!slices.ContainsFunc(f.sheet.rows[t.rows[0]].tokens, func(o token) bool { return o.key == l.words[0] })
	})
}

// sumOf adds up a column's rows of goods.
func (f *finder) sumOf(t table, c tableColumn) (sum, rows int) {
	for _, row := range t.rows {
		if r, ok := f.cellCount(c, row); ok {
			v, _ := strconv.Atoi(r.value)
			sum += v
			rows++
		}
	}
	return sum, rows
}

// misreadQty is "Qty" as OCR reads small print.
var misreadQty = map[string]bool{"oty": true, "aty": true, "gty": true, "qry": true, "qly": true, "qtv": true, "ory": true, "qtyy": true, "otv": true}

// atRules parts the heads of columns at the rules between them, which OCR reads as marks and thin letters.
func atRules(cells [][]token) (out [][]token) {
	rule := func(t token) bool { return len(t.text) == 1 && strings.Contains("Il|i![]", t.text) }
	for _, c := range cells {
		from := 0
		for i := 0; i <= len(c); i++ {
			if i < len(c) && !rule(c[i]) {
				continue
			}
			if i > from && !onlyMarks(c[from:i]) {
				out = append(out, c[from:i])
			}
			from = i + 1
		}
	}
	return out
}

// levelRows are the rows right above and below a row that stand on the same line.
func (f *finder) levelRows(i int) (rows []int) {
	of := f.sheet.rows[i].box
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(f.sheet.rows) || f.hasFigures(j) {
			continue
		}
		box := f.sheet.rows[j].box
		if away := (box[1] + box[3] - of[1] - of[3]) / 2; max(away, -away) < 0.5*f.sheet.height {
			rows = append(rows, j)
		}
	}
	return rows
}

// hasFigures tells whether a row has numbers of more than one figure, which no header has.
func (f *finder) hasFigures(row int) bool {
	return slices.ContainsFunc(f.sheet.rows[row].tokens, func(t token) bool { return digits(t.text) > 1 })
}

func (f *finder) labelsIn(row int) (in []found) {
	for _, l := range f.sheet.labels {
		if l.row == row {
			in = append(in, l)
		}
	}
	return in
}

func (f *finder) looksLikeHeader(row int) bool {
	n := len(f.labelsIn(row))
	return n >= 3 && n*2 >= len(f.sheet.rows[row].cells()) && digits(textOf(f.sheet.rows[row].tokens)) < 2
}

// fills tells whether a row has a number in a column that counts and nothing of a sentence.
func (f *finder) fills(t table, row int) bool {
	cells := f.sheet.rows[row].cells()
	if len(cells) < 2 {
		return false
	}
	for _, c := range t.columns {
		if c.counts() {
			if _, ok := f.cellCount(c, row); ok {
				return true
			}
		}
	}
	return false
}

// cellCount reads the number of a row that stands in a column.
func (f *finder) cellCount(c tableColumn, row int) (read, bool) {
	var best read
	nearest := 1.0
	for _, cell := range f.sheet.rows[row].cells() {
		box := boxOf(cell)
		mid := (box[0] + box[2]) / 2
		away := max(0, c.box[0]-box[2], box[0]-c.box[2])
		cell = dropSpecks(cell)
		if mid < c.left || mid > c.right || away >= nearest || len(cell) == 0 || len(cell) > 4 {
			continue
		}
		parse := readCount
		if c.field == paper.Weighed {
			parse = readWeight
		}
		if one, ok := parse(cell); ok {
			best, nearest = one, away
		}
	}
	return best, nearest < 0.15
}

var totalWords = map[string]bool{"total": true, "totals": true, "totales": true, "tot": true, "sum": true, "suma": true, "ttl": true}

// fromTables reads the totals of tables, or sums their rows.
func (f *finder) fromTables() {
	for _, t := range f.tables {
		for _, c := range t.columns {
			switch {
			case c.isDay():
				f.dayColumn(t, c)
			case c.field == paper.Weighed && f.kind == paper.OSD: // what is wrong is weighed there, not the shipment
			case c.field != "":
				f.fromColumn(t, c)
			}
		}
	}
}

// surelyAdded is how sure every weight of a column is that its sum is said.
const surelyAdded = 0.85

// missedTotal notes the place of a column's total that was not read, so that it is read once more.
func (f *finder) missedTotal(t table, c tableColumn) {
	row := f.sheet.rows[t.total].box
	region := paper.Box{max(c.box[0]-0.02, c.left), row[1] - 0.3*f.sheet.height, min(c.box[2]+0.02, c.right), row[3] + 0.3*f.sheet.height}
	f.doubts = append(f.doubts, doubt{field: c.field, region: region, weight: 0.85, total: true})
}

func (f *finder) fromColumn(t table, c tableColumn) {
	if t.total >= 0 {
		if r, ok := f.cellCount(c, t.total); ok {
			f.add(c.field, candidate{read: r, score: 0.8 + 0.12*c.weight, why: "total of the column", label: true})
		} else if c.field == paper.Pieces {
			f.missedTotal(t, c)
		}
	}
	sum, n, missed, last := 0, 0, 0, 0
	all := read{sure: 1, quality: 1}
	for _, row := range t.rows {
		if row == t.total {
			break
		}
		r, ok := f.cellCount(c, row)
		if !ok || r.quality < surelyAdded/2 {
			missed++
			continue
		}
		v, _ := strconv.Atoi(r.value)
		sum += v
		n++
		last = v
		if n == 1 {
			all.box = r.box
		}
		all.box, all.sure, all.unit = union(all.box, r.box), min(all.sure, r.sure), r.unit
	}
	if n == 0 || sum == 0 {
		return
	}
	all.value, all.text = strconv.Itoa(sum), strconv.Itoa(sum)
	score, why := 0.62, "sum of "+strconv.Itoa(n)+" rows"
	if n == 1 {
		score, why = 0.82*c.weight, "the column's only row"
	}
	if missed == 0 && t.total >= 0 {
		f.notTheSum(t, c, all.value)
		if f.expected(c.field)[all.value] {
			score = max(score, addsUp)
		}
	}
	unnamed := t.total < 0 && n > 2 && last*20 > (sum-last)*17 && last*20 < (sum-last)*23 && f.unlikeGoods(t, t.rows[len(t.rows)-1])
	if unnamed || missed > 0 || n > 1 && c.field == paper.Weighed && all.sure < surelyAdded && !f.expected(c.field)[all.value] {
		score = 0.3 // one figure misread, and the sum is wrong; a last row of nearly that sum may be a total misread
	}
	f.add(c.field, candidate{read: all, score: score, why: why, sum: n > 1})
}
