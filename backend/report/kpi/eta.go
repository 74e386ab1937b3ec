package kpi

import (
	"fmt"
	"math"
	"time"

	"tracedesk/backend/freight"
)

// hoursOut are how long before the arrival stated arrival times are looked at.
var hoursOut = [...]int{24, 12, 6, 2, 1}

// etaWindows are the errors, in minutes, of which the share within is told.
var etaWindows = [...]int{15, 30, 60, 120}

// noForecast is why nothing can be said about bands.
const noForecast = "no forecast stated a band"

// etas is how true stated arrival times were. The one looked at is the last that was stated so many hours before the actual
// arrival or earlier.
func (b *book) etas() {
	for _, h := range hoursOut {
		b.accuracy(fmt.Sprintf("eta.%dh", h), fmt.Sprintf("ETA %d h out", h),
			fmt.Sprintf("The last arrival time stated %d h or more before the actual arrival. Error is stated less actual. Stops with an arrival to the minute.", h), time.Duration(h)*time.Hour)
	}
	b.accuracy("eta.last", "Last ETA", "The last arrival time stated before the actual arrival. Error is stated less actual. Stops with an arrival to the minute.", 0)
	band := b.share("eta.band", "ETA band coverage", "Actual arrivals inside the 80 % band last stated 2 h or more before, by stops with such a band.")
	band.nothing = noForecast
	for _, p := range b.stops {
		if p.s.Arrived.At.IsZero() || void(p.l.State) != "" {
			continue
		}
		e := statedBefore(p.s, 2*time.Hour)
		if e == nil || e.Low.IsZero() || e.High.IsZero() {
			band.leave(noForecast, p.row)
			continue
		}
		band.hit(!p.s.Arrived.At.Before(e.Low) && !p.s.Arrived.At.After(e.High), p.row)
	}
}

func (b *book) accuracy(name, title, words string, out time.Duration) {
	off := b.figure(name+".mae", title+": mean absolute error", Minutes, mean, words)
	bias := b.figure(name+".bias", title+": mean error", Minutes, mean, words+" Above zero: arrived earlier than stated.")
	off.nothing, bias.nothing = "no arrival time was stated so early", "no arrival time was stated so early"
	var inside []*tally
	for _, w := range etaWindows {
		t := b.share(fmt.Sprintf("%s.within%d", name, w), fmt.Sprintf("%s: within %d min", title, w), fmt.Sprintf("%s Share with an error of no more than %d min.", words, w))
		t.nothing = off.nothing
		inside = append(inside, t)
	}
	leave := func(cause string, p stopOf) {
		off.leave(cause, p.row)
		bias.leave(cause, p.row)
		for _, t := range inside {
			t.leave(cause, p.row)
		}
	}
	for _, p := range b.stops {
		cause := void(p.l.State)
		if cause == "" && p.s.Arrived.At.IsZero() {
			cause = noArrival
		}
		if cause != "" {
			leave(cause, p)
			continue
		}
		e := statedBefore(p.s, out)
		if e == nil {
			leave("no ETA stated by then", p)
			continue
		}
		miss := e.At.Sub(p.s.Arrived.At).Minutes()
		row := func() KPIRow {
			r := p.row()
			r.Due, r.Actual = at(e.At, p.s.Zone), at(p.s.Arrived.At, p.s.Zone)
			return r
		}
		off.measure(math.Abs(miss), row)
		bias.measure(miss, row)
		for i, t := range inside {
			t.hit(math.Abs(miss) <= float64(etaWindows[i]), row)
		}
	}
}

// statedBefore is the last arrival time stated so long before the arrival or earlier; nil when there is none.
func statedBefore(s *freight.StopFacts, out time.Duration) *freight.ETAFact {
	latest := s.Arrived.At.Add(-out)
	var best *freight.ETAFact
	for i := range s.ETAs {
		if e := &s.ETAs[i]; !e.Said.After(latest) && (best == nil || !e.Said.Before(best.Said)) {
			best = e
		}
	}
	return best
}
