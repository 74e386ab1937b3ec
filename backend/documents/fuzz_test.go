package documents

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// Each decoder by itself, its head put right, so that a run spends its time behind the head. FuzzPictures, FuzzDraw and
// FuzzPages take files of all kinds.

// readAndDraw reads a file and draws its first page, which must end in a picture or in a reason for a person.
func readAndDraw(t *testing.T, r *Reader, data []byte) {
	t.Helper()
	var known *Fault
	if _, err := r.Read(t.Context(), original(data)); err != nil {
		if !errors.As(err, &known) {
			t.Errorf("its pages: %v is no reason for a person", err)
		}
		return
	}
	drawn, err := r.Draw(t.Context(), original(data), 1, View{Within: 200})
	if err != nil && !errors.As(err, &known) {
		t.Errorf("%v is no reason for a person", err)
	}
	if err == nil && drawn.Bounds().Empty() {
		t.Error("an empty picture")
	}
}

// FuzzPDF: pages, words laid out by lines, and the picture of a PDF. It has little work, so that a run sees many.
func FuzzPDF(f *testing.F) {
	for _, data := range [][]byte{onePage("0 0 72 72"), manyPages(3), sample(f, "scan_049.pdf")} {
		f.Add(data)
	}
	quick := NewReader(reader.press.cacheDir, Limits{Work: 20, Pages: 5})
	f.Cleanup(quick.Close)
	f.Fuzz(func(t *testing.T, data []byte) {
		if Sniff(data) != PDF {
			data = append([]byte("%PDF-1.4\n"), data...)
		}
		readAndDraw(t, quick, data)
	})
}

// FuzzTIFF: our own walk through pages, strips, tiles and JPEG within, and the library behind it.
func FuzzTIFF(f *testing.F) {
	for _, data := range [][]byte{stamps(f)[4], sample(f, "scan_064.tif"), sample(f, "scan_055.tif"), jpegInTIFF(f)} {
		f.Add(data)
	}
	small := NewReader("", Limits{Pixels: 1 << 20, Memory: 4 << 20})
	f.Fuzz(func(t *testing.T, data []byte) {
		if Sniff(data) != TIFF && len(data) > 4 {
			data = append([]byte("II*\x00"), data[4:]...)
		}
		readAndDraw(t, small, data)
	})
}

// jpegInTIFF is a small TIFF of two strips, each a JPEG.
func jpegInTIFF(t testing.TB) []byte {
	t.Helper()
	jpeg := stamps(t)[2] // 60 by 40
	tags := [][3]uint32{ // number, type, value; what is longer stands behind the directory
		{tagWidth, 4, 60}, {tagHeight, 4, 80}, {tagBits, 3, 8}, {tagCompression, 3, compressedJPEG}, {tagPhotometric, 3, 1},
		{tagStripOffsets, 4, 0}, {tagSamples, 3, 1}, {tagRowsPerStrip, 4, 40}, {tagStripSizes, 4, 0},
	}
	behind := uint32(8 + 2 + 12*len(tags) + 4)
	number := func(b []byte, n uint32) []byte { return append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) }
	data := number([]byte("II*\x00"), 8)
	data = append(data, byte(len(tags)), 0)
	for _, tag := range tags {
		count, value := uint32(1), tag[2]
		switch tag[0] {
		case tagStripOffsets:
			count, value = 2, behind
		case tagStripSizes:
			count, value = 2, behind+8
		}
		data = append(data, byte(tag[0]), byte(tag[0]>>8), byte(tag[1]), 0)
		data = number(number(data, count), value)
	}
	size := uint32(len(jpeg))
	data = number(data, 0)
	for _, n := range []uint32{behind + 16, behind + 16 + size, size, size} {
		data = number(data, n)
	}
	return append(append(data, jpeg...), jpeg...)
}

func TestJPEGInTIFFIsPutTogether(t *testing.T) {
	drawn, err := reader.Draw(t.Context(), original(jpegInTIFF(t)), 1, View{})
	must(t, err)
	if size := drawn.Bounds().Size(); size.X != 60 || size.Y != 80 {
		t.Fatalf("drawn at %v", size)
	}
	for x := range 60 {
		if drawn.At(x, 10) != drawn.At(x, 50) {
			t.Fatalf("column %d: the second strip is not the first once more", x)
		}
	}
}

// FuzzText: a text in any of its encodings comes out as letters, of at most the length that is kept.
func FuzzText(f *testing.F) {
	for _, text := range []string{"Load LD-947195", "\xff\xfeL\x00o\x00\x01\xd8", "\xfe\xff\xd8\x00", "stra\xdfe", "\xef\xbb\xbfx"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if Sniff(data) != Text {
			return
		}
		got, err := readText(bytes.NewReader(data), Limits{Text: 1000})
		if err != nil || len(got.Pages) != 1 {
			t.Fatalf("%d pages, %v", len(got.Pages), err)
		}
		if text := got.Pages[0].Text; !utf8.ValidString(text) || len(text) > 1000 || strings.ContainsRune(text, 0) {
			t.Errorf("%q came out of %q", text, data)
		}
	})
}
