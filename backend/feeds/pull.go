package feeds

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// How much is held in memory before it is stored, or stored before it is read.
const (
	answersAtOnce = 64  // answers of one transaction
	loadsAtOnce   = 256 // loads that are asked about before their bodies are read
	pagesAtOnce   = 20  // pages of a list before they are read
)

// pull asks an account for everything that is due and stores what it says. What is stored is read in between, so that memory and
// the backlog stay small.
func (e *Engine) pull(ctx context.Context, a *account, force bool, res *SyncResult) error {
	if l, ok := a.conn.(connect.Lister); ok && (force || !a.feed.Due.After(e.opt.Now())) {
		if err := e.list(ctx, a, l, res); err != nil {
			return err
		}
	}
	if f, ok := a.conn.(connect.Follower); ok {
		if err := e.watch(ctx, a); err != nil {
			return err
		}
		return e.follow(ctx, a, f, force, res)
	}
	return nil
}

// list reads a list page by page. Each page is stored with the cursor behind it, so that a kill asks for no page twice.
func (e *Engine) list(ctx context.Context, a *account, l connect.Lister, res *SyncResult) error {
	for pages := 1; ; pages++ {
		a.feed.Asked = e.opt.Now().UTC()
		page, err := l.List(ctx, a.feed.Cursor)
		if err != nil {
			return e.failed(ctx, a, err, res)
		}
		packed, err := e.pack(a, 0, page.Bodies)
		if err != nil {
			return err
		}
		if page.More && page.Cursor == a.feed.Cursor {
			return e.failed(ctx, a, errors.New("its list has more pages, but not where: the cursor stays the same"), res)
		}
		if page.Cursor != "" {
			a.feed.Cursor = page.Cursor
		}
		e.answered(a)
		if !page.More {
			a.feed.Due = e.nextList(a)
		}
		if err := e.keep(ctx, a, packed, res); err != nil {
			return err
		}
		e.show(a, "asking", len(page.Bodies), 0)
		if !page.More {
			return nil
		}
		if pages%pagesAtOnce == 0 {
			if err := e.digest(ctx, a, res); err != nil {
				return err
			}
		}
	}
}

// nextList is one interval on, in step with the account's own phase, so that accounts do not all ask at once.
func (e *Engine) nextList(a *account) time.Time { return phased(e.opt.Now(), a.interval(), a.id) }

// phased is the next instant after now at which whoever has this number is asked: each is asked once an interval, spread evenly.
func phased(now time.Time, every time.Duration, number int64) time.Time {
	phase := time.Duration(uint64(number) * 0x9E3779B97F4A7C15 % uint64(every))
	at := now.Truncate(every).Add(phase)
	for !at.After(now) {
		at = at.Add(every)
	}
	return at.UTC()
}

// answer is what became of asking about one load.
type answer struct {
	row     store.FeedLoad
	bodies  []store.PackedBody
	err     error // ends the account's turn: sign-in, held, cancelled
	failed  bool
	says    string
	settled bool // when to ask again is settled already
	over    bool // nothing more will be said
	outlook outlook
}

// follow asks about every load that is due, some at a time, and stores the answers in short transactions.
func (e *Engine) follow(ctx context.Context, a *account, f connect.Follower, force bool, res *SyncResult) error {
	now := e.opt.Now()
	by := now
	if force {
		by = now.AddDate(1, 0, 0)
	}
	total := 0
	for asked := map[int64]bool{}; ; {
		due, err := e.dueLoads(ctx, a, by, asked, res)
		if err != nil || len(due) == 0 {
			return err
		}
		for i := range due {
			asked[due[i].Load] = true
		}
		total += len(due)
		e.show(a, "asking", 0, total)
		if err := e.askAll(ctx, a, f, due, res); err != nil {
			return err
		}
		if err := e.digest(ctx, a, res); err != nil {
			return err
		}
	}
}

// dueLoads are the next loads to ask about. Those that wait after a fault are passed over until their time has come.
func (e *Engine) dueLoads(ctx context.Context, a *account, by time.Time, asked map[int64]bool, res *SyncResult) ([]store.FeedLoad, error) {
	rows, err := e.opt.Store.FeedLoadsDue(ctx, a.id, by, loadsAtOnce+len(asked)+1000)
	if err != nil {
		return nil, err
	}
	now := e.opt.Clock.Now()
	rows = slices.DeleteFunc(rows, func(l store.FeedLoad) bool {
		if l.Wait.After(now) && !asked[l.Load] {
			res.later(l.Wait, l.Reason)
		}
		return asked[l.Load] || l.Wait.After(now)
	})
	return rows[:min(len(rows), loadsAtOnce)], nil
}

func (e *Engine) askAll(ctx context.Context, a *account, f connect.Follower, due []store.FeedLoad, res *SyncResult) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	todo, done := make(chan store.FeedLoad), make(chan answer, answersAtOnce)
	var workers sync.WaitGroup
	for range max(1, cap(a.line.slots)) {
		workers.Go(func() {
			for row := range todo {
				done <- e.ask(ctx, a, f, row)
			}
		})
	}
	go func() {
		defer close(done)
		defer workers.Wait()
		defer close(todo)
		for _, row := range due {
			select {
			case todo <- row:
			case <-ctx.Done():
				return
			}
		}
	}()
	var stopped error
	for first := range done {
		batch := []answer{first}
		for more := true; more && len(batch) < answersAtOnce; {
			select {
			case next, ok := <-done:
				if more = ok; ok {
					batch = append(batch, next)
				}
			default:
				more = false
			}
		}
		if err := e.keepAnswers(context.WithoutCancel(ctx), a, batch, res); err != nil && stopped == nil {
			stopped = err
			stop()
		}
		e.show(a, "asking", len(batch), 0)
	}
	return stopped
}

// ask asks about one load, page after page.
func (e *Engine) ask(ctx context.Context, a *account, f connect.Follower, row store.FeedLoad) (got answer) {
	got.row = row
	line, err := e.opt.Poster.Known(ctx, row.Load)
	if err != nil {
		got.err = err
		return got
	}
	now := e.opt.Now().UTC()
	tracked := a.tracked(&line, &row)
	for {
		got.row.Asked = now
		page, err := f.Follow(ctx, tracked, got.row.Cursor)
		if err != nil {
			e.askFailed(&got, a, &line, err)
			return got
		}
		packed, err := e.pack(a, row.Load, page.Bodies)
		if err != nil {
			got.err = err
			return got
		}
		got.bodies = append(got.bodies, packed...)
		if page.More && page.Cursor == got.row.Cursor {
			e.askFailed(&got, a, &line, errors.New("it has more to tell, but not where: the cursor stays the same"))
			return got
		}
		if page.Cursor != "" {
			got.row.Cursor = page.Cursor
		}
		if page.Remote != "" {
			got.row.Remote, tracked.Remote = page.Remote, page.Remote
		}
		if page.More {
			continue
		}
		got.row.Answered, got.row.Tries, got.row.Reason, got.row.Wait = e.opt.Now().UTC(), 0, "", time.Time{}
		got.outlook, got.over = outlookOf(&line, a.source(), row.NewsAt, now, a.interval()), page.Gone || !line.State.Live()
		return got
	}
}

// askFailed decides what a failed question means for the load and for the account.
func (e *Engine) askFailed(got *answer, a *account, line *freight.Timeline, err error) {
	var held *connect.Held
	switch now := e.opt.Now().UTC(); {
	case errors.Is(err, connect.ErrSignIn), errors.As(err, &held), errors.Is(err, context.Canceled):
		got.err = err
	case errors.Is(err, connect.ErrNotYet), errors.Is(err, connect.ErrGone):
		got.row.Answered, got.row.Reason = now, sentence(err.Error())
		got.row.Tries++
		got.row.Due = phased(now, a.interval()<<min(got.row.Tries-1, 4), got.row.Load)
		got.settled = true
		if line.State.Done() { // it was never known there, and nothing more will happen to it
			got.row.Due = time.Time{}
		}
	default:
		got.failed, got.says = true, sentence(err.Error())
		got.row.Tries++
		got.row.Reason = got.says
		got.row.Wait = e.opt.Clock.Now().Add(spread(30*time.Second, longestWait, got.row.Tries, e.opt.Rand()))
	}
}

// keepAnswers stores a few answers in one transaction. It tells of what ends the account's turn.
func (e *Engine) keepAnswers(ctx context.Context, a *account, batch []answer, res *SyncResult) error {
	var good []*answer
	var stopped error
	for i := range batch {
		got := &batch[i]
		if got.err != nil {
			if stopped == nil || errors.Is(stopped, context.Canceled) {
				stopped = got.err
			}
			continue
		}
		a.feed.Asked = got.row.Asked
		if got.failed {
			res.Failed++
			res.Reason = got.says
			res.later(got.row.Wait, got.says)
			a.feed.Reason = got.says
		} else {
			e.answered(a)
		}
		good = append(good, got)
	}
	pulled := 0
	err := e.opt.Store.Write(ctx, func(tx *store.Tx) (err error) {
		pulled = 0
		for _, got := range good {
			fresh, err := e.keepAnswer(tx, a, got)
			if err != nil {
				return err
			}
			pulled += fresh
		}
		return e.saveFeed(tx, a)
	})
	if err != nil {
		return err
	}
	res.Pulled += pulled
	if stopped == nil || errors.Is(stopped, context.Canceled) {
		return stopped
	}
	return e.failed(ctx, a, stopped, res)
}

// keepAnswer stores the bodies of one answer and decides when to ask again; fresh is how many bodies said something new.
func (e *Engine) keepAnswer(tx *store.Tx, a *account, got *answer) (fresh int, err error) {
	for i := range got.bodies {
		said, err := tx.KeepBody(&got.bodies[i])
		if err != nil {
			return fresh, err
		}
		if said {
			fresh++
		}
	}
	row := got.row
	if fresh > 0 {
		row.NewsAt = row.Asked
	}
	switch {
	case got.over:
		row.Due = time.Time{}
	case !got.failed && !got.settled:
		r, due := got.outlook.next(rhythmOf(row.Pace), fresh > 0, row.Load, row.Asked, a.interval())
		row.Pace, row.Due = r.pack(), due
	case got.failed && row.Due.After(row.Asked): // asked out of turn: it is still owed
		row.Due = row.Asked
	}
	return fresh, tx.SaveFeedLoad(&row)
}

// keep stores the bodies of a page and how the account stands after it, in one transaction.
func (e *Engine) keep(ctx context.Context, a *account, bodies []store.PackedBody, res *SyncResult) error {
	pulled := 0
	err := e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		pulled = 0
		for i := range bodies {
			fresh, err := tx.KeepBody(&bodies[i])
			if err != nil {
				return err
			}
			if fresh {
				pulled++
			}
		}
		return e.saveFeed(tx, a)
	})
	if err == nil {
		res.Pulled += pulled
	}
	return err
}

// saveFeed stores how the account fares, with what its line measured.
func (e *Engine) saveFeed(tx *store.Tx, a *account) error {
	if skew, ok := a.line.skew(); ok {
		a.feed.Skew = skew
	}
	if until, why := a.line.held(); !until.IsZero() {
		a.feed.Wait, a.feed.Reason = until, why
	}
	if err := tx.AddCalls(a.id, a.line.takeCalls(), mostCalls); err != nil {
		return err
	}
	return tx.SaveFeed(&a.feed)
}

func (e *Engine) answered(a *account) {
	a.feed.Answered, a.feed.Tries, a.feed.Reason, a.feed.Refused = e.opt.Now().UTC(), 0, "", 0
}

// pack makes bodies ready for the store. They were received now, by the desk's clock.
func (e *Engine) pack(a *account, load int64, bodies []connect.Body) ([]store.PackedBody, error) {
	now := e.opt.Now().UTC()
	out, errs := make([]store.PackedBody, len(bodies)), make([]error, len(bodies))
	var next atomic.Int64
	var packers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(bodies)) {
		packers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(bodies)); i = next.Add(1) - 1 {
				b := &bodies[i]
				out[i], errs[i] = store.PackBody(store.RawBody{Feed: a.id, Load: load, About: b.About, Media: b.Media, ReceivedAt: now, Bytes: b.Bytes})
			}
		})
	}
	packers.Wait()
	return out, errors.Join(errs...)
}

// refusals in a row of a sign-in are believed: a gateway that is upset refuses anybody for a moment.
const refusals = 3

// errStop ends an account's turn in good order: its reason is stored.
var errStop = errors.New("the source's turn is over")

// failed notes a failure that concerns the account as a whole and ends its turn.
func (e *Engine) failed(ctx context.Context, a *account, err error, res *SyncResult) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	res.Failed++
	var held *connect.Held
	switch {
	case errors.Is(err, connect.ErrSignIn) && a.feed.Tries+1 >= refusals:
		a.feed.Refused = a.version
		a.feed.Reason = sentence(err.Error()) + " Nothing more is asked until its settings or secrets change."
	case errors.As(err, &held):
		a.feed.Wait, a.feed.Reason = held.Until, sentence(held.Reason)
		res.later(held.Until, a.feed.Reason)
	default:
		a.feed.Tries++
		a.feed.Reason = sentence(err.Error())
		a.feed.Wait = e.opt.Clock.Now().Add(spread(30*time.Second, longestWait, a.feed.Tries, e.opt.Rand()))
		res.later(a.feed.Wait, a.feed.Reason)
	}
	res.Reason = a.feed.Reason
	write := e.opt.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return e.saveFeed(tx, a) })
	if write != nil {
		return fmt.Errorf("%s: %w", a.name, write)
	}
	return errStop
}
