package standin

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Gate stands before a stand-in. It reads the request, lets faults happen, sets the Date header and writes the log.
type Gate struct {
	Wire   func() time.Time // the transport's clock: tokens, limits, Retry-After, Date
	Facts  func() time.Time // the world's clock: what has happened
	Faults *Faults
	Log    *Log
	// Sort says what a request asks and against whose limit it counts.
	Sort func(r *http.Request) (ask, bucket string)
	// Refuse writes the vendor's error body of a status.
	Refuse func(w http.ResponseWriter, status int, text string)
	// Expires says whether the credentials of a request are ones that end by themselves, as a token does; nil never. Only these
	// meet Expired: a key or a password that is refused once is refused until a person changes it.
	Expires func(r *http.Request) bool
	// Limits adds the vendor's headers to a 429; may be nil.
	Limits func(h http.Header, e *Entry)
	// Answer answers a request whose body is body, and fills in the entry's Load, Errand and Took.
	Answer func(w http.ResponseWriter, r *http.Request, body []byte, e *Entry)
}

// NewGate uses the given clocks; a nil wire goes by the machine's clock, nil facts by wire.
func NewGate(wire, facts func() time.Time, faults *Faults) *Gate {
	if wire == nil {
		wire = time.Now
	}
	if facts == nil {
		facts = wire
	}
	if faults == nil {
		faults = NewFaults(0)
	}
	return &Gate{Wire: wire, Facts: facts, Faults: faults, Log: newLog()}
}

// maxBody is more than any vendor takes in one call.
const maxBody = 64 << 20

// ServeHTTP answers one request.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	e := &Entry{At: g.Wire(), Facts: g.Facts(), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Remaining: -1, Key: r.Header.Get("Idempotency-Key")}
	e.Ask, e.Bucket = g.Sort(r)
	g.Log.arrive(e)
	asked := question(r, body)
	kind, after := g.Faults.draw(asked, e.Facts)
	if kind == Expired && (g.Expires == nil || !g.Expires(r)) {
		kind = NoFault
	}
	e.Fault = kind
	out := &answer{header: http.Header{}}
	if done := g.before(out, r, e, kind, after); !done {
		g.Answer(out, r, body, e)
		e.OverLimit = out.status() == http.StatusTooManyRequests
		e.RetryAfter = retryAfter(out.header)
		g.after(out, r, e, kind)
	}
	g.send(w, out, e, asked)
}

// before lets faults happen that keep the request from being done; done says that the answer is settled.
func (g *Gate) before(out *answer, r *http.Request, e *Entry, kind Fault, after bool) (done bool) {
	switch {
	case kind == TooMany:
		e.RetryAfter = g.Faults.RetryAfter
		out.header.Set("Retry-After", seconds(e.RetryAfter))
		if g.Limits != nil {
			g.Limits(out.header, e)
		}
		g.Refuse(out, http.StatusTooManyRequests, "Too many requests")
	case kind == Unavailable:
		e.RetryAfter = g.Faults.RetryAfter
		out.header.Set("Retry-After", seconds(e.RetryAfter))
		g.Refuse(out, http.StatusServiceUnavailable, "Service temporarily unavailable")
	case kind == Expired:
		g.Refuse(out, http.StatusUnauthorized, "The credentials have expired")
	case kind == Broken && !after:
		g.Refuse(out, http.StatusInternalServerError, "Internal server error")
	case kind == Cut && !after, kind == TLS:
		out.dropped = true
	default:
		return false
	}
	return true
}

// after spoils the answer of a request that was done.
func (g *Gate) after(out *answer, r *http.Request, e *Entry, kind Fault) {
	switch kind {
	case Broken:
		out.reset()
		g.Refuse(out, http.StatusInternalServerError, "Internal server error")
	case Cut:
		out.send = out.body.Len() / 2
		out.broken = true
	case Truncated:
		if out.body.Len() < 2 {
			e.Fault = NoFault
			return
		}
		out.body.Truncate(out.body.Len() / 2)
		out.short = true
	case Garbage:
		out.reset()
		out.header.Set("Content-Type", "text/html; charset=utf-8")
		out.body.WriteString("<html><head><title>Web gateway</title></head><body><h1>Please sign in to the network</h1></body></html>")
		out.short = true
	case Slow:
		g.Faults.wait(r.Context())
		out.short = r.Context().Err() != nil
	}
}

// send writes the answer and the log.
func (g *Gate) send(w http.ResponseWriter, out *answer, e *Entry, asked string) {
	date := e.At
	if e.Fault == WrongClock {
		date = date.Add(g.Faults.Skew)
	}
	e.Bytes = out.body.Len()
	e.Whole = !out.dropped && !out.broken && !out.short && out.status() < 500
	if !out.dropped {
		e.Status = out.status()
	}
	g.Log.write(e, hash([]byte(asked)), hash(out.body.Bytes()))
	if out.dropped {
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	for k, v := range out.header {
		h[k] = v
	}
	h.Set("Date", date.UTC().Format(http.TimeFormat))
	h.Set("Content-Length", strconv.Itoa(out.body.Len()))
	w.WriteHeader(out.status())
	if out.broken {
		w.Write(out.body.Bytes()[:out.send])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	w.Write(out.body.Bytes())
}

// Bearer reports whether a request bears a token.
func Bearer(r *http.Request) bool { return strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") }

// question is what tells one question from another: what changes with every call (a signature, a time stamp) does not belong to it.
func question(r *http.Request, body []byte) string {
	q := r.URL.Query()
	q.Del("signature")
	q.Del("timestamp")
	return fmt.Sprintf("%s %s?%s %x", r.Method, r.URL.Path, q.Encode(), hash(body))
}

func hash(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}

// seconds is a time to wait as Retry-After tells it: whole seconds, rounded up.
func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}

// answer is an answer before it is sent.
type answer struct {
	header  http.Header
	code    int
	body    bytes.Buffer
	dropped bool // nothing is sent: the connection breaks
	broken  bool // it breaks after send bytes
	short   bool // the body is not what it should be
	send    int
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(code int) { a.code = code }

func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *answer) status() int {
	if a.code == 0 {
		return http.StatusOK
	}
	return a.code
}

func (a *answer) reset() {
	a.header, a.code = http.Header{}, 0
	a.body.Reset()
}
