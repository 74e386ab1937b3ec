package scan

import (
	"image"
	"math"
	"slices"
)

// Quad is where a page lies on a photo: its corners, from the upper left clockwise.
type Quad [4]Point

// Point is a place on a picture.
type Point struct{ X, Y float64 }

// PageOn finds the page on a photo: a bright sheet with four straight edges on a darker ground. False where that is not
// clear; then the picture is taken as the page.
func PageOn(photo *image.Gray) (Quad, bool) {
	const side = 480
	small := Within(photo, side)
	scale := float64(photo.Rect.Dx()) / float64(small.Rect.Dx())
	for _, up := range shadows {
		sheet, ok := brightSheet(small, up)
		if !ok {
			continue
		}
		if q, ok := sheet.corners(); ok {
			for i := range q {
				q[i].X, q[i].Y = (q[i].X+0.5)*scale-0.5, (q[i].Y+0.5)*scale-0.5
			}
			return q, true
		}
	}
	return Quad{}, false
}

// shadows are how far up from the ground's tone to the page's the darkest of the page may be, one after the other: a shadow on the page is
// nearer to the page than to the ground, but may be only a third of the way up, and a deep one hardly above the ground in the light.
var shadows = []float64{0.3, 0.2, 0.1}

// corners are where the edges of a sheet meet, false where it has not four straight ones.
func (s *sheet) corners() (q Quad, ok bool) {
	w, h := s.w, s.h
	edges := [4]line{}
	for i, points := range [4][]Point{top: s.top(w, h), right: s.right(w, h), bottom: s.bottom(w, h), left: s.left(w, h)} {
		if edges[i], ok = fitLine(points, i == left || i == right); !ok {
			return Quad{}, false
		}
	}
	q = Quad{edges[top].meets(edges[left]), edges[top].meets(edges[right]), edges[bottom].meets(edges[right]), edges[bottom].meets(edges[left])}
	if !q.paper(w, h) || math.Abs(q.area()/float64(s.size)-1) > 0.08 {
		return Quad{}, false
	}
	return q, true
}

// The edges of a sheet.
const (
	top = iota
	right
	bottom
	left
)

// sheet is the pixels of the bright region in the middle of a photo.
type sheet struct {
	in   []bool
	w, h int
	size int
}

// brightSheet finds the largest region brighter than the ground around it. The ground's tone is that of the picture's
// rim; a page that fills the picture has none. What is so far up from it to the page's belongs to the page.
func brightSheet(p *image.Gray, up float64) (sheet, bool) {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	rim, middle := tonesOf(p)
	ground, paper := quantile(rim, 0.6), quantile(middle, 0.7)
	if int(paper)-int(ground) < 40 {
		return sheet{}, false
	}
	level := ground + uint8(float64(paper-ground)*up)
	s := sheet{in: make([]bool, w*h), w: w, h: h}
	s.fill(p, level)
	share := float64(s.size) / float64(w*h)
	return s, share > 0.3 && share < 0.985
}

// tonesOf are the tones of the outermost pixels and of the middle half of a picture.
func tonesOf(p *image.Gray) (rim, middle []uint8) {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	eachRow(p, func(y int, row []uint8) {
		for x, v := range row {
			switch {
			case x < 3 || y < 3 || x >= w-3 || y >= h-3:
				rim = append(rim, v)
			case x > w/4 && x < w*3/4 && y > h/4 && y < h*3/4:
				middle = append(middle, v)
			}
		}
	})
	return rim, middle
}

func quantile(tones []uint8, q float64) uint8 {
	if len(tones) == 0 {
		return 0
	}
	slices.Sort(tones)
	return tones[int(q*float64(len(tones)-1))]
}

// fill takes the largest connected region over a level, and what is enclosed by it along each row (print).
func (s *sheet) fill(p *image.Gray, level uint8) {
	group := make([]int32, len(s.in)) // 0 none yet
	best, bestSize := int32(0), 0
	var queue []int
	next := int32(0)
	for start := range group {
		if group[start] != 0 || p.Pix[start] <= level {
			continue
		}
		next++
		group[start] = next
		queue = append(queue[:0], start)
		for i := 0; i < len(queue); i++ {
			x, y := queue[i]%s.w, queue[i]/s.w
			for _, n := range [4][2]int{{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}} {
				if n[0] < 0 || n[1] < 0 || n[0] >= s.w || n[1] >= s.h {
					continue
				}
				if j := n[1]*s.w + n[0]; group[j] == 0 && p.Pix[j] > level {
					group[j] = next
					queue = append(queue, j)
				}
			}
		}
		if len(queue) > bestSize {
			best, bestSize = next, len(queue)
		}
	}
	for y := range s.h {
		first, last := -1, -1
		for x := range s.w {
			if best != 0 && group[y*s.w+x] == best {
				if first < 0 {
					first = x
				}
				last = x
			}
		}
		for x := max(first, 0); first >= 0 && x <= last; x++ {
			s.in[y*s.w+x] = true
			s.size++
		}
	}
}

func (s *sheet) left(w, h int) (points []Point) {
	for y := range h {
		for x := range w {
			if s.in[y*w+x] {
				points = append(points, Point{float64(x), float64(y)})
				break
			}
		}
	}
	return points
}

func (s *sheet) right(w, h int) (points []Point) {
	for y := range h {
		for x := w - 1; x >= 0; x-- {
			if s.in[y*w+x] {
				points = append(points, Point{float64(x), float64(y)})
				break
			}
		}
	}
	return points
}

func (s *sheet) top(w, h int) (points []Point) {
	for x := range w {
		for y := range h {
			if s.in[y*w+x] {
				points = append(points, Point{float64(x), float64(y)})
				break
			}
		}
	}
	return points
}

func (s *sheet) bottom(w, h int) (points []Point) {
	for x := range w {
		for y := h - 1; y >= 0; y-- {
			if s.in[y*w+x] {
				points = append(points, Point{float64(x), float64(y)})
				break
			}
		}
	}
	return points
}

// line is a*X + b*Y = c, with a and b of length one.
type line struct{ a, b, c float64 }

func (l line) meets(m line) Point {
	d := l.a*m.b - m.a*l.b
	if math.Abs(d) < 1e-9 {
		return Point{math.NaN(), math.NaN()}
	}
	return Point{(l.c*m.b - m.c*l.b) / d, (l.a*m.c - m.a*l.c) / d}
}

func (l line) off(p Point) float64 { return math.Abs(l.a*p.X + l.b*p.Y - l.c) }

// fitLine finds the line that most points lie on: of all lines through two of them, a part each, then through all that
// are near. The points of an edge also take in parts of the neighbouring edges; those lie on no one line.
func fitLine(points []Point, upright bool) (line, bool) {
	const tries, near = 40, 1.5
	if len(points) < 40 {
		return line{}, false
	}
	var best line
	most := 0
	for i := range tries {
		for j := i + tries/5; j < tries; j++ {
			l := through(points[i*len(points)/tries], points[j*len(points)/tries])
			if upright == (math.Abs(l.b) > math.Abs(l.a)) {
				continue
			}
			n := 0
			for k := 0; k < len(points); k += 2 {
				if l.off(points[k]) <= near {
					n++
				}
			}
			if n > most {
				best, most = l, n
			}
		}
	}
	if most*2 < len(points)*6/10 {
		return line{}, false
	}
	var on []Point
	for _, p := range points {
		if best.off(p) <= near {
			on = append(on, p)
		}
	}
	return regress(on, upright), true
}

func through(p, q Point) line {
	a, b := q.Y-p.Y, p.X-q.X
	n := math.Hypot(a, b)
	if n == 0 {
		return line{}
	}
	a, b = a/n, b/n
	return line{a, b, a*p.X + b*p.Y}
}

// regress is the straight line with the least squares, X by Y for an upright one.
func regress(points []Point, upright bool) line {
	var n, st, sv, stt, stv float64
	for _, p := range points {
		t, v := p.X, p.Y
		if upright {
			t, v = p.Y, p.X
		}
		n++
		st, sv, stt, stv = st+t, sv+v, stt+t*t, stv+t*v
	}
	slope := (n*stv - st*sv) / (n*stt - st*st)
	start := (sv - slope*st) / n
	p, q := Point{0, start}, Point{1000, start + 1000*slope}
	if upright {
		p, q = Point{start, 0}, Point{start + 1000*slope, 1000}
	}
	return through(p, q)
}

func (q Quad) area() float64 {
	var sum float64
	for i, p := range q {
		n := q[(i+1)%4]
		sum += p.X*n.Y - n.X*p.Y
	}
	return math.Abs(sum) / 2
}

// paper reports whether the corners make the shape of a sheet seen at an angle that can be read.
func (q Quad) paper(w, h int) bool {
	slack := 0.06 * float64(max(w, h))
	for i, p := range q {
		if math.IsNaN(p.X) || p.X < -slack || p.Y < -slack || p.X > float64(w)+slack || p.Y > float64(h)+slack {
			return false
		}
		before, after := q[(i+3)%4], q[(i+1)%4]
		turn := math.Atan2(after.Y-p.Y, after.X-p.X) - math.Atan2(before.Y-p.Y, before.X-p.X)
		degrees := math.Mod(math.Abs(turn)*180/math.Pi, 360)
		if degrees > 180 {
			degrees = 360 - degrees
		}
		if degrees < 65 || degrees > 115 {
			return false
		}
	}
	width, height := q.sides()
	return width/height > 0.4 && width/height < 2.5
}

// sides are the mean width and height.
func (q Quad) sides() (width, height float64) {
	side := func(i, j int) float64 { return math.Hypot(q[i].X-q[j].X, q[i].Y-q[j].Y) }
	return (side(0, 1) + side(3, 2)) / 2, (side(1, 2) + side(0, 3)) / 2
}

// sheets are the usual sizes of paper, in inches: Letter, A4, Legal.
var sheets = [][2]float64{{8.5, 11}, {8.27, 11.69}, {8.5, 14}}

// Flat is the page alone, drawn as if it lay flat, its long side so many pixels. Where its shape is near a usual sheet's
// it is given that sheet's shape exactly.
func Flat(photo *image.Gray, q Quad, long int) *image.Gray {
	width, height := q.sides()
	ratio := min(width, height) / max(width, height)
	for _, s := range sheets {
		if r := s[0] / s[1]; math.Abs(ratio/r-1) < 0.05 {
			ratio = r
			break
		}
	}
	w, h := int(float64(long)*ratio+0.5), long
	if width > height {
		w, h = h, w
	}
	m := perspective(q, float64(w-1), float64(h-1))
	return drawn(photo, w, h, func(x, y float64) (float64, float64) {
		d := m[6]*x + m[7]*y + 1
		return (m[0]*x + m[1]*y + m[2]) / d, (m[3]*x + m[4]*y + m[5]) / d
	})
}

// perspective maps the rectangle 0, 0 to w, h onto a quad (Heckbert 1989, section 2.2.3).
func perspective(q Quad, w, h float64) [8]float64 {
	dx1, dx2, sx := q[1].X-q[2].X, q[3].X-q[2].X, q[0].X-q[1].X+q[2].X-q[3].X
	dy1, dy2, sy := q[1].Y-q[2].Y, q[3].Y-q[2].Y, q[0].Y-q[1].Y+q[2].Y-q[3].Y
	d := dx1*dy2 - dx2*dy1
	g, k := (sx*dy2-dx2*sy)/d, (dx1*sy-sx*dy1)/d
	return [8]float64{
		(q[1].X - q[0].X + g*q[1].X) / w, (q[3].X - q[0].X + k*q[3].X) / h, q[0].X,
		(q[1].Y - q[0].Y + g*q[1].Y) / w, (q[3].Y - q[0].Y + k*q[3].Y) / h, q[0].Y,
		g / w, k / h,
	}
}
