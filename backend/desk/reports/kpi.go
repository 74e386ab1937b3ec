package reports

import (
	"context"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// KPIs counts the figures of a period from the facts on file; it reads no logs but those of loads that were heard of after
// the instant looked back to.
func (a *Area) KPIs(ctx context.Context, q KPIQuery) (KPIs, error) {
	now, asOf := a.instants(q)
	var err error
	if q.Customer != "" {
		if q.Customer, err = a.customerOf(ctx, q.Customer); err != nil {
			return KPIs{}, err
		}
	}
	from, to, err := period(q, now)
	if err != nil {
		return KPIs{}, err
	}
	out := KPIs{Customer: q.Customer, Carrier: q.Carrier, From: dayText(from), To: dayText(to), AsOf: now}
	if !asOf.IsZero() {
		out.AsOf = asOf
	}
	if out.Definition, err = a.definition(ctx, q.Definition, q.Customer, out.AsOf); err != nil {
		return KPIs{}, err
	}
	first := from
	if q.Weeks > 0 {
		first = min(from, monday(to)-7*(q.Weeks-1))
	}
	in := kpi.Input{From: from, To: to, AsOf: out.AsOf, Definition: out.Definition}
	if in.Loads, err = a.factsOf(ctx, gathering{customer: q.Customer, carrier: q.Carrier, from: first, to: max(to, monday(to)+6), asOf: asOf, now: now}); err != nil {
		return KPIs{}, err
	}
	if in.FreeTimes, err = a.freeTimes(ctx, in.Loads, out.AsOf); err != nil {
		return KPIs{}, err
	}
	out.KPIs = kpi.Compute(in)
	if q.Rows != "" {
		_, rows, ok := kpi.Rows(in, q.Rows)
		if !ok {
			return KPIs{}, desk.NotFound("There is no figure %q; tracedesk kpi lists them.", q.Rows)
		}
		out.Rows = rows
	}
	out.Trend = trend(in, q.Weeks)
	return out, nil
}

// freeTimes are the free times on file of the facilities of some loads.
func (a *Area) freeTimes(ctx context.Context, loads []kpi.Load, at time.Time) (map[string]int, error) {
	of, err := a.desk.Ledger.FreeTimes(ctx, at)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i := range loads {
		for k := range loads[i].Stops {
			name := loads[i].Stops[k].Facility
			if _, known := out[name]; !known {
				out[name] = of(name)
			}
		}
	}
	return out, nil
}

// instants are the clock, and the instant after which nothing is known; zero where all that is on file counts.
func (a *Area) instants(q KPIQuery) (now, asOf time.Time) {
	now, asOf = a.desk.Now().UTC(), q.AsOf
	if !q.At.IsZero() {
		now = q.At
	}
	if asOf.IsZero() {
		asOf = q.At
	}
	return now, asOf
}

// longest is how many days one question may cover.
const longest = 40 * 366

// period reads the days asked for.
func period(q KPIQuery, now time.Time) (from, to int, err error) {
	to = freight.DayAt(now, "UTC") - 1
	if q.To != "" {
		if to, err = dayNumber(q.To); err != nil {
			return 0, 0, err
		}
	}
	from = to - 6
	if q.From != "" {
		if from, err = dayNumber(q.From); err != nil {
			return 0, 0, err
		}
	}
	switch {
	case from > to:
		return 0, 0, desk.Invalid("The period ends before it begins: %s to %s.", dayText(from), dayText(to))
	case to-from > longest:
		return 0, 0, desk.Invalid("The period %s to %s is too long to be counted at once.", dayText(from), dayText(to))
	}
	return from, to, nil
}

func dayNumber(s string) (int, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, desk.Invalid("%q is not a day such as 2026-11-23.", s)
	}
	return freight.DayAt(t, "UTC"), nil
}

func dayText(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) }

// monday is the Monday of the week of a day; 1970 began on a Thursday.
func monday(day int) int { return day - ((day+3)%7+7)%7 }

// trend counts the last weeks up to the one in which the period ends, oldest first.
func trend(in kpi.Input, weeks int) []TrendWeek {
	last := monday(in.To)
	out := make([]TrendWeek, 0, weeks)
	for i := weeks - 1; i >= 0; i-- {
		in.From = last - 7*i
		in.To = in.From + 6
		w := TrendWeek{From: dayText(in.From), To: dayText(in.To)}
		for _, k := range kpi.Compute(in) {
			if k.Value != nil {
				w.KPIs = append(w.KPIs, TrendPoint{Name: k.Name, Value: *k.Value, N: k.N, Small: k.Small})
			}
		}
		out = append(out, w)
	}
	return out
}

// customerOf is the customer's name as the desk knows it, whatever its case and signs. A name that no load bears is refused.
func (a *Area) customerOf(ctx context.Context, name string) (string, error) {
	all, err := a.desk.Store.CustomerNames(ctx)
	if err != nil {
		return "", err
	}
	alike, near, key := "", []string{}, freight.NormalRef(name)
	for _, known := range all {
		folded := freight.NormalRef(known)
		switch {
		case known == name:
			return name, nil
		case folded == key:
			alike = known
		case key != "" && strings.Contains(folded, key) && len(near) < 5:
			near = append(near, known)
		}
	}
	switch {
	case alike != "":
		return alike, nil
	case len(near) > 0:
		return "", desk.NotFound("No load on file has the customer %q; there is %s.", name, strings.Join(near, ", "))
	}
	return "", desk.NotFound("No load on file has the customer %q.", name)
}

// ofCarrier reports whether a load runs with a carrier, whatever the case and signs of its name.
func ofCarrier(carrier, wanted string) bool {
	return wanted == "" || freight.NormalRef(carrier) == freight.NormalRef(wanted)
}

// only keeps the loads of a customer and carrier with a stop in the days.
func (g *gathering) only(f *freight.LoadFacts) bool {
	if g.customer != "" && f.Customer != g.customer || !ofCarrier(f.Carrier, g.carrier) {
		return false
	}
	within := func(day int) bool { return day >= g.from && day <= g.to }
	return within(f.Day()) || slices.ContainsFunc(f.Stops, func(s freight.StopFacts) bool { return within(f.DayOf(&s)) })
}
