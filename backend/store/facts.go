package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
)

// LoadFact is what reports count of one load.
type LoadFact struct {
	Load int64
	freight.LoadFacts
}

// factLoads are the loads with a stop counted to one of the days, by the index over customer and day.
const factLoads = "SELECT DISTINCT load FROM stopfact INDEXED BY stopfact_customer WHERE customer = ?1 AND day BETWEEN ?2 AND ?3"

// LoadFacts hands out what reports count of the loads of one customer ("" is those without one) with a stop counted to a
// day from one to another, both included, in the order of loads.
func (s *Store) LoadFacts(ctx context.Context, customer string, fromDay, toDay int, fn func(*LoadFact) error) error {
	return each(s.reader(ctx), scanFact(fn),
		"SELECT f.load, f.body FROM ("+factLoads+") d CROSS JOIN loadfact f ON f.load = d.load ORDER BY f.load", customer, fromDay, toDay)
}

func scanFact(fn func(*LoadFact) error) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var f LoadFact
		var body sql.RawBytes
		if err := rows.Scan(&f.Load, &body); err != nil {
			return err
		}
		if err := cbor.Unmarshal(body, &f.LoadFacts); err != nil {
			return err
		}
		return fn(&f)
	}
}

// CustomerNames are the customers that any stop on file has, in order; "" is one of them where some load has none. It steps
// from name to name in the index and reads no loads.
func (s *Store) CustomerNames(ctx context.Context) ([]string, error) {
	return column[string](s.reader(ctx), `WITH RECURSIVE name(v) AS (
			SELECT min(customer) FROM stopfact
			UNION ALL SELECT (SELECT min(customer) FROM stopfact WHERE customer > name.v) FROM name WHERE name.v IS NOT NULL)
		SELECT v FROM name WHERE v IS NOT NULL`)
}

// ExceptionsOn are the exceptions of some loads, open or not, in the order of load and detection.
func (s *Store) ExceptionsOn(ctx context.Context, loads []int64) ([]Exception, error) {
	return exceptions(s.reader(ctx), "WHERE load IN (SELECT value FROM json_each(?)) ORDER BY load, detected, id", idList(loads))
}

// CallsOn hands out the check calls of some loads, waiting, done and covered by data, in no order.
func (s *Store) CallsOn(ctx context.Context, loads []int64, fn func(*Errand)) error {
	return each(s.reader(ctx), func(rows *sql.Rows) error {
		var e Errand
		var body sql.RawBytes
		if err := rows.Scan(&e.Load, &body); err != nil {
			return err
		}
		if err := cbor.Unmarshal(body, &e.Errand); err != nil {
			return err
		}
		fn(&e)
		return nil
	}, "SELECT load, body FROM errand WHERE kind = 'checkCall' AND load IN (SELECT value FROM json_each(?))", idList(loads))
}

// FactLoadsSince are the loads first heard of by an instant and heard of again after it, with a stop counted to one of the
// days by what is known today: those whose facts may have been others at that instant.
func (s *Store) FactLoadsSince(ctx context.Context, since time.Time, fromDay, toDay int) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT b.load FROM board b JOIN load l ON l.id = b.load
		WHERE b.last_received > ?1 AND l.first <= ?1 AND EXISTS (SELECT 1 FROM stopfact f WHERE f.load = b.load AND f.day BETWEEN ?2 AND ?3) ORDER BY b.load`,
		nanos(since), fromDay, toDay)
}

// HeardSince are those of some loads that were heard of, or first heard of, after an instant.
func (s *Store) HeardSince(ctx context.Context, loads []int64, since time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT b.load FROM json_each(?) j CROSS JOIN board b ON b.load = j.value JOIN load l ON l.id = b.load
		WHERE b.last_received > ? OR l.first > ? ORDER BY b.load`, idList(loads), nanos(since), nanos(since))
}

// Restless are those of some loads that are on the board and whose findings on file are not those of now: something falls due
// by the clock, or they were judged at a later instant.
func (s *Store) Restless(ctx context.Context, loads []int64, now time.Time) ([]int64, error) {
	return column[int64](s.reader(ctx), `SELECT b.load FROM json_each(?1) j CROSS JOIN board b ON b.load = j.value
		WHERE b.live = 1 AND (b.next_due > 0 AND b.next_due <= ?2 OR b.evaluated > ?2) ORDER BY b.load`, idList(loads), nanos(now))
}
