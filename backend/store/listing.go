package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"time"
)

// ListedSince are the loads that exports of a later time than t listed.
func (t *Tx) ListedSince(at time.Time) (map[int64]struct{}, error) {
	packed, err := column[[]byte](t, "SELECT confirmed FROM run WHERE state = 1 AND stated > ? AND confirmed IS NOT NULL", nanos(at))
	if err != nil {
		return nil, err
	}
	out := map[int64]struct{}{}
	for _, ids := range packed {
		for at := int64(0); len(ids) > 0; {
			d, n := binary.Uvarint(ids)
			if n <= 0 {
				break
			}
			at, ids = at+int64(d), ids[n:]
			out[at] = struct{}{}
		}
	}
	return out, nil
}

// BecameAt is the load that a provisional load had been joined to by asOf (zero: by now), or itself.
func (s *Store) BecameAt(ctx context.Context, load int64, asOf time.Time) (to int64, err error) {
	if asOf.IsZero() {
		return s.Became(ctx, load)
	}
	err = s.reader(ctx).row("SELECT load FROM joined WHERE provisional = ? AND received <= ? AND run"+visible, load, nanos(asOf), 0).Scan(&to)
	if err == sql.ErrNoRows {
		return load, nil
	}
	return to, err
}

// NotYetJoined are the provisional loads that were known at an instant and joined to a load only after it: to one load, or
// (0) to any.
func (s *Store) NotYetJoined(ctx context.Context, load int64, asOf time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT j.provisional FROM joined j JOIN load l ON l.id = j.provisional
		WHERE j.received > ?1 AND l.first <= ?1 AND (?2 = 0 OR j.load = ?2) AND j.run NOT IN (SELECT id FROM run WHERE state <> 1) ORDER BY j.provisional`, nanos(asOf), load)
}
