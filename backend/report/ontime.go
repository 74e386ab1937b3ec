package report

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// DefaultStale is the silence after which news is printed as stale: the usual limit for loads tracked by phone.
const DefaultStale = 4 * time.Hour

// Outcome is how an arrival stands to a window.
type Outcome string

// The closed list of outcomes.
const (
	OnTime     Outcome = "onTime"
	Late       Outcome = "late"
	Early      Outcome = "early"      // only where early counts as a failure
	NotCounted Outcome = "notCounted" // see Judgement.Cause
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

// Judge holds the arrival at a stop against a window by the arithmetic of the figures, so that a day's page and a quarter's
// figures say the same of a stop.
func Judge(d *kpi.Definition, state freight.LoadState, s *freight.StopLine, w freight.Window, asOf time.Time) Judgement {
	facts, due := stopFacts(s), w.Facts()
	j := d.Judge(state, &facts, due, asOf)
	switch {
	case j.Cause != "":
		return notCounted(j.Cause)
	case j.Outcome == kpi.Late:
		return away(Late, max(1, begunMinutes(minutes(j.Minutes))))
	case j.Outcome == kpi.Early:
		return away(Early, earlyBy(s, due, j))
	}
	return Judgement{Outcome: OnTime, Text: "on time"}
}

// stopFacts is what on time is judged by.
func stopFacts(s *freight.StopLine) freight.StopFacts {
	f := freight.StopFacts{Seq: s.Seq, Kind: s.Kind, Zone: s.Zone, Arrived: s.Arrived.Facts(), Loaded: s.Loaded.Facts(), Unloaded: s.Delivered.Facts(), Done: s.Done()}
	if !f.Loaded.Known() {
		f.Loaded = s.PickedUp.Facts()
	}
	if !f.Unloaded.Known() {
		f.Unloaded = s.Unloaded.Facts()
	}
	return f
}

// earlyBy is how long before the window's start an arrival was; where only days are known, from day to day.
func earlyBy(s *freight.StopLine, due freight.DueFacts, j kpi.Judgement) int {
	if s.Arrived != nil && !dayOnly(s.Arrived) && !due.Start.IsZero() {
		return begunMinutes(due.Start.Sub(s.Arrived.At))
	}
	first := freight.DayAt(due.Start, s.Zone)
	if due.FirstDay != 0 {
		first = due.FirstDay
	}
	return -int(j.Minutes) - (due.Day(s.Zone)-first)*24*60
}

func minutes(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }

func notCounted(cause string) Judgement {
	return Judgement{Outcome: NotCounted, Cause: cause, Text: "not counted: " + cause}
}

func away(o Outcome, minutes int) Judgement {
	return Judgement{Outcome: o, Minutes: minutes, Text: length(time.Duration(minutes)*time.Minute) + " " + string(o)}
}

func begunMinutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

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
	for _, cause := range slices.Sorted(maps.Keys(out)) {
		s.Excluded = append(s.Excluded, Excluded{cause, out[cause]})
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
