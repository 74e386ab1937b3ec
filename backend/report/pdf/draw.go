package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// Bytes draws the document. The same calls on a document give the same bytes. A fault inside the PDF library is an
// error, never a panic. The document cannot be added to afterwards.
func (d *Document) Bytes() (out []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			out, err = nil, fmt.Errorf("the PDF %q could not be drawn: %v", d.setup.Title, fault)
		}
	}()
	d.placeHeading()
	d.feet()
	p := newPen(d)
	for _, page := range d.pages {
		p.page(page)
	}
	var b bytes.Buffer
	if err := p.f.Output(&b); err != nil {
		return nil, fmt.Errorf("the PDF %q could not be drawn: %w", d.setup.Title, err)
	}
	return finish(b.Bytes(), d.setup.Language)
}

// feet puts the foot on every page, now that their number is known.
func (d *Document) feet() {
	all := d.pages
	baseline := d.height - margin
	for i := range all {
		d.pages = all[:i+1] // add draws on the last page
		d.rule(margin, baseline-smallSize-3, d.Room())
		d.small(d.setup.Foot, baseline)
		d.smallRight(fmt.Sprintf("Page %d of %d", i+1, len(all)), baseline)
	}
}

// pen draws with gofpdf and remembers its state, so that nothing is written twice.
type pen struct {
	f     *gofpdf.Fpdf
	known map[*face]bool
	face  *face
	size  float64
	ink   Ink // of text and fills
	rules Ink // of lines
}

func newPen(d *Document) *pen {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: d.width, Ht: d.height}})
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	made := d.setup.AsOf.UTC()
	if made.IsZero() {
		made = time.Unix(0, 0).UTC() // gofpdf takes a zero date for the clock's
	}
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetTitle(clean(d.setup.Title), true)
	f.SetAuthor(clean(d.setup.Author), true)
	f.SetSubject(clean(d.setup.Subject), true)
	f.SetCreator("TraceDesk", true)
	f.SetProducer("TraceDesk, gofpdf 1.16.2", true)
	return &pen{f: f, known: map[*face]bool{}}
}

func (p *pen) page(page *page) {
	p.f.AddPage()
	p.f.SetLineWidth(rule)
	if len(p.known) == 0 {
		p.font(regular, smallSize) // bookmarks are written as UTF-16 only while a UTF-8 font is set
	}
	for _, m := range page.marks {
		p.f.Bookmark(m.text, 0, m.y)
	}
	for i := range page.ops {
		p.op(&page.ops[i])
	}
}

func (p *pen) op(o *op) {
	switch o.kind {
	case drawText:
		p.fill(o.ink)
		p.font(o.run.face, o.run.style.Size)
		p.f.Text(o.x, o.y, o.run.text)
	case drawBox:
		p.fill(o.ink)
		p.f.Rect(o.x, o.y, o.w, o.h, "F")
	case drawRule:
		p.rule(o.ink)
		p.f.Line(o.x, o.y, o.x+o.w, o.y)
	case drawShape:
		p.shape(o)
	}
}

// rule sets the ink of lines.
func (p *pen) rule(ink Ink) {
	if p.rules != ink {
		p.f.SetDrawColor(int(ink.R), int(ink.G), int(ink.B))
		p.rules = ink
	}
}

func (p *pen) picture(pic *Picture, o *op) {
	how := gofpdf.ImageOptions{ImageType: pic.kind}
	p.f.RegisterImageOptionsReader(pic.name, how, bytes.NewReader(pic.data))
	p.f.ImageOptions(pic.name, o.x, o.y, o.w, o.h, false, how, 0, "")
}

// sheetWords puts the words of a page behind its picture.
func (p *pen) sheetWords(o *op) {
	s := *o.shape.sheet
	s.Width, s.Height = o.w, o.h
	p.font(regular, smallSize)
	p.f.SetTextRenderingMode(invisible)
	for i := range s.Words {
		behind(p.f, &s, &s.Words[i], o.x, o.y)
	}
	p.f.SetTextRenderingMode(0)
	p.face = nil // behind sets sizes of its own
}

// fill sets one ink for text and fills: with two, gofpdf saves and restores the state around every string.
func (p *pen) fill(ink Ink) {
	if p.ink == ink {
		return
	}
	r, g, b := int(ink.R), int(ink.G), int(ink.B)
	p.f.SetTextColor(r, g, b)
	p.f.SetFillColor(r, g, b)
	p.ink = ink
}

func (p *pen) font(f *face, size float64) {
	if p.face == f && p.size == size {
		return
	}
	if !p.known[f] {
		p.f.AddUTF8FontFromBytes(f.family, "", f.bytes())
		p.known[f] = true
	}
	p.f.SetFont(f.family, "", size)
	p.face, p.size = f, size
}

var (
	languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	catalog     = []byte("\n/Type /Catalog\n")
	startXref   = []byte("startxref\n")
)

// finish adds the language to the catalog, and that a viewer shall show the title. The catalog is the last object
// before the table of offsets, so only the place of that table moves.
func finish(doc []byte, language string) ([]byte, error) {
	if language == "" {
		return doc, nil
	}
	if !languageTag.MatchString(language) {
		return nil, fmt.Errorf("%q is not a language tag such as en-US", language)
	}
	at, start := bytes.LastIndex(doc, catalog), bytes.LastIndex(doc, startXref)
	if at < 0 || start < at {
		return nil, errors.New("the PDF has no catalog where one was expected")
	}
	number, tail, ok := bytes.Cut(doc[start+len(startXref):], []byte("\n"))
	table, err := strconv.Atoi(string(number))
	if !ok || err != nil || table < at {
		return nil, errors.New("the PDF's table of offsets is not where it was expected")
	}
	entry := fmt.Sprintf("/Lang (%s)\n/ViewerPreferences <</DisplayDocTitle true>>\n", language)
	at += len(catalog)
	var out bytes.Buffer
	out.Write(doc[:at])
	out.WriteString(entry)
	out.Write(doc[at:start])
	fmt.Fprintf(&out, "startxref\n%d\n%s", table+len(entry), tail)
	return out.Bytes(), nil
}
