package pdf

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the fonts
	"fmt"
	"io"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/NotoSans-Regular.ttf.gz
var notoRegular []byte

//go:embed fonts/NotoSans-Bold.ttf.gz
var notoBold []byte

//go:embed fonts/DejaVuSans.ttf.gz
var dejaVu []byte

//go:embed fonts/DroidSansFallbackFull.ttf.gz
var droid []byte

// face is one embedded TrueType font. It is unpacked when a text first needs it, and never changes afterwards.
type face struct {
	family string // the name it is known by inside the PDF
	packed []byte // gzip
	once   sync.Once
	data   []byte
	widths []uint16 // by rune of the basic plane, in 1/1000 em; noGlyph where the font has none
}

const (
	noGlyph     = math.MaxUint16
	replacement = '\uFFFD' // the visible mark for what cannot be printed; DejaVu Sans has it
)

// The faces in the order in which a rune is looked for: Noto Sans for reading (Latin, Greek, Cyrillic), DejaVu Sans for
// arrows and signs, Droid Sans Fallback for Chinese and Japanese. The last two have no bold.
var (
	regular  = &face{family: "NotoSans", packed: notoRegular}
	bold     = &face{family: "NotoSansBold", packed: notoBold}
	symbols  = &face{family: "DejaVuSans", packed: dejaVu}
	ideogram = &face{family: "DroidSansFallback", packed: droid}
)

// chainOf is where a rune of a style is looked for, the first font that has it wins.
func chainOf(strong bool) [3]*face {
	if strong {
		return [3]*face{bold, symbols, ideogram}
	}
	return [3]*face{regular, symbols, ideogram}
}

// width is the advance of a rune in 1/1000 em, or noGlyph.
func (f *face) width(r rune) uint16 {
	f.once.Do(f.open)
	if r < 0 || int(r) >= len(f.widths) {
		return noGlyph
	}
	return f.widths[r]
}

// bytes is a copy of the font file: gofpdf writes into what it is given.
func (f *face) bytes() []byte {
	f.once.Do(f.open)
	return bytes.Clone(f.data)
}

// open unpacks the font and reads its character map and advances. The fonts are compiled in and read by a test, so a
// failure here is a broken build.
func (f *face) open() {
	if err := f.read(); err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", f.family, err))
	}
}

func (f *face) read() error {
	z, err := gzip.NewReader(bytes.NewReader(f.packed))
	if err != nil {
		return err
	}
	if f.data, err = io.ReadAll(z); err != nil {
		return err
	}
	parsed, err := sfnt.Parse(f.data)
	if err != nil {
		return err
	}
	f.widths, err = advances(parsed)
	return err
}

// advances are the widths of the basic plane's runes, rounded to 1/1000 em as gofpdf writes them into the PDF.
func advances(parsed *sfnt.Font) ([]uint16, error) {
	em := int(parsed.UnitsPerEm())
	widths := make([]uint16, 1<<16)
	byGlyph := make(map[sfnt.GlyphIndex]uint16)
	var buf sfnt.Buffer
	for r := range widths {
		glyph, err := parsed.GlyphIndex(&buf, rune(r))
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			widths[r] = noGlyph
			continue
		}
		w, known := byGlyph[glyph]
		if !known {
			adv, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(em), font.HintingNone)
			if err != nil {
				return nil, err
			}
			w = uint16(math.Round(float64(adv) / 64 * 1000 / float64(em)))
			byGlyph[glyph] = w
		}
		widths[r] = w
	}
	return widths, nil
}
