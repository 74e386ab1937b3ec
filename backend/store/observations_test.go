package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// tableText is all rows of a table in their order.
func tableText(t rapid.TB, db *sql.DB, table string) (out []string) {
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint(values))
	}
	return out
}

// entries draws messages of a run, on few loads with few contents, so that many come twice, some of them on a provisional load
// that became another.
func entries(t *rapid.T, loads []int64, run int64) []Entry {
	out := make([]Entry, rapid.IntRange(0, 70).Draw(t, "how many"))
	for i := range out {
		n := rapid.IntRange(0, 40).Draw(t, "content")
		claim := freight.Claim{Fact: freight.FactPosition, At: freight.When{Basis: freight.Instant, Sec: int64(n)}, Value: freight.Value{Place: freight.Place{Lat: 1, Lon: 2}}}
		if n%3 == 0 {
			claim = freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: fmt.Sprint("status ", n)}}
		}
		o := &freight.Observation{Source: freight.Source{Kind: freight.Project44, Account: "a"}, ReceivedAt: noon, StatedAt: noon.Add(time.Duration(i) * time.Second), Claims: []freight.Claim{claim}}
		o.ID = o.Identify()
		out[i] = Entry{Obs: o, Body: []byte(fmt.Sprint("body ", i)), Load: rapid.SampledFrom(loads).Draw(t, "load"), Terms: "terms", Run: run}
	}
	return out
}

// Entries that are written together end as if they had been written one after the other, whatever stands twice among them.
func TestAppendAllIsAppendOneByOne(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir()}
	one, many := openStore(t, dirs[0]), openStore(t, dirs[1])
	loads, runs := []int64{0, 1, 4, 2, 3}, []int64{0}
	for _, s := range []*Store{one, many} {
		runs = runs[:1]
		write(t, s, func(tx *Tx) error {
			for n := range 3 {
				r := &Run{Name: fmt.Sprint(n), ReceivedAt: noon}
				if err := tx.BeginRun(r); err != nil {
					return err
				}
				runs = append(runs, r.ID)
				if n == 0 {
					if err := tx.PublishRun(r, nil); err != nil {
						return err
					}
				}
			}
			return tx.Join(2, 3, 0, noon, "terms", "by") // load 2 became load 3
		})
	}
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		batches := make([][]Entry, rapid.IntRange(1, 2).Draw(t, "batches"))
		for i := range batches {
			batches[i] = entries(t, loads[:rapid.IntRange(2, len(loads)).Draw(t, "loads")], rapid.SampledFrom(runs).Draw(t, "run"))
		}
		if all := batches[len(batches)-1]; len(all) > 0 && rapid.IntRange(0, 3).Draw(t, "fault") == 0 {
			all[rapid.IntRange(0, len(all)-1).Draw(t, "where")].Body = nil // no row may be without one
		}
		empty := func(tx *Tx) error {
			for _, table := range []string{"observation", "position"} {
				if _, err := tx.exec("DELETE FROM " + table); err != nil {
					return err
				}
			}
			return nil
		}
		var apart, together []bool
		errOne := one.Write(ctx, func(tx *Tx) error {
			if err := empty(tx); err != nil {
				return err
			}
			for _, e := range slices.Concat(batches...) {
				fresh, err := tx.Append(e)
				if err != nil {
					return err
				}
				apart = append(apart, fresh)
			}
			return nil
		})
		errMany := many.Write(ctx, func(tx *Tx) error {
			if err := empty(tx); err != nil {
				return err
			}
			for _, batch := range batches {
				fresh, err := tx.AppendAll(batch)
				if err != nil {
					return err
				}
				together = append(together, fresh...)
			}
			return nil
		})
		if (errOne == nil) != (errMany == nil) {
			t.Fatalf("one by one: %v; together: %v", errOne, errMany)
		}
		if errOne == nil && !slices.Equal(apart, together) {
			t.Fatalf("fresh one by one: %v\ntogether: %v", apart, together)
		}
		for _, table := range []string{"observation", "position"} {
			if a, b := tableText(t, one.read, table), tableText(t, many.read, table); !slices.Equal(a, b) {
				t.Fatalf("%s one by one:\n%v\ntogether:\n%v", table, a, b)
			}
		}
	})
}
