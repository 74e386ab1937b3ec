package playbooks_test

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/playbooks"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
	"tracedesk/backend/watch"
)

var morning = time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)

// late is a desk with load 1001, whose pickup in Dallas was missed an hour ago.
func late(t *testing.T) (*desk.Desk, watch.Exception) {
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
	of := func(fact freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(1), Fact: fact, Value: v}
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning,
		Names: []freight.Reference{{Type: freight.RefLoad, Value: "1001"}},
		Claims: []freight.Claim{of(freight.FactStopKind, freight.Value{Text: "pickup"}), of(freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX"}}),
			of(freight.FactWindow, freight.Value{Start: freight.At(morning.Add(-time.Hour))})}}
	posted, err := d.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.Ledger.Standing(t.Context(), posted.Loads[0], time.Time{}, d.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range s.Exceptions {
		if e.Kind == "appointment.missed" {
			return d, e
		}
	}
	t.Fatalf("no missed appointment among %+v", s.Exceptions)
	return nil, watch.Exception{}
}

func TestAStepIsMarkedDoneAndTakenBack(t *testing.T) {
	d, e := late(t)
	a := playbooks.New(d)
	sheet, err := a.Checklist(t.Context(), "1001", e.ID, playbooks.When{})
	if err != nil || len(sheet.Steps) == 0 || sheet.Done != 0 || sheet.Book == "" {
		t.Fatalf("%+v, %v", sheet, err)
	}
	for _, s := range sheet.Steps {
		if strings.Contains(s.Wording, "{load}") || strings.Contains(s.Wording, "{place}") {
			t.Errorf("not filled: %q", s.Wording)
		}
	}
	before := d.Now()
	mark := playbooks.StepMark{Step: sheet.Steps[0].Key, Note: "spoke to Sam", As: "Bo"}
	done, err := a.Mark(t.Context(), "1001", e.ID, mark)
	if err != nil || done.Sheet.Done != 1 || done.Sheet.Steps[0].DoneBy != "Bo" || done.Sheet.Steps[0].Note != "spoke to Sam" || done.Sheet.Steps[0].Observation != done.Observation {
		t.Fatalf("%+v, %v", done, err)
	}
	if again, err := a.Mark(t.Context(), "1001", e.ID, mark); err != nil || again.Observation != "" || again.Sheet.Done != 1 {
		t.Errorf("marked twice: %+v, %v", again, err)
	}
	if _, err := a.Mark(t.Context(), "1001", e.ID, playbooks.StepMark{Step: "dance"}); err == nil {
		t.Error("a step that there is not is done")
	}
	if then, err := a.Checklist(t.Context(), "1001", e.ID, playbooks.When{At: before}); err != nil || then.Done != 0 {
		t.Errorf("as of before: %+v, %v", then, err)
	}
	if _, err := work.New(d).Undo(t.Context(), work.UndoRequest{Observation: done.Observation}); err != nil {
		t.Fatal(err)
	}
	if sheet, err = a.Checklist(t.Context(), "1001", e.ID, playbooks.When{}); err != nil || sheet.Done != 0 {
		t.Errorf("after the undo: %+v, %v", sheet, err)
	}
	if _, err := a.Checklist(t.Context(), "1001", "0000000000", playbooks.When{}); err == nil {
		t.Error("an exception that there is not has a checklist")
	}
}

func TestABookIsEditedInVersionsAndGoesBackToTheShippedOne(t *testing.T) {
	d, e := late(t)
	a := playbooks.New(d)
	const own = "kind: appointment.missed\ntitle: Our way\n- ring | driver | 5 | Ring the driver\n  > This is about {load} at {place}.\n"
	if _, err := a.Save(t.Context(), playbooks.BookEdit{Text: strings.Replace(own, "{place}", "{weather}", 1)}); err == nil {
		t.Error("a wording that cannot be filled is kept")
	}
	if _, err := a.Save(t.Context(), playbooks.BookEdit{Kind: "silence", Text: own}); err == nil {
		t.Error("the text of one kind is kept under another")
	}
	saved, err := a.Save(t.Context(), playbooks.BookEdit{Text: own, As: "Bo"})
	if err != nil || saved.Version != 1 || saved.Shipped || saved.By != "Bo" || len(saved.Steps) != 1 {
		t.Fatalf("%+v, %v", saved, err)
	}
	sheet, err := a.Checklist(t.Context(), "1001", e.ID, playbooks.When{})
	if err != nil || sheet.Title != "Our way" || sheet.Steps[0].Wording != "This is about 1001 at Dallas, TX." {
		t.Errorf("%+v, %v", sheet, err)
	}
	saved, err = a.Save(t.Context(), playbooks.BookEdit{Kind: saved.Kind, Title: "Our second way", Steps: saved.Steps})
	if err != nil || saved.Version != 2 || saved.Versions[1].Title != "Our way" || !strings.Contains(saved.Versions[1].Text, "title: Our way") {
		t.Fatalf("%+v, %v", saved, err)
	}
	topic, err := a.Book(t.Context(), "silence")
	if err != nil || !topic.Shipped || !topic.Ships {
		t.Fatalf("%+v, %v", topic, err)
	}
	edited, err := a.Save(t.Context(), playbooks.BookEdit{Kind: topic.Kind, Title: "Quiet", Steps: topic.Steps})
	if err != nil || edited.Title != "Quiet" {
		t.Fatal(edited, err)
	}
	back, err := a.Save(t.Context(), playbooks.BookEdit{Kind: topic.Kind, Shipped: true})
	if err != nil || !back.Shipped || back.Title != topic.Title || len(back.Versions) != 3 {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestEveryKindHasABook(t *testing.T) {
	d, _ := late(t)
	all, err := playbooks.New(d).Books(t.Context())
	if err != nil || len(all.Kinds) != len(watch.Kinds()) {
		t.Fatal(len(all.Kinds), err)
	}
	listed := map[string]bool{}
	for _, b := range all.Books {
		if listed[b.Kind] {
			t.Errorf("%s is listed twice", b.Kind)
		}
		listed[b.Kind] = true
	}
	for _, k := range all.Kinds {
		if !listed[k.Book] {
			t.Errorf("%s is served by %q, which is not listed", k.Kind, k.Book)
		}
	}
}
