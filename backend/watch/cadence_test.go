package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

var device = freight.Source{Kind: freight.ELD, Account: "unit 7"}

// toDallas is a load from Fort Worth 08:00-10:00, left at 09:30, to Dallas 12:00-14:00, of which no paper is on file.
func toDallas() *freight.Timeline {
	return &freight.Timeline{
		Number: "L1", Account: "tms", State: freight.InTransit, FirstAt: central(0, 0), LastAt: central(9, 35),
		Papers:   map[string]freight.PaperState{freight.POP: freight.PaperMissing, freight.POD: freight.PaperMissing},
		LastNews: &freight.News{At: central(9, 30), Source: carrier, Text: "Departed Fort Worth, TX"},
		Stops: []freight.StopLine{
			{Seq: 1, Kind: "pickup", Zone: "America/Chicago", Place: freight.Place{City: "Fort Worth", State: "TX"},
				Window: freight.Window{Start: central(8, 0), End: central(10, 0)}, Departed: happened(freight.FactDeparted, central(9, 30))},
			{Seq: 2, Kind: "delivery", Zone: "America/Chicago", Place: freight.Place{City: "Dallas", State: "TX"},
				Window: freight.Window{Start: central(12, 0), End: central(14, 0)}},
		},
	}
}

// onTheMap puts the load's stops on the map: Fort Worth and Dallas, 31 miles apart.
func onTheMap(l *freight.Timeline) *freight.Timeline {
	l.Stops[0].Lat, l.Stops[0].Lon = 32.7555, -97.3308
	l.Stops[1].Lat, l.Stops[1].Lon = 32.7767, -96.7970
	return l
}

func positionOf(at time.Time, lat, lon float64) *freight.Position {
	return &freight.Position{Provenance: freight.Provenance{Source: device, StatedAt: at, ReceivedAt: at}, At: at, Place: freight.Place{Lat: lat, Lon: lon}}
}

func etaOf(at, stated time.Time) *freight.Estimate {
	return &freight.Estimate{At: at, Source: carrier, StatedAt: stated, Claims: []freight.ToldTime{{At: at}}}
}

// tasksTold are all tasks of a load under the shipped rules, after what some rules found.
func tasksTold(l *freight.Timeline, now time.Time, found ...func(*evaluation)) []freight.Task {
	rules := DefaultRules()
	e := evaluation{t: l, around: &nothingAround, now: now, rules: &rules}
	for _, rule := range found {
		rule(&e)
	}
	e.tellTasks()
	return e.tasks
}

func isCall(t freight.Task) bool { return t.Kind == CheckCall || t.Kind == ConfirmETA }

func calls(l *freight.Timeline, now time.Time, found ...func(*evaluation)) []freight.Task {
	return slices.DeleteFunc(tasksTold(l, now, found...), func(t freight.Task) bool { return !isCall(t) })
}

// fromMemphis is a load that left Memphis at 06:00 for Dallas, 420 miles away, appointment 18:00 to 20:00.
func fromMemphis() *freight.Timeline {
	l := onTheMap(toDallas())
	l.Stops[0].Lat, l.Stops[0].Lon, l.Stops[0].Place = 35.1495, -90.0490, freight.Place{City: "Memphis", State: "TN"}
	l.Stops[0].Window = freight.Window{Start: central(5, 0), End: central(6, 0)}
	l.Stops[0].Departed = happened(freight.FactDeparted, central(6, 0))
	l.Stops[1].Window = freight.Window{Start: central(18, 0), End: central(20, 0)}
	return l
}

func TestCheckCalls(t *testing.T) {
	pickup := func(l *freight.Timeline) {
		l.Stops[0].Arrived, l.Stops[0].Departed, l.State = nil, nil, freight.Dispatched
		l.Stops[0].Window = freight.Window{Start: central(12, 0), End: central(14, 0)}
	}
	cases := []struct {
		name    string
		change  func(*freight.Timeline)
		now     time.Time
		key     string // empty: no call
		kind    string
		due     time.Time
		covered string
		why     string
	}{
		{"nothing before the morning", pickup, central(5, 59), "", "", time.Time{}, "", ""},
		{"morning of the pickup", pickup, central(6, 0), "call/1/morning/2026-11-23", CheckCall, central(6, 0), "", "Morning of the pickup at Fort Worth, TX: no position is on file"},
		{"before the pickup", pickup, central(12, 0), "call/1/before/2026-11-23", CheckCall, central(12, 0), "", "Before the pickup at Fort Worth, TX: no position is on file"},
		{"the ETA is the anchor where there is one", func(l *freight.Timeline) { pickup(l); l.Stops[0].ETA = etaOf(central(13, 0), central(9, 0)) }, central(11, 0),
			"call/1/before/2026-11-23", CheckCall, central(11, 0), "", "Before the pickup at Fort Worth, TX: no position is on file"},
		{"a fresh ETA answers the morning", func(l *freight.Timeline) { pickup(l); l.Stops[0].ETA = etaOf(central(13, 0), central(5, 30)) }, central(6, 0),
			"call/1/morning/2026-11-23", CheckCall, central(6, 0), "ETA 13:00 CST (carrier/ABCD), 1 h before 14:00 CST", ""},
		{"seen on the way to the pickup", func(l *freight.Timeline) { pickup(l); l.Position = positionOf(central(11, 30), 32.7767, -96.7970) }, central(12, 0),
			"call/1/before/2026-11-23", CheckCall, central(12, 0), "Position 11:30 CST (eld/unit 7); 37 mi to go, there about 12:19 CST, 1 h 41 min before 14:00 CST", ""},
		{"too far for the pickup", func(l *freight.Timeline) { pickup(l); l.Position = positionOf(central(11, 30), 35.1495, -90.0490) }, central(12, 0),
			"call/1/before/2026-11-23", ConfirmETA, central(12, 0), "", "Before the pickup at Fort Worth, TX: 538 mi to go, there about 09:28 CST, after 14:00 CST"},
		{"what was fresh stays covered", func(l *freight.Timeline) { pickup(l); l.Position = positionOf(central(11, 0), 32.7767, -96.7970) }, central(13, 30),
			"call/1/before/2026-11-23", CheckCall, central(12, 0), "Position 11:00 CST (eld/unit 7); 37 mi to go, there about 11:49 CST, 2 h 11 min before 14:00 CST", ""},
		{"a position of the future covers nothing", func(l *freight.Timeline) {
			pickup(l)
			l.Position = positionOf(central(10, 0), 32.7767, -96.7970)
			l.Position.At = central(18, 0)
		}, central(12, 0), "call/1/before/2026-11-23", CheckCall, central(12, 0), "", "Before the pickup at Fort Worth, TX: the last position is of Mon 23 Nov 10:00 CST"},
		{"arrived already", func(l *freight.Timeline) {
			pickup(l)
			l.Stops[0].Arrived = happened(freight.FactArrived, central(13, 40))
		}, central(13, 55), "call/1/arrival/2026-11-23", CheckCall, central(13, 55), "Arrived 13:40 CST (carrier/ABCD)", ""},
		{"loaded?", func(l *freight.Timeline) {
			pickup(l)
			l.Stops[0].Arrived, l.State = happened(freight.FactArrived, central(12, 30)), freight.AtPickup
		}, central(14, 0), "call/1/worked/2026-11-23", CheckCall, central(14, 0), "", "Loaded, unloaded or on the way again at Fort Worth, TX: no position is on file"},
		{"still at the stop, as far as is seen", func(l *freight.Timeline) {
			pickup(l)
			l.Stops[0].Arrived, l.State = happened(freight.FactArrived, central(12, 30)), freight.AtPickup
			l.Position = positionOf(central(13, 40), 32.7555, -97.3308)
		}, central(14, 0), "call/1/worked/2026-11-23", CheckCall, central(14, 0), "Position 13:40 CST (eld/unit 7), nothing says that it left", ""},
		{"the dispatcher was just reached about something else", func(l *freight.Timeline) {
			pickup(l)
			l.Acts = []freight.Act{contact(central(11, 30), "reached", "dispatcher", "an exception")}
		}, central(12, 0), "call/1/before/2026-11-23", CheckCall, central(12, 0), "Dispatcher reached 11:30 CST (Ann)", ""},
		{"the customer does not know where the truck is", func(l *freight.Timeline) {
			pickup(l)
			l.Acts = []freight.Act{contact(central(11, 30), "reached", "customer", "")}
		}, central(12, 0), "call/1/before/2026-11-23", CheckCall, central(12, 0), "", "Before the pickup at Fort Worth, TX: no position is on file"},
		{"points before the departure are none", nil, central(10, 0), "", "", time.Time{}, "", ""},
		{"close, by the clock", nil, central(13, 55), "call/2/arrival/2026-11-23", CheckCall, central(13, 55), "", "Arrival at Dallas, TX: no position is on file"},
		{"on the road every six hours", func(l *freight.Timeline) { *l = *fromMemphis() }, central(13, 0), "call/2/transit/1/2026-11-23", CheckCall, central(12, 0), "",
			"On the road to the next stop at Dallas, TX: no position is on file"},
		{"but not near a call at the stop", func(l *freight.Timeline) { *l = *fromMemphis() }, central(15, 0), "call/2/far/2026-11-23", CheckCall, central(15, 0), "",
			"En route, first call at Dallas, TX: no position is on file"},
		{"on the last miles", func(l *freight.Timeline) {
			*l = *fromMemphis()
			l.Position = positionOf(central(16, 0), 32.9, -96.5)
			l.Trail = []freight.Fix{{At: central(15, 0).Unix(), Lat: 33.3, Lon: -95}, {At: central(16, 1).Unix(), Lat: 32.9, Lon: -96.5}}
		}, central(16, 30), "call/2/close/1/2026-11-23", CheckCall, central(16, 30), "Position 16:00 CST (eld/unit 7); 23 mi to go, there about 16:30 CST, 3 h 30 min before 20:00 CST", ""},
		{"a stale ETA with nobody seen", func(l *freight.Timeline) {
			*l = *fromMemphis()
			l.Stops[1].ETA = etaOf(central(17, 0), central(8, 0))
		}, central(15, 0), "call/2/near/2026-11-23", CheckCall, central(15, 0), "", "En route, second call at Dallas, TX: no position is on file"},
		{"on hold", func(l *freight.Timeline) { l.State = freight.OnHold }, central(13, 55), "", "", time.Time{}, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := onTheMap(toDallas())
			if c.change != nil {
				c.change(l)
			}
			got := calls(l, c.now)
			if c.key == "" {
				if len(got) != 0 {
					t.Fatalf("%+v", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d calls: %+v", len(got), got)
			}
			k := got[0]
			if k.Key != c.key || k.Kind != c.kind || !k.Due.Equal(c.due) || k.Covered != c.covered || c.covered == "" && k.Why != c.why {
				t.Errorf("key %s, kind %s, due %v, covered %q, why %q", k.Key, k.Kind, k.Due.In(mustZone("America/Chicago")), k.Covered, k.Why)
			}
			if (len(k.Asks) == 0) != (c.covered != "") {
				t.Errorf("asks %v", k.Asks)
			}
		})
	}
}

// A call of the night waits for the morning, unless something is wrong; one that would come after the truck is dropped.
func TestCallsOfTheNight(t *testing.T) {
	l := fromMemphis()
	l.Stops[0].Departed = happened(freight.FactDeparted, central(16, 0))
	l.LastNews.At = central(22, 0)
	next := central(14, 0).AddDate(0, 0, 1)
	l.Stops[1].Window = freight.Window{Start: next, End: next}
	six := central(6, 0).AddDate(0, 0, 1)
	if got := calls(l, central(23, 59)); len(got) != 1 || got[0].Key != "call/2/transit/1/2026-11-24" {
		t.Fatalf("the call of 22:00: %+v", got)
	}
	if got := calls(l, six.Add(-time.Minute)); len(got) != 1 || got[0].Key != "call/2/transit/1/2026-11-24" {
		t.Errorf("called at night: %+v", got)
	}
	got := calls(l, six)
	if len(got) != 1 || got[0].Key != "call/2/transit/2/2026-11-24" || !got[0].Due.Equal(six) {
		t.Errorf("one call in the morning: %+v", got)
	}
	l.Stops[1].Window = freight.Window{Start: six.Add(-2 * time.Hour), End: six.Add(-2 * time.Hour)}
	if got := calls(l, six.Add(-4*time.Hour)); len(got) != 1 || got[0].Key != "call/2/transit/1/2026-11-24" {
		t.Errorf("a call of the night that comes after the truck: %+v", got)
	}
	l.Stops[1].ETA = etaOf(six, central(20, 0))
	if got := calls(l, six.Add(-2*time.Hour), lateETA); len(got) != 1 || got[0].Key != "call/2/near/2026-11-24" || got[0].Covered != "" {
		t.Errorf("an urgent call waits: %+v", got)
	}
}

// A call is made once: answered it is gone, and an ETA that moves does not bring it back.
func TestACallIsMadeOnce(t *testing.T) {
	l := fromMemphis()
	l.Stops[1].ETA = etaOf(central(19, 0), central(9, 0))
	got := calls(l, central(14, 0))
	if len(got) != 1 || got[0].Covered != "" {
		t.Fatalf("%+v", got)
	}
	l.Acts = append(l.Acts, freight.Act{Provenance: freight.Provenance{StatedAt: central(12, 0)}, Fact: freight.FactContact, Type: "reached", Scope: got[0].Key})
	if got := calls(l, central(14, 0)); len(got) != 0 {
		t.Errorf("answered and still asked: %+v", got)
	}
	l.Stops[1].ETA = etaOf(central(19, 20), central(14, 0))
	if got := calls(l, central(14, 20)); len(got) != 0 {
		t.Errorf("the ETA moved and the call is back: %+v", got)
	}
}

func TestSomethingOddIsNeverCovered(t *testing.T) {
	for _, kind := range []string{"stop.unscheduled", "route.deviation", "position.falseFresh", "eta.late"} {
		l := fromMemphis()
		l.Position = positionOf(central(15, 0), 33.3, -95)
		odd := func(e *evaluation) {
			e.add(freight.Finding{Kind: kind, Level: freight.Verify, Why: "odd: " + kind}, e.now)
		}
		if got := calls(l, central(15, 0), odd); len(got) != 1 || got[0].Covered != "" || !strings.HasSuffix(got[0].Why, "odd: "+kind) {
			t.Errorf("%s: %+v", kind, got)
		}
	}
}

// A truck that is seen every quarter of an hour and keeps its time is called by nobody, and each call that was saved is on
// the record.
func TestASeenTruckIsCalledByNobody(t *testing.T) {
	rules := DefaultRules()
	w := World{Rules: func(*freight.Timeline, time.Time) *Rules { return &rules }}
	l := fromMemphis()
	c, v := Tell(freight.Course{}, l, central(6, 0), w)
	for at := central(6, 0); at.Before(central(17, 30)); at = at.Add(15 * time.Minute) {
		part := at.Sub(central(6, 0)).Hours() / 11.5
		lat, lon := 35.1495+(32.7767-35.1495)*part, -90.0490+(-96.7970+90.0490)*part
		l.Position = positionOf(at, lat, lon)
		l.LastNews = &freight.News{At: at, Text: "position"}
		l.Trail = append(l.Trail, freight.Fix{At: at.Unix(), Lat: float32(lat), Lon: float32(lon)})
		c, _ = Pass(c, l, v, at, w)
		c, v = Tell(c, l, at, w)
	}
	n := CountCalls(c.Errands, central(0, 0), central(24, 0))
	if n.Due < 3 || n.Covered != n.Due || n.Open+n.Later+n.Done != 0 {
		t.Errorf("%+v of %+v", n, c.Errands)
	}
	if later := CountCalls(c.Errands, central(20, 0), central(24, 0)); later != (CallCount{}) {
		t.Errorf("outside the span: %+v", later)
	}
}

func TestTheContactLadder(t *testing.T) {
	try := func(kind string, minute int) freight.Act {
		return freight.Act{Provenance: freight.Provenance{StatedAt: central(14, minute)}, Fact: freight.FactContact, Type: kind, Scope: "call/2/arrival/2026-11-23"}
	}
	cases := []struct {
		name     string
		phone    string
		acts     []freight.Act
		whom     string
		attempts int
		due      time.Time
	}{
		{"the driver first", "555", nil, "driver", 0, central(13, 55)},
		{"the dispatcher where no number of the driver is known", "", nil, "dispatcher", 0, central(13, 55)},
		{"again after a while", "555", []freight.Act{try("voicemail", 0)}, "driver", 1, central(14, 15)},
		{"the next step after three", "555", []freight.Act{try("voicemail", 0), try("noAnswer", 15), try("noAnswer", 30)}, "dispatcher", 3, central(14, 45)},
		{"at once after a wrong number", "555", []freight.Act{try("wrongNumber", 0)}, "dispatcher", 1, central(14, 15)},
		{"a message is no attempt", "555", []freight.Act{try("sent", 0)}, "driver", 0, central(13, 55)},
		{"the customer is the last", "", []freight.Act{try("wrongNumber", 1), try("wrongNumber", 2), try("wrongNumber", 3), try("wrongNumber", 4), try("wrongNumber", 5), try("wrongNumber", 6)}, "customer", 6, central(14, 21)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := toDallas()
			l.Driver = map[string]freight.Known{"PHONE": {Value: c.phone}}
			l.Acts = c.acts
			got := calls(l, central(14, 50))
			if len(got) != 1 || got[0].Whom != c.whom || got[0].Attempts != c.attempts || !got[0].Due.Equal(c.due) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// Between now and NextDue no task changes by the clock alone.
func TestTasksChangeAtNextDueOnly(t *testing.T) {
	rules := DefaultRules()
	rapid.Check(t, func(t *rapid.T) {
		l := onTheMap(genTimeline(t))
		if rapid.Bool().Draw(t, "seen") {
			l.Position = positionOf(central(0, rapid.IntRange(0, 3*24*60).Draw(t, "seen at")), 32.8, -97)
		}
		if rapid.Bool().Draw(t, "promised") {
			l.Acts = []freight.Act{{Fact: freight.FactPromise, At: central(0, rapid.IntRange(0, 3*24*60).Draw(t, "until"))}}
		}
		now := central(0, rapid.IntRange(-60, 4*24*60).Draw(t, "now"))
		v := Evaluate(l, nil, now, &rules)
		until := now.Add(6 * 24 * time.Hour)
		if !v.NextDue.IsZero() {
			until = v.NextDue
		}
		for range 10 {
			between := now.Add(time.Duration(rapid.Int64Range(0, int64(until.Sub(now))-1).Draw(t, "between")))
			if d := cmp.Diff(v, Evaluate(l, nil, between, &rules), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("changed at %v, before next due %v:\n%s", between, v.NextDue, d)
			}
		}
		seen := map[string]bool{}
		for _, task := range v.Tasks {
			if seen[task.Key] {
				t.Fatalf("two tasks %s", task.Key)
			}
			seen[task.Key] = true
		}
	})
}

func BenchmarkCheckCalls(b *testing.B) {
	l, rules := fromMemphis(), DefaultRules()
	l.Position = positionOf(central(15, 0), 33.3, -95)
	for i := range 100 {
		l.Trail = append(l.Trail, freight.Fix{At: central(6, 5*i).Unix(), Lat: 34, Lon: -93})
	}
	b.ReportAllocs()
	for b.Loop() {
		e := evaluation{t: l, around: &nothingAround, now: central(15, 0), rules: &rules}
		checkCalls(&e)
	}
}
