package barcode

import (
	"bytes"
	"context"
	"embed"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/scan"
)

//go:embed testdata/*.png
var symbols embed.FS

// fataler is a test, or a draw of one.
type fataler interface{ Fatal(...any) }

// symbol is a PDF417 of the test data, its modules so many pixels wide.
func symbol(t fataler, name string, module int) *image.Gray {
	body, err := symbols.ReadFile("testdata/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewGray(image.Rect(0, 0, drawn.Bounds().Dx()*module, drawn.Bounds().Dy()*module))
	small := image.NewGray(drawn.Bounds())
	draw.Draw(small, small.Rect, drawn, small.Rect.Min, draw.Src)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Pix[y*out.Stride+x] = small.Pix[y/module*small.Stride+x/module]
		}
	}
	return out
}

// speckled is a page with every so many-th pixel turned.
func speckled(p *image.Gray, every int) *image.Gray {
	rng := rand.New(rand.NewPCG(1, 2))
	out := image.NewGray(p.Rect)
	copy(out.Pix, p.Pix)
	for range len(p.Pix) / every {
		at := rng.IntN(len(p.Pix))
		out.Pix[at] = 255 - out.Pix[at]
	}
	return out
}

var written = map[string]string{"load": "LD-297263", "references": "LD-297263|BOL 43520168|PO621549",
	"sentence": "LOAD 297263 BOL 43520168 PO 621549, 592 pieces on 16 pallets for Coastal Appliance"}

func TestStackedCodesAreReadWithinAPage(t *testing.T) {
	looks := map[string]func(*image.Gray) *image.Gray{
		"clean":    func(p *image.Gray) *image.Gray { return p },
		"askew":    func(p *image.Gray) *image.Gray { return scan.Straightened(p, 1.5) },
		"speckled": func(p *image.Gray) *image.Gray { return speckled(p, 60) },
		"smooth":   func(p *image.Gray) *image.Gray { return scan.Scale(scan.Scale(p, 1150, 1150), 1700, 1700) },
	}
	for _, c := range []struct {
		name         string
		module, turn int // module: pixels; 2 is 10 mil at 200 dots an inch
		look         string
	}{
		{"load", 2, 0, "clean"}, {"references", 2, 1, "clean"}, {"sentence", 2, 2, "clean"},
		{"load", 3, 0, "askew"}, {"references", 3, 0, "speckled"}, {"sentence", 3, 0, "smooth"},
		{"load", 3, 1, "smooth"}, {"references", 3, 1, "askew"}, {"sentence", 3, 1, "speckled"},
		{"load", 3, 2, "speckled"}, {"references", 3, 2, "smooth"}, {"sentence", 3, 2, "askew"},
		{"load", 4, 3, "clean"}, {"references", 4, 0, "smooth"}, {"sentence", 4, 3, "speckled"},
	} {
		found := Read(context.Background(), looks[c.look](page(scan.Turned(symbol(t, c.name, c.module), c.turn), 500, 150)), 200)
		if len(found) != 1 || found[0].Kind != PDF417 || found[0].Value != written[c.name] {
			t.Errorf("%v: %v", c, found)
		}
	}
}

// TestAStackedCodeIsWholeOrNothing: whatever is blotted out of one, what is read is what was written.
func TestAStackedCodeIsWholeOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"load", "references", "sentence"}).Draw(t, "name")
		p := scan.Framed(symbol(t, name, 3), 20)
		for range rapid.IntRange(0, 40).Draw(t, "blots") {
			x, y := rapid.IntRange(0, p.Rect.Dx()-1).Draw(t, "x"), rapid.IntRange(0, p.Rect.Dy()-1).Draw(t, "y")
			tone := rapid.SampledFrom([]uint8{0, 128, 255}).Draw(t, "tone")
			for dy := range min(12, p.Rect.Dy()-y) {
				for dx := range min(12, p.Rect.Dx()-x) {
					p.Pix[(y+dy)*p.Stride+x+dx] = tone
				}
			}
		}
		if _, value := Stacked(p); value != "" && value != written[name] {
			t.Fatalf("%q was read as %q", written[name], value)
		}
	})
}
