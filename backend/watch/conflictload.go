package watch

import (
	"math"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// loadConflict is source.conflict on the load as a whole: its status, its numbers, its truck and trailer.
func loadConflict(e *evaluation) {
	e.statusConflict()
	for _, kind := range [...]freight.RefType{freight.RefPRO, freight.RefBOL} {
		e.referenceConflict(kind)
	}
	if len(e.t.Equipment) == 0 {
		return
	}
	for _, kind := range [...]string{"TRUCK", "TRAILER", "CONTAINER"} {
		if k, ok := e.t.Equipment[kind]; ok && !k.Agree && len(k.Claims) > 1 {
			e.toldConflict(strings.ToLower(kind), "the "+strings.ToLower(kind), 0, k.Claims, numbersApart)
		}
	}
}

// statusConflict: a source's status word contradicts the events. One that is only a step away may be late, or the event
// is: it is told after an hour.
func (e *evaluation) statusConflict() {
	stage := timeline.StageOfState(e.t.State)
	for i := range e.t.Problems {
		p := &e.t.Problems[i]
		if p.Kind != "statusWord" || len(p.Evidence) == 0 {
			continue
		}
		w := e.statusBy(p.Evidence[0])
		if w == nil || w.Source.Kind == freight.TMS && e.t.State.Done() { // load.notClosed speaks of that
			continue
		}
		since := saidAt(&w.Provenance)
		if told, _ := timeline.StageOf(w.Text); told-stage == 1 || stage-told == 1 {
			since = later(w.ReceivedAt, since).Add(e.rules.Conflict)
		}
		if e.settled("status", w.Stop, &w.Provenance, &w.Provenance) || e.statusSettled(w) || !e.reached(since) {
			continue
		}
		e.addOf("status", freight.Finding{Kind: "source.conflict", Level: freight.Verify, Severity: freight.Minor, Stop: w.Stop, Since: since,
			Why: "Sources disagree on the status: " + p.Why, Evidence: p.Evidence,
			Inputs: inputs("field", "status", "source", w.Source.String(), "said", timeline.Stamp(saidAt(&w.Provenance), e.zone()),
				"status", w.Text, "state", string(e.t.State), "threshold", span(e.rules.Conflict)),
			Next: freight.Next{Act: "compare", Text: "Ask the driver where the load stands, then correct the one that is wrong", Due: since},
		}, since)
		return
	}
}

// statusSettled reports whether a person of the desk has stated the status since a source's word.
func (e *evaluation) statusSettled(w *freight.Word) bool {
	for i := range e.t.Statuses {
		if s := &e.t.Statuses[i]; s.Source.Kind == freight.User && !s.ReceivedAt.Before(w.ReceivedAt) {
			return true
		}
	}
	return false
}

// statusBy is the status word of an observation; nil when there is none.
func (e *evaluation) statusBy(id freight.ObservationID) *freight.Word {
	for i := range e.t.Statuses {
		if w := &e.t.Statuses[i]; w.Observation == id {
			return w
		}
	}
	return nil
}

// referenceConflict: two sources give one number each of a type of which a load has one, and they differ. A load of several
// consignments has several.
func (e *evaluation) referenceConflict(kind freight.RefType) {
	if len(e.t.Shipments) > 1 {
		return
	}
	var a, b *freight.KnownRef
	for i := range e.t.Refs {
		r := &e.t.Refs[i]
		switch {
		case r.Type != kind || r.IsTaught():
		case a == nil:
			a = r
		case b != nil:
			return
		default:
			b = r
		}
	}
	if b == nil || a.Source == b.Source || sameNumber(a.Value, b.Value) || a.Scope != "" && b.Scope != "" && a.Scope != b.Scope {
		return
	}
	e.contradict(string(kind), "the "+string(kind)+" number", side{&a.Provenance, a.Value}, side{&b.Provenance, b.Value},
		freight.Finding{Level: freight.Verify, Severity: freight.Minor})
}

// sameNumber reports whether two numbers of a truck, trailer or paper are one, written with or without prefix, leading
// zeros and punctuation.
func sameNumber(a, b string) bool {
	x, y := strings.TrimLeft(freight.NormalRef(a), "0"), strings.TrimLeft(freight.NormalRef(b), "0")
	if len(x) < len(y) {
		x, y = y, x
	}
	return y == "" || strings.HasSuffix(x, y) && (len(x) == len(y) || len(y) >= 3)
}

// toldConflict holds the accepted word on a field against the others; the one furthest away is told.
func (e *evaluation) toldConflict(field, what string, stop int, claims []freight.Told, apart func(a, b string) float64) {
	var other *freight.Told
	far := 0.0
	for i := 1; i < len(claims); i++ {
		if d := apart(claims[0].Value, claims[i].Value); d > far && !e.settled(field, stop, &claims[0].Provenance, &claims[i].Provenance) {
			other, far = &claims[i], d
		}
	}
	if other != nil {
		e.contradict(field, what, side{&claims[0].Provenance, claims[0].Value}, side{&other.Provenance, other.Value},
			freight.Finding{Level: freight.Verify, Severity: freight.Minor, Stop: stop})
	}
}

// numbersApart is 1 for two numbers that are not the same.
func numbersApart(a, b string) float64 {
	if sameNumber(a, b) {
		return 0
	}
	return 1
}

// amountConflict: pieces differ at all, or weights by more than the fold's share.
func (e *evaluation) amountConflict(stop *freight.StopLine, field string, a *freight.Amount) {
	if a != nil && !a.Agree && len(a.Claims) > 1 {
		e.toldConflict(field, field+where(stop), stop.Seq, a.Claims, func(x, y string) float64 { return math.Abs(quantity(x) - quantity(y)) })
	}
}

// quantity is the number in "42000 LB", weights in pounds.
func quantity(s string) float64 {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	if strings.EqualFold(unit, "KG") {
		return n / 0.45359237
	}
	return n
}

// heardAt is when an observation that some claim rests on was received; zero when none does.
func (e *evaluation) heardAt(id freight.ObservationID) time.Time {
	for i := range e.t.Stops {
		for _, k := range actuals(&e.t.Stops[i]) {
			if k == nil {
				continue
			}
			for j := range k.Claims {
				if c := &k.Claims[j]; c.Observation == id {
					return c.ReceivedAt
				}
			}
		}
	}
	for i := range e.t.Unplaced {
		if k := &e.t.Unplaced[i]; k.Claims[0].Observation == id {
			return k.Claims[0].ReceivedAt
		}
	}
	if p := e.t.Position; p != nil && p.Observation == id {
		return p.ReceivedAt
	}
	for i := range e.t.Trail {
		if f := &e.t.Trail[i]; f.Observation == id {
			return time.Unix(f.Received, 0).UTC()
		}
	}
	return time.Time{}
}

// actuals are all events of a stop; nil where nobody tells of one.
func actuals(stop *freight.StopLine) [6]*freight.KnownTime {
	return [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed}
}
