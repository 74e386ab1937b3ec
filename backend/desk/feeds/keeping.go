package feeds

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/store"
)

// What sources said is kept byte for byte, so that it can be read anew after a mapping was mended, for as long as a person says. Then
// its bytes are erased; what was drawn from it, and that it was said, stays.

const (
	keepKey     = "sources.keepDays"
	keepShipped = 90   // days, as shipped
	keepMost    = 3650 // days
	eraseSome   = 250  // bodies in one transaction, so that nobody waits for it
	erasePause  = time.Second
	eraseEvery  = time.Hour
)

// keepDays is how long what sources said is kept, in days; 0 for ever.
func (a *Area) keepDays(ctx context.Context) (int, error) {
	text, err := a.desk.Store.Setting(ctx, "global", keepKey)
	if err != nil || text == "" {
		return keepShipped, err
	}
	return strconv.Atoi(text)
}

// Keep has what sources said kept for so many days.
func (a *Area) Keep(ctx context.Context, k FeedKeep) (FeedKeep, error) {
	if k.Days < 0 || k.Days > keepMost {
		return k, desk.Invalid("What sources said is kept from 1 to %d days, or for ever with 0; not %d.", keepMost, k.Days)
	}
	who, now := a.desk.Person(k.As), a.desk.Now().UTC()
	return k, a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting("global", keepKey, strconv.Itoa(k.Days), now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: keepKey, Detail: fmt.Sprintf("what sources said is kept %s", daysOf(k.Days))})
	})
}

func daysOf(n int) string {
	if n == 0 {
		return "for ever"
	}
	return counted(n, "day", "days")
}

// Tidy erases what sources said longer ago than it is kept, a little at a time, until ctx ends.
func (a *Area) Tidy(ctx context.Context, failed func(error)) {
	for from := (time.Time{}); ctx.Err() == nil; {
		next, _, err := a.erase(ctx, from)
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		wait := erasePause
		if next.IsZero() || err != nil {
			wait = eraseEvery
		}
		from = next
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// erase looks at some bodies received from an instant on; next is where to go on, zero when it is through.
func (a *Area) erase(ctx context.Context, from time.Time) (next time.Time, erased int64, err error) {
	days, err := a.keepDays(ctx)
	if err != nil || days == 0 {
		return next, 0, err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) (err error) {
		erased, next, err = tx.EraseBodies(from, a.desk.Now().AddDate(0, 0, -days), eraseSome)
		return err
	})
	return next, erased, err
}

// keptBodies is what was counted of the bodies that are kept, and when. Counting looks at each of them, so it is done anew only once it
// took a two-hundredth of the time since.
type keptBodies struct {
	by   map[string]FeedKept
	at   time.Time
	took time.Duration
}

func (a *Area) kept(ctx context.Context) (map[string]FeedKept, error) {
	a.counting.Lock()
	defer a.counting.Unlock()
	if a.bodies.by != nil && time.Since(a.bodies.at) < 200*a.bodies.took {
		return a.bodies.by, nil
	}
	began := time.Now()
	list, err := a.desk.Store.KeptBodies(ctx)
	if err != nil {
		return nil, err
	}
	all, err := a.desk.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]FeedKept{}
	for _, k := range list {
		for i := range all {
			if all[i].ID == k.Feed {
				by[all[i].Name] = FeedKept{Bodies: k.Bodies, Bytes: k.Bytes, Since: desk.Moment(k.Since)}
			}
		}
	}
	a.bodies = keptBodies{by, time.Now(), time.Since(began)}
	return by, nil
}

// reach says how far back what was read anew went.
func reach(k FeedKept, days int) string {
	if k.Since == nil {
		return "Nothing of what it said is kept."
	}
	return fmt.Sprintf("It goes back to %s; what it said is kept %s.", k.Since.Format("2 Jan 2006"), daysOf(days))
}
