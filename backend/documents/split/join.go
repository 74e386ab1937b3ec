package split

import (
	"cmp"
	"slices"

	"tracedesk/backend/documents/paper"
)

// Join is the document of several pages, each with what was read on it alone: the type of the page that is surest of it,
// all fields with the surest value first, a role signed where any page has it signed.
func Join(parts []paper.Document, pages []paper.Page) paper.Document {
	out := paper.Document{Rotation: map[int]int{}, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
	for i, part := range parts {
		out.Pages = append(out.Pages, pages[i].Number)
		out.Rotation[pages[i].Number] = pages[i].Rotation
		if i == 0 || part.Type != paper.Other && (out.Type == paper.Other || part.TypeConfidence > out.TypeConfidence) {
			out.Type, out.Subtype, out.TypeConfidence = part.Type, part.Subtype, part.TypeConfidence
		}
		for name, values := range part.Fields {
			out.Fields[name] = append(out.Fields[name], values...)
		}
		for role, s := range part.Signatures {
			if had, ok := out.Signatures[role]; !ok || s.Present && !had.Present {
				out.Signatures[role] = s
			}
		}
		out.Notations = append(out.Notations, part.Notations...)
		out.Barcodes = append(out.Barcodes, part.Barcodes...)
	}
	if len(parts) > 1 {
		for _, values := range out.Fields {
			slices.SortStableFunc(values, func(a, b paper.Value) int { return cmp.Compare(b.Confidence, a.Confidence) })
		}
	}
	return out
}
