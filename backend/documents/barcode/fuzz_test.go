package barcode

import (
	"context"
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// FuzzRead reads codes that are drawn wrongly, and any other pixels: what is found lies on the page, and nothing fails.
func FuzzRead(f *testing.F) {
	const width = 96
	for _, code := range []*image.Gray{
		drawn(f, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "LD-503970", width, 60),
		drawn(f, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "1005", width, 60),
		drawn(f, oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "54", width, 60),
		drawn(f, datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, "LD-1", width, width),
	} {
		f.Add(code.Pix)
	}
	f.Fuzz(func(t *testing.T, pix []byte) {
		height := len(pix) / width
		if height < 1 || height > width {
			return
		}
		p := &image.Gray{Pix: pix, Stride: width, Rect: image.Rect(0, 0, width, height)}
		for _, code := range Read(context.Background(), p, 72) {
			b := code.Box
			if code.Kind == "" || b[0] < 0 || b[1] < 0 || b[2] > 1 || b[3] > 1 || b[0] >= b[2] || b[1] >= b[3] {
				t.Errorf("%s %q stands at %v", code.Kind, code.Value, b)
			}
		}
	})
}
