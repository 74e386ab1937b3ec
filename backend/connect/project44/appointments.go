package project44

import (
	"fmt"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// project44 judges early and late against the appointment as it stands there now, and an edit there silently moves what late
// means. So its windows are read as its word of now, with their history kept, and what the desk first agreed is never taken from it.

const asOfNow = "as project44 has it now"

// planned tells an event's plan: of an arrival the stop's window, of anything else a word.
func (r *reader) planned(o *freight.Observation, t *told) {
	start := r.when(t.piece, t.where, "plannedDateTime", t.Planned)
	end := r.when(t.piece, t.where, "plannedEndDateTime", t.PlannedEnd)
	if start.IsZero() && end.IsZero() {
		return
	}
	c := freight.Claim{Subject: r.stop(t.StopID, wire.Number{}), Fact: freight.FactOther, Value: freight.Value{Type: "planned " + t.Type.String(), Text: wire.Joined(" to ", start.String(), end.String())}}
	if t.means.Fact == freight.FactArrived && c.Subject.Kind == freight.OfStop {
		c.Fact, c.Value = freight.FactWindow, freight.Value{Start: start, End: end, Type: "appointment", Note: asOfNow}
	}
	o.Claims = append(o.Claims, c)
}

// window tells a truckload stop's appointment: local times, with the zone's name where it is told.
func (r *reader) window(o *freight.Observation, subject freight.Subject, w *window, p wire.Piece, where string) {
	if w == nil {
		return
	}
	start, end := r.when(p, where, "appointmentWindow.startDateTime", w.Start), r.when(p, where, "appointmentWindow.endDateTime", w.End)
	if start.IsZero() && end.IsZero() {
		return
	}
	start, end = inZone(start, w.Zone.String()), inZone(end, w.Zone.String())
	o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactWindow, Value: freight.Value{Start: start, End: end, Type: "appointment", Note: asOfNow}})
}

// inZone puts a wall clock time into the zone told beside it; one that is unknown leaves it local to the stop.
func inZone(w freight.When, zone string) freight.When {
	if w.Basis != freight.Local || zone == "" {
		return w
	}
	if _, err := freight.Location(zone); err == nil {
		w.Basis, w.Zone = freight.InZone, zone
	}
	return w
}

// localLayout is how project44 wants an appointment: the stop's own clock, without an offset.
const localLayout = "2006-01-02T15:04:05"

// appointmentOf is a stop's window as project44 takes it.
func appointmentOf(seq int, w freight.Window, zone string) (*wireWindow, error) {
	if w.Start.IsZero() && w.End.IsZero() {
		return nil, fmt.Errorf("%w: stop %d has no appointment yet, and project44 takes no stop without one", connect.ErrLacks, seq)
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return nil, fmt.Errorf("%w: the time zone of stop %d is not known; project44 takes the stop's local time. Complete its address", connect.ErrLacks, seq)
	}
	start, end := w.Start, w.End
	if start.IsZero() {
		start = end
	}
	if end.IsZero() {
		end = start
	}
	return &wireWindow{Start: written(start, loc), End: written(end, loc)}, nil
}

func written(t time.Time, loc *time.Location) string { return t.In(loc).Format(localLayout) }
