package cli

import (
	"context"
	"errors"
	"time"

	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/desk/sample"
	"tracedesk/backend/desk/sources"
)

// demo shows a simulated day in a data folder of its own, clearly marked.
func demo(c *call) error {
	speed, err := c.number("speed", 20)
	if err != nil {
		return err
	}
	home := c.home
	if home == "" {
		if home, err = sample.Home(); err != nil {
			return err
		}
	}
	world := sample.New(home, c.at, float64(max(speed, 1)))
	open := func(ctx context.Context) (start.Desk, error) { return c.openSample(ctx, home, world) }
	if c.has("serve") || c.has("addr") {
		return start.Browser(c.ctx, open, c.addr(), start.Terminal{Out: c.stdout, Browse: func(string) error { return nil }})
	}
	return start.Window(c.ctx, open, start.Terminal{Out: c.stdout})
}

// openSample makes the sample desk anew. Its history is replayed while the screens are shown already, and then lives on.
func (c *call) openSample(ctx context.Context, home string, world *sample.World) (start.Desk, error) {
	if _, running := desk.Find(home); !running {
		if err := world.Clear(); err != nil {
			return start.Desk{}, err
		}
	}
	a, err := c.open(ctx, desk.Options{Dir: home, Demo: true, Now: world.Clock})
	if err != nil {
		return start.Desk{}, err
	}
	if err := a.start(ctx); err != nil {
		return start.Desk{}, errors.Join(err, a.desk.Close())
	}
	a.desk.Work(func(ctx context.Context) {
		err := world.History(ctx, a.take)
		if err == nil {
			err = a.settlePast(ctx)
		}
		if err == nil {
			err = world.Live(ctx, a.take)
		}
		if err != nil && ctx.Err() == nil {
			a.desk.Notice("The simulated world stopped: " + err.Error())
		}
	})
	return a.shown()
}

// take imports files with the desk's clock at an instant.
func (a *areas) take(ctx context.Context, at time.Time, paths []string) error {
	req := sources.ImportRequest{Now: &at}
	for _, p := range paths {
		req.Files = append(req.Files, sources.FileRef{Path: p})
	}
	_, err := a.sources.ImportNow(ctx, req, nil)
	return err
}

// unsettled is how much of a sample desk's past is left for the newcomer to settle.
const unsettled = 4 * time.Hour

// settlePast closes the sample's service failures that were over some hours ago, as the shifts before would have done: with a cause, a party
// and evidence.
func (a *areas) settlePast(ctx context.Context) error {
	list, err := a.api.Exceptions.List(ctx, exceptions.ExceptionQuery{})
	if err != nil {
		return err
	}
	causes := []exceptions.ExceptionActs{{Cause: "AH", Party: "carrier"}, {Cause: "AG", Party: "consignee"}, {Cause: "AM", Party: "shipper"}}
	for i := range list.Items {
		x := &list.Items[i]
		if x.ClearedAt == nil || list.AsOf.Sub(*x.ClearedAt) < unsettled {
			continue
		}
		act := &causes[i%len(causes)]
		act.Items = append(act.Items, exceptions.ExceptionRef{Load: x.LoadID, ID: x.ID})
	}
	for i := range causes {
		act := causes[i]
		if len(act.Items) == 0 {
			continue
		}
		act.Act, act.Evidence, act.Note, act.As = exceptions.Resolve, []string{"driver's call"}, "settled by the shift before", "Sample shift"
		if _, err := a.api.Exceptions.Act(ctx, act); err != nil {
			return err
		}
	}
	return nil
}
