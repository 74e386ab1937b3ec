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
	clock := d.ClockWords()
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
		stay := d.Detention(p.s, b.in.FreeTimes)
		end, over := stay.From.Add(stay.Free), stay.Over
		if stay.Forfeit {
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
			money.measure(stay.USD(d), row)
			warned.hit(toldBetween(p.l, p.s.Arrived.At, end), row)
		}
	}
}

func stood(p stopOf) string {
	if cause := void(p.l.State); cause != "" {
		return cause
	}
	return stoodAt(p.s)
}

// stoodAt is why the time at a stop cannot be told; "" when it can.
func stoodAt(s *freight.StopFacts) string {
	switch {
	case s.Arrived.At.IsZero():
		return "no arrival time"
	case s.Departed.At.IsZero():
		return "no departure time"
	case s.Departed.At.Before(s.Arrived.At):
		return "departed before it arrived"
	}
	return ""
}

// Detention is the arithmetic of the time at one stop.
type Detention struct {
	Cause         string // why it cannot be counted; the rest is empty then
	Arrived, Left time.Time
	From          time.Time // when free time began to count
	Free          time.Duration
	FreeOf        string        // whose free time it is
	Over          time.Duration // beyond free time
	Forfeit       bool          // arrived too late to have any
}

// USD is what the time beyond free time costs: each quarter hour begun.
func (t Detention) USD(d *Definition) float64 {
	return math.Ceil(t.Over.Minutes()/15) * d.RateUSD / 4
}

// Detention counts the time at a stop; free times are by facility, in minutes, where on file.
func (d *Definition) Detention(s *freight.StopFacts, freeTimes map[string]int) Detention {
	t := Detention{Arrived: s.Arrived.At, Left: s.Departed.At, Cause: stoodAt(s)}
	if t.Cause != "" {
		return Detention{Cause: t.Cause}
	}
	opens := s.Window.Start
	if opens.IsZero() {
		opens = s.Window.End
	}
	t.From = t.Arrived
	switch {
	case opens.IsZero() || s.Window.LastDay != 0: // nothing to wait for but the day itself
	case d.DetentionClock == "appointment", d.DetentionClock == "later" && opens.After(t.Arrived):
		t.From = opens
	}
	t.Free, t.FreeOf = time.Duration(d.FreeMinutes)*time.Minute, "the desk's rule"
	if own := freeTimes[s.Facility]; own > 0 {
		t.Free, t.FreeOf = time.Duration(own)*time.Minute, "the facility's own"
	}
	late := !s.Window.End.IsZero() && t.Arrived.Truncate(time.Minute).After(s.Window.End)
	t.Over, t.Forfeit = max(0, t.Left.Sub(t.From.Add(t.Free))), late && d.LateForfeits
	return t
}

// ClockWords say from when free time counts.
func (d *Definition) ClockWords() string {
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
