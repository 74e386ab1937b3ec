package kpi

import "math"

// inFull is OTIF, in units and in stops.
func (b *book) inFull() {
	words := "Units counted at the stop by a paper, the facility, the driver or the desk, no more than ordered, of a delivery that arrived inside its current window (not before its start), by units ordered as the TMS or the customer has them. Stops where nobody counted are left out."
	units := b.share("otif", "On time in full, units", words)
	units.nothing = "nobody counted units at a delivery"
	stops := b.share("otif.stops", "On time in full, stops", "Deliveries inside the current window with at least what was ordered, by deliveries. "+words)
	stops.nothing = units.nothing
	inside := *b.def
	inside.EarlyFails = true
	for _, p := range b.stops {
		if !isDelivery(p.s) {
			continue
		}
		j := inside.Judge(p.l.State, p.s, p.s.Window, b.in.AsOf)
		row := func() KPIRow {
			r := p.against(&inside, p.s.Window, j)
			r.Value = nil
			if p.s.Counted {
				r.Value = ptr(p.s.Received)
			}
			return r
		}
		cause := j.Cause
		switch {
		case cause != "":
		case p.s.Ordered <= 0:
			cause = "units ordered not told"
		case !p.s.Counted:
			cause = "units received not counted"
		}
		if cause != "" {
			units.leave(cause, row)
			stops.leave(cause, row)
			continue
		}
		got := 0.0
		if j.Outcome == OnTime {
			got = math.Min(p.s.Received, p.s.Ordered)
		}
		units.weigh(got, p.s.Ordered, row)
		stops.hit(j.Outcome == OnTime && p.s.Received >= p.s.Ordered, row)
	}
}
