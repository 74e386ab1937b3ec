package store

import (
	"context"
	"database/sql"
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
