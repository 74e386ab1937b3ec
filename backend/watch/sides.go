package watch

import (
	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// gone is load.gone: a full export of the source that knew the load no longer lists it, and it is not delivered.
func gone(e *evaluation) {
	word := e.t.Gone
	if word == nil {
		return
	}
	e.add(freight.Finding{
		Kind: "load.gone", Level: freight.Verify, Severity: freight.Minor, Since: word.StatedAt,
		Why:      "The full export of " + word.Source.String() + " no longer lists the load since " + timeline.Stamp(word.StatedAt, e.zone()),
		Evidence: []freight.ObservationID{word.Observation},
		Inputs:   inputs("source", word.Source.String(), "said", timeline.Stamp(word.StatedAt, e.zone())),
		Next:     freight.Next{Act: "message", Text: "Ask who cancelled, moved or closed the load in " + word.Source.String() + ", and whether the truck is still wanted", Due: word.StatedAt},
	}, word.StatedAt)
}

// oneSided is load.oneSided: a carrier or platform speaks of a load that no TMS knows, 1 h after its first word.
func oneSided(e *evaluation) {
	due := e.t.FirstAt.Add(e.rules.OneSided)
	if !e.reached(due) {
		return
	}
	e.add(freight.Finding{
		Kind: "load.oneSided", Level: freight.Verify, Severity: freight.Minor, Since: due,
		Why:    "Known to " + e.teller() + " only, first heard " + timeline.Stamp(e.t.FirstAt, e.zone()) + "; no tender is on file",
		Inputs: inputs("source", e.teller(), "firstHeard", timeline.Stamp(e.t.FirstAt, e.zone()), "threshold", span(e.rules.OneSided)),
		Next:   freight.Next{Act: "compare", Text: "Look for the tender under another number and join the two; else ask " + e.teller() + " for whom the load is", Due: due},
	}, due)
}

// unanswered is load.oneSided the other way round: a covered load that the TMS alone speaks of. Its pickup window has begun,
// it has been on file for an hour, and no carrier, platform, device, driver or person told of it; nor does the TMS tell of any
// event, as one in which the desk works by hand would. Before the window most loads are quiet.
func unanswered(e *evaluation) {
	h := &e.t.Heard
	if h.TMS.IsZero() || !h.Visibility.IsZero() || !h.Carrier.IsZero() || !h.Phone.IsZero() || !covered(e.t) || e.happened() {
		return
	}
	pickup := firstPickup(e.t)
	if pickup == nil || opens(pickup).IsZero() {
		return
	}
	due := later(e.t.FirstAt.Add(e.rules.OneSided), opens(pickup))
	if !e.reached(due) {
		return
	}
	e.add(freight.Finding{
		Kind: "load.oneSided", Level: freight.Waiting, Severity: freight.Minor, Since: due,
		Why:    "Known to " + e.t.Account + " only: no carrier, platform or driver has told of it, and its pickup opened " + timeline.Stamp(opens(pickup), pickup.Zone),
		Inputs: inputs("source", e.t.Account, "firstHeard", timeline.Stamp(e.t.FirstAt, e.zone()), "threshold", span(e.rules.OneSided)),
		Next:   freight.Next{Act: "call", Text: "Ask the carrier whether it has the load, under which number, and who drives it", Due: due},
	}, due)
}

// happened reports whether anything is known to have happened at a stop.
func (e *evaluation) happened() bool {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Arrived != nil || stop.Done() {
			return true
		}
	}
	return false
}

// teller is who speaks of a load that no TMS knows.
func (e *evaluation) teller() string {
	if e.t.Account == "" {
		return "a carrier or platform"
	}
	return e.t.Account
}
