package feeds

import (
	"context"
	"errors"
	"slices"
	"testing"

	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// TestSwept: recorded callbacks are taken in before a sync; until it is idle, those that come meanwhile too; what failed ends it.
func TestSwept(t *testing.T) {
	broken := errors.New("the folder's notes cannot be kept")
	for name, c := range map[string]struct {
		brought   []int // by each sweep; -1 fails
		untilIdle bool
		rounds    int
		want      feeds.SyncResult
		err       error
	}{
		"once":                {[]int{3}, false, 1, feeds.SyncResult{Name: "mp", Pulled: 3, New: 1}, nil},
		"until idle":          {[]int{0, 2, 4, 0}, true, 3, feeds.SyncResult{Name: "mp", Pulled: 6, New: 3}, nil},
		"a sweep fails":       {[]int{-1}, false, 0, feeds.SyncResult{}, broken},
		"a later sweep fails": {[]int{1, -1}, true, 1, feeds.SyncResult{Name: "mp", Pulled: 1, New: 1}, broken},
		"nothing was brought": {[]int{0, 0}, true, 1, feeds.SyncResult{Name: "mp", New: 1}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := (&Area{}).Sweeping(func(context.Context) (map[string]int, error) {
				n := c.brought[0]
				c.brought = c.brought[1:]
				switch {
				case n < 0:
					return nil, broken
				case n == 0:
					return nil, nil
				}
				return map[string]int{"mp": n}, nil
			})
			rounds := 0
			got, err := a.swept(t.Context(), c.untilIdle, func() (freight.List[feeds.SyncResult], error) {
				rounds++
				return freight.List[feeds.SyncResult]{{Name: "mp", New: 1}}, nil
			})
			var want []feeds.SyncResult
			if c.want.Name != "" {
				want = append(want, c.want)
			}
			if rounds != c.rounds || !errors.Is(err, c.err) || len(got) != len(want) || !slices.Equal([]feeds.SyncResult(got), want) || len(c.brought) > 0 {
				t.Errorf("%d rounds, %+v, %v, %d sweeps left; want %d, %+v, %v", rounds, got, err, len(c.brought), c.rounds, want, c.err)
			}
		})
	}
}
