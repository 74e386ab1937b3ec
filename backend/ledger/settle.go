package ledger

import (
	"context"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// byMatch signs links that no person made.
const byMatch = "match"

// Assign is a person's word that a quarantined observation speaks of a load. Its numbers become aliases of that load.
func (l *Ledger) Assign(ctx context.Context, it *store.Item, load int64, who string, also func(*store.Tx) error) error {
	return l.assign(ctx, it, load, "by "+who, who, also)
}

func (l *Ledger) assign(ctx context.Context, it *store.Item, load int64, terms, who string, also func(*store.Tx) error) error {
	now := l.now().UTC()
	if err := l.surroundings(ctx); err != nil {
		return err
	}
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.LinkTo(0, it.Obs.ID, load, now, terms, who); err != nil {
			return err
		}
		m := newMatcher(tx, 0)
		for _, ref := range it.Obs.Names {
			file := tx.Teach
			if who == byMatch {
				file = func(load int64, ref freight.Reference) error { return tx.AddRef(load, ref, 0) }
			}
			if err := file(load, ref); err != nil {
				return err
			}
		}
		if err := m.learn(load, it.Obs, false); err != nil {
			return err
		}
		if err := tx.Settle(it.ID, "fixed", now, who); err != nil {
			return err
		}
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		return l.projectAll(tx, []int64{load}, nil, now)
	})
	if err == nil {
		l.announce(ctx, []int64{load})
	}
	return err
}

// Retry matches items again that were read but named no load. It returns how many found theirs.
func (l *Ledger) Retry(ctx context.Context, items []store.Item) (int, error) {
	n := 0
	for i := range items {
		it := &items[i]
		if it.Obs == nil {
			continue
		}
		var found match
		err := l.store.Write(ctx, func(tx *store.Tx) (err error) {
			found, err = newMatcher(tx, 0).find(it.Obs)
			return err
		})
		if err != nil {
			return n, err
		}
		if found.load == 0 {
			continue
		}
		if err := l.assign(ctx, it, found.load, found.terms, byMatch, nil); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
