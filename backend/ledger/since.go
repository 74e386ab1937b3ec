package ledger

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// ExceptionsSince are all exceptions that were open as known at asOf (zero: now) with the clock at now, and those that are
// resolved and were detected from an instant on; in no order.
func (l *Ledger) ExceptionsSince(ctx context.Context, from, asOf, now time.Time) ([]OfLoad, error) {
	onFile, err := l.openOnFile(ctx)
	if err != nil {
		return nil, err
	}
	lately, err := l.store.ExceptionsBetween(ctx, from, now.Add(1))
	if err != nil {
		return nil, err
	}
	for i := range lately {
		if lately[i].Open {
			continue
		}
		var x watch.Exception
		if err := cbor.Unmarshal(lately[i].Body, &x); err != nil {
			return nil, err
		}
		onFile[lately[i].Load] = append(onFile[lately[i].Load], x)
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
				if x := &s.Exceptions[i]; x.Open() || !x.DetectedAt.Before(from) {
					out = append(out, OfLoad{Load: load, Row: row, Exception: *x})
				}
			}
		})
	if err != nil {
		return nil, err
	}
	return out, l.noteShown(ctx, out)
}

// TasksSince are all tasks that waited as known at asOf (zero: now) with the clock at now, and those that ended since an
// instant: covered, done; in no order.
func (l *Ledger) TasksSince(ctx context.Context, from, asOf, now time.Time) ([]TaskOf, error) {
	rows, err := l.store.OpenErrands(ctx)
	if err != nil {
		return nil, err
	}
	ended, err := l.store.ErrandsEnded(ctx, from, now.Add(1))
	if err != nil {
		return nil, err
	}
	onFile := map[int64][]freight.Errand{}
	for _, row := range append(rows, ended...) {
		onFile[row.Load] = append(onFile[row.Load], row.Errand)
	}
	if asOf.IsZero() {
		asOf = now
	}
	var out []TaskOf
	var failed error
	err = l.standings(ctx, slices.Collect(maps.Keys(onFile)), asOf, now,
		func(load int64, row freight.BoardRow) {
			for _, e := range onFile[load] {
				out = append(out, TaskOf{Load: load, Row: row, Errand: e})
			}
		},
		func(load int64, row freight.BoardRow, s *Standing) {
			for _, e := range s.Course.Errands {
				out = append(out, TaskOf{Load: load, Row: row, Errand: e})
			}
			line, err := l.store.Line(ctx, load)
			if err != nil || line.LastReceived.After(asOf) || line.EvaluatedAt.After(now) {
				if !errors.Is(err, store.ErrNotFound) {
					failed = errors.Join(failed, err)
				}
				return // walked from the beginning: the course has all
			}
			for _, e := range onFile[load] {
				if !e.EndedAt.IsZero() && !slices.ContainsFunc(s.Course.Errands, func(o freight.Errand) bool { return o.Key == e.Key && o.BeganAt.Equal(e.BeganAt) }) {
					out = append(out, TaskOf{Load: load, Row: row, Errand: e})
				}
			}
		})
	return out, errors.Join(err, failed)
}
