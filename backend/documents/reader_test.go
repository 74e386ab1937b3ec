package documents

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"
)

func TestReadFindsPagesAndText(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  Kind
		pages int
		size  string
		words []string // on the first page; none: a page without text
	}{
		{"scan_003.pdf", PDF, 1, "612x792", []string{"Bill of Lading", "BOL #                                  Load ID", "LD-503970", "300-744181", "Seal 6633002"}},
		{"bundle.pdf", PDF, 2, "612x792", []string{"LD-503970"}},
		{"ownerlocked.pdf", PDF, 1, "612x792", []string{"Load LD-297263 - Bluewing Freight Lines"}},
		{"scan_008.pdf", PDF, 1, "612x792", nil},
		{"scan_009.jpg", JPEG, 1, "1700x2200", nil},
		{"scan_034.png", PNG, 1, "1000x1294", nil},
		{"scan_055.tif", TIFF, 2, "1728x2236", nil},
		{"scan_019.tif", TIFF, 1, "1700x2200", nil},
		{"small.webp", WebP, 1, "40x30", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := reader.Read(t.Context(), original(sample(t, c.name)))
			must(t, err)
			if got.Kind != c.kind || got.Total != c.pages || len(got.Pages) != c.pages {
				t.Fatalf("kind %s, %d pages of %d", got.Kind, len(got.Pages), got.Total)
			}
			first := got.Pages[0]
			if size := fmt.Sprintf("%.0fx%.0f", first.Width, first.Height); size != c.size || first.Number != 1 {
				t.Errorf("page %d of %s", first.Number, size)
			}
			for _, words := range c.words {
				if !strings.Contains(first.Text, words) {
					t.Errorf("%q is not in\n%s", words, first.Text)
				}
			}
			if c.words == nil && first.Text != "" {
				t.Errorf("text out of nothing: %q", first.Text)
			}
		})
	}
}

func TestDrawShowsEveryPage(t *testing.T) {
	for _, c := range []struct {
		name string
		page int
		view View
		want image.Point
	}{
		{"scan_003.pdf", 1, View{DPI: 72}, image.Pt(612, 792)},
		{"bundle.pdf", 2, View{DPI: 300, Within: 400}, image.Pt(309, 400)},
		{"scan_008.pdf", 1, View{Within: 500}, image.Pt(386, 500)},
		{"scan_009.jpg", 1, View{Within: 1100}, image.Pt(850, 1100)},
		{"scan_055.tif", 2, View{}, image.Pt(1728, 2236)},
		{"scan_019.tif", 1, View{Within: 220}, image.Pt(170, 220)},
		{"small.webp", 1, View{}, image.Pt(40, 30)},
	} {
		t.Run(c.name, func(t *testing.T) {
			drawn, err := reader.Draw(t.Context(), original(sample(t, c.name)), c.page, c.view)
			must(t, err)
			if size := drawn.Bounds().Size(); size != c.want {
				t.Errorf("drawn at %v, want %v", size, c.want)
			}
			if dark := darkPart(drawn); c.name != "small.webp" && (dark < 0.001 || dark > 0.5) {
				t.Errorf("%.4f of the page is dark: ink on white paper was expected", dark)
			}
		})
	}
}

// darkPart is the part of a picture's pixels that is dark.
func darkPart(p image.Image) float64 {
	dark, b := 0, p.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.GrayModel.Convert(p.At(x, y)).(color.Gray).Y < 128 {
				dark++
			}
		}
	}
	return float64(dark) / float64(b.Dx()*b.Dy())
}

func TestUnreadablePapersSayWhy(t *testing.T) {
	cut := func(name string, part int) []byte { d := sample(t, name); return d[:len(d)/part] }
	for name, c := range map[string]struct {
		data  []byte
		cause Cause
	}{
		"empty":              {nil, Empty},
		"cut PDF":            {cut("scan_008.pdf", 3), Broken},
		"PDF of nothing":     {[]byte("%PDF-1.7\n%%EOF\n"), Broken},
		"locked PDF":         {sample(t, "locked.pdf"), Encrypted},
		"huge page box":      {onePage("0 0 1400000 1400000"), TooLarge},
		"cut JPEG":           {cut("scan_009.jpg", 2), Broken},
		"cut PNG":            {cut("scan_034.png", 2), Broken},
		"cut TIFF":           {sample(t, "scan_055.tif")[:100], Broken},
		"PNG bomb":           {pngHead(50000, 50000), TooLarge},
		"TIFF bomb":          {sample(t, "scan_064.tif"), TooLarge},
		"HEIC":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), Broken},
		"HEIC by brand list": {[]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic"), Broken},
		"text named .pdf":    {[]byte("this is not a pdf file\n"), NotShown},
		"ZIP":                {[]byte("PK\x03\x04 and more"), NotShown},
		"anything":           {[]byte{0, 1, 2, 3, 4, 5, 6, 7, 8}, NotShown},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reader.Draw(t.Context(), original(c.data), 1, View{})
			var f *Fault
			if !errors.As(err, &f) || f.Cause != c.cause || len(f.Reason) < 20 {
				t.Errorf("got %v (%+v), want %s", err, f, c.cause)
			}
		})
	}
	if _, err := reader.Draw(t.Context(), original(sample(t, "bundle.pdf")), 3, View{}); err == nil || !strings.Contains(err.Error(), "no page 3") {
		t.Errorf("page 3 of 2: %v", err)
	}
}

// onePage is the smallest PDF with one empty page.
func onePage(box string) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) { at = append(at, b.Len()); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s) }
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj("<</Type/Page/Parent 2 0 R/MediaBox[" + box + "]>>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func pngHead(w, h int) []byte {
	var whole bytes.Buffer
	_ = png.Encode(&whole, image.NewGray(image.Rect(0, 0, 1, 1)))
	data := whole.Bytes()
	binary.BigEndian.PutUint32(data[16:], uint32(w))
	binary.BigEndian.PutUint32(data[20:], uint32(h))
	copy(data[29:], crcOf(data[12:29]))
	return data
}

func TestManyPagesAreBoundAndSaid(t *testing.T) {
	small := NewReader("", Limits{Pages: 1})
	got, err := small.Read(t.Context(), original(sample(t, "scan_055.tif")))
	must(t, err)
	if len(got.Pages) != 1 || got.Total != 2 || len(got.Notes) != 1 {
		t.Errorf("%d pages of %d, notes %q", len(got.Pages), got.Total, got.Notes)
	}
}

func TestPicturesAreTurnedUpright(t *testing.T) {
	stored := image.NewGray(image.Rect(0, 0, 64, 32)) // dark top left corner
	for i := range stored.Pix {
		if stored.Pix[i] = 255; i%64 < 16 && i/64 < 16 {
			stored.Pix[i] = 0
		}
	}
	var plain bytes.Buffer
	must(t, jpeg.Encode(&plain, stored, nil))
	corners := map[int]image.Point{1: {8, 8}, 2: {56, 8}, 3: {56, 24}, 4: {8, 24}, 5: {8, 8}, 6: {24, 8}, 7: {24, 56}, 8: {8, 56}}
	for turn, corner := range corners {
		exif := fmt.Sprintf("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00%c\x00\x00\x00\x00\x00\x00\x00", turn)
		data := append([]byte("\xff\xd8\xff\xe1"), byte((len(exif)+2)>>8), byte(len(exif)+2))
		data = append(append(data, exif...), plain.Bytes()[2:]...)
		drawn, err := reader.Draw(t.Context(), original(data), 1, View{})
		must(t, err)
		if shade := color.GrayModel.Convert(drawn.At(corner.X, corner.Y)).(color.Gray).Y; shade > 60 {
			t.Errorf("orientation %d: the dark corner is not at %v (size %v)", turn, corner, drawn.Bounds().Size())
		}
		read, err := reader.Read(t.Context(), original(data))
		must(t, err)
		if wide := read.Pages[0].Width > read.Pages[0].Height; wide != (turn < 5) {
			t.Errorf("orientation %d: page %v", turn, read.Pages[0])
		}
	}
}

func TestFitAveragesWhatItLeavesOut(t *testing.T) {
	stripes := image.NewGray(image.Rect(0, 0, 300, 90)) // one dark column in three
	see := image.NewNRGBA(stripes.Rect)                 // the same, with transparent between
	for i := range stripes.Pix {
		if stripes.Pix[i] = 255; i%3 == 0 {
			stripes.Pix[i] = 0
			see.Pix[4*i+3] = 255
		}
	}
	for name, src := range map[string]image.Image{"grey": stripes, "see-through": see} {
		got := fit(src, 100)
		if got.Bounds().Size() != image.Pt(100, 30) {
			t.Fatalf("%s: size %v", name, got.Bounds().Size())
		}
		for x := range 100 {
			if shade := color.GrayModel.Convert(got.At(x, 15)).(color.Gray).Y; shade < 165 || shade > 175 {
				t.Fatalf("%s: column %d is %d, want 170", name, x, shade)
			}
		}
	}
	if got := fit(stripes, 300); got != image.Image(stripes) {
		t.Error("a picture that fits was changed")
	}
}

func TestOtherPictureKinds(t *testing.T) {
	src := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.White, color.Black})
	for kind, encode := range map[Kind]func(*bytes.Buffer) error{
		GIF: func(b *bytes.Buffer) error { return gif.Encode(b, src, nil) },
		BMP: func(b *bytes.Buffer) error { return bmp.Encode(b, src) },
	} {
		var b bytes.Buffer
		must(t, encode(&b))
		read, err := reader.Read(t.Context(), original(b.Bytes()))
		must(t, err)
		drawn, err := reader.Draw(t.Context(), original(b.Bytes()), 1, View{})
		must(t, err)
		if read.Kind != kind || drawn.Bounds().Size() != image.Pt(20, 10) {
			t.Errorf("%s: %v, drawn %v", kind, read, drawn.Bounds())
		}
	}
}

func TestTIFFChainThatComesBackOnItselfEnds(t *testing.T) {
	data := bytes.Clone(sample(t, "scan_055.tif"))
	first := binary.LittleEndian.Uint32(data[4:])
	entries := binary.LittleEndian.Uint16(data[first:])
	second := binary.LittleEndian.Uint32(data[first+2+12*uint32(entries):])
	entries = binary.LittleEndian.Uint16(data[second:])
	binary.LittleEndian.PutUint32(data[second+2+12*uint32(entries):], first)
	read, err := reader.Read(t.Context(), original(data))
	must(t, err)
	if read.Total != 2 {
		t.Errorf("%d pages", read.Total)
	}
}

func TestStoppedWorkLeavesAWorkingReader(t *testing.T) {
	data := sample(t, "scan_003.pdf")
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader.Read(stopped, original(data)); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before the start: %v", err)
	}
	// An original that ends the context in the middle of the reading.
	ctx, halt := context.WithCancel(t.Context())
	_, err := reader.Read(ctx, &interrupting{bytes.NewReader(data), halt})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped in the middle: %v", err)
	}
	if _, err := reader.Read(t.Context(), original(data)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	reader.Rest()
	if _, err := reader.Draw(t.Context(), original(data), 1, View{Within: 100}); err != nil {
		t.Errorf("after a rest: %v", err)
	}
}

// interrupting calls halt when the PDF engine begins to read.
type interrupting struct {
	*bytes.Reader
	halt func()
}

func (i *interrupting) Read(p []byte) (int, error) { i.halt(); return i.Reader.Read(p) }

// TestPageThatNeverEndsIsStopped: by the work it takes, and by the clock; the next paper is read all the same.
func TestPageThatNeverEndsIsStopped(t *testing.T) {
	for name, limits := range map[string]Limits{
		"by its work": {Work: 20, Draw: time.Hour, Read: time.Hour}, "by the clock": {Work: 1 << 30, Draw: 50 * time.Millisecond},
	} {
		hasty := NewReader(reader.press.cacheDir, limits)
		must(t, hasty.Warm(t.Context()))
		_, err := hasty.Draw(t.Context(), original(patternForEver()), 1, View{DPI: 300})
		var f *Fault
		if !errors.As(err, &f) || f.Cause != TooSlow {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := hasty.Read(t.Context(), original(sample(t, "scan_003.pdf"))); err != nil {
			t.Errorf("%s, afterwards: %v", name, err)
		}
		hasty.Close()
	}
}

// TestDrawingIsStoppedInItsMidst: the caller ends the context when the engine has begun with a page that goes on for ever.
func TestDrawingIsStoppedInItsMidst(t *testing.T) {
	patient := NewReader(reader.press.cacheDir, Limits{Work: 1 << 30, Draw: time.Hour})
	defer patient.Close()
	must(t, patient.Warm(t.Context()))
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := patient.Draw(ctx, &interrupting{bytes.NewReader(patternForEver()), cancel}, 1, View{DPI: 300}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := patient.Draw(t.Context(), original(sample(t, "scan_003.pdf")), 1, View{Within: 100}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestTheEngineIsTheLibrarysWithAMeter: after a new version of go-pdfium the engine has to be generated anew.
func TestTheEngineIsTheLibrarysWithAMeter(t *testing.T) {
	want, err := exec.Command("go", "run", "./internal/meter/gen", "-").Output()
	must(t, err)
	has, err := pdfiumCode()
	must(t, err)
	if !bytes.Equal(want, has) {
		t.Error("pdfium.wasm.gz is of another version: go generate ./backend/documents")
	}
}

// patternForEver is a PDF whose page draws itself through forms nested to the power: a million boxes for each of many
// lines, minutes of work from a few hundred bytes.
func patternForEver() []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) { at = append(at, b.Len()); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s) }
	stream := func(dict, s string) string {
		return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(s), s)
	}
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>")
	obj(stream("", strings.Repeat("/F Do ", 10)))
	const depth = 8
	for i := range depth {
		inner, resources := strings.Repeat("/F Do ", 10), fmt.Sprintf("/Resources<</XObject<</F %d 0 R>>>>", 6+i)
		if i == depth-1 {
			inner, resources = strings.Repeat("0 0 600 700 re f ", 50), ""
		}
		obj(stream("/Type/XObject/Subtype/Form/BBox[0 0 612 792]"+resources, inner))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func TestClosedReaderLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	r := NewReader(reader.press.cacheDir, Limits{})
	_, err := r.Read(t.Context(), original(sample(t, "scan_003.pdf")))
	must(t, err)
	r.Close()
	if !settles(func() bool { return runtime.NumGoroutine() <= before }) {
		t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
	}
}

func TestClosedReaderRefusesWork(t *testing.T) {
	r := NewReader("", Limits{})
	r.Close()
	if _, err := r.Read(t.Context(), original(sample(t, "scan_003.pdf"))); err == nil {
		t.Error("a closed reader read")
	}
}

func TestPlainTextsAreRead(t *testing.T) {
	for name, data := range map[string]string{
		"utf-8":   "\xef\xbb\xbfLoad LD-947195, Łódź",
		"utf-16":  "\xff\xfeL\x00o\x00a\x00d\x00 \x00L\x00D\x00-\x009\x004\x007\x001\x009\x005\x00,\x00 \x00A\x01\xf3\x00d\x00z\x01",
		"latin-1": "Load LD-947195, Bahnhofstra\xdfe",
	} {
		got, err := reader.Read(t.Context(), original([]byte(data)))
		must(t, err)
		if !strings.HasPrefix(got.Text(), "Load LD-947195, ") || strings.Contains(got.Text(), "\ufffd") {
			t.Errorf("%s: %q", name, got.Text())
		}
	}
}
