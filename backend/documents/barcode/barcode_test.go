package barcode

import (
	"context"
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"

	"tracedesk/backend/documents/scan"
)

// drawn is a code as black and white pixels.
func drawn(t testing.TB, writer gozxing.Writer, format gozxing.BarcodeFormat, value string, w, h int) *image.Gray {
	t.Helper()
	bits, err := writer.Encode(value, format, w, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := image.NewGray(image.Rect(0, 0, bits.GetWidth(), bits.GetHeight()))
	for y := range bits.GetHeight() {
		for x := range bits.GetWidth() {
			if !bits.Get(x, y) {
				p.Pix[y*p.Stride+x] = 255
			}
		}
	}
	return p
}

// page is a Letter page at 200 dots an inch with a code on it and rows of strokes like text.
func page(code *image.Gray, x, y int) *image.Gray {
	p := scan.Framed(image.NewGray(image.Rect(0, 0, 0, 0)), 850) // white, 1700 by 1700
	for row := 900; row < 1600; row += 40 {
		for i := 100; i < 1500; i += 9 {
			for dy := range 18 {
				if (i+dy*7+row)%5 < 2 {
					p.Pix[(row+dy)*p.Stride+i+dy%3] = 0
				}
			}
		}
	}
	for cy := range code.Rect.Dy() {
		copy(p.Pix[(y+cy)*p.Stride+x:], code.Pix[cy*code.Stride:][:code.Rect.Dx()])
	}
	return p
}

func TestCodesAreFoundWhereTheyStand(t *testing.T) {
	for _, c := range []struct {
		kind, value string
		picture     *image.Gray
	}{
		{Code128, "10051159", drawn(t, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "10051159", 300, 100)},
		{Code39, "544-319955", drawn(t, oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "544-319955", 500, 90)},
		{QR, "LD-503970", drawn(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "LD-503970", 160, 160)},
		{DataMatrix, "32695162", scan.Scale(drawn(t, datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, "32695162", 0, 0), 90, 90)},
	} {
		for name, look := range map[string]func(*image.Gray) *image.Gray{
			"clean":  func(p *image.Gray) *image.Gray { return p },
			"askew":  func(p *image.Gray) *image.Gray { return scan.Straightened(p, 0.3) },
			"smooth": func(p *image.Gray) *image.Gray { return scan.Scale(scan.Scale(p, 1150, 1150), 1700, 1700) },
		} {
			found := Read(context.Background(), look(page(c.picture, 700, 300)), 200)
			if len(found) != 1 || found[0].Kind != c.kind || found[0].Value != c.value {
				t.Errorf("%s, %s: %v", c.kind, name, found)
				continue
			}
			if b := found[0].Box; b[0] < 0.36 || b[0] > 0.45 || b[1] < 0.13 || b[1] > 0.2 || b[2] < b[0] || b[3] < b[1] {
				t.Errorf("%s, %s: at %v", c.kind, name, b)
			}
		}
	}
	if found := Read(context.Background(), page(image.NewGray(image.Rect(0, 0, 0, 0)), 0, 0), 200); len(found) != 0 {
		t.Errorf("on a page without codes: %v", found)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if found := Read(ended, page(drawn(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "LD-503970", 160, 160), 700, 300), 200); len(found) != 0 {
		t.Errorf("after the end: %v", found)
	}
}

// TestAnyPictureIsSurvived feeds pictures of any size and content to the readers.
func TestAnyPictureIsSurvived(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 120).Draw(t, "w"), rapid.IntRange(1, 120).Draw(t, "h")
		p := image.NewGray(image.Rect(0, 0, w, h))
		block := rapid.IntRange(1, 9).Draw(t, "block")
		tones := rapid.SliceOfN(rapid.SampledFrom([]uint8{0, 90, 255}), 1, 60).Draw(t, "tones")
		for i := range p.Pix {
			p.Pix[i] = tones[(i%w/block+i/w/block*7)%len(tones)]
		}
		for _, c := range Read(context.Background(), p, rapid.IntRange(30, 300).Draw(t, "dpi")) {
			if c.Value == "" || c.Kind == "" {
				t.Fatalf("a code without value: %+v", c)
			}
		}
	})
}
