package proof

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/sim/cputime"
	"tracedesk/backend/sim/scans"
)

var full = flag.Bool("full", false, "more papers")

// mostSteps is how many times the native program's time all steps of a paper are to take at most.
const mostSteps = 5

// BenchmarkSteps reads papers from file to verdict, and has the native Tesseract with the same data read the same files in
// turns. In processor time where the system tells it, so that other programs at work do not change the ratio.
func BenchmarkSteps(b *testing.B) {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		b.Skip("no comparison: the program tesseract is not installed (Debian: apt-get install tesseract-ocr)")
	}
	papers := 6
	if *full {
		papers = 24
	}
	set, err := scans.Make(2620, papers, scans.Options{})
	if err != nil {
		b.Fatal(err)
	}
	known := loadsOf(b, set.Shipments)
	folder := b.TempDir()
	unpackData(b, folder)
	cache, err := os.UserCacheDir()
	if err != nil {
		b.Fatal(err)
	}
	reader := documents.NewReader(filepath.Join(cache, "tracedesk", "test-pdf"), documents.Limits{})
	defer reader.Close()
	if err := reader.WarmWords(context.Background()); err != nil {
		b.Fatal(err)
	}
	for range b.N {
		var ours, native time.Duration
		var ratios []float64
		for _, f := range set.Truth.Files {
			if !slices.Contains([]string{".jpg", ".png", ".tif"}, filepath.Ext(f.File)) || f.Verdict == "unreadable" {
				continue // the native program reads pictures only
			}
			before := cputime.Used()
			if _, _, err := documents.Examine(context.Background(), reader, bytes.NewReader(f.Bytes), f.File, documents.Exam{Known: known}); err != nil {
				b.Fatal(err)
			}
			mine := cputime.Used() - before
			theirs := nativeTime(b, program, folder, f)
			ours, native = ours+mine, native+theirs
			ratios = append(ratios, mine.Seconds()/theirs.Seconds())
		}
		slices.Sort(ratios)
		ratio, verdict := ours.Seconds()/native.Seconds(), "ok"
		if ratio > mostSteps {
			verdict = "NOT MET"
		}
		fmt.Printf("%-46s %7.3f   at most %d   %s   (%d papers; half of them under %.1f, the worst %.1f)\n", "all steps of a paper, times the native program",
			ratio, mostSteps, verdict, len(ratios), ratios[len(ratios)/2], ratios[len(ratios)-1])
		b.ReportMetric(ratio, "x-native")
	}
}

func loadsOf(b *testing.B, shipments []scans.Shipment) whose.Known {
	b.Helper()
	body, err := json.Marshal(shipments)
	if err != nil {
		b.Fatal(err)
	}
	list, err := whose.ParseList(body)
	if err != nil {
		b.Fatal(err)
	}
	var loads []paper.Expected
	for _, l := range list {
		loads = append(loads, l.Expected)
	}
	return whose.NewLoads(loads)
}

// unpackData puts the language data that the desk reads with where the native program finds it.
func unpackData(b *testing.B, folder string) {
	b.Helper()
	packed, err := os.Open(filepath.Join("..", "..", "..", "documents", "ocr", "data", "eng.traineddata.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		b.Fatal(err)
	}
	data, err := io.ReadAll(plain)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "eng.traineddata"), data, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

func nativeTime(b *testing.B, program, folder string, f scans.File) time.Duration {
	b.Helper()
	path := filepath.Join(folder, f.File)
	if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(program, path, "-", "--psm", "3", "--oem", "1", "--tessdata-dir", folder, "tsv")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	began := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("tesseract %s: %v", f.File, err)
	}
	if used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(); cputime.Used() > 0 && used > 0 {
		return used
	}
	return time.Since(began)
}
