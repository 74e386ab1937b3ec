package documents

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// reader is shared by all tests: starting the PDF engine costs seconds where its code was never compiled before. The
// compiled code is kept in the user's cache folder between runs.
var reader *Reader

func TestMain(m *testing.M) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	reader = NewReader(filepath.Join(cache, "tracedesk", "test-pdf"), Limits{Read: time.Minute, Draw: time.Minute})
	code := m.Run()
	reader.Close()
	os.Exit(code)
}

// settles lets other goroutines run until ok holds.
func settles(ok func() bool) bool {
	for range 1_000_000 {
		if ok() {
			return true
		}
		runtime.Gosched()
	}
	return false
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	must(t, err)
	return data
}

func original(data []byte) Original { return bytes.NewReader(data) }
