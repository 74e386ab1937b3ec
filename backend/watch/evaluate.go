package watch

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// farFuture is the due instant of a load that nothing is known to fall due on.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Evaluate judges a load at an instant: what the rules find, what a person should do, how urgent the load is. Attention is
// the worst finding, else what comes next. Between now and NextDue the verdict stays the same for the same timeline and
// surroundings. around may be nil.
func Evaluate(t *freight.Timeline, around *freight.Around, now time.Time, rules *Rules) freight.Verdict {
	if around == nil {
		around = &nothingAround
	}
	e := evaluation{t: t, around: around, now: now, rules: rules}
	for _, rule := range e.rulesInForce() {
		rule(&e)
	}
	e.tellTasks()
	return e.verdict()
}

var nothingAround freight.Around

// The rules by where a load stands.
var (
	rulesUnderWay = []func(*evaluation){movement, order, appointment, unset, past, facilityClosed, lateETA, silence, gone, unanswered,
		popMissing, podProblem, conflict, loadConflict, future, speed, midnight, duplicate, insurance, operatingAuthority, identity}
	rulesDelivered = []func(*evaluation){order, appointment, popMissing, podMissing, podProblem, notClosed, conflict, loadConflict, future, speed,
		midnight, duplicate}
	rulesVerified    = []func(*evaluation){order, podNoted, notClosed, conflict, future, midnight}
	rulesClosed      = []func(*evaluation){afterClosing}
	rulesProvisional = []func(*evaluation){oneSided}
)

// rulesInForce are the rules that may speak of the load as it stands.
func (e *evaluation) rulesInForce() []func(*evaluation) {
	switch {
	case e.t.State == freight.Verified:
		return rulesVerified
	case e.t.State == freight.Closed:
		return rulesClosed
	case !e.t.State.Live():
		return nil
	case e.t.Provisional:
		return rulesProvisional
	case e.t.State.Done():
		return rulesDelivered
	}
	return rulesUnderWay
}

// An evaluation is one run of the rules.
type evaluation struct {
	t      *freight.Timeline
	around *freight.Around
	now    time.Time
	rules  *Rules
	found  []freight.Finding
	tasks  []freight.Task
	next   time.Time // the first instant not yet come that a rule asked for
}

// reached reports whether an instant has come. A rule never compares the clock in another way: instants not yet come make
// NextDue.
func (e *evaluation) reached(at time.Time) bool {
	if !e.now.Before(at) {
		return true
	}
	if e.next.IsZero() || at.Before(e.next) {
		e.next = at
	}
	return false
}

// add files a finding that a person must see to at due; its key is its kind and stop.
func (e *evaluation) add(f freight.Finding, due time.Time) { e.addOf("", f, due) }

// addOf files a finding about one field or part: its key names that too.
func (e *evaluation) addOf(part string, f freight.Finding, due time.Time) {
	f.Key = f.Kind
	if f.Stop != 0 {
		f.Key += "/" + strconv.Itoa(f.Stop)
	}
	if part != "" {
		f.Key += "/" + part
	}
	f.Due = due
	e.found = append(e.found, f)
}

func (e *evaluation) verdict() freight.Verdict {
	v := freight.Verdict{Findings: e.found, Tasks: e.tasks, NextDue: e.next}
	if len(e.found) == 0 {
		v.Attention = e.calm()
		v.NextDue = e.next
		return v
	}
	slices.SortFunc(e.found, func(a, b freight.Finding) int {
		return cmp.Or(cmp.Compare(a.Level.Rank(), b.Level.Rank()), a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	worst := &e.found[0]
	if worst.Level == freight.OnPlan { // noted, but nothing that a person must see to
		v.Attention = e.calm()
		return v
	}
	v.Attention = freight.Attention{Level: worst.Level, Due: worst.Due, Why: worst.Why, Rule: worst.Kind}
	return v
}

// inputs lists what a finding was concluded from: name, value, name, value.
func inputs(pairs ...string) []freight.Input {
	list := make([]freight.Input, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, freight.Input{Name: pairs[i], Value: pairs[i+1]})
	}
	return list
}

// zone is the zone in which to speak of the load as a whole: that of the stop it is at or heading for.
func (e *evaluation) zone() string {
	if stop := timeline.NextStop(e.t); stop != nil && stop.Zone != "" {
		return stop.Zone
	}
	for i := len(e.t.Stops) - 1; i >= 0; i-- {
		if zone := e.t.Stops[i].Zone; zone != "" {
			return zone
		}
	}
	return ""
}
