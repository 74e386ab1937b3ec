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
type Area struct {
	desk *desk.Desk
	wait *waitBook
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area {
	return &Area{desk: d, wait: newWaitBook(d.Store, d.Ledger.News(), d.Now)}
}

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
	all, err := a.all(ctx, &out, q, known, now)
	if err != nil {
		return out, err
	}
	choose, err := a.chooser(ctx, q)
	if err != nil {
		return out, err
	}
	chosen := slices.DeleteFunc(all, func(t *entry) bool { return !choose(t) })
	slices.SortFunc(chosen, inOrder)
	for i := range chosen {
		if chosen[i].due < now.UnixNano() {
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

// all are the tasks that wait before any are chosen, those of now from memory, with what was saved.
func (a *Area) all(ctx context.Context, out *Tasks, q TaskQuery, known, now time.Time) ([]*entry, error) {
	if known.IsZero() && cmp.Or(q.Hours, usualHours) == usualHours {
		list, ok, err := a.now(ctx, out, now)
		if ok || err != nil {
			return list, err
		}
	}
	read, err := a.desk.Ledger.TasksSince(ctx, out.Saved.From, known, now)
	if err != nil {
		return nil, err
	}
	out.count(read)
	var list []*entry
	for i := range read {
		if read[i].EndedAt.IsZero() {
			list = append(list, entryOf(&read[i]))
		}
	}
	return list, nil
}

// inOrder depends on nothing but the tasks themselves.
func inOrder(x, y *entry) int {
	return cmp.Or(cmp.Compare(x.due, y.due), x.level-y.level, cmp.Compare(x.number, y.number), cmp.Compare(x.key, y.key), cmp.Compare(x.load, y.load))
}

func (a *Area) chooser(ctx context.Context, q TaskQuery) (func(*entry) bool, error) {
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
	return func(t *entry) bool {
		return (load == 0 || load == t.load) && (q.Customer == "" || strings.EqualFold(q.Customer, t.customer)) && (q.Kind == "" || q.Kind == t.kind) &&
			(owner == "" || owner == "none" && t.owner == "" || strings.EqualFold(owner, t.owner))
	}, nil
}

// count tells how many calls the data made needless, and names the latest of them.
func (out *Tasks) count(all []ledger.TaskOf) {
	calls := out.Saved.tally()
	for i := range all {
		calls.add(all[i].Kind, all[i].BeganAt.UnixNano(), all[i].Ended)
	}
	out.Saved.take(calls)
	out.name(all)
}

// name lists the latest calls that data covered.
func (out *Tasks) name(all []ledger.TaskOf) {
	covered := make([]*ledger.TaskOf, 0, len(all))
	for i := range all {
		if t := &all[i]; t.Covered != "" && !t.EndedAt.IsZero() && !t.EndedAt.Before(out.Saved.From) {
			covered = append(covered, t)
		}
	}
	slices.SortFunc(covered, func(x, y *ledger.TaskOf) int {
		return cmp.Or(y.EndedAt.Compare(x.EndedAt), cmp.Compare(y.Load, x.Load), cmp.Compare(y.Key, x.Key), y.BeganAt.Compare(x.BeganAt))
	})
	for _, t := range covered[:min(mostCovered, len(covered))] {
		out.Covered = append(out.Covered, coveredCall(&t.Row, &t.Errand))
	}
}

// tally counts the calls that fell due in a span, and those of them that data covered.
type tally struct {
	from, to     int64 // Unix nanoseconds, both inclusive
	due, covered int
}

func (s *CallsSaved) tally() *tally { return &tally{from: s.From.UnixNano(), to: s.To.UnixNano()} }

func (t *tally) add(kind string, began int64, how string) {
	if began < t.from || began > t.to || !callKind(kind) {
		return
	}
	t.due++
	if how == "covered" {
		t.covered++
	}
}

func (s *CallsSaved) take(t *tally) {
	s.Due, s.Covered = t.due, t.covered
	if t.due > 0 {
		s.Ratio = float64(t.covered) / float64(t.due)
	}
}

func callKind(kind string) bool { return kind == watch.CheckCall || kind == watch.ConfirmETA }

func coveredCall(row *freight.BoardRow, e *freight.Errand) CoveredCall {
	return CoveredCall{Load: row.Load, LoadID: hex.EncodeToString(row.ID[:]), Customer: row.Customer, Key: e.Key, Stop: e.Stop, Due: *desk.Moment(e.Due), Why: e.Covered}
}

// items are tasks as screens and commands receive them, each with whom to call. One that has ended since it was counted is
// left out.
func (a *Area) items(ctx context.Context, page []*entry, known, now time.Time) (freight.List[TaskItem], error) {
	people, err := a.desk.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	loads := map[int64]*ledger.Standing{}
	out := make(freight.List[TaskItem], 0, len(page))
	for i := range page {
		s := loads[page[i].load]
		if s == nil {
			read, err := a.desk.Ledger.Standing(ctx, page[i].load, known, now)
			if err != nil {
				return nil, err
			}
			s = &read
			loads[page[i].load] = s
		}
		if t := page[i].read(s); t != nil {
			out = append(out, itemOf(t, s, people))
		}
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
