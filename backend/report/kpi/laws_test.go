package kpi

import (
	"encoding/json"
	"math/rand"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

func anyTime(t *rapid.T, label string) freight.TimeFacts {
	switch rapid.IntRange(0, 5).Draw(t, label+" how") {
	case 0:
		return freight.TimeFacts{}
	case 1:
		return freight.TimeFacts{Day: rapid.IntRange(20610, 20630).Draw(t, label+" day")}
	case 2:
		return freight.TimeFacts{NoZone: true}
	}
	at := clock(0, 0).Add(time.Duration(rapid.IntRange(-6000, 6000).Draw(t, label)) * time.Minute)
	return freight.TimeFacts{At: at, Told: at.Add(time.Hour), By: rapid.SampledFrom([]freight.SourceKind{freight.TMS, freight.ELD, freight.DriverSrc}).Draw(t, label+" by")}
}

func anyWindow(t *rapid.T, label string) freight.DueFacts {
	switch rapid.IntRange(0, 4).Draw(t, label+" how") {
	case 0:
		return freight.DueFacts{}
	case 1:
		first := rapid.IntRange(20610, 20630).Draw(t, label+" day")
		return freight.DueFacts{FirstDay: first, LastDay: first + rapid.IntRange(0, 2).Draw(t, label+" days")}
	}
	start := clock(0, 0).Add(time.Duration(rapid.IntRange(-6000, 6000).Draw(t, label)) * time.Minute)
	return freight.DueFacts{Start: start, End: start.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, label+" long")) * time.Minute)}
}

func anyLoad(t *rapid.T, i int) Load {
	l := Load{LoadFacts: freight.LoadFacts{Load: string(rune('A' + i)), First: clock(0, 0), Carrier: rapid.SampledFrom([]string{"", "One", "Two"}).Draw(t, "carrier"),
		State: rapid.SampledFrom([]freight.LoadState{freight.Delivered, freight.Cancelled, freight.InTransit, freight.NotUsed}).Draw(t, "state")}}
	for seq := range rapid.IntRange(1, 3).Draw(t, "stops") {
		s := freight.StopFacts{Seq: seq + 1, Kind: rapid.SampledFrom([]string{"pickup", "delivery", "pickup_delivery", "relay", ""}).Draw(t, "kind"),
			Zone:   rapid.SampledFrom([]string{"America/Chicago", "Asia/Kolkata", ""}).Draw(t, "zone"),
			Window: anyWindow(t, "window"), Original: anyWindow(t, "original"), Arrived: anyTime(t, "arrived"), Departed: anyTime(t, "departed"), Unloaded: anyTime(t, "unloaded")}
		s.Ordered, s.Received, s.Counted = float64(rapid.IntRange(0, 5).Draw(t, "ordered")), float64(rapid.IntRange(0, 5).Draw(t, "received")), rapid.Bool().Draw(t, "counted")
		l.Stops = append(l.Stops, s)
	}
	for range rapid.IntRange(0, 3).Draw(t, "exceptions") {
		x := Exception{ID: "x", Kind: rapid.SampledFrom([]string{"silence", "appointment.missed"}).Draw(t, "kind"), Stop: 1, Severity: freight.Major,
			Detected: clock(rapid.IntRange(0, 90).Draw(t, "detected"), 0), Party: rapid.SampledFrom([]string{"", "carrier", "customer", "nobody"}).Draw(t, "party")}
		if rapid.Bool().Draw(t, "resolved") {
			x.Resolved, x.Contacts = x.Detected.Add(time.Hour), rapid.IntRange(0, 2).Draw(t, "contacts")
		}
		l.Exceptions = append(l.Exceptions, x)
	}
	return l
}

func anyInput(t *rapid.T) Input {
	in := Input{From: 20600, To: 20640, AsOf: clock(50, 0), Definition: rapid.SampledFrom(Shipped()).Draw(t, "definition")}
	for i := range rapid.IntRange(0, 8).Draw(t, "loads") {
		in.Loads = append(in.Loads, anyLoad(t, i))
	}
	return in
}

func asJSON(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The same loads in any order give the same bytes, figures and rows alike.
func TestOrderOfLoadsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		mixed := in
		mixed.Loads = append([]Load(nil), in.Loads...)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(mixed.Loads), func(i, j int) { mixed.Loads[i], mixed.Loads[j] = mixed.Loads[j], mixed.Loads[i] })
		if a, b := asJSON(t, Compute(in)), asJSON(t, Compute(mixed)); a != b {
			t.Fatalf("figures differ by the order of loads:\n%s\n%s", a, b)
		}
		_, a, _ := Rows(in, "otd.current")
		_, b, _ := Rows(mixed, "otd.current")
		if asJSON(t, a) != asJSON(t, b) {
			t.Fatal("rows differ by the order of loads")
		}
	})
}

// Nothing is dropped: every figure's rows are what it counted and what it left out, and on-time figures add up.
func TestNothingIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		all := map[string]KPI{}
		for _, k := range Compute(in) {
			all[k.Name] = k
			low, high := k.Low, k.High
			if k.Unit == Ratio && k.Value != nil && k.Name != "network.score" && (*k.Value < *low-1e-12 || *k.Value > *high+1e-12 || *low < 0 || *high > 1) {
				t.Fatalf("%s = %v outside %v to %v", k.Name, *k.Value, *low, *high)
			}
			if k.Small != (k.N < Small) {
				t.Fatalf("%s over %d is marked %v", k.Name, k.N, k.Small)
			}
		}
		for _, name := range []string{"otp.original", "otp.current", "otd.original", "otd.current"} {
			k, rows, _ := Rows(in, name)
			out := 0
			for _, x := range k.Excluded {
				out += x.N
			}
			if len(rows) != k.N+out {
				t.Fatalf("%s: %d rows, %d counted, %d left out", name, len(rows), k.N, out)
			}
			if k.N == 0 {
				continue
			}
			late, early := *all[name+".late"].Value, *all[name+".early"].Value
			if good := *k.Value * float64(k.N); int(good+late+early+0.5) != k.N {
				t.Fatalf("%s: %v in time, %v late, %v early of %d", name, good, late, early, k.N)
			}
			if classes := *all[name+".tardy"].Value + *all[name+".lateSameDay"].Value + *all[name+".missed"].Value; classes != late {
				t.Fatalf("%s: %v late and %v in classes", name, late, classes)
			}
			_, lates, _ := Rows(in, name+".late")
			if len(lates) != int(late) {
				t.Fatalf("%s: %d rows of %v late", name, len(lates), late)
			}
		}
	})
}

// Wilson's interval against published values (Newcombe 1998, table I, method 3 without continuity correction).
func TestWilson(t *testing.T) {
	for _, c := range []struct{ hits, n, low, high float64 }{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		low, high := Wilson(c.hits, c.n)
		if diff := max(low-c.low, c.low-low, high-c.high, c.high-high); diff > 0.00006 {
			t.Errorf("%v of %v: %.4f to %.4f, published %.4f to %.4f", c.hits, c.n, low, high, c.low, c.high)
		}
	}
}

func TestDefinitionsThatCannotBe(t *testing.T) {
	for _, d := range Shipped() {
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", d.Name, err)
		}
	}
	for name, change := range map[string]func(*Definition){
		"no name": func(d *Definition) { d.Name = " " }, "negative grace": func(d *Definition) { d.Grace = -1 },
		"share above all": func(d *Definition) { d.PingShare = 2 }, "no such severity": func(d *Definition) { d.Severity = "bad" },
		"no such clock": func(d *Definition) { d.DetentionClock = "moon" }, "hours backwards": func(d *Definition) { d.WorkFrom, d.WorkTo = 17, 8 },
		"no such zone": func(d *Definition) { d.WorkZone = "Mars" }, "no pings": func(d *Definition) { d.PingMinutes = 0 },
	} {
		d := Shipped()[0]
		change(&d)
		if d.Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
