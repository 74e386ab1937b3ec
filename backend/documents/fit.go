package documents

import (
	"image"
	"image/draw"
)

// fit makes a picture smaller until its longest side is at most within, on white. Each new pixel is the average of the
// area it covers, so that thin strokes stay visible. Row by row, since a phone's picture as a whole is large.
func fit(src image.Image, within int) image.Image {
	b := src.Bounds()
	long := max(b.Dx(), b.Dy())
	if long <= within {
		return src
	}
	s := shrinker{width: max(1, b.Dx()*within/long), height: max(1, b.Dy()*within/long), colours: 3}
	size := image.Rect(0, 0, s.width, s.height)
	if grey(src) {
		s.colours = 1
		dst := image.NewGray(size)
		s.run(src, func(y int, row []float32) {
			for x, v := range row {
				dst.Pix[y*dst.Stride+x] = uint8(v + 0.5)
			}
		})
		return dst
	}
	dst := image.NewRGBA(size)
	s.run(src, func(y int, row []float32) {
		for x := range s.width {
			p := dst.Pix[y*dst.Stride+4*x:][:4]
			p[0], p[1], p[2], p[3] = uint8(row[3*x]+0.5), uint8(row[3*x+1]+0.5), uint8(row[3*x+2]+0.5), 255
		}
	})
	return dst
}

// shrinker averages areas: first along each row, then rows together.
type shrinker struct {
	width, height int // of the result
	colours       int // 1 grey, 3 red green blue
}

func (s shrinker) run(src image.Image, put func(y int, row []float32)) {
	b := src.Bounds()
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	short, sum := make([]float32, s.width*s.colours), make([]float32, s.width*s.colours)
	perRow := float64(s.height) / float64(b.Dy()) // how much of a new row an old one fills
	y, filled := 0, 0.0
	for i := range b.Dy() {
		draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(line, line.Rect, src, image.Pt(b.Min.X, b.Min.Y+i), draw.Over)
		s.shorten(line.Pix, short)
		part := min(perRow, 1-filled)
		addTo(sum, short, part)
		filled += part
		if filled > 1-1e-9 || i == b.Dy()-1 {
			if y < s.height {
				put(y, sum)
			}
			clear(sum)
			y++
			filled = perRow - part
			addTo(sum, short, filled)
		}
	}
}

func addTo(sum, row []float32, part float64) {
	if part <= 0 {
		return
	}
	for i, v := range row {
		sum[i] += v * float32(part)
	}
}

// shorten averages a row of RGBA pixels into short.
func (s shrinker) shorten(pix []uint8, short []float32) {
	clear(short)
	per := float32(s.width) / float32(len(pix)/4)
	x, filled := 0, float32(0)
	for i := 0; i < len(pix); i += 4 {
		part := min(per, 1-filled)
		for c := range s.colours {
			short[x*s.colours+c] += float32(pix[i+c]) * part
		}
		filled += part
		if filled > 1-1e-5 && x+1 < s.width {
			x++
			filled = per - part
			for c := range s.colours {
				short[x*s.colours+c] += float32(pix[i+c]) * filled
			}
		}
	}
}

// grey reports whether a picture is stored without colour.
func grey(src image.Image) bool {
	switch p := src.(type) {
	case *image.Gray, *image.Gray16:
		return true
	case *image.Paletted:
		for _, c := range p.Palette {
			if r, g, b, a := c.RGBA(); r != g || g != b || a != 0xffff {
				return false
			}
		}
		return true
	}
	return false
}
