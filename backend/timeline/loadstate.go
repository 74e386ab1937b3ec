package timeline

import (
	"strings"

	"tracedesk/backend/freight"
)

// loadState is where the load stands, by facts alone. Only a person's own word can close it, put it on hold or say that it
// was not used.
func (b *builder) loadState() freight.LoadState {
	if b.cancelled() {
		return freight.Cancelled
	}
	byHand := b.stateByHand()
	if byHand == freight.Closed || byHand == freight.NotUsed {
		return byHand
	}
	state := b.stateOfStops()
	if state == freight.Delivered {
		return stateOfPapers(b.t.Papers[freight.POD])
	}
	if byHand == freight.OnHold {
		return byHand
	}
	return state
}

// cancelled asks the most trusted source that ever spoke of it; its taking back counts.
func (b *builder) cancelled() bool {
	words := b.of(cancelledWords)
	var last *said
	for i := range words {
		w := &words[i]
		if last == nil {
			last = w
			continue
		}
		rank, lastRank := b.rank(w, b.orders.Plan), b.rank(last, b.orders.Plan)
		if rank < lastRank || rank == lastRank && w.compare(last.word) >= 0 {
			last = w
		}
	}
	return last != nil && !last.c.Value.None
}

// stateByHand is what a person declared.
func (b *builder) stateByHand() freight.LoadState {
	w := b.accepted(b.of(statusWords), nil, func(w *said) bool { return w.o.Source.Kind == freight.User })
	if w == nil {
		return ""
	}
	switch strings.ToLower(freight.NormalRef(w.c.Value.Text)) {
	case "closed":
		return freight.Closed
	case "notused", "tonu":
		return freight.NotUsed
	case "onhold":
		return freight.OnHold
	}
	return ""
}

func stateOfPapers(pod freight.PaperState) freight.LoadState {
	switch pod {
	case freight.PaperReceived:
		return freight.PapersIn
	case freight.PaperVerified:
		return freight.Verified
	}
	return freight.Delivered
}

// stateOfStops reads the state off the stops. Where several stops are begun, the last of them in driving order tells.
func (b *builder) stateOfStops() freight.LoadState {
	deliveries, delivered := 0, 0
	moving, loaded := false, false
	state := freight.LoadState("")
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		switch {
		case stop.Delivery():
			deliveries++
			if handedOver(stop) {
				delivered++
				moving, state = true, ""
			} else if stop.Arrived != nil {
				state = freight.AtDelivery
			}
		case stop.Pickup():
			if stop.Departed != nil || stop.PickedUp != nil {
				moving, state = true, ""
			} else if stop.Loaded != nil {
				loaded, state = true, freight.Loaded
			} else if stop.Arrived != nil {
				state = freight.AtPickup
			}
		}
	}
	switch {
	case deliveries > 0 && delivered == deliveries:
		return freight.Delivered
	case state != "":
		return state
	case moving:
		return freight.InTransit
	case loaded:
		return freight.Loaded
	case b.dispatched():
		return freight.Dispatched
	}
	return freight.Planned
}

// handedOver reports whether a delivery is done.
func handedOver(stop *freight.StopLine) bool {
	return stop.Delivered != nil || stop.Unloaded != nil || stop.Departed != nil
}

// dispatched reports whether somebody is on the way: a driver or truck is named, tracking is ready, or the tender accepted.
func (b *builder) dispatched() bool {
	if len(b.t.Driver) > 0 || len(b.t.Equipment["TRUCK"].Claims) > 0 {
		return true
	}
	if s := b.t.Tracking.State; s == freight.TrackReady || s == freight.TrackTracking {
		return true
	}
	tenders := b.of(tenderWords)
	for i := range tenders {
		if !tenders[i].c.Value.None && strings.EqualFold(tenders[i].c.Value.Text, "accepted") {
			return true
		}
	}
	return false
}

// NextStop is the stop that the load is at or heading for: the first that is not done after the last one with an event;
// nil when there is none.
func NextStop(t *freight.Timeline) *freight.StopLine {
	from := 0
	for i := range t.Stops {
		if t.Stops[i].Arrived != nil || t.Stops[i].Done() {
			from = i
		}
	}
	for i := from; i < len(t.Stops); i++ {
		if !t.Stops[i].Done() {
			return &t.Stops[i]
		}
	}
	return nil
}
