package alerts

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Wording is what a playbook has a person write to the customer about a kind of exception, with placeholders; "" where it
// says nothing.
type Wording func(ctx context.Context, kind string) (string, error)

// Area tells stakeholders of exceptions.
type Area struct {
	desk    *desk.Desk
	wording Wording

	mu    sync.Mutex         // one round or change at a time
	begun bool               // the first round of this desk is over
	held  map[int64]struct{} // loads of which something waits for the end of quiet hours
}

// New is the area over an open desk.
func New(d *desk.Desk, w Wording) *Area {
	return &Area{desk: d, wording: w, held: map[int64]struct{}{}}
}

// line is one open exception.
type line struct {
	load     int64
	number   string
	customer string
	watch.Exception
}

// since is when it became what it is: detected, opened again, or worse.
func (l *line) since() time.Time {
	if l.KindAt.After(l.OpenedAt) {
		return l.KindAt
	}
	return l.OpenedAt
}

// open are the open exceptions of some loads, nil for all, that concern anybody.
func (a *Area) open(ctx context.Context, rules []AlertRule, loads []int64) ([]line, error) {
	widest := 0
	for i := range rules {
		widest = max(widest, rules[i].Severity.Rank())
	}
	var out []line
	err := a.desk.Store.OpenLines(ctx, loads, func(o *store.OpenLine) error {
		if o.Severity > widest {
			return nil
		}
		l := line{load: o.Load, number: o.Number, customer: o.Customer}
		if err := cbor.Unmarshal(o.Body, &l.Exception); err != nil {
			return err
		}
		out = append(out, l)
		return nil
	})
	return out, err
}

func (a *Area) toldOf(ctx context.Context, lines []line) (map[store.AlertKey]bool, error) {
	loads := make([]int64, 0, len(lines))
	for i := range lines {
		loads = append(loads, lines[i].load)
	}
	slices.Sort(loads)
	return a.desk.Store.AlertedOn(ctx, slices.Compact(loads))
}

// telling is one exception on its way to one stakeholder.
type telling struct {
	line *line
	rule *AlertRule
	os   bool // through the operating system too
}

func (t *telling) key() store.AlertKey {
	return store.AlertKey{Load: t.line.load, Exception: t.line.turn(t.line.Severity), Who: t.rule.Who, Channel: t.rule.Channel.road()}
}

// turn names an opening of an exception at a severity: it is told again when it comes back, and when it gets worse.
func (l *line) turn(s freight.Severity) string {
	return l.ID + "." + strconv.Itoa(l.Reopened) + "." + string(s)
}

// known reports whether it was told before in this opening, as bad as it is or worse.
func (t *telling) known(told map[store.AlertKey]bool) bool {
	key := t.key()
	for _, s := range severities[:min(t.line.Severity.Rank()+1, len(severities))] {
		key.Exception = t.line.turn(s)
		if told[key] {
			return true
		}
	}
	return false
}

// tellings are the exceptions of which somebody is to be told, each once by each road. Quiet rules are left out; waits names
// the loads of which something is left out for now.
func tellings(rules []AlertRule, lines []line, now time.Time) (out []telling, waits []int64) {
	for i := range lines {
		l := &lines[i]
		of := len(out)
		for j := range rules {
			r := &rules[j]
			if !r.concerns(l.customer, l.Severity) {
				continue
			}
			if r.quiet(now) {
				waits = append(waits, l.load)
				continue
			}
			t := telling{line: l, rule: r, os: r.Channel == OS}
			same := slices.IndexFunc(out[of:], func(o telling) bool { return o.key() == t.key() })
			if same < 0 {
				out = append(out, t)
				continue
			}
			out[of+same].os = out[of+same].os || t.os
		}
	}
	return out, waits
}

// concernedNewly are notes, with nothing told, of what is open already and concerns somebody whom it did not concern before.
func (a *Area) concernedNewly(ctx context.Context, before, after []AlertRule, now time.Time) ([]store.Alerted, error) {
	lines, err := a.open(ctx, after, nil)
	if err != nil {
		return nil, err
	}
	was := map[store.AlertKey]bool{}
	old, _ := tellings(never(before), lines, now)
	for i := range old {
		was[old[i].key()] = true
	}
	var out []store.Alerted
	come, _ := tellings(never(after), lines, now)
	for i := range come {
		if key := come[i].key(); !was[key] {
			out = append(out, store.Alerted{AlertKey: key, At: now})
		}
	}
	return out, nil
}

// never are rules without their quiet hours.
func never(rules []AlertRule) []AlertRule {
	out := slices.Clone(rules)
	for i := range out {
		out[i].QuietFrom, out[i].QuietTo = "", ""
	}
	return out
}

func addAll(tx *store.Tx, notes []store.Alerted) error {
	for i := range notes {
		if err := tx.AddAlerted(&notes[i]); err != nil {
			return err
		}
	}
	return nil
}

// worstFirst is the order in which stakeholders should hear.
func worstFirst(a, b telling) int {
	return cmp.Or(cmp.Compare(a.line.Severity.Rank(), b.line.Severity.Rank()), cmp.Compare(a.line.Level.Rank(), b.line.Level.Rank()),
		b.line.since().Compare(a.line.since()), cmp.Compare(a.line.number, b.line.number), cmp.Compare(a.line.ID, b.line.ID))
}

// listed is how many alerts one answer holds.
const listed = 200

// Recent are the alerts told after a number, oldest first, at most the newest 200. A number that this desk has not reached
// is of another desk file: then all count as new.
func (a *Area) Recent(ctx context.Context, since int64) (RecentAlerts, error) {
	list, last, err := a.desk.Store.AlertsAfter(ctx, since, listed)
	if err == nil && since > last {
		list, last, err = a.desk.Store.AlertsAfter(ctx, 0, listed)
	}
	if err != nil {
		return RecentAlerts{}, err
	}
	out := RecentAlerts{Seq: last, Alerts: make(freight.List[Alert], 0, len(list))}
	for i := range slices.Backward(list) {
		var one Alert
		if err := json.Unmarshal([]byte(list[i].Body), &one); err != nil {
			return out, err
		}
		one.Seq = list[i].Seq
		out.Alerts = append(out.Alerts, one)
	}
	return out, nil
}
