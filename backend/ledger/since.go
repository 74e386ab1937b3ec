package ledger

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
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
