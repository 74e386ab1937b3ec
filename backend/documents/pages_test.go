package documents

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// read reads all pages of a paper, which must go without a complaint.
func read(t *testing.T, data []byte) []paper.Page {
	t.Helper()
	var pages []paper.Page
	got, err := reader.Pages(t.Context(), original(data), PagesOptions{Each: func(p paper.Page) error {
		pages = append(pages, p)
		return nil
	}})
	must(t, err)
	if len(got.Notes) > 0 || len(pages) != len(got.Pages) {
		t.Fatalf("%d of %d pages, notes %q", len(pages), len(got.Pages), got.Notes)
	}
	return pages
}

// share of the words of a text that a page has, each as often as it stands there.
func shareRead(want string, p paper.Page) float64 {
	var has []string
	for _, w := range p.Words {
		has = append(has, strings.Fields(bareWords(w.Text))...)
	}
	words, found := strings.Fields(bareWords(want)), 0
	for _, w := range words {
		if i := slices.Index(has, w); i >= 0 {
			has = slices.Delete(has, i, i+1)
			found++
		}
	}
	return float64(found) / float64(max(len(words), 1))
}

func bareWords(text string) string {
	return strings.Map(func(c rune) rune {
		if isLetterOrDigit(c) {
			return c
		}
		return ' '
	}, strings.ToLower(text))
}

func TestPagesAreRead(t *testing.T) {
	for _, c := range []struct {
		file  string
		share float64
		codes []string
	}{
		{"scan_003.pdf", 1, []string{"qr LD-503970"}}, // text
		{"scan_008.pdf", 0.85, nil},                   // a scan of few pixels
		{"scan_009.jpg", 0.85, nil},                   // blurred
		{"scan_019.tif", 0.9, nil},                    // JPEG in TIFF
		{"scan_055.tif", 0.8, nil},                    // a fax of two pages
	} {
		for i, p := range read(t, sample(t, c.file)) {
			name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(c.file, ".pdf"), ".jpg"), ".tif")
			truth := string(sample(t, "text/"+name+".p"+string(rune('1'+i))+".txt"))
			if got := shareRead(truth, p); got < c.share || p.Number != i+1 || p.Rotation != 0 || p.Blank || p.Grey == nil || p.DPI == 0 {
				t.Errorf("%s page %d: %.2f of the words, want %.2f; number %d, rotation %d, blank %v", c.file, i+1, got, c.share, p.Number, p.Rotation, p.Blank)
			}
			for _, want := range c.codes {
				if !slices.ContainsFunc(p.Codes, func(code paper.Code) bool { return code.Kind+" "+code.Value == want && code.Page == i+1 }) {
					t.Errorf("%s: codes %v, want %s", c.file, p.Codes, want)
				}
			}
			for _, w := range p.Words {
				if w.Box[0] < 0 || w.Box[1] < 0 || w.Box[2] > 1 || w.Box[3] > 1 || w.Box[0] >= w.Box[2] || w.Box[1] >= w.Box[3] {
					t.Fatalf("%s: %q stands at %v", c.file, w.Text, w.Box)
				}
			}
		}
	}
}

// TestAPageIsReadWhicheverWayItLies turns one page all ways; its words, and where they stand, stay the same.
func TestAPageIsReadWhicheverWayItLies(t *testing.T) {
	drawn, err := jpeg.Decode(bytes.NewReader(sample(t, "scan_009.jpg")))
	must(t, err)
	grey := scan.Grey(drawn)
	truth := string(sample(t, "text/scan_009.p1.txt"))
	for quarters := 1; quarters < 4; quarters++ {
		var b bytes.Buffer
		must(t, png.Encode(&b, scan.Turned(grey, quarters)))
		p := read(t, b.Bytes())[0]
		if p.Rotation != 90*quarters || shareRead(truth, p) < 0.8 {
			t.Errorf("turned by %d: taken for %d, %.2f of the words", 90*quarters, p.Rotation, shareRead(truth, p))
		}
	}
}

func TestAPhotoOnADeskIsRead(t *testing.T) {
	drawn, err := png.Decode(bytes.NewReader(sample(t, "scan_034.png")))
	must(t, err)
	page := scan.Scale(scan.Grey(drawn), 1500, 1941)
	desk := image.NewGray(image.Rect(0, 0, 1750, 2200))
	for i := range desk.Pix {
		desk.Pix[i] = uint8(40 + i%7)
	}
	askew := scan.Straightened(page, -2)
	for y := range askew.Rect.Dy() {
		for x := range askew.Rect.Dx() {
			if v := askew.Pix[y*askew.Stride+x]; v < 250 || x > 70 && x < 1430 && y > 60 && y < 1880 {
				desk.Pix[(y+120)*desk.Stride+x+120] = uint8(int(v) * (150 + x/20) / 255)
			}
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, desk, nil))
	if p := read(t, b.Bytes())[0]; p.Rotation != 0 || len(p.Words) < 50 {
		t.Errorf("rotation %d, %d words", p.Rotation, len(p.Words))
	}
}

func TestARegionIsReadAgain(t *testing.T) {
	p := read(t, sample(t, "scan_019.tif"))[0]
	var line []paper.Word
	for _, w := range p.Words {
		if w.Confidence > 0.9 && len(w.Text) >= 5 && strings.Trim(w.Text, "0123456789") == "" {
			line = append(line, w)
		}
	}
	if len(line) == 0 {
		t.Fatal("no number on the page")
	}
	w := line[0]
	around := paper.Box{w.Box[0] - 0.005, w.Box[1] - 0.004, w.Box[2] + 0.005, w.Box[3] + 0.004}
	again, err := p.Again(around, paper.Closer{Line: true, Digits: true})
	must(t, err)
	if len(again) != 1 || again[0].Text != w.Text {
		t.Fatalf("read again: %v, want %s", again, w.Text)
	}
	for i := range w.Box {
		if d := again[0].Box[i] - w.Box[i]; d > 0.004 || d < -0.004 {
			t.Errorf("it stands at %v, before at %v", again[0].Box, w.Box)
		}
	}
	if none, err := p.Again(paper.Box{0.5, 0.5, 0.5, 0.5}, paper.Closer{}); err != nil || none != nil {
		t.Errorf("an empty region: %v, %v", none, err)
	}
}

func TestEmptyPagesAndTexts(t *testing.T) {
	empty := image.NewGray(image.Rect(0, 0, 850, 1100))
	draw.Draw(empty, empty.Rect, image.White, image.Point{}, draw.Src)
	for i := 0; i < len(empty.Pix); i += 4999 {
		empty.Pix[i] = 0 // specks
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, empty))
	if p := read(t, b.Bytes())[0]; !p.Blank || len(p.Words) > 0 {
		t.Errorf("specks alone: blank %v, %v", p.Blank, p.Words)
	}
	for i := range 40 { // and dust on the glass
		x, y := 31+i*197%790, 40+i*421%1020
		draw.Draw(empty, image.Rect(x, y, x+4, y+4), image.Black, image.Point{}, draw.Src)
	}
	b.Reset()
	must(t, png.Encode(&b, empty))
	if p := read(t, b.Bytes())[0]; !p.Blank || len(p.Words) > 0 {
		t.Errorf("dust: blank %v, %v", p.Blank, p.Words)
	}
	p := read(t, []byte("BILL OF LADING\nPRO  544-319955\n"))[0]
	if len(p.Words) != 5 || p.Words[4].Text != "544-319955" || p.Words[4].Line != 1 || !p.FromText || p.Words[4].Box[0] <= p.Words[3].Box[2] {
		t.Errorf("a text: %+v", p)
	}
}

// TestTextOnATurnedPage reads a PDF whose page is turned by its own say and whose text runs down it.
func TestLettersAreTurnedUpright(t *testing.T) {
	var letters []piece
	for i, c := range "SEAL 5834771" { // upright on a page of 600 by 800
		x := 100 + 10*float64(i)
		letters = append(letters, piece{text: string(c), left: x, right: x + 8, top: 700, bottom: 690})
	}
	upright := layerWords(letters, 600, 800)
	for quarters := range 4 {
		lying, w, h := turned(letters, quarters, 600, 800)
		if got := turnOfText(lying); got != quarters {
			t.Errorf("turned by %d it is taken for %d", quarters, got)
		}
		back, w, h := turned(lying, 4-quarters, w, h)
		if got := layerWords(back, w, h); len(got) != 2 || got[1].Text != "5834771" || got[1].Box != upright[1].Box {
			t.Errorf("turned by %d and back: %v, want %v", quarters, got, upright)
		}
	}
}

// TestNarrowLettersStayInTheirWord: the boxes of letters are those of their ink, in points of Helvetica 10 and Courier 10.
func TestNarrowLettersStayInTheirWord(t *testing.T) {
	ink := map[rune][3]float64{'1': {1.1, 3.1, 5.56}, '/': {0, 2.8, 2.78}, '2': {0.3, 5.1, 5.56}, ' ': {0, 0, 2.78}, '3': {0.3, 5.2, 5.56}, '.': {2.4, 3.6, 6}}
	for _, text := range []string{"11/22 111", "3...1 2"} {
		var letters []piece
		x := 50.0
		for _, c := range text {
			l := ink[c]
			letters = append(letters, piece{text: string(c), left: x + l[0], right: x + l[1], top: 707, bottom: 700})
			x += l[2]
		}
		var got []string
		for _, w := range layerWords(letters, 600, 800) {
			got = append(got, w.Text)
		}
		if !slices.Equal(got, strings.Fields(text)) {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func TestReadingIsStopped(t *testing.T) {
	stop := errors.New("enough")
	_, err := reader.Pages(t.Context(), original(sample(t, "bundle.pdf")), PagesOptions{Each: func(p paper.Page) error { return stop }})
	if !errors.Is(err, stop) {
		t.Errorf("stopped by the taker: %v", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	_, err = reader.Pages(ctx, original(sample(t, "scan_055.tif")), PagesOptions{Progress: func(page, total, percent int) {
		if page < 1 || page > total || total != 2 || percent < 0 || percent > 100 {
			t.Errorf("progress %d of %d, %d %%", page, total, percent)
		}
		cancel(stop)
	}})
	if !errors.Is(err, stop) {
		t.Errorf("stopped while reading: %v", err)
	}
	if pages := read(t, sample(t, "scan_019.tif")); len(pages[0].Words) < 30 {
		t.Errorf("after that %d words", len(pages[0].Words))
	}
}

func TestWhatCannotBeReadSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		data  []byte
		cause Cause
	}{
		"a huge page box": {onePage("0 0 1400000 1400000"), TooLarge},
		"a cut JPEG":      {sample(t, "scan_009.jpg")[:20000], Broken},
		"a locked PDF":    {sample(t, "locked.pdf"), Encrypted},
		"a bomb":          {pngHead(50000, 50000), TooLarge},
		"nothing":         {nil, Empty},
	} {
		_, err := reader.Pages(t.Context(), original(c.data), PagesOptions{})
		var f *Fault
		if !errors.As(err, &f) || f.Cause != c.cause {
			t.Errorf("%s: %v, want %s", name, err, c.cause)
		}
	}
}

// stamps are a single point, and a picture the size of a stamp in every kind that Go can write.
func stamps(t testing.TB) (files [][]byte) {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 60, 40))
	for i := range picture.Pix {
		picture.Pix[i] = byte(i * i >> 3)
	}
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	files = append(files, dot.Bytes())
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return png.Encode(w, picture) },
		func(w io.Writer) error { return jpeg.Encode(w, picture, nil) },
		func(w io.Writer) error { return gif.Encode(w, picture, nil) },
		func(w io.Writer) error { return tiff.Encode(w, picture, nil) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		files = append(files, b.Bytes())
	}
	return files
}

// FuzzPages feeds files of every sort: whatever comes, it ends in pages or in a Fault. The seeds are small, so that a run sees
// many files: the cleaning of a whole scan takes seconds.
func FuzzPages(f *testing.F) {
	for _, data := range append(stamps(f), sample(f, "scan_064.tif"), sample(f, "small.webp"), onePage("0 0 72 72")) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := reader.Pages(t.Context(), original(data), PagesOptions{})
		var known *Fault
		if err != nil && !errors.As(err, &known) {
			t.Errorf("%v is no reason for a person", err)
		}
	})
}
