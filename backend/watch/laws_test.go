package watch

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// genBusy is a load of which much is known, told by several sources that need not agree, and what is on file around it.
func genBusy(t *rapid.T) (*freight.Timeline, *freight.Around) {
	l := genTimeline(t)
	minute := func(name string) time.Time { return central(0, rapid.IntRange(0, 3*24*60).Draw(t, name)) }
	yes := func(name string) bool { return rapid.Bool().Draw(t, name) }
	sources := []freight.Source{tmsSource, carrier, platform, person}
	word := func(i int) freight.Provenance { return by(sources[i], minute("said")) }
	l.Papers = map[string]freight.PaperState{
		freight.POP: rapid.SampledFrom([]freight.PaperState{freight.PaperMissing, freight.PaperReceived}).Draw(t, "pop"),
		freight.POD: rapid.SampledFrom([]freight.PaperState{freight.PaperMissing, freight.PaperException}).Draw(t, "pod")}
	for i := range l.Stops {
		stop := &l.Stops[i]
		for j := range rapid.IntRange(0, 2).Draw(t, "windows") {
			start := minute("other start")
			stop.WindowsOf = append(stop.WindowsOf, freight.ToldWindow{Provenance: word(j), Window: freight.Window{Start: start, End: start.Add(time.Hour)}})
		}
		if stop.Arrived != nil && yes("midnight") {
			stop.Arrived.Claims[0].Midnight = true
		}
		if stop.ETA != nil && yes("other ETA") {
			stop.ETA.Claims = append(stop.ETA.Claims, freight.ToldTime{Provenance: word(2), At: minute("other ETA at")})
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "statuses") {
		p := word(i)
		l.Statuses = append(l.Statuses, freight.Word{Fact: freight.FactStatus, Provenance: p,
			Text: rapid.SampledFrom([]string{"Delivered", "In transit", "At pickup", "Refused"}).Draw(t, "status")})
		l.Problems = append(l.Problems, freight.Problem{Kind: "statusWord", Why: "says otherwise", Evidence: []freight.ObservationID{p.Observation}})
	}
	if yes("exception") {
		l.Exceptions = []freight.Word{{Fact: freight.FactException, Type: "A9", Text: "freight damaged", Provenance: word(1)}}
	}
	if yes("future") {
		l.Problems = append(l.Problems, freight.Problem{Kind: "future", Stop: 1, Why: "told before that time", Evidence: []freight.ObservationID{{7}}})
	}
	if yes("dismissed") {
		l.Acts = []freight.Act{{Provenance: word(3), Fact: freight.FactDismissed, Type: "status"}}
	}
	hours, _ := freight.ParseHours("Mon-Fri 07:00-15:00")
	around := &freight.Around{Facilities: []*freight.FacilityFile{nil, {Name: "Dock", Hours: hours}}}
	if yes("carrier on file") {
		around.Carrier = &freight.CarrierFile{Name: "Swift Valley", Insured: minute("insured"), Blocked: yes("blocked")}
	}
	return l, around
}

// Between now and NextDue no finding and no word of one changes by the clock alone; at NextDue something does. Every
// finding says what it must.
func TestRulesNeverSurpriseTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, around := genBusy(t)
		now := central(0, rapid.IntRange(-60, 4*24*60).Draw(t, "now"))
		v := rulesOnly(l, around, now)
		complete(t, v)
		until := now.Add(8 * 24 * time.Hour)
		if !v.NextDue.IsZero() {
			until = v.NextDue
		}
		for range 10 {
			between := now.Add(time.Duration(rapid.Int64Range(0, int64(until.Sub(now))-1).Draw(t, "between")))
			if d := cmp.Diff(v, rulesOnly(l, around, between), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("changed at %v, before next due %v:\n%s", between, v.NextDue, d)
			}
		}
		if !v.NextDue.IsZero() && cmp.Equal(v.Findings, rulesOnly(l, around, v.NextDue).Findings, cmpopts.EquateEmpty()) {
			t.Fatalf("nothing is found at %v that was not found before", v.NextDue)
		}
	})
}

// What is found does not depend on which rule is asked first.
func TestOrderOfRulesIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, around := genBusy(t)
		now := central(0, rapid.IntRange(-60, 4*24*60).Draw(t, "now"))
		rules := DefaultRules()
		want := rulesOnly(l, around, now)
		e := evaluation{t: l, around: around, now: now, rules: &rules}
		shuffled := slices.Clone(e.rulesInForce())
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0))
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, rule := range shuffled {
			rule(&e)
		}
		if d := cmp.Diff(want, e.verdict(), cmpopts.EquateEmpty()); d != "" {
			t.Fatal(d)
		}
	})
}

// A load on which all goes well has no findings from its tender to its closing, with everything that is told of it folded.
func TestAQuietLoadIsQuiet(t *testing.T) {
	obs := quietLoad()
	rules := DefaultRules()
	for n := 1; n <= len(obs); n++ {
		at := obs[n-1].ReceivedAt
		until := at.Add(20 * time.Minute)
		if n < len(obs) {
			until = obs[n].ReceivedAt
		}
		l := timeline.Fold(obs[:n], nil, timeline.DefaultConfig())
		for ; at.Before(until); at = at.Add(time.Minute) {
			for _, f := range Evaluate(&l, nil, at, &rules).Findings {
				// The truck is nowhere known to have arrived until somebody says so: near is no fault of the load.
				if f.Kind != "appointment.near" && f.Severity != freight.Watched {
					t.Fatalf("after %d observations, at %v: %s: %s", n, at, f.Key, f.Why)
				}
			}
		}
	}
	if l := timeline.Fold(obs, nil, timeline.DefaultConfig()); l.State != freight.PapersIn {
		t.Errorf("the load ends %s", l.State)
	}
}

// quietLoad is what a desk hears of a load that runs to plan, in the order of receipt: over 100 observations, most of
// them positions every 15 minutes. The truck leaves Fort Worth at 08:50 and is at El Paso, 600 miles on, the next morning.
func quietLoad() []freight.Observation {
	const zone = "America/Chicago"
	say := func(source freight.Source, at time.Time, claims ...freight.Claim) freight.Observation {
		o := freight.Observation{Source: source, StatedAt: at, ReceivedAt: at.Add(time.Minute), Claims: claims,
			Names: []freight.Reference{{Type: freight.RefLoad, Value: "L1"}}}
		o.ID = o.Identify()
		return o
	}
	stop := func(seq int, kind string, place freight.Place, start, end time.Time) []freight.Claim {
		return []freight.Claim{{Subject: freight.Stop(seq), Fact: freight.FactStopKind, Value: freight.Value{Text: kind}},
			{Subject: freight.Stop(seq), Fact: freight.FactPlace, Value: freight.Value{Place: place}},
			{Subject: freight.Stop(seq), Fact: freight.FactWindow, Value: freight.Value{Start: freight.At(start), End: freight.At(end), Type: "appointment"}}}
	}
	event := func(seq int, fact freight.Fact, at time.Time) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, At: freight.At(at)}
	}
	status := func(word string) freight.Claim {
		return freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: word, Type: "tms"}}
	}
	origin := freight.Place{City: "Fort Worth", State: "TX", Zone: zone, Lat: 32.75, Lon: -97.33}
	dest := freight.Place{City: "El Paso", State: "TX", Zone: "America/Denver", Lat: 31.76, Lon: -106.49}
	plan := append(stop(1, "pickup", origin, central(8, 0), central(9, 0)), stop(2, "delivery", dest, central(33, 0), central(34, 0))...)
	plan = append(plan, status("Dispatched"),
		freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: "TRAILER", Text: "5301"}},
		freight.Claim{Fact: freight.FactReference, Value: freight.Value{Type: "BOL", Text: "4711"}})
	obs := []freight.Observation{say(tmsSource, central(1, 0), plan...),
		say(platform, central(6, 0), freight.Claim{Fact: freight.FactTracking, At: freight.At(central(6, 0)), Value: freight.Value{Text: "tracking"}})}
	arrived, left, there := central(8, 5), central(8, 50), central(33, 10)
	said := false
	for i := 0; ; i++ {
		at := central(7, 0).Add(time.Duration(i) * 15 * time.Minute)
		share := min(1, max(0, at.Sub(left).Hours()/there.Sub(left).Hours()))
		here := freight.Place{Lat: origin.Lat + share*(dest.Lat-origin.Lat), Lon: origin.Lon + share*(dest.Lon-origin.Lon)}
		if at.Before(left) {
			here = freight.Place{Lat: origin.Lat, Lon: origin.Lon}
		}
		switch {
		case at.After(arrived) && len(obs) > 2 && !said:
			said = true
			obs = append(obs, say(carrier, arrived, event(1, freight.FactArrived, arrived)),
				say(carrier, left, event(1, freight.FactDeparted, left)),
				say(tmsSource, left.Add(5*time.Minute), status("In Transit"), freight.Claim{Fact: freight.FactPaper, Value: freight.Value{Type: "pop", Text: "received"}}))
		case at.Before(there):
			obs = append(obs, say(platform, at, freight.Claim{Fact: freight.FactPosition, At: freight.At(at), Value: freight.Value{Place: here}},
				freight.Claim{Subject: freight.Stop(2), Fact: freight.FactETA, At: freight.At(at), Value: freight.Value{Start: freight.At(there)}}))
		default:
			return finish(obs, say, event, status, there)
		}
	}
}

func finish(obs []freight.Observation, say func(freight.Source, time.Time, ...freight.Claim) freight.Observation,
	event func(int, freight.Fact, time.Time) freight.Claim, status func(string) freight.Claim, there time.Time) []freight.Observation {
	slices.SortStableFunc(obs, func(a, b freight.Observation) int { return a.ReceivedAt.Compare(b.ReceivedAt) })
	return append(obs, say(carrier, there, event(2, freight.FactArrived, there)),
		say(carrier, there.Add(40*time.Minute), event(2, freight.FactDelivered, there.Add(40*time.Minute))),
		say(tmsSource, there.Add(50*time.Minute), status("Delivered"), freight.Claim{Fact: freight.FactPaper, Value: freight.Value{Type: "pod", Text: "received"}}))
}

// BenchmarkRules100 is a load of 100 observations under way, judged by all rules and tasks.
func BenchmarkRules100(b *testing.B) {
	obs := quietLoad()
	l, rules := timeline.Fold(obs[:100], nil, timeline.DefaultConfig()), DefaultRules()
	now := obs[99].ReceivedAt.Add(time.Minute)
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(&l, nil, now, &rules)
	}
}

// BenchmarkFoldAndRules100 is the same with the fold: what a new word on the load costs before anything is stored.
func BenchmarkFoldAndRules100(b *testing.B) {
	obs, config, rules := quietLoad()[:100], timeline.DefaultConfig(), DefaultRules()
	now := obs[99].ReceivedAt.Add(time.Minute)
	b.ReportAllocs()
	for b.Loop() {
		l := timeline.Fold(obs, nil, config)
		Evaluate(&l, nil, now, &rules)
	}
}
