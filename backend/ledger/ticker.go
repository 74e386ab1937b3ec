package ledger

import (
	"context"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
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

func (l *Ledger) judge(ctx context.Context, loads []int64, now time.Time) error {
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		for _, load := range loads {
			body, err := tx.State(load)
			if err != nil {
				return err
			}
			if body == nil {
				continue
			}
			state, err := timeline.DecodeState(body)
			if err != nil {
				return err
			}
			known, err := tx.LoadByID(load)
			if err != nil {
				return err
			}
			t := timeline.Build(state, l.resolver, l.config)
			v := watch.Evaluate(&t, nil, now, &l.rules)
			p := &store.Projection{Load: load, Row: RowOf(known, &t, v), Live: OnBoard(&t), NextDue: v.NextDue, EvaluatedAt: now}
			if err := tx.ProjectVerdict(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		l.news.Announce(loads)
	}
	return err
}

// Run ticks until ctx ends: at the next due instant, at least every ten seconds, because the computer's clock may jump or
// sleep. Errors go to report and the ticking goes on.
func (l *Ledger) Run(ctx context.Context, report func(error)) {
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

// Rebuild throws the projections away and draws them anew from the log.
func (l *Ledger) Rebuild(ctx context.Context, progress func(freight.Progress)) error {
	l.folding.Lock()
	defer l.folding.Unlock()
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ClearProjections(); err != nil {
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
