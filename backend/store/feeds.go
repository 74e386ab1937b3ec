package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Feed is an account at an outside system, with how it fares. Instants are the desk's, Wait is the machine's.
type Feed struct {
	ID       int64
	Name     string // unique on the desk: the account of its observations' source
	Kind     string
	Enabled  bool
	Settings map[string]string // what a person said; never a secret
	Version  int               // counts changes by people
	AddedAt  time.Time
	By       string

	Cursor                  string
	Asked, Answered, NewsAt time.Time
	Due                     time.Time
	Wait                    time.Time     // leave it alone until then
	Skew                    time.Duration // its clock minus ours
	Refused                 int           // the version whose sign-in was refused; 0 none
	Tries                   int           // failures in a row
	Reason                  string        // of the last failure; "" when all is well
}

const feedColumns = "id, name, kind, enabled, setting, version, added, by, cursor, asked, answered, news, due, wait, skew, refused, tries, reason"

func scanFeed(row scanner) (f Feed, err error) {
	var settings string
	var added, asked, answered, news, due, wait, skew int64
	err = row.Scan(&f.ID, &f.Name, &f.Kind, &f.Enabled, &settings, &f.Version, &added, &f.By, &f.Cursor, &asked, &answered, &news, &due, &wait, &skew,
		&f.Refused, &f.Tries, &f.Reason)
	if err == sql.ErrNoRows {
		return f, ErrNotFound
	}
	if err != nil {
		return f, err
	}
	f.AddedAt, f.Asked, f.Answered, f.NewsAt, f.Due, f.Wait = instant(added), instant(asked), instant(answered), instant(news), instant(due), instant(wait)
	f.Skew = time.Duration(skew)
	return f, json.Unmarshal([]byte(settings), &f.Settings)
}

// AddFeed files a new account.
func (t *Tx) AddFeed(f *Feed) error {
	settings, err := json.Marshal(f.Settings)
	if err != nil {
		return err
	}
	f.Version = 1
	// One of that name that was removed can no longer be brought back under it. No name has a slash.
	if _, err := t.exec("UPDATE feed SET name = name || '/' || id WHERE name = ? AND removed > 0", f.Name); err != nil {
		return err
	}
	res, err := t.exec("INSERT INTO feed (name, kind, enabled, setting, version, added, by) VALUES (?,?,?,?,1,?,?)", f.Name, f.Kind, f.Enabled, string(settings), nanos(f.AddedAt), f.By)
	if err != nil {
		return err
	}
	f.ID, err = res.LastInsertId()
	return err
}

// ChangeFeed stores what a person changed: name, settings, whether it runs. What was refused or failed is tried again at once; a
// system that asked to be left alone still is.
func (t *Tx) ChangeFeed(f *Feed) error {
	settings, err := json.Marshal(f.Settings)
	if err != nil {
		return err
	}
	f.Version++
	n, err := t.changed("UPDATE feed SET name=?, enabled=?, setting=?, version=?, by=?, wait=CASE WHEN tries > 0 THEN 0 ELSE wait END, refused=0, tries=0, reason='' WHERE id=?", f.Name, f.Enabled, string(settings), f.Version, f.By, f.ID)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// RemoveFeed takes an account away and drops what waits for it. Where it stood is kept, for RestoreFeed.
func (t *Tx) RemoveFeed(id int64, at time.Time, by string) (dropped int64, err error) {
	n, err := t.changed("UPDATE feed SET removed = ? WHERE id = ? AND removed = 0", nanos(at), id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return 0, err
	}
	return t.changed(`UPDATE intent SET state = 'dropped', settled = ?1, settled_by = ?2 WHERE state IN ('waiting', 'refused')
		AND id IN (SELECT intent FROM sending WHERE feed = ?3 AND state <> 'arrived')`, nanos(at), by, id)
}

// RestoreFeed brings back an account that was removed as it stood, with what waited for it then.
func (t *Tx) RestoreFeed(id int64) error {
	ofIt := " WHERE state = 'dropped' AND settled = (SELECT removed FROM feed WHERE id = ?1) AND id IN (SELECT intent FROM sending WHERE feed = ?1 AND "
	for _, q := range []string{
		"UPDATE intent SET state = 'refused', settled = coalesce((SELECT max(at) FROM sendtry WHERE intent = intent.id), settled), settled_by = ''" + ofIt + "state = 'parked')",
		"UPDATE intent SET state = 'waiting', settled = 0, settled_by = ''" + ofIt + "state <> 'arrived')",
	} {
		if _, err := t.exec(q, id); err != nil {
			return err
		}
	}
	n, err := t.changed("UPDATE feed SET removed = 0, version = version + 1 WHERE id = ? AND removed > 0", id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// SaveFeed stores how an account fares: cursor, contacts, waits, failures. Failures by settings that a person changed meanwhile are
// not kept: the new ones are tried at once.
func (t *Tx) SaveFeed(f *Feed) error {
	n, err := t.changed("UPDATE feed SET wait=?, refused=?, tries=?, reason=? WHERE id=? AND version=?", nanos(f.Wait), f.Refused, f.Tries, f.Reason, f.ID, f.Version)
	if err == nil && n == 0 && f.Tries == 0 {
		_, err = t.exec("UPDATE feed SET wait=max(wait, ?) WHERE id=?", nanos(f.Wait), f.ID) // it asked to be left alone
	}
	if err == nil {
		_, err = t.exec("UPDATE feed SET cursor=?, asked=?, answered=?, news=?, due=?, skew=? WHERE id=?",
			f.Cursor, nanos(f.Asked), nanos(f.Answered), nanos(f.NewsAt), nanos(f.Due), int64(f.Skew), f.ID)
	}
	return err
}

// FeedHeard notes that an account called back.
func (t *Tx) FeedHeard(id int64, at time.Time) error {
	_, err := t.exec("UPDATE feed SET answered = max(answered, ?) WHERE id = ?", nanos(at), id)
	return err
}

// Feeds are all accounts by name.
func (s *Store) Feeds(ctx context.Context) (out []Feed, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		f, err := scanFeed(rows)
		out = append(out, f)
		return err
	}, "SELECT "+feedColumns+" FROM feed WHERE removed = 0 ORDER BY name")
	return out, err
}

// Feed is one account by its name.
func (s *Store) Feed(ctx context.Context, name string) (Feed, error) {
	return scanFeed(s.reader(ctx).row("SELECT "+feedColumns+" FROM feed WHERE name = ? AND removed = 0", name))
}

// RemovedFeed is an account that was removed, by its name.
func (s *Store) RemovedFeed(ctx context.Context, name string) (Feed, error) {
	return scanFeed(s.reader(ctx).row("SELECT "+feedColumns+" FROM feed WHERE name = ? AND removed > 0", name))
}

// FeedLoad is a load at an account.
type FeedLoad struct {
	Feed, Load              int64
	Remote                  string // the system's own id of it
	Cursor                  string
	Asked, Answered, NewsAt time.Time
	Due                     time.Time // zero: never again
	Wait                    time.Time // on the machine's clock
	Tries                   int
	Reason                  string
	Told                    string // digest of the plan that the platform was last told
	Pace                    int64  // how often it pays to ask, as learned
}

const feedLoadColumns = "feed, load, remote, cursor, asked, answered, news, due, wait, tries, reason, told, pace"

func scanFeedLoad(row scanner) (l FeedLoad, err error) {
	var asked, answered, news, due, wait int64
	err = row.Scan(&l.Feed, &l.Load, &l.Remote, &l.Cursor, &asked, &answered, &news, &due, &wait, &l.Tries, &l.Reason, &l.Told, &l.Pace)
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	l.Asked, l.Answered, l.NewsAt, l.Due, l.Wait = instant(asked), instant(answered), instant(news), instant(due), instant(wait)
	return l, err
}

// SaveFeedLoad stores where a load stands at an account.
func (t *Tx) SaveFeedLoad(l *FeedLoad) error {
	_, err := t.exec("INSERT OR REPLACE INTO feedload ("+feedLoadColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", l.Feed, l.Load, l.Remote, l.Cursor,
		nanos(l.Asked), nanos(l.Answered), nanos(l.NewsAt), nanos(l.Due), nanos(l.Wait), l.Tries, l.Reason, l.Told, l.Pace)
	return err
}

// FeedLoad is a load at an account, as the transaction sees it.
func (t *Tx) FeedLoad(feed, load int64) (FeedLoad, error) { return feedLoad(t, feed, load) }

// FeedLoad is a load at an account.
func (s *Store) FeedLoad(ctx context.Context, feed, load int64) (FeedLoad, error) {
	return feedLoad(s.reader(ctx), feed, load)
}

func feedLoad(r reader, feed, load int64) (FeedLoad, error) {
	return scanFeedLoad(r.row("SELECT "+feedLoadColumns+" FROM feedload WHERE feed = ? AND load = ?", feed, load))
}

// FeedLoadsDue are the loads to be asked about by an instant, those that wait longest first.
func (s *Store) FeedLoadsDue(ctx context.Context, feed int64, by time.Time, limit int) ([]FeedLoad, error) {
	return s.feedLoads(ctx, "feed = ? AND due > 0 AND due <= ? ORDER BY due LIMIT ?", feed, nanos(by), limit)
}

// FeedLoadsOf is where a load stands at every account.
func (s *Store) FeedLoadsOf(ctx context.Context, load int64) ([]FeedLoad, error) {
	return s.feedLoads(ctx, "load = ? ORDER BY feed", load)
}

// FeedLoads are the loads of an account, by number of the load, after one.
func (s *Store) FeedLoads(ctx context.Context, feed, after int64, limit int) ([]FeedLoad, error) {
	return s.feedLoads(ctx, "feed = ? AND load > ? ORDER BY load LIMIT ?", feed, after, limit)
}

func (s *Store) feedLoads(ctx context.Context, which string, args ...any) (out []FeedLoad, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		l, err := scanFeedLoad(rows)
		out = append(out, l)
		return err
	}, "SELECT "+feedLoadColumns+" FROM feedload WHERE "+which, args...)
	return out, err
}

// NextFeedLoad is when the next load of an account is due; zero when none is.
func (s *Store) NextFeedLoad(ctx context.Context, feed int64) (time.Time, error) {
	var due int64
	err := s.reader(ctx).row("SELECT coalesce(min(due), 0) FROM feedload WHERE feed = ? AND due > 0", feed).Scan(&due)
	return instant(due), err
}

// FeedNews notes which loads a run of an account brought something new of; called before the run is visible.
func (t *Tx) FeedNews(feed, run int64, at time.Time) error {
	_, err := t.exec("UPDATE feedload SET news = ? WHERE feed = ? AND load IN (SELECT load FROM dirty WHERE run = ?)", nanos(at), feed, run)
	return err
}

// UnknownToFeed are live loads of customers that an account has nothing on yet, oldest first. Customers are compared without case.
func (s *Store) UnknownToFeed(ctx context.Context, feed int64, customers []string, limit int) ([]int64, error) {
	names, err := json.Marshal(customers)
	if err != nil {
		return nil, err
	}
	return column[int64](s.reader(ctx), `SELECT b.load FROM board b WHERE b.live = 1 AND lower(b.customer) IN (SELECT lower(value) FROM json_each(?))
		AND NOT EXISTS (SELECT 1 FROM feedload f WHERE f.feed = ? AND f.load = b.load) ORDER BY b.load LIMIT ?`, string(names), feed, limit)
}

// FeedLoadsChanged are loads that an account was told of and of which something was received at or after an instant; after is the
// last load of the part before.
func (s *Store) FeedLoadsChanged(ctx context.Context, feed int64, since time.Time, after int64, limit int) ([]FeedLoad, error) {
	return s.feedLoads(ctx, `feed = ?1 AND told <> '' AND load > ?3 AND EXISTS (SELECT 1 FROM board b WHERE b.load = feedload.load AND b.last_received >= ?2)
		ORDER BY load LIMIT ?4`, feed, nanos(since), after, limit)
}

// Call is one request to an account and its answer, for people: no header or address in it holds a secret.
type Call struct {
	At                time.Time
	Took              time.Duration
	Method, URL       string
	Status            int // 0: no answer
	Sent, Got         int64
	Headers, Answered map[string]string
	Error             string
}

// AddCalls notes calls and lets go of all but the last keep of the account.
func (t *Tx) AddCalls(feed int64, calls []Call, keep int) error {
	for i := range calls {
		c := &calls[i]
		asked, err := json.Marshal(c.Headers)
		if err != nil {
			return err
		}
		answered, err := json.Marshal(c.Answered)
		if err != nil {
			return err
		}
		if _, err := t.exec("INSERT INTO feedcall (feed, at, took, method, url, status, sent, got, asked, answered, error) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
			feed, nanos(c.At), int64(c.Took), c.Method, c.URL, c.Status, c.Sent, c.Got, string(asked), string(answered), c.Error); err != nil {
			return err
		}
	}
	_, err := t.exec("DELETE FROM feedcall WHERE feed = ?1 AND seq <= (SELECT seq FROM feedcall WHERE feed = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)", feed, keep)
	return err
}

// Calls are the last calls of an account, newest first.
func (s *Store) Calls(ctx context.Context, feed int64, limit int) (out []Call, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		var c Call
		var at, took int64
		var asked, answered string
		if err := rows.Scan(&at, &took, &c.Method, &c.URL, &c.Status, &c.Sent, &c.Got, &asked, &answered, &c.Error); err != nil {
			return err
		}
		c.At, c.Took = instant(at), time.Duration(took)
		if err := json.Unmarshal([]byte(asked), &c.Headers); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(answered), &c.Answered); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	}, "SELECT at, took, method, url, status, sent, got, asked, answered, error FROM feedcall WHERE feed = ? ORDER BY seq DESC LIMIT ?", feed, limit)
	return out, err
}
