package fields

import (
	"image"
	"slices"

	"tracedesk/backend/documents/paper"
)

// ink looks at the pixels of a page.
type ink struct {
	g    *image.Gray
	w, h int
	dark uint8
}

func inkOf(g *image.Gray) *ink {
	if g == nil {
		return nil
	}
	return &ink{g: g, w: g.Rect.Dx(), h: g.Rect.Dy(), dark: threshold(g)}
}

// threshold is where ink begins on this page: faded pages have no black. It lies between the paper and its darkest
// hundredth of pixels, nearer to the paper.
func threshold(g *image.Gray) uint8 {
	var hist [256]int
	n := 0
	for y := 0; y < g.Rect.Dy(); y += 3 {
		line := g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()]
		for x := 0; x < len(line); x += 3 {
			hist[line[x]]++
			n++
		}
	}
	at := func(share float64) int {
		left := int(float64(n) * share)
		for v := range hist {
			if left -= hist[v]; left < 0 {
				return v
			}
		}
		return 255
	}
	black, white := at(0.01), at(0.6)
	for _, share := range []float64{0.002, 0.0004} {
		if white-black < 12 {
			black = at(share) // hardly anything is printed
		}
	}
	if white-black < 12 {
		return 0
	}
	return uint8(max(min(black+(white-black)*55/100, white-8), 40))
}

func (k *ink) rect(b paper.Box) image.Rectangle {
	return image.Rect(int(b[0]*float64(k.w)), int(b[1]*float64(k.h)), int(b[2]*float64(k.w)+0.5), int(b[3]*float64(k.h)+0.5)).
		Intersect(image.Rect(0, 0, k.w, k.h))
}

// mask is the ink of a region, black or not.
type mask struct {
	r    image.Rectangle
	bits []bool
}

func (k *ink) mask(r image.Rectangle) *mask {
	m := &mask{r: r, bits: make([]bool, r.Dx()*r.Dy())}
	for y := range r.Dy() {
		line := k.g.Pix[(r.Min.Y+y)*k.g.Stride+r.Min.X:]
		for x := range r.Dx() {
			m.bits[y*r.Dx()+x] = line[x] < k.dark
		}
	}
	return m
}

func (m *mask) at(x, y int) bool { return m.bits[y*m.r.Dx()+x] }

func (m *mask) wipe(r image.Rectangle) {
	r = r.Intersect(m.r).Sub(m.r.Min)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.bits[y*m.r.Dx()+x] = false
		}
	}
}

// rules takes long straight lines out and returns them, those across and those down. A stroke that crosses a rule keeps
// its pixels above and below it.
func (m *mask) rules(shortest, thick int) (across, down []image.Rectangle) {
	whole := &mask{r: m.r, bits: slices.Clone(m.bits)} // the tall strokes of a signature, taken for rules down, would cut its rule
	across = whole.runs(shortest, thick, true)
	down = m.runs(shortest/3, thick, false)
	for _, r := range across {
		m.erase(r, thick, true)
	}
	across = oneRule(across, thick)
	for i := range across {
		across[i] = across[i].Add(m.r.Min)
	}
	for i := range down {
		down[i] = down[i].Add(m.r.Min)
	}
	return across, down
}

// oneRule joins the pieces of one rule that overlap: a rule hardly level is found in steps.
func oneRule(across []image.Rectangle, thick int) (out []image.Rectangle) {
	for _, r := range across {
		at := slices.IndexFunc(out, func(o image.Rectangle) bool { return o.Overlaps(r.Inset(-2)) && o.Union(r).Dy() <= thick })
		if at < 0 {
			out = append(out, r)
			continue
		}
		out[at] = out[at].Union(r)
	}
	return out
}

// runs finds and wipes straight runs. Gaps of a few pixels are bridged: faxes break lines.
func (m *mask) runs(shortest, thick int, across bool) []image.Rectangle {
	w, h := m.r.Dx(), m.r.Dy()
	long, wide := w, h
	if !across {
		long, wide = h, w
	}
	get := func(i, j int) bool { // i along, j beside
		if across {
			return m.at(i, j)
		}
		return m.at(j, i)
	}
	const bridge = 3
	var found []image.Rectangle
	for j := range wide {
		from, last, n := -1, -1, 0
		flush := func() {
			if from >= 0 && last-from+1 >= shortest && n*10 >= (last-from+1)*8 {
				r := image.Rect(from, j, last+1, j+1)
				if !across {
					r = image.Rect(j, from, j+1, last+1)
				}
				found = append(found, r)
			}
			from, n = -1, 0
		}
		for i := range long {
			if !get(i, j) {
				if from >= 0 && i-last > bridge {
					flush()
				}
				continue
			}
			if from < 0 {
				from = i
			}
			last = i
			n++
		}
		flush()
	}
	joined := joinRuns(found, across)
	for _, r := range joined {
		m.erase(r, thick, across)
	}
	return joined
}

// joinRuns joins runs of neighbouring lines.
func joinRuns(runs []image.Rectangle, across bool) []image.Rectangle {
	var out []image.Rectangle
	for _, r := range runs {
		grown := r.Inset(-2)
		joined := false
		for i := range out {
			if out[i].Overlaps(grown) {
				out[i] = out[i].Union(r)
				joined = true
				break
			}
		}
		if !joined {
			out = append(out, r)
		}
	}
	return out
}

// erase takes a line out where it is no thicker than a line; where ink goes on above or below, that ink stays.
func (m *mask) erase(r image.Rectangle, thick int, across bool) {
	w, h := m.r.Dx(), m.r.Dy()
	r = r.Inset(-1).Intersect(image.Rect(0, 0, w, h))
	if across && r.Dy() > thick+4 || !across && r.Dx() > thick+4 {
		return
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.bits[y*w+x] = false
		}
	}
}

// blob is a piece of connected ink.
type blob struct {
	box    image.Rectangle
	pixels int
}

// blobs finds connected ink; pieces up to two pixels apart count as one, since wiped rules and faxes cut strokes.
func (m *mask) blobs() []blob {
	w, h := m.r.Dx(), m.r.Dy()
	seen := make([]bool, len(m.bits))
	var out []blob
	var stack []int
	const reach = 2
	for i, on := range m.bits {
		if !on || seen[i] {
			continue
		}
		b := blob{box: image.Rect(i%w, i/w, i%w+1, i/w+1)}
		stack = append(stack[:0], i)
		seen[i] = true
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%w, at/w
			b.pixels++
			b.box = b.box.Union(image.Rect(x, y, x+1, y+1))
			for dy := -reach; dy <= reach; dy++ {
				for dx := -reach; dx <= reach; dx++ {
					nx, ny := x+dx, y+dy
					if nx < 0 || ny < 0 || nx >= w || ny >= h {
						continue
					}
					if n := ny*w + nx; m.bits[n] && !seen[n] {
						seen[n] = true
						stack = append(stack, n)
					}
				}
			}
		}
		b.box = b.box.Add(m.r.Min)
		out = append(out, b)
	}
	return out
}

// codeFill is the share of ink from which a region is no writing: a code that was not read, a picture.
const codeFill = 0.3

// filled is the share of a region that is ink.
func (k *ink) filled(region paper.Box) float64 {
	m := k.mask(k.rect(region))
	n := 0
	for _, on := range m.bits {
		if on {
			n++
		}
	}
	return float64(n) / float64(max(len(m.bits), 1))
}

// fitted is a region grown to the whole of the strokes that lie in it, and no wider than they are: writing is taller than
// the print beside it.
func (f *finder) fitted(k *ink, region paper.Box) paper.Box {
	h := f.sheet.height
	m := k.mask(k.rect(paper.Box{region[0], max(region[1]-2*h, 0), region[2], min(region[3]+2*h, 1)}))
	if m.r.Empty() {
		return region
	}
	m.rules(int(0.05*float64(k.w)), int(0.004*float64(k.h)))
	at, line := k.rect(region), int(h*float64(k.h))
	var box image.Rectangle
	for _, b := range m.blobs() {
		mid := image.Pt((b.box.Min.X+b.box.Max.X)/2, (b.box.Min.Y+b.box.Max.Y)/2)
		if mid.In(at) && b.box.Dy() >= line/2 && b.box.Dy() < 5*line {
			box = box.Union(b.box)
		}
	}
	if box.Empty() {
		return region
	}
	return toBox(box.Inset(-line/2).Intersect(image.Rect(0, 0, k.w, k.h)), k)
}

// ruledOff takes the side of a box that a number stands in off the number: it was read as a one in front.
func (f *finder) ruledOff() {
	k := inkOf(f.sheet.page.Grey)
	if k == nil || f.sheet.page.FromText {
		return
	}
	for _, field := range []string{paper.Pieces, paper.Pallets, paper.Weighed} {
		for i := range f.found[field] {
			c := &f.found[field][i]
			if len(c.value) > 1 && c.value[0] == '1' && c.value[1] != '0' && k.ruleOn(c.box) {
				c.value = c.value[1:]
				c.sure = min(c.sure, 0.7)
			}
			if lighter := liftable(c.value); field == paper.Weighed && c.unit != "kg" && lighter != c.value {
				c.value, c.sure = lighter, min(c.sure, 0.7)
			}
		}
	}
}

// heaviest is what a truck may weigh with all on it, in pounds: no freight weighs as much.
const heaviest = 80_000

// liftable is a weight in pounds without the side of its box that was read as a one in front or behind, where no truck could
// carry it as it was read.
func liftable(value string) string {
	n := len(value)
	if n < 5 || digits(value) != n || number(value) <= heaviest {
		return value
	}
	front, behind := value[0] == '1' && value[1] != '0' && number(value[1:]) <= heaviest, value[n-1] == '1' && number(value[:n-1]) <= heaviest
	switch {
	case front && !behind:
		return value[1:]
	case behind && !front:
		return value[:n-1]
	}
	return value
}

// ruleOn tells whether the left edge of a word is a line that goes on above and below it.
func (k *ink) ruleOn(word paper.Box) bool {
	tall := word[3] - word[1]
	m := k.mask(k.rect(paper.Box{word[0] - 0.003, word[1] - 0.5*tall, word[0] + 0.25*(word[2]-word[0]), word[3] + 0.5*tall}))
	for x := range m.r.Dx() {
		if top, foot := m.longest(x, true); foot-top >= m.r.Dy()*9/10 {
			return true
		}
	}
	return false
}
