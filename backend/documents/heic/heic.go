// Package heic decodes HEIC pictures with a decoder in a WebAssembly sandbox, which a person may replace (README.md).
package heic

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"tracedesk/backend/documents/internal/meter"
	"tracedesk/backend/documents/internal/slab"
)

//go:embed heif.wasm.gz
var shipped []byte

// What can be wrong with a picture, or with decoding at all.
var (
	ErrOff    = errors.New("reading of HEIC is turned off")
	ErrBroken = errors.New("the picture cannot be decoded")
	ErrMemory = errors.New("the picture needs more memory than the decoder is given")
	ErrSlow   = errors.New("the picture takes more work than a phone's picture does")
)

// memoryPages caps an instance: 4096 pages of 64 KiB are 256 MiB; a phone's picture of 12 million pixels takes 100.
const memoryPages = 4096

// Decoder decodes pictures, each in an instance of its own. Safe for several goroutines.
type Decoder struct {
	cacheDir string
	replaced []string // files that take the decoder's place, the first that is there
	mu       sync.Mutex
	rt       wazero.Runtime
	cache    wazero.CompilationCache
	core     wazero.CompiledModule
	running  int // pictures under way
	slabs    slab.Slabs
}

// New makes a decoder; nothing is started until it is needed. Compiled code is kept in cacheDir (empty: nowhere). The
// first of the files named in replaced that is there is used in place of the shipped decoder; an empty one turns it off.
func New(cacheDir string, replaced ...string) *Decoder {
	return &Decoder{cacheDir: cacheDir, replaced: replaced, slabs: slab.Slabs{Most: 1, Keeps: 160 << 20}}
}

// code is the decoder's WebAssembly.
func (d *Decoder) code() ([]byte, error) {
	packed := shipped
	for _, name := range d.replaced {
		own, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("the HEIC decoder %s cannot be read: %w", name, err)
		}
		if len(own) == 0 {
			return nil, ErrOff
		}
		packed = own
		break
	}
	if !bytes.HasPrefix(packed, []byte{0x1f, 0x8b}) {
		return packed, nil
	}
	plain, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// start compiles the decoder where that is not done. The lock is held.
func (d *Decoder) start(ctx context.Context) error {
	if d.core != nil {
		return nil
	}
	code, err := d.code()
	if err != nil {
		return err
	}
	code, metered := withMeter(code)
	ctx = context.WithoutCancel(ctx)
	cache := wazero.NewCompilationCache()
	if d.cacheDir != "" {
		if cache, err = wazero.NewCompilationCacheWithDir(d.cacheDir); err != nil {
			return fmt.Errorf("the folder for the HEIC decoder's compiled code (%s) cannot be used: %w", d.cacheDir, err)
		}
	}
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2).WithCompilationCache(cache).WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(!metered))
	_, err = wasi_snapshot_preview1.Instantiate(ctx, rt)
	if err == nil {
		d.core, err = rt.CompileModule(ctx, code)
	}
	if err != nil {
		_ = rt.Close(ctx)
		_ = cache.Close(ctx)
		return fmt.Errorf("the HEIC decoder cannot be started: %w", err)
	}
	d.rt, d.cache = rt, cache
	return nil
}

// withMeter is the decoder with a meter, by which it is stopped. One put in its place that has no use for it is stopped by
// wazero, at four times the time.
func withMeter(code []byte) ([]byte, bool) {
	const every = 1 << 20 // turns of loops
	if metered, err := meter.Metered(code, every); err == nil {
		return metered, true
	}
	return code, false
}

// mostWork is what a picture may take, in million turns of loops: some ten seconds. One of twelve million pixels takes 230.
const mostWork = 1000

// Close gives the decoder's memory back, unless a picture is under way; the next picture starts it again.
func (d *Decoder) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.core != nil && d.running == 0 {
		_ = d.rt.Close(context.Background())
		_ = d.cache.Close(context.Background())
		d.rt, d.cache, d.core = nil, nil, nil
		d.slabs.Drop()
	}
}

// Size is the size of a picture in pixels; its pixels are not decoded.
func (d *Decoder) Size(ctx context.Context, data []byte) (width, height int, err error) {
	err = d.with(ctx, data, func(c *call) error {
		if err := c.decode(ctx, true, 0); err != nil {
			return err
		}
		width, height = c.width(), c.height()
		return nil
	})
	return width, height, err
}

// Decode decodes a picture of at most so many pixels, turned as it says itself.
func (d *Decoder) Decode(ctx context.Context, data []byte, most int) (image.Image, error) {
	var picture image.Image
	err := d.with(ctx, data, func(c *call) error {
		if err := c.decode(ctx, true, 0); err != nil {
			return err
		}
		w, h := c.width(), c.height()
		if w <= 0 || h <= 0 || w > 1<<16 || h > 1<<16 || w*h > most {
			return ErrMemory
		}
		planes, size, err := c.layout(w, h)
		if err != nil {
			return err
		}
		out, err := c.alloc(ctx, size)
		if err != nil {
			return err
		}
		if err := c.decode(ctx, false, out); err != nil {
			return err
		}
		seen, ok := c.mod.Memory().Read(uint32(out), uint32(size))
		if !ok {
			return ErrBroken
		}
		picture = planes(bytes.Clone(seen)) // the sandbox's memory goes with it
		return nil
	})
	return picture, err
}

// call is one picture in one instance.
type call struct {
	mod  api.Module
	data uint64
	size int
	info uint64 // five 32-bit words that decode fills: width, height, colour space, sampling, alpha
}

// with runs do with an instance of its own, until the picture took more work than one may or ctx ends.
func (d *Decoder) with(ctx context.Context, data []byte, do func(*call) error) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	d.mu.Lock()
	if err := d.start(ctx); err != nil {
		d.mu.Unlock()
		return err
	}
	rt, core := d.rt, d.core
	d.running++
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.running--
	}()
	return stopped(ctx, run(d.slabs.For(ctx), rt, core, data, do))
}

func run(ctx context.Context, rt wazero.Runtime, core wazero.CompiledModule, data []byte, do func(*call) error) error {
	toil := &meter.Toil{}
	toil.Begin(ctx, mostWork)
	mod, err := rt.InstantiateModule(ctx, core, wazero.NewModuleConfig().WithName("").WithStdout(toil).WithStderr(io.Discard))
	if err != nil {
		return err
	}
	defer mod.Close(context.WithoutCancel(ctx))
	c := &call{mod: mod, size: len(data)}
	if c.data, err = c.alloc(ctx, len(data)); err != nil {
		return err
	}
	if c.info, err = c.alloc(ctx, 5*4); err != nil {
		return err
	}
	if !mod.Memory().Write(uint32(c.data), data) {
		return ErrMemory
	}
	return do(c)
}

// stopped tells the end of ctx, and a trap of the decoder, which has a long trace, by their own errors.
func stopped(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, meter.ErrToil):
		return ErrSlow
	case errors.Is(err, ErrMemory), errors.Is(err, ErrBroken):
		return err
	}
	return ErrBroken
}

func (c *call) invoke(ctx context.Context, name string, args ...uint64) (uint64, error) {
	fn := c.mod.ExportedFunction(name)
	if fn == nil {
		return 0, fmt.Errorf("the HEIC decoder has no function %s", name)
	}
	out, err := fn.Call(ctx, args...)
	if err != nil || len(out) == 0 {
		return 0, err
	}
	return out[0], nil
}

func (c *call) alloc(ctx context.Context, size int) (uint64, error) {
	at, err := c.invoke(ctx, "malloc", uint64(size))
	if err == nil && at == 0 {
		err = ErrMemory
	}
	return at, err
}

func (c *call) decode(ctx context.Context, sizeOnly bool, out uint64) error {
	only := uint64(0)
	if sizeOnly {
		only = 1
	}
	ok, err := c.invoke(ctx, "decode", c.data, uint64(c.size), only, c.info, c.info+4, c.info+8, c.info+12, c.info+16, out)
	if err == nil && ok == 0 {
		err = ErrBroken
	}
	return err
}

func (c *call) word(i uint32) int {
	v, _ := c.mod.Memory().ReadUint32Le(uint32(c.info) + 4*i)
	return int(v)
}

func (c *call) width() int  { return c.word(0) }
func (c *call) height() int { return c.word(1) }

// libheif's numbers for colour spaces and for how often colour is sampled.
const (
	spaceYCbCr = 0
	spaceRGB   = 1
	spaceGrey  = 2
)

var samplings = map[int]image.YCbCrSubsampleRatio{1: image.YCbCrSubsampleRatio420, 2: image.YCbCrSubsampleRatio422, 3: image.YCbCrSubsampleRatio444}

// aligned is how libheif lengthens rows.
func aligned(n int) int { return (n + 15) &^ 15 }

// layout says how many bytes the decoded picture takes and how they make a picture.
func (c *call) layout(w, h int) (func([]byte) image.Image, int, error) {
	rect := image.Rect(0, 0, w, h)
	switch c.word(2) {
	case spaceGrey:
		row := aligned(w)
		return func(p []byte) image.Image { return &image.Gray{Pix: p, Stride: row, Rect: rect} }, row * h, nil
	case spaceRGB:
		row := aligned(4 * w)
		return func(p []byte) image.Image { return &image.NRGBA{Pix: p, Stride: row, Rect: rect} }, row * h, nil
	}
	ratio, ok := samplings[c.word(3)]
	if c.word(2) != spaceYCbCr || !ok {
		return nil, 0, ErrBroken
	}
	cw, ch := w, h
	if ratio != image.YCbCrSubsampleRatio444 {
		cw = (w + 1) / 2
	}
	if ratio == image.YCbCrSubsampleRatio420 {
		ch = (h + 1) / 2
	}
	row, colour := aligned(w), aligned(cw)
	luma, chroma := row*h, colour*ch
	return func(p []byte) image.Image {
		return &image.YCbCr{Y: p[:luma], Cb: p[luma : luma+chroma], Cr: p[luma+chroma : luma+2*chroma],
			YStride: row, CStride: colour, SubsampleRatio: ratio, Rect: rect}
	}, luma + 2*chroma, nil
}
