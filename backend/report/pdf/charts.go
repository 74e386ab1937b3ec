package pdf

import (
	"math"
	"strconv"
)

// Chart is a picture drawn from numbers: lines and areas, no bitmap. Every one says its numbers too, and tells its series
// apart by shape, so that it reads in grey and on a bad printer.
type Chart interface {
	head() (title, note string)
	height() float64 // of what is below the title
	draw(p *panel)
}

// panel is where a chart is drawn: the place below its title.
type panel struct {
	d          *Document
	x, y, w, h float64
}

// Inks of charts: far enough apart to be told in grey.
var (
	dark   = Ink{0x2b, 0x31, 0x3a}
	medium = Ink{0x7c, 0x86, 0x94}
	pale   = Ink{0xc9, 0xce, 0xd6}
)

const (
	chartGap   = 18.0 // between charts side by side
	chartTitle = 8.5
	chartHead  = 24.0 // title and note above a chart
)

// Charts puts charts side by side, each in an equal share of the width. They stay on one page.
func (d *Document) Charts(all ...Chart) {
	if len(all) == 0 {
		return
	}
	high := 0.0
	for _, c := range all {
		high = max(high, c.height())
	}
	d.begin(high + chartHead + 4)
	w := (d.Room() - chartGap*float64(len(all)-1)) / float64(len(all))
	for i, c := range all {
		x := margin + float64(i)*(w+chartGap)
		title, note := c.head()
		d.label(title, Style{Size: chartTitle, Bold: true}, x, d.y+chartTitle, w, Left)
		d.label(note, smallPrint, x, d.y+chartTitle+10, w, Left)
		c.draw(&panel{d, x, d.y + chartHead, w, c.height()})
	}
	d.y += high + chartHead + 4
	d.fresh = false
}

// Point is one value of a series; nil where there is none. Weak ones, counted over few, are drawn hollow.
type Point struct {
	Value *float64
	Weak  bool
}

// Series is one line of a trend.
type Series struct {
	Name   string
	Points []Point
}

// Trend is lines over equal steps, shares from 0 to 1 as percent.
type Trend struct {
	Title, Note string
	Labels      []string // of the steps
	Below       []string // a second line below each label: how many were counted
	Series      []Series // two read well: the first is solid with discs, the second dashed with squares
	Percent     bool
}

func (t Trend) head() (string, string) { return t.Title, t.Note }
func (t Trend) height() float64        { return 110 }

func (t Trend) draw(p *panel) {
	const left, foot, legend = 30.0, 22.0, 12.0
	low, high, step := t.scale()
	x0, x1 := p.x+left, p.x+p.w-6
	top, bottom := p.y+legend, p.y+p.h-foot
	y := func(v float64) float64 { return bottom - (v-low)/(high-low)*(bottom-top) }
	for v := low; v <= high+step/2; v += step {
		p.d.stroke([][2]float64{{x0, y(v)}, {x1, y(v)}}, 0.4, hairline)
		p.d.label(t.words(v), smallPrint, p.x, y(v)+2.5, left-5, Right)
	}
	gap := (x1 - x0) / float64(max(1, len(t.Labels)))
	x := func(i int) float64 { return x0 + gap*(float64(i)+0.5) }
	every := 1 + int(24/gap) // so that labels have room
	for i, text := range t.Labels {
		if (len(t.Labels)-1-i)%every == 0 {
			p.d.label(text, smallPrint, x(i)-gap*float64(every)/2, bottom+10, gap*float64(every), Center)
			if i < len(t.Below) {
				p.d.label(t.Below[i], Style{Size: 6.5, Ink: Muted}, x(i)-gap*float64(every)/2, bottom+19, gap*float64(every), Center)
			}
		}
	}
	at := x0
	for k, s := range t.Series {
		t.line(p, k, s, x, y)
		seriesMark(p.d, k, at+8, p.y+3, false)
		p.d.stroke([][2]float64{{at, p.y + 3}, {at + 16, p.y + 3}}, 1.2, seriesInk(k), seriesDash(k)...)
		l := p.d.fitted(s.Name, smallPrint, p.w/2-30)
		p.d.line(l, at+20, p.y+5.5)
		at += 32 + l.width
	}
}

// scale is from where to where the axis goes, and its steps. Shares do not go above 100 %.
func (t Trend) scale() (low, high, step float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range t.Series {
		for _, q := range s.Points {
			if q.Value != nil {
				low, high = min(low, *q.Value), max(high, *q.Value)
			}
		}
	}
	if low > high {
		low, high = 0, 1
	}
	if !t.Percent {
		step = niceStep(high / 4)
		return 0, math.Ceil(high/step+1e-9) * step, step
	}
	low = math.Floor((low-0.02)*10) / 10
	low = max(0, min(low, 0.8))
	step = 0.1
	if low < 0.5 {
		step = 0.2
		low = math.Floor(low/0.2+1e-9) * 0.2
	}
	return low, 1, step
}

// niceStep is 1, 2 or 5 by a power of ten, no smaller than wanted.
func niceStep(wanted float64) float64 {
	if wanted <= 0 {
		return 1
	}
	ten := math.Pow(10, math.Floor(math.Log10(wanted)))
	for _, k := range []float64{1, 2, 5} {
		if k*ten >= wanted {
			return k * ten
		}
	}
	return 10 * ten
}

func (t Trend) words(v float64) string {
	if t.Percent {
		return strconv.Itoa(int(math.Round(100*v))) + " %"
	}
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// line draws one series; a step without a value breaks it.
func (t Trend) line(p *panel, k int, s Series, x func(int) float64, y func(float64) float64) {
	var run [][2]float64
	flush := func() {
		if len(run) > 1 {
			p.d.stroke(run, 1.2, seriesInk(k), seriesDash(k)...)
		}
		run = nil
	}
	for i, q := range s.Points {
		if q.Value == nil {
			flush()
			continue
		}
		run = append(run, [2]float64{x(i), y(*q.Value)})
	}
	flush()
	for i, q := range s.Points {
		if q.Value != nil {
			seriesMark(p.d, k, x(i), y(*q.Value), q.Weak)
		}
	}
}

func seriesInk(k int) Ink {
	if k == 0 {
		return dark
	}
	return medium
}

func seriesDash(k int) []float64 {
	if k == 0 {
		return nil
	}
	return []float64{3, 2}
}

func seriesMark(d *Document, k int, x, y float64, weak bool) {
	if k == 0 {
		d.disc(x, y, 2.2, dark, weak)
		return
	}
	d.square(x, y, 2, medium, weak)
}

// Bar is one bar with its number.
type Bar struct {
	Label string
	Value float64
	Text  string // the number as it is read; "" is the value itself
	Dark  bool
}

func (b Bar) text() string {
	if b.Text != "" {
		return b.Text
	}
	return strconv.FormatFloat(math.Round(b.Value*10)/10, 'f', -1, 64)
}

// Pareto is causes, the most frequent first, with the share that they make up together. The caller orders them.
type Pareto struct {
	Title, Note string
	Bars        []Bar
}

const barHeight = 14.0

func (c Pareto) head() (string, string) { return c.Title, c.Note }
func (c Pareto) height() float64        { return barHeight*float64(len(c.Bars)) + 14 }

func (c Pareto) draw(p *panel) {
	all, most := 0.0, 0.0
	for _, b := range c.Bars {
		all, most = all+b.Value, max(most, b.Value)
	}
	if most <= 0 {
		return
	}
	labels, right := p.w*0.36, 52.0
	x0, room := p.x+labels, p.w-labels-right
	var together [][2]float64
	sum := 0.0
	for i, b := range c.Bars {
		y := p.y + float64(i)*barHeight
		sum += b.Value
		p.d.label(b.Label, Style{Size: smallSize}, p.x, y+9, labels-6, Left)
		p.d.box(x0, y+2, room*b.Value/all, barHeight-5, pale)
		p.d.label(b.text(), Style{Size: smallSize, Bold: true}, p.x+p.w-right, y+9, 20, Right)
		p.d.label(strconv.Itoa(int(math.Round(100*sum/all)))+" %", smallPrint, p.x+p.w-30, y+9, 30, Right)
		together = append(together, [2]float64{x0 + room*sum/all, y + barHeight/2 - 0.5})
	}
	bottom := p.y + float64(len(c.Bars))*barHeight
	p.d.stroke([][2]float64{{x0, p.y}, {x0, bottom}}, 0.6, dark)
	if len(together) > 1 {
		p.d.stroke(together, 1, dark)
	}
	for _, at := range together {
		p.d.disc(at[0], at[1], 1.8, dark, false)
	}
	p.d.label("bar: how many · line: share together with those above", Style{Size: 6.5, Ink: Muted}, x0, bottom+9, room+right, Left)
}

// Histogram is how often values fell between limits, as bars side by side.
type Histogram struct {
	Title, Note string
	Bins        []Bar
}

func (c Histogram) head() (string, string) { return c.Title, c.Note }
func (c Histogram) height() float64        { return 110 }

func (c Histogram) draw(p *panel) {
	most := 0.0
	for _, b := range c.Bins {
		most = max(most, b.Value)
	}
	top, bottom := p.y+12, p.y+p.h-22
	gap := p.w / float64(max(1, len(c.Bins)))
	for i, b := range c.Bins {
		x, h := p.x+float64(i)*gap, 0.0
		if most > 0 {
			h = (bottom - top) * b.Value / most
		}
		ink := pale
		if b.Dark {
			ink = medium
		}
		p.d.box(x+gap*0.12, bottom-h, gap*0.76, h, ink)
		p.d.label(b.text(), Style{Size: smallSize, Bold: true}, x, bottom-h-3, gap, Center)
		p.d.label(b.Label, Style{Size: 6.5, Ink: Muted}, x, bottom+9, gap, Center)
	}
	p.d.stroke([][2]float64{{p.x, bottom}, {p.x + p.w, bottom}}, 0.6, dark)
}
