package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"tracedesk/backend/documents/internal/behind"
	"tracedesk/backend/documents/internal/slab"
	"tracedesk/backend/documents/paper"
)

// Mode is how a picture is laid out.
type Mode int

const (
	Page   Mode = iota // columns, tables, headings: found by the engine
	Block              // one block of text lines
	Line               // a single line
	Sparse             // words anywhere, in no order
)

// segmentation is Tesseract's number for the mode (PSM_AUTO, PSM_SINGLE_BLOCK, PSM_SINGLE_LINE, PSM_SPARSE_TEXT).
func (m Mode) segmentation() int {
	return [...]int{Page: 3, Block: 6, Line: 7, Sparse: 11}[m]
}

// Options are how a picture is read.
type Options struct {
	Lang      string // a language, or some joined by "+"; "" means eng
	Mode      Mode
	Whitelist string            // only these letters can stand there; "" means any
	Progress  func(percent int) // called some hundred times a page, from another goroutine
	Lines     int               // of text that may be read before it is ErrSlow, however fast the machine; 0 means no limit
	Limit     time.Duration     // how long the reading may take, the wait for a worker apart; 0 means no limit
	Angle     float64           // radians that the engine turns the picture before it reads; boxes are of the turned one
}

// Result is what was read.
type Result struct {
	Words          []paper.Word // boxes are fractions of the picture
	Lines          int          // of text that the engine worked on, also where the reading failed
	MeanConfidence float64      // 0 to 1; says little where there are few words: noise may have 0.95
	Gradient       float64      // slope of the text lines, radians; what turning by -Gradient takes out
}

// memoryPages caps an instance: 2048 pages of 64 KiB are 128 MiB. A page of A4 at 300 dpi takes 40 MiB.
const memoryPages = 2048

// keepsUpTo is how large an instance may have grown to be used again.
const keepsUpTo = 72 << 20

// Pixels bounds a picture that is given to the engine.
const Pixels = 24_000_000

// Engine reads pictures with several instances of the one compiled core. Safe for use by several goroutines.
type Engine struct {
	Behind bool // reading steps behind the machine's other work; set before the first Read

	rt    wazero.Runtime
	cache wazero.CompilationCache
	core  wazero.CompiledModule
	langs languages
	slabs slab.Slabs  // the memory of instances that are made anew
	slots chan *guest // one entry a worker: its instance, or nil where it has none yet
	life  context.Context
	end   context.CancelFunc
}

var errClosed = errors.New("the page reader has been closed")

// Workers is how many pages are read at the same time when the caller does not say: all cores but one, at most four.
func Workers() int { return min(max(runtime.NumCPU()-1, 1), 4) }

// Open compiles the core, or takes its compiled code from cacheDir (14 MB there; it may be the folder that the PDF engine
// uses): 0.1 s, and some 2 s and 130 MB the first time on a machine. Workers below 1 means Workers(). It works on the two
// kinds of processor that wazero compiles for (amd64, arm64).
func Open(ctx context.Context, cacheDir string, workers int) (*Engine, error) {
	if workers < 1 {
		workers = Workers()
	}
	e := &Engine{slots: make(chan *guest, workers), slabs: slab.Slabs{Most: workers, Keeps: 96 << 20}}
	e.life, e.end = context.WithCancel(context.Background())
	if err := e.compile(ctx, cacheDir); err != nil {
		e.shut()
		return nil, err
	}
	for range workers {
		e.slots <- nil
	}
	return e, nil
}

func (e *Engine) compile(ctx context.Context, cacheDir string) (err error) {
	if cacheDir == "" {
		e.cache = wazero.NewCompilationCache()
	} else if e.cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
		return fmt.Errorf("the folder for the page reader's compiled code (%s) cannot be used: %w", cacheDir, err)
	}
	ctx = context.WithoutCancel(ctx) // compiling cannot be interrupted in the middle
	// Not WithCloseOnContextDone: it makes every page four times slower. A page is stopped from its progress call.
	e.rt = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2).
		WithCompilationCache(e.cache).
		WithMemoryLimitPages(memoryPages))
	bytes, err := unpackAsset("core.wasm")
	if err != nil {
		return err
	}
	if e.core, err = e.rt.CompileModule(ctx, bytes); err != nil {
		return fmt.Errorf("the page reader cannot be started: %w", err)
	}
	return buildHost(ctx, e.rt, e.core)
}

// Read reads one picture; dpi is its resolution and must be right within a third or so. Dark letters on light ground.
// When ctx ends it returns at once; the worker is free again after at most a second or two.
func (e *Engine) Read(ctx context.Context, pixels *image.Gray, dpi int, opt Options) (Result, error) {
	if opt.Lang == "" {
		opt.Lang = "eng"
	}
	if err := check(pixels, dpi, opt); err != nil {
		return Result{}, err
	}
	g, err := e.take(ctx)
	if err != nil {
		return Result{}, err
	}
	type outcome struct {
		result Result
		err    error
	}
	done := make(chan outcome, 1)
	working, stop := context.WithCancel(ctx)
	if opt.Limit > 0 {
		working, stop = context.WithTimeoutCause(ctx, opt.Limit, ErrSlow)
	}
	halt := context.AfterFunc(e.life, stop)
	go func() {
		defer stop()
		defer halt()
		if e.Behind {
			behind.Screens()
		}
		var o outcome
		g, o.result, o.err = e.work(working, g, pixels, dpi, opt)
		e.slots <- g
		done <- o
	}()
	select {
	case o := <-done:
		switch {
		case ctx.Err() != nil:
			return Result{}, context.Cause(ctx)
		case e.life.Err() != nil:
			return Result{}, errClosed
		}
		return o.result, o.err
	case <-ctx.Done():
		return Result{}, context.Cause(ctx)
	}
}

func check(pixels *image.Gray, dpi int, opt Options) error {
	size := pixels.Rect.Size()
	if size.X < 3 || size.Y < 3 || size.X*size.Y > Pixels {
		return fmt.Errorf("a picture of %d by %d pixels cannot be read for words", size.X, size.Y)
	}
	if dpi < 30 || dpi > 2400 {
		return fmt.Errorf("a resolution of %d dots an inch cannot be right", dpi)
	}
	for lang := range strings.SplitSeq(opt.Lang, "+") {
		if !slices.Contains(Languages, lang) {
			return fmt.Errorf("the page reader has no data for the language %q", lang)
		}
	}
	return nil
}

func (e *Engine) take(ctx context.Context) (*guest, error) {
	if e.life.Err() != nil {
		return nil, errClosed
	}
	select {
	case g := <-e.slots:
		return g, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-e.life.Done():
		return nil, errClosed
	}
}

// work reads with the instance given, or a new one, and says which one is left for the next page: nil where it is spent.
func (e *Engine) work(ctx context.Context, g *guest, pixels *image.Gray, dpi int, opt Options) (*guest, Result, error) {
	if g != nil && g.lang != opt.Lang {
		g.close()
		g = nil
	}
	if g == nil {
		var err error
		if g, err = newGuest(e.slabs.For(ctx), e.rt, e.core, &e.langs, opt.Lang); err != nil {
			return nil, Result{}, err
		}
	}
	result, err := g.read(ctx, pixels, dpi, opt)
	result.Lines = g.lines
	if err != nil || g.large() {
		g.close()
		g = nil
	}
	return g, result, told(ctx, err)
}

// Rest gives the memory of instances that are not at work back.
func (e *Engine) Rest() {
	var kept []*guest
	for range cap(e.slots) {
		select {
		case g := <-e.slots:
			if g != nil {
				g.close()
			}
			kept = append(kept, nil)
		default:
		}
	}
	for _, g := range kept {
		e.slots <- g
	}
	e.slabs.Drop()
	debug.FreeOSMemory()
}

// patience is how long Close waits for pages under way to notice that they were stopped.
const patience = 5 * time.Second

// Close stops what is under way and gives everything back. The engine refuses work from then on.
func (e *Engine) Close() {
	e.end()
	wait := time.NewTimer(patience)
	defer wait.Stop()
	for range cap(e.slots) {
		select {
		case <-e.slots:
		case <-wait.C:
			return // the core is in the middle of a page that reports nothing; its memory goes when it ends
		}
	}
	e.shut()
}

func (e *Engine) shut() {
	e.end()
	ctx := context.Background()
	if e.rt != nil {
		_ = e.rt.Close(ctx)
	}
	if e.cache != nil {
		_ = e.cache.Close(ctx)
	}
}
