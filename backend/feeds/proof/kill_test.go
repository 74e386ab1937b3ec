package proof

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
	fk "tracedesk/backend/sim/standin/fourkites"
	mp "tracedesk/backend/sim/standin/macropoint"
	"tracedesk/backend/sim/standin/platforms"
	p44 "tracedesk/backend/sim/standin/project44"
)

// mostKills is another number of kills than the slice's and the bar's.
var mostKills = flag.Int("kills", 0, "kills of the kill proof")

// TestKilledAtAnyMoment is the short form of BenchmarkKill.
func TestKilledAtAnyMoment(t *testing.T) { killed(t, 4, 2, 9) }

// BenchmarkKill kills two hundred desks (-full, or -kills) in the midst of syncing and sending.
func BenchmarkKill(b *testing.B) {
	for range b.N {
		kills := cmp.Or(*mostKills, size(4, 200))
		killed(b, kills, max(2, kills/4), max(9, kills/2))
	}
}

// killed has a desk follow a world at the three stand-ins, with faults, while it is killed again and again, on sockets, as a process
// of its own. Beside it another desk follows the same world undisturbed. In the end both know the same, observation by observation, and
// every platform was told the same, each thing once.
func killed(t testing.TB, kills, turns, loads int) {
	began := time.Now()
	calm, rough := afloat(t, turns, loads, 0), afloat(t, turns, loads, faultShare)
	rough.dice = rand.New(rand.NewPCG(uint64(kills), 7))
	var said []int // how often people of the desk spoke in each turn
	for turn := range turns {
		due := max(1, kills*(turn+1)/turns)
		rough.attempt(whenHeard)
		rough.attempt(whenHeard)
		n := 0
		for ; n == 0 || rough.died < due; n++ {
			rough.decide(turn, n)
			rough.attempt(whenTold)
		}
		said = append(said, n)
		rough.finish()
		rough.advance()
	}
	took := time.Since(began)
	for turn, times := range said {
		for n := range times {
			calm.decide(turn, n)
		}
		calm.finish()
		calm.advance()
	}
	want, got := calm.outcome(), rough.outcome()
	same(t, "killed", want.lines, got.lines)
	for _, what := range different(want.log, got.log) {
		t.Error("observation ", what)
	}
	if !maps.Equal(want.papers, got.papers) || len(want.papers) == 0 && turns > 2 {
		t.Errorf("papers on file: %v\nundisturbed: %v", got.papers, want.papers)
	}
	intents, doubled := 0, 0
	for name := range want.errands {
		for _, what := range different(want.errands[name], got.errands[name]) {
			t.Errorf("%s: errands %s", name, what)
		}
		for _, what := range different(want.arrived[name], got.arrived[name]) {
			t.Errorf("%s: what arrived there: %s", name, what)
		}
		for what, n := range got.arrived[name] {
			if n > 1 {
				doubled++
				t.Errorf("%s: %s arrived %d times", name, what, n)
			}
		}
		for _, n := range got.errands[name] {
			intents += n
		}
	}
	fmt.Printf("%d kills (%v) in %d turns over %d loads, %s: timelines and %d observations equal, %d papers; %d intents, %d of them once by themselves, %d left to a person (%d had arrived), %d doubled\n",
		rough.died, rough.moments, turns, loads, took.Round(time.Second), got.observations, len(got.papers), intents, intents-len(rough.unsure), len(rough.unsure), rough.unsureThere, doubled)
}

// haste is how many seconds of the transport's clock pass in one of the machine's: FourKites allows 60 requests a minute.
const haste = 1000

// longAgo is when the transport's clock begins. It never comes to where the world is, so that nothing hangs on which of them is ahead: an
// order of tracking begins now at the earliest.
var longAgo = start.AddDate(-1, 0, 0)

// turnLasts is how far the world goes on between two turns.
const turnLasts = 30 * time.Minute

// voyage is one desk, its platforms, and how it fares.
type voyage struct {
	t       testing.TB
	turns   int
	dir     string
	inbox   string
	sheets  []string
	wire    hasty
	all     *platforms.Platforms
	sources []platforms.Source
	dice    *rand.Rand
	aimed   atomic.Pointer[func(*standin.Entry)] // sees what stand-ins did before they answer
	aged    map[string]bool

	lasted      time.Duration // how long a desk works that nobody disturbs
	died        int
	moments     map[moment]int
	unsure      map[string]bool // by id
	unsureThere int
}

func afloat(t testing.TB, turns, loads int, faults float64) *voyage {
	t.Helper()
	v := &voyage{t: t, turns: turns, dir: t.TempDir(), inbox: t.TempDir(), wire: hasty{Began: time.Now().UnixNano(), At: longAgo}, aged: map[string]bool{}, moments: map[moment]int{}, unsure: map[string]bool{}, lasted: time.Second}
	v.all = platforms.New(platforms.Config{Seed: 29, Start: start, Loads: loads, Hours: int(time.Duration(turns)*turnLasts/time.Hour) + 2, Wire: v.wire.Now, Faults: faults, Inbox: v.inbox,
		KeepHistory: true, Limits: 600, Change: func(p *p44.Config, f *fk.Config, m *mp.Config) {
			for _, faults := range []*standin.Faults{p.Faults, f.Faults, m.Faults} {
				faults.Wait = func(ctx context.Context, d time.Duration) { v.wire.Sleep(ctx, d) } // an end of ctx is a client that went away
			}
			m.Swap, m.Twice = 0, 0 // by the order of a queue, which a later order changes
		}})
	if _, err := v.all.Listen("127.0.0.1", 0, false, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.all.Close(context.Background()) })
	for _, g := range v.all.Gates() {
		g.Log.Show = func(e *standin.Entry) {
			if see := v.aimed.Load(); see != nil {
				(*see)(e)
			}
		}
	}
	var err error
	if v.sheets, err = v.all.WriteFiles(t.TempDir(), start); err != nil {
		t.Fatal(err)
	}
	v.sources = v.all.Sources()
	v.sources[0].Set = append(v.sources[0].Set, [2]string{"customerId", "desk"}, [2]string{"perMinute", "600"}, [2]string{"documentHours", "0.01"})
	s := v.ashore()
	defer s.close()
	if err := s.fit(v.sheets[:2], v.sources); err != nil {
		t.Fatal(err)
	}
	return v
}

// task is what a process of this voyage does.
func (v *voyage) task() task {
	return task{Dir: v.dir, Now: v.all.Clock.Now(), Wire: v.wire}
}

// ashore opens the desk in this process.
func (v *voyage) ashore() *ship {
	v.t.Helper()
	job := v.task()
	s, err := job.open()
	if err != nil {
		v.t.Fatal(err)
	}
	return s
}

// decide has people of the desk say what platforms are to be told: the turn's new loads first, then arrivals, moved windows and papers.
func (v *voyage) decide(turn, n int) {
	v.t.Helper()
	s := v.ashore()
	defer s.close()
	loads := v.all.World.Loads
	booked := func(turn int) int { return min(len(loads), 2*len(loads)*turn/v.turns) }
	known := booked(turn + 1)
	var open []*standin.Load // those whose paper comes by itself are left alone
	for _, l := range loads[:known] {
		if l.Paper.IsZero() || l.Paper.After(v.all.World.End) {
			open = append(open, l)
		}
	}
	if n == 0 {
		if err := s.book(v.sheets[2], loads[booked(turn):known]); err != nil {
			v.t.Fatal(err)
		}
	}
	if n == 0 && turn%10 == 0 && v.turns > 2 { // the slice reads no papers: it starts no reader
		if err := s.acceptPaper(v.t.Context(), open, turn); err != nil {
			v.t.Fatal(err)
		}
	}
	at := v.all.Clock.Now().Add(-time.Duration(40+7*n) * time.Minute)
	for i, edit := range []load.Edit{
		{Stop: 1, Fact: freight.FactArrived, At: at.Format(time.RFC3339)},
		{Stop: 2, Fact: freight.FactWindow, At: v.all.World.End.Add(time.Duration(turn+n) * time.Hour).Format(time.RFC3339)},
		{Stop: 1, Fact: freight.FactDeparted, At: at.Add(time.Minute).Format(time.RFC3339)},
	} {
		_, err := load.New(s.desk).State(v.t.Context(), open[(5*turn+3*n+i)%len(open)].Number, edit)
		var unknown interface{ Code() string }
		if err != nil && !errors.As(err, &unknown) { // it is booked later
			v.t.Fatal(err)
		}
	}
}

// attempt sets a desk going that is killed at a moment thrown by dice. One that is done before does not count.
func (v *voyage) attempt(among []moment) {
	v.t.Helper()
	job := v.task()
	job.Halt, job.Nth = among[v.dice.IntN(len(among))], 1+v.dice.IntN(2)
	after := v.lasted/20 + time.Duration(v.dice.Int64N(int64(v.lasted/3)))
	if v.run(&job, after) {
		v.died++
		v.moments[job.Halt]++
	}
}

// finish lets a desk work until nothing is left. What it leaves to a person, the person looks up at the platform, says, and goes on.
func (v *voyage) finish() {
	v.t.Helper()
	for range 20 {
		job, began := v.task(), time.Now()
		job.Rest = true
		if v.run(&job, 0) {
			v.t.Fatal("nobody killed it")
		}
		v.lasted = time.Since(began)
		if !v.lookUp() {
			return
		}
	}
	v.t.Fatal("the desk does not come to rest")
}

// lookUp is the person's part: what is unsure is looked up at the platform.
func (v *voyage) lookUp() (again bool) {
	v.t.Helper()
	s := v.ashore()
	defer s.close()
	for i := range v.sources {
		list, err := s.engine.Outbox(v.t.Context(), v.sources[i].Name, time.Time{}, 100_000)
		if err != nil {
			v.t.Fatal(err)
		}
		for j := range list {
			e := &list[j]
			if e.State != "unsure" {
				continue
			}
			again = true
			if err := v.settle(s, e); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	return again
}

// states are the errands that say a state: sent again they change nothing.
var states = map[string]bool{connect.UpdateLoad: true, connect.WriteWindow: true, connect.CancelLoad: true}

// settle says of an errand whether it arrived.
func (v *voyage) settle(s *ship, e *feeds.Errand) error {
	id := json.Number(e.ID)
	n, err := id.Int64()
	if err != nil {
		return err
	}
	v.unsure[e.ID] = true
	if states[e.Kind] || e.Source != v.sources[2].Name && e.Kind == connect.CreateLoad || e.Source == v.sources[0].Name && e.Kind == connect.SendDocument {
		v.t.Errorf("%s of load %s is left to a person, and %s can be asked or told again", e.Kind, e.Load, e.Source)
	}
	there := v.there(e)
	if there > 1 {
		v.t.Errorf("%s of load %s is in doubt and arrived %d times at %s", e.Kind, e.Load, there, e.Source)
	}
	if there == 0 {
		return s.engine.Retry(v.t.Context(), n, "Ida")
	}
	v.unsureThere++
	return s.engine.Done(v.t.Context(), n, "Ida")
}

// advance lets the world go on.
func (v *voyage) advance() {
	v.t.Helper()
	v.all.Advance(v.t.Context(), turnLasts)
	names, err := filepath.Glob(filepath.Join(v.inbox, "*"))
	if err != nil {
		v.t.Fatal(err)
	}
	for i, name := range names { // recorded callbacks are as old as the world says, so that nobody waits for them to come to rest
		if v.aged[name] {
			continue
		}
		v.aged[name] = true
		at := v.all.Clock.Now().Add(-time.Minute + time.Duration(i)*time.Millisecond)
		if err := os.Chtimes(name, at, at); err != nil {
			v.t.Fatal(err)
		}
	}
}
