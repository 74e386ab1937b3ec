package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// paper looks for the POD of a delivered load: paper.podMissing is waited for from 30 min after delivery and to be checked
// after 24 h; a POD that was refused is paper.podProblem at once.
func paper(e *evaluation) {
	if e.t.State != freight.Delivered {
		return
	}
	delivered := e.deliveredAt()
	f := freight.Finding{Kind: "paper.podMissing", Inputs: inputs("delivered", timeline.Stamp(delivered, e.zone()),
		"watch", span(e.rules.PaperWatch), "sure", span(e.rules.PaperSure))}
	if e.t.Papers[freight.POD] == freight.PaperException {
		f.Kind, f.Level, f.Severity, f.Since = "paper.podProblem", freight.Verify, freight.Minor, delivered
		f.Why = "Delivered " + timeline.Stamp(delivered, e.zone()) + " and the POD was refused"
		e.add(f, delivered)
		return
	}
	f.Why = "Delivered " + timeline.Stamp(delivered, e.zone()) + " and no POD is on file"
	switch watch, sure := delivered.Add(e.rules.PaperWatch), delivered.Add(e.rules.PaperSure); {
	case e.reached(sure):
		f.Level, f.Severity, f.Since = freight.Verify, freight.Minor, watch
		e.add(f, sure)
	case e.reached(watch):
		f.Level, f.Severity, f.Since = freight.Waiting, freight.Watched, watch
		e.add(f, sure)
	}
}

// deliveredAt is when the last delivery was done; when no time is known, the last word on the load.
func (e *evaluation) deliveredAt() time.Time {
	var last time.Time
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		if !stop.Delivery() {
			continue
		}
		if at := doneAt(stop); at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return e.t.LastAt
	}
	return last
}

// doneAt is the first instant at which a delivery is known to be done; zero when only its words are known.
func doneAt(stop *freight.StopLine) time.Time {
	var first time.Time
	for _, k := range [...]*freight.KnownTime{stop.Delivered, stop.Unloaded, stop.Departed} {
		if k != nil && !k.At.IsZero() && (first.IsZero() || k.At.Before(first)) {
			first = k.At
		}
	}
	return first
}
