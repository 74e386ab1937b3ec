package fields

import (
	"maps"
	"regexp"
	"slices"

	"tracedesk/backend/documents/paper"
)

// Heads of columns that were misread, told by likeness and by what stands under them.

// shortHeads are heads of three letters, which small print makes others of: what each is of.
var shortHeads = map[string]string{"pcs": paper.Pieces, "qty": paper.Pieces, "lbs": paper.Weighed, "pkg": column}

// misreadHeads are the cells of one word that no label is: one of three letters but for one, or one that was hardly read and is nearly
// a word for an amount.
func (f *finder) misreadHeads(cells [][]token) (heads []found) {
	for _, cell := range cells {
		if len(cell) != 1 || cell[0].known || digits(cell[0].key) > 0 || vocabularyWords[cell[0].key] {
			continue
		}
		if field := headNear(cell[0]); field != "" {
			heads = append(heads, found{label: label{field: field, words: []string{cell[0].key}, weight: 0.7}, row: cell[0].row, box: cell[0].box})
		}
	}
	return heads
}

// headNear is the field that a misread head is of, "" for none.
func headNear(t token) string {
	if len(t.key) == 3 {
		for _, word := range slices.Sorted(maps.Keys(shortHeads)) {
			if differ(t.key, word) == 1 {
				return shortHeads[word]
			}
		}
	}
	for _, l := range labels {
		amount := l.field == paper.Pieces || l.field == paper.Pallets || l.field == paper.Weighed
		if word := l.words[0]; amount && t.sure < hardlyRead && len(l.words) == 1 && len(word) >= 5 && distance(looks(t.key), looks(word), len(word)/3) <= len(word)/3 {
			return l.field
		}
	}
	return ""
}

// thousands is a figure of at least a thousand, parted as weights are printed.
var thousands = regexp.MustCompile(`^\d{1,3}[,.]\d{3}$`)

// weighsUntold finds the column of weights of a table that has none, where its head was not read: the only one of thousands.
func (f *finder) weighsUntold(t *table) {
	at := -1
	for i, c := range t.columns {
		if c.field == paper.Weighed {
			return
		}
		headed := slices.ContainsFunc(t.heads, func(row int) bool {
			return slices.ContainsFunc(f.labelsIn(row), func(l found) bool { return overlap(l.box[0], l.box[2], c.box[0], c.box[2]) > 0 })
		})
		if headed || !slices.ContainsFunc(t.rows, func(row int) bool { r, ok := f.cellCount(c, row); return ok && thousands.MatchString(r.text) }) {
			continue
		}
		if at >= 0 {
			return
		}
		at = i
	}
	if at >= 0 {
		t.columns[at].field, t.columns[at].weight = paper.Weighed, 0.6
	}
}
