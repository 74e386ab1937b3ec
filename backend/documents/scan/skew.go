package scan

import (
	"image"
	"math"
)

// inkAt is the tone below which a pixel of an evened page is ink.
const inkAt = 140

// Slant is how the lines of text lie on a page.
type Slant struct {
	Degrees  float64 // clockwise that the lines are turned, -8 to 8
	Sideways bool    // the lines run from top to bottom
	Sure     bool    // there was enough to tell that
	Other    float64 // the degrees, if the lines run the other way
}

// widestSlant is how far a scan is taken to lie askew, in degrees.
const widestSlant = 9

// SlantOf measures the slant of an evened page: of all directions the one in which rows of ink and gaps between them
// alternate the most.
func SlantOf(page *image.Gray) Slant {
	plain, _ := Unspeckled(withoutRules(page, max(page.Rect.Dx(), page.Rect.Dy())/28), 6)
	small := Within(plain, 1100)
	points := inkPoints(small)
	if len(points) < 200 {
		return Slant{}
	}
	w, h := small.Rect.Dx(), small.Rect.Dy()
	along := sharpest(points, w, h, false)
	across := sharpest(points, w, h, true)
	if across.score > along.score {
		return Slant{Degrees: across.degrees, Sideways: true, Sure: across.score > surely*along.score, Other: along.degrees}
	}
	return Slant{Degrees: along.degrees, Sure: along.score > surely*across.score, Other: across.degrees}
}

// surely is how much sharper lines must show in one direction than in the other.
const surely = 1.25

type point struct{ x, y int32 }

func inkPoints(p *image.Gray) []point {
	var points []point
	eachRow(p, func(y int, row []uint8) {
		for x, v := range row {
			if v < inkAt {
				points = append(points, point{int32(x), int32(y)})
			}
		}
	})
	const enough = 60_000
	if step := len(points) / enough; step > 1 {
		kept := points[:0]
		for i := 0; i < len(points); i += step {
			kept = append(kept, points[i])
		}
		points = kept
	}
	return points
}

type direction struct{ degrees, score float64 }

// sharpest tries directions in quarter degrees and then closer around the best.
func sharpest(points []point, w, h int, sideways bool) direction {
	length, width := h, w
	if sideways {
		length, width = w, h
	}
	margin := int(float64(width)*math.Tan(widestSlant*math.Pi/180)) + 2
	bins := make([]float64, length+2*margin)
	try := func(degrees float64) direction {
		clear(bins)
		slope := math.Tan(degrees * math.Pi / 180)
		for _, p := range points {
			a, b := float64(p.y), float64(p.x)
			if sideways {
				a, b = float64(p.x), -float64(p.y)
			}
			if i := int(a - slope*b + float64(margin)); i >= 0 && i < len(bins) {
				bins[i]++
			}
		}
		var sum float64
		for i := 1; i < len(bins); i++ {
			d := bins[i] - bins[i-1]
			sum += d * d
		}
		return direction{degrees, sum / float64(len(points))}
	}
	var best direction
	search := func(from, to, step float64) {
		for d := from; d <= to+step/2; d += step {
			if found := try(d); found.score > best.score {
				best = found
			}
		}
	}
	search(-widestSlant+1, widestSlant-1, 0.25)
	search(best.degrees-0.2, best.degrees+0.2, 0.05)
	return best
}

// Straightened turns a page by a slant's degrees back, its size kept, white where nothing was.
func Straightened(page *image.Gray, degrees float64) *image.Gray {
	if math.Abs(degrees) < 0.04 {
		return page
	}
	w, h := page.Rect.Dx(), page.Rect.Dy()
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(w-1)/2, float64(h-1)/2
	return drawn(page, w, h, func(x, y float64) (float64, float64) {
		x, y = x-cx, y-cy
		return cx + cos*x - sin*y, cy + sin*x + cos*y
	})
}

// drawn makes a picture each pixel of which comes from a place of src, between its pixels.
func drawn(src *image.Gray, w, h int, from func(x, y float64) (float64, float64)) *image.Gray {
	dst := image.NewGray(image.Rect(0, 0, w, h))
	sw, sh := src.Rect.Dx(), src.Rect.Dy()
	eachRow(dst, func(y int, row []uint8) {
		for x := range row {
			fx, fy := from(float64(x), float64(y))
			ix, iy := int(math.Floor(fx)), int(math.Floor(fy))
			if ix < 0 || iy < 0 || ix >= sw-1 || iy >= sh-1 {
				row[x] = 255
				continue
			}
			ax, ay := float32(fx-float64(ix)), float32(fy-float64(iy))
			p := src.Pix[iy*src.Stride+ix:]
			upper := float32(p[0])*(1-ax) + float32(p[1])*ax
			lower := float32(p[src.Stride])*(1-ax) + float32(p[src.Stride+1])*ax
			row[x] = clamp(upper*(1-ay) + lower*ay)
		}
	})
	return dst
}
