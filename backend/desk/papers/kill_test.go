package papers

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// fullSize has the long proofs run in the size that the bars ask for.
var fullSize = flag.Bool("full", false, "long proofs in full size")

// childEnv says that this process is a desk of a kill test.
const childEnv = "TRACEDESK_PAPERS_CHILD"

// beganEnv is when the first of these desks was opened: morning on their clock.
const beganEnv = "TRACEDESK_PAPERS_BEGAN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		if err := childDesk(dir, os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// openDesk opens a desk whose clock goes on from one process to the next, as the computer's does.
func openDesk(dir string) (*desk.Desk, *Area, error) {
	began := time.Now()
	if n, err := strconv.ParseInt(os.Getenv(beganEnv), 10, 64); err == nil {
		began = time.Unix(0, n)
	} else {
		os.Setenv(beganEnv, strconv.FormatInt(began.UnixNano(), 10))
	}
	d, err := desk.Open(context.Background(), desk.Options{Dir: dir, Person: "Ida", Now: func() time.Time { return morning.Add(time.Since(began)) }})
	if err != nil {
		return nil, nil, err
	}
	a := New(d)
	a.read = told
	return d, a, nil
}

// childDesk takes all files of a folder, reads them, and accepts what is clean; it may be killed at any moment.
func childDesk(dir, files string) error {
	d, a, err := openDesk(dir)
	if err != nil {
		return err
	}
	return errors.Join(workOff(a, files), d.Close())
}

// workOff is what a desk does with a folder of papers: what was begun is ended, every file is taken (one that was taken before
// is known), all are read, and a person accepts the clean ones.
func workOff(a *Area, files string) error {
	ctx := context.Background()
	if err := a.Resume(ctx); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(files, "*.json"))
	if err != nil {
		return err
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := a.Take(ctx, Arrival{Name: filepath.Base(name), Body: bytes.NewReader(content), From: "folder"}); err != nil {
			return err
		}
	}
	for {
		p, err := a.next(ctx)
		if errors.Is(err, store.ErrNotFound) {
			break
		}
		if err == nil {
			err = a.readOne(ctx, &p, nil)
		}
		if err != nil {
			return err
		}
	}
	_, err = a.AcceptClean(ctx, PaperBatch{})
	return err
}

// outcome is everything that papers have come to: the list, what each load says, what is to be written elsewhere.
func outcome(d *desk.Desk, loads int) (string, error) {
	ctx := context.Background()
	var out []string
	docs, err := d.Store.Documents(ctx, 0, "", 10000)
	if err != nil {
		return "", err
	}
	for i := range docs {
		doc := &docs[i]
		out = append(out, fmt.Sprint("document ", doc.ID[:8], doc.Pages, doc.Load, doc.State, doc.Stage, doc.Kind, doc.Verdict))
	}
	for n := range loads {
		load, err := d.FindLoad(ctx, number(n))
		if err != nil {
			return "", err
		}
		view, err := d.Ledger.View(ctx, load.ID, time.Time{}, d.Now())
		if err != nil {
			return "", err
		}
		t := &view.Timeline
		line := fmt.Sprint("load ", t.Number, t.State, len(t.Documents), len(t.Stops[1].Pieces.Claims))
		for _, l := range t.Documents {
			line += " " + l.Hash[:8] + l.Kind + l.State
		}
		out = append(out, line)
	}
	intents, err := d.Store.Intents(ctx, "", 10000)
	for i := range intents {
		out = append(out, "intent "+intents[i].State+" "+intents[i].Body)
	}
	slices.Sort(out)
	return strings.Join(out, "\n"), err
}

func number(n int) string { return strconv.Itoa(700000 + n) }

// TestKilledWhilePapersCome is the short form of BenchmarkKill.
func TestKilledWhilePapersCome(t *testing.T) { killPapers(t, 6, 12) }

// BenchmarkKill kills two hundred desks (-full) while papers come, are read, filed and accepted.
func BenchmarkKill(b *testing.B) {
	kills, files := 2, 10
	if *fullSize {
		kills, files = 200, 40
	}
	for range b.N {
		killPapers(b, kills, files)
	}
}

// killPapers kills desks at moments spread over their whole work, starts them again as a person would, and compares what came
// of all papers with a desk that nobody disturbed.
func killPapers(t testing.TB, kills, count int) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	files := t.TempDir()
	for n := range count {
		content := file(pod(number(n)), pod(number(n+1), page(2), unsigned)) // every load is named by two files
		must(os.WriteFile(filepath.Join(files, number(n)+".json"), content, 0o600))
	}
	start := t.TempDir()
	must(withLoads(start, count+1))
	calm := filepath.Join(t.TempDir(), "calm")
	must(os.CopyFS(calm, os.DirFS(start)))
	began := time.Now()
	must(child(calm, files).Run())
	whole := time.Since(began)
	want := come(t, calm, files, count+1)

	dice, died := rand.New(rand.NewPCG(3, 5)), 0
	for n := 0; n < kills; {
		dir := filepath.Join(t.TempDir(), strconv.Itoa(n))
		must(os.CopyFS(dir, os.DirFS(start)))
		for range 1 + dice.IntN(3) { // a few kills in a row, so that going on is killed as well
			if killed(t, dir, files, time.Duration(dice.Int64N(int64(whole)))) {
				died++
			}
			n++
		}
		if got := come(t, dir, files, count+1); got != want {
			t.Fatalf("after %d kills:\n%s\n\nundisturbed:\n%s", n, got, want)
		}
		must(os.RemoveAll(dir))
	}
	fmt.Printf("%d kills (%d before the work's end): no paper lost, none filed twice\n", kills, died)
}

// come is what came of all papers once the work was ended in peace.
func come(t testing.TB, dir, files string, loads int) string {
	t.Helper()
	d, a, err := openDesk(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := workOff(a, files); err != nil {
		t.Fatal(err)
	}
	if found, err := d.Store.Check(context.Background()); err != nil || found != nil {
		t.Fatalf("the desk file: %v, %v", found, err)
	}
	got, err := outcome(d, loads)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func child(dir, files string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], files)
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

func killed(t testing.TB, dir, files string, after time.Duration) bool {
	t.Helper()
	cmd := child(dir, files)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal("the work failed by itself:", err)
		}
		return false
	case <-time.After(after):
		cmd.Process.Kill()
		var ended *exec.ExitError
		return errors.As(<-done, &ended)
	}
}

// withLoads makes a desk with loads that wait for their papers.
func withLoads(dir string, count int) error {
	d, _, err := openDesk(dir)
	if err != nil {
		return err
	}
	for n := range count {
		if _, err := d.Ledger.Post(context.Background(), 0, []freight.Observation{tendered(number(n))}, nil); err != nil {
			return errors.Join(err, d.Close())
		}
	}
	return d.Close()
}
