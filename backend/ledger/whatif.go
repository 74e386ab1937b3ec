package ledger

import (
	"context"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// Supposed are settings as if they had always been in force, for looking at what they would have found. Safe for concurrent
// use.
type Supposed struct{ book *rulebook }

// Suppose is the desk's settings of an instant, for all time, with some edits over them.
func (l *Ledger) Suppose(ctx context.Context, now time.Time, edits ...watch.SettingValue) (Supposed, error) {
	if err := l.surroundings(ctx); err != nil {
		return Supposed{}, err
	}
	l.rules.mu.RLock()
	values := slices.Clone(l.rules.values)
	l.rules.mu.RUnlock()
	values = slices.DeleteFunc(values, func(v watch.SettingValue) bool { return v.At.After(now) })
	values = append(values, edits...)
	for i := range values { // all began together; the version says which came last
		values[i].At, values[i].Version = time.Time{}, i
	}
	return Supposed{&rulebook{read: true, values: values, drawn: map[ruleScope]*watch.Rules{}}}, nil
}

// At are the rules for a load of a customer and carrier.
func (s Supposed) At(customer, carrier string) *watch.Rules {
	rules, _ := watch.RulesAt(s.book.values, customer, carrier, time.Time{})
	return rules
}

// WalkSupposed is a load's course from its first word to until under each of some settings. The log is read and folded once
// for all of them; nothing is kept.
func (l *Ledger) WalkSupposed(ctx context.Context, load int64, until time.Time, under ...Supposed) ([]freight.Course, freight.Timeline, error) {
	log, err := l.store.Observations(ctx, load, until)
	if err != nil || len(log) == 0 {
		return make([]freight.Course, len(under)), freight.Timeline{}, err
	}
	slices.SortStableFunc(log, func(a, b freight.Observation) int { return learned(&a).Compare(learned(&b)) })
	end := timeline.Collect(log)
	twins, err := l.twins(ctx, load, end)
	if err != nil {
		return nil, freight.Timeline{}, err
	}
	last := timeline.Build(end, l.resolver, l.trustAt(until))
	walks := make([]supposed, len(under))
	for i := range under {
		other := *l
		other.rules = under[i].book
		walks[i].world = other.world(&last, twins)
	}
	var state timeline.State
	var t freight.Timeline
	for from := 0; from < len(log); {
		at := learned(&log[from])
		to := from + 1
		for to < len(log) && learned(&log[to]).Equal(at) {
			to++
		}
		for i := range walks {
			if from > 0 {
				walks[i].pass(l, state, &t, at.Add(-1))
			}
		}
		var added bool
		if state, added = addAll(state, log[from:to]); !added {
			state = timeline.Collect(log[:to])
		}
		t = timeline.Build(state, l.resolver, l.trustAt(at))
		for i := range walks {
			walks[i].course, walks[i].verdict = watch.Tell(walks[i].course, &t, at, walks[i].world)
		}
		from = to
	}
	out := make([]freight.Course, len(walks))
	for i := range walks {
		walks[i].pass(l, end, &t, until)
		out[i] = walks[i].course
	}
	return out, t, nil
}

// supposed is one of the walks that go through a log together.
type supposed struct {
	world   watch.World
	course  freight.Course
	verdict freight.Verdict
}

func (s *supposed) pass(l *Ledger, state timeline.State, t *freight.Timeline, until time.Time) {
	s.course, _, s.verdict = l.carry(s.course, state, *t, s.verdict, until, s.world)
}
