package feeds_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/feeds"
)

// What a person settled and took back stands as it stood: what waited is sent, what was refused is refused, and what may have arrived
// is not sent again.
func TestWhatWasSettledIsTakenBack(t *testing.T) {
	lacks := func(t *testing.T) *world { return answers(t, fmt.Errorf("%w: no truck yet", connect.ErrLacks), nil) }
	refused := func(t *testing.T) *world {
		return answers(t, fmt.Errorf("%w: not known here", connect.ErrRefused), nil)
	}
	doubtful := func(t *testing.T) *world {
		w := newWorld(t, false, false, false, 1, 0)
		w.road.lose = func(r *http.Request) bool { return r.Method == http.MethodPost }
		w.add(map[string]string{"customers": "Acme=ORDER"})
		return w
	}
	for _, c := range []struct {
		name          string
		world         func(*testing.T) *world
		stands, after string // before and once taken back, and an hour later
	}{
		{"waiting", lacks, "waiting", "arrived"},
		{"parked", refused, "parked", "parked"},
		{"in doubt", doubtful, "unsure", "unsure"},
	} {
		for by, settle := range map[string]func(*feeds.Engine, int64) error{
			"done":    func(e *feeds.Engine, id int64) error { return e.Done(t.Context(), id, "Ida") },
			"dropped": func(e *feeds.Engine, id int64) error { return e.Drop(t.Context(), id, "Ida") },
		} {
			t.Run(c.name+" "+by, func(t *testing.T) {
				w := c.world(t)
				w.sync(feeds.Sync{})
				before := w.errand()
				if before.State != c.stands || before.Reason == "" {
					t.Fatalf("errand %+v", before)
				}
				for range 2 {
					if err := settle(w.engine, 1); err != nil {
						t.Fatal(err)
					}
					if w.sync(feeds.Sync{}); w.errand().State != by {
						t.Fatalf("settled it is %+v", w.errand())
					}
					if err := w.engine.Reopen(t.Context(), 1, "Ida"); err != nil {
						t.Fatal(err)
					}
					if got := w.errand(); got.State != c.stands || got.Reason != before.Reason || got.Tries != before.Tries {
						t.Fatalf("taken back it is %+v, it was %+v", got, before)
					}
				}
				var wrong *feeds.InvalidError
				if err := w.engine.Reopen(t.Context(), 1, "Ida"); !errors.As(err, &wrong) {
					t.Errorf("what is open was opened again: %v", err)
				}
				w.pass(time.Hour)
				if got := w.errand(); got.State != c.after {
					t.Errorf("an hour later %+v", got)
				}
				if w.system.made["7000"] > 1 {
					t.Errorf("made %d times", w.system.made["7000"])
				}
				if err := w.engine.Reopen(t.Context(), 1, "Ida"); !errors.As(err, &wrong) {
					t.Errorf("what was delivered was opened again: %v", err)
				}
			})
		}
	}
}
