package fields

import (
	"slices"

	"tracedesk/backend/documents/paper"
)

// Columns of quantities of handling units and of packages, side by side: told apart by the head over them, or by their units.

// groupWords are the heads over several columns ("HANDLING UNIT", "PACKAGE" over "QTY", "TYPE" each).
var groupWords = map[string]string{"package": paper.Pieces, "packages": paper.Pieces, "pkg": paper.Pieces, "pkgs": paper.Pieces, "pieces": paper.Pieces,
	"piezas": paper.Pieces, "bultos": paper.Pieces, "colis": paper.Pieces, "cartons": paper.Pieces, "handling": paper.Pallets, "hu": paper.Pallets,
	"pallet": paper.Pallets, "pallets": paper.Pallets, "skids": paper.Pallets, "tarimas": paper.Pallets, "palettes": paper.Pallets, "manutention": paper.Pallets}

// Where the head over a column stands: so many lines above it at most, and its middle so far across.
const (
	groupAbove  = 2.5
	groupAcross = 0.1
)

// groupOver is what a column of quantities counts by the head of its group in the row above.
func (f *finder) groupOver(header int, c tableColumn) string {
	if header == 0 || c.box[1]-f.sheet.rows[header-1].box[3] > groupAbove*f.sheet.height {
		return c.field
	}
	field, nearest := c.field, groupAcross
	for _, cell := range f.sheet.rows[header-1].cells() {
		box := boxOf(cell)
		away := (box[0] + box[2] - c.box[0] - c.box[2]) / 2
		for _, t := range cell {
			if of := groupWords[t.key]; of != "" && max(away, -away) < nearest && len(cell) <= 3 {
				field, nearest = of, max(away, -away)
			}
		}
	}
	return field
}

// palletUnits are what handling units are counted in, in a column of units.
var palletUnits = map[string]bool{"plt": true, "plts": true, "pallet": true, "pallets": true, "skid": true, "skids": true, "skd": true, "sk": true, "hu": true,
	"pal": true, "palette": true, "palettes": true, "tarima": true, "tarimas": true, "tar": true}

// partUnits parts two columns of quantities whose heads say nothing more by the units behind their figures: pallets are handling
// units. Two that cannot be parted count nothing.
func (f *finder) partUnits(t *table) {
	var same []int
	for i, c := range t.columns {
		if c.field == paper.Pieces {
			same = append(same, i)
		}
	}
	if len(same) < 2 {
		return
	}
	pallets := slices.DeleteFunc(slices.Clone(same), func(i int) bool { return !f.inPallets(*t, t.columns[i]) })
	if len(pallets) == 1 {
		t.columns[pallets[0]].field = paper.Pallets
	}
	if len(same) > 2 || len(pallets) != 1 {
		for _, i := range same {
			if t.columns[i].weight < 0.9 {
				t.columns[i].field = ""
			}
		}
	}
}

// inPallets tells whether the first word behind the figures of a column is one for pallets in some row.
func (f *finder) inPallets(t table, c tableColumn) bool {
	return slices.ContainsFunc(t.rows, func(row int) bool {
		r, ok := f.cellCount(c, row)
		if !ok {
			return false
		}
		tokens := f.sheet.rows[row].tokens
		next := slices.IndexFunc(tokens, func(o token) bool { return o.key != "" && o.box[0] > r.box[2]-0.002 })
		return next >= 0 && palletUnits[tokens[next].key]
	})
}
