package watch

import (
	"math"
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Kinds of tasks that are check calls.
const (
	CheckCall  = "checkCall"
	ConfirmETA = "confirmETA" // the truck is seen, only its ETA is old or thin
)

// A point is an instant at which a check call falls due.
type point struct {
	at   time.Time
	name string // morning, before, arrival, worked, far, near, transit, close
	n    int    // which of transit and close
}

// mostOnTheRoad bounds the points between two stops: ten days at one every eight hours.
const mostOnTheRoad = 30

// checkCalls tells the last check call that fell due at the stop the load is at or heads for: to be made, or covered by
// data. The next point of the stop replaces it, whatever became of it.
func checkCalls(e *evaluation) {
	c := &e.rules.Cadence
	if !c.Calls || e.t.State == freight.OnHold {
		return
	}
	i := e.nextStop()
	if i < 0 {
		return
	}
	var room [2*mostOnTheRoad + 8]point
	points := e.points(i, room[:0])
	if !e.urgent() {
		points = e.outsideQuiet(i, points)
	}
	slices.SortStableFunc(points, func(a, b point) int { return a.at.Compare(b.at) })
	last := -1
	for k := range points {
		if !e.reached(points[k].at) {
			break
		}
		last = k
	}
	if last >= 0 {
		e.tellCall(i, &points[last])
	}
}

func (e *evaluation) nextStop() int {
	stop := timeline.NextStop(e.t)
	for i := range e.t.Stops {
		if &e.t.Stops[i] == stop {
			return i
		}
	}
	return -1
}

// urgent reports whether something was found on the load that may not wait for the morning.
func (e *evaluation) urgent() bool {
	return slices.ContainsFunc(e.found, func(f freight.Finding) bool { return f.Level.Rank() <= freight.AtRisk.Rank() })
}

// points are all check calls of a stop: those counted from its ETA, else its appointment, never both, and those of the road
// to it.
func (e *evaluation) points(i int, list []point) []point {
	stop, c := &e.t.Stops[i], &e.rules.Cadence
	anchor := anchorOf(stop)
	if stop.Arrived != nil {
		at := heardAt(stop.Arrived)
		if arrival := anchor.Add(-c.Arrival); !anchor.IsZero() && arrival.Before(at.Add(c.Fresh)) {
			list = append(list, point{at: arrival, name: "arrival"})
		}
		return append(list, point{at: latest(at, stop.Window.Start).Add(c.Worked), name: "worked"})
	}
	from := e.legStart(i)
	before := func(name string, span time.Duration) {
		if at := anchor.Add(-span); !anchor.IsZero() && at.After(from) {
			list = append(list, point{at: at, name: name})
		}
	}
	if stop.Pickup() {
		list = appendMorning(list, stop, anchor, c)
		before("before", c.Before)
	} else {
		before("far", c.EnRouteFar)
		before("near", c.EnRouteNear)
	}
	before("arrival", c.Arrival)
	if from.IsZero() {
		return list
	}
	return e.onTheRoad(i, from, anchor, list)
}

// anchorOf is the ETA when there is one, else D; days without times are no anchor.
func anchorOf(stop *freight.StopLine) time.Time {
	switch {
	case stop.ETA != nil && !stop.ETA.At.IsZero():
		return stop.ETA.At
	case stop.Window.DayOnly:
		return time.Time{}
	}
	return deadline(stop)
}

// heardAt is when something happened, else when it was learned.
func heardAt(k *freight.KnownTime) time.Time {
	if !k.At.IsZero() || len(k.Claims) == 0 {
		return k.At
	}
	return k.Claims[0].ReceivedAt
}

// appendMorning adds the call on the morning of a pickup, where the day is known and the pickup is not that early.
func appendMorning(list []point, stop *freight.StopLine, anchor time.Time, c *Cadence) []point {
	day := anchor
	if day.IsZero() {
		day = stop.Window.Start
	}
	loc, err := freight.Location(stop.Zone)
	if err != nil || day.IsZero() {
		return list
	}
	local := day.In(loc)
	at := time.Date(local.Year(), local.Month(), local.Day(), c.Morning/60, c.Morning%60, 0, 0, loc).UTC()
	if !anchor.IsZero() && !at.Before(anchor.Add(-c.Before)) {
		return list
	}
	return append(list, point{at: at, name: "morning"})
}

// legStart is when the truck left the stop before; zero when that is not known.
func (e *evaluation) legStart(i int) time.Time {
	for j := i - 1; j >= 0; j-- {
		stop := &e.t.Stops[j]
		for _, k := range [...]*freight.KnownTime{stop.Departed, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered} {
			if k != nil {
				return heardAt(k)
			}
		}
	}
	return time.Time{}
}

// onTheRoad adds the calls by distance: every so many hours from the departure, and more often on the last miles. They end
// before the anchor, and stay away from the calls at the stop.
func (e *evaluation) onTheRoad(i int, from, anchor time.Time, list []point) []point {
	c, stop := &e.rules.Cadence, &e.t.Stops[i]
	ofStop := len(list)
	every := c.MiddleEvery
	if leg := milesBetween(&e.t.Stops[i-1], stop) * c.RoadFactor; leg > 0 && leg < c.ShortMiles {
		every = c.ShortEvery
	} else if leg > c.LongMiles {
		every = c.LongEvery
	}
	row := func(name string, from time.Time, every, apart time.Duration) {
		at := from
		for n := 1; n <= mostOnTheRoad; n++ {
			at = at.Add(every)
			if !anchor.IsZero() && !at.Before(anchor.Add(-apart)) {
				return
			}
			if !slices.ContainsFunc(list[:ofStop], func(p point) bool { return p.at.Sub(at).Abs() < apart }) {
				list = append(list, point{at: at, name: name, n: n})
			}
		}
	}
	row("transit", from, every, c.Apart)
	if near := e.nearSince(stop, from); !near.IsZero() {
		row("close", near, c.CloseEvery, c.Arrival)
	}
	return list
}

// nearSince is the first of the newest positions that all lie within the last miles of a stop, to five minutes; zero when
// the newest does not.
func (e *evaluation) nearSince(stop *freight.StopLine, from time.Time) (since time.Time) {
	if stop.Lat == 0 && stop.Lon == 0 || e.rules.Cadence.CloseMiles <= 0 {
		return since
	}
	near := int64(0)
	for k := len(e.t.Trail) - 1; k >= 0; k-- {
		f := &e.t.Trail[k]
		if f.At < from.Unix() || crowMiles(float64(f.Lat), float64(f.Lon), stop.Lat, stop.Lon)*e.rules.Cadence.RoadFactor > e.rules.Cadence.CloseMiles {
			break
		}
		near = f.At
	}
	if near == 0 {
		return since
	}
	return time.Unix(near, 0).UTC().Truncate(5 * time.Minute)
}

// outsideQuiet moves calls of the driver's night, of weekends and holidays to the next morning, and drops those that would
// then come after the truck.
func (e *evaluation) outsideQuiet(i int, points []point) []point {
	stop := &e.t.Stops[i]
	q := quiet{c: &e.rules.Cadence}
	if loc, err := freight.Location(e.driverZone(stop)); err == nil {
		q.loc = loc
	}
	anchor := anchorOf(stop)
	kept := points[:0]
	for _, p := range points {
		moved := q.move(p.at)
		if stop.Arrived == nil && !moved.Equal(p.at) && !anchor.IsZero() && !moved.Before(anchor) {
			continue
		}
		p.at = moved
		kept = append(kept, p)
	}
	return kept
}

// driverZone is the zone of the last position as stated, else that of the stop nearest to it, else that of the stop ahead.
func (e *evaluation) driverZone(ahead *freight.StopLine) string {
	p := e.t.Position
	if p == nil {
		return ahead.Zone
	}
	if p.Place.Zone != "" {
		return p.Place.Zone
	}
	zone, best := ahead.Zone, math.Inf(1)
	for i := range e.t.Stops {
		s := &e.t.Stops[i]
		if !p.Place.HasPoint() || s.Zone == "" || s.Lat == 0 && s.Lon == 0 {
			continue
		}
		if m := crowMiles(p.Place.Lat, p.Place.Lon, s.Lat, s.Lon); m < best {
			zone, best = s.Zone, m
		}
	}
	return zone
}

// tellCall files a point that has come: as covered, or as a call to make with what to ask.
func (e *evaluation) tellCall(i int, p *point) {
	stop, c := &e.t.Stops[i], &e.rules.Cadence
	key := callKey(stop, p)
	if answered(e.t.Acts, key) {
		return
	}
	task := freight.Task{Key: key, Kind: CheckCall, Level: freight.OnPlan, Stop: stop.Seq, Due: p.at}
	covered, lacks := e.cover(stop, p.at)
	task.Why = callWords[p.name] + where(stop)
	if covered != "" {
		task.Covered = covered
		e.tasks = append(e.tasks, task)
		return
	}
	if lacks.onlyETA {
		task.Kind = ConfirmETA
	}
	task.Why += ": " + lacks.why
	task.Level = freight.Verify
	e.climb(&task, c.Retry, e.firstStep())
	task.Asks = Asks(e.t, stop.Seq, p.at, e.rules)
	e.tasks = append(e.tasks, task)
}

var callWords = map[string]string{
	"morning": "Morning of the pickup", "before": "Before the pickup", "arrival": "Arrival", "worked": "Loaded, unloaded or on the way again",
	"far": "En route, first call", "near": "En route, second call", "transit": "On the road to the next stop", "close": "On the last miles",
}

// callKey is stable while the ETA moves: it names the day of the appointment, not the anchor.
func callKey(stop *freight.StopLine, p *point) string {
	b := append(make([]byte, 0, 48), "call/"...)
	b = append(append(strconv.AppendInt(b, int64(stop.Seq), 10), '/'), p.name...)
	if p.n > 0 {
		b = strconv.AppendInt(append(b, '/'), int64(p.n), 10)
	}
	if d := deadline(stop); !d.IsZero() {
		if loc, err := freight.Location(stop.Zone); err == nil {
			d = d.In(loc)
		}
		b = d.AppendFormat(append(b, '/'), time.DateOnly)
	}
	return string(b)
}

// crowMiles is the distance on a sphere of the earth's mean radius, 3,958.8 miles (haversine).
func crowMiles(lat1, lon1, lat2, lon2 float64) float64 {
	const rad, earth = math.Pi / 180, 3958.8
	s, l := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	return 2 * earth * math.Asin(min(1, math.Sqrt(s*s+math.Cos(lat1*rad)*math.Cos(lat2*rad)*l*l)))
}

// milesBetween is 0 where a place is not known.
func milesBetween(a, b *freight.StopLine) float64 {
	if a.Lat == 0 && a.Lon == 0 || b.Lat == 0 && b.Lon == 0 {
		return 0
	}
	return crowMiles(a.Lat, a.Lon, b.Lat, b.Lon)
}
