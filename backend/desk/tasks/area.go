package tasks

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// Area lists what waits and takes what came of it.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

const (
	usualHours  = 24 // the span of what was saved, where nobody says
	mostHours   = 24 * 31
	mostCovered = 50 // covered calls that are listed
)

// List is the tasks that a query chooses.
func (a *Area) List(ctx context.Context, q TaskQuery) (Tasks, error) {
	known, now := a.desk.Sight(q.At, q.AsOf)
	hours := cmp.Or(q.Hours, usualHours)
	if hours < 0 || hours > mostHours {
		return Tasks{}, desk.Invalid("Calls are counted over 1 to %d hours back.", mostHours)
	}
	out := Tasks{AsOf: now, Seq: a.desk.Ledger.News().Seq(), Saved: CallsSaved{From: now.Add(-time.Duration(hours) * time.Hour), To: now}}
	if !known.IsZero() {
		out.AsOf = known
	}
	all, err := a.desk.Ledger.TasksSince(ctx, out.Saved.From, known, now)
	if err != nil {
		return out, err
	}
	out.count(all)
	choose, err := a.chooser(ctx, q)
	if err != nil {
		return out, err
	}
	chosen := slices.DeleteFunc(all, func(t ledger.TaskOf) bool { return !t.EndedAt.IsZero() || !choose(&t) })
	slices.SortFunc(chosen, inOrder)
	for i := range chosen {
		if chosen[i].Due.Before(now) {
			out.Overdue++
		}
	}
	out.Count = len(chosen)
	from := min(q.Offset, len(chosen))
	page := chosen[from:]
	if q.Limit > 0 {
		page = page[:min(q.Limit, len(page))]
	}
	out.MoreLater = len(chosen) - from - len(page)
	if out.Items, err = a.items(ctx, page, known, now); err != nil || len(out.Items) > 0 {
		return out, err
	}
	fresh, err := a.desk.Freshness(ctx, known, now)
	out.Why = "Nothing waits for you. " + fresh
	if len(chosen) > 0 {
		out.Why = "The list ends before this page. " + fresh
	}
	return out, err
}

// inOrder depends on nothing but the tasks themselves.
func inOrder(x, y ledger.TaskOf) int {
	return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Level.Rank(), y.Level.Rank()), cmp.Compare(x.Row.Load, y.Row.Load), cmp.Compare(x.Key, y.Key),
		strings.Compare(string(x.Row.ID[:]), string(y.Row.ID[:])))
}

func (a *Area) chooser(ctx context.Context, q TaskQuery) (func(*ledger.TaskOf) bool, error) {
	load := int64(0)
	if q.Load != "" {
		found, err := a.desk.FindLoad(ctx, q.Load)
		if err != nil {
			return nil, err
		}
		load = found.ID
	}
	owner := q.Owner
	if owner == "me" {
		owner = a.desk.Person("")
	}
	return func(t *ledger.TaskOf) bool {
		return (load == 0 || load == t.Load) && (q.Customer == "" || strings.EqualFold(q.Customer, t.Row.Customer)) && (q.Kind == "" || q.Kind == t.Kind) &&
			(owner == "" || owner == "none" && t.Row.Owner == "" || strings.EqualFold(owner, t.Row.Owner))
	}, nil
}

// count tells how many calls the data made needless, and names the latest of them.
func (out *Tasks) count(all []ledger.TaskOf) {
	errands := make([]freight.Errand, len(all))
	var covered []*ledger.TaskOf
	for i := range all {
		errands[i] = all[i].Errand
		if t := &all[i]; t.Covered != "" && !t.EndedAt.IsZero() && !t.EndedAt.Before(out.Saved.From) {
			covered = append(covered, t)
		}
	}
	n := watch.CountCalls(errands, out.Saved.From, out.Saved.To.Add(1))
	out.Saved.Due, out.Saved.Covered = n.Due, n.Covered+n.Later
	if n.Due > 0 {
		out.Saved.Ratio = float64(out.Saved.Covered) / float64(n.Due)
	}
	slices.SortFunc(covered, func(x, y *ledger.TaskOf) int { return cmp.Or(y.EndedAt.Compare(x.EndedAt), inOrder(*x, *y)) })
	for _, t := range covered[:min(mostCovered, len(covered))] {
		out.Covered = append(out.Covered, CoveredCall{Load: t.Row.Load, LoadID: hex.EncodeToString(t.Row.ID[:]), Customer: t.Row.Customer, Key: t.Key, Stop: t.Stop,
			Due: *desk.Moment(t.Due), Why: t.Covered})
	}
}

// items are tasks as screens and commands receive them, each with whom to call.
func (a *Area) items(ctx context.Context, page []ledger.TaskOf, known, now time.Time) (freight.List[TaskItem], error) {
	people, err := a.desk.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	loads := map[int64]*ledger.Standing{}
	out := make(freight.List[TaskItem], 0, len(page))
	for i := range page {
		t := &page[i]
		s := loads[t.Load]
		if s == nil {
			read, err := a.desk.Ledger.Standing(ctx, t.Load, known, now)
			if err != nil {
				return nil, err
			}
			s = &read
			loads[t.Load] = s
		}
		out = append(out, itemOf(t, s, people))
	}
	return out, nil
}

func itemOf(t *ledger.TaskOf, s *ledger.Standing, people []desk.Colleague) TaskItem {
	stop := stopOf(&s.Timeline, t.Stop)
	item := TaskItem{Key: t.Key, Load: t.Row.Load, LoadID: hex.EncodeToString(t.Row.ID[:]), Customer: t.Row.Customer, Carrier: t.Row.Carrier, Kind: t.Kind,
		Stop: t.Stop, StopName: stop.Place.String(), Zone: stop.Zone, Due: *desk.InZone(t.Due, stop.Zone), Level: t.Level, Why: t.Why, Whom: t.Whom,
		Attempts: t.Attempts, Said: t.Said, Owner: t.Row.Owner}
	who := reachable(t.Whom, s, people)
	item.Name, item.Phone = who.name, who.phone
	for _, ask := range t.Asks {
		item.Asks = append(item.Asks, TaskAsk{Key: ask.Key, Text: ask.Text, Fact: string(ask.Fact), Type: ask.Type, Stop: ask.Stop})
	}
	return item
}

// stopOf is a stop by its number; of the load as a whole the last one, for its zone alone.
func stopOf(t *freight.Timeline, seq int) (stop freight.StopLine) {
	for i := range t.Stops {
		if t.Stops[i].Seq == seq {
			return t.Stops[i]
		}
	}
	if n := len(t.Stops); n > 0 {
		stop.Zone = t.Stops[n-1].Zone
	}
	return stop
}

type contact struct{ name, phone string }

// reachable is who stands behind a step of the contact ladder, as far as it is on file.
func reachable(whom string, s *ledger.Standing, people []desk.Colleague) contact {
	var file freight.CarrierFile
	if s.Around != nil && s.Around.Carrier != nil {
		file = *s.Around.Carrier
	}
	switch whom {
	case "driver":
		return contact{s.Timeline.Driver["NAME"].Value, s.Timeline.Driver["PHONE"].Value}
	case "dispatcher":
		return contact{file.Dispatcher, file.Phone}
	case "afterHours":
		return contact{s.Timeline.Carrier.Value, file.AfterHours}
	case "owner":
		return contact{s.Timeline.Carrier.Value, file.Phone}
	case "customer":
		return contact{name: s.Timeline.Customer.Value}
	case "lead":
		for _, p := range people {
			if p.Role == desk.Lead {
				return contact{p.Name, p.Phone}
			}
		}
	}
	return contact{}
}
