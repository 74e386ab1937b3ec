package ledger

import (
	"context"
	"errors"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// judged is a load walked up to an instant: what is known, what the rules say, and how it came about.
type judged struct {
	state   timeline.State
	t       freight.Timeline
	verdict freight.Verdict
	course  freight.Course
	shares  bool            // another load goes by one of its numbers
	met     []int64         // those others that did not know yet
	had     *freight.Course // what it went on from; nil when it was walked from the beginning
}

// meeting names the twins that are to be judged again, because the load shared no number before.
func (j judged) meeting(twins []freight.Twin, had store.Walked) judged {
	if !had.Shares {
		j.met = twinLoads(twins)
	}
	return j
}

// learned is when the desk knew of an observation that it speaks of its load.
func learned(o *freight.Observation) time.Time {
	if o.LinkedAt.After(o.ReceivedAt) {
		return o.LinkedAt
	}
	return o.ReceivedAt
}

// walk carries a load's course through its log and the clock up to now. The course goes on where it stands when the log
// holds no more from before that; else it begins anew: what is learned late with an earlier receive time belongs to the
// past. The log is put into the order in which it was learned.
func (l *Ledger) walk(c freight.Course, log []freight.Observation, twins []freight.Twin, now time.Time) judged {
	slices.SortStableFunc(log, func(a, b freight.Observation) int { return learned(&a).Compare(learned(&b)) })
	known := 0
	for known < len(log) && !learned(&log[known]).After(c.At) {
		known++
	}
	j := judged{had: &c, course: c, shares: len(twins) > 0}
	if known == 0 || known != c.Seen {
		known, j.had, j.course = 0, nil, freight.Course{}
	}
	// What is known in the end names the parties whose words are instants of change.
	j.state = timeline.Collect(log)
	from := now
	switch {
	case known < len(log):
		from = learned(&log[len(log)-1])
	case len(log) > 0 && !l.rowsOnly:
		from = j.course.At
	}
	j.t = timeline.Build(j.state, l.resolver, l.trustAt(from))
	if l.rowsOnly {
		return j
	}
	w := l.world(&j.t, twins)
	switch {
	case known < len(log):
		l.walkLog(&j, log, known, w)
	case len(log) == 0: // all was taken back or joined elsewhere
		j.course.At = now
		l.again(&j, w)
	default:
		l.again(&j, w)
	}
	j.course.Seen = len(log)
	j.course, j.t, j.verdict = l.carry(j.course, j.state, j.t, j.verdict, now, w)
	return j
}

// again judges once more at the instant up to which a course was judged: its surroundings were not those of now.
func (l *Ledger) again(j *judged, w watch.World) {
	j.course, j.verdict = watch.Tell(j.course, &j.t, j.course.At, w)
}

// walkLog tells what was learned at each instant after the first known observations, and lets the clock pass in between.
func (l *Ledger) walkLog(j *judged, log []freight.Observation, known int, w watch.World) {
	end, t := j.state, j.t
	var state timeline.State
	if known > 0 {
		state = timeline.Collect(log[:known])
	}
	for from := known; from < len(log); {
		at := learned(&log[from])
		to := from + 1
		for to < len(log) && learned(&log[to]).Equal(at) {
			to++
		}
		if before := at.Add(-1); from > 0 && l.moves(w, j.course, before) {
			was := timeline.Build(state, l.resolver, l.trustAt(j.course.At))
			j.course, _, _ = l.carry(j.course, state, was, freight.Verdict{NextDue: j.course.Next}, before, w)
		}
		if to < len(log) {
			var added bool
			if state, added = addAll(state, log[from:to]); !added {
				state = timeline.Collect(log[:to])
			}
			t = timeline.Build(state, l.resolver, l.trustAt(at))
		} else {
			state, t = end, j.t
		}
		j.course, j.verdict = watch.Tell(j.course, &t, at, w)
		from = to
	}
	j.state = end
}

// goOn carries a live load's course on by what was just learned, at one instant, without reading its log; ok is false when
// that cannot be told from the state.
func (l *Ledger) goOn(c freight.Course, state timeline.State, fresh []freight.Observation, twins []freight.Twin, now time.Time) (j judged, ok bool) {
	at := learned(&fresh[0])
	for i := range fresh {
		if !learned(&fresh[i]).Equal(at) {
			return j, false
		}
	}
	if c.Seen == 0 || at.Before(c.At) {
		return j, false
	}
	j = judged{course: c, had: &c, shares: len(twins) > 0}
	if j.state, ok = addAll(state, fresh); !ok {
		return j, false
	}
	j.t = timeline.Build(j.state, l.resolver, l.trustAt(at))
	w := l.world(&j.t, twins)
	if before := at.Add(-1); l.moves(w, c, before) {
		was := timeline.Build(state, l.resolver, l.trustAt(c.At))
		j.course, _, _ = l.carry(j.course, state, was, freight.Verdict{NextDue: c.Next}, before, w)
	}
	j.course, j.verdict = watch.Tell(j.course, &j.t, at, w)
	j.course.Seen = c.Seen + len(fresh)
	j.course, j.t, j.verdict = l.carry(j.course, j.state, j.t, j.verdict, now, w)
	return j, true
}

// pass carries a course on by the clock alone.
func (l *Ledger) pass(c freight.Course, state timeline.State, twins []freight.Twin, now time.Time) judged {
	j := judged{state: state, course: c, had: &c, shares: len(twins) > 0, t: timeline.Build(state, l.resolver, l.trustAt(c.At))}
	w := l.world(&j.t, twins)
	if due := c.Next; due.IsZero() || due.After(now) || !due.After(c.At) {
		l.again(&j, w)
	} else {
		j.verdict.NextDue = due
	}
	j.course, j.t, j.verdict = l.carry(j.course, j.state, j.t, j.verdict, now, w)
	return j
}

// moves reports whether a course changes by itself up to an instant: by the clock, by what is around it, or by whom is trusted.
func (l *Ledger) moves(w watch.World, c freight.Course, until time.Time) bool {
	return w.Due(c, until) || len(l.trustChanges(c.At, until)) > 0
}

// surroundings reads what judging needs beside the loads themselves, once until something of it changes.
func (l *Ledger) surroundings(ctx context.Context) error {
	if err := l.parties.load(ctx, l.store); err != nil {
		return err
	}
	return errors.Join(l.rules.load(ctx, l.store), l.trust.load(ctx, l.store))
}
