package watch

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tracedesk/backend/freight"
)

func TestHandoverLine(t *testing.T) {
	l := toDallas()
	low := 33.0
	l.TempMinF, l.Flags, l.Owner = &low, []string{"high_value"}, "Ann"
	l.Readings = []freight.Reading{{At: central(9, 0).Unix(), F: 34}}
	l.Customer, l.Carrier = freight.Known{Value: "ACME"}, freight.Known{Value: "Swift"}
	l.Stops[1].ETA = etaOf(central(13, 30), central(9, 0))
	promise := deed(central(10, 0), "", freight.FactPromise, "ACME", "new ETA")
	promise.At = central(12, 30)
	layover := deed(central(10, 30), "", freight.FactMoney, "layover", "approved")
	layover.Num, layover.Note = 250, "lead said yes"
	yesterday := deed(central(1, 0), "", freight.FactParty, "", "carrier")
	l.Acts = []freight.Act{yesterday, promise, layover}

	rules := DefaultRules()
	rules.Cadence.Money = map[string]float64{"lead": 500}
	ex := exceptions(t, central(11, 0), []freight.Episode{episode("detention.running", 1, central(9, 30), time.Time{}), episode("silence", 0, central(2, 0), central(3, 0))})
	ex[0].Owner = "Bo"
	errands := []freight.Errand{
		{Task: freight.Task{Kind: CheckCall, Why: "En route", Whom: "afterHours", Due: central(12, 0)}, BeganAt: central(12, 0)},
		{Task: freight.Task{Kind: CheckCall, Why: "settled", Due: central(8, 0)}, EndedAt: central(9, 0)},
	}
	ex[0].Next.Due = central(11, 30)
	got := HandoverLine(l, ex, errands, central(6, 0), central(11, 0), &rules)
	want := Line{
		Load: "L1", Customer: "ACME", Carrier: "Swift", State: freight.InTransit, Owner: "Ann",
		StopClock: "Delivery Dallas, TX by Mon 23 Nov 14:00 CST, ETA Mon 23 Nov 13:30 CST (carrier/ABCD)",
		Happened:  []string{"Mon 23 Nov 09:30 CST Departed Fort Worth, TX", "Mon 23 Nov 09:30 CST detected: Detention running"},
		Decided:   []string{"Mon 23 Nov 10:30 CST Ann: layover 250 USD approved lead said yes"},
		Fragile:   []string{"ETA leaves 30 min at Dallas, TX", "high value"},
		Promises:  []string{"ACME by Mon 23 Nov 12:30 CST: new ETA"},
		Next:      "Detention running: detention.running", NextDue: central(11, 30),
		Meters: []string{"detention.running"}, Temp: "range 33 to any F, last 34 F Mon 23 Nov 09:00 CST", Authority: "lead up to 500 USD",
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreFields(Line{}, "Open")); d != "" {
		t.Error(d)
	}
	if len(got.Open) != 1 || got.Open[0].Owner != "Bo" || !got.Worth() {
		t.Errorf("%+v", got.Open)
	}
	if Blocked([]Line{got}) != nil {
		t.Error("an owned exception blocks the close")
	}
	got.Open[0].Owner = ""
	if b := Blocked([]Line{got, {Load: "L2"}}); len(b) != 1 || b[0] != "L1: Detention running has no owner (detention.running)" {
		t.Errorf("%v", b)
	}
	ex[0].Next.Due = farFuture
	if got := HandoverLine(l, ex, errands, central(6, 0), central(11, 0), &rules); got.Next != "En route (carrier's after-hours line)" {
		t.Errorf("next %q", got.Next)
	}
}

func TestAQuietLoadNeedsNoReading(t *testing.T) {
	l, rules := toDallas(), DefaultRules()
	got := HandoverLine(l, nil, nil, central(6, 0), central(11, 0), &rules)
	if got.Worth() || got.Authority != "no money limits are set: ask before anything is approved" {
		t.Errorf("%+v", got)
	}
}

func TestDecisionsInWords(t *testing.T) {
	cases := []struct {
		act  freight.Act
		want string
	}{
		{freight.Act{Fact: freight.FactHandled, Type: "resolve", Note: "arrived after all"}, "resolved: arrived after all"},
		{freight.Act{Fact: freight.FactHandled, Type: "assign", Text: "Bo"}, "gave it to Bo"},
		{freight.Act{Fact: freight.FactHandled, Type: "snooze", At: central(12, 0), Text: "they call back"}, "put off until Mon 23 Nov 12:00 CST: they call back"},
		{freight.Act{Fact: freight.FactHandled, Type: "acknowledge"}, ""},
		{freight.Act{Fact: freight.FactCause, Type: "1651", Text: "AO"}, "cause AO weather or natural disaster"},
		{freight.Act{Fact: freight.FactGap, Scope: "pop", Text: "drop trailer"}, "gap pop: drop trailer"},
		{freight.Act{Fact: freight.FactContact, Type: "reached"}, ""},
	}
	for _, c := range cases {
		if got := decision(&c.act, "America/Chicago"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func BenchmarkHandoverLine(b *testing.B) {
	l, rules := toDallas(), DefaultRules()
	b.ReportAllocs()
	for b.Loop() {
		HandoverLine(l, nil, nil, central(6, 0), central(11, 0), &rules)
	}
}
