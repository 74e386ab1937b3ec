package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/desk/rules"
	"tracedesk/backend/desk/tasks"
)

// BenchmarkWatch asks a desk of 50,000 live loads (-full) for its exceptions and tasks, a page at a time as screens do, and a
// desk of 2,000 for a preview of another threshold.
func BenchmarkWatch(b *testing.B) {
	for range b.N {
		ctx := context.Background()
		live := size(1000, 50000)
		dir := filepath.Join(b.TempDir(), "desk")
		writeHistory(b, dir, live, live)
		d := openDesk(b, dir)
		show := figures{b}
		took := func(fn func()) float64 {
			began := time.Now()
			fn()
			return millis(time.Since(began))
		}
		list, waiting := exceptions.New(d), tasks.New(d)
		for _, what := range []struct {
			when string
			bar  float64
		}{{"read from the file", 1500}, {"again", 100}} {
			var open exceptions.Exceptions
			ms := took(func() { open, _ = list.List(ctx, exceptions.ExceptionQuery{Limit: 200}) })
			show.atMost(fmt.Sprintf("%d open exceptions of %d loads, 200 of them, %s", open.Counts.Open, live, what.when), ms, what.bar, "ms")
			var all tasks.Tasks
			ms = took(func() { all, _ = waiting.List(ctx, tasks.TaskQuery{Limit: 200}) })
			show.atMost(fmt.Sprintf("%d tasks, 200 of them, %s", all.Count, what.when), ms, what.bar, "ms")
		}
		area := rules.New(d)
		ms := took(func() {
			p, err := area.Preview(ctx, rules.RuleTrial{Key: "appointment.near", Value: "30"})
			for err == nil && p.State == rules.PreviewRunning {
				time.Sleep(10 * time.Millisecond)
				p, err = area.Previewed(ctx, p.ID)
			}
			if err != nil || p.State != rules.PreviewDone {
				b.Errorf("preview: %v %+v", err, p)
			}
		})
		show.atMost("preview, counted for 2,000 loads", ms*2000/float64(live), 5000, "ms")
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
