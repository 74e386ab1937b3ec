package store

import (
	"context"
	"time"
)

// Link is a line of the audit chain with the hash that covers it and the hash before it.
type Link struct {
	Act
	Before, Hash []byte
}

// Chain are the lines of the audit chain about a subject up to an instant, oldest first, with their hashes: what proves that
// they stand where they stood.
func (s *Store) Chain(ctx context.Context, subject string, until time.Time) ([]Link, error) {
	rows, err := s.reader(ctx).query(`SELECT a.seq, a.at, a.who, a.act, a.subject, a.detail, a.digest, a.hash, coalesce(b.hash, zeroblob(32))
		FROM audit a LEFT JOIN audit b ON b.seq = a.seq - 1 WHERE a.subject = ? AND a.at <= ? ORDER BY a.seq`, subject, nanos(until))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Link
	for rows.Next() {
		var l Link
		var at int64
		var digest []byte
		if err := rows.Scan(&l.Seq, &at, &l.Who, &l.Act.Act, &l.Subject, &l.Detail, &digest, &l.Hash, &l.Before); err != nil {
			return nil, err
		}
		l.At = instant(at)
		copy(l.Digest[:], digest)
		out = append(out, l)
	}
	return out, rows.Err()
}
