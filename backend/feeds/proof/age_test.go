package proof

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"tracedesk/backend/sim/standin"
)

// ages are how long after a platform could tell something it was asked about the load, shortest first: of arrivals and departures, and
// of all news, with positions and estimates. Who asks seldom needs few requests; here it shows.
func (r *run) ages(s *system) (happened, all []time.Duration) {
	asked, since := map[string][]time.Time{}, map[string]time.Time{} // by load; "" where a list told of all
	for _, e := range s.gate.Log.Entries() {
		switch {
		case !e.Whole || e.Status != http.StatusOK || e.Ask == standin.AskToken:
		case e.Method == http.MethodGet:
			asked[e.Load] = append(asked[e.Load], e.Facts)
		case e.Ask == "create":
			since[e.Load] = e.Facts
		}
	}
	if len(asked) == 0 {
		return nil, nil // it calls by itself
	}
	for _, l := range r.world.Of(standin.System(s.name)) {
		since, there := since[l.Number]
		if !there {
			continue
		}
		at := slices.SortedFunc(slices.Values(append(slices.Clone(asked[""]), asked[l.Number]...)), time.Time.Compare)
		for _, f := range tellable(l, s.name) {
			if !f.Told.After(since) || f.Told.After(r.world.End) {
				continue
			}
			seen := r.world.End
			if i, _ := slices.BinarySearchFunc(at, f.Told, time.Time.Compare); i < len(at) {
				seen = at[i]
			}
			all = append(all, seen.Sub(f.Told))
			if f.Kind == standin.Arrived || f.Kind == standin.Departed {
				happened = append(happened, seen.Sub(f.Told))
			}
		}
	}
	slices.Sort(happened)
	slices.Sort(all)
	return happened, all
}

// tellable are the facts of a load that its platform tells by themselves. project44 tells one position in half an hour.
func tellable(l *standin.Load, platform string) (out []standin.Fact) {
	var slot time.Time
	for _, f := range l.Facts {
		switch f.Kind {
		case standin.Asked, standin.Ready, standin.Resumed, standin.Completed:
			continue
		case standin.Position:
			half := f.At.Truncate(30 * time.Minute)
			if platform == string(standin.Project44) && half.Equal(slot) {
				continue
			}
			slot = half
		}
		out = append(out, f)
	}
	return out
}

// showAges prints the middle and the worst of twenty, in minutes, and the mean.
func (r *run) showAges(s *system) {
	happened, all := r.ages(s)
	for _, row := range []struct {
		what string
		ages []time.Duration
	}{{"arrivals and departures", happened}, {"all news", all}} {
		if len(row.ages) == 0 {
			continue
		}
		sum := time.Duration(0)
		for _, a := range row.ages {
			sum += a
		}
		at := func(share float64) float64 { return row.ages[int(share*float64(len(row.ages)-1))].Minutes() }
		fmt.Printf("%s: age of %d %s when asked: median %.0f, mean %.1f, 95th %.0f, 99th %.0f minutes\n", s.name, len(row.ages), row.what,
			at(.5), sum.Minutes()/float64(len(row.ages)), at(.95), at(.99))
	}
}
