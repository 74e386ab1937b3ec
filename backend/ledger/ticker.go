package ledger

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// tickBatch is how many loads one tick judges in a transaction.
const tickBatch = 500

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

// judge passes the clock over loads that are due. Reading and judging go on beside the writer; a load to which something
// happened in between is left to whoever did it.
func (l *Ledger) judge(ctx context.Context, loads []int64, now time.Time) error {
	ready, err := l.passAll(ctx, loads, now)
	if err != nil {
		return err
	}
	err = l.store.Draw(ctx, func(tx *store.Tx) error {
		on, err := tx.WalkedTo(loads)
		if err != nil {
			return err
		}
		return tx.ProjectVerdicts(slices.DeleteFunc(ready, func(p *store.Projection) bool {
			to := on[p.Load]
			return to.Seen != p.Course.Seen || !to.At.Equal(p.Had.At)
		}))
	})
	if err == nil {
		l.announce(ctx, loads)
	}
	return err
}

// passTogether is how many loads one goroutine judges at least; below it more hands cost more than they give.
const passTogether = 50

// passAll carries the courses of loads on to now.
func (l *Ledger) passAll(ctx context.Context, loads []int64, now time.Time) ([]*store.Projection, error) {
	if err := l.surroundings(ctx); err != nil {
		return nil, err
	}
	each := max(passTogether, (len(loads)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	parts := slices.Collect(slices.Chunk(loads, each))
	done, errs := make([][]*store.Projection, len(parts)), make([]error, len(parts))
	var hands sync.WaitGroup
	for i, part := range parts {
		hands.Go(func() { done[i], errs[i] = l.passSome(ctx, part, now) })
	}
	hands.Wait()
	return slices.Concat(done...), errors.Join(errs...)
}

func (l *Ledger) passSome(ctx context.Context, loads []int64, now time.Time) ([]*store.Projection, error) {
	on, err := l.store.Walked(ctx, loads)
	if err != nil {
		return nil, err
	}
	out := make([]*store.Projection, 0, len(loads))
	for _, id := range loads {
		had := on[id]
		if had.State == nil {
			continue
		}
		state, err := timeline.DecodeState(had.State)
		if err != nil {
			return nil, err
		}
		var twins []freight.Twin
		if had.Shares {
			if twins, err = l.twins(ctx, id, state); err != nil {
				return nil, err
			}
		}
		j := l.pass(had.Course, state, twins, now)
		j.shares = had.Shares
		p, err := l.verdictOf(had.Load, &j, now)
		if err != nil {
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
