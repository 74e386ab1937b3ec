package feeds_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"tracedesk/backend/feeds"
	"tracedesk/backend/store"
)

// standing is all that is on file of how the account of a world stands.
func (w *world) standing() (out struct {
	Feed  store.Feed
	Loads []store.FeedLoad
	Open  []store.Sending
}) {
	w.t.Helper()
	var err error
	if out.Feed, err = w.desk.Store.Feed(w.t.Context(), "acme"); err != nil {
		w.t.Fatal(err)
	}
	if out.Loads, err = w.desk.Store.FeedLoads(w.t.Context(), out.Feed.ID, 0, 1000); err != nil {
		w.t.Fatal(err)
	}
	if out.Open, err = w.desk.Store.OpenSendings(w.t.Context(), out.Feed.ID, 1000); err != nil {
		w.t.Fatal(err)
	}
	out.Feed.Version = 0 // a refused sign-in is tried again
	return out
}

// A source that was removed and brought back stands as it stood: nothing is asked for a second time, and what waited waits.
func TestRemovedSourceComesBackAsItStood(t *testing.T) {
	for name, follow := range map[string]bool{"asked by list": false, "asked load by load": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, follow, true, true, 3, 0)
			w.happen(3, 6)
			w.add(map[string]string{"customers": "Acme=ORDER"})
			w.system.refuse = number(1)
			w.pass(4 * time.Hour)
			before, requests := w.standing(), w.system.requests
			if follow && (len(before.Open) != 1 || before.Open[0].State != store.SendParked) || !follow && before.Feed.Cursor == "" {
				t.Fatalf("the source stands at %+v", before)
			}
			if err := w.engine.Remove(t.Context(), "acme", "Ida"); err != nil {
				t.Fatal(err)
			}
			if list := w.sync(feeds.Sync{}); list.Name != "" {
				t.Errorf("a source that was removed is still asked: %+v", list)
			}
			dropped := 0
			errands, err := w.engine.Outbox(t.Context(), "", time.Time{}, 10)
			for _, e := range errands {
				if e.State == "dropped" {
					dropped++
				}
			}
			if err != nil || dropped != len(before.Open) {
				t.Errorf("%d errands waited, %d are dropped: %v", len(before.Open), dropped, err)
			}
			if err := w.engine.Restore(t.Context(), "acme", "Ida"); err != nil {
				t.Fatal(err)
			}
			if after := w.standing(); !reflect.DeepEqual(after, before) {
				t.Errorf("it stands at\n%+v, it stood at\n%+v", after, before)
			}
			if r := w.sync(feeds.Sync{}); r.New != 0 || w.system.requests != requests {
				t.Errorf("it was asked again: %+v, %d requests", r, w.system.requests-requests)
			}
			if err := w.engine.Restore(t.Context(), "acme", "Ida"); !errors.Is(err, feeds.ErrUnknown) {
				t.Errorf("a source that is there was brought back: %v", err)
			}
		})
	}
}

// Another source of its name takes a removed one's place: it begins anew, and the old one stays away.
func TestRemovedSourceGivesWay(t *testing.T) {
	w := newWorld(t, false, true, true, 2, 0)
	w.happen(2, 6)
	w.add(map[string]string{})
	first := w.pass(5 * time.Hour)
	if err := w.engine.Remove(t.Context(), "acme", "Ida"); err != nil {
		t.Fatal(err)
	}
	w.add(map[string]string{})
	if now := w.standing(); now.Feed.Cursor != "" || len(now.Loads) > 0 {
		t.Errorf("the new source begins at %+v", now)
	}
	if again := w.sync(feeds.Sync{}); again.Pulled != first.Pulled || again.New != 0 || again.Duplicates == 0 {
		t.Errorf("first it brought %+v, then %+v", first, again)
	}
	if err := w.engine.Remove(t.Context(), "acme", "Ida"); err != nil {
		t.Fatal(err)
	}
	if err := w.engine.Restore(t.Context(), "acme", "Ida"); err != nil {
		t.Fatal(err)
	}
	if err := w.engine.Restore(t.Context(), "acme", "Ida"); !errors.Is(err, feeds.ErrUnknown) {
		t.Errorf("the older one came back too: %v", err)
	}
}
