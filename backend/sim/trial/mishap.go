package trial

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// mishap is one thing that goes wrong with a load: in the plan, on the road, in what is told, or in what the TMS says.
type mishap struct {
	name   string
	weight int
	fits   func(l *load) bool                    // nil: any load
	road   func(w *World, l *load, r *rand.Rand) // before the truck sets out
	told   func(t *teller)                       // after all is told as it was
	excuse []string                              // kinds that a desk may find on the load without being wrong
}

func two(l *load) bool      { return len(l.stops) == 2 }
func machine(l *load) bool  { return l.voice != byPhone }
func platform(l *load) bool { return l.voice == byPlatform }

// long reports whether the last leg is so many hours at least.
func long(hours int) func(l *load) bool {
	return func(l *load) bool {
		return machine(l) && two(l) && l.last().arrived.Sub(l.stops[0].departed) > time.Duration(hours)*time.Hour
	}
}

// mishaps are dealt by weight among the loads that have one.
var mishaps = []mishap{
	{name: "breakdown", weight: 9, fits: long(4), road: breakdown, told: sayBreakdown},
	{name: "weather", weight: 4, fits: long(5), road: weather, told: func(t *teller) { t.because("AO", "weather, road closed") }},
	{name: "wrong turn", weight: 6, fits: long(6), road: offCorridor},
	{name: "wrong direction", weight: 6, fits: long(4), road: wrongWay},
	{name: "wrong city", weight: 6, fits: long(5), road: wrongCity},
	{name: "late to pickup", weight: 5, fits: two, road: latePickup},
	{name: "no-show", weight: 2, fits: two, told: noShow},
	{name: "slow loading", weight: 4, road: func(_ *World, l *load, r *rand.Rand) { l.stops[0].work = between(r, 45, 95) }},
	{name: "held at pickup", weight: 4, fits: two, road: func(_ *World, l *load, r *rand.Rand) { l.stops[0].work = between(r, 200, 330) }},
	{name: "held at delivery", weight: 6, road: func(_ *World, l *load, r *rand.Rand) { l.last().work = between(r, 210, 420) }},
	{name: "phone off", weight: 9, fits: long(6), told: phoneOff},
	{name: "denied", weight: 5, fits: platform, road: func(_ *World, l *load, _ *rand.Rand) { l.voice = byPhone }, told: denied, excuse: []string{"tracking.none", "tracking.lost"}},
	{name: "never tracked", weight: 3, fits: platform, road: func(_ *World, l *load, _ *rand.Rand) { l.voice = byPhone }, told: neverTracked},
	{name: "false fresh", weight: 6, fits: long(5), told: falseFresh, excuse: []string{"route.deviation", "data.speed", "stop.unscheduled", "scan.missed", "source.conflict", "position.stale", "tracking.lost"}},
	{name: "arrival not scanned", weight: 4, told: noArrival},
	{name: "pickup not scanned", weight: 4, fits: machine, told: noPickupScan},
	{name: "delivery not scanned", weight: 4, fits: machine, told: noDeliveryScan},
	{name: "pop missing", weight: 3, fits: two}, {name: "pop late", weight: 2, fits: two},
	{name: "pod missing", weight: 3, fits: two}, {name: "pod late", weight: 3, fits: two},
	{name: "refused", weight: 2, told: func(t *teller) { t.atDock("BS", "refused by consignee, whole load") }},
	{name: "short", weight: 2, told: func(t *teller) { t.atDock("short", "short 3 pallets, noted on the POD") }},
	{name: "damaged", weight: 2, told: func(t *teller) { t.atDock("damaged", "2 pallets damaged, noted on the POD") }},
	{name: "unsigned", weight: 2, told: func(t *teller) { t.atDock("unsigned", "POD is not signed") }},
	{name: "other load's POD", weight: 1, told: func(t *teller) { t.atDock("other load", "POD received belongs to another load") }},
	{name: "not closed", weight: 4, fits: two},
	{name: "warm", weight: 24, fits: func(l *load) bool { return l.reefer && long(5)(l) }, told: warm},
	{name: "short policy", weight: 6, road: func(w *World, l *load, r *rand.Rand) { l.carrier = w.carriers[honest+r.IntN(2)] }},
	{name: "no authority", weight: 4, road: func(w *World, l *load, r *rand.Rand) { l.carrier = w.carriers[honest+2+r.IntN(2)] }},
	{name: "other driver", weight: 4, told: otherDriver, excuse: []string{"source.conflict"}},
	{name: "twin", weight: 2}, // dealt by the world, which books the second load
	{name: "TMS only", weight: 2, told: func(t *teller) { t.out = nil }},
	{name: "carrier only", weight: 3, fits: func(l *load) bool { return l.voice == byELD }, road: func(_ *World, l *load, _ *rand.Rand) { l.hidden = true }},
	{name: "no appointment", weight: 3, fits: two},
	{name: "appointment past", weight: 3, fits: two},
	{name: "facility closed", weight: 6, fits: func(l *load) bool { return two(l) && l.last().fac.week.text != weeks[0].text }},
	{name: "future stamp", weight: 3, fits: machine, told: futureStamp, excuse: []string{"scan.order"}},
	{name: "impossible speed", weight: 4, fits: long(3), told: jump, excuse: []string{"route.deviation"}},
	{name: "midnight", weight: 3, excuse: []string{"scan.order", "route.deviation"}},
	{name: "silent", weight: 5, fits: func(l *load) bool { return two(l) && l.last().arrived.Sub(l.stops[0].departed) > 7*time.Hour }, told: silent},
	{name: "status mistyped", weight: 3, fits: two, excuse: []string{"load.notClosed", "paper.podMissing"}},
	{name: "hours mistyped", weight: 3, excuse: []string{"scan.order", "data.future"}},
	{name: "wrong zone", weight: 3, fits: platform, told: wrongZone, excuse: []string{"scan.order"}},
	{name: "minutes apart", weight: 2, fits: platform, told: minutesApart},
	{name: "ETAs apart", weight: 30, fits: func(l *load) bool {
		return platform(l) && long(6)(l) && l.last().end.Sub(l.last().start) >= 8*time.Hour
	}, told: etasApart},
	{name: "liar", weight: 8, fits: func(l *load) bool {
		return l.voice == byELD && two(l) && l.last().arrived.Sub(l.stops[0].departed) > 5*time.Hour
	}, road: liar},
	{name: "appointments apart", weight: 3, fits: two, told: appointmentsApart},
	{name: "references apart", weight: 2, told: func(t *teller) { t.claim("reference", "BOL:"+"X"+t.bol[2:]) }},
	{name: "trailers apart", weight: 2, told: func(t *teller) { t.claim("equipment", fmt.Sprint("TRAILER:T", 10000+t.r.IntN(80000))) }},
	{name: "pieces apart", weight: 2, told: piecesApart},
	{name: "moved", weight: 4, fits: two}, {name: "moved by customer", weight: 2, fits: two, told: movedByCustomer},
	{name: "late batch", weight: 4, fits: long(6), told: lateBatch}, {name: "gap", weight: 3, fits: long(6), told: gap},
}

// deal gives about 24 loads of a hundred a mishap that fits them.
func (w *World) deal(l *load, r *rand.Rand) *mishap {
	if !w.incidents || r.IntN(100) >= 24 {
		return nil
	}
	var fit []*mishap
	for i := range mishaps {
		if m := &mishaps[i]; m.fits == nil || m.fits(l) {
			for range m.weight {
				fit = append(fit, m)
			}
		}
	}
	return fit[r.IntN(len(fit))]
}

func breakdown(_ *World, l *load, r *rand.Rand) {
	l.holds = []hold{{between(r, 35, 150), between(r, 190, 480)}}
}

func weather(_ *World, l *load, r *rand.Rand) {
	for i := range 3 {
		l.holds = append(l.holds, hold{minutes(30 + 55*i), between(r, 70, 95)})
	}
}

// held is when the first hold on the last leg began.
func (l *load) held() time.Time {
	begun := l.legs[len(l.legs)-1]
	var wheel time.Duration
	for _, s := range l.way {
		if s.begin.Before(begun) {
			continue
		}
		if wheel += s.end.Sub(s.begin); wheel >= l.holds[0].after-time.Second {
			return s.end
		}
	}
	return l.last().arrived
}

func sayBreakdown(t *teller) { t.because("AI", "mechanical breakdown, road service called") }

// excuse is the carrier's word on what holds the truck.
func (t *teller) because(code, text string) {
	if t.r.IntN(3) > 0 {
		t.say(word{source: "driver", fact: "exception", at: t.held().Add(10 * time.Minute), value: code, text: text}, 15, 50)
	}
}

func offCorridor(_ *World, l *load, r *rand.Rand) {
	side, wide := float64(1-2*r.IntN(2)), 95+50*r.Float64()
	l.path = func(a, b point) []point {
		mid := toward(a, b, 0.45)
		east, north := (b.lon-a.lon)*0.75, b.lat-a.lat
		norm := max(1e-6, miles(point{}, point{north, east})/69)
		off := mid.beside(-north/norm*wide*side, east/norm*wide*side)
		return []point{a, toward(a, b, 0.2), off, toward(a, b, 0.8), b}
	}
}

func wrongWay(_ *World, l *load, r *rand.Rand) {
	back := 60 + 40*r.Float64()
	l.path = func(a, b point) []point { return []point{a, toward(a, b, -back/miles(a, b)), b} }
}

func wrongCity(_ *World, l *load, r *rand.Rand) {
	past := 100 + 40*r.Float64()
	l.path = func(a, b point) []point { return []point{a, toward(a, b, 1+past/miles(a, b)).beside(20, -20), b} }
}

func latePickup(_ *World, l *load, r *rand.Rand) { l.first = l.first.Add(between(r, 130, 330)) }

// liar tells the planned arrival until it has passed, while the truck is hours late.
func liar(_ *World, l *load, r *rand.Rand) {
	for i := range 3 {
		l.holds = append(l.holds, hold{minutes(40 + 50*i), between(r, 70, 90)})
	}
}

func noShow(t *teller) {
	gone := earlier(t.stops[0].start.Add(-30*time.Minute), t.stops[0].arrived.Add(-10*time.Minute))
	t.drop(func(x *word) bool { return x.at.After(gone) || x.fact == "eta" || x.value == "ended" })
}

func (t *teller) onTheRoad(x *word) bool {
	return x.fact == "position" || x.fact == "eta" || x.fact == "temperature"
}

// dark is a part of the last leg of some hours, that begins an hour and more after departure.
func (t *teller) dark(hours, more int) (from, to time.Time) {
	from = t.stops[len(t.stops)-2].departed.Add(between(t.r, 60, 150))
	return from, from.Add(between(t.r, hours*60, more*60))
}

func phoneOff(t *teller) {
	from, to := t.dark(4, 9)
	t.drop(func(x *word) bool { return t.onTheRoad(x) && x.at.After(from) && x.at.Before(to) })
	if t.voice != byPlatform {
		return
	}
	state := [][2]string{{"failed", "tracking failed: phone is off"}, {"hidden", "location hidden by driver"}, {"expired", "tracking expired"}}[t.r.IntN(3)]
	t.say(word{source: t.platform, fact: "tracking", at: from.Add(between(t.r, 25, 70)), value: state[0], text: state[1]}, 1, 4)
	if to.Before(t.last().arrived) {
		t.say(word{source: t.platform, fact: "tracking", at: to, value: "tracking", text: "tracking again"}, 1, 2)
	}
}

func denied(t *teller) {
	t.say(word{source: t.platform, fact: "tracking", at: t.booked.Add(12 * time.Minute), value: "pending", text: "waiting for driver approval"}, 1, 3)
	t.say(word{source: t.platform, fact: "tracking", at: t.tracked.Add(-between(t.r, 10, 60)), value: "denied", text: "driver denied the tracking request"}, 1, 3)
}

func neverTracked(t *teller) {
	t.drop(func(x *word) bool { return t.onTheRoad(x) })
	t.say(word{source: t.platform, fact: "tracking", at: t.booked.Add(12 * time.Minute), value: "pending", text: "waiting for a truck number"}, 1, 3)
}

// falseFresh: from the departure on, the platform repeats the last delivery of another trip, or the centre of the delivery's postal code,
// with new times.
func falseFresh(t *teller) {
	f := t.w.facilities[t.r.IntN(len(t.w.facilities))]
	for f.island != t.stops[0].fac.island || miles(f.gate, t.stops[0].fac.gate) < 150 || miles(f.gate, t.last().fac.gate) < 150 {
		if f = t.w.facilities[t.r.IntN(len(t.w.facilities))]; t.stops[0].fac.island != mainland {
			f = t.last().fac
			break
		}
	}
	same := f.gate
	if t.r.IntN(3) == 0 || f == t.last().fac {
		same = t.last().fac.point.rounded()
	}
	from := t.stops[0].departed.Add(5 * time.Minute)
	t.each(func(x *word) {
		if x.fact == "position" && x.at.After(from) {
			x.spot = &same
		}
	})
}

func noArrival(t *teller) {
	s := 1 + t.r.IntN(len(t.stops))
	t.drop(func(x *word) bool { return x.fact == "arrived" && x.stop == s })
}

// unscanned holds back all actuals of a stop for hours, or for good.
func (t *teller) unscanned(stop int, never bool) {
	late := between(t.r, 240, 560)
	t.drop(func(x *word) bool { return never && x.actual() && x.stop == stop })
	t.each(func(x *word) {
		if x.actual() && x.stop == stop {
			x.received, x.pushed = x.received.Add(late), true
		}
	})
}

func noPickupScan(t *teller)   { t.unscanned(1, t.r.IntN(3) == 0) }
func noDeliveryScan(t *teller) { t.unscanned(len(t.stops), t.r.IntN(3) == 0) }

// atDock is an exception at the last delivery.
func (t *teller) atDock(code, text string) {
	s := t.last()
	t.say(word{source: t.mouth(), fact: "exception", stop: s.seq, at: s.done, value: code, text: text}, 3, 20)
}

func warm(t *teller) {
	from, to := t.dark(2, 4)
	t.each(func(x *word) {
		if x.fact == "temperature" && x.at.After(from) && x.at.Before(to) {
			x.num = float64(t.tempMax) + 4 + float64(t.r.IntN(60))/10
			x.value = fmt.Sprint(x.num)
		}
	})
}

func otherDriver(t *teller) {
	value := fmt.Sprintf("PHONE:+1 %d-555-%04d", 201+t.r.IntN(700), 100+t.r.IntN(9000))
	if t.r.IntN(3) == 0 {
		value = "NAME:" + drivers[(slices.Index(drivers, t.driver)+1+t.r.IntN(len(drivers)-1))%len(drivers)]
	}
	t.say(word{source: t.other(), fact: "driver", at: t.stops[0].arrived.Add(-between(t.r, 20, 60)), value: value, text: "as registered in the app"}, 1, 5)
}

// teller is a source other than a person's phone.
func (t *teller) other() string {
	if t.voice == byPlatform {
		return t.platform
	}
	return "carrier"
}

// claim is another word on a fact of the load, told at the pickup.
func (t *teller) claim(fact, value string) {
	t.drop(func(x *word) bool { return x.fact == fact && strings.HasPrefix(x.value, value[:3]) })
	t.say(word{source: t.other(), fact: fact, at: t.stops[0].arrived.Add(5 * time.Minute), value: value}, 1, 5)
}

func futureStamp(t *teller) {
	s := t.stops[t.r.IntN(len(t.stops))]
	at := s.arrived.Add(6 * time.Minute)
	t.say(word{source: "carrier", fact: "arrived", stop: s.seq, at: at, text: "clock of another zone"}, 1, 4)
	t.out[len(t.out)-1].at = at.Add(between(t.r, 2, 5) / time.Minute * time.Hour)
	if t.voice != byPlatform { // the carrier's own right word would be replaced by the wrong one
		t.each(func(x *word) {
			if x.source == "carrier" && x.stop == s.seq && x.at.Equal(s.arrived) {
				x.source = "driver"
			}
		})
	}
}

// jump puts a position of another device among those on the road.
func jump(t *teller) {
	var road []int
	for i := range t.out {
		if x := &t.out[i]; x.fact == "position" && x.at.After(t.stops[0].departed.Add(40*time.Minute)) && x.at.Before(t.last().arrived.Add(-40*time.Minute)) {
			road = append(road, i)
		}
	}
	if len(road) == 0 {
		return
	}
	x := &t.out[road[t.r.IntN(len(road))]]
	far := x.spot.beside(-250-150*t.r.Float64(), 180+100*t.r.Float64()).rounded()
	x.spot = &far
}

// silent says nothing more after the pickup, until the delivery is told hours later.
func silent(t *teller) {
	from := t.stops[0].departed.Add(between(t.r, 30, 90))
	t.drop(func(x *word) bool { return x.at.After(from) && (t.onTheRoad(x) || x.fact == "tracking") })
	t.each(func(x *word) {
		if x.at.After(from) {
			x.received, x.pushed = x.received.Add(between(t.r, 300, 420)), true
		}
	})
}

// wrongZone: the carrier passes the arrival on as well, on the clock of its own office.
func wrongZone(t *teller) {
	s := t.stops[t.r.IntN(len(t.stops))]
	off := minutes(60 * []int{-3, -2, 2, 3}[t.r.IntN(4)])
	t.say(word{source: "carrier", fact: "arrived", stop: s.seq, at: s.arrived, text: "214 X1"}, 4, 30)
	t.out[len(t.out)-1].at = s.arrived.Add(off)
}

func minutesApart(t *teller) {
	s := t.stops[t.r.IntN(len(t.stops))]
	t.say(word{source: "carrier", fact: "arrived", stop: s.seq, at: s.arrived.Add(-between(t.r, 24, 50)), text: "as the driver noted"}, 60, 90)
}

func etasApart(t *teller) {
	s := t.last()
	var own []word
	for _, x := range t.out {
		if x.fact == "eta" && x.stop == s.seq && x.at.After(t.stops[0].departed.Add(time.Hour)) {
			own = append(own, x)
		}
	}
	for _, x := range own {
		t.say(word{source: "carrier", fact: "eta", stop: s.seq, at: x.at, instant: s.end.Add(-between(t.r, 40, 50))}, 2, 6)
	}
}

// appointmentsApart: a teller below the TMS says another window than the TMS.
func appointmentsApart(t *teller) {
	s := t.last()
	shift := between(t.r, 4, 10) / time.Minute * 30 * time.Minute
	t.say(word{source: []string{"carrier", "facility"}[t.r.IntN(2)], fact: "appointment", stop: s.seq, at: t.stops[0].start.Add(-time.Hour),
		window: [2]time.Time{s.start.Add(shift), s.end.Add(shift)}, text: "per receiver"}, 2, 20)
}

func piecesApart(t *teller) {
	t.drop(func(x *word) bool { return x.fact == "pieces" })
	n := t.pieces - 5 - t.r.IntN(60)
	t.say(word{source: "carrier", fact: "pieces", stop: 1, at: t.stops[0].done, value: fmt.Sprint(n), num: float64(n)}, 2, 20)
}

// movedByCustomer: the customer, whose word on a window counts above the TMS's, gives the delivery another one.
func movedByCustomer(t *teller) {
	s := t.last()
	shift := minutes(30 * []int{-3, 4, 6}[t.r.IntN(3)])
	t.say(word{source: "customer", fact: "appointment", stop: s.seq, at: t.stops[0].start.Add(-30 * time.Minute),
		window: [2]time.Time{s.start.Add(shift), s.end.Add(shift)}, text: "please deliver then"}, 2, 20)
}

// lateBatch: the truck was out of coverage; its positions come all at once.
func lateBatch(t *teller) {
	from, to := t.dark(3, 5)
	t.each(func(x *word) {
		if t.onTheRoad(x) && x.at.After(from) && x.at.Before(to) {
			x.received, x.pushed = to.Add(2*time.Minute), true
		}
	})
}

func gap(t *teller) {
	from, to := t.dark(3, 5)
	t.drop(func(x *word) bool { return t.onTheRoad(x) && x.at.After(from) && x.at.Before(to) })
}
