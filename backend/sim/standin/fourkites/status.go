package fourkites

import (
	"slices"
	"time"

	"tracedesk/backend/sim/standin"
)

// view is what a load's readers see at an instant.
type view struct {
	status            string
	arrived, departed []time.Time // by stop
	eta               time.Time
	at                *standin.Fact // the newest position
	place             int           // stop nearest to it in the trip: the last one worked
	updated           time.Time
}

// Words for statuses. The active ones are the legacy API's; the others were never seen (Config.Words replaces any).
const (
	awaiting  = "awaiting_tracking_info"
	assigned  = "tracking_info_assigned"
	tracking  = "tracking"
	atPickup  = "at_pickup"
	partly    = "partially_picked_up"
	pickedUp  = "picked_up"
	atDeliver = "at_consignee"
	partlyOff = "partially_delivered"
	delivered = "delivered"
	expired   = "expired"
	scheduled = "scheduled" // of a stop, as are the next two
	arrived   = "arrived"
	departed  = "departed"
)

func (s *Server) word(w string) string {
	if other, ok := s.cfg.Words[w]; ok {
		return other
	}
	return w
}

// facts is what is told of a load by now, in the order in which it happened.
func (s *Server) facts(x *load, now time.Time) []standin.Fact {
	if x.truth == nil {
		return nil
	}
	var list []standin.Fact
	for _, f := range x.truth.Known(now) {
		if s.cfg.SinceCreation && f.At.Before(x.begun) || !x.deleted.IsZero() && f.Told.After(x.deleted) {
			continue
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b standin.Fact) int { return a.At.Compare(b.At) })
	return list
}

// view folds.
func (s *Server) view(x *load, now time.Time) *view {
	n := len(x.body.Stops)
	if x.truth != nil {
		n = len(x.truth.Stops)
	}
	v := &view{status: awaiting, arrived: make([]time.Time, n), departed: make([]time.Time, n), updated: x.begun}
	facts := s.facts(x, now)
	for i := range facts {
		f := &facts[i]
		if f.Told.After(v.updated) {
			v.updated = f.Told
		}
		v.take(f, x.truth)
	}
	if !x.deleted.IsZero() && x.deleted.After(v.updated) {
		v.updated = x.deleted
	}
	v.status = s.word(v.status)
	return v
}

func (v *view) take(f *standin.Fact, truth *standin.Load) {
	switch f.Kind {
	case standin.Ready:
		v.status = assigned
	case standin.Started:
		v.status = tracking
	case standin.Position:
		v.at = f
	case standin.ETA:
		v.eta = f.Expected
	case standin.Arrived:
		v.arrived[f.Stop-1], v.place = f.At, f.Stop
		if v.status = atDeliver; truth.Stop(f.Stop).Kind == "pickup" {
			v.status = atPickup
		}
	case standin.Departed:
		v.departed[f.Stop-1], v.place = f.At, f.Stop
		v.status = after(truth, f.Stop)
	case standin.TimedOut:
		v.status = expired
	}
}

// after is the status once a stop is left.
func after(truth *standin.Load, seq int) string {
	last, next := seq == len(truth.Stops), truth.Stop(seq+1)
	switch kind := truth.Stop(seq).Kind; {
	case last:
		return delivered
	case kind == "pickup" && next.Kind == "pickup":
		return partly
	case kind == "pickup":
		return pickedUp
	}
	return partlyOff
}
