package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"tracedesk/app/api"
	"tracedesk/backend/desk"
)

// client speaks to a desk through its /api: to the one that runs on the data folder, else to one of its own in this process.
type client struct {
	ctx   context.Context
	base  string
	token string
	send  func(*http.Request) (*http.Response, error)
	close func() error
}

// tokenHeader carries the running desk's token.
const tokenHeader = "X-TraceDesk-Token"

// reading is a client for commands that write nothing: it needs no lock.
func (c *call) reading() (*client, error) { return c.client(true) }

// writing is a client for commands that change the desk.
func (c *call) writing() (*client, error) { return c.client(false) }

func (c *call) client(readOnly bool) (*client, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	if r, ok := desk.Find(dir); ok && r.Addr != "" {
		return &client{ctx: c.ctx, base: "http://" + r.Addr, token: r.Token, send: http.DefaultClient.Do, close: func() error { return nil }}, nil
	}
	if !desk.Exists(dir) {
		readOnly = false // a desk that is not there yet: an empty one is made, so that a question has an answer
	}
	a, err := c.open(c.ctx, desk.Options{ReadOnly: readOnly})
	if err != nil {
		return nil, err
	}
	if !readOnly {
		if err := errors.Join(a.sources.Resume(c.ctx), desk.CatchUp(c.ctx, a.desk), a.papers.Resume(c.ctx)); err != nil {
			return nil, errors.Join(err, a.desk.Close())
		}
	}
	for _, n := range a.desk.Notices() {
		fmt.Fprintln(c.stderr, n)
	}
	return &client{ctx: c.ctx, base: "http://desk", send: inProcess(api.New(a.api)), close: a.desk.Close}, nil
}

func (c *call) dir() (string, error) {
	if c.home != "" {
		return filepath.Abs(c.home)
	}
	return desk.DefaultDir()
}

// inProcess answers requests by a handler without a network between.
func inProcess(h http.Handler) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result(), nil
	}
}

// get asks for a path with a query and reads the JSON answer into v.
func (cl *client) get(path string, q url.Values, v any) error {
	return cl.do(http.MethodGet, path, q, nil, v)
}

// post sends a command.
func (cl *client) post(path string, body, v any) error {
	return cl.do(http.MethodPost, path, nil, body, v)
}

func (cl *client) do(method, path string, q url.Values, body, v any) error {
	return cl.doWith(cl.ctx, method, path, q, body, v)
}

func (cl *client) doWith(ctx context.Context, method, path string, q url.Values, body, v any) error {
	raw, err := cl.raw(ctx, method, path, q, body)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

func (cl *client) raw(ctx context.Context, method, path string, q url.Values, body any) ([]byte, error) {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		in = bytes.NewReader(b)
	}
	target := cl.base + path
	if len(q) > 0 {
		target += "?" + q.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, target, in)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set(tokenHeader, cl.token)
	resp, err := cl.send(req)
	if err != nil {
		return nil, fmt.Errorf("the running desk does not answer: %w", err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, refusal(resp.StatusCode, out)
	}
	return out, nil
}

// refusal is the desk's own sentence, with what to do.
func refusal(status int, body []byte) error {
	var f api.Fault
	if json.Unmarshal(body, &f) != nil || f.Message == "" {
		return fmt.Errorf("the desk answered %d: %s", status, bytes.TrimSpace(body))
	}
	if f.Hint != "" {
		return fmt.Errorf("%s %s", f.Message, f.Hint)
	}
	return errors.New(f.Message)
}

// when are the instants of this call as a query.
func (c *call) when() url.Values {
	q := url.Values{}
	if !c.at.IsZero() {
		q.Set("at", c.at.Format(time.RFC3339Nano))
	}
	if !c.asOf.IsZero() {
		q.Set("asOf", c.asOf.Format(time.RFC3339Nano))
	}
	return q
}

// now is the instant at which a command acts; nil is the desk's clock.
func (c *call) now() *time.Time {
	if c.at.IsZero() {
		return nil
	}
	return &c.at
}

func (c *call) number(flag string, def int) (int, error) {
	s, ok := c.flags[flag]
	if !ok {
		return def, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, wrong("--%s must be a whole number, not %q", flag, s)
	}
	return n, nil
}
