package proof

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tracedesk/backend/connect/all"
	"tracedesk/backend/desk"
	callbacks "tracedesk/backend/desk/inbox"
	"tracedesk/backend/desk/papers"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
	"tracedesk/backend/sim/standin/platforms"
	"tracedesk/backend/store"
)

// taskEnv has this test program play the desk that is killed.
const taskEnv = "TRACEDESK_PROOF_TASK"

func TestMain(m *testing.M) {
	if os.Getenv(taskEnv) == "" {
		os.Exit(m.Run())
	}
	var job task
	err := json.Unmarshal([]byte(os.Getenv(taskEnv)), &job)
	if err == nil {
		err = job.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// hasty is a transport's clock that processes share: it runs along with the machine's, faster.
type hasty struct {
	Began int64 // of the machine's clock, nanoseconds
	At    time.Time
}

func (h hasty) Now() time.Time {
	return h.At.Add(time.Duration(time.Now().UnixNano()-h.Began) * haste)
}

func (h hasty) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(max(d, 0) / haste)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// moment is where a desk is killed.
type moment string

const (
	anywhere moment = "anywhere"
	leaving  moment = "about to send"     // it is on disk that the errand is tried, and nothing has left
	done     moment = "done, unanswered"  // the platform did it and has not answered
	answered moment = "answered"          // the answer is there and not on disk
	kept     moment = "kept, unread"      // bodies are on disk and not read
	reading  moment = "reading"           // within the transaction that makes what was read visible
	read     moment = "read"              // it is visible, and nothing after that is on disk
	filing   moment = "filing a paper"    // a paper's body is on disk, the paper is not filed
	filed    moment = "filed a paper"     // the paper is filed, and that its body was read is not on disk
	sweeping moment = "taking a callback" // a recorded callback is about to be kept
)

// The moments of a desk that hears, and of one that tells.
var (
	whenHeard = []moment{anywhere, kept, reading, read, filing, filed, sweeping}
	whenTold  = []moment{anywhere, leaving, done, done, answered, answered}
)

// task is what a process does: it opens the desk, syncs until nothing is left, and ends. At a moment it may stop and wait to be killed.
type task struct {
	Dir  string
	Now  time.Time
	Wire hasty
	Halt moment
	Nth  int  // at the how many-th such moment
	Rest bool // what failed is tried again until nothing is left

	met atomic.Int32
}

// at is called at every moment. At the one that was asked for it says so and goes on only when nobody is there to kill.
func (j *task) at(m moment) {
	if m == j.Halt && int(j.met.Add(1)) == j.Nth {
		fmt.Println("here")
		io.Copy(io.Discard, os.Stdin)
	}
}

// ship is an open desk with its engine.
type ship struct {
	desk   *desk.Desk
	engine *feeds.Engine
	papers *papers.Area
	inbox  *callbacks.Area
}

func (s *ship) close() error { return s.desk.Close() }

// open opens the desk as the program does, with the transport's clock and a road on which it can be stopped.
func (j *task) open() (*ship, error) {
	d, err := desk.Open(context.Background(), desk.Options{Dir: j.Dir, Person: "Ida", Now: func() time.Time { return j.Now }})
	if err != nil {
		return nil, err
	}
	s := &ship{desk: d, papers: papers.New(d)}
	s.engine = feeds.New(feeds.Options{Kinds: all.Kinds(), Store: d.Store, Poster: halting{d.FeedPoster(), j}, Now: d.Now, Clock: j.Wire,
		Secret: func(_, key string) (string, error) {
			return map[string]string{"clientSecret": platforms.Secret, "apiKey": platforms.APIKey, "password": platforms.Secret}[key], nil
		},
		Paper: func(_ context.Context, id string) ([]byte, string, error) {
			f, err := d.Papers.Open(id)
			if err != nil {
				return nil, "", err
			}
			defer f.Close()
			body, err := io.ReadAll(f)
			return body, "application/pdf", err
		},
		Transport: func(f store.Feed) (http.RoundTripper, error) {
			road, err := feeds.NewTransport(f)
			return haltingRoad{road, j}, err
		}})
	s.engine.Filing(func(ctx context.Context, from, name, load string, body []byte) error {
		j.at(filing)
		_, err := s.papers.Take(ctx, papers.Arrival{Name: name, Body: bytes.NewReader(body), Load: load, From: from})
		j.at(filed)
		return err
	})
	s.inbox = callbacks.New(d, haltingInbox{s.engine, j})
	return s, nil
}

func (j *task) run() error {
	ctx := context.Background()
	s, err := j.open()
	if err != nil {
		return err
	}
	err = s.work(ctx)
	for again := j.Rest; again && err == nil; {
		again, err = s.goOn(ctx, j.Wire)
	}
	return errors.Join(err, s.close())
}

// goOn asks everything once more after a while in which platforms show what was made there; again says that something failed.
func (s *ship) goOn(ctx context.Context, c feeds.Clock) (again bool, err error) {
	if err := c.Sleep(ctx, 5*time.Minute); err != nil {
		return false, err
	}
	list, err := s.engine.UntilIdle(ctx, feeds.Sync{Force: true}, nil)
	for i := range list {
		again = again || list[i].Failed > 0 || list[i].More || list[i].Pulled > 0
	}
	return again, err
}

// work is what a desk does that was just started: what was cut off goes on, then everything is asked and sent.
func (s *ship) work(ctx context.Context) error {
	if err := desk.CatchUp(ctx, s.desk); err != nil {
		return err
	}
	if err := s.papers.Resume(ctx); err != nil {
		return err
	}
	if _, err := s.inbox.Sweep(ctx); err != nil {
		return err
	}
	_, err := s.engine.UntilIdle(ctx, feeds.Sync{Force: true}, nil)
	return err
}

// fit fills a new desk: the world's sheets, and the accounts.
func (s *ship) fit(sheets []string, accounts []platforms.Source) error {
	ctx := context.Background()
	if err := s.bring(ctx, sheets...); err != nil {
		return err
	}
	for _, a := range accounts {
		values := map[string]string{}
		for _, kv := range a.Set {
			values[kv[0]] = kv[1]
		}
		if _, err := s.engine.Add(ctx, feeds.Account{Name: a.Name, Kind: a.Kind, Enabled: true, Values: values}, "Ida"); err != nil {
			return err
		}
	}
	return nil
}

func (s *ship) bring(ctx context.Context, sheets ...string) error {
	var files freight.List[sources.FileRef]
	for _, path := range sheets {
		files = append(files, sources.FileRef{Path: path})
	}
	_, err := sources.New(s.desk, nil).ImportNow(ctx, sources.ImportRequest{Files: files}, nil)
	return err
}

// book brings some loads of the TMS's list.
func (s *ship) book(sheet string, loads []*standin.Load) error {
	all, err := os.ReadFile(sheet)
	if err != nil {
		return err
	}
	wanted := map[string]bool{"load": true} // the head
	for _, l := range loads {
		wanted[l.Number] = true
	}
	var some []byte
	for row := range bytes.Lines(all) {
		if number, _, _ := bytes.Cut(row, []byte(",")); wanted[string(number)] {
			some = append(some, row...)
		}
	}
	dir, err := os.MkdirTemp("", "tracedesk-loads-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "loads.csv")
	if err := os.WriteFile(path, some, 0o600); err != nil {
		return err
	}
	return s.bring(context.Background(), path)
}

// acceptPaper has a person file a proof of delivery that came by mail, and accept it.
func (s *ship) acceptPaper(ctx context.Context, loads []*standin.Load, turn int) error {
	var able []*standin.Load
	for _, l := range loads {
		if _, err := s.desk.FindLoad(ctx, l.Number); err == nil && l.Proof != nil && l.System != standin.MacroPoint {
			able = append(able, l)
		}
	}
	if len(able) == 0 {
		return nil
	}
	l := able[turn%len(able)]
	body := append(l.Proof(), fmt.Sprintf("\n%% copy %d\n", turn)...) // other bytes than those that the platform has
	got, err := s.papers.Take(ctx, papers.Arrival{Name: fmt.Sprintf("mail %d.pdf", turn), Body: bytes.NewReader(body), Load: l.Number, From: "mail"})
	if err != nil {
		return err
	}
	_, err = s.papers.Judge(ctx, got.Hash, papers.Verdict{Load: l.Number, Kind: papers.POD, Verdict: papers.Verified})
	return err
}

// halting is a poster that stops before, within and after a run.
type halting struct {
	feeds.Poster
	job *task
}

func (h halting) Take(ctx context.Context, b feeds.Batch, records iter.Seq2[freight.Record, error], also func(*store.Tx, int64) error) (feeds.Taken, error) {
	h.job.at(kept)
	taken, err := h.Poster.Take(ctx, b, records, func(tx *store.Tx, run int64) error {
		err := also(tx, run)
		h.job.at(reading)
		return err
	})
	h.job.at(read)
	return taken, err
}

// haltingRoad is a road that stops before and after a call that changes something there.
type haltingRoad struct {
	road http.RoundTripper
	job  *task
}

func (h haltingRoad) RoundTrip(r *http.Request) (*http.Response, error) {
	writes := r.Method != http.MethodGet && !strings.Contains(r.URL.Path, "token") && !strings.Contains(r.URL.Path, "search")
	if writes {
		h.job.at(leaving)
	}
	res, err := h.road.RoundTrip(r)
	if writes {
		h.job.at(answered)
	}
	return res, err
}

// haltingInbox is an engine that stops before it keeps a callback.
type haltingInbox struct {
	*feeds.Engine
	job *task
}

func (h haltingInbox) Receive(ctx context.Context, account, method, path, query, media string, body []byte) error {
	h.job.at(sweeping)
	return h.Engine.Receive(ctx, account, method, path, query, media, body)
}

// run has a process do a task. It is killed at the task's moment, or after a while; after 0 lets it end. Killed is false where it was
// done before.
func (v *voyage) run(job *task, after time.Duration) (killed bool) {
	v.t.Helper()
	body, err := json.Marshal(job)
	if err != nil {
		v.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), taskEnv+"="+string(body))
	var said bytes.Buffer
	cmd.Stderr = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	here, gone := make(chan struct{}), make(chan struct{})
	var shot atomic.Bool
	kill := func() {
		shot.Store(true)
		cmd.Process.Kill()
	}
	if job.Halt == done {
		v.aim(job.Nth, func() { kill(); <-gone })
	}
	go func() { // until the process is gone
		defer close(gone)
		lines := bufio.NewScanner(stdout)
		for first := true; lines.Scan(); first = false {
			if first {
				close(here)
			}
		}
	}()
	var over <-chan time.Time
	if job.Halt == anywhere && after > 0 {
		timer := time.NewTimer(after)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-here:
		kill()
	case <-over:
		kill()
	case <-gone:
	}
	<-gone
	v.aimed.Store(nil)
	err = cmd.Wait()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return false
	case shot.Load() && errors.As(err, &ended) && said.Len() == 0:
		return true
	}
	v.t.Fatalf("a desk failed by itself: %v\n%s", err, said.String())
	return false
}

// aim shoots when a platform has done the nth errand from now, before it answers.
func (v *voyage) aim(nth int, shoot func()) {
	var n atomic.Int32
	see := func(e *standin.Entry) {
		if e.Took && int(n.Add(1)) == nth {
			shoot()
		}
	}
	v.aimed.Store(&see)
}
