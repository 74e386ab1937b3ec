package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// A lack is why data do not cover a call.
type lack struct {
	why     string
	onlyETA bool
}

// cover says why nobody needs to call: the event asked for is known, somebody of the desk has just spoken with them, or the
// position was fresh when the call fell due (or came since), nothing strange is seen, and D is kept with margin. Freshness
// is counted from the point of the call, not from now, so that what was covered stays covered.
func (e *evaluation) cover(stop *freight.StopLine, due time.Time) (covered string, l lack) {
	c := &e.rules.Cadence
	fresh := due.Add(-c.Fresh)
	if stop.Arrived != nil && due.Before(heardAt(stop.Arrived).Add(c.Worked)) {
		return "Arrived " + timeline.ClockStamp(heardAt(stop.Arrived), stop.Zone) + " (" + stop.Arrived.Source.String() + ")", l
	}
	if a := e.spoke(fresh); a != nil {
		return sentence(stepWords(a.Text)) + " reached " + timeline.ClockStamp(doneBy(a), stop.Zone) + " (" + a.By + ")", l
	}
	if odd := e.odd(stop); odd != "" {
		return "", lack{why: odd}
	}
	holds, eta := e.keeps(stop, due)
	p := e.t.Position
	seen := positionAt(p)
	if seen.Before(fresh) {
		if stop.Arrived == nil && holds && stop.ETA != nil && !stop.ETA.StatedAt.Before(fresh) {
			return eta, l
		}
		return "", lack{why: e.unseen(stop)}
	}
	at := "Position " + timeline.ClockStamp(seen, stop.Zone) + " (" + p.Source.String() + ")"
	switch {
	case stop.Arrived != nil:
		return at + ", nothing says that it left", l
	case !holds:
		return "", lack{why: eta, onlyETA: true}
	}
	return at + "; " + eta, l
}

// positionAt is when the truck was last seen, never later than it was learned: a position of the future covers nothing.
func positionAt(p *freight.Position) time.Time {
	if p == nil {
		return time.Time{}
	}
	if !p.ReceivedAt.IsZero() && p.At.After(p.ReceivedAt) {
		return p.ReceivedAt
	}
	return p.At
}

// spoke is the newest contact since an instant in which somebody was reached who knows of the truck.
func (e *evaluation) spoke(since time.Time) *freight.Act {
	for i := len(e.t.Acts) - 1; i >= 0; i-- {
		if a := &e.t.Acts[i]; a.Fact == freight.FactContact && a.Type == reachedThem && ofCarrier(a.Text) && !doneBy(a).Before(since) {
			return a
		}
	}
	return nil
}

// odd is a finding that says that the truck does not do what it should; a call is due then, however fresh the position.
func (e *evaluation) odd(stop *freight.StopLine) string {
	for i := range e.found {
		f := &e.found[i]
		switch f.Kind {
		case "stop.unscheduled", "route.deviation", "position.falseFresh", "data.speed", "data.future", "eta.late", "appointment.missed", "appointment.missedLate",
			"tracking.lost", "tracking.denied", "carrier.identity", "temperature.excursion":
			return f.Why
		case "dwell.extended", "detention.running", "scan.missed", "scan.order":
			if f.Stop == stop.Seq && f.Severity != freight.Watched {
				return f.Why
			}
		}
	}
	return ""
}

// unseen says since when nothing is known.
func (e *evaluation) unseen(stop *freight.StopLine) string {
	if e.t.Position == nil {
		return "no position is on file"
	}
	return "the last position is of " + timeline.Stamp(positionAt(e.t.Position), stop.Zone)
}

// keeps reports whether D is kept with the margin, and says by what: an ETA that was stated lately, else the miles that
// were left at the last position. A stop without an appointment has nothing to keep.
func (e *evaluation) keeps(stop *freight.StopLine, due time.Time) (holds bool, why string) {
	c, d := &e.rules.Cadence, deadline(stop)
	if d.IsZero() {
		return true, "no appointment to keep"
	}
	if stop.ETA != nil && !stop.ETA.At.IsZero() && !stop.ETA.StatedAt.Before(due.Add(-c.Confirm)) {
		why = "ETA " + timeline.ClockStamp(stop.ETA.At, stop.Zone) + " (" + stop.ETA.Source.String() + ")"
		return spare(stop.ETA.At, d, c.Margin, why, stop.Zone)
	}
	at, miles, ok := e.reckon(stop)
	switch {
	case ok:
		return spare(at, d, c.Margin, number(float64(int(miles)))+" mi to go, there about "+timeline.ClockStamp(at, stop.Zone), stop.Zone)
	case stop.ETA != nil && !stop.ETA.StatedAt.IsZero():
		return false, "the ETA was stated " + timeline.Stamp(stop.ETA.StatedAt, stop.Zone)
	}
	return false, "no ETA is known"
}

// spare says how an arrival stands to D.
func spare(at, d time.Time, margin time.Duration, what, zone string) (bool, string) {
	left := d.Sub(at)
	until := timeline.ClockStamp(d, zone)
	switch {
	case left < 0:
		return false, what + ", after " + until
	case left < margin:
		return false, what + ", only " + span(left) + " before " + until
	}
	return true, what + ", " + span(left) + " before " + until
}

// reckon is the arrival by the miles that were left at the last position: road miles at an average speed, with a rest after
// each full driving time. It is no ETA: only a reason not to call.
func (e *evaluation) reckon(stop *freight.StopLine) (at time.Time, miles float64, ok bool) {
	c, p := &e.rules.Cadence, e.t.Position
	if p == nil || !p.Place.HasPoint() || stop.Lat == 0 && stop.Lon == 0 {
		return at, 0, false
	}
	miles = crowMiles(p.Place.Lat, p.Place.Lon, stop.Lat, stop.Lon) * c.RoadFactor
	drive := time.Duration(miles / c.SpeedMPH * float64(time.Hour))
	rests := drive / c.DriveTime
	return positionAt(p).Add(drive + rests*c.RestTime).Truncate(time.Minute), miles, true
}

// CallCount is what became of the check calls of some loads.
type CallCount struct {
	Due     int // points that fell due
	Covered int // of these, covered by data when they fell due: calls saved
	Later   int // covered by data before anybody called
	Done    int // made, or settled by what came next
	Open    int
}

// CountCalls counts the check calls that fell due from an instant up to, not including, another.
func CountCalls(errands []freight.Errand, from, to time.Time) CallCount {
	var n CallCount
	for i := range errands {
		e := &errands[i]
		if e.Kind != CheckCall && e.Kind != ConfirmETA || e.BeganAt.Before(from) || !e.BeganAt.Before(to) {
			continue
		}
		n.Due++
		switch {
		case e.EndedAt.IsZero():
			n.Open++
		case e.Ended != endedCovered:
			n.Done++
		case e.EndedAt.Equal(e.BeganAt):
			n.Covered++
		default:
			n.Later++
		}
	}
	return n
}
