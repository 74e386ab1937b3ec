package pdf

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"
)

// TestCopy: the same sheets give the same bytes; what no font has a letter for, and a word without room, does no harm.
func TestCopy(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 85, 110))); err != nil {
		t.Fatal(err)
	}
	sheets := []Sheet{{Picture: picture.Bytes(), Kind: "png", Width: 612, Height: 792, Mark: "POD", Words: []SheetWord{{"BOL-4455", [4]float64{.1, .1, .3, .12}},
		{"Łódź \U0001F69A", [4]float64{.1, .2, .3, .22}}, {"none", [4]float64{.5, .5, .5, .5}}, {"", [4]float64{0, 0, 1, 1}}}},
		{Picture: picture.Bytes(), Kind: "png", Width: 792, Height: 612}}
	made := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	first, err := Copy("scan.pdf", made, sheets)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Copy("scan.pdf", made, sheets)
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("%d and %d bytes, %v", len(first), len(second), err)
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n != 2 {
		t.Errorf("%d pages", n)
	}
	if _, err := Copy("none", made, nil); err == nil {
		t.Error("a PDF without a page was made")
	}
	if _, err := Copy("broken", made, []Sheet{{Picture: []byte("no picture"), Kind: "png", Width: 1, Height: 1}}); err == nil {
		t.Error("a PDF of no picture was made")
	}
}
