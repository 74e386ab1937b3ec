package barcode

import (
	"image"
	"slices"
)

// Place is where a code may be.
type Place struct {
	At   image.Rectangle
	Sort Sort
}

// Sort is what the codes that may be in a place look like.
type Sort int

// The sorts of places.
const (
	Bars    Sort = iota // longer than high, all edges upright
	Squares             // of modules
	Woven               // longer than high or higher than long, of rows of short bars
)

// cellsPerInch is how finely a page is looked at for codes.
const cellsPerInch = 12

// inkAt is the tone below which a pixel of an evened page is ink.
const inkAt = 140

// Places finds where a code may be: first where edges lie close together and run one way, as in bars, then where black and
// white are mixed in a block, as in squares of modules, and at last where they are mixed in a band, as in stacked bars; in text,
// rules and signatures they are not.
func Places(page *image.Gray, dpi int) []Place {
	cell := max(dpi/cellsPerInch, 4)
	across, down := page.Rect.Dx()/cell, page.Rect.Dy()/cell
	if across < 3 || down < 3 {
		return nil
	}
	find := func(is func(*image.Gray, int, int, int) bool, shape func(w, h int) bool, run int, sort Sort) []Place {
		dense := make([]bool, across*down)
		for y := range down {
			for x := range across {
				dense[y*across+x] = is(page, x*cell, y*cell, cell)
			}
		}
		var places []Place
		for _, g := range groups(runs(closed(dense, across, down), across, run), across, down) {
			w, h := g.box.Dx(), g.box.Dy()
			if !shape(w, h) || g.cells*10 < w*h*6 || w > across*9/10 && h > down/2 {
				continue // thin, ragged, or the whole page
			}
			at := image.Rect(g.box.Min.X*cell, g.box.Min.Y*cell, g.box.Max.X*cell, g.box.Max.Y*cell)
			places = append(places, Place{At: at.Inset(-cell * 3 / 2).Intersect(page.Rect), Sort: sort})
		}
		slices.SortStableFunc(places, func(a, b Place) int { return b.At.Dx()*b.At.Dy() - a.At.Dx()*a.At.Dy() })
		return places[:min(len(places), mostPlaces)]
	}
	bars := find(barred, func(w, h int) bool { return w >= h }, 6, Bars)
	squares := find(busy, func(w, h int) bool { return w >= 2 && h >= 2 && w*2 <= h*3 && h*2 <= w*3 }, 2, Squares)
	bands := find(woven, func(w, h int) bool { return min(w, h) >= 2 && max(w, h) >= 6 && (w*2 > h*3 || h*2 > w*3) }, 2, Woven)
	return slices.Concat(bars, squares, bands)
}

// edges sums how much the pixels of a cell differ from the next one across and down.
func edges(p *image.Gray, left, top, cell int) (across, down int) {
	for y := top; y < top+cell-1; y++ {
		row, next := p.Pix[y*p.Stride+left:], p.Pix[(y+1)*p.Stride+left:]
		for x := range cell - 1 {
			across += apart(row[x], row[x+1])
			down += apart(row[x], next[x])
		}
	}
	return across, down
}

// barred reports whether a cell has edges, and nearly all of them upright.
func barred(p *image.Gray, left, top, cell int) bool {
	across, down := edges(p, left, top, cell)
	return across > 255*(cell-1)*2/3 && across > 4*down
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// busy reports whether a cell has ink and white in like parts.
func busy(p *image.Gray, left, top, cell int) bool {
	ink := 0
	for y := top; y < top+cell; y++ {
		for _, v := range p.Pix[y*p.Stride+left : y*p.Stride+left+cell] {
			if v < inkAt {
				ink++
			}
		}
	}
	return ink*100 > cell*cell*25 && ink*100 < cell*cell*90
}

// closed fills gaps of up to two cells between dense cells of a row, and of one between those of a column.
func closed(dense []bool, across, down int) []bool {
	out := slices.Clone(dense)
	for y := range down {
		row, last := out[y*across:(y+1)*across], -4
		for x, is := range dense[y*across : (y+1)*across] {
			if !is {
				continue
			}
			for gap := last + 1; x-last <= 3 && gap < x; gap++ {
				row[gap] = true
			}
			last = x
		}
	}
	for i := across; i < len(dense)-across; i++ {
		out[i] = out[i] || dense[i-across] && dense[i+across]
	}
	return out
}

// runs keeps the dense cells that have so many in a row: the upright lines of a table have one or two.
func runs(dense []bool, across, least int) []bool {
	out := make([]bool, len(dense))
	for start := 0; start < len(dense); {
		end := start
		for end < len(dense) && dense[end] && end/across == start/across {
			end++
		}
		if end-start >= least {
			copy(out[start:end], dense[start:end])
		}
		start = max(end, start+1)
	}
	return out
}

type group struct {
	box   image.Rectangle
	cells int
}

// groups are the dense cells that hang together by their sides.
func groups(dense []bool, across, down int) []group {
	seen := make([]bool, len(dense))
	var all []group
	for start, is := range dense {
		if !is || seen[start] {
			continue
		}
		seen[start] = true
		queue := []int{start}
		g := group{}
		for i := 0; i < len(queue); i++ {
			x, y := queue[i]%across, queue[i]/across
			g.box = g.box.Union(image.Rect(x, y, x+1, y+1))
			g.cells++
			for _, n := range [4]image.Point{{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}} {
				if !n.In(image.Rect(0, 0, across, down)) {
					continue
				}
				if j := n.Y*across + n.X; dense[j] && !seen[j] {
					seen[j] = true
					queue = append(queue, j)
				}
			}
		}
		all = append(all, g)
	}
	return all
}

// trimmed is the part of a picture that has ink, rows and columns of a few specks left away.
func trimmed(p *image.Gray) image.Rectangle {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	columns, rows := make([]int, w), make([]int, h)
	for y := range h {
		for x, v := range p.Pix[y*p.Stride:][:w] {
			if v < inkAt {
				columns[x]++
				rows[y]++
			}
		}
	}
	span := func(counts []int, of int) (int, int) {
		first := slices.IndexFunc(counts, func(n int) bool { return n*12 > of })
		last := len(counts) - 1
		for last > first && counts[last]*12 <= of {
			last--
		}
		return first, last + 1
	}
	left, right := span(columns, h)
	top, bottom := span(rows, w)
	if left < 0 || top < 0 {
		return image.Rectangle{}
	}
	return image.Rect(left, top, right, bottom)
}
