package documents

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

func TestJSONIsToldFromOtherText(t *testing.T) {
	for head, want := range map[string]bool{
		`[{"Load":"A1"}]`: true, "\ufeff\r\n { \"a\": 1 }": true, "[\n": true, "[1, 2]": true, "[true]": true,
		"": false, "load,customer\n1,2\n": false, "{Load 5} to Macon": false, "[see note] two short": false,
	} {
		if got := JSON([]byte(head)); got != want {
			t.Errorf("%q is JSON: %v, want %v", head, got, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for want, heads := range map[Kind][]string{
		PDF:     {"%PDF-1.4", "\r\n\r\nMIME junk\r\n%PDF-1.7", "HTTP/1.1 200 OK\n\n%PDF-1.3"},
		JPEG:    {"\xff\xd8\xff\xe0\x00\x10JFIF"},
		TIFF:    {"II*\x00\x08\x00\x00\x00", "MM\x00*\x00\x00\x00\x08"},
		WebP:    {"RIFF\x10\x00\x00\x00WEBPVP8 "},
		HEIC:    {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heixmiaf"},
		AVIF:    {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"},
		Unknown: {"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", "\x00\x01\x02", "RIFF\x10\x00\x00\x00WAVEfmt ", "BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\x00\x00\x00"},
		EML: {"Received: from mail\r\n by here\r\nFrom: a@b.c\r\nSubject: POD LD-1\r\n\r\nhello",
			"From: a@b.c\nTo: d@e.f\nSubject: x\nDate: Mon, 23 Nov 2026 09:00:00 +0000\n\n"},
		ZIP:     {"PK\x03\x04\x14\x00\x00\x00\x08\x00pod.pdf", "PK\x05\x06"},
		Office:  {"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00........[Content_Types].xml"},
		Outlook: {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
		Text:    {"this is not a pdf file\n", "load,customer\n1,2\n", "From: Joliet\nLoad 5 to Macon: urgent\n", "stra\xdfe 1", "BMW 320 delivered to the dock"},
		Nothing: {""},
	} {
		for _, head := range heads {
			if got := Sniff([]byte(head)); got != want {
				t.Errorf("%q is %s, want %s", head, got, want)
			}
		}
	}
}

func FuzzSniff(f *testing.F) {
	seeds, _ := filepath.Glob("testdata/scan_*")
	for _, path := range seeds {
		if data, err := os.ReadFile(path); err == nil {
			f.Add(data[:min(len(data), 64)])
		}
	}
	f.Add([]byte("\x00\x00\x00\xffftypmif1"))
	f.Add([]byte("From: x\nTo: y\n"))
	f.Fuzz(func(t *testing.T, head []byte) {
		kind := Sniff(head)
		if kind == "" || kind.MIME() == "" || (kind == Nothing) != (len(head) == 0) {
			t.Errorf("%q is %q", head, kind)
		}
	})
}

// FuzzPictures decodes what the fuzzer makes of pictures: whatever comes, it ends in a picture or in a sentence.
func FuzzPictures(f *testing.F) {
	for _, name := range []string{"small.webp", "scan_064.tif"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	dot := image.NewPaletted(image.Rect(0, 0, 3, 3), color.Palette{color.White, color.Black})
	for _, encode := range []func(io.Writer) error{
		func(w io.Writer) error { return png.Encode(w, dot) },
		func(w io.Writer) error { return jpeg.Encode(w, dot, nil) },
		func(w io.Writer) error { return gif.Encode(w, dot, nil) },
		func(w io.Writer) error { return bmp.Encode(w, dot) },
		func(w io.Writer) error { return tiff.Encode(w, dot, nil) },
	} {
		var b bytes.Buffer
		must(f, encode(&b))
		f.Add(b.Bytes())
	}
	small := NewReader("", Limits{Pixels: 1 << 20, Memory: 4 << 20})
	f.Fuzz(func(t *testing.T, data []byte) {
		kind := Sniff(data)
		if !kind.Picture() {
			return
		}
		if _, err := small.Read(t.Context(), bytes.NewReader(data)); err != nil {
			return
		}
		if drawn, err := small.Draw(t.Context(), bytes.NewReader(data), 1, View{Within: 64}); err == nil && drawn.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}
