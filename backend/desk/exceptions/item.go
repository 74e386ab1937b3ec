package exceptions

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// items are exceptions as screens and commands receive them.
func (a *Area) items(ctx context.Context, list []*ledger.OfLoad, known, now time.Time) (freight.List[ExceptionItem], error) {
	people, err := a.desk.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	where := a.desk.Stops(known, now)
	out := make(freight.List[ExceptionItem], 0, len(list))
	for _, x := range list {
		stop, err := where.Find(ctx, x.Load, &x.Row, x.Stop)
		if err != nil {
			return nil, err
		}
		item := itemOf(x, stop)
		for _, p := range people {
			if x.Escalated != "" && p.Role == x.Escalated {
				item.EscalatedTo = append(item.EscalatedTo, p.Name)
			}
		}
		out = append(out, item)
	}
	return out, nil
}

func itemOf(x *ledger.OfLoad, stop desk.StopName) ExceptionItem {
	item := ExceptionItem{ID: x.ID, Load: x.Row.Load, LoadID: hex.EncodeToString(x.Row.ID[:]), Customer: x.Row.Customer, Carrier: x.Row.Carrier,
		Kind: x.Kind, Words: watch.KindOf(x.Kind).Words, Part: x.Part, Also: x.Also, Severity: x.Severity, Level: x.Level, Service: x.NeedsCause,
		Stop: x.Stop, StopName: stop.Name, Zone: stop.Zone,
		Since: desk.InZone(x.Since, stop.Zone), DetectedAt: utc(x.KindAt), FirstAt: utc(x.DetectedAt), ShownAt: desk.Moment(x.Shown), ClearedAt: desk.Moment(x.ClearedAt),
		State: ExceptionState(x.State), Owner: x.Owner, Why: x.Why, Party: x.Party, Proof: x.Proof, Reopened: x.Reopened,
		SnoozedUntil: desk.Moment(x.SnoozedUntil), Escalated: x.Escalated, ResolvedBy: x.ResolvedBy, ResolvedNote: x.ResolvedNote, ResolvedAt: desk.Moment(x.ResolvedAt),
		Next: ExceptionNext{Action: x.Next.Act, Text: x.Next.Text, Due: due(x.Next.Due, stop.Zone)}}
	if item.Next.Action == "" {
		item.Next.Action = "none"
	}
	if x.Open() {
		if err := watch.CheckResolve(&x.Exception); err != nil {
			item.NeedsCause, item.Lacks = true, err.Error()
		}
	}
	if x.Cause != "" {
		item.Cause = &ExceptionCause{Type: x.CauseType, Code: x.Cause, Words: x.Cause}
		if c, known := watch.CauseOf(x.CauseType, x.Cause); known {
			item.Cause.Words, item.Cause.Party = c.Words, c.Party
		}
	}
	for _, id := range x.Evidence {
		item.Evidence = append(item.Evidence, id.String())
	}
	for _, in := range x.Inputs {
		item.Inputs = append(item.Inputs, ExceptionInput(in))
	}
	for _, c := range x.History {
		item.History = append(item.History, ExceptionChange{At: utc(c.At), By: c.By, What: c.What, Old: c.Old, New: c.New})
	}
	return item
}

// utc is an instant that is always known, as JSON shows it.
func utc(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

// due is nil for what never falls due: rules give that an instant beyond all dates.
func due(at time.Time, zone string) *time.Time {
	if at.Year() >= 9999 {
		return nil
	}
	return desk.InZone(at, zone)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
