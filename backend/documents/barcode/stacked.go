package barcode

import (
	"image"

	"github.com/ericlevine/zxinggo"
	"github.com/ericlevine/zxinggo/binarizer"
	"github.com/ericlevine/zxinggo/pdf417"
)

// Stacked reads a PDF417 that fills a picture, whichever way up it lies.
func Stacked(picture *image.Gray) (kind, value string) {
	defer func() {
		if recover() != nil { // as in decode
			kind, value = "", ""
		}
	}()
	source := zxinggo.NewGrayImageLuminanceSource(picture)
	for _, parted := range []zxinggo.Binarizer{binarizer.NewGlobalHistogram(source), binarizer.NewHybrid(source)} {
		result, err := pdf417.NewPDF417Reader().Decode(zxinggo.NewBinaryBitmap(parted), &zxinggo.DecodeOptions{TryHarder: true})
		if err == nil && plausible(PDF417, result.Text) {
			return PDF417, result.Text
		}
	}
	return "", ""
}

// woven reports whether a cell is of rows of short bars: ink and white in like parts, and an edge every few pixels. Print has
// less ink, and fewer edges.
func woven(p *image.Gray, left, top, cell int) bool {
	across, down := edges(p, left, top, cell)
	return max(across, down) > 255*(cell-1)*9/10 && busy(p, left, top, cell)
}
