package trial

import (
	"time"
)

// Defaults that ship, as the job names them.
const (
	nearBefore   = 75 * time.Minute
	missedAfter  = time.Minute
	lateAfter    = 105 * time.Minute
	silentAfter  = 4 * time.Hour
	staleMachine = 120 * time.Minute
	staleManual  = 240 * time.Minute
	watchNone    = 90 * time.Minute
	dwellAfter   = 2 * time.Hour
	stoodAfter   = 2 * time.Hour
	restAfter    = 11 * time.Hour
	lostMiles    = 30.0
	offMiles     = 60.0
	scanGate     = time.Hour
	scanWindow   = 30 * time.Minute
	scanAway     = 30 * time.Minute
	paperAfter   = 30 * time.Minute
	loadAfter    = 30 * time.Minute // asked after half an hour
	sideAfter    = time.Hour
	warnBefore   = 45 * time.Minute // the facility is warned before the meter runs
)

// judge says all that holds at this minute.
func (o *oracle) judge() {
	s := &o.seen
	o.sides()
	if s.row == nil || s.row.status == "Cancelled" {
		return
	}
	if o.dirty {
		o.drawn, o.dirty = s.derive(), false
	}
	last := &s.stops[len(s.stops)-1]
	over := last.done()
	for i := range s.stops {
		o.clock(i, over)
		o.work(i, over)
		o.scan(i, over)
		o.conflictsAt(i, over)
	}
	o.sequence(over)
	o.tracking(over)
	o.movement(over)
	o.papers(over)
	o.data(over)
	o.conflicts(over)
	o.party(over)
	if o.l.trait == "twin" {
		o.say(verdict{kind: "load.duplicate", may: true, must: o.l.twin != nil && o.l.twin.at(o.now) != nil && o.l.twin.at(o.now).status != "Cancelled", why: "two load numbers with the same BOL, PO and stops"})
	}
	if o.l.trait == "twin's" {
		o.say(verdict{kind: "load.duplicate", may: true, why: "the twin's twin"})
	}
}

// open is the start of the first pickup's accepted window.
func (o *oracle) open() (time.Time, bool) {
	p, ok := o.seen.stops[0].window()
	return p.start, ok
}

func (o *oracle) clock(i int, over bool) {
	s, seq := &o.seen.stops[i], i+1
	p, ok := s.window()
	if !ok {
		o.say(verdict{kind: "appointment.unset", stop: seq, must: !s.known() && !over, may: !over, why: "the TMS lists the stop without an appointment"})
		return
	}
	end := p.end
	if !s.known() && !over {
		o.say(verdict{kind: "appointment.near", stop: seq, must: !o.now.Before(end.Add(-nearBefore)) && o.now.Before(end.Add(missedAfter)), why: "within 75 minutes of the window's end, arrival not known"})
		o.say(verdict{kind: "appointment.missed", stop: seq, must: !o.now.Before(end.Add(missedAfter)) && o.now.Before(end.Add(lateAfter)), since: end, why: "window over, arrival not known"})
	}
	if !s.done() && !o.now.Before(end.Add(lateAfter)) {
		o.say(verdict{kind: "appointment.missedLate", stop: seq, must: !over, may: true, since: end, why: "window over for 105 minutes, work not known to be done"})
	}
	past := p.end.Before(p.known.Add(-time.Hour))
	o.say(verdict{kind: "appointment.past", stop: seq, must: past && !s.known() && !over, may: past && !s.done() && !over, why: "the window was over when it was told"})
	if s.judged != p {
		s.judged, s.shut = p, !o.l.stops[i].fac.takes(p.start, p.end)
	}
	shut := s.shut
	o.say(verdict{kind: "facility.closed", stop: seq, must: shut && !s.known() && !over, may: shut && !over, why: "the window is not within the facility's hours"})
	if g, ok := s.eta(); ok && !s.done() && !over {
		late := g.at.After(end)
		o.say(verdict{kind: "eta.late", stop: seq, must: late && !s.known() && !o.now.After(end), may: late || g.at.After(end.Add(-15*time.Minute)), since: o.l.befall, why: "the accepted stated ETA lies beyond the window"})
	}
}

// work is what takes too long at a stop.
func (o *oracle) work(i int, over bool) {
	s, seq := &o.seen.stops[i], i+1
	first, last, ok := s.when("arrived")
	if !ok || s.departed() {
		return
	}
	gone := over && i < len(o.seen.stops)-1 || !s.away.IsZero() || i+1 < len(o.seen.stops) && o.seen.stops[i+1].known()
	early, base, late := first, last, false
	if p, ok := s.window(); ok {
		early, base, late = later(first, p.start), later(last, p.start), last.After(p.end)
	}
	o.say(verdict{kind: "dwell.extended", stop: seq, may: !o.now.Before(early.Add(dwellAfter - slack)),
		must: !o.now.Before(base.Add(dwellAfter)) && !s.worked() && !gone, since: base, why: "arrived two hours ago and more, not known to have left"})
	free := minutes(o.l.stops[i].fac.free)
	o.say(verdict{kind: "detention.running", stop: seq, may: !o.now.Before(early.Add(free - warnBefore)),
		must: !o.now.Before(base.Add(free)) && !s.worked() && !gone && !late, since: base.Add(free), why: "free time is used up"})
	if o.l.stops[i].kind == "pickup" && !s.done() {
		o.say(verdict{kind: "stop.notLoaded", stop: seq, may: !o.now.Before(first.Add(loadAfter - slack)),
			must: !o.now.Before(base.Add(loadAfter)) && !gone, since: base, why: "arrived half an hour ago and more, not loaded"})
	}
}

// scan is an event that did not come although the truck was there.
func (o *oracle) scan(i int, over bool) {
	s, seq := &o.seen.stops[i], i+1
	if s.gate.IsZero() {
		return
	}
	away := !s.away.IsZero() && !o.now.Before(s.away.Add(scanAway))
	if !s.known() {
		stood := !o.now.Before(s.gate.Add(scanGate))
		p, ok := s.window()
		must := away || ok && stood && !o.now.Before(p.end.Add(scanWindow))
		o.say(verdict{kind: "scan.missed", stop: seq, must: must && !over, may: must || stood || !s.away.IsZero(), since: s.gate, why: "the truck was at the gate, no event of the stop is known"})
		return
	}
	if away && (!s.arrived() || !s.departed()) {
		o.say(verdict{kind: "scan.missed", stop: seq, may: true, why: "some events of the stop are not known"})
	}
}

// sequence is events without those that must come before.
func (o *oracle) sequence(over bool) {
	s := &o.seen
	must, may := false, s.inverted
	for i := range s.stops {
		must = must || s.stops[i].departed() && !s.stops[i].arrived()
		may = may || s.stops[i].done() && !s.stops[i].arrived()
		for j := i + 1; j < len(s.stops); j++ {
			must = must || s.stops[j].known() && !s.stops[i].known()
		}
	}
	o.say(verdict{kind: "scan.order", must: must, may: may, why: "departed without an arrival, or a later stop before an earlier one"})
}

func (o *oracle) tracking(over bool) {
	s := &o.seen
	open, ok := o.open()
	if over || !ok {
		return
	}
	none := s.newest == nil
	o.say(verdict{kind: "tracking.none", may: none && !o.now.Before(open.Add(-watchNone)), must: none && !o.now.Before(open) && s.tracking != "tracking", since: open, why: "no position at the start of the pickup window"})
	o.say(verdict{kind: "tracking.denied", must: s.tracking == "denied", may: s.tracking == "denied", why: "the driver or the carrier refuses tracking"})
	lost := s.tracking == "failed" || s.tracking == "hidden" || s.tracking == "expired"
	age := time.Duration(0)
	if !none {
		age = o.now.Sub(s.newest.at)
	}
	o.say(verdict{kind: "tracking.lost", must: lost && !none, may: lost || s.machine && age >= staleMachine-10*time.Minute, why: "the platform says that it lost the truck"})
	limit := staleManual
	if s.machine && !lost {
		limit = staleMachine
	}
	between := o.drawn.leg > 0
	o.say(verdict{kind: "position.stale", must: !none && between && age >= limit && s.tracking != "ended", may: !none && age >= staleMachine, why: "the newest position is too old"})
	quiet := o.now.Sub(later(s.lastHeard, open))
	under := !s.stops[len(s.stops)-1].known()
	o.say(verdict{kind: "silence", must: under && quiet >= silentAfter, may: !o.now.Before(open.Add(-watchNone)) && o.now.Sub(earlier(s.lastAt, s.lastNew)) >= silentAfter-5*time.Minute, since: s.lastHeard, why: "nothing heard for four hours"})
}

func (o *oracle) movement(over bool) {
	s, d := &o.seen, &o.drawn
	if over || s.newest == nil {
		return
	}
	if !d.atStop && d.stood > 30*time.Minute || d.leg == 0 && !d.atStop {
		clock := o.now.Sub(d.standing)
		o.say(verdict{kind: "stop.unscheduled", must: d.leg > 0 && d.stood >= stoodAfter && (d.driven < 330*time.Minute || d.stood >= restAfter),
			may: clock >= stoodAfter-5*time.Minute && (d.driven < 510*time.Minute || d.leg == 0 || clock >= restAfter-15*time.Minute), since: d.standing, why: "two hours on one spot that is no stop of the load"})
	}
	if d.leg == 0 {
		o.say(verdict{kind: "route.deviation", may: !s.stops[0].known() && !s.stops[0].away.IsZero(), why: "on its way, though no event says so"})
		return
	}
	st := &s.stops[d.leg]
	must := d.lost >= lostMiles*0.97 || d.off >= offMiles*0.97
	st.strayed = st.strayed || must
	o.say(verdict{kind: "route.deviation", stop: d.leg + 1, must: must, may: st.strayed || d.lost >= lostMiles*0.8 || d.off >= offMiles*0.8, why: "away from the next stop, or off the line to it"})
}

func (o *oracle) papers(over bool) {
	s := &o.seen
	received := func(word string) bool { return word == "received" || word == "verified" }
	n := len(s.stops) - 1
	if first, _, ok := s.stops[0].when("loaded", "departed"); ok && !received(s.row.pop) {
		_, left, gone := s.stops[0].when("departed")
		must := gone && !o.now.Before(left.Add(paperAfter)) || !o.now.Before(first.Add(2*paperAfter))
		o.say(verdict{kind: "paper.popMissing", must: must && !s.closed, may: !o.now.Before(first.Add(paperAfter - time.Minute)), since: first, why: "loaded, and no POP"})
	}
	for i := 1; i < n; i++ {
		if first, _, ok := s.stops[i].when("delivered", "departed"); ok && !received(s.row.pods[i]) {
			o.say(verdict{kind: "paper.podMissing", may: !o.now.Before(first.Add(paperAfter - time.Minute)), since: first, why: "a part is delivered, and no POD"})
		}
	}
	first, _, ok := s.stops[n].when("delivered", "departed")
	trouble := !s.dock.IsZero() || s.row.pods[n] == "exception"
	o.say(verdict{kind: "paper.podProblem", must: trouble, may: trouble, why: "the paper or the goods are not as they should be"})
	if !ok {
		return
	}
	_, left, gone := s.stops[n].when("departed")
	due := gone && !o.now.Before(left.Add(paperAfter)) || !o.now.Before(first.Add(2*paperAfter))
	soon := !o.now.Before(first.Add(paperAfter - time.Minute))
	if !received(s.row.pods[n]) {
		o.say(verdict{kind: "paper.podMissing", must: due && s.row.pods[n] != "exception", may: soon, since: first, why: "delivered, and no POD"})
	}
	closed := s.closed || s.row.pods[n] == "verified"
	o.say(verdict{kind: "load.notClosed", must: due && !closed && received(s.row.pop) && received(s.row.pods[n]) && !trouble, may: soon && !closed, since: first, why: "delivered with its papers in, and not closed"})
}

func (o *oracle) data(over bool) {
	s := &o.seen
	o.say(verdict{kind: "data.future", must: s.future.Sub(s.futureAt) >= 30*time.Minute && o.now.Before(s.future), may: !s.future.IsZero(), why: "an event of a time that had not come"})
	o.say(verdict{kind: "data.speed", must: s.speed, may: s.speed, why: "two positions farther apart than a truck can drive"})
	o.say(verdict{kind: "data.midnight", stop: s.midnight, must: s.midnight > 0, may: s.midnight > 0, why: "a time of exactly midnight: a date without a time"})
	if s.newest != nil && o.drawn.leg > 0 {
		long := s.newest.at.Sub(s.equalFrom)
		o.say(verdict{kind: "position.falseFresh", must: s.equal >= 4 && long >= 90*time.Minute, may: s.equal >= 3, since: s.equalFrom, why: "the same position to the yard with new times"})
	}
}

// sides is a load that only one side knows.
func (o *oracle) sides() {
	s := &o.seen
	var since time.Time
	switch {
	case s.row == nil && !s.others.IsZero():
		since = s.others
	case s.row != nil && s.others.IsZero() && s.row.status != "Cancelled":
		since = s.rowFirst
	default:
		return
	}
	o.say(verdict{kind: "load.oneSided", must: !o.now.Before(since.Add(sideAfter)), may: !o.now.Before(since.Add(sideAfter - 5*time.Minute)), since: since, why: "in one system and not in the other"})
}

func (o *oracle) party(over bool) {
	c := o.l.carrier
	p, ok := o.seen.stops[len(o.seen.stops)-1].window()
	if ok {
		short := c.insured.Add(48 * time.Hour).Before(p.end)
		o.say(verdict{kind: "carrier.insurance", must: short && !over, may: c.insured.Before(p.end.Add(12 * time.Hour)), why: "the carrier is not insured until the delivery"})
	}
	o.say(verdict{kind: "carrier.authority", must: c.authority != "active" && !over, may: c.authority != "active", why: "the carrier's authority does not stand"})
	differ := false
	for _, values := range o.seen.drivers {
		differ = differ || len(values) > 1
	}
	o.say(verdict{kind: "carrier.identity", must: differ && !over, may: differ, why: "sources name different drivers or phones"})
	if n := len(o.seen.temps); n > 0 && o.l.reefer {
		out := func(t temp) bool { return t.f > float64(o.l.tempMax) || t.f < float64(o.l.tempMin) }
		now := out(o.seen.temps[n-1])
		o.say(verdict{kind: "temperature.excursion", must: now && n > 1 && out(o.seen.temps[n-2]) && !over, may: now, why: "two readings outside the range"})
	}
}

// stageOf is how far along a status word of this world says a load is.
var stageOf = map[string]int{"Covered": 0, "Dispatched": 0, "At Pickup": 1, "Loaded": 1, "In Transit": 2, "At Delivery": 3, "Delivered": 4, "Completed": 4}

func (o *oracle) conflicts(over bool) {
	s := &o.seen
	for _, values := range s.refs {
		o.say(verdict{kind: "source.conflict", field: "reference", must: len(values) > 1, may: len(values) > 1, why: "reference"})
	}
	for _, values := range s.gear {
		o.say(verdict{kind: "source.conflict", field: "equipment", must: len(values) > 1, may: len(values) > 1, why: "equipment"})
	}
	told, fact := stageOf[s.row.status], o.stage()
	o.say(verdict{kind: "source.conflict", field: "status", must: told == 4 && fact <= 2, may: told == 4 && fact < 4, why: "status: the TMS is ahead of all events"})
}

// stage is how far the load is by what is known of its stops.
func (o *oracle) stage() int {
	s := &o.seen
	n := len(s.stops) - 1
	switch {
	case s.stops[n].done():
		return 4
	case s.stops[n].known():
		return 3
	}
	stage := 0
	for i := range n {
		switch st := &s.stops[i]; {
		case st.departed():
			stage = 2
		case st.known():
			stage = 1
			if o.l.stops[i].kind == "delivery" {
				stage = 3
			}
		}
	}
	return stage
}

func (o *oracle) conflictsAt(i int, over bool) {
	s, seq := &o.seen.stops[i], i+1
	apart := time.Duration(0)
	for _, list := range s.actual {
		for _, a := range list {
			for _, b := range list {
				apart = max(apart, a.at.Sub(b.at))
			}
		}
	}
	o.say(verdict{kind: "source.conflict", field: "actual", stop: seq, must: apart >= 18*time.Minute, may: apart >= 12*time.Minute, why: "stop actual"})
	var wide, etas time.Duration
	for _, a := range s.windows {
		for _, b := range s.windows {
			wide = max(wide, a.start.Sub(b.start), a.end.Sub(b.end))
		}
	}
	o.say(verdict{kind: "source.conflict", field: "appointment", stop: seq, must: wide >= time.Hour && !s.known() && !over, may: wide >= 10*time.Minute, why: "appointment"})
	for _, a := range s.etas {
		for _, b := range s.etas {
			if a.said.Sub(b.said).Abs() <= 90*time.Minute {
				etas = max(etas, a.at.Sub(b.at))
			}
		}
	}
	o.say(verdict{kind: "source.conflict", field: "eta", stop: seq, must: etas >= 2*time.Hour && !s.known() && !over, may: etas >= 30*time.Minute, why: "ETA"})
	for _, n := range s.pieces {
		differ := int(n) != o.l.pieces
		o.say(verdict{kind: "source.conflict", field: "pieces", stop: seq, must: differ, may: differ, why: "pieces"})
	}
}
