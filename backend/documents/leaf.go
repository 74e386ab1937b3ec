package documents

import (
	"context"
	"image"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// drawnDPI is how a PDF is drawn for reading.
const drawnDPI = 200

// busy is how many times longer than for the screen a page may be drawn for reading: the other pages of the bundle, and other
// programs, take their share of the machine, and a page must not be lost for that.
const busy = 3

// pdfLeaf is a page of a PDF as it is read for words: drawn in grey, and its letters where they can be trusted.
func (r *Reader) pdfLeaf(ctx context.Context, o Original, size int64, number, dpi int) (raw, error) {
	if dpi <= 0 {
		dpi = drawnDPI
	}
	var leaf raw
	limit := busy * r.limits.Draw
	err := r.press.with(ctx, bounds{r.limits.Work, limit}, func(_ context.Context, e *engine) error {
		return e.open(o, size, func(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, total int) error {
			if number < 1 || number > total {
				return noSuchPage(number, total)
			}
			var err error
			leaf, err = e.leaf(inst, doc, number-1, dpi)
			return err
		})
	})
	return leaf, overdue(ctx, err, limit)
}

func (e *engine) leaf(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i, dpi int) (raw, error) {
	width, height, err := e.side(inst, doc, i)
	if err != nil {
		return raw{}, err
	}
	scale := float64(dpi) / 72
	long := max(width, height) * scale
	if sheetWrong := long/float64(dpi) > 2*sheetInches; sheetWrong || long > longestSide || long < shortest {
		scale *= readSide / long // a scan put in at a wrong resolution, a poster, a label
	}
	leaf := raw{dpi: dpi, width: width, height: height}
	if long/float64(dpi) > 1.6*sheetInches || long/float64(dpi) < 4 {
		leaf.dpi = readSide / sheetInches
	} else {
		leaf.dpi = int(scale*72 + 0.5)
	}
	drawn, err := e.render(inst, doc, i, width*scale, height*scale, requests.RenderImageFormatGrayscale)
	if err != nil {
		return raw{}, err
	}
	leaf.grey = drawn.(*image.Gray)
	if leaf.photo = e.pictured(inst, doc, i, width*height); leaf.photo {
		return leaf, nil // a text layer over a scan is another engine's reading: ours is kept to one quality
	}
	leaf.letters = e.trusted(inst, doc, i, width, height)
	leaf.typed = leaf.letters != nil && e.typed(inst, doc, i, width*height)
	return leaf, nil
}

// pictured reports whether pictures cover most of a page: a scan.
func (e *engine) pictured(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int, area float64) bool {
	page := pageAt(doc, i)
	count, err := inst.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false
	}
	const enough = 400 // a page of drawing has thousands of objects; a scan is one picture, or some strips
	var covered float64
	for n := range min(count.Count, enough) {
		object, err := inst.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: n})
		if err != nil {
			continue
		}
		sort, err := inst.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || sort.Type != enums.FPDF_PAGEOBJ_IMAGE {
			continue
		}
		if b, err := inst.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject}); err == nil {
			covered += float64(b.Right-b.Left) * float64(b.Top-b.Bottom)
		}
	}
	return covered > 0.6*area
}

// fewestLetters is how many letters a text layer needs to be taken for the page's text and not for a mark of the program
// that made it.
const fewestLetters = 40

// trusted are the letters of a text layer that is sane, upright by the page's own turn; nil where there is none.
func (e *engine) trusted(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int, width, height float64) []piece {
	letters, err := e.letters(inst, doc, i)
	if err != nil {
		return nil
	}
	text := layOut(runs(letters))
	if len(text) < fewestLetters || !sane(text) {
		return nil
	}
	x, y, ok := e.axes(inst, doc, i, width, height)
	if !ok {
		return nil
	}
	for n, c := range letters {
		a, b := place{c.left, c.bottom}, place{c.right, c.top}
		left, bottom := x.of(a), y.of(a)
		right, top := x.of(b), y.of(b)
		letters[n].left, letters[n].right = min(left, right), max(left, right)
		letters[n].bottom, letters[n].top = min(bottom, top), max(bottom, top)
	}
	return letters
}

// place is a spot in a page's own points.
type place struct{ x, y float64 }

// axis is one coordinate on the page as it is drawn, from the page's own two: a page may be turned and cut.
type axis struct{ x, y, start float64 }

func (a axis) of(p place) float64 { return a.x*p.x + a.y*p.y + a.start }

// axes asks the engine where three spots of the page are drawn. The results count from the bottom left, in points.
func (e *engine) axes(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int, width, height float64) (x, y axis, ok bool) {
	const fine, far = 100, 1000
	at := func(px, py float64) (place, bool) {
		d, err := inst.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: pageAt(doc, i), SizeX: int(width * fine), SizeY: int(height * fine), PageX: px, PageY: py})
		if err != nil {
			return place{}, false
		}
		return place{float64(d.DeviceX) / fine, height - float64(d.DeviceY)/fine}, true
	}
	o, ok1 := at(0, 0)
	r, ok2 := at(far, 0)
	u, ok3 := at(0, far)
	x = axis{(r.x - o.x) / far, (u.x - o.x) / far, o.x}
	y = axis{(r.y - o.y) / far, (u.y - o.y) / far, o.y}
	return x, y, ok1 && ok2 && ok3
}
