package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// appointment holds every stop against the end D of its accepted window. While no arrival is known: appointment.near
// from D - 75 min, appointment.missed from D + 1 min. Until the work is known to be done, arrival or not:
// appointment.missedLate from D + 105 min. Known is an event at that stop from any source, never a position or a status word.
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
			e.appointmentFinding(i, "appointment.missed", freight.ActNow, freight.Major, d.Add(e.rules.Missed), d.Add(e.rules.Missed),
				windowAt(stop)+" ended "+timeline.Stamp(d, stop.Zone)+" and no arrival is known", e.rules.Missed)
		case e.reached(d.Add(-e.rules.Near)):
			e.appointmentFinding(i, "appointment.near", freight.AtRisk, freight.Watched, d.Add(-e.rules.Near), d,
				windowAt(stop)+" ends "+timeline.Stamp(d, stop.Zone)+" and no arrival is known", e.rules.Near)
		}
	}
}

func (e *evaluation) missedLate(i int, d time.Time) {
	stop := &e.t.Stops[i]
	since := d.Add(e.rules.MissedLate)
	why := windowAt(stop) + " ended " + timeline.Stamp(d, stop.Zone)
	level := freight.ActNow
	switch {
	case e.workedLater(i):
		// The truck was at a later stop: what is missing is the word, not the truck.
		level = freight.Verify
		why += ", a later stop has events and nothing says that this one is done"
	case stop.Arrived != nil:
		level = freight.AtRisk
		why += ", arrival is known but not that the work is done"
	default:
		why += " and neither arrival nor completion is known"
	}
	e.appointmentFinding(i, "appointment.missedLate", level, freight.Critical, since, since, why, e.rules.MissedLate)
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

func (e *evaluation) appointmentFinding(i int, kind string, level freight.Level, severity freight.Severity, since, due time.Time, why string, threshold time.Duration) {
	stop := &e.t.Stops[i]
	f := freight.Finding{Kind: kind, Level: level, Severity: severity, Stop: stop.Seq, Since: since, Why: why,
		Inputs: inputs("windowEnd", timeline.Stamp(stop.Window.End, stop.Zone), "windowBy", stop.WindowBy.String(), "threshold", span(threshold))}
	if len(stop.WindowsOf) > 0 {
		f.Evidence = append(f.Evidence, stop.WindowsOf[0].Observation)
	}
	if stop.Arrived != nil {
		f.Evidence = append(f.Evidence, stop.Arrived.Claims[0].Observation)
	}
	e.add(f, due)
}
