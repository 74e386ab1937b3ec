package desk_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim"
	"tracedesk/backend/store"
)

func openDesk(t testing.TB, dir string) *desk.Desk {
	t.Helper()
	d, err := desk.Open(context.Background(), desk.Options{Dir: dir, Person: "Ida", Now: func() time.Time { return deskNow }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// deskNow is a morning of the world that package sim lists loads of.
var deskNow = time.Date(2026, 11, 4, 15, 0, 0, 0, time.UTC)

func importFile(t testing.TB, d *desk.Desk, path string) sources.ImportResult {
	t.Helper()
	res, err := sources.New(d, nil).ImportNow(context.Background(), sources.ImportRequest{Files: freight.List[sources.FileRef]{{Path: path}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func loadsFile(t testing.TB, dir string, rows int) string {
	return writeFile(t, dir, "loads.csv", func(w *bufio.Writer) error { return sim.LoadsCSV(w, rows, 7) })
}

func statusFile(t testing.TB, dir string, n, loads int) string {
	return writeFile(t, dir, "status.214", func(w *bufio.Writer) error { return sim.Status214(w, n, loads, 7) })
}

func TestADamagedFileIsSalvaged(t *testing.T) {
	const loads = 120
	for _, tc := range []struct {
		name   string
		damage func(f *os.File, size int64) error
		least  int // loads that must still be there
	}{
		{"pages in the middle", func(f *os.File, size int64) error {
			junk := make([]byte, 8*4096)
			rand.Read(junk)
			_, err := f.WriteAt(junk, size/2/4096*4096)
			return err
		}, loads / 2},
		{"cut off", func(f *os.File, size int64) error { return f.Truncate(size * 3 / 4 / 4096 * 4096) }, loads / 2},
		{"header", func(f *os.File, size int64) error { _, err := f.WriteAt(make([]byte, 100), 0); return err }, loads},
		{"first page", func(f *os.File, size int64) error {
			junk := make([]byte, 4096)
			rand.Read(junk)
			_, err := f.WriteAt(junk, 0)
			return err
		}, loads},
		{"nothing but junk", func(f *os.File, size int64) error {
			junk := make([]byte, size)
			rand.Read(junk)
			_, err := f.WriteAt(junk, 0)
			return err
		}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir, files := t.TempDir(), t.TempDir()
			d := openDesk(t, dir)
			importFile(t, d, loadsFile(t, files, 2*loads))
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, filepath.Join(dir, store.FileName), tc.damage)

			d = openDesk(t, dir)
			report, err := os.ReadFile(filepath.Join(dir, "salvage.txt"))
			if err != nil || !strings.Contains(string(report), "was damaged") || len(d.Notices()) == 0 {
				t.Errorf("report %q, notices %q, %v", report, d.Notices(), err)
			}
			t.Log(strings.TrimSpace(string(report)))
			if kept, _ := filepath.Glob(filepath.Join(dir, store.FileName+".damaged-*")); len(kept) == 0 {
				t.Error("the damaged file was not kept")
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "salvage-*")); len(left) != 0 {
				t.Error("left behind:", left)
			}
			if err := desk.CatchUp(context.Background(), d); err != nil {
				t.Fatal(err)
			}
			if found, err := d.Store.Check(context.Background()); err != nil || len(found) > 0 {
				t.Error(found, err)
			}
			view, err := board.New(d).Open(context.Background(), board.ViewSpec{})
			if err != nil || view.Count < tc.least {
				t.Errorf("%d loads on the board, %v; at least %d can be read", view.Count, err, tc.least)
			}
			// The desk works again: the export brings back what is lost, and nothing twice.
			importFile(t, d, filepath.Join(files, "loads.csv"))
			if n, live, err := d.Store.Counts(context.Background()); err != nil || n != loads || live != loads {
				t.Errorf("after the export came again: %d loads, %d live, %v", n, live, err)
			}
		})
	}
}

func damage(t *testing.T, path string, fn func(*os.File, int64) error) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := fn(f, info.Size()); err != nil {
		t.Fatal(err)
	}
	// Somebody else wrote: the size and time noted at the orderly close no longer fit.
	if err := os.Chtimes(path, time.Now(), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
}

func TestAFileOfAnotherProgramIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	db := rawDB(t, dir)
	if _, err := db.Exec("CREATE TABLE songs (title)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if d, err := desk.Open(context.Background(), desk.Options{Dir: dir}); err == nil {
		d.Close()
		t.Fatal("opened")
	}
	if moved, _ := filepath.Glob(filepath.Join(dir, store.FileName+".damaged*")); len(moved) > 0 {
		t.Error("moved away:", moved)
	}
}
