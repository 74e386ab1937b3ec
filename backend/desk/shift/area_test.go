package shift_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/shift"
	"tracedesk/backend/freight"
)

var morning = time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)

// night is a desk with load 1001, whose pickup was missed, and load 1002, on which nothing is due for days.
func night(t *testing.T) *desk.Desk {
	t.Helper()
	now := morning
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for number, start := range map[string]time.Time{"1001": morning.Add(-time.Hour), "1002": morning.Add(96 * time.Hour)} {
		of := func(fact freight.Fact, v freight.Value) freight.Claim {
			return freight.Claim{Subject: freight.Stop(1), Fact: fact, Value: v}
		}
		o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning,
			Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
			Claims: []freight.Claim{{Fact: freight.FactDriver, Value: freight.Value{Type: "NAME", Text: "Sam"}}, of(freight.FactStopKind, freight.Value{Text: "pickup"}),
				of(freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX"}}), of(freight.FactWindow, freight.Value{Start: freight.At(start)})}}
		if _, err := d.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// own gives every open exception of a load to somebody.
func own(t *testing.T, d *desk.Desk, number, who string) {
	t.Helper()
	found, err := d.FindLoad(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Standing(t.Context(), found)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range s.Exceptions {
		if !e.Open() {
			continue
		}
		claim := freight.Claim{Fact: freight.FactHandled, Value: freight.Value{Type: "assign", Scope: e.ID, Text: who}}
		if _, err := d.Do(t.Context(), desk.Deed{Load: found, Claims: []freight.Claim{claim}}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAShiftIsNotClosedOverAnExceptionWithoutAnOwner(t *testing.T) {
	d := night(t)
	a := shift.New(d)
	draft, err := a.Draft(t.Context(), shift.When{})
	if err != nil || len(draft.Lines) != 1 || draft.Lines[0].Load != "1001" || draft.Quiet != 1 || len(draft.Blocked) == 0 || draft.ID != "" {
		t.Fatalf("%+v, %v", draft, err)
	}
	_, err = a.HandOver(t.Context(), shift.HandOver{To: "Bo"})
	if err == nil || !strings.Contains(err.Error(), "1001") || !strings.Contains(err.Error(), "no owner") {
		t.Fatalf("what blocks is not named: %v", err)
	}
	if list, err := a.List(t.Context()); err != nil || len(list.Handovers) != 0 {
		t.Errorf("a refused sheet is kept: %+v, %v", list, err)
	}
	own(t, d, "1001", "Ida")
	if _, err := a.HandOver(t.Context(), shift.HandOver{To: " "}); err == nil {
		t.Error("handed over to nobody")
	}
	if sheet, err := a.HandOver(t.Context(), shift.HandOver{To: "Bo"}); err != nil || sheet.ID == "" || sheet.By != "Ida" || sheet.Open != 1 || sheet.Closed {
		t.Errorf("%+v, %v", sheet, err)
	}
}

func TestASheetIsTakenLineByLine(t *testing.T) {
	d := night(t)
	a := shift.New(d)
	own(t, d, "1001", "Ida")
	given, err := a.HandOver(t.Context(), shift.HandOver{To: "Bo", Note: "quiet night", Loads: []shift.HandoverNote{
		{Load: "1001", Decided: "wait for the dock", Rejected: "another carrier: none near", Fragile: "driver's hours"}, {Load: "1002", Fragile: "new carrier"}}})
	if err != nil || len(given.Lines) != 2 || given.Open != 2 {
		t.Fatalf("%+v, %v", given, err)
	}
	var page bytes.Buffer
	shift.Print(&page, &given)
	for _, want := range []string{"from Ida to Bo", "quiet night", "Load 1001", "wait for the dock", "another carrier: none near", "driver's hours", "new carrier", "[ ]"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not say %q:\n%s", want, page.String())
		}
	}
	if _, err := a.Take(t.Context(), given.ID, shift.TakeOver{Load: "9999"}); err == nil {
		t.Error("a load that is not on the sheet is taken")
	}
	took, err := a.Take(t.Context(), given.ID, shift.TakeOver{Load: "1001", As: "Bo"})
	if err != nil || took.Open != 1 || took.Closed {
		t.Fatalf("%+v, %v", took, err)
	}
	if kept, err := a.Take(t.Context(), given.ID, shift.TakeOver{Load: "1001", Back: true, As: "Cy"}); err != nil || kept.Open != 1 {
		t.Errorf("another person gives back what Bo took: %d open, %v", kept.Open, err)
	}
	if back, err := a.Take(t.Context(), given.ID, shift.TakeOver{Load: "1001", Back: true, As: "Bo"}); err != nil || back.Open != 2 {
		t.Errorf("Bo gives the load back: %d open, %v", back.Open, err)
	}
	if _, err := a.Take(t.Context(), given.ID, shift.TakeOver{Load: "1001", As: "Bo"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Take(t.Context(), given.ID, shift.TakeOver{All: true, As: "Cy"}); err != nil {
		t.Fatal(err)
	}
	sheet, err := a.Sheet(t.Context(), given.ID)
	if err != nil || !sheet.Closed || sheet.Open != 0 {
		t.Fatalf("%+v, %v", sheet, err)
	}
	for _, l := range sheet.Lines {
		if want := map[string]string{"1001": "Bo", "1002": "Cy"}[l.Load]; l.TakenBy != want || l.TakenAt == nil {
			t.Errorf("%s is taken by %q, want %s", l.Load, l.TakenBy, want)
		}
	}
	if _, broken, why, err := d.Store.VerifyAudit(t.Context()); broken != 0 || err != nil {
		t.Errorf("the audit chain: line %d: %s, %v", broken, why, err)
	}
}

func TestAShiftBeginsAtTheLastHandover(t *testing.T) {
	d := night(t)
	a := shift.New(d)
	own(t, d, "1001", "Ida")
	given, err := a.HandOver(t.Context(), shift.HandOver{To: "Bo"})
	if err != nil || given.At.Sub(given.Since) != 12*time.Hour {
		t.Fatalf("%+v, %v", given, err)
	}
	next, err := a.Draft(t.Context(), shift.When{})
	if err != nil || !next.Since.Equal(given.At) {
		t.Errorf("since %s, want %s, %v", next.Since, given.At, err)
	}
	if then, err := a.Draft(t.Context(), shift.When{At: morning.Add(-time.Hour)}); err != nil || len(then.Lines) != 0 {
		t.Errorf("before anything was known: %+v, %v", then, err)
	}
}

func TestTheSheetTellsWhatTheRulesTell(t *testing.T) {
	d := night(t)
	draft, err := shift.New(d).Draft(t.Context(), shift.When{})
	if err != nil || len(draft.Lines) == 0 {
		t.Fatal(draft, err)
	}
	open := draft.Lines[0].Open
	if len(open) == 0 || open[0].Kind != "appointment.missed" || draft.Lines[0].NextDue == nil || draft.Lines[0].Zone != "America/Chicago" {
		t.Errorf("%+v", draft.Lines[0])
	}
}

// A desk where hundreds of exceptions have no owner names some of them and counts the rest.
func TestALongListOfWhatBlocksIsCounted(t *testing.T) {
	h := shift.Handover{At: morning}
	for range 25 {
		h.Blocked = append(h.Blocked, "1001: No news at all has no owner")
	}
	var page bytes.Buffer
	shift.Print(&page, &h)
	if n := strings.Count(page.String(), "has no owner"); n != 20 || !strings.Contains(page.String(), "And 5 more") {
		t.Errorf("%d named:\n%s", n, page.String())
	}
}

// Who takes a line owns what is open on it; who gives it back gives that back too.
func TestWhoTakesALineOwnsItsExceptions(t *testing.T) {
	d := night(t)
	a := shift.New(d)
	own(t, d, "1001", "Ida")
	given, err := a.HandOver(t.Context(), shift.HandOver{To: "Bo"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		take shift.TakeOver
		want string
	}{{shift.TakeOver{All: true, As: "Bo"}, "Bo"}, {shift.TakeOver{All: true, Back: true, As: "Bo"}, "Ida"}, {shift.TakeOver{Load: "1001", As: "Cy"}, "Cy"}} {
		if _, err := a.Take(t.Context(), given.ID, x.take); err != nil {
			t.Fatal(err)
		}
		found, err := d.FindLoad(t.Context(), "1001")
		if err != nil {
			t.Fatal(err)
		}
		s, err := d.Standing(t.Context(), found)
		if err != nil {
			t.Fatal(err)
		}
		open := 0
		for _, e := range s.Exceptions {
			if e.Open() {
				open++
				if e.Owner != x.want {
					t.Errorf("after %+v %s belongs to %q", x.take, e.Kind, e.Owner)
				}
			}
		}
		if open == 0 {
			t.Fatal("nothing is open on the load")
		}
	}
}
