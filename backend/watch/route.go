package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Roads are not straight: on a long way they lie further off the line than on a short one. Beyond 500 miles being 60 off is
// only watched, unless the truck made little way towards the stop while it went off; off by an eighth of the way it is an
// error at any rate.
const (
	corridor  = 0.12
	littleWay = 0.6
	mostMPH   = 100 // a fix that no truck can have come to is not followed
)

// route is route.deviation: since the last stop left the truck has lost 30 miles towards the next, or lies 60 miles off the
// line between the two; or an event says that it is at a stop while it stands in another city. A truck that was at its next
// stop and went on is no deviation but a missed scan.
func (j *journey) route() {
	if j.at {
		j.wrongCity()
		return
	}
	if !j.onTheWay() || !hasPoint(&j.t.Stops[j.to]) || j.jumped() {
		return
	}
	l := j.leg()
	switch since, lost := l.lost(j.rules.DeviationLost); {
	case j.stoodAt(j.to, j.since) >= 0:
	case lost > 0:
		j.deviation(true, "It has lost "+wholeMiles(lost)+" towards"+placeOr(&j.t.Stops[j.to])+" since "+j.stamp(l.fixes[l.least()].At), "lost", wholeMiles(lost),
			number(j.rules.DeviationLost)+" mi", since)
	case l.straight:
		if since, off, sure := l.off(j.rules.DeviationOff); off > 0 {
			j.deviation(sure, "It is "+wholeMiles(off)+" off the line from"+placeOr(&j.t.Stops[j.left])+" to"+placeOr(&j.t.Stops[j.to]), "off", wholeMiles(off),
				number(j.rules.DeviationOff)+" mi", since)
		}
	}
}

// A leg is the way from the last stop left to the next, seen from the next: miles east and north of it.
type leg struct {
	ground   plane
	fixes    []freight.Fix
	straight bool // it is known where the leg began
	x, y     float64
}

func (j *journey) leg() leg {
	from, to := &j.t.Stops[j.left], &j.t.Stops[j.to]
	l := leg{fixes: j.fixes[j.since:], straight: hasPoint(from)}
	middle := to.Lat
	if l.straight {
		middle = (from.Lat + to.Lat) / 2
	}
	l.ground = planeAt(to, middle)
	if l.straight {
		l.x, l.y = l.ground.xy(from.Lat, from.Lon)
	}
	return l
}

// least is the fix that lay nearest to the next stop.
func (l *leg) least() int {
	best, at := l.ground.squared(&l.fixes[0]), 0
	for i := 1; i < len(l.fixes); i++ {
		if d := l.ground.squared(&l.fixes[i]); d < best {
			best, at = d, i
		}
	}
	return at
}

// lost is how many miles the newest fix lies further from the next stop than the truck was at its nearest, and the first fix
// that showed it; 0 below the threshold.
func (l *leg) lost(threshold float64) (since int64, miles float64) {
	least := l.least()
	nearest := root(l.ground.squared(&l.fixes[least]))
	if l.straight {
		nearest = min(nearest, root(l.x*l.x+l.y*l.y))
	}
	limit := nearest + threshold
	last := len(l.fixes) - 1
	if d := l.ground.squared(&l.fixes[last]); d < limit*limit {
		return 0, 0
	} else {
		miles = root(d) - nearest
	}
	for last > 0 && l.ground.squared(&l.fixes[last-1]) >= limit*limit {
		last--
	}
	return l.fixes[last].At, miles
}

// off is how many miles the newest fix lies off the line, and the first fix that showed it; 0 below the threshold. It is sure
// to be an error where no road would bow so far.
func (l *leg) off(threshold float64) (since int64, miles float64, sure bool) {
	last := len(l.fixes) - 1
	miles = root(l.squaredOff(last))
	if miles < threshold {
		return 0, 0, false
	}
	sure = miles >= corridor*root(l.x*l.x+l.y*l.y) || l.strayed(threshold)
	for last > 0 && l.squaredOff(last-1) >= threshold*threshold {
		last--
	}
	return l.fixes[last].At, miles, sure
}

func (l *leg) squaredOff(i int) float64 {
	x, y := l.ground.xy(float64(l.fixes[i].Lat), float64(l.fixes[i].Lon))
	return fromSegment(x, y, l.x, l.y)
}

// strayed reports whether the truck made little way towards the next stop since it was last near the line.
func (l *leg) strayed(threshold float64) bool {
	last := len(l.fixes) - 1
	x, y := l.ground.xy(float64(l.fixes[last].Lat), float64(l.fixes[last].Lon))
	fromX, fromY := l.x, l.y
	for i := last - 1; i >= 0; i-- {
		if l.squaredOff(i) <= threshold*threshold/4 {
			fromX, fromY = l.ground.xy(float64(l.fixes[i].Lat), float64(l.fixes[i].Lon))
			break
		}
	}
	way := root(fromX*fromX+fromY*fromY) - root(x*x+y*y)
	return way < littleWay*root((x-fromX)*(x-fromX)+(y-fromY)*(y-fromY))
}

// jumped reports whether no truck can have come from the last fix but one to the last.
func (j *journey) jumped() bool {
	n := len(j.fixes)
	if n < 2 {
		return false
	}
	a, b := &j.fixes[n-2], &j.fixes[n-1]
	reach := 1 + mostMPH*float64(b.At-a.At)/3600
	return apart(a, b, shrinkAt(b)) > reach*reach
}

func (j *journey) deviation(sure bool, what, name, value, threshold string, since int64) {
	last := j.last()
	stop := &j.t.Stops[j.to]
	f := freight.Finding{Kind: "route.deviation", Level: freight.ActNow, Severity: freight.Major, Stop: stop.Seq, Since: instant(since),
		Why:      "Truck " + j.spotText(last) + " " + j.stamp(last.At) + ". " + what,
		Evidence: []freight.ObservationID{last.Observation},
		Inputs: inputs(name, value, "threshold", threshold, "newest", j.told(last), "point", pointText(last),
			"from", placeOr(&j.t.Stops[j.left])[1:], "to", placeOr(stop)[1:]),
		Next: freight.Next{Act: "call", Text: "Ask the driver where the truck is heading and why; give the right address and ask for the ETA" + j.toNext(), Due: instant(since)}}
	if !sure {
		f.Level, f.Severity = freight.Waiting, freight.Watched
		f.Why += ", on a way so long that its road may run there"
		f.Next.Text = "Look whether the road to the next stop runs there; else ask the driver where the truck is heading and why"
	}
	j.add(f, f.Since)
}

// stoodLong is how long a truck must stand before a city counts as the one it went to.
const stoodLong = int64(30 * time.Minute / time.Second)

// wrongCity: an event says that the truck is at its stop, and its trail, that never came near, stands elsewhere.
func (j *journey) wrongCity() {
	stop := &j.t.Stops[j.to]
	arrived := exact(stop.Arrived)
	last := j.last()
	if !hasPoint(stop) || arrived.IsZero() || j.since >= len(j.fixes) || j.aboutAnyStop(last) {
		return
	}
	first := j.spot(j.since)
	if j.beyondReach(first) { // told, not seen: position.falseFresh
		return
	}
	if last.At-j.fixes[first].At < stoodLong || last.At < arrived.Unix() || j.fixes[first].At > arrived.Unix()+stoodLong {
		return
	}
	ground, far := planeAt(stop, stop.Lat), j.rules.DeviationOff*j.rules.DeviationOff
	for i := j.since; i < len(j.fixes); i++ {
		if ground.squared(&j.fixes[i]) < far {
			return
		}
	}
	since := later(arrived, instant(j.fixes[first].At+stoodLong))
	away := wholeMiles(root(ground.squared(last)))
	f := freight.Finding{Kind: "route.deviation", Level: freight.ActNow, Severity: freight.Critical, Stop: stop.Seq, Since: since,
		Why: "Arrived" + where(stop) + " is told for " + timeline.Stamp(arrived, stop.Zone) + " (" + stop.Arrived.Source.String() + "), but the truck stands " +
			away + " away since " + j.stamp(j.fixes[first].At),
		Evidence: []freight.ObservationID{last.Observation},
		Inputs: inputs("away", away, "threshold", number(j.rules.DeviationOff)+" mi", "newest", j.told(last), "point", pointText(last),
			"arrived", timeline.Stamp(arrived, stop.Zone), "arrivedBy", stop.Arrived.Source.String()),
		Next: freight.Next{Act: "call", Text: "Ask the driver for the address where the truck stands and who took it in; give the right one", Due: since}}
	if len(stop.Arrived.Claims) > 0 {
		f.Evidence = append(f.Evidence, stop.Arrived.Claims[0].Observation)
	}
	j.add(f, since)
}
