package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"hash/fnv"
	"time"

	"tracedesk/backend/freight"
)

// Candidate is a load that a quarantined item may speak of, with the words that say why.
type Candidate struct {
	Load   int64  `json:"-"`
	Number string `json:"load"`
	Why    string `json:"why"`
}

// Item is something that could not be read or matched, with its bytes.
type Item struct {
	ID         int64
	Run        int64
	Source     freight.Source
	Where      string
	Offset     int64
	Reason     string
	Raw        []byte
	Obs        *freight.Observation // when it was read but not matched; it is in the log under load 0
	Candidates []Candidate
	ReceivedAt time.Time
	State      string // open, fixed, dropped
	SettledAt  time.Time
	By         string
}

// Quarantine files an item. What an earlier file brought already is not filed again, and what was settled stays settled:
// it.ID is then that of the item on file.
func (t *Tx) Quarantine(it *Item) error {
	digest := it.digest()
	err := t.row("SELECT id FROM quarantine WHERE digest = ? AND (run <> ? OR run = 0) AND run"+visible+" LIMIT 1", digest, it.Run, 0).Scan(&it.ID)
	if err != sql.ErrNoRows {
		return err
	}
	return t.fileItem(it, digest)
}

// digest is what makes two items the same: who says it, the reason, and the bytes.
func (it *Item) digest() int64 {
	h := fnv.New64a()
	for _, part := range []string{it.Source.String(), it.Reason, string(it.Raw)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return int64(h.Sum64())
}

func (t *Tx) fileItem(it *Item, digest int64) error {
	var body []byte
	if it.Obs != nil {
		body = AppendObservation(it.Obs.ID[:], it.Obs)
	}
	cands, err := json.Marshal(append([]Candidate{}, it.Candidates...))
	if err != nil {
		return err
	}
	raw := it.Raw
	if raw == nil {
		raw = []byte{}
	}
	res, err := t.exec("INSERT INTO quarantine (run, source, place, byte_offset, reason, raw, observation, candidates, received, digest) VALUES (?,?,?,?,?,?,?,?,?,?)",
		it.Run, it.Source.String(), it.Where, it.Offset, it.Reason, raw, body, string(cands), nanos(it.ReceivedAt), digest)
	if err != nil {
		return err
	}
	it.ID, err = res.LastInsertId()
	return err
}

const itemColumns = "id, run, source, place, byte_offset, reason, raw, observation, candidates, received, state, settled, by"

func scanItem(row scanner) (it Item, err error) {
	var source, cands string
	var body []byte
	var received, settled int64
	if err = row.Scan(&it.ID, &it.Run, &source, &it.Where, &it.Offset, &it.Reason, &it.Raw, &body, &cands, &received, &it.State, &settled, &it.By); err != nil {
		if err == sql.ErrNoRows {
			err = ErrNotFound
		}
		return it, err
	}
	it.Source, it.ReceivedAt, it.SettledAt = freight.ParseSource(source), instant(received), instant(settled)
	if len(body) > 16 {
		it.Obs = &freight.Observation{Source: it.Source, ReceivedAt: it.ReceivedAt}
		copy(it.Obs.ID[:], body)
		if err = decodeBody(body[16:], it.Obs); err != nil {
			return it, err
		}
	}
	return it, json.Unmarshal([]byte(cands), &it.Candidates)
}

// Quarantined are the items in a state ("open" at asOf, even if they were settled since; "" for all), oldest first, from
// visible runs, not received after asOf.
func (s *Store) Quarantined(ctx context.Context, state string, asOf time.Time, limit int) ([]Item, error) {
	return s.items(ctx, "SELECT "+itemColumns+" FROM quarantine WHERE (?1 = '' OR state = ?1 OR ?1 = 'open' AND settled > ?2) AND received <= ?2 AND run NOT IN (SELECT id FROM run WHERE state <> 1) ORDER BY id LIMIT ?3",
		state, nanos(asOf), limit)
}

// QuarantineItem is one item by its number.
func (s *Store) QuarantineItem(ctx context.Context, id int64) (Item, error) {
	return scanItem(s.reader(ctx).row("SELECT "+itemColumns+" FROM quarantine WHERE id = ?", id))
}

// QuarantineCount is how many items are open.
func (s *Store) QuarantineCount(ctx context.Context) (n int, err error) {
	err = s.reader(ctx).row("SELECT count(*) FROM quarantine WHERE state = 'open' AND run NOT IN (SELECT id FROM run WHERE state <> 1)").Scan(&n)
	return n, err
}

// Settle marks an open item fixed or dropped; the item and its bytes stay on file.
func (t *Tx) Settle(id int64, state string, at time.Time, by string) error {
	n, err := t.changed("UPDATE quarantine SET state = ?, settled = ?, by = ? WHERE id = ? AND state = 'open'", state, nanos(at), by, id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// Undrop makes a dropped item wait again; ErrNotFound where it was not dropped.
func (t *Tx) Undrop(id int64) error {
	n, err := t.changed("UPDATE quarantine SET state = 'open', settled = 0, by = '' WHERE id = ? AND state = 'dropped'", id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// SettleMatched marks the open item of an observation fixed: the same message came again and now names a load.
func (t *Tx) SettleMatched(id freight.ObservationID, at time.Time) error {
	_, err := t.exec("UPDATE quarantine SET state = 'fixed', settled = ?, by = 'match' WHERE state = 'open' AND substr(observation, 1, 16) = ?", nanos(at), id[:])
	return err
}

func (s *Store) items(ctx context.Context, query string, args ...any) ([]Item, error) {
	rows, err := s.reader(ctx).query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Item
	for rows.Next() {
		it, err := scanItem(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, rows.Err()
}
