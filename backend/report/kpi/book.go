package kpi

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Input is what figures are counted from. Days count from 1970; both ends are included. A stop counts to the day on which
// its current window ends on its own calendar, a load to the day of its last stop.
type Input struct {
	Loads      []Load
	From, To   int
	AsOf       time.Time // what is overdue and open is so at this instant
	Definition Definition
	FreeTimes  map[string]int // minutes that facilities give by their names, where on file
}

// Load is one load with what was found and done about it.
type Load struct {
	freight.LoadFacts
	Exceptions []Exception
	Calls      []Call
}

// Exception is one exception of a load. Zero instants are what has not happened, or is not on file.
type Exception struct {
	ID, Kind     string
	Stop         int
	Severity     freight.Severity
	Detected     time.Time // when the data first showed it
	Shown        time.Time // when a running desk first showed it to somebody
	Acknowledged time.Time
	Resolved     time.Time
	ByRule       bool // resolved because its cause went away
	Party        string
	Contacts     int // rounds of calls and messages made about it

	// What papers say of it: its kind in words, what the rules found, the cause that a person filed, what was done, whose it is.
	Words, Why, Cause, Correction, Owner string
}

// Call is one check call that was due.
type Call struct {
	Key      string
	Stop     int
	Due      time.Time
	Ended    time.Time // zero while it waits
	How      string    // covered, answered, done, lapsed
	Attempts int       // calls without an answer before
}

// book is one counting: the loads in order, and the figures as they are counted.
type book struct {
	in    Input
	def   *Definition
	loads []*Load // of the period, by number
	stops []stopOf
	work  *time.Location
	of    []*tally
	keep  []string // the figures whose rows are kept
}

// stopOf is a stop of the period with its load.
type stopOf struct {
	l *Load
	s *freight.StopFacts
}

func newBook(in Input, keep ...string) *book {
	b := &book{in: in, def: &in.Definition, keep: keep, work: location(in.Definition.WorkZone)}
	loads := make([]*Load, len(in.Loads))
	for i := range in.Loads {
		loads[i] = &in.Loads[i]
	}
	slices.SortFunc(loads, func(a, b *Load) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.Account, b.Account), a.First.Compare(b.First), cmp.Compare(a.Customer, b.Customer))
	})
	for _, l := range loads {
		if b.within(l.Day()) {
			b.loads = append(b.loads, l)
		}
		for i := range l.Stops {
			if s := &l.Stops[i]; b.within(l.DayOf(s)) {
				b.stops = append(b.stops, stopOf{l, s})
			}
		}
	}
	return b
}

func (b *book) within(day int) bool { return day >= b.in.From && day <= b.in.To }

func location(zone string) *time.Location {
	if loc, err := freight.Location(zone); err == nil {
		return loc
	}
	return time.UTC
}

// Compute counts all figures, in a fixed order.
func Compute(in Input) []KPI {
	all, _ := Counted(in)
	return all
}

// Rows are the lines behind one figure, in the order of loads and stops; ok is false for a name that is none.
func Rows(in Input, name string) (k KPI, rows []KPIRow, ok bool) {
	b := newBook(in, name)
	b.all()
	for _, t := range b.of {
		if t.Name == name {
			return t.finish(), t.rows, true
		}
	}
	return KPI{}, nil, false
}

// Counted are all figures, and the lines behind those that are named, in one counting.
func Counted(in Input, names ...string) ([]KPI, map[string][]KPIRow) {
	b := newBook(in, names...)
	b.all()
	out, rows := make([]KPI, 0, len(b.of)), make(map[string][]KPIRow, len(names))
	for _, t := range b.of {
		out = append(out, t.finish())
		if t.keep {
			rows[t.Name] = t.rows
		}
	}
	return out, rows
}

// OnTimeRows are the lines behind figures on time alone: a trend over a quarter needs no other chapter.
func OnTimeRows(in Input, names ...string) map[string][]KPIRow {
	b := newBook(in, names...)
	b.onTime()
	rows := make(map[string][]KPIRow, len(names))
	for _, t := range b.of {
		if t.keep {
			rows[t.Name] = t.rows
		}
	}
	return rows
}

func (b *book) all() {
	b.volume()
	b.onTime()
	b.inFull()
	b.tracking()
	b.milestones()
	b.exceptions()
	b.told()
	b.calls()
	b.papers()
	b.dwell()
	b.etas()
	b.agreement()
	b.tenders()
	b.score()
}

// figure begins one figure.
func (b *book) figure(name, title, unit string, h how, definition string) *tally {
	t := &tally{KPI: KPI{Name: name, Title: title, Unit: unit, Definition: definition}, how: h, keep: slices.Contains(b.keep, name)}
	b.of = append(b.of, t)
	return t
}

func (b *book) share(name, title, definition string) *tally {
	return b.figure(name, title, Ratio, share, definition)
}

func (b *book) count(name, title, definition string) *tally {
	return b.figure(name, title, Count, hits, definition)
}

// volume is how much the figures are over.
func (b *book) volume() {
	loads := b.count("loads", "Loads", "Loads whose last stop's current window ends in the period, on that stop's calendar; loads without a window by what happened, else by when they were first heard of.")
	cancelled := b.count("loads.cancelled", "Cancelled loads", "Loads of the period that were cancelled, or whose truck was ordered and not used (TONU).")
	stops := b.count("stops", "Stops", "Stops whose current window ends in the period, on their own calendar.")
	for _, l := range b.loads {
		loads.hit(true, l.row)
		cancelled.hit(void(l.State) != "", l.row)
	}
	for _, p := range b.stops {
		stops.hit(true, p.row)
	}
}

// void is why a load counts for nothing.
func void(state freight.LoadState) string {
	switch state {
	case freight.Cancelled:
		return "cancelled"
	case freight.NotUsed:
		return "truck ordered, not used"
	}
	return ""
}

// delivered reports whether the load is known to have been handed over, and when it left, else was done, at its last delivery.
func delivered(l *Load) (at time.Time, zone string, known bool) {
	for i := len(l.Stops) - 1; i >= 0; i-- {
		s := &l.Stops[i]
		if !isDelivery(s) {
			continue
		}
		for _, t := range [...]freight.TimeFacts{s.Departed, s.Unloaded} {
			if !t.At.IsZero() {
				return t.At, s.Zone, true
			}
		}
		return time.Time{}, s.Zone, s.Departed.Known() || s.Unloaded.Known()
	}
	return time.Time{}, "", false
}

func isPickup(s *freight.StopFacts) bool { return s.Kind == "pickup" || s.Kind == "pickup_delivery" }
func isDelivery(s *freight.StopFacts) bool {
	return s.Kind == "delivery" || s.Kind == "pickup_delivery"
}

func (l *Load) row() KPIRow {
	return KPIRow{On: l.Day(), Account: l.Account, Load: l.Load, Customer: l.Customer, Carrier: l.Carrier, Lane: l.lane()}
}

func (l *Load) lane() string { return l.Origin + " → " + l.Dest }

func (p stopOf) row() KPIRow {
	r := p.l.row()
	r.Stop, r.Place, r.On = p.s.Seq, p.s.Place, p.l.DayOf(p.s)
	return r
}

// at is an instant as a row shows it.
func at(t time.Time, zone string) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(location(zone))
	return &t
}

// party is who answers for what went wrong at a stop, as people of the desk filed it: with a late appointment first, else
// with anything else at the stop but its papers; "" when nobody did.
func (l *Load) party(seq int) string {
	other := ""
	for i := range l.Exceptions {
		x := &l.Exceptions[i]
		switch {
		case x.Stop != seq || x.Party == "":
		case strings.HasPrefix(x.Kind, "appointment.") || strings.HasPrefix(x.Kind, "eta."):
			return x.Party
		case other == "" && !strings.HasPrefix(x.Kind, "paper."):
			other = x.Party
		}
	}
	return other
}
