package work_test

import (
	"testing"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/feeds"
	"tracedesk/backend/store"
)

// An entry for a source that was done by hand or dropped is undone in the history, as any other entry is.
func TestAnEntryForASourceIsUndone(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "480101", "SWVL")
	area := work.New(d)
	state(t, d, "480101", load.Edit{Stop: 1, Fact: "arrived", At: "2026-11-23 08:10"})
	known, err := d.FindLoad(t.Context(), "480101")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Feeds.Add(t.Context(), feeds.Account{Name: "p44", Kind: "project44", Values: map[string]string{"clientId": "desk", "region": "northAmerica"}}, "Ida"); err != nil {
		t.Fatal(err)
	}
	feed, err := d.Store.Feed(t.Context(), "p44")
	if err != nil {
		t.Fatal(err)
	}
	err = d.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.AddSending(&store.Intent{Key: "feed 1 edit x", Load: known.ID, Kind: "arrived", Target: "project44/p44", Body: "arrived at stop 1", CreatedAt: morning, By: "Ida"},
			&store.Sending{Feed: feed.ID, Load: known.ID, Kind: connect.WriteStatus, Says: "{}"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	entry := func() work.Intent {
		t.Helper()
		all, err := area.Intents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range all.Intents {
			if in.Sending != nil {
				return in
			}
		}
		t.Fatalf("no entry for a source among %+v", all.Intents)
		return work.Intent{}
	}
	for want, says := range map[work.IntentState]string{work.IntentDone: "done by hand: ", work.IntentDropped: "not needed: "} {
		was := entry()
		if was.State != work.IntentWaiting || was.Sending.State != work.SendingWaits {
			t.Fatalf("entry %+v, %+v", was, was.Sending)
		}
		if _, err := area.Settle(t.Context(), was.ID, work.IntentChange{State: want}); err != nil {
			t.Fatal(err)
		}
		act := newest(t, area)
		if act.Intent != was.ID || act.Says != says+was.Text || entry().State != want {
			t.Fatalf("the newest act is %+v, the entry %+v", act, entry())
		}
		if done := undo(t, area, act); done.Says != "Waits again: 480101 "+was.Text {
			t.Errorf("undo says %q", done.Says)
		}
		if _, err := area.Undo(t.Context(), work.UndoRequest{Intent: was.ID}); err == nil {
			t.Error("it was undone twice")
		}
		if next := newest(t, area); next.Intent == was.ID {
			t.Errorf("it can be undone again: %+v", next)
		}
	}
	if now := entry(); now.State != work.IntentWaiting || now.Sending.State != work.SendingWaits {
		t.Errorf("in the end it is %+v, %+v", now, now.Sending)
	}
}
