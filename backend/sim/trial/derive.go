package trial

import "time"

// drawn is what follows from the positions known, renewed when something is learned.
type drawn struct {
	standing time.Time     // since when the newest positions are on one spot
	stood    time.Duration // from there to the newest one
	driven   time.Duration // at the wheel since the last long rest, before that
	atStop   bool          // the newest position is at a stop of the load
	leg      int           // index of the stop that the load is on its way to, after a known departure; 0: none
	lost     float64       // miles farther from it than at the closest since
	off      float64       // miles off the line
}

const spot = 1.0 // miles within which a truck has not moved

func (s *state) derive() drawn {
	var d drawn
	for i := len(s.stops) - 1; i > 0; i-- {
		if s.stops[i].known() {
			break
		}
		if s.stops[i-1].departed() {
			d.leg = i
			break
		}
	}
	if s.newest == nil {
		return d
	}
	for i := range s.l.stops {
		d.atStop = d.atStop || miles(s.newest.point, s.l.stops[i].fac.gate) < 8
	}
	n := len(s.fixes) - 1
	i := n
	for i > 0 && miles(s.fixes[i-1].point, s.newest.point) < spot {
		i--
	}
	d.standing, d.stood = s.fixes[i].at, s.newest.at.Sub(s.fixes[i].at)
	var still time.Duration
	for k := 1; k <= i; k++ {
		gone, took := miles(s.fixes[k-1].point, s.fixes[k].point), s.fixes[k].at.Sub(s.fixes[k-1].at)
		if gone < spot {
			if still += took; still >= 8*time.Hour {
				d.driven = 0
			}
			continue
		}
		still = 0
		d.driven += min(took, time.Duration(gone*detour/48*float64(time.Hour)))
	}
	if d.leg > 0 {
		s.measure(&d)
	}
	return d
}

// measure tells how the newest position lies to the way to the next stop.
func (s *state) measure(d *drawn) {
	from, to := s.l.stops[d.leg-1].fac.gate, s.l.stops[d.leg].fac.gate
	left, _, _ := s.stops[d.leg-1].when("departed")
	if s.newest.at.Before(left) {
		return
	}
	closest := miles(from, to)
	for i := range s.fixes {
		if !s.fixes[i].at.Before(left) {
			closest = min(closest, miles(s.fixes[i].point, to))
		}
	}
	d.lost, d.off = miles(s.newest.point, to)-closest, offLine(s.newest.point, from, to)
}
