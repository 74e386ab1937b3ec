package reports

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// gathering is what loads figures are wanted of, and as known when.
type gathering struct {
	customer, carrier string
	from, to          int
	asOf, now         time.Time
}

// tooMany is how many loads behind the log are folded for an answer; it takes seconds.
const tooMany = 5000

// lookAround is how many days about a period are searched for loads whose stops lay in it at an earlier instant.
const lookAround = 60

// factsOf gathers the loads with a stop in the days. What is on file is taken as it is; loads that changed since the
// instant looked back to, whose facts are behind the log, or whose findings changed by the clock alone, are folded.
func (a *Area) factsOf(ctx context.Context, g gathering) ([]kpi.Load, error) {
	anew, err := a.anew(ctx, g)
	if err != nil {
		return nil, err
	}
	names := []string{g.customer}
	if g.customer == "" {
		if names, err = a.desk.Store.CustomerNames(ctx); err != nil {
			return nil, err
		}
	}
	var ids []int64
	var out []kpi.Load
	for _, name := range names {
		err := a.desk.Store.LoadFacts(ctx, name, g.from, g.to, func(f *store.LoadFact) error {
			if _, again := slices.BinarySearch(anew, f.Load); !again && g.only(&f.LoadFacts) {
				ids, out = append(ids, f.Load), append(out, kpi.Load{LoadFacts: f.LoadFacts})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !g.asOf.IsZero() {
		later, err := a.desk.Store.HeardSince(ctx, ids, g.asOf)
		if err != nil {
			return nil, err
		}
		ids, out = without(ids, out, later)
	}
	restless, err := a.desk.Store.Restless(ctx, ids, g.now)
	if err != nil {
		return nil, err
	}
	ids, out = without(ids, out, restless)
	anew = append(anew, restless...)
	if err := a.happenings(ctx, ids, out, g); err != nil {
		return nil, err
	}
	shown, err := a.desk.Store.ShownAt(ctx, anew)
	if err != nil {
		return nil, err
	}
	for _, load := range anew {
		s, err := a.desk.Ledger.Standing(ctx, load, g.asOf, g.now)
		if err != nil {
			return nil, err
		}
		l, err := standing(&s, shown[load], func() ([]freight.Observation, error) { return a.desk.Store.Observations(ctx, load, g.asOf) })
		if err != nil {
			return nil, err
		}
		if s.Timeline.Count > 0 && g.only(&l.LoadFacts) {
			out = append(out, l)
		}
	}
	return out, nil
}

// anew are the loads to be folded, in order.
func (a *Area) anew(ctx context.Context, g gathering) ([]int64, error) {
	list, err := a.desk.Store.Dirty(ctx, 0, tooMany+1)
	if err == nil && len(list) > tooMany {
		return nil, &desk.Fault{Kind: "conflict", Message: fmt.Sprintf("More than %d loads are still being drawn, after an import or an update; figures counted now would leave them out.", tooMany),
			Do: "Ask again in a moment; start TraceDesk if it does not run."}
	}
	if err != nil || g.asOf.IsZero() {
		return list, err
	}
	changed, err := a.desk.Store.FactLoadsSince(ctx, g.asOf, g.from-lookAround, g.to+lookAround)
	list = append(list, changed...)
	slices.Sort(list)
	return slices.Compact(list), err
}

// without drops loads by their ids, which are in order.
func without(ids []int64, loads []kpi.Load, drop []int64) ([]int64, []kpi.Load) {
	keptIDs, kept := ids[:0], loads[:0]
	for i, id := range ids {
		if _, found := slices.BinarySearch(drop, id); !found {
			keptIDs, kept = append(keptIDs, id), append(kept, loads[i])
		}
	}
	return keptIDs, kept
}

// together is how many loads are asked for at once.
const together = 2000

// happenings puts exceptions and check calls on file to their loads, as they stood at the instant looked back to.
func (a *Area) happenings(ctx context.Context, ids []int64, loads []kpi.Load, g gathering) error {
	at := g.now
	if !g.asOf.IsZero() && g.asOf.Before(at) {
		at = g.asOf
	}
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	for part := range slices.Chunk(ids, together) {
		rows, err := a.desk.Store.ExceptionsOn(ctx, part)
		if err != nil {
			return err
		}
		shown, err := a.desk.Store.ShownAt(ctx, part)
		if err != nil {
			return err
		}
		for i := range rows {
			var x watch.Exception
			if err := cbor.Unmarshal(rows[i].Body, &x); err != nil {
				return err
			}
			l := &loads[place[rows[i].Load]]
			l.Exceptions = appendException(l.Exceptions, &x, shown[rows[i].Load][x.ID], at)
		}
		err = a.desk.Store.CallsOn(ctx, part, func(e *store.Errand) {
			l := &loads[place[e.Load]]
			l.Calls = appendCall(l.Calls, &e.Errand, at)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// standing is a load that was folded.
func standing(s *ledger.Standing, shown map[string]time.Time, log func() ([]freight.Observation, error)) (l kpi.Load, err error) {
	if l.LoadFacts, err = ledger.Facts(&s.Timeline, log); err != nil {
		return l, err
	}
	at := s.Course.At
	for i := range s.Exceptions {
		l.Exceptions = appendException(l.Exceptions, &s.Exceptions[i], shown[s.Exceptions[i].ID], at)
	}
	for i := range s.Course.Errands {
		if e := &s.Course.Errands[i]; e.Kind == "checkCall" {
			l.Calls = appendCall(l.Calls, e, at)
		}
	}
	return l, nil
}

// appendException appends an exception as it stood at an instant: nothing that came later is known of it.
func appendException(list []kpi.Exception, x *watch.Exception, shown, at time.Time) []kpi.Exception {
	if x.DetectedAt.After(at) {
		return list
	}
	known := func(t time.Time) time.Time {
		if t.After(at) {
			return time.Time{}
		}
		return t
	}
	k := kpi.Exception{ID: x.ID, Kind: x.Kind, Stop: x.Stop, Severity: x.Severity, Detected: x.DetectedAt, Shown: known(shown),
		Resolved: known(x.ResolvedAt), ByRule: x.ResolvedBy == watch.ByRule, Party: x.Party, Words: watch.KindOf(x.Kind).Words, Why: x.Why, Owner: x.Owner}
	if c, ok := watch.CauseOf(x.CauseType, x.Cause); ok {
		k.Cause = c.Words
	}
	if !k.Resolved.IsZero() {
		k.Correction = x.ResolvedNote
	}
	for i := range x.History {
		switch c := &x.History[i]; {
		case c.At.After(at):
		case c.What == string(freight.FactContact):
			k.Contacts++
		case (c.What == watch.Acknowledged || c.What == watch.Worked) && k.Acknowledged.IsZero():
			k.Acknowledged = c.At
		}
	}
	return append(list, k)
}

func appendCall(list []kpi.Call, e *freight.Errand, at time.Time) []kpi.Call {
	if e.BeganAt.After(at) {
		return list
	}
	c := kpi.Call{Key: e.Key, Stop: e.Stop, Due: e.Due, Ended: e.EndedAt, How: e.Ended, Attempts: e.Attempts}
	if c.Ended.After(at) {
		c.Ended, c.How = time.Time{}, ""
	}
	return append(list, c)
}
