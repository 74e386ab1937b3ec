package feeds

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/store"
)

var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// keeping is the area of a desk with a source that was told nothing yet.
func keeping(t *testing.T) (*Area, store.Feed) {
	t.Helper()
	t.Setenv("TRACEDESK_KEYSTORE", "file")
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Scratch: true, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Feeds.Add(t.Context(), feeds.Account{Name: "mp", Kind: "macropoint", Values: map[string]string{"baseUrl": "https://mp.example/api/1.0/", "user": "desk", "mpid": "DESKMP"}}, "Ida"); err != nil {
		t.Fatal(err)
	}
	f, err := d.Store.Feed(t.Context(), "mp")
	if err != nil {
		t.Fatal(err)
	}
	return New(d), f
}

// say files a body that was received days ago; run 0 is one that waits to be read.
func say(t *testing.T, a *Area, feed int64, about, text string, days int, run int64) {
	t.Helper()
	b, err := store.PackBody(store.RawBody{Feed: feed, About: about, Media: "text/plain", Bytes: []byte(text), ReceivedAt: today.AddDate(0, 0, -days)})
	if err != nil {
		t.Fatal(err)
	}
	err = a.desk.Store.Write(t.Context(), func(tx *store.Tx) error {
		if fresh, err := tx.KeepBody(&b); err != nil || !fresh {
			return fmt.Errorf("%s is not fresh: %w", about, err)
		}
		return tx.BodiesRead(feed, b.Seq, b.Seq, run)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (a *Area) readable(t *testing.T, feed int64) (about []string) {
	t.Helper()
	bodies, err := a.desk.Store.BodiesSince(t.Context(), feed, 0, time.Time{}, 1000, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bodies {
		about = append(about, b.About)
	}
	return about
}

// Old bodies that were read are erased after the days that a person said; nothing else is, and what is said again is kept anew.
func TestOldBodiesAreErased(t *testing.T) {
	a, f := keeping(t)
	say(t, a, f.ID, "old", "long ago", 40, 1)
	say(t, a, f.ID, "unread", "not read yet", 40, 0)
	say(t, a, f.ID, "early", "said twice", 40, 1)
	say(t, a, f.ID, "unreadable", "no word of it", 40, store.BodyUnreadable)
	say(t, a, f.ID, "again", "said twice", 3, 1)
	say(t, a, f.ID, "new", "lately", 3, 1)
	erase := func() (n int64) {
		t.Helper()
		for from := (time.Time{}); ; {
			next, erased, err := a.erase(t.Context(), from)
			if err != nil {
				t.Fatal(err)
			}
			if n += erased; next.IsZero() {
				return n
			}
			from = next
		}
	}
	if n := erase(); n != 0 {
		t.Errorf("%d were erased within 90 days", n)
	}
	if _, err := a.Keep(t.Context(), FeedKeep{Days: 30}); err != nil {
		t.Fatal(err)
	}
	if n := erase(); n != 2 {
		t.Errorf("%d were erased, not 2", n)
	}
	if got, want := fmt.Sprint(a.readable(t, f.ID)), "[unread early again new]"; got != want {
		t.Errorf("kept are %s, not %s", got, want)
	}
	if n := erase(); n != 0 {
		t.Errorf("%d were erased a second time", n)
	}
	say(t, a, f.ID, "old", "something between", 2, 1)
	say(t, a, f.ID, "old", "long ago", 1, 0)
	if got, want := fmt.Sprint(a.readable(t, f.ID)), "[old unread early again new old old]"; got != want {
		t.Errorf("after it was said again kept are %s, not %s", got, want)
	}
	list, err := a.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if k := list.Sources[0].Kept; list.KeepDays != 30 || k.Bodies != 7 || k.Bytes == 0 || !k.Since.Equal(today.AddDate(0, 0, -40)) {
		t.Errorf("kept %d days: %+v", list.KeepDays, k)
	}
	if _, err := a.Keep(t.Context(), FeedKeep{Days: 0}); err != nil {
		t.Fatal(err)
	}
	if n := erase(); n != 0 {
		t.Errorf("%d were erased of what is kept for ever", n)
	}
	var fault *desk.Fault
	if _, err := a.Keep(t.Context(), FeedKeep{Days: -1}); !errors.As(err, &fault) || fault.Kind != "invalid" {
		t.Errorf("-1 days: %v", err)
	}
}

// However many there are, one turn takes some, and all are erased in the end.
func TestErasingGoesOnWhereItWas(t *testing.T) {
	a, f := keeping(t)
	const all = 2*eraseSome + 7
	for i := range all {
		say(t, a, f.ID, fmt.Sprint(i), fmt.Sprint("said ", i), 100+i%3, 1)
	}
	var turns int
	var sum int64
	for from := (time.Time{}); ; turns++ {
		next, erased, err := a.erase(t.Context(), from)
		if err != nil || turns > all {
			t.Fatal(turns, err)
		}
		if sum += erased; next.IsZero() {
			break
		}
		from = next
	}
	if sum != all || turns == 0 || len(a.readable(t, f.ID)) > 0 {
		t.Errorf("%d of %d erased in %d turns", sum, all, turns+1)
	}
}
