package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Document is some pages of a file of papers.
type Document struct {
	Seq        int64             `json:"-"`
	ID         string            `json:"id"` // the file's hash, or hash.N
	File       string            `json:"file"`
	Pages      []int             `json:"pages"`
	Type       string            `json:"type"`
	Kind       string            `json:"kind"` // pop, pod, other, ""
	Load       int64             `json:"load"` // 0 while nobody knows
	State      string            `json:"state"`
	Stage      string            `json:"stage"`
	Verdict    string            `json:"verdict"` // as proposed
	Score      float64           `json:"score"`
	Why        string            `json:"why"`
	Note       string            `json:"note"`
	DecidedAt  time.Time         `json:"decidedAt,omitzero"`
	By         string            `json:"by"` // who decided
	Candidates []Candidate       `json:"candidates"`
	Turns      map[int]int       `json:"turns"` // page -> degrees clockwise
	Crops      map[int][]float64 `json:"crops"` // page -> box
	Never      []int64           `json:"never"` // loads that a person said it is not of
	Alike      []Likeness        `json:"alike"` // documents on file that show the same sheet
	ReceivedAt time.Time         `json:"receivedAt"`
	Reading    []byte            `json:"reading"` // JSON of what was read on it

	Name, Media string `json:"-"` // of the file
	Size        int64  `json:"-"`
	From        string `json:"-"`
	ReceivedBy  string `json:"-"`
}

// Likeness is another document that shows the same sheet.
type Likeness struct {
	ID   string  `json:"id"`
	Part float64 `json:"part"` // 0 to 1
}

// StateFiling is a document that was read and is not yet on its load: the next start goes on there.
const StateFiling = "filing"

// PutDocument files or refiles a document. The name and size of its file are not written.
func (t *Tx) PutDocument(d *Document) error {
	var texts [6]string
	for i, v := range []any{append([]int{}, d.Pages...), append([]Candidate{}, d.Candidates...), d.Turns, d.Crops, append([]int64{}, d.Never...), append([]Likeness{}, d.Alike...)} {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		texts[i] = string(b)
	}
	_, err := t.exec(`INSERT INTO document (id, file, pages, type, kind, load, state, stage, verdict, score, why, note, decided, by, candidates, turns, crops, never, alike, received, reading)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET pages = excluded.pages, type = excluded.type, kind = excluded.kind, load = excluded.load, state = excluded.state, stage = excluded.stage,
		verdict = excluded.verdict, score = excluded.score, why = excluded.why, note = excluded.note, decided = excluded.decided, by = excluded.by, candidates = excluded.candidates,
		turns = excluded.turns, crops = excluded.crops, never = excluded.never, alike = excluded.alike, reading = excluded.reading`,
		d.ID, d.File, texts[0], d.Type, d.Kind, d.Load, d.State, d.Stage, d.Verdict, d.Score, d.Why, d.Note, nanos(d.DecidedAt), d.By, texts[1], texts[2], texts[3], texts[4], texts[5], nanos(d.ReceivedAt), pressed(d.Reading))
	return err
}

// RemoveDocument takes a document off the list: it was joined to another, or a split was taken back.
func (t *Tx) RemoveDocument(id string) error {
	if _, err := t.exec("DELETE FROM papersearch WHERE rowid = (SELECT seq FROM document WHERE id = ?)", id); err != nil {
		return err
	}
	_, err := t.exec("DELETE FROM document WHERE id = ?", id)
	return err
}

// SetDocumentWords makes a document found by its words, folded by the caller.
func (t *Tx) SetDocumentWords(id, words string) error {
	if _, err := t.exec("DELETE FROM papersearch WHERE rowid = (SELECT seq FROM document WHERE id = ?)", id); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO papersearch (rowid, words) SELECT seq, ? FROM document WHERE id = ?", words, id)
	return err
}

const documentColumns = `d.seq, d.id, d.file, d.pages, d.type, d.kind, d.load, d.state, d.stage, d.verdict, d.score, d.why, d.note, d.decided, d.by, d.candidates, d.turns, d.crops, d.never, d.alike, d.received,
	d.reading, p.name, p.media, p.size, p.origin, p.by FROM document d JOIN paper p ON p.hash = d.file`

func scanDocument(row scanner) (d Document, err error) {
	var received, decided int64
	var pages, cands, turns, crops, never, alike string
	var reading []byte
	err = row.Scan(&d.Seq, &d.ID, &d.File, &pages, &d.Type, &d.Kind, &d.Load, &d.State, &d.Stage, &d.Verdict, &d.Score, &d.Why, &d.Note, &decided, &d.By, &cands, &turns, &crops, &never, &alike, &received,
		&reading, &d.Name, &d.Media, &d.Size, &d.From, &d.ReceivedBy)
	if err == sql.ErrNoRows {
		return d, ErrNotFound
	}
	if err != nil {
		return d, err
	}
	d.ReceivedAt, d.DecidedAt = instant(received), instant(decided)
	for _, kept := range []struct {
		text string
		into any
	}{{pages, &d.Pages}, {cands, &d.Candidates}, {turns, &d.Turns}, {crops, &d.Crops}, {never, &d.Never}, {alike, &d.Alike}} {
		if err := json.Unmarshal([]byte(kept.text), kept.into); err != nil {
			return d, err
		}
	}
	d.Reading, err = unpress(reading)
	return d, err
}

// Document is one document by its id.
func (s *Store) Document(ctx context.Context, id string) (Document, error) {
	return scanDocument(s.reader(ctx).row("SELECT "+documentColumns+" WHERE d.id = ?", id))
}

// Document is one document as the transaction sees it.
func (t *Tx) Document(id string) (Document, error) {
	return scanDocument(t.row("SELECT "+documentColumns+" WHERE d.id = ?", id))
}

// DocumentsOf are the documents of a file in the order of their pages' first filing.
func (s *Store) DocumentsOf(ctx context.Context, file string) ([]Document, error) {
	return documents(s.reader(ctx), "WHERE d.file = ? ORDER BY d.seq", file)
}

// DocumentsOf are the documents of a file as the transaction sees them.
func (t *Tx) DocumentsOf(file string) ([]Document, error) {
	return documents(t, "WHERE d.file = ? ORDER BY d.seq", file)
}

// Documents are those of a load (0: any), in a state ("" any), newest first.
func (s *Store) Documents(ctx context.Context, load int64, state string, limit int) ([]Document, error) {
	return documents(s.reader(ctx), "WHERE (?1 = 0 OR d.load = ?1) AND (?2 = '' OR d.state = ?2) ORDER BY d.received DESC, d.id LIMIT ?3", load, state, limit)
}

// DocumentsInState are those in a state as the desk keeps it, oldest first.
func (s *Store) DocumentsInState(ctx context.Context, state string, limit int) ([]Document, error) {
	return documents(s.reader(ctx), "WHERE d.state = ? ORDER BY d.seq LIMIT ?", state, limit)
}

// DocumentQuery chooses documents; empty fields choose all. Match is a query of the text index; Customer that of the load.
type DocumentQuery struct {
	Stage, Type, Customer string
	Load                  int64
	Match                 string
	After                 string // id of the last one before
	Limit                 int
}

// stageRank puts what needs a person first.
const stageRank = "CASE d.stage WHEN 'problem' THEN 0 WHEN 'eyes' THEN 1 WHEN 'unreadable' THEN 2 WHEN 'clean' THEN 3 WHEN 'reading' THEN 4 ELSE 5 END"

// chosen is the condition of a DocumentQuery.
const chosen = `WHERE (?1 = '' OR d.stage = ?1) AND (?2 = '' OR d.type = ?2) AND (?3 = '' OR EXISTS (SELECT 1 FROM board b WHERE b.load = d.load AND b.customer = ?3 COLLATE NOCASE))
	AND (?4 = 0 OR d.load = ?4) AND (?5 = '' OR d.seq IN (SELECT rowid FROM papersearch WHERE papersearch MATCH ?5) OR instr(lower(p.name), lower(?6)) > 0)`

// Queue is a page of documents: problems, then what needs eyes, unreadable, clean, in reading, filed; within a stage the oldest
// first, filed ones the newest first. words are the query's words as typed, to be looked for in file names.
func (s *Store) Queue(ctx context.Context, q DocumentQuery, words string) (list []Document, total int, err error) {
	args := []any{q.Stage, q.Type, q.Customer, q.Load, q.Match, words}
	r := s.reader(ctx)
	if err := r.row("SELECT count(*) FROM document d JOIN paper p ON p.hash = d.file "+chosen, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	var rank, at, seq int64
	if q.After != "" {
		err := r.row("SELECT "+stageRank+", CASE d.stage WHEN 'filed' THEN -d.received ELSE d.received END, d.seq FROM document d WHERE d.id = ?", q.After).Scan(&rank, &at, &seq)
		if err != nil && err != sql.ErrNoRows {
			return nil, 0, err
		}
	}
	const order = "CASE d.stage WHEN 'filed' THEN -d.received ELSE d.received END"
	list, err = documents(r, chosen+" AND (?7 = '' OR ("+stageRank+", "+order+", d.seq) > (?8, ?9, ?10)) ORDER BY "+stageRank+", "+order+", d.seq LIMIT ?11",
		append(args, q.After, rank, at, seq, q.Limit)...)
	return list, total, err
}

func documents(r reader, which string, args ...any) (out []Document, err error) {
	err = each(r, func(rows *sql.Rows) error {
		d, err := scanDocument(rows)
		out = append(out, d)
		return err
	}, "SELECT "+documentColumns+" "+which, args...)
	return out, err
}

// DocumentCounts is how many documents stand in each state.
func (s *Store) DocumentCounts(ctx context.Context) (map[string]int, error) {
	return s.tally(ctx, "state")
}

// StageCounts is how many documents are in each stage.
func (s *Store) StageCounts(ctx context.Context) (map[string]int, error) {
	return s.tally(ctx, "stage")
}

// DocumentsToDo is how many documents need a person: all but those that are being read, are done with, or were refused and
// wait for a better one.
func (s *Store) DocumentsToDo(ctx context.Context) (n int, err error) {
	err = s.reader(ctx).row("SELECT count(*) FROM document WHERE stage NOT IN ('reading', 'filed') AND state <> 'rejected'").Scan(&n)
	return n, err
}

func (s *Store) tally(ctx context.Context, column string) (map[string]int, error) {
	out := map[string]int{}
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var name string
		var n int
		err := rows.Scan(&name, &n)
		out[name] = n
		return err
	}, "SELECT "+column+", count(*) FROM document GROUP BY "+column)
	return out, err
}

// LoadsWithWords are the loads whose papers carry the words of a query of the text index.
func (s *Store) LoadsWithWords(ctx context.Context, match string, limit int) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT DISTINCT load FROM document WHERE load <> 0 AND seq IN (SELECT rowid FROM papersearch WHERE papersearch MATCH ?) LIMIT ?", match, limit)
}

// pressed is a body compressed; nothing stays nothing.
func pressed(body []byte) []byte {
	if len(body) == 0 {
		return []byte{}
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(body) // a buffer takes all
	z.Close()
	return out.Bytes()
}

func unpress(body []byte) ([]byte, error) {
	if len(body) == 0 {
		return nil, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("a stored reading is damaged: %w", err)
	}
	return io.ReadAll(z)
}

// UnindexedFiles are the files whose documents are not found by words: after a salvage, which takes over no text index.
func (s *Store) UnindexedFiles(ctx context.Context) ([]string, error) {
	r := s.reader(ctx)
	some, err := column[int64](r, "SELECT rowid FROM papersearch LIMIT 1")
	if err != nil || len(some) > 0 {
		return nil, err
	}
	return column[string](r, "SELECT DISTINCT file FROM document WHERE stage <> 'reading'")
}
