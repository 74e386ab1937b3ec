package feeds

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/store"
)

// line is the way from a connector to its system: it paces requests, keeps away when told to, tries reading requests again, takes
// bodies in whole, and notes the last calls.
type line struct {
	name  string
	road  http.RoundTripper
	clock Clock
	rand  func() float64
	slots chan struct{}

	mu      sync.Mutex
	pace    pace
	breaker breaker
	calls   []store.Call
	lags    []time.Duration // the system's clock minus ours, of the last answers
	asked   int             // requests sent
	last    *url.URL        // where the last one went
}

// Bounds of one answer and of one request with its tries.
const (
	mostBody    = 64 << 20
	mostTries   = 4
	longestTry  = 2 * time.Minute // of one try, on the machine's clock
	longestHold = 2 * time.Minute // a request waits so long by itself; else the account waits
	firstPause  = time.Second
	longestWait = time.Hour
)

func newLine(f store.Feed, road http.RoundTripper, clock Clock, rand func() float64) *line {
	l := &line{name: f.Name, road: road, clock: clock, rand: rand, slots: make(chan struct{}, 2)}
	l.pace.set(0, clock.Now())
	l.pace.hold(f.Wait, f.Reason)
	return l
}

// limit takes in what the connector knows of the system's limits.
func (l *line) limit(limits connect.Limits) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if limits.AtOnce > 0 {
		l.slots = make(chan struct{}, limits.AtOnce)
	}
	if limits.PerMinute > 0 {
		l.pace.perMinute = 0
		l.pace.set(limits.PerMinute, l.clock.Now())
	}
}

func (l *line) client() *http.Client { return &http.Client{Transport: l, CheckRedirect: sameHost} }

// skew is how far the system's clock is ahead of ours: the middle of what its last Date headers told, so that one that is off
// does not count.
func (l *line) skew() (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lags) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(l.lags))
	return sorted[len(sorted)/2], true
}

// way is where the last request went, and the proxy it went through; both are empty before the first one.
func (l *line) way() (host, proxy string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil {
		return "", ""
	}
	return l.last.Host, through(l.road, l.last)
}

// held is until when the account is to be left alone, with the reason; zero when it may be asked.
func (l *line) held() (time.Time, string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.pace.until.After(now) {
		return l.pace.until, l.pace.why
	}
	if l.breaker.failures >= breakAfter && l.breaker.until.After(now) {
		return l.breaker.until, "It did not answer several times in a row."
	}
	return time.Time{}, ""
}

// takeCalls hands over the calls noted since the last time.
func (l *line) takeCalls() []store.Call {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.calls
	l.calls = nil
	return out
}

// Unsent says that a request never left: nothing can have arrived.
type Unsent struct{ Cause error }

func (u *Unsent) Error() string { return u.Cause.Error() }
func (u *Unsent) Unwrap() error { return u.Cause }

// RoundTrip sends a request. One that only reads is tried again after a fault, with back-off; any other only where the system
// said that it did not take it (429, or 503 with Retry-After).
func (l *line) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := safeURL(req.URL.String()); err != nil {
		return nil, &Unsent{err}
	}
	ctx := req.Context()
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return nil, &Unsent{ctx.Err()}
	}
	reads := req.Method == http.MethodGet || req.Method == http.MethodHead
	for try := 1; ; try++ {
		if err := l.turn(ctx); err != nil {
			return nil, err
		}
		resp, err := l.once(req)
		switch {
		case err != nil && ctx.Err() != nil:
			return nil, err
		case err == nil && !busy(resp) && (resp.StatusCode < 500 || resp.StatusCode == http.StatusNotImplemented):
			return resp, nil
		case try == mostTries || req.Body != nil && req.GetBody == nil || !reads && !(err == nil && busy(resp)):
			return resp, err
		case certain(err):
			return nil, err
		}
		if err == nil && busy(resp) {
			continue // turn waits as long as it was asked to, or gives up
		}
		if err := l.clock.Sleep(ctx, l.backoff(try)); err != nil {
			return nil, &Unsent{err}
		}
	}
}

// busy: the system did not take the request and says when to come again.
func busy(resp *http.Response) bool {
	return resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != ""
}

// certain: the same would happen again.
func certain(err error) bool {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var bad x509.CertificateInvalidError
	return errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &bad) || errors.Is(err, errTooLarge)
}

var errTooLarge = fmt.Errorf("the answer is larger than %d MB: not read", mostBody>>20)

// backoff is full jitter: anything up to a bound that doubles.
func (l *line) backoff(try int) time.Duration { return spread(firstPause, time.Minute, try, l.rand()) }

// spread is a wait of full jitter, but never less than a tenth of its bound.
func spread(first, most time.Duration, try int, chance float64) time.Duration {
	bound := time.Duration(min(float64(most), float64(first)*math.Pow(2, float64(min(try, 30)-1))))
	return bound/10 + time.Duration(float64(bound)*0.9*chance)
}

// turn waits until the request may go. Where that takes long it gives up with a Held: the account waits, not the request. While it
// waited, another request may have been told to keep away: then it waits on.
func (l *line) turn(ctx context.Context) error {
	for {
		wait, err := l.place()
		if err != nil {
			return err
		}
		if err := l.clock.Sleep(ctx, wait); err != nil {
			l.mu.Lock()
			l.breaker.probing = false
			l.mu.Unlock()
			return &Unsent{err}
		}
		l.mu.Lock()
		free := !l.pace.until.After(l.clock.Now())
		if !free {
			l.breaker.probing = false
		}
		l.mu.Unlock()
		if free {
			return nil
		}
	}
}

// place takes a place in the line and tells how long to wait for it.
func (l *line) place() (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if until := l.pace.until; until.Sub(now) > longestHold {
		return 0, &Unsent{&connect.Held{Until: until, Reason: l.pace.why}}
	}
	if ok, until := l.breaker.allow(now); !ok {
		return 0, &Unsent{&connect.Held{Until: until, Reason: "It did not answer several times in a row."}}
	}
	return l.pace.next(now), nil
}

// once sends a request and takes the answer in whole, so that a cut is a fault of this call.
func (l *line) once(req *http.Request) (*http.Response, error) {
	var wrote atomic.Bool
	ctx, stop := context.WithTimeout(req.Context(), longestTry)
	defer stop()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	send := req.Clone(ctx)
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, &Unsent{err}
		}
		send.Body = body
	}
	call := store.Call{At: l.clock.Now(), Method: req.Method, URL: redactURL(req.URL), Headers: redact(req.Header), Sent: max(0, req.ContentLength)}
	l.mu.Lock()
	l.last = req.URL
	l.mu.Unlock()
	resp, err := l.road.RoundTrip(send)
	var body []byte
	if err == nil {
		body, err = whole(resp)
	}
	if err == nil {
		resp.Body = io.NopCloser(bytes.NewReader(body))
		resp.ContentLength = int64(len(body))
		resp.Request = req
	}
	l.hear(&call, resp, err, len(body))
	if err == nil {
		return resp, nil
	}
	if _, traced := l.road.(*http.Transport); traced && !wrote.Load() || refusedDial(err) {
		err = &Unsent{err}
	}
	return nil, err
}

func refusedDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// whole reads an answer to its end.
func whole(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostBody+1))
	if err != nil {
		return nil, fmt.Errorf("the answer was cut: %w", err)
	}
	if len(body) > mostBody {
		return nil, errTooLarge
	}
	if resp.ContentLength > 0 && resp.Request != nil && resp.Request.Method != http.MethodHead && int64(len(body)) < resp.ContentLength {
		return nil, fmt.Errorf("the answer was cut: %w", io.ErrUnexpectedEOF)
	}
	return body, nil
}

// hear takes in what a call told of limits, clocks and health, and notes the call.
func (l *line) hear(call *store.Call, resp *http.Response, err error, got int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	l.asked++
	call.Took, call.Got = now.Sub(call.At), int64(got)
	failed := err != nil
	if resp != nil {
		call.Status, call.Answered = resp.StatusCode, redact(resp.Header)
		l.pace.hear(resp.StatusCode, resp.Header, now)
		l.measure(resp.Header, call.At.Add(call.Took/2))
		failed = failed || resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented && !busy(resp)
	}
	if err != nil {
		call.Error = redactText(err.Error())
	}
	if !errors.Is(err, context.Canceled) {
		l.breaker.done(failed, now, l.rand())
	} else {
		l.breaker.probing = false
	}
	if l.calls = append(l.calls, *call); len(l.calls) > mostCalls {
		l.calls = l.calls[len(l.calls)-mostCalls:]
	}
}

// measure compares clocks. A Date header counts whole seconds, half of one is lost on average.
func (l *line) measure(h http.Header, at time.Time) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	if l.lags = append(l.lags, date.Add(500*time.Millisecond).Sub(at)); len(l.lags) > 15 {
		l.lags = l.lags[1:]
	}
}
