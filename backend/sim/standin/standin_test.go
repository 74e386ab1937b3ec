package standin

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

var start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

func TestWorldFollowsFromItsSeed(t *testing.T) {
	a, b := NewWorld(5, start, 120, 30), NewWorld(5, start, 120, 30)
	for i := range a.Loads {
		if !reflect.DeepEqual(a.Loads[i].Facts, b.Loads[i].Facts) {
			t.Fatalf("load %d differs between two worlds of one seed", i)
		}
	}
	if string(a.TMS(start)) != string(b.TMS(start)) || len(a.Files(start)) != 3 {
		t.Error("the sheets differ")
	}
	dealt := len(a.Of(Project44)) + len(a.Of(FourKites)) + len(a.Of(MacroPoint))
	if dealt != 120 {
		t.Errorf("%d loads are dealt to the platforms", dealt)
	}
}

// Nobody knows the future, and news comes at multiples of the step only.
func TestFactsAreToldAfterTheyHappen(t *testing.T) {
	w := NewWorld(6, start, 150, 30)
	kinds := map[FactKind]int{}
	for _, l := range w.Loads {
		for i, f := range l.Facts {
			kinds[f.Kind]++
			if f.Told.Before(f.At) || !f.Told.Truncate(w.Step).Equal(f.Told) {
				t.Fatalf("%+v is told at %s", f, f.Told)
			}
			if i > 0 && f.Told.Before(l.Facts[i-1].Told) {
				t.Fatal("facts are not in the order in which they are told")
			}
		}
		for _, f := range l.Known(w.Start.Add(9 * time.Hour)) {
			if f.Told.After(w.Start.Add(9 * time.Hour)) {
				t.Fatal("it knows the future")
			}
		}
	}
	for _, kind := range []FactKind{Asked, Ready, Started, Position, ETA, Arrived, Departed, Stale, Resumed, Failed, TimedOut, Completed} {
		if kinds[kind] == 0 {
			t.Errorf("the world has no fact %q", kind)
		}
	}
}

// plain is a stand-in that answers thirty bytes to everybody and counts what took effect.
func plain(clock *Clock, faults *Faults) *Gate {
	g := NewGate(clock.Now, clock.Now, faults)
	g.Sort = func(*http.Request) (string, string) { return "all", "all" }
	g.Refuse = func(w http.ResponseWriter, status int, text string) { http.Error(w, text, status) }
	g.Expires = func(r *http.Request) bool { return r.Method == http.MethodPut }
	g.Answer = func(w http.ResponseWriter, r *http.Request, body []byte, e *Entry) {
		if r.Method == http.MethodPost {
			e.Errand, e.Took = string(body), true
		}
		io.WriteString(w, `{"answer":"thirty bytes long..."}`)
	}
	return g
}

// reading is what a client makes of a request.
type reading struct {
	status int
	body   string
	err    error
	header http.Header
}

func send(t *testing.T, client *http.Client, method, address, body string) reading {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(r)
	if err != nil {
		return reading{err: err}
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return reading{res.StatusCode, string(b), err, res.Header}
}

// Each fault alone, over a socket and without one: the client sees the same.
func TestFaultsOneByOne(t *testing.T) {
	whole := `{"answer":"thirty bytes long..."}`
	for _, c := range []struct {
		fault Fault
		sees  func(reading) bool
		waits bool
	}{
		{NoFault, func(r reading) bool { return r.status == 200 && r.body == whole }, false},
		{TooMany, func(r reading) bool { return r.status == 429 && r.header.Get("Retry-After") == "5" }, true},
		{Broken, func(r reading) bool { return r.status == 500 }, false},
		{Unavailable, func(r reading) bool { return r.status == 503 && r.header.Get("Retry-After") == "5" }, true},
		{Slow, func(r reading) bool { return r.status == 200 && r.body == whole }, false},
		{Cut, func(r reading) bool { return r.err != nil }, false},
		{Truncated, func(r reading) bool { return r.status == 200 && r.err == nil && r.body == whole[:len(whole)/2] }, false},
		{WrongClock, func(r reading) bool {
			at, err := http.ParseTime(r.header.Get("Date"))
			return err == nil && at.Equal(start.Add(7*time.Minute)) && r.body == whole
		}, false},
		{Expired, func(r reading) bool { return r.status == 401 }, false},
		{TLS, func(r reading) bool { return r.err != nil }, false},
		{Garbage, func(r reading) bool { return r.status == 200 && strings.Contains(r.body, "<html>") }, false},
	} {
		t.Run(string(c.fault), func(t *testing.T) {
			faults, clock := NewFaults(1), NewClock(start)
			waited := time.Duration(0)
			faults.Wait = func(_ context.Context, d time.Duration) { waited += d }
			g := plain(clock, faults)
			server := httptest.NewServer(g)
			defer server.Close()
			socket := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			for name, try := range map[string]func() reading{
				"socket": func() reading { return send(t, socket, "PUT", server.URL+"/x", "") },
				"direct": func() reading {
					return send(t, &http.Client{Transport: Direct{"a.test": g}}, "PUT", "http://a.test/x", "")
				},
			} {
				for range 2 { // the second one of some faults hits after the effect
					faults.Next(c.fault)
					if got := try(); !c.sees(got) {
						t.Errorf("%s: the client sees %+v", name, got)
					}
				}
			}
			if (c.fault == Slow) != (waited > 0) {
				t.Errorf("waited %s", waited)
			}
			if s := g.Log.Sum(); s.Requests != 4 || c.fault != NoFault && s.Faults[c.fault] != 4 || s.OverLimit != 0 {
				t.Errorf("the log counts %+v", s)
			}
		})
	}
}

// All at once: the same requests meet the same faults in any order, and none meets more than Streak in a row.
func TestFaultsFollowFromTheSeed(t *testing.T) {
	met := func(order []string) map[string][]Fault {
		f := NewFaults(9)
		f.All(0.6)
		out := map[string][]Fault{}
		for _, q := range order {
			kind, _ := f.draw(q, start)
			out[q] = append(out[q], kind)
		}
		return out
	}
	var a, b []string
	for range 200 {
		a = append(a, "x", "y")
	}
	for _, q := range []string{"y", "x"} {
		for range 200 {
			b = append(b, q)
		}
	}
	first, second := met(a), met(b)
	if !reflect.DeepEqual(first, second) {
		t.Error("the order of requests changes their faults")
	}
	seen := map[Fault]bool{}
	row := 0
	for _, kind := range append(first["x"], first["y"]...) {
		seen[kind] = true
		if row++; kind == NoFault {
			row = 0
		}
		if row > 3 {
			t.Error("a question meets more than three faults in a row")
		}
	}
	if len(seen) != len(AllFaults())+1 {
		t.Errorf("only %v happened", seen)
	}
}

// A password that is refused once is refused for good, so nobody is told that it expired.
func TestOnlyTokensExpire(t *testing.T) {
	faults := NewFaults(1)
	faults.Next(Expired)
	g := plain(NewClock(start), faults)
	got := send(t, &http.Client{Transport: Direct{"a.test": g}}, "POST", "http://a.test/", "x")
	if got.status != 200 || g.Log.Entries()[0].Fault != NoFault {
		t.Errorf("%+v", got)
	}
}

func TestLogCountsDeliveriesAndWhatWasCut(t *testing.T) {
	faults, clock := NewFaults(1), NewClock(start)
	g := plain(clock, faults)
	client := &http.Client{Transport: Direct{"a.test": g}}
	faults.Next(Truncated, NoFault, NoFault)
	for _, body := range []string{"one", "one", "two"} {
		send(t, client, "POST", "http://a.test/", body)
	}
	if got := g.Log.Deliveries(); got["one"] != 2 || got["two"] != 1 {
		t.Errorf("deliveries %v", got)
	}
	if s := g.Log.Sum(); s.Errands != 2 || s.Doubled != 1 || s.Excused != 1 || g.Log.Unconfirmed()["one"] != 1 {
		t.Errorf("%+v", s)
	}
}

func TestLogKnowsWhoCameTooEarly(t *testing.T) {
	faults, clock := NewFaults(1), NewClock(start)
	g := plain(clock, faults)
	client := &http.Client{Transport: Direct{"a.test": g}}
	faults.Next(Unavailable)
	for _, wait := range []time.Duration{0, 4 * time.Second, time.Second} {
		clock.Advance(wait)
		send(t, client, "GET", "http://a.test/", "")
	}
	e := g.Log.Entries()
	if e[0].Early || !e[1].Early || e[2].Early || !strings.Contains(e[1].String(), "before Retry-After") {
		t.Errorf("early: %v %v %v", e[0].Early, e[1].Early, e[2].Early)
	}
	if !e[1].News || e[2].News || g.Log.Least(time.Hour) != 2 {
		t.Errorf("news %v %v, least %d", e[1].News, e[2].News, g.Log.Least(time.Hour))
	}
}

// fickle refuses the first sendings of every callback.
type fickle struct {
	refusals, status int
	got              []string
}

func (f *fickle) Send(_ context.Context, c *Callback) error {
	if f.refusals > 0 {
		f.refusals--
		return &Answered{f.status}
	}
	f.got = append(f.got, c.Name)
	return nil
}

func TestCallbacksAreRepeated(t *testing.T) {
	for _, c := range []struct {
		name             string
		refusals, status int
		want             int
	}{{"a server's fault", 2, 503, 1}, {"more than it repeats", 4, 503, 0}, {"a refusal", 1, 400, 0}} {
		t.Run(c.name, func(t *testing.T) {
			to := &fickle{refusals: c.refusals, status: c.status}
			m := &Emitter{To: to, Retry: []time.Duration{time.Minute, time.Hour}, Only5x: true}
			m.Add(Callback{Due: start, Name: "a"})
			for at := start; at.Before(start.Add(4 * time.Hour)); at = at.Add(time.Minute) {
				m.Send(context.Background(), at)
			}
			if len(to.got) != c.want || m.Waiting() != 0 || len(m.Sent()) != 1 {
				t.Errorf("taken %v, waiting %d, sent %+v", to.got, m.Waiting(), m.Sent())
			}
		})
	}
	to := &fickle{}
	m := &Emitter{To: to, Twice: 0.5, Swap: 0.3, Seed: 4}
	for range 100 {
		m.Add(Callback{Due: start})
	}
	if m.Send(context.Background(), start); len(to.got) < 120 || len(to.got) > 180 {
		t.Errorf("%d sendings of 100 callbacks", len(to.got))
	}
}

func TestURLSendsWhatARelayWouldGet(t *testing.T) {
	var heard string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		heard = r.Method + " " + r.URL.RequestURI() + " " + string(b)
		w.WriteHeader(len(b))
	}))
	defer server.Close()
	to := &URL{Base: server.URL + "/hook/"}
	err := to.Send(context.Background(), &Callback{Method: "POST", Path: "/mp/x", Query: "a=1", Body: []byte(strings.Repeat("x", 418))})
	var a *Answered
	if !errors.As(err, &a) || a.Status != 418 || !strings.HasPrefix(heard, "POST /hook/mp/x?a=1 xxx") {
		t.Errorf("%v after %s", err, heard)
	}
}
