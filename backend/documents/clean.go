package documents

import (
	"image"
	"math"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// raw is one page as it comes out of a file: its pixels, and its words where the file has them as text.
type raw struct {
	grey    *image.Gray
	dpi     int
	letters []piece // of a text layer that can be trusted, in points of the page
	width   float64 // of the page in those points
	height  float64
	words   []paper.Word // of a plain text
	photo   bool         // may show more than the page: a ground around it
}

// cleaned is a page made ready for reading.
type cleaned struct {
	page  *image.Gray // upright as far as known, straight, evened
	dpi   int
	turn  int // quarters that it was turned clockwise for that
	slant float64
	sure  bool // of the direction of the lines; not of which end is up
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
		dpi = max(grey.Rect.Dx(), grey.Rect.Dy()) / sheetInches
	}
	c := cleaned{page: scan.Evened(grey, dpi), dpi: dpi}
	slant := scan.SlantOf(c.page)
	c.sure = slant.Sure
	if slant.Sideways && slant.Sure {
		c.turn = 3
		c.page = scan.Turned(c.page, c.turn)
	}
	if math.Abs(slant.Degrees) > 0.04 && slant.Sure {
		c.slant = slant.Degrees
		c.page = scan.Straightened(c.page, slant.Degrees)
	}
	return c
}

// blankInk is the share of a page that is ink below which nothing stands on it: a single short line has more.
const blankInk = 0.00012

func (c cleaned) blank() bool { return scan.Ink(c.page, c.dpi) < blankInk }

// turned is the page turned further.
func (c cleaned) turned(quarters int) cleaned {
	c.page = scan.Turned(c.page, quarters)
	c.turn = (c.turn + quarters) % 4
	return c
}

// mostGroups is how many groups of ink a page of text can have; noise has more, and takes the engine for ever.
const mostGroups = 20_000

// readable is the page as it is given to the engine: without rules and specks. Where there is noise all over, coarser
// specks are taken for specks too.
func (c cleaned) readable() *image.Gray {
	plain := scan.WithoutRules(c.page, c.dpi)
	for size := max(c.dpi*c.dpi/10000, 2); ; size *= 3 {
		clean, groups := scan.Unspeckled(plain, size)
		if groups <= mostGroups || size > c.dpi*c.dpi/100 {
			return clean
		}
	}
}

// rotation is how many degrees clockwise the page lay.
func (c cleaned) rotation() int { return (4 - c.turn) % 4 * 90 }
