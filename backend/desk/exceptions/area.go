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
type Area struct {
	desk *desk.Desk
	open *openBook
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{desk: d, open: newOpenBook(d.Store, d.Ledger.News())} }

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
	all, seq, err := a.all(ctx, q, known, now)
	if err != nil {
		return out, err
	}
	if seq > 0 {
		out.Seq = seq
	}
	choose, err := a.chooser(ctx, q)
	if err != nil {
		return out, err
	}
	open := 0
	chosen := make([]*entry, 0, len(all))
	for i := range all {
		if !all[i].resolved {
			open++
		}
		if choose(all[i]) {
			chosen = append(chosen, all[i])
			out.Counts.add(all[i])
		}
	}
	slices.SortFunc(chosen, inOrder)
	from := min(q.Offset, len(chosen))
	page := chosen[from:]
	if q.Limit > 0 {
		page = page[:min(q.Limit, len(page))]
	}
	out.MoreLater = len(chosen) - from - len(page)
	list, err := a.fill(ctx, page)
	if err != nil {
		return out, err
	}
	if out.Items, err = a.items(ctx, list, known, now); err != nil || len(out.Items) > 0 {
		return out, err
	}
	out.Why, err = a.whyEmpty(ctx, len(chosen), open, known, now)
	return out, err
}

// all are the exceptions before any are chosen: open ones of now from memory, everything else from the ledger. seq is the
// announcement that those from memory stand at.
func (a *Area) all(ctx context.Context, q ExceptionQuery, known, now time.Time) (list []*entry, seq int64, err error) {
	if known.IsZero() && !q.All && q.Carrier == "" {
		list, seq, ok, err := a.now(ctx, now)
		if ok || err != nil {
			return list, seq, err
		}
	}
	read, err := a.read(ctx, q, known, now)
	for i := range read {
		if q.Carrier == "" || strings.EqualFold(q.Carrier, read[i].Row.Carrier) {
			list = append(list, entryOf(&read[i]))
		}
	}
	return list, 0, err
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
func (a *Area) chooser(ctx context.Context, q ExceptionQuery) (func(*entry) bool, error) {
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
	var severities []int
	for one := range strings.SplitSeq(q.Severity, ",") {
		if one != "" {
			severities = append(severities, freight.Severity(one).Rank())
		}
	}
	fits := func(want, got string) bool { return want == "" || strings.EqualFold(want, got) }
	return func(x *entry) bool {
		return (load == 0 || load == x.load) && fits(q.Customer, x.customer) && (len(severities) == 0 || slices.Contains(severities, x.severity)) &&
			(owner == nobody && x.owner == "" || owner != nobody && fits(owner, x.owner)) &&
			(q.Kind == "" || q.Kind == x.kind || slices.Contains(x.also, q.Kind))
	}, nil
}

// Causes are what a person may name when closing a service failure.
func (a *Area) Causes(context.Context) (Causes, error) {
	out := Causes{Parties: watch.Parties()}
	for _, c := range watch.Causes() {
		out.Causes = append(out.Causes, ExceptionCause{Type: c.Type, Code: c.Code, Words: c.Words, Party: c.Party})
	}
	return out, nil
}
