package scan

import "image"

// Positive is the evened page with white print on black bands turned into black print on white: headings of forms are
// often set so, and a reader takes the band for a picture.
func Positive(page *image.Gray, dpi int) *image.Gray {
	cell := max(dpi/14, 4)
	g := &grid{across: page.Rect.Dx() / cell, down: page.Rect.Dy() / cell}
	g.dark = make([]int, g.across*g.down)
	for y := range g.down {
		for x := range g.across {
			g.dark[y*g.across+x] = inkIn(page, image.Rect(x*cell, y*cell, (x+1)*cell, (y+1)*cell)) * 100 / (cell * cell)
		}
	}
	var dst *image.Gray
	for _, box := range g.bands() {
		at := edges(page, image.Rect(box.Min.X*cell, box.Min.Y*cell, box.Max.X*cell, box.Max.Y*cell).Inset(-cell).Intersect(page.Rect))
		if at.Empty() {
			continue
		}
		if dst == nil {
			dst = Copy(page)
		}
		for y := at.Min.Y; y < at.Max.Y; y++ {
			row := dst.Pix[y*dst.Stride:]
			for x := at.Min.X; x < at.Max.X; x++ {
				row[x] = 255 - row[x]
			}
		}
	}
	if dst == nil {
		return page
	}
	return dst
}

func inkIn(p *image.Gray, at image.Rectangle) (n int) {
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for _, v := range p.Pix[y*p.Stride+at.Min.X : y*p.Stride+at.Max.X] {
			if v < inkAt {
				n++
			}
		}
	}
	return n
}

// grid is how dark the cells of a page are, in percent.
type grid struct {
	dark         []int
	across, down int
}

const (
	printed = 45 // a cell with white print in it is at least so dark
	solid   = 92 // a cell without any
)

// bands are the groups of dark cells that are blocks, a third of them solid: bars and squares of codes are not.
func (g *grid) bands() []image.Rectangle {
	seen := make([]bool, len(g.dark))
	var all []image.Rectangle
	for start, d := range g.dark {
		if d < solid || seen[start] {
			continue
		}
		box, cells, solids := image.Rectangle{}, 0, 0
		queue := []int{start}
		seen[start] = true
		for i := 0; i < len(queue); i++ {
			x, y := queue[i]%g.across, queue[i]/g.across
			box = box.Union(image.Rect(x, y, x+1, y+1))
			cells++
			if g.dark[queue[i]] >= solid {
				solids++
			}
			for _, n := range [4]image.Point{{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}} {
				if !n.In(image.Rect(0, 0, g.across, g.down)) {
					continue
				}
				if j := n.Y*g.across + n.X; !seen[j] && g.dark[j] >= printed {
					seen[j] = true
					queue = append(queue, j)
				}
			}
		}
		if box.Dx() >= 4 && cells*4 >= box.Dx()*box.Dy()*3 && solids*3 >= cells {
			all = append(all, box)
		}
	}
	return all
}

// edges narrows a place to the rows and columns that are mostly ink.
func edges(p *image.Gray, at image.Rectangle) image.Rectangle {
	mostly := func(r image.Rectangle) bool { return inkIn(p, r)*2 > r.Dx()*r.Dy() }
	for !at.Empty() && !mostly(image.Rect(at.Min.X, at.Min.Y, at.Max.X, at.Min.Y+1)) {
		at.Min.Y++
	}
	for !at.Empty() && !mostly(image.Rect(at.Min.X, at.Max.Y-1, at.Max.X, at.Max.Y)) {
		at.Max.Y--
	}
	for !at.Empty() && !mostly(image.Rect(at.Min.X, at.Min.Y, at.Min.X+1, at.Max.Y)) {
		at.Min.X++
	}
	for !at.Empty() && !mostly(image.Rect(at.Max.X-1, at.Min.Y, at.Max.X, at.Max.Y)) {
		at.Max.X--
	}
	return at
}
