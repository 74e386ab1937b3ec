package feeds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encoding/pem"

	"pgregory.net/rapid"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// leap is a clock that jumps to the end of every sleep.
type leap struct{ at time.Time }

func (l *leap) Now() time.Time { return l.at }

func (l *leap) Sleep(ctx context.Context, d time.Duration) error {
	l.at = l.at.Add(max(d, 0))
	return ctx.Err()
}

// Whatever the limit and whenever requests come, no minute sees more of them than it allows, also across restarts.
func TestNoMinuteExceedsTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 2000).Draw(t, "limit")
		var p pace
		now := noon
		p.set(limit, now)
		var sent []time.Time
		for range rapid.IntRange(1, 3*limit).Draw(t, "requests") {
			switch rapid.IntRange(0, 40).Draw(t, "then") {
			case 0: // the program ends and starts again
				p = pace{}
				p.set(limit, now)
			case 1:
				now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "idle")) * time.Second)
			}
			now = now.Add(p.next(now))
			sent = append(sent, now)
			from := len(sent) - limit - 1
			if from >= 0 && now.Sub(sent[from]) < time.Minute {
				t.Fatalf("%d requests within %s, the limit is %d", limit+1, now.Sub(sent[from]), limit)
			}
		}
	})
}

func TestWhatHeadersSayOfLimits(t *testing.T) {
	date := noon.Add(7 * time.Minute).Format(http.TimeFormat) // its clock is ahead
	for _, c := range []struct {
		name   string
		status int
		header map[string]string
		limit  int
		waits  time.Duration
	}{
		{"nothing", 200, nil, unsaid, 0},
		{"a limit a minute", 200, map[string]string{"X-RateLimit-Limit-minute": "60", "X-RateLimit-Remaining-minute": "12"}, 60, 0},
		{"used up", 200, map[string]string{"X-RateLimit-Limit-minute": "60", "X-RateLimit-Remaining-minute": "0"}, 60, time.Minute},
		{"used up until", 200, map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "20"}, unsaid, 20 * time.Second},
		{"used up until an instant", 200, map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": fmt.Sprint(noon.Add(7*time.Minute + 25*time.Second).Unix()), "Date": date}, unsaid, 25 * time.Second},
		{"a limit an hour", 200, map[string]string{"RateLimit-Limit": "3600", "RateLimit-Policy": "3600;w=3600"}, 60, 0},
		{"too many, seconds", 429, map[string]string{"Retry-After": "17"}, unsaid, 17 * time.Second},
		{"too many, a date by its clock", 429, map[string]string{"Retry-After": noon.Add(8 * time.Minute).Format(http.TimeFormat), "Date": date}, unsaid, time.Minute},
		{"too many, nothing said", 429, nil, unsaid, time.Minute},
		{"not available", 503, map[string]string{"Retry-After": "120"}, unsaid, 2 * time.Minute},
		{"nonsense", 429, map[string]string{"Retry-After": "soon"}, unsaid, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p pace
			p.set(0, noon)
			h := http.Header{}
			for k, v := range c.header {
				h.Set(k, v)
			}
			p.hear(c.status, h, noon)
			if waits := max(0, p.until.Sub(noon)); p.perMinute != c.limit || waits != c.waits {
				t.Errorf("limit %d, waits %s; want %d, %s", p.perMinute, waits, c.limit, c.waits)
			}
		})
	}
}

func TestABrokenSystemIsLeftAlone(t *testing.T) {
	var b breaker
	now := noon
	for range breakAfter {
		if ok, _ := b.allow(now); !ok {
			t.Fatal("closed too soon")
		}
		b.done(true, now, 0)
	}
	ok, until := b.allow(now)
	if ok || until.Sub(now) != shortestHalt {
		t.Fatalf("allowed %t, until %s", ok, until)
	}
	now = until
	if ok, _ := b.allow(now); !ok {
		t.Fatal("no probe is let through")
	}
	if ok, _ := b.allow(now); ok {
		t.Fatal("more than one probe")
	}
	b.done(true, now, 0)
	if ok, next := b.allow(now); ok || next.Sub(now) != 2*shortestHalt {
		t.Fatalf("after a failed probe: %t, %s", ok, next.Sub(now))
	}
	now = now.Add(2 * shortestHalt)
	b.allow(now)
	b.done(false, now, 0)
	for range 3 {
		if ok, _ := b.allow(now); !ok {
			t.Fatal("still broken after a good answer")
		}
	}
}

// lineTo is a line over a function that answers.
func lineTo(answer func(n int, r *http.Request) (*http.Response, error)) (*line, *leap, *int) {
	clock, n := &leap{noon}, new(int)
	road := roundTrip(func(r *http.Request) (*http.Response, error) {
		*n++
		return answer(*n, r)
	})
	return newLine(store.Feed{Name: "x"}, road, clock, func() float64 { return 0.5 }), clock, n
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func says(status int, text string, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text))}
}

func TestWhatIsTriedAgain(t *testing.T) {
	failing := func(n int, _ *http.Request) (*http.Response, error) {
		if n == 1 {
			return says(500, "oops"), nil
		}
		return says(200, "ok"), nil
	}
	busyOnce := func(n int, _ *http.Request) (*http.Response, error) {
		if n == 1 {
			return says(429, "", "Retry-After", "9"), nil
		}
		return says(200, "ok"), nil
	}
	for _, c := range []struct {
		name, method string
		answer       func(int, *http.Request) (*http.Response, error)
		status, n    int
		least        time.Duration
	}{
		{"a question after a 500", "GET", failing, 200, 2, firstPause / 10},
		{"an errand after a 500 is not", "POST", failing, 500, 1, 0},
		{"a question after a 429", "GET", busyOnce, 200, 2, 9 * time.Second},
		{"an errand that was not taken", "POST", busyOnce, 200, 2, 9 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, clock, n := lineTo(c.answer)
			req, err := http.NewRequest(c.method, "https://x.example/a", strings.NewReader("body"))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := l.client().Do(req)
			if err != nil || resp.StatusCode != c.status || *n != c.n || clock.at.Sub(noon) < c.least {
				t.Errorf("%v, %v after %d requests and %s", resp, err, *n, clock.at.Sub(noon))
			}
		})
	}
}

func TestALongWaitIsTheAccounts(t *testing.T) {
	l, _, n := lineTo(func(int, *http.Request) (*http.Response, error) { return says(429, "", "Retry-After", "3600"), nil })
	_, err := l.client().Get("https://x.example/")
	var held *connect.Held
	if !errors.As(err, &held) || held.Until.Sub(noon) < time.Hour || *n != 1 {
		t.Errorf("%v after %d requests", err, *n)
	}
	if until, why := l.held(); until.Sub(noon) < time.Hour || why == "" {
		t.Error(until, why)
	}
}

func TestOnlySafeRoads(t *testing.T) {
	for address, safe := range map[string]bool{"https://api.example.com/v4": true, "http://api.example.com": false, "http://127.0.0.1:8080/x": true, "http://localhost:9": true,
		"http://127.0.0.1.example.com": false, "https://user:word@api.example.com": false, "ftp://api.example.com": false, "api.example.com": false, "http://[::1]:80": true} {
		if err := safeURL(address); (err == nil) != safe {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A redirect to another host is not followed, an answer that is too old a TLS is not read, a private authority is trusted only where
// the account names it.
func TestTheRoadOverTLS(t *testing.T) {
	far := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { t.Error("followed to another host") }))
	defer far.Close()
	near := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, far.URL, http.StatusFound)
		}
	}))
	defer near.Close()
	near.Config.ErrorLog, far.Config.ErrorLog = nil, nil
	ask := func(f store.Feed, path string) error {
		road, err := NewTransport(f)
		if err != nil {
			return err
		}
		resp, err := newLine(f, road, &leap{noon}, func() float64 { return 0 }).client().Get(near.URL + path)
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: near.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	trusting := store.Feed{Settings: map[string]string{"caFile": file}}
	var unsent *Unsent
	if err := ask(store.Feed{}, "/"); err == nil || !errors.As(err, &unsent) {
		t.Error("an unknown authority:", err)
	}
	if err := ask(trusting, "/"); err != nil {
		t.Error(err)
	}
	if err := ask(trusting, "/away"); err == nil || !strings.Contains(err.Error(), "another host") {
		t.Error("a redirect:", err)
	}
}

// The way of the last request is told with its proxy, whose sign-in is not.
func TestTheWayThroughAProxy(t *testing.T) {
	far := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer far.Close()
	host := strings.TrimPrefix(far.URL, "http://")
	behind, err := url.Parse("http://desk:word@" + host)
	if err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]struct {
		road               *http.Transport
		address, at, proxy string
	}{
		"through it": {&http.Transport{Proxy: http.ProxyURL(behind)}, "http://localhost:9/x", "localhost:9", host},
		"directly":   {&http.Transport{}, far.URL, host, ""},
		"no proxy":   {&http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, nil }}, far.URL, host, ""},
	} {
		l := newLine(store.Feed{}, of.road, &leap{noon}, func() float64 { return 0 })
		if at, proxy := l.way(); at != "" || proxy != "" {
			t.Errorf("%s: before the first request: %q %q", name, at, proxy)
		}
		resp, err := l.client().Get(of.address)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		resp.Body.Close()
		if at, proxy := l.way(); at != of.at || proxy != of.proxy {
			t.Errorf("%s: %q %q, want %q %q", name, at, proxy, of.at, of.proxy)
		}
		of.road.CloseIdleConnections()
	}
}

func TestWhatIsShownOfACall(t *testing.T) {
	l, _, _ := lineTo(func(int, *http.Request) (*http.Response, error) {
		return says(200, "ok", "Set-Cookie", "session=tell-nobody", "X-RateLimit-Limit", "60"), nil
	})
	req, err := http.NewRequest("GET", "https://x.example/a?apikey=tell-nobody&page=2&signature=tell-nobody", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("apikey", "tell-nobody")
	req.Header.Set("Authorization", "Basic tell-nobody")
	if _, err := l.client().Do(req); err != nil {
		t.Fatal(err)
	}
	calls := l.takeCalls()
	if text := fmt.Sprintf("%+v", calls); strings.Contains(text, "tell-nobody") || len(calls) != 1 || !strings.Contains(calls[0].URL, "page=2") || calls[0].Answered["X-Ratelimit-Limit"] != "60" {
		t.Error(text)
	}
	if got := redactText(`Get "https://x.example/?token=tell-nobody&a=1": EOF`); strings.Contains(got, "tell-nobody") || !strings.Contains(got, "a=1") {
		t.Error(got)
	}
}

// Everybody is asked once an interval, evenly spread.
func TestPhasesSpread(t *testing.T) {
	every := 15 * time.Minute
	var tenths [10]int
	for n := range int64(2000) {
		at := phased(noon, every, n)
		if !at.After(noon) || at.Sub(noon) > every {
			t.Fatalf("%d is asked at %s", n, at)
		}
		if next := phased(at, every, n); next.Sub(at) != every {
			t.Fatalf("%d is asked again after %s", n, next.Sub(at))
		}
		tenths[min(9, int(10*at.Sub(noon)/every))]++
	}
	for i, n := range tenths {
		if n < 100 || n > 300 {
			t.Errorf("tenth %d of the interval has %d of 2000", i, n)
		}
	}
}

// told is a clock on which, in the first sleep, somebody else is told to keep away.
type told struct {
	leap
	once func()
}

func (c *told) Sleep(ctx context.Context, d time.Duration) error {
	if once := c.once; once != nil {
		c.once = nil
		once()
	}
	return c.leap.Sleep(ctx, d)
}

func TestAWaitingRequestHearsWhatAnotherWasTold(t *testing.T) {
	c := &told{leap: leap{noon}}
	l := newLine(store.Feed{Name: "p"}, nil, c, func() float64 { return 0 })
	until := noon.Add(40 * time.Second)
	c.once = func() { l.pace.hold(until, "too many requests") }
	if err := l.turn(t.Context()); err != nil || c.at.Before(until) {
		t.Errorf("it went at %s (%v), all had to wait until %s", c.at.Format(time.TimeOnly), err, until.Format(time.TimeOnly))
	}
}

func TestAPaperHasAName(t *testing.T) {
	for _, tt := range []struct{ kind, digest, media, want string }{
		{freight.POD, "", "application/pdf", "104012 POD.pdf"},
		{freight.POD, "8a0e43caefe007d4.1", "application/pdf", "104012 POD 8a0e43.pdf"},
		{freight.POD, "8a0e43caefe007d4.2", "application/pdf", "104012 POD 8a0e43-2.pdf"},
		{freight.POP, "57af4883", "image/tiff", "104012 POP 57af48.tif"},
		{"other", "57af", "image/jpeg", "104012 paper 57af.jpg"},
	} {
		e := connect.Errand{Load: connect.Tracked{Number: "104012"}, Says: connect.Saying{Paper: tt.kind, Digest: tt.digest}, Media: tt.media}
		if got := paperName(&e); got != tt.want {
			t.Errorf("%s %s is called %q, not %q", tt.kind, tt.digest, got, tt.want)
		}
	}
}
