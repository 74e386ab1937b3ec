package timeline

import (
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// stages is how far each status word says that the load is. Words are in lower case without blanks and punctuation.
var stages = map[string]int{
	"planned": 0, "booked": 0, "tendered": 0, "open": 0, "covered": 0, "scheduled": 0, "pending": 0, "available": 0,
	"dispatched": 1, "assigned": 1, "enroutetopickup": 1, "accepted": 1,
	"atpickup": 2, "atshipper": 2, "arrivedatpickup": 2, "loading": 2, "loaded": 2,
	"pickedup": 3, "intransit": 3, "enroute": 3, "enroutetodelivery": 3, "departedpickup": 3,
	"atdelivery": 4, "atconsignee": 4, "arrivedatdelivery": 4, "unloading": 4,
	"delivered": 5, "completed": 5, "complete": 5,
}

// StageDelivered is the stage of a load that is delivered, the last of stages.
const StageDelivered = 5

const stageAtDelivery = 4

// StageOf is how far a status word says that the load is: 0 planned, 1 dispatched, 2 at pickup, 3 in transit, 4 at delivery,
// 5 delivered; known is false for a word that says nothing of it.
func StageOf(word string) (stage int, known bool) {
	stage, known = stages[strings.ToLower(freight.NormalRef(word))]
	return stage, known
}

// StageOfState is how far a state is, on the scale of StageOf; -1 where the facts do not speak of it.
func StageOfState(s freight.LoadState) int { return stageOf(s) }

// stageOf is how far a state is, on the scale of stages; -1 where the facts do not speak of it.
func stageOf(s freight.LoadState) int {
	switch s {
	case freight.Planned:
		return 0
	case freight.Dispatched:
		return 1
	case freight.AtPickup, freight.Loaded:
		return 2
	case freight.InTransit:
		return 3
	case freight.AtDelivery:
		return 4
	case freight.Delivered, freight.PapersIn, freight.Verified:
		return 5
	}
	return -1
}

// findStatusWords names status words that the facts contradict: a source claims more than anybody knows to have happened,
// or, said after the fact, less. An old word that was true when it was said contradicts nothing.
func (b *builder) findStatusWords() {
	stage := stageOf(b.t.State)
	if stage < 0 {
		return
	}
	for i := range b.t.Statuses {
		s := &b.t.Statuses[i]
		told, known := StageOf(s.Text)
		if !known || told == stage || told <= 1 && stage <= 1 {
			continue
		}
		if told < stage && !b.saidAfter(s, stage) || told > stage && b.wasTrue(s, told) {
			continue
		}
		b.problem("statusWord", s.Stop, s.Source.String()+" says \""+s.Text+"\", the events say "+stateWords(b.t.State), s.Observation)
	}
}

// wasTrue reports whether a word that claims more than now holds was true when it was said: the load was at a delivery and
// has gone on to the next.
func (b *builder) wasTrue(s *freight.Word, told int) bool {
	if told != stageAtDelivery {
		return false
	}
	var left time.Time
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		if !stop.Delivery() {
			continue
		}
		for _, k := range [...]*freight.KnownTime{stop.Departed, stop.Delivered, stop.Unloaded} {
			if k != nil && exact(k) && k.At.After(left) {
				left = k.At
			}
		}
	}
	return !left.IsZero() && spokenAt(s).Sub(left) <= b.cfg.TimeTolerance
}

// saidAfter reports whether a word was said later, by more than the tolerance, than the event that brought the load to its stage.
func (b *builder) saidAfter(s *freight.Word, stage int) bool {
	said := spokenAt(s)
	last := b.stageReached(stage)
	return last != nil && exact(last) && said.Sub(last.At) > b.cfg.TimeTolerance
}

// stageReached is the event by which the load came to its stage; nil when no event did.
func (b *builder) stageReached(stage int) *freight.KnownTime {
	var last *freight.KnownTime
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		first := (*freight.KnownTime)(nil)
		for _, k := range events(stop) {
			if k == nil || !exact(k) || !showsStage(stop, k.Fact, stage) {
				continue
			}
			if first == nil || k.At.Before(first.At) {
				first = k
			}
		}
		if first != nil && (last == nil || first.At.After(last.At)) {
			last = first
		}
	}
	return last
}

// showsStage reports whether an event at a stop shows that the load is at a stage.
func showsStage(stop *freight.StopLine, f freight.Fact, stage int) bool {
	switch stage {
	case 2:
		return stop.Pickup() && (f == freight.FactArrived || f == freight.FactLoaded)
	case 3:
		return stop.Pickup() && (f == freight.FactDeparted || f == freight.FactPickedUp)
	case 4:
		return stop.Delivery() && f == freight.FactArrived
	case 5:
		return stop.Delivery() && f != freight.FactArrived && f != freight.FactLoaded && f != freight.FactPickedUp
	}
	return false
}

// stateWords is a state as people say it.
func stateWords(s freight.LoadState) string {
	var out strings.Builder
	for _, r := range string(s) {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte(' ')
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// rounded is a number without decimals.
func rounded(f float64) string { return strconv.FormatFloat(f, 'f', 0, 64) }
