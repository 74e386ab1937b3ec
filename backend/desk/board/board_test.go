package board_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/freight"
)

var morning = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), desk.Options{Dir: dir, Person: "Ida", Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func tender(t *testing.T, d *desk.Desk, number, pro string) {
	t.Helper()
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning,
		Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactReference, Value: freight.Value{Type: "PRO", Text: pro, Scope: "SWVL"}},
			{Subject: freight.Stop(1), Fact: freight.FactPlace, Value: freight.Value{Place: freight.Place{City: "Dallas", State: "TX", Country: "US"}}}}}
	if _, err := d.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestSearchForgivesOneSlip(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "480103", "0044917")
	tender(t, d, "990001", "7712345")
	a := board.New(d)
	for _, c := range []struct{ name, typed, load, field string }{
		{"as it is", "0044917", "480103", "PRO"},
		{"swapped", "0044197", "480103", "similar number"},
		{"wrong", "0044911", "480103", "similar number"},
		{"left out", "004497", "480103", "similar number"},
		{"one too many", "00449117", "480103", "similar number"},
		{"a letter for a digit", "O044917", "480103", "similar number"},
		{"of a load number", "480130", "480103", "similar number"},
		{"two slips", "0044979", "", ""},
		{"too short to guess", "7721", "", ""},
	} {
		hits, err := a.Search(t.Context(), c.typed, 10)
		if err != nil {
			t.Fatal(err)
		}
		load, field := "", ""
		if len(hits.Hits) > 0 {
			load, field = hits.Hits[0].Load, hits.Hits[0].Field
		}
		if load != c.load || field != c.field {
			t.Errorf("%s: %q found %q by %q, want %q by %q", c.name, c.typed, load, field, c.load, c.field)
		}
	}
}

func TestAViewSaysWhereALoadStands(t *testing.T) {
	d := open(t, t.TempDir())
	for _, number := range []string{"C", "A", "B"} {
		tender(t, d, number, "PRO-"+number)
	}
	a := board.New(d)
	spec := board.ViewSpec{Sort: board.Sort{By: board.ByLoad}}
	view, err := a.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.Rows(t.Context(), view.View, 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows.Rows {
		if heard := row.Heard.TMS; heard == nil || !heard.Equal(morning) || row.Heard.Carrier != nil {
			t.Errorf("%s was heard of by %+v", row.Load, row.Heard)
		}
		for _, c := range []struct {
			desc bool
			want int
		}{{false, i}, {true, 2 - i}} {
			spec.Find, spec.Sort.Desc = row.ID, c.desc
			view, err := a.Open(t.Context(), spec)
			if err != nil || view.Found != c.want {
				t.Errorf("%s stands at %d (%v), want %d", row.Load, view.Found, err, c.want)
			}
		}
	}
	for _, id := range []string{"", "zz", "00000000000000000000000000000000", "0000000000000000000000000000000000"} {
		spec.Find = id
		if view, err := a.Open(t.Context(), spec); err != nil || view.Found != -1 {
			t.Errorf("%q: found at %d (%v)", id, view.Found, err)
		}
	}
}

func TestViewsComeBack(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	mine := board.SavedView{Name: "Late ones", Spec: board.ViewSpec{Filter: board.Filter{Live: true, Silent: 90}, Sort: board.Sort{By: board.ByNews, Desc: true}, Group: board.ByCarrierGroup},
		Columns: freight.List[board.ViewColumn]{{Key: "load"}, {Key: "eta", Width: 200}}, Folded: freight.List[string]{"Swift"}}
	views := board.SavedViews{Views: freight.List[board.SavedView]{mine, {Name: "Other", Columns: freight.List[board.ViewColumn]{{Key: "load"}}, Folded: freight.List[string]{}}}, Left: &mine,
		Layouts: freight.List[board.ViewLayout]{{View: "mine", Columns: freight.List[board.ViewColumn]{{Key: "load", Width: 90}}, Folded: freight.List[string]{"Acme"}}}}
	if _, err := board.New(d).Save(t.Context(), views); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := board.New(open(t, dir)).Saved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(views, got); diff != "" {
		t.Error(diff)
	}
	if _, err := board.New(d).Save(t.Context(), board.SavedViews{Views: freight.List[board.SavedView]{mine, mine}}); err == nil {
		t.Error("two views of one name were kept")
	}
}

func TestRowsTellWhatIsFresh(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "480103", "0044917")
	a := board.New(d)
	view, err := a.Open(t.Context(), board.ViewSpec{Filter: board.Filter{Live: true}})
	if err != nil {
		t.Fatal(err)
	}
	tender(t, d, "990001", "7712345")
	a.CountAgain(view.View)
	rows, err := a.Rows(t.Context(), view.View, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if rows.Count != 1 || rows.Fresh != 1 || rows.Pending != 1 {
		t.Errorf("%d rows, %d fresh, %d pending; want 1, 1, 1", rows.Count, rows.Fresh, rows.Pending)
	}
}
