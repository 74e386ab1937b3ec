package exceptions

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// Area lists exceptions and takes what people do about them.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// usualDays is how far back resolved exceptions are listed where nobody says.
const usualDays = 7

// mostDays is how far back they may be asked for.
const mostDays = 366

// List is the exceptions that a query chooses.
func (a *Area) List(ctx context.Context, q ExceptionQuery) (Exceptions, error) {
	known, now := a.desk.Sight(q.At, q.AsOf)
	out := Exceptions{AsOf: now, Seq: a.desk.Ledger.News().Seq()}
	if !known.IsZero() {
		out.AsOf = known
	}
	all, err := a.read(ctx, q, known, now)
	if err != nil {
		return out, err
	}
	choose, err := a.chooser(ctx, q)
	if err != nil {
		return out, err
	}
	open := 0
	chosen := make([]*ledger.OfLoad, 0, len(all))
	for i := range all {
		if all[i].Open() {
			open++
		}
		if choose(&all[i]) {
			chosen = append(chosen, &all[i])
			out.Counts.add(&all[i])
		}
	}
	slices.SortFunc(chosen, inOrder)
	from := min(q.Offset, len(chosen))
	page := chosen[from:]
	if q.Limit > 0 {
		page = page[:min(q.Limit, len(page))]
	}
	out.MoreLater = len(chosen) - from - len(page)
	if out.Items, err = a.items(ctx, page, known, now); err != nil || len(out.Items) > 0 {
		return out, err
	}
	out.Why, err = a.whyEmpty(ctx, len(chosen), open, known, now)
	return out, err
}

func (a *Area) read(ctx context.Context, q ExceptionQuery, known, now time.Time) ([]ledger.OfLoad, error) {
	if !q.All {
		return a.desk.Ledger.Exceptions(ctx, known, now)
	}
	days := cmp.Or(q.Days, usualDays)
	if days < 0 || days > mostDays {
		return nil, desk.Invalid("Resolved exceptions are listed for 1 to %d days back.", mostDays)
	}
	return a.desk.Ledger.ExceptionsSince(ctx, now.AddDate(0, 0, -days), known, now)
}

func (a *Area) whyEmpty(ctx context.Context, chosen, open int, known, now time.Time) (string, error) {
	fresh, err := a.desk.Freshness(ctx, known, now)
	switch {
	case chosen > 0:
		return "The list ends before this page. " + fresh, err
	case open > 0:
		return "Nothing fits what was asked for; " + counted(open, "exception") + " open in all. " + fresh, err
	}
	return "Nothing is open. " + fresh, err
}

// me and nobody stand for owners in a query.
const (
	me     = "me"
	nobody = "none"
)

// chooser is the query as a condition.
func (a *Area) chooser(ctx context.Context, q ExceptionQuery) (func(*ledger.OfLoad) bool, error) {
	load := int64(0)
	if q.Load != "" {
		found, err := a.desk.FindLoad(ctx, q.Load)
		if err != nil {
			return nil, err
		}
		load = found.ID
	}
	owner := q.Owner
	if owner == me {
		owner = a.desk.Person("")
	}
	fits := func(want, got string) bool { return want == "" || strings.EqualFold(want, got) }
	return func(x *ledger.OfLoad) bool {
		return (load == 0 || load == x.Load) && fits(q.Customer, x.Row.Customer) && fits(q.Carrier, x.Row.Carrier) &&
			(owner == nobody && x.Owner == "" || owner != nobody && fits(owner, x.Owner)) &&
			(q.Kind == "" || q.Kind == x.Kind || slices.Contains(x.Also, q.Kind)) && fits(q.Severity, string(x.Severity))
	}, nil
}

// inOrder puts open ones first, the most urgent first; nothing in it depends on the order in which loads came.
func inOrder(x, y *ledger.OfLoad) int {
	return cmp.Or(openFirst(x)-openFirst(y), cmp.Compare(x.Level.Rank(), y.Level.Rank()), x.Next.Due.Compare(y.Next.Due),
		cmp.Compare(x.Severity.Rank(), y.Severity.Rank()), cmp.Compare(x.Row.Load, y.Row.Load), cmp.Compare(x.ID, y.ID))
}

func openFirst(x *ledger.OfLoad) int {
	if x.Open() {
		return 0
	}
	return 1
}

func (c *ExceptionCounts) add(x *ledger.OfLoad) {
	c.All++
	if !x.Open() {
		return
	}
	c.Open++
	switch x.Severity {
	case freight.Critical:
		c.Critical++
	case freight.Major:
		c.Major++
	case freight.Minor:
		c.Minor++
	default:
		c.Watch++
	}
	for n, counts := range map[*int]bool{&c.Unowned: x.Owner == "", &c.Snoozed: !x.SnoozedUntil.IsZero(), &c.Escalated: x.Escalated != "",
		&c.NeedCause: watch.CheckResolve(&x.Exception) != nil} {
		if counts {
			*n++
		}
	}
}

// Causes are what a person may name when closing a service failure.
func (a *Area) Causes(context.Context) (Causes, error) {
	out := Causes{Parties: watch.Parties()}
	for _, c := range watch.Causes() {
		out.Causes = append(out.Causes, ExceptionCause{Type: c.Type, Code: c.Code, Words: c.Words, Party: c.Party})
	}
	return out, nil
}
