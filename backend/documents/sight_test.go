package documents

import (
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"tracedesk/backend/documents/ocr"
	"tracedesk/backend/documents/paper"
)

// scribbled is a picture of lines of strokes that are no letters, as a torn picture is drawn.
func scribbled(lines, perLine int) *image.Gray {
	dice := rand.New(rand.NewPCG(6, 3079))
	const wide, tall, pitch = 14, 18, 34
	page := image.NewGray(image.Rect(0, 0, perLine*(5*wide+20)+60, lines*pitch+60))
	for i := range page.Pix {
		page.Pix[i] = 255
	}
	for line := range lines {
		for word := range perLine {
			for sign := range 4 {
				x0, y0 := 30+word*(5*wide+20)+sign*(wide+2), 30+line*pitch
				for range 5 {
					stroke(page, x0+dice.IntN(wide), y0+dice.IntN(tall), x0+dice.IntN(wide), y0+dice.IntN(tall))
				}
			}
		}
	}
	return page
}

func stroke(page *image.Gray, x0, y0, x1, y1 int) {
	const steps = 30
	for i := range steps {
		x, y := x0+(x1-x0)*i/steps, y0+(y1-y0)*i/steps
		for _, at := range []image.Point{{x, y}, {x + 1, y}, {x, y + 1}} {
			page.SetGray(at.X, at.Y, color.Gray{})
		}
	}
}

// TestNoiseIsReadOnce: a page that reads as no text is not looked at closer, neither as a whole nor in parts.
func TestNoiseIsReadOnce(t *testing.T) {
	engine, err := reader.eyes.open(t.Context())
	must(t, err)
	grey := scribbled(9, 8)
	c := cleaned{lay: grey, dpi: 150, sure: true}.laid(0)
	picture, _ := c.readable()
	once, err := engine.Read(t.Context(), picture, c.dpi, ocr.Options{Lang: "eng"})
	must(t, err)
	s := &sight{engine: engine}
	v := c.view()
	must(t, s.first(t.Context(), &v))
	words, err := s.wholly(t.Context(), v)
	must(t, err)
	if !s.noise || len(words) < noiseWords || s.lines != once.Lines {
		t.Fatalf("%d words, noise %v, %d lines; one reading has %d", len(words), s.noise, s.lines, once.Lines)
	}
	part, err := s.again(t.Context(), c, paper.Box{0.1, 0.1, 0.5, 0.2}, paper.Closer{})
	if !errors.Is(err, ocr.ErrSlow) || len(part) > 0 || s.lines != once.Lines {
		t.Errorf("a part of noise was read again: %d words, %v, %d lines", len(part), err, s.lines)
	}
}

// TestCloserLooksEndBeforeThePage: what the closer looks may not take is left for reading the page another way up.
func TestCloserLooksEndBeforeThePage(t *testing.T) {
	engine, err := reader.eyes.open(t.Context())
	must(t, err)
	picture := scribbled(1, 2)
	s := &sight{engine: engine, lines: closerLines}
	if _, err := s.closer(t.Context(), picture, 150, ocr.Options{Lang: "eng"}); !errors.Is(err, ocr.ErrSlow) || s.lines != closerLines {
		t.Errorf("a closer look after %d lines: %v", s.lines, err)
	}
	if _, err := s.read(t.Context(), picture, 150, ocr.Options{Lang: "eng"}); err != nil || s.lines <= closerLines {
		t.Errorf("the page after %d lines: %v", s.lines, err)
	}
	s.lines = mostLines
	if _, err := s.read(t.Context(), picture, 150, ocr.Options{Lang: "eng"}); !errors.Is(err, ocr.ErrSlow) {
		t.Errorf("the page after %d lines: %v", s.lines, err)
	}
}

// TestAPageOfNoiseHasAnEnd: what a page may take is counted in letters, before any are read.
func TestAPageOfNoiseHasAnEnd(t *testing.T) {
	v := cleaned{lay: scribbled(60, 20), dpi: 200, sure: true}.laid(0).view()
	if v.letters <= fullPage || v.letters > mostLetters {
		t.Fatalf("%d letters on the page", v.letters)
	}
	at, letters := v.part()
	if letters == 0 || letters > partLetters || at.Dy() >= v.picture.Rect.Dy()/4 {
		t.Errorf("%d letters are read to see which way up the page lies, in %v", letters, at)
	}
	full := &sight{letters: mostLetters - v.letters + 1} // without an engine: nothing may be read
	if err := full.first(t.Context(), &v); !errors.Is(err, ocr.ErrSlow) {
		t.Errorf("a page that has no room: %v", err)
	}
	if _, err := full.best(t.Context(), v); !errors.Is(err, ocr.ErrSlow) {
		t.Errorf("parts were tried that leave no room for the page: %v", err)
	}
	full.letters = mostLetters
	words, err := full.besides(t.Context(), v.picture, 200, nil)
	if err != nil || len(words) > 0 || !full.partly {
		t.Errorf("what is beside the words: %d words, %v; told: %v", len(words), err, full.partly)
	}
	if !(&sight{}).room(mostLetters, 0) || (&sight{}).room(mostLetters, 1) {
		t.Error("the bound is off by one")
	}
}

func TestNoiseIsToldFromPoorCopies(t *testing.T) {
	words := func(well, badly int) []paper.Word {
		var out []paper.Word
		for range well {
			out = append(out, paper.Word{Text: "pallets", Confidence: 0.9})
		}
		for range badly {
			out = append(out, paper.Word{Text: "pa1|ets", Confidence: 0.5})
		}
		return out
	}
	short := words(0, 100)
	for i := range short {
		short[i] = paper.Word{Text: "--", Confidence: 0.99}
	}
	for _, c := range []struct {
		name  string
		words []paper.Word
		noise bool
	}{
		{"a clean page", words(120, 10), false},
		{"a poor copy", words(12, 90), false},
		{"one word in thirty", words(4, 116), false},
		{"a slip by hand", words(0, 20), false},
		{"nothing", nil, false},
		{"none of a hundred", words(0, 100), true},
		{"three of a hundred and twenty", words(3, 117), true},
		{"surely, but no words", short, true},
	} {
		if got := isNoise(c.words); got != c.noise {
			t.Errorf("%s: %v, want %v", c.name, got, c.noise)
		}
	}
}
