package ledger

import (
	"cmp"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// hoursOut are how long before an arrival stated arrival times are compared with it; 0 is the last one.
var hoursOut = [...]time.Duration{24 * time.Hour, 12 * time.Hour, 6 * time.Hour, 2 * time.Hour, time.Hour, 0}

// putETAs puts to each stop of a delivered load those arrival times stated in its log that were the newest so many hours
// before the actual arrival. The fold keeps only each source's newest word, so they come from the log, once the load is done.
func putETAs(f *freight.LoadFacts, log []freight.Observation) {
	said := make([][]freight.ETAFact, len(f.Stops))
	for i := range log {
		for k := range log[i].Claims {
			if stop, eta, ok := statedETA(f, &log[i], &log[i].Claims[k]); ok {
				said[stop] = append(said[stop], eta)
			}
		}
	}
	for i := range f.Stops {
		f.Stops[i].ETAs = newestBefore(said[i], f.Stops[i].Arrived.At)
	}
}

func statedETA(f *freight.LoadFacts, o *freight.Observation, c *freight.Claim) (stop int, eta freight.ETAFact, ok bool) {
	if c.Fact != freight.FactETA || c.Value.None {
		return 0, eta, false
	}
	eta.Said = saidAt(o)
	if stop = stopOfETA(f, &c.Subject.Stop, eta.Said); stop < 0 {
		return 0, eta, false
	}
	eta.At = instantAt(c.Value.Start, f.Stops[stop].Zone)
	return stop, eta, !eta.At.IsZero()
}

// stopOfETA is the stop that an arrival time speaks of, as the fold places it: by number, else the first of its side that was
// not reached when it was said, else the only stop that was not; -1 where that leaves a choice.
func stopOfETA(f *freight.LoadFacts, ref *freight.StopRef, said time.Time) int {
	if ref.Seq != 0 {
		return slices.IndexFunc(f.Stops, func(s freight.StopFacts) bool { return s.Seq == ref.Seq })
	}
	next := -1
	for i := range f.Stops {
		s := &f.Stops[i]
		if s.Arrived.Known() && !s.Arrived.At.After(said) || !onSide(s.Kind, string(ref.Side)) {
			continue
		}
		if ref.Side != "" {
			return i
		}
		if next >= 0 {
			return -1
		}
		next = i
	}
	return next
}

func onSide(kind, side string) bool { return side == "" || kind == side || kind == "pickup_delivery" }

// instantAt is a time as written as an instant, read on a stop's clock where it names no zone; zero where that cannot be told.
func instantAt(w freight.When, zone string) time.Time {
	switch w.Basis {
	case freight.Instant:
		return time.Unix(w.Sec, 0).UTC()
	case freight.InZone:
		zone = w.Zone
	case freight.Local:
	default:
		return time.Time{}
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return time.Time{}
	}
	t := w.Wall()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, loc).UTC()
}

// newestBefore keeps, for each number of hours, the last time stated so long before the arrival.
func newestBefore(said []freight.ETAFact, arrived time.Time) []freight.ETAFact {
	if arrived.IsZero() || len(said) == 0 {
		return nil
	}
	slices.SortFunc(said, func(a, b freight.ETAFact) int { return cmp.Or(a.Said.Compare(b.Said), a.At.Compare(b.At)) })
	var out []freight.ETAFact
	for _, h := range hoursOut {
		last := -1
		for i := range said {
			if !said[i].Said.After(arrived.Add(-h)) {
				last = i
			}
		}
		if last >= 0 && !slices.Contains(out, said[last]) {
			out = append(out, said[last])
		}
	}
	return out
}
