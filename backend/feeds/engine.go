package feeds

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Options is what the engine needs.
type Options struct {
	Kinds  []connect.Kind
	Store  *store.Store
	Poster Poster
	// Secret gives a secret of an account by the account's name and the setting's key.
	Secret func(account, key string) (string, error)
	// Paper opens a document of the desk by its id for sending; media is its type.
	Paper func(ctx context.Context, id string) (body []byte, media string, err error)
	// Now is the desk's clock.
	Now func() time.Time
	// Clock is the transport's; nil is the machine's.
	Clock Clock
	// Transport makes the road to an account; nil is NewTransport: HTTPS only, the system's proxy, the account's caFile.
	Transport func(f store.Feed) (http.RoundTripper, error)
	// Rand spreads waits, 0 <= x < 1; nil is the machine's.
	Rand func() float64
}

// Poster is the ledger's door, as feeds use it.
type Poster interface {
	// Take stores what the records say as one run, visible as a whole or not at all. also runs in the transaction that makes
	// it visible; it is given the run's number.
	Take(ctx context.Context, b Batch, records iter.Seq2[freight.Record, error], also func(tx *store.Tx, run int64) error) (Taken, error)
	// Post stores observations on a load that is known, in one transaction.
	Post(ctx context.Context, load int64, obs []freight.Observation) error
	// Known is what is known of a load now.
	Known(ctx context.Context, load int64) (freight.Timeline, error)
	// Announce tells the screens that something beside the loads changed.
	Announce()
}

// Batch names a run.
type Batch struct {
	Name string // "project44/acme"
	Kind string // "feed.project44"
	By   string // for the audit chain
	// Layout sets rows of repeated states apart from those of another layout: they are taken as if nothing had been said before.
	Layout string
	Seen   func(freight.ObservationID) // is told every observation that the run stores or finds on file; may be nil
}

// Taken is what became of a run.
type Taken struct {
	Run         int64
	New         int
	Duplicates  int
	Quarantined int
}

// Engine runs the accounts of a desk. Safe for concurrent use.
type Engine struct {
	opt   Options
	kinds map[string]connect.Kind
	file  func(ctx context.Context, from, name, load string, body []byte) error

	routing   sync.Mutex // one router at a time
	recovered sync.Once
	recovery  error

	mu       sync.Mutex
	accounts map[int64]*account
	progress map[string]Progress
	changed  chan struct{} // accounts or errands changed: look again
}

// New is an engine over an open store. It does nothing until it is asked to sync or run.
func New(opt Options) *Engine {
	if opt.Clock == nil {
		opt.Clock = machine{}
	}
	if opt.Rand == nil {
		opt.Rand = rand.Float64
	}
	if opt.Transport == nil {
		opt.Transport = NewTransport
	}
	e := &Engine{opt: opt, kinds: map[string]connect.Kind{}, accounts: map[int64]*account{}, progress: map[string]Progress{}, changed: make(chan struct{}, 1)}
	for _, k := range opt.Kinds {
		e.kinds[k.Name] = k
	}
	return e
}

// account is an open account: its connector and the line to it.
type account struct {
	id       int64
	name     string
	version  int
	settings map[string]string

	busy   chan struct{} // one piece of work at a time holds the account
	feed   store.Feed    // as it stands; only for who holds it
	kind   connect.Kind
	rules  []connect.CustomerRule
	conn   connect.Connector
	line   *line
	limits connect.Limits
	heard  heard
	lists  lists
}

// ErrUnknown says that there is no account or errand of that name.
var ErrUnknown = errors.New("there is no such source")

// InvalidError says what is wrong with what a person gave.
type InvalidError struct{ Says string }

func (e *InvalidError) Error() string { return e.Says }

func invalid(format string, args ...any) error { return &InvalidError{fmt.Sprintf(format, args...)} }

// open gives the account with its connector, made anew where a person changed its settings.
func (e *Engine) open(f store.Feed) (*account, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if a := e.accounts[f.ID]; a != nil && a.version == f.Version {
		return a, nil
	}
	a, err := e.connect(f, func(key string) (string, error) { return e.opt.Secret(f.Name, key) })
	if err != nil {
		return nil, err
	}
	if old := e.accounts[f.ID]; old != nil {
		a.busy = old.busy
	}
	e.accounts[f.ID] = a
	return a, nil
}

// connect makes the connector of an account.
func (e *Engine) connect(f store.Feed, secret func(key string) (string, error)) (*account, error) {
	kind, ok := e.kinds[f.Kind]
	if !ok {
		return nil, invalid("This TraceDesk has no connector %q for the source %s.", f.Kind, f.Name)
	}
	rules, err := connect.ParseCustomers(f.Settings["customers"])
	if err != nil {
		return nil, &InvalidError{err.Error()}
	}
	road, err := e.opt.Transport(f)
	if err != nil {
		return nil, err
	}
	a := &account{id: f.ID, name: f.Name, version: f.Version, settings: f.Settings, busy: make(chan struct{}, 1), feed: f, kind: kind, rules: rules, line: newLine(f, road, e.opt.Clock, e.opt.Rand)}
	values := map[string]string{}
	for _, s := range kind.Settings {
		if v := f.Settings[s.Key]; v != "" {
			values[s.Key] = v
		} else if s.Default != "" {
			values[s.Key] = s.Default
		}
	}
	a.conn, err = kind.New(connect.Account{Name: f.Name, Values: values, Secret: secret, HTTP: a.line.client(), Now: e.opt.Clock.Now})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	a.limits = a.conn.Limits()
	a.line.limit(a.limits)
	return a, nil
}

// take holds an account for one piece of work, or gives up with ctx.
func (a *account) take(ctx context.Context) error {
	select {
	case a.busy <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *account) leave() { <-a.busy }

func (a *account) source() freight.Source {
	return freight.Source{Kind: a.kind.Source, Account: a.name}
}

// interval is how often the account is asked: what a person set (pollMinutes), else the connector's word, else 15 minutes.
func (a *account) interval() time.Duration {
	if minutes, err := time.ParseDuration(a.settings["pollMinutes"] + "m"); err == nil && minutes >= time.Minute {
		return minutes
	}
	if a.limits.Interval > 0 {
		return a.limits.Interval
	}
	return 15 * time.Minute
}

// Changed has a running engine look again: an account or an errand changed.
func (e *Engine) Changed() {
	select {
	case e.changed <- struct{}{}:
	default:
	}
	e.opt.Poster.Announce()
}
