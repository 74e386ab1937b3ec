package store

import (
	"context"
	"time"
)

// AliveBetween are the loads that were on the board at any time from an instant to another: first heard of by then, and
// live, or last heard of since a day before.
func (s *Store) AliveBetween(ctx context.Context, from, to time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT l.id FROM load l JOIN board b ON b.load = l.id
		WHERE l.first <= ?2 AND (b.live = 1 OR b.last_received >= ?1 - 86400000000000) AND l.run NOT IN (SELECT id FROM run WHERE state <> 1)
		ORDER BY l.id`, nanos(from), nanos(to))
}
