package scans

import (
	"image"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// argsOf is how many points a segment has.
func argsOf(op sfnt.SegmentOp) int {
	switch op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	}
	return 1
}

// picture is pixels: one plane for grey, three for colour.
type picture struct {
	w, h   int
	planes [][]uint8
}

func newPicture(w, h, planes int, tone uint8) *picture {
	p := &picture{w: w, h: h}
	for range planes {
		plane := make([]uint8, w*h)
		for i := range plane {
			plane[i] = tone
		}
		p.planes = append(p.planes, plane)
	}
	return p
}

func (p *picture) tone(in ink, plane int) float64 {
	if len(p.planes) == 1 {
		return 0.3*float64(in[0]) + 0.59*float64(in[1]) + 0.11*float64(in[2])
	}
	return float64(in[plane])
}

// press draws sheets.
type press struct {
	scale float64
	ras   vector.Rasterizer
	mask  *image.Alpha
}

// draw draws a sheet at a resolution, in colour or grey.
func (s *sheet) draw(dpi float64, colour bool) *picture {
	planes := 1
	if colour {
		planes = 3
	}
	d := &press{scale: dpi / 72}
	p := newPicture(int(s.w*d.scale+0.5), int(s.h*d.scale+0.5), planes, 255)
	for _, m := range s.marks {
		switch {
		case m.run != nil:
			for _, l := range m.run.letters {
				d.letter(p, m.run.face, l, m.ink)
			}
		case m.width == 0:
			d.polygon(p, m.path, m.ink)
		default:
			for i := 1; i < len(m.path); i++ {
				d.stroke(p, m.path[i-1], m.path[i], m.width, m.ink)
			}
		}
	}
	return p
}

// within begins a shape whose corners lie in b (points) and returns the pixel it is counted from.
func (d *press) within(b rect) (ox, oy float32) {
	x0, y0 := math.Floor(b.x0*d.scale)-1, math.Floor(b.y0*d.scale)-1
	w, h := int(math.Ceil(b.x1*d.scale)-x0)+2, int(math.Ceil(b.y1*d.scale)-y0)+2
	d.ras.Reset(w, h)
	return float32(x0), float32(y0)
}

// blend puts the shape that was begun on the picture.
func (d *press) blend(p *picture, ox, oy float32, in ink) {
	size := d.ras.Size()
	if d.mask == nil || d.mask.Rect.Dx() < size.X || d.mask.Rect.Dy() < size.Y {
		d.mask = image.NewAlpha(image.Rect(0, 0, size.X, size.Y))
	}
	for y := range size.Y {
		clear(d.mask.Pix[y*d.mask.Stride : y*d.mask.Stride+size.X])
	}
	d.ras.Draw(d.mask, image.Rect(0, 0, size.X, size.Y), image.Opaque, image.Point{})
	for n, plane := range p.planes {
		tone := p.tone(in, n)
		for y := range size.Y {
			py := int(oy) + y
			if py < 0 || py >= p.h {
				continue
			}
			row := d.mask.Pix[y*d.mask.Stride:]
			for x := range size.X {
				a, px := row[x], int(ox)+x
				if a == 0 || px < 0 || px >= p.w {
					continue
				}
				under := &plane[py*p.w+px]
				*under = uint8(float64(*under) + (tone-float64(*under))*float64(a)/255)
			}
		}
	}
}

func (d *press) letter(p *picture, f *face, l letter, in ink) {
	g := f.glyph(l.r)
	if len(g.segments) == 0 {
		return
	}
	one := run{face: f, letters: []letter{l}}
	ox, oy := d.within(one.box())
	at := func(seg sfnt.Segment, i int) (float32, float32) {
		q := l.place(float64(seg.Args[i].X)/64, float64(seg.Args[i].Y)/64)
		return float32(q.x*d.scale) - ox, float32(q.y*d.scale) - oy
	}
	for i, seg := range g.segments {
		x, y := at(seg, 0)
		switch seg.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				d.ras.ClosePath()
			}
			d.ras.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			d.ras.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(seg, 1)
			d.ras.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(seg, 1)
			x2, y2 := at(seg, 2)
			d.ras.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	d.ras.ClosePath()
	d.blend(p, ox, oy, in)
}

func (d *press) polygon(p *picture, path []point, in ink) {
	b := rect{path[0].x, path[0].y, path[0].x, path[0].y}
	for _, q := range path {
		b = b.with(rect{q.x, q.y, q.x, q.y})
	}
	ox, oy := d.within(b)
	for i, q := range path {
		x, y := float32(q.x*d.scale)-ox, float32(q.y*d.scale)-oy
		if i == 0 {
			d.ras.MoveTo(x, y)
		} else {
			d.ras.LineTo(x, y)
		}
	}
	d.ras.ClosePath()
	d.blend(p, ox, oy, in)
}

// stroke is one straight piece of a pen's line, a little longer than its ends so that pieces join.
func (d *press) stroke(p *picture, a, b point, width float64, in ink) {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	ux, uy := dx/length*width/2, dy/length*width/2
	d.polygon(p, []point{
		{a.x - ux*0.6 - uy, a.y - uy*0.6 + ux}, {b.x + ux*0.6 - uy, b.y + uy*0.6 + ux},
		{b.x + ux*0.6 + uy, b.y + uy*0.6 - ux}, {a.x - ux*0.6 + uy, a.y - uy*0.6 - ux}}, in)
}
