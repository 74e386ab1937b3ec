package report

import (
	"fmt"
	"math/rand/v2"
	"time"
	_ "time/tzdata" // zones, also where the system has none

	"tracedesk/backend/freight"
)

// Builders of timelines for the tests of this package.

const (
	chicago = "America/Chicago"
	newYork = "America/New_York"
	phoenix = "America/Phoenix"
)

// at reads "2026-11-23 14:00" in a zone.
func at(s, zone string) time.Time {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		panic(err)
	}
	return t
}

func window(start, end, zone string) freight.Window {
	return freight.Window{Start: at(start, zone), End: at(end, zone)}
}

// days is a window of days without times, as the fold resolves it: to the last second of its last day.
func days(first, last, zone string) freight.Window {
	return freight.Window{Start: at(first+" 00:00", zone), End: at(last+" 23:59", zone).Add(59 * time.Second), DayOnly: true, FirstDay: dayNumber(first), LastDay: dayNumber(last)}
}

// dayNumber counts the days from 1970.
func dayNumber(day string) int { return freight.DayAt(at(day+" 12:00", "UTC"), "UTC") }

func known(t time.Time) *freight.KnownTime {
	src := freight.Source{Kind: freight.CarrierSrc}
	return &freight.KnownTime{At: t, Source: src, Agree: true, Claims: []freight.ToldTime{{At: t}}}
}

// knownDay is an actual of which only the day is known.
func knownDay(day, zone string) *freight.KnownTime {
	k := known(at(day+" 23:59", zone).Add(59 * time.Second))
	k.Claims[0].DayOnly, k.Claims[0].Written = true, day
	return k
}

func eta(t, said time.Time) *freight.Estimate {
	return &freight.Estimate{At: t, Source: freight.Source{Kind: freight.Project44}, StatedAt: said}
}

func pickup(place freight.Place, zone string, w freight.Window) freight.StopLine {
	return freight.StopLine{Seq: 1, Kind: "pickup", Place: place, Zone: zone, Window: w, Original: w, ApptType: "appointment"}
}

func delivery(place freight.Place, zone string, w freight.Window) freight.StopLine {
	return freight.StopLine{Seq: 2, Kind: "delivery", Place: place, Zone: zone, Window: w, Original: w, ApptType: "appointment"}
}

func served(s freight.StopLine, arrived, done *freight.KnownTime) freight.StopLine {
	s.Arrived = arrived
	if s.Pickup() {
		s.PickedUp = done
	} else {
		s.Delivered = done
	}
	return s
}

func load(number string, state freight.LoadState, stops ...freight.StopLine) DailyLoad {
	return DailyLoad{
		Timeline: freight.Timeline{Number: number, Account: "tms", State: state, Stops: stops, Carrier: freight.Known{Value: "Blue Ridge Lines"},
			Papers: map[string]freight.PaperState{}},
		Attention: freight.Attention{Level: freight.OnPlan},
	}
}

var (
	dallas  = freight.Place{Facility: "Lone Star Foods DC", City: "Dallas", State: "TX"}
	atlanta = freight.Place{Facility: "Peachtree Cold Storage", City: "Atlanta", State: "GA"}
	tucson  = freight.Place{Facility: "Sonora Produce", City: "Tucson", State: "AZ"}
)

// busyDay is a day of n loads in every state, with names from several scripts, always the same for the same n.
func busyDay(n int) DailyInput {
	r := rand.New(rand.NewPCG(7, uint64(n)))
	in := DailyInput{
		Customer: "Żabka Łódź & Ωmega Foods",
		Day:      Day{2026, time.November, 23},
		AsOf:     time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC),
		Sources: []SourceNote{
			{Name: "TMS", LastNews: time.Date(2026, 11, 23, 19, 48, 0, 0, time.UTC), Word: "ok"},
			{Name: "project44", LastNews: time.Date(2026, 11, 23, 13, 5, 0, 0, time.UTC), Word: "stale"},
			{Name: "Carrier EDI", LastNews: time.Date(2026, 11, 23, 19, 2, 0, 0, time.UTC)},
			{Name: "Drivers by phone"},
		},
	}
	for i := range n {
		in.Loads = append(in.Loads, busyLoad(r, i))
	}
	return in
}

func busyLoad(r *rand.Rand, i int) DailyLoad {
	carriers := []string{"Blue Ridge Lines", "Przewozy Gdańskie Sp. z o.o.", "Транс Восток", "上海远洋物流有限公司", "Ελληνικές Μεταφορές", "J. B. Hunter Transportation Services of North America LLC"}
	places := []freight.Place{dallas, atlanta, tucson, {Facility: "Müller & Søn Großhandel", City: "Milwaukee", State: "WI"}, {City: "Winston-Salem", State: "NC"},
		{Facility: "Truth or Consequences Regional Distribution Center Number Fourteen", City: "Truth or Consequences", State: "NM"}}
	zones := []string{chicago, newYork, phoenix, chicago, newYork, "America/Denver"}
	from, to := r.IntN(len(places)), r.IntN(len(places))
	base := at("2026-11-23 06:00", chicago)
	start := base.Add(time.Duration(r.IntN(50)+10) * 30 * time.Minute)
	p := pickup(places[from], zones[from], freight.Window{Start: start.Add(-24 * time.Hour), End: start.Add(-22 * time.Hour)})
	d := delivery(places[to], zones[to], freight.Window{Start: start, End: start.Add(time.Duration(r.IntN(4)) * time.Hour)})
	if r.IntN(6) == 0 {
		d.Original = freight.Window{Start: d.Window.Start.Add(-20 * time.Hour), End: d.Window.End.Add(-20 * time.Hour)}
	}
	if r.IntN(3) == 0 {
		d.ApptType = "fcfs"
	}
	now := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
	d.ETA = eta(start.Add(time.Duration(r.IntN(300)-100)*time.Minute), now.Add(-time.Duration(r.IntN(500))*time.Minute))
	var l DailyLoad
	switch kind := r.IntN(10); {
	case kind < 3:
		l = load("", freight.InTransit, served(p, known(p.Window.End), known(p.Window.End.Add(time.Hour))), d)
		l.Timeline.Position = &freight.Position{At: now.Add(-time.Duration(r.IntN(600)) * time.Minute), Place: freight.Place{City: "Amarillo", State: "TX"}}
		l.Timeline.Position.Source = freight.Source{Kind: freight.ELD}
	case kind < 6:
		arrived := now.Add(-time.Duration(60+r.IntN(700)) * time.Minute) // known by the as-of time
		d.Window = freight.Window{Start: arrived.Add(-time.Duration(r.IntN(200)) * time.Minute), End: arrived.Add(time.Duration(r.IntN(120)-30) * time.Minute)}
		d.Window.Start = d.Window.Start.Truncate(30 * time.Minute)
		d.Window.End = d.Window.End.Truncate(30 * time.Minute).Add(30 * time.Minute)
		d.Original, d.ETA = d.Window, nil
		if r.IntN(4) == 0 {
			d.Original = freight.Window{Start: d.Window.Start.Add(-20 * time.Hour), End: d.Window.End.Add(-20 * time.Hour)}
		}
		l = load("", freight.Delivered, served(p, known(p.Window.End), known(p.Window.End.Add(time.Hour))), served(d, known(arrived), known(arrived.Add(50*time.Minute))))
		l.Timeline.Papers[freight.POD] = []freight.PaperState{freight.PaperMissing, freight.PaperReceived, freight.PaperVerified, freight.PaperException}[r.IntN(4)]
	case kind < 9:
		p.Window, d.Window = freight.Window{Start: start, End: start.Add(2 * time.Hour)}, freight.Window{Start: start.Add(20 * time.Hour), End: start.Add(22 * time.Hour)}
		p.Original, d.Original, d.ETA = p.Window, d.Window, nil
		l = load("", freight.Dispatched, p, d)
	default:
		l = load("", freight.Cancelled, p, d)
	}
	t := &l.Timeline
	t.Number = fmt.Sprintf("L%05d", 40000+i)
	t.Carrier.Value = carriers[r.IntN(len(carriers))]
	for k := range r.IntN(5) {
		t.Refs = append(t.Refs, freight.KnownRef{Reference: freight.Reference{Type: freight.RefPO, Value: fmt.Sprint(770000 + i*7 + k)}})
	}
	if t.Position == nil {
		t.LastNews = &freight.News{At: now.Add(-time.Duration(r.IntN(900)) * time.Minute), Source: freight.Source{Kind: freight.CarrierSrc}, Text: "X6 en route to delivery"}
	}
	if t.State.Done() {
		return l
	}
	switch r.IntN(14) {
	case 0:
		l.Attention = freight.Attention{Level: freight.ActNow, Due: start, Why: "ETA is 1 h 20 min after the delivery window ends", Rule: "delay.projected"}
		l.Findings = []freight.Finding{{Kind: "delay.projected", Level: freight.ActNow, Stop: 2, Why: l.Attention.Why}, {Kind: "news.none", Level: freight.Verify, Why: "No news for 5 h 10 min; the limit is 4 h"}}
	case 1:
		l.Attention = freight.Attention{Level: freight.AtRisk, Due: start, Why: "Only 12 min between the ETA and the end of the window", Rule: "delay.slack"}
	case 2:
		l.Attention = freight.Attention{Level: freight.Verify, Due: start, Why: "The TMS says in transit, the carrier says delivered 13:05 CST", Rule: "sources.differ"}
	}
	return l
}
