package feeds_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/feeds"
)

// answering is a system that answers every errand with the next of some errors, the last one again and again.
type answering struct {
	lister
	errs *[]error
}

func (c answering) Write(context.Context, connect.Errand) (connect.Receipt, error) {
	err := (*c.errs)[0]
	if len(*c.errs) > 1 {
		*c.errs = (*c.errs)[1:]
	}
	return connect.Receipt{}, err
}

// answers is a world with one load to be made known at such a system.
func answers(t *testing.T, errs ...error) *world {
	t.Helper()
	w := newWorld(t, false, true, true, 1, 0)
	list := w.opt.Kinds[0].New
	w.opt.Kinds[0].New = func(a connect.Account) (connect.Connector, error) {
		c, err := list(a)
		if err != nil {
			return nil, err
		}
		return answering{c.(lister), &errs}, nil
	}
	w.engine = feeds.New(w.opt)
	w.add(map[string]string{"customers": "Acme=ORDER"})
	return w
}

func (w *world) errand() feeds.Errand {
	w.t.Helper()
	out, err := w.engine.Outbox(w.t.Context(), "acme", time.Time{}, 10)
	if err != nil || len(out) != 1 {
		w.t.Fatal(out, err)
	}
	return out[0]
}

// What waits for a fact at the desk keeps no sync from its end, not even shortly before it is tried again, and after a failure before.
func TestIdleIsNotWhatWaitsForTheDesk(t *testing.T) {
	cut := errors.New("the line was cut")
	for name, waits := range map[string]error{
		"lacks":   fmt.Errorf("%w: no driver's phone", connect.ErrLacks),
		"not yet": fmt.Errorf("%w: the order is being worked on", connect.ErrNotYet),
	} {
		t.Run(name, func(t *testing.T) {
			w := answers(t, cut, waits)
			w.pass(time.Minute)
			e := w.errand()
			if e.State != "waiting" || e.Next == nil || len(w.tries(e)) != 2 {
				t.Fatalf("errand %+v", e)
			}
			w.clock.Advance(e.Next.Add(-20 * time.Second).Sub(w.clock.Now()))
			res := w.sync(feeds.Sync{})
			if !w.clock.Now().Before(*e.Next) || res.Reason != "" {
				t.Errorf("it was waited for; the sync says %q", res.Reason)
			}
		})
	}
}

func (w *world) tries(e feeds.Errand) []string {
	w.t.Helper()
	var id int64
	fmt.Sscan(e.ID, &id)
	list, err := w.engine.Tries(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, try := range list {
		out = append(out, try.Outcome)
	}
	return out
}

// Short waits after a failure are waited for; a longer one ends the sync, which tells of it each time.
func TestIdleTellsOfLongWaits(t *testing.T) {
	w := answers(t, errors.New("the line was cut"))
	for range 2 {
		before := w.clock.Now()
		res := w.pass(0)
		e := w.errand()
		if e.Next == nil || e.Next.Sub(w.clock.Now()) <= 0 || e.Tries < 2 {
			t.Fatalf("errand %+v", e)
		}
		if spent := w.clock.Now().Sub(before); spent > 10*time.Minute {
			t.Errorf("%s were waited for", spent)
		}
		if !strings.Contains(res.Reason, "The line was cut") || !strings.Contains(res.Reason, e.Next.UTC().Format("tried again at 2006-01-02 15:04:05 UTC")) {
			t.Errorf("the sync says %q; the errand waits until %s", res.Reason, e.Next)
		}
	}
}
