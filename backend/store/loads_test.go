package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// Numbers that are looked up together lead where each leads by itself, through joins, and past what a run has not yet published. Where
// one of them leads to too many loads, none is told.
func TestNumbersLookedUpTogether(t *testing.T) {
	s := openStore(t, t.TempDir())
	var hidden Run
	write(t, s, func(tx *Tx) error {
		if err := tx.BeginRun(&hidden); err != nil {
			return err
		}
		return tx.Join(1, 2, 0, noon, "terms", "by")
	})
	rapid.Check(t, func(r *rapid.T) {
		number := rapid.Custom(func(r *rapid.T) freight.Reference {
			types := []freight.RefType{freight.RefBOL, freight.RefPRO}
			return freight.Reference{Type: rapid.SampledFrom(types).Draw(r, "type"), Value: fmt.Sprint("N", rapid.IntRange(0, 5).Draw(r, "number"))}
		})
		const limit = 4
		write(t, s, func(tx *Tx) error {
			if _, err := tx.exec("DELETE FROM ref"); err != nil {
				return err
			}
			for range rapid.IntRange(0, 25).Draw(r, "refs") {
				run := rapid.SampledFrom([]int64{0, hidden.ID}).Draw(r, "run")
				if err := tx.AddRef(rapid.Int64Range(1, 4).Draw(r, "load"), number.Draw(r, "ref"), run); err != nil {
					return err
				}
			}
			keys := rapid.SliceOfNDistinct(rapid.Map(number, func(n freight.Reference) string { return n.Key() }), 1, 6, rapid.ID[string]).Draw(r, "keys")
			viewer := rapid.SampledFrom([]int64{0, hidden.ID}).Draw(r, "viewer")
			want, most := map[string][]RefHit{}, 0
			for _, key := range keys {
				hits, err := tx.RefHits(key, viewer, 100)
				if err != nil {
					return err
				}
				want[key], most = hits[:min(limit, len(hits))], most+len(hits)
			}
			got, err := tx.HitsOfMany(keys, viewer, limit)
			if most >= limit*len(keys) {
				want = nil
			}
			for key, hits := range want {
				if len(hits) == 0 {
					want[key] = nil
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				r.Fatalf("%v (-each by itself +together):\n%s", keys, d)
			}
			return err
		})
	})
}
