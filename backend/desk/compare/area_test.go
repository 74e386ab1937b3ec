package compare

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

var morning = time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)

// crossing is a desk whose clock goes a minute at every look, with load 1001: delivered 13:05 by its carrier, 14:30 by its TMS.
func crossing(t *testing.T) (*desk.Desk, *Area) {
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
	delivered := func(hour, minute int) freight.Claim {
		return freight.Claim{Subject: freight.Stop(2), Fact: freight.FactDelivered, At: freight.At(time.Date(2026, 11, 23, hour+7, minute, 0, 0, time.UTC))}
	}
	names := []freight.Reference{{Type: freight.RefLoad, Value: "1001"}}
	list := []freight.Observation{
		{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning, Names: names,
			Claims: []freight.Claim{{Fact: freight.FactSCAC, Value: freight.Value{Text: "SWVL"}}, {Fact: freight.FactStatus, Value: freight.Value{Type: "tms", Text: "In Transit"}},
				{Fact: freight.FactReference, Value: freight.Value{Type: "PRO", Text: "00 44/1?x=1", Scope: "SWVL"}},
				of(1, freight.FactStopKind, freight.Value{Text: "pickup"}), of(1, freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX", Country: "US"}}),
				of(2, freight.FactStopKind, freight.Value{Text: "delivery"}), of(2, freight.FactPlace, freight.Value{Place: freight.Place{City: "Phoenix", State: "AZ", Country: "US"}}),
				delivered(14, 30)}},
		{Source: freight.Source{Kind: freight.CarrierSrc, Account: "SWVL"}, Channel: freight.ByFile, StatedAt: morning, Names: names, Claims: []freight.Claim{delivered(13, 5)}},
	}
	for i := range list {
		if _, err := d.Ledger.Post(t.Context(), 0, list[i:i+1], nil); err != nil {
			t.Fatal(err)
		}
	}
	return d, New(d)
}

// row is one row of load 1001 as it is now.
func (a *Area) rowNow(t *testing.T, key string) (Comparison, CompareRow) {
	t.Helper()
	told, err := a.Compare(t.Context(), "1001", When{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range told.Rows {
		if fmt.Sprintf("%s/%d", r.Field, r.Stop) == key {
			return told, r
		}
	}
	return told, CompareRow{}
}

func observationOf(r CompareRow, column string) string {
	for _, c := range r.Cells {
		if c.Column == column {
			return c.Observation
		}
	}
	return ""
}

func takeBack(t *testing.T, d *desk.Desk, observation string) {
	t.Helper()
	id, _ := freight.ParseObservationID(observation)
	found, err := d.FindLoad(t.Context(), "1001")
	if err != nil {
		t.Fatal(err)
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.User, Account: "Ida"}, Channel: freight.ByHand, By: "Ida", StatedAt: d.Now(), Retracts: id}
	if _, err := d.Ledger.Post(t.Context(), found.ID, []freight.Observation{o}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAContradictionHasASentenceAndAQuestion(t *testing.T) {
	_, a := crossing(t)
	_, r := a.rowNow(t, "delivered/2")
	if r.Contradiction != "Carrier SWVL says delivered Mon 23 Nov 13:05 MST; TMS says delivered Mon 23 Nov 14:30 MST" || r.Question != "When was it delivered at Phoenix, AZ?" || r.AskWhom != "facility" || r.Exception == "" {
		t.Fatalf("%+v", r)
	}
	_, status := a.rowNow(t, "status/0")
	if status.Contradiction != "TMS says delivered Mon 23 Nov 14:30 MST, stop 2; TMS says In Transit" {
		t.Errorf("status: %+v", status)
	}
}

func TestAcceptStatesTheWordAndAsksToWriteIt(t *testing.T) {
	d, a := crossing(t)
	_, r := a.rowNow(t, "delivered/2")
	ask := Accept{Field: "delivered", Stop: 2, Source: "carrier/SWVL", Observation: observationOf(r, "carrier/SWVL")}
	if _, err := a.Accept(t.Context(), "1001", ask); err == nil {
		t.Error("accepted without a reason")
	}
	ask.Reason = "gate log"
	done, err := a.Accept(t.Context(), "1001", ask)
	if err != nil || done.Observation == "" {
		t.Fatal(done, err)
	}
	_, r = a.rowNow(t, "delivered/2")
	if r.Contradiction != "" || r.Accepted.Source != "user" || !strings.Contains(r.Accepted.Value, "13:05") {
		t.Errorf("after accepting: %+v", r)
	}
	intents, err := d.Store.Intents(t.Context(), "", 10)
	if err != nil || len(intents) != 1 || intents[0].Kind != "delivered" || !strings.Contains(intents[0].Body, "gate log") {
		t.Errorf("intents %+v, %v", intents, err)
	}
	takeBack(t, d, done.Observation)
	told, r := a.rowNow(t, "delivered/2")
	if r.Contradiction == "" || len(told.Columns) != 2 {
		t.Errorf("after the undo: %+v, %d columns", r, len(told.Columns))
	}
}

func TestDismissedContradictionsAreKnown(t *testing.T) {
	d, a := crossing(t)
	done, err := a.Dismiss(t.Context(), "1001", Dismiss{Field: "delivered", Stop: 2, Note: "clock of the gate"})
	if err != nil {
		t.Fatal(err)
	}
	_, r := a.rowNow(t, "delivered/2")
	if r.Dismissed == nil || r.Dismissed.By != "Ida" || r.Dismissed.Note != "clock of the gate" || r.Exception != "" {
		t.Fatalf("%+v", r)
	}
	takeBack(t, d, done.Observation)
	if _, r = a.rowNow(t, "delivered/2"); r.Dismissed != nil {
		t.Error("still dismissed after the undo")
	}
}

func TestAPageIsReadThenKept(t *testing.T) {
	d, a := crossing(t)
	const text = "Status: Delivered 11/23/2026 13:10\nThank you for your business"
	read, err := a.Paste(t.Context(), "1001", Paste{Text: text})
	if err != nil || read.Stored || read.Source != "carrier/SWVL" || len(read.Claims) != 2 || len(read.Unread) != 1 {
		t.Fatalf("%+v, %v", read, err)
	}
	if told, _ := a.rowNow(t, "status/0"); len(told.Columns) != 2 {
		t.Error("a preview stored something")
	}
	kept, err := a.Paste(t.Context(), "1001", Paste{Source: "swvl", Text: text, Commit: true})
	if err != nil || !kept.Stored {
		t.Fatalf("%+v, %v", kept, err)
	}
	told, r := a.rowNow(t, "delivered/2")
	if len(told.Columns) != 3 || len(r.Cells) != 3 || told.Columns[2].Name != "Portal of SWVL" || !told.Columns[2].Portal || told.Columns[2].Source != "carrier/SWVL" {
		t.Errorf("%+v, %+v", told.Columns, r.Cells)
	}
	takeBack(t, d, kept.Observation)
	if told, _ := a.rowNow(t, "delivered/2"); len(told.Columns) != 2 {
		t.Error("the page still speaks after the undo")
	}
	if _, err := a.Paste(t.Context(), "1001", Paste{Source: "user/Ida", Text: text}); err == nil {
		t.Error("a person has no page")
	}
}

func TestPagesAreHTTPSAndEscaped(t *testing.T) {
	_, a := crossing(t)
	for _, bad := range []string{"http://x.example/{pro}", "javascript:alert(1)", "https://{pro}/a", "https://x.example{pro}", "https://u:p@x.example/{pro}", "https://x.example/{nothing}", "https://x.example/{pro", "https:///x"} {
		if _, err := a.SetPortal(t.Context(), PortalChange{Source: "carrier/SWVL", Template: bad}); err == nil {
			t.Errorf("%s is kept", bad)
		}
	}
	set := func(template string) string {
		if _, err := a.SetPortal(t.Context(), PortalChange{Source: "carrier/swvl", Template: template}); err != nil {
			t.Fatal(err)
		}
		told, _ := a.rowNow(t, "status/0")
		return told.Columns[1].URL
	}
	if got := set("https://track.example/?pro={pro}&l={load}"); got != "https://track.example/?pro=00+44%2F1%3Fx%3D1&l=1001" {
		t.Errorf("address %q", got)
	}
	if got := set("https://track.example/{pro}/of"); got != "https://track.example/00%2044%2F1%3Fx=1/of" {
		t.Errorf("address %q", got)
	}
	if got := set("https://track.example/{bol}"); got != "" {
		t.Errorf("a page without its number: %q", got)
	}
	if list, _ := a.Portals(t.Context()); len(list.Portals) != 1 || list.Portals[0].By != "Ida" {
		t.Errorf("%+v", list)
	}
	for _, steps := range []string{"..", "."} {
		if got := fill("https://track.example/a/{pro}/of", map[string]string{"pro": steps}); got != "" {
			t.Errorf("%q leads a browser to another page: %s", steps, got)
		}
	}
	if got := fill("https://track.example/?pro={pro}", map[string]string{"pro": ".."}); got != "https://track.example/?pro=.." {
		t.Errorf("dots that lead nowhere: %q", got)
	}
	set("")
	if list, _ := a.Portals(t.Context()); len(list.Portals) != 0 {
		t.Errorf("not taken away: %+v", list)
	}
}

func TestTrustChangesTheAcceptedWord(t *testing.T) {
	d, a := crossing(t)
	accepted := func() string {
		_, r := a.rowNow(t, "delivered/2")
		return r.Accepted.Source
	}
	if got := accepted(); got != "carrier/SWVL" {
		t.Fatalf("shipped: %s", got)
	}
	ranks := []TrustRank{{Kinds: []string{"user"}}, {Kinds: []string{"tms"}}, {Kinds: []string{"carrier"}}}
	list, err := a.SetTrust(t.Context(), TrustChange{Group: "actuals", Ranks: ranks})
	if err != nil || list.Orders[0].Shipped || list.Orders[0].By != "Ida" {
		t.Fatalf("%+v, %v", list, err)
	}
	if got := accepted(); got != "tms/tms" {
		t.Errorf("TMS first: %s", got)
	}
	found, _ := d.FindLoad(t.Context(), "1001")
	view, err := d.Ledger.View(t.Context(), found.ID, time.Time{}, d.Now())
	if err != nil || view.Timeline.Stops[1].Delivered.Source.Kind != freight.TMS {
		t.Errorf("the ledger's accepted word: %+v, %v", view.Timeline.Stops[1].Delivered, err)
	}
	if _, err := a.SetTrust(t.Context(), TrustChange{Group: "actuals", Ranks: ranks[1:]}); err == nil {
		t.Error("an order without a person first is kept")
	}
	if list, err = a.SetTrust(t.Context(), TrustChange{Group: "actuals"}); err != nil || !list.Orders[0].Shipped || accepted() != "carrier/SWVL" {
		t.Errorf("as shipped again: %+v, %v", list.Orders[0], err)
	}
}
