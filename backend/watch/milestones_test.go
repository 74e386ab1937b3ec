package watch

import (
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

func TestMilestones(t *testing.T) {
	eld := freight.ToldTime{At: central(9, 32), Provenance: freight.Provenance{Source: device}}
	cases := []struct {
		name   string
		change func(*freight.Timeline)
		key    string
		want   Milestone
	}{
		{"nothing is known", nil, "delivered/2", Milestone{Name: "Unloaded at delivery Dallas, TX (stop 2)", Stop: 2, Missing: "not documented"}},
		{"one source", nil, "departed/1", Milestone{Name: "Departed at pickup Fort Worth, TX (stop 1)", Stop: 1, At: central(9, 30), Documented: true, Source: "carrier/ABCD",
			Missing: "told by carrier/ABCD only, neither a second source nor a checked paper confirms it"}},
		{"two sources", func(l *freight.Timeline) { l.Stops[0].Departed.Claims = append(l.Stops[0].Departed.Claims, eld) }, "departed/1",
			Milestone{Name: "Departed at pickup Fort Worth, TX (stop 1)", Stop: 1, At: central(9, 30), Documented: true, Source: "carrier/ABCD", Verified: true, By: "eld/unit 7", Closed: true}},
		{"two sources that disagree", func(l *freight.Timeline) {
			l.Stops[0].Departed.Claims = append(l.Stops[0].Departed.Claims, eld)
			l.Stops[0].Departed.Agree = false
		}, "departed/1", Milestone{Name: "Departed at pickup Fort Worth, TX (stop 1)", Stop: 1, At: central(9, 30), Documented: true, Source: "carrier/ABCD",
			Missing: "told by carrier/ABCD only, neither a second source nor a checked paper confirms it"}},
		{"the checked POP", func(l *freight.Timeline) { l.Papers[freight.POP] = freight.PaperVerified }, "departed/1",
			Milestone{Name: "Departed at pickup Fort Worth, TX (stop 1)", Stop: 1, At: central(9, 30), Documented: true, Source: "carrier/ABCD", Verified: true, By: "POP", Closed: true}},
		{"a reason for the gap", func(l *freight.Timeline) {
			l.Acts = []freight.Act{deed(central(15, 0), "arrived/1", freight.FactGap, "", "driver never checked in")}
		}, "arrived/1", Milestone{Name: "Arrived at pickup Fort Worth, TX (stop 1)", Stop: 1, Gap: "driver never checked in", GapBy: "Ann", Closed: true}},
		{"a reason that was taken back", func(l *freight.Timeline) {
			l.Acts = []freight.Act{deed(central(15, 0), "arrived/1", freight.FactGap, "", "driver never checked in"), deed(central(16, 0), "arrived/1", freight.FactGap, "", "")}
		}, "arrived/1", Milestone{Name: "Arrived at pickup Fort Worth, TX (stop 1)", Stop: 1, GapBy: "Ann", Missing: "not documented"}},
		{"a POD that came", func(l *freight.Timeline) {
			l.Papers[freight.POD] = freight.PaperReceived
			l.Documents = []freight.DocumentLink{{Kind: freight.POD, State: "received", Provenance: freight.Provenance{Source: carrier, ReceivedAt: central(16, 0)}}}
		}, "pod", Milestone{Name: "POD", At: central(16, 0), Documented: true, Source: "carrier/ABCD", Missing: "told by carrier/ABCD only, neither a second source nor a checked paper confirms it"}},
		{"a POD that was checked", func(l *freight.Timeline) {
			l.Papers[freight.POD] = freight.PaperVerified
			l.Documents = []freight.DocumentLink{{Kind: freight.POD, State: "verified", By: "Ann", Provenance: freight.Provenance{Source: carrier, ReceivedAt: central(16, 0)}}}
		}, "pod", Milestone{Name: "POD", At: central(16, 0), Documented: true, Source: "carrier/ABCD", Verified: true, By: "Ann", Closed: true}},
		{"dispatched, and came", func(l *freight.Timeline) {
			l.Driver = map[string]freight.Known{"NAME": {Value: "Jo", Claims: []freight.Told{{Provenance: freight.Provenance{Source: carrier, StatedAt: central(6, 0)}}}}}
			l.Stops[0].Arrived = happened(freight.FactArrived, central(8, 0))
		}, "dispatched", Milestone{Name: "Dispatched", At: central(6, 0), Documented: true, Source: "carrier/ABCD", Verified: true, By: "arrival at stop 1", Closed: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := toDallas()
			if c.change != nil {
				c.change(l)
			}
			c.want.Key = c.key
			for _, m := range Milestones(l) {
				if m.Key == c.key && m != c.want {
					t.Errorf("got  %+v\nwant %+v", m, c.want)
				}
				if (m.Missing == "") != m.Closed {
					t.Errorf("%s is closed %v and lacks %q", m.Key, m.Closed, m.Missing)
				}
			}
		})
	}
}

func TestALoadIsClosedWithReasonsOnly(t *testing.T) {
	l := toDallas()
	list := Milestones(l)
	var keys []string
	for _, m := range list {
		keys = append(keys, m.Key)
	}
	if got := strings.Join(keys, " "); got != "dispatched arrived/1 loaded/1 departed/1 arrived/2 delivered/2 departed/2 pop pod" {
		t.Fatalf("milestones %s", got)
	}
	problems := CloseProblems(l)
	if closed, total := Meter(list); closed != 0 || total != 9 || len(problems) != 9 || len(GapKeys(l)) != 9 {
		t.Fatalf("%d of %d closed, %d problems", closed, total, len(problems))
	}
	if want := "Dispatched: not documented; document it, or say why it may stay open"; problems[0] != want {
		t.Errorf("%q", problems[0])
	}
	for i, key := range keys {
		l.Acts = append(l.Acts, deed(central(18, 0), key, freight.FactGap, "", "drop trailer"))
		if got := len(CloseProblems(l)); got != 8-i {
			t.Fatalf("after %s: %d problems", key, got)
		}
	}
}
