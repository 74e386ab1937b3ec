package scan

import (
	"image"
	"math"
)

// Scale draws a picture in another size: each new pixel weighs the old ones under it (Catmull-Rom), so that thin strokes
// neither vanish nor blur.
func Scale(src *image.Gray, width, height int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	width, height = max(width, 1), max(height, 1)
	if w == width && h == height {
		return Copy(src)
	}
	across, down := taps(w, width), taps(h, height)
	rows := make([][]float32, h) // rows already scaled across; let go when no later row needs them
	scaled := func(y int) []float32 {
		if rows[y] == nil {
			rows[y] = make([]float32, width)
			line := src.Pix[y*src.Stride:][:w]
			for x, t := range across {
				var sum float32
				for i, weight := range t.weights {
					sum += weight * float32(line[t.first+i])
				}
				rows[y][x] = sum
			}
		}
		return rows[y]
	}
	dst := image.NewGray(image.Rect(0, 0, width, height))
	sums := make([]float32, width)
	kept := 0
	for y, t := range down {
		clear(sums)
		for ; kept < t.first; kept++ {
			rows[kept] = nil
		}
		for i, weight := range t.weights {
			for x, v := range scaled(t.first + i) {
				sums[x] += weight * v
			}
		}
		row := dst.Pix[y*dst.Stride:]
		for x, v := range sums {
			row[x] = clamp(v)
		}
	}
	return dst
}

func clamp(v float32) uint8 { return uint8(max(0, min(255, v+0.5))) }

// tap is which old pixels make a new one.
type tap struct {
	first   int
	weights []float32
}

func taps(from, to int) []tap {
	scale := float64(from) / float64(to)
	wide := max(scale, 1)
	all := make([]tap, to)
	for i := range all {
		middle := (float64(i)+0.5)*scale - 0.5
		first := max(int(math.Ceil(middle-2*wide)), 0)
		last := min(int(math.Floor(middle+2*wide)), from-1)
		t := tap{first: first, weights: make([]float32, last-first+1)}
		var sum float64
		for j := range t.weights {
			sum += catmullRom((float64(first+j) - middle) / wide)
		}
		for j := range t.weights {
			t.weights[j] = float32(catmullRom((float64(first+j)-middle)/wide) / sum)
		}
		all[i] = t
	}
	return all
}

func catmullRom(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x < 1:
		return (1.5*x-2.5)*x*x + 1
	case x < 2:
		return ((-0.5*x+2.5)*x-4)*x + 2
	}
	return 0
}

// Within makes a picture smaller until its longest side is at most n; one that fits is returned as it is.
func Within(src *image.Gray, n int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if long := max(w, h); long > n {
		return Scale(src, w*n/long, h*n/long)
	}
	return src
}
