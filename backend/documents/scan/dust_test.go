package scan

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

func TestOnlyDust(t *testing.T) {
	disc := func(g *image.Gray, x, y, r int) {
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				if at := image.Pt(x+dx, y+dy); dx*dx+dy*dy <= r*r && at.In(g.Rect) {
					g.Pix[at.Y*g.Stride+at.X] = 30
				}
			}
		}
	}
	scatter := func(g *image.Gray, n int) {
		rng := rand.New(rand.NewPCG(3, 4))
		for range n {
			disc(g, rng.IntN(1700), rng.IntN(2200), 1+rng.IntN(4))
		}
	}
	word := func(g *image.Gray, x, y, letters int) {
		for i := range letters {
			for dy := range 16 {
				g.Pix[(y+dy)*g.Stride+x+12*i] = 30
				g.Pix[(y+dy)*g.Stride+x+12*i+1] = 30
			}
		}
	}
	for _, tt := range []struct {
		name string
		draw func(g *image.Gray)
		want bool
	}{
		{"nothing", func(*image.Gray) {}, true},
		{"a few specks", func(g *image.Gray) { scatter(g, 30) }, true},
		{"a dirty glass", func(g *image.Gray) { scatter(g, 250) }, true},
		{"punched", func(g *image.Gray) { scatter(g, 20); disc(g, 60, 700, 25); disc(g, 60, 1500, 25) }, true},
		{"shadow at the edge", func(g *image.Gray) {
			scatter(g, 20)
			for y := range 2200 {
				for x := range 20 + y/100 {
					g.Pix[y*g.Stride+x] = 60
				}
			}
		}, true},
		{"one word", func(g *image.Gray) { word(g, 700, 900, 4) }, false},
		{"words among specks", func(g *image.Gray) { scatter(g, 30); word(g, 700, 900, 6); word(g, 800, 900, 7) }, false},
		{"a stroke of a pen", func(g *image.Gray) {
			scatter(g, 30)
			for x := range 250 {
				disc(g, 600+x, 1200+int(25*math.Sin(float64(x)/14)), 1)
			}
		}, false},
	} {
		g := image.NewGray(image.Rect(0, 0, 1700, 2200))
		for i := range g.Pix {
			g.Pix[i] = 250
		}
		tt.draw(g)
		if got := OnlyDust(g, 200); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
