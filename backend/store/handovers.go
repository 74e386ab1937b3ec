package store

import (
	"context"
	"database/sql"
	"time"
)

// Handover is the sheet of a shift's end as it was handed over. Body is as its maker encoded it; Closed says that every line
// was taken.
type Handover struct {
	ID     int64
	At     time.Time
	By     string
	Closed bool
	Body   string
}

// AddHandover keeps a sheet and numbers it.
func (t *Tx) AddHandover(h *Handover) error {
	return t.row("INSERT INTO handover (at, by, closed, body) VALUES (?,?,?,?) RETURNING id", nanos(h.At), h.By, h.Closed, h.Body).Scan(&h.ID)
}

// SaveHandover writes who has taken what.
func (t *Tx) SaveHandover(h *Handover) error {
	n, err := t.changed("UPDATE handover SET closed = ?, body = ? WHERE id = ?", h.Closed, h.Body, h.ID)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

const handoverColumns = "SELECT id, at, by, closed, body FROM handover "

func scanHandover(row scanner) (h Handover, err error) {
	var at int64
	err = row.Scan(&h.ID, &at, &h.By, &h.Closed, &h.Body)
	h.At = instant(at)
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	return h, err
}

// Handover is one sheet by its number; ErrNotFound when there is none.
func (t *Tx) Handover(id int64) (Handover, error) {
	return scanHandover(t.row(handoverColumns+"WHERE id = ?", id))
}

// Handover is one sheet by its number; ErrNotFound when there is none.
func (s *Store) Handover(ctx context.Context, id int64) (Handover, error) {
	return scanHandover(s.reader(ctx).row(handoverColumns+"WHERE id = ?", id))
}

// Handovers are the last sheets handed over up to an instant, newest first.
func (s *Store) Handovers(ctx context.Context, until time.Time, limit int) ([]Handover, error) {
	var out []Handover
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		h, err := scanHandover(rows)
		out = append(out, h)
		return err
	}, handoverColumns+"WHERE at <= ? ORDER BY at DESC, id DESC LIMIT ?", nanos(until), limit)
	return out, err
}
