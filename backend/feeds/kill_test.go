package feeds_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// childEnv has this test program play the desk that is killed.
const childEnv = "TRACEDESK_TEST_CHILD"

// full makes the proof as large as the bar asks for; without it it is a slice that ends soon.
var full = flag.Bool("full", false, "measure and prove in full size")

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) == "" {
		os.Exit(m.Run())
	}
	var job killJob
	err := json.Unmarshal([]byte(os.Getenv(childEnv)), &job)
	if err == nil {
		err = job.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// killJob is what the desk does that is killed: it opens and syncs until nothing is left.
type killJob struct {
	Dir  string
	Now  time.Time
	URLs map[string]string
}

// sorts are the three sorts of system: one that keeps to keys, one that can be asked, one that can do neither.
var sorts = map[string]struct{ follow, keyed, finds bool }{"keyed": {true, true, false}, "asked": {false, false, true}, "neither": {false, false, false}}

func (j *killJob) open() (*desk.Desk, *feeds.Engine, error) {
	now := func() time.Time { return j.Now }
	d, err := desk.Open(context.Background(), desk.Options{Dir: j.Dir, Person: "Ida", Now: now})
	if err != nil {
		return nil, nil, err
	}
	var all []connect.Kind
	for name, s := range sorts {
		k := kinds(s.follow, s.keyed, s.finds)[0]
		k.Name = name
		all = append(all, k)
	}
	return d, feeds.New(feeds.Options{Kinds: all, Store: d.Store, Poster: d.FeedPoster(), Now: now,
		Secret: func(_, key string) (string, error) { return map[string]string{"word": "opensesame"}[key], nil }}), nil
}

func (j *killJob) run() error {
	d, e, err := j.open()
	if err != nil {
		return err
	}
	defer d.Close()
	if err := desk.CatchUp(context.Background(), d); err != nil {
		return err
	}
	_, err = e.UntilIdle(context.Background(), feeds.Sync{Force: true}, nil)
	return err
}

func (j *killJob) command() *exec.Cmd {
	body, err := json.Marshal(j)
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(body))
	cmd.Stderr = os.Stderr
	return cmd
}

// TestKilledInTheMidst is the short form of BenchmarkKill.
func TestKilledInTheMidst(t *testing.T) { killFeeds(t, 8, 6) }

// BenchmarkKill kills two hundred desks during sync and outbox (-full).
func BenchmarkKill(b *testing.B) {
	for range b.N {
		if *full {
			killFeeds(b, 200, 60)
		} else {
			killFeeds(b, 4, 4)
		}
	}
}

// killFeeds has a desk sync with three systems over a real socket and kills it again and again, while trucks drive and errands wait.
// In the end it knows what an undisturbed desk knows, and every errand arrived once; the one system that can neither keep to keys nor be
// asked has some that a person must look after instead.
func killFeeds(t testing.TB, kills, loads int) {
	const hours = 6
	calmDir, roughDir := t.TempDir(), t.TempDir()
	var slow atomic.Bool
	calm, rough := killWorld(t, loads, hours, nil), killWorld(t, loads, hours, &slow)
	calm.prepare(t, calmDir, loads)
	rough.prepare(t, roughDir, loads)
	end := morning.Add(hours * time.Hour)
	calm.release(end)
	for range 2 { // first the loads are made known, then they are asked about
		if err := (&killJob{Dir: calmDir, Now: end}).command().Run(); err != nil {
			t.Fatal(err)
		}
	}
	slow.Store(true)
	dice := rand.New(rand.NewPCG(3, 9))
	died := 0
	for n := range kills {
		now := morning.Add(time.Duration(n+1) * hours * time.Hour / time.Duration(kills))
		rough.release(now)
		cmd := (&killJob{Dir: roughDir, Now: now}).command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatal("a desk failed by itself:", err)
			}
		case <-time.After(50*time.Millisecond + time.Duration(dice.Int64N(int64(900*time.Millisecond)))):
			cmd.Process.Kill()
			var ended *exec.ExitError
			if errors.As(<-done, &ended) {
				died++
			}
		}
	}
	slow.Store(false)
	for range 2 { // what was cut off may be tried again only after a while; a desk that stays open waits for it
		if err := (&killJob{Dir: roughDir, Now: end}).command().Run(); err != nil {
			t.Fatal(err)
		}
	}
	want, got := calm.outcome(t, calmDir, loads), rough.outcome(t, roughDir, loads)
	for i := range want.lines {
		if want.lines[i] != got.lines[i] {
			t.Fatalf("load %s differs:\n%s", number(i), firstDifference(want.lines[i], got.lines[i]))
		}
	}
	if want.observations != got.observations {
		t.Errorf("%d observations, not %d", got.observations, want.observations)
	}
	unsure, all := 0, 0
	for name, p := range rough.systems {
		errands := got.errands[name]
		for _, e := range errands {
			times := p.made[e.Load]
			if e.Kind != connect.CreateLoad {
				times = p.told[keyOf(e.Key)]
			}
			switch {
			case e.State == "arrived" && times == 1:
			case e.State == "unsure" && times <= 1 && name == "neither":
				unsure++
			case name == "neither" && e.State == "waiting" && times == 0: // behind a load that a person must look after
			default:
				t.Errorf("%s: errand %s of load %s is %s and arrived %d times", name, e.Kind, e.Load, e.State, times)
			}
		}
		all += len(errands)
		if len(errands) > 3*loads || len(errands) < 2*loads { // a load of which a system spoke before is not made there
			t.Errorf("%s: %d errands of %d loads", name, len(errands), loads)
		}
	}
	fmt.Printf("%d kills (%d in the midst of work) over %d loads: timelines equal, %d observations; %d errands each once, %d left to a person where nothing can tell\n",
		kills, died, loads, got.observations, all-unsure, unsure)
}

// killed is the three systems of one desk, on sockets.
type killed struct {
	systems map[string]*plain
	urls    map[string]string
}

func killWorld(t testing.TB, loads, hours int, slow *atomic.Bool) *killed {
	k := &killed{systems: map[string]*plain{}, urls: map[string]string{}}
	for name, s := range sorts {
		w := &world{system: &plain{clock: &clock{at: morning}, keyed: s.keyed, lookup: s.finds, made: map[string]int{}, told: map[string]int{}, keys: map[string]bool{}}}
		w.happen(loads, hours)
		for i := range w.system.events { // no two of them tell the same instant: who is believed must not hang on who was heard first
			ev := &w.system.events[i]
			ev.At = ev.At.Add(time.Duration(name[0]-'a') * time.Second)
		}
		k.systems[name] = w.system
		srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if slow != nil && slow.Load() {
				time.Sleep(2 * time.Millisecond)
			}
			w.system.ServeHTTP(rw, r)
			if slow != nil && slow.Load() {
				time.Sleep(4 * time.Millisecond) // done, and not yet answered
			}
		}))
		t.Cleanup(srv.Close)
		k.urls[name] = srv.URL
	}
	return k
}

func (k *killed) release(now time.Time) {
	for _, p := range k.systems {
		p.mu.Lock()
		p.released = now
		p.mu.Unlock()
	}
}

// prepare fills the desk: loads, accounts, and what a person stated, which is to be told everywhere.
func (k *killed) prepare(t testing.TB, dir string, loads int) {
	t.Helper()
	d, e, err := (&killJob{Dir: dir, Now: morning}).open()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	w := &world{t: t, desk: d}
	for i := range loads {
		w.tender(number(i))
	}
	for name := range sorts {
		if _, err := e.Add(t.Context(), feeds.Account{Name: name, Kind: name, Enabled: true, Values: map[string]string{"baseUrl": k.urls[name], "customers": "Acme=ORDER"}}, "Ida"); err != nil {
			t.Fatal(err)
		}
	}
	for i := range loads {
		for _, fact := range []freight.Fact{freight.FactLoaded, freight.FactPickedUp} {
			if _, err := load.New(d).State(t.Context(), number(i), load.Edit{Stop: 1, Fact: fact, At: "2026-11-22 20:00"}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type outcome struct {
	lines        []string
	observations int
	errands      map[string][]feeds.Errand
}

func (k *killed) outcome(t testing.TB, dir string, loads int) outcome {
	t.Helper()
	d, e, err := (&killJob{Dir: dir, Now: morning.Add(24 * time.Hour)}).open()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if found, err := d.Store.Check(t.Context()); err != nil || found != nil {
		t.Fatalf("the desk file: %v, %v", found, err)
	}
	w := &world{t: t, desk: d}
	out := outcome{errands: map[string][]feeds.Errand{}}
	for i := range loads {
		l, err := d.FindLoad(t.Context(), number(i))
		if err != nil {
			t.Fatal(err)
		}
		log, err := d.Store.Observations(t.Context(), l.ID, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[freight.ObservationID]bool{}
		for j := range log {
			if seen[log[j].ID] {
				t.Errorf("load %s: an observation is on file twice", number(i))
			}
			seen[log[j].ID] = true
		}
		out.observations += len(log)
		out.lines = append(out.lines, w.told(number(i)))
	}
	for name := range sorts {
		if out.errands[name], err = e.Outbox(t.Context(), name, time.Time{}, 100_000); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// keyOf is the key by which an errand is known to a system.
func keyOf(intent string) string { return feeds.ErrandKey(intent) }
