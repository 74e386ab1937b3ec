package documents

import (
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tracedesk/backend/documents/heic"
)

// Original is a paper's bytes: an open file of the shelf, or bytes in memory. One call at a time.
type Original interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// Limits bound what one paper may cost. Zero fields take the default.
type Limits struct {
	Pages  int           // pages read of one file; 300
	Pixels int           // pixels of a picture before it is decoded; 100 million
	Memory int           // bytes that a decoded picture may take; 160 MiB
	Text   int           // bytes of text kept of one page; 256 KiB
	Work   int           // drawing one page of a PDF, and half of what reading all text of one may take: million turns of loops; 700
	Read   time.Duration // reading all text of one file; 30 s
	Draw   time.Duration // drawing one page; 10 s
	Behind bool          // words are read behind whatever else the machine does, as beside a desk's screens
}

func (l Limits) withDefaults() Limits {
	def := func(n *int, v int) {
		if *n <= 0 {
			*n = v
		}
	}
	def(&l.Pages, 300)
	def(&l.Pixels, 100_000_000)
	def(&l.Memory, 160<<20)
	def(&l.Text, 256<<10)
	def(&l.Work, 700)
	if l.Read <= 0 {
		l.Read = 30 * time.Second
	}
	if l.Draw <= 0 {
		l.Draw = 10 * time.Second
	}
	return l
}

// drawing bounds one page of a PDF. A scan takes some 15 million turns; a million
// take 0.005 to 0.012 s, which makes some eight seconds at worst on a machine that does nothing else.
func (l Limits) drawing() bounds { return bounds{l.Work, l.Draw} }

// reading bounds the text of a whole PDF. A page takes up to two million turns.
func (l Limits) reading() bounds { return bounds{2 * l.Work, l.Read} }

// Page is one page of a paper. Number counts from 1.
type Page struct {
	Number        int
	Text          string  // laid out by lines, columns kept apart by blanks; empty where there is no (sane) text layer
	Width, Height float64 // upright: points (1/72 inch) for a PDF, pixels for a picture, 0 for a text
}

// Reading is what Read found.
type Reading struct {
	Kind  Kind
	Pages []Page   // at most Limits.Pages
	Total int      // pages in the file
	Notes []string // what a person should know, in sentences
}

// Text is the text of all pages, a form feed between two, as Mentions and Guess take it.
func (r Reading) Text() string {
	texts := make([]string, len(r.Pages))
	for i, p := range r.Pages {
		texts[i] = p.Text
	}
	return strings.TrimRight(strings.Join(texts, "\f"), "\f")
}

// View is how a page is to be drawn.
type View struct {
	DPI    int // for a PDF; 0 means 150. A picture is drawn from its own pixels.
	Within int // the longest side is at most so many pixels; 0 means 4000. Nothing is drawn larger than it is for that.
}

const (
	defaultDPI    = 150
	defaultWithin = 4000
	largestWithin = 6000
)

func (v View) withDefaults() View {
	if v.DPI <= 0 {
		v.DPI = defaultDPI
	}
	if v.Within <= 0 {
		v.Within = defaultWithin
	}
	v.Within = min(v.Within, largestWithin)
	return v
}

// Reader reads and draws papers. Safe for use by several goroutines: one PDF and one picture at a time, the others wait.
type Reader struct {
	limits   Limits
	press    *press
	eyes     *eyes
	heic     *heic.Decoder
	pictures chan struct{} // holds the right to decode a picture
}

// NewReader makes a reader. Compiled code of the PDF engine is kept in cacheDir (21 MB; empty: compiled anew each time,
// some 3 s and 300 MB). Nothing is started until it is needed.
func NewReader(cacheDir string, limits Limits) *Reader {
	return &Reader{limits: limits.withDefaults(), press: newPress(cacheDir), eyes: &eyes{cacheDir: cacheDir, behind: limits.Behind},
		heic: heic.New(cacheDir, besideProgram("heic.wasm")...), pictures: make(chan struct{}, 1)}
}

// besideProgram is where a file stands that a person has put beside the program.
func besideProgram(name string) []string {
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{filepath.Join(filepath.Dir(program), name)}
}

// Warm starts the PDF engine, so that the first page is not waited for: 0.1 s, and some 3 s the first time on a machine.
func (r *Reader) Warm(ctx context.Context) error {
	return r.press.with(ctx, r.limits.drawing(), func(context.Context, *engine) error { return nil })
}

// WarmWords starts the engine that reads scanned words, as Warm does the PDF engine: 0.1 s, and some 2 s the first time.
func (r *Reader) WarmWords(ctx context.Context) error {
	_, err := r.eyes.open(ctx)
	return err
}

// Rest gives the engines' memory back; the next paper starts them again. It waits for a PDF under way.
func (r *Reader) Rest() {
	r.eyes.rest()
	r.heic.Close()
	r.press.rest()
}

// Close stops what is under way and gives everything back. The reader refuses work from then on.
func (r *Reader) Close() {
	r.eyes.close()
	r.heic.Close()
	r.press.close()
}

// Read finds the pages of a paper and the text that is in it as text. A scan has pages without text. The error is a
// *Fault where the paper is the reason.
func (r *Reader) Read(ctx context.Context, o Original) (Reading, error) {
	size, kind, err := identify(o)
	if err != nil {
		return Reading{Kind: kind}, err
	}
	if why := kind.Why(); why != nil {
		return Reading{Kind: kind}, why
	}
	reading := Reading{Kind: kind}
	switch {
	case kind == PDF:
		err = r.press.with(ctx, r.limits.reading(), func(ctx context.Context, e *engine) error {
			var err error
			reading, err = e.read(ctx, o, size, r.limits)
			return err
		})
	case kind == Text:
		reading, err = readText(o, r.limits)
	default:
		reading, err = r.readPicture(ctx, o, kind)
	}
	return reading, overdue(ctx, err, r.limits.Read)
}

// Draw draws one page, counted from 1, upright on white.
func (r *Reader) Draw(ctx context.Context, o Original, page int, view View) (image.Image, error) {
	size, kind, err := identify(o)
	if err != nil {
		return nil, err
	}
	if why := kind.Why(); why != nil {
		return nil, why
	}
	if kind == Text {
		return nil, fault(NotShown, "this is a text: its words are shown, it has no picture")
	}
	view = view.withDefaults()
	var drawn image.Image
	if kind == PDF {
		err = r.press.with(ctx, r.limits.drawing(), func(_ context.Context, e *engine) error {
			var err error
			drawn, err = e.draw(o, size, page, view)
			return err
		})
	} else {
		drawn, err = r.drawPicture(ctx, o, kind, page, view)
	}
	return drawn, overdue(ctx, err, r.limits.Draw)
}

// identify looks at the first bytes and leaves the original at its beginning.
func identify(o Original) (size int64, kind Kind, err error) {
	size, err = o.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = o.Seek(0, io.SeekStart)
	}
	if err != nil {
		return 0, Unknown, fmt.Errorf("the file cannot be read: %w", err)
	}
	head := make([]byte, min(size, SniffSize))
	if n, err := o.ReadAt(head, 0); err != nil && err != io.EOF || n < len(head) {
		return 0, Unknown, fmt.Errorf("the file cannot be read: %w", err)
	}
	return size, Sniff(head), nil
}

func noSuchPage(page, total int) error {
	return fmt.Errorf("there is no page %d: the file has %d", page, total)
}
