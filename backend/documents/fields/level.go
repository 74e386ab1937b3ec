package fields

import (
	"slices"

	"tracedesk/backend/documents/paper"
)

// Values that stand where they belong to their caption, and not quite: a little higher or lower than it, or beside the end of another that
// runs over into its column.

// atHeight is how many lines apart the middles of a caption and its value may be where each stands in a row of its own.
const atHeight = 1.25

// level are the words right of a label in a row of their own: paper that lies askew, or a value that is set larger than its caption,
// puts the two in two rows. The label ends its row, nothing stands before the value in its own, and no other row with words there is
// as near to it.
func (f *finder) level(l found) []token {
	if l.to < len(f.sheet.rows[l.row].tokens) {
		return nil
	}
	mid := (l.box[1] + l.box[3]) / 2
	var best []token
	nearest := atHeight * f.sheet.height
	for _, j := range []int{l.row - 1, l.row + 1} {
		if j < 0 || j >= len(f.sheet.rows) {
			continue
		}
		first := f.sheet.rows[j].tokens[0]
		away := f.fromRow(j, mid)
		if first.known || first.box[0] < l.box[2] || first.box[0]-l.box[2] > farthest || away >= nearest || f.nearerCaption(j, l.row, first.box) {
			continue
		}
		best, nearest = f.sheet.rows[j].cells()[0], away
	}
	return best
}

// fromRow is how far the middle of a row's first word is from a height.
func (f *finder) fromRow(j int, mid float64) float64 {
	box := f.sheet.rows[j].tokens[0].box
	away := (box[1]+box[3])/2 - mid
	return max(away, -away)
}

// nearerCaption tells whether another row than a label's has words left of a value and is as near to it.
func (f *finder) nearerCaption(value, label int, box paper.Box) bool {
	mid := (box[1] + box[3]) / 2
	other := 2*value - label // the row on the other side of the value
	if other < 0 || other >= len(f.sheet.rows) || f.sheet.rows[other].tokens[0].box[0] >= box[0] {
		return false
	}
	return f.fromRow(other, mid) <= f.fromRow(label, mid)
}

// behindDate leaves out the end of a date that runs over from the column before: "September 29, 2026" beside "B642843".
func (f *finder) behindDate(tokens []token) []token {
	if len(tokens) == 0 {
		return tokens
	}
	row := f.sheet.rows[tokens[0].row].tokens
	at := slices.IndexFunc(row, func(t token) bool { return t.box == tokens[0].box && t.text == tokens[0].text })
	for from := max(at-3, 0); from < at; from++ {
		text, starts := spell(row[from:])
		for _, d := range findDates(text, f.dayFirst) {
			if part := within(row[from:], starts, d.from, d.to); d.from == 0 && from+len(part) > at {
				return tokens[min(from+len(part)-at, len(tokens)):]
			}
		}
	}
	return tokens
}
