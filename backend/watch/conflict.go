package watch

import (
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// conflict is source.conflict: two sources put the same event at a stop more than an hour apart. Days without a time
// contradict nothing here.
func conflict(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		for _, known := range [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
			if known != nil {
				e.conflictIn(stop, known)
			}
		}
	}
}

func (e *evaluation) conflictIn(stop *freight.StopLine, known *freight.KnownTime) {
	var first, last *freight.ToldTime
	for i := range known.Claims {
		c := &known.Claims[i]
		if c.At.IsZero() || c.DayOnly {
			continue
		}
		if first == nil || c.At.Before(first.At) {
			first = c
		}
		if last == nil || c.At.After(last.At) {
			last = c
		}
	}
	if first == nil || last.At.Sub(first.At) <= e.rules.Conflict {
		return
	}
	since := first.ReceivedAt
	if last.ReceivedAt.After(since) {
		since = last.ReceivedAt
	}
	word := strings.ReplaceAll(string(known.Fact), "_", " ")
	e.addOf(string(known.Fact), freight.Finding{
		Kind: "source.conflict", Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq, Since: since,
		Why: "Sources disagree on " + word + place(stop) + ": " + first.Source.String() + " says " + timeline.Stamp(first.At, stop.Zone) + ", " +
			last.Source.String() + " says " + timeline.Stamp(last.At, stop.Zone),
		Evidence: []freight.ObservationID{first.Observation, last.Observation},
		Inputs:   inputs("field", string(known.Fact), "threshold", span(e.rules.Conflict), "apart", span(last.At.Sub(first.At))),
	}, since)
}
