package papers

import (
	"context"
	"image"
	"image/color"
	"math"
	"net/url"
	"strconv"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/documents/scan"
)

// PageLook is how a page is shown.
type PageLook struct {
	Page   int     // from 1
	Turn   int     // degrees clockwise: 0, 90, 180 or 270
	AsRead bool    // cut out of its photo and laid level, as it was read and as places on it are told; else as it came
	Slant  float64 // degrees clockwise that its lines lie off level, for AsRead
}

// query is the look as an address has it.
func (l PageLook) query() string {
	q := url.Values{}
	if l.Turn != 0 {
		q.Set("turn", strconv.Itoa(l.Turn))
	}
	if l.AsRead {
		q.Set("slant", strconv.FormatFloat(l.Slant, 'f', 2, 64))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// shownWithin is the longest side of a page's picture.
const shownWithin = 2200

// picture is a page of a file as it is shown: the one that was drawn before, while the file is there.
func (a *Area) picture(ctx context.Context, file string, look PageLook) ([]byte, error) {
	look.Turn = upright(look.Turn)
	body, err := a.desk.Papers.Open(file)
	if err != nil {
		a.shown.drop(file)
		return nil, err
	}
	defer body.Close()
	if kept := a.shown.find(file, look); kept != nil {
		return kept, nil
	}
	a.idle.Reset(restAfter)
	picture, err := a.encoded(ctx, body, look)
	if err != nil {
		return nil, asFault(err)
	}
	a.shown.keep(file, look, picture)
	return picture, nil
}

// encoded draws a page as a screen takes it.
func (a *Area) encoded(ctx context.Context, body documents.Original, look PageLook) ([]byte, error) {
	var page image.Image
	var err error
	if look.AsRead || look.Turn != 0 {
		page, err = a.drawn(ctx, body, look)
	} else {
		page, err = a.desk.Reader.Draw(ctx, body, look.Page, documents.View{Within: shownWithin})
	}
	if err != nil {
		return nil, err
	}
	return forScreen(page)
}

// drawn is a page of a file as it is to be shown. A page that lies level and fills its picture keeps its colours.
func (a *Area) drawn(ctx context.Context, body documents.Original, look PageLook) (image.Image, error) {
	if look.Turn%90 != 0 {
		return nil, desk.Invalid("A page is turned by 90, 180 or 270 degrees, not by %d.", look.Turn)
	}
	came, err := a.desk.Reader.Draw(ctx, body, look.Page, documents.View{Within: shownWithin, DPI: copyDPI})
	if err != nil || !look.AsRead {
		return turned(came, look.Turn), err
	}
	grey := scan.Grey(came)
	quad, photo := scan.PageOn(grey)
	if photo {
		grey = scan.Flat(grey, quad, shownWithin)
	}
	if !photo && math.Abs(look.Slant) < levelEnough {
		return turned(came, look.Turn), nil
	}
	return scan.Turned(scan.Straightened(grey, look.Slant), upright(look.Turn)/90), nil
}

// levelEnough is the slant, in degrees, that nobody sees.
const levelEnough = 0.1

// upright is the whole turn of a degree count: 0 to 270.
func upright(degrees int) int { return (degrees%360 + 360) % 360 }

// turned is a picture turned clockwise by a multiple of 90 degrees.
func turned(src image.Image, degrees int) image.Image {
	degrees = upright(degrees)
	if degrees == 0 || src == nil {
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
