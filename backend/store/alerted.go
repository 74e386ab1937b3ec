package store

import (
	"context"
	"database/sql"
	"time"
)

// AlertKey names one exception told to one stakeholder by one channel: told once, for ever.
type AlertKey struct {
	Load      int64
	Exception string
	Who       string
	Channel   string
}

// Alerted is an alert on file. Body is as its maker encoded it; empty where nothing was told.
type Alerted struct {
	Seq int64
	AlertKey
	At   time.Time
	Body string
}

// AddAlerted notes that a stakeholder was told, once; a second note of the same key changes nothing.
func (t *Tx) AddAlerted(a *Alerted) error {
	_, err := t.exec("INSERT OR IGNORE INTO alerted (load, id, who, channel, at, body) VALUES (?,?,?,?,?,?)",
		a.Load, a.Exception, a.Who, a.Channel, nanos(a.At), a.Body)
	return err
}

// AlertedOn is what was noted about the exceptions of some loads.
func (s *Store) AlertedOn(ctx context.Context, loads []int64) (map[AlertKey]bool, error) {
	out := map[AlertKey]bool{}
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var k AlertKey
		err := rows.Scan(&k.Load, &k.Exception, &k.Who, &k.Channel)
		out[k] = true
		return err
	}, "SELECT load, id, who, channel FROM alerted WHERE load IN (SELECT value FROM json_each(?))", idList(loads))
	return out, err
}

// AlertsAfter are the last alerts told after a number, newest first, and the number of the last note of all.
func (s *Store) AlertsAfter(ctx context.Context, seq int64, limit int) (list []Alerted, last int64, err error) {
	r := s.reader(ctx)
	if err := r.row("SELECT coalesce(max(seq), 0) FROM alerted").Scan(&last); err != nil {
		return nil, 0, err
	}
	err = each(r, func(rows *sql.Rows) error {
		var a Alerted
		var at int64
		err := rows.Scan(&a.Seq, &a.Load, &a.Exception, &a.Who, &a.Channel, &at, &a.Body)
		a.At = instant(at)
		list = append(list, a)
		return err
	}, "SELECT seq, load, id, who, channel, at, body FROM alerted WHERE seq > ? AND seq <= ? AND body <> '' ORDER BY seq DESC LIMIT ?", seq, last, limit)
	return list, last, err
}
