package trial

import (
	"math"
	"time"
)

// Hours of service (49 CFR 395.3, property-carrying): 11 hours at the wheel within 14 hours on duty, half an hour's break
// after 8 at the wheel, 10 hours off.
const (
	maxDriving = 11 * time.Hour
	maxDuty    = 14 * time.Hour
	maxSprint  = 8 * time.Hour
	breakTime  = 30 * time.Minute
	restTime   = 10 * time.Hour
)

// detour is how much longer the road is than the line on which the world draws it.
const detour = 1.12

// stretch is a time at the wheel in a straight line.
type stretch struct {
	begin, end time.Time
	from, to   point
}

// hold is a time without moving that befalls the truck after so long at the wheel on a leg.
type hold struct{ after, long time.Duration }

// wheel is a driver's day.
type wheel struct {
	onDuty         time.Time
	driven, sprint time.Duration
}

// drive goes along a path and answers the stretches and the arrival, to the minute.
func (w *wheel) drive(path []point, depart time.Time, mph float64, holds []hold) (way []stretch, arrive time.Time) {
	now := depart
	var done time.Duration // at the wheel on this leg
	for i := 1; i < len(path); i++ {
		total := time.Duration(miles(path[i-1], path[i]) * detour / mph * float64(time.Hour))
		for left := total; left > 0; {
			span := min(left, maxDriving-w.driven, maxSprint-w.sprint, w.onDuty.Add(maxDuty).Sub(now))
			if len(holds) > 0 {
				if holds[0].after <= done {
					now, w.sprint = now.Add(holds[0].long), 0
					if holds[0].long >= restTime {
						*w = wheel{onDuty: now}
					}
					holds = holds[1:]
					continue
				}
				span = min(span, holds[0].after-done)
			}
			if span <= 0 {
				now = w.rest(now)
				continue
			}
			a, b := toward(path[i-1], path[i], 1-float64(left)/float64(total)), toward(path[i-1], path[i], 1-float64(left-span)/float64(total))
			way = append(way, stretch{now, now.Add(span), a, b})
			now, left, done = now.Add(span), left-span, done+span
			w.driven, w.sprint = w.driven+span, w.sprint+span
		}
	}
	return way, now.Add(time.Minute - 1).Truncate(time.Minute)
}

// rest is the break or the night that the rule asks for now.
func (w *wheel) rest(now time.Time) time.Time {
	if w.driven < maxDriving && now.Before(w.onDuty.Add(maxDuty-breakTime)) {
		w.sprint = 0
		return now.Add(breakTime)
	}
	now = now.Add(restTime)
	*w = wheel{onDuty: now}
	return now
}

// where is the truck at an instant: on a stretch, or where the last one before ended; before the first, where that begins.
func where(way []stretch, at time.Time) point {
	lo, hi := 0, len(way)
	for lo < hi {
		if mid := (lo + hi) / 2; way[mid].begin.After(at) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	if lo == 0 {
		return way[0].from
	}
	s := way[lo-1]
	if !at.Before(s.end) {
		return s.to
	}
	return toward(s.from, s.to, float64(at.Sub(s.begin))/float64(s.end.Sub(s.begin)))
}

// road is a gently bent way between two points: up to 10 miles off the straight line.
func road(a, b point, bend float64) []point {
	n := max(2, int(miles(a, b)/60))
	path := []point{a}
	dx, dy := (b.lon-a.lon)*math.Cos(a.lat*math.Pi/180), b.lat-a.lat
	norm := math.Hypot(dx, dy)
	wide := min(10, miles(a, b)*0.03) * bend
	for i := 1; i < n; i++ {
		share := float64(i) / float64(n)
		off := wide * math.Sin(math.Pi*share)
		path = append(path, toward(a, b, share).beside(-dy/norm*off, dx/norm*off))
	}
	return append(path, b)
}
