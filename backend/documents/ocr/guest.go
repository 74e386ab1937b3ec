package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// guest is one instance of the core with one language loaded. Not safe for two goroutines. After any error it is
// thrown away: what state it is in nobody knows.
type guest struct {
	mod      api.Module
	lang     string
	files    *files
	progress func(int)
	lines    int // told as begun in this reading
	most     int // lines that this reading may have; 0 for any number
	calls    map[string]api.Function
	api      uint64 // address of the TessBaseAPI object
	set      map[string]string
}

type guestKey struct{}

func guestOf(ctx context.Context) *guest {
	g, _ := ctx.Value(guestKey{}).(*guest)
	return g
}

// newGuest makes an instance and loads a language into it: some 0.05 s.
func newGuest(ctx context.Context, rt wazero.Runtime, core wazero.CompiledModule, langs *languages, lang string) (*guest, error) {
	g := &guest{lang: lang, files: newFiles(), calls: map[string]api.Function{}, set: map[string]string{}}
	ctx = context.WithValue(ctx, guestKey{}, g)
	for _, l := range strings.Split(lang, "+") {
		data, err := langs.get(l)
		if err != nil {
			return nil, err
		}
		g.files.named[l+".traineddata"] = data
	}
	var err error
	if g.mod, err = rt.InstantiateModule(ctx, core, wazero.NewModuleConfig().WithName("").WithStartFunctions()); err != nil {
		return nil, fmt.Errorf("the page reader cannot be started: %w", err)
	}
	if err := g.load(ctx, lang); err != nil {
		g.close()
		return nil, err
	}
	return g, nil
}

// lstmOnly is Tesseract's OEM_LSTM_ONLY: the core has no other.
const lstmOnly = 1

func (g *guest) load(ctx context.Context, lang string) error {
	if _, err := g.call(ctx, "start"); err != nil {
		return err
	}
	var err error
	if g.api, err = g.call(ctx, "TessBaseAPI_TessBaseAPI_0"); err != nil {
		return err
	}
	return g.withText(ctx, "/", func(path uint64) error {
		return g.withText(ctx, lang, func(name uint64) error {
			code, err := g.call(ctx, "TessBaseAPI_Init_3", g.api, path, name, lstmOnly)
			if err == nil && int32(code) != 0 {
				err = fmt.Errorf("the page reader does not take its language data: %s", g.files.said())
			}
			clear(g.files.named)
			if err != nil {
				return err
			}
			return g.setting(ctx, onceMore, "0")
		})
	})
}

// onceMore is the setting by which lines that read badly are read again as white print on black: pages come with black print, and
// scrawl and what lies upside down would take twice the time.
const onceMore = "invert_threshold"

// call calls one of the core's functions by its name in Tesseract's interface.
func (g *guest) call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	fn := g.calls[name]
	if fn == nil {
		if fn = g.mod.ExportedFunction(letters[name]); fn == nil {
			return 0, fmt.Errorf("the OCR core has no function %s: core and letters are of different versions", name)
		}
		g.calls[name] = fn
	}
	out, err := fn.Call(ctx, args...)
	if err != nil {
		return 0, err
	}
	if len(out) == 0 {
		return 0, nil
	}
	return out[0], nil
}

// must is call within a host function, where an error can only go on as a panic.
func (g *guest) must(ctx context.Context, name string, args ...uint64) uint64 {
	out, err := g.call(ctx, name, args...)
	if err != nil {
		panic(err)
	}
	return out
}

// What can go wrong with a page, besides that the caller stops it.
var (
	ErrMemory = errors.New("the page needs more memory than the page reader is given")
	ErrFailed = errors.New("the page made the page reader fail")
	ErrSlow   = errors.New("reading the page took too long and was stopped")
)

// told turns the core's end, with its long trace, into one of the errors above.
func told(ctx context.Context, err error) error {
	switch {
	case err == nil, errors.Is(err, ErrMemory):
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, ErrSlow):
		return ErrSlow
	case errors.Is(err, errAborted): // what it does when it gets no memory
		return ErrMemory
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%w: %s", ErrFailed, first)
}

// put copies bytes into the core's memory; the caller frees them.
func (g *guest) put(ctx context.Context, size int, fill func([]byte)) (uint64, error) {
	at, err := g.call(ctx, "malloc", uint64(size))
	if err != nil {
		return 0, err
	}
	place, ok := g.mod.Memory().Read(uint32(at), uint32(size))
	if at == 0 || !ok {
		return 0, ErrMemory
	}
	fill(place)
	return at, nil
}

func (g *guest) free(ctx context.Context, at uint64) error {
	_, err := g.call(ctx, "free", at)
	return err
}

func (g *guest) withText(ctx context.Context, text string, do func(at uint64) error) error {
	at, err := g.put(ctx, len(text)+1, func(p []byte) { p[copy(p, text)] = 0 })
	if err != nil {
		return err
	}
	return errors.Join(do(at), g.free(ctx, at))
}

// setting sets one of Tesseract's variables where it is not so already.
func (g *guest) setting(ctx context.Context, name, value string) error {
	if g.set[name] == value {
		return nil
	}
	g.set[name] = value
	return g.withText(ctx, name, func(n uint64) error {
		return g.withText(ctx, value, func(v uint64) error {
			taken, err := g.call(ctx, "TessBaseAPI_SetVariable_2", g.api, n, v)
			if err == nil && taken == 0 {
				err = fmt.Errorf("the page reader does not know the setting %s", name)
			}
			return err
		})
	})
}

// read reads one picture.
func (g *guest) read(ctx context.Context, pixels *image.Gray, dpi int, opt Options) (Result, error) {
	g.progress, g.lines, g.most = opt.Progress, 0, opt.Lines
	ctx = context.WithValue(ctx, guestKey{}, g)
	if err := g.prepare(ctx, pixels, dpi, opt); err != nil {
		return Result{}, err
	}
	code, err := g.call(ctx, "TessBaseAPI_Recognize_1", g.api, 0)
	if err != nil {
		return Result{}, err
	}
	if said := g.files.said(); int32(code) != 0 || strings.Contains(said, "out of memory") {
		return Result{}, ErrMemory
	}
	size := pixels.Bounds().Size()
	tsv, err := g.text(ctx, "TessBaseAPI_GetTSVText_1", g.api, 0)
	if err != nil {
		return Result{}, err
	}
	result := Result{Words: wordsOf(tsv, size)}
	mean, err := g.call(ctx, "TessBaseAPI_MeanTextConf_0", g.api)
	if err != nil {
		return Result{}, err
	}
	result.MeanConfidence = float64(int32(mean)) / 100
	gradient, err := g.call(ctx, "TessBaseAPI_GetGradient_0", g.api)
	if err != nil {
		return Result{}, err
	}
	result.Gradient = float64(api.DecodeF32(gradient))
	_, err = g.call(ctx, "TessBaseAPI_Clear_0", g.api)
	return result, err
}

func (g *guest) prepare(ctx context.Context, pixels *image.Gray, dpi int, opt Options) error {
	if err := g.setting(ctx, "tessedit_char_whitelist", opt.Whitelist); err != nil {
		return err
	}
	if _, err := g.call(ctx, "TessBaseAPI_SetPageSegMode_1", g.api, uint64(opt.Mode.segmentation())); err != nil {
		return err
	}
	width, height := pixels.Rect.Dx(), pixels.Rect.Dy()
	at, err := g.put(ctx, width*height, func(p []byte) {
		for y := range height {
			copy(p[y*width:(y+1)*width], pixels.Pix[y*pixels.Stride:])
		}
	})
	if err != nil {
		return err
	}
	const bytesPerPixel, exifUpright = 1, 1
	if _, err := g.call(ctx, "TessBaseAPI_SetImage_5", g.api, at, uint64(width), uint64(height), bytesPerPixel, uint64(width),
		exifUpright, api.EncodeF32(float32(opt.Angle))); err != nil {
		return err
	}
	if err := g.free(ctx, at); err != nil {
		return err
	}
	_, err = g.call(ctx, "TessBaseAPI_SetSourceResolution_1", g.api, uint64(dpi))
	return err
}

// text calls a function that makes a text, and frees what it made.
func (g *guest) text(ctx context.Context, name string, args ...uint64) (string, error) {
	at, err := g.call(ctx, name, args...)
	if err != nil || at == 0 {
		return "", err
	}
	memory := g.mod.Memory()
	rest, ok := memory.Read(uint32(at), memory.Size()-uint32(at))
	if !ok {
		return "", ErrMemory
	}
	rest = rest[:min(len(rest), longestText)]
	if end := bytes.IndexByte(rest, 0); end >= 0 {
		rest = rest[:end]
	}
	text := string(rest) // no more than it: the page's words keep it
	return text, g.free(ctx, at)
}

const longestText = 16 << 20

// large reports whether the instance has grown so far that it is better made anew: memory of WebAssembly never shrinks.
func (g *guest) large() bool { return g.mod.Memory().Size() > keepsUpTo }

func (g *guest) close() { _ = g.mod.Close(context.Background()) }
