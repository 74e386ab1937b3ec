package exceptions

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// mostAtOnce is how many exceptions one deed may touch.
const mostAtOnce = 2000

// foundBack is how far back a resolved exception is looked for when only its id is known.
const foundBack = 90

// Act does one thing about one or many exceptions. One that refuses does not hold up the others. All that is done on one
// load is one observation: undoing it takes all of it back.
func (a *Area) Act(ctx context.Context, acts ExceptionActs) (ExceptionsActed, error) {
	d := deed{ExceptionActs: acts, who: a.desk.Person(acts.As), now: a.desk.LedgerAt(acts.Now).Now().UTC()}
	if err := d.prepare(); err != nil {
		return ExceptionsActed{}, err
	}
	out := ExceptionsActed{}
	groups, err := a.group(ctx, d.Items, d.now, &out)
	if err != nil {
		return out, err
	}
	done, loads := 0, 0
	for _, g := range groups {
		n, err := a.onLoad(ctx, &d, g, &out)
		if err != nil {
			return out, err
		}
		if n > 0 {
			done, loads = done+n, loads+1
		}
	}
	out.Says = d.says(done, loads)
	return out, nil
}

// A deed is what is asked for, with what is not said filled in.
type deed struct {
	ExceptionActs
	who  string
	now  time.Time
	zone string // of the first stop it touches: an instant is told on that stop's clock
}

// prepare refuses what can be done to no exception at all.
func (d *deed) prepare() error {
	if len(d.Items) == 0 || len(d.Items) > mostAtOnce {
		return desk.Invalid("Choose between 1 and %d exceptions.", mostAtOnce)
	}
	switch d.Act {
	case Acknowledge, Work, Assign, Resolve, Reopen:
	case Snooze:
		if d.Until == nil || !d.Until.After(d.now) {
			return desk.Invalid("Say until when it may sleep: an instant that is still to come.")
		}
	case File:
		if d.Cause == "" && d.Party == "" && len(d.Evidence) == 0 {
			return desk.Invalid("Say what to file: a cause, the responsible party or evidence.")
		}
	default:
		return desk.Invalid("%q is nothing to do with an exception: acknowledge, work, assign, snooze, resolve, reopen or file.", string(d.Act))
	}
	if d.Owner == me {
		d.Owner = d.who
	}
	return d.checkFiled()
}

func (d *deed) checkFiled() error {
	if d.Cause != "" && d.CauseType == "" {
		d.CauseType = typeOf(d.Cause)
	}
	if d.Cause != "" {
		if err := watch.CheckCause(d.CauseType, d.Cause); err != nil {
			return invalid(err)
		}
	}
	if d.Party != "" {
		if err := watch.CheckParty(d.Party); err != nil {
			return invalid(err)
		}
	}
	d.Evidence = slices.DeleteFunc(slices.Clone(d.Evidence), func(s string) bool { return strings.TrimSpace(s) == "" })
	return nil
}

// typeOf is the list that a code is of, where only one has it.
func typeOf(code string) string {
	for _, c := range watch.Causes() {
		if c.Code == code {
			return c.Type
		}
	}
	return ""
}

func invalid(err error) error { return desk.Invalid("%s.", sentence(err.Error())) }

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// group is what is asked of one load.
type group struct {
	load store.Load
	ids  []string
}

// group sorts exceptions by load, in the order in which loads are first named. What cannot be found is refused.
func (a *Area) group(ctx context.Context, items []ExceptionRef, now time.Time, out *ExceptionsActed) ([]*group, error) {
	var list []*group
	byID, err := a.loadsByID(ctx, items, now)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		load, err := a.loadOf(ctx, item, byID)
		if err != nil {
			out.refuse(item.Load, item.ID, err.Error())
			continue
		}
		i := slices.IndexFunc(list, func(g *group) bool { return g.load.ID == load.ID })
		if i < 0 {
			i = len(list)
			list = append(list, &group{load: load})
		}
		if !slices.Contains(list[i].ids, item.ID) {
			list[i].ids = append(list[i].ids, item.ID)
		}
	}
	return list, nil
}

func (out *ExceptionsActed) refuse(load, id, why string) {
	out.Refused = append(out.Refused, ExceptionRefusal{Load: load, ID: id, Why: why})
}

// loadsByID finds the loads of exceptions that were named without one.
func (a *Area) loadsByID(ctx context.Context, items []ExceptionRef, now time.Time) (map[string]int64, error) {
	if !slices.ContainsFunc(items, func(i ExceptionRef) bool { return i.Load == "" }) {
		return nil, nil
	}
	list, err := a.desk.Ledger.ExceptionsSince(ctx, now.AddDate(0, 0, -foundBack), time.Time{}, now)
	byID := make(map[string]int64, len(list))
	for i := range list {
		byID[list[i].ID] = list[i].Load
	}
	return byID, err
}

func (a *Area) loadOf(ctx context.Context, item ExceptionRef, byID map[string]int64) (store.Load, error) {
	if item.Load != "" {
		return a.desk.FindLoad(ctx, item.Load)
	}
	id, ok := byID[item.ID]
	if !ok {
		return store.Load{}, desk.NotFound("There is no exception %s.", item.ID)
	}
	return a.desk.Store.Load(ctx, id)
}

// onLoad does it to the exceptions of one load and answers to how many.
func (a *Area) onLoad(ctx context.Context, d *deed, g *group, out *ExceptionsActed) (int, error) {
	standing, err := a.desk.Ledger.Standing(ctx, g.load.ID, time.Time{}, d.now)
	if err != nil {
		return 0, err
	}
	var claims []freight.Claim
	n := 0
	for _, id := range g.ids {
		i := slices.IndexFunc(standing.Exceptions, func(x watch.Exception) bool { return x.ID == id })
		if i < 0 {
			out.refuse(g.load.Number, id, "there is no such exception on this load")
			continue
		}
		x := &standing.Exceptions[i]
		if why := d.refuses(x); why != "" {
			out.refuse(g.load.Number, id, why)
			continue
		}
		claims = append(claims, d.claims(x)...)
		d.zone = cmp.Or(d.zone, zoneOf(&standing.Timeline, x.Stop))
		n++
	}
	if n == 0 {
		return 0, nil
	}
	posted, err := a.desk.Do(ctx, desk.Deed{Load: g.load, Claims: claims, Text: d.Note, Says: d.says(n, 1) + ": load " + g.load.Number,
		Act: "exception " + string(d.Act), As: d.As, Now: d.Now})
	if err != nil {
		return 0, err
	}
	if posted == "" {
		for _, id := range g.ids {
			out.refuse(g.load.Number, id, "the same was done a moment ago")
		}
		return 0, nil
	}
	out.Observations = append(out.Observations, posted)
	return n, nil
}

// zoneOf is the zone of a stop by its number, of the first one for what concerns the load as a whole.
func zoneOf(t *freight.Timeline, seq int) string {
	for i := range t.Stops {
		if seq == 0 || t.Stops[i].Seq == seq {
			return t.Stops[i].Zone
		}
	}
	return ""
}

// refuses says why an exception stays as it is; "" when it does not.
func (d *deed) refuses(x *watch.Exception) string {
	if d.Act == Reopen {
		if x.Open() {
			return "it is open"
		}
		return ""
	}
	if !x.Open() {
		return "it is resolved already"
	}
	switch d.Act {
	case Acknowledge:
		if x.State != watch.Detected {
			return "it is " + x.State + " already"
		}
	case Work:
		if x.State == watch.Worked {
			return "it is worked already"
		}
	case Assign:
		if x.Owner == d.Owner {
			return "that is its owner already"
		}
	case Resolve:
		if err := watch.CheckResolve(d.filedOn(x)); err != nil {
			return err.Error()
		}
	}
	return ""
}

// filedOn is the exception with what this deed files.
func (d *deed) filedOn(x *watch.Exception) *watch.Exception {
	with := *x
	if d.Cause != "" {
		with.CauseType, with.Cause = d.CauseType, d.Cause
	}
	if d.Party != "" {
		with.Party = d.Party
	}
	with.Proof = append(slices.Clone(x.Proof), d.Evidence...)
	return &with
}

// claims are what is stated of one exception.
func (d *deed) claims(x *watch.Exception) []freight.Claim {
	var list []freight.Claim
	add := func(fact freight.Fact, v freight.Value) {
		v.Scope = x.ID
		c := freight.Claim{Fact: fact, Value: v}
		if x.Stop > 0 {
			c.Subject = freight.Stop(x.Stop)
		}
		list = append(list, c)
	}
	if d.Cause != "" {
		add(freight.FactCause, freight.Value{Type: d.CauseType, Text: d.Cause})
	}
	if d.Party != "" {
		add(freight.FactParty, freight.Value{Text: d.Party})
	}
	for _, e := range d.Evidence {
		add(freight.FactEvidence, freight.Value{Text: strings.TrimSpace(e)})
	}
	switch d.Act {
	case File:
	case Assign:
		add(freight.FactHandled, freight.Value{Type: string(d.Act), Text: d.Owner, Note: d.Note})
	case Snooze:
		add(freight.FactHandled, freight.Value{Type: string(d.Act), Start: freight.At(d.Until.UTC()), Note: d.Note})
	default:
		add(freight.FactHandled, freight.Value{Type: string(d.Act), Note: d.Note})
	}
	return list
}

var done = map[ExceptionDeed]string{Acknowledge: "Acknowledged", Work: "Working on", Assign: "Assigned", Snooze: "Snoozed", Resolve: "Resolved", Reopen: "Opened again", File: "Filed on"}

func (d *deed) says(n, loads int) string {
	if n == 0 {
		return "Nothing changed"
	}
	says := done[d.Act] + " " + counted(n, "exception")
	if loads > 1 {
		says += " on " + counted(loads, "load")
	}
	switch {
	case d.Act == Assign && d.Owner == "":
		says += " to nobody"
	case d.Act == Assign:
		says += " to " + d.Owner
	case d.Act == Snooze:
		says += " until " + desk.InZone(*d.Until, cmp.Or(d.zone, "UTC")).Format("Mon 2 Jan 15:04 MST")
	}
	return says
}
