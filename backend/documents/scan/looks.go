package scan

import (
	"image"
	"math"
	"math/bits"
	"slices"
)

// Looks is what a page looks like, for telling whether two pictures show the same paper: where its print stands, coarsely
// and in finer detail. It hardly changes when the paper is photographed again, scanned lighter or in another resolution.
type Looks struct {
	Coarse uint64    `json:"coarse"` // 8 by 8, the slow waves
	Fine   [4]uint64 `json:"fine"`   // 16 by 16, more print or less than around
	Empty  bool      `json:"empty"`  // nothing on it: alike to every other empty page, which says nothing
}

// side is the edge of the picture that the looks are taken from.
const side = 64

// LooksOf takes the looks of an upright, straight, evened page. Where the print begins and ends counts, not the paper's
// edge, so that a photo that cuts the edge off looks the same.
func LooksOf(page *image.Gray) Looks {
	plain, _ := Unspeckled(withoutRules(page, max(page.Rect.Dx(), page.Rect.Dy())/24), max(page.Rect.Dx()*page.Rect.Dy()/200_000, 4)) // lines of a fax come and go
	box := printOf(plain)
	if box.Empty() {
		return Looks{Empty: true}
	}
	small := inkMap(plain, box)
	return Looks{Coarse: waves(small), Fine: cells(small)}
}

// printOf is the part of the page with print on it: without the outermost hundredth on each side of the ink.
func printOf(p *image.Gray) image.Rectangle {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	columns, rows, total := make([]int, w), make([]int, h), 0
	eachRow(p, func(y int, row []uint8) {
		for x, v := range row {
			if v < inkAt {
				columns[x]++
				rows[y]++
				total++
			}
		}
	})
	if total*5000 < w*h {
		return image.Rectangle{}
	}
	span := func(counts []int) (int, int) {
		first, last, sum := -1, 0, 0
		for i, n := range counts {
			sum += n
			if first < 0 && sum*200 > total {
				first = i
			}
			if sum*200 < total*199 {
				last = i
			}
		}
		return first, last + 1
	}
	left, right := span(columns)
	top, bottom := span(rows)
	return image.Rect(left, top, right, bottom)
}

// inkMap is the share of ink in each field of the print, side by side.
func inkMap(p *image.Gray, box image.Rectangle) [side][side]float64 {
	var out [side][side]float64
	for y := range side {
		for x := range side {
			field := image.Rect(box.Min.X+x*box.Dx()/side, box.Min.Y+y*box.Dy()/side, box.Min.X+(x+1)*box.Dx()/side, box.Min.Y+(y+1)*box.Dy()/side)
			if n := field.Dx() * field.Dy(); n > 0 {
				out[y][x] = math.Sqrt(float64(inkIn(p, field)) / float64(n)) // strokes count more than filled areas
			}
		}
	}
	return out
}

// waves are the signs of the slow cosine waves in the picture, against their median (a perceptual hash).
func waves(m [side][side]float64) uint64 {
	var all []float64
	for v := range 8 {
		for u := range 8 {
			var sum float64
			for y := range side {
				cy := math.Cos(float64(v+1) * math.Pi * (float64(y) + 0.5) / side)
				for x := range side {
					sum += m[y][x] * cy * math.Cos(float64(u)*math.Pi*(float64(x)+0.5)/side)
				}
			}
			all = append(all, sum)
		}
	}
	sorted := slices.Sorted(slices.Values(all))
	middle := sorted[len(sorted)/2]
	var hash uint64
	for i, v := range all {
		if v > middle {
			hash |= 1 << i
		}
	}
	return hash
}

// cells are the fields of 16 by 16 that have more ink than the median of those with any.
func cells(m [side][side]float64) (hash [4]uint64) {
	const n, per = 16, side / 16
	var sums [n * n]float64
	for y := range side {
		for x := range side {
			sums[y/per*n+x/per] += m[y][x]
		}
	}
	var some []float64
	for _, v := range sums {
		if v > 0.4 {
			some = append(some, v)
		}
	}
	slices.Sort(some)
	middle := 0.4
	if len(some) > 0 {
		middle = max(some[len(some)/3], 0.4)
	}
	for i, v := range sums {
		if v >= middle {
			hash[i/64] |= 1 << (i % 64)
		}
	}
	return hash
}

// Alike is the distance up to which two pictures are taken to show the same form filled in alike. Papers of one form are
// near each other too, whatever load they are of: what stands on them has to agree before they are taken for one.
const Alike = 0.22

// Distance is how far apart two looks are: 0 the same, 0.5 and more nothing in common. Empty pages, and looks that were never
// taken, are far from all.
func Distance(a, b Looks) float64 {
	if a.Empty || b.Empty || a == (Looks{}) || b == (Looks{}) {
		return 1
	}
	coarse := bits.OnesCount64(a.Coarse ^ b.Coarse)
	differ, either := 0, 0
	for i := range a.Fine {
		differ += bits.OnesCount64(a.Fine[i] ^ b.Fine[i])
		either += bits.OnesCount64(a.Fine[i] | b.Fine[i])
	}
	return (float64(coarse)/64 + float64(differ)/float64(max(either, 1))) / 2
}
