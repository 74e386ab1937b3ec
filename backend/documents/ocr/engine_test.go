package ocr

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// engine is shared by all tests; its compiled code is kept in the user's cache folder between runs.
var engine *Engine

func TestMain(m *testing.M) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	if engine, err = Open(context.Background(), filepath.Join(cache, "tracedesk", "test-pdf"), 2); err != nil {
		panic(err)
	}
	code := m.Run()
	engine.Close()
	os.Exit(code)
}

// printed draws lines of text as a 200 dpi page has them, 12 points high.
func printed(t testing.TB, lines ...string) *image.Gray {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewGray(image.Rect(0, 0, 900, 60+60*len(lines)))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	pen := font.Drawer{Dst: page, Src: image.Black, Face: face}
	for i, line := range lines {
		pen.Dot = fixed.P(40, 60+60*i)
		pen.DrawString(line)
	}
	return page
}

func text(r Result) string {
	var b strings.Builder
	for i, w := range r.Words {
		switch {
		case i > 0 && w.Line != r.Words[i-1].Line:
			b.WriteByte('\n')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

func TestReads(t *testing.T) {
	for name, row := range map[string]struct {
		lines []string
		opt   Options
	}{
		"a page":          {[]string{"BILL OF LADING", "PRO 544-319955", "Weight 29,039 lbs"}, Options{}},
		"one line":        {[]string{"Seal 5834771"}, Options{Mode: Line}},
		"digits alone":    {[]string{"07/01/2026"}, Options{Mode: Line, Whitelist: "0123456789/"}},
		"a block":         {[]string{"Received in good order", "594 cartons"}, Options{Mode: Block}},
		"Spanish":         {[]string{"Carta de porte", "recibido por el señor Núñez"}, Options{Lang: "spa"}},
		"both languages":  {[]string{"Delivery receipt", "recibido por el señor Núñez"}, Options{Lang: "eng+spa"}},
		"back to English": {[]string{"Delivery receipt 1048"}, Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			var percents []int
			row.opt.Progress = func(p int) { percents = append(percents, p) }
			r, err := engine.Read(t.Context(), printed(t, row.lines...), 200, row.opt)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := text(r), strings.Join(row.lines, "\n"); got != want {
				t.Errorf("read %q, want %q", got, want)
			}
			if r.MeanConfidence < 0.7 || len(percents) == 0 {
				t.Errorf("confidence %.2f, %d reports of progress", r.MeanConfidence, len(percents))
			}
		})
	}
}

func TestBoxesAreFractionsOfThePicture(t *testing.T) {
	r, err := engine.Read(t.Context(), printed(t, "PRO 544-319955", "", "", "Seal 5834771"), 200, Options{})
	if err != nil || len(r.Words) != 4 {
		t.Fatal(r, err)
	}
	pro, seal := r.Words[0].Box, r.Words[2].Box
	if pro[0] < 0.03 || pro[0] > 0.06 || pro[2] > 0.2 || pro[1] > 0.2 || seal[1] < 0.6 || seal[3] > 1 {
		t.Errorf("boxes %v and %v", pro, seal)
	}
}

func TestSlopeIsTold(t *testing.T) {
	page := printed(t, "Received in good order and condition", "by the consignee named above", "at 10:45 on the first of July")
	sloping := image.NewGray(page.Rect)
	draw.Draw(sloping, sloping.Rect, image.White, image.Point{}, draw.Src)
	for x := range page.Rect.Dx() { // down to the right by 2 in 100
		for y := range page.Rect.Dy() - x/50 {
			sloping.Pix[(y+x/50)*sloping.Stride+x] = page.Pix[y*page.Stride+x]
		}
	}
	r, err := engine.Read(t.Context(), sloping, 200, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if slope := max(r.Gradient, -r.Gradient); slope < 0.015 || slope > 0.025 {
		t.Errorf("slope %.4f, want 0.02", r.Gradient)
	}
}

func TestAStoppedPageLeavesTheEngineUsable(t *testing.T) {
	stop := errors.New("the person went on")
	ctx, cancel := context.WithCancelCause(t.Context())
	page := printed(t, strings.Split(strings.Repeat("Received in good order\n", 20), "\n")...)
	_, err := engine.Read(ctx, page, 200, Options{Progress: func(int) { cancel(stop) }})
	if !errors.Is(err, stop) {
		t.Errorf("stopped with %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := engine.Read(ended, page, 200, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a page that nobody waits for: %v", err)
	}
	for range 3 { // every worker, and one of them twice
		r, err := engine.Read(t.Context(), printed(t, "PRO 544-319955"), 200, Options{})
		if err != nil || text(r) != "PRO 544-319955" {
			t.Errorf("after that %q, %v", text(r), err)
		}
	}
}

func TestAPageThatTakesTooLongIsStopped(t *testing.T) {
	page := printed(t, strings.Split(strings.Repeat("Received in good order\n", 20), "\n")...)
	if _, err := engine.Read(t.Context(), page, 200, Options{Limit: 1}); !errors.Is(err, ErrSlow) {
		t.Errorf("stopped with %v", err)
	}
}

func TestAPageOfTooManyLinesIsStopped(t *testing.T) {
	page := printed(t, strings.Split(strings.Repeat("Received in good order\n", 20), "\n")...)
	r, err := engine.Read(t.Context(), page, 200, Options{Lines: 5})
	if !errors.Is(err, ErrSlow) || r.Lines != 6 {
		t.Errorf("stopped after %d lines with %v", r.Lines, err)
	}
	if r, err := engine.Read(t.Context(), page, 200, Options{Lines: 50}); err != nil || r.Lines < 15 || r.Lines > 50 {
		t.Errorf("%d lines, %v", r.Lines, err)
	}
}

func TestSeveralAtOnceReadTheSame(t *testing.T) {
	page := printed(t, "BILL OF LADING", "PRO 544-319955", "Weight 29,039 lbs")
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if r, err := engine.Read(t.Context(), page, 200, Options{}); err != nil || len(r.Words) != 8 {
				t.Errorf("%q, %v", text(r), err)
			}
		})
	}
	all.Wait()
	engine.Rest()
	if r, err := engine.Read(t.Context(), page, 200, Options{}); err != nil || len(r.Words) != 8 {
		t.Errorf("after a rest %q, %v", text(r), err)
	}
}

func TestAPageBeyondTheMemoryIsRefusedAndTheNextOneRead(t *testing.T) {
	large := image.NewGray(image.Rect(0, 0, 4800, 5000))
	for i := range large.Pix { // noise: the engine takes far more for it than for paper
		large.Pix[i] = uint8(uint32(i) * 2654435761 >> 24)
	}
	if _, err := engine.Read(t.Context(), large, 300, Options{}); !errors.Is(err, ErrMemory) {
		t.Errorf("24 million pixels of noise: %v", err)
	}
	if r, err := engine.Read(t.Context(), printed(t, "PRO 544-319955"), 200, Options{}); err != nil || text(r) != "PRO 544-319955" {
		t.Errorf("after that %q, %v", text(r), err)
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	page := printed(t, "PRO")
	for name, row := range map[string]struct {
		page *image.Gray
		dpi  int
		opt  Options
		says string
	}{
		"nothing":            {image.NewGray(image.Rect(0, 0, 2, 2)), 200, Options{}, "2 by 2 pixels"},
		"too many pixels":    {&image.Gray{Rect: image.Rect(0, 0, 10000, 10000)}, 200, Options{}, "10000 by 10000"},
		"no resolution":      {page, 0, Options{}, "resolution"},
		"a foreign language": {page, 200, Options{Lang: "eng+deu"}, `"deu"`},
	} {
		if _, err := engine.Read(t.Context(), row.page, row.dpi, row.opt); err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestClosedEngineRefuses(t *testing.T) {
	e := &Engine{slots: make(chan *guest, 1)}
	e.life, e.end = context.WithCancel(context.Background())
	e.slots <- nil
	e.Close()
	if _, err := e.Read(t.Context(), printed(t, "PRO"), 200, Options{}); !errors.Is(err, errClosed) {
		t.Error(err)
	}
}

// TestTheCoreAsksForWhatTheHostHas holds the letters of core and host together: both change with each build of the core.
func TestTheCoreAsksForWhatTheHostHas(t *testing.T) {
	asked := map[string]string{}
	for _, f := range engine.core.ImportedFunctions() {
		_, letter, _ := f.Import()
		asked[letter] = signature(f.ParamTypes(), f.ResultTypes())
	}
	if len(asked) != 45 || len(hostCalls) != 45 {
		t.Errorf("the core asks for %d functions, the host has %d; both should be 45", len(asked), len(hostCalls))
	}
	for letter, want := range map[string]string{
		"a": "iiii:", "k": "iii:", "t": ":", "N": ":", "R": "i:", "y": "i:", "J": "ii:i", "P": "ii:i", "S": "i:",
		"s": "iii:i", "u": "i:i", "Q": "i:", "n": "iiii:i", "m": "i:i", "o": "iiii:i", "l": "iiii:i", "E": "ijii:i",
		"K": "ii:i", "I": "iiii:i", "p": "iii:i", "O": "iii:i", "H": "ii:i", "w": "iii:i", "v": "i:i",
		"x": "iiiijii:i", "z": "iiiiij:i", "L": ":f", "M": "iji:i", "A": "ji:", "B": "ji:", "C": "i:j", "D": "iiii:",
		"F": "ii:i", "G": "ii:i",
		"b": "iiii:i", "c": "ii:i", "d": "ii:", "e": "iii:i", "f": "iii:", "g": "iiii:", "h": "iiiii:i", "i": "iiiiii:i",
		"j": "iiiii:", "q": "iiiiii:", "r": "iiiiiiiiii:",
	} {
		if asked[letter] != want {
			t.Errorf("%s is %q in the core, the host has it as %q", letter, asked[letter], want)
		}
	}
	exports := engine.core.ExportedFunctions()
	for name, letter := range letters {
		if name != "memory" && name != "table" && exports[letter] == nil {
			t.Errorf("the core has no export %s for %s", letter, name)
		}
	}
}

func signature(params, results []byte) string {
	var b strings.Builder
	for _, types := range [][]byte{params, results} {
		for _, p := range types {
			b.WriteByte(map[byte]byte{0x7f: 'i', 0x7e: 'j', 0x7d: 'f', 0x7c: 'f'}[p])
		}
		b.WriteByte(':')
	}
	return strings.TrimSuffix(b.String(), ":")
}

// TestAPagesWordsKeepNoMoreThanTheirText: what was read of many pages is kept while a bundle is read.
func TestAPagesWordsKeepNoMoreThanTheirText(t *testing.T) {
	line := printed(t, "Seal 5834771")
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var kept []Result
	read := func() {
		r, err := engine.Read(t.Context(), line, 200, Options{Mode: Line})
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, r)
	}
	read()
	read() // both workers have their instance
	before := held()
	const pages = 20
	for range pages {
		read()
	}
	if after := held(); after > before+(pages<<20) {
		t.Errorf("%d pages of two words keep %d MB", pages, (after-before)>>20)
	}
	runtime.KeepAlive(kept)
}
