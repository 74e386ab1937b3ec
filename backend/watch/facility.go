package watch

import (
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// facilityClosed is facility.closed: the window of a stop ahead begins or ends outside the hours on file or on a day on which
// the facility is closed; to the minute of closing is inside. A first-come stop without a window is held to its ETA. On a
// public holiday a first-come or open stop, or one without a window, is asked about: an appointment for that day was agreed
// with somebody who works.
func facilityClosed(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		file := e.facility(i)
		if file == nil || file.Hours.IsZero() && len(file.Closed) == 0 || !e.isAhead(i) {
			continue
		}
		if v, ok := visitOf(stop); ok {
			if why := e.closedDuring(stop, file, &v); why != "" {
				e.closed(stop, file, &v, why)
			}
		}
	}
}

// A visit is when a truck is to be at a stop, on the stop's clocks.
type visit struct {
	from, to time.Time
	day      bool   // a day was told, not a time
	what     string // window, ETA
	by       freight.Provenance
}

// visitOf is the window; of a first-come stop without one the ETA. ok is false where neither or no zone is known.
func visitOf(stop *freight.StopLine) (v visit, ok bool) {
	windowed := !deadline(stop).IsZero()
	if !windowed && (!firstCome(stop) || stop.ETA == nil || stop.ETA.At.IsZero()) {
		return v, false
	}
	loc, err := freight.Location(stop.Zone)
	if err != nil {
		return v, false
	}
	if windowed {
		v = visit{from: opens(stop).In(loc), to: deadline(stop).In(loc), what: "window"}
		if len(stop.WindowsOf) > 0 {
			v.by, v.day = stop.WindowsOf[0].Provenance, stop.WindowsOf[0].DayOnly
		}
		return v, true
	}
	v = visit{from: stop.ETA.At.In(loc), to: stop.ETA.At.In(loc), what: "ETA"}
	if len(stop.ETA.Claims) > 0 {
		v.by = stop.ETA.Claims[0].Provenance
	}
	return v, true
}

// longVisit is how long a window may be that is an appointment; of a longer one a truck takes any open minute.
const longVisit = 24 * time.Hour

// closedDuring is why a place is closed at a visit; empty when it is not.
func (e *evaluation) closedDuring(stop *freight.StopLine, file *freight.FacilityFile, v *visit) string {
	if v.day || v.to.Sub(v.from) >= longVisit {
		return e.closedThroughout(stop, file, v)
	}
	if v.from.Before(v.to) {
		if why := e.closedOn(stop, file, v.from, v.from); why != "" {
			return why
		}
	}
	return e.closedOn(stop, file, v.to.Add(-time.Minute), v.to)
}

// daysLooked is how many days of a window are looked at: a longer one has an open day.
const daysLooked = 14

// closedThroughout is why no minute of a visit is open; empty when one is.
func (e *evaluation) closedThroughout(stop *freight.StopLine, file *freight.FacilityFile, v *visit) string {
	why := ""
	for n, from := 0, v.from; !from.After(v.to); n++ {
		next := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, from.Location())
		to := next.Add(-time.Minute)
		if to.After(v.to) {
			to = v.to
		}
		reason := e.closedOn(stop, file, from, to)
		if reason == "" || n == daysLooked {
			return ""
		}
		if why == "" {
			why = reason
		}
		from = next
	}
	return why
}

// closedOn is why a place is closed between two times of one day; empty when it is open at some minute.
func (e *evaluation) closedOn(stop *freight.StopLine, file *freight.FacilityFile, from, to time.Time) string {
	if len(file.Closed) > 0 && slices.Contains(file.Closed, from.Format(time.DateOnly)) {
		return "closed on " + from.Format("Mon 2 Jan")
	}
	if !file.Hours.IsZero() && !file.Hours.OpenBetween(from, to) {
		return "outside its hours"
	}
	if asksOnHolidays(stop, file) && Holiday(e.rules.Cadence.HolidayDays, from) {
		return "a public holiday"
	}
	return ""
}

// asksOnHolidays reports whether the hours on file leave open what holds on a holiday: a place that never closes says so,
// and an appointment is agreed with the place.
func asksOnHolidays(stop *freight.StopLine, file *freight.FacilityFile) bool {
	if file.Hours.IsZero() || !firstCome(stop) && !deadline(stop).IsZero() {
		return false
	}
	week := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) // a Monday
	for day := range 7 {
		if !file.Hours.OpenBetween(week.AddDate(0, 0, day), week.AddDate(0, 0, day+1).Add(-time.Minute)) {
			return true
		}
	}
	return false
}

func (e *evaluation) closed(stop *freight.StopLine, file *freight.FacilityFile, v *visit, why string) {
	since := later(e.t.FirstAt, saidAt(&v.by))
	f := freight.Finding{Kind: "facility.closed", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: since,
		Why:    sentence(work(stop)) + " " + v.what + where(stop) + " " + timeline.Stamp(v.from, stop.Zone) + ": " + why,
		Inputs: inputs("facility", file.Name, "hours", file.HoursGiven, v.what, timeline.Stamp(v.from, stop.Zone)+" to "+timeline.Stamp(v.to, stop.Zone), "by", v.by.Source.String(), "said", timeline.Stamp(saidAt(&v.by), stop.Zone)),
		Next:   freight.Next{Act: "call", Text: "Ask the facility" + where(stop) + " whether it takes the truck then, else for the next slot", Due: v.from.UTC()}}
	if v.what == "window" {
		f.Inputs[2].Name = "appointment"
	}
	if why == "outside its hours" && file.HoursGiven != "" {
		f.Why += " (" + file.HoursGiven + ")"
	}
	if !v.by.Observation.IsZero() {
		f.Evidence = append(f.Evidence, v.by.Observation)
	}
	if len(file.Evidence) > 0 {
		f.Evidence = append(f.Evidence, file.Evidence[0])
	}
	e.add(f, v.from.UTC())
}

// facility is what is on file of the place of stop i; nil when nothing is.
func (e *evaluation) facility(i int) *freight.FacilityFile {
	if i >= len(e.around.Facilities) {
		return nil
	}
	return e.around.Facilities[i]
}

// hours are those on file of the place of stop i; nil when none are.
func (e *evaluation) hours(i int) *freight.Hours {
	file := e.facility(i)
	if file == nil || file.Hours.IsZero() {
		return nil
	}
	return &file.Hours
}
