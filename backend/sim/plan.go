package sim

import (
	"math/rand/v2"
	"time"
)

// plan chooses the stops, promises windows as a planner would (at 50 miles an hour and the legal hours), and then drives the load as it
// really goes: at 45 to 60, with what befalls it.
func (w *World) plan(l *Load, r *rand.Rand, team bool) {
	kinds := [][]string{{"pickup", "delivery", "delivery"}, {"pickup", "pickup", "delivery"}, {"pickup", "delivery", "delivery", "delivery"}}
	route := []string{"pickup", "delivery"}
	if r.IntN(8) == 0 {
		route = kinds[r.IntN(len(kinds))]
	}
	for i, kind := range route {
		l.Stops = append(l.Stops, Stop{Seq: i + 1, Kind: kind, Facility: w.choose(l, i, kind, r), FCFS: r.IntN(5) == 0})
	}
	pickup := w.Now.Add(-68*time.Hour + time.Duration(r.IntN(102*60))*time.Minute)
	l.promise(r, pickup, team)
	if l.Trait == Moved {
		l.move(r)
	}
	l.Booked = l.Stops[0].Start.Add(-time.Duration(14*60+r.IntN(36*60)) * time.Minute)
	l.Dispatched = l.Stops[0].Start.Add(-time.Duration(3*60+r.IntN(8*60)) * time.Minute)
	l.travel(r, team)
	l.after(r)
}

// choose picks where a stop is: a site of the customer's for the first, a place within a day of the last stop for further ones of the
// same side, and else a receiver 150 to 900 miles away, now and then up to 1,700.
func (w *World) choose(l *Load, i int, kind string, r *rand.Rand) *Facility {
	if i == 0 {
		return l.Customer.origins[r.IntN(len(l.Customer.origins))]
	}
	near, far := 150.0, 900.0
	if r.IntN(4) == 0 {
		far = 1700
	}
	if kind == l.Stops[i-1].Kind {
		near, far = 20, 420
	}
	last := l.Stops[i-1].Facility
	for {
		f := w.receivers[r.IntN(len(w.receivers))]
		if d := miles(last.Lat, last.Lon, f.Lat, f.Lon); d >= near && d <= far {
			return f
		}
		far += 5 // a lonely town finds its next one at last
	}
}

// promise sets the windows.
func (l *Load) promise(r *rand.Rand, pickup time.Time, team bool) {
	eta := pickup
	day := wheel{onDuty: pickup.Add(-time.Hour), team: team}
	for i := range l.Stops {
		s := &l.Stops[i]
		if i > 0 {
			_, arrive := day.drive(l.Stops[i-1].Facility.Place, s.Facility.Place, eta, 50, 0)
			eta = arrive.Add(time.Duration(45+r.IntN(150)) * time.Minute)
		}
		s.open(eta, r)
		if eta = s.Start; s.FCFS && i > 0 {
			eta = s.Start.Add(2 * time.Hour)
		}
		eta = eta.Add(2 * time.Hour)
		if wait := eta.Sub(day.onDuty); wait > 22*time.Hour {
			day = wheel{onDuty: eta.Add(-2 * time.Hour), team: team}
		}
	}
}

// open gives the stop its first window at or after an instant: on the half hour between 6 and 18 local time, or
// first come first served from 7 to 15.
func (s *Stop) open(from time.Time, r *rand.Rand) {
	local := from.In(s.location()).Add(29 * time.Minute).Truncate(30 * time.Minute)
	if local.Hour() >= 18 || local.Hour() < 6 {
		if local.Hour() >= 18 {
			local = local.AddDate(0, 0, 1)
		}
		local = time.Date(local.Year(), local.Month(), local.Day(), 6+r.IntN(4), 30*r.IntN(2), 0, 0, local.Location())
	}
	s.Start = local.UTC()
	s.End = s.Start.Add(time.Duration([]int{0, 0, 60, 120}[r.IntN(4)]) * time.Minute)
	if s.FCFS {
		s.Start = time.Date(local.Year(), local.Month(), local.Day(), 7, 0, 0, 0, local.Location()).UTC()
		s.End = s.Start.Add(8 * time.Hour)
		if from.After(s.End) {
			s.Start, s.End = s.Start.AddDate(0, 0, 1), s.End.AddDate(0, 0, 1)
		}
	}
	s.OriginalStart, s.OriginalEnd = s.Start, s.End
}

// travel drives the load.
func (l *Load) travel(r *rand.Rand, team bool) {
	mph := 45 + 15*r.Float64()
	if l.Trait == Held {
		l.hold = time.Duration(150+r.IntN(300)) * time.Minute
	}
	first := &l.Stops[0]
	first.Arrived = first.Start.Add(time.Duration(r.IntN(55)-40) * time.Minute)
	if first.FCFS {
		first.Arrived = first.Start.Add(time.Duration(r.IntN(6*60)) * time.Minute)
	}
	day := wheel{onDuty: first.Arrived.Add(-90 * time.Minute), team: team}
	for i := range l.Stops {
		s := &l.Stops[i]
		if i > 0 {
			hold := time.Duration(0)
			if i == len(l.Stops)-1 {
				hold = l.hold
			}
			before := l.Stops[i-1]
			way, arrive := day.drive(before.Facility.Place, s.Facility.Place, before.Departed, mph, hold)
			l.way = append(l.way, way...)
			l.noteHold(way, hold)
			s.Arrived = later(arrive, s.Start.Add(-time.Duration(10+r.IntN(45))*time.Minute)) // an early truck waits down the road
			if s.Arrived.Sub(arrive) > 9*time.Hour {
				day = wheel{onDuty: s.Arrived.Add(-time.Hour), team: team}
			}
		}
		dwell := time.Duration(40+r.IntN(95)) * time.Minute
		s.Departed = later(s.Arrived, s.Start).Add(dwell)
	}
}

// noteHold keeps when the hold on this way began: at the end of the stretch that reached the middle.
func (l *Load) noteHold(way []stretch, hold time.Duration) {
	if hold == 0 {
		return
	}
	for _, s := range way {
		if s.next >= 0.5 {
			l.heldFrom = s.end
			return
		}
	}
}

// move gives the last stop another window, hours before the first one.
func (l *Load) move(r *rand.Rand) {
	last := l.Last()
	by := time.Duration([]int{-120, 90, 180, 240}[r.IntN(4)]) * time.Minute
	last.MovedAt = last.OriginalStart.Add(-time.Duration(5+r.IntN(8)) * time.Hour)
	last.Start, last.End = last.OriginalStart.Add(by), last.OriginalEnd.Add(by)
}

// after settles what follows: a cancellation, the paper, how slowly the TMS is kept.
func (l *Load) after(r *rand.Rand) {
	if l.Trait == Cancelled {
		l.CancelledAt = l.Stops[0].Start.Add(-time.Duration(1+r.IntN(5)) * time.Hour)
	}
	if l.Trait != NoPOD && l.Trait != Cancelled {
		l.Paper = l.Delivered().Add(time.Duration(25+r.IntN(14*60)) * time.Minute)
	}
	l.tmsLag = time.Duration(20+r.IntN(110)) * time.Minute
	l.tmsTimes = r.IntN(7) > 0
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
