package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// outside names what is drawn beyond the margins, on paper or not a number.
func outside(d *Document) string {
	const slack = 6 // marks stand on the edge of a chart
	in := func(x, y float64) bool {
		return x >= margin-slack && x <= d.width-margin+slack && y >= margin-slack && y <= d.height-margin+slack && !math.IsNaN(x+y)
	}
	for n, p := range d.pages {
		for i := range p.ops {
			switch o := &p.ops[i]; {
			case o.kind == drawText && (!in(o.x, o.y) || !in(o.x+o.run.width, o.y)):
				return fmt.Sprintf("page %d: %q at %.0f,%.0f", n+1, o.run.text, o.x, o.y)
			case o.kind == drawBox && (!in(o.x, o.y) || !in(o.x+o.w, o.y+o.h) || o.w < 0 || o.h < 0):
				return fmt.Sprintf("page %d: a box at %.0f,%.0f of %.0f by %.0f", n+1, o.x, o.y, o.w, o.h)
			case o.kind == drawShape:
				for _, q := range o.shape.points {
					if !in(q[0], q[1]) {
						return fmt.Sprintf("page %d: a line at %.0f,%.0f", n+1, q[0], q[1])
					}
				}
			}
		}
	}
	return ""
}

func drawnChart(t *rapid.T) []Chart {
	value := rapid.Float64Range(0, 1)
	n := rapid.IntRange(0, 30).Draw(t, "steps")
	trend := Trend{Title: rapid.String().Draw(t, "title"), Percent: rapid.Bool().Draw(t, "percent")}
	var s Series
	for i := range n {
		q := Point{Weak: i%3 == 0}
		if rapid.Bool().Draw(t, "known") {
			v := value.Draw(t, "share")
			q.Value = &v
		}
		s.Points, trend.Labels, trend.Below = append(s.Points, q), append(trend.Labels, fmt.Sprintf("W%02d", i)), append(trend.Below, "7")
	}
	trend.Series = []Series{{"current window", s.Points}, {"a very long name of a series that has no room", s.Points}}
	var bars []Bar
	for range rapid.IntRange(0, 12).Draw(t, "bars") {
		bars = append(bars, Bar{Label: rapid.String().Draw(t, "label"), Value: float64(rapid.IntRange(0, 100000).Draw(t, "n")), Dark: true})
	}
	strip := Strip{Title: "Where"}
	lat, lon := rapid.Float64Range(-80, 80), rapid.Float64Range(-179, 179)
	for range rapid.IntRange(0, 5).Draw(t, "stops") {
		strip.Stops = append(strip.Stops, Place{"2  Truth or Consequences, NM", "arrived Tue 31 Mar 2026 13:56 CDT", lat.Draw(t, "lat"), lon.Draw(t, "lon")})
		strip.Trail = append(strip.Trail, [2]float64{lat.Draw(t, "lat"), lon.Draw(t, "lon")})
	}
	return []Chart{trend, Pareto{"Why", "n", bars}, Histogram{"How late", "n", bars}, strip}
}

// TestChartsStayOnThePaper: whatever the numbers, nothing is drawn beyond the margins, and the same charts give the same bytes.
func TestChartsStayOnThePaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		charts := drawnChart(t)
		draw := func() *Document {
			d := New(Setup{Title: "Charts", Language: "en", Paper: A4, Landscape: rapid.Just(true).Draw(t, "across")})
			d.Heading("Charts", "")
			d.Charts(charts[:2]...)
			d.Charts(charts[2:3]...)
			d.Charts(charts[3])
			return d
		}
		one := draw()
		if fault := outside(one); fault != "" {
			t.Fatal(fault)
		}
		if len(charts[0].(Trend).Labels)%10 != 0 {
			return // drawing is slow beside laying out; a part of the examples will do
		}
		a, err := one.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := draw().Bytes(); err != nil || !bytes.Equal(a, b) {
			t.Fatalf("the bytes differ, %v", err)
		}
	})
}

// TestPictures: a logo with an alpha channel and 16 bits, a page with words behind it; what is no picture is refused.
func TestPictures(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 300, 80))
	deep.SetNRGBA64(4, 4, color.NRGBA64{0xffff, 0, 0, 0x7fff})
	var body bytes.Buffer
	if err := png.Encode(&body, deep); err != nil {
		t.Fatal(err)
	}
	logo, err := NewPicture(body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	d := New(Setup{Title: "Logo", Language: "en", Brand: Brand{Logo: logo, Ink: Ink{0xff, 0xee, 0x00}}})
	d.Banner(Plain("left"), Plain("right"))
	d.Heading("Pale", "")
	if got := d.heading.lines[0].runs[0].style.Ink; got != Black {
		t.Errorf("a heading is printed in %v, which cannot be read", got)
	}
	if err := d.Page("POD", &Sheet{Picture: body.Bytes(), Width: 300, Height: 80, Words: []SheetWord{{Text: "RECEIVED", Box: [4]float64{.1, .1, .4, .3}}}}); err != nil {
		t.Fatal(err)
	}
	if fault := outside(d); fault != "" {
		t.Error(fault)
	}
	if _, err := d.Bytes(); err != nil {
		t.Error(err)
	}
	if _, err := NewPicture([]byte("no picture")); err == nil {
		t.Error("what is no picture was taken")
	}
}
