package report

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

var monday = Day{2026, time.November, 23}

func make1(t *testing.T, in DailyInput) Daily {
	t.Helper()
	if in.Day == (Day{}) {
		in.Day = monday
	}
	if in.AsOf.IsZero() {
		in.AsOf = at("2026-11-23 14:00", chicago)
	}
	d, err := MakeDaily(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func one(l DailyLoad) DailyInput { return DailyInput{Loads: []DailyLoad{l}} }

// places says in which lists the load stands.
func places(d Daily) string {
	var all []string
	for name, n := range map[string]int{"exception": len(d.Exceptions), "transit": len(d.InTransit), "due": len(d.Due), "pickedUp": len(d.PickedUp),
		"delivered": len(d.Delivered), "podOpen": len(d.PODOpen), "other": len(d.Others), "leftOut": len(d.LeftOut)} {
		if n > 0 {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestWhereALoadStands(t *testing.T) {
	early := window("2026-11-23 06:00", "2026-11-23 08:00", chicago)
	evening := window("2026-11-23 18:00", "2026-11-23 20:00", newYork)
	tomorrow := window("2026-11-24 08:00", "2026-11-24 10:00", newYork)
	nextWeek := window("2026-11-30 08:00", "2026-11-30 10:00", newYork)
	thisWeek := window("2026-11-23 06:00", "2026-11-27 20:00", chicago)
	lastWeek := window("2026-11-19 08:00", "2026-11-19 10:00", newYork)
	done := func(s freight.StopLine, when string) freight.StopLine {
		return served(s, known(at(when, s.Zone)), known(at(when, s.Zone)))
	}
	p := func(w freight.Window) freight.StopLine { return pickup(dallas, chicago, w) }
	d := func(w freight.Window) freight.StopLine { return delivery(atlanta, newYork, w) }
	moved := d(nextWeek)
	moved.Original = evening
	exception := load("x", freight.Dispatched, p(nextWeek), d(nextWeek))
	exception.Attention = freight.Attention{Level: freight.AtRisk, Why: "no driver"}
	podIn := load("x", freight.Delivered, done(p(lastWeek), "2026-11-18 07:00"), done(d(lastWeek), "2026-11-19 09:00"))
	podIn.Timeline.Papers[freight.POD] = freight.PaperReceived
	onHold := load("x", freight.OnHold, done(p(lastWeek), "2026-11-19 07:00"), d(tomorrow))
	for _, c := range []struct {
		name string
		l    DailyLoad
		want string
	}{
		{"picked up today, due tonight", load("x", freight.InTransit, done(p(early), "2026-11-23 07:00"), d(evening)), "due pickedUp transit"},
		{"on the road, due next week", load("x", freight.InTransit, done(p(lastWeek), "2026-11-19 07:00"), d(nextWeek)), "transit"},
		{"on hold with freight aboard", onHold, "due transit"},
		{"pickup overdue", load("x", freight.Dispatched, p(early), d(tomorrow)), "due exception"},
		{"pickup overdue since last week", load("x", freight.Planned, p(lastWeek), d(lastWeek)), "due exception"},
		{"arrived in time, still there", load("x", freight.AtPickup, func() freight.StopLine { s := p(early); s.Arrived = known(at("2026-11-23 07:50", chicago)); return s }(), d(tomorrow)), "due"},
		{"due tomorrow only", load("x", freight.Planned, p(tomorrow), d(nextWeek)), "due"},
		{"window open all week", load("x", freight.Planned, p(thisWeek), d(nextWeek)), "due"},
		{"next week, not of this day", load("x", freight.Planned, p(nextWeek), d(nextWeek)), ""},
		{"next week, but a rule is worried", exception, "exception"},
		{"delivered today", load("x", freight.Delivered, done(p(lastWeek), "2026-11-19 07:00"), done(d(evening), "2026-11-23 13:00")), "delivered"},
		{"delivered last week, POD missing", load("x", freight.Delivered, done(p(lastWeek), "2026-11-18 07:00"), done(d(lastWeek), "2026-11-19 09:00")), "podOpen"},
		{"delivered last week, POD received", podIn, ""},
		{"was due today, moved to next week", load("x", freight.Planned, p(nextWeek), moved), "other"},
		{"was due today, delivered the day after", load("x", freight.PapersIn, done(p(lastWeek), "2026-11-19 07:00"), done(d(evening), "2026-11-24 00:10")), "other"},
		{"cancelled", load("x", freight.Cancelled, p(early), d(evening)), "leftOut"},
		{"cancelled last week", load("x", freight.Cancelled, p(lastWeek), d(lastWeek)), ""},
		{"no window, no event", load("x", freight.Planned, p(freight.Window{}), d(freight.Window{})), "leftOut"},
		{"by day, due today, day not over", load("x", freight.Planned, p(days("2026-11-23", "2026-11-23", chicago)), d(nextWeek)), "due"},
	} {
		if c.name == "was due today, delivered the day after" {
			c.l.Timeline.Papers[freight.POD] = freight.PaperVerified
		}
		if got := places(make1(t, one(c.l))); got != c.want {
			t.Errorf("%s: in %q, want %q", c.name, got, c.want)
		}
	}
}

// 23:30 in New York on the 23rd is 22:30 in Chicago; 00:30 in New York on the 24th is 23:30 in Chicago, still the 23rd.
func TestTheDayIsTheCustomersOrTheStops(t *testing.T) {
	p := served(pickup(dallas, chicago, window("2026-11-22 08:00", "2026-11-22 10:00", chicago)), known(at("2026-11-22 09:00", chicago)), known(at("2026-11-22 09:30", chicago)))
	d := delivery(atlanta, newYork, window("2026-11-23 22:00", "2026-11-23 23:30", newYork))
	d = served(d, known(at("2026-11-23 23:30", newYork)), known(at("2026-11-24 00:30", newYork)))
	l := load("x", freight.Delivered, p, d)
	asOf := at("2026-11-24 08:00", chicago)
	own := make1(t, DailyInput{Loads: []DailyLoad{l}, AsOf: asOf})
	if len(own.Delivered) != 0 || len(own.Others) != 1 {
		t.Errorf("in the stop's own day it was completed on the 24th: %s", places(own))
	}
	theirs := make1(t, DailyInput{Loads: []DailyLoad{l}, AsOf: asOf, Zone: chicago})
	if len(theirs.Delivered) != 1 || theirs.Delivered[0].Current.Outcome != OnTime {
		t.Errorf("in Chicago's day it was completed on the 23rd: %s", places(theirs))
	}
	if got := theirs.Delivered[0].Arrived.Text; got != "23:30 EST" {
		t.Errorf("printed %q: times stay local to the stop", got)
	}
	next := make1(t, DailyInput{Loads: []DailyLoad{l}, AsOf: asOf, Day: Day{2026, 11, 24}})
	if len(next.Delivered) != 1 || next.Delivered[0].Arrived.Text != "Mon 23 Nov 23:30 EST" {
		t.Errorf("it must be delivered on exactly one day: %s", places(next))
	}
}

// On the day of 25 hours a stop at 23:30 CST belongs to it, and one at 00:15 CST of the next does not.
func TestADayOf25Hours(t *testing.T) {
	day := Day{2026, time.November, 1}
	row := func(when string) DailyLoad {
		return load(when, freight.Planned, pickup(dallas, chicago, window(when, when, chicago)))
	}
	d := make1(t, DailyInput{Day: day, Zone: chicago, AsOf: at("2026-11-01 00:10", chicago),
		Loads: []DailyLoad{row("2026-11-01 23:30"), row("2026-11-02 00:15"), row("2026-11-01 01:30"), row("2026-11-03 00:00")}})
	if d.Summary.DueToday != 2 || d.Summary.DueTomorrow != 1 || d.Summary.DueLater != 0 {
		t.Errorf("%+v", d.Summary)
	}
	if got := d.Due[0].Window.Text; got != "01:30 CDT" {
		t.Errorf("the first of the two 01:30 that night: %q", got)
	}
}

func TestARescheduledDelivery(t *testing.T) {
	d := delivery(atlanta, newYork, window("2026-11-23 10:00", "2026-11-23 12:00", newYork))
	d.Original = window("2026-11-22 10:00", "2026-11-22 12:00", newYork)
	d = served(d, known(at("2026-11-23 11:00", newYork)), known(at("2026-11-23 11:40", newYork)))
	got := make1(t, one(load("x", freight.Delivered, d)))
	row := got.Delivered[0]
	if row.Current.Outcome != OnTime || row.AgainstOrig.Outcome != Late || row.AgainstOrig.Minutes != 23*60 {
		t.Errorf("current %+v, original %+v", row.Current, row.AgainstOrig)
	}
	if row.Original == nil || row.Original.Text != "Sun 22 Nov 10:00–12:00 EST" {
		t.Errorf("%+v", row.Original)
	}
	if got.Summary.Current.Words() != "1/1 = 100 %" || got.Summary.Original.Words() != "0/1 = 0 %" {
		t.Errorf("%+v", got.Summary)
	}
}

func TestStaleIsSaid(t *testing.T) {
	asOf := at("2026-11-23 14:00", chicago)
	l := load("x", freight.InTransit, served(pickup(dallas, chicago, freight.Window{}), nil, known(at("2026-11-22 09:30", chicago))),
		delivery(atlanta, newYork, window("2026-11-23 17:00", "2026-11-23 18:00", newYork)))
	l.Timeline.Stops[1].ETA = eta(at("2026-11-23 18:25", newYork), asOf.Add(-5*time.Hour))
	l.Timeline.Position = &freight.Position{At: asOf.Add(-4*time.Hour - time.Minute), Place: freight.Place{City: "Jackson", State: "MS"}}
	d := make1(t, DailyInput{AsOf: asOf, Loads: []DailyLoad{l}, Sources: []SourceNote{
		{Name: "b", LastNews: asOf.Add(-5 * time.Hour)}, {Name: "a", LastNews: asOf.Add(-5 * time.Hour), Word: "ok"}, {Name: "c", LastNews: asOf, Word: "down"}, {Name: "d"},
	}})
	row := d.InTransit[0]
	if !row.News.Stale || row.News.Text != "Jackson, MS" || !row.ETA.Stale || *row.ETA.Slack != -25 || row.ETA.Text != "25 min late" {
		t.Errorf("%+v %+v", row.News, row.ETA)
	}
	var stale []string
	for _, s := range d.Sources {
		if s.Stale {
			stale = append(stale, s.Name+" "+s.Age)
		}
	}
	if got := strings.Join(stale, ", "); got != "b 5 h ago, c under 1 min ago, d never heard" {
		t.Errorf("%s", got)
	}
}

func TestAnUnknownZoneIsAnError(t *testing.T) {
	if _, err := MakeDaily(DailyInput{Zone: "America/Chicgo", Day: monday}); err == nil {
		t.Error("no error")
	}
}

// Every number is the length of a list, every load given is in a list or accounted for, and no order of the input matters.
func TestTotalsTie(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := busyDay(rapid.IntRange(0, 60).Draw(t, "loads"))
		in.Zone = rapid.SampledFrom([]string{"", chicago, "Asia/Tokyo"}).Draw(t, "zone")
		in.Day.Day = rapid.IntRange(21, 26).Draw(t, "day")
		in.AsOf = in.AsOf.Add(time.Duration(rapid.IntRange(-72, 72).Draw(t, "hours")) * time.Hour)
		d, err := MakeDaily(in)
		if err != nil {
			t.Fatal(err)
		}
		s := d.Summary
		loads := map[string]bool{}
		for _, rows := range [][]Head{heads(d.Exceptions, func(r ExceptionRow) Head { return r.Head }), heads(d.InTransit, func(r TransitRow) Head { return r.Head }),
			heads(d.Due, func(r DueRow) Head { return r.Head }), heads(d.PickedUp, func(r ServedRow) Head { return r.Head }), heads(d.Delivered, func(r ServedRow) Head { return r.Head }),
			heads(d.PODOpen, func(r PODRow) Head { return r.Head }), heads(d.Others, func(r OtherRow) Head { return r.Head })} {
			for _, h := range rows {
				loads[h.Load] = true
			}
		}
		onTime, counted := 0, 0
		for _, r := range d.Delivered {
			if r.Current.Outcome != NotCounted {
				counted++
			}
			if r.Current.Outcome == OnTime {
				onTime++
			}
		}
		for _, tie := range []struct {
			name      string
			got, want int
		}{
			{"loads", s.Loads, len(loads)}, {"exceptions", s.Exceptions, len(d.Exceptions)}, {"in transit", s.InTransit, len(d.InTransit)},
			{"due", s.Overdue + s.DueToday + s.DueTomorrow + s.DueLater, len(d.Due)}, {"picked up", s.PickedUp, len(d.PickedUp)},
			{"delivered", s.Delivered, len(d.Delivered)}, {"on time", s.Current.OnTime, onTime}, {"counted", s.Current.Counted, counted},
			{"counted and excluded", s.Current.Counted + excluded(s.Current), len(d.Delivered)}, {"original", s.Original.Counted + excluded(s.Original), len(d.Delivered)},
			{"POD", s.POD.Verified + s.POD.Received + s.POD.Exception + s.POD.Missing, len(d.Delivered)}, {"POD open", s.PODOpen, len(d.PODOpen)}, {"others", s.Others, len(d.Others)},
		} {
			if tie.got != tie.want {
				t.Errorf("%s: %d, but the list says %d", tie.name, tie.got, tie.want)
			}
		}
		before := asJSON(t, d)
		r := rand.New(rand.NewPCG(1, uint64(len(in.Loads))))
		r.Shuffle(len(in.Loads), func(i, j int) { in.Loads[i], in.Loads[j] = in.Loads[j], in.Loads[i] })
		again, _ := MakeDaily(in)
		if before != asJSON(t, again) {
			t.Error("another order of the input gives another report")
		}
	})
}

func heads[R any](rows []R, of func(R) Head) []Head {
	all := make([]Head, len(rows))
	for i, r := range rows {
		all[i] = of(r)
	}
	return all
}

func excluded(s Score) int {
	n := 0
	for _, e := range s.Excluded {
		n += e.N
	}
	return n
}

type fataler interface{ Fatal(...any) }

func asJSON(t fataler, d any) string {
	b, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestListsInJSONAreNeverNull(t *testing.T) {
	d := make1(t, DailyInput{})
	text := asJSON(t, d)
	for _, list := range []string{"sources", "exceptions", "inTransit", "due", "pickedUp", "delivered", "podOpen", "others", "leftOut", "excluded"} {
		if !strings.Contains(text, `"`+list+`": []`) {
			t.Errorf("%s is not []", list)
		}
	}
	if !strings.Contains(text, `"day": "2026-11-23"`) {
		t.Error("the day is not written as 2026-11-23")
	}
}
