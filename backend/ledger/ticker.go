package ledger

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// tickBatch is how many loads one tick reads at once, tickTogether how many it judges in one go, and tickWritten about how many it
// writes in a transaction at most.
const (
	tickBatch    = 1000
	tickTogether = 100
	tickWritten  = 400
)

// Tick judges the loads whose answer changes by the clock alone at or before now, and only those. It returns how many.
func (l *Ledger) Tick(ctx context.Context) (int, error) {
	total := 0
	for {
		now := l.now().UTC()
		due, err := l.store.Due(ctx, now, tickBatch)
		if err != nil || len(due) == 0 {
			return total, err
		}
		if err := l.judge(ctx, due, now); err != nil {
			return total, err
		}
		total += len(due)
		if len(due) < tickBatch {
			return total, nil
		}
	}
}

// dueLoad is a load that is due as it is on file.
type dueLoad struct {
	had    store.Walked
	onFile *store.Drawn
	state  timeline.State
	twins  []freight.Twin
}

// judge passes the clock over loads that are due. All of them are read before the first is written, so that none sees how
// another fared; then some are judged while others are written.
func (l *Ledger) judge(ctx context.Context, loads []int64, now time.Time) error {
	defer moreRoom()()
	if err := l.surroundings(ctx); err != nil {
		return err
	}
	parts := slices.Collect(slices.Chunk(loads, tickTogether))
	read := make([][]dueLoad, len(parts))
	if err := inHands(len(parts), func(i int) (err error) { read[i], err = l.readDue(ctx, parts[i]); return err }); err != nil {
		return err
	}
	ready, failed := make(chan []*store.Projection, len(parts)), make(chan error, 1)
	go func() {
		failed <- inHands(len(parts), func(i int) error {
			drawn, err := l.passDue(read[i], now)
			ready <- drawn
			return err
		})
		close(ready)
	}()
	var written []int64
	var err error
	for drawn := range ready {
		if err != nil {
			continue // the hands are let finish
		}
		drawn = withReady(drawn, ready)
		var some []int64
		err = l.store.Draw(ctx, func(tx *store.Tx) (err error) {
			some, err = tx.ProjectVerdicts(drawn)
			return err
		})
		if err == nil {
			written = append(written, some...)
		}
	}
	l.announce(ctx, written)
	return errors.Join(err, <-failed)
}

// withReady adds what else is ready to be written, up to as much as one transaction may take: each of them costs the same again.
func withReady(drawn []*store.Projection, ready <-chan []*store.Projection) []*store.Projection {
	for len(drawn) < tickWritten {
		select {
		case more, open := <-ready:
			if !open {
				return drawn
			}
			drawn = append(drawn, more...)
		default:
			return drawn
		}
	}
	return drawn
}

// inHands does n pieces of work on all processors.
func inHands(n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var hands sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		hands.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	hands.Wait()
	return errors.Join(errs...)
}

func (l *Ledger) readDue(ctx context.Context, loads []int64) ([]dueLoad, error) {
	drawn, err := l.store.Drawn(ctx, loads)
	if err != nil {
		return nil, err
	}
	on, err := l.store.Walked(ctx, loads)
	if err != nil {
		return nil, err
	}
	out := make([]dueLoad, 0, len(loads))
	for _, id := range loads {
		due := dueLoad{had: on[id], onFile: drawn[id]}
		if due.had.State == nil || due.onFile == nil {
			continue
		}
		if due.state, err = timeline.DecodeState(due.had.State); err != nil {
			return nil, err
		}
		if due.had.Shares {
			if due.twins, err = l.twins(ctx, id, due.state); err != nil {
				return nil, err
			}
		}
		out = append(out, due)
	}
	return out, nil
}

// passDue carries the courses of loads on to now and draws them.
func (l *Ledger) passDue(loads []dueLoad, now time.Time) ([]*store.Projection, error) {
	out := make([]*store.Projection, 0, len(loads))
	for i := range loads {
		due := &loads[i]
		j := l.pass(due.had.Course, due.state, due.twins, now)
		j.shares = due.had.Shares
		p, err := l.verdictOf(due.had.Load, &j, now)
		if err != nil {
			return nil, err
		}
		p.OnFile = due.onFile
		if err := p.Draw(); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// announce tells that loads changed, and where this desk shows them, notes which exceptions it shows for the first time.
func (l *Ledger) announce(ctx context.Context, loads []int64) {
	if l.shows.Load() && len(loads) > 0 {
		// That an exception was shown is worth noting, not worth failing for.
		_ = l.store.Write(ctx, func(tx *store.Tx) error { return tx.MarkShown(loads, l.now().UTC()) })
	}
	l.news.Announce(loads)
}

// Run ticks until ctx ends: at the next due instant, at least every ten seconds, because the computer's clock may jump or
// sleep. Errors go to report and the ticking goes on.
func (l *Ledger) Run(ctx context.Context, report func(error)) {
	l.shows.Store(true)
	if err := l.store.Write(ctx, func(tx *store.Tx) error { return tx.MarkShown(nil, l.now().UTC()) }); err != nil {
		report(err)
	}
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		err := l.FoldDirty(ctx, nil)
		if err == nil {
			_, err = l.Tick(ctx)
		}
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Rebuild throws the projections away and draws them anew from the log, with all that was ever found.
func (l *Ledger) Rebuild(ctx context.Context, progress func(freight.Progress)) error {
	return l.redraw(ctx, true, progress)
}

// Upgrade draws the projections anew with another program's rules. What was found under the older ones stays as written.
func (l *Ledger) Upgrade(ctx context.Context, progress func(freight.Progress)) error {
	return l.redraw(ctx, false, progress)
}

func (l *Ledger) redraw(ctx context.Context, courses bool, progress func(freight.Progress)) error {
	l.folding.Lock()
	defer l.folding.Unlock()
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ClearProjections(courses); err != nil {
			return err
		}
		return tx.SetMeta(versionKey, l.Version())
	})
	if err != nil {
		return err
	}
	return l.foldDirty(ctx, progress)
}

const versionKey = "projection"

// Outdated reports whether the projections on file were drawn by other code or tables than this program's.
func (l *Ledger) Outdated(ctx context.Context) (bool, error) {
	had, err := l.store.Meta(ctx, versionKey)
	return had != "" && had != l.Version(), err
}

// MarkVersion notes that the projections are drawn by this program; for a desk that is new.
func (l *Ledger) MarkVersion(ctx context.Context) error {
	return l.store.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(versionKey, l.Version()) })
}
