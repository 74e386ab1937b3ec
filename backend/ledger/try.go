package ledger

import (
	"context"
	"errors"
	"iter"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var errTried = errors.New("only tried")

// Try runs the first most records of a file through as an import would, counts, and takes everything back. more says that
// the file goes on.
func (l *Ledger) Try(ctx context.Context, spec RunSpec, records iter.Seq2[freight.Record, error], most int, each func(freight.Record)) (res RunResult, more bool, err error) {
	now := l.now().UTC()
	r := l.newRun(spec)
	r.row = &store.Run{Name: spec.Name, Kind: string(spec.Kind), Options: "{}", ReceivedAt: now, StatedAt: spec.StatedAt}
	if r.row.StatedAt.IsZero() || r.row.StatedAt.After(now) {
		r.row.StatedAt = now
	}
	r.received, r.stated = r.row.ReceivedAt, r.row.StatedAt
	var ready []prepared
	for rec, err := range records {
		if err != nil {
			return res, false, &UnreadableError{err}
		}
		if len(ready) == most {
			more = true
			break
		}
		each(rec)
		ready = append(ready, r.prepareOne(rec))
	}
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.BeginRun(r.row); err != nil {
			return err
		}
		r.m = newMatcher(tx, r.row.ID)
		for i := range ready {
			if ready[i].err != nil {
				return ready[i].err
			}
			if err := r.storeRecord(tx, &ready[i]); err != nil {
				return err
			}
		}
		if err := r.count(tx); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return RunResult{Run: *r.row, Faults: r.faults}, more, err
}
