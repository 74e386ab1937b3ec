package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tracedesk/backend/connect"
)

// mostBytes is how long an answer may be. A full history of a load is some hundred kilobytes.
const mostBytes = 64 << 20

// Question is one request.
type Question struct {
	Method string
	Path   string // below the base, with its query; or a whole address
	Body   []byte
	Media  string // of the body
	Accept string // "" asks for JSON
	Header http.Header
}

// Answer is what came back.
type Answer struct {
	Status int
	Media  string
	Body   []byte
	Header http.Header
	At     time.Time // when it was received
}

// Refusal is an answer that says no.
type Refusal struct {
	Status int
	Reason string // in the system's words
	Kind   error  // one of connect's kinds, nil for what may pass at another time
}

// Error is what happened in words.
func (r *Refusal) Error() string {
	said := r.Reason
	if said == "" {
		said = http.StatusText(r.Status)
	}
	return fmt.Sprintf("the system answered %d: %s", r.Status, said)
}

// Unwrap tells the kind.
func (r *Refusal) Unwrap() error { return r.Kind }

// Base reads the address of a system. A path in it stays in front of every question's.
func Base(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(text), "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%q is no address such as https://api.example.com", text)
	}
	if u.User != nil {
		return nil, fmt.Errorf("the address must not carry a user and password; they have fields of their own")
	}
	return u, nil
}

// Ask puts a question to the host of base. sign adds the sign-in; it may be nil. A refusal is a *Refusal, with the reason as
// reasonOf reads it from the body.
func Ask(ctx context.Context, client *http.Client, now func() time.Time, base *url.URL, q Question, sign func(*http.Request) error, reasonOf func([]byte) string) (*Answer, error) {
	req, err := request(ctx, base, q)
	if err != nil {
		return nil, err
	}
	if sign != nil {
		if err := sign(req); err != nil {
			return nil, err
		}
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", q.Method, req.URL.Path, withoutAddress(err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, mostBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s %s: the answer broke off: %w", q.Method, req.URL.Path, err)
	}
	if len(body) > mostBytes {
		return nil, fmt.Errorf("%s %s: the answer is longer than %d MB", q.Method, req.URL.Path, mostBytes>>20)
	}
	a := &Answer{Status: res.StatusCode, Media: res.Header.Get("Content-Type"), Body: body, Header: res.Header, At: now()}
	if res.StatusCode >= 300 {
		return a, &Refusal{Status: res.StatusCode, Reason: reasonOf(body), Kind: kindOf(res.StatusCode)}
	}
	return a, nil
}

// withoutAddress takes the address out of a failure of the client: a signed one would stand in a log.
func withoutAddress(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		return u.Err
	}
	return err
}

func request(ctx context.Context, base *url.URL, q Question) (*http.Request, error) {
	address := q.Path
	if !strings.Contains(address, "://") {
		address = base.String() + "/" + strings.TrimLeft(address, "/")
	}
	var body io.Reader
	if q.Body != nil {
		body = bytes.NewReader(q.Body)
	}
	req, err := http.NewRequestWithContext(ctx, q.Method, address, body)
	if err != nil {
		return nil, fmt.Errorf("%w: %s is no address that can be asked", connect.ErrRefused, q.Path)
	}
	for name, values := range q.Header {
		req.Header[name] = values
	}
	if q.Body != nil {
		req.Header.Set("Content-Type", q.Media)
	}
	if q.Accept == "" {
		q.Accept = "application/json"
	}
	req.Header.Set("Accept", q.Accept)
	return req, nil
}

// kindOf is what an answer's number says to the engine. 408, 429 and everything above 500 may pass at another time. 403 is about
// one request: what the account may see and do differs from load to load.
func kindOf(status int) error {
	switch {
	case status == http.StatusUnauthorized:
		return connect.ErrSignIn
	case status == http.StatusNotFound, status == http.StatusGone:
		return connect.ErrGone
	case status == http.StatusRequestTimeout, status == http.StatusTooManyRequests, status == http.StatusTooEarly:
		return nil
	case status >= 400 && status < 500:
		return connect.ErrRefused
	}
	return nil
}

// JSON is an answer that must be JSON as a whole: what a broken connection or a proxy left of one is no answer.
func (a *Answer) JSON() error {
	if !json.Valid(a.Body) {
		return fmt.Errorf("the answer is no whole JSON (%d bytes, %s)", len(a.Body), a.Media)
	}
	return nil
}

// Stamped is the time by the system's own clock, as its answer says; the zero time where it does not.
func (a *Answer) Stamped() time.Time {
	t, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Fill puts values into a path such as "/shipments/{id}?type={type}", escaped as is right before and behind the question mark.
func Fill(path string, values map[string]string) string {
	for name, v := range values {
		path = strings.ReplaceAll(path, "{"+name+"}", strings.ReplaceAll(url.QueryEscape(v), "+", "%20"))
	}
	return path
}
