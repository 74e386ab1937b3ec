package work_test

import (
	"testing"

	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/work"
)

func history(t *testing.T, area *work.Area) []work.Act {
	t.Helper()
	got, err := area.History(t.Context(), 50)
	if err != nil {
		t.Fatal(err)
	}
	return got.Acts
}

// newest is the newest act that an undo would take back.
func newest(t *testing.T, area *work.Area) work.Act {
	t.Helper()
	for _, act := range history(t, area) {
		if act.CanUndo && !act.TakesBack {
			return act
		}
	}
	t.Fatal("nothing can be undone")
	return work.Act{}
}

func waiting(t *testing.T, area *work.Area) work.Intent {
	t.Helper()
	got, err := area.Intents(t.Context())
	if err != nil || len(got.Intents) != 1 {
		t.Fatalf("%d entries, %v; want one", len(got.Intents), err)
	}
	return got.Intents[0]
}

func undo(t *testing.T, area *work.Area, act work.Act) work.Undone {
	t.Helper()
	u := work.UndoRequest{Observation: act.Observation}
	if act.Intent != "" {
		u = work.UndoRequest{Intent: act.Intent}
	}
	done, err := area.Undo(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestSettledWorkStandsInTheHistoryAndIsUndoneThere(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "480101", "SWVL")
	area := work.New(d)
	state(t, d, "480101", load.Edit{Stop: 1, Fact: "arrived", At: "2026-11-23 08:10"})
	entry := waiting(t, area)

	if _, err := area.Settle(t.Context(), entry.ID, work.IntentChange{State: work.IntentDone}); err != nil {
		t.Fatal(err)
	}
	act := newest(t, area)
	if act.Intent != entry.ID || act.Load != "480101" || act.By != "Ida" || act.Says != "done by hand: "+entry.Text {
		t.Fatalf("the newest act is %+v", act)
	}
	if says := undo(t, area, act).Says; says != "Waits again: 480101 "+entry.Text {
		t.Fatalf("undo says %q", says)
	}
	if got := waiting(t, area).State; got != work.IntentWaiting {
		t.Fatalf("after undo the entry is %s", got)
	}
	// What was undone can not be undone again: the next undo takes the arrival back.
	if next := newest(t, area); next.Intent != "" || next.Observation == "" {
		t.Fatalf("the next to undo is %+v", next)
	}
	acts := history(t, area)
	if len(acts) != 3 || !acts[0].TakesBack || !acts[1].Undone {
		t.Fatalf("history %+v", acts)
	}
}

func TestAnUndoThatIsUndoneBringsTheOutgoingEntryBack(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "480101", "SWVL")
	area := work.New(d)
	state(t, d, "480101", load.Edit{Stop: 1, Fact: "arrived", At: "2026-11-23 08:10"})
	taken := undo(t, area, newest(t, area))
	if got := waiting(t, area).State; got != work.IntentDropped {
		t.Fatalf("after undo the entry is %s", got)
	}
	undo(t, area, work.Act{Observation: taken.Observation})
	if got := waiting(t, area).State; got != work.IntentWaiting {
		t.Fatalf("after the undo was undone the entry is %s", got)
	}
}
