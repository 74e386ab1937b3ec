package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// dwell is dwell.extended and stop.notLoaded: the truck is at a stop whose work is not known to be done, so long after the
// later of its arrival and the start of the window. A truck that positions show elsewhere dwells no more: its departure is
// a missed scan.
func (j *journey) dwell() {
	if !j.at {
		return
	}
	stop := &j.t.Stops[j.to]
	from := later(exact(stop.Arrived), stop.Window.Start)
	if exact(stop.Arrived).IsZero() || stop.Done() {
		return
	}
	long := from.Add(j.rules.Dwell)
	extended := j.reached(long)
	if extended {
		f := j.atStop("dwell.extended", freight.Verify, freight.Minor, long)
		f.Why = "At " + work(stop) + place(stop) + " since " + timeline.Stamp(stop.Arrived.At, stop.Zone) + j.waited(stop, from) +
			" and the work is not known to be done"
		f.Inputs = append(f.Inputs, inputs("threshold", span(j.rules.Dwell))...)
		f.Next.Text = "Ask the driver what holds the truck and when it is out; ask the dock for a door"
		j.add(f, long)
	}
	if due := from.Add(j.rules.NotLoaded); stop.Pickup() && j.reached(due) {
		level, severity := freight.Waiting, freight.Watched
		if extended {
			level, severity = freight.Verify, freight.Minor
		}
		f := j.atStop("stop.notLoaded", level, severity, due)
		f.Why = "At pickup" + place(stop) + " since " + timeline.Stamp(stop.Arrived.At, stop.Zone) + j.waited(stop, from) + " and not loaded"
		f.Inputs = append(f.Inputs, inputs("threshold", span(j.rules.NotLoaded), "sure", span(j.rules.Dwell))...)
		f.Next.Text = "Ask the driver: dock given, loading begun, expected out, anything missing?"
		j.add(f, due)
	}
}

// waited tells the start of the window where the truck came before it.
func (j *journey) waited(stop *freight.StopLine, from time.Time) string {
	if from.Equal(stop.Arrived.At) {
		return ""
	}
	return ", window from " + timeline.Stamp(from, stop.Zone)
}

// atStop is a finding about the time at the stop where the truck is.
func (j *journey) atStop(kind string, level freight.Level, severity freight.Severity, since time.Time) freight.Finding {
	stop := &j.t.Stops[j.to]
	f := freight.Finding{Kind: kind, Level: level, Severity: severity, Stop: stop.Seq, Since: since,
		Inputs: inputs("arrived", timeline.Stamp(stop.Arrived.At, stop.Zone), "arrivedBy", stop.Arrived.Source.String()),
		Next:   freight.Next{Act: "call", Due: since}}
	if !stop.Window.Start.IsZero() {
		f.Inputs = append(f.Inputs, inputs("windowStart", timeline.Stamp(stop.Window.Start, stop.Zone), "windowBy", stop.WindowBy.String())...)
	}
	if len(stop.Arrived.Claims) > 0 {
		f.Evidence = []freight.ObservationID{stop.Arrived.Claims[0].Observation}
	}
	return f
}
