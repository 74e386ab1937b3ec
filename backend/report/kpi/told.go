package kpi

import "time"

// told is whether customers heard of a miss before it was one.
func (b *book) told() {
	t := b.share("proactive", "Proactive rate",
		"Misses of which somebody of the desk told the customer (a call that reached them or a message sent, on record on the load) in the 24 h before the due time, by misses: stops late against the current window, or overdue as of the report. Whether the customer had asked before is not on record.")
	for _, p := range b.stops {
		if !isPickup(p.s) && !isDelivery(p.s) {
			continue
		}
		j := b.def.Judge(p.l.State, p.s, p.s.Window, b.in.AsOf)
		if j.Outcome != Late && j.Cause != Overdue {
			continue
		}
		row := func() KPIRow { return p.against(b.def, p.s.Window, j) }
		if p.s.Window.End.IsZero() {
			t.leave("due time without a zone", row)
			continue
		}
		t.hit(toldBefore(p.l, p.s.Window.End), row)
	}
}

// ahead is how long before the due time word to the customer still speaks of the miss.
const ahead = 24 * time.Hour

func toldBefore(l *Load, due time.Time) bool {
	for _, at := range l.Told {
		if !at.After(due) && due.Sub(at) <= ahead {
			return true
		}
	}
	return false
}
