package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// Every load as it was shown at an instant is shown so for ever when asked as of that instant, whatever came later; and the
// projections are at every moment what a rebuild would draw.
func TestWhatWasShownStandsAsOfThen(t *testing.T) {
	dirs := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		b := newBench(t, fmt.Sprintf("%s/%d", dirs, n))
		defer b.store.Close()
		type shown struct {
			load int64
			at   time.Time
			view string
		}
		var seen []shown
		var said []freight.ObservationID
		steps := rapid.IntRange(3, 8).Draw(r, "steps")
		for range steps {
			b.now = b.now.Add(time.Duration(rapid.IntRange(1, 400).Draw(r, "minutes")) * time.Minute)
			step(r, b, &said)
			for _, load := range loadsOf(b) {
				seen = append(seen, shown{load, b.now, b.viewJSON(load, b.now)})
				// What is shown now is read from the projection, and must be the same as the fold of the log.
				if live := b.viewJSON(load, time.Time{}); live != seen[len(seen)-1].view {
					r.Fatalf("load %d at %s: shown %s\nfolded %s", load, b.now, live, seen[len(seen)-1].view)
				}
			}
		}
		for _, s := range seen {
			if then := b.viewJSON(s.load, s.at); then != s.view {
				r.Fatalf("load %d as of %s is now %s\nwas %s", s.load, s.at, then, s.view)
			}
		}
		if diff := b.rebuiltDiffers(); diff != "" {
			r.Fatalf("rebuilt differs from live (-live +rebuilt):\n%s", diff)
		}
	})
}

func loadsOf(b *bench) (out []int64) {
	for _, line := range dump(b.t, b, []string{"board"})["board"] {
		var load int64
		for _, part := range strings.Fields(line) {
			if _, err := fmt.Sscanf(part, "load=%d", &load); err == nil {
				out = append(out, load)
				break
			}
		}
	}
	return out
}

// step is one thing that may happen at a desk.
func step(r *rapid.T, b *bench, said *[]freight.ObservationID) {
	number := func() string { return fmt.Sprint(1001 + rapid.IntRange(0, 3).Draw(r, "load")) }
	known := func() string {
		if n := number(); len(hits(b, n)) > 0 {
			return n
		}
		return ""
	}
	switch rapid.IntRange(0, 6).Draw(r, "kind") {
	case 0, 1: // an export, of some of the loads, with some window
		first, n := rapid.IntRange(0, 2).Draw(r, "first"), rapid.IntRange(1, 3).Draw(r, "n")
		text := strings.ReplaceAll(manyLoads(1001+first, n), "2026-11-24 10:00", fmt.Sprintf("2026-11-24 1%d:00", rapid.IntRange(0, 2).Draw(r, "end")))
		b.sheet("loads.csv", text, rapid.Bool().Draw(r, "full"))
	case 2: // a carrier's status, maybe before the tender, maybe the same again
		b.sheet("events.csv", fmt.Sprintf("load,source,event,stop,at,text\nPRO:P%s,carrier/BLUL,%s,1,2026-11-23 08:1%d,\n", number(),
			rapid.SampledFrom([]string{"arrived", "departed"}).Draw(r, "event"), rapid.IntRange(0, 2).Draw(r, "minute")), false)
	case 3: // a message that may find no load
		b.sheet("events.csv", fmt.Sprintf("load,source,event,stop,at,text\nBOL:B%s,user,note,,,word %d\n", number(), rapid.IntRange(0, 2).Draw(r, "word")), false)
	case 4: // an edit
		if n := known(); n != "" {
			*said = append(*said, b.post(n, freight.Claim{Fact: freight.FactCustomer, Value: freight.Value{Text: fmt.Sprint("Zenith ", rapid.IntRange(0, 2).Draw(r, "name"))}}))
		}
	case 5: // an undo, of an edit or of an undo
		if len(*said) > 0 {
			id := rapid.SampledFrom(*said).Draw(r, "undo")
			load, err := b.store.FindObservation(context.Background(), id)
			if err != nil {
				r.Fatal(err)
			}
			l, err := b.store.Load(context.Background(), load)
			if err != nil {
				r.Fatal(err)
			}
			*said = append(*said, b.postAs(l.Number, freight.Observation{Retracts: id}))
		}
	case 6: // a person assigns what waits
		items, err := b.store.Quarantined(context.Background(), "open", b.now, 10)
		if err != nil {
			r.Fatal(err)
		}
		if n := known(); n != "" && len(items) > 0 && items[0].Obs != nil {
			if err := b.Assign(context.Background(), &items[0], b.id(n), "Ida", nil); err != nil {
				r.Fatal(err)
			}
		}
	}
}

func hits(b *bench, number string) []int64 {
	found, err := b.store.RefHits(context.Background(), number, 10)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []int64
	for _, h := range found {
		out = append(out, h.Load)
	}
	return out
}
