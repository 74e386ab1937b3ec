package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Document is a paper on file; its bytes lie in the documents folder under its hash.
type Document struct {
	Hash, Name, Media string
	Size              int64
	Pages             int
	ReceivedAt        time.Time
	By                string
	Kind              string // pop, pod, other, ""
	Load              int64  // 0 while nobody knows
	State             string // unmatched, received, verified, rejected, quarantined
	Why               string
	Candidates        []Candidate
	Text              string
}

// PutDocument files or refiles a paper.
func (t *Tx) PutDocument(d *Document) error {
	cands, err := json.Marshal(append([]Candidate{}, d.Candidates...))
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT OR REPLACE INTO document (hash, name, media, size, pages, received, by, kind, load, state, why, candidates, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		d.Hash, d.Name, d.Media, d.Size, d.Pages, nanos(d.ReceivedAt), d.By, d.Kind, d.Load, d.State, d.Why, string(cands), d.Text)
	return err
}

const documentColumns = "hash, name, media, size, pages, received, by, kind, load, state, why, candidates, text"

func scanDocument(row scanner) (d Document, err error) {
	var received int64
	var cands string
	if err = row.Scan(&d.Hash, &d.Name, &d.Media, &d.Size, &d.Pages, &received, &d.By, &d.Kind, &d.Load, &d.State, &d.Why, &cands, &d.Text); err != nil {
		if err == sql.ErrNoRows {
			err = ErrNotFound
		}
		return d, err
	}
	d.ReceivedAt = instant(received)
	return d, json.Unmarshal([]byte(cands), &d.Candidates)
}

// Document is one paper by its hash.
func (s *Store) Document(ctx context.Context, hash string) (Document, error) {
	return scanDocument(s.reader(ctx).row("SELECT "+documentColumns+" FROM document WHERE hash = ?", hash))
}

// Documents are the papers of a load (0: any), in a state ("" any), newest first.
func (s *Store) Documents(ctx context.Context, load int64, state string, limit int) ([]Document, error) {
	rows, err := s.reader(ctx).query("SELECT "+documentColumns+" FROM document WHERE (?1 = 0 OR load = ?1) AND (?2 = '' OR state = ?2) ORDER BY received DESC, hash LIMIT ?3", load, state, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Document
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// DocumentCounts is how many papers stand in each state.
func (s *Store) DocumentCounts(ctx context.Context) (map[string]int, error) {
	rows, err := s.reader(ctx).query("SELECT state, count(*) FROM document GROUP BY state")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		out[state] = n
	}
	return out, rows.Err()
}
