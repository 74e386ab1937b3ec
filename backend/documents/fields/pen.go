package fields

import (
	"cmp"
	"image"
	"math"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Where a few figures are written by hand, how they lean, and what they can be.

// Sizes of strokes, in lines of print.
const (
	tallPen        = 1.02 // figures less tall are no writing
	tallWriting    = 1.15 // from here on it is no print, however well it was read
	tallestFigure  = 2.6
	tallestStroke  = 4.0
	widestStroke   = 8.0
	betweenFigures = 1.6 // what is farther away stands by itself
)

// tallFigure is how tall a figure is at least, in parts of the tallest beside it; a colon is not.
const tallFigure = 0.55

// lowFigure is how tall a figure may be at least beside letters that are much taller, as a pen's AM is.
const lowFigure = 0.35

// scrawled are a few figures that stand together: their strokes from left to right, in pixels of the page.
type scrawled struct {
	box   image.Rectangle
	parts []image.Rectangle // that stand apart from each other: a figure each, or more where they touch
	low   []image.Rectangle // that may be figures beside taller letters, or marks
	tall  float64
	lean  float64 // how far the writing of the page leans to the right, in parts of its height
	own   float64 // how far they seem to by themselves
}

// pen finds the figures written at the left of a place; seed is a part of them that was read, or empty.
func (f *finder) pen(k *ink, region, seed paper.Box) (scrawled, bool) {
	h := f.sheet.height
	r := k.rect(paper.Box{region[0], max(region[1]-h, 0), region[2], min(region[3]+h, 1)})
	if r.Empty() {
		return scrawled{}, false
	}
	m := k.mask(r)
	high := h * float64(k.h)
	m.rules(int(3*tallestFigure*high), int(0.004*float64(k.h))) // what goes down a third as far is a rule, not a one
	f.wipeLabels(k, m, seed)
	at, from := k.rect(region), k.rect(seed)
	var strokes []image.Rectangle
	for _, b := range m.blobs() {
		mid := image.Pt((b.box.Min.X+b.box.Max.X)/2, (b.box.Min.Y+b.box.Max.Y)/2)
		tall := float64(b.box.Dy())
		if mid.In(at) && tall >= 0.5*high && tall < tallestStroke*high && float64(b.box.Dx()) < widestStroke*high {
			strokes = append(strokes, b.box)
		}
	}
	p := scrawled{parts: chained(strokes, from, high)}
	for _, b := range p.parts {
		p.box = p.box.Union(b)
		p.tall = max(p.tall, float64(b.Dy()))
	}
	if p.tall < tallPen*high {
		return scrawled{}, false
	}
	p.parts = slices.DeleteFunc(p.parts, func(b image.Rectangle) bool {
		low := float64(b.Dy()) < tallFigure*p.tall
		if low && float64(b.Dy()) >= lowFigure*p.tall {
			p.low = append(p.low, b)
		}
		return low
	})
	return p, true
}

// chained are the strokes that stand together, the leftmost or those with one in a place, each joined with what stands over it.
func chained(strokes []image.Rectangle, seed image.Rectangle, line float64) []image.Rectangle {
	slices.SortFunc(strokes, func(a, b image.Rectangle) int { return cmp.Compare(a.Min.X, b.Min.X) })
	var runs [][]image.Rectangle
	for _, b := range strokes {
		n := len(runs)
		if n > 0 {
			last := &runs[n-1][len(runs[n-1])-1]
			shared := min(last.Max.X, b.Max.X) - max(last.Min.X, b.Min.X)
			switch {
			case 2*shared > min(last.Dx(), b.Dx()):
				*last = last.Union(b)
				continue
			case float64(b.Min.X-last.Max.X) < betweenFigures*line:
				runs[n-1] = append(runs[n-1], b)
				continue
			}
		}
		runs = append(runs, []image.Rectangle{b})
	}
	for _, run := range runs {
		if !slices.ContainsFunc(run, func(b image.Rectangle) bool { return float64(b.Dy()) >= tallPen*line }) {
			continue
		}
		if seed.Empty() || slices.ContainsFunc(run, func(b image.Rectangle) bool { return b.Overlaps(seed) }) {
			return run
		}
	}
	return nil
}

// leanings are how far writing may lean to the right, in twentieths of its height.
const (
	leastLeaning = -4
	leanings     = 13
)

// upright is how sharply ink gathers in columns at each leaning, against how it does as it stands.
func (m *mask) upright() (sharp [leanings]float64) {
	for step := range leanings {
		by := float64(step+leastLeaning) / 20
		columns := make([]int, 2*m.r.Dx()+2*m.r.Dy())
		for y := range m.r.Dy() {
			shift := int(by*float64(y)) + m.r.Dx()/2 + m.r.Dy()/4
			for x := range m.r.Dx() {
				if at := x + shift; m.at(x, y) && at >= 0 && at < len(columns) {
					columns[at]++
				}
			}
		}
		for _, n := range columns {
			sharp[step] += float64(n * n)
		}
	}
	plain := max(sharp[-leastLeaning], 1)
	for i := range sharp {
		sharp[i] /= plain
	}
	return sharp
}

// leaning is how far the writing of a page leans: set upright, the strokes of all of it gather in the fewest columns. A few
// figures by themselves would not tell, a seven leans by itself.
func (f *finder) leaning(k *ink, here scrawled) (page, own float64) {
	sum := k.mask(here.box).upright()
	own = sharpestOf(sum)
	seen := []image.Rectangle{here.box}
	for _, d := range f.doubts {
		p, ok := f.pen(k, d.region, paper.Box{})
		if !slices.Contains(byPen, d.field) || !ok || slices.ContainsFunc(seen, p.box.Overlaps) {
			continue
		}
		seen = append(seen, p.box)
		for i, s := range k.mask(p.box).upright() {
			sum[i] += s
		}
	}
	for _, field := range byPen {
		for _, c := range f.found[field] {
			r := k.rect(c.box)
			if c.sum || c.box[3]-c.box[1] < tallWriting*f.sheet.height || slices.ContainsFunc(seen, r.Overlaps) {
				continue
			}
			seen = append(seen, r)
			for i, s := range k.mask(r).upright() {
				sum[i] += s
			}
		}
	}
	return sharpestOf(sum), own
}

func sharpestOf(sharp [leanings]float64) float64 {
	best := -leastLeaning
	for i := range sharp {
		if sharp[i] > sharp[best] {
			best = i
		}
	}
	return float64(best+leastLeaning) / 20
}

// wipeLabels takes the words of the form around a place out of the mask, and other values.
func (f *finder) wipeLabels(k *ink, m *mask, seed paper.Box) {
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			word := t.known || t.sure >= surelyPrinted && letters(t.text) > 2
			if (word || f.isValue(t.box)) && t.box[3]-t.box[1] < 1.7*f.sheet.height && !mostlyIn(t.box, seed) && k.rect(t.box).Overlaps(m.r) {
				m.wipe(k.rect(t.box).Inset(-2))
			}
		}
	}
}

// How wide a figure is, in parts of its height.
const (
	widestFigure = 1.05
	narrowFigure = 0.4
)

// fits tells whether a text can be what the strokes are: a figure each, more where they are wide enough for more.
func (p scrawled) fits(text string) bool {
	least, most := 0, 0
	for _, b := range p.parts {
		wide := (float64(b.Dx()) - max(p.lean, 0)*float64(b.Dy())) / p.tall
		least += max(1, int(math.Ceil(wide/widestFigure)))
		most += max(1, int(wide*p.tall/float64(b.Dy())/narrowFigure)) // figures beside a tall AM are as wide as they are tall, not as it is
	}
	for _, b := range p.low {
		most += max(1, int(float64(b.Dx())/float64(b.Dy())/narrowFigure))
	}
	n := digits(text) + letters(text) + strings.Count(text, "/")
	if letters(text) >= 3 { // small letters are no parts
		return n >= least
	}
	wide := strings.Count(strings.ToUpper(text), "M") // as wide as two
	return n+wide >= least && n <= most
}
