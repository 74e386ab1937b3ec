package proof

import (
	"fmt"
	"testing"
	"time"

	"tracedesk/backend/sim/standin"
)

func TestDbg(t *testing.T) {
	began := time.Now()
	calm := begin(t, t.TempDir(), standin.NewWorld(11, start, 300, 30), false)
	fmt.Println("begin", time.Since(began))
	calm.whole()
	fmt.Println("whole", time.Since(began))
	log := calm.systems[0].gate.Log
	sum := log.Sum()
	fmt.Println(sum.Requests, log.Least(15*time.Minute), sum.Asked, sum.News, calm.sum)
	// waste by hours since the last news of the load
	last := map[string]time.Time{}
	waste := map[string]int{}
	news := map[string]int{}
	for _, e := range log.Entries() {
		if e.Ask != "history" {
			continue
		}
		gap := "never"
		if !last[e.Load].IsZero() {
			gap = fmt.Sprintf("%4.2fh", min(e.At.Sub(last[e.Load]).Truncate(15*time.Minute).Hours(), 6))
		}
		if e.News {
			news[gap]++
			last[e.Load] = e.At
		} else {
			waste[gap]++
		}
	}
	loads := map[string]*standin.Load{}
	for _, l := range calm.world.Loads {
		loads[l.Number] = l
	}
	phase := map[string][2]int{}
	for _, e := range log.Entries() {
		l := loads[e.Load]
		if l == nil || e.Ask != "history" {
			continue
		}
		name := "course " + string(l.Course)
		first, lastDep := time.Time{}, time.Time{}
		began := time.Time{}
		for _, f := range l.Facts {
			if f.Kind == standin.Started && began.IsZero() {
				began = f.Told
			}
			if f.Kind == standin.Arrived && first.IsZero() {
				first = f.Told
			}
			if f.Kind == standin.Departed && f.Stop == len(l.Stops) {
				lastDep = f.Told
			}
		}
		switch {
		case !lastDep.IsZero() && e.Facts.After(lastDep):
			name += " after"
		case !first.IsZero() && e.Facts.After(first):
			name += " under way"
		case !began.IsZero() && e.Facts.After(began):
			name += " tracked before arrival"
		default:
			name += " before"
		}
		p := phase[name]
		if e.News {
			p[0]++
		} else {
			p[1]++
		}
		phase[name] = p
	}
	for n, p := range phase {
		fmt.Println(n, "news", p[0], "waste", p[1])
	}
	for gap, n := range waste {
		fmt.Println("gap", gap, "waste", n, "news", news[gap])
	}
}
