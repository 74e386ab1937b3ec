package watch

import (
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// When the clock of detention starts.
const (
	clockArrival     = "arrival"
	clockAppointment = "appointment"
)

// detention is detention.running: free time is over and the truck is not loaded or unloaded; watched so long before free
// time ends, since whoever pays must know before. It ends with the work or the departure. No sentence tells the amount that
// has run up, since it grows: the rate and the instant from which it counts are told.
func (j *journey) detention() {
	if !j.at {
		return
	}
	stop := &j.t.Stops[j.to]
	start := j.clockStart(stop)
	if start.IsZero() || stop.Done() || stop.Kind == "relay" {
		return
	}
	free, by := j.freeTime()
	end := start.Add(free)
	forfeit := j.rules.LateForfeits && cameLate(stop)
	switch {
	case j.reached(end):
		j.meter(stop, start, end, free, by, forfeit)
	case !forfeit && j.reached(later(end.Add(-j.rules.DetentionWarn), stop.Arrived.At)):
		j.warn(stop, end, free, by)
	}
}

// clockStart is when free time begins at the stop where the truck is; zero when its arrival is not known to the minute.
func (j *journey) clockStart(stop *freight.StopLine) time.Time {
	arrived := exact(stop.Arrived)
	if arrived.IsZero() {
		return arrived
	}
	switch {
	case j.rules.DetentionClock == clockArrival || stop.Window.IsZero():
		return arrived
	case j.rules.DetentionClock == clockAppointment:
		return opens(stop)
	}
	return later(arrived, stop.Window.Start)
}

// cameLate reports whether the truck came after the window, to the minute.
func cameLate(stop *freight.StopLine) bool {
	d := deadline(stop)
	return !d.IsZero() && exact(stop.Arrived).Truncate(time.Minute).After(d)
}

// freeTime is the facility's, else that of the settings, and who says so.
func (j *journey) freeTime() (free time.Duration, by string) {
	if i := j.to; i < len(j.around.Facilities) && j.around.Facilities[i] != nil && j.around.Facilities[i].FreeTime > 0 {
		return j.around.Facilities[i].FreeTime, "facility"
	}
	return j.rules.FreeTime, "settings"
}

func (j *journey) meter(stop *freight.StopLine, start, end time.Time, free time.Duration, by string, forfeit bool) {
	f := j.atStop("detention.running", freight.Verify, freight.Minor, end)
	f.Why = "Free time" + where(stop) + " ended " + timeline.Stamp(end, stop.Zone) + " and the truck is still there"
	f.Next.Text = "Ask the dock for a door; tell the customer that detention runs and ask for approval; have the driver get times in and out signed"
	if forfeit {
		f.Level, f.Severity = freight.Waiting, freight.Watched
		f.Why += "; it came after the window, which usually forfeits detention"
		f.Next.Text = "Ask the dock when the truck is out; check the rate confirmation before any detention is promised"
	}
	f.Inputs = append(f.Inputs, j.clockInputs(stop, start, end, free, by)...)
	f.Inputs = append(f.Inputs, freight.Input{Name: "lateForfeits", Value: yesNo(forfeit)})
	j.add(f, end)
}

func (j *journey) warn(stop *freight.StopLine, end time.Time, free time.Duration, by string) {
	since := later(end.Add(-j.rules.DetentionWarn), stop.Arrived.At)
	f := j.atStop("detention.running", freight.Waiting, freight.Watched, since)
	f.Why = "Free time" + where(stop) + " ends " + timeline.Stamp(end, stop.Zone) + " and the work is not known to be done"
	f.Next.Text, f.Next.Due = "Tell the facility when free time ends and ask for a door; tell the customer before it ends", end
	f.Inputs = append(f.Inputs, j.clockInputs(stop, end.Add(-free), end, free, by)...)
	f.Inputs = append(f.Inputs, freight.Input{Name: "warning", Value: span(j.rules.DetentionWarn)})
	j.add(f, end)
}

func (j *journey) clockInputs(stop *freight.StopLine, start, end time.Time, free time.Duration, by string) []freight.Input {
	return inputs("clock", j.rules.DetentionClock, "clockStart", timeline.Stamp(start, stop.Zone), "freeTime", span(free), "freeTimeBy", by,
		"amountFrom", timeline.Stamp(end, stop.Zone), "rate", strconv.FormatFloat(j.rules.DetentionRate, 'f', -1, 64)+" USD an hour, each quarter hour begun")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
