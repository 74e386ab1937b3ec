package store

import (
	"context"
	"database/sql"
	"time"
)

// Sending is how an intent for an account fares.
type Sending struct {
	Intent     int64
	Feed, Load int64
	Kind       string // the errand's kind, not the intent's
	Says       string // JSON, as connect.Saying
	State      string
	Tries      int
	Wait       time.Time // not before then, on the machine's clock
	Reason     string    // why it waits, is unsure or parked; for a person
	Answer     string    // what the system said to it
	Remote     string    // what was made there

	Key, Target, Body, IntentState, By string // of the intent
	CreatedAt, SettledAt               time.Time
}

// The states of a sending.
const (
	SendWaiting = "waiting"
	SendTrying  = "trying"  // under way, or cut off: it may have arrived
	SendUnsure  = "unsure"  // it may have arrived, and the system offers no way to find out: a person says
	SendParked  = "parked"  // it will not pass
	SendArrived = "arrived" // delivered, once
)

const sendingColumns = `s.intent, s.feed, s.load, s.kind, s.says, s.state, s.tries, s.wait, s.reason, s.answer, s.remote,
	i.key, i.target, i.body, i.state, i.by, i.created, i.settled FROM sending s JOIN intent i ON i.id = s.intent`

func scanSending(row scanner) (s Sending, err error) {
	var wait, created, settled int64
	err = row.Scan(&s.Intent, &s.Feed, &s.Load, &s.Kind, &s.Says, &s.State, &s.Tries, &wait, &s.Reason, &s.Answer, &s.Remote,
		&s.Key, &s.Target, &s.Body, &s.IntentState, &s.By, &created, &settled)
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	s.Wait, s.CreatedAt, s.SettledAt = instant(wait), instant(created), instant(settled)
	return s, err
}

// AddSending stores an intent for an account with its errand, once: a second one with the same key changes nothing, fresh is false then.
func (t *Tx) AddSending(in *Intent, s *Sending) (fresh bool, err error) {
	if err := t.AddIntent(in); err != nil {
		return false, err
	}
	n, err := t.changed("INSERT OR IGNORE INTO sending (intent, feed, load, kind, says, state, tries, wait, reason, answer, remote) SELECT id, ?, ?, ?, ?, 'waiting', 0, 0, '', '', '' FROM intent WHERE key = ?",
		s.Feed, s.Load, s.Kind, s.Says, in.Key)
	return n == 1, err
}

// SaveSending stores how an errand stands.
func (t *Tx) SaveSending(s *Sending) error {
	n, err := t.changed("UPDATE sending SET says=?, state=?, tries=?, wait=?, reason=?, answer=?, remote=? WHERE intent=?", s.Says, s.State, s.Tries, nanos(s.Wait), s.Reason, s.Answer, s.Remote, s.Intent)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// Sending is one errand by the number of its intent.
func (s *Store) Sending(ctx context.Context, intent int64) (Sending, error) {
	return scanSending(s.reader(ctx).row("SELECT "+sendingColumns+" WHERE s.intent = ?", intent))
}

// Sending is one errand, as the transaction sees it.
func (t *Tx) Sending(intent int64) (Sending, error) {
	return scanSending(t.row("SELECT "+sendingColumns+" WHERE s.intent = ?", intent))
}

// OpenSendings are the errands of an account (0: any) that neither arrived nor were settled by a person, a load's together: what
// creates it first, then in the order of the decisions.
func (s *Store) OpenSendings(ctx context.Context, feed int64, limit int) ([]Sending, error) {
	return s.sendings(ctx, `(?1 = 0 OR s.feed = ?1) AND s.state <> 'arrived' AND i.state IN ('waiting', 'refused')
		ORDER BY s.load, s.kind <> 'create', s.intent LIMIT ?2`, feed, limit)
}

// Untold reports whether an errand of one of the kinds waits for a load at an account and was not tried yet: it will speak of the load as
// it is then.
func (t *Tx) Untold(feed, load int64, kinds ...string) (waits bool, err error) {
	for _, kind := range kinds {
		if err = t.row("SELECT EXISTS (SELECT 1 FROM sending WHERE feed = ? AND load = ? AND kind = ? AND state = 'waiting' AND tries = 0)", feed, load, kind).Scan(&waits); waits || err != nil {
			return waits, err
		}
	}
	return false, nil
}

// LatestSendings are errands of an account (0: any), the open ones and those settled since, newest first.
func (s *Store) LatestSendings(ctx context.Context, feed int64, settledFrom time.Time, limit int) ([]Sending, error) {
	return s.sendings(ctx, "(?1 = 0 OR s.feed = ?1) AND (i.settled = 0 OR i.settled >= ?2) ORDER BY s.intent DESC LIMIT ?3", feed, nanos(settledFrom), limit)
}

func (s *Store) sendings(ctx context.Context, which string, args ...any) (out []Sending, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		got, err := scanSending(rows)
		out = append(out, got)
		return err
	}, "SELECT "+sendingColumns+" WHERE "+which, args...)
	return out, err
}

// SendTry is one try of an errand.
type SendTry struct {
	N       int
	At      time.Time // the desk's clock
	Outcome string    // arrived, again, refused, unsure, looked up
	Detail  string
}

// AddSendTry notes a try.
func (t *Tx) AddSendTry(intent int64, s SendTry) error {
	_, err := t.exec("INSERT INTO sendtry (intent, n, at, outcome, detail) SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4 FROM sendtry WHERE intent = ?1", intent, nanos(s.At), s.Outcome, s.Detail)
	return err
}

// SendTries are the tries of an errand, oldest first.
func (s *Store) SendTries(ctx context.Context, intent int64) (out []SendTry, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		var x SendTry
		var at int64
		err := rows.Scan(&x.N, &at, &x.Outcome, &x.Detail)
		x.At = instant(at)
		out = append(out, x)
		return err
	}, "SELECT n, at, outcome, detail FROM sendtry WHERE intent = ? ORDER BY n", intent)
	return out, err
}

// IntentsAfter are intents for a target with a higher number than after, oldest first.
func (s *Store) IntentsAfter(ctx context.Context, after int64, target string, limit int) ([]Intent, error) {
	return s.intents(ctx, "id > ? AND target = ? ORDER BY id LIMIT ?", after, target, limit)
}

// LastIntent is the number of the newest intent; 0 when there is none.
func (t *Tx) LastIntent() (id int64, err error) {
	err = t.row("SELECT coalesce(max(id), 0) FROM intent").Scan(&id)
	return id, err
}
