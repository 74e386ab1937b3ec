package watch

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

var carrier = freight.Source{Kind: freight.CarrierSrc, Account: "ABCD"}

// rulesOnly is what the rules say, without the tasks.
func rulesOnly(t *freight.Timeline, around *freight.Around, now time.Time) freight.Verdict {
	rules := DefaultRules()
	return underRules(t, around, now, &rules)
}

func underRules(t *freight.Timeline, around *freight.Around, now time.Time, rules *Rules) freight.Verdict {
	if around == nil {
		around = &nothingAround
	}
	e := evaluation{t: t, around: around, now: now, rules: rules}
	for _, rule := range e.rulesInForce() {
		rule(&e)
	}
	return e.verdict()
}

// local is a time of Monday 23 November 2026 in a zone.
func local(zone string, hour, minute int) time.Time {
	loc, err := freight.Location(zone)
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 11, 23, hour, minute, 0, 0, loc).UTC()
}

func central(hour, minute int) time.Time { return local("America/Chicago", hour, minute) }

func happened(fact freight.Fact, at time.Time) *freight.KnownTime {
	return &freight.KnownTime{At: at, Source: carrier, Fact: fact, Agree: true,
		Claims: []freight.ToldTime{{At: at, Provenance: freight.Provenance{Source: carrier, ReceivedAt: at.Add(5 * time.Minute)}}}}
}

// load is one from Fort Worth 08:00-10:00 to Dallas 12:00-14:00, heard of last when it departed at 09:30.
func load() *freight.Timeline {
	return &freight.Timeline{
		Number: "L1", Account: "tms", State: freight.InTransit, FirstAt: central(0, 0), LastAt: central(9, 35),
		Papers:   map[string]freight.PaperState{freight.POP: freight.PaperReceived, freight.POD: freight.PaperMissing},
		LastNews: &freight.News{At: central(9, 30), Source: carrier, Text: "Departed Fort Worth, TX"},
		Stops: []freight.StopLine{
			{Seq: 1, Kind: "pickup", Zone: "America/Chicago", Place: freight.Place{City: "Fort Worth", State: "TX"},
				Window:  freight.Window{Start: central(8, 0), End: central(10, 0)},
				Arrived: happened(freight.FactArrived, central(8, 10)), Departed: happened(freight.FactDeparted, central(9, 30))},
			{Seq: 2, Kind: "delivery", Zone: "America/Chicago", Place: freight.Place{City: "Dallas", State: "TX"},
				Window: freight.Window{Start: central(12, 0), End: central(14, 0)}},
		},
	}
}

func evaluate(t *freight.Timeline, now time.Time) freight.Verdict {
	return rulesOnly(t, nil, now)
}

func TestAttention(t *testing.T) {
	arrivedAt := func(l *freight.Timeline, at time.Time) {
		l.Stops[1].Arrived, l.State = happened(freight.FactArrived, at), freight.AtDelivery
		l.LastNews = &freight.News{At: at, Source: carrier, Text: "Arrived Dallas, TX"}
	}
	delivered := func(l *freight.Timeline) {
		l.Stops[1].Delivered, l.State = happened(freight.FactDelivered, central(13, 30)), freight.Delivered
	}
	eta := func(l *freight.Timeline, at time.Time) {
		l.Stops[1].ETA = &freight.Estimate{At: at, Source: carrier, StatedAt: central(9, 0), Claims: []freight.ToldTime{{At: at}}}
	}
	cases := []struct {
		name   string
		change func(*freight.Timeline)
		now    time.Time
		level  freight.Level
		rule   string
		due    time.Time
		why    string
		next   time.Time // zero: never
	}{
		{"on plan", nil, central(10, 0), freight.OnPlan, "", central(14, 0), "Next: delivery Dallas, TX by Mon 23 Nov 14:00 CST", central(12, 45)},
		{"a minute before near", nil, central(12, 44), freight.OnPlan, "", central(14, 0), "Next: delivery Dallas, TX by Mon 23 Nov 14:00 CST", central(12, 45)},
		{"near", nil, central(12, 45), freight.AtRisk, "appointment.near", central(14, 0), "Delivery window at Dallas, TX ends Mon 23 Nov 14:00 CST and no arrival is known", central(13, 30)},
		{"at the end it is still near, and silent", nil, central(14, 0), freight.AtRisk, "appointment.near", central(14, 0), "Delivery window at Dallas, TX ends Mon 23 Nov 14:00 CST and no arrival is known", central(14, 1)},
		{"missed", nil, central(14, 1), freight.ActNow, "appointment.missed", central(14, 1), "Delivery window at Dallas, TX ended Mon 23 Nov 14:00 CST and no arrival is known", central(15, 45)},
		{"missed late", nil, central(15, 45), freight.ActNow, "appointment.missedLate", central(15, 45), "Delivery window at Dallas, TX ended Mon 23 Nov 14:00 CST and neither arrival nor completion is known", time.Time{}},
		{"arrived in time", func(l *freight.Timeline) { arrivedAt(l, central(13, 0)) }, central(14, 10), freight.OnPlan, "", central(15, 45), "At delivery Dallas, TX since Mon 23 Nov 13:00 CST", central(14, 15)},
		{"arrived, not done", func(l *freight.Timeline) { arrivedAt(l, central(13, 0)) }, central(15, 45), freight.AtRisk, "appointment.missedLate", central(15, 45), "Delivery window at Dallas, TX ended Mon 23 Nov 14:00 CST, arrival is known but not that the work is done", central(17, 0)},
		{"silent", func(l *freight.Timeline) {
			l.Stops[1].Window = freight.Window{Start: central(60, 0), End: central(62, 0)}
		}, central(13, 30), freight.Verify, "silence", central(13, 30), "No news since Mon 23 Nov 09:30 CST (Departed Fort Worth, TX)", central(60, 45)},
		{"ETA a little late", func(l *freight.Timeline) { eta(l, central(14, 10)) }, central(10, 0), freight.Waiting, "eta.late", central(14, 0), "10 min late at Dallas, TX: ETA Mon 23 Nov 14:10 CST (carrier/ABCD), window ends Mon 23 Nov 14:00 CST", central(12, 45)},
		{"ETA late", func(l *freight.Timeline) { eta(l, central(14, 30)) }, central(10, 0), freight.AtRisk, "eta.late", central(14, 0), "30 min late at Dallas, TX: ETA Mon 23 Nov 14:30 CST (carrier/ABCD), window ends Mon 23 Nov 14:00 CST", central(12, 45)},
		{"ETA very late", func(l *freight.Timeline) { eta(l, central(16, 0)) }, central(10, 0), freight.ActNow, "eta.late", central(14, 0), "2 h late at Dallas, TX: ETA Mon 23 Nov 16:00 CST (carrier/ABCD), window ends Mon 23 Nov 14:00 CST", central(12, 45)},
		{"delivered just now", delivered, central(13, 40), freight.OnPlan, "", central(14, 0), "Delivered Mon 23 Nov 13:30 CST, POD expected", central(14, 0)},
		{"waiting for the POD", delivered, central(14, 0), freight.Waiting, "paper.podMissing", central(13, 30).Add(24 * time.Hour), "Delivered Mon 23 Nov 13:30 CST and no POD is on file", central(13, 30).Add(24 * time.Hour)},
		{"no POD for a day", delivered, central(13, 30).Add(24 * time.Hour), freight.Verify, "paper.podMissing", central(13, 30).Add(24 * time.Hour), "Delivered Mon 23 Nov 13:30 CST and no POD is on file", time.Time{}},
		{"POD refused", func(l *freight.Timeline) { delivered(l); l.Papers[freight.POD] = freight.PaperException }, central(13, 40), freight.Verify, "paper.podProblem", central(13, 30), "Delivered Mon 23 Nov 13:30 CST and the POD was refused", time.Time{}},
		{"done", func(l *freight.Timeline) {
			delivered(l)
			l.State, l.Papers[freight.POD] = freight.PapersIn, freight.PaperReceived
		}, central(20, 0), freight.DoneDay, "", central(13, 30), "Delivered Mon 23 Nov 13:30 CST, POD received", time.Time{}},
		{"cancelled", func(l *freight.Timeline) { l.State = freight.Cancelled }, central(20, 0), freight.DoneDay, "", central(9, 35), "Cancelled", time.Time{}},
		{"gone from the export", func(l *freight.Timeline) {
			l.Gone = &freight.Word{Provenance: freight.Provenance{Source: freight.Source{Kind: freight.TMS, Account: "tms"}, StatedAt: central(10, 30)}}
		}, central(11, 0), freight.Verify, "load.gone", central(10, 30), "The full export of tms/tms no longer lists the load since Mon 23 Nov 10:30 CST", central(12, 45)},
		{"known to the carrier only, at first", func(l *freight.Timeline) { l.Provisional, l.Account = true, "ABCD" }, central(0, 30), freight.OnPlan, "", central(1, 0), "Known to ABCD only since Mon 23 Nov 00:00 CST", central(1, 0)},
		{"known to the carrier only", func(l *freight.Timeline) { l.Provisional, l.Account = true, "ABCD" }, central(15, 0), freight.Verify, "load.oneSided", central(1, 0), "Known to ABCD only, first heard Mon 23 Nov 00:00 CST; no tender is on file", time.Time{}},
		{"no stops", func(l *freight.Timeline) { l.Stops, l.State = nil, freight.Planned }, central(15, 0), freight.OnPlan, "", farFuture, "No stops are known", time.Time{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := load()
			if c.change != nil {
				c.change(l)
			}
			v := evaluate(l, c.now)
			if d := cmp.Diff(freight.Attention{Level: c.level, Due: c.due, Why: c.why, Rule: c.rule}, v.Attention); d != "" {
				t.Error(d)
			}
			if !v.NextDue.Equal(c.next) {
				t.Errorf("next due %v, want %v", v.NextDue.In(c.now.Location()), c.next)
			}
		})
	}
}

func genTimeline(t *rapid.T) *freight.Timeline {
	minute := func(name string) time.Time { return central(0, rapid.IntRange(0, 3*24*60).Draw(t, name)) }
	known := func(name string) *freight.KnownTime {
		if rapid.IntRange(0, 2).Draw(t, name+" known") > 0 {
			return nil
		}
		k := happened(freight.Fact(name), minute(name))
		if rapid.Bool().Draw(t, name+" twice") {
			k.Claims = append(k.Claims, freight.ToldTime{At: minute(name + " other")})
		}
		return k
	}
	l := load()
	l.State = rapid.SampledFrom([]freight.LoadState{freight.Planned, freight.Dispatched, freight.AtPickup, freight.InTransit, freight.AtDelivery,
		freight.Delivered, freight.PapersIn, freight.Closed, freight.OnHold}).Draw(t, "state")
	l.Provisional = rapid.IntRange(0, 5).Draw(t, "provisional") == 0
	l.FirstAt = minute("first")
	l.LastNews = nil
	if rapid.Bool().Draw(t, "news") {
		l.LastNews = &freight.News{At: minute("news at"), Text: "news"}
	}
	for i := range l.Stops {
		stop := &l.Stops[i]
		stop.Window = freight.Window{}
		if rapid.Bool().Draw(t, "window") {
			start := minute("window start")
			stop.Window = freight.Window{Start: start, End: start.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "length")) * time.Minute)}
		}
		stop.Arrived, stop.Departed, stop.Delivered = known("arrived"), known("departed"), known("delivered")
		if rapid.Bool().Draw(t, "eta") {
			at := minute("eta at")
			stop.ETA = &freight.Estimate{At: at, Source: carrier, StatedAt: l.FirstAt, Claims: []freight.ToldTime{claim(carrier, l.FirstAt, at)}}
		}
	}
	return l
}

// Between now and NextDue nothing changes by the clock alone, and at NextDue something does.
func TestNextDueIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := genTimeline(t)
		now := central(0, rapid.IntRange(-60, 4*24*60).Draw(t, "now"))
		v := evaluate(l, now)
		horizon := now.Add(6 * 24 * time.Hour)
		until := horizon
		if !v.NextDue.IsZero() {
			if !v.NextDue.After(now) {
				t.Fatalf("next due %v is not after now %v", v.NextDue, now)
			}
			until = v.NextDue
		}
		for i := 0; i < 20; i++ {
			between := now.Add(time.Duration(rapid.Int64Range(0, int64(until.Sub(now))-1).Draw(t, "between")))
			if d := cmp.Diff(v, evaluate(l, between), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("changed at %v, before next due %v:\n%s", between, v.NextDue, d)
			}
		}
		if !v.NextDue.IsZero() {
			at := evaluate(l, v.NextDue)
			if !at.NextDue.IsZero() && !at.NextDue.After(v.NextDue) {
				t.Fatalf("the tick at %v is due again at %v", v.NextDue, at.NextDue)
			}
			if cmp.Equal(v.Findings, at.Findings, cmpopts.EquateEmpty()) {
				t.Fatalf("nothing is found at %v that was not found before", v.NextDue)
			}
		}
	})
}

func BenchmarkEvaluateOnPlan(b *testing.B) {
	l, now, rules := load(), central(10, 0), DefaultRules()
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(l, nil, now, &rules)
	}
}

func BenchmarkEvaluateMissed(b *testing.B) {
	l, now, rules := load(), central(14, 1), DefaultRules()
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(l, nil, now, &rules)
	}
}
