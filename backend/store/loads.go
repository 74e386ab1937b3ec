package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
)

// visible keeps out what a run has not yet published; the run in question (0 for none) sees its own rows.
const visible = " NOT IN (SELECT id FROM run WHERE state <> 1 AND id <> ?)"

// Load is a load's identity.
type Load struct {
	ID          int64
	UID         freight.LoadID
	Account     string
	Number      string
	Provisional bool
	First       time.Time
}

const loadColumns = "id, uid, account, number, provisional, first"

func scanLoad(row scanner) (l Load, err error) {
	var uid []byte
	var first int64
	if err = row.Scan(&l.ID, &uid, &l.Account, &l.Number, &l.Provisional, &first); err == nil {
		copy(l.UID[:], uid)
		l.First = instant(first)
	}
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	return l, err
}

// LoadByUID finds a load as run sees it; ErrNotFound when there is none.
func (t *Tx) LoadByUID(uid freight.LoadID, run int64) (Load, error) {
	return scanLoad(t.row("SELECT "+loadColumns+" FROM load WHERE uid = ? AND run"+visible, uid[:], run))
}

// pending picks out runs that are not yet visible. What one of them brought and somebody else now brings too stops hanging
// on that run: it stays when the run is cancelled.
const pending = "IN (SELECT id FROM run WHERE state <> 1)"

// NewLoad writes a load's identity.
func (t *Tx) NewLoad(l *Load, run int64) error {
	return t.row(`INSERT INTO load (uid, account, number, provisional, run, first) VALUES (?,?,?,?,?,?)
		ON CONFLICT (uid) DO UPDATE SET run = 0 WHERE run `+pending+` RETURNING id`,
		l.UID[:], l.Account, l.Number, l.Provisional, run, nanos(l.First)).Scan(&l.ID)
}

// LoadByID is a load by its local number, as the transaction sees it.
func (t *Tx) LoadByID(id int64) (Load, error) {
	return scanLoad(t.row("SELECT "+loadColumns+" FROM load WHERE id = ?", id))
}

// Load is a load by its local number.
func (s *Store) Load(ctx context.Context, id int64) (Load, error) {
	return scanLoad(s.reader(ctx).row("SELECT "+loadColumns+" FROM load WHERE id = ?", id))
}

// LoadByUID is a load by its lasting id.
func (s *Store) LoadByUID(ctx context.Context, uid freight.LoadID) (Load, error) {
	return scanLoad(s.reader(ctx).row("SELECT "+loadColumns+" FROM load WHERE uid = ? AND run"+visible, uid[:], 0))
}

// Numbers are all the references an observation carries: what it calls the load by, and what it claims as references.
func Numbers(o *freight.Observation) []freight.Reference {
	out := o.Names
	for i := range o.Claims {
		c := &o.Claims[i]
		if c.Value.None {
			continue
		}
		switch {
		case c.Fact == freight.FactReference:
			out = append(out[:len(out):len(out)], freight.Reference{Type: freight.RefType(c.Value.Type), Value: c.Value.Text, Scope: c.Value.Scope})
		case c.Fact == freight.FactEquipment && (c.Value.Type == "CONTAINER" || c.Value.Type == "TRAILER"):
			out = append(out[:len(out):len(out)], freight.Reference{Type: freight.RefType(c.Value.Type), Value: c.Value.Text})
		}
	}
	return out
}

// AddRef files a number under a load.
func (t *Tx) AddRef(load int64, ref freight.Reference, run int64) error {
	return t.AddRefs([]RefHit{{load, ref}}, run)
}

// Teach files a number under a load because a person said so: over what was known by itself.
func (t *Tx) Teach(load int64, ref freight.Reference) error {
	ref = ref.Taught()
	_, err := t.exec("INSERT OR REPLACE INTO ref (key, type, load, scope, value, run) VALUES (?,?,?,?,?,0)", ref.Key(), string(ref.Type), load, ref.Scope, ref.Value)
	return err
}

// refRows are numbers to file: the most numerous rows of an import.
var refRows = into("INSERT INTO ref (key, type, load, scope, value, run) VALUES ", "(?,?,?,?,?,?)",
	" ON CONFLICT DO UPDATE SET run = 0 WHERE run <> excluded.run AND run "+pending)

// AddRefs files numbers under their loads.
func (t *Tx) AddRefs(refs []RefHit, run int64) error {
	rows := refRows.rows()
	for _, r := range refs {
		if key := r.Ref.Key(); key != "" {
			rows.add(key, string(r.Ref.Type), r.Load, r.Ref.Scope, r.Ref.Value, run)
		}
	}
	return t.write(rows)
}

// RefHit is a load that somebody once called by a number.
type RefHit struct {
	Load int64
	Ref  freight.Reference
}

// RefHits are the loads that go by a number (any type), as run sees them; provisional loads that were joined answer as
// the load they became. At most limit.
func (t *Tx) RefHits(key string, run int64, limit int) ([]RefHit, error) {
	return refHits(t, key, run, limit)
}

// RefHits are the visible loads that go by a number, whatever its type.
func (s *Store) RefHits(ctx context.Context, number string, limit int) ([]RefHit, error) {
	return refHits(s.reader(ctx), freight.NormalRef(number), 0, limit)
}

func refHits(r reader, key string, run int64, limit int) ([]RefHit, error) {
	rows, err := r.query(`SELECT coalesce(j.load, ref.load), ref.type, ref.scope, ref.value FROM ref LEFT JOIN joined j ON j.provisional = ref.load AND j.run`+visible+`
		WHERE ref.key = ? AND ref.run`+visible+" LIMIT ?", run, key, run, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []RefHit
	for rows.Next() {
		var h RefHit
		if err := rows.Scan(&h.Load, &h.Ref.Type, &h.Ref.Scope, &h.Ref.Value); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// HitsOfMany is RefHits for several numbers at once, by their keys; one that nothing goes by is there with no hits. Where a number has so
// many hits that others may be left out, it gives none at all.
func (t *Tx) HitsOfMany(keys []string, run int64, limit int) (map[string][]RefHit, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]RefHit, len(keys))
	for _, key := range keys {
		out[key] = nil
	}
	n := 0
	err = each(t, func(rows *sql.Rows) error {
		var key string
		var h RefHit
		err := rows.Scan(&key, &h.Load, &h.Ref.Type, &h.Ref.Scope, &h.Ref.Value)
		if n++; len(out[key]) < limit {
			out[key] = append(out[key], h)
		}
		return err
	}, `SELECT ref.key, coalesce(j.load, ref.load), ref.type, ref.scope, ref.value FROM json_each(?) k CROSS JOIN ref ON ref.key = k.value
		LEFT JOIN joined j ON j.provisional = ref.load AND j.run`+visible+" WHERE ref.run"+visible+" LIMIT ?", string(list), run, run, len(keys)*limit)
	if err != nil || n == len(keys)*limit {
		return nil, err
	}
	return out, nil
}

// ProvisionalCount is how many provisional loads still wait for their tender.
func (t *Tx) ProvisionalCount() (n int, err error) {
	err = t.row("SELECT count(*) FROM load WHERE provisional = 1 AND id NOT IN (SELECT provisional FROM joined)").Scan(&n)
	return n, err
}

// Join makes a provisional load read as a load of the TMS from now on. The first join stands.
func (t *Tx) Join(provisional, load, run int64, received time.Time, terms, by string) error {
	_, err := t.exec("INSERT OR IGNORE INTO joined (provisional, load, run, received, terms, by) VALUES (?,?,?,?,?,?)",
		provisional, load, run, nanos(received), terms, by)
	return err
}

// JoinedAs are the provisional loads that a load is made of, known by asOf.
func joinedAs(r reader, load int64, run int64, asOf int64) ([]int64, error) {
	return column[int64](r, "SELECT provisional FROM joined WHERE load = ? AND run"+visible+" AND received <= ?", load, run, asOf)
}

// Became is the load that a provisional load was joined to, or itself.
func (s *Store) Became(ctx context.Context, load int64) (int64, error) {
	return became(s.reader(ctx), load, 0)
}

// Became is the load that a provisional load was joined to, or itself.
func (t *Tx) Became(load int64) (int64, error) { return became(t, load, 0) }

func became(r reader, load, run int64) (int64, error) {
	var to int64
	err := r.row("SELECT load FROM joined WHERE provisional = ? AND run"+visible, load, run).Scan(&to)
	if err == sql.ErrNoRows {
		return load, nil
	}
	return to, err
}

// column reads a query of one column.
func column[T any](r reader, query string, args ...any) ([]T, error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// About is what matching needs to know of a load beyond its numbers.
type About struct {
	Number      string
	SCAC        string
	Cities      []string
	Provisional bool
	Ended       bool
}

// About reads of some loads their identity and, where they are projected, their rows.
func (t *Tx) About(loads []int64) (map[int64]About, error) {
	out := make(map[int64]About, len(loads))
	err := each(t, func(rows *sql.Rows) error {
		var load int64
		var a About
		var live sql.NullBool
		var body sql.RawBytes
		if err := rows.Scan(&load, &a.Number, &a.Provisional, &live, &body); err != nil {
			return err
		}
		defer func() { out[load] = a }()
		if !live.Valid {
			return nil
		}
		var line Line
		if err := cbor.Unmarshal(body, &line.Row); err != nil {
			return err
		}
		a.SCAC, a.Ended = line.Row.SCAC, !live.Bool
		for _, p := range []string{line.Row.Origin, line.Row.Dest} {
			if city, _, _ := strings.Cut(p, ","); city != "" {
				a.Cities = append(a.Cities, strings.ToLower(city))
			}
		}
		return nil
	}, "SELECT l.id, l.number, l.provisional, b.live, b.row FROM load l LEFT JOIN board b ON b.load = l.id WHERE l.id IN (SELECT value FROM json_each(?))", idList(loads))
	return out, err
}
