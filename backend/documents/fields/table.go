package fields

import (
	"slices"
	"strconv"

	"tracedesk/backend/documents/paper"
)

// table is a table of goods: a header row with columns, and the rows under it.
type table struct {
	header  int
	columns []tableColumn
	rows    []int
}

type tableColumn struct {
	field       string
	weight      float64 // of the label
	left, right float64
	box         paper.Box
}

// findTables finds rows that are nothing but headers of columns, three and more of them, goods among them.
func (f *finder) findTables() {
	byRow := map[int][]found{}
	for _, l := range f.sheet.labels {
		byRow[l.row] = append(byRow[l.row], l)
	}
	for i := range f.sheet.rows {
		if t, ok := f.tableAt(i, byRow[i]); ok {
			f.tables = append(f.tables, t)
			f.inTable[i] = true
			for _, j := range t.rows {
				f.inTable[j] = true
			}
		}
	}
}

// inColumns are the fields that a column has.
var inColumns = []string{paper.Pieces, paper.Pallets, paper.Weighed, paper.PickupDate, paper.DeliveryDate, anyDate}

func (f *finder) tableAt(i int, heads []found) (table, bool) {
	goods, counted := 0, 0
	for _, t := range f.sheet.rows[i].tokens {
		if digits(t.text) > 1 {
			return table{}, false
		}
	}
	starts := map[int]bool{}
	for _, h := range heads {
		starts[h.from] = true
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
	t := table{header: i}
	cells := f.sheet.rows[i].cells()
	for n, c := range cells {
		col := tableColumn{box: boxOf(c), left: 0, right: 1}
		if n > 0 {
			col.left = boxOf(cells[n-1])[2]
		}
		if n+1 < len(cells) {
			col.right = boxOf(cells[n+1])[0]
		}
		for _, h := range heads {
			if h.box[0] >= col.box[0]-0.001 && h.box[2] <= col.box[2]+0.001 && slices.Contains(inColumns, h.field) {
				col.field, col.weight = h.field, h.weight
			}
		}
		t.columns = append(t.columns, col)
	}
	foot := f.sheet.rows[i].box[3]
	for j := i + 1; j < len(f.sheet.rows); j++ {
		r := f.sheet.rows[j]
		if r.box[1]-foot > 3.2*f.sheet.height || f.looksLikeHeader(j) {
			break
		}
		if onlyMarks(r.tokens) {
			continue
		}
		if !f.fills(t, j) {
			if len(t.rows) > 0 {
				break
			}
			continue
		}
		t.rows = append(t.rows, j)
		foot = r.box[3]
	}
	return t, len(t.rows) > 0
}

func (f *finder) looksLikeHeader(row int) bool {
	n := 0
	for _, l := range f.sheet.labels {
		if l.row == row {
			n++
		}
	}
	return n >= 3 && n*2 >= len(f.sheet.rows[row].cells()) && digits(textOf(f.sheet.rows[row].tokens)) < 2
}

// fills tells whether a row has a number in a column that counts and nothing of a sentence.
func (f *finder) fills(t table, row int) bool {
	cells := f.sheet.rows[row].cells()
	if len(cells) < 2 {
		return false
	}
	for _, c := range t.columns {
		if c.field != "" && !c.isDay() {
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

func (f *finder) fromColumn(t table, c tableColumn) {
	sum, n, missed := 0, 0, 0
	all := read{sure: 1, quality: 1}
	for _, row := range t.rows {
		r, ok := f.cellCount(c, row)
		total := false
		for _, tok := range f.sheet.rows[row].tokens {
			total = total || totalWords[tok.key]
		}
		if total {
			if ok {
				f.add(c.field, candidate{read: r, score: 0.8 + 0.12*c.weight, why: "total of the column", label: true})
			}
			break
		}
		if !ok {
			missed++
			continue
		}
		v, _ := strconv.Atoi(r.value)
		sum += v
		n++
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
	if missed > 0 || n > 1 && c.field == paper.Weighed && all.sure < surelyAdded && !f.expected(c.field)[all.value] {
		score = 0.3 // one figure misread, and the sum is wrong
	}
	f.add(c.field, candidate{read: all, score: score, why: why, sum: n > 1})
}
