package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif"  // a logo may come as one
	_ "image/jpeg" // likewise
	"image/png"
	"math"
	"strings"
)

// shape is a line through points, or an area; or a picture in its box.
type shape struct {
	points  [][2]float64
	filled  bool
	width   float64 // of a line
	dash    []float64
	picture *Picture
	sheet   *Sheet // whose words lie behind the picture
}

// Picture is a JPEG or PNG that was made ready for printing by NewPicture.
type Picture struct {
	data          []byte
	kind, name    string
	width, height float64 // pixels
}

// NewPicture reads a JPEG, PNG or GIF. Whatever gofpdf cannot take (an alpha channel, 16 bits, interlacing, palettes, CMYK) is
// flattened onto white first.
func NewPicture(data []byte) (*Picture, error) {
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the picture is no JPEG, PNG or GIF: %w", err)
	}
	if cfg.Width < 1 || cfg.Height < 1 || cfg.Width > 10000 || cfg.Height > 10000 {
		return nil, fmt.Errorf("a picture of %d by %d pixels cannot be printed", cfg.Width, cfg.Height)
	}
	p := &Picture{data: data, kind: "jpg", width: float64(cfg.Width), height: float64(cfg.Height)}
	if kind != "jpeg" || cfg.ColorModel != color.YCbCrModel && cfg.ColorModel != color.GrayModel {
		if p.data, err = flattened(data); err != nil {
			return nil, err
		}
		p.kind = "png"
	}
	p.name = named(p.data)
	return p, nil
}

// flattened is a picture on white, as PNG.
func flattened(data []byte) ([]byte, error) {
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the picture cannot be read: %w", err)
	}
	b := src.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), src, b.Min, draw.Over)
	var out bytes.Buffer
	err = png.Encode(&out, flat)
	return out.Bytes(), err
}

func named(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// within is the size of the picture inside a box, never larger than 72 pixels an inch would make it.
func (p *Picture) within(w, h float64) (float64, float64) {
	k := min(w/p.width, h/p.height, 1)
	return p.width * k, p.height * k
}

// stroke draws a line through points.
func (d *Document) stroke(points [][2]float64, width float64, ink Ink, dash ...float64) {
	d.add(op{kind: drawShape, ink: ink, shape: &shape{points: points, width: width, dash: dash}})
}

// area fills the inside of points.
func (d *Document) area(points [][2]float64, ink Ink) {
	d.add(op{kind: drawShape, ink: ink, shape: &shape{points: points, filled: true}})
}

// disc and square are marks at a point, filled or hollow.
func (d *Document) disc(x, y, r float64, ink Ink, hollow bool) {
	const corners = 20
	points := make([][2]float64, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = [2]float64{x + r*cos, y + r*sin}
	}
	d.mark(points, ink, hollow)
}

func (d *Document) square(x, y, r float64, ink Ink, hollow bool) {
	d.mark([][2]float64{{x - r, y - r}, {x + r, y - r}, {x + r, y + r}, {x - r, y + r}}, ink, hollow)
}

func (d *Document) mark(points [][2]float64, ink Ink, hollow bool) {
	if !hollow {
		d.area(points, ink)
		return
	}
	d.area(points, white)
	d.stroke(append(points, points[0]), 0.9, ink)
}

// label puts a short text at a baseline, cut with an ellipsis where it is wider than its room.
func (d *Document) label(text string, style Style, x, baseline, room float64, align Align) {
	if style.Size == 0 {
		style.Size = smallSize
	}
	l := d.fitted(text, style, room)
	switch align {
	case Right:
		x += room - l.width
	case Center:
		x += (room - l.width) / 2
	}
	d.line(l, x, baseline)
}

// fitted is a text on one line, cut with an ellipsis where it is too wide.
func (d *Document) fitted(text string, style Style, room float64) line {
	text = strings.ReplaceAll(clean(text), "\n", " ")
	l := d.setter.compose(Rich{{text, style}})
	if l.width <= room {
		return l
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if d.setter.compose(Rich{{string(runes[:mid]) + "…", style}}).width <= room {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return d.setter.compose(Rich{{strings.TrimRight(string(runes[:low]), " ,") + "…", style}})
}

// shape draws one shape.
func (p *pen) shape(o *op) {
	s := o.shape
	switch {
	case s.sheet != nil:
		p.sheetWords(o)
	case s.picture != nil:
		p.picture(s.picture, o)
	case s.filled:
		p.fill(o.ink)
		p.f.MoveTo(s.points[0][0], s.points[0][1])
		for _, at := range s.points[1:] {
			p.f.LineTo(at[0], at[1])
		}
		p.f.ClosePath()
		p.f.DrawPath("F")
	default:
		p.rule(o.ink)
		p.f.SetLineWidth(s.width)
		p.f.SetDashPattern(s.dash, 0)
		p.f.MoveTo(s.points[0][0], s.points[0][1])
		for _, at := range s.points[1:] {
			p.f.LineTo(at[0], at[1])
		}
		p.f.DrawPath("D")
		p.f.SetDashPattern(nil, 0)
		p.f.SetLineWidth(rule)
	}
}
