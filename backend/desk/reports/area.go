package reports

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/report"
	"tracedesk/backend/report/pdf"
	"tracedesk/backend/store"
)

// Area makes the papers that go to customers.
type Area struct {
	desk     *desk.Desk
	handover Maker
	scans    Scanner
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{desk: d} }

// Daily is what the daily report will say, in brief, from the same values as the page of record.
func (a *Area) Daily(ctx context.Context, q DailyQuery) (Daily, error) {
	d, err := a.make(ctx, q)
	if err != nil {
		return Daily{}, err
	}
	out := Daily{Customer: d.Customer, Date: d.Day.String(), Zone: d.DayZone, AsOf: d.AsOf.At, Summary: d.Summary.Words()}
	if out.Zone == "" {
		out.Zone = "each stop's own day"
	}
	for _, s := range d.Sources {
		out.Sources = append(out.Sources, s.Name+": "+s.Age)
	}
	out.Sections = outline(&d)
	return out, nil
}

// DailyPDF writes the page of record: the same bytes for the same inputs.
func (a *Area) DailyPDF(ctx context.Context, q DailyQuery, out io.Writer) error {
	d, err := a.make(ctx, q)
	if err != nil {
		return err
	}
	page, err := report.DailyPDF(d, report.PDFOptions{Paper: pdf.Letter, Author: a.desk.Person("")})
	if err != nil {
		return err
	}
	if _, err = out.Write(page); err != nil {
		return err
	}
	return a.desk.Left(ctx, "daily report", "customer:"+q.Customer, d.Day.String()+" as of "+d.AsOf.At.UTC().Format(time.RFC3339), page)
}

func (a *Area) make(ctx context.Context, q DailyQuery) (report.Daily, error) {
	now := a.desk.Now()
	if !q.At.IsZero() {
		now = q.At
	}
	asOf := q.AsOf
	if asOf.IsZero() {
		asOf = q.At
	}
	var err error
	if q.Customer, err = a.customer(ctx, q.Customer); err != nil {
		return report.Daily{}, err
	}
	zone, err := a.desk.Store.Setting(ctx, "customer:"+q.Customer, "zone")
	if err != nil {
		return report.Daily{}, err
	}
	day, err := dayOf(q.Date, now, zone)
	if err != nil {
		return report.Daily{}, desk.Invalid("%s.", err)
	}
	in := report.DailyInput{Customer: q.Customer, Day: day, Zone: zone, AsOf: now}
	if !asOf.IsZero() {
		in.AsOf = asOf
	}
	if in.Definition, err = a.definition(ctx, "", q.Customer, in.AsOf); err != nil {
		return report.Daily{}, err
	}
	if in.Loads, err = a.loads(ctx, q.Customer, day, asOf, now); err != nil {
		return report.Daily{}, err
	}
	in.Sources = sourcesOf(in.Loads)
	return report.MakeDaily(in)
}

// customer is the customer's name as the desk knows it, whatever its case and signs. A name that no load ever bore is
// refused: a report without a line would go to somebody as if nothing moved.
func (a *Area) customer(ctx context.Context, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	all, err := a.desk.Store.Customers(ctx)
	if err != nil {
		return "", err
	}
	alike, near := "", []string{}
	key := freight.NormalRef(name)
	for _, c := range all {
		folded := freight.NormalRef(c.Name)
		switch {
		case c.Name == name:
			return name, nil
		case folded == key:
			alike = c.Name
		case strings.Contains(folded, key) && len(near) < 5:
			near = append(near, c.Name)
		}
	}
	if alike != "" {
		return alike, nil
	}
	err = desk.NotFound("No load on file has the customer %q.", name)
	if len(near) > 0 {
		err = desk.NotFound("No load on file has the customer %q; there is %s.", name, strings.Join(near, ", "))
	}
	return "", err
}

// dayOf is the day asked for; today is the desk's, in the customer's zone where one is set.
func dayOf(date string, now time.Time, zone string) (report.Day, error) {
	if date != "" {
		return report.ParseDay(date)
	}
	if loc, err := freight.Location(zone); err == nil {
		now = now.In(loc)
	}
	return report.DayOf(now), nil
}

// loads folds the customer's loads that touch the day, as known at asOf.
func (a *Area) loads(ctx context.Context, customer string, day report.Day, asOf, now time.Time) ([]report.DailyLoad, error) {
	n := int(time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	ids, err := a.candidates(ctx, customer, n, asOf)
	if err != nil {
		return nil, err
	}
	var out []report.DailyLoad
	for _, id := range ids {
		v, err := a.desk.Ledger.View(ctx, id, asOf, now)
		if err != nil {
			return nil, err
		}
		if v.Timeline.Count > 0 && (customer == "" || v.Timeline.Customer.Value == customer) {
			out = append(out, dailyLoad(v))
		}
	}
	return out, nil
}

// candidates are the loads that may touch the day. Looking back, a load may since have changed its customer, its window or
// left the board; then all that were alive at the time are looked at.
func (a *Area) candidates(ctx context.Context, customer string, day int, asOf time.Time) ([]int64, error) {
	if asOf.IsZero() {
		return a.desk.Store.LoadsOfDay(ctx, customer, day-1, day+1)
	}
	alive, err := a.desk.Store.AliveAt(ctx, asOf)
	if err != nil {
		return nil, err
	}
	of, err := a.desk.Store.LoadsOfDay(ctx, customer, day-1, day+1)
	all := append(alive, of...)
	slices.Sort(all)
	return slices.Compact(all), err
}

func dailyLoad(v ledger.View) report.DailyLoad {
	return report.DailyLoad{Timeline: v.Timeline, Attention: v.Verdict.Attention, Findings: v.Verdict.Findings}
}

// sourcesOf is how fresh each source of the report's loads is.
func sourcesOf(loads []report.DailyLoad) []report.SourceNote {
	newest := map[string]time.Time{}
	var order []string
	for i := range loads {
		for name, at := range heard(&loads[i].Timeline) {
			if _, ok := newest[name]; !ok {
				order = append(order, name)
			}
			if at.After(newest[name]) {
				newest[name] = at
			}
		}
	}
	var out []report.SourceNote
	for _, name := range order {
		out = append(out, report.SourceNote{Name: name, LastNews: newest[name]})
	}
	return out
}

// heard is when each kind of source last said something of a load.
func heard(t *freight.Timeline) map[string]time.Time {
	out := map[string]time.Time{}
	note := func(p freight.Provenance) {
		if p.Source.Kind == freight.User || p.Source.Kind == "" {
			return
		}
		name := string(p.Source.Kind)
		if p.ReceivedAt.After(out[name]) {
			out[name] = p.ReceivedAt
		}
	}
	for i := range t.Statuses {
		note(t.Statuses[i].Provenance)
	}
	for _, c := range t.Customer.Claims {
		note(c.Provenance)
	}
	for i := range t.Stops {
		s := &t.Stops[i]
		for _, k := range []*freight.KnownTime{s.Arrived, s.Departed, s.Loaded, s.Unloaded, s.PickedUp, s.Delivered} {
			if k == nil {
				continue
			}
			for _, c := range k.Claims {
				note(c.Provenance)
			}
		}
		for _, w := range s.WindowsOf {
			note(w.Provenance)
		}
		if s.ETA != nil {
			for _, c := range s.ETA.Claims {
				note(c.Provenance)
			}
		}
	}
	if t.Position != nil {
		note(t.Position.Provenance)
	}
	return out
}

// SetZone keeps the zone in which a customer's day begins and ends; "" is each stop's own day.
func (a *Area) SetZone(ctx context.Context, customer, zone, as string) error {
	if zone != "" {
		if _, err := freight.Location(zone); err != nil {
			return desk.Invalid("%q is not a time zone; name one such as America/Chicago.", zone)
		}
	}
	who, now := a.desk.Person(as), a.desk.Now()
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting("customer:"+customer, "zone", zone, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: "customer:" + customer, Detail: fmt.Sprintf("zone %q", zone)})
	})
}
