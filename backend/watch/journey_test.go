package watch

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// Points of the road in these examples. Memphis to Dallas is 420 miles as the crow flies.
var (
	memphis    = freight.Place{City: "Memphis", State: "TN", Lat: 35.1495, Lon: -90.0490}
	littleRock = freight.Place{City: "Little Rock", State: "AR", Lat: 34.7465, Lon: -92.2896}
	dallas     = freight.Place{City: "Dallas", State: "TX", Lat: 32.7767, Lon: -96.7970}
)

// A trip is a load and how its device tells its way.
type trip struct {
	*freight.Timeline
	at    time.Time
	where freight.Place
}

// offMemphis left Memphis at 06:00 for Dallas, due 18:00 to 20:00; the truck's device is told from Memphis on.
func offMemphis() *trip {
	l := &freight.Timeline{
		Number: "L1", Account: "tms", State: freight.InTransit, FirstAt: central(-20, 0), LastAt: central(6, 5),
		Tellers: []freight.Source{device},
		Stops: []freight.StopLine{
			{Seq: 1, Kind: "pickup", Zone: "America/Chicago", Place: memphis, Lat: memphis.Lat, Lon: memphis.Lon,
				Window:  freight.Window{Start: central(5, 0), End: central(6, 0)},
				Arrived: happened(freight.FactArrived, central(5, 0)), Departed: happened(freight.FactDeparted, central(6, 0))},
			{Seq: 2, Kind: "delivery", Zone: "America/Chicago", Place: dallas, Lat: dallas.Lat, Lon: dallas.Lon,
				Window: freight.Window{Start: central(18, 0), End: central(20, 0)}},
		},
	}
	return &trip{l, central(6, 0), memphis}
}

// atMemphis has arrived at its pickup and not left; nothing is told of its way yet.
func atMemphis() *trip {
	l := offMemphis()
	l.Stops[0].Departed, l.State = nil, freight.AtPickup
	l.at = central(5, 0)
	return l
}

// toMemphis is dispatched to its pickup, of which nothing has happened.
func toMemphis() *trip {
	l := atMemphis()
	l.Stops[0].Arrived, l.State = nil, freight.Dispatched
	l.Stops[0].Window = freight.Window{Start: central(8, 0), End: central(10, 0)}
	l.at = central(5, 0)
	return l
}

func (l *trip) fix(p freight.Place) {
	l.Trail = append(l.Trail, freight.Fix{At: l.at.Unix(), Received: l.at.Unix(), Lat: float32(p.Lat), Lon: float32(p.Lon),
		Observation: freight.ObservationID{byte(len(l.Trail)), 7}})
	l.where = p
}

// drive tells a fix every 15 min on the straight way to a place, at 60 miles an hour.
func (l *trip) drive(to freight.Place) *trip {
	from := l.where
	steps := math.Ceil(crowMiles(from.Lat, from.Lon, to.Lat, to.Lon) / 15)
	for i := 1.0; i <= steps; i++ {
		l.at = l.at.Add(15 * time.Minute)
		l.fix(freight.Place{Lat: from.Lat + (to.Lat-from.Lat)*i/steps, Lon: from.Lon + (to.Lon-from.Lon)*i/steps})
	}
	return l
}

// stand tells a fix every 15 min for so long, each a little elsewhere within 0.3 miles.
func (l *trip) stand(d time.Duration) *trip {
	spot := l.where
	for end, i := l.at.Add(d), 0; l.at.Before(end); i++ {
		l.at = l.at.Add(15 * time.Minute)
		l.fix(freight.Place{Lat: spot.Lat + []float64{0.002, -0.001, 0.0005}[i%3], Lon: spot.Lon + []float64{-0.001, 0.002}[i%2]})
	}
	l.where = spot
	return l
}

// repeat tells the same point every 15 min for so long.
func (l *trip) repeat(d time.Duration) *trip {
	for end := l.at.Add(d); l.at.Before(end); {
		l.at = l.at.Add(15 * time.Minute)
		l.fix(l.where)
	}
	return l
}

// jump puts the truck somewhere at an instant.
func (l *trip) jump(at time.Time, p freight.Place) *trip {
	l.at = at
	l.fix(p)
	return l
}

// between is a place on the straight way, share 0 to 1.
func between(a, b freight.Place, share float64) freight.Place {
	return freight.Place{Lat: a.Lat + (b.Lat-a.Lat)*share, Lon: a.Lon + (b.Lon-a.Lon)*share}
}

// moving is what the rules of movement find.
func moving(t testing.TB, l *freight.Timeline, around *freight.Around, now time.Time, rules *Rules) freight.Verdict {
	t.Helper()
	if around == nil {
		around = &nothingAround
	}
	e := evaluation{t: l, around: around, now: now, rules: rules}
	movement(&e)
	order(&e)
	v := e.verdict()
	complete(t, v)
	return v
}

// A moment of a trip: what is found of it at an instant: key, level and severity.
type moment struct {
	name string
	trip *trip
	now  time.Time
	want []string
}

func moments(t *testing.T, rows []moment) {
	t.Helper()
	rules := DefaultRules()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			v := moving(t, r.trip.Timeline, nil, r.now, &rules)
			if got := found(v); !slices.Equal(got, r.want) {
				t.Errorf("found %q, want %q", got, r.want)
				for _, f := range v.Findings {
					t.Log(f.Why, f.Inputs)
				}
			}
		})
	}
}

// found is what a verdict finds: key, level and severity.
func found(v freight.Verdict) (list []string) {
	for i := range v.Findings {
		f := &v.Findings[i]
		list = append(list, f.Key+" "+string(f.Level)+" "+string(f.Severity))
	}
	return list
}

func changed(l *trip, change func(*trip)) *trip {
	change(l)
	return l
}

func TestNothingIsFoundOnAQuietWay(t *testing.T) {
	rules := DefaultRules()
	way := offMemphis().drive(between(memphis, dallas, 0.4)).stand(45 * time.Minute).drive(dallas)
	for now := central(6, 0); now.Before(way.at); now = now.Add(5 * time.Minute) {
		l := *way.Timeline
		l.Trail = l.Trail[:slices.IndexFunc(l.Trail, func(f freight.Fix) bool { return f.At > now.Unix() })]
		if v := moving(t, &l, nil, now, &rules); len(v.Findings) > 0 {
			t.Fatalf("at %v: %q: %s", now, found(v), v.Findings[0].Why)
		}
	}
}

// A carrier's messages place the truck in the middle of towns; the device that follows it knows better.
func TestOneVoiceIsFollowed(t *testing.T) {
	l := offMemphis().drive(littleRock).stand(3 * time.Hour)
	l.Tellers = []freight.Source{device, carrier}
	for _, hours := range []int{9, 10, 11} {
		l.Trail = append(l.Trail, freight.Fix{At: central(hours, 1).Unix(), Lat: 34.6, Lon: -92.5, By: 1})
	}
	slices.SortFunc(l.Trail, func(a, b freight.Fix) int { return int(a.At - b.At) })
	rules := DefaultRules()
	if got := found(moving(t, l.Timeline, nil, l.at, &rules)); !slices.Equal(got, []string{"stop.unscheduled atRisk major"}) {
		t.Errorf("found %q", got)
	}
}

func genTrip(t *rapid.T) *freight.Timeline {
	l := rapid.SampledFrom([]func() *trip{offMemphis, atMemphis, toMemphis}).Draw(t, "start")()
	for range rapid.IntRange(0, 5).Draw(t, "doings") {
		d := time.Duration(rapid.IntRange(1, 30).Draw(t, "quarters")) * 15 * time.Minute
		switch rapid.IntRange(0, 4).Draw(t, "doing") {
		case 0:
			l.drive(rapid.SampledFrom([]freight.Place{memphis, littleRock, dallas, {Lat: 36, Lon: -95}}).Draw(t, "to"))
		case 1:
			l.stand(d)
		case 2:
			l.repeat(d)
		case 3:
			l.at = l.at.Add(d)
		case 4:
			l.jump(l.at.Add(d), dallas)
		}
	}
	if rapid.Bool().Draw(t, "arrived") {
		l.Stops[1].Arrived, l.State = happened(freight.FactArrived, l.at), freight.AtDelivery
	}
	if rapid.Bool().Draw(t, "vague") {
		l.Stops[1].Place.Lat, l.Stops[1].Place.Lon = 0, 0
	}
	l.Tracking.State = rapid.SampledFrom([]freight.TrackingState{"", freight.TrackPending, freight.TrackTracking, freight.TrackDenied, freight.TrackLost}).Draw(t, "tracking")
	l.Tracking.At = central(rapid.IntRange(0, 20).Draw(t, "tracking said"), 0)
	l.Refs = []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefP44, Value: "1"}}}
	return l.Timeline
}

// The clock changes what the rules of movement find at NextDue, and at no instant before it.
func TestNextDueOfMovementIsExact(t *testing.T) {
	rules := DefaultRules()
	judge := func(l *freight.Timeline, now time.Time) freight.Verdict {
		e := evaluation{t: l, around: &nothingAround, now: now, rules: &rules}
		movement(&e)
		return freight.Verdict{Findings: e.found, NextDue: e.next}
	}
	rapid.Check(t, func(t *rapid.T) {
		l := genTrip(t)
		now := central(0, rapid.IntRange(0, 3*24*60).Draw(t, "now"))
		v := judge(l, now)
		until := now.Add(5 * 24 * time.Hour)
		if !v.NextDue.IsZero() {
			until = v.NextDue
			if at := judge(l, until); cmp.Equal(v.Findings, at.Findings, cmpopts.EquateEmpty()) {
				t.Fatalf("nothing changes at %v", until)
			}
		}
		for range 10 {
			between := now.Add(time.Duration(rapid.Int64Range(0, int64(until.Sub(now))-1).Draw(t, "between")))
			if d := cmp.Diff(v, judge(l, between), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("changed at %v, before %v:\n%s", between, v.NextDue, d)
			}
		}
	})
}

func BenchmarkMovement(b *testing.B) {
	l := offMemphis().drive(littleRock).stand(45 * time.Minute).drive(between(memphis, dallas, 0.9))
	for len(l.Trail) < 100 {
		l.stand(15 * time.Minute)
	}
	rules := DefaultRules()
	b.ReportAllocs()
	for b.Loop() {
		e := evaluation{t: l.Timeline, around: &nothingAround, now: l.at, rules: &rules}
		movement(&e)
	}
}

func BenchmarkMovementOnPlan(b *testing.B) {
	l := offMemphis().drive(between(memphis, dallas, 0.9))
	for i := len(l.Trail); i < 100; i++ {
		l.Trail = slices.Insert(l.Trail, 0, freight.Fix{At: central(5, 0).Unix() - int64(i)*900, Lat: 35.1495, Lon: -90.0490 + float32(i%3)*0.001})
	}
	rules := DefaultRules()
	b.ReportAllocs()
	for b.Loop() {
		e := evaluation{t: l.Timeline, around: &nothingAround, now: l.at, rules: &rules}
		movement(&e)
	}
}
