package sim

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// report is one thing that somebody tells of a load.
type report struct {
	load     *Load
	seq      int // stop; 0 when it belongs to none
	fact     freight.Fact
	at       time.Time // when it happened
	told     time.Time // when the desk learns it
	by       string    // source word of the events sheet; "" for a status file of the carrier
	lat, lon float64
	value    string
	eta      time.Time
	text     string
}

// tell lets every carrier report its loads, in its own way and at its own pace.
func (w *World) tell() {
	for i, l := range w.Loads {
		if l.Trait == Cancelled {
			continue
		}
		t := teller{load: l, r: rand.New(rand.NewPCG(w.Seed^0x9e3779b9, uint64(i)))}
		t.all()
		w.reports = append(w.reports, t.out...)
	}
	slices.SortStableFunc(w.reports, func(a, b report) int { return a.told.Compare(b.told) })
}

type teller struct {
	load *Load
	r    *rand.Rand
	out  []report
}

func (t *teller) all() {
	l := t.load
	if l.Carrier.Voice == ByPlatform {
		t.say(report{fact: freight.FactTracking, at: l.Dispatched, value: "pending", text: "shared with driver"}, 2)
		t.say(report{fact: freight.FactTracking, at: l.Stops[0].Arrived.Add(-2 * time.Hour), value: "tracking", text: "tracking started"}, 2)
	}
	if l.Carrier.Voice == ByPhone {
		t.say(report{fact: freight.FactDriver, at: l.Dispatched, value: "PHONE:" + l.DriverPhone, text: l.Driver + " has it, truck " + l.Truck}, 30)
	}
	for i := range l.Stops {
		s := &l.Stops[i]
		t.stop(s)
		if i+1 < len(l.Stops) {
			t.road(s.Departed, &l.Stops[i+1])
		}
	}
	if l.Trait == Held && !l.heldFrom.IsZero() {
		t.say(report{fact: freight.FactException, at: l.heldFrom.Add(10 * time.Minute), value: "AI", text: "mechanical breakdown, road service called"}, 30)
	}
	if l.Carrier.Voice == ByPlatform {
		end := report{fact: freight.FactTracking, at: l.Last().Departed.Add(time.Hour), value: "ended", text: "tracking ended"}
		if l.Trait == Silent {
			end.at, end.value, end.text = l.Stops[0].Departed.Add(3*time.Hour), "stale", "no position for 3 hours"
		}
		t.say(end, 2)
	}
}

// stop tells of arrival, loading and departure. A silent load is heard of at its first pickup and, half a day late, at its end.
func (t *teller) stop(s *Stop) {
	l := t.load
	done := freight.FactLoaded
	if s.Kind == "delivery" {
		done = freight.FactDelivered
	}
	if l.Trait == Silent && s.Seq > 1 {
		if s.Seq == len(l.Stops) {
			t.say(report{seq: s.Seq, fact: done, at: s.Departed.Add(-10 * time.Minute)}, 12*60)
		}
		return
	}
	t.say(report{seq: s.Seq, fact: freight.FactArrived, at: s.Arrived}, 25)
	if t.load.Carrier.Voice != ByPhone || s.Kind == "delivery" {
		t.say(report{seq: s.Seq, fact: done, at: s.Departed.Add(-10 * time.Minute)}, 25)
	}
	t.say(report{seq: s.Seq, fact: freight.FactDeparted, at: s.Departed}, 25)
}

// road tells of the way to a stop: positions, and what is expected.
func (t *teller) road(from time.Time, to *Stop) {
	l := t.load
	if l.Trait == Silent {
		return
	}
	pace := map[Voice]time.Duration{ByEDI: 3 * time.Hour, ByPlatform: 30 * time.Minute, ByPhone: 7 * time.Hour}[l.Carrier.Voice]
	for n, at := 0, from.Add(pace/2); at.Before(to.Arrived); n, at = n+1, at.Add(pace) {
		lat, lon, ok := l.Where(at)
		if !ok {
			continue
		}
		t.say(report{fact: freight.FactPosition, at: at, lat: lat, lon: lon}, 4)
		if n%4 == 0 {
			left := to.Arrived.Sub(at)
			if !l.heldFrom.IsZero() && at.Before(l.heldFrom) {
				left -= l.hold // nobody sees a breakdown coming
			}
			guess := at.Add(time.Duration(float64(left) * (0.97 + 0.08*t.r.Float64()))).Truncate(5 * time.Minute)
			t.say(report{seq: to.Seq, fact: freight.FactETA, at: at, eta: guess}, 4)
		}
		if l.Reefer && l.Carrier.Voice == ByPlatform && n%2 == 0 {
			t.say(report{fact: freight.FactTemperature, at: at, value: t.degrees(at, from, to.Arrived)}, 4)
		}
	}
}

// degrees is what the reefer's probe shows: within the range, but for the middle of a warm load's way.
func (t *teller) degrees(at, from, to time.Time) string {
	l := t.load
	f := float64(l.TempMinF) + 1 + 4*t.r.Float64()
	if share := float64(at.Sub(from)) / float64(to.Sub(from)); l.Trait == Warm && share > 0.35 && share < 0.6 {
		f = float64(l.TempMaxF) + 5 + 6*t.r.Float64()
	}
	return decimal(math.Round(f*10) / 10)
}

// say adds a report with its delay: about lag minutes. People on a phone round to five minutes, a platform is quick.
func (t *teller) say(r report, lag int) {
	l := t.load
	r.load = l
	switch l.Carrier.Voice {
	case ByPlatform:
		r.by, lag = l.Carrier.Platform, min(lag, 6)
	case ByPhone:
		r.by, lag = "dispatcher", lag+20
		if t.r.IntN(3) == 0 {
			r.by = "driver"
		}
		r.at = r.at.Round(5 * time.Minute)
	}
	if l.Trait == Silent && r.fact == freight.FactDelivered {
		lag = 12 * 60
	}
	r.told = later(r.at, r.at.Add(time.Duration(1+lag/2+t.r.IntN(lag+1))*time.Minute))
	t.out = append(t.out, r)
}

// between are the reports told after from and not after to.
func (w *World) between(from, to time.Time) []report {
	find := func(t time.Time) int { // the first report told after t
		n, _ := slices.BinarySearchFunc(w.reports, t, func(r report, t time.Time) int {
			return cmp.Or(r.told.Compare(t), -1)
		})
		return n
	}
	return w.reports[find(from):find(to)]
}
