package ledger

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// drawExceptions draws the exceptions of a load from its course and what people did about them, and sees to it that the
// clock looks again when one of them changes by itself.
func (l *Ledger) drawExceptions(p *store.Projection, j *judged, now time.Time) error {
	rules := l.rules.at(&j.t, now)
	for _, x := range watch.Exceptions(p.Row.ID, j.course, &j.t, now, rules) {
		body, err := cbor.Marshal(&x)
		if err != nil {
			return err
		}
		p.Exceptions = append(p.Exceptions, store.Exception{Load: p.Load, ID: x.ID, Open: x.Open(), Severity: x.Severity.Rank(), Level: x.Level.Rank(),
			Kind: x.Kind, Stop: x.Stop, Due: x.Next.Due, Detected: x.DetectedAt, Cleared: x.ClearedAt, State: x.State, Owner: x.Owner, Body: body})
		if !x.NextDue.IsZero() && (p.NextDue.IsZero() || x.NextDue.Before(p.NextDue)) {
			p.NextDue = x.NextDue
		}
	}
	return nil
}

// OfLoad is an exception with the load it is on.
type OfLoad struct {
	Load  int64
	Row   freight.BoardRow
	Shown time.Time // when a running desk first showed it; zero when none did
	watch.Exception
}

// TaskOf is a task with the load it is on.
type TaskOf struct {
	Load int64
	Row  freight.BoardRow
	freight.Errand
}

// Standing is all that is concluded of one load at an instant.
type Standing struct {
	Load       store.Load
	Timeline   freight.Timeline
	Verdict    freight.Verdict
	Around     *freight.Around
	Course     freight.Course
	Rules      *watch.Rules
	Exceptions []watch.Exception
}

// Standing judges a load as known at asOf (zero: all that is on file) with the clock at now, and how it came about. It
// goes on from the course on file where nothing else than the clock moved, else it walks the log.
func (l *Ledger) Standing(ctx context.Context, load int64, asOf, now time.Time) (Standing, error) {
	out := Standing{}
	if err := l.surroundings(ctx); err != nil {
		return out, err
	}
	known, err := l.store.Load(ctx, load)
	if err != nil {
		return out, err
	}
	j, err := l.judgedAt(ctx, load, asOf, now)
	if err != nil {
		return out, err
	}
	at := now
	if !asOf.IsZero() && asOf.Before(at) {
		at = asOf
	}
	twins, err := l.twins(ctx, load, j.state)
	if err != nil {
		return out, err
	}
	out = Standing{Load: known, Timeline: j.t, Verdict: j.verdict, Course: j.course, Rules: l.rules.at(&j.t, now), Around: l.around(&j.t, twins, at)}
	out.Exceptions = watch.Exceptions(known.UID, j.course, &j.t, now, out.Rules)
	return out, nil
}

func (l *Ledger) judgedAt(ctx context.Context, load int64, asOf, now time.Time) (judged, error) {
	on, err := l.store.Walked(ctx, []int64{load})
	if err != nil {
		return judged{}, err
	}
	if had, ok := on[load]; ok && had.State != nil && !now.Before(had.Course.At) {
		dirty, err := l.store.IsDirty(ctx, load)
		if err != nil {
			return judged{}, err
		}
		state, err := timeline.DecodeState(had.State)
		if err == nil && !dirty && (asOf.IsZero() || !state.Summary.LastAt.After(asOf)) {
			twins, err := l.twins(ctx, load, state)
			if err != nil {
				return judged{}, err
			}
			return l.pass(had.Course, state, twins, now), nil
		}
	}
	log, err := l.store.Observations(ctx, load, asOf)
	if err != nil {
		return judged{}, err
	}
	twins, err := l.twins(ctx, load, timeline.Collect(log))
	if err != nil {
		return judged{}, err
	}
	return l.walk(freight.Course{}, log, twins, now), nil
}

func (l *Ledger) twins(ctx context.Context, load int64, state timeline.State) ([]freight.Twin, error) {
	twins, err := twinsOf(pooled{ctx, l.store}, map[int64][]string{load: sharedKeys(state)})
	return twins[load], err
}

// standings tells of loads as known at asOf with the clock at now: of those that have something on file, by stored where it
// still holds, and of those whose projection does not tell, by fresh.
func (l *Ledger) standings(ctx context.Context, onFile []int64, asOf, now time.Time, stored func(load int64, row freight.BoardRow), fresh func(load int64, row freight.BoardRow, s *Standing)) error {
	if asOf.IsZero() {
		asOf = now
	}
	unsettled, err := l.store.Unsettled(ctx, asOf, now)
	if err != nil {
		return err
	}
	for _, load := range unsettled {
		s, err := l.Standing(ctx, load, asOf, now)
		if err != nil {
			return err
		}
		if s.Timeline.Count > 0 {
			fresh(load, RowOf(s.Load, &s.Timeline, s.Verdict), &s)
		}
	}
	slices.Sort(unsettled)
	for part := range slices.Chunk(onFile, 500) {
		lines, err := l.store.Lines(ctx, part)
		if err != nil {
			return err
		}
		for _, load := range part {
			_, anew := slices.BinarySearch(unsettled, load)
			if line, ok := lines[load]; ok && !anew && !line.LastReceived.After(asOf) && !line.EvaluatedAt.After(now) {
				stored(load, line.Row)
			}
		}
	}
	return nil
}

// Exceptions are all that were open as known at asOf (zero: now) with the clock at now, in no order.
func (l *Ledger) Exceptions(ctx context.Context, asOf, now time.Time) ([]OfLoad, error) {
	onFile, err := l.openOnFile(ctx)
	if err != nil {
		return nil, err
	}
	var out []OfLoad
	err = l.standings(ctx, slices.Collect(maps.Keys(onFile)), asOf, now,
		func(load int64, row freight.BoardRow) {
			for _, x := range onFile[load] {
				out = append(out, OfLoad{Load: load, Row: row, Exception: x})
			}
		},
		func(load int64, row freight.BoardRow, s *Standing) {
			for i := range s.Exceptions {
				if s.Exceptions[i].Open() {
					out = append(out, OfLoad{Load: load, Row: row, Exception: s.Exceptions[i]})
				}
			}
		})
	if err != nil {
		return nil, err
	}
	return out, l.noteShown(ctx, out)
}

// openOnFile are the open exceptions as they were last drawn, by load.
func (l *Ledger) openOnFile(ctx context.Context) (map[int64][]watch.Exception, error) {
	rows, err := l.store.OpenExceptions(ctx)
	if err != nil {
		return nil, err
	}
	out := map[int64][]watch.Exception{}
	for i := range rows {
		var x watch.Exception
		if err := cbor.Unmarshal(rows[i].Body, &x); err != nil {
			return nil, err
		}
		out[rows[i].Load] = append(out[rows[i].Load], x)
	}
	return out, nil
}

func (l *Ledger) noteShown(ctx context.Context, list []OfLoad) error {
	loads := make([]int64, 0, len(list))
	for i := range list {
		loads = append(loads, list[i].Load)
	}
	shown, err := l.store.ShownAt(ctx, loads)
	for i := range list {
		list[i].Shown = shown[list[i].Load][list[i].ID]
	}
	return err
}

// Tasks are all that waited as known at asOf (zero: now) with the clock at now, in no order.
func (l *Ledger) Tasks(ctx context.Context, asOf, now time.Time) ([]TaskOf, error) {
	rows, err := l.store.OpenErrands(ctx)
	if err != nil {
		return nil, err
	}
	onFile := map[int64][]freight.Errand{}
	for i := range rows {
		onFile[rows[i].Load] = append(onFile[rows[i].Load], rows[i].Errand)
	}
	var out []TaskOf
	err = l.standings(ctx, slices.Collect(maps.Keys(onFile)), asOf, now,
		func(load int64, row freight.BoardRow) {
			for _, e := range onFile[load] {
				out = append(out, TaskOf{Load: load, Row: row, Errand: e})
			}
		},
		func(load int64, row freight.BoardRow, s *Standing) {
			for _, e := range s.Course.Errands {
				if e.EndedAt.IsZero() {
					out = append(out, TaskOf{Load: load, Row: row, Errand: e})
				}
			}
		})
	return out, err
}

// Walk is the whole course of a load from its first word to until, anew from its log.
func (l *Ledger) Walk(ctx context.Context, load int64, until time.Time) (freight.Course, freight.Timeline, error) {
	if err := l.surroundings(ctx); err != nil {
		return freight.Course{}, freight.Timeline{}, err
	}
	log, err := l.store.Observations(ctx, load, time.Time{})
	if err != nil {
		return freight.Course{}, freight.Timeline{}, err
	}
	twins, err := l.twins(ctx, load, timeline.Collect(log))
	if err != nil {
		return freight.Course{}, freight.Timeline{}, err
	}
	whole := *l
	whole.rowsOnly = false
	j := whole.walk(freight.Course{}, log, twins, until)
	return j.course, j.t, nil
}
