package trial

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// word is one row of the events sheet: something that somebody tells.
type word struct {
	of       *load
	name     string // of the load as the row has it
	source   string
	fact     string
	stop     int
	at       time.Time
	local    bool      // written on the stop's clock, without an offset
	received time.Time // when the desk's mailbox had it
	pushed   bool      // the sheet says so; else the desk learns it with the file
	spot     *point
	value    string
	text     string
	instant  time.Time    // an ETA's
	window   [2]time.Time // an appointment's
	num      float64
	again    bool // a repetition
}

// known is when the desk knows the word.
func (x *word) known() time.Time {
	if x.pushed {
		return x.received
	}
	return nextGrid(x.received)
}

// nextGrid is the file's instant: files come every five minutes.
func nextGrid(t time.Time) time.Time { return t.Add(5*time.Minute - 1).Truncate(5 * time.Minute) }

// actual reports whether the word is something that happened at a stop.
func (x *word) actual() bool {
	switch x.fact {
	case "arrived", "departed", "loaded", "unloaded", "picked_up", "delivered":
		return x.stop > 0
	}
	return false
}

// teller makes what is told of one load.
type teller struct {
	*load
	w   *World
	r   *rand.Rand
	out []word
}

func (t *teller) say(x word, lagMin, lagMax int) {
	x.of, x.name = t.load, t.number
	x.at = x.at.Truncate(time.Minute)
	x.received = x.at.Add(between(t.r, lagMin, lagMax))
	switch {
	case x.source == "driver" || x.source == "dispatcher":
		x.pushed = t.r.IntN(5) > 0 || !t.w.incidents && x.actual()
		x.local = x.stop > 0 && t.r.IntN(3) > 0 && x.fact != "eta"
	case x.source == "carrier":
		x.pushed = t.r.IntN(5) > 0 || !t.w.incidents
	default:
		x.pushed = true
	}
	if t.w.incidents && x.source == "carrier" && x.stop > 0 && t.trait != "twin" && !t.hidden && t.r.IntN(12) == 0 {
		x.name = "BOL:" + t.bol // some carriers do not write the load's number
	}
	if x.actual() {
		at := t.stops[x.stop-1].past(x.at)
		x.received, x.at = x.received.Add(at.Sub(x.at)), at
	}
	t.out = append(t.out, x)
}

// mouth is who tells of stops and of what is expected.
func (t *teller) mouth() string {
	switch t.voice {
	case byPlatform:
		return t.platform
	case byELD:
		return "carrier"
	}
	if t.r.IntN(3) == 0 {
		return "driver"
	}
	return "dispatcher"
}

// all tells an undisturbed life of the load, along the way that it really goes.
func (t *teller) all() {
	taken := t.booked.Add(between(t.r, 5, 35))
	if t.voice == byPlatform {
		t.say(word{source: t.platform, fact: "tracking", at: taken, value: "pending", text: "assigned, waiting for the truck"}, 1, 3)
		t.say(word{source: t.platform, fact: "tracking", at: t.tracked, value: "tracking", text: "tracking started"}, 1, 3)
		t.say(word{source: t.platform, fact: "tracking", at: t.last().departed.Add(between(t.r, 12, 20)), value: "ended", text: "tracking completed"}, 1, 3)
	} else {
		t.say(word{source: "carrier", fact: "status", at: taken, value: "Accepted", text: "tender accepted"}, 1, 4)
	}
	if t.r.IntN(2) == 0 {
		t.say(word{source: "carrier", fact: "reference", at: taken, value: "PRO:" + t.pro, text: "our pro " + t.pro}, 2, 6)
	}
	if t.r.IntN(3) == 0 {
		t.say(word{source: "carrier", fact: "equipment", at: t.dispatched.Add(5 * time.Minute), value: "TRAILER:" + t.trailer}, 2, 6)
	}
	if t.voice == byPhone || t.r.IntN(4) == 0 {
		t.say(word{source: "dispatcher", fact: "driver", at: t.dispatched.Add(8 * time.Minute), value: "PHONE:" + t.phone, text: t.driver + " has it"}, 2, 6)
	}
	for _, s := range t.stops {
		t.atStop(s)
	}
	t.positions()
	t.temperatures()
}

func (t *teller) atStop(s *stop) {
	done := "loaded"
	if s.kind == "delivery" {
		done = "delivered"
	}
	lo, hi := 1, 3
	if t.w.incidents && t.voice != byPlatform {
		hi = 8
	}
	t.say(word{source: t.mouth(), fact: "arrived", stop: s.seq, at: s.arrived}, lo, hi)
	t.say(word{source: t.mouth(), fact: done, stop: s.seq, at: s.done}, lo, 3)
	t.say(word{source: t.mouth(), fact: "departed", stop: s.seq, at: s.departed}, lo, hi)
	if t.voice == byPlatform && t.r.IntN(4) == 0 { // a driver in the app too, within minutes
		t.say(word{source: "driver", fact: "arrived", stop: s.seq, at: s.arrived.Add(between(t.r, -3, 5))}, 6, 12)
	}
	if s.seq == 1 && t.r.IntN(3) == 0 {
		t.say(word{source: t.mouth(), fact: "pieces", stop: 1, at: s.done, value: strconv.Itoa(t.pieces), num: float64(t.pieces)}, 1, 5)
	}
}

// positions are told from the start of tracking until the truck leaves its last stop: every quarter of an hour by a machine, at every
// check call, and when he rolls again after a night, by a person. A machine's clock is moved where the truck is just outside a gate, so that at the gate or not is never a question of radius.
func (t *teller) positions() {
	end := t.last().departed
	told := time.Time{}
	for at := t.tracked; !at.After(end); {
		here := where(t.way, at)
		if t.rings(here) && where(t.way, at.Add(4*time.Minute)) != here {
			at = at.Add(4 * time.Minute)
			continue
		}
		t.position(at, here)
		if at.Sub(told) >= 55*time.Minute {
			told = at
			t.eta(at)
		}
		if t.voice == byPhone {
			at = earlier(at.Add(between(t.r, 75, 100)), t.rolls(at))
		} else {
			at = at.Add(between(t.r, 13, 17))
		}
	}
}

// rolls is when the driver next says that he is rolling again after a night, if he does.
func (t *teller) rolls(after time.Time) time.Time {
	for i := 1; i < len(t.way); i++ {
		if at := t.way[i].begin.Add(6 * time.Minute); at.After(after) && t.way[i].begin.Sub(t.way[i-1].end) >= restTime {
			return at
		}
	}
	return after.Add(24 * time.Hour)
}

func (t *teller) position(at time.Time, here point) {
	source := t.mouth()
	if t.voice == byELD {
		source = "eld"
	}
	spread := 0.08
	p := here.beside(spread*(2*t.r.Float64()-1), spread*(2*t.r.Float64()-1)).rounded()
	t.say(word{source: source, fact: "position", at: at, spot: &p}, 1, 4)
}

// eta states the arrival at the next stop: as planned until the mishap is known, then as it will be; right to some minutes.
func (t *teller) eta(at time.Time) {
	for i, s := range t.stops {
		if at.Before(s.arrived.Add(-20*time.Minute)) && (i == 0 || at.After(t.stops[i-1].departed)) {
			when := t.nominal[i]
			if at.After(t.aware) {
				when = s.arrived
			}
			when = later(when.Add(between(t.r, -8, 8)), at.Add(25*time.Minute)).Truncate(time.Minute)
			t.say(word{source: t.mouth(), fact: "eta", stop: s.seq, at: at, instant: when}, 1, 4)
			return
		}
	}
}

func (t *teller) temperatures() {
	if !t.reefer || t.voice == byPhone {
		return
	}
	source := t.platform
	if t.voice == byELD {
		source = "eld"
	}
	for at := t.stops[0].departed.Add(10 * time.Minute); at.Before(t.last().arrived); at = at.Add(between(t.r, 28, 32)) {
		f := math.Round(10*(float64(t.tempMin)+1+4*t.r.Float64())) / 10
		t.say(word{source: source, fact: "temperature", at: at, value: fmt.Sprint(f), num: f}, 1, 4)
	}
}

// repeat sends some of the words again, minutes to hours later, as systems do.
func (t *teller) repeat() {
	if !t.w.incidents {
		return
	}
	for _, x := range slices.Clone(t.out) {
		if x.pushed && t.r.IntN(40) == 0 {
			x.again = true
			x.received = x.received.Add(between(t.r, 2, 90))
			t.out = append(t.out, x)
		}
	}
}

// drop takes words back before they are told.
func (t *teller) drop(which func(x *word) bool) {
	t.out = slices.DeleteFunc(t.out, func(x word) bool { return which(&x) })
}

// each changes words.
func (t *teller) each(change func(x *word)) {
	for i := range t.out {
		change(&t.out[i])
	}
}
