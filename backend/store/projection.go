package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
)

// Projection is all that the desk shows of one load, drawn from the log.
type Projection struct {
	Load         int64
	Row          freight.BoardRow
	State        []byte // the fold's compact state; kept for live loads only
	Live         bool
	NextDue      time.Time
	EvaluatedAt  time.Time
	LastReceived time.Time
	Stops        []StopFact
	Facts        freight.LoadFacts
	Words        string // folded words for search
	WordsDigest  int64
	Course       freight.Course
	Shares       bool // another load goes by one of its numbers
	Exceptions   []Exception
	// Had is the course on file that this one goes on from; nil where it was walked from its beginning.
	Had *freight.Course
	// OnFile is what was last written of it, when that is known: only what differs is written.
	OnFile *Drawn
	drawn  *drawnBytes
}

// StopFact is one stop's plan and actuals for reports. Days count from 1970 in the stop's zone; 0 is none.
type StopFact struct {
	Seq                        int
	Kind, Zone                 string
	WindowStart, WindowEnd     time.Time
	OriginalStart, OriginalEnd time.Time
	Arrived, Departed, Done    time.Time
	DueDay, DoneDay            int
	Day                        int // to which reports count the stop, see freight.LoadFacts
}

// encoding writes maps in order, so that the same row has the same bytes.
var encoding, _ = cbor.EncOptions{Sort: cbor.SortBytewiseLexical}.EncMode()

// Project writes a load's projection and takes it off the dirty list.
func (t *Tx) Project(p *Projection) error { return t.ProjectAll([]*Projection{p}) }

// ProjectAll writes the projections of some loads and takes these off the dirty list; what a run not yet visible does to them
// stays noted. The text index comes last: SQLite writes out what is pending in it before any other statement.
func (t *Tx) ProjectAll(all []*Projection) error {
	ids := make([]int64, len(all))
	for i, p := range all {
		ids[i] = p.Load
	}
	list := idList(ids)
	had, err := t.wordsOf(list)
	if err != nil {
		return err
	}
	d := newDrawing(boardRows)
	for _, p := range all {
		_, known := had[p.Load]
		if err := d.all(p, known); err != nil {
			return err
		}
	}
	if err := t.put(d); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM dirty WHERE load IN (SELECT value FROM json_each(?)) AND run"+visible, list, 0); err != nil {
		return err
	}
	for _, p := range all {
		if err := t.projectWords(p, had); err != nil {
			return err
		}
	}
	return nil
}

// A link or a join is something that was received, too.
const boardTuple = `(?,?,?,?,?,?,max(?, coalesce((SELECT max(received) FROM link WHERE load = ?), 0), coalesce((SELECT max(received) FROM joined WHERE load = ?), 0)),?,?,?)`

var (
	boardRows  = into("INSERT OR REPLACE INTO board (load, live, level, due, next_due, evaluated, last_received, customer, words, row) VALUES ", boardTuple, "")
	stateRows  = into("INSERT OR REPLACE INTO state (load, body) VALUES ", "(?,?)", "")
	courseRows = into("INSERT OR REPLACE INTO course (load, at, next, seen, shares, body) VALUES ", "(?,?,?,?,?,?)", "")
	// An exception that stands as it was costs a look, no write: the body holds all that the other columns are chosen by. When it was
	// detected is in its id.
	exceptionRows = into("INSERT INTO exception (load, id, open, severity, level, kind, stop, due, detected, cleared, state, owner, customer, body) VALUES ",
		"(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		` ON CONFLICT (load, id) DO UPDATE SET open = excluded.open, severity = excluded.severity, level = excluded.level, kind = excluded.kind, stop = excluded.stop,
			due = excluded.due, cleared = excluded.cleared, state = excluded.state, owner = excluded.owner,
			customer = excluded.customer, body = excluded.body WHERE body <> excluded.body OR customer <> excluded.customer`)
	errandRows = into("INSERT INTO errand (load, key, began, due, ended, how, kind, body) VALUES ", "(?,?,?,?,?,?,?,?)",
		" ON CONFLICT (load, key, began) DO UPDATE SET due = excluded.due, ended = excluded.ended, how = excluded.how, kind = excluded.kind, body = excluded.body")
	stopRows = into(`INSERT OR REPLACE INTO stopfact (load, seq, kind, zone, window_start, window_end, original_start, original_end, arrived, departed, done, due_day, done_day, customer, day) VALUES `,
		"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", "")
	factRows = into("INSERT OR REPLACE INTO loadfact (load, body) VALUES ", "(?,?)", "")
)

// drawing is what is written of some loads: old rows that go, and new rows, table by table.
type drawing struct {
	gone                                                           map[string][]int64 // table -> loads whose rows go first
	exceptionIDs                                                   []string
	board, clocks, state, courses, exceptions, tasks, stops, facts *manyRows
}

func newDrawing(board *insert) *drawing {
	return &drawing{gone: map[string][]int64{}, exceptionIDs: []string{}, board: board.rows(), clocks: clockRows.rows(), state: stateRows.rows(), courses: courseRows.rows(), exceptions: exceptionRows.rows(),
		tasks: errandRows.rows(), stops: stopRows.rows(), facts: factRows.rows()}
}

// put writes a drawing.
func (t *Tx) put(d *drawing) error {
	for _, table := range []string{"state", "stopfact", "errand"} {
		if loads := d.gone[table]; len(loads) > 0 {
			if _, err := t.exec("DELETE FROM "+table+" WHERE load IN (SELECT value FROM json_each(?))", idList(loads)); err != nil {
				return err
			}
		}
	}
	if err := t.dropExceptions(d); err != nil {
		return err
	}
	for _, rows := range []*manyRows{d.board, d.clocks, d.state, d.courses, d.exceptions, d.tasks, d.stops, d.facts} {
		if err := t.write(rows); err != nil {
			return err
		}
	}
	return nil
}

// dropExceptions takes away what loads no longer have. An exception's id is of one load only.
func (t *Tx) dropExceptions(d *drawing) error {
	loads := d.gone["exception"]
	if len(loads) == 0 {
		return nil
	}
	stay, err := json.Marshal(d.exceptionIDs)
	if err != nil {
		return err
	}
	_, err = t.exec("DELETE FROM exception WHERE load IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))", idList(loads), string(stay))
	return err
}

// all draws all but the words. known says that the load had a projection before.
func (d *drawing) all(p *Projection, known bool) error {
	if err := p.Draw(); err != nil {
		return err
	}
	d.row(p)
	switch {
	case p.Live:
		d.state.add(p.Load, p.State)
	case known:
		d.leave("state", p.Load)
	}
	d.course(p, known)
	if known {
		d.leave("stopfact", p.Load)
	}
	for i := range p.Stops {
		f := &p.Stops[i]
		d.stops.add(p.Load, f.Seq, f.Kind, f.Zone, nanos(f.WindowStart), nanos(f.WindowEnd), nanos(f.OriginalStart), nanos(f.OriginalEnd),
			nanos(f.Arrived), nanos(f.Departed), nanos(f.Done), f.DueDay, f.DoneDay, p.Row.Customer, f.Day)
	}
	facts, err := encoding.Marshal(&p.Facts)
	if err != nil {
		return err
	}
	d.facts.add(p.Load, facts)
	return nil
}

func (d *drawing) leave(table string, load int64) { d.gone[table] = append(d.gone[table], load) }

func (d *drawing) row(p *Projection) {
	a := p.Row.Attention
	d.board.add(p.Load, p.Live, a.Level.Rank(), nanos(a.Due), nanos(p.NextDue), nanos(p.EvaluatedAt), nanos(p.LastReceived), p.Load, p.Load,
		p.Row.Customer, p.WordsDigest, p.drawn.row)
}

// course draws a load's course with the exceptions and tasks drawn from it.
func (d *drawing) course(p *Projection, known bool) {
	c := &p.Course
	d.courses.add(p.Load, nanos(c.At), nanos(c.Next), c.Seen, p.Shares, p.drawn.course)
	if known && !p.goesOn() {
		d.leave("exception", p.Load)
	}
	if known && p.Had == nil {
		d.leave("errand", p.Load)
	}
	for i := range p.Exceptions {
		x := &p.Exceptions[i]
		d.exceptionIDs = append(d.exceptionIDs, x.ID)
		if p.OnFile.holds(x.ID, p.Row.Customer, x.Body) {
			continue
		}
		d.exceptions.add(p.Load, x.ID, x.Open, x.Severity, x.Level, x.Kind, x.Stop, nanos(x.Due), nanos(x.Detected), nanos(x.Cleared),
			x.State, x.Owner, p.Row.Customer, x.Body)
	}
	for i := range p.drawn.tasks {
		e := &p.drawn.tasks[i]
		d.tasks.add(p.Load, e.Key, nanos(e.BeganAt), nanos(e.Due), nanos(e.EndedAt), e.Ended, e.Kind, e.body)
	}
}

// idList is a list of ids as one argument of a statement, for json_each.
func idList(ids []int64) string {
	b := append(make([]byte, 0, 8*len(ids)+2), '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ']'))
}

// wordsOf are the digests of the words that the text index holds of loads on the board.
func (t *Tx) wordsOf(list string) (map[int64]int64, error) {
	rows, err := t.query("SELECT load, words FROM board WHERE load IN (SELECT value FROM json_each(?))", list)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]int64{}
	for rows.Next() {
		var load, digest int64
		if err := rows.Scan(&load, &digest); err != nil {
			return nil, err
		}
		out[load] = digest
	}
	return out, rows.Err()
}

// projectWords rewrites the search entry only when its words changed: the text index is the dearest of all writes.
func (t *Tx) projectWords(p *Projection, had map[int64]int64) error {
	if digest, known := had[p.Load]; known {
		if digest == p.WordsDigest {
			return nil
		}
		if _, err := t.exec("DELETE FROM search WHERE rowid = ?", p.Load); err != nil {
			return err
		}
	}
	_, err := t.exec("INSERT INTO search (rowid, words) VALUES (?, ?)", p.Load, p.Words)
	return err
}

// clean takes a load off the dirty list; what a run not yet visible does to it stays noted.
func (t *Tx) clean(load int64) error {
	_, err := t.exec("DELETE FROM dirty WHERE load = ? AND run"+visible, load, 0)
	return err
}

// Unproject takes a load off the board: a provisional load that was joined is shown as the load it became.
func (t *Tx) Unproject(load int64) error {
	for _, q := range []string{"DELETE FROM board WHERE load = ?", "DELETE FROM state WHERE load = ?", "DELETE FROM stopfact WHERE load = ?", "DELETE FROM loadfact WHERE load = ?",
		"DELETE FROM course WHERE load = ?", "DELETE FROM exception WHERE load = ?", "DELETE FROM errand WHERE load = ?", "DELETE FROM search WHERE rowid = ?"} {
		if _, err := t.exec(q, load); err != nil {
			return err
		}
	}
	return t.clean(load)
}

// Dirty are up to n loads whose projection is behind the log.
func (s *Store) Dirty(ctx context.Context, after int64, n int) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT DISTINCT load FROM dirty WHERE load > ? AND run"+visible+" ORDER BY load LIMIT ?", after, 0, n)
}

// Behind is a load whose projection is behind the log, with a mark that differs as soon as anything else happens to it.
type Behind struct{ Load, newest, runs int64 }

const behind = "SELECT load, max(run), count(*) FROM dirty WHERE run" + visible

func scanBehind(row scanner) (b Behind, err error) {
	err = row.Scan(&b.Load, &b.newest, &b.runs)
	return b, err
}

// Behind are up to n loads, after a given one, whose projection is behind the log.
func (s *Store) Behind(ctx context.Context, after int64, n int) ([]Behind, error) {
	rows, err := s.reader(ctx).query(behind+" AND load > ? GROUP BY load ORDER BY load LIMIT ?", 0, after, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Behind
	for rows.Next() {
		b, err := scanBehind(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// StillBehind keeps those loads to which nothing happened since Behind told of them: no post brought the projection up to
// date, no further run became visible.
func (t *Tx) StillBehind(told []Behind) ([]Behind, error) {
	ids := make([]int64, len(told))
	for i, b := range told {
		ids[i] = b.Load
	}
	rows, err := t.query(behind+" AND load IN (SELECT value FROM json_each(?)) GROUP BY load", 0, idList(ids))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var still []Behind
	for rows.Next() {
		now, err := scanBehind(rows)
		if err != nil {
			return nil, err
		}
		if slices.Contains(told, now) {
			still = append(still, now)
		}
	}
	return still, rows.Err()
}

// DirtyCount is how many loads' projections are behind the log.
func (s *Store) DirtyCount(ctx context.Context) (n int, err error) {
	err = s.reader(ctx).row("SELECT count(DISTINCT load) FROM dirty WHERE run"+visible, 0).Scan(&n)
	return n, err
}

// IsDirty reports whether a load's projection is behind the log.
func (s *Store) IsDirty(ctx context.Context, load int64) (bool, error) {
	return isDirty(s.reader(ctx), load)
}

// IsDirty reports whether a load's projection is behind the log.
func (t *Tx) IsDirty(load int64) (bool, error) { return isDirty(t, load) }

func isDirty(r reader, load int64) (bool, error) {
	var n int
	err := r.row("SELECT count(*) FROM dirty WHERE load = ? AND run"+visible, load, 0).Scan(&n)
	return n > 0, err
}

// State is the stored compact state of a live load; nil when there is none.
func (t *Tx) State(load int64) ([]byte, error) { return stateOf(t, load) }

// State is the stored compact state of a live load; nil when there is none.
func (s *Store) State(ctx context.Context, load int64) ([]byte, error) {
	return stateOf(s.reader(ctx), load)
}

func stateOf(r reader, load int64) ([]byte, error) {
	var body []byte
	err := r.row("SELECT body FROM state WHERE load = ?", load).Scan(&body)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	return body, err
}

// Due are up to n live loads whose answer changes by the clock alone at or before now.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT load FROM board WHERE live = 1 AND next_due > 0 AND next_due <= ? ORDER BY next_due LIMIT ?", nanos(now), n)
}

// Line is a board row with what is needed to know whether it still holds.
type Line struct {
	Load         int64
	Row          freight.BoardRow
	Live         bool
	NextDue      time.Time
	EvaluatedAt  time.Time
	LastReceived time.Time
}

// Holds reports whether the row on file is what the rules say at now: it was judged before, and nothing falls due by now.
func (l *Line) Holds(now time.Time) bool {
	return !now.Before(l.EvaluatedAt) && (l.NextDue.IsZero() || now.Before(l.NextDue))
}

const lineColumns = "load, live, next_due, evaluated, last_received, row"

func scanLine(row scanner) (l Line, err error) {
	var nextDue, evaluated, last int64
	var body sql.RawBytes
	if rows, ok := row.(*sql.Rows); ok {
		err = rows.Scan(&l.Load, &l.Live, &nextDue, &evaluated, &last, &body)
	} else {
		var b []byte
		err = row.Scan(&l.Load, &l.Live, &nextDue, &evaluated, &last, &b)
		body = b
	}
	if err == sql.ErrNoRows {
		return l, ErrNotFound
	}
	if err != nil {
		return l, err
	}
	l.NextDue, l.EvaluatedAt, l.LastReceived = instant(nextDue), instant(evaluated), instant(last)
	return l, cbor.Unmarshal(body, &l.Row)
}

// Line is one load's board row.
func (s *Store) Line(ctx context.Context, load int64) (Line, error) {
	return scanLine(s.reader(ctx).row("SELECT "+lineColumns+" FROM board WHERE load = ?", load))
}

// Lines are the board rows of some loads, by load; what is not on file is left out.
func (s *Store) Lines(ctx context.Context, loads []int64) (map[int64]Line, error) {
	out := make(map[int64]Line, len(loads))
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		l, err := scanLine(rows)
		out[l.Load] = l
		return err
	}, "SELECT "+lineColumns+" FROM board WHERE load IN (SELECT value FROM json_each(?))", idList(loads))
	return out, err
}

// LiveLines walks the live board, the most urgent first, until fn says stop.
func (s *Store) LiveLines(ctx context.Context, fn func(Line) bool) error {
	return s.lines(ctx, fn, "SELECT "+lineColumns+" FROM board INDEXED BY board_live WHERE live = 1 ORDER BY level, due, load")
}

func (s *Store) lines(ctx context.Context, fn func(Line) bool, query string, args ...any) error {
	rows, err := s.reader(ctx).query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		l, err := scanLine(rows)
		if err != nil {
			return err
		}
		if !fn(l) {
			return nil
		}
	}
	return rows.Err()
}

// AliveAt are the loads first heard of by t that had not ended before it, for looking back: a load counts as ended one
// day after the last word on it, once it is off the board.
func (s *Store) AliveAt(ctx context.Context, t time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT l.id FROM load l JOIN board b ON b.load = l.id
		WHERE l.first <= ?1 AND (b.live = 1 OR b.last_received >= ?1 - 86400000000000) AND l.run NOT IN (SELECT id FROM run WHERE state <> 1)`, nanos(t))
}

// LoadsOfDay are the loads with a stop due or done on one of the days, and the live loads of the customer; customer ""
// means all.
func (s *Store) LoadsOfDay(ctx context.Context, customer string, fromDay, toDay int) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT load FROM (
			SELECT load FROM stopfact WHERE due_day BETWEEN ?1 AND ?2
			UNION SELECT load FROM stopfact WHERE done_day BETWEEN ?1 AND ?2 AND done_day > 0
			UNION SELECT load FROM board INDEXED BY board_live WHERE live = 1)
		JOIN board b USING (load) WHERE ?3 = '' OR b.customer = ?3 ORDER BY load`, fromDay, toDay, customer)
}

// Named is a customer with how many loads are on file.
type Named struct {
	Name  string
	Loads int
}

// Customers are the names of customers, with how many loads are on file.
func (s *Store) Customers(ctx context.Context) ([]Named, error) {
	rows, err := s.reader(ctx).query("SELECT customer, count(*) FROM board WHERE customer <> '' GROUP BY customer ORDER BY customer")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Named
	for rows.Next() {
		var n Named
		if err := rows.Scan(&n.Name, &n.Loads); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// Counts are how many loads are on file and how many of them are live.
func (s *Store) Counts(ctx context.Context) (loads, live int, err error) {
	r := s.reader(ctx)
	if err = r.row("SELECT count(*) FROM load WHERE run NOT IN (SELECT id FROM run WHERE state <> 1)").Scan(&loads); err == nil {
		err = r.row("SELECT count(*) FROM board INDEXED BY board_live WHERE live = 1").Scan(&live)
	}
	return loads, live, err
}

// Search finds loads by free words (already folded and quoted for FTS5). Hits are ranked only while there are few: ranking
// a word that most loads carry would read them all.
func (s *Store) Search(ctx context.Context, match string, limit, rankBelow int) ([]int64, error) {
	r := s.reader(ctx)
	few, err := column[int64](r, "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", match, rankBelow)
	if err != nil || len(few) >= rankBelow || len(few) <= 1 {
		return few[:min(len(few), limit)], err
	}
	return column[int64](r, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?", match, limit)
}

// ClearProjections throws away everything that Project writes and marks every visible load dirty: the first step of a rebuild.
// Courses stay where only the program changed: what was found under older rules stays as it was written.
func (t *Tx) ClearProjections(courses bool) error {
	if courses {
		if _, err := t.exec("DELETE FROM course"); err != nil {
			return err
		}
	}
	for _, q := range []string{"DELETE FROM board", "DELETE FROM state", "DELETE FROM stopfact", "DELETE FROM loadfact", "DELETE FROM exception", "DELETE FROM errand", "DELETE FROM search", "DELETE FROM dirty",
		`INSERT INTO dirty (load, run) SELECT id, 0 FROM load WHERE run NOT IN (SELECT id FROM run WHERE state <> 1) AND id NOT IN (SELECT provisional FROM joined)`} {
		if _, err := t.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// Meta reads a value that the desk keeps about itself, "" when there is none.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var v string
	err := s.reader(ctx).row("SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return v, err
}

// SetMeta keeps a value about the desk itself.
func (t *Tx) SetMeta(key, value string) error {
	_, err := t.exec("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value)
	return err
}
