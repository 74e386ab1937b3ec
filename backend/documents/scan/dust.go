package scan

import "image"

// What dust is, by the size of its groups of ink, and how it lies.
const (
	mostDust   = 2000 // groups: more of them are a screen, or noise all over, of which this cannot tell
	marginPart = 25   // of the page: what lies so near to its edge is of the scanner, a staple, a hole
	fewInLine  = 5    // one in so many groups may have another beside it, as letters have
)

// OnlyDust reports whether all the ink of a page is specks, as a scanner draws an empty sheet: small or solid, scattered, or at the
// very edge. Strokes of a pen are long and open, letters stand beside each other: a page with either has something on it.
func OnlyDust(page *image.Gray, dpi int) bool {
	plain := WithoutRules(page, dpi)
	inner := page.Rect.Inset(max(page.Rect.Dx(), page.Rect.Dy()) / marginPart)
	large := max(dpi/12, 6)
	var specks []image.Rectangle
	stroke := false
	eachGroup(plain, func(pixels []int, box image.Rectangle) {
		if len(pixels) <= max(dpi*dpi/8000, 2) || box.Intersect(inner).Empty() {
			return
		}
		solid := 10*len(pixels) >= 7*box.Dx()*box.Dy()
		if max(box.Dx(), box.Dy()) > large && !solid {
			stroke = true
		}
		specks = append(specks, box)
	})
	if stroke || len(specks) > mostDust {
		return false
	}
	beside := 0
	for i, a := range specks {
		for j, b := range specks {
			if i != j && besideEachOther(a, b) {
				beside++
				break
			}
		}
	}
	return beside*fewInLine <= len(specks)
}

// besideEachOther tells whether two groups of ink stand like letters of a word: of about one height, level, and near.
func besideEachOther(a, b image.Rectangle) bool {
	tall := max(a.Dy(), b.Dy())
	level := min(a.Max.Y, b.Max.Y) - max(a.Min.Y, b.Min.Y)
	gap := max(a.Min.X, b.Min.X) - min(a.Max.X, b.Max.X)
	return 2*level >= tall && gap <= tall
}
