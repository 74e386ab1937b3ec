package quality_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/quality"
	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

var noon = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

func open(t *testing.T, f quality.Figures) (*desk.Desk, *quality.Area) {
	t.Helper()
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, quality.New(d, f)
}

// rows answers the same rows for a figure, whatever the days.
func rows(of map[string][]kpi.KPIRow) quality.Figures {
	return func(context.Context, string, string, string) (quality.Rows, error) {
		return func(figure, _, _ string) (kpi.KPI, []kpi.KPIRow, error) {
			return kpi.KPI{Name: figure}, of[figure], nil
		}, nil
	}
}

func TestNumbers(t *testing.T) {
	_, area := open(t, rows(nil))
	for _, c := range []struct {
		kind, value, why string
		known            bool
	}{
		{"CONTAINER", "CSQU3054383", "", true}, // the example of ISO 6346
		{"CONTAINER", "csqu 305438-3", "", true},
		{"CONTAINER", "CSQU3054384", "should be 3", true},
		{"CONTAINER", "CSQU3045383", "check digit", true}, // two digits changed places
		{"CONTAINER", "CSQA3054383", "fourth letter", true},
		{"CONTAINER", "CSQU305438", "four letters and seven digits", true},
		{"SCAC", "SWVL", "", true},
		{"SCAC", "S1VL", "two to four letters", true},
		{"MC", "MC-123456", "", true},
		{"MC", "12345678", "one to seven digits", true},
		{"DOT", "USDOT 1234567", "", true},
		{"BOL", "4.8E+11", "spreadsheet", true},
		{"PO", "tbd", "no number", true},
		{"PO", "A-17/b", "", false},
	} {
		got, err := area.Check(t.Context(), strings.ToLower(c.kind), c.value)
		if err != nil {
			t.Fatal(err)
		}
		if got.Known != c.known || (got.Why == "") != (c.why == "") || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s %s: %+v", c.kind, c.value, got)
		}
	}
}

func TestQualityCountsWhatItLists(t *testing.T) {
	due := noon.Add(-24 * time.Hour)
	of := func(load, outcome, party, excluded string) kpi.KPIRow {
		return kpi.KPIRow{Load: load, Stop: 2, Customer: "Acme", Outcome: outcome, Party: party, Excluded: excluded, Due: &due}
	}
	mark := func(load, what, by string) kpi.KPIRow {
		return kpi.KPIRow{Load: load, Stop: 1, What: what, Customer: "Acme", Outcome: by}
	}
	_, area := open(t, rows(map[string][]kpi.KPIRow{
		"otd.current":         {of("1", "late", "", ""), of("2", "late", "carrier", ""), of("3", "onTime", "", ""), of("4", "", "", "zone cannot be told"), of("5", "", "", "no appointment")},
		"otp.current":         {of("1", "late", "", ""), of("4", "", "", "not due yet")},
		"dwell.delivery":      {of("6", "", "", "departed before it arrived"), of("7", "", "", "no arrival time")},
		"milestones.complete": {mark("1", "arrived", "carrier"), mark("1", "departed", ""), mark("2", "arrived", "eld"), {Load: "1", What: "POD", Outcome: "missing"}, {Load: "9", Excluded: "not delivered"}},
	}))
	for kind, want := range map[string]int{"reason.missing": 2, "zone.missing": 1, "window.missing": 1, "order.dwell": 1, "data.future": 0} {
		got, err := area.Quality(t.Context(), quality.QualityQuery{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(got.Kinds, func(k quality.QualityKind) bool { return k.Kind == kind })
		if i < 0 || got.Kinds[i].N != want || len(got.Rows) != want {
			t.Errorf("%s: %+v with %d rows, want %d", kind, got.Kinds, len(got.Rows), want)
		}
		if len(got.Loads) != 1 || got.Loads[0].Load != "1" || got.Loads[0].Present != 1 || got.Loads[0].Required != 3 || !slices.Equal(got.Loads[0].Missing, freight.List[string]{"departed at stop 1", "POD"}) {
			t.Errorf("loads: %+v", got.Loads)
		}
		if len(got.Days) != 7 || got.Days[6].Day != "2026-11-22" || got.Days[6].Required != 4 || got.Days[6].Present != 2 {
			t.Errorf("days: %+v", got.Days)
		}
	}
}

func TestFindingsAndNumbersOfLiveLoads(t *testing.T) {
	d, area := open(t, rows(nil))
	post(t, d, []freight.Claim{{Fact: freight.FactReference, Value: freight.Value{Type: "CONTAINER", Text: "CSQU3054384"}}})
	got, err := area.Quality(t.Context(), quality.QualityQuery{Kind: "number.form"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 1 || got.Rows[0].Load != "4711" || got.Rows[0].Value != "CONTAINER CSQU3054384" {
		t.Errorf("rows: %+v", got.Rows)
	}
	if got.Kinds[0].N == 0 || got.Kinds[len(got.Kinds)-1].N != 0 {
		t.Errorf("what found something does not stand first: %+v", got.Kinds)
	}
}

func TestACorrectionTellsFromToAndWhy(t *testing.T) {
	d, area := open(t, rows(nil))
	stop := freight.Stop(1)
	post(t, d, []freight.Claim{{Subject: stop, Fact: freight.FactArrived, At: freight.WallIn("America/Chicago", 2026, 11, 22, 8, 10, 0)}})
	byHand(t, d, freight.Claim{Subject: stop, Fact: freight.FactArrived, At: freight.WallIn("America/Chicago", 2026, 11, 22, 7, 55, 0), Value: freight.Value{Note: "the gate log shows it"}})
	got, err := area.Corrections(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Corrections) != 1 {
		t.Fatalf("corrections: %+v", got.Corrections)
	}
	c := got.Corrections[0]
	if c.By != "Ida" || c.Load != "4711" || c.What != "arrived at stop 1" || !strings.Contains(c.From, "08:10") || !strings.Contains(c.To, "07:55") || c.Why != "the gate log shows it" {
		t.Errorf("%+v", c)
	}
}

// post tenders load 4711 and says something of it.
func post(t *testing.T, d *desk.Desk, claims []freight.Claim) {
	t.Helper()
	tender := []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: "Acme"}},
		{Subject: freight.Stop(1), Fact: freight.FactStopKind, Value: freight.Value{Text: "pickup"}}, {Subject: freight.Stop(1), Fact: freight.FactPlace, Value: freight.Value{Place: freight.Place{City: "Dallas", State: "TX"}}}}
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: "tms"}, StatedAt: noon.Add(-time.Hour), ReceivedAt: noon.Add(-time.Hour), Names: []freight.Reference{{Type: freight.RefLoad, Value: "4711"}}, Claims: append(tender, claims...)}
	if _, err := d.Ledger.At(noon.Add(-time.Hour)).Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
		t.Fatal(err)
	}
}

func byHand(t *testing.T, d *desk.Desk, c freight.Claim) {
	t.Helper()
	hits, err := d.Store.RefHits(t.Context(), "4711", 5)
	if err != nil || len(hits) == 0 {
		t.Fatalf("the load is not found: %v", err)
	}
	l, err := d.Store.Load(t.Context(), hits[0].Load)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(t.Context(), desk.Deed{Load: l, Claims: []freight.Claim{c}}); err != nil {
		t.Fatal(err)
	}
}
