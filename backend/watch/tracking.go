package watch

import (
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// tracking is tracking.denied and tracking.lost, as long as a platform says so and nothing that follows the truck was heard
// since, and tracking.none where the truck was never seen.
func (j *journey) tracking() {
	switch said := j.t.Tracking; said.State {
	case freight.TrackDenied:
		if !j.seenSince(said.At) {
			j.untracked("tracking.denied", freight.ActNow, said.At)
		}
	case freight.TrackLost, freight.TrackStale, freight.TrackHidden, freight.TrackExpired, freight.TrackFailed:
		if from, due := j.lostFrom(said.At); due && !j.seenSince(said.At) && j.reached(from) {
			j.untracked("tracking.lost", freight.Verify, from)
		}
	case freight.TrackTracking:
	default:
		j.neverTracked()
	}
}

// seenSince reports whether a device was heard of the truck after an instant: the platform's own positions, or those of
// another. What a person or a message tells does not bring tracking back.
func (j *journey) seenSince(at time.Time) bool {
	trail := j.t.Trail
	for i := len(trail) - 1; i >= 0 && trail[i].At > unix(at); i-- {
		if by := j.who(trail[i].By); follows(by.Kind) || by == j.t.Tracking.Source {
			return true
		}
	}
	p := j.t.Position
	return p != nil && p.At.After(at) && (follows(p.Source.Kind) || p.Source == j.t.Tracking.Source)
}

// lostFrom is when lost tracking matters: once the load should be seen.
func (j *journey) lostFrom(said time.Time) (from time.Time, matters bool) {
	if j.begun() {
		return said, true
	}
	from, matters = j.trackFrom()
	return later(said, from), matters
}

func (j *journey) untracked(kind string, level freight.Level, since time.Time) {
	said := &j.t.Tracking
	who := said.Source.String()
	f := freight.Finding{Kind: kind, Level: level, Severity: freight.Major, Since: since,
		Why: "Tracking is " + string(said.State) + ", says " + who + " " + timeline.Stamp(said.At, j.zone()) + ": " + causeWords(said),
		Inputs: inputs("state", string(said.State), "source", who, "stated", timeline.Stamp(said.At, j.zone()), "cause", said.Cause,
			"lastPosition", j.lastSeenText()),
		Next: freight.Next{Act: "call", Text: "Ask the driver to allow or restart tracking, for the position and the ETA; else ask the dispatcher for another phone or device", Due: since}}
	if kind == "tracking.lost" {
		f.Severity = freight.Minor
		f.Next.Text = "Ask the driver for the position and the ETA, and to switch tracking on again"
	}
	j.add(f, since)
}

func (j *journey) lastSeenText() string {
	if p := j.t.Position; p != nil {
		return p.Source.String() + ", " + timeline.Stamp(p.At, j.zone())
	}
	if n := len(j.t.Trail); n > 0 {
		return j.told(&j.t.Trail[n-1])
	}
	return "none"
}

// neverTracked is tracking.none: watched from before the pickup window, sure from its start. Without a window it is sure
// once something happened at a stop.
func (j *journey) neverTracked() {
	if j.seen() || !j.toBeTracked() {
		return
	}
	watch, ok := j.trackFrom()
	sure := watch.Add(j.rules.TrackAhead)
	if !ok {
		if !j.begun() {
			return
		}
		watch = j.firstEvent()
		sure = watch
	}
	switch {
	case j.reached(sure):
		j.notTracking(freight.Verify, freight.Minor, watch, sure)
	case j.reached(watch):
		j.notTracking(freight.Waiting, freight.Watched, watch, sure)
	}
}

func (j *journey) seen() bool { return len(j.t.Trail) > 0 || j.t.Position != nil }

// toBeTracked: somebody spoke of tracking or gave the load a platform's number; or, where the desk expects every load to be
// tracked, it is covered and nobody has told of it in another way. A carrier that sends messages, and a driver who was on
// the phone, are followed by their words, with silence and check calls.
func (j *journey) toBeTracked() bool {
	if j.t.Tracking.State != "" {
		return true
	}
	for i := range j.t.Refs {
		switch j.t.Refs[i].Type {
		case freight.RefP44, freight.RefFourKites, freight.RefMacroPoint:
			return true
		}
	}
	h := &j.t.Heard
	return j.rules.TrackAll && h.Carrier.IsZero() && h.Phone.IsZero() && h.Visibility.IsZero() && covered(j.t)
}

// covered reports whether somebody is named who carries the load.
func covered(t *freight.Timeline) bool {
	return t.Carrier.Value != "" || t.SCAC.Value != "" || t.MC.Value != "" || t.DOT.Value != "" || len(t.Driver) > 0 || t.Equipment["TRUCK"].Value != ""
}

// firstEvent is the first exact event at any stop, else the load's first word.
func (j *journey) firstEvent() time.Time {
	first := j.t.LastAt
	for i := range j.t.Stops {
		stop := &j.t.Stops[i]
		for _, k := range [...]*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Departed, stop.Unloaded, stop.Delivered} {
			if at := exact(k); !at.IsZero() && at.Before(first) {
				first = at
			}
		}
	}
	return first
}

func (j *journey) notTracking(level freight.Level, severity freight.Severity, since, due time.Time) {
	f := freight.Finding{Kind: "tracking.none", Level: level, Severity: severity, Since: since,
		Why:    "The truck has never been seen",
		Inputs: inputs("watch", span(j.rules.TrackAhead), "lastPosition", "none"),
		Next:   freight.Next{Act: "call", Text: "Ask the dispatcher for the driver's phone or the truck's device and to start tracking; ask where the truck is", Due: due}}
	if pickup := firstPickup(j.t); pickup != nil && !opens(pickup).IsZero() {
		f.Why += ", pickup" + where(pickup) + " opens " + timeline.Stamp(opens(pickup), pickup.Zone)
	}
	if said := &j.t.Tracking; said.State != "" {
		f.Inputs = append(f.Inputs, inputs("state", string(said.State), "source", said.Source.String(), "stated", timeline.Stamp(said.At, j.zone()))...)
		f.Why += "; " + said.Source.String() + " says " + string(said.State) + ": " + causeWords(said)
	}
	j.add(f, due)
}

// causeWords is why a platform cannot see the truck: its own words, else what its code or state means. Codes of MacroPoint
// orders and project44 status reasons, as their connectors publish them.
func causeWords(said *freight.Tracking) string {
	if words := codeWords(said.Cause); words != "" {
		return words
	}
	if said.Cause != "" {
		return said.Cause
	}
	switch said.State {
	case freight.TrackDenied:
		return "the driver or carrier refused"
	case freight.TrackHidden:
		return "the driver hides the location"
	case freight.TrackExpired:
		return "the request or session ran out"
	case freight.TrackFailed:
		return "the platform cannot track this phone or device"
	case freight.TrackStale, freight.TrackLost:
		return "the platform waits for a position"
	case freight.TrackPending:
		return "waiting for the driver or carrier"
	case freight.TrackReady:
		return "accepted, no position yet"
	case freight.TrackEnded:
		return "the session has ended"
	}
	return "no cause given"
}

func codeWords(cause string) string {
	switch strings.ToUpper(strings.TrimSpace(cause)) {
	case "1001":
		return "the driver is asked to install the app"
	case "1050":
		return "stopped by whoever ordered it"
	case "1051":
		return "stopped early by the driver"
	case "1052", "APPROVAL_DENIED", "DRIVER_DENY_TRACKING":
		return "the driver refused"
	case "1053":
		return "the driver hides the location"
	case "1060":
		return "the platform waits for a position"
	case "1061":
		return "the phone is not suitable"
	case "1062":
		return "the phone number is not valid"
	case "1063":
		return "the number is a landline"
	case "1064":
		return "the driver refused to install the app"
	case "1070":
		return "ran out before the app was installed"
	case "1071":
		return "ran out without a position"
	case "TIMED_OUT", "TRACKING_END_DUE_TO_TIMEOUT":
		return "the platform gave up waiting"
	case "TRACKING_FAILED", "FAILED_TO_ACQUIRE_LOCATION":
		return "the platform got no position"
	case "PENDING_TRACKING_METHOD":
		return "no phone or device was given to the platform"
	case "PENDING_APPROVAL":
		return "waiting for the driver's approval"
	case "PENDING_CARRIER":
		return "waiting for the carrier"
	case "MISSING_EQUIPMENT_IDENTIFIER", "UNKNOWN_EQUIPMENT_IDENTIFIER":
		return "the platform does not know the truck"
	case "MISSING_CARRIER":
		return "the platform does not know the carrier"
	}
	return ""
}
