package report

import (
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

// Rules are the definitions in which desks differ. They are printed on the page.
type Rules struct {
	Grace      time.Duration `json:"-"` // added to the end of a window
	EarlyFails bool          `json:"-"` // an arrival before the window's start counts as a failure
	Stale      time.Duration `json:"-"` // silence after which news is called stale; 0 is DefaultStale
}

// DefaultStale is the silence after which news is printed as stale: the usual limit for loads tracked by phone.
const DefaultStale = 4 * time.Hour

func (r Rules) stale() time.Duration {
	if r.Stale == 0 {
		return DefaultStale
	}
	return r.Stale
}

// Outcome is how an arrival stands to a window.
type Outcome string

// The closed list of outcomes.
const (
	OnTime     Outcome = "onTime"
	Late       Outcome = "late"
	Early      Outcome = "early"      // only where early counts as a failure
	NotCounted Outcome = "notCounted" // see Judgement.Cause
)

// Causes for which a stop is left out of on-time figures.
const (
	noWindow      = "no window"
	noArrival     = "no arrival time"
	noZone        = "arrival time without a zone"
	arrivalByDay  = "arrival known by day only"
	minutesPerDay = 24 * 60
)

// Judgement is the outcome for one stop against one window.
type Judgement struct {
	Outcome Outcome `json:"outcome"`
	Minutes int     `json:"minutes"`         // after the window's end (late) or before its start (early), begun minutes count
	Cause   string  `json:"cause,omitempty"` // why it is not counted
	Text    string  `json:"text"`
}

// Deadline is the end of a window; of a window without an end its start.
func Deadline(w freight.Window) time.Time {
	if w.End.IsZero() {
		return w.Start
	}
	return w.End
}

// lastDay is the last day of a window in its stop's zone. A window that ends with a day may carry the next midnight.
func lastDay(w freight.Window, loc *time.Location) Day {
	end := Deadline(w).In(loc)
	if end.After(w.Start) && !w.Start.IsZero() {
		end = end.Add(-time.Nanosecond)
	}
	return DayOf(end)
}

// Judge holds the arrival at a stop against a window. The arrival counts, not the departure; the window's end is the
// deadline and still on time; a first-come window counts at its end. Days without times are compared as days at the stop.
func Judge(s *freight.StopLine, w freight.Window, r Rules) Judgement {
	switch {
	case w.IsZero():
		return notCounted(noWindow)
	case s.Arrived == nil:
		return notCounted(noArrival)
	case s.Arrived.At.IsZero():
		return notCounted(noZone)
	case dayOnly(s.Arrived):
		return judgeDay(s, w, r)
	}
	end := Deadline(w)
	if w.DayOnly {
		end = endOf(lastDay(w, location(s.Zone)), location(s.Zone))
	}
	arrived := s.Arrived.At
	if r.EarlyFails && !w.Start.IsZero() && arrived.Before(w.Start) {
		return away(Early, begunMinutes(w.Start.Sub(arrived)))
	}
	if arrived.After(end.Add(r.Grace)) {
		return away(Late, begunMinutes(arrived.Sub(end)))
	}
	return Judgement{Outcome: OnTime, Text: "on time"}
}

// judgeDay judges an arrival of which only the day is known.
func judgeDay(s *freight.StopLine, w freight.Window, r Rules) Judgement {
	loc := location(s.Zone)
	day, last := DayOf(s.Arrived.At.In(loc)), lastDay(w, loc)
	switch {
	case last.Before(day):
		return away(Late, day.minus(last)*minutesPerDay)
	case r.EarlyFails && !w.Start.IsZero() && day.Before(DayOf(w.Start.In(loc))):
		return away(Early, DayOf(w.Start.In(loc)).minus(day)*minutesPerDay)
	case day == last && !w.DayOnly:
		return notCounted(arrivalByDay)
	}
	return Judgement{Outcome: OnTime, Text: "on time"}
}

func notCounted(cause string) Judgement {
	return Judgement{Outcome: NotCounted, Cause: cause, Text: "not counted: " + cause}
}

func away(o Outcome, minutes int) Judgement {
	return Judgement{Outcome: o, Minutes: minutes, Text: length(time.Duration(minutes)*time.Minute) + " " + string(o)}
}

func begunMinutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// endOf is the last instant of a day; it may be 23 or 25 hours after the first.
func endOf(d Day, loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, loc).Add(-time.Nanosecond)
}

// dayOnly reports whether of a time only its day is known.
func dayOnly(k *freight.KnownTime) bool { return len(k.Claims) > 0 && k.Claims[0].DayOnly }

// Score is a share of stops on time, with what was left out of it and why.
type Score struct {
	OnTime   int                    `json:"onTime"`
	Counted  int                    `json:"counted"`
	Ratio    *float64               `json:"ratio"` // null when nothing was counted
	Excluded freight.List[Excluded] `json:"excluded"`
}

// Excluded is how many stops were left out of a score for one cause.
type Excluded struct {
	Cause string `json:"cause"`
	N     int    `json:"n"`
}

func score(all []Judgement) Score {
	var s Score
	out := map[string]int{}
	for _, j := range all {
		switch j.Outcome {
		case NotCounted:
			out[j.Cause]++
			continue
		case OnTime:
			s.OnTime++
		}
		s.Counted++
	}
	if s.Counted > 0 {
		ratio := float64(s.OnTime) / float64(s.Counted)
		s.Ratio = &ratio
	}
	for _, cause := range []string{noWindow, noArrival, noZone, arrivalByDay} {
		if out[cause] > 0 {
			s.Excluded = append(s.Excluded, Excluded{cause, out[cause]})
		}
	}
	return s
}

// Words is "11/12 = 92 %", or a dash when nothing was counted.
func (s Score) Words() string {
	if s.Ratio == nil {
		return "–"
	}
	return fmt.Sprintf("%d/%d = %s", s.OnTime, s.Counted, percent(s.OnTime, s.Counted))
}

// percent rounds half up but never to 100 or 0 what is not all or nothing.
func percent(n, of int) string {
	p := (200*n + of) / (2 * of)
	if n < of {
		p = min(p, 99)
	}
	if n > 0 {
		p = max(p, 1)
	}
	return fmt.Sprintf("%d %%", p)
}
