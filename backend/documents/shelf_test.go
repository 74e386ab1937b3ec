package documents

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// crcOf is a PNG chunk's check sum.
func crcOf(chunk []byte) []byte {
	sum := crc32.ChecksumIEEE(chunk)
	return []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}
}

func newShelf(t *testing.T, limit int64) (*Shelf, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := NewShelf(dir, limit)
	must(t, err)
	return s, dir
}

func files(t *testing.T, dir string) (n int) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	}))
	return n
}

func TestShelfKeepsContentOnce(t *testing.T) {
	s, dir := newShelf(t, 0)
	data := sample(t, "scan_003.pdf")
	first, err := s.Put(t.Context(), `C:\scans\..\BOL 1.pdf`, bytes.NewReader(data))
	must(t, err)
	if first.Name != "BOL 1.pdf" || first.Kind != PDF || first.MIME != "application/pdf" || first.Size != int64(len(data)) || first.Existed {
		t.Errorf("stored %+v", first)
	}
	again, err := s.Put(t.Context(), "copy.pdf", bytes.NewReader(data))
	must(t, err)
	if again.Hash != first.Hash || !again.Existed || files(t, dir) != 1 {
		t.Errorf("again %+v, %d files", again, files(t, dir))
	}
	if _, err := os.Stat(filepath.Join(dir, first.Hash[:2], first.Hash+".bin")); err != nil {
		t.Error(err)
	}
	file, err := s.Open(first.Hash)
	must(t, err)
	defer file.Close()
	if got, _ := io.ReadAll(file); !bytes.Equal(got, data) {
		t.Error("the original was altered")
	}
	must(t, s.Verify(t.Context(), first.Hash))
}

func TestShelfCompressesWhatIsAskedFor(t *testing.T) {
	s, dir := newShelf(t, 0)
	data := strings.Repeat("load,customer,carrier\n", 10000)
	stored, err := s.PutCompressed(t.Context(), "export.csv", strings.NewReader(data))
	must(t, err)
	if stored.Size != int64(len(data)) || stored.Kind != Text {
		t.Errorf("stored %+v", stored)
	}
	info, err := os.Stat(filepath.Join(dir, stored.Hash[:2], stored.Hash+".gz"))
	must(t, err)
	if info.Size() > stored.Size/10 {
		t.Errorf("%d bytes became %d", stored.Size, info.Size())
	}
	content, err := s.OpenCompressed(stored.Hash)
	must(t, err)
	got, err := io.ReadAll(content)
	must(t, err)
	must(t, content.Close())
	if string(got) != data {
		t.Error("the content was altered")
	}
	must(t, s.Verify(t.Context(), stored.Hash))
	must(t, s.Erase(stored.Hash))
	if _, err := s.OpenCompressed(stored.Hash); !errors.Is(err, ErrNoDocument) {
		t.Errorf("after erasing: %v", err)
	}
}

type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the stick was pulled out")
	}
	return n, err
}

func TestShelfLeavesNothingHalf(t *testing.T) {
	s, dir := newShelf(t, 1000)
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	for name, put := range map[string]func() error{
		"too large": func() error {
			_, err := s.Put(t.Context(), "a", strings.NewReader(strings.Repeat("x", 1001)))
			return err
		},
		"stopped":    func() error { _, err := s.Put(stopped, "b", strings.NewReader("x")); return err },
		"torn":       func() error { _, err := s.Put(t.Context(), "c", failing{strings.NewReader("x")}); return err },
		"compressed": func() error { _, err := s.PutCompressed(t.Context(), "d", failing{strings.NewReader("x")}); return err },
	} {
		if put() == nil || files(t, dir) != 0 {
			t.Errorf("%s: %d files", name, files(t, dir))
		}
	}
	var f *Fault
	if _, err := s.Put(t.Context(), "a", strings.NewReader(strings.Repeat("x", 1001))); !errors.As(err, &f) || f.Cause != TooLarge {
		t.Errorf("too large: %v", err)
	}
	must(t, os.WriteFile(filepath.Join(dir, incoming, "left.bin"), []byte("half"), 0o600))
	must(t, s.Sweep())
	if files(t, dir) != 0 {
		t.Error("a crash's leavings were not swept")
	}
}

func TestShelfNoticesDamage(t *testing.T) {
	s, dir := newShelf(t, 0)
	stored, err := s.Put(t.Context(), "a.txt", strings.NewReader("Received in good order"))
	must(t, err)
	path := filepath.Join(dir, stored.Hash[:2], stored.Hash+".bin")
	must(t, os.Chmod(path, 0o600))
	must(t, os.WriteFile(path, []byte("Received in bad order"), 0o600))
	if err := s.Verify(t.Context(), stored.Hash); err == nil {
		t.Error("the damage was not noticed")
	}
}

func TestShelfTakesNoPathForAHash(t *testing.T) {
	s, _ := newShelf(t, 0)
	for _, hash := range []string{"", "..", "../../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("0", 63) + "/", strings.Repeat("0", 64)} {
		if _, err := s.Open(hash); !errors.Is(err, ErrNoDocument) {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestShelfServesManyAtOnce(t *testing.T) {
	s, dir := newShelf(t, 0)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, text := range []string{"one", "two", "three"} {
				if _, err := s.Put(context.Background(), text, strings.NewReader(text)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := files(t, dir); n != 3 {
		t.Errorf("%d files", n)
	}
}
