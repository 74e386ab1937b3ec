package store

import (
	"context"
	"database/sql"
	"time"
)

// Label is a lesson: on papers of a layout, a field stands by a printed label.
type Label struct {
	ID           int64
	Deed         int64  // of the person who taught it
	Layout       string // as the reading of papers writes it
	Label, Print string // in the words by which it is found, and as printed
	Field        string
	Document     string // on which it was taught
	Name         string // of its file
	At           time.Time
	By           string
	Undone       bool
}

// TeachLabel learns a label by a deed.
func (t *Tx) TeachLabel(l *Label) error {
	_, err := t.exec("INSERT INTO paperlabel (deed, layout, label, print, field, document, name, at, by) VALUES (?,?,?,?,?,?,?,?,?)",
		l.Deed, l.Layout, l.Label, l.Print, l.Field, l.Document, l.Name, nanos(l.At), l.By)
	return err
}

// ForgetLabel takes a lesson away.
func (t *Tx) ForgetLabel(id int64) error {
	_, err := t.exec("DELETE FROM paperlabel WHERE id = ?", id)
	return err
}

// Labels are the lessons that stand, the oldest first.
func (s *Store) Labels(ctx context.Context) (out []Label, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		var l Label
		var at int64
		err := rows.Scan(&l.ID, &l.Deed, &l.Layout, &l.Label, &l.Print, &l.Field, &l.Document, &l.Name, &at, &l.By)
		l.At = instant(at)
		out = append(out, l)
		return err
	}, "SELECT id, deed, layout, label, print, field, document, name, at, by FROM paperlabel WHERE undone = 0 ORDER BY id")
	return out, err
}

// TeachAliasBy learns an alias by a deed, so that taking the deed back takes this use of it back.
func (t *Tx) TeachAliasBy(deed int64, a *Alias) error {
	if err := t.TeachAlias(a); err != nil {
		return err
	}
	_, err := t.exec("INSERT OR IGNORE INTO aliasdeed (deed, customer, field, desk, paper) VALUES (?,?,?,?,?)", deed, a.Customer, a.Field, a.Desk, a.Paper)
	return err
}

// TurnLessons takes back what a deed taught, or teaches it again.
func (t *Tx) TurnLessons(deed int64, undone bool, at time.Time, by string) error {
	if _, err := t.exec("UPDATE paperlabel SET undone = ? WHERE deed = ?", undone, deed); err != nil {
		return err
	}
	var taught []Alias
	err := each(t, func(rows *sql.Rows) error {
		a := Alias{At: at, By: by}
		err := rows.Scan(&a.Customer, &a.Field, &a.Desk, &a.Paper)
		taught = append(taught, a)
		return err
	}, "SELECT customer, field, desk, paper FROM aliasdeed WHERE deed = ?", deed)
	for i := range taught {
		if err == nil && undone {
			err = t.ForgetAlias(&taught[i], false)
		} else if err == nil {
			err = t.TeachAlias(&taught[i])
		}
	}
	return err
}
