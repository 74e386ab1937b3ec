package reports

import (
	"context"

	"tracedesk/backend/desk"
	"tracedesk/backend/report/kpi"
)

// Counting reads once what figures count of the loads of a period. What it answers with counts a figure over some days of the
// period (YYYY-MM-DD, both included), with the rows behind it.
func (a *Area) Counting(ctx context.Context, q KPIQuery) (func(figure, from, to string) (KPI, []KPIRow, error), error) {
	in, err := a.gathered(ctx, q)
	if err != nil {
		return nil, err
	}
	return func(figure, from, to string) (KPI, []KPIRow, error) {
		days := in
		var err error
		if days.From, err = dayNumber(from); err != nil {
			return KPI{}, nil, err
		}
		if days.To, err = dayNumber(to); err != nil {
			return KPI{}, nil, err
		}
		k, rows, ok := kpi.Rows(days, figure)
		if !ok {
			return k, nil, desk.NotFound("There is no figure %q; tracedesk kpi lists them.", figure)
		}
		return k, rows, nil
	}, nil
}

// gathered are the loads of a period with all that figures count of them.
func (a *Area) gathered(ctx context.Context, q KPIQuery) (kpi.Input, error) {
	now, asOf := a.instants(q)
	var err error
	if q.Customer != "" {
		if q.Customer, err = a.customerOf(ctx, q.Customer); err != nil {
			return kpi.Input{}, err
		}
	}
	from, to, err := period(q, now)
	if err != nil {
		return kpi.Input{}, err
	}
	in := kpi.Input{From: from, To: to, AsOf: now}
	if !asOf.IsZero() {
		in.AsOf = asOf
	}
	if in.Definition, err = a.definition(ctx, q.Definition, q.Customer, in.AsOf); err != nil {
		return in, err
	}
	if in.Loads, err = a.factsOf(ctx, gathering{customer: q.Customer, carrier: q.Carrier, from: from, to: to, asOf: asOf, now: now}); err != nil {
		return in, err
	}
	in.FreeTimes, err = a.freeTimes(ctx, in.Loads, in.AsOf)
	return in, err
}
