package standin

import (
	"math/rand/v2"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/sim"
)

// Course is how the tracking of a load goes.
type Course string

// Courses.
const (
	Tracked      Course = ""
	Lost         Course = "lost"         // no position any more after the first pickup, until it times out
	Denied       Course = "denied"       // the driver does not want to be tracked
	OutOfNetwork Course = "outOfNetwork" // the carrier is not connected
	BadNumber    Course = "badNumber"    // the driver's phone cannot be tracked
	Uninstalled  Course = "uninstalled"  // the driver never installs the app
	Withdrawn    Course = "withdrawn"    // cancelled before the pickup
)

// FactKind is what a platform learns.
type FactKind string

// Facts of tracking and of the truck.
const (
	Asked     FactKind = "asked"   // the driver is asked to be tracked
	Ready     FactKind = "ready"   // and agreed
	Started   FactKind = "started" // tracking runs
	Position  FactKind = "position"
	ETA       FactKind = "eta" // for stop Stop, of which Expected tells the instant
	Arrived   FactKind = "arrived"
	Departed  FactKind = "departed"
	Stale     FactKind = "stale" // no position for a while
	Resumed   FactKind = "resumed"
	Failed    FactKind = "failed"    // it cannot be tracked: see Course
	TimedOut  FactKind = "timedOut"  // tracking ended without an end of the trip
	Completed FactKind = "completed" // tracking ended after the last stop
)

// Fact is one thing that a platform learns of a load.
type Fact struct {
	Kind     FactKind
	Stop     int       // 0 when it belongs to none
	At       time.Time // when it happened
	Told     time.Time // when the platform tells it: a multiple of the world's step
	Expected time.Time // of an ETA
	Lat, Lon float64
	Zone     string // of the place
}

// teller makes the facts of one load.
type teller struct {
	w    *World
	load *Load
	real *sim.Load
	r    *rand.Rand
}

// tell lets a platform learn of a load, in the order in which it learns.
func (w *World) tell(load *Load, real *sim.Load, n int) {
	t := &teller{w: w, load: load, real: real, r: rand.New(rand.NewPCG(w.Seed^0x51a9d1, uint64(n)))}
	load.Course = t.course()
	t.all()
	slices.SortStableFunc(load.Facts, func(a, b Fact) int {
		if c := a.Told.Compare(b.Told); c != 0 {
			return c
		}
		return a.At.Compare(b.At)
	})
}

func (t *teller) course() Course {
	dice := t.r.IntN(100)
	switch {
	case t.real.Trait == sim.Cancelled:
		return Withdrawn
	case t.real.Trait == sim.Silent:
		return Lost
	case dice < 2:
		return Denied
	case dice < 4:
		return OutOfNetwork
	case dice < 5:
		return BadNumber
	case dice < 6:
		return Uninstalled
	}
	return Tracked
}

func (t *teller) all() {
	asked := t.real.Dispatched
	first, last := &t.real.Stops[0], t.real.Last()
	t.say(Fact{Kind: Asked, At: asked})
	switch t.load.Course {
	case Withdrawn:
		return
	case Denied, OutOfNetwork, BadNumber:
		t.say(Fact{Kind: Failed, At: asked.Add(25 * time.Minute)})
		return
	case Uninstalled:
		t.say(Fact{Kind: Failed, At: first.Start.Add(4 * time.Hour)})
		return
	}
	t.say(Fact{Kind: Ready, At: asked.Add(20 * time.Minute)})
	began := later(first.Arrived.Add(-time.Duration(30+t.r.IntN(60))*time.Minute), asked.Add(30*time.Minute))
	if began.After(first.Arrived) {
		began = first.Arrived
	}
	t.say(Fact{Kind: Started, At: began})
	for i := range t.real.Stops {
		s := &t.real.Stops[i]
		if t.load.Course == Lost && s.Seq > 1 {
			break
		}
		t.stop(s)
		if i+1 < len(t.real.Stops) && t.load.Course != Lost {
			t.road(s.Departed, &t.real.Stops[i+1])
		}
	}
	if t.load.Course == Lost {
		t.say(Fact{Kind: Stale, At: first.Departed.Add(2 * time.Hour)})
		t.say(Fact{Kind: TimedOut, At: last.End.Add(24 * time.Hour)})
		return
	}
	t.say(Fact{Kind: Completed, Stop: last.Seq, At: last.Departed.Add(10 * time.Minute)})
}

// stop tells of arrival and departure; one in twenty-five is learned an hour or two later.
func (t *teller) stop(s *sim.Stop) {
	f := s.Facility
	for _, e := range []Fact{{Kind: Arrived, At: s.Arrived}, {Kind: Departed, At: s.Departed}} {
		e.Stop, e.Lat, e.Lon, e.Zone = s.Seq, f.Lat, f.Lon, f.Zone
		lag := time.Duration(2+t.r.IntN(6)) * time.Minute
		if t.r.IntN(25) == 0 {
			lag += time.Duration(60+t.r.IntN(60)) * time.Minute
		}
		t.sayAfter(e, lag)
	}
	for at := s.Arrived.Add(20 * time.Minute); at.Before(s.Departed); at = at.Add(45 * time.Minute) {
		t.say(Fact{Kind: Position, At: at, Lat: f.Lat, Lon: f.Lon, Zone: f.Zone})
	}
}

// road tells of the way to a stop: a position every quarter of an hour, what is expected every hour, and now and then a gap.
func (t *teller) road(from time.Time, to *sim.Stop) {
	zone := t.real.Stops[to.Seq-2].Facility.Zone
	gap := -1
	if t.r.IntN(6) == 0 {
		gap = 4 + t.r.IntN(12)
	}
	for n, at := 0, from.Add(7*time.Minute); at.Before(to.Arrived); n, at = n+1, at.Add(15*time.Minute) {
		if at.After(from.Add(to.Arrived.Sub(from) / 2)) {
			zone = to.Facility.Zone
		}
		switch {
		case gap >= 0 && n == gap:
			t.say(Fact{Kind: Stale, At: at, Zone: zone})
			continue
		case gap >= 0 && n > gap && n < gap+4:
			continue
		case gap >= 0 && n == gap+4:
			t.say(Fact{Kind: Resumed, At: at, Zone: zone})
		}
		if lat, lon, ok := t.real.Where(at); ok {
			t.say(Fact{Kind: Position, At: at, Lat: coordinate(lat), Lon: coordinate(lon), Zone: zone})
		}
		if n%4 == 0 {
			guess := at.Add(time.Duration(float64(to.Arrived.Sub(at)) * (0.97 + 0.08*t.r.Float64()))).Truncate(5 * time.Minute)
			t.say(Fact{Kind: ETA, Stop: to.Seq, At: at, Expected: guess, Zone: to.Facility.Zone})
		}
	}
}

func (t *teller) say(f Fact) { t.sayAfter(f, time.Duration(1+t.r.IntN(4))*time.Minute) }

// sayAfter files a fact that is learned some time after it happened, at the next multiple of the world's step.
func (t *teller) sayAfter(f Fact, lag time.Duration) {
	if f.Zone == "" {
		f.Zone = t.real.Stops[0].Facility.Zone
	}
	f.At = f.At.UTC().Truncate(time.Second)
	f.Told = f.At.Add(lag + t.w.Step - time.Second).Truncate(t.w.Step)
	t.load.Facts = append(t.load.Facts, f)
}

// coordinate keeps four decimals, some ten metres.
func coordinate(f float64) float64 {
	if f < 0 {
		return -coordinate(-f)
	}
	return float64(int(f*1e4+0.5)) / 1e4
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// In is an instant in a zone, in UTC where the zone is unknown.
func In(t time.Time, zone string) time.Time {
	loc, err := freight.Location(zone)
	if err != nil {
		return t.UTC()
	}
	return t.In(loc)
}
