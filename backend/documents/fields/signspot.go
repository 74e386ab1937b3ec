package fields

import (
	"image"
	"math"
	"slices"

	"tracedesk/backend/documents/paper"
)

// signSpot is where a line is signed: the ink around its wording without print and rules, and the part of it to sign in.
type signSpot struct {
	m     *mask
	area  image.Rectangle
	ruled bool    // a rule or a box says where to sign
	lean  float64 // the slope of that rule, laid level in m
}

func (s signSpot) holds(b blob) bool {
	return image.Pt((b.box.Min.X+b.box.Max.X)/2, (b.box.Min.Y+b.box.Max.Y)/2).In(s.area)
}

// leans are the slopes at which a stamp or a photographed form has its rules, the likeliest first: parts of a step across.
var leans = []float64{0.0175, -0.0175, 0.035, -0.035, 0.052, -0.052, 0.07, -0.07, 0.087, -0.087}

// spotToSign finds where a line is signed. Where no level rule is near its wording, a leaning one may be: a stamp is never set straight,
// and its foot is not where to sign.
func (f *finder) spotToSign(k *ink, l line, region paper.Box) signSpot {
	whole := k.rect(region)
	m := k.mask(whole)
	if m.r.Empty() {
		return signSpot{m: m}
	}
	shortest, thick := int(0.09*float64(k.w)), int(0.004*float64(k.h))
	across, down := m.rules(shortest, thick)
	f.wipePrint(k, m, l)
	lineHeight := int(f.sheet.height * float64(k.h))
	area, near := f.signArea(k, l, region, across, down)
	best := signSpot{m: m, area: area, ruled: !area.Empty()}
	if best.ruled && near <= lineHeight {
		return best
	}
	near -= lineHeight // a level one is likelier
	for _, lean := range leans {
		level := m.leaning(lean, k.rect(l.box))
		across, sides := level.rules(shortest, thick)
		area, gap := f.signArea(k, l, region, across, append(sides, down...))
		if !area.Empty() && gap < near {
			best, near = signSpot{level, area, true, lean}, gap
		}
	}
	if !best.ruled {
		best.area = whole
	}
	return best
}

// inSpot is the same spot with the ink of another darkness: the rules of a form may be paler than its print.
func (f *finder) inSpot(k *ink, l line, region paper.Box, spot signSpot) signSpot {
	m := k.mask(k.rect(region))
	m.rules(int(0.09*float64(k.w)), int(0.004*float64(k.h)))
	f.wipePrint(k, m, l)
	if spot.lean != 0 {
		m = m.leaning(spot.lean, k.rect(l.box))
	}
	spot.m = m
	return spot
}

// leaning is the mask with what rises or falls by a slope laid level, around a place that stays where it is.
func (m *mask) leaning(slope float64, around image.Rectangle) *mask {
	w, h := m.r.Dx(), m.r.Dy()
	out := &mask{r: m.r, bits: make([]bool, len(m.bits))}
	mid := (around.Min.X+around.Max.X)/2 - m.r.Min.X
	for x := range w {
		shift := int(math.Round(float64(x-mid) * slope))
		for y := range h {
			if from := y + shift; from >= 0 && from < h {
				out.bits[y*w+x] = m.at(x, from)
			}
		}
	}
	return out
}

// signWide is how wide the strokes of a signature are together at least, as a part of the page.
const signWide = 0.035

// drawn tells the lines of a form from a pen's: a straight one, however it leans, and the frame of a stamp.
func (f *finder) drawn(k *ink, m *mask, b blob) bool {
	line := f.sheet.height * float64(k.h)
	if float64(b.box.Dx()) > 0.15*float64(k.w) && float64(b.box.Dy()) > 3.5*line && m.framed(b.box) {
		return true
	}
	return m.straight(b, max(3, 0.2*line))
}

// straight tells whether a blob is one thin line from end to end.
func (m *mask) straight(b blob, off float64) bool {
	box := b.box.Sub(m.r.Min)
	w := box.Dx()
	if w < 3*box.Dy() {
		return false
	}
	middles := make([]float64, 0, w)
	at := make([]float64, 0, w)
	for x := box.Min.X; x < box.Max.X; x++ {
		top, foot := m.extent(x, box)
		if top > foot {
			continue
		}
		if float64(foot-top) > 2*off {
			return false
		}
		at, middles = append(at, float64(x)), append(middles, float64(top+foot)/2)
	}
	n := len(middles)
	if n < w/2 {
		return false
	}
	slope := (middles[n-1] - middles[0]) / max(at[n-1]-at[0], 1)
	for i, y := range middles {
		if math.Abs(middles[0]+slope*(at[i]-at[0])-y) > off {
			return false
		}
	}
	return true
}

// extent is the first and the last row of a box's column that is ink; the first is behind the last where none is.
func (m *mask) extent(x int, box image.Rectangle) (top, foot int) {
	top, foot = box.Max.Y, box.Min.Y-1
	for y := box.Min.Y; y < box.Max.Y; y++ {
		if m.at(x, y) {
			top, foot = min(top, y), y
		}
	}
	return top, foot
}

// What is pale is a signature only where one stroke of it is as wide as this, as a part of the page, and goes up and down so
// often.
const (
	flowWide  = 0.05
	flowTurns = 4
	flowFill  = 0.3
)

// flowing tells one long stroke that goes up and down from specks, creases and shadows.
func (f *finder) flowing(k *ink, m *mask, b blob) bool {
	w, h, line := float64(b.box.Dx()), float64(b.box.Dy()), f.sheet.height*float64(k.h)
	if w < flowWide*float64(k.w) || h < 1.3*line || h > 8*line || float64(b.pixels) > flowFill*w*h {
		return false
	}
	return m.turns(b) >= flowTurns
}

// A thin pen's stroke breaks where it is palest: its pieces follow one another this near, in lines, cover this part of its width, and go
// up and down more often.
const (
	piecesNear  = 1.2
	piecesCover = 0.6
	piecesTurn  = 6
)

// broken finds one pale stroke in pieces: hollow ones one behind the other, as wide together as a signature.
func (f *finder) broken(k *ink, s signSpot) (image.Rectangle, bool) {
	line := f.sheet.height * float64(k.h)
	var pieces []blob
	for _, b := range s.m.blobs() {
		w, h := float64(b.box.Dx()), float64(b.box.Dy())
		if s.holds(b) && max(w, h) > line/2 && float64(b.pixels) < flowFill*w*h && !f.drawn(k, s.m, b) {
			pieces = append(pieces, b)
		}
	}
	slices.SortFunc(pieces, func(a, b blob) int { return a.box.Min.X - b.box.Min.X })
	for i := range pieces {
		all, wide := pieces[i], pieces[i].box.Dx()
		for _, b := range pieces[i+1:] {
			if float64(b.box.Min.X-all.box.Max.X) > piecesNear*line || min(b.box.Max.Y, all.box.Max.Y) <= max(b.box.Min.Y, all.box.Min.Y) {
				continue
			}
			wide += max(b.box.Max.X-max(all.box.Max.X, b.box.Min.X), 0)
			all = blob{box: all.box.Union(b.box), pixels: all.pixels + b.pixels}
		}
		if float64(wide) >= piecesCover*float64(all.box.Dx()) && s.m.turns(all) >= piecesTurn && f.flowing(k, s.m, all) {
			return all.box, true
		}
	}
	return image.Rectangle{}, false
}

// turns is how often the busiest row of a blob meets ink.
func (m *mask) turns(b blob) (most int) {
	box := b.box.Sub(m.r.Min)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		n, was := 0, false
		for x := box.Min.X; x < box.Max.X; x++ {
			on := m.at(x, y)
			if on && !was {
				n++
			}
			was = on
		}
		most = max(most, n)
	}
	return most
}

// paler is the ink of which a region's thin and faded strokes are: half as dark against the paper there.
func (k *ink) paler(r image.Rectangle) *ink {
	var shades []uint8
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X; x < r.Max.X; x += 2 {
			shades = append(shades, k.g.Pix[y*k.g.Stride+x])
		}
	}
	if len(shades) == 0 {
		return k
	}
	slices.Sort(shades)
	white := int(shades[len(shades)/2])
	dark := min(int(k.dark)+(white-int(k.dark))/2, white-paleStep)
	return &ink{g: k.g, w: k.w, h: k.h, dark: uint8(max(dark, int(k.dark)))}
}

// paleStep is how much darker than the paper a pale stroke is at least.
const paleStep = 24
