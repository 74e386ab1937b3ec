package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// OpenLine is an open exception with the number of its load.
type OpenLine struct {
	Exception
	Number string
}

// OpenLines hands out the open exceptions of some loads, nil for all, in no order. The body is only good until fn returns.
func (s *Store) OpenLines(ctx context.Context, loads []int64, fn func(*OpenLine) error) error {
	query := `SELECT x.load, x.id, x.severity, x.level, x.kind, x.due, x.state, x.owner, x.customer, x.body, l.number
		FROM exception x JOIN load l ON l.id = x.load WHERE x.open = 1`
	var args []any
	if loads != nil {
		query += " AND x.load IN (SELECT value FROM json_each(?))"
		args = append(args, idList(loads))
	}
	var line OpenLine
	return each(s.reader(ctx), func(rows *sql.Rows) error {
		x := &line.Exception
		var due int64
		var body sql.RawBytes
		if err := rows.Scan(&x.Load, &x.ID, &x.Severity, &x.Level, &x.Kind, &due, &x.State, &x.Owner, &x.Customer, &body, &line.Number); err != nil {
			return err
		}
		x.Open, x.Due, x.Body = true, instant(due), body
		return fn(&line)
	}, query, args...)
}

// WaitLine is a task that waits, with its load as the board shows it.
type WaitLine struct {
	Load                        int64
	Number, Customer, Key, Kind string
	Began, Due                  time.Time
	Body, Row                   []byte
}

// WaitLines hands out the tasks that wait on some loads, nil for all, in no order. Its bytes are only good until fn returns.
func (s *Store) WaitLines(ctx context.Context, loads []int64, fn func(*WaitLine) error) error {
	query := `SELECT e.load, l.number, b.customer, e.key, e.kind, e.began, e.due, e.body, b.row
		FROM errand e JOIN load l ON l.id = e.load JOIN board b ON b.load = e.load WHERE e.ended = 0`
	var args []any
	if loads != nil {
		query += " AND e.load IN (SELECT value FROM json_each(?))"
		args = append(args, idList(loads))
	}
	var w WaitLine
	return each(s.reader(ctx), func(rows *sql.Rows) error {
		var began, due int64
		var body, row sql.RawBytes
		if err := rows.Scan(&w.Load, &w.Number, &w.Customer, &w.Key, &w.Kind, &began, &due, &body, &row); err != nil {
			return err
		}
		w.Began, w.Due, w.Body, w.Row = instant(began), instant(due), body, row
		return fn(&w)
	}, query, args...)
}

// EndedLine is when a task began and how and when it ended.
type EndedLine struct {
	Load         int64
	Kind, How    string
	Began, Ended time.Time
}

// EndedLines hands out the tasks of some loads, nil for all, that ended since an instant, in no order.
func (s *Store) EndedLines(ctx context.Context, loads []int64, since time.Time, fn func(EndedLine)) error {
	query := "SELECT load, kind, how, began, ended FROM errand WHERE ended >= ? AND ended > 0"
	args := []any{nanos(since)}
	if loads != nil {
		query += " AND load IN (SELECT value FROM json_each(?))"
		args = append(args, idList(loads))
	}
	return each(s.reader(ctx), func(rows *sql.Rows) error {
		var e EndedLine
		var began, ended int64
		if err := rows.Scan(&e.Load, &e.Kind, &e.How, &began, &ended); err != nil {
			return err
		}
		e.Began, e.Ended = instant(began), instant(ended)
		fn(e)
		return nil
	}, query, args...)
}

// LatestCovered are the last n calls that data covered since an instant, the latest first; of one instant the later load and
// key, as the index has them.
func (s *Store) LatestCovered(ctx context.Context, since time.Time, n int) ([]Errand, error) {
	var out []Errand
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var e Errand
		var body sql.RawBytes
		if err := rows.Scan(&e.Load, &body); err != nil {
			return err
		}
		out = append(out, e)
		return cbor.Unmarshal(body, &out[len(out)-1].Errand)
	}, `SELECT load, body FROM errand
		WHERE ended >= ? AND ended > 0 AND how = 'covered' ORDER BY ended DESC, load DESC, key DESC, began DESC LIMIT ?`, nanos(since), n)
	return out, err
}
