package scan

import (
	"image"
	"image/color"
	"image/draw"
)

// Grey is a picture as grey, on white where it is transparent.
func Grey(src image.Image) *image.Gray {
	b := src.Bounds()
	dst := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch p := src.(type) {
	case *image.Gray:
		eachRow(dst, func(y int, row []uint8) { copy(row, p.Pix[p.PixOffset(b.Min.X, b.Min.Y+y):]) })
	case *image.YCbCr:
		eachRow(dst, func(y int, row []uint8) { copy(row, p.Y[p.YOffset(b.Min.X, b.Min.Y+y):]) })
	case *image.Paletted:
		var tones [256]uint8
		for i, c := range p.Palette {
			tones[i] = toneOf(c)
		}
		eachRow(dst, func(y int, row []uint8) {
			for x, i := range p.Pix[p.PixOffset(b.Min.X, b.Min.Y+y):][:len(row)] {
				row[x] = tones[i]
			}
		})
	case *image.RGBA: // stored times its alpha: what alpha leaves is filled up with white
		eachRow(dst, func(y int, row []uint8) {
			pix := p.Pix[p.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range row {
				q := pix[4*x : 4*x+4]
				row[x] = tone(q[0], q[1], q[2]) + (255 - q[3])
			}
		})
	default:
		line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
		eachRow(dst, func(y int, row []uint8) {
			draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(line, line.Rect, src, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
			for x := range row {
				row[x] = tone(line.Pix[4*x], line.Pix[4*x+1], line.Pix[4*x+2])
			}
		})
	}
	return dst
}

func eachRow(p *image.Gray, do func(y int, row []uint8)) {
	w := p.Rect.Dx()
	for y := range p.Rect.Dy() {
		do(y, p.Pix[y*p.Stride:][:w])
	}
}

// tone is the brightness of a colour (ITU-R BT.601).
func tone(r, g, b uint8) uint8 {
	return uint8((19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16)
}

func toneOf(c color.Color) uint8 {
	r, g, b, a := c.RGBA()
	white := 0xffff - a
	return tone(uint8((r+white)>>8), uint8((g+white)>>8), uint8((b+white)>>8))
}

// Copy is the picture with its corner at 0, 0 and no gaps between rows.
func Copy(src *image.Gray) *image.Gray { return Grey(src) }

// Turned turns a picture by quarter turns clockwise.
func Turned(src *image.Gray, quarters int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	quarters = ((quarters % 4) + 4) % 4
	if quarters == 0 {
		return src
	}
	if quarters == 2 {
		dst := image.NewGray(image.Rect(0, 0, w, h))
		eachRow(src, func(y int, row []uint8) {
			to := dst.Pix[(h-1-y)*dst.Stride:]
			for x, v := range row {
				to[w-1-x] = v
			}
		})
		return dst
	}
	dst := image.NewGray(image.Rect(0, 0, h, w))
	eachRow(src, func(y int, row []uint8) {
		for x, v := range row {
			if quarters == 1 {
				dst.Pix[x*dst.Stride+h-1-y] = v
			} else {
				dst.Pix[(w-1-x)*dst.Stride+y] = v
			}
		}
	})
	return dst
}

// Crop is a copy of a part; what lies outside of the picture is left away.
func Crop(src *image.Gray, part image.Rectangle) *image.Gray {
	return Copy(src.SubImage(part.Intersect(src.Rect)).(*image.Gray))
}

// Framed is the picture with a white rim around it.
func Framed(src *image.Gray, rim int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewGray(image.Rect(0, 0, w+2*rim, h+2*rim))
	for i := range dst.Pix {
		dst.Pix[i] = 255
	}
	eachRow(src, func(y int, row []uint8) { copy(dst.Pix[(y+rim)*dst.Stride+rim:], row) })
	return dst
}
