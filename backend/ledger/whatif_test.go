package ledger_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/watch"
)

// Supposing nothing else than what holds is the walk of the log, whatever reached the desk; supposing a shorter silence
// changes nothing but silences.
func TestSupposingWhatHoldsIsTheWalk(t *testing.T) {
	ctx := context.Background()
	dirs, n := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		b := newBench(t, fmt.Sprintf("%s/%d", dirs, n))
		defer b.store.Close()
		var said []freight.ObservationID
		for range rapid.IntRange(3, 9).Draw(r, "steps") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(1, 400).Draw(r, "minutes")) * time.Minute)
			step(r, b, &said)
			if rapid.IntRange(0, 3).Draw(r, "carrier") == 0 {
				b.sheet("carriers.csv", "carrier,scac,insurance_expires,authority\nBlue Line,BLUL,"+
					rapid.SampledFrom([]string{"2026-11-20,active", "2027-11-20,revoked"}).Draw(r, "file")+"\n", false)
			}
		}
		holds, err := b.Suppose(ctx, b.now)
		if err != nil {
			r.Fatal(err)
		}
		other, err := b.Suppose(ctx, b.now, watch.SettingValue{Scope: "global", Key: "silence", Value: "30"})
		if err != nil {
			r.Fatal(err)
		}
		for _, load := range loadsOf(b) {
			courses, _, err := b.WalkSupposed(ctx, load, b.now, holds, other)
			if err != nil {
				r.Fatal(err)
			}
			if want := b.walked(load); episodesOf(t, courses[0]) != want {
				r.Fatalf("load %d: supposed differs from walked:\n%s", load, cmp.Diff(want, episodesOf(t, courses[0])))
			}
			if a, b := others(courses[0]), others(courses[1]); a != b {
				r.Fatalf("load %d: a shorter silence changed other findings:\n%s", load, cmp.Diff(a, b))
			}
		}
	})
}

// others are the findings that are no silence, with when they were detected and cleared.
func others(c freight.Course) (list string) {
	for i := range c.Episodes {
		if e := &c.Episodes[i]; e.Kind != "silence" {
			list += fmt.Sprintln(e.Key, e.DetectedAt, e.ClearedAt, e.Why)
		}
	}
	return list
}
