package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
)

// Exception is one line of the list of exceptions: what lists are ordered and chosen by, and the whole as its maker encoded it.
type Exception struct {
	Load              int64
	ID                string
	Open              bool
	Severity, Level   int
	Kind              string
	Stop              int
	Due               time.Time
	Detected, Cleared time.Time
	State, Owner      string
	Customer          string
	Body              []byte
}

// Errand is one task of a load over time, with the load it belongs to.
type Errand struct {
	Load int64
	freight.Errand
}

// onFile reports whether a task stands among others as it is.
func onFile(had []freight.Errand, e *freight.Errand) bool {
	for i := range had {
		h := &had[i]
		if h.Key != e.Key || !h.BeganAt.Equal(e.BeganAt) {
			continue
		}
		return h.EndedAt.Equal(e.EndedAt) && h.Ended == e.Ended && h.Why == e.Why && h.Whom == e.Whom && h.Attempts == e.Attempts && h.Level == e.Level &&
			h.Covered == e.Covered && h.Due.Equal(e.Due) && slices.Equal(h.Asks, e.Asks)
	}
	return false
}

// endedKept is how many ended tasks a course carries on: enough to see that a call was noted as covered before. All of
// them are in the table of tasks.
const endedKept = 8

// lately are the tasks that wait and the last ones that ended.
func lately(all []freight.Errand) []freight.Errand {
	ended := 0
	for i := range all {
		if !all[i].EndedAt.IsZero() {
			ended++
		}
	}
	drop := ended - endedKept
	if drop <= 0 {
		return all
	}
	kept := make([]freight.Errand, 0, len(all)-drop)
	for i := range all {
		if !all[i].EndedAt.IsZero() && drop > 0 {
			drop--
			continue
		}
		kept = append(kept, all[i])
	}
	return kept
}

// Walked is what is on file of a load for going on: its state and its course.
type Walked struct {
	Load   Load
	State  []byte // nil when none is on file
	Course freight.Course
	Shares bool // another load goes by one of its numbers
}

func walked(r reader, loads []int64) (map[int64]Walked, error) {
	out := make(map[int64]Walked, len(loads))
	err := each(r, func(rows *sql.Rows) error {
		var w Walked
		var at, next, first int64
		var uid, body sql.RawBytes
		if err := rows.Scan(&w.Load.ID, &uid, &w.Load.Account, &w.Load.Number, &w.Load.Provisional, &first, &w.State, &at, &next, &w.Course.Seen, &w.Shares, &body); err != nil {
			return err
		}
		copy(w.Load.UID[:], uid)
		w.Load.First = instant(first)
		w.Course.At, w.Course.Next = instant(at), instant(next)
		if err := cbor.Unmarshal(body, &w.Course); err != nil {
			return err
		}
		out[w.Load.ID] = w
		return nil
	}, `SELECT l.id, l.uid, l.account, l.number, l.provisional, l.first, s.body, c.at, c.next, c.seen, c.shares, c.body
		FROM json_each(?) j CROSS JOIN course c ON c.load = j.value JOIN load l ON l.id = c.load LEFT JOIN state s ON s.load = c.load`, idList(loads))
	return out, err
}

// Walked are the states and courses of some loads; what is not on file is left out.
func (s *Store) Walked(ctx context.Context, loads []int64) (map[int64]Walked, error) {
	return walked(s.reader(ctx), loads)
}

// Walked is Walked inside the transaction.
func (t *Tx) Walked(loads []int64) (map[int64]Walked, error) { return walked(t, loads) }

// Meet notes that loads share a number with another one, known from an instant on, at which the clock looks at them again.
func (t *Tx) Meet(loads []int64, at time.Time) error {
	if len(loads) == 0 {
		return nil
	}
	if _, err := t.exec("UPDATE course SET shares = 1 WHERE load IN (SELECT value FROM json_each(?))", idList(loads)); err != nil {
		return err
	}
	return t.Touch(loads, at)
}

// Touch makes the clock look again, at an instant, at loads whose surroundings change then.
func (t *Tx) Touch(loads []int64, at time.Time) error {
	for _, q := range []string{
		"UPDATE board SET next_due = ?2 WHERE load IN (SELECT value FROM json_each(?1)) AND live = 1 AND (next_due = 0 OR next_due > ?2)",
		"UPDATE course SET next = ?2 WHERE load IN (SELECT value FROM json_each(?1)) AND (next = 0 OR next > ?2)",
	} {
		if _, err := t.exec(q, idList(loads), nanos(at)); err != nil {
			return err
		}
	}
	return nil
}

// AllLoads are all loads on file that no other load took in.
func (s *Store) AllLoads(ctx context.Context) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT id FROM load WHERE run NOT IN (SELECT id FROM run WHERE state <> 1)
		AND id NOT IN (SELECT provisional FROM joined) ORDER BY id`)
}

// LiveLoads are all loads on the board.
func (s *Store) LiveLoads(ctx context.Context) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT load FROM board INDEXED BY board_live WHERE live = 1")
}

// Unsettled are the loads whose projection does not tell how they stood as known at asOf with the clock at now: something
// falls due by then, or they were judged or heard of later. A load off the board counts for one day after its last word.
func (s *Store) Unsettled(ctx context.Context, asOf, now time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT b.load FROM board b JOIN load l ON l.id = b.load
		WHERE l.first <= ?1 AND ((b.live = 1 AND b.next_due > 0 AND b.next_due <= ?2)
			OR ((b.live = 1 OR b.last_received >= ?1 - 86400000000000) AND (b.evaluated > ?2 OR b.last_received > ?1)))`, nanos(asOf), nanos(now))
}

// Mentioning are the loads whose words match a query of the text index, in no order.
func (s *Store) Mentioning(ctx context.Context, match string) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT rowid FROM search WHERE search MATCH ?", match)
}

const exceptionColumns = "SELECT load, id, open, severity, level, kind, stop, due, detected, cleared, state, owner, customer, body FROM exception "

func exceptions(r reader, query string, args ...any) ([]Exception, error) {
	var out []Exception
	err := each(r, func(rows *sql.Rows) error {
		var x Exception
		var due, detected, cleared int64
		err := rows.Scan(&x.Load, &x.ID, &x.Open, &x.Severity, &x.Level, &x.Kind, &x.Stop, &due, &detected, &cleared, &x.State, &x.Owner, &x.Customer, &x.Body)
		x.Due, x.Detected, x.Cleared = instant(due), instant(detected), instant(cleared)
		out = append(out, x)
		return err
	}, exceptionColumns+query, args...)
	return out, err
}

// OpenExceptions are all that are open, the most urgent first.
func (s *Store) OpenExceptions(ctx context.Context) ([]Exception, error) {
	return exceptions(s.reader(ctx), "WHERE open = 1 ORDER BY level, due, severity, load, id")
}

// ExceptionsBetween are those detected in [from, to), open or not, oldest first.
func (s *Store) ExceptionsBetween(ctx context.Context, from, to time.Time) ([]Exception, error) {
	return exceptions(s.reader(ctx), "WHERE detected >= ? AND detected < ? ORDER BY detected, load, id", nanos(from), nanos(to))
}

// ExceptionsOf are those of one load, open or not, oldest first.
func (s *Store) ExceptionsOf(ctx context.Context, load int64) ([]Exception, error) {
	return exceptions(s.reader(ctx), "WHERE load = ? ORDER BY detected, id", load)
}

func errands(r reader, query string, args ...any) ([]Errand, error) {
	var out []Errand
	err := each(r, func(rows *sql.Rows) error {
		var e Errand
		var body sql.RawBytes
		if err := rows.Scan(&e.Load, &body); err != nil {
			return err
		}
		if err := cbor.Unmarshal(body, &e.Errand); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	}, "SELECT load, body FROM errand "+query, args...)
	return out, err
}

// OpenErrands are all tasks that wait, the first due first.
func (s *Store) OpenErrands(ctx context.Context) ([]Errand, error) {
	return errands(s.reader(ctx), "WHERE ended = 0 ORDER BY due, load, key")
}

// ErrandsEnded are the tasks that ended in [from, to): covered, done.
func (s *Store) ErrandsEnded(ctx context.Context, from, to time.Time) ([]Errand, error) {
	return errands(s.reader(ctx), "WHERE ended >= ? AND ended < ? AND ended > 0 ORDER BY ended, load, key", nanos(from), nanos(to))
}

// MarkShown notes, for those open exceptions of some loads that no running desk showed before, that one shows them at an
// instant; nil loads means all.
func (t *Tx) MarkShown(loads []int64, at time.Time) error {
	query := "INSERT OR IGNORE INTO shown (load, id, at) SELECT load, id, ?1 FROM exception WHERE open = 1"
	if loads == nil {
		_, err := t.exec(query, nanos(at))
		return err
	}
	_, err := t.exec(query+" AND load IN (SELECT value FROM json_each(?2))", nanos(at), idList(loads))
	return err
}

// ShownAt is when a running desk first showed each exception of some loads, by load and id.
func (s *Store) ShownAt(ctx context.Context, loads []int64) (map[int64]map[string]time.Time, error) {
	out := map[int64]map[string]time.Time{}
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var load, at int64
		var id string
		if err := rows.Scan(&load, &id, &at); err != nil {
			return err
		}
		if out[load] == nil {
			out[load] = map[string]time.Time{}
		}
		out[load][id] = instant(at)
		return nil
	}, "SELECT load, id, at FROM shown WHERE load IN (SELECT value FROM json_each(?))", idList(loads))
	return out, err
}

// SharedNumber is a number by which two loads go.
type SharedNumber struct {
	Key   string
	Type  freight.RefType
	Loads []int64
}

// mostSharers is how many loads may go by a number before it tells nothing about any of them ("TBD", "SEE BOL").
const mostSharers = 12

// SharedNumbers are those of some numbers that name more than one load.
func (s *Store) SharedNumbers(ctx context.Context, keys []string, types []freight.RefType) ([]SharedNumber, error) {
	return sharedNumbers(s.reader(ctx), keys, types)
}

// SharedNumbers is SharedNumbers inside the transaction.
func (t *Tx) SharedNumbers(keys []string, types []freight.RefType) ([]SharedNumber, error) {
	return sharedNumbers(t, keys, types)
}

func sharedNumbers(r reader, keys []string, types []freight.RefType) ([]SharedNumber, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	var out []SharedNumber
	err = each(r, func(rows *sql.Rows) error {
		var key, typ string
		var load int64
		if err := rows.Scan(&key, &typ, &load); err != nil {
			return err
		}
		if n := len(out); n > 0 && out[n-1].Key == key && string(out[n-1].Type) == typ {
			out[n-1].Loads = append(out[n-1].Loads, load)
		} else if slices.Contains(types, freight.RefType(typ)) {
			out = append(out, SharedNumber{key, freight.RefType(typ), []int64{load}})
		}
		return nil
	}, `SELECT DISTINCT ref.key, ref.type, coalesce(j.load, ref.load) AS of FROM json_each(?) k CROSS JOIN ref ON ref.key = k.value
		LEFT JOIN joined j ON j.provisional = ref.load AND j.run`+visible+" WHERE ref.run"+visible+" ORDER BY 1, 2, 3", string(list), 0, 0)
	kept := out[:0]
	for _, n := range out {
		if len(n.Loads) > 1 && len(n.Loads) <= mostSharers {
			kept = append(kept, n)
		}
	}
	return kept, err
}

// Sharer is a load that goes by a number of another: its board row, and until when it was on the board.
type Sharer struct {
	Row   freight.BoardRow
	Ended time.Time // zero while it is live; else when it was last heard of
}

// Sharers are some loads as others see them that go by the same number.
func (s *Store) Sharers(ctx context.Context, loads []int64) (map[int64]Sharer, error) {
	return sharers(s.reader(ctx), loads)
}

// Sharers is Sharers inside the transaction.
func (t *Tx) Sharers(loads []int64) (map[int64]Sharer, error) { return sharers(t, loads) }

func sharers(r reader, loads []int64) (map[int64]Sharer, error) {
	out := make(map[int64]Sharer, len(loads))
	err := each(r, func(rows *sql.Rows) error {
		var load, last int64
		var live bool
		var body sql.RawBytes
		if err := rows.Scan(&load, &live, &last, &body); err != nil {
			return err
		}
		var x Sharer
		if !live {
			x.Ended = instant(last)
		}
		err := cbor.Unmarshal(body, &x.Row)
		out[load] = x
		return err
	}, "SELECT load, live, last_received, row FROM board WHERE load IN (SELECT value FROM json_each(?))", idList(loads))
	return out, err
}

// PartyWords are all observations about carriers and facilities, in the order in which they were received.
func (s *Store) PartyWords(ctx context.Context) ([]freight.Observation, error) {
	return appendObservations(s.reader(ctx), &s.sources, nil,
		"SELECT id, source, stated, received, 0, body FROM observation WHERE load = 0 AND terms = 'party' AND run"+visible+" ORDER BY received, seq", 0)
}
