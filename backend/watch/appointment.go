package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// appointment holds every stop against the end D of its accepted window. While no arrival is known: appointment.near
// from D - 75 min, appointment.missed from D + 1 min. Until the work is known to be done, arrival or not:
// appointment.missedLate from D + 105 min, also when the load went on. Known is an event at that stop from any source,
// never a position or a status word.
func appointment(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		d := deadline(stop)
		if d.IsZero() || stop.Done() {
			continue
		}
		switch {
		case e.reached(d.Add(e.rules.MissedLate)):
			e.missedLate(i, d)
		case stop.Arrived != nil:
		case e.reached(d.Add(e.rules.Missed)):
			e.missed(i, d)
		case e.reached(d.Add(-e.rules.Near)):
			e.near(i, d)
		}
	}
}

func (e *evaluation) near(i int, d time.Time) {
	stop := &e.t.Stops[i]
	e.ofWindow(i, freight.Finding{
		Kind: "appointment.near", Level: freight.AtRisk, Severity: freight.Watched, Since: d.Add(-e.rules.Near),
		Why:  windowAt(stop) + " ends " + timeline.Stamp(d, stop.Zone) + " and no arrival is known",
		Next: freight.Next{Act: "call", Text: "Ask the driver where the truck is and for the ETA" + where(stop)},
	}, d, e.rules.Near)
}

func (e *evaluation) missed(i int, d time.Time) {
	stop := &e.t.Stops[i]
	since := d.Add(e.rules.Missed)
	e.ofWindow(i, freight.Finding{
		Kind: "appointment.missed", Level: freight.ActNow, Severity: freight.Major, Since: since,
		Why:  windowAt(stop) + " ended " + timeline.Stamp(d, stop.Zone) + " and no arrival is known",
		Next: freight.Next{Act: "call", Text: "Ask the driver, then the dispatcher, whether the truck is" + where(stop) + ", since when or for when, and why; then tell the customer"},
	}, since, e.rules.Missed)
}

func (e *evaluation) missedLate(i int, d time.Time) {
	stop := &e.t.Stops[i]
	since := d.Add(e.rules.MissedLate)
	f := freight.Finding{Kind: "appointment.missedLate", Level: freight.ActNow, Severity: freight.Critical, Since: since,
		Why: windowAt(stop) + " ended " + timeline.Stamp(d, stop.Zone)}
	if stop.Arrived == nil {
		f.Why += " and neither arrival nor completion is known"
		f.Next = freight.Next{Act: "call", Text: "Ask the dispatcher where the truck is and whether the stop" + where(stop) + " can still be kept; agree a new appointment and tell the customer"}
	} else {
		f.Level = freight.AtRisk
		f.Why += ", arrival is known but not that the work is done"
		f.Next = freight.Next{Act: "call", Text: "Ask whether the work" + where(stop) + " is done, since when, and what holds the truck"}
	}
	e.ofWindow(i, f, since, e.rules.MissedLate)
}

// ofWindow files a finding about the window of stop i. Where a later stop has events the truck was there: what is missing
// is the word, not the truck.
func (e *evaluation) ofWindow(i int, f freight.Finding, due time.Time, threshold time.Duration) {
	stop := &e.t.Stops[i]
	if e.workedLater(i) {
		f.Level, f.Severity = freight.Verify, freight.Minor
		f.Why += ", though a later stop has events"
		f.Next = freight.Next{Act: "call", Text: "Ask the carrier for the times in and out" + where(stop) + " and enter them"}
	}
	f.Stop = stop.Seq
	f.Next.Due = due
	f.Inputs = inputs("windowEnd", timeline.Stamp(stop.Window.End, stop.Zone), "windowBy", stop.WindowBy.String(), "threshold", span(threshold))
	if len(stop.WindowsOf) > 0 {
		f.Inputs = append(f.Inputs, freight.Input{Name: "windowStated", Value: timeline.Stamp(saidAt(&stop.WindowsOf[0].Provenance), stop.Zone)})
		f.Evidence = append(f.Evidence, stop.WindowsOf[0].Observation)
	}
	if stop.Arrived != nil {
		f.Evidence = append(f.Evidence, stop.Arrived.Claims[0].Observation)
	}
	e.add(f, due)
}

// workedLater reports whether a stop after i has events.
func (e *evaluation) workedLater(i int) bool {
	for j := i + 1; j < len(e.t.Stops); j++ {
		if stop := &e.t.Stops[j]; stop.Arrived != nil || stop.Done() {
			return true
		}
	}
	return false
}

// isAhead reports whether the truck has yet to come to stop i, as far as events tell.
func (e *evaluation) isAhead(i int) bool {
	stop := &e.t.Stops[i]
	return stop.Arrived == nil && !stop.Done() && !e.workedLater(i)
}

// saidAt is when a word was said: when it was stated, never later than it was received.
func saidAt(p *freight.Provenance) time.Time {
	if p.StatedAt.IsZero() || !p.ReceivedAt.IsZero() && p.StatedAt.After(p.ReceivedAt) {
		return p.ReceivedAt
	}
	return p.StatedAt
}
