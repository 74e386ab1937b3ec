package scans

import (
	"math"
	"math/rand/v2"
)

// wear is what happened to a page between the printer and the desk.
type wear struct {
	profile string
	turn    int     // quarter turns clockwise
	skew    float64 // degrees
	colour  bool
	dpi     float64
}

// profiles and how often they come, of a hundred.
var profiles = []struct {
	name string
	of   int
}{{"scan", 24}, {"skew", 11}, {"rot90", 5}, {"rot180", 4}, {"rot270", 4}, {"fax", 11}, {"faded", 8}, {"blur", 7}, {"lowres", 6}, {"photo", 20}}

func someProfile(rng *rand.Rand) string {
	n := rng.IntN(100)
	for _, p := range profiles {
		if n -= p.of; n < 0 {
			return p.name
		}
	}
	return "scan"
}

func newWear(rng *rand.Rand, profile string) wear {
	w := wear{profile: profile, dpi: 200, colour: rng.IntN(5) == 0, skew: (rng.Float64() - 0.5) * 2.4}
	switch profile {
	case "clean":
		w.skew = 0
	case "skew":
		w.skew = (2 + 3*rng.Float64()) * float64(1-2*rng.IntN(2))
	case "rot90", "rot180", "rot270":
		w.turn = map[string]int{"rot90": 1, "rot180": 2, "rot270": 3}[profile]
	case "fax":
		w.colour = false
	case "lowres":
		w.dpi = 112 + 12*rng.Float64()
	case "photo":
		w.colour, w.dpi = true, 175+20*rng.Float64()
	}
	w.skew = math.Round(w.skew*100) / 100
	return w
}

// picture draws the sheet and wears it.
func (w wear) picture(rng *rand.Rand, s *sheet) *picture {
	p := s.draw(w.dpi, w.colour)
	if w.profile == "photo" {
		p = photographed(rng, p, w.skew)
	} else if w.skew != 0 {
		p = turned(p, w.skew)
	}
	switch w.profile {
	case "clean":
	case "fax":
		faxed(rng, p)
	case "faded":
		left := 0.30 + 0.15*rng.Float64()
		p.each(func(v float64) float64 { return 250 - (250-v)*left })
		noise(rng, p, 4)
	case "blur":
		soften(p, 1)
		soften(p, 1)
		soften(p, 2)
		noise(rng, p, 4)
	case "photo":
		noise(rng, p, 5)
	case "creased":
		creased(rng, p)
		noise(rng, p, 4)
	default:
		p.each(func(v float64) float64 { return 14 + v*0.93 })
		noise(rng, p, 3+4*rng.Float64())
		specks(rng, p, 40)
	}
	for range w.turn {
		p = p.quarter()
	}
	return p
}

// creased is a paper that was folded to fit a pocket: dark along the folds, a little dark beside them, dull all over.
func creased(rng *rand.Rand, p *picture) {
	near := func(share float64) float64 { return share - 0.02 + 0.04*rng.Float64() }
	folds := []struct {
		at, bend, deep float64
		upright        bool
	}{
		{float64(p.h) * near(0.34), rng.NormFloat64() * 0.005, 18 + 30*rng.Float64(), false},
		{float64(p.h) * near(0.67), rng.NormFloat64() * 0.005, 18 + 30*rng.Float64(), false},
		{float64(p.w) * near(0.5), rng.NormFloat64() * 0.005, 10 + 20*rng.Float64(), true},
	}[:2+rng.IntN(2)]
	for y := range p.h {
		for x := range p.w {
			less := 9.0
			for _, f := range folds {
				across, along := float64(y), float64(x)
				if f.upright {
					across, along = along, across
				}
				off := math.Abs(across - f.at - f.bend*along)
				less += max(0, f.deep*(1-off/2.5)) + max(0, 8*(1-off/14))
			}
			for _, plane := range p.planes {
				v := &plane[y*p.w+x]
				*v = uint8(max(0, float64(*v)-less))
			}
		}
	}
}

// each maps every tone.
func (p *picture) each(to func(float64) float64) {
	var table [256]uint8
	for v := range table {
		table[v] = uint8(min(max(to(float64(v)), 0), 255))
	}
	for _, plane := range p.planes {
		for i, v := range plane {
			plane[i] = table[v]
		}
	}
}

// quarter turns the picture by a quarter clockwise.
func (p *picture) quarter() *picture {
	q := &picture{w: p.h, h: p.w}
	for _, from := range p.planes {
		to := make([]uint8, len(from))
		for y := range p.h {
			for x := range p.w {
				to[x*q.w+q.w-1-y] = from[y*p.w+x]
			}
		}
		q.planes = append(q.planes, to)
	}
	return q
}

// turned is the picture turned clockwise by degrees on white, in a frame as large as before.
func turned(p *picture, degrees float64) *picture {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(p.w)/2, float64(p.h)/2
	q := newPicture(p.w, p.h, len(p.planes), 253)
	q.drawFrom(p, [9]float64{cos, sin, cx - cos*cx - sin*cy, -sin, cos, cy + sin*cx - cos*cy, 0, 0, 1})
	return q
}

// drawFrom fills the picture from another: m maps a pixel of p to one of from. What lies outside from stays as it was.
func (p *picture) drawFrom(from *picture, m [9]float64) {
	for y := range p.h {
		fy := float64(y)
		for x := range p.w {
			fx := float64(x)
			d := m[6]*fx + m[7]*fy + m[8]
			sx, sy := (m[0]*fx+m[1]*fy+m[2])/d, (m[3]*fx+m[4]*fy+m[5])/d
			if sx < 0 || sy < 0 || sx >= float64(from.w-1) || sy >= float64(from.h-1) {
				continue
			}
			ix, iy := int(sx), int(sy)
			ax, ay := int((sx-float64(ix))*256), int((sy-float64(iy))*256)
			at := iy*from.w + ix
			for n, plane := range from.planes {
				top := int(plane[at])*(256-ax) + int(plane[at+1])*ax
				low := int(plane[at+from.w])*(256-ax) + int(plane[at+from.w+1])*ax
				p.planes[n][y*p.w+x] = uint8((top*(256-ay) + low*ay) >> 16)
			}
		}
	}
}

// photographed is the page lying on a desk, seen a little from the side, in uneven light.
func photographed(rng *rand.Rand, p *picture, degrees float64) *picture {
	edge := 0.05 * float64(p.w)
	w, h := p.w+int(2*edge), p.h+int(2*edge)
	q := newPicture(w, h, len(p.planes), 0)
	desk := [][3]float64{{92, 66, 46}, {58, 60, 64}, {120, 112, 100}}[rng.IntN(3)]
	grain := rng.Float64() * 6
	for n := range q.planes {
		for y := range h {
			tone := uint8(desk[n] + 7*math.Sin(float64(y)/9+grain) + 4*math.Sin(float64(y)/2.3))
			row := q.planes[n][y*w : y*w+w]
			for x := range row {
				row[x] = tone
			}
		}
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	var corners [4]point
	for i, c := range []point{{0, 0}, {float64(p.w), 0}, {float64(p.w), float64(p.h)}, {0, float64(p.h)}} {
		dx, dy := c.x-float64(p.w)/2, c.y-float64(p.h)/2
		corners[i] = point{float64(w)/2 + (dx*cos-dy*sin)*0.985 + (rng.Float64()-0.5)*edge*0.9, float64(h)/2 + (dx*sin+dy*cos)*0.985 + (rng.Float64()-0.5)*edge*0.9}
	}
	q.drawFrom(p, inverse(squareTo(corners, float64(p.w), float64(p.h))))
	shade(rng, q)
	return q
}

// shade darkens towards one side and lays the shadow of a hand or a phone across a part.
func shade(rng *rand.Rand, p *picture) {
	angle := rng.Float64() * 2 * math.Pi
	ux, uy := math.Cos(angle)/float64(p.w), math.Sin(angle)/float64(p.h)
	fall := 0.12 + 0.18*rng.Float64()
	sx, sy := math.Cos(angle+1.3)/float64(p.w), math.Sin(angle+1.3)/float64(p.h)
	where, soft, deep := 0.25+0.2*rng.Float64(), 60.0, 0.12+0.2*rng.Float64()
	warm := [3]float64{1, 0.985, 0.94}
	for y := range p.h {
		for x := range p.w {
			cx, cy := float64(x)-float64(p.w)/2, float64(y)-float64(p.h)/2
			light := 0.93 - fall*(cx*ux+cy*uy+0.5)
			if d := (cx*sx + cy*sy - where) * soft; d > 0 {
				light *= 1 - deep*min(d, 1)
			}
			for n, plane := range p.planes {
				v := &plane[y*p.w+x]
				*v = uint8(float64(*v) * light * warm[n])
			}
		}
	}
}

// squareTo is the projection that takes the rectangle 0, 0, w, h to four corners (Heckbert 1989, section 2.2.3).
func squareTo(c [4]point, w, h float64) [9]float64 {
	dx1, dx2, dx3 := c[1].x-c[2].x, c[3].x-c[2].x, c[0].x-c[1].x+c[2].x-c[3].x
	dy1, dy2, dy3 := c[1].y-c[2].y, c[3].y-c[2].y, c[0].y-c[1].y+c[2].y-c[3].y
	det := dx1*dy2 - dx2*dy1
	g, k := (dx3*dy2-dx2*dy3)/det, (dx1*dy3-dx3*dy1)/det
	return [9]float64{
		(c[1].x - c[0].x + g*c[1].x) / w, (c[3].x - c[0].x + k*c[3].x) / h, c[0].x,
		(c[1].y - c[0].y + g*c[1].y) / w, (c[3].y - c[0].y + k*c[3].y) / h, c[0].y,
		g / w, k / h, 1}
}

func inverse(m [9]float64) [9]float64 {
	return [9]float64{
		m[4]*m[8] - m[5]*m[7], m[2]*m[7] - m[1]*m[8], m[1]*m[5] - m[2]*m[4],
		m[5]*m[6] - m[3]*m[8], m[0]*m[8] - m[2]*m[6], m[2]*m[3] - m[0]*m[5],
		m[3]*m[7] - m[4]*m[6], m[1]*m[6] - m[0]*m[7], m[0]*m[4] - m[1]*m[3]}
}

// noise is the grain of a sensor.
func noise(rng *rand.Rand, p *picture, strength float64) {
	var table [4096]int16
	for i := range table {
		table[i] = int16(math.Round(rng.NormFloat64() * strength))
	}
	for _, plane := range p.planes {
		var bits uint64
		for i, v := range plane {
			if i%5 == 0 {
				bits = rng.Uint64()
			}
			plane[i] = uint8(min(max(int16(v)+table[bits&4095], 0), 255))
			bits >>= 12
		}
	}
}

// specks are dust on the glass.
func specks(rng *rand.Rand, p *picture, count int) {
	for range count {
		x, y, size := rng.IntN(p.w-4), rng.IntN(p.h-4), 1+rng.IntN(3)
		for _, plane := range p.planes {
			for dy := range size {
				for dx := range size {
					plane[(y+dy)*p.w+x+dx] = 90
				}
			}
		}
	}
}

// soften is the mean of neighbours within a radius, across and down.
func soften(p *picture, radius int) {
	for n, plane := range p.planes {
		p.planes[n] = smooth(smooth(plane, p.w, p.h, 1, p.w, radius), p.h, p.w, p.w, 1, radius)
	}
}

// smooth runs along lines of a plane: each of length n, steps apart by step, lines apart by next.
func smooth(plane []uint8, n, lines, step, next, radius int) []uint8 {
	out := make([]uint8, len(plane))
	for l := range lines {
		base, sum := l*next, 0
		at := func(i int) int { return int(plane[base+min(max(i, 0), n-1)*step]) }
		for i := -radius; i <= radius; i++ {
			sum += at(i)
		}
		for i := range n {
			out[base+i*step] = uint8(sum / (2*radius + 1))
			sum += at(i+radius+1) - at(i-radius)
		}
	}
	return out
}

// faxed leaves black and white only, with the specks and the dirty lines of a machine that was never cleaned.
func faxed(rng *rand.Rand, p *picture) {
	noise(rng, p, 26)
	limit := uint8(140 + rng.IntN(50))
	plane := p.planes[0]
	for i, v := range plane {
		plane[i] = 255
		if v < limit {
			plane[i] = 0
		}
	}
	for range 200 + rng.IntN(500) {
		plane[rng.IntN(len(plane))] = 0
	}
	for range rng.IntN(3) {
		x := rng.IntN(p.w)
		for y := range p.h {
			if rng.IntN(9) > 0 {
				plane[y*p.w+x] = 0
			}
		}
	}
	for range rng.IntN(3) {
		y := rng.IntN(p.h)
		for x := range p.w {
			if rng.IntN(3) == 0 {
				plane[y*p.w+x] = 255
			}
		}
	}
}
