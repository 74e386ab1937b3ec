package scan

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Upright sets letters that lean to the right by so many parts of their height upright: rows are moved against each other. The
// picture grows on both sides for that.
func Upright(src *image.Gray, lean float64) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	rim := int(math.Abs(lean)*float64(h)/2) + 2
	return drawn(src, w+2*rim, h, func(x, y float64) (float64, float64) {
		return x - float64(rim) - lean*(y-float64(h)/2), y
	})
}

// fewestInLetter is how many pixels a speck may have that is left out between letters.
const fewestInLetter = 12

// Apart sets the letters of a line so far apart that none touches or hangs over the next: a quarter of its height. Only what
// is not joined can be set apart.
func Apart(line *image.Gray) *image.Gray {
	w, h := line.Rect.Dx(), line.Rect.Dy()
	type letter struct {
		pixels []int
		box    image.Rectangle
	}
	var letters []letter
	eachGroup(line, func(pixels []int, box image.Rectangle) {
		if len(pixels) >= fewestInLetter {
			letters = append(letters, letter{slices.Clone(pixels), box})
		}
	})
	slices.SortFunc(letters, func(a, b letter) int { return cmp.Compare(a.box.Min.X, b.box.Min.X) })
	var joined []letter
	for _, l := range letters {
		if n := len(joined); n > 0 {
			last := &joined[n-1]
			if shared := min(last.box.Max.X, l.box.Max.X) - l.box.Min.X; 2*shared > min(last.box.Dx(), l.box.Dx()) {
				last.pixels, last.box = append(last.pixels, l.pixels...), last.box.Union(l.box)
				continue
			}
		}
		joined = append(joined, l)
	}
	gap := h / 4
	wide := gap
	for _, l := range joined {
		wide += l.box.Dx() + gap
	}
	dst := image.NewGray(image.Rect(0, 0, wide, h))
	for i := range dst.Pix {
		dst.Pix[i] = 255
	}
	at := gap
	for _, l := range joined {
		for _, i := range l.pixels {
			dst.Pix[i/w*dst.Stride+at+i%w-l.box.Min.X] = line.Pix[i/w*line.Stride+i%w]
		}
		at += l.box.Dx() + gap
	}
	return dst
}
