package board

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Moment asks for the board as known at AsOf (zero: At) with the clock at At (zero: now), at most Limit rows (0: all).
type Moment struct {
	At    time.Time
	AsOf  time.Time
	Limit int
}

// Snapshot is the whole board at an instant, the most urgent first.
type Snapshot struct {
	AsOf time.Time         `json:"asOf"`
	Rows freight.List[Row] `json:"rows"`
}

// At is the board at a moment. Now is read from the projection; looking back folds only the loads that have since changed.
func (a *Area) At(ctx context.Context, m Moment) (Snapshot, error) {
	now := m.At
	if now.IsZero() {
		now = a.desk.Now()
	}
	asOf := m.AsOf
	if asOf.IsZero() {
		asOf = m.At
	}
	lines, err := a.linesAt(ctx, now, asOf)
	if err != nil {
		return Snapshot{}, err
	}
	slices.SortStableFunc(lines, func(a, b store.Line) int {
		x, y := a.Row.Attention, b.Row.Attention
		if x.Level != y.Level {
			return x.Level.Rank() - y.Level.Rank()
		}
		if n := x.Due.Compare(y.Due); n != 0 {
			return n
		}
		return cmp.Compare(a.Row.Load, b.Row.Load)
	})
	if m.Limit > 0 {
		lines = lines[:min(m.Limit, len(lines))]
	}
	out := Snapshot{AsOf: now}
	if !asOf.IsZero() {
		out.AsOf = asOf
	}
	for i := range lines {
		out.Rows = append(out.Rows, FromRow(&lines[i].Row, now))
	}
	return out, nil
}

func (a *Area) linesAt(ctx context.Context, now, asOf time.Time) ([]store.Line, error) {
	var lines []store.Line
	var again []int64
	keep := func(l store.Line) bool {
		if l.Holds(now) && (asOf.IsZero() || !l.LastReceived.After(asOf)) {
			lines = append(lines, l)
		} else {
			again = append(again, l.Load)
		}
		return true
	}
	if asOf.IsZero() {
		if err := a.desk.Store.LiveLines(ctx, keep); err != nil {
			return nil, err
		}
	} else if err := a.aliveLines(ctx, asOf, keep, &again); err != nil {
		return nil, err
	}
	behind, err := a.desk.Store.Dirty(ctx, 0, 1<<30)
	if err != nil {
		return nil, err
	}
	lines = slices.DeleteFunc(lines, func(l store.Line) bool { _, dirty := slices.BinarySearch(behind, l.Load); return dirty })
	again = append(again, behind...)
	slices.Sort(again)
	for _, load := range slices.Compact(again) {
		l, ok, err := a.judgeAnew(ctx, load, now, asOf)
		if err != nil {
			return nil, err
		}
		if ok {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// aliveLines looks at the loads that were alive at an instant.
func (a *Area) aliveLines(ctx context.Context, asOf time.Time, keep func(store.Line) bool, again *[]int64) error {
	alive, err := a.desk.Store.AliveAt(ctx, asOf)
	if err != nil {
		return err
	}
	for _, load := range alive {
		line, err := a.desk.Store.Line(ctx, load)
		if err == store.ErrNotFound {
			*again = append(*again, load)
			continue
		}
		if err != nil {
			return err
		}
		if line.Live || line.LastReceived.After(asOf) {
			keep(line)
		}
	}
	joined, err := a.desk.Store.NotYetJoined(ctx, 0, asOf) // provisional then, part of another load today
	*again = append(*again, joined...)
	return err
}

// judgeAnew folds a load as known at asOf and judges it at now; ok is false when it was not on the board then.
func (a *Area) judgeAnew(ctx context.Context, load int64, now, asOf time.Time) (l store.Line, ok bool, err error) {
	became, err := a.desk.Store.BecameAt(ctx, load, asOf)
	if err != nil || became != load {
		return l, false, err
	}
	v, err := a.desk.Ledger.View(ctx, load, asOf, now)
	if err != nil || v.Timeline.Count == 0 || !ledger.OnBoard(&v.Timeline, &v.Verdict) {
		return l, false, err
	}
	known, err := a.desk.Store.Load(ctx, load)
	if err != nil {
		return l, false, err
	}
	l.Row = ledger.RowOf(known, &v.Timeline, v.Verdict)
	return l, true, nil
}
