package store

import (
	"context"
	"database/sql"
	"time"
)

// Intent is something that should be written to an outside system: stored in the transaction of the decision, sent (or
// exported and done by hand) later. Key makes it idempotent.
type Intent struct {
	ID                 int64
	Key                string
	Load               int64
	Kind, Target, Body string
	State              string // waiting, sent, accepted, refused, done, dropped
	CreatedAt          time.Time
	By                 string
	SettledAt          time.Time
	SettledBy          string
}

const intentColumns = "id, key, load, kind, target, body, state, created, by, settled, settled_by"

// AddIntent stores an intent once; a second one with the same key changes nothing.
func (t *Tx) AddIntent(in *Intent) error {
	_, err := t.exec("INSERT OR IGNORE INTO intent (key, load, kind, target, body, state, created, by) VALUES (?,?,?,?,?,'waiting',?,?)",
		in.Key, in.Load, in.Kind, in.Target, in.Body, nanos(in.CreatedAt), in.By)
	return err
}

// SettleIntent marks an intent done (by hand) or dropped, or open again.
func (t *Tx) SettleIntent(id int64, state string, at time.Time, by string) error {
	n, err := t.changed("UPDATE intent SET state = ?, settled = ?, settled_by = ? WHERE id = ?", state, nanos(at), by, id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// ForFeed begins the key of an intent that another one gave rise to, for an account at an outside system: "feed 3 edit 81f0...".
const ForFeed = "feed "

// DropIntent takes back an open intent whose decision was undone, and those for accounts that it gave rise to. One that is being
// sent is left: nobody can tell whether it arrived.
func (t *Tx) DropIntent(key string, at time.Time, by string) error {
	_, err := t.exec(`UPDATE intent SET state = 'dropped', settled = ?1, settled_by = ?2 WHERE state = 'waiting' AND (key = ?3
		OR substr(key, 1, 5) = 'feed ' AND substr(key, -length(?3) - 1) = ' ' || ?3 AND NOT EXISTS (SELECT 1 FROM sending WHERE intent = intent.id AND sending.state IN ('trying', 'unsure')))`, nanos(at), by, key)
	return err
}

// ReopenIntent has a dropped intent wait again: the undo that dropped it was itself undone.
func (t *Tx) ReopenIntent(key string) error {
	_, err := t.exec("UPDATE intent SET state = 'waiting', settled = 0, settled_by = '' WHERE state = 'dropped' AND (key = ?1 OR load = (SELECT load FROM intent WHERE key = ?1) AND substr(key, 1, 5) = 'feed ' AND substr(key, -length(?1) - 1) = ' ' || ?1)", key)
	return err
}

// LatestIntents are those that wait and those settled at or after an instant, newest first.
func (s *Store) LatestIntents(ctx context.Context, settledFrom time.Time, limit int) ([]Intent, error) {
	return s.intents(ctx, "state = 'waiting' OR settled >= ?1 ORDER BY id DESC LIMIT ?2", nanos(settledFrom), limit)
}

// Intents are those in a state ("" any), oldest first.
func (s *Store) Intents(ctx context.Context, state string, limit int) ([]Intent, error) {
	return s.intents(ctx, "?1 = '' OR state = ?1 ORDER BY id LIMIT ?2", state, limit)
}

func (s *Store) intents(ctx context.Context, which string, args ...any) ([]Intent, error) {
	rows, err := s.reader(ctx).query("SELECT "+intentColumns+" FROM intent WHERE "+which, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Intent
	for rows.Next() {
		in, err := scanIntent(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, rows.Err()
}

// Intent is one intent by its number.
func (s *Store) Intent(ctx context.Context, id int64) (Intent, error) {
	in, err := scanIntent(s.reader(ctx).row("SELECT "+intentColumns+" FROM intent WHERE id = ?", id))
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	return in, err
}

func scanIntent(row scanner) (in Intent, err error) {
	var created, settled int64
	err = row.Scan(&in.ID, &in.Key, &in.Load, &in.Kind, &in.Target, &in.Body, &in.State, &created, &in.By, &settled, &in.SettledBy)
	in.CreatedAt, in.SettledAt = instant(created), instant(settled)
	return in, err
}

// IntentCount is how many intents wait.
func (s *Store) IntentCount(ctx context.Context) (n int, err error) {
	err = s.reader(ctx).row("SELECT count(*) FROM intent WHERE state = 'waiting'").Scan(&n)
	return n, err
}
