package feeds

import (
	"context"
	"slices"

	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// Sweeping is the area with what takes in callbacks that other programs recorded, before a sync reads them. It answers how many it
// brought, by account.
func (a *Area) Sweeping(sweep func(context.Context) (map[string]int, error)) *Area {
	a.sweep = sweep
	return a
}

// swept runs a sync once recorded callbacks are in, which count as pulled; until it is idle, also those that came meanwhile.
func (a *Area) swept(ctx context.Context, untilIdle bool, round func() (freight.List[feeds.SyncResult], error)) (sum freight.List[feeds.SyncResult], err error) {
	if a.sweep == nil {
		return round()
	}
	brought, err := a.sweep(ctx)
	for err == nil {
		var came freight.List[feeds.SyncResult]
		came, err = round()
		for i := range came {
			came[i].Pulled += brought[came[i].Name]
		}
		sum = joined(sum, came)
		if err != nil || !untilIdle {
			return sum, err
		}
		if brought, err = a.sweep(ctx); len(brought) == 0 {
			return sum, err
		}
	}
	return sum, err
}

// joined adds up what came of each account.
func joined(sum, next freight.List[feeds.SyncResult]) freight.List[feeds.SyncResult] {
	for _, n := range next {
		i := slices.IndexFunc(sum, func(r feeds.SyncResult) bool { return r.Name == n.Name })
		if i < 0 {
			sum = append(sum, n)
			continue
		}
		r := &sum[i]
		r.Pulled, r.New, r.Duplicates, r.Quarantined = r.Pulled+n.Pulled, r.New+n.New, r.Duplicates+n.Duplicates, r.Quarantined+n.Quarantined
		r.Pushed, r.Failed = r.Pushed+n.Pushed, r.Failed+n.Failed
		if n.Reason != "" {
			r.Reason = n.Reason
		}
	}
	return sum
}
