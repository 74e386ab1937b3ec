package kpi

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// In these examples clocks read hours and minutes of Monday, 15 June 2026, UTC; from 24 on of the days after.
func clock(h, m int) time.Time { return time.Date(2026, 6, 15, h, m, 0, 0, time.UTC) }

func told(at, told time.Time, by freight.SourceKind) freight.TimeFacts {
	return freight.TimeFacts{At: at, Told: told, By: by, Auto: by.Platform() || by == freight.ELD || by == freight.CarrierSrc}
}

func verified(at time.Time) freight.PaperFacts {
	return freight.PaperFacts{State: freight.PaperVerified, Received: at, Verified: at}
}

// run is a load from a pickup 08:00-09:00 to a delivery 16:00-17:00, arrived 08:30 and 16:30, out after an hour each.
func run(number string, change func(*Load)) Load {
	l := Load{LoadFacts: freight.LoadFacts{Load: number, Customer: "Acme", Carrier: "Hand Freight", Origin: "Dallas, TX", Dest: "Memphis, TN",
		State: freight.Delivered, First: clock(0, 0), Stops: []freight.StopFacts{
			{Seq: 1, Kind: "pickup", Zone: "UTC", Window: freight.DueFacts{Start: clock(8, 0), End: clock(9, 0)}, Done: true,
				Arrived: told(clock(8, 30), clock(8, 40), freight.Project44), Loaded: told(clock(9, 20), clock(11, 0), freight.DriverSrc),
				Departed: told(clock(9, 30), clock(9, 31), freight.ELD)},
			{Seq: 2, Kind: "delivery", Zone: "UTC", Window: freight.DueFacts{Start: clock(16, 0), End: clock(17, 0)}, Done: true,
				Arrived: told(clock(16, 30), clock(16, 30), freight.Project44), Unloaded: told(clock(17, 20), clock(17, 30), freight.DriverSrc),
				Departed: told(clock(17, 30), clock(17, 30), freight.DriverSrc)}}}}
	l.Dispatched = told(clock(5, 0), clock(5, 0), freight.TMS)
	if change != nil {
		change(&l)
	}
	return l
}

// pings are positions at hours of the day, in quarters.
func pings(l *Load, from, to, every float64) {
	for h := from; h <= to; h += every {
		l.Pings = append(l.Pings, int32(h*3600))
	}
}

type example struct {
	name     string // what it shows, with the arithmetic
	loads    []Load
	want     map[string]string // figure -> "value/n"; "-/n" for none
	excluded map[string]string // figure -> "cause n"
	change   func(*Definition)
}

var examples = []example{
	{name: "in full: 100 of 100, 80 of 90, 95 of 90 capped at 90, all in time; 50 of 50 late counts nothing: (100+80+90+0)/(100+90+90+50) = 270/330; in full and in time 2 of 4",
		loads: []Load{
			run("A", func(l *Load) { l.Stops[1].Ordered, l.Stops[1].Received, l.Stops[1].Counted = 100, 100, true }),
			run("B", func(l *Load) { l.Stops[1].Ordered, l.Stops[1].Received, l.Stops[1].Counted = 90, 80, true }),
			run("C", func(l *Load) { l.Stops[1].Ordered, l.Stops[1].Received, l.Stops[1].Counted = 90, 95, true }),
			run("D", func(l *Load) {
				l.Stops[1].Ordered, l.Stops[1].Received, l.Stops[1].Counted = 50, 50, true
				l.Stops[1].Arrived.At = clock(18, 0)
			}),
			run("E", func(l *Load) { l.Stops[1].Ordered = 10 }),
			run("F", nil)},
		want:     map[string]string{"otif": "0.818181818/330", "otif.stops": "0.5/4"},
		excluded: map[string]string{"otif": "units ordered not told 1, units received not counted 1"}},

	{name: "on the road 09:30 to 16:30 are 7 spans of 60 min. A: all hit. B: first ping 10:00, after the window's end. C: 6 of 7 = 86 % < 90 %. D: the last ping 15:15, 75 min before. E: none. 1 of 5. F has no departure",
		loads: []Load{
			run("A", func(l *Load) { pings(l, 8.5, 16.25, 0.5) }),
			run("B", func(l *Load) { pings(l, 10, 16.25, 0.5) }),
			run("C", func(l *Load) {
				pings(l, 8.5, 12, 0.5)
				pings(l, 14, 16.25, 0.5)
				l.Pings = slices.DeleteFunc(l.Pings, func(s int32) bool { return s >= 12*3600+1800 && s < 14*3600 })
			}),
			run("D", func(l *Load) { pings(l, 8.75, 15.25, 0.5) }),
			run("E", nil),
			run("F", func(l *Load) { l.Stops[0].Departed = freight.TimeFacts{} })},
		want:     map[string]string{"tracking.compliance": "0.2/5"},
		excluded: map[string]string{"tracking.compliance": "departure from the pickup not known 1"}},

	{name: "of dispatched (TMS), arrived (platform), departed (ELD), arrived (platform), delivered (driver) three came by machine: 3 of 5; a load under way and a cancelled one are out",
		loads: []Load{run("A", nil),
			run("B", func(l *Load) {
				l.State = freight.InTransit
				l.Stops[1].Departed, l.Stops[1].Unloaded = freight.TimeFacts{}, freight.TimeFacts{}
			}),
			run("C", func(l *Load) { l.State = freight.Cancelled })},
		want:     map[string]string{"tracking.automation": "0.6/5", "loads": "3/3", "loads.cancelled": "1/3"},
		excluded: map[string]string{"tracking.automation": "cancelled 1, not delivered 1"}},

	{name: "asked for: dispatched, 2 x (arrived, work, departed), POP, POD = 9; on record all but POP and POD = 7; of 7 with a time of day, loading (told 11:00 of 09:20 = 100 min) came too late: 6 of 7",
		loads:    []Load{run("A", nil)},
		want:     map[string]string{"milestones.complete": "0.777777778/9", "milestones.timely": "0.857142857/7"},
		excluded: map[string]string{}},

	{name: "four of at least minor severity on 2 loads = 2000 per 1,000; shown after 5, 15, 25 min: median 15; acknowledged after 30 min; resolved after 60 and 4260 min (71 h: Mon 10:00 to Thu 09:00), mean 2160",
		loads: []Load{
			run("A", func(l *Load) {
				l.Exceptions = []Exception{
					{ID: "1", Kind: "silence", Severity: freight.Minor, Detected: clock(10, 0), Shown: clock(10, 5), Acknowledged: clock(10, 30), Resolved: clock(11, 0), Contacts: 1},
					{ID: "2", Kind: "eta.late", Stop: 2, Severity: freight.Critical, Detected: clock(10, 0), Shown: clock(10, 15), Resolved: clock(72+9, 0), Contacts: 3},
					{ID: "3", Kind: "position.stale", Severity: freight.Watched, Detected: clock(10, 0)}}
			}),
			run("B", func(l *Load) {
				l.Exceptions = []Exception{
					{ID: "4", Kind: "silence", Severity: freight.Major, Detected: clock(12, 0), Shown: clock(12, 25)},
					{ID: "5", Kind: "paper.podMissing", Severity: freight.Minor, Detected: clock(12, 0), Resolved: clock(13, 0), ByRule: true}}
			})},
		want: map[string]string{"exceptions.per1000": "2000/2", "exceptions.detect": "15/3", "exceptions.detect.mean": "15/3", "exceptions.acknowledge": "30/1",
			"exceptions.resolve": "60/3", "exceptions.resolve.mean": "1460/3",
			// 1 is 60 min; 2: Mon 10-17 is 420, Tue and Wed 540 each, Thu 8-9 is 60: 1560; 5 is 60. Median 60, mean 1680/3.
			"exceptions.resolve.business": "60/3", "exceptions.resolve.business.mean": "560/3",
			"exceptions.firstContact": "0.5/2",
			// silence on A at 10:00, on B two hours later by the same carrier and lane: one of four.
			"exceptions.repeat": "0.25/4", "exceptions.aged": "0/1"},
		excluded: map[string]string{"exceptions.detect": "no running desk showed it while it was open 1", "exceptions.acknowledge": "resolved without an acknowledgement 2, not acknowledged 1",
			"exceptions.resolve": "still open 1", "exceptions.firstContact": "its cause went away by itself 1, still open 1"},
		change: func(d *Definition) { d.WorkZone = "UTC" }},

	{name: "an exception open since 31 days before the report is aged, one of 30 days is not: 1 of 2",
		loads: []Load{run("A", func(l *Load) {
			l.Exceptions = []Exception{{ID: "1", Kind: "silence", Severity: freight.Major, Detected: clock(0, 0).AddDate(0, 0, -27)},
				{ID: "2", Kind: "data.speed", Severity: freight.Major, Detected: clock(0, 0).AddDate(0, 0, -26)}}
		})},
		want: map[string]string{"exceptions.aged": "0.5/2"}},

	{name: "three deliveries missed: A told an hour before, B told an hour after, C told two days before (another matter): 1 of 3; D was in time",
		loads: []Load{
			run("A", func(l *Load) { l.Stops[1].Arrived.At = clock(19, 0); l.Told = []time.Time{clock(16, 0)} }),
			run("B", func(l *Load) { l.Stops[1].Arrived.At = clock(19, 0); l.Told = []time.Time{clock(18, 0)} }),
			run("C", func(l *Load) { l.Stops[1].Arrived.At = clock(19, 0); l.Told = []time.Time{clock(-32, 0)} }),
			run("D", nil)},
		want: map[string]string{"proactive": "0.333333333/3"}},

	{name: "of five calls due, one covered, one answered 30 min after its time (still on time), one answered 31 min after, one done on time, one still waiting a day later: 3 of 5; one fell away; one not due yet; reached at once 1 of 2",
		loads: []Load{run("A", func(l *Load) {
			l.Calls = []Call{
				{Key: "a", Due: clock(10, 0), Ended: clock(10, 0), How: "covered"},
				{Key: "b", Due: clock(10, 0), Ended: clock(10, 30), How: "answered"},
				{Key: "c", Due: clock(10, 0), Ended: clock(10, 31), How: "answered", Attempts: 2},
				{Key: "d", Due: clock(11, 0), Ended: clock(11, 0), How: "done"},
				{Key: "e", Due: clock(12, 0)},
				{Key: "f", Due: clock(12, 0), Ended: clock(11, 0), How: "lapsed"},
				{Key: "g", Due: clock(96, 0)}}
		})},
		want:     map[string]string{"calls.coverage": "0.6/5", "calls.saved": "1/7", "calls.firstReach": "0.5/2"},
		excluded: map[string]string{"calls.coverage": "fell away 1, not due yet 1"}},

	{name: "departed 17:30. A verified 20:30 = 3 h; B at +40 h with one rejected before; C not yet after 2 days; D just delivered, still in time. Cycle mean (180+2400)/2 = 1290; in 24 h 1 of 3; in 48 h 2 of 3; clean 1 of 2; to be billed in 24 h: A has both papers: 1 of 3",
		loads: []Load{
			run("A", func(l *Load) { l.POD, l.POP = verified(clock(20, 30)), verified(clock(12, 0)) }),
			run("B", func(l *Load) { l.POD = verified(clock(57, 30)); l.POD.Rejected = 1 }),
			run("C", func(l *Load) { l.POD.State = freight.PaperReceived }),
			run("D", func(l *Load) { l.Stops[1].Departed.At = clock(84, 0) })},
		want: map[string]string{"pod.cycle.mean": "1290/2", "pod.cycle": "1290/2", "pod.within24h": "0.333333333/3", "pod.within48h": "0.666666667/3",
			"pod.clean": "0.5/2", "invoice.ready": "0.333333333/3"},
		excluded: map[string]string{"pod.cycle": "POD not verified yet 2", "pod.within24h": "still in time 1"}},

	{name: "deliveries open at 16:00. A: there 15:00, clock from 16:00, free to 18:00, out 18:20: 20 min = two quarters = 37.50. B: there 16:30, free to 18:30, out 19:31: 61 min = five quarters = 93.75, the customer told 18:00. C out within free time. D there after the window: forfeited. E has a free hour of its own: 16:30 to 17:30, out 17:30: none. Share 2 of 8 (four pickups of an hour each count)",
		loads: []Load{
			run("A", func(l *Load) { l.Stops[1].Arrived.At, l.Stops[1].Departed.At = clock(15, 0), clock(18, 20) }),
			run("B", func(l *Load) { l.Stops[1].Departed.At = clock(19, 31); l.Told = []time.Time{clock(18, 0)} }),
			run("C", nil),
			run("D", func(l *Load) {
				l.Stops = l.Stops[1:]
				l.Stops[0].Arrived.At, l.Stops[0].Departed.At = clock(17, 1), clock(23, 0)
			}),
			run("E", func(l *Load) { l.Stops[1].Facility = "Quick Dock" })},
		want: map[string]string{"detention.share": "0.25/8", "detention.minutes": "40.5/2", "detention.usd": "131.25/2", "detention.notified": "0.5/2",
			"dwell.pickup": "60/4",
			// 200, 181, 60, 359, 60: median 181, mean 860/5
			"dwell.delivery": "181/5", "dwell.delivery.mean": "172/5"},
		excluded: map[string]string{"detention.share": "arrived after the window, detention forfeited 1"}},

	{name: "the clock from the arrival: A there 15:00, free to 17:00, out 18:20 = 80 min = six quarters = 112.50",
		loads:  []Load{run("A", func(l *Load) { l.Stops[1].Arrived.At, l.Stops[1].Departed.At = clock(15, 0), clock(18, 20) })},
		want:   map[string]string{"detention.minutes": "80/1", "detention.usd": "112.5/1"},
		change: func(d *Definition) { d.DetentionClock = "arrival" }},

	{name: "arrived 16:30. Stated at 04:00: 16:00 (30 early); at 10:30, exactly six hours before: 17:30 (60 late); at 15:00: 16:40 (10 late). 12 h: -30; 6 h: +60; 2 h: the same; 1 h: +10; last: +10; 24 h: none. The other stop never had one",
		loads: []Load{run("A", func(l *Load) {
			l.Stops[1].ETAs = []freight.ETAFact{{Said: clock(4, 0), At: clock(16, 0)}, {Said: clock(10, 30), At: clock(17, 30)}, {Said: clock(15, 0), At: clock(16, 40)}, {Said: clock(17, 0), At: clock(16, 30)}}
		})},
		want: map[string]string{"eta.24h.mae": "-/0", "eta.12h.mae": "30/1", "eta.12h.bias": "-30/1", "eta.12h.within15": "0/1", "eta.12h.within30": "1/1",
			"eta.6h.mae": "60/1", "eta.2h.mae": "60/1", "eta.1h.mae": "10/1", "eta.last.bias": "10/1", "eta.last.within15": "1/1", "eta.band": "-/0"},
		excluded: map[string]string{"eta.1h.mae": "no ETA stated by then 1", "eta.band": "no forecast stated a band 2"}},

	{name: "a band stated 3 h before that holds 16:30, and one that does not: 1 of 2",
		loads: []Load{
			run("A", func(l *Load) {
				l.Stops[1].ETAs = []freight.ETAFact{{Said: clock(13, 30), At: clock(16, 0), Low: clock(15, 0), High: clock(16, 30)}}
			}),
			run("B", func(l *Load) {
				l.Stops[1].ETAs = []freight.ETAFact{{Said: clock(13, 30), At: clock(16, 0), Low: clock(15, 0), High: clock(16, 29)}}
			})},
		want: map[string]string{"eta.band": "0.5/2"}},

	{name: "3 of 4 fields alike on one load, 1 of 1 on another: 4 of 5",
		loads: []Load{run("A", func(l *Load) { l.Compared, l.Equal, l.Differ = 4, 3, []string{"arrived/2"} }),
			run("B", func(l *Load) { l.Compared, l.Equal = 1, 1 }), run("C", nil)},
		want:     map[string]string{"data.agreement": "0.8/5"},
		excluded: map[string]string{"data.agreement": "nothing told by both sides 1"}},

	{name: "two accepted, one declined, one still offered: 2 of 3; without an acceptance in the history neither bounces nor the score",
		loads: []Load{run("A", func(l *Load) { l.Tender = "accepted" }), run("B", func(l *Load) { l.Tender = "accepted" }),
			run("C", func(l *Load) { l.Tender = "declined" }), run("D", func(l *Load) { l.Tender = "offered" })},
		want:     map[string]string{"tender.acceptance": "0.666666667/3", "carrier.bounces": "-/0", "carrier.badBounces": "-/0", "network.score": "-/0"},
		excluded: map[string]string{"tender.acceptance": "tender offered 1", "carrier.bounces": "no acceptance on record 4"}},

	{name: "pickup from 08:00. Four accepted; B dropped at 03:59 (4 h 1 min before), C at 04:01: bounces 2 of 4, bad 1 of 4. Pickups 4 of 4 in time, deliveries 3 of 4: 0.2 x 1 + 0.4 x 0.75 + 0.4 x 0.5 = 0.7. E is cancelled, F under way",
		loads: []Load{
			run("A", func(l *Load) { l.Accepted = true }),
			run("B", func(l *Load) { l.Accepted, l.Dropped = true, []time.Time{clock(3, 59)} }),
			run("C", func(l *Load) { l.Accepted, l.Dropped = true, []time.Time{clock(4, 1)} }),
			run("D", func(l *Load) { l.Accepted = true; l.Stops[1].Arrived.At = clock(18, 0) }),
			run("E", func(l *Load) { l.Accepted, l.State = true, freight.Cancelled }),
			run("F", func(l *Load) { l.State, l.Stops = freight.InTransit, nil; l.First = clock(1, 0) })},
		want:     map[string]string{"carrier.bounces": "0.5/4", "carrier.badBounces": "0.25/4", "network.score": "0.7/4"},
		excluded: map[string]string{"carrier.bounces": "cancelled 1, still under way 1"}},
}

func TestExamples(t *testing.T) {
	for _, e := range examples {
		in := Input{Loads: e.loads, From: day(t, "2026-06-15"), To: day(t, "2026-06-30"), AsOf: clock(90, 0), Definition: Shipped()[0], FreeTimes: map[string]int{"Quick Dock": 60}}
		if e.change != nil {
			e.change(&in.Definition)
		}
		all := map[string]KPI{}
		for _, k := range Compute(in) {
			all[k.Name] = k
		}
		for name, want := range e.want {
			k, ok := all[name]
			got := fmt.Sprintf("-/%d", k.N)
			if k.Value != nil {
				got = fmt.Sprintf("%v/%d", math.Round(*k.Value*1e9)/1e9, k.N)
			}
			if !ok || got != want {
				t.Errorf("%s = %s, want %s: %s", name, got, want, e.name)
			}
			if k.Value == nil && k.Reason == "" && len(k.Excluded) == 0 {
				t.Errorf("%s counts nothing and does not say why", name)
			}
		}
		for name, want := range e.excluded {
			got := ""
			for i, x := range all[name].Excluded {
				if i > 0 {
					got += ", "
				}
				got += fmt.Sprintf("%s %d", x.Cause, x.N)
			}
			if got != want {
				t.Errorf("%s leaves out %q, want %q: %s", name, got, want, e.name)
			}
		}
	}
}
