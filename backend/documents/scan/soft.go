package scan

import (
	"image"
	"math"
	"slices"
)

// How soft a page is, is told by its edges: how many pixels a step from ground to ink takes, as the sigma of the blur that would
// make such a step of a hard one.
const (
	edgeReach = 6   // pixels on both sides in which a step has come to its end
	edgeStep  = 90  // tones that a step has at least: fainter ones are noise and paper
	fewEdges  = 300 // from so many on they tell
	everyRow  = 5   // of the page is enough
)

// Softness is how soft the edges of print are on a page, in pixels: a half or less where they are hard. 0 where there is too
// little print to tell.
func Softness(page *image.Gray) float64 {
	var counts [64]int // by tenths of a pixel
	n := 0
	w, h := page.Rect.Dx(), page.Rect.Dy()
	for y := everyRow; y < h; y += everyRow {
		row := page.Pix[y*page.Stride:][:w]
		for x := edgeReach; x+edgeReach+1 < w; x++ {
			slope := abs(int(row[x+1]) - int(row[x]))
			if slope < 12 || slope < abs(int(row[x])-int(row[x-1])) || slope <= abs(int(row[x+2])-int(row[x+1])) {
				continue
			}
			around := row[x-edgeReach : x+edgeReach+2]
			step := int(slices.Max(around)) - int(slices.Min(around))
			if step < edgeStep || slope*8 < step {
				continue
			}
			sigma := float64(step) / float64(slope) / math.Sqrt(2*math.Pi)
			counts[min(int(sigma*10), len(counts)-1)]++
			n++
		}
	}
	if n < fewEdges {
		return 0
	}
	half := n / 2
	for i, c := range counts {
		if half -= c; half < 0 {
			return (float64(i) + 0.5) / 10
		}
	}
	return 0
}

// Grain is how much a tone of the paper differs from the mean of those beside it, in tones: the median of the page, where most is
// ground. What is sharpened gets more of it.
func Grain(page *image.Gray) float64 {
	var counts [1021]int // four times the difference
	n := 0
	w, h := page.Rect.Dx(), page.Rect.Dy()
	for y := everyRow; y < h-1; y += everyRow {
		row, above, below := page.Pix[y*page.Stride:], page.Pix[(y-1)*page.Stride:], page.Pix[(y+1)*page.Stride:]
		for x := 1; x < w-1; x++ {
			counts[abs(4*int(row[x])-int(row[x-1])-int(row[x+1])-int(above[x])-int(below[x]))]++
			n++
		}
	}
	half := n / 2
	for i, c := range counts {
		if half -= c; half < 0 {
			return float64(i) / 4
		}
	}
	return 0
}

func abs(n int) int { return max(n, -n) }

// sharpenings is how often: more raises the grain.
const sharpenings = 4

// Sharpened takes back a blur of so many pixels, as far as that is possible without raising the grain of the paper: what the blur
// would take from the picture once more is added to it, a few times (van Cittert 1931).
func Sharpened(src *image.Gray, sigma float64) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	seen := make([]float32, w*h)
	eachRow(src, func(y int, row []uint8) {
		for x, v := range row {
			seen[y*w+x] = float32(v)
		}
	})
	now := slices.Clone(seen)
	soft, half := make([]float32, w*h), make([]float32, w*h)
	kernel := bell(sigma)
	for range sharpenings {
		blur(now, soft, half, w, h, kernel)
		for i, v := range seen {
			now[i] = max(0, min(255, now[i]+v-soft[i]))
		}
	}
	dst := image.NewGray(image.Rect(0, 0, w, h))
	for i, v := range now {
		dst.Pix[i] = clamp(v)
	}
	return dst
}

// bell is half of a Gaussian from its middle on, its whole adding up to one.
func bell(sigma float64) []float32 {
	k := make([]float32, int(math.Ceil(2.5*sigma))+1)
	var sum float32
	for i := range k {
		k[i] = float32(math.Exp(-float64(i*i) / (2 * sigma * sigma)))
		sum += k[i]
		if i > 0 {
			sum += k[i]
		}
	}
	for i := range k {
		k[i] /= sum
	}
	return k
}

// blur draws src softly into dst; half is room for the picture that is soft along its rows only.
func blur(src, dst, half []float32, w, h int, kernel []float32) {
	rim := len(kernel) - 1
	wide := make([]float32, w+2*rim) // a row that goes on with its outermost tones
	for y := range h {
		row, to := src[y*w:][:w], half[y*w:][:w]
		copy(wide[rim:], row)
		for i := range rim {
			wide[i], wide[rim+w+i] = row[0], row[w-1]
		}
		for x := range to {
			to[x] = kernel[0] * row[x]
		}
		for i := 1; i < len(kernel); i++ {
			left, right, k := wide[rim-i:][:w], wide[rim+i:][:w], kernel[i]
			for x := range to {
				to[x] += k * (left[x] + right[x])
			}
		}
	}
	for y := range h {
		to := dst[y*w:][:w]
		for x, v := range half[y*w:][:w] {
			to[x] = kernel[0] * v
		}
		for i := 1; i < len(kernel); i++ {
			up, down, k := half[max(y-i, 0)*w:][:w], half[min(y+i, h-1)*w:][:w], kernel[i]
			for x := range to {
				to[x] += k * (up[x] + down[x])
			}
		}
	}
}
