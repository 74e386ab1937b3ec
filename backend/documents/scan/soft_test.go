package scan

import (
	"image"
	"math/rand/v2"
	"testing"
)

// form is a page of hard print: rules, and columns of strokes as wide as those of letters.
func form() *image.Gray {
	page := image.NewGray(image.Rect(0, 0, 700, 500))
	for i := range page.Pix {
		page.Pix[i] = 250
	}
	fill := func(at image.Rectangle) {
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				page.Pix[y*page.Stride+x] = 20
			}
		}
	}
	for y := 40; y < 460; y += 60 {
		for x := 40; x < 640; x += 14 {
			fill(image.Rect(x, y, x+4, y+24))
		}
	}
	fill(image.Rect(40, 270, 640, 272)) // a rule
	return page
}

func softened(page *image.Gray, sigma float64) *image.Gray {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	src, dst, half := make([]float32, w*h), make([]float32, w*h), make([]float32, w*h)
	for i, v := range page.Pix {
		src[i] = float32(v)
	}
	blur(src, dst, half, w, h, bell(sigma))
	out := image.NewGray(page.Rect)
	for i, v := range dst {
		out.Pix[i] = clamp(v)
	}
	return out
}

func TestSoftnessTellsTheBlurOfAPage(t *testing.T) {
	for _, tt := range []struct{ blur, least, most float64 }{
		{0, 0, 0.6},
		{1, 0.8, 1.3},
		{2, 1.5, 2.4},
	} {
		page := form()
		if tt.blur > 0 {
			page = softened(page, tt.blur)
		}
		if soft := Softness(page); soft < tt.least || soft > tt.most {
			t.Errorf("blurred by %v: %v, not %v to %v", tt.blur, soft, tt.least, tt.most)
		}
	}
}

func TestSoftnessOfAnEmptyPageIsNotTold(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 300, 300))
	for i := range page.Pix {
		page.Pix[i] = 240 + uint8(i%9)
	}
	if soft := Softness(page); soft != 0 {
		t.Errorf("softness %v of a page without print", soft)
	}
}

func TestGrainOfThePaper(t *testing.T) {
	smooth := form()
	if got := Grain(smooth); got > 0.5 {
		t.Errorf("of smooth paper %v", got)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for i, v := range smooth.Pix {
		smooth.Pix[i] = clamp(float32(v) - 30 + 12*float32(rng.NormFloat64()))
	}
	if got := Grain(smooth); got < 4 {
		t.Errorf("of a photograph in little light %v", got)
	}
}

// A thin rule is no ink on a page out of focus, and is once it is sharpened.
func TestSharpenedBringsThinRulesBack(t *testing.T) {
	soft := softened(form(), 2)
	ink := func(p *image.Gray) (n int) {
		for x := 60; x < 620; x++ {
			if p.Pix[271*p.Stride+x] < inkAt {
				n++
			}
		}
		return n
	}
	if n := ink(soft); n > 0 {
		t.Fatalf("%d pixels of the rule are ink before", n)
	}
	if n := ink(Sharpened(soft, Softness(soft))); n < 550 {
		t.Errorf("%d of 560 pixels of the rule are ink", n)
	}
}
