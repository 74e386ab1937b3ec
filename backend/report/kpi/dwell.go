package kpi

import (
	"fmt"
	"math"
	"time"

	"tracedesk/backend/freight"
)

// dwell is how long trucks stood at stops, and what of it is detention.
func (b *book) dwell() {
	d := b.def
	words := "Departure less arrival, of stops where both are known with a time of day."
	pickup := b.pair("dwell.pickup", "Dwell at pickups", words)
	delivery := b.pair("dwell.delivery", "Dwell at deliveries", words)
	clock := d.clockWords()
	part := b.share("detention.share", "Stops with detention", clock+" Stops with time beyond it, by stops where arrival and departure are known.")
	each := b.figure("detention.minutes", "Detention, mean of detained stops", Minutes, mean, clock+" Minutes beyond it, mean over stops that have any.")
	money := b.figure("detention.usd", "Detention, money", USD, total, fmt.Sprintf("%s Each quarter hour begun at %.2f USD an hour, sum; what the rules give, not what was approved.", clock, d.RateUSD))
	warned := b.share("detention.notified", "Detention told in time", clock+" Stops with detention where somebody told the customer after the arrival and before free time ended, by stops with detention.")
	for _, p := range b.stops {
		of := delivery
		switch {
		case isPickup(p.s):
			of = pickup
		case !isDelivery(p.s):
			continue
		}
		if cause := stood(p); cause != "" {
			of.leave(cause, p.row)
			part.leave(cause, p.row)
			continue
		}
		of.measure(p.s.Departed.At.Sub(p.s.Arrived.At), p.row)
		end, over, forfeit := b.detention(p.s)
		if forfeit {
			part.leave("arrived after the window, detention forfeited", p.row)
			continue
		}
		row := func() KPIRow {
			r := p.row()
			r.Due, r.Actual = at(end, p.s.Zone), at(p.s.Departed.At, p.s.Zone)
			return r
		}
		part.hit(over > 0, row)
		if over > 0 {
			each.measure(over.Minutes(), row)
			money.measure(math.Ceil(over.Minutes()/15)*d.RateUSD/4, row)
			warned.hit(toldBetween(p.l, p.s.Arrived.At, end), row)
		}
	}
}

func stood(p stopOf) string {
	switch {
	case void(p.l.State) != "":
		return void(p.l.State)
	case p.s.Arrived.At.IsZero():
		return "no arrival time"
	case p.s.Departed.At.IsZero():
		return "no departure time"
	case p.s.Departed.At.Before(p.s.Arrived.At):
		return "departed before it arrived"
	}
	return ""
}

// detention is when free time ended, and how much later the truck left. forfeit says that it came too late to have any.
func (b *book) detention(s *freight.StopFacts) (end time.Time, over time.Duration, forfeit bool) {
	d, arrived, opens := b.def, s.Arrived.At, s.Window.Start
	if opens.IsZero() {
		opens = s.Window.End
	}
	from := arrived
	switch {
	case opens.IsZero() || s.Window.LastDay != 0: // nothing to wait for but the day itself
	case d.DetentionClock == "appointment", d.DetentionClock == "later" && opens.After(arrived):
		from = opens
	}
	free := time.Duration(d.FreeMinutes) * time.Minute
	if own := b.in.FreeTimes[s.Facility]; own > 0 {
		free = time.Duration(own) * time.Minute
	}
	end = from.Add(free)
	late := !s.Window.End.IsZero() && arrived.Truncate(time.Minute).After(s.Window.End)
	return end, max(0, s.Departed.At.Sub(end)), late && d.LateForfeits
}

func (d *Definition) clockWords() string {
	from := "the arrival"
	switch d.DetentionClock {
	case "appointment":
		from = "the start of the window"
	case "later":
		from = "the arrival or the start of the window, whichever is later"
	}
	text := fmt.Sprintf("Free time of %d min (the facility's own where on file) counts from %s.", d.FreeMinutes, from)
	if d.LateForfeits {
		text += " Who arrives after the window has no detention."
	}
	return text
}

func toldBetween(l *Load, from, to time.Time) bool {
	for _, at := range l.Told {
		if !at.Before(from) && !at.After(to) {
			return true
		}
	}
	return false
}
