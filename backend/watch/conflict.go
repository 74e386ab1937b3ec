package watch

import (
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// conflict is source.conflict at the stops: two sources say different things of one event, ETA, appointment or amount.
// Each field is told once, by the two sources that lie furthest apart. A person's later word settles it.
func conflict(e *evaluation) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		for _, known := range actuals(stop) {
			if known != nil && len(known.Claims) > 1 {
				e.actualConflict(stop, known)
			}
		}
		if stop.ETA != nil && len(stop.ETA.Claims) > 1 && e.isAhead(i) {
			e.etaConflict(stop)
		}
		if len(stop.WindowsOf) > 1 && !stop.Done() {
			e.windowConflict(stop)
		}
		e.amountConflict(stop, "pieces", stop.Pieces)
		e.amountConflict(stop, "weight", stop.Weight)
	}
}

// A side of a contradiction is one source's word.
type side struct {
	by    *freight.Provenance
	value string
}

// contradict files a contradiction between two words, unless a person has settled it. what is the field in words with its
// place: "arrived Dallas, TX".
func (e *evaluation) contradict(field, what string, a, b side, f freight.Finding) {
	f.Kind, f.Since = "source.conflict", later(saidAt(a.by), saidAt(b.by))
	if e.settled(field, f.Stop, a.by, b.by) {
		return
	}
	zone := e.zoneOf(f.Stop)
	f.Why = "Sources disagree on " + what + ": " + a.by.Source.String() + " says " + a.value + ", " + b.by.Source.String() + " says " + b.value
	f.Evidence = []freight.ObservationID{a.by.Observation, b.by.Observation}
	f.Inputs = append(inputs("field", field, "source", a.by.Source.String(), "said", timeline.Stamp(saidAt(a.by), zone),
		"otherSource", b.by.Source.String(), "otherSaid", timeline.Stamp(saidAt(b.by), zone)), f.Inputs...)
	f.Next = freight.Next{Act: "compare", Text: "Ask " + whoSettles(a.by.Source, b.by.Source) + " which is right on " + what + ", and accept it", Due: f.Since}
	e.addOf(strings.ToLower(field), f, f.Since)
}

// settled reports whether a person has had the last word: one of the two is a person's own and the newer, or the
// contradiction was dismissed after both were known.
func (e *evaluation) settled(field string, stop int, a, b *freight.Provenance) bool {
	known := later(a.ReceivedAt, b.ReceivedAt)
	for _, p := range [...]*freight.Provenance{a, b} {
		if p.Source.Kind == freight.User && !p.ReceivedAt.Before(known) {
			return true
		}
	}
	for i := range e.t.Acts {
		act := &e.t.Acts[i]
		if act.Fact == freight.FactDismissed && strings.EqualFold(act.Type, field) && (act.Stop == 0 || act.Stop == stop) && !act.ReceivedAt.Before(known) {
			return true
		}
	}
	return false
}

// whoSettles is whom to ask about two sources: one who stands nearer to the truck than either.
func whoSettles(a, b freight.Source) string {
	if a.Kind == freight.DriverSrc || b.Kind == freight.DriverSrc {
		return "the facility"
	}
	return "the driver"
}

// zoneOf is the zone of a stop by its number, else that of the load.
func (e *evaluation) zoneOf(seq int) string {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Seq == seq && stop.Zone != "" {
			return stop.Zone
		}
	}
	return e.zone()
}

// actualConflict holds the times of one event against each other: watched from 15 min apart, to be settled beyond an hour.
// A day without a time contradicts only a time on another day.
func (e *evaluation) actualConflict(stop *freight.StopLine, known *freight.KnownTime) {
	var a, b *freight.ToldTime
	var apart time.Duration
	word := personsWord(known.Claims)
	for i := range known.Claims {
		for j := i + 1; j < len(known.Claims); j++ {
			x, y := &known.Claims[i], &known.Claims[j]
			if d := e.between(x, y); d > apart && later(x.ReceivedAt, y.ReceivedAt).After(word) && !e.settled(string(known.Fact), stop.Seq, &x.Provenance, &y.Provenance) {
				a, b, apart = x, y, d
			}
		}
	}
	if a == nil || apart < e.rules.ConflictWatch {
		return
	}
	if b.At.Before(a.At) {
		a, b = b, a
	}
	f := freight.Finding{Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq,
		Inputs: inputs("apart", span(apart), "watch", span(e.rules.ConflictWatch), "threshold", span(e.rules.Conflict))}
	if apart <= e.rules.Conflict {
		f.Level, f.Severity = freight.OnPlan, freight.Watched
	}
	e.contradict(string(known.Fact), strings.ReplaceAll(string(known.Fact), "_", " ")+place(stop),
		side{&a.Provenance, e.timeText(a, stop.Zone)}, side{&b.Provenance, e.timeText(b, stop.Zone)}, f)
}

// personsWord is when the desk's own person last told of an event: what others said by then is settled, also among them.
// Zero when nobody of the desk did.
func personsWord(claims []freight.ToldTime) (at time.Time) {
	for i := range claims {
		if c := &claims[i]; c.Source.Kind == freight.User {
			at = later(at, c.ReceivedAt)
		}
	}
	return at
}

// between is how far two words on an event lie apart, in whole minutes. A bare day is as far away as its nearer end.
func (e *evaluation) between(a, b *freight.ToldTime) time.Duration {
	if a.At.IsZero() || b.At.IsZero() {
		return 0
	}
	dayA, dayB := e.isDay(a), e.isDay(b)
	fromA, toA := reach(a, dayA)
	fromB, toB := reach(b, dayB)
	switch {
	case toA.Before(fromB):
		return fromB.Sub(toA)
	case toB.Before(fromA):
		return fromA.Sub(toB)
	}
	return 0
}

// reach is the stretch of time that a word may mean: one minute, or the day that ends or begins at its instant.
func reach(t *freight.ToldTime, day bool) (from, to time.Time) {
	at := t.At.Truncate(time.Minute)
	switch {
	case t.DayOnly:
		return at.Add(-24 * time.Hour), at.Add(time.Minute)
	case day:
		return at, at.Add(24 * time.Hour)
	}
	return at, at
}

// isDay reports whether a word tells a day only, or a midnight that stands for one.
func (e *evaluation) isDay(t *freight.ToldTime) bool {
	return t.DayOnly || t.Midnight && e.onlyMidnights(t.Source)
}

func (e *evaluation) timeText(t *freight.ToldTime, zone string) string {
	text := timeline.Stamp(t.At, zone)
	if e.isDay(t) {
		text += " (day only)"
	}
	return text
}

// etaConflict holds the accepted ETA against the others: more than 2 h apart, and the other was said at most 90 min before
// it, or after it. What was said longer before is superseded, not contradicted.
func (e *evaluation) etaConflict(stop *freight.StopLine) {
	accepted := &stop.ETA.Claims[0]
	var other *freight.ToldTime
	apart := e.rules.ETAApart
	for i := 1; i < len(stop.ETA.Claims); i++ {
		c := &stop.ETA.Claims[i]
		if c.At.IsZero() || accepted.At.IsZero() || saidAt(&accepted.Provenance).Sub(saidAt(&c.Provenance)) > e.rules.ETAFresh {
			continue
		}
		if d := c.At.Sub(accepted.At).Abs(); d > apart {
			other, apart = c, d
		}
	}
	if other == nil {
		return
	}
	e.contradict("eta", "the ETA"+where(stop), side{&accepted.Provenance, timeline.Stamp(accepted.At, stop.Zone)},
		side{&other.Provenance, timeline.Stamp(other.At, stop.Zone)},
		freight.Finding{Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq,
			Inputs: inputs("apart", span(apart.Truncate(time.Minute)), "threshold", span(e.rules.ETAApart), "fresh", span(e.rules.ETAFresh))})
}

// windowConflict holds the ends of the windows that sources give against that of the accepted one. A day contradicts no
// window on it.
func (e *evaluation) windowConflict(stop *freight.StopLine) {
	accepted := &stop.WindowsOf[0]
	var other *freight.ToldWindow
	apart := e.rules.ConflictWatch
	for i := 1; i < len(stop.WindowsOf); i++ {
		w := &stop.WindowsOf[i]
		if w.End.IsZero() || accepted.End.IsZero() || (w.DayOnly || accepted.DayOnly) && overlap(w.Window, accepted.Window) {
			continue
		}
		if d := w.End.Sub(accepted.End).Abs(); d > apart {
			other, apart = w, d
		}
	}
	if other == nil {
		return
	}
	e.contradict("appointment", "the appointment"+where(stop), side{&accepted.Provenance, windowText(accepted, stop.Zone)},
		side{&other.Provenance, windowText(other, stop.Zone)},
		freight.Finding{Level: freight.Verify, Severity: freight.Minor, Stop: stop.Seq,
			Inputs: inputs("apart", span(apart.Truncate(time.Minute)), "threshold", span(e.rules.ConflictWatch))})
}

func overlap(a, b freight.Window) bool { return !a.Start.After(b.End) && !b.Start.After(a.End) }

func windowText(w *freight.ToldWindow, zone string) string {
	if w.Start.IsZero() || w.Start.Equal(w.End) {
		return timeline.Stamp(w.End, zone)
	}
	return timeline.Stamp(w.Start, zone) + " to " + timeline.Stamp(w.End, zone)
}
