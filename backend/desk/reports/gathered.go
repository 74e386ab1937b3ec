package reports

import (
	"context"

	"tracedesk/backend/report/kpi"
)

// Gathered are the loads of a period with all that figures count of them, read once for many questions: kpi.Compute and
// kpi.Rows answer them, also for days within the period.
func (a *Area) Gathered(ctx context.Context, q KPIQuery) (kpi.Input, error) {
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
