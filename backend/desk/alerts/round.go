package alerts

import (
	"context"
	"maps"
	"slices"
	"time"

	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// young is how long ago an exception may have begun and still be told when the desk is opened; what began since the desk
// was last open is told however long ago.
const young = 24 * time.Hour

// lastOpenKey is under which the instant is kept up to which this desk was last seen open.
const lastOpenKey = "alerts.open"

// Look tells stakeholders of the open exceptions of some loads, nil for all, and of what quiet hours held back until now.
// Each is told to each stakeholder once, again when it gets worse, and again when it comes back; a draft about what is over falls
// away. The first round of a desk leaves out what is old.
func (a *Area) Look(ctx context.Context, loads []int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.desk.Now().UTC()
	due, err := a.due(ctx, loads, now)
	if err != nil {
		return err
	}
	notes, drafts, err := a.tell(ctx, due.fresh, now)
	if err != nil {
		return err
	}
	for i := range due.old {
		notes = append(notes, store.Alerted{AlertKey: due.old[i].key(), At: now})
	}
	fallen, err := a.fallen(ctx, loads, due.fresh)
	if err != nil {
		return err
	}
	if len(notes) > 0 || len(fallen) > 0 || !a.begun {
		if err := a.keep(ctx, notes, drafts, fallen, now); err != nil {
			return err
		}
	}
	a.begun, a.held = true, due.held
	if len(due.fresh) > 0 || len(fallen) > 0 {
		a.desk.Ledger.News().Announce(nil)
	}
	return nil
}

func (a *Area) keep(ctx context.Context, notes []store.Alerted, drafts []store.Intent, fallen []string, now time.Time) error {
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := addAll(tx, notes); err != nil {
			return err
		}
		for _, key := range fallen {
			if err := tx.DropIntent(key, now, watch.ByRule); err != nil {
				return err
			}
		}
		for i := range drafts {
			if err := tx.AddIntent(&drafts[i]); err != nil {
				return err
			}
		}
		return tx.SetMeta(lastOpenKey, now.Format(time.RFC3339Nano))
	})
}

// round is what one look found.
type round struct {
	fresh []telling
	old   []telling // began before anybody could expect to hear of it now
	held  map[int64]struct{}
}

func (a *Area) due(ctx context.Context, loads []int64, now time.Time) (round, error) {
	out := round{held: map[int64]struct{}{}}
	b, err := a.book(ctx)
	if err != nil || len(b.Rules) == 0 {
		return out, err
	}
	if loads != nil {
		loads = slices.AppendSeq(slices.Clone(loads), maps.Keys(a.held))
		if len(loads) == 0 {
			return out, nil
		}
	}
	lines, err := a.open(ctx, b.Rules, loads)
	if err != nil {
		return out, err
	}
	lines = slices.DeleteFunc(lines, func(l line) bool { return l.SnoozedUntil.After(now) })
	told, err := a.toldOf(ctx, lines)
	if err != nil {
		return out, err
	}
	if !a.begun {
		if out.old, err = a.old(ctx, b.Rules, lines, told, now); err != nil {
			return out, err
		}
	}
	list, waits := tellings(b.Rules, lines, now)
	for _, load := range waits {
		out.held[load] = struct{}{}
	}
	for _, t := range list {
		if !t.known(told) {
			out.fresh = append(out.fresh, t)
		}
	}
	return out, nil
}

// old are those that began too long ago to be told when the desk is opened; they count as told from here on.
func (a *Area) old(ctx context.Context, rules []AlertRule, lines []line, told map[store.AlertKey]bool, now time.Time) ([]telling, error) {
	from := now.Add(-young)
	kept, err := a.desk.Store.Meta(ctx, lastOpenKey)
	if err != nil {
		return nil, err
	}
	if last, err := time.Parse(time.RFC3339Nano, kept); err == nil && last.Before(from) {
		from = last
	}
	var out []telling
	list, _ := tellings(never(rules), lines, now)
	for _, t := range list {
		if key := t.key(); !t.known(told) && t.line.since().Before(from) {
			out, told[key] = append(out, t), true
		}
	}
	return out, nil
}
