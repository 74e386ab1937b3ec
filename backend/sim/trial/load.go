package trial

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// carrier moves loads. Expiring and revoked carriers are few, since the finding is on every load of theirs.
type carrier struct {
	name, scac, mc, dot, dispatcher, phone string
	insured                                time.Time
	authority                              string
}

var carrierNames = []struct{ name, scac string }{
	{"Ridgeback Transport", "RBKT"}, {"Two Rivers Freight", "TWVF"}, {"Lone Elm Carriers", "LNEC"}, {"Bluebonnet Hauling", "BBHQ"},
	{"Granite State Lines", "GSLN"}, {"Cactus Wren Logistics", "CWRN"}, {"Great Plains Express", "GPXQ"}, {"Silver Birch Trucking", "SBTQ"},
	{"Iron Range Motor", "IRMQ"}, {"Coastal Heron Freight", "CHFQ"}, {"Sawtooth Carriers", "SWTC"}, {"Cumberland Gap Freight", "CGFQ"},
	{"Northern Spruce Transport", "NSPQ"}, {"Quarter Horse Trucking", "QHTQ"}, {"Wagon Wheel Freight", "WWFQ"}, {"Delta Levee Transport", "DLTQ"},
	{"Short Policy Trucking", "SPTQ"}, {"Lapsed Cover Lines", "LCLQ"}, {"Void Grant Haulage", "VGHQ"}, {"Paused Wheel Express", "PWEQ"},
}

const honest = 16 // the carriers before this one are insured and licensed

func newCarriers(start time.Time, incidents bool) []*carrier {
	var list []*carrier
	start = start.Truncate(24 * time.Hour)
	for i, n := range carrierNames {
		c := &carrier{name: n.name, scac: n.scac, mc: fmt.Sprintf("MC%06d", 510217+i*7919), dot: fmt.Sprint(1804411 + i*33391),
			dispatcher: "Dispatch " + n.scac, phone: fmt.Sprintf("+1 %d-555-%04d", 312+i*7, 100+i), insured: start.AddDate(0, 2, i*9), authority: "active"}
		if incidents {
			switch i {
			case honest:
				c.insured = start.AddDate(0, 0, -20)
			case honest + 1:
				c.insured = start.AddDate(0, 0, 1)
			case honest + 2:
				c.authority = "revoked"
			case honest + 3:
				c.authority = "inactive"
			}
		}
		list = append(list, c)
	}
	return list
}

// voice is how a load is heard of.
type voice int

const (
	byPlatform voice = iota // a visibility platform: positions, events, ETAs
	byELD                   // the truck's logbook gives positions, its carrier events and ETAs
	byPhone                 // driver and dispatcher, on the phone
)

// stop is one stop: its plan, and what really happens there.
type stop struct {
	seq        int
	kind       string // pickup or delivery
	fac        *facility
	style      int // of the window, see promise
	start, end time.Time
	work, out  time.Duration // from service begin to done, from done to gone
	arrived    time.Time
	done       time.Time // loaded or delivered
	departed   time.Time
}

// begin is when the facility may begin to work the truck.
func (s *stop) begin() time.Time { return later(s.arrived, s.start) }

// load is the truth of one load.
type load struct {
	index                               int
	number, bol, po, pro                string
	customer                            string
	carrier                             *carrier
	voice                               voice
	platform                            string
	truck, trailer, driver, phone       string
	reefer                              bool
	tempMin, tempMax                    int
	pieces, pallets, pounds, value      int
	stops                               []*stop
	booked, dispatched                  time.Time // when the TMS first lists it, when truck and driver are named
	mph, bend                           float64
	from                                point // where the truck sets out for the pickup
	first                               time.Time
	way                                 []stretch
	legs                                []time.Time // when each leg was begun
	trait                               string
	befall, aware                       time.Time   // when the incident begins in the world, and when its ETAs take it in
	nominal                             []time.Time // arrivals as planned
	holds                               []hold      // on the leg to the last stop
	path                                func(a, b point) []point
	tracked                             time.Time // first position
	tmsTimes, zoned, localTimes, hidden bool      // hidden: not in the TMS
	cancelled                           time.Time
	twin                                *load
	typed                               typing
	versions                            []version
	words                               []word
	excused                             []string
}

func (l *load) last() *stop { return l.stops[len(l.stops)-1] }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// between is a whole number of minutes from a to b.
func between(r *rand.Rand, a, b int) time.Duration { return minutes(a + r.IntN(b-a+1)) }

// plan draws a load until its undisturbed trip is one that no rule should speak of: no long stop on the road but a night's
// rest after a day's driving, no wait at a gate.
func (w *World) plan(i int) *load {
	r := rand.New(rand.NewPCG(w.seed, uint64(i)))
	for {
		if l := w.draw(i, r); l != nil {
			return l
		}
	}
}

func (w *World) draw(i int, r *rand.Rand) *load {
	l := &load{index: i, number: fmt.Sprint(204000 + i), bol: fmt.Sprintf("BL%d", 8800200+i*3), po: fmt.Sprintf("47%08d", r.IntN(1e8)),
		pro: fmt.Sprint(870000000 + i*131 + r.IntN(99)), customer: customers[r.IntN(len(customers))], carrier: w.carriers[r.IntN(honest)],
		voice:    []voice{byPlatform, byPlatform, byPlatform, byPlatform, byELD, byELD, byPhone, byPhone, byPhone}[r.IntN(9)],
		platform: []string{"project44", "fourkites", "macropoint"}[r.IntN(3)], truck: fmt.Sprint(100 + r.IntN(900)),
		trailer: fmt.Sprint("T", 10000+r.IntN(80000)), driver: drivers[r.IntN(len(drivers))], phone: fmt.Sprintf("+1 %d-555-%04d", 201+r.IntN(700), 100+r.IntN(9000)),
		pieces: 200 + r.IntN(1600), pallets: 10 + r.IntN(17), pounds: 18000 + r.IntN(26000), value: 8000 + r.IntN(60)*1000,
		mph: 46 + 14*r.Float64(), bend: 2*r.Float64() - 1, tmsTimes: r.IntN(2) == 0, zoned: r.IntN(5) < 3, localTimes: r.IntN(4) > 0}
	if r.IntN(4) == 0 {
		l.reefer, l.tempMin = true, []int{-10, 28, 34}[r.IntN(3)]
		l.tempMax = l.tempMin + 6
	}
	l.path = func(a, b point) []point { return road(a, b, l.bend) }
	kinds := []string{"pickup", "delivery"}
	if r.IntN(8) == 0 {
		kinds = [][]string{{"pickup", "delivery", "delivery"}, {"pickup", "delivery", "delivery", "delivery"}}[r.IntN(2)]
	}
	for n, kind := range kinds {
		s := &stop{seq: n + 1, kind: kind, fac: w.choose(l, r), style: r.IntN(10), work: between(r, 10, 19), out: between(r, 6, 11)}
		if s.fac == nil {
			return nil
		}
		l.stops = append(l.stops, s)
	}
	l.first = w.start.Add(between(r, 240, max(w.days*24*60-480, 300)))
	a := l.stops[0].fac.gate
	far := 70 + 35*r.Float64()
	l.from = a.beside(far*(2*r.Float64()-1)*0.7, far*0.7)
	w.run(l, true, r)
	if !l.undisturbed() || !w.incidents && l.stops[0].start.After(l.stops[0].arrived) {
		return nil
	}
	for _, s := range l.stops {
		l.nominal = append(l.nominal, s.arrived)
	}
	w.book(l, r)
	return l
}

// book settles when the load is known: from an export on, so that nobody speaks of it before; and what is always so before a pickup.
func (w *World) book(l *load, r *rand.Rand) {
	open := l.stops[0].start
	l.booked = open.Add(-between(r, 4*60, 30*60))
	l.booked = later(l.booked.Add(exportEvery-1).Truncate(exportEvery), w.start)
	l.dispatched = open.Add(-between(r, 180, 220))
	l.tracked = earlier(open.Add(-between(r, 105, 115)), l.way[0].begin.Add(-10*time.Minute))
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// choose picks a facility on the same island, a day's or two days' way from the last one.
func (w *World) choose(l *load, r *rand.Rand) *facility {
	if len(l.stops) == 0 {
		return w.facilities[r.IntN(len(w.facilities))]
	}
	last := l.last().fac
	near, far := 130.0, 1050.0
	if len(l.stops) > 1 {
		near, far = 40, 420
	}
	for range 60 {
		f := w.facilities[r.IntN(len(w.facilities))]
		if d := miles(last.gate, f.gate); f.island == last.island && d > near && d < far && !l.passes(f) {
			return f
		}
	}
	return nil
}

// passes reports whether the load has a stop in the town already.
func (l *load) passes(f *facility) bool {
	for _, s := range l.stops {
		if miles(s.fac.gate, f.gate) < 30 {
			return true
		}
	}
	return false
}

// run drives the load. Planning sets each window around the arrival as it then comes; else the windows stand and the incident befalls it.
func (w *World) run(l *load, planning bool, r *rand.Rand) {
	l.way, l.legs = nil, nil
	approach := atWheel(road(l.from, l.stops[0].fac.gate, l.bend), l.mph)
	out := l.first.Add(-approach)
	day := wheel{onDuty: out.Add(-15 * time.Minute)}
	here, now := l.from, out
	for i, s := range l.stops {
		var holds []hold
		path := road(here, s.fac.gate, l.bend)
		if i > 0 && !planning {
			path = l.path(here, s.fac.gate)
			if i == len(l.stops)-1 {
				holds = l.holds
			}
		}
		way, arrived := day.drive(path, now, l.mph, holds)
		l.legs, l.way = append(l.legs, now), append(l.way, way...)
		s.arrived = arrived
		if planning {
			s.promise(w, r)
		}
		if wait := s.begin().Sub(arrived); wait >= restTime {
			day = wheel{onDuty: s.begin()}
		}
		s.serve()
		now, here = s.departed, s.fac.gate
	}
}

// atWheel is how long a path takes to drive.
func atWheel(path []point, mph float64) time.Duration {
	var d float64
	for i := 1; i < len(path); i++ {
		d += miles(path[i-1], path[i])
	}
	return time.Duration(d * detour / mph * float64(time.Hour))
}

// serve works the truck. Work is done in the part of the half hour that lets the paper be in the TMS's next export.
func (s *stop) serve() {
	s.done = s.begin().Add(s.work)
	for m := s.done.Minute() % 30; m < 2 || m > 24; m = s.done.Minute() % 30 {
		s.done = s.done.Add(time.Minute)
	}
	s.departed = s.done.Add(s.out)
}

// promise sets the window around the arrival of the undisturbed trip, in the facility's hours. Styles: a wide appointment, first come
// first served, and, in a world with incidents, an hour or a point in time, for which trucks come early.
func (s *stop) promise(w *World, r *rand.Rand) {
	at := s.arrived
	half := at.Truncate(30 * time.Minute)
	long := between(r, 4, 10) / time.Minute * 30 * time.Minute
	switch {
	case w.incidents && s.style == 0: // a point in time
		half, long = at.Add(44*time.Minute).Truncate(30*time.Minute), 0
	case w.incidents && s.style <= 2:
		half, long = at.Truncate(30*time.Minute), time.Hour
		if at.Sub(half) > 20*time.Minute {
			half = half.Add(30 * time.Minute)
		}
	case s.style <= 4:
		long = 8 * time.Hour
	}
	for shift := time.Duration(0); shift <= 9*time.Hour; shift += 30 * time.Minute {
		if s.start, s.end = half.Add(shift), half.Add(shift+long); s.fac.takes(s.start, s.end) {
			return
		}
	}
	s.start, s.end = time.Time{}, time.Time{}
}

// undisturbed reports whether the trip as planned is unremarkable.
func (l *load) undisturbed() bool {
	for i, s := range l.stops {
		if s.start.IsZero() || s.start.Sub(s.arrived) > 45*time.Minute && i < len(l.stops)-1 || i == 0 && s.start.Sub(s.arrived) > 45*time.Minute {
			return false
		}
	}
	for i, leg := range l.legs[1:] {
		if where(l.way, leg.Add(5*time.Minute)) == l.stops[i].fac.gate {
			return false // he would have to rest at the gate
		}
	}
	var driven time.Duration
	for i, s := range l.way {
		if i > 0 {
			stood := s.begin.Sub(l.way[i-1].end)
			atStop := false
			for _, st := range l.stops {
				atStop = atStop || s.begin.Equal(st.departed)
			}
			if stood > 100*time.Minute && (driven < 9*time.Hour || stood > restTime+30*time.Minute) && !atStop {
				return false
			}
			if stood > 45*time.Minute && !atStop && l.rings(s.from) {
				return false
			}
			if stood >= 9*time.Hour {
				driven = 0
			}
		}
		driven += s.end.Sub(s.begin)
	}
	return true
}

// rings reports whether a point lies around a stop, where at the gate or away from it would be a question of radius.
func (l *load) rings(p point) bool {
	for _, s := range l.stops {
		if d := miles(p, s.fac.gate); d > 0.3 && d < 9 {
			return true
		}
	}
	return false
}

var customers = []string{"Northfield Foods", "Blue Mesa Produce", "Harbor & Pine Furniture", "Kestrel Beverage", "Ostrander Paper", "Lumen Household"}

var drivers = []string{"James Carter", "Miguel Hernandez", "Anna Kowalczyk", "Darnell Brooks", "Gurpreet Singh", "Robert Hale", "Luis Ramirez", "Olga Petrov",
	"Denise Walker", "Ahmed Yusuf", "Chris Lindqvist", "Marco Silva"}
