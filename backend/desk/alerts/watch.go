package alerts

import (
	"context"
	"slices"
	"time"

	"tracedesk/backend/store"
)

const (
	// lookEvery is how often quiet hours that ended are looked for.
	lookEvery = 20 * time.Second
	// patience is how long alerts wait for the desk to catch up with its clock and its imports, so that many of one cause are
	// told together.
	patience = 2 * time.Minute
)

// Watch tells stakeholders of what opens until ctx ends: at once of what the ledger announces, and at the start of what
// opened while the desk was closed. report hears of each sort of failure once; the watching goes on.
func (a *Area) Watch(ctx context.Context, report func(error)) {
	news := a.desk.Ledger.News()
	changes, stop := news.Listen()
	defer stop()
	defer a.noteOpen(ctx)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	w := backlog{seq: news.Seq(), all: true, loads: []int64{}}
	for failed := ""; ; {
		err := a.work(ctx, &w)
		if err != nil && ctx.Err() == nil && err.Error() != failed {
			failed = err.Error()
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-changes:
		}
		seq, loads, all := news.Since(w.seq)
		w.seq, w.loads, w.all = seq, append(w.loads, loads...), w.all || all
	}
}

// backlog is what was announced and not looked at.
type backlog struct {
	seq   int64
	all   bool
	loads []int64
	since time.Time // since when it waits for the desk to catch up
}

// work looks at the backlog once the desk has caught up; what could not be looked at stays in it.
func (a *Area) work(ctx context.Context, w *backlog) error {
	behind, err := a.behind(ctx)
	if err != nil {
		return err
	}
	now := a.desk.Now()
	if w.since.IsZero() {
		w.since = now
	}
	if behind && now.Sub(w.since) < patience {
		return nil
	}
	slices.Sort(w.loads)
	loads := slices.Compact(w.loads)
	if w.all {
		loads = nil
	}
	if err := a.Look(ctx, loads); err != nil {
		return err
	}
	w.all, w.loads, w.since = false, []int64{}, time.Time{}
	return nil
}

// behind reports whether the board is behind the log or the clock.
func (a *Area) behind(ctx context.Context) (bool, error) {
	n, err := a.desk.Store.DirtyCount(ctx)
	if n > 0 || err != nil {
		return n > 0, err
	}
	due, err := a.desk.Store.Due(ctx, a.desk.Now(), 1)
	return len(due) > 0, err
}

// noteOpen keeps until when this desk was open.
func (a *Area) noteOpen(ctx context.Context) {
	now := a.desk.Now().UTC()
	// Without the note the next start tells what began since an earlier one, which were told already: worth no failure.
	_ = a.desk.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SetMeta(lastOpenKey, now.Format(time.RFC3339Nano)) })
}
