package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// unset is appointment.unset: a stop ahead has no window. It is noted as soon as it is known, and to be seen to when the load
// is picked up within a day, or is dispatched or under way. A first-come or open stop whose hours are on file needs none.
func unset(e *evaluation) {
	if e.t.State == freight.OnHold {
		return
	}
	for i := range e.t.Stops {
		if e.lacksWindow(i) {
			e.unsetAt(&e.t.Stops[i])
		}
	}
}

func (e *evaluation) lacksWindow(i int) bool {
	stop := &e.t.Stops[i]
	return deadline(stop).IsZero() && stop.Kind != "relay" && e.isAhead(i) && !(firstCome(stop) && e.hours(i) != nil)
}

func (e *evaluation) unsetAt(stop *freight.StopLine) {
	since, due, needed := e.neededFrom()
	level, severity := freight.Waiting, freight.Minor
	if !needed {
		level, severity, since, due = freight.OnPlan, freight.Watched, e.t.FirstAt, later(since, e.t.FirstAt)
	}
	f := freight.Finding{Kind: "appointment.unset", Level: level, Severity: severity, Stop: stop.Seq, Since: since,
		Why:    sentence(work(stop)) + where(stop) + " has no appointment",
		Inputs: inputs("state", string(e.t.State), "threshold", span(e.rules.Unset)),
		Next:   freight.Next{Act: "call", Text: "Ask the facility or the customer for the appointment" + where(stop) + " and its number", Due: due}}
	if told := untold(stop); told != nil {
		f.Why = sentence(work(stop)) + where(stop) + " has an appointment that cannot be placed in time: its zone is not known"
		f.Inputs = append(f.Inputs, inputs("written", told.Note, "windowBy", told.Source.String())...)
		f.Evidence = []freight.ObservationID{told.Observation}
		f.Next = freight.Next{Act: "correct", Text: "Enter the address or the time zone of the stop", Due: due}
	}
	e.add(f, due)
}

// neededFrom is since when every stop should have a window, and by when a person must have seen to it. A load that is only
// planned needs one when its pickup is near; where no pickup has a window that cannot be told.
func (e *evaluation) neededFrom() (since, due time.Time, needed bool) {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Pickup() && !deadline(stop).IsZero() {
			due = opens(stop)
			break
		}
	}
	switch {
	case e.t.State == freight.Planned && due.IsZero():
		return since, due, false
	case e.t.State == freight.Planned:
		since = later(due.Add(-e.rules.Unset), e.t.FirstAt)
		return since, due, e.reached(since)
	}
	return e.t.FirstAt, later(due, e.t.FirstAt), true
}

// opens is the start of a stop's window, its end where only that is known.
func opens(stop *freight.StopLine) time.Time {
	if stop.Window.Start.IsZero() {
		return stop.Window.End
	}
	return stop.Window.Start
}

func firstCome(stop *freight.StopLine) bool {
	return stop.ApptType == "fcfs" || stop.ApptType == "open"
}

// untold is a window that somebody gave but whose instants cannot be told; nil when there is none.
func untold(stop *freight.StopLine) *freight.ToldWindow {
	for i := range stop.WindowsOf {
		if w := &stop.WindowsOf[i]; w.Window.IsZero() && w.Note != "" {
			return w
		}
	}
	return nil
}

// past is appointment.past: a window was already over when it was stated, or a delivery's ends before a pickup's starts.
// The first window that a source gives may be told late; one that moves into the past is a slip at once.
func past(e *evaluation) {
	var loads *freight.StopLine // the pickup before that opens last
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		d := deadline(stop)
		if d.IsZero() {
			continue
		}
		if stop.Delivery() && loads != nil && d.Before(opens(loads).Truncate(time.Minute)) && e.isAhead(i) {
			e.crossed(loads, stop, d)
		} else if len(stop.WindowsOf) > 0 && e.isAhead(i) {
			e.statedLate(stop, d)
		}
		if stop.Pickup() && (loads == nil || opens(stop).After(opens(loads))) {
			loads = stop
		}
	}
}

func (e *evaluation) crossed(pickup, stop *freight.StopLine, d time.Time) {
	since := e.t.FirstAt
	f := freight.Finding{Kind: "appointment.past", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq,
		Why: windowAt(stop) + " ends " + timeline.Stamp(d, stop.Zone) + ", before the pickup window" + where(pickup) + " starts, " +
			timeline.Stamp(opens(pickup), pickup.Zone),
		Inputs: inputs("windowEnd", timeline.Stamp(d, stop.Zone), "windowBy", stop.WindowBy.String(),
			"pickupStart", timeline.Stamp(opens(pickup), pickup.Zone), "pickupBy", pickup.WindowBy.String())}
	for _, s := range [...]*freight.StopLine{pickup, stop} {
		if len(s.WindowsOf) > 0 {
			f.Evidence = append(f.Evidence, s.WindowsOf[0].Observation)
			since = later(since, saidAt(&s.WindowsOf[0].Provenance))
		}
	}
	f.Since = since
	f.Next = freight.Next{Act: "correct", Text: "Ask which of the two appointments is right and correct the other", Due: since}
	e.add(f, since)
}

func (e *evaluation) statedLate(stop *freight.StopLine, d time.Time) {
	w := &stop.WindowsOf[0]
	said, slack := saidAt(&w.Provenance), time.Duration(0)
	if !moved(stop, w) {
		slack = e.rules.PastFirst
	}
	if said.Sub(d) <= slack {
		return
	}
	e.add(freight.Finding{Kind: "appointment.past", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: said,
		Why: windowAt(stop) + " ended " + timeline.Stamp(d, stop.Zone) + " and was stated only " + timeline.Stamp(said, stop.Zone) + " (" +
			w.Source.String() + ")",
		Evidence: []freight.ObservationID{w.Observation},
		Inputs: inputs("windowEnd", timeline.Stamp(d, stop.Zone), "windowBy", w.Source.String(), "windowStated", timeline.Stamp(said, stop.Zone),
			"threshold", span(slack)),
		Next: freight.Next{Act: "correct", Text: "Ask " + w.Source.String() + " for the right appointment" + where(stop) + " and correct it", Due: said},
	}, said)
}

// moved reports whether the source of a window gave another before.
func moved(stop *freight.StopLine, w *freight.ToldWindow) bool {
	for i := range stop.History {
		if h := &stop.History[i]; h.Source == w.Source && !h.Window.IsZero() && h.Window != w.Window && saidAt(&h.Provenance).Before(saidAt(&w.Provenance)) {
			return true
		}
	}
	return false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
