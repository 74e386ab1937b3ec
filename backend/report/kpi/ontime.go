package kpi

import (
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// Outcomes of a stop against a window.
const (
	OnTime = "onTime"
	Late   = "late"
	Early  = "early" // where early counts as a failure
)

// Causes for which a stop is left out.
const (
	noWindow     = "no appointment"
	noZone       = "zone cannot be told"
	noArrival    = "no arrival time"
	notDue       = "not due yet"
	dayOnly      = "arrival known by day only, on the due day"
	unknownKind  = "pickup or delivery not told"
	customersOwn = "caused by the customer's side"
)

// Overdue is the cause of a stop whose window is over and that nobody is known to have reached.
const Overdue = "overdue, no arrival yet"

// Judgement is a stop against a window.
type Judgement struct {
	Outcome string
	Minutes float64 // arrival less due end; negative when before
	Class   string  // tardy, sameDay, missed; of a late one
	Cause   string  // why it is left out; the rest is empty then
}

// Overdue reports whether the window is over and nobody is known to have arrived.
func (j Judgement) Overdue() bool { return j.Cause == Overdue }

// dayMinutes is what one day counts in figures about days.
const dayMinutes = 24 * 60

// Judge holds the arrival at a stop of a load in a state against a window, as of an instant. It is the one arithmetic of on
// time: every report and figure asks it.
func (d *Definition) Judge(state freight.LoadState, s *freight.StopFacts, due freight.DueFacts, asOf time.Time) Judgement {
	if cause := void(state); cause != "" {
		return Judgement{Cause: cause}
	}
	if due.IsZero() {
		if due.NoZone {
			return Judgement{Cause: noZone}
		}
		return Judgement{Cause: noWindow}
	}
	arrived := d.arrival(s)
	switch {
	case arrived.NoZone:
		return Judgement{Cause: noZone}
	case !arrived.Known():
		return Judgement{Cause: d.pending(state, s, due, asOf)}
	case arrived.Day != 0 || d.ByDate || due.End.IsZero():
		return d.judgeDay(s, due, arrived)
	}
	return d.judgeTime(s, due, arrived.At)
}

// arrival is the arrival, or the day of the handover that stands for it.
func (d *Definition) arrival(s *freight.StopFacts) freight.TimeFacts {
	if s.Arrived.Known() || !d.DeliveryDay {
		return s.Arrived
	}
	for _, t := range [...]freight.TimeFacts{s.Unloaded, s.Loaded} {
		if t.Day != 0 {
			return t
		}
	}
	return s.Arrived
}

// pending is why a stop without an arrival is left out.
func (d *Definition) pending(state freight.LoadState, s *freight.StopFacts, due freight.DueFacts, asOf time.Time) string {
	switch {
	case s.Done || state.Done():
		return noArrival
	case !due.End.IsZero() && asOf.After(due.End.Add(d.grace())), due.End.IsZero() && freight.DayAt(asOf, s.Zone) > due.LastDay:
		return Overdue
	}
	return notDue
}

func (d *Definition) judgeTime(s *freight.StopFacts, due freight.DueFacts, arrived time.Time) Judgement {
	end := due.End
	if due.LastDay != 0 {
		end = end.Add(time.Second).Truncate(time.Minute) // the day's last second is on file; it is late from the next midnight on
	}
	j := Judgement{Outcome: OnTime, Minutes: arrived.Sub(end).Minutes()}
	late := arrived.After(end.Add(d.grace()))
	if due.LastDay != 0 {
		late = !arrived.Before(end.Add(d.grace()))
	}
	switch {
	case d.EarlyFails && !due.Start.IsZero() && arrived.Before(due.Start.Add(-d.earlyGrace())):
		j.Outcome = Early
	case late:
		j.Outcome, j.Class = Late, "missed"
		switch {
		case j.Minutes <= float64(d.Tardy):
			j.Class = "tardy"
		case freight.DayAt(arrived, s.Zone) == freight.DayAt(due.End, s.Zone):
			j.Class = "sameDay"
		}
	}
	return j
}

// judgeDay compares days. Of an arrival known by day only on the very day of a window with times nothing can be said.
func (d *Definition) judgeDay(s *freight.StopFacts, due freight.DueFacts, arrived freight.TimeFacts) Judgement {
	first, last, day := due.FirstDay, due.LastDay, arrived.Day
	if s.Zone == "" && (last == 0 || day == 0) {
		return Judgement{Cause: noZone}
	}
	if last == 0 {
		first, last = freight.DayAt(due.Start, s.Zone), due.Day(s.Zone)
	}
	if day == 0 {
		day = freight.DayAt(arrived.At, s.Zone)
	}
	j := Judgement{Outcome: OnTime, Minutes: float64((day - last) * dayMinutes)}
	switch {
	case day == last && due.LastDay == 0 && arrived.Day != 0 && !d.ByDate:
		return Judgement{Cause: dayOnly}
	case d.EarlyFails && first != 0 && (first-day)*dayMinutes > d.EarlyGrace:
		j.Outcome = Early
	case j.Minutes > float64(d.Grace):
		j.Outcome, j.Class = Late, "missed"
	}
	return j
}

// onTime is OTP and OTD against the first and the current window.
func (b *book) onTime() {
	for _, side := range []struct {
		name, title string
		is          func(*freight.StopFacts) bool
	}{{"otp", "On-time pickup", isPickup}, {"otd", "On-time delivery", isDelivery}} {
		for _, w := range []struct {
			name, title string
			due         func(*freight.StopFacts) freight.DueFacts
		}{{"original", "first agreed window", func(s *freight.StopFacts) freight.DueFacts { return s.Original }},
			{"current", "current window", func(s *freight.StopFacts) freight.DueFacts { return s.Window }}} {
			f := b.punctual(side.name+"."+w.name, side.title+", "+w.title, b.def.OnTimeWords(w.name)+countedWords)
			for _, p := range b.stops {
				switch {
				case side.is(p.s):
					f.add(b, p, w.due(p.s))
				case p.s.Kind == "":
					f.all.leave(unknownKind, p.row)
				}
			}
		}
	}
}

// punctual are the figures about one side and one window.
type punctual struct {
	all, ours, carrier        *tally
	late, early, overdue      *tally
	tardy, sameDay, missed    *tally
	lateMinutes, everyMinutes *tally
}

func (b *book) punctual(name, title, words string) *punctual {
	d := b.def
	return &punctual{
		all: b.share(name, title, words),
		ours: b.share(name+".excludingCustomer", title+", without what the customer's side caused",
			words+" Late stops for which a person filed one of these as responsible are left out: "+join(d.CustomerParties)+"."),
		carrier: b.share(name+".carrier", title+", only what the carrier answers for",
			words+" Late stops for which a person filed anybody but the carrier as responsible are left out; those without a filed party count."),
		late:    b.count(name+".late", title+": late", "Stops counted as late in "+name+"."),
		early:   b.count(name+".early", title+": early", "Stops that fail because they were before the window in "+name+"."),
		overdue: b.count(name+".overdue", title+": overdue", "Stops whose window is over and that nobody is known to have reached, as of the report; they are not in "+name+" yet."),
		tardy:   b.count(name+".tardy", title+": tardy", "Late by no more than "+minutesWords(d.Tardy)+"."),
		sameDay: b.count(name+".lateSameDay", title+": late, same day", "Late by more than "+minutesWords(d.Tardy)+", on the due day."),
		missed:  b.count(name+".missed", title+": missed", "Late on another day than the due day, by more than "+minutesWords(d.Tardy)+"."),
		lateMinutes: b.figure(name+".lateMinutes", title+": average minutes late, late stops only", Minutes, mean,
			"Mean of arrival less due end over late stops; where only days are known, a day counts 1,440 min."),
		everyMinutes: b.figure(name+".minutes", title+": average minutes from due end, all stops", Minutes, mean,
			"Mean of arrival less due end over all counted stops, before it negative; where only days are known, a day counts 1,440 min."),
	}
}

func (f *punctual) add(b *book, p stopOf, due freight.DueFacts) {
	j := b.def.Judge(p.l.State, p.s, due, b.in.AsOf)
	row := func() KPIRow { return p.against(b.def, due, j) }
	if j.Cause != "" {
		f.overdue.hit(j.Cause == Overdue, row)
		for _, t := range [...]*tally{f.all, f.ours, f.carrier, f.lateMinutes, f.everyMinutes} {
			t.leave(j.Cause, row)
		}
		return
	}
	f.overdue.hit(false, row)
	f.all.hit(j.Outcome == OnTime, row)
	f.late.hit(j.Outcome == Late, row)
	f.early.hit(j.Outcome == Early, row)
	f.tardy.hit(j.Class == "tardy", row)
	f.sameDay.hit(j.Class == "sameDay", row)
	f.missed.hit(j.Class == "missed", row)
	f.everyMinutes.measure(j.Minutes, row)
	party := ""
	if j.Outcome != OnTime {
		party = p.l.party(p.s.Seq)
	}
	if j.Outcome == Late {
		f.lateMinutes.measure(j.Minutes, row)
	}
	if slices.Contains(b.def.CustomerParties, party) {
		f.ours.leave(customersOwn, row)
	} else {
		f.ours.hit(j.Outcome == OnTime, row)
	}
	if party != "" && party != "carrier" {
		f.carrier.leave("caused by "+party, row)
	} else {
		f.carrier.hit(j.Outcome == OnTime, row)
	}
}

// against is the row of a stop held against a window.
func (p stopOf) against(d *Definition, due freight.DueFacts, j Judgement) KPIRow {
	r := p.row()
	r.Due, r.Outcome, r.Party = at(due.End, p.s.Zone), j.Outcome, p.l.party(p.s.Seq)
	if due.LastDay != 0 {
		r.Due, r.DueDay = nil, dayText(due.LastDay)
	}
	arrived := d.arrival(p.s)
	r.Actual = at(arrived.At, p.s.Zone)
	if arrived.Day != 0 {
		r.Day = dayText(arrived.Day)
	}
	if j.Cause == "" {
		r.Value = ptr(j.Minutes)
	}
	return r
}

func dayText(day int) string { return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) }
