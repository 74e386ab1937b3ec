package report

import (
	"cmp"
	"fmt"
	"sort"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// DailyInput is everything the daily report of one customer is made of.
type DailyInput struct {
	Customer string
	Day      Day
	// Zone is the customer's (IANA), in which the day begins and ends; "" means each stop's own day.
	Zone string
	// AsOf is the instant of the report: Loads and Sources hold what was received by then, and every age, "overdue" and
	// "stale" is counted to it. There is no other clock, so the same as-of gives the same page whenever it is printed.
	AsOf time.Time
	// Definition says what on time means; without a name the standard one.
	Definition kpi.Definition
	Stale      time.Duration // silence after which news is called stale; 0 is DefaultStale
	Sources    []SourceNote
	// Loads are the customer's: all that are live, and those with a stop near the day. Any order.
	Loads []DailyLoad
}

// SourceNote is how fresh a source of the report is.
type SourceNote struct {
	Name     string
	LastNews time.Time // zero: never heard
	Word     string    // ok, stale, down, or "" when nobody judged: then the age decides
}

// DailyLoad is a load as known at the as-of time, and what the rules make of it.
type DailyLoad struct {
	Timeline  freight.Timeline
	Attention freight.Attention
	Findings  []freight.Finding
}

// Daily is the report as values, for the page and for a screen. Every number of Summary is the length of a list here.
type Daily struct {
	Customer    string                     `json:"customer"`
	Day         Day                        `json:"day"`
	DayWords    string                     `json:"dayWords"` // "Monday 23 November 2026"
	DayZone     string                     `json:"dayZone"`  // an IANA name, or "" for each stop's own day
	AsOf        Moment                     `json:"asOf"`
	Sources     freight.List[DailySource]  `json:"sources"`
	Summary     DailySummary               `json:"summary"`
	Exceptions  freight.List[ExceptionRow] `json:"exceptions"`  // one a load, the most urgent first
	InTransit   freight.List[TransitRow]   `json:"inTransit"`   // one a load: picked up, not delivered
	Due         freight.List[DueRow]       `json:"due"`         // one an open stop: overdue, today, tomorrow, open already
	PickedUp    freight.List[ServedRow]    `json:"pickedUp"`    // one a pickup done on the day
	Delivered   freight.List[ServedRow]    `json:"delivered"`   // one a delivery done on the day, late first
	PODOpen     freight.List[PODRow]       `json:"podOpen"`     // one a load delivered on an earlier day without a good POD
	Others      freight.List[OtherRow]     `json:"others"`      // one a load that touches the day and stands in no list above
	LeftOut     freight.List[string]       `json:"leftOut"`     // sentences: what is in no list, and why
	Definitions freight.List[string]       `json:"definitions"` // sentences
}

// DailySource is a source with its age at the as-of time.
type DailySource struct {
	Name     string  `json:"name"`
	LastNews *Moment `json:"lastNews"`
	Age      string  `json:"age"` // "12 min ago", "never heard"
	Word     string  `json:"word"`
	Stale    bool    `json:"stale"`
}

// DailySummary is the numbers on top of the page.
type DailySummary struct {
	Loads       int   `json:"loads"` // every load in a list, once
	Exceptions  int   `json:"exceptions"`
	InTransit   int   `json:"inTransit"`
	Overdue     int   `json:"overdue"`
	DueToday    int   `json:"dueToday"`
	DueTomorrow int   `json:"dueTomorrow"`
	DueLater    int   `json:"dueLater"`
	PickedUp    int   `json:"pickedUp"`
	Pickups     Score `json:"pickups"` // against the current window
	Delivered   int   `json:"delivered"`
	Current     Score `json:"current"`  // deliveries against the current window
	Original    Score `json:"original"` // deliveries against the first window given
	POD         PODs  `json:"pod"`      // of the deliveries of the day
	PODOpen     int   `json:"podOpen"`
	Others      int   `json:"others"`
}

// PODs counts deliveries by the state of their proof.
type PODs struct {
	Verified  int `json:"verified"`
	Received  int `json:"received"`
	Exception int `json:"exception"`
	Missing   int `json:"missing"`
}

// MakeDaily computes the report. The only error is a zone that does not exist.
func MakeDaily(in DailyInput) (Daily, error) {
	m := maker{in: in, cal: calendar{in.Day}, listed: map[string]bool{}}
	m.in.Stale = cmp.Or(in.Stale, DefaultStale)
	if in.Definition.Name == "" {
		m.in.Definition = kpi.Shipped()[0]
	}
	if in.Zone != "" {
		loc, err := freight.Location(in.Zone)
		if err != nil {
			return Daily{}, fmt.Errorf("the report's zone: %w; name one such as America/Chicago", err)
		}
		m.zone = loc
	}
	m.d = Daily{
		Customer: in.Customer,
		Day:      in.Day,
		DayWords: in.Day.noon().Format("Monday 2 January 2006"),
		DayZone:  in.Zone,
		AsOf:     m.asOf(),
	}
	m.sources()
	for i := range in.Loads {
		m.load(&in.Loads[i])
	}
	for i := range in.Loads {
		m.remainder(&in.Loads[i])
	}
	m.order()
	m.summarise()
	m.d.LeftOut = m.leftOut()
	m.d.Definitions = m.definitions()
	return m.d, nil
}

// maker builds one report.
type maker struct {
	in     DailyInput
	cal    calendar
	zone   *time.Location // nil: each stop's own day
	d      Daily
	listed map[string]bool // loads in a list
	// Loads that are in no list, by the reason.
	cancelled, dayless []string
}

// asOf is printed in the customer's zone, else in UTC, always with its date.
func (m *maker) asOf() Moment {
	t := m.in.AsOf.UTC()
	if m.zone != nil {
		t = m.in.AsOf.In(m.zone)
	}
	return Moment{At: t, Zone: t.Location().String(), Text: t.Format("Mon 2 Jan 2006 15:04 ") + letters(t)}
}

// moment of something that belongs to no stop, in the zone of the as-of time.
func (m *maker) moment(t time.Time) Moment { return m.cal.moment(t, m.d.AsOf.Zone) }

func (m *maker) stale(t time.Time) bool { return m.in.AsOf.Sub(t) > m.in.Stale }

func (m *maker) sources() {
	for _, s := range m.in.Sources {
		row := DailySource{Name: sourceWords(s.Name), Word: s.Word, Age: "never heard"}
		if !s.LastNews.IsZero() {
			at := m.moment(s.LastNews)
			row.LastNews, row.Age = &at, ago(s.LastNews, m.in.AsOf)
		}
		row.Stale = s.Word != "" && s.Word != "ok"
		if s.Word == "" {
			row.Stale = s.LastNews.IsZero() || m.stale(s.LastNews)
		}
		m.d.Sources = append(m.d.Sources, row)
	}
	sort.SliceStable(m.d.Sources, func(i, j int) bool { return m.d.Sources[i].Name < m.d.Sources[j].Name })
}

// dayAt is the day of an instant at a stop: the customer's day, else the stop's own.
func (m *maker) dayAt(t time.Time, stopZone string) Day {
	if m.zone != nil {
		return DayOf(t.In(m.zone))
	}
	return DayOf(t.In(location(stopZone)))
}

// dayOf is the day of an actual. One of which only the day is known keeps the stop's own day: it has no time to shift.
func (m *maker) dayOf(k *freight.KnownTime, stopZone string) Day {
	if dayOnly(k) {
		return DayOf(k.At.In(location(stopZone)))
	}
	return m.dayAt(k.At, stopZone)
}

// dueDay is the day on which a window ends.
func (m *maker) dueDay(w freight.Window, stopZone string) Day {
	if w.DayOnly || m.zone == nil {
		return lastDay(w, location(stopZone))
	}
	return m.dayAt(Deadline(w), stopZone)
}

// firstDay is the day on which a window begins.
func (m *maker) firstDay(w freight.Window, stopZone string) Day {
	switch {
	case w.Start.IsZero():
		return m.dueDay(w, stopZone)
	case w.DayOnly:
		return DayOf(w.Start.In(location(stopZone)))
	}
	return m.dayAt(w.Start, stopZone)
}

// covers reports whether a window touches a day.
func (m *maker) covers(w freight.Window, zone string, day Day) bool {
	return !w.IsZero() && !day.Before(m.firstDay(w, zone)) && !m.dueDay(w, zone).Before(day)
}

// overdue reports whether a window has ended by the as-of time and nobody is known to have arrived.
func (m *maker) overdue(state freight.LoadState, s *freight.StopLine) bool {
	facts := stopFacts(s)
	return m.in.Definition.Judge(state, &facts, s.Window.Facts(), m.in.AsOf).Overdue()
}

// judge holds a stop's arrival against a window.
func (m *maker) judge(t *freight.Timeline, s *freight.StopLine, w freight.Window) Judgement {
	return Judge(&m.in.Definition, t.State, s, w, m.in.AsOf)
}

// load puts a load into the lists that it belongs to.
func (m *maker) load(l *DailyLoad) {
	if out(l.Timeline.State) {
		return
	}
	m.exception(l)
	m.transit(l)
	m.due(l)
	m.served(l)
	m.openPOD(l)
}

// out reports whether a load is not carried at all.
func out(s freight.LoadState) bool { return s == freight.Cancelled || s == freight.NotUsed }

func (m *maker) list(l *DailyLoad) { m.listed[key(l)] = true }

// key tells loads apart; two TMS may use one number.
func key(l *DailyLoad) string { return l.Timeline.Account + "\x00" + l.Timeline.Number }

// order puts every list into an order that does not depend on the order of the input.
func (m *maker) order() {
	d := &m.d
	sort.SliceStable(d.Exceptions, func(i, j int) bool {
		a, b := &d.Exceptions[i], &d.Exceptions[j]
		return firstOf(a.Level.Rank()-b.Level.Rank(), a.since.Compare(b.since), a.compare(b.Head)) < 0
	})
	sort.SliceStable(d.InTransit, func(i, j int) bool {
		a, b := &d.InTransit[i], &d.InTransit[j]
		return firstOf(laterIfZero(a.due, b.due), a.compare(b.Head)) < 0
	})
	sort.SliceStable(d.Due, func(i, j int) bool {
		a, b := &d.Due[i], &d.Due[j]
		return firstOf(a.Group.rank()-b.Group.rank(), a.due.Compare(b.due), a.compare(b.Head), a.Stop.Seq-b.Stop.Seq) < 0
	})
	for _, rows := range []freight.List[ServedRow]{d.PickedUp, d.Delivered} {
		sort.SliceStable(rows, func(i, j int) bool {
			a, b := &rows[i], &rows[j]
			return firstOf(b.lateness()-a.lateness(), a.Served.At.Compare(b.Served.At), a.compare(b.Head), a.Stop.Seq-b.Stop.Seq) < 0
		})
	}
	sort.SliceStable(d.PODOpen, func(i, j int) bool {
		a, b := &d.PODOpen[i], &d.PODOpen[j]
		return firstOf(a.Delivered.At.Compare(b.Delivered.At), a.compare(b.Head)) < 0
	})
	sort.SliceStable(d.Others, func(i, j int) bool { return d.Others[i].compare(d.Others[j].Head) < 0 })
	sort.Strings(m.cancelled)
	sort.Strings(m.dayless)
}

// firstOf is the first comparison that tells two rows apart.
func firstOf(comparisons ...int) int {
	for _, c := range comparisons {
		if c != 0 {
			return c
		}
	}
	return 0
}

// laterIfZero orders instants, unknown ones last.
func laterIfZero(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}
