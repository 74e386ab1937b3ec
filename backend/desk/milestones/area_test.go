package milestones_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/milestones"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
)

var morning = time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)

// open is a desk with load 1001, picked up in Dallas and delivered in Phoenix as its TMS and its carrier tell.
func open(t *testing.T) *desk.Desk {
	t.Helper()
	now := morning
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Now: func() time.Time {
		now = now.Add(time.Minute)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	of := func(seq int, fact freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, Value: v}
	}
	at := func(seq int, fact freight.Fact, hour int) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, At: freight.At(time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC))}
	}
	happened := []freight.Claim{at(1, freight.FactArrived, 8), at(1, freight.FactPickedUp, 9), at(1, freight.FactDeparted, 9), at(2, freight.FactArrived, 20), at(2, freight.FactDelivered, 21)}
	names := []freight.Reference{{Type: freight.RefLoad, Value: "1001"}}
	for _, o := range []freight.Observation{
		{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning, Names: names, Claims: append([]freight.Claim{
			of(1, freight.FactStopKind, freight.Value{Text: "pickup"}), of(1, freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX"}}),
			of(2, freight.FactStopKind, freight.Value{Text: "delivery"}), of(2, freight.FactPlace, freight.Value{Place: freight.Place{City: "Phoenix", State: "AZ"}})}, happened...)},
		{Source: freight.Source{Kind: freight.CarrierSrc, Account: "SWVL"}, Channel: freight.ByFile, StatedAt: morning, Names: names, Claims: happened},
	} {
		if _, err := d.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestALoadIsClosedWhenEveryGapHasAReason(t *testing.T) {
	d := open(t)
	a := milestones.New(d)
	list, err := a.Milestones(t.Context(), "1001", milestones.When{})
	if err != nil || list.CanClose || list.Closed+len(list.Problems) != list.Total {
		t.Fatalf("%+v, %v", list, err)
	}
	for name, c := range map[string]func() error{
		"by its close": func() error {
			_, err := a.Close(t.Context(), "1001", milestones.CloseLoad{})
			return err
		},
		"by its status": func() error {
			_, err := load.New(d).State(t.Context(), "1001", load.Edit{Fact: freight.FactStatus, Value: "Closed"})
			return err
		},
	} {
		if err := c(); err == nil || !strings.Contains(err.Error(), "Departed at delivery Phoenix, AZ") || !strings.Contains(err.Error(), "POD") {
			t.Errorf("%s: the open milestones are not named: %v", name, err)
		}
	}
	for _, m := range list.Milestones {
		if m.Closed {
			continue
		}
		if _, err := a.Gap(t.Context(), "1001", milestones.GapReason{Milestone: m.Key, Reason: " "}); err == nil {
			t.Errorf("%s: a gap without a reason is taken", m.Key)
		}
		done, err := a.Gap(t.Context(), "1001", milestones.GapReason{Milestone: m.Key, Reason: "customer waived it"})
		if err != nil {
			t.Fatal(err)
		}
		list = done.List
	}
	last := list.Milestones[slices.IndexFunc(list.Milestones, func(m milestones.Milestone) bool { return m.Key == freight.POD })]
	if !list.CanClose || last.Gap == nil || last.Gap.By != "Ida" || last.Gap.Text != "customer waived it" {
		t.Fatalf("%+v", list)
	}
	done, err := a.Close(t.Context(), "1001", milestones.CloseLoad{Note: "all told"})
	if err != nil || done.List.State != freight.Closed || done.List.Ended == nil || done.List.Ended.By != "Ida" || done.List.Ended.Observation != done.Observation {
		t.Fatalf("%+v, %v", done, err)
	}
	if _, err := a.Close(t.Context(), "1001", milestones.CloseLoad{}); err == nil {
		t.Error("closed twice")
	}
	waiting, err := work.New(d).Intents(t.Context())
	if err != nil || len(waiting.Intents) != 1 || !strings.Contains(waiting.Intents[0].Text, "status closed") {
		t.Errorf("for the TMS: %+v, %v", waiting, err)
	}
	if _, err := work.New(d).Undo(t.Context(), work.UndoRequest{Observation: done.Observation}); err != nil {
		t.Fatal(err)
	}
	if _, err := work.New(d).Undo(t.Context(), work.UndoRequest{Observation: last.Gap.Observation}); err != nil {
		t.Fatal(err)
	}
	if list, err = a.Milestones(t.Context(), "1001", milestones.When{}); err != nil || list.State == freight.Closed || list.CanClose || len(list.Problems) != 1 {
		t.Errorf("after both undos: %+v, %v", list, err)
	}
}

func TestGapsThatAreNone(t *testing.T) {
	a := milestones.New(open(t))
	for name, g := range map[string]milestones.GapReason{
		"documented and verified": {Milestone: "arrived/1", Reason: "why not"},
		"no such milestone":       {Milestone: "arrived/9", Reason: "why not"},
	} {
		if _, err := a.Gap(t.Context(), "1001", g); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestMilestonesAsOfAnEarlierInstant(t *testing.T) {
	d := open(t)
	a := milestones.New(d)
	before := d.Now()
	if _, err := a.Gap(t.Context(), "1001", milestones.GapReason{Milestone: "pod", Reason: "lost"}); err != nil {
		t.Fatal(err)
	}
	then, err := a.Milestones(t.Context(), "1001", milestones.When{At: before})
	if err != nil {
		t.Fatal(err)
	}
	now, err := a.Milestones(t.Context(), "1001", milestones.When{})
	if err != nil || now.Closed != then.Closed+1 {
		t.Errorf("%d closed now, %d then, %v", now.Closed, then.Closed, err)
	}
}
