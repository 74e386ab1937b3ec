// Package barcode reads the codes on a page: Code 128, Code 39, QR, DataMatrix and PDF417. The readers are gozxing's, that of
// PDF417 is zxinggo's; what is ours is to find where on a page a code may be, since they read one that fills the picture far
// better than one on a page.
package barcode

import (
	"context"
	"image"
	"slices"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// The kinds of codes, as paper.Code tells them.
const (
	Code128    = "code128"
	Code39     = "code39"
	QR         = "qr"
	DataMatrix = "datamatrix"
	PDF417     = "pdf417"
)

var kinds = map[gozxing.BarcodeFormat]string{gozxing.BarcodeFormat_CODE_128: Code128, gozxing.BarcodeFormat_CODE_39: Code39,
	gozxing.BarcodeFormat_QR_CODE: QR, gozxing.BarcodeFormat_DATA_MATRIX: DataMatrix}

// mostPlaces bounds how many places of a sort are tried on a page.
const mostPlaces = 8

// Read reads the codes of an upright, evened page, each once. It gives what it has when ctx ends.
func Read(ctx context.Context, page *image.Gray, dpi int) []paper.Code {
	var found []paper.Code
	for _, place := range Places(page, dpi) {
		if ctx.Err() != nil {
			break
		}
		if code, ok := readPlace(page, place, dpi); ok && !slices.ContainsFunc(found, func(c paper.Code) bool {
			return c.Kind == code.Kind && c.Value == code.Value
		}) {
			found = append(found, code)
		}
	}
	return found
}

// readPlace tries one place: as it is, larger, and with its edges smoothed.
func readPlace(page *image.Gray, place Place, dpi int) (paper.Code, bool) {
	w, h := float64(page.Rect.Dx()), float64(page.Rect.Dy())
	code := paper.Code{Box: paper.Box{float64(place.At.Min.X) / w, float64(place.At.Min.Y) / h, float64(place.At.Max.X) / w, float64(place.At.Max.Y) / h}}
	crop := scan.Framed(scan.Crop(page, place.At), dpi/10)
	for _, scale := range []float64{1, 2, 1.5, 3, 0.75} {
		picture := crop
		if scale != 1 {
			if side := float64(max(crop.Rect.Dx(), crop.Rect.Dy())) * scale; side > 3000 || side < 40 {
				continue
			}
			picture = scan.Scale(crop, int(float64(crop.Rect.Dx())*scale), int(float64(crop.Rect.Dy())*scale))
		}
		for _, read := range readers(place.Sort, scale) {
			if code.Kind, code.Value = read(picture); code.Value != "" {
				return code, true
			}
		}
	}
	return code, false
}

type reader func(*image.Gray) (kind, value string)

// readers are those to try on a place that is drawn so many times larger. Stacked codes are read as they are or doubled: that
// takes its time.
func readers(sort Sort, scale float64) (all []reader) {
	switch sort {
	case Bars:
		all = append(all, func(p *image.Gray) (string, string) { return decode(oned.NewCode128Reader(), p) },
			func(p *image.Gray) (string, string) { return decode(oned.NewCode39Reader(), p) })
	case Squares:
		all = append(all, func(p *image.Gray) (string, string) { return decode(qrcode.NewQRCodeReader(), p) },
			func(p *image.Gray) (string, string) { return decode(datamatrix.NewDataMatrixReader(), p) }, Matrix)
	}
	if scale == 1 || scale == 2 {
		all = append(all, Stacked)
	}
	return all
}

var hints = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}

// decode reads one code with two ways to tell black from white.
func decode(reader gozxing.Reader, picture *image.Gray) (kind, value string) {
	defer func() {
		if recover() != nil { // a reader that trips over what it sees has found nothing
			kind, value = "", ""
		}
	}()
	source := luminance(picture)
	for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
		bitmap, err := gozxing.NewBinaryBitmap(binarizer)
		if err != nil {
			continue
		}
		result, err := reader.Decode(bitmap, hints)
		reader.Reset()
		if err == nil && plausible(kinds[result.GetBarcodeFormat()], result.GetText()) {
			return kinds[result.GetBarcodeFormat()], result.GetText()
		}
	}
	return "", ""
}

// plausible refuses what short or odd codes come out of noise: Code 39 has no check digit.
func plausible(kind, value string) bool {
	if kind == Code39 && len(value) < 4 {
		return false
	}
	return kind != "" && strings.TrimSpace(value) != "" && !strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != 0x1d })
}

func luminance(p *image.Gray) gozxing.LuminanceSource { return gozxing.NewLuminanceSourceFromImage(p) }
