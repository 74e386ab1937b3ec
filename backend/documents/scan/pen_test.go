package scan

import (
	"image"
	"testing"
)

// stroke draws a stroke of a pen three pixels wide, leaning to the right.
func stroke(g *image.Gray, x, top, tall int, lean float64) {
	for y := range tall {
		for i := range 3 {
			g.Pix[(top+y)*g.Stride+x+i+int(lean*float64(tall-y))] = 0
		}
	}
}

func blank(w, h int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	return g
}

// columns counts the columns with ink.
func columns(g *image.Gray) (n int) {
	for x := range g.Rect.Dx() {
		for y := range g.Rect.Dy() {
			if g.Pix[y*g.Stride+x] < inkAt {
				n++
				break
			}
		}
	}
	return n
}

func TestWritingIsSetUpright(t *testing.T) {
	g := blank(60, 40)
	stroke(g, 10, 4, 32, 0.5)
	if before, after := columns(g), columns(Upright(g, 0.5)); before < 15 || after > 6 {
		t.Errorf("a stroke that took %d columns takes %d", before, after)
	}
}

func TestLettersAreSetApart(t *testing.T) {
	g := blank(60, 40)
	stroke(g, 10, 4, 32, 0)
	stroke(g, 14, 4, 32, 0) // a pixel between them
	stroke(g, 40, 4, 32, 0)
	g.Pix[50] = 0 // a speck
	out := Apart(g)
	if columns(out) != 9 {
		t.Fatalf("%d columns of ink, want those of three strokes", columns(out))
	}
	gap, inked := 0, false
	for x := range out.Rect.Dx() {
		on := out.Pix[20*out.Stride+x] < inkAt
		if on && inked && gap > 0 && gap != 10 {
			t.Errorf("a gap of %d pixels, want a quarter of the height", gap)
		}
		if inked = inked || on; on {
			gap = 0
		} else {
			gap++
		}
	}
	if out := Apart(blank(10, 8)); out.Rect.Dx() != 2 {
		t.Errorf("an empty line became %d pixels wide", out.Rect.Dx())
	}
}
