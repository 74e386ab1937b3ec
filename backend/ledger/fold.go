package ledger

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// foldBatch is how many loads are folded ahead of the writer, and how many are written in one transaction.
const foldBatch = 200

// readTogether is how many logs are in memory at once; a log may have hundreds of observations.
const readTogether = 25

// FoldDirty brings every projection that is behind the log up to date, in batches; reading and folding go on beside the
// writer. It is what an import run ends with, and what the next start catches up.
func (l *Ledger) FoldDirty(ctx context.Context, progress func(freight.Progress)) error {
	l.folding.Lock()
	defer l.folding.Unlock()
	if err := l.sweepCancelled(ctx); err != nil {
		return err
	}
	return l.foldDirty(ctx, progress)
}

func (l *Ledger) foldDirty(ctx context.Context, progress func(freight.Progress)) error {
	if err := l.surroundings(ctx); err != nil {
		return err
	}
	total, err := l.store.DirtyCount(ctx)
	if err != nil || total == 0 {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := l.foldAhead(ctx, stop)
	done := 0
	for batch := range batches {
		if err := l.writeBatch(ctx, batch); err != nil {
			return err
		}
		if done += len(batch); progress != nil {
			progress(freight.Progress{Stage: "folding", Records: done, Done: int64(done), Total: int64(total)})
		}
	}
	return context.Cause(ctx)
}

// folded is a load's projection ready to be written; nil for a provisional load that was joined and leaves the board.
type folded struct {
	behind store.Behind
	p      *store.Projection
	twins  []int64 // loads for which this one is a twin they did not know
	since  time.Time
}

// foldAhead reads and folds dirty loads on the read pool while the writer writes the batch before.
func (l *Ledger) foldAhead(ctx context.Context, fail context.CancelCauseFunc) <-chan []folded {
	work, out := make(chan []store.Behind), make(chan []folded, 1)
	go func() {
		defer close(work)
		var after int64
		for {
			loads, err := l.store.Behind(ctx, after, foldBatch)
			if err != nil {
				fail(err)
			}
			if len(loads) == 0 {
				return
			}
			after = loads[len(loads)-1].Load
			select {
			case work <- loads:
			case <-ctx.Done():
				return
			}
		}
	}()
	var folders sync.WaitGroup
	for range max(1, min(3, runtime.GOMAXPROCS(0))) {
		folders.Go(func() {
			for loads := range work {
				batch, err := l.foldLoads(ctx, loads)
				if err != nil {
					fail(err)
					return
				}
				select {
				case out <- batch:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { folders.Wait(); close(out) }()
	return out
}

func (l *Ledger) foldLoads(ctx context.Context, told []store.Behind) ([]folded, error) {
	now := l.now().UTC()
	out := make([]folded, 0, len(told))
	for part := range slices.Chunk(told, readTogether) {
		ids := make([]int64, len(part))
		for i, b := range part {
			ids[i] = b.Load
		}
		logs, err := l.store.Logs(ctx, ids)
		if err != nil {
			return nil, err
		}
		on, err := l.store.Walked(ctx, ids)
		if err != nil {
			return nil, err
		}
		keys := make(map[int64][]string, len(logs))
		for i := range logs {
			keys[logs[i].Load.ID] = numbersOf(logs[i].Observations)
		}
		twins, err := twinsOf(pooled{ctx, l.store}, keys)
		if err != nil {
			return nil, err
		}
		for i := range logs {
			log := &logs[i]
			f := folded{behind: part[slices.Index(ids, log.Load.ID)]}
			if !log.Joined {
				had := on[log.Load.ID]
				j := l.walk(had.Course, log.Observations, twins[log.Load.ID], now)
				known := func() ([]freight.Observation, error) { return log.Observations, nil }
				if f.p, err = l.projection(log.Load, &j, now, known); err != nil {
					return nil, err
				}
				f.twins, f.since = j.meeting(twins[log.Load.ID], had).met, log.Load.First
			}
			out = append(out, f)
		}
	}
	return out, nil
}

func twinLoads(twins []freight.Twin) []int64 {
	out := make([]int64, len(twins))
	for i := range twins {
		out[i] = twins[i].On
	}
	return out
}

// writeBatch stores a batch of projections. A load to which something happened in between is left out: a small post has
// projected it already, a further run folds it again.
func (l *Ledger) writeBatch(ctx context.Context, batch []folded) error {
	told := make([]store.Behind, len(batch))
	for i := range batch {
		told[i] = batch[i].behind
	}
	var changed []int64
	err := l.store.Draw(ctx, func(tx *store.Tx) error {
		changed = changed[:0]
		still, err := tx.StillBehind(told)
		if err != nil {
			return err
		}
		var project []*store.Projection
		for i := range batch {
			f := &batch[i]
			if !slices.Contains(still, f.behind) {
				continue
			}
			changed = append(changed, f.behind.Load)
			if f.p != nil {
				project = append(project, f.p)
			} else if err := tx.Unproject(f.behind.Load); err != nil {
				return err
			}
		}
		if err := tx.TrimSaid(changed); err != nil {
			return err
		}
		if err := tx.ProjectAll(project); err != nil {
			return err
		}
		for i := range batch {
			if f := &batch[i]; len(f.twins) > 0 {
				if err := tx.Meet(f.twins, f.since); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		l.announce(ctx, changed)
	}
	return err
}

// projection is everything the desk shows of a load as judged at now. Its log is read where what is kept does not do.
func (l *Ledger) projection(load store.Load, j *judged, now time.Time, log func() ([]freight.Observation, error)) (*store.Projection, error) {
	p, err := l.verdictOf(load, j, now)
	if err != nil {
		return nil, err
	}
	if p.Facts, err = Facts(&j.t, log); err != nil {
		return nil, err
	}
	p.LastReceived, p.Stops = j.t.LastAt, stopFacts(&j.t, &p.Facts)
	p.Words = words(&j.t)
	p.WordsDigest = int64(fold32([]byte(p.Words)))
	if p.Live {
		p.State, err = timeline.EncodeState(j.state)
	}
	return p, err
}

// verdictOf is what of a load's projection the clock alone changes.
func (l *Ledger) verdictOf(load store.Load, j *judged, now time.Time) (*store.Projection, error) {
	p := &store.Projection{Load: load.ID, Row: RowOf(load, &j.t, j.verdict), Live: OnBoard(&j.t, &j.verdict), NextDue: j.verdict.NextDue, EvaluatedAt: now,
		Course: j.course, Shares: j.shares, Had: j.had}
	return p, l.drawExceptions(p, j, now)
}

// OnBoard: what is done and papered leaves the board, unless the rules still ask for something or will; everything else asks
// for eyes now or later.
func OnBoard(t *freight.Timeline, v *freight.Verdict) bool {
	return t.Count > 0 && (t.State.Live() || len(v.Findings) > 0 || !v.NextDue.IsZero())
}

// View is a load as known at an instant.
type View struct {
	Timeline freight.Timeline
	Verdict  freight.Verdict
	Around   *freight.Around
}

// View folds a load as known at asOf (zero: all that is on file) and judges it at now.
func (l *Ledger) View(ctx context.Context, load int64, asOf, now time.Time) (View, error) {
	if err := l.surroundings(ctx); err != nil {
		return View{}, err
	}
	state, err := l.stateAt(ctx, load, asOf)
	if err != nil {
		return View{}, err
	}
	twins, err := twinsOf(pooled{ctx, l.store}, map[int64][]string{load: sharedKeys(state)})
	if err != nil {
		return View{}, err
	}
	at := now
	if !asOf.IsZero() && asOf.Before(at) {
		at = asOf // nothing around the load is known that came later
	}
	t := timeline.Build(state, l.resolver, l.trustAt(at))
	around := l.around(&t, twins[load], at)
	return View{t, watch.Evaluate(&t, around, now, l.rules.at(&t, now)), around}, nil
}

// Known is what is known of a load now, without judging it.
func (l *Ledger) Known(ctx context.Context, load int64) (freight.Timeline, error) {
	if err := l.surroundings(ctx); err != nil {
		return freight.Timeline{}, err
	}
	state, err := l.stateAt(ctx, load, time.Time{})
	if err != nil {
		return freight.Timeline{}, err
	}
	return timeline.Build(state, l.resolver, l.trustAt(l.now())), nil
}

func (l *Ledger) stateAt(ctx context.Context, load int64, asOf time.Time) (timeline.State, error) {
	if asOf.IsZero() {
		state, ok, err := l.currentState(ctx, load)
		if err != nil || ok {
			return state, err
		}
	}
	log, err := l.store.Observations(ctx, load, asOf)
	if err != nil {
		return timeline.State{}, err
	}
	return timeline.Collect(log), nil
}

// currentState is the stored state of a live load whose projection is not behind the log.
func (l *Ledger) currentState(ctx context.Context, load int64) (s timeline.State, ok bool, err error) {
	dirty, err := l.store.IsDirty(ctx, load)
	if err != nil || dirty {
		return s, false, err
	}
	body, err := l.store.State(ctx, load)
	if err != nil || body == nil {
		return s, false, err
	}
	s, err = timeline.DecodeState(body)
	return s, err == nil, err
}
