package watch

import (
	"cmp"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// World is what a walk is given beside the load: how it stood around it and which rules held, at every instant of the past.
type World struct {
	Around func(t *freight.Timeline, at time.Time) *freight.Around // may be nil
	Rules  func(t *freight.Timeline, at time.Time) *Rules
	// Changes are the instants, in order, at which Around or Rules may answer otherwise by themselves.
	Changes []time.Time
}

// mostInstants bounds a walk by the clock alone: a load on which the rules fall due more often between two words has a
// rule that asks for the same instant again.
const mostInstants = 10_000

// Tell carries a course on to an instant at which something was learned: t is what is known from then on. The caller has
// carried the course up to that instant with Pass, under what was known before.
func Tell(c freight.Course, t *freight.Timeline, at time.Time, w World) (freight.Course, freight.Verdict) {
	rules := w.Rules(t, at)
	v := Evaluate(t, w.around(t, at), at, rules)
	return step(c, v, at, Version+" "+rules.Version), v
}

// Due reports whether anything changes by itself after the course's instant, up to and including until.
func (w World) Due(c freight.Course, until time.Time) bool {
	next := w.next(c.At, c.Next)
	return !next.IsZero() && !next.After(until)
}

// Pass carries a course on by the clock alone, through every instant at which the verdict may change, up to and including
// until. v is the verdict at c.At (where only its NextDue is known, that is enough as long as something is due); the
// verdict at until is returned. The course stands at the last instant that was judged.
func Pass(c freight.Course, t *freight.Timeline, v freight.Verdict, until time.Time, w World) (freight.Course, freight.Verdict) {
	for range mostInstants {
		next := w.next(c.At, v.NextDue)
		if next.IsZero() || next.After(until) {
			break
		}
		c, v = Tell(c, t, next, w)
	}
	return c, v
}

func (w World) around(t *freight.Timeline, at time.Time) *freight.Around {
	if w.Around == nil {
		return nil
	}
	return w.Around(t, at)
}

// next is the first instant after one at which the clock, the surroundings or the rules change the answer.
func (w World) next(after, due time.Time) time.Time {
	i, same := slices.BinarySearchFunc(w.Changes, after, time.Time.Compare)
	if same {
		i++
	}
	for ; i < len(w.Changes) && !w.Changes[i].After(after); i++ {
	}
	if i < len(w.Changes) && (due.IsZero() || w.Changes[i].Before(due)) {
		return w.Changes[i]
	}
	return due
}

// step notes what a verdict begins, keeps and ends.
func step(c freight.Course, v freight.Verdict, at time.Time, rules string) freight.Course {
	return freight.Course{Episodes: episodes(c.Episodes, v.Findings, at, rules), Errands: errands(c.Errands, v.Tasks, at), At: at, Next: v.NextDue, Seen: c.Seen}
}

func episodes(had []freight.Episode, found []freight.Finding, at time.Time, rules string) []freight.Episode {
	if len(had) == 0 && len(found) == 0 {
		return nil
	}
	out := make([]freight.Episode, len(had), len(had)+len(found))
	copy(out, had)
	begun := len(out)
	for i := range found {
		f := &found[i]
		open := slices.IndexFunc(out[:begun], func(e freight.Episode) bool { return e.Open() && e.Key == f.Key })
		if open >= 0 {
			out[open].Finding = *f
			continue
		}
		out = append(out, freight.Episode{Finding: *f, DetectedAt: at, Rules: rules})
	}
	for i := range out[:begun] {
		if e := &out[i]; e.Open() && !slices.ContainsFunc(found, func(f freight.Finding) bool { return f.Key == e.Key }) {
			e.ClearedAt = at
		}
	}
	slices.SortStableFunc(out[begun:], func(a, b freight.Episode) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// How an errand ended.
const (
	endedCovered = "covered" // the data made the call needless
	endedGone    = "done"    // what asked for it is no more: answered, kept, settled
)

// errands are tasks over time. A covered call is noted once, when its point in time first passes.
func errands(had []freight.Errand, due []freight.Task, at time.Time) []freight.Errand {
	if len(had) == 0 && len(due) == 0 {
		return nil
	}
	out := make([]freight.Errand, len(had), len(had)+len(due))
	copy(out, had)
	begun := len(out)
	for i := range due {
		t := &due[i]
		known := slices.IndexFunc(out[:begun], func(e freight.Errand) bool {
			return e.Key == t.Key && (e.EndedAt.IsZero() || e.Ended == endedCovered && t.Covered != "")
		})
		switch {
		case known >= 0 && out[known].EndedAt.IsZero() && t.Covered != "":
			out[known].Task, out[known].EndedAt, out[known].Ended = *t, at, endedCovered
		case known >= 0:
			if out[known].EndedAt.IsZero() {
				out[known].Task = *t
			}
		case t.Covered != "":
			out = append(out, freight.Errand{Task: *t, BeganAt: at, EndedAt: at, Ended: endedCovered})
		default:
			out = append(out, freight.Errand{Task: *t, BeganAt: at})
		}
	}
	for i := range out[:begun] {
		if e := &out[i]; e.EndedAt.IsZero() && !slices.ContainsFunc(due, func(t freight.Task) bool { return t.Key == e.Key }) {
			e.EndedAt, e.Ended = at, endedGone
		}
	}
	slices.SortStableFunc(out[begun:], func(a, b freight.Errand) int { return cmp.Compare(a.Key, b.Key) })
	return out
}
