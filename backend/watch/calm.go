package watch

import (
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// calm is the attention of a load on which nothing was found: done, or on plan with what comes next.
func (e *evaluation) calm() freight.Attention {
	switch e.t.State {
	case freight.Cancelled, freight.Closed, freight.NotUsed:
		return freight.Attention{Level: freight.DoneDay, Due: e.t.LastAt, Why: stateWord[e.t.State]}
	case freight.Verified, freight.PapersIn:
		return e.delivered(freight.DoneDay, e.deliveredAt(), "POD "+string(e.t.Papers[freight.POD]))
	case freight.Delivered:
		return e.delivered(freight.OnPlan, e.deliveredAt().Add(e.rules.PaperWatch), "POD expected")
	case freight.OnHold:
		return freight.Attention{Level: freight.Waiting, Due: e.t.LastAt, Why: "On hold"}
	}
	if e.t.Provisional {
		return freight.Attention{Level: freight.OnPlan, Due: e.t.FirstAt.Add(e.rules.OneSided),
			Why: "Known to " + e.teller() + " only since " + timeline.Stamp(e.t.FirstAt, e.zone())}
	}
	stop := timeline.NextStop(e.t)
	if stop == nil {
		return freight.Attention{Level: freight.OnPlan, Due: farFuture, Why: noNextStop(e.t)}
	}
	return e.ahead(stop)
}

var stateWord = map[freight.LoadState]string{
	freight.Cancelled: "Cancelled", freight.Closed: "Closed", freight.NotUsed: "Truck ordered, not used",
}

func noNextStop(t *freight.Timeline) string {
	if len(t.Stops) == 0 {
		return "No stops are known"
	}
	return "All known stops are done"
}

func (e *evaluation) delivered(level freight.Level, due time.Time, papers string) freight.Attention {
	return freight.Attention{Level: level, Due: due, Why: "Delivered " + timeline.Stamp(e.deliveredAt(), e.zone()) + ", " + papers}
}

// ahead is the attention of a load on plan: the stop it stands at or heads for.
func (e *evaluation) ahead(stop *freight.StopLine) freight.Attention {
	a := freight.Attention{Level: freight.OnPlan, Due: farFuture}
	what := work(stop) + place(stop)
	d := deadline(stop)
	if stop.Arrived != nil {
		a.Why = "At " + what
		if !stop.Arrived.At.IsZero() {
			a.Why += " since " + timeline.Stamp(stop.Arrived.At, stop.Zone)
		}
		if !d.IsZero() {
			a.Due = d.Add(e.rules.MissedLate)
		}
		return a
	}
	if d.IsZero() {
		a.Why = "Next: " + what + ", no appointment is known"
		return a
	}
	a.Due = d
	a.Why = "Next: " + what + " by " + timeline.Stamp(d, stop.Zone)
	return a
}

// deadline is D: the end of the accepted window, to the minute; a start without an end ends at its start. Zero when no
// window is known.
func deadline(stop *freight.StopLine) time.Time {
	if stop.Window.End.IsZero() {
		return stop.Window.Start.Truncate(time.Minute)
	}
	return stop.Window.End.Truncate(time.Minute)
}

// work is what is done at a stop, in lower case.
func work(stop *freight.StopLine) string {
	switch stop.Kind {
	case "pickup", "delivery", "relay":
		return stop.Kind
	case "pickup_delivery":
		return "pickup and delivery"
	}
	return "stop"
}

// place is where a stop is, with a blank before it; empty when nobody said.
func place(stop *freight.StopLine) string {
	if s := stop.Place.CityState(); s != "" {
		return " " + s
	}
	if s := stop.Place.String(); s != "" {
		return " " + s
	}
	return ""
}

// sentence is a text with a capital first letter.
func sentence(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}

// windowAt is "Delivery window at Dallas, TX".
func windowAt(stop *freight.StopLine) string {
	s := sentence(work(stop)) + " window"
	if p := place(stop); p != "" {
		s += " at" + p
	}
	return s
}

// span is a duration in hours and minutes.
func span(d time.Duration) string {
	h, m := int(d.Hours()), int(d.Minutes())%60
	switch {
	case h == 0:
		return strconv.Itoa(m) + " min"
	case m == 0:
		return strconv.Itoa(h) + " h"
	}
	return strconv.Itoa(h) + " h " + strconv.Itoa(m) + " min"
}
