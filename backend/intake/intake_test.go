package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tracedesk/backend/freight"
)

// deaf are ears that never ring by themselves: the test rings the bell. A bubble of fake time cannot hold the system's.
type deaf struct{}

func (deaf) Listen(string) error { return nil }
func (deaf) Close() error        { return nil }

// desk is the other side of a Watcher in a test.
type desk struct {
	t      *testing.T
	dir    string
	cancel context.CancelFunc
	ended  chan error
	bell   *bell

	mu     sync.Mutex
	got    []File
	told   []Notice
	refuse func(File) error
}

// watch starts a watcher over dir in fake time. It is stopped, and waited for, when the test ends.
func watch(t *testing.T, dir string, change func(*Config)) *desk {
	d := &desk{t: t, dir: dir, ended: make(chan error, 1)}
	cfg := Config{Folders: []Folder{{Path: dir}}, Settle: 2 * time.Second, Rescan: time.Minute, Patience: 2 * time.Minute,
		Detector: func(string, []byte) freight.FileKind { return freight.DocumentFile },
		Tell: func(n Notice) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.told = append(d.told, n)
		}}
	if change != nil {
		change(&cfg)
	}
	w, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.listen = func(b *bell) (ears, error) { d.bell = b; return deaf{}, nil }
	ctx, cancel := context.WithCancel(t.Context())
	d.cancel = cancel
	go func() { d.ended <- w.Run(ctx, d.deliver) }()
	synctest.Wait()
	return d
}

func (d *desk) deliver(_ context.Context, f File) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != nil {
		if err := d.refuse(f); err != nil {
			return err
		}
	}
	d.got = append(d.got, f)
	return nil
}

func (d *desk) stop() {
	d.cancel()
	if err := <-d.ended; err != nil {
		d.t.Error(err)
	}
}

func (d *desk) write(name, content string) {
	d.t.Helper()
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	must(d.t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(d.t, os.WriteFile(path, []byte(content), 0o644))
	d.bell.hear(path)
}

func (d *desk) pass(t time.Duration) { time.Sleep(t); synctest.Wait() } // fake time

func (d *desk) names() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := []string{}
	for _, f := range d.got {
		names = append(names, f.Rel)
	}
	return names
}

func (d *desk) want(names ...string) {
	d.t.Helper()
	if got := d.names(); !reflect.DeepEqual(got, append([]string{}, names...)) {
		d.t.Fatalf("delivered %q, want %q (notices: %v)", got, names, d.told)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFileIsDeliveredOnceItRests(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.write("pod.txt", "half")
		d.pass(time.Second)
		d.write("pod.txt", "half and more")
		d.pass(1500 * time.Millisecond)
		d.want() // rested only since the second write
		d.pass(time.Second)
		d.want("pod.txt")
		d.pass(10 * time.Minute)
		d.want("pod.txt")
		f := d.got[0]
		if f.Size != 13 || f.Kind != freight.DocumentFile || f.Seen || f.Doubt != "" || len(f.Hash) != 64 {
			t.Errorf("delivered %+v", f)
		}
		open, err := f.Open()
		must(t, err)
		open.Close()
		d.stop()
	})
}

func TestCatchUpAtStartGoesByAge(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"c", "a", "b"} {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(name), 0o644))
		at := time.Date(2026, 11, 20, 8+i, 0, 0, 0, time.UTC)
		must(t, os.Chtimes(path, at, at))
	}
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.pass(3 * time.Second)
		d.want("c", "a", "b")
		d.stop()
	})
}

func TestPassingNamesWaitForTheirRename(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		for _, name := range []string{"a.pdf.part", "b.tmp", "c.crdownload", "~$d.xlsx", "e.txt~", ".hidden", "Thumbs.db"} {
			d.write(name, "x")
		}
		d.pass(5 * time.Minute)
		d.want()
		must(t, os.Rename(filepath.Join(dir, "b.tmp"), filepath.Join(dir, "b.txt")))
		d.bell.hear(filepath.Join(dir, "b.txt"))
		d.pass(3 * time.Second)
		d.want("b.txt")
		d.stop()
	})
}

func TestRescanFindsWhatNoEventTold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		must(t, os.WriteFile(filepath.Join(dir, "quiet.csv"), []byte("load"), 0o644))
		d.pass(30 * time.Second)
		d.want()
		d.pass(40 * time.Second)
		d.want("quiet.csv")
		d.stop()
	})
}

func TestHalfWrittenPDFWaitsAndBrokenOneIsDeliveredWithDoubt(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.write("slow.pdf", "%PDF-1.4 first half")
		d.write("cut.pdf", "%PDF-1.4 never ends")
		d.write("empty.jpg", "")
		d.pass(30 * time.Second)
		d.want()
		d.write("slow.pdf", "%PDF-1.4 first half, second half %%EOF\n")
		d.pass(3 * time.Second)
		d.want("slow.pdf")
		d.pass(5 * time.Minute)
		if len(d.got) != 3 || d.got[1].Doubt == "" || d.got[2].Doubt == "" {
			t.Fatalf("broken files: %+v", d.got[1:])
		}
		if len(d.told) != 0 {
			t.Errorf("notices: %v", d.told)
		}
		d.stop()
	})
}

func TestBurstIsDeliveredWholeAndOnce(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		for i := range 300 {
			name := fmt.Sprintf("page%03d.txt", i)
			for range 3 {
				d.write(name, name)
			}
		}
		d.bell.everything()
		d.pass(3 * time.Second)
		if n := len(d.names()); n != 300 {
			t.Errorf("delivered %d of 300", n)
		}
		d.stop()
	})
}

func TestChangedFileIsDeliveredAgainAndSameContentIsMarkedSeen(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.write("export.csv", "one")
		d.pass(3 * time.Second)
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		must(t, os.Chtimes(filepath.Join(dir, "export.csv"), at, at))
		d.bell.everything()
		d.pass(3 * time.Second)
		d.want("export.csv", "export.csv")
		if d.got[0].Seen || !d.got[1].Seen {
			t.Errorf("seen: %v, %v", d.got[0].Seen, d.got[1].Seen)
		}
		d.stop()
	})
}

func TestRefusedDeliveryIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		tries := 0
		d.refuse = func(File) error {
			if tries++; tries < 3 {
				return errors.New("the disk is full")
			}
			return nil
		}
		d.write("a.txt", "x")
		d.pass(5 * time.Minute)
		d.want("a.txt")
		if tries != 3 || len(d.told) != 1 || !strings.Contains(d.told[0].Text, "the disk is full") {
			t.Errorf("%d tries, told %v", tries, d.told)
		}
		d.stop()
	})
}

func TestAFileStillWrittenIsTriedAgainQuietly(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		tries := 0
		d.refuse = func(File) error {
			if tries++; tries < 3 {
				return fmt.Errorf("its last line is open: %w", ErrStillWritten)
			}
			return nil
		}
		d.write("a.txt", "x")
		d.pass(5 * time.Minute)
		d.want("a.txt")
		if tries != 3 || len(d.told) != 0 {
			t.Errorf("%d tries, told %v", tries, d.told)
		}
		d.stop()
	})
}

func TestDeletedAndExchangedFilesAreTolerated(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.write("gone.txt", "x")
		d.pass(time.Second)
		must(t, os.Remove(filepath.Join(dir, "gone.txt")))
		d.pass(5 * time.Second)
		d.write("folder.txt/inside.txt", "x") // a folder has taken the name
		d.pass(5 * time.Minute)
		d.want()
		d.stop()
	})
}

func TestFolderVanishesAndComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil) // not there yet
		if len(d.told) != 1 || !d.told[0].Away {
			t.Fatalf("told %v", d.told)
		}
		must(t, os.Mkdir(dir, 0o755))
		d.write("a.txt", "x")
		d.pass(3 * time.Second)
		d.want("a.txt")
		must(t, os.RemoveAll(dir))
		d.bell.hear(dir)
		d.pass(3 * time.Minute)
		must(t, os.Mkdir(dir, 0o755))
		must(t, os.WriteFile(filepath.Join(dir, "b.txt"), []byte("y"), 0o644))
		d.pass(2 * time.Minute)
		d.want("a.txt", "b.txt")
		if last := d.told[len(d.told)-1]; last.Away || last.Text != "the folder is back" {
			t.Errorf("told %v", d.told)
		}
		d.stop()
	})
}

func TestLinksAndClimbingPathsAreIgnored(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret.txt")
	must(t, os.WriteFile(secret, []byte("s"), 0o644))
	if err := os.Symlink(secret, filepath.Join(dir, "link.txt")); err != nil {
		t.Log("this system makes no links:", err)
	}
	_ = os.Symlink(outside, filepath.Join(dir, "linked"))
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, func(c *Config) { c.Folders[0].Recursive = true })
		d.bell.hear(secret)
		d.bell.hear(filepath.Join(dir, "..", filepath.Base(outside), "secret.txt"))
		d.bell.hear(filepath.Join(dir, "linked", "secret.txt"))
		d.pass(5 * time.Minute)
		d.want()
		d.stop()
	})
}

func TestFoldersBelow(t *testing.T) {
	for _, recursive := range []bool{false, true} {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			d := watch(t, dir, func(c *Config) { c.Folders[0].Recursive = recursive })
			d.write("monday/a.txt", "a")
			d.write("b.txt", "b")
			d.bell.hear(filepath.Join(dir, "monday"))
			d.pass(3 * time.Second)
			if want := map[bool]int{false: 1, true: 2}[recursive]; len(d.names()) != want {
				t.Errorf("recursive %v: delivered %q", recursive, d.names())
			}
			d.stop()
		})
	}
}

func TestWhatBecomesOfADeliveredFile(t *testing.T) {
	for _, after := range []After{Leave, Keep, Move} {
		t.Run(string(after), func(t *testing.T) {
			dir, done := t.TempDir(), filepath.Join(t.TempDir(), "done")
			synctest.Test(t, func(t *testing.T) {
				d := watch(t, dir, func(c *Config) {
					c.Folders[0].After, c.Folders[0].Recursive = after, true
					if after == Move {
						c.Folders[0].To = done
					}
				})
				at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
				for range 2 { // dropped a second time, with the same time of change
					d.write("a.txt", "x")
					must(t, os.Chtimes(filepath.Join(dir, "a.txt"), at, at))
					d.pass(2 * time.Minute)
				}
				left := exists(dir, "a.txt")
				kept := exists(dir, FiledFolder, "a.txt") && exists(dir, FiledFolder, "a (2).txt")
				moved := exists(done, "a.txt") && exists(done, "a (2).txt")
				if left != (after == Leave) || kept != (after == Keep) || moved != (after == Move) {
					t.Errorf("left %v, kept %v, moved %v", left, kept, moved)
				}
				if want := map[After]int{Leave: 1, Keep: 2, Move: 2}[after]; len(d.names()) != want {
					t.Errorf("delivered %q, want %d", d.names(), want)
				}
				d.stop()
			})
		})
	}
}

func exists(parts ...string) bool {
	_, err := os.Lstat(filepath.Join(parts...))
	return err == nil
}

// TestAMoveThatFailsLosesNothing: the folder to move to is a file, or away.
func TestAMoveThatFailsLosesNothing(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "done")
	must(t, os.WriteFile(to, nil, 0o600))
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, func(c *Config) { c.Folders[0].After, c.Folders[0].To = Move, to })
		d.write("a.txt", "x")
		d.pass(time.Minute)
		d.want("a.txt")
		if !exists(dir, "a.txt") {
			t.Error("the file is gone")
		}
		must(t, os.Remove(to))
		d.pass(2 * time.Minute) // the next look through the folder
		if exists(dir, "a.txt") || !exists(to, "a.txt") {
			t.Error("it was not moved once that was possible")
		}
		d.want("a.txt")
		d.stop()
	})
}

func TestJournalSurvivesARestartAndATornLine(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "taken.jsonl")
	for round, want := range []int{1, 0} {
		journal, err := OpenJournal(path)
		must(t, err)
		synctest.Test(t, func(t *testing.T) {
			d := watch(t, dir, func(c *Config) { c.Memory = journal })
			if round == 0 {
				d.write("a.txt", "x")
			}
			d.pass(2 * time.Minute)
			if len(d.names()) != want {
				t.Errorf("round %d delivered %q", round, d.names())
			}
			d.stop()
		})
		must(t, journal.Close())
		file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		must(t, err)
		_, _ = file.WriteString(`{"path":"/torn","si`)
		must(t, file.Close())
	}
}

func TestStopDoesNotWaitForADriveThatHangs(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		hang := make(chan struct{})
		d.refuse = func(File) error { <-hang; return nil }
		d.write("a.txt", "x")
		d.pass(3 * time.Second)
		d.cancel()
		if err := <-d.ended; err == nil {
			t.Error("nobody was told that something was left behind")
		}
		close(hang)
	})
}

func TestSystemEventsReachTheDesk(t *testing.T) {
	before := runtime.NumGoroutine()
	dir := t.TempDir()
	got := make(chan File, 8)
	w, err := New(Config{Folders: []Folder{{Path: dir}}, Settle: 10 * time.Millisecond, Rescan: time.Hour,
		Detector: func(string, []byte) freight.FileKind { return freight.UnknownFile }})
	must(t, err)
	ready := make(chan struct{})
	w.listen = func(b *bell) (ears, error) {
		e, err := newSystemEars(b)
		return readyEars{e, ready}, err
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx, func(_ context.Context, f File) error { got <- f; return nil }) }()
	<-ready
	must(t, os.WriteFile(filepath.Join(dir, "x.pdf.part"), []byte("%PDF-1.4 %%EOF"), 0o644))
	must(t, os.Rename(filepath.Join(dir, "x.pdf.part"), filepath.Join(dir, "x.pdf")))
	if f := <-got; f.Rel != "x.pdf" {
		t.Errorf("delivered %q", f.Rel)
	}
	cancel()
	must(t, <-ended)
	if !settles(func() bool { return runtime.NumGoroutine() <= before }) {
		t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
	}
}

// readyEars say when they listen for the first time.
type readyEars struct {
	ears
	ready chan struct{}
}

func (r readyEars) Listen(dir string) error {
	err := r.ears.Listen(dir)
	close(r.ready) // a second Listen would panic: Rescan is an hour
	return err
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

func TestConfigIsChecked(t *testing.T) {
	detector := func(string, []byte) freight.FileKind { return freight.UnknownFile }
	for name, cfg := range map[string]Config{
		"no detector": {},
		"no path":     {Detector: detector, Folders: []Folder{{}}},
		"odd after":   {Detector: detector, Folders: []Folder{{Path: "x", After: "burn"}}},
		"to nowhere":  {Detector: detector, Folders: []Folder{{Path: "x", After: Move}}},
		"into itself": {Detector: detector, Folders: []Folder{{Path: "x", After: Move, To: "x/done"}}},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestReservedNames(t *testing.T) {
	for name, want := range map[string]bool{"con": true, "NUL.txt": true, "Com1.pdf": true, "lpt9": true, "aux .pdf": true,
		"a:b.pdf": true, "trailing.": true, "console.pdf": false, "com10.pdf": false, "com.pdf": false, "POD 1.pdf": false} {
		if reservedName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
