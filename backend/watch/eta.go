package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// lateETA is eta.late: the accepted stated ETA of a stop ahead lies after the end of its window. Below 30 min it is
// watched, from 30 min at risk, from 2 h a person must act.
func lateETA(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		d := deadline(stop)
		if d.IsZero() || stop.ETA == nil || stop.ETA.At.IsZero() || !e.isAhead(i) {
			continue
		}
		late := stop.ETA.At.Truncate(time.Minute).Sub(d)
		if late <= 0 {
			continue
		}
		level, severity := e.lateness(late)
		e.add(freight.Finding{
			Kind: "eta.late", Level: level, Severity: severity, Stop: stop.Seq, Since: stop.ETA.StatedAt,
			Why: span(late) + " late" + where(stop) + ": ETA " + timeline.Stamp(stop.ETA.At, stop.Zone) + " (" + stop.ETA.Source.String() +
				"), window ends " + timeline.Stamp(d, stop.Zone),
			Evidence: []freight.ObservationID{stop.ETA.Claims[0].Observation},
			Inputs: inputs("eta", timeline.Stamp(stop.ETA.At, stop.Zone), "etaBy", stop.ETA.Source.String(),
				"etaStated", timeline.Stamp(stop.ETA.StatedAt, stop.Zone), "windowEnd", timeline.Stamp(d, stop.Zone),
				"minor", span(e.rules.ETAMinor), "major", span(e.rules.ETAMajor), "critical", span(e.rules.ETACritical)),
			Next: freight.Next{Act: "call", Text: lateAct(severity) + where(stop), Due: d},
		}, d)
	}
}

func (e *evaluation) lateness(late time.Duration) (freight.Level, freight.Severity) {
	switch {
	case late >= e.rules.ETACritical:
		return freight.ActNow, freight.Critical
	case late >= e.rules.ETAMajor:
		return freight.ActNow, freight.Major
	case late >= e.rules.ETAMinor:
		return freight.AtRisk, freight.Minor
	}
	return freight.Waiting, freight.Watched
}

// lateAct is what to do about an ETA after the window, up to the place.
func lateAct(s freight.Severity) string {
	switch s {
	case freight.Watched:
		return "Ask the driver whether the window can still be kept"
	case freight.Minor:
		return "Ask the driver for the cause and a firm ETA, then tell the customer and the dock"
	}
	return "Ask the dispatcher for the cause and a firm ETA, agree a new appointment and tell the customer"
}

// where is " at Dallas, TX"; empty when the place is not known.
func where(stop *freight.StopLine) string {
	if p := place(stop); p != "" {
		return " at" + p
	}
	return ""
}
