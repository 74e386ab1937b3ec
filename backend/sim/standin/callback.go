package standin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Callback is one message that a platform sends by itself.
type Callback struct {
	Due         time.Time // of the facts' clock
	Name        string    // what it is: location, status, alert, history ...
	Load        string
	Method      string // GET or POST
	Path        string // appended to the address it is sent to
	Query       string // raw; for GET all there is
	ContentType string
	Header      http.Header
	Body        []byte
	Ext         string // of its file name in a folder
}

// Line is the callback as a recorder keeps it: the raw query string, or the body.
func (c *Callback) Line() []byte {
	if len(c.Body) > 0 {
		return c.Body
	}
	return []byte(c.Query)
}

// Target takes callbacks. A refusal carries the status in an *Answered.
type Target interface {
	Send(ctx context.Context, c *Callback) error
}

// Answered is a receiver's answer other than 2xx.
type Answered struct{ Status int }

func (a *Answered) Error() string { return fmt.Sprintf("the receiver answered %d", a.Status) }

// URL sends callbacks to an address, as a relay's would be.
type URL struct {
	Base   string
	Client *http.Client // nil for http.DefaultClient
}

// Send makes one request.
func (u *URL) Send(ctx context.Context, c *Callback) error {
	address := strings.TrimSuffix(u.Base, "/") + c.Path
	if c.Query != "" {
		address += "?" + c.Query
	}
	r, err := http.NewRequestWithContext(ctx, c.Method, address, bytes.NewReader(c.Body))
	if err != nil {
		return err
	}
	for k, v := range c.Header {
		r.Header[k] = v
	}
	if c.ContentType != "" {
		r.Header.Set("Content-Type", c.ContentType)
	}
	client := u.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20)); err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return &Answered{answer.StatusCode}
	}
	return nil
}

// Folder writes each callback into a file of its own, as a relay that records bodies would. A file appears whole.
type Folder struct {
	Dir string

	mu sync.Mutex
	n  int
}

// Send writes one file.
func (f *Folder) Send(_ context.Context, c *Callback) error {
	f.mu.Lock()
	f.n++
	name := fmt.Sprintf("%s-%06d-%s%s", c.Due.UTC().Format("20060102T150405"), f.n, c.Name, c.Ext)
	f.mu.Unlock()
	if err := os.MkdirAll(f.Dir, 0o755); err != nil {
		return err
	}
	half := filepath.Join(f.Dir, "."+name+".part")
	if err := os.WriteFile(half, append(slices.Clone(c.Line()), '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(half, filepath.Join(f.Dir, name))
}

// Emitter sends callbacks when they are due, repeats what was refused, and now and then sends one twice or two in the wrong order.
// Safe for concurrent use, except that only one Send runs at a time.
type Emitter struct {
	To     Target
	Retry  []time.Duration // how long after the first attempt it is repeated; the last one repeats for ever when Stubborn
	Twice  float64         // share of callbacks that are sent twice
	Swap   float64         // share that are sent after their follower
	Only5x bool            // a 4xx is final
	// Stubborn repeats at the last interval until it is taken.
	Stubborn bool
	Seed     uint64

	mu    sync.Mutex
	n     uint64
	queue []pending
	sent  []Sent
}

type pending struct {
	c     Callback
	due   time.Time
	tries int
}

// Sent is one callback as it went out.
type Sent struct {
	Callback
	Tries int
	Taken bool
	Err   error
}

// Add queues a callback, now and then twice.
func (m *Emitter) Add(c Callback) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n++
	dice := mix(m.Seed ^ m.n*0x9e3779b97f4a7c15)
	m.queue = append(m.queue, pending{c: c, due: c.Due})
	if share(dice) < m.Twice {
		m.queue = append(m.queue, pending{c: c, due: c.Due})
	}
	if k := len(m.queue); k > 1 && share(mix(dice)) < m.Swap {
		m.queue[k-1], m.queue[k-2] = m.queue[k-2], m.queue[k-1]
	}
}

func share(dice uint64) float64 { return float64(dice>>11) / (1 << 53) }

// Send sends what is due by the facts' clock and answers how many were taken.
func (m *Emitter) Send(ctx context.Context, now time.Time) (taken int) {
	m.mu.Lock()
	queue := m.queue
	m.queue = nil
	m.mu.Unlock()
	var left []pending
	for i := range queue {
		p := &queue[i]
		if p.due.After(now) || ctx.Err() != nil || m.To == nil {
			left = append(left, *p)
			continue
		}
		p.tries++
		err := m.To.Send(ctx, &p.c)
		if err != nil && m.again(p, now, err) {
			left = append(left, *p)
			continue
		}
		if err == nil {
			taken++
		}
		m.mu.Lock()
		m.sent = append(m.sent, Sent{Callback: p.c, Tries: p.tries, Taken: err == nil, Err: err})
		m.mu.Unlock()
	}
	m.mu.Lock()
	m.queue = append(left, m.queue...)
	m.mu.Unlock()
	return taken
}

// again plans the next attempt; false when there is none.
func (m *Emitter) again(p *pending, now time.Time, err error) bool {
	var a *Answered
	if m.Only5x && errors.As(err, &a) && a.Status < 500 || len(m.Retry) == 0 {
		return false
	}
	n := p.tries - 1
	if n >= len(m.Retry) {
		if !m.Stubborn {
			return false
		}
		n = len(m.Retry) - 1
	}
	p.due = now.Add(m.Retry[n])
	return true
}

// Sent are the callbacks that went out or were given up.
func (m *Emitter) Sent() []Sent {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.sent)
}

// Waiting is how many callbacks are still to be sent.
func (m *Emitter) Waiting() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.queue)
}

// Receipt is something that was pushed to a stand-in and taken.
type Receipt struct {
	At     time.Time // of the facts' clock
	Kind   string
	Load   string // the load of the world it belongs to; empty when none fits
	Errand string
	Body   []byte
}
