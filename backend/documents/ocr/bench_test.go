package ocr

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"tracedesk/backend/sim/cputime"
)

var full = flag.Bool("full", false, "take the best of many rounds")

// BenchmarkOCR holds the engine against Tesseract as a native program with the same data, on the same page and in turns, and
// measures the second worker, the start with a warm cache, the stopping of a page and the memory. The comparison is in
// processor time where the system tells it, so that other programs at work do not change it; the rest is by the clock.
func BenchmarkOCR(b *testing.B) {
	rounds := 1
	if *full {
		rounds = 3
	}
	page := bill(b)
	b.ResetTimer()
	for range b.N {
		ours, native := 1e9, 1e9
		one, two := 1e9, 1e9
		start := 1e9
		var answered, free float64
		for range rounds {
			ours = min(ours, processor(func() { mustRead(b, page) }))
			native = min(native, nativeSeconds(b, page))
			one = min(one, seconds(func() { mustRead(b, page); mustRead(b, page) }))
			two = min(two, seconds(func() {
				var both sync.WaitGroup
				both.Go(func() { mustRead(b, page) })
				both.Go(func() { mustRead(b, page) })
				both.Wait()
			}))
			start = min(start, seconds(func() { started(b) }))
			a, f := stoppedAfter(b, page)
			answered, free = max(answered, a), max(free, f)
		}
		if native < 1e9 {
			tell("a page's words, times the native program", ours/native, "at most", 3)
			b.ReportMetric(ours/native, "x-native")
		}
		tell("two workers, times the throughput of one", one/two, "at least", 1.7)
		tell("start with compiled code kept, s", start, "under", 0.3)
		tell("a stopped page answered, s", answered, "within", 0.15)
		tell("and its worker free again, s", free, "within", 1)
		b.ReportMetric(ours, "s/page")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys)/(1<<20), "MB-of-go")
	}
}

// tell prints a figure beside its limit.
func tell(what string, figure float64, sort string, limit float64) {
	verdict := "ok"
	if sort == "at least" && figure < limit || sort != "at least" && figure > limit {
		verdict = "NOT MET"
	}
	fmt.Printf("%-46s %7.3f   %s %g   %s\n", what, figure, sort, limit, verdict)
}

func seconds(do func()) float64 {
	begin := time.Now()
	do()
	return time.Since(begin).Seconds()
}

// processor is the processor time that this process takes for something; by the clock where the system does not tell.
func processor(do func()) float64 {
	before := cputime.Used()
	passed := seconds(do)
	if used := (cputime.Used() - before).Seconds(); used > 0 {
		return used
	}
	return passed
}

func mustRead(b *testing.B, page *image.Gray) {
	if _, err := engine.Read(context.Background(), page, 200, Options{}); err != nil {
		b.Error(err)
	}
}

// bill is a page as full as a bill of lading: some 230 words at 200 dots an inch.
func bill(b *testing.B) *image.Gray {
	var lines []string
	for i := range 30 {
		lines = append(lines, fmt.Sprintf("%d CTN Received in good order 544-3199%02d %d,%03d lbs", 20+i, i, i+1, 137*i%1000))
	}
	text := printed(b, lines...)
	page := image.NewGray(image.Rect(0, 0, 1700, 2200))
	for i := range page.Pix {
		page.Pix[i] = 255
	}
	for y := range text.Rect.Dy() {
		copy(page.Pix[y*page.Stride:], text.Pix[y*text.Stride:][:text.Rect.Dx()])
	}
	return page
}

// nativeSeconds reads the page with the tesseract program, one thread; 1e9 where there is none.
func nativeSeconds(b *testing.B, page *image.Gray) float64 {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		b.Log("no comparison: the program tesseract is not installed (Debian: apt-get install tesseract-ocr)")
		return 1e9
	}
	folder := b.TempDir()
	data, err := engine.langs.get("eng")
	if err != nil {
		b.Fatal(err)
	}
	file, err := os.Create(filepath.Join(folder, "page.png"))
	if err != nil {
		b.Fatal(err)
	}
	if err := png.Encode(file, page); err != nil {
		b.Fatal(err)
	}
	file.Close()
	if err := os.WriteFile(filepath.Join(folder, "eng.traineddata"), data, 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(program, file.Name(), "-", "--dpi", "200", "--psm", "3", "--oem", "1", "--tessdata-dir", folder, "tsv")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	var out []byte
	spent := seconds(func() { out, err = cmd.Output() })
	if used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(); cputime.Used() > 0 && used > 0 {
		spent = used.Seconds()
	}
	if err != nil || !strings.Contains(string(out), "Received") {
		b.Fatalf("tesseract: %v", err)
	}
	return spent
}

// started opens an engine with the compiled code of the one that runs, and makes its first instance.
func started(b *testing.B) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	e, err := Open(context.Background(), filepath.Join(cache, "tracedesk", "test-pdf"), 1)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	g, err := newGuest(context.Background(), e.rt, e.core, &e.langs, "eng")
	if err != nil {
		b.Fatal(err)
	}
	g.close()
}

// stoppedAfter stops a page in its middle: how long until the caller has an answer, and until the worker is free.
func stoppedAfter(b *testing.B, page *image.Gray) (answered, free float64) {
	ctx, cancel := context.WithCancel(context.Background())
	var begin time.Time
	var once sync.Once
	_, err := engine.Read(ctx, page, 200, Options{Progress: func(percent int) {
		if percent >= 50 {
			once.Do(func() { begin = time.Now(); cancel() })
		}
	}})
	if err == nil {
		b.Error("a stopped page was read to its end")
	}
	answered = time.Since(begin).Seconds()
	for range cap(engine.slots) {
		g := <-engine.slots
		defer func() { engine.slots <- g }()
	}
	return answered, time.Since(begin).Seconds()
}
