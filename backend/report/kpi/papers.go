package kpi

import (
	"time"

	"tracedesk/backend/freight"
)

// PODOpen is the cause of a delivered load whose POD nobody has verified.
const PODOpen = "POD not verified yet"

// Delivered is when a load left its last delivery, else was handed over there, in the stop's zone; nil where no time is known.
func Delivered(l *Load) *time.Time {
	t, zone, _ := delivered(l)
	return at(t, zone)
}

// papers is how soon proof of delivery is checked, and with it the file to bill by.
func (b *book) papers() {
	from := "From departure at the last delivery, else from the handover, to the instant at which the POD was verified. "
	cycle := b.pair("pod.cycle", "POD cycle", from+"Delivered loads whose POD is verified.")
	day := b.share("pod.within24h", "POD within 24 h", from+"Verified within 24 h, by delivered loads for which 24 h have passed or the POD is verified.")
	two := b.share("pod.within48h", "POD within 48 h", from+"Verified within 48 h, by delivered loads for which 48 h have passed or the POD is verified.")
	clean := b.share("pod.clean", "Clean POD", "Verified PODs of which no version was rejected, by verified PODs.")
	bill := b.share("invoice.ready", "Invoice-ready", "Loads whose POP and POD were both verified within 24 h of delivery, by delivered loads for which 24 h have passed or both are verified.")
	for _, l := range b.loads {
		at, _, known := delivered(l)
		cause := ""
		switch {
		case void(l.State) != "":
			cause = void(l.State)
		case !known:
			cause = "not delivered"
		case at.IsZero():
			cause = "time of delivery not known"
		}
		if cause != "" {
			cycle.leave(cause, l.row)
			for _, t := range [...]*tally{day, two, clean, bill} {
				t.leave(cause, l.row)
			}
			continue
		}
		b.cycleOf(l, at, cycle, clean)
		within(day, l, at, 24*time.Hour, b.in.AsOf, l.POD)
		within(two, l, at, 48*time.Hour, b.in.AsOf, l.POD)
		within(bill, l, at, 24*time.Hour, b.in.AsOf, l.POP, l.POD)
	}
}

func (b *book) cycleOf(l *Load, delivered time.Time, cycle pair, clean *tally) {
	switch {
	case l.POD.State != freight.PaperVerified:
		cycle.leave(PODOpen, l.row)
		clean.leave(PODOpen, l.row)
		return
	case l.POD.Verified.IsZero():
		cycle.leave("time of verification not known", l.row)
	default:
		cycle.measure(max(0, l.POD.Verified.Sub(delivered)), l.row)
	}
	clean.hit(l.POD.Rejected == 0, l.row)
}

// within counts a load whose papers were all verified within a limit of an instant.
func within(t *tally, l *Load, from time.Time, limit time.Duration, asOf time.Time, papers ...freight.PaperFacts) {
	var last time.Time
	all := true
	for _, p := range papers {
		switch {
		case p.State != freight.PaperVerified:
			all = false
		case p.Verified.IsZero():
			t.leave("time of verification not known", l.row)
			return
		case p.Verified.After(last):
			last = p.Verified
		}
	}
	switch {
	case all:
		t.hit(last.Sub(from) <= limit, l.row)
	case asOf.Sub(from) <= limit:
		t.leave("still in time", l.row)
	default:
		t.hit(false, l.row)
	}
}
