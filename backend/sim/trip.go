package sim

import (
	"math"
	"time"
)

// stretch is a time at the wheel between two towns: the share of the way done at its beginning and its end.
type stretch struct {
	begin, end time.Time
	from, to   Place
	done, next float64
}

// wheel is a driver's day under the American hours of service rule (49 CFR 395.3): 11 hours at the wheel within 14 hours on
// duty, half an hour's break after 8, then 10 hours off. A team drives on in turns.
type wheel struct {
	onDuty         time.Time
	driven, sprint time.Duration
	team           bool
}

// detour is how much longer the road is than the great circle.
const detour = 1.2

// drive goes from one town to the next and answers the stretches and the arrival. A hold (a breakdown, a closed road) of
// that length befalls the truck half way.
func (w *wheel) drive(from, to Place, depart time.Time, mph float64, hold time.Duration) (way []stretch, arrive time.Time) {
	total := time.Duration(miles(from.Lat, from.Lon, to.Lat, to.Lon) * detour / mph * float64(time.Hour))
	now, left := depart, total
	for left > 0 {
		span := left
		if hold > 0 {
			span = min(span, max(left-total/2, time.Minute))
		}
		if !w.team {
			span = min(span, 11*time.Hour-w.driven, 8*time.Hour-w.sprint, w.onDuty.Add(14*time.Hour).Sub(now))
		}
		if span <= 0 {
			now = w.rest(now)
			continue
		}
		done := 1 - float64(left)/float64(total)
		left -= span
		way = append(way, stretch{now, now.Add(span), from, to, done, 1 - float64(left)/float64(total)})
		now = now.Add(span)
		w.driven, w.sprint = w.driven+span, w.sprint+span
		if hold > 0 && left <= total/2 {
			now, hold = now.Add(hold), 0
		}
	}
	return way, now.Truncate(time.Minute)
}

// rest is the break or the night that the rule asks for now.
func (w *wheel) rest(now time.Time) time.Time {
	if w.driven < 11*time.Hour && now.Before(w.onDuty.Add(13*time.Hour)) {
		w.sprint = 0
		return now.Add(30 * time.Minute)
	}
	now = now.Add(10 * time.Hour)
	*w = wheel{onDuty: now}
	return now
}

// where is the truck at an instant: on a stretch, or where the last one before ended.
func where(way []stretch, at time.Time) (lat, lon float64, ok bool) {
	for i := len(way) - 1; i >= 0; i-- {
		s := way[i]
		if at.Before(s.begin) {
			continue
		}
		share := s.next
		if at.Before(s.end) {
			share = s.done + (s.next-s.done)*float64(at.Sub(s.begin))/float64(s.end.Sub(s.begin))
		}
		return s.from.Lat + (s.to.Lat-s.from.Lat)*share, s.from.Lon + (s.to.Lon-s.from.Lon)*share, true
	}
	return 0, 0, false
}

func miles(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, deg = 3958.8, math.Pi / 180
	x := math.Sin((lat2 - lat1) * deg / 2)
	y := math.Sin((lon2 - lon1) * deg / 2)
	return 2 * radius * math.Asin(math.Sqrt(x*x+math.Cos(lat1*deg)*math.Cos(lat2*deg)*y*y))
}
