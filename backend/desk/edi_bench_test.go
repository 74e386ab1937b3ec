package desk_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"tracedesk/backend/sim"
)

// BenchmarkX12ToBoard measures the way of 214s from a file to the board: read, matched, stored, folded, judged (-full: 20,000).
func BenchmarkX12ToBoard(b *testing.B) {
	rows := size(500, 20000)
	for range b.N {
		dir := b.TempDir()
		csv := writeFile(b, dir, "loads.csv", func(w *bufio.Writer) error { return sim.LoadsCSV(w, rows, 7) })
		var loads, statuses imported
		runChild(b, &loads, "import", filepath.Join(dir, "desk"), csv)
		edi := writeFile(b, dir, "status.214", func(w *bufio.Writer) error { return sim.Status214(w, rows, rows/2, 7) })
		runChild(b, &statuses, "import", filepath.Join(dir, "desk"), edi)
		fmt.Printf("\n  reader to board: %d transactions in %.2f s, %.0f transactions/s, %.1f MB/s, peak memory %.0f MB\n",
			statuses.Records, statuses.Seconds, float64(statuses.Records)/statuses.Seconds, fileMB(b, edi)/statuses.Seconds, statuses.PeakMB)
		b.ReportMetric(float64(statuses.Records)/statuses.Seconds, "transactions/s")
		b.ReportMetric(statuses.PeakMB, "peakMB")
	}
}

func fileMB(t testing.TB, path string) float64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}
