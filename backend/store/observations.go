package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"modernc.org/sqlite"

	"tracedesk/backend/freight"
)

// Entry is an observation ready to be written: its body is already encoded (off the writer's thread).
type Entry struct {
	Obs   *freight.Observation
	Body  []byte
	Load  int64  // 0: not about a load, or not matched
	Terms string // how it was matched
	Run   int64  // 0: a small post, visible at once
}

// Append writes an observation; fresh is false when the same message is on file already, under the load or under a
// provisional load that became it. A message that so far only a run not yet visible brought is on file from now on.
func (t *Tx) Append(e Entry) (fresh bool, err error) {
	all, err := t.AppendAll([]Entry{e})
	return err == nil && all[0], err
}

// AppendAll does what Append does with entries of one run, one after the other; fresh tells it of each.
func (t *Tx) AppendAll(all []Entry) (fresh []bool, err error) {
	apart, err := t.anyBecame(all)
	if err != nil {
		return nil, err
	}
	log, trail := toAppend{manyRows: logRows.rows(), ifNew: logIfNew}, toAppend{manyRows: trailRows.rows(), ifNew: trailIfNew}
	for i := range all {
		e := &all[i]
		src, err := t.Source(e.Obs.Source)
		if err != nil {
			return nil, err
		}
		o := e.Obs
		if at, ok := barePosition(o); ok && e.Load != 0 {
			trail.which = append(trail.which, i)
			trail.add(e.Load, at, o.ID[:], e.Run, src, nanos(o.StatedAt), nanos(o.ReceivedAt), e.Body)
		} else {
			log.which = append(log.which, i)
			log.add(e.Load, o.ID[:], e.Run, src, nanos(o.StatedAt), nanos(o.ReceivedAt), e.Terms, e.Body)
		}
	}
	fresh = make([]bool, len(all))
	for _, rows := range []*toAppend{&log, &trail} {
		if apart {
			err = t.appendApart(rows, all, fresh)
		} else {
			err = t.appendTogether(rows, all, fresh)
		}
		if err != nil {
			return nil, err
		}
	}
	return fresh, nil
}

// toAppend are rows of the log with their places among the entries, and the statement for those that may be on file already.
type toAppend struct {
	*manyRows
	ifNew *insert
	which []int
}

// appendTogether writes rows as new ones. Where one of those of a statement is on file already, the statement wrote nothing, and
// another writes those that are not.
func (t *Tx) appendTogether(rows *toAppend, all []Entry, fresh []bool) error {
	left := rows.which
	return rows.each(func(size int, args []any) error {
		part := left[:1<<size]
		left = left[1<<size:]
		_, err := t.exec(rows.of[size], args...)
		if isTaken(err) {
			return t.appendNew(rows.ifNew.of[size], args, all, part, fresh)
		}
		for _, i := range part {
			fresh[i] = true
		}
		return err
	})
}

// appendApart writes rows one after the other: of a load that others became, one may be on file once the row before is written.
func (t *Tx) appendApart(rows *toAppend, all []Entry, fresh []bool) error {
	args := rows.args
	for i := range rows.which {
		if err := t.appendNew(rows.ifNew.of[0], args[:rows.width], all, rows.which[i:i+1], fresh); err != nil {
			return err
		}
		args = args[rows.width:]
	}
	return nil
}

// appendNew writes those of some rows that are new. Of a message that stands twice among them, the first one is.
func (t *Tx) appendNew(statement string, args []any, all []Entry, part []int, fresh []bool) error {
	type message struct {
		load int64
		id   freight.ObservationID
	}
	taken := make(map[message]struct{}, len(part))
	err := each(t, func(r *sql.Rows) error {
		var m message
		var id sql.RawBytes
		err := r.Scan(&m.load, &id)
		copy(m.id[:], id)
		taken[m] = struct{}{}
		return err
	}, statement, args...)
	if err != nil {
		return plain(err)
	}
	for _, i := range part {
		m := message{all[i].Load, all[i].Obs.ID}
		_, fresh[i] = taken[m]
		delete(taken, m)
	}
	return nil
}

// OnFile reports whether Append would find the same message on file already.
func (t *Tx) OnFile(e *Entry) (bool, error) {
	query, args := logOnFile, []any{e.Load, e.Obs.ID[:], e.Run}
	if at, ok := barePosition(e.Obs); ok && e.Load != 0 {
		query, args = trailOnFile, append(args, at)
	}
	var is bool
	err := t.row(query, args...).Scan(&is)
	return is, err
}

// isTaken reports whether a statement was refused because a row is on file already.
func isTaken(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == sqlitePrimaryKey || e.Code() == sqliteUnique)
}

// SQLite's extended result codes SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
const (
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
)

// anyBecame reports whether any of the entries speaks of a load that others became.
func (t *Tx) anyBecame(all []Entry) (any bool, err error) {
	loads := make([]int64, 0, len(all))
	for i := range all {
		if load := all[i].Load; len(loads) == 0 || loads[len(loads)-1] != load {
			loads = append(loads, load)
		}
	}
	err = t.row("SELECT EXISTS (SELECT 1 FROM joined WHERE load IN (SELECT value FROM json_each(?)))", idList(loads)).Scan(&any)
	return any, err
}

const (
	logColumns   = "INSERT INTO observation (load, id, run, source, stated, received, terms, body) "
	trailColumns = "INSERT INTO position (load, at, id, run, source, stated, received, body) "
)

// Rows of the log as new ones, and those of them that are new: that are on file neither under the load nor under one that became it.
var (
	logRows   = into(logColumns+"VALUES ", "(?,?,?,?,?,?,?,?)", "")
	trailRows = into(trailColumns+"VALUES ", "(?,?,?,?,?,?,?,?)", "")
	logIfNew  = into(logColumns+"SELECT * FROM (VALUES ", "(?,?,?,?,?,?,?,?)",
		`) v WHERE NOT EXISTS (SELECT 1 FROM joined j JOIN observation o ON o.load = j.provisional AND o.id = v.column2 WHERE j.load = v.column1)
		ON CONFLICT (load, id) DO UPDATE SET run = 0 WHERE run <> excluded.run AND run `+pending+" RETURNING load, id")
	trailIfNew = into(trailColumns+"SELECT * FROM (VALUES ", "(?,?,?,?,?,?,?,?)",
		`) v WHERE NOT EXISTS (SELECT 1 FROM joined j JOIN position p ON p.load = j.provisional AND p.at = v.column2 AND p.id = v.column3 WHERE j.load = v.column1)
		ON CONFLICT DO UPDATE SET run = 0 WHERE run <> excluded.run AND run `+pending+" RETURNING load, id")
)

// Whether a row of the log is on file, under the load or one that became it, unless only another run that is not yet visible brought it.
const (
	logOnFile = "SELECT EXISTS (SELECT 1 FROM observation WHERE load = ?1 AND id = ?2 AND NOT (run <> ?3 AND run " + pending + `))
		OR EXISTS (SELECT 1 FROM joined j JOIN observation o ON o.load = j.provisional AND o.id = ?2 WHERE j.load = ?1)`
	trailOnFile = "SELECT EXISTS (SELECT 1 FROM position WHERE load = ?1 AND at = ?4 AND id = ?2 AND NOT (run <> ?3 AND run " + pending + `))
		OR EXISTS (SELECT 1 FROM joined j JOIN position p ON p.load = j.provisional AND p.at = ?4 AND p.id = ?2 WHERE j.load = ?1)`
)

// Loadless tells of a message that lies on file, visible, without a load: found when it does, linked when a person or a later match
// has said since which load it speaks of.
func (t *Tx) Loadless(id freight.ObservationID) (found, linked bool, err error) {
	err = t.row("SELECT EXISTS (SELECT 1 FROM link WHERE observation = o.seq) FROM observation o WHERE load = 0 AND id = ? AND run"+visible, id[:], 0).Scan(&linked)
	if err == sql.ErrNoRows {
		return false, false, nil
	}
	return err == nil, linked, err
}

// AnyLoadless reports whether any message of a source lies on file without a load.
func (t *Tx) AnyLoadless(src freight.Source) (any bool, err error) {
	id, err := t.Source(src)
	if err == nil {
		err = t.row("SELECT EXISTS (SELECT 1 FROM observation WHERE load = 0 AND source = ?)", id).Scan(&any)
	}
	return any, err
}

// barePosition reports whether an observation is nothing but one position at a known instant; such go to their own table.
func barePosition(o *freight.Observation) (at int64, ok bool) {
	if len(o.Claims) != 1 || o.Claims[0].Fact != freight.FactPosition || !o.Retracts.IsZero() {
		return 0, false
	}
	when := o.Claims[0].At
	return when.Sec * int64(time.Second), when.Basis == freight.Instant
}

// Observations is the log of one load as known at asOf (zero: now), in no particular order, with the provisional loads
// that became it and what was linked to it later. A link counts from the later of the two receive times.
func (s *Store) Observations(ctx context.Context, load int64, asOf time.Time) ([]freight.Observation, error) {
	return observations(s.reader(ctx), &s.sources, load, 0, asOf)
}

// Observations is the log of one load as run sees it, inside the transaction.
func (t *Tx) Observations(load, run int64) ([]freight.Observation, error) {
	return observations(t, &t.s.sources, load, run, time.Time{})
}

func observations(r reader, sources *sourceTable, load, run int64, asOf time.Time) ([]freight.Observation, error) {
	until := int64(math.MaxInt64)
	if !asOf.IsZero() {
		until = nanos(asOf)
	}
	olds, err := joinedAs(r, load, run, until)
	if err != nil {
		return nil, err
	}
	var out []freight.Observation
	for _, id := range append([]int64{load}, olds...) {
		for _, q := range []string{
			`SELECT id, source, stated, received, 0, body FROM observation o WHERE load = ? AND received <= ?
				AND NOT EXISTS (SELECT 1 FROM link l WHERE l.observation = o.seq AND l.received <= ?) AND run` + visible,
			"SELECT id, source, stated, received, 0, body FROM position WHERE load = ? AND received <= ? AND received <= ? AND run" + visible,
			`SELECT o.id, o.source, o.stated, o.received, l.received, o.body FROM link l JOIN observation o ON o.seq = l.observation
				WHERE l.load = ? AND l.received <= ? AND o.received <= ?
				AND l.seq = (SELECT max(seq) FROM link x WHERE x.observation = o.seq AND x.received <= l.received) AND o.run` + visible,
		} {
			if out, err = appendObservations(r, sources, out, q, id, until, until, run); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func appendObservations(r reader, sources *sourceTable, out []freight.Observation, query string, args ...any) ([]freight.Observation, error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, body sql.RawBytes
		var source, stated, received, linked int64
		if err := rows.Scan(&id, &source, &stated, &received, &linked, &body); err != nil {
			return nil, err
		}
		var o freight.Observation
		if err := decodeBody(body, &o); err != nil {
			return nil, err
		}
		copy(o.ID[:], id)
		o.Source, o.StatedAt, o.ReceivedAt = sources.source(source), instant(stated), instant(received)
		if linked > received {
			o.LinkedAt = instant(linked)
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

// FindObservation finds an observation by its id alone and the load it is read under, for undo. What people stated is few
// and looked through first; only for anything else the log is walked.
func (s *Store) FindObservation(ctx context.Context, id freight.ObservationID) (load int64, err error) {
	for _, which := range []string{"o.run = 0 AND ", ""} {
		err = s.reader(ctx).row("SELECT coalesce((SELECT load FROM link l WHERE l.observation = o.seq ORDER BY l.seq DESC LIMIT 1), o.load)"+
			" FROM observation o WHERE "+which+"o.id = ? LIMIT 1", id[:]).Scan(&load)
		if err != sql.ErrNoRows {
			return load, err
		}
	}
	return 0, ErrNotFound
}

// LinkTo says that an observation that was stored without a load (or under another) speaks of load.
func (t *Tx) LinkTo(from int64, id freight.ObservationID, load int64, received time.Time, terms, by string) error {
	n, err := t.changed(`INSERT INTO link (observation, load, received, terms, by) SELECT seq, ?, ?, ?, ? FROM observation WHERE load = ? AND id = ?`,
		load, nanos(received), terms, by, from, id[:])
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// LinkLoadless says that a message that lies on file without a load speaks of load, and settles the item that waits for it.
func (t *Tx) LinkLoadless(id freight.ObservationID, load int64, received time.Time, terms string) error {
	if err := t.LinkTo(0, id, load, received, terms, "match"); err != nil {
		return err
	}
	return t.SettleMatched(id, received)
}

// Said is what a source last said in one repeated row: digests of its claims, in order.
func (t *Tx) Said(load, source int64, row string, run int64) (stated time.Time, said []byte, err error) {
	var n int64
	err = t.row("SELECT stated, said FROM snapshot WHERE load = ? AND source = ? AND row = ? AND run"+visible+" ORDER BY stated DESC, run DESC LIMIT 1",
		load, source, row, run).Scan(&n, &said)
	if err == sql.ErrNoRows {
		return time.Time{}, nil, nil
	}
	return instant(n), said, err
}

// SetSaid keeps what a source now says; what it said before in the same row is let go once this run is visible.
func (t *Tx) SetSaid(load, source int64, row string, run int64, stated time.Time, said []byte) error {
	_, err := t.exec("INSERT OR REPLACE INTO snapshot (load, source, row, run, stated, said) VALUES (?,?,?,?,?,?)", load, source, row, run, nanos(stated), said)
	return err
}

// SayFirst is SetSaid for a row that the run has not said anything in yet; first is false when it has.
func (t *Tx) SayFirst(load, source int64, row string, run int64, stated time.Time, said []byte) (first bool, err error) {
	n, err := t.changed("INSERT OR IGNORE INTO snapshot (load, source, row, run, stated, said) VALUES (?,?,?,?,?,?)", load, source, row, run, nanos(stated), said)
	return n == 1, err
}

// SaidBeside is what a source last said in the other rows of a load in the same layout, as run sees it.
func (t *Tx) SaidBeside(load, source int64, layout, row string, run int64) ([][]byte, error) {
	return column[[]byte](t, "SELECT said FROM snapshot s WHERE load = ?1 AND source = ?2 AND row <> ?3 AND substr(row, 1, length(?4)) = ?4 AND run NOT IN (SELECT id FROM run WHERE state <> 1 AND id <> ?5)"+
		" AND NOT EXISTS (SELECT 1 FROM snapshot n WHERE n.load = s.load AND n.source = s.source AND n.row = s.row AND (n.stated, n.run) > (s.stated, s.run) AND n.run NOT IN (SELECT id FROM run WHERE state <> 1 AND id <> ?5))",
		load, source, row, layout, run)
}

// StillSaid notes that a source said the same in a row at a later time: an export from before it, when it comes, is the older word.
func (t *Tx) StillSaid(load, source int64, row string, stated time.Time) error {
	_, err := t.exec("UPDATE snapshot SET stated = ?1 WHERE load = ?2 AND source = ?3 AND row = ?4 AND stated < ?1", nanos(stated), load, source, row)
	return err
}

// TrimSaid lets go of superseded snapshot rows of some loads.
func (t *Tx) TrimSaid(loads []int64) error {
	_, err := t.exec(`DELETE FROM snapshot WHERE load IN (SELECT value FROM json_each(?)) AND run IN (SELECT id FROM run WHERE state = 1)
		AND EXISTS (SELECT 1 FROM snapshot n JOIN run r ON r.id = n.run AND r.state = 1
			WHERE n.load = snapshot.load AND n.source = snapshot.source AND n.row = snapshot.row AND (n.stated, n.run) > (snapshot.stated, snapshot.run))`, idList(loads))
	return err
}

// Listed are the live loads that a source has listed in its repeated rows and that some run other than this one saw.
func (t *Tx) Listed(source int64) ([]int64, error) {
	return column[int64](t, "SELECT DISTINCT s.load FROM board b JOIN snapshot s ON s.load = b.load WHERE b.live = 1 AND s.source = ?", source)
}

// GoneOrDone tells of a projected load whether a full export had dropped it and whether its freight has arrived.
func (t *Tx) GoneOrDone(load int64) (gone, done bool, err error) {
	line, err := scanLine(t.row("SELECT "+lineColumns+" FROM board WHERE load = ?", load))
	if err == ErrNotFound {
		return false, false, nil
	}
	return line.Row.Gone, line.Row.State.Done(), err
}

// SourceByID is the source that Source gave the number.
func (t *Tx) SourceByID(id int64) freight.Source { return t.s.sources.source(id) }

// ObservationByID finds an observation by its id alone, and the run it came in. It walks the log, so it is for a person
// who asks for one body, not for loops.
func (s *Store) ObservationByID(ctx context.Context, id freight.ObservationID) (o freight.Observation, run int64, err error) {
	for _, table := range []string{"observation", "position"} {
		var source, stated, received int64
		var body []byte
		err = s.reader(ctx).row("SELECT source, stated, received, run, body FROM "+table+" WHERE id = ? LIMIT 1", id[:]).Scan(&source, &stated, &received, &run, &body)
		if err == sql.ErrNoRows {
			continue
		}
		if err != nil {
			return o, 0, err
		}
		o.ID, o.Source, o.StatedAt, o.ReceivedAt = id, s.sources.source(source), instant(stated), instant(received)
		return o, run, decodeBody(body, &o)
	}
	return o, 0, ErrNotFound
}

// ByHand is what a person stated, with the load it speaks of.
type ByHand struct {
	Obs    freight.Observation
	Number string
	UID    freight.LoadID
}

// HandMade are the newest small posts of people, newest first: what they state themselves, and what they noted down of a call.
func (s *Store) HandMade(ctx context.Context, limit int) ([]ByHand, error) {
	rows, err := s.reader(ctx).query(`SELECT o.id, o.source, o.stated, o.received, o.body, l.number, l.uid FROM observation o
		JOIN source s ON s.id = o.source AND s.kind IN ('user', 'driver', 'dispatcher', 'customer') JOIN load l ON l.id = o.load WHERE o.run = 0 ORDER BY o.seq DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ByHand
	for len(out) < limit && rows.Next() {
		var m ByHand
		var id, body, uid []byte
		var source, stated, received int64
		if err := rows.Scan(&id, &source, &stated, &received, &body, &m.Number, &uid); err != nil {
			return nil, err
		}
		copy(m.Obs.ID[:], id)
		copy(m.UID[:], uid)
		m.Obs.Source, m.Obs.StatedAt, m.Obs.ReceivedAt = s.sources.source(source), instant(stated), instant(received)
		if err := decodeBody(body, &m.Obs); err != nil {
			return nil, err
		}
		if m.Obs.By != "" || m.Obs.Source.Kind == freight.User {
			out = append(out, m)
		}
	}
	return out, rows.Err()
}
