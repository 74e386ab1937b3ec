package papers

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
)

// png draws a page of a file, turned clockwise by 0, 90, 180 or 270 degrees.
func (a *Area) png(ctx context.Context, file string, page, turn int) ([]byte, error) {
	if turn%90 != 0 {
		return nil, desk.Invalid("A page is turned by 90, 180 or 270 degrees, not by %d.", turn)
	}
	body, err := a.desk.Papers.Open(file)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	a.idle.Reset(restAfter)
	var out bytes.Buffer
	if turn%360 == 0 {
		err := a.desk.Reader.PNG(ctx, &out, body, page, documents.View{Within: shownWithin})
		return out.Bytes(), asFault(err)
	}
	drawn, err := a.desk.Reader.Draw(ctx, body, page, documents.View{Within: shownWithin})
	if err != nil {
		return nil, asFault(err)
	}
	fast := png.Encoder{CompressionLevel: png.BestSpeed}
	err = fast.Encode(&out, turned(drawn, turn))
	return out.Bytes(), err
}

// upright is the whole turn of a degree count: 0 to 270.
func upright(degrees int) int { return (degrees%360 + 360) % 360 }

// turned is a picture turned clockwise by a multiple of 90 degrees.
func turned(src image.Image, degrees int) image.Image {
	degrees = upright(degrees)
	if degrees == 0 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if degrees != 180 {
		size = image.Rect(0, 0, h, w)
	}
	to := func(x, y int) (int, int) {
		switch degrees {
		case 90:
			return h - 1 - y, x
		case 180:
			return w - 1 - x, h - 1 - y
		}
		return y, w - 1 - x
	}
	if grey, ok := src.(*image.Gray); ok {
		dst := image.NewGray(size)
		for y := range h {
			for x := range w {
				dx, dy := to(x, y)
				dst.Pix[dy*dst.Stride+dx] = grey.Pix[y*grey.Stride+x]
			}
		}
		return dst
	}
	dst := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			dx, dy := to(x, y)
			dst.SetRGBA(dx, dy, color.RGBAModel.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA))
		}
	}
	return dst
}

// turnedBox is where a box lies once its page is turned clockwise.
func turnedBox(box [4]float64, degrees int) [4]float64 {
	l, t, r, b := box[0], box[1], box[2], box[3]
	switch upright(degrees) {
	case 90:
		return [4]float64{1 - b, l, 1 - t, r}
	case 180:
		return [4]float64{1 - r, 1 - b, 1 - l, 1 - t}
	case 270:
		return [4]float64{t, 1 - r, b, 1 - l}
	}
	return box
}
