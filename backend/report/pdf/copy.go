package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// Sheet is one page of a copy: its picture, and the words that stand on it.
type Sheet struct {
	Picture       []byte // JPEG or PNG
	Kind          string // "jpg", "png"
	Width, Height float64
	Words         []SheetWord
	Mark          string // entry of the outline that begins on this page; "" none
}

// SheetWord is a word where it stands: left, top, right, bottom as parts of the page from 0 to 1.
type SheetWord struct {
	Text string
	Box  [4]float64
}

// invisible is the text rendering mode in which letters are there to be found and copied, and not seen.
const invisible = 3

// Copy writes a searchable PDF: each page is its picture with the words behind it, invisible. Width and Height are points.
// The same sheets give the same bytes. Letters that no embedded font has are left out of the words.
func Copy(title string, made time.Time, sheets []Sheet) (out []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			out, err = nil, fmt.Errorf("the PDF %q could not be drawn: %v", title, fault)
		}
	}()
	if len(sheets) == 0 {
		return nil, errors.New("a PDF needs a page")
	}
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: sheets[0].Width, Ht: sheets[0].Height}})
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(made.UTC())
	f.SetModificationDate(made.UTC())
	f.SetTitle(clean(title), true)
	f.SetCreator("TraceDesk", true)
	f.SetProducer("TraceDesk, gofpdf 1.16.2", true)
	f.AddUTF8FontFromBytes(regular.family, "", regular.bytes())
	for i := range sheets {
		sheet(f, &sheets[i], strconv.Itoa(i))
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		return nil, fmt.Errorf("the PDF %q could not be drawn: %w", title, err)
	}
	return b.Bytes(), nil
}

func sheet(f *gofpdf.Fpdf, s *Sheet, name string) {
	f.AddPageFormat("P", gofpdf.SizeType{Wd: s.Width, Ht: s.Height})
	f.SetFont(regular.family, "", smallSize)
	if s.Mark != "" {
		f.Bookmark(clean(s.Mark), 0, 0)
	}
	how := gofpdf.ImageOptions{ImageType: s.Kind}
	f.RegisterImageOptionsReader(name, how, bytes.NewReader(s.Picture))
	f.ImageOptions(name, 0, 0, s.Width, s.Height, false, how, 0, "")
	f.SetTextRenderingMode(invisible)
	for i := range s.Words {
		behind(f, s, &s.Words[i], 0, 0)
	}
	f.SetTextRenderingMode(0)
}

// behind puts a word behind its spot on the picture that begins at left and top, as wide and as high as it is there.
func behind(f *gofpdf.Fpdf, s *Sheet, w *SheetWord, left, top float64) {
	text := printable(w.Text)
	x, y := left+w.Box[0]*s.Width, top+w.Box[3]*s.Height
	wide, high := (w.Box[2]-w.Box[0])*s.Width, (w.Box[3]-w.Box[1])*s.Height
	if text == "" || wide < 1 || high < 1 {
		return
	}
	f.SetFontSize(high)
	set := f.GetStringWidth(text)
	if set <= 0 {
		return
	}
	f.TransformBegin()
	f.TransformScaleX(wide/set*100, x, y)
	f.Text(x, y-high*descent, text)
	f.TransformEnd()
}

// descent is the part of a line of print that lies below the letters' feet.
const descent = 0.15

// printable is a word without what the reading font has no letter for.
func printable(s string) string {
	var out []rune
	for _, r := range s {
		if regular.width(r) != noGlyph {
			out = append(out, r)
		}
	}
	return string(out)
}
