package documents

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"io"
	"math"
	"strings"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"tracedesk/backend/documents/internal/meter"
	"tracedesk/backend/documents/scan"
)

// memoryPages caps an engine's memory: 2048 pages of 64 KiB are 128 MiB.
const memoryPages = 2048

// largestSide is the longest side of a page that is drawn, in points: 277 inches. What claims more is no paper.
const largestSide = 20000

// engine is pdfium, compiled to WebAssembly, on wazero. Each document gets an instance of its own (3 ms), so that
// one paper leaves nothing to the next. Not safe for two goroutines at once.
type engine struct {
	pool   pdfium.Pool
	cache  wazero.CompilationCache
	ctx    context.Context
	cancel context.CancelFunc
	toil   *meter.Toil
}

// startEngine starts pdfium with its compiled code from cacheDir. Its meter is what stops it: wazero's own way
// (WithCloseOnContextDone) takes three times the time for text and six times for scans.
func startEngine(life context.Context, cacheDir string) (*engine, error) {
	e := &engine{toil: &meter.Toil{}}
	code, err := pdfiumCode()
	if err != nil {
		return nil, err
	}
	if cacheDir == "" {
		e.cache = wazero.NewCompilationCache()
	} else if e.cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
		return nil, fmt.Errorf("the folder for the PDF reader's compiled code (%s) cannot be used: %w", cacheDir, err)
	}
	e.ctx, e.cancel = context.WithCancel(life)
	// pdfium is built with WebAssembly exceptions; an own runtime configuration must turn them on.
	runtime := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCompilationCache(e.cache).
		WithMemoryLimitPages(memoryPages)
	e.pool, err = webassembly.InitWithWASM(webassembly.Config{
		Context: e.ctx, MaxTotal: 1, RuntimeConfig: runtime, WASM: code,
		FSConfig: wazero.NewFSConfig(), // no files: the sandbox sees only the bytes it is given
		Stdout:   e.toil, Stderr: io.Discard,
	})
	if err != nil {
		e.cancel()
		_ = e.cache.Close(context.WithoutCancel(life))
		return nil, fmt.Errorf("the PDF reader cannot be started: %w", err)
	}
	return e, nil
}

// spent reports whether the engine was stopped in its work.
func (e *engine) spent() bool { return e.toil.Over() != nil }

func (e *engine) stop() {
	_ = e.pool.Close()
	e.cancel()
	_ = e.cache.Close(context.WithoutCancel(e.ctx))
}

// open runs work with an instance that has the document open.
func (e *engine) open(o Original, size int64, work func(pdfium.Pdfium, references.FPDF_DOCUMENT, int) error) (err error) {
	defer func() {
		if p := recover(); p != nil { // a broken sandbox must not take the desk with it
			err = fault(Broken, "the PDF made the reader fail (%v): ask for it again or as a picture", p)
		}
	}()
	inst, err := e.pool.GetInstanceWithContext(e.ctx)
	if err != nil {
		return fmt.Errorf("the PDF reader cannot be started: %w", err)
	}
	defer inst.Close()
	doc, err := inst.OpenDocument(&requests.OpenDocument{FileReader: o, FileReaderSize: size})
	if err != nil {
		return e.explain(err)
	}
	count, err := inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return e.explain(err)
	}
	if count.PageCount < 1 {
		return fault(Broken, "the PDF has no pages: ask for it again")
	}
	return work(inst, doc.Document, count.PageCount)
}

// explain puts what pdfium says into words for a person.
func (e *engine) explain(err error) error {
	switch {
	case e.spent():
		return e.toil.Over()
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return fault(Encrypted, "the PDF is locked with a password: ask for it without one")
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return fault(Broken, "the PDF is damaged or cut off: ask for it again")
	case strings.Contains(err.Error(), "exit_code"), strings.Contains(err.Error(), "too large"):
		return fault(TooLarge, "a page of the PDF needs more memory than the desk gives one paper: ask for it in a lower resolution")
	}
	return fault(Broken, "the PDF cannot be read (%v): ask for it again", err)
}

func (e *engine) read(ctx context.Context, o Original, size int64, limits Limits) (Reading, error) {
	reading := Reading{Kind: PDF}
	err := e.open(o, size, func(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, total int) error {
		reading.Total = total
		if total > limits.Pages {
			reading.Notes = append(reading.Notes, fmt.Sprintf("only the first %d of %d pages were read", limits.Pages, total))
		}
		for i := range min(total, limits.Pages) {
			if err := ctx.Err(); err != nil {
				return err
			}
			page, note, err := e.page(inst, doc, i, limits.Text)
			if err != nil {
				return err
			}
			if note != "" {
				reading.Notes = append(reading.Notes, note)
			}
			reading.Pages = append(reading.Pages, page)
		}
		return nil
	})
	return reading, err
}

// page reads one page. A page that fails by itself is a page without text and a note, so that the others are not lost.
func (e *engine) page(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i, longest int) (page Page, note string, err error) {
	page.Number = i + 1
	side, err := inst.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: i})
	if err == nil {
		page.Width, page.Height = side.Width, side.Height
		var found string
		found, err = e.text(inst, doc, i)
		page.Text = cut(found, longest)
	}
	if e.spent() {
		return page, "", e.toil.Over()
	}
	if err != nil {
		return page, fmt.Sprintf("page %d cannot be read: %v", i+1, e.explain(err)), nil
	}
	if page.Text != "" && !sane(page.Text) {
		page.Text = ""
		return page, fmt.Sprintf("the text of page %d is not readable as letters and was left out", i+1), nil
	}
	return page, "", nil
}

func (e *engine) text(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) (string, error) {
	letters, err := e.letters(inst, doc, i)
	return layOut(runs(letters)), err
}

// letters are a page's letters in the page's own points, not turned.
func (e *engine) letters(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) ([]piece, error) {
	found, err := inst.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: pageAt(doc, i), Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	letters := make([]piece, len(found.Chars))
	for i, c := range found.Chars {
		at := c.PointPosition
		letters[i] = piece{text: c.Text, left: at.Left, right: at.Right, top: max(at.Top, at.Bottom), bottom: min(at.Top, at.Bottom)}
	}
	return letters, nil
}

func (e *engine) draw(o Original, size int64, number int, view View) (image.Image, error) {
	var drawn image.Image
	err := e.open(o, size, func(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, total int) error {
		if number < 1 || number > total {
			return noSuchPage(number, total)
		}
		width, height, err := e.side(inst, doc, number-1)
		if err != nil {
			return err
		}
		scale := min(float64(view.DPI)/72, float64(view.Within)/max(width, height))
		drawn, err = e.render(inst, doc, number-1, width*scale, height*scale, requests.RenderImageFormatRGBA)
		return err
	})
	return drawn, err
}

// side is the size of a page that can be drawn, in points.
func (e *engine) side(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) (width, height float64, err error) {
	side, err := inst.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: i})
	if err != nil {
		return 0, 0, e.explain(err)
	}
	if side.Width > largestSide || side.Height > largestSide || side.Width <= 0 || side.Height <= 0 {
		return 0, 0, fault(TooLarge, "page %d claims to be %.0f by %.0f inches: it is damaged or made to do harm and is not drawn",
			i+1, side.Width/72, side.Height/72)
	}
	return side.Width, side.Height, nil
}

// render draws a page in a size in pixels, notes stuck on it as well.
func (e *engine) render(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int, width, height float64, format requests.RenderImageFormat) (image.Image, error) {
	result, err := inst.RenderPageInPixels(&requests.RenderPageInPixels{Page: pageAt(doc, i), ImageFormat: format,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, Width: max(1, int(math.Round(width))), Height: max(1, int(math.Round(height)))})
	if err != nil {
		return nil, e.explain(err)
	}
	defer result.CleanupFunc()
	drawn := result.Result.RenderedImage
	if format == requests.RenderImageFormatGrayscale {
		return scan.Grey(drawn), nil
	}
	return onWhite(drawn), nil // a copy: the picture lies in the sandbox's memory
}

func pageAt(doc references.FPDF_DOCUMENT, i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}}
}

func onWhite(src image.Image) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Rect, src, src.Bounds().Min, draw.Over)
	return dst
}
