package kpi

import (
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

// milestones is how much of what the plan asks for is on record, and how soon.
func (b *book) milestones() {
	complete := b.share("milestones.complete", "Milestones on record",
		"Milestones with an actual time and a source, by milestones that the plan of delivered loads asks for: dispatched; of each stop arrived, loaded or unloaded, departed; POP and POD.")
	timely := b.share("milestones.timely", "Milestones told in time", fmt.Sprintf(
		"Milestones that the desk was told of within %d min of happening, by milestones on record with a time of day.", b.def.Timely))
	for _, l := range b.loads {
		_, _, known := delivered(l)
		switch {
		case void(l.State) != "":
			complete.leave(void(l.State), l.row)
			timely.leave(void(l.State), l.row)
			continue
		case !known:
			complete.leave("not delivered", l.row)
			timely.leave("not delivered", l.row)
			continue
		}
		b.milestonesOf(l, complete, timely)
	}
}

func (b *book) milestonesOf(l *Load, complete, timely *tally) {
	count := func(name string, stop int, t freight.TimeFacts) {
		row := func() KPIRow {
			r := l.row()
			r.What, r.Stop, r.Actual, r.Outcome = name, stop, at(t.At, ""), string(t.By)
			return r
		}
		complete.hit(t.Known(), row)
		switch {
		case !t.Known():
			timely.leave("not on record", row)
		case t.At.IsZero():
			timely.leave("no time of day", row)
		default:
			timely.hit(t.Told.Sub(t.At) <= time.Duration(b.def.Timely)*time.Minute, row)
		}
	}
	count("dispatched", 0, l.Dispatched)
	for i := range l.Stops {
		s := &l.Stops[i]
		count("arrived", s.Seq, s.Arrived)
		if isPickup(s) {
			count("loaded", s.Seq, s.Loaded)
		}
		if isDelivery(s) {
			count("unloaded", s.Seq, s.Unloaded)
		}
		count("departed", s.Seq, s.Departed)
	}
	for _, p := range []struct {
		name string
		is   freight.PaperFacts
	}{{"POP", l.POP}, {"POD", l.POD}} {
		complete.hit(p.is.State == freight.PaperReceived || p.is.State == freight.PaperVerified, func() KPIRow {
			r := l.row()
			r.What, r.Outcome = p.name, string(p.is.State)
			return r
		})
	}
}
