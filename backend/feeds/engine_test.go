package feeds_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var morning = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

// world is a desk with some loads, the plain system with what happens to them, and the engine between.
type world struct {
	t      testing.TB
	desk   *desk.Desk
	now    time.Time
	clock  *clock
	system *plain
	road   *faults
	engine *feeds.Engine
	opt    feeds.Options
}

func newWorld(t testing.TB, follow, keyed, finds bool, loads int, share float64) *world {
	t.Helper()
	w := &world{t: t, now: morning, clock: &clock{at: morning.Add(-90 * time.Minute)}}
	var err error
	w.desk, err = desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Scratch: true, Now: func() time.Time { return w.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.desk.Close() })
	w.system = &plain{clock: w.clock, keyed: keyed, lookup: finds, made: map[string]int{}, told: map[string]int{}, keys: map[string]bool{}}
	w.road = &faults{handler: w.system, clock: w.clock, p: w.system, dice: rand.New(rand.NewPCG(5, 8)), share: share, count: map[string]int{}}
	dice := rand.New(rand.NewPCG(1, 2))
	w.opt = feeds.Options{Kinds: kinds(follow, keyed, finds), Store: w.desk.Store, Poster: w.desk.FeedPoster(), Clock: w.clock, Now: func() time.Time { return w.now },
		Secret:    func(_, key string) (string, error) { return map[string]string{"word": "opensesame"}[key], nil },
		Transport: func(store.Feed) (http.RoundTripper, error) { return w.road, nil },
		Rand:      func() float64 { w.clock.mu.Lock(); defer w.clock.mu.Unlock(); return dice.Float64() }}
	w.engine = feeds.New(w.opt)
	for i := range loads {
		w.tender(number(i))
	}
	return w
}

func number(i int) string { return fmt.Sprintf("%d", 7000+i) }

func (w *world) tender(number string) {
	w.t.Helper()
	of := func(seq int, fact freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, Value: v}
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning, Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactSCAC, Value: freight.Value{Text: "SWVL"}}, {Fact: freight.FactCustomer, Value: freight.Value{Text: "Acme"}},
			of(1, freight.FactStopKind, freight.Value{Text: "pickup"}), of(1, freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX", Country: "US"}}),
			of(2, freight.FactStopKind, freight.Value{Text: "delivery"}), of(2, freight.FactPlace, freight.Value{Place: freight.Place{City: "Phoenix", State: "AZ", Country: "US"}})}}
	if _, err := w.desk.Ledger.Post(w.t.Context(), 0, []freight.Observation{o}, nil); err != nil {
		w.t.Fatal(err)
	}
}

// happen has trucks drive for some hours: events known at their time, some later, in no order of loads.
func (w *world) happen(loads, hours int) {
	var all []plainEvent
	for i := range loads {
		begin := morning.Add(time.Duration(i%7) * 10 * time.Minute)
		add := func(fact string, stop int, after, late time.Duration) {
			at := begin.Add(after)
			all = append(all, plainEvent{Load: number(i), Fact: fact, Stop: stop, At: at, Known: at.Add(late)})
		}
		add("arrived", 1, 20*time.Minute, 0)
		add("departed", 1, 80*time.Minute, time.Duration(i%3)*40*time.Minute)
		for at := 90 * time.Minute; at < time.Duration(hours-1)*time.Hour; at += 15 * time.Minute {
			fix := plainEvent{Load: number(i), Fact: "position", At: begin.Add(at), Known: begin.Add(at), Lat: 32 + at.Hours()/10, Lon: -97 - at.Hours()}
			all = append(all, fix)
		}
		add("arrived", 2, time.Duration(hours-1)*time.Hour, 0)
		add("delivered", 2, time.Duration(hours-1)*time.Hour+20*time.Minute, 0)
	}
	slices.SortFunc(all, func(a, b plainEvent) int { return a.Known.Compare(b.Known) })
	for i := range all {
		all[i].N = i + 1
	}
	w.system.events = all
}

func (w *world) add(values map[string]string) {
	w.t.Helper()
	values["baseUrl"] = "https://plain.example"
	if _, err := w.engine.Add(w.t.Context(), feeds.Account{Name: "acme", Kind: "plain", Enabled: true, Values: values}, "Ida"); err != nil {
		w.t.Fatal(err)
	}
}

// pass moves both clocks on and syncs until nothing is left.
func (w *world) pass(d time.Duration) feeds.SyncResult {
	w.t.Helper()
	w.now = w.now.Add(d)
	w.clock.Advance(d)
	w.system.mu.Lock()
	w.system.released = w.now
	w.system.mu.Unlock()
	return w.sync(feeds.Sync{})
}

func (w *world) sync(s feeds.Sync) feeds.SyncResult {
	w.t.Helper()
	list, err := w.engine.UntilIdle(w.t.Context(), s, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(list) == 0 {
		return feeds.SyncResult{}
	}
	return list[0]
}

func (w *world) known(number string) freight.Timeline {
	w.t.Helper()
	l, err := w.desk.FindLoad(w.t.Context(), number)
	if err != nil {
		w.t.Fatal(err)
	}
	t, err := w.desk.Ledger.Known(w.t.Context(), l.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// told is a load's timeline without when it was learned, which faults may delay.
func (w *world) told(number string) string {
	w.t.Helper()
	b, err := json.Marshal(w.known(number))
	if err != nil {
		w.t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(b, &tree); err != nil {
		w.t.Fatal(err)
	}
	forget(tree)
	if b, err = json.MarshalIndent(tree, "", " "); err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}

func forget(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range []string{"ReceivedAt", "Received", "FirstAt", "LastAt", "Heard"} {
			delete(v, key)
		}
		for _, inner := range v {
			forget(inner)
		}
	case []any:
		for _, inner := range v {
			forget(inner)
		}
	}
}

func (w *world) state() feeds.State {
	w.t.Helper()
	states, err := w.engine.States(w.t.Context())
	if err != nil || len(states) != 1 {
		w.t.Fatal(states, err)
	}
	return states[0]
}

// The same world with and without faults ends in the same timelines; nothing is asked needlessly, no limit is exceeded.
func TestFaultsChangeNothing(t *testing.T) {
	for _, follow := range []bool{false, true} {
		t.Run(map[bool]string{false: "list", true: "load by load"}[follow], func(t *testing.T) {
			const loads, hours = 12, 5
			calm, storm := newWorld(t, follow, true, true, loads, 0), newWorld(t, follow, true, true, loads, 0.3)
			for _, w := range []*world{calm, storm} {
				w.system.perMin = 120
				w.happen(loads, hours)
				w.add(map[string]string{"customers": "Acme=BILL_OF_LADING"})
				var sum feeds.SyncResult
				for range hours*4 + 4 {
					got := w.pass(15 * time.Minute)
					sum.New += got.New
					sum.Duplicates += got.Duplicates
					sum.Pushed += got.Pushed
				}
				sum.New += w.sync(feeds.Sync{Names: []string{"acme"}, Force: true}).New
				if sum.New != len(w.system.events) || sum.Pushed != loads {
					t.Errorf("%d of %d events, %d of %d loads", sum.New, len(w.system.events), sum.Pushed, loads)
				}
				if w.system.over > 0 || w.system.early > 0 {
					t.Errorf("%d requests over the limit, %d within Retry-After", w.system.over, w.system.early)
				}
				if n := len(w.system.order); n != loads {
					t.Errorf("%d loads were made, not %d: %q", n, loads, w.system.order)
				}
			}
			for i := range loads {
				if a, b := calm.told(number(i)), storm.told(number(i)); a != b {
					t.Fatalf("load %s differs:\n%s", number(i), firstDifference(a, b))
				}
			}
			if len(storm.road.count) < 6 {
				t.Errorf("not every fault came about: %v", storm.road.count)
			}
			t.Logf("%d requests without faults, %d with %v", calm.system.requests, storm.system.requests, storm.road.count)
		})
	}
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			from := max(0, i-8)
			return strings.Join(la[from:min(len(la), i+3)], "\n") + "\n-- instead of --\n" + strings.Join(lb[from:min(len(lb), i+3)], "\n")
		}
	}
	return "one goes on where the other ends"
}

// A system without keys is asked before anything is sent again; where it cannot tell, a person is.
func TestWhatMayHaveArrivedIsNotSentAgain(t *testing.T) {
	for _, c := range []struct {
		name         string
		keyed, finds bool
		made         int
		state        string
	}{
		{"keeps to keys", true, false, 1, "arrived"},
		{"can be asked", false, true, 1, "arrived"},
		{"neither", false, false, 1, "unsure"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, true, c.keyed, c.finds, 1, 0)
			w.add(map[string]string{"customers": "acme=ORDER"})
			lost := 0
			w.road.lose = func(r *http.Request) bool {
				if r.Method != http.MethodPost {
					return false
				}
				lost++
				return lost == 1
			}
			w.pass(time.Minute)
			out, err := w.engine.Outbox(t.Context(), "acme", time.Time{}, 10)
			if err != nil || len(out) != 1 {
				t.Fatal(out, err)
			}
			if w.system.made["7000"] != c.made || out[0].State != c.state {
				t.Errorf("made %d times, errand %+v", w.system.made["7000"], out[0])
			}
			if c.state != "unsure" {
				return
			}
			if s := w.state(); s.Parked != 1 || s.Waiting != 0 {
				t.Errorf("state %+v", s)
			}
			if err := w.engine.Done(t.Context(), 1, "Ida"); err != nil {
				t.Error(err)
			}
			if w.pass(time.Hour); w.system.made["7000"] != 1 {
				t.Error("sent again although a person said that it had arrived")
			}
		})
	}
}

// What a person states is told in order, after the load was made known; one that never passes is parked and holds nothing else up.
func TestErrandsKeepTheirOrder(t *testing.T) {
	w := newWorld(t, true, true, true, 2, 0.3)
	w.system.refuse = "7001"
	w.add(map[string]string{"customers": "Acme=ORDER"})
	area := load.New(w.desk)
	for _, number := range []string{"7000", "7001"} {
		for i, fact := range []freight.Fact{freight.FactArrived, freight.FactLoaded, freight.FactDeparted} {
			w.now = w.now.Add(time.Second)
			if _, err := area.State(t.Context(), number, load.Edit{Stop: 1, Fact: fact, At: fmt.Sprintf("2026-11-23 0%d:00", i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.pass(time.Minute)
	if want := []string{"make 7000", "tell 7000 arrived 1", "tell 7000 loaded 1", "tell 7000 departed 1"}; !slices.Equal(w.system.order, want) {
		t.Errorf("arrived %q", w.system.order)
	}
	out, err := w.engine.Outbox(t.Context(), "", time.Time{}, 20)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, e := range out {
		states[e.Load+" "+e.State]++
	}
	if states["7000 arrived"] != 4 || states["7001 parked"] != 1 || states["7001 waiting"] != 3 {
		t.Errorf("errands %v", states)
	}
	w.system.mu.Lock()
	w.system.refuse = ""
	w.system.mu.Unlock()
	for _, e := range out {
		if e.State == "parked" {
			if !strings.Contains(e.Reason, "the carrier is not known here") {
				t.Errorf("reason %q", e.Reason)
			}
			var id int64
			fmt.Sscan(e.ID, &id)
			if err := w.engine.Retry(t.Context(), id, "Ida"); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.pass(time.Hour)
	if want := []string{"make 7001", "tell 7001 arrived 1", "tell 7001 loaded 1", "tell 7001 departed 1"}; !slices.Equal(w.system.order[4:], want) {
		t.Errorf("then arrived %q", w.system.order[4:])
	}
}

// A decision that is taken back before it was sent is not sent.
func TestWhatWasUndoneIsNotSent(t *testing.T) {
	w := newWorld(t, false, true, true, 1, 0)
	w.add(map[string]string{"customers": "Acme=ORDER"})
	w.pass(time.Minute)
	w.road.share, w.road.dice = 1, rand.New(rand.NewPCG(1, 1)) // nothing passes for now
	area := load.New(w.desk)
	said, err := area.State(t.Context(), "7000", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 01:00"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.desk.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DropIntent("edit "+said.Observation, w.now, "Ida") }); err != nil {
		t.Fatal(err)
	}
	w.road.share = 0
	w.pass(time.Hour)
	if want := []string{"make 7000"}; !slices.Equal(w.system.order, want) {
		t.Errorf("arrived %q", w.system.order)
	}
}

// What changes in the plan is told once; what the platform said itself is no change.
func TestChangesAreTold(t *testing.T) {
	w := newWorld(t, true, true, true, 1, 0)
	w.happen(1, 4)
	w.add(map[string]string{"customers": "Acme=ORDER"})
	w.pass(time.Minute)
	w.pass(time.Hour)
	say := func(c freight.Claim) {
		t.Helper()
		o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, StatedAt: w.now, Names: []freight.Reference{{Type: freight.RefLoad, Value: "7000"}}, Claims: []freight.Claim{c}}
		if _, err := w.desk.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
			t.Fatal(err)
		}
	}
	say(freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: "TRUCK", Text: "218"}})
	w.pass(time.Minute)
	w.pass(time.Hour)
	say(freight.Claim{Fact: freight.FactCancelled})
	w.pass(time.Minute)
	w.pass(time.Hour)
	if want := []string{"make 7000", "tell 7000 update truck 218", "tell 7000 cancel truck 218"}; !slices.Equal(w.system.order, want) {
		t.Errorf("arrived %q", w.system.order)
	}
}

func TestARefusedSignInAsksAPerson(t *testing.T) {
	w := newWorld(t, false, true, true, 1, 0)
	word := "wrong"
	w.opt.Secret = func(string, string) (string, error) { return word, nil }
	w.engine = feeds.New(w.opt)
	w.add(map[string]string{})
	w.pass(time.Minute)
	before := w.system.requests
	w.pass(time.Hour)
	if s := w.state(); s.State != feeds.SignIn || s.Reason == "" || w.system.requests != before {
		t.Errorf("%+v, %d requests more", s, w.system.requests-before)
	}
	word = "opensesame"
	if err := w.engine.Change(t.Context(), "acme", feeds.Account{Enabled: true, Values: map[string]string{"baseUrl": "https://plain.example"}}, "Ida"); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Hour)
	if s := w.state(); s.State != feeds.Fine || s.LastAnswered == nil || s.SkewSeconds < 88 || s.SkewSeconds > 92 {
		t.Errorf("%+v", s)
	}
}

// A sign-in that failed is left alone for a while; corrected, it is tried at once, also when the last try with the wrong secret ends
// after the correction.
func TestACorrectedSecretIsTriedAtOnce(t *testing.T) {
	for _, late := range []bool{false, true} {
		w := newWorld(t, false, true, true, 1, 0)
		word := "wrong"
		w.opt.Secret = func(string, string) (string, error) { return word, nil }
		w.engine = feeds.New(w.opt)
		w.add(map[string]string{})
		once := func() {
			t.Helper()
			if _, err := w.engine.SyncOnce(t.Context(), feeds.Sync{}); err != nil {
				t.Fatal(err)
			}
		}
		once()
		failed, err := w.desk.Store.Feed(t.Context(), "acme")
		if err != nil || failed.Tries != 1 || !failed.Wait.After(w.clock.Now()) {
			t.Fatalf("%+v %v", failed, err)
		}
		word = "opensesame"
		if err := w.engine.Change(t.Context(), "acme", feeds.Account{Enabled: true, Values: map[string]string{"baseUrl": "https://plain.example"}}, "Ida"); err != nil {
			t.Fatal(err)
		}
		if late {
			failed.Tries++
			if err := w.desk.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveFeed(&failed) }); err != nil {
				t.Fatal(err)
			}
		}
		once()
		if s := w.state(); s.State != feeds.Fine {
			t.Errorf("late %v: %+v", late, s)
		}
	}
}

// No call that is kept for people holds a secret.
func TestCallsHoldNoSecret(t *testing.T) {
	w := newWorld(t, false, true, true, 1, 0)
	w.add(map[string]string{})
	w.pass(time.Minute)
	calls, err := w.engine.Calls(t.Context(), "acme")
	if err != nil || len(calls) == 0 {
		t.Fatal(calls, err)
	}
	b, err := json.Marshal(calls)
	if err != nil || strings.Contains(string(b), "opensesame") {
		t.Error("a call shows a secret", err)
	}
	if calls[0].Headers["Authorization"] != "***" || calls[0].Status != 200 || calls[0].Got == 0 {
		t.Errorf("%+v", calls[0])
	}
}

// A stored body that could not be understood is read again once the connector can, without asking for it.
func TestReplayAsksNobody(t *testing.T) {
	w := newWorld(t, false, true, true, 3, 0)
	w.happen(3, 4)
	w.add(map[string]string{})
	deaf := kinds(false, true, true)
	inner := deaf[0].New
	understands := false
	deaf[0].New = func(a connect.Account) (connect.Connector, error) {
		c, err := inner(a)
		return mapping{c.(lister), &understands}, err
	}
	w.opt.Kinds = deaf
	w.engine = feeds.New(w.opt)
	got := w.pass(6 * time.Hour)
	if got.New != 0 || got.Quarantined == 0 {
		t.Errorf("read although it cannot be: %+v", got)
	}
	asked := w.system.requests
	understands = true
	res, err := w.engine.Replay(t.Context(), "acme", time.Time{}, nil)
	if err != nil || res.New != len(w.system.events) || w.system.requests != asked {
		t.Errorf("%+v, %v; %d requests", res, err, w.system.requests-asked)
	}
	if res, err = w.engine.Replay(t.Context(), "acme", time.Time{}, nil); err != nil || res.New != 0 || res.Duplicates != len(w.system.events) {
		t.Errorf("again: %+v, %v", res, err)
	}
}
