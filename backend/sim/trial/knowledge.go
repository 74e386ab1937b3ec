package trial

import (
	"math"
	"strings"
	"time"
)

// told is one source's current word on a time.
type told struct {
	source    string
	at, known time.Time
}

// fix is a position as known.
type fix struct {
	source string
	at     time.Time
	known  time.Time
	point
}

// guess is a source's current ETA.
type guess struct {
	source         string
	at, said, told time.Time
}

// span is a source's current window.
type span struct {
	source     string
	start, end time.Time
	known      time.Time
}

// stopState is what is known of a stop.
type stopState struct {
	actual  map[string][]told // by fact; loaded, unloaded, picked_up and delivered are done
	windows []span
	etas    []guess
	pieces  map[string]float64
	gate    time.Time // at of the first position at the gate
	away    time.Time // at of the first position away after it
	closest float64   // on the way to it
	strayed bool
	judged  span // the window of which shut speaks
	shut    bool
}

// state is what the desk knows of a load, kept as the words come.
type state struct {
	l         *load
	stops     []stopState
	fixes     []fix // by at
	newest    *fix
	machine   bool // ever seen by a machine
	tracking  string
	trackedAt time.Time
	temps     []temp
	row       *version
	rowFirst  time.Time
	others    time.Time // first word of anybody but the TMS
	lastHeard time.Time // last word at all
	lastNew   time.Time // last word that is no repetition
	lastAt    time.Time // when that happened
	drivers   map[string]map[string]bool
	refs      map[string]map[string]bool
	gear      map[string]map[string]bool
	dock      time.Time // a trouble with the paper was told
	closed    bool
	future    time.Time // latest instant of a word that was ahead of its receipt
	futureAt  time.Time
	midnight  int // stop
	speed     bool
	equal     int
	equalFrom time.Time
	inverted  bool
}

type temp struct {
	at time.Time
	f  float64
}

func newState(l *load) state {
	s := state{l: l, drivers: map[string]map[string]bool{}, refs: map[string]map[string]bool{}, gear: map[string]map[string]bool{}}
	for range l.stops {
		s.stops = append(s.stops, stopState{actual: map[string][]told{}, pieces: map[string]float64{}, closest: math.Inf(1)})
	}
	return s
}

// hear takes a word in.
func (s *state) hear(x *word) {
	known := x.known()
	if x.source != "user" && s.others.IsZero() {
		s.others = known
	}
	s.lastHeard = known
	if x.again {
		return
	}
	s.lastNew, s.lastAt = known, x.at
	if x.at.After(known.Add(10*time.Minute)) && x.at.After(s.future) {
		s.future, s.futureAt = x.at, known
	}
	switch x.fact {
	case "position":
		s.see(x, known)
	case "tracking":
		if !x.at.Before(s.trackedAt) {
			s.tracking, s.trackedAt = x.value, x.at
		}
	case "temperature":
		s.temps = append(s.temps, temp{x.at, x.num})
	case "driver":
		kind, value, _ := strings.Cut(x.value, ":")
		put(s.drivers, kind, value)
	case "reference":
		kind, value, _ := strings.Cut(x.value, ":")
		put(s.refs, kind, value)
	case "equipment":
		kind, value, _ := strings.Cut(x.value, ":")
		put(s.gear, kind, value)
	case "exception":
		if x.value != "AI" && x.value != "AO" {
			s.dock = known
		}
	case "status":
		s.closed = s.closed || x.source == "user" && x.value == "Closed"
	case "pieces":
		s.stops[x.stop-1].pieces[x.source] = x.num
	case "eta":
		st := &s.stops[x.stop-1]
		st.etas = replace(st.etas, func(g guess) bool { return g.source == x.source }, guess{x.source, x.instant, x.at, known})
	case "appointment":
		st := &s.stops[x.stop-1]
		st.windows = replace(st.windows, func(p span) bool { return p.source == x.source }, span{x.source, x.window[0], x.window[1], known})
	}
	if x.actual() {
		s.happened(x.stop-1, x.fact, told{x.source, x.at, known})
	}
}

func put(in map[string]map[string]bool, kind, value string) {
	if in[kind] == nil {
		in[kind] = map[string]bool{}
	}
	in[kind][value] = true
}

func replace[T any](list []T, same func(T) bool, with T) []T {
	for i := range list {
		if same(list[i]) {
			list[i] = with
			return list
		}
	}
	return append(list, with)
}

func (s *state) happened(i int, fact string, t told) {
	st := &s.stops[i]
	st.actual[fact] = replace(st.actual[fact], func(o told) bool { return o.source == t.source }, t)
	local := t.at.In(s.l.stops[i].fac.location())
	if local.Hour() == 0 && local.Minute() == 0 {
		s.midnight = i + 1
	}
	for j := range s.stops {
		for f, list := range s.stops[j].actual {
			for _, o := range list {
				if j < i && t.at.Before(o.at) || j > i && o.at.Before(t.at) || j == i && (f == "arrived" && fact != "arrived" && t.at.Before(o.at) || fact == "arrived" && f != "arrived" && o.at.Before(t.at)) {
					s.inverted = true
				}
			}
		}
	}
}

// read takes a row of the TMS in.
func (s *state) read(v *version) {
	if s.row == nil {
		s.rowFirst = v.at
	}
	s.row = v
	s.lastHeard, s.lastNew, s.lastAt = v.at, v.at, v.at
	for i := range s.l.stops {
		st := &s.stops[i]
		if !v.arrived[i].IsZero() {
			s.happened(i, "arrived", told{"tms", v.arrived[i], v.at})
		}
		if !v.departs[i].IsZero() {
			s.happened(i, "departed", told{"tms", v.departs[i], v.at})
		}
		if s.l.typed.unset && s.l.typed.wrongWindow == i+1 {
			continue
		}
		same := false
		for _, p := range st.windows {
			same = same || p.source == "tms" && p.start.Equal(v.start[i]) && p.end.Equal(v.end[i])
		}
		if !same {
			st.windows = replace(st.windows, func(p span) bool { return p.source == "tms" }, span{"tms", v.start[i], v.end[i], v.at})
		}
	}
	put(s.refs, "BOL", s.l.bol)
	if v.named {
		put(s.drivers, "PHONE", s.l.phone)
		put(s.drivers, "NAME", s.l.driver)
		put(s.gear, "TRAILER", s.l.trailer)
	}
}

// see takes a position in.
func (s *state) see(x *word, known time.Time) {
	f := fix{x.source, x.at, known, *x.spot}
	s.machine = s.machine || x.source != "driver" && x.source != "dispatcher"
	i := len(s.fixes)
	for i > 0 && s.fixes[i-1].at.After(f.at) {
		i--
	}
	s.fixes = append(s.fixes, fix{})
	copy(s.fixes[i+1:], s.fixes[i:])
	s.fixes[i] = f
	s.newest = &s.fixes[len(s.fixes)-1]
	s.pair(i-1, i)
	s.pair(i, i+1)
	for n := range s.stops {
		st := &s.stops[n]
		d := miles(f.point, s.l.stops[n].fac.gate)
		switch {
		case d <= 0.3 && (st.gate.IsZero() || f.at.Before(st.gate)):
			st.gate = f.at
		case d >= 8 && !st.gate.IsZero() && f.at.After(st.gate) && (st.away.IsZero() || f.at.Before(st.away)):
			st.away = f.at
		}
	}
	if i != len(s.fixes)-1 {
		return
	}
	if i > 0 && s.fixes[i-1].point == f.point && s.fixes[i-1].source == f.source {
		s.equal++
	} else {
		s.equal, s.equalFrom = 1, f.at
	}
}

// pair looks at two neighbouring positions for a speed that no truck has.
func (s *state) pair(a, b int) {
	if a < 0 || b >= len(s.fixes) {
		return
	}
	d, t := miles(s.fixes[a].point, s.fixes[b].point), s.fixes[b].at.Sub(s.fixes[a].at).Hours()
	if d > 50 && d > 150*t {
		s.speed = true
	}
}

// first is the earliest and the latest of what the sources say of a fact; ok is false when nobody said it.
func (st *stopState) when(facts ...string) (first, last time.Time, ok bool) {
	for _, fact := range facts {
		for _, t := range st.actual[fact] {
			if !ok || t.at.Before(first) {
				first = t.at
			}
			if !ok || t.at.After(last) {
				last = t.at
			}
			ok = true
		}
	}
	return first, last, ok
}

var workFacts = []string{"loaded", "unloaded", "picked_up", "delivered"}

func (st *stopState) worked() bool   { _, _, ok := st.when(workFacts...); return ok }
func (st *stopState) departed() bool { return len(st.actual["departed"]) > 0 }
func (st *stopState) arrived() bool  { return len(st.actual["arrived"]) > 0 }
func (st *stopState) done() bool     { return st.departed() || st.worked() }
func (st *stopState) known() bool    { return st.done() || st.arrived() }

var windowTrust = map[string]int{"user": 0, "customer": 1, "tms": 2, "facility": 3, "dispatcher": 4, "driver": 4, "carrier": 4}

// window is the accepted one: of the most trusted source; platforms come last.
func (st *stopState) window() (best span, ok bool) {
	rank := func(source string) int {
		if r, known := windowTrust[source]; known {
			return r
		}
		return 9
	}
	for _, p := range st.windows {
		if !ok || rank(p.source) < rank(best.source) {
			best, ok = p, true
		}
	}
	return best, ok
}

// eta is the accepted stated one: people and carriers before machines, the later word first.
func (st *stopState) eta() (best guess, ok bool) {
	people := func(s string) bool { return s == "driver" || s == "dispatcher" || s == "carrier" }
	for _, g := range st.etas {
		if !ok || people(g.source) && !people(best.source) || people(g.source) == people(best.source) && g.said.After(best.said) {
			best, ok = g, true
		}
	}
	return best, ok
}
