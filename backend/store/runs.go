package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// RunState is how far an import run has come.
type RunState int

// States of a run.
const (
	RunRunning RunState = iota
	RunVisible
	RunCancelled
)

// Run is one file read. Counts are those of the run alone.
type Run struct {
	ID                             int64
	Name, Path, Kind, Raw, Options string
	ReceivedAt, StatedAt           time.Time
	State                          RunState
	Done                           int // last record stored
	Records, Observations          int
	Duplicates, Quarantined        int
	New, Updated, Gone             int
	Notes                          []string
	firstSeq                       int64
}

const runColumns = "id, name, path, kind, raw, options, received, stated, state, first_seq, done, records, observations, duplicates, quarantined, loads_new, loads_updated, loads_gone, notes"

func scanRun(row scanner) (r Run, err error) {
	var received, stated int64
	var notes string
	err = row.Scan(&r.ID, &r.Name, &r.Path, &r.Kind, &r.Raw, &r.Options, &received, &stated, &r.State, &r.firstSeq, &r.Done, &r.Records,
		&r.Observations, &r.Duplicates, &r.Quarantined, &r.New, &r.Updated, &r.Gone, &notes)
	if err != nil {
		return r, err
	}
	r.ReceivedAt, r.StatedAt = instant(received), instant(stated)
	return r, json.Unmarshal([]byte(notes), &r.Notes)
}

// BeginRun writes the run's row; its rows stay invisible until PublishRun.
func (t *Tx) BeginRun(r *Run) error {
	if err := t.row("SELECT coalesce(max(seq), 0) FROM observation").Scan(&r.firstSeq); err != nil {
		return err
	}
	res, err := t.exec("INSERT INTO run (name, path, kind, raw, options, received, stated, state, first_seq) VALUES (?,?,?,?,?,?,?,0,?)",
		r.Name, r.Path, r.Kind, r.Raw, r.Options, nanos(r.ReceivedAt), nanos(r.StatedAt), r.firstSeq)
	if err != nil {
		return err
	}
	r.ID, err = res.LastInsertId()
	return err
}

// SaveRun writes the run's progress and counts; called in the transaction of each batch, so that a killed run goes on
// exactly after its last stored record.
func (t *Tx) SaveRun(r *Run) error {
	notes, err := json.Marshal(append([]string{}, r.Notes...))
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE run SET kind=?, done=?, records=?, observations=?, duplicates=?, quarantined=?, loads_new=?, loads_updated=?, loads_gone=?, notes=? WHERE id=?`,
		r.Kind, r.Done, r.Records, r.Observations, r.Duplicates, r.Quarantined, r.New, r.Updated, r.Gone, string(notes), r.ID)
	return err
}

// Touched counts the loads on file before that the run brings something new to.
func (t *Tx) Touched(r *Run) (n int, err error) {
	err = t.row("SELECT count(*) FROM dirty d JOIN load l ON l.id = d.load WHERE d.run = ?1 AND l.run <> ?1 AND NOT EXISTS (SELECT 1 FROM joined WHERE provisional = l.id)", r.ID).Scan(&n)
	return n, err
}

// PublishRun makes the run visible as a whole; the loads it marked are behind the log from then on.
func (t *Tx) PublishRun(r *Run, confirmed []int64) error {
	r.State = RunVisible
	if err := t.SaveRun(r); err != nil {
		return err
	}
	_, err := t.exec("UPDATE run SET state=1, confirmed=? WHERE id=?", packIDs(confirmed), r.ID)
	return err
}

// MarkDirtyBy says that a run (0: a small post) leaves the projections of loads behind the log; it counts once the run is visible.
func (t *Tx) MarkDirtyBy(loads []int64, run int64) error {
	_, err := t.exec("INSERT OR IGNORE INTO dirty (load, run) SELECT value, ? FROM json_each(?)", run, idList(loads))
	return err
}

// PendingRuns are runs that neither became visible nor were cancelled: a crash or a kill was in the way.
func (s *Store) PendingRuns(ctx context.Context) ([]Run, error) {
	return s.runs(ctx, "SELECT "+runColumns+" FROM run WHERE state = 0 ORDER BY id")
}

// RawUsed reports whether any run was read from the raw file of this hash.
func (s *Store) RawUsed(ctx context.Context, hash string) (used bool, err error) {
	err = s.reader(ctx).row("SELECT EXISTS (SELECT 1 FROM run WHERE raw = ?)", hash).Scan(&used)
	return used, err
}

// Run is one run by its number.
func (s *Store) Run(ctx context.Context, id int64) (Run, error) {
	r, err := scanRun(s.reader(ctx).row("SELECT "+runColumns+" FROM run WHERE id = ?", id))
	if err == sql.ErrNoRows {
		return r, ErrNotFound
	}
	return r, err
}

func (s *Store) runs(ctx context.Context, query string, args ...any) ([]Run, error) {
	rows, err := s.reader(ctx).query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Run
	for rows.Next() {
		r, err := scanRun(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// CancelledRuns are runs whose taking back was cut off.
func (s *Store) CancelledRuns(ctx context.Context) ([]Run, error) {
	return s.runs(ctx, "SELECT "+runColumns+" FROM run WHERE state = 2 ORDER BY id")
}

// CancelRun takes back everything the run stored, in steps of about n rows each so that nobody waits long; it reports
// whether more is left. In the end not even the run's own row is there.
//
// What it brought to loads is found by the loads it marked dirty: an index by run on the largest tables would cost every
// import for the sake of the few that are cancelled.
func (t *Tx) CancelRun(r *Run, n int) (more bool, err error) {
	if _, err := t.exec("UPDATE run SET state = 2 WHERE id = ?", r.ID); err != nil {
		return false, err
	}
	loads, err := column[int64](t, "SELECT load FROM dirty WHERE run = ? LIMIT ?", r.ID, max(1, n/4))
	if err != nil {
		return false, err
	}
	for _, load := range loads {
		if err := t.takeBack(load, r.ID); err != nil {
			return false, err
		}
	}
	if len(loads) > 0 {
		return true, nil
	}
	c, err := t.changed("DELETE FROM observation WHERE seq IN (SELECT seq FROM observation WHERE seq > ? AND run = ? LIMIT ?)", r.firstSeq, r.ID, n)
	if err != nil || c == int64(n) {
		return true, err
	}
	for _, q := range []string{"DELETE FROM quarantine WHERE run = ?", "DELETE FROM joined WHERE run = ?", "DELETE FROM run WHERE id = ?"} {
		if _, err := t.exec(q, r.ID); err != nil {
			return false, err
		}
	}
	return false, nil
}

// takeBack deletes what a run brought to one load: the numbers first, which are found by what its observations say.
func (t *Tx) takeBack(load, run int64) error {
	if err := t.dropRefs(load, run); err != nil {
		return err
	}
	for _, q := range []string{
		"DELETE FROM observation WHERE load = ? AND run = ?",
		"DELETE FROM position WHERE load = ? AND run = ?",
		"DELETE FROM snapshot WHERE load = ? AND run = ?",
		"DELETE FROM load WHERE id = ? AND run = ?",
		"DELETE FROM dirty WHERE load = ? AND run = ?",
	} {
		if _, err := t.exec(q, load, run); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropRefs(load, run int64) error {
	bodies, err := column[[]byte](t, `SELECT body FROM observation WHERE load = ?1 AND run = ?2
		UNION ALL SELECT body FROM position WHERE load = ?1 AND run = ?2`, load, run)
	if err != nil {
		return err
	}
	keys := map[string]struct{}{}
	for _, body := range bodies {
		var o freight.Observation
		if err := decodeBody(body, &o); err != nil {
			return err
		}
		for _, ref := range Numbers(&o) {
			keys[ref.Key()] = struct{}{}
		}
	}
	for key := range keys {
		if _, err := t.exec("DELETE FROM ref WHERE key = ? AND load = ? AND run = ?", key, load, run); err != nil {
			return err
		}
	}
	return nil
}

// packIDs writes ascending ids as varint differences; 10,000 loads take some 10 kB.
func packIDs(ids []int64) []byte {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	b := make([]byte, 0, len(ids)*2)
	last := int64(0)
	for _, id := range ids {
		b = binary.AppendUvarint(b, uint64(id-last))
		last = id
	}
	return b
}

// Heard is when a kind of source last said something.
type Heard struct {
	Kind freight.SourceKind
	At   time.Time
}

// recentRows is how far back in the log LastHeard looks; who said nothing in so many rows is not named.
const recentRows = 5000

// LastHeard tells of each kind of source when it last said something, the newest first. A TMS that only repeated itself
// spoke too.
func (s *Store) LastHeard(ctx context.Context) ([]Heard, error) {
	rows, err := s.reader(ctx).query(`SELECT kind, max(received) AS heard FROM (
			SELECT kind, received FROM (SELECT source, received FROM observation WHERE run NOT IN (SELECT id FROM run WHERE state <> 1) ORDER BY seq DESC LIMIT ?) JOIN source ON source.id = source
			UNION ALL SELECT 'tms', max(received) FROM run WHERE state = 1 AND confirmed IS NOT NULL AND kind NOT LIKE 'feed.%')
		WHERE kind <> 'user' AND received IS NOT NULL GROUP BY kind ORDER BY heard DESC`, recentRows)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Heard
	for rows.Next() {
		var h Heard
		var at int64
		if err := rows.Scan(&h.Kind, &at); err != nil {
			return nil, err
		}
		h.At = instant(at)
		out = append(out, h)
	}
	return out, rows.Err()
}

// RunsOf are the visible runs whose kind begins with a word, the newest first, at most so many.
func (s *Store) RunsOf(ctx context.Context, kind string, limit int) ([]Run, error) {
	return s.runs(ctx, "SELECT "+runColumns+" FROM run WHERE state = 1 AND substr(kind, 1, length(?1)) = ?1 ORDER BY id DESC LIMIT ?2", kind, limit)
}
