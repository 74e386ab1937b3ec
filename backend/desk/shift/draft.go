package shift

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// draft is the sheet as known at an instant with the clock at now. A load of which somebody wrote is on it whatever its state.
func (a *Area) draft(ctx context.Context, known, now time.Time, words map[int64]HandoverWords) (Handover, error) {
	now = now.UTC()
	since, err := a.since(ctx, now)
	if err != nil {
		return Handover{}, err
	}
	loads, err := a.loads(ctx, known, now)
	if err != nil {
		return Handover{}, err
	}
	for load := range words {
		loads = append(loads, load)
	}
	slices.Sort(loads)
	loads = slices.Compact(loads)

	sheet := Handover{At: now, Since: since, By: a.desk.Person("")}
	told, err := a.tell(ctx, loads, since, known, now)
	if err != nil {
		return Handover{}, err
	}
	var lines []watch.Line
	for i := range told {
		_, written := words[loads[i]]
		switch {
		case told[i] == nil || !told[i].asks && !written:
		case !written && !told[i].line.Worth():
			sheet.Quiet++
		default:
			l := told[i].shown()
			l.Words = words[loads[i]]
			sheet.Lines = append(sheet.Lines, l)
			lines = append(lines, told[i].line)
		}
	}
	sheet.Blocked = watch.Blocked(lines)
	sortLines(sheet.Lines)
	sheet.count()
	return sheet, nil
}

// loads are all that are on the board, and those off it on which something is still open.
func (a *Area) loads(ctx context.Context, known, now time.Time) ([]int64, error) {
	loads, err := a.desk.Store.LiveLoads(ctx)
	if err == nil && !known.IsZero() {
		loads, err = a.desk.Store.AliveAt(ctx, known)
	}
	if err != nil {
		return nil, err
	}
	open, err := a.desk.Ledger.Exceptions(ctx, known, now)
	for i := range open {
		loads = append(loads, open[i].Load)
	}
	return loads, err
}

// told is a load's line with what the screen needs beside it.
type told struct {
	line watch.Line
	id   string
	zone string
	asks bool // it is on the board, or something is open on it
}

// tell judges the loads, on all cores; nil for one that nothing was known of.
func (a *Area) tell(ctx context.Context, loads []int64, since, known, now time.Time) ([]*told, error) {
	out := make([]*told, len(loads))
	errs := make([]error, runtime.GOMAXPROCS(0))
	next := make(chan int)
	var hands sync.WaitGroup
	for hand := range errs {
		hands.Go(func() {
			for i := range next {
				if errs[hand] != nil {
					continue
				}
				s, err := a.desk.Ledger.Standing(ctx, loads[i], known, now)
				if err != nil {
					errs[hand] = err
				} else if s.Timeline.Count > 0 {
					out[i] = tellOne(&s, since, now)
				}
			}
		})
	}
	for i := range loads {
		next <- i
	}
	close(next)
	hands.Wait()
	return out, errors.Join(errs...)
}

func tellOne(s *ledger.Standing, since, now time.Time) *told {
	out := &told{id: s.Load.UID.String(), line: watch.HandoverLine(&s.Timeline, s.Exceptions, s.Course.Errands, since, now, s.Rules)}
	out.asks = s.Timeline.State.Live() || len(out.line.Open) > 0
	for i := range s.Timeline.Stops {
		if stop := &s.Timeline.Stops[i]; out.zone == "" || !stop.Done() {
			out.zone = stop.Zone
			if !stop.Done() {
				break
			}
		}
	}
	return out
}

func (t *told) shown() HandoverLine {
	l := &t.line
	out := HandoverLine{Load: l.Load, LoadID: t.id, Customer: l.Customer, Carrier: l.Carrier, State: l.State, Zone: t.zone, StopClock: l.StopClock,
		Happened: l.Happened, Decided: l.Decided, Fragile: l.Fragile, Promises: l.Promises, Next: l.Next, NextDue: desk.InZone(l.NextDue, t.zone),
		Owner: l.Owner, Meters: l.Meters, Temp: l.Temp, Authority: l.Authority}
	for _, e := range l.Open {
		out.Open = append(out.Open, HandoverException{ID: e.ID, Kind: e.Kind, Severity: e.Severity, Why: e.Why, Owner: e.Owner, State: e.State})
	}
	return out
}
