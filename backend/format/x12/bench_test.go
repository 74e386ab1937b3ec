package x12

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
)

// statusFile writes an interchange of n 214 sets of some 22 segments each, as carriers send them. It is a reader, so
// that files of any length cost no memory. The same n gives the same bytes.
type statusFile struct {
	n, next int
	rng     *rand.Rand
	buf     bytes.Buffer
	done    bool
}

func newStatusFile(n int) *statusFile {
	f := &statusFile{n: n, rng: rand.New(rand.NewPCG(7, 214))}
	f.buf.WriteString("ISA*00*          *00*          *02*ABCD           *ZZ*TRACEDESK      *260112*0600*U*00401*000000905*0*P*>~\n" +
		"GS*QM*ABCD*TRACEDESK*20260112*0600*905*X*004010~\n")
	return f
}

func (f *statusFile) Read(p []byte) (int, error) {
	for f.buf.Len() < len(p) && !f.done {
		f.more()
	}
	if f.buf.Len() == 0 {
		return 0, io.EOF
	}
	return f.buf.Read(p)
}

func (f *statusFile) more() {
	if f.next == f.n {
		fmt.Fprintf(&f.buf, "GE*%d*905~\nIEA*1*000000905~\n", f.n)
		f.done = true
		return
	}
	f.next++
	i := f.next
	codes := []string{"X3", "CP", "AF", "X6", "AG", "X1", "D1", "CD", "SD"}
	zones := []string{"LT", "CT", "ET", "PT", "MT", "CS", "UT", ""}
	lines := 0
	line := func(format string, args ...any) {
		lines++
		fmt.Fprintf(&f.buf, format+"~\n", args...)
	}
	line("ST*214*%09d", i)
	line("B10*%d*L%07d*ABCD", 500000+i, i)
	line("L11*BOL%d*BM", i)
	line("L11*PO%d*PO", i*3)
	line("N1*SH*ACME PAPER %d*93*%d", i%50, i%50)
	line("N3*%d MILL ROAD", i%999)
	line("N4*RUMFORD*ME*04276*US")
	line("N1*CN*HARBOR GROCERS %d*93*%d", i%70, i%70)
	line("N3*%d DOCK STREET", i%777)
	line("N4*ORLANDO*FL*32810*US")
	line("MS3*ABCD*B**M")
	for lx := 1; lx <= 2; lx++ {
		line("LX*%d", lx)
		line("AT7*%s*NS***2026%02d%02d*%02d%02d*%s", codes[f.rng.IntN(len(codes))], 1+f.rng.IntN(12), 1+f.rng.IntN(28),
			f.rng.IntN(24), f.rng.IntN(60), zones[f.rng.IntN(len(zones))])
		line("MS1*ORLANDO*FL*US")
		line("MS2*ABCD*%d*TL", 50000+i%3000)
		line("L11*%d*QN", lx)
	}
	fmt.Fprintf(&f.buf, "SE*%d*%09d~\n", lines+1, i)
}

// splitScan is the yardstick: every segment and element of the same bytes is found, nothing is copied or understood.
func splitScan(data []byte) (segments, elements int) {
	fields := make([][]byte, 0, 64)
	for len(data) > 0 {
		end := bytes.IndexByte(data, '~')
		if end < 0 {
			break
		}
		seg := data[:end]
		data = data[end+1:]
		for len(seg) > 0 && (seg[0] == '\n' || seg[0] == '\r') {
			seg = seg[1:]
		}
		fields = fields[:0]
		for {
			at := bytes.IndexByte(seg, '*')
			if at < 0 {
				break
			}
			fields = append(fields, seg[:at])
			seg = seg[at+1:]
		}
		fields = append(fields, seg)
		segments++
		elements += len(fields)
	}
	return segments, elements
}

// streamScan is the same yardstick taken from a stream, as a reader that holds no whole file must.
func streamScan(r io.Reader) (segments, elements int) {
	lines := bufio.NewScanner(r)
	lines.Split(func(data []byte, _ bool) (int, []byte, error) {
		end := bytes.IndexByte(data, '~')
		if end < 0 {
			return 0, nil, nil
		}
		return end + 1, data[:end], nil
	})
	fields := make([][]byte, 0, 64)
	for lines.Scan() {
		seg := bytes.TrimLeft(lines.Bytes(), "\r\n")
		fields = fields[:0]
		start := 0
		for i, c := range seg {
			if c == '*' {
				fields = append(fields, seg[start:i])
				start = i + 1
			}
		}
		fields = append(fields, seg[start:])
		segments++
		elements += len(fields)
	}
	return segments, elements
}

// BenchmarkRead214 reads 100,000 sets into observations and prints, beside it, two split scans of the same bytes taken
// in turn with it (in memory and streamed, best of each), and the ratios.
func BenchmarkRead214(b *testing.B) {
	data, err := io.ReadAll(newStatusFile(100_000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	bestScan, bestStream, bestTyped, bestRead := time.Hour, time.Hour, time.Hour, time.Hour
	for b.Loop() {
		start := time.Now()
		if segments, _ := splitScan(data); segments < 100_000 {
			b.Fatal("scan lost segments")
		}
		bestScan = min(bestScan, time.Since(start))
		start = time.Now()
		if segments, _ := streamScan(bytes.NewReader(data)); segments < 100_000 {
			b.Fatal("scan lost segments")
		}
		bestStream = min(bestStream, time.Since(start))
		start = time.Now()
		events := 0
		for told, err := range Statuses(bytes.NewReader(data), Options{}) {
			if err != nil || len(told.Faults) > 0 {
				b.Fatal(told, err)
			}
			events += len(told.Statuses)
		}
		bestTyped = min(bestTyped, time.Since(start))
		if events != 200_000 {
			b.Fatal("lost events", events)
		}
		start = time.Now()
		sets := 0
		for rec, err := range Read(bytes.NewReader(data), Options{}) {
			if err != nil || len(rec.Faults) > 0 || len(rec.Observations) != 2 {
				b.Fatal(rec, err)
			}
			sets++
		}
		bestRead = min(bestRead, time.Since(start))
		if sets != 100_000 {
			b.Fatal("lost sets", sets)
		}
	}
	mb := float64(len(data)) / 1e6
	b.ReportMetric(mb/bestScan.Seconds(), "scanMB/s")
	b.ReportMetric(mb/bestTyped.Seconds(), "typedMB/s")
	b.ReportMetric(bestScan.Seconds()/bestTyped.Seconds(), "typed-of-scan")
	b.ReportMetric(mb/bestRead.Seconds(), "readMB/s")
	b.ReportMetric(100_000/bestRead.Seconds(), "sets/s")
	b.ReportMetric(mb/bestStream.Seconds(), "streamMB/s")
	b.ReportMetric(bestScan.Seconds()/bestRead.Seconds(), "of-scan")
	b.ReportMetric(bestStream.Seconds()/bestRead.Seconds(), "of-stream")
}

// BenchmarkScan is the tokenizer alone, which must not allocate.
func BenchmarkScan(b *testing.B) {
	data, err := io.ReadAll(newStatusFile(10_000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		s := newScanner(bytes.NewReader(data))
		s.seek(func(int64, []byte) {})
		for {
			if _, ok := s.next(); !ok {
				break
			}
		}
	}
}

func TestScannerAllocatesNothingPerSegment(t *testing.T) {
	data, err := io.ReadAll(newStatusFile(2000))
	if err != nil {
		t.Fatal(err)
	}
	segments := 0
	allocs := testing.AllocsPerRun(5, func() {
		s := newScanner(bytes.NewReader(data))
		s.seek(func(int64, []byte) {})
		for segments = 0; ; segments++ {
			if _, ok := s.next(); !ok {
				break
			}
		}
	})
	if segments < 40_000 || allocs > 40 {
		t.Errorf("%v allocations for %d segments", allocs, segments)
	}
}

// TestMemoryStaysFlat reads a long file on one line; what is held at the end does not depend on its length.
func TestMemoryStaysFlat(t *testing.T) {
	held := func(sets int) uint64 {
		var most uint64
		n := 0
		for _, err := range Read(oneLine{newStatusFile(sets)}, Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%(sets/4) == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		if n != sets {
			t.Fatalf("%d sets of %d", n, sets)
		}
		return most
	}
	short, long := held(1000), held(40_000)
	if long > short+1<<20 {
		t.Errorf("holds %d bytes after 1,000 sets and %d after 40,000", short, long)
	}
}

// oneLine drops line breaks.
type oneLine struct{ r io.Reader }

func (o oneLine) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	kept := 0
	for _, c := range p[:n] {
		if c != '\n' {
			p[kept] = c
			kept++
		}
	}
	return kept, err
}
