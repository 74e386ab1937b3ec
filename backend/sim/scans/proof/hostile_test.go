package proof

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/sim/scans"
)

var (
	files = flag.Int("files", 45, "hostile files to try")
	from  = flag.Int("from", 1, "the first of them to try, to see one again")
	seed  = flag.Uint64("seed", 1, "seed of the hostile files")
	every = flag.Int("words", 40, "read the words of one file in so many")
)

// mostOnePage is how much of the processor a page is to take at most, in milliseconds. What takes more is told; it fails no
// test, since processors differ.
const mostOnePage = 10_000

// patience is how long one file may take before the child is taken for hung, on a machine that does much else too. The reader's own limits are far below.
const patience = 5 * time.Minute

func TestMain(m *testing.M) {
	if store := os.Getenv(storeEnv); store != "" {
		if err := beChild(store); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestHostileFilesDoNoHarm: no crash, no hang, a reason for what is refused, and no file anywhere but on the shelf.
func TestHostileFilesDoNoHarm(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"in", "cwd/deep/deeper", "tmp", "home"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var sum tally
	var c *running
	n := 0
	for f := range scans.Hostile(*seed, *files) {
		if n++; n < *from {
			continue
		}
		path := filepath.Join(root, "in", filepath.Base(f.Name))
		if err := os.WriteFile(path, f.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		if c == nil {
			c = start(t, root)
		}
		r, err := c.try(ask{Path: path, Words: n%*every == 0})
		if err != nil {
			t.Errorf("seed %d, %s (%s): %v", *seed, f.Name, f.Trick, err)
			c.stop()
			c = nil
		}
		if r.Unexplained != "" {
			t.Errorf("seed %d, %s (%s): not explained to a person: %s", *seed, f.Name, f.Trick, r.Unexplained)
		}
		sum.add(f, r)
		if n%500 == 0 {
			t.Logf("after %d: %s", n, sum.String())
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if c != nil {
		c.stop()
	}
	for _, stray := range strays(t, root) {
		t.Errorf("seed %d: a file was written beside the shelf: %s", *seed, stray)
	}
	t.Logf("seed %d: %s", *seed, sum.String())
}

// tally is the figures of a run.
type tally struct {
	files, read, refused    int
	slowest, busiest, text  int64 // ms
	slowestFile, slowestTxt string
	busiestFile             string
	peakKB                  int64
	peakFile                string
	slowPages, busyPages    []string
}

func (s *tally) add(f scans.HostileFile, r report) {
	s.files++
	if r.Refused != "" {
		s.refused++
	} else {
		s.read++
	}
	if r.Slowest > s.slowest {
		s.slowest, s.slowestFile = r.Slowest, f.Name
	}
	if r.Busiest > s.busiest {
		s.busiest, s.busiestFile = r.Busiest, f.Name
	}
	if r.Read > s.text {
		s.text, s.slowestTxt = r.Read, f.Name
	}
	if r.Slowest > 10_500 { // the reader stops a page at ten seconds and then puts its engine away
		s.slowPages = append(s.slowPages, fmt.Sprintf("%s %.1f s", f.Name, float64(r.Slowest)/1000))
	}
	if r.Busiest > mostOnePage {
		s.busyPages = append(s.busyPages, fmt.Sprintf("%s %.1f s", f.Name, float64(r.Busiest)/1000))
	}
	if r.PeakKB > s.peakKB {
		s.peakKB, s.peakFile = r.PeakKB, f.Name
	}
}

func (s *tally) String() string {
	line := fmt.Sprintf("%d files: %d read, %d refused with a reason; slowest page %.1f s by the clock (%s), %.1f s of the processor (%s), slowest text %.1f s (%s); the child held at most %d MB (%s)",
		s.files, s.read, s.refused, float64(s.slowest)/1000, s.slowestFile, float64(s.busiest)/1000, s.busiestFile, float64(s.text)/1000, s.slowestTxt, s.peakKB>>10, s.peakFile)
	if len(s.slowPages) > 0 {
		line += "\npages over 10 s by the clock: " + strings.Join(s.slowPages, ", ")
	}
	if len(s.busyPages) > 0 {
		line += "\npages over 10 s of the processor: " + strings.Join(s.busyPages, ", ")
	}
	return line
}

// running is the child process.
type running struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers chan []byte
	said    *strings.Builder
}

func start(t *testing.T, root string) *running {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = filepath.Join(root, "cache")
	}
	c := &running{cmd: exec.Command(self), answers: make(chan []byte), said: &strings.Builder{}}
	c.cmd.Dir = filepath.Join(root, "cwd", "deep", "deeper")
	c.cmd.Env = append(os.Environ(), storeEnv+"="+filepath.Join(root, "store"), cacheEnv+"="+filepath.Join(cache, "tracedesk", "test-pdf"),
		"TMPDIR="+filepath.Join(root, "tmp"), "TMP="+filepath.Join(root, "tmp"), "TEMP="+filepath.Join(root, "tmp"), "HOME="+filepath.Join(root, "home"))
	c.cmd.Stderr = c.said
	out, err := c.cmd.StdoutPipe()
	if err == nil {
		c.in, err = c.cmd.StdinPipe()
	}
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(c.answers)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			c.answers <- slices.Clone(lines.Bytes())
		}
	}()
	return c
}

// try has one file examined. The error is a crash or a hang.
func (c *running) try(a ask) (r report, err error) {
	line, err := json.Marshal(a)
	if err != nil {
		return r, err
	}
	if _, err := c.in.Write(append(line, '\n')); err != nil {
		return r, c.crashed()
	}
	select {
	case answer, alive := <-c.answers:
		if !alive {
			return r, c.crashed()
		}
		return r, json.Unmarshal(answer, &r)
	case <-time.After(patience):
		return r, fmt.Errorf("no answer within %s", patience)
	}
}

func (c *running) crashed() error {
	err := c.cmd.Wait()
	said := c.said.String()
	return fmt.Errorf("the child crashed (%v): %s", err, said[:min(len(said), 2000)])
}

func (c *running) stop() {
	c.in.Close()
	if c.cmd.ProcessState == nil {
		done := make(chan struct{})
		go func() { c.cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			c.cmd.Process.Kill()
			<-done
		}
	}
}

// strays are files in the child's world that are not on the shelf.
func strays(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && path == filepath.Join(root, "store") {
			return fs.SkipDir
		}
		if err == nil && !d.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	climbed, err := filepath.Glob(filepath.Join(os.TempDir(), scans.Climber+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return append(found, climbed...)
}
