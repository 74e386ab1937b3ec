package feeds_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// plain is a small protocol made for these tests: a system that lists events by number, tells those of one load, makes loads and
// takes statuses. Its clock is the transport's.
type plain struct {
	mu       sync.Mutex
	clock    *clock
	perMin   int  // its limit; 0 none
	keyed    bool // keeps to Idempotency-Key
	lookup   bool // tells what it was told
	refuse   string
	events   []plainEvent
	released time.Time // events after it have not happened yet, by the desk's clock
	made     map[string]int
	told     map[string]int // statuses by load and key
	order    []string       // what arrived, in order
	keys     map[string]bool
	asked    []time.Time // requests, for limits
	requests int
	over     int // requests beyond the limit
	early    int // requests within Retry-After
	until    time.Time
}

type plainEvent struct {
	N     int       `json:"n"`
	Load  string    `json:"load"`
	Fact  string    `json:"fact"`
	Stop  int       `json:"stop"`
	At    time.Time `json:"at"`
	Lat   float64   `json:"lat,omitempty"`
	Lon   float64   `json:"lon,omitempty"`
	Known time.Time `json:"-"`
}

const plainPage = 50

func (p *plain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	p.requests++
	if now.Before(p.until) {
		p.early++
	}
	w.Header().Set("Date", now.Add(90*time.Second).UTC().Format(http.TimeFormat))
	if r.Header.Get("Authorization") != "Bearer opensesame" {
		http.Error(w, "who are you", http.StatusUnauthorized)
		return
	}
	if p.perMin > 0 {
		p.asked = append(slices.DeleteFunc(p.asked, func(t time.Time) bool { return now.Sub(t) >= time.Minute }), now)
		w.Header().Set("X-RateLimit-Limit", strconv.Itoa(p.perMin))
		if len(p.asked) > p.perMin {
			p.over++
			w.Header().Set("Retry-After", "30")
			http.Error(w, "too many", http.StatusTooManyRequests)
			return
		}
	}
	body, _ := io.ReadAll(r.Body)
	switch {
	case r.URL.Path == "/events":
		p.list(w, r.URL.Query().Get("load"), r.URL.Query().Get("after"))
	case r.URL.Path == "/loads" && r.Method == http.MethodGet:
		number := r.URL.Query().Get("number")
		json.NewEncoder(w).Encode(map[string]int{"made": p.made[number]})
	case r.URL.Path == "/loads":
		p.make(w, r, body)
	case r.URL.Path == "/told" && r.Method == http.MethodGet:
		json.NewEncoder(w).Encode(map[string]int{"told": p.told[r.URL.Query().Get("key")]})
	case r.URL.Path == "/told":
		p.tell(w, r, body)
	default:
		http.NotFound(w, r)
	}
}

func (p *plain) list(w http.ResponseWriter, load, after string) {
	from, _ := strconv.Atoi(after)
	out := struct {
		Events []plainEvent `json:"events"`
		Next   int          `json:"next"`
		More   bool         `json:"more"`
	}{Events: []plainEvent{}, Next: from}
	for _, ev := range p.events {
		if ev.Known.After(p.released) || ev.N <= from || load != "" && ev.Load != load {
			continue
		}
		if len(out.Events) == plainPage {
			out.More = true
			break
		}
		out.Events, out.Next = append(out.Events, ev), ev.N
	}
	json.NewEncoder(w).Encode(out)
}

func (p *plain) make(w http.ResponseWriter, r *http.Request, body []byte) {
	var in struct{ Number string }
	if json.Unmarshal(body, &in) != nil || in.Number == p.refuse {
		http.Error(w, "the carrier is not known here", http.StatusUnprocessableEntity)
		return
	}
	if p.keyed && p.keys[r.Header.Get("Idempotency-Key")] {
		json.NewEncoder(w).Encode(map[string]string{"id": "R" + in.Number})
		return
	}
	p.keys[r.Header.Get("Idempotency-Key")] = true
	p.made[in.Number]++
	p.order = append(p.order, "make "+in.Number)
	json.NewEncoder(w).Encode(map[string]string{"id": "R" + in.Number})
}

func (p *plain) tell(w http.ResponseWriter, r *http.Request, body []byte) {
	key := r.Header.Get("Idempotency-Key")
	if p.keyed && p.keys[key] {
		return
	}
	p.keys[key] = true
	p.told[key]++
	p.order = append(p.order, "tell "+string(body))
}

// roadOf carries requests to a handler in this process, with faults: some never leave, some are answered by a 429 or a 500, of some
// the answer is lost or cut.
type faults struct {
	handler http.Handler
	clock   *clock
	p       *plain
	mu      sync.Mutex
	dice    *rand.Rand
	share   float64 // of requests that meet a fault
	count   map[string]int
	lose    func(*http.Request) bool // answers to lose for certain
}

func (f *faults) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	fault := f.draw()
	f.clock.Advance(20 * time.Millisecond)
	switch fault {
	case "500":
		return answerOf(r, http.StatusInternalServerError, nil, "oops"), nil
	case "429":
		f.p.mu.Lock()
		if at := f.clock.Now().Add(7 * time.Second); at.After(f.p.until) {
			f.p.until = at
		}
		f.p.mu.Unlock()
		return answerOf(r, http.StatusTooManyRequests, http.Header{"Retry-After": {"7"}}, "slow down"), nil
	case "lost before":
		return nil, errors.New("connection reset by peer")
	}
	w := httptest.NewRecorder()
	f.handler.ServeHTTP(w, r)
	resp := w.Result()
	resp.Request = r
	if fault == "lost after" || f.lose != nil && f.lose(r) {
		return nil, io.ErrUnexpectedEOF
	}
	if fault == "cut" {
		whole, _ := io.ReadAll(resp.Body)
		resp.ContentLength = int64(len(whole))
		resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(whole[:len(whole)/2]), broken{}))
	}
	if fault == "slow" {
		f.clock.Advance(20 * time.Second)
	}
	return resp, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func answerOf(r *http.Request, status int, h http.Header, body string) *http.Response {
	if h == nil {
		h = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r, ContentLength: int64(len(body))}
}

func (f *faults) draw() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.share == 0 || f.dice.Float64() >= f.share {
		return ""
	}
	all := []string{"500", "429", "lost before", "lost after", "cut", "slow"}
	fault := all[f.dice.IntN(len(all))]
	f.count[fault]++
	return fault
}

// clock is a transport's clock that goes on only by being slept on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.Advance(max(d, 0))
	return ctx.Err()
}

// connector speaks the protocol. follow has it ask load by load; it lists otherwise.
type connector struct {
	a            connect.Account
	keyed, finds bool
	limits       connect.Limits
}

type lister struct{ *connector }
type follower struct{ *connector }

func kinds(follow, keyed, finds bool) []connect.Kind {
	return []connect.Kind{{Name: "plain", Title: "Plain", Source: freight.Project44,
		Settings: []connect.Setting{{Key: "baseUrl", Needed: true}, {Key: "customers"}, {Key: "word", Secret: true, Needed: true}},
		New: func(a connect.Account) (connect.Connector, error) {
			c := &connector{a: a, keyed: keyed, finds: finds, limits: connect.Limits{PerMinute: 1200, AtOnce: 3}}
			if follow {
				return follower{c}, nil
			}
			return lister{c}, nil
		}}}
}

func (c *connector) Limits() connect.Limits { return c.limits }

func (c *connector) Probe(ctx context.Context) (connect.Probe, error) {
	_, err := c.do(ctx, http.MethodGet, "/events?after=999999999", nil, "")
	return connect.Probe{Host: c.a.Values["baseUrl"], Identity: "tester"}, err
}

func (c *connector) do(ctx context.Context, method, path string, body []byte, key string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.a.Values["baseUrl"]+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	word, err := c.a.Secret("word")
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+word)
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	resp, err := c.a.HTTP.Do(req)
	if err != nil {
		return nil, fmt.Errorf("plain does not answer: %w", err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode == http.StatusUnauthorized:
		return nil, connect.ErrSignIn
	case resp.StatusCode == http.StatusUnprocessableEntity:
		return nil, fmt.Errorf("%w: %s", connect.ErrRefused, bytes.TrimSpace(out))
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("plain answered %d", resp.StatusCode)
	}
	return out, nil
}

func (c *connector) page(ctx context.Context, path, about string) (connect.Page, error) {
	out, err := c.do(ctx, http.MethodGet, path, nil, "")
	if err != nil {
		return connect.Page{}, err
	}
	var in struct {
		Events []json.RawMessage
		Next   int
		More   bool
	}
	if err := json.Unmarshal(out, &in); err != nil {
		return connect.Page{}, err
	}
	page := connect.Page{Cursor: strconv.Itoa(in.Next), More: in.More}
	if len(in.Events) > 0 {
		page.Bodies = []connect.Body{{Media: "application/json", About: about, Bytes: out}}
	}
	return page, nil
}

func (c lister) List(ctx context.Context, cursor string) (connect.Page, error) {
	return c.page(ctx, "/events?after="+cursor, "events")
}

func (c follower) Follow(ctx context.Context, l connect.Tracked, cursor string) (connect.Page, error) {
	return c.page(ctx, "/events?load="+l.Number+"&after="+cursor, "events/"+l.Number)
}

func (c *connector) Read(b connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		var in struct{ Events []plainEvent }
		if err := json.Unmarshal(b.Bytes, &in); err != nil {
			yield(freight.Record{}, err)
			return
		}
		for i, ev := range in.Events {
			o := freight.Observation{EventID: strconv.Itoa(ev.N), StatedAt: ev.At, Names: []freight.Reference{{Type: freight.RefLoad, Value: ev.Load}}, Raw: freight.Raw{Where: fmt.Sprintf("event %d", i)},
				Claims: []freight.Claim{{Subject: freight.Stop(ev.Stop), Fact: freight.Fact(ev.Fact), At: freight.At(ev.At)}}}
			if ev.Fact == string(freight.FactPosition) {
				o.Claims[0] = freight.Claim{Fact: freight.FactPosition, At: freight.At(ev.At), Value: freight.Value{Place: freight.Place{Lat: ev.Lat, Lon: ev.Lon}}}
			}
			if !yield(freight.Record{Observations: []freight.Observation{o}}, nil) {
				return
			}
		}
	}
}

func (c *connector) CanWrite(kind string) (bool, string) {
	return slices.Contains([]string{connect.CreateLoad, connect.WriteStatus, connect.UpdateLoad, connect.CancelLoad}, kind), "plain has no word for it"
}

func (c *connector) Repeatable(string) bool { return c.keyed }

func (c *connector) Write(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	if e.Kind == connect.CreateLoad {
		body, err := json.Marshal(map[string]string{"number": e.Load.Number})
		if err != nil {
			return connect.Receipt{}, err
		}
		_, err = c.do(ctx, http.MethodPost, "/loads", body, e.Key)
		return connect.Receipt{Remote: "R" + e.Load.Number}, err
	}
	words := fmt.Sprintf("%s %s %d", e.Load.Number, e.Says.Fact, e.Says.Stop)
	if e.Kind != connect.WriteStatus {
		words = fmt.Sprintf("%s %s truck %s", e.Load.Number, e.Kind, e.Load.Line.Equipment["TRUCK"].Value)
	}
	_, err := c.do(ctx, http.MethodPost, "/told", []byte(words), e.Key)
	return connect.Receipt{Says: "taken"}, err
}

func (c *connector) Written(ctx context.Context, e connect.Errand) (connect.Receipt, bool, bool, error) {
	if !c.finds {
		return connect.Receipt{}, false, false, nil
	}
	path := "/told?key=" + e.Key
	if e.Kind == connect.CreateLoad {
		path = "/loads?number=" + e.Load.Number
	}
	out, err := c.do(ctx, http.MethodGet, path, nil, "")
	if err != nil {
		return connect.Receipt{}, false, true, err
	}
	var in struct{ Made, Told int }
	err = json.Unmarshal(out, &in)
	return connect.Receipt{Remote: "R" + e.Load.Number}, in.Made+in.Told > 0, true, err
}
