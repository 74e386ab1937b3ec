package feeds

import (
	"context"
	"fmt"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// State is how an account fares, for people.
type State struct {
	Name         string     `json:"name"`
	Kind         string     `json:"kind"`
	Title        string     `json:"title"` // the system as its maker writes it
	Enabled      bool       `json:"enabled"`
	LastAsked    *time.Time `json:"lastAsked"`
	LastAnswered *time.Time `json:"lastAnswered"`
	LastNews     *time.Time `json:"lastNews"`
	State        Health     `json:"state"`
	Reason       string     `json:"reason"`      // of any state but ok, in words
	Next         *time.Time `json:"next"`        // when it is asked again
	SkewSeconds  float64    `json:"skewSeconds"` // its clock minus ours
	Waiting      int        `json:"waiting"`     // errands not yet delivered
	Parked       int        `json:"parked"`      // errands that a person must look at
	Working      *Progress  `json:"working"`     // what it is busy with
}

// Health is one word for how an account fares.
type Health string

// The closed list of words.
const (
	Fine    Health = "ok"
	Never   Health = "never"   // not asked yet
	Paused  Health = "paused"  // a person switched it off
	Failing Health = "failing" // the last tries failed
	Held    Health = "held"    // asked to be left alone for a while
	Silent  Health = "silent"  // it answers or is asked no more: nothing was heard for three intervals
	SignIn  Health = "signIn"  // it refused the sign-in: a person must act
)

// Progress is long work under way.
type Progress struct {
	Doing string  `json:"doing"` // asking, reading, sending, reading again
	Done  int     `json:"done"`
	Total int     `json:"total"` // 0 unknown
	Rate  float64 `json:"rate"`  // a second
	Left  float64 `json:"left"`  // minutes; 0 unknown
	began time.Time
}

// SyncResult is what a sync of one account brought and took.
type SyncResult struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Pulled      int       `json:"pulled"` // bodies that said something not said before
	New         int       `json:"new"`    // observations
	Duplicates  int       `json:"duplicates"`
	Quarantined int       `json:"quarantined"`
	Pushed      int       `json:"pushed"` // errands that arrived
	Failed      int       `json:"failed"` // questions and errands that failed this time
	Back        int       `json:"-"`      // observations taken back, because a mended mapping draws them no more
	Reason      string    `json:"reason,omitempty"`
	More        bool      `json:"-"` // something still waits
	next        time.Time // the earliest instant at which some of what waits for the network may be tried, on the transport's clock
	why         string    // it waits
}

// Call is one of the last calls of an account, without secrets.
type Call struct {
	At       time.Time         `json:"at"`
	Millis   int64             `json:"millis"`
	Method   string            `json:"method"`
	URL      string            `json:"url"`
	Status   int               `json:"status"` // 0: no answer
	Sent     int64             `json:"sent"`
	Got      int64             `json:"got"`
	Headers  map[string]string `json:"headers"`
	Answered map[string]string `json:"answered"`
	Error    string            `json:"error"`
}

// mostCalls is how many calls of an account are kept for people.
const mostCalls = 50

// Calls are the last calls of an account, newest first.
func (e *Engine) Calls(ctx context.Context, name string) (freight.List[Call], error) {
	f, err := e.feed(ctx, name)
	if err != nil {
		return nil, err
	}
	calls, err := e.opt.Store.Calls(ctx, f.ID, mostCalls)
	if err != nil {
		return nil, err
	}
	out := make(freight.List[Call], 0, len(calls))
	for _, c := range calls {
		out = append(out, Call{At: c.At, Millis: c.Took.Milliseconds(), Method: c.Method, URL: c.URL, Status: c.Status, Sent: c.Sent, Got: c.Got,
			Headers: c.Headers, Answered: c.Answered, Error: c.Error})
	}
	return out, nil
}

// States tell how every account fares, by name.
func (e *Engine) States(ctx context.Context) (freight.List[State], error) {
	feeds, err := e.opt.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	open, err := e.opt.Store.OpenSendings(ctx, 0, 100_000)
	if err != nil {
		return nil, err
	}
	waiting, parked := map[int64]int{}, map[int64]int{}
	for i := range open {
		if s := open[i].State; s == store.SendParked || s == store.SendUnsure {
			parked[open[i].Feed]++
		} else {
			waiting[open[i].Feed]++
		}
	}
	out := make(freight.List[State], 0, len(feeds))
	for i := range feeds {
		f := &feeds[i]
		s := State{Name: f.Name, Kind: f.Kind, Title: e.kinds[f.Kind].Title, Enabled: f.Enabled, LastAsked: known(f.Asked), LastAnswered: known(f.Answered), LastNews: known(f.NewsAt),
			SkewSeconds: f.Skew.Round(time.Second).Seconds(), Waiting: waiting[f.ID], Parked: parked[f.ID]}
		s.State, s.Reason = e.health(f)
		if f.Enabled && s.State != SignIn {
			s.Next = known(f.Due)
		}
		e.mu.Lock()
		if p, ok := e.progress[f.Name]; ok {
			s.Working = &p
		}
		e.mu.Unlock()
		out = append(out, s)
	}
	return out, nil
}

// health is how an account fares in a word and a sentence.
func (e *Engine) health(f *store.Feed) (Health, string) {
	now := e.opt.Now()
	interval, calls := 15*time.Minute, false
	if a, err := e.open(*f); err != nil {
		return Failing, sentence(err.Error())
	} else {
		interval, calls = a.interval(), callsOnly(a.conn)
	}
	switch {
	case !f.Enabled:
		return Paused, "A person switched it off."
	case f.Refused == f.Version:
		return SignIn, f.Reason
	case f.Tries > 0 && f.Wait.After(e.opt.Clock.Now()):
		return Failing, fmt.Sprintf("%s It is asked again at %s.", sentence(f.Reason), f.Wait.UTC().Format("15:04:05 UTC"))
	case f.Wait.After(e.opt.Clock.Now()):
		return Held, fmt.Sprintf("%s It is left alone until %s.", sentence(f.Reason), f.Wait.UTC().Format("15:04:05 UTC"))
	case f.Tries > 0:
		return Failing, sentence(f.Reason)
	case f.Asked.IsZero() && f.Answered.IsZero() && calls:
		return Never, "It cannot be asked: it calls back by itself, and has not yet."
	case f.Asked.IsZero() && f.Answered.IsZero():
		return Never, ""
	case now.Sub(f.Answered) > 3*interval:
		return Silent, fmt.Sprintf("Nothing was heard from it since %s.", f.Answered.UTC().Format("2006-01-02 15:04 UTC"))
	}
	return Fine, ""
}

// callsOnly reports whether a system cannot be asked for anything.
func callsOnly(c connect.Connector) bool {
	_, lists := c.(connect.Lister)
	_, follows := c.(connect.Follower)
	return !lists && !follows
}

// Freshness is when an account was last asked about a load, answered and brought news of it.
type Freshness struct {
	Source       string     `json:"source"`
	Kind         string     `json:"kind"`
	Remote       string     `json:"remote"` // what the system calls the load
	LastAsked    *time.Time `json:"lastAsked"`
	LastAnswered *time.Time `json:"lastAnswered"`
	LastNews     *time.Time `json:"lastNews"`
	Next         *time.Time `json:"next"`
	Reason       string     `json:"reason"`
}

// Freshness tells of every account that has the load.
func (e *Engine) Freshness(ctx context.Context, load int64) (freight.List[Freshness], error) {
	at, err := e.opt.Store.FeedLoadsOf(ctx, load)
	if err != nil {
		return nil, err
	}
	feeds, err := e.opt.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	out := freight.List[Freshness]{}
	for _, l := range at {
		for _, f := range feeds {
			if f.ID == l.Feed {
				out = append(out, Freshness{Source: f.Name, Kind: f.Kind, Remote: l.Remote, LastAsked: known(l.Asked), LastAnswered: known(l.Answered),
					LastNews: known(l.NewsAt), Next: known(l.Due), Reason: l.Reason})
			}
		}
	}
	return out, nil
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
