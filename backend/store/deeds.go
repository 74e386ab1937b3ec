package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Deed is what a person did to documents, with the documents before and after.
type Deed struct {
	ID            int64
	At            time.Time
	Who           string
	Does          string
	Says, Note    string
	Observations  []string // that were said of loads
	Owes          string   // JSON of what is still to be said to a load; "" nothing
	Undone        bool
	Before, After []Document // no document of Before that is not in After stays
}

// AddDeed files a deed and gives it its number.
func (t *Tx) AddDeed(d *Deed) error {
	observations, err := json.Marshal(append([]string{}, d.Observations...))
	if err != nil {
		return err
	}
	var bodies [2][]byte
	for i, list := range [][]Document{d.Before, d.After} {
		if bodies[i], err = json.Marshal(list); err != nil {
			return err
		}
	}
	res, err := t.exec("INSERT INTO deed (at, who, does, says, note, observations, owes, undone, before, after) VALUES (?,?,?,?,?,?,?,0,?,?)",
		nanos(d.At), d.Who, d.Does, d.Says, d.Note, string(observations), d.Owes, pressed(bodies[0]), pressed(bodies[1]))
	if err != nil {
		return err
	}
	if d.ID, err = res.LastInsertId(); err != nil {
		return err
	}
	for id := range touched(d) {
		if _, err := t.exec("INSERT OR IGNORE INTO deedof (document, deed) VALUES (?, ?)", id, d.ID); err != nil {
			return err
		}
	}
	return nil
}

func touched(d *Deed) map[string]bool {
	out := map[string]bool{}
	for _, list := range [][]Document{d.Before, d.After} {
		for i := range list {
			out[list[i].ID] = true
		}
	}
	return out
}

// SetDeed notes what has become of a deed: what was said, what it still owes, and whether it was undone.
func (t *Tx) SetDeed(d *Deed) error {
	observations, err := json.Marshal(append([]string{}, d.Observations...))
	if err == nil {
		_, err = t.exec("UPDATE deed SET observations = ?, owes = ?, undone = ? WHERE id = ?", string(observations), d.Owes, d.Undone, d.ID)
	}
	return err
}

// Restate makes the documents what they are in to; those of from that are not in to go.
func (t *Tx) Restate(from, to []Document) error {
	stay := map[string]bool{}
	for i := range to {
		stay[to[i].ID] = true
	}
	for i := range from {
		if !stay[from[i].ID] {
			if err := t.RemoveDocument(from[i].ID); err != nil {
				return err
			}
		}
	}
	for i := range to {
		if err := t.PutDocument(&to[i]); err != nil {
			return err
		}
	}
	return nil
}

const deedColumns = "id, at, who, does, says, note, observations, owes, undone, before, after"

func scanDeed(row scanner) (d Deed, err error) {
	var at int64
	var observations string
	var before, after []byte
	err = row.Scan(&d.ID, &at, &d.Who, &d.Does, &d.Says, &d.Note, &observations, &d.Owes, &d.Undone, &before, &after)
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	if err != nil {
		return d, err
	}
	d.At = instant(at)
	if err := json.Unmarshal([]byte(observations), &d.Observations); err != nil {
		return d, err
	}
	for body, into := range map[*[]byte]*[]Document{&before: &d.Before, &after: &d.After} {
		raw, err := unpress(*body)
		if err != nil {
			return d, err
		}
		if err := json.Unmarshal(raw, into); err != nil {
			return d, err
		}
	}
	return d, nil
}

// Deed is a deed by its number.
func (s *Store) Deed(ctx context.Context, id int64) (Deed, error) {
	return scanDeed(s.reader(ctx).row("SELECT "+deedColumns+" FROM deed WHERE id = ?", id))
}

// DeedsOf are the deeds on a document, newest first.
func (s *Store) DeedsOf(ctx context.Context, document string, limit int) ([]Deed, error) {
	return s.deeds(ctx, "WHERE id IN (SELECT deed FROM deedof WHERE document = ?) ORDER BY id DESC LIMIT ?", document, limit)
}

// DeedsOwing are the deeds that still owe a load a word.
func (s *Store) DeedsOwing(ctx context.Context) ([]Deed, error) {
	return s.deeds(ctx, "WHERE owes <> '' ORDER BY id")
}

func (s *Store) deeds(ctx context.Context, which string, args ...any) (out []Deed, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		d, err := scanDeed(rows)
		out = append(out, d)
		return err
	}, "SELECT "+deedColumns+" FROM deed "+which, args...)
	return out, err
}
