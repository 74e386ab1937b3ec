package watch

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Severities of a finding.
const (
	watched  = "watch"
	minor    = "minor"
	major    = "major"
	critical = "critical"
)

// farFuture is the due instant of a load that nothing is known to fall due on.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Evaluate judges a load at an instant. Attention is the worst finding, else what comes next. Between now and NextDue the
// verdict stays the same for the same timeline and surroundings.
func Evaluate(t *freight.Timeline, around freight.Around, now time.Time, rules Rules) freight.Verdict {
	e := evaluation{t: t, around: around, now: now, rules: rules}
	for _, rule := range e.rulesInForce() {
		rule(&e)
	}
	return e.verdict()
}

// rulesInForce are the rules that may speak of the load as it stands.
func (e *evaluation) rulesInForce() []func(*evaluation) {
	switch {
	case !e.t.State.Live():
		return nil
	case e.t.Provisional:
		return []func(*evaluation){oneSided}
	case e.t.State.Done():
		return []func(*evaluation){paper, conflict}
	}
	return []func(*evaluation){appointment, lateETA, silence, conflict, gone}
}

// An evaluation is one run of the rules.
type evaluation struct {
	t      *freight.Timeline
	around freight.Around
	now    time.Time
	rules  Rules
	found  []found
	next   time.Time // the first instant not yet come that a rule asked for
}

// found is a finding with the instant at which, or since which, a person must act.
type found struct {
	freight.Finding
	due time.Time
}

// reached reports whether an instant has come.
func (e *evaluation) reached(at time.Time) bool {
	if !e.now.Before(at) {
		return true
	}
	if e.next.IsZero() || at.Before(e.next) {
		e.next = at
	}
	return false
}

func (e *evaluation) add(f freight.Finding, due time.Time) {
	f.Key = f.Kind
	if f.Stop != 0 {
		f.Key += "/" + strconv.Itoa(f.Stop)
	}
	e.found = append(e.found, found{f, due})
}

func (e *evaluation) verdict() freight.Verdict {
	v := freight.Verdict{}
	if len(e.found) == 0 {
		v.Attention = e.calm()
	} else {
		slices.SortFunc(e.found, func(a, b found) int {
			return cmp.Or(cmp.Compare(a.Level.Rank(), b.Level.Rank()), a.due.Compare(b.due), cmp.Compare(a.Key, b.Key))
		})
		worst := &e.found[0]
		v.Attention = freight.Attention{Level: worst.Level, Due: worst.due, Why: worst.Why, Rule: worst.Kind}
		v.Findings = make([]freight.Finding, len(e.found))
		for i := range e.found {
			v.Findings[i] = e.found[i].Finding
		}
	}
	v.NextDue = e.next
	return v
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
