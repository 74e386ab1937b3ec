package feeds

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Sync says which accounts are worked on. Those that a person switched off are only if they are named.
type Sync struct {
	Names []string // empty: all that are enabled
	Force bool     // ask now, whatever is due
}

// SyncOnce brings everything that is due and sends everything that may go now, the accounts side by side. The results are by name.
// What fails is in them; an error says that it could not be done at all.
func (e *Engine) SyncOnce(ctx context.Context, s Sync) (freight.List[SyncResult], error) {
	if err := e.recover(ctx); err != nil {
		return nil, err
	}
	feeds, err := e.chosen(ctx, s)
	if err != nil {
		return nil, err
	}
	out := make(freight.List[SyncResult], len(feeds))
	errs := make([]error, len(feeds))
	var all sync.WaitGroup
	for i := range feeds {
		all.Go(func() { out[i], errs[i] = e.syncOne(ctx, feeds[i], s.Force) })
	}
	all.Wait()
	e.opt.Poster.Announce()
	return out, errors.Join(errs...)
}

func (e *Engine) chosen(ctx context.Context, s Sync) ([]store.Feed, error) {
	feeds, err := e.opt.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range s.Names {
		if !slices.ContainsFunc(feeds, func(f store.Feed) bool { return f.Name == name }) {
			return nil, invalid("There is no source %s.", name)
		}
	}
	return slices.DeleteFunc(feeds, func(f store.Feed) bool {
		if len(s.Names) > 0 {
			return !slices.Contains(s.Names, f.Name)
		}
		return !f.Enabled
	}), nil
}

// syncOne is one account's turn: what lies unread is read, what is due is asked, what waits is sent.
func (e *Engine) syncOne(ctx context.Context, f store.Feed, force bool) (res SyncResult, err error) {
	res = SyncResult{Name: f.Name, Kind: f.Kind}
	a, err := e.open(f)
	if err != nil {
		res.Failed, res.Reason = 1, err.Error()
		return res, nil
	}
	if err := a.take(ctx); err != nil {
		return res, err
	}
	defer a.leave()
	f, err = e.opt.Store.Feed(ctx, f.Name) // as it stands now that nobody else works on it
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && f.Version != a.version:
		return res, nil // removed or changed in between: the next turn is by the new settings
	case err != nil:
		return res, err
	}
	a.feed = f
	defer e.show(a, "", 0, 0)
	err = e.turn(ctx, a, force, &res)
	if errors.Is(err, errStop) {
		err = e.digest(ctx, a, &res)
	}
	return res, err
}

func (e *Engine) turn(ctx context.Context, a *account, force bool, res *SyncResult) error {
	if err := e.digest(ctx, a, res); err != nil {
		return err
	}
	if err := e.route(ctx, a); err != nil {
		return err
	}
	if now := e.opt.Clock.Now(); a.feed.Wait.After(now) {
		res.later(a.feed.Wait, a.feed.Reason)
		res.Reason = a.feed.Reason
		return nil
	}
	if a.feed.Refused == a.version && !force {
		res.Failed, res.Reason = 1, a.feed.Reason
		return nil
	}
	if err := e.pull(ctx, a, force, res); err != nil {
		return err
	}
	if err := e.digest(ctx, a, res); err != nil {
		return err
	}
	if err := e.watch(ctx, a); err != nil {
		return err
	}
	if err := e.tellChanges(ctx, a); err != nil {
		return err
	}
	return e.drain(ctx, a, res)
}

// later notes that something waits for the network until an instant of the transport's clock, and why. What waits for a person or for
// a fact at the desk is not noted: no waiting mends that.
func (r *SyncResult) later(t time.Time, why string) {
	if t.IsZero() {
		return
	}
	r.More = true
	if r.next.IsZero() || t.Before(r.next) {
		r.next, r.why = t, why
	}
}

// tellWaits says of an account what a sync does not wait for any longer.
func (r *SyncResult) tellWaits(last *SyncResult) {
	if last.next.IsZero() {
		return
	}
	says := "What waits is tried again at " + last.next.UTC().Format("2006-01-02 15:04:05 UTC") + " at the earliest."
	r.Reason = strings.TrimSpace(cmp.Or(last.Reason, last.why) + " " + says)
}

// How long UntilIdle waits for the next thing that may be tried, and how long in all while nothing moves.
const (
	longestPatience = 2 * time.Minute
	wholePatience   = 5 * time.Minute
)

// UntilIdle repeats SyncOnce until nothing is due and nothing waits for the network that could be tried within two minutes; what waits
// longer is told in the account's Reason. Results are summed up by account; done is told after each round, it may be nil.
func (e *Engine) UntilIdle(ctx context.Context, s Sync, done func(freight.List[SyncResult])) (freight.List[SyncResult], error) {
	var sum freight.List[SyncResult]
	for waited := time.Duration(0); ; {
		round, err := e.SyncOnce(ctx, s)
		if sum == nil {
			sum = slices.Clone(round)
		} else {
			for i := range round {
				resultOf(&sum, round[i].Name, round[i].Kind).plus(round[i])
			}
		}
		if done != nil {
			done(sum)
		}
		if err != nil {
			return sum, err
		}
		s.Force = false
		moved, next := false, time.Time{}
		for i := range round {
			r := &round[i]
			moved = moved || r.Pulled > 0 || r.Pushed > 0
			if !r.next.IsZero() && (next.IsZero() || r.next.Before(next)) {
				next = r.next
			}
		}
		wait := max(next.Sub(e.opt.Clock.Now()), 10*time.Millisecond)
		switch {
		case moved:
			waited = 0
		case next.IsZero(), wait > longestPatience, waited > wholePatience:
			for i := range round {
				resultOf(&sum, round[i].Name, round[i].Kind).tellWaits(&round[i])
			}
			return sum, nil
		default:
			waited += wait
			if err := e.opt.Clock.Sleep(ctx, wait); err != nil {
				return sum, err
			}
		}
	}
}

// Run works until ctx ends: each account when it is due, what was decided at the desk within seconds. After a sleep of the machine
// everything is overdue at once; it is asked once, at the pace that its limits allow.
func (e *Engine) Run(ctx context.Context, failed func(error)) {
	for ctx.Err() == nil {
		if _, err := e.SyncOnce(ctx, Sync{}); err != nil && ctx.Err() == nil {
			failed(err)
		}
		e.pause(ctx)
	}
}

// glance is how often a running engine looks for decisions and due times.
const glance = 10 * time.Second

// pause waits a moment, less where something changed. Desks that started together do not stay in step.
func (e *Engine) pause(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-e.changed:
			stop()
		case <-ctx.Done():
		}
	}()
	e.opt.Clock.Sleep(ctx, glance+time.Duration(float64(glance)*e.opt.Rand()/2))
}

// Receive takes in a request by which a system calls back: once it returns without error the body is on disk. The same body again
// changes nothing.
func (e *Engine) Receive(ctx context.Context, name, method, path, query, media string, body []byte) error {
	f, err := e.feed(ctx, name)
	if err != nil {
		return err
	}
	a, err := e.open(f)
	if err != nil {
		return err
	}
	r, ok := a.conn.(connect.Receiver)
	if !ok {
		return invalid("%s does not call back.", a.kind.Title)
	}
	b, err := r.Callback(method, path, query, media, body)
	if err != nil {
		return err
	}
	return e.Deposit(ctx, name, b)
}

// Deposit stores bodies that came to the desk by another road, such as a folder of recorded callbacks; the account's next turn reads
// them.
func (e *Engine) Deposit(ctx context.Context, name string, bodies ...connect.Body) error {
	f, err := e.feed(ctx, name)
	if err != nil {
		return err
	}
	a, err := e.open(f)
	if err != nil {
		return err
	}
	packed, err := e.pack(a, 0, bodies)
	if err != nil {
		return err
	}
	err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		for i := range packed {
			if _, err := tx.KeepCallback(&packed[i]); err != nil {
				return err
			}
		}
		return tx.FeedHeard(f.ID, e.opt.Now())
	})
	if err == nil {
		e.Changed()
	}
	return err
}

// ReadDeposits draws observations from what lies unread at an account, without asking it anything.
func (e *Engine) ReadDeposits(ctx context.Context, name string) (SyncResult, error) {
	if err := e.recover(ctx); err != nil {
		return SyncResult{}, err
	}
	f, err := e.feed(ctx, name)
	if err != nil {
		return SyncResult{}, err
	}
	res := SyncResult{Name: f.Name, Kind: f.Kind}
	a, err := e.open(f)
	if err != nil {
		return res, err
	}
	if err := a.take(ctx); err != nil {
		return res, err
	}
	defer a.leave()
	return res, e.digest(ctx, a, &res)
}
