package scan

import (
	"image"
	"slices"
)

// Evened is the page with its ground made white everywhere and faint strokes made darker: shadows, grey paper and pale
// prints come out alike. A picture that is black and white already is returned as it is.
func Evened(src *image.Gray, dpi int) *image.Gray {
	if bilevel(src) {
		return src
	}
	ground := groundOf(src, max(dpi/5, 8))
	dst := image.NewGray(src.Rect)
	tones := make([]float32, src.Rect.Dx())
	var counts [256]int
	eachRow(src, func(y int, row []uint8) {
		to := dst.Pix[y*dst.Stride:]
		ground.along(y, tones)
		for x, g := range tones {
			v := min(uint32(float32(row[x])*255/g), 255)
			to[x] = uint8(v)
			counts[v]++
		}
	})
	curve := stretch(counts[:])
	for i, v := range dst.Pix {
		dst.Pix[i] = curve[v]
	}
	return dst
}

// bilevel reports whether a picture has hardly anything between black and white.
func bilevel(src *image.Gray) bool {
	between := 0
	for _, v := range src.Pix {
		if v > 24 && v < 231 {
			between++
		}
	}
	return between*500 < len(src.Pix)
}

// groundMap is the brightness of the paper, one value a cell.
type groundMap struct {
	cell, across, down int
	values             []float32
}

// darkest ground: what is darker over a whole neighbourhood is print, not shadow.
const darkestGround = 48

func groundOf(src *image.Gray, cell int) *groundMap {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	g := &groundMap{cell: cell, across: (w + cell - 1) / cell, down: (h + cell - 1) / cell}
	raw := make([]float32, g.across*g.down)
	for cy := range g.down {
		for cx := range g.across {
			raw[cy*g.across+cx] = brightest(src, cx*cell, cy*cell, cell)
		}
	}
	g.values = g.median(g.lifted(raw))
	for i, v := range g.values {
		g.values[i] = max(v, darkestGround)
	}
	return g
}

// brightest is what four fifths of a cell's pixels do not exceed.
func brightest(src *image.Gray, left, top, cell int) float32 {
	var counts [256]int
	n := 0
	for y := top; y < min(top+cell, src.Rect.Dy()); y++ {
		for _, v := range src.Pix[y*src.Stride+left : y*src.Stride+min(left+cell, src.Rect.Dx())] {
			counts[v]++
			n++
		}
	}
	over := n / 5
	for v := 255; v > 0; v-- {
		if over -= counts[v]; over < 0 {
			return float32(v)
		}
	}
	return 0
}

// lifted gives a cell that is full of print (a black heading, a stamp) the ground of its brighter neighbours.
func (g *groundMap) lifted(raw []float32) []float32 {
	out := slices.Clone(raw)
	for range 4 { // a black band up to four cells high
		before := slices.Clone(out)
		g.each(func(i int, around []int) {
			var most float32
			for _, j := range around {
				most = max(most, before[j])
			}
			if before[i] < 0.6*most {
				out[i] = most
			}
		})
	}
	return out
}

func (g *groundMap) median(values []float32) []float32 {
	out := make([]float32, len(values))
	near := make([]float32, 0, 9)
	g.each(func(i int, around []int) {
		near = near[:0]
		for _, j := range around {
			near = append(near, values[j])
		}
		slices.Sort(near)
		out[i] = near[len(near)/2]
	})
	return out
}

// each visits every cell with the cells around it, itself among them.
func (g *groundMap) each(visit func(i int, around []int)) {
	around := make([]int, 0, 9)
	for y := range g.down {
		for x := range g.across {
			around = around[:0]
			for ny := max(y-1, 0); ny <= min(y+1, g.down-1); ny++ {
				for nx := max(x-1, 0); nx <= min(x+1, g.across-1); nx++ {
					around = append(around, ny*g.across+nx)
				}
			}
			visit(y*g.across+x, around)
		}
	}
}

// along gives the ground of every pixel of a row, between the middles of cells.
func (g *groundMap) along(y int, tones []float32) {
	upper, lower, fy := between(y, g.cell, g.down)
	line := make([]float32, g.across)
	for i := range line {
		line[i] = g.values[upper*g.across+i]*(1-fy) + g.values[lower*g.across+i]*fy
	}
	for x := range tones {
		left, right, fx := between(x, g.cell, g.across)
		tones[x] = line[left]*(1-fx) + line[right]*fx
	}
}

// between finds the two cells whose middles a pixel lies between, and how far it is to the second.
func between(at, cell, cells int) (a, b int, part float32) {
	f := (float32(at)+0.5)/float32(cell) - 0.5
	if f <= 0 {
		return 0, 0, 0
	}
	a = int(f)
	if a >= cells-1 {
		return cells - 1, cells - 1, 0
	}
	return a, a + 1, f - float32(a)
}

// stretch makes ink dark: the tone of the darkest strokes becomes black, what is nearly ground becomes white.
func stretch(counts []int) (curve [256]uint8) {
	total := 0
	for _, n := range counts {
		total += n
	}
	const white = 236
	ink, left := 0, total/200 // half a percent of a page is ink on the emptiest of them
	for v := range 200 {
		if left -= counts[v]; left < 0 {
			break
		}
		ink = v
	}
	black := min(ink, 170)
	for v := range curve {
		curve[v] = clamp(float32(v-black) * 255 / float32(white-black))
	}
	return curve
}
