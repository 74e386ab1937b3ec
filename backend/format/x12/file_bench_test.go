package x12

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var inFull = flag.Bool("full", false, "measure in full size")

// chunkScan is splitScan over a stream: pieces of 256 KB, nothing copied but what a piece ends in.
func chunkScan(r io.Reader) (segments, elements int) {
	buf, kept := make([]byte, 256<<10), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		data := buf[:kept+n]
		whole := bytes.LastIndexByte(data, '~') + 1
		s, e := splitScan(data[:whole])
		segments, elements = segments+s, elements+e
		kept = copy(buf, data[whole:])
		if err != nil {
			return segments, elements
		}
	}
}

// BenchmarkX12 reads one file of 214 sets in three ways, in turn and best of nine: a split scan that understands nothing,
// typed events, observations; and tells the most memory that the process ever used. -full: 100,000 sets; then 1 GB on one line.
func BenchmarkX12(b *testing.B) {
	sets := 10_000
	if *inFull {
		sets = 100_000
	}
	path, bytesIn := statusOnDisk(b, newStatusFile(sets))
	way := func(read func(io.Reader)) time.Duration {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		start := time.Now()
		read(f)
		return time.Since(start)
	}
	scan, typed, read := time.Hour, time.Hour, time.Hour
	for range 9 {
		scan = min(scan, way(func(r io.Reader) { chunkScan(r) }))
		typed = min(typed, way(func(r io.Reader) { readTyped(b, r, sets) }))
		read = min(read, way(func(r io.Reader) { readAll(b, r, sets) }))
	}
	mb := float64(bytesIn) / 1e6
	fmt.Printf("\n%d sets, %.1f MB\n", sets, mb)
	for _, line := range []struct {
		what string
		took time.Duration
	}{{"split scan, nothing copied", scan}, {"reader: typed events", typed}, {"reader: observations", read}} {
		fmt.Printf("  %-28s %7.1f MB/s %9.0f transactions/s   %.2f of the scan\n", line.what, mb/line.took.Seconds(), float64(sets)/line.took.Seconds(), scan.Seconds()/line.took.Seconds())
	}
	fmt.Printf("  peak memory of scan and reader %.1f MB (0: this system does not tell)\n", peakMB())
	piece, quick := undisturbed(b)
	fmt.Printf("  undisturbed by other work on the machine (pieces of %.1f MB, best of %d): scan %.1f MB/s, typed events %.1f MB/s, %.2f of the scan\n",
		piece, rounds, piece/quick[0].Seconds(), piece/quick[1].Seconds(), quick[0].Seconds()/quick[1].Seconds())
	b.ReportMetric(mb/typed.Seconds(), "typedMB/s")
	b.ReportMetric(scan.Seconds()/typed.Seconds(), "of-scan")
	b.ReportMetric(quick[0].Seconds()/quick[1].Seconds(), "of-scan-undisturbed")
	b.ReportMetric(peakMB(), "peakMB")
	if !*inFull {
		return
	}
	long := sets * 24 // a little over 1 GB
	start := time.Now()
	readAll(b, oneLine{newStatusFile(long)}, long)
	fmt.Printf("  %d sets on a single line of 1 GB, made as they are read: %.0f s, peak memory %.1f MB\n", long, time.Since(start).Seconds(), peakMB())
}

// rounds is how often a piece is read each way.
const rounds = 200

// undisturbed times scan and typed reader over a piece so short that it mostly runs without being put aside for other work, in
// turn: on a shared machine whole files measure the neighbours too.
func undisturbed(b *testing.B) (mb float64, best [2]time.Duration) {
	const sets = 1000
	data, err := io.ReadAll(newStatusFile(sets))
	if err != nil {
		b.Fatal(err)
	}
	best = [2]time.Duration{time.Hour, time.Hour}
	for range rounds {
		start := time.Now()
		chunkScan(bytes.NewReader(data))
		best[0] = min(best[0], time.Since(start))
		start = time.Now()
		readTyped(b, bytes.NewReader(data), sets)
		best[1] = min(best[1], time.Since(start))
	}
	return float64(len(data)) / 1e6, best
}

func statusOnDisk(b *testing.B, from io.Reader) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "status.edi")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	size, err = io.Copy(f, from)
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path, size
}

func readTyped(b *testing.B, r io.Reader, sets int) {
	events := 0
	for told, err := range Statuses(r, Options{}) {
		if err != nil || len(told.Faults) > 0 {
			b.Fatal(told, err)
		}
		events += len(told.Statuses)
	}
	if events != 2*sets {
		b.Fatal("lost events", events)
	}
}

func readAll(b *testing.B, r io.Reader, sets int) {
	n := 0
	for rec, err := range Read(r, Options{}) {
		if err != nil || len(rec.Faults) > 0 || len(rec.Observations) != 2 {
			b.Fatal(rec, err)
		}
		n++
	}
	if n != sets {
		b.Fatal("lost sets", n)
	}
}

// peakMB is the most memory this process has used, where the system tells.
func peakMB() float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			var kb float64
			fmt.Sscan(rest, &kb)
			return kb / 1024
		}
	}
	return 0
}
