package proof

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/fourkites"
	"tracedesk/backend/connect/macropoint"
	"tracedesk/backend/connect/project44"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
	fk "tracedesk/backend/sim/standin/fourkites"
	mp "tracedesk/backend/sim/standin/macropoint"
	p44 "tracedesk/backend/sim/standin/project44"
	"tracedesk/backend/store"
)

// full makes the proofs as large as the bars ask for; without it they are slices that end soon.
var full = flag.Bool("full", false, "measure and prove in full size")

func size(slice, whole int) int {
	if *full {
		return whole
	}
	return slice
}

// Other sizes of the storm than the slice's and the bar's.
var (
	stormLoads = flag.Int("loads", 0, "loads of the storm")
	stormHours = flag.Int("hours", 0, "hours of the storm")
	stormSeed  = flag.Uint64("seed", 11, "seed of the storm's world")
)

var start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

// clock is the transport's: it goes on by being slept on, and with the world's steps.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.at = c.at.Add(max(d, 0))
	c.mu.Unlock()
	return ctx.Err()
}

// until moves the clock on to an instant, unless it is past it.
func (c *clock) until(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.Before(t) {
		c.at = t
	}
}

// now is the world's and the desk's clock, which goes in steps.
type steps struct {
	mu sync.Mutex
	at time.Time
}

func (s *steps) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *steps) add(d time.Duration) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
	return s.at
}

// system is one platform of a proof: its stand-in, and the account at it.
type system struct {
	name    string
	gate    *standin.Gate
	kind    connect.Kind
	account feeds.Account
	secrets map[string]string
	tick    func(context.Context)
	asked   standin.Sum // in the hours of a run, without the last look at everything
	least   int         // requests that would have done
}

// run is a desk with its feeds against stand-ins, over a simulated world.
type run struct {
	t       testing.TB
	dir     string
	world   *standin.World
	facts   *steps
	wire    *clock
	desk    *desk.Desk
	engine  *feeds.Engine
	systems []*system
	sum     feeds.SyncResult
	unsure  map[string]int // errands by system that a person had to look for
}

// faultShare is how many of a hundred requests meet a fault, all kinds alike.
const faultShare = 0.06

// begin opens a desk in dir over a world and its stand-ins.
func begin(t testing.TB, dir string, world *standin.World, faults bool) *run {
	t.Helper()
	r := &run{t: t, dir: dir, world: world, unsure: map[string]int{}, facts: &steps{at: world.Start}, wire: &clock{at: world.Start}}
	r.systems = r.standIns(faults)
	r.open(dir, r.systems)
	return r
}

// weather is the faults of a stand-in.
func (r *run) weather(on bool, seed uint64) *standin.Faults {
	f := standin.NewFaults(seed)
	f.Wait = func(ctx context.Context, d time.Duration) { r.wire.Sleep(ctx, d) }
	if on {
		f.All(faultShare)
	}
	return f
}

func (r *run) standIns(faults bool) []*system {
	var out []*system
	p := p44.New(p44.Config{World: r.world.Of(standin.Project44), Step: r.world.Step, Wire: r.wire.Now, Facts: r.facts.Now, Faults: r.weather(faults, 44), Seed: 44, KeepHistory: true, PerMinute: 600})
	out = append(out, &system{name: "project44", gate: p.Gate, kind: project44.Kind,
		account: feeds.Account{Values: map[string]string{"clientId": "desk", "customers": r.customers(standin.Project44, "BILL_OF_LADING", false), "perMinute": "600", "documentHours": "0"}},
		secrets: map[string]string{"clientSecret": "desk-secret"}, tick: func(ctx context.Context) {}})
	f := fk.New(fk.Config{World: r.world.Of(standin.FourKites), Step: r.world.Step, Wire: r.wire.Now, Facts: r.facts.Now, Faults: r.weather(faults, 54), Seed: 54})
	out = append(out, &system{name: "fourkites", gate: f.Gate, kind: fourkites.Kind,
		account: feeds.Account{Values: map[string]string{"generation": "gateway", "customers": r.customers(standin.FourKites, "LOAD_NUMBER", true)}},
		secrets: map[string]string{"apiKey": "fk-key"}, tick: func(ctx context.Context) {}})
	m := mp.New(mp.Config{World: r.world.Of(standin.MacroPoint), Step: r.world.Step, Wire: r.wire.Now, Facts: r.facts.Now, Faults: r.weather(faults, 77), Seed: 77, Push: door{r}})
	out = append(out, &system{name: "macropoint", gate: m.Gate, kind: macropoint.Kind,
		account: feeds.Account{Values: map[string]string{"user": "desk", "mpid": "SIM-MPID", "baseUrl": mp.Base, "customers": r.customers(standin.MacroPoint, "LOAD_NUMBER", false)}},
		secrets: map[string]string{"password": "desk-secret"}, tick: func(ctx context.Context) { m.Tick(ctx) }})
	return out
}

// door hands callbacks straight to the engine.
type door struct{ r *run }

func (d door) Send(ctx context.Context, c *standin.Callback) error {
	return d.r.engine.Receive(ctx, "macropoint", c.Method, c.Path, c.Query, c.ContentType, c.Body)
}

// customers is the setting that gives a platform its customers' loads.
func (r *run) customers(s standin.System, idType string, billTo bool) string {
	names, codes := r.world.Customers(s)
	var parts []string
	for i, name := range names {
		part := name + "=" + idType
		if billTo {
			part += ":" + codes[i]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ";")
}

// open opens the desk, with the world's first sheets when it is new, and the engine over it.
func (r *run) open(dir string, systems []*system) {
	r.t.Helper()
	ctx := r.t.Context()
	var err error
	if r.desk, err = desk.Open(ctx, desk.Options{Dir: dir, Person: "Ida", Now: r.facts.Now, Scratch: true}); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { r.desk.Close() })
	handlers := standin.Direct{}
	var kinds []connect.Kind
	secrets := map[string]map[string]string{}
	for _, s := range systems {
		handlers[s.name+".example"] = s.gate
		kinds = append(kinds, s.kind)
		secrets[s.name] = s.secrets
	}
	r.engine = feeds.New(feeds.Options{Kinds: kinds, Store: r.desk.Store, Poster: r.desk.FeedPoster(), Now: r.facts.Now, Clock: r.wire, Rand: dice(),
		Secret:    func(account, key string) (string, error) { return secrets[account][key], nil },
		Transport: func(store.Feed) (http.RoundTripper, error) { return handlers, nil }})
	known, err := r.engine.Accounts(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	if len(known) > 0 {
		return
	}
	r.importSheets()
	for _, s := range systems {
		a := s.account
		a.Name, a.Kind, a.Enabled = s.name, s.kind.Name, true
		a.Values["baseUrl"] = (&url.URL{Scheme: "https", Host: s.name + ".example", Path: a.Values["baseUrl"]}).String()
		if _, err := r.engine.Add(ctx, a, "Ida"); err != nil {
			r.t.Fatal(err)
		}
	}
}

// dice are thrown the same way every time.
func dice() func() float64 {
	var mu sync.Mutex
	n := uint64(1)
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		n = n*6364136223846793005 + 1442695040888963407
		return float64(n>>11) / (1 << 53)
	}
}

func (r *run) importSheets() {
	r.t.Helper()
	dir := r.t.TempDir()
	var files freight.List[sources.FileRef]
	for _, f := range r.world.Files(r.world.Start) {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			r.t.Fatal(err)
		}
		files = append(files, sources.FileRef{Path: path})
	}
	if _, err := sources.New(r.desk, nil).ImportNow(r.t.Context(), sources.ImportRequest{Files: files}, nil); err != nil {
		r.t.Fatal(err)
	}
}

// pass lets the world go on by its step and syncs until nothing is left.
func (r *run) pass(force bool) {
	r.t.Helper()
	r.wire.until(r.facts.add(r.world.Step))
	for _, s := range r.systems {
		s.tick(r.t.Context())
	}
	r.sync(force)
	for r.look() {
		r.sync(false)
	}
}

// look is a person who looks at a platform for each errand that lost its answer and cannot be looked up, and says what is there.
func (r *run) look() (looked bool) {
	r.t.Helper()
	for _, s := range r.systems {
		list, err := r.engine.Outbox(r.t.Context(), s.name, r.facts.Now(), 1_000_000)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, e := range list {
			if e.State != store.SendUnsure {
				continue
			}
			act := r.engine.Retry
			if s.took(e.Kind, r.number(e.LoadID)) {
				act = r.engine.Done
			}
			id, err := strconv.ParseInt(e.ID, 10, 64)
			if err == nil {
				err = act(r.t.Context(), id, "Ida")
			}
			if err != nil {
				r.t.Fatal(err)
			}
			looked = true
			r.unsure[s.name]++
		}
	}
	return looked
}

// took reports whether an errand about a load took effect at the platform.
func (s *system) took(kind, number string) bool {
	return slices.ContainsFunc(s.gate.Log.Entries(), func(e standin.Entry) bool {
		return e.Took && e.Load == number && (e.Ask == "create") == (kind == connect.CreateLoad)
	})
}

// number is a load's number.
func (r *run) number(id int64) string {
	r.t.Helper()
	l, err := r.desk.Store.Load(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return l.Number
}

func (r *run) sync(force bool) {
	r.t.Helper()
	list, err := r.engine.UntilIdle(r.t.Context(), feeds.Sync{Force: force}, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := range list {
		r.sum.New += list[i].New
		r.sum.Duplicates += list[i].Duplicates
		r.sum.Quarantined += list[i].Quarantined
		r.sum.Pushed += list[i].Pushed
		r.sum.Pulled += list[i].Pulled
		r.sum.Failed += list[i].Failed
	}
}

// whole lets the world go to its end. Early on, people of the desk state something of a part of the loads, which platforms are told.
func (r *run) whole() {
	r.pass(false)
	r.pass(false)
	for i, l := range r.world.Loads {
		if i%4 > 0 {
			continue
		}
		_, err := load.New(r.desk).State(r.t.Context(), l.Number, load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 05:00", Note: "told by phone"})
		var unknown interface{ Code() string }
		if err != nil && !errors.As(err, &unknown) { // booked later
			r.t.Fatal(err)
		}
	}
	for r.facts.Now().Before(r.world.End) {
		r.pass(false)
	}
	for _, s := range r.systems {
		s.asked, s.least = s.gate.Log.Sum(), s.gate.Log.Least(r.world.Step)
	}
	r.pass(true)
}

// errands counts what the account was told, by state.
func (r *run) errands(name string) map[string]int {
	r.t.Helper()
	list, err := r.engine.Outbox(r.t.Context(), name, time.Time{}, 1_000_000)
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]int{}
	for _, e := range list {
		out[e.Kind+" "+e.State]++
		if e.State == "parked" {
			out["because: "+e.Reason]++
		}
	}
	return out
}

// told are the timelines of all loads by number, without when things were learned: faults may delay it.
func (r *run) told() map[string]string {
	r.t.Helper()
	out := map[string]string{}
	for _, l := range r.world.Loads {
		known, err := r.desk.FindLoad(r.t.Context(), l.Number)
		var ambiguous interface{ Code() string }
		if errors.As(err, &ambiguous) {
			continue // booked later
		}
		if err != nil {
			r.t.Fatal(err)
		}
		line, err := r.desk.Ledger.Known(r.t.Context(), known.ID)
		if err != nil {
			r.t.Fatal(err)
		}
		at, err := r.desk.Store.FeedLoadsOf(r.t.Context(), known.ID)
		if err != nil {
			r.t.Fatal(err)
		}
		var own []string // a platform's own numbers are given in the order in which loads arrive there, which faults change
		for _, row := range at {
			own = append(own, strings.Fields(row.Remote)...)
		}
		for i := range line.Refs { // one whose acknowledgement was lost is told by its platform later
			if ref := &line.Refs[i]; ref.Type == freight.RefMacroPoint || ref.Type == freight.RefFourKites || ref.Type == freight.RefP44 {
				own = append(own, ref.Value)
			}
		}
		out[l.Number] = plainly(r.t, &line, own...)
	}
	return out
}

// plainly is a timeline without when it was learned and by which observation, and without some numbers.
func plainly(t testing.TB, line *freight.Timeline, own ...string) string {
	t.Helper()
	b, err := json.Marshal(line)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(b, &tree); err != nil {
		t.Fatal(err)
	}
	if len(own) > 0 {
		words := make([]string, len(own))
		for i, number := range own {
			words[i] = regexp.QuoteMeta(number)
		}
		tree = masked(tree, regexp.MustCompile(`\b(`+strings.Join(words, "|")+`)\b`))
	}
	forget(tree)
	if b, err = json.MarshalIndent(tree, "", " "); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// masked puts OWN in the place of some words in the strings of a tree.
func masked(v any, words *regexp.Regexp) any {
	switch v := v.(type) {
	case string:
		return words.ReplaceAllLiteralString(v, "OWN")
	case map[string]any:
		for key := range v {
			v[key] = masked(v[key], words)
		}
	case []any:
		for i := range v {
			v[i] = masked(v[i], words)
		}
	}
	return v
}

// forget takes out of a tree what faults may change: when things were learned or, where a source tells no time, said. Of two status words
// of one instant the shown one hangs on the platform's own number of the load; the events themselves stand at the stops.
func forget(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range []string{"ReceivedAt", "Received", "StatedAt", "FirstAt", "LastAt", "Heard", "Observation", "Evidence", "Count", "LastNews", "Statuses"} {
			delete(v, key)
		}
		if src, ok := v["Source"].(map[string]any); ok && src["Kind"] == "macropoint" && v["Cause"] != nil {
			delete(v, "At") // no callback tells since when
		}
		for _, inner := range v {
			forget(inner)
		}
		for _, key := range []string{"Others", "Refs", "Notes", "Exceptions"} { // whose order is by time learned or by number
			if list, ok := v[key].([]any); ok {
				slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
		}
	case []any:
		for _, inner := range v {
			forget(inner)
		}
	}
}

// same compares the timelines of two runs and tells how many differ.
func same(t testing.TB, what string, want, got map[string]string) (differ int) {
	t.Helper()
	if len(want) == 0 || len(want) != len(got) {
		t.Errorf("%s: %d loads, not %d", what, len(got), len(want))
	}
	for number, line := range want {
		if line == got[number] {
			continue
		}
		if differ++; differ <= 2 {
			t.Errorf("%s: load %s differs:\n%s", what, number, firstDifference(line, got[number]))
		}
	}
	if differ > 0 {
		t.Errorf("%s: %d of %d loads differ", what, differ, len(want))
	}
	return differ
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			from := max(0, i-10)
			return strings.Join(la[from:min(len(la), i+14)], "\n") + "\n-- instead of --\n" + strings.Join(lb[from:min(len(lb), i+14)], "\n")
		}
	}
	return "one goes on where the other ends"
}

// line prints a figure beside its bar.
func line(what string, got float64, sign string, bar float64) bool {
	ok := got <= bar
	if sign == ">=" {
		ok = got >= bar
	}
	word := "ok"
	if !ok {
		word = "SHORT"
	}
	fmt.Printf("%-62s %12.3f  bar %s %-8g %s\n", what, got, sign, bar, word)
	return ok
}
