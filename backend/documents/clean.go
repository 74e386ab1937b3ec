package documents

import (
	"image"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// raw is one page as it comes out of a file: its pixels, and its words where the file has them as text.
type raw struct {
	grey    *image.Gray
	dpi     int
	letters []piece // of a text layer that can be trusted, in points of the page
	typed   bool    // and that the program which made the page wrote
	width   float64 // of the page in those points
	height  float64
	words   []paper.Word // of a plain text
	photo   bool         // may show more than the page: a ground around it
}

// cleaned is a page made ready for reading.
type cleaned struct {
	page   *image.Gray // upright as far as known, straight, evened
	dpi    int
	turn   int         // quarters that it was turned clockwise for that
	sure   bool        // of the direction of the lines; not of which end is up
	lay    *image.Gray // the evened page as it lay
	slants [2]float64  // of its lines, were they to run along it or across
}

// The long side of a page for reading, in pixels: 200 dots an inch on Letter. Smaller letters than that are read badly,
// larger ones are only slower.
const (
	readSide    = 2200
	longestSide = 2700
	shortest    = 1900
)

// sheetInches is how long a page is taken to be where nobody says.
const sheetInches = 11

// screenDPI is a screen's resolution: what is smaller than a sheet there is a snippet, not a sheet with tiny letters.
const screenDPI = 72

// softPrint is from which softness on a page is sharpened: one that was scanned coarsely or out of focus. The thin strokes of small
// print, of rules and of codes are no ink on it otherwise. Good scans and photographs have a half to one.
const softPrint = 1.1

// fineGrain is up to which grain a page is sharpened. That of what was drawn larger or is out of focus has a half, good scans two to
// four, and a photograph in little light, which is soft too, more: its grain would be taken for specks and strokes.
const fineGrain = 1

// clean finds the page on a photo, takes shadows and slant out, and lays lines of text level.
func clean(r raw) cleaned {
	grey := r.grey
	if r.photo {
		if quad, ok := scan.PageOn(grey); ok {
			grey = scan.Flat(grey, quad, readSide)
		}
	}
	long := max(grey.Rect.Dx(), grey.Rect.Dy())
	dpi := r.dpi
	if long > longestSide || long < shortest {
		scale := min(readSide/float64(long), 2.5)
		grey = scan.Scale(grey, int(float64(grey.Rect.Dx())*scale), int(float64(grey.Rect.Dy())*scale))
		dpi = int(float64(dpi) * scale)
	}
	if dpi == 0 {
		dpi = max(max(grey.Rect.Dx(), grey.Rect.Dy())/sheetInches, screenDPI)
	}
	if soft := scan.Softness(grey); soft > softPrint && scan.Grain(grey) <= fineGrain {
		grey = scan.Sharpened(grey, soft)
	}
	even := scan.WithoutFaxLines(scan.Evened(grey, dpi))
	slant := scan.SlantOf(even)
	c := cleaned{dpi: dpi, lay: even, sure: slant.Sure, slants: [2]float64{slant.Degrees, slant.Other}}
	if slant.Sideways {
		c.slants = [2]float64{slant.Other, slant.Degrees}
		if slant.Sure {
			return c.laid(3)
		}
	}
	return c.laid(0)
}

// laid is the page turned by quarters clockwise from how it lay, its lines level.
func (c cleaned) laid(quarters int) cleaned {
	c.turn = quarters % 4
	c.page = scan.Turned(scan.Straightened(c.lay, c.slant()), c.turn)
	return c
}

// slant is how far the lines were turned clockwise.
func (c cleaned) slant() float64 { return c.slants[c.turn%2] }

// blankInk is the share of a page that is ink below which nothing stands on it: a single short line has more.
const blankInk = 0.00005

func (c cleaned) blank() bool { return scan.Ink(c.page, c.dpi) < blankInk }

// readable is the page as it is given to the engine: without rules, black bands and specks. Where more is left than a page may
// have of letters there is noise all over, and coarser specks are taken for specks too. Letters is how many are
// left, strokes of noise among them.
func (c cleaned) readable() (picture *image.Gray, letters int) {
	plain := scan.WithoutRules(scan.Positive(c.page, c.dpi), c.dpi)
	for size := max(c.dpi*c.dpi/10000, 2); ; size *= 3 {
		clean, letters := scan.Unspeckled(plain, size)
		if letters <= mostLetters || size > c.dpi*c.dpi/100 {
			return clean, letters
		}
	}
}

// rotation is how many degrees clockwise the page lay.
func (c cleaned) rotation() int { return (4 - c.turn) % 4 * 90 }
