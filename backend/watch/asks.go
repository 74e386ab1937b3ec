package watch

import (
	"time"

	"tracedesk/backend/freight"
)

// script gathers the questions of a call that nobody has answered yet.
type script struct {
	t     *freight.Timeline
	stop  *freight.StopLine
	rules *Rules
	at    time.Time
	list  []freight.Ask
}

// Asks are the questions that are still unanswered when a stop is asked about at an instant, the most important first: what
// is not known, or is older than an ETA may be before it is confirmed. Each names the fact its answer becomes.
func Asks(t *freight.Timeline, stop int, at time.Time, rules *Rules) []freight.Ask {
	s := script{t: t, rules: rules, at: at, list: make([]freight.Ask, 0, 10)}
	for i := range t.Stops {
		if t.Stops[i].Seq == stop {
			s.stop = &t.Stops[i]
		}
	}
	switch {
	case s.stop == nil:
		return nil
	case s.stop.Done():
		s.afterwards()
	case s.stop.Arrived != nil && s.stop.Pickup():
		s.atPickup()
	case s.stop.Arrived != nil:
		s.atDelivery()
	case s.stop.Pickup():
		s.beforePickup()
	default:
		s.onTheRoad()
	}
	return s.list
}

func (s *script) ask(open bool, key, text string, fact freight.Fact, kind string) {
	if open {
		s.list = append(s.list, freight.Ask{Key: key, Text: text, Fact: fact, Type: kind, Stop: s.stop.Seq})
	}
}

func (s *script) beforePickup() {
	s.whereAndWhen("ETA to the shipper?")
	s.ask(true, "empty", "Empty at the prior stop?", freight.FactNote, "")
	s.ask(s.t.Equipment["TRUCK"].Value == "", "truck", "Truck number?", freight.FactEquipment, "TRUCK")
	s.ask(s.t.Equipment["TRAILER"].Value == "", "trailer", "Trailer number?", freight.FactEquipment, "TRAILER")
	s.ask(s.t.Driver["NAME"].Value == "", "driver", "Driver's name?", freight.FactDriver, "NAME")
	s.ask(s.t.Driver["PHONE"].Value == "", "phone", "Driver's mobile number?", freight.FactDriver, "PHONE")
	s.ask(!s.hasRef(freight.RefPickup), "pickupNumber", "Does the driver have the pickup number?", freight.FactReference, string(freight.RefPickup))
	s.ask(s.t.Tracking.State != freight.TrackReady && s.t.Tracking.State != freight.TrackTracking, "tracking", "Is tracking switched on and accepted?", freight.FactTracking, "")
	s.temperature("Pre-cooled, and to which set point?")
}

func (s *script) atPickup() {
	s.ask(true, "loading", "Loading started? Which dock, expected out when?", freight.FactNote, "")
	s.ask(true, "departed", "Loaded and out at what time?", freight.FactDeparted, "")
	s.counts("Pieces and pallets against the BOL?")
	s.ask(s.t.Equipment["SEAL"].Value == "", "seal", "Seal number?", freight.FactEquipment, "SEAL")
	s.temperature("Set point, and running continuously?")
	s.paper(freight.POP, "Photo of the signed BOL?")
	s.etaOfNext()
	s.ask(true, "hours", "Hours left to drive today?", freight.FactNote, "")
}

func (s *script) onTheRoad() {
	s.whereAndWhen("ETA to the receiver?")
	s.ask(true, "moving", "Moving or stopped, and why? Next stop and break?", freight.FactNote, "")
	s.temperature("Temperature now?")
	s.ask(true, "problem", "Any problem: weather, mechanical, traffic, hours?", freight.FactException, "")
}

func (s *script) atDelivery() {
	s.ask(true, "unloading", "Door given? Unloading started at what time?", freight.FactNote, "")
	s.ask(true, "departed", "Unloaded and out at what time?", freight.FactUnloaded, "")
	s.ask(true, "lumper", "Lumper needed, and how much?", freight.FactMoney, "lumper")
	s.afterwards()
}

// afterwards are the questions about what was handed over.
func (s *script) afterwards() {
	if !s.stop.Delivery() {
		s.paper(freight.POP, "Photo of the signed BOL?")
		return
	}
	s.paper(freight.POD, "Photo of the signed POD, with the printed name?")
	s.ask(true, "condition", "Clean, or over, short, damaged?", freight.FactException, "")
	s.counts("Pieces received?")
	s.temperature("Temperature at delivery?")
}

// whereAndWhen asks for ETA and position where they are unknown or old.
func (s *script) whereAndWhen(eta string) {
	confirm := s.at.Add(-s.rules.Cadence.Confirm)
	s.ask(s.stop.ETA == nil || s.stop.ETA.StatedAt.Before(confirm), "eta", eta, freight.FactETA, "")
	s.ask(positionAt(s.t.Position).Before(s.at.Add(-s.rules.Cadence.Fresh)), "position", "Where now: city, state, mile marker?", freight.FactPosition, "")
}

// etaOfNext asks for the ETA to the stop after this one.
func (s *script) etaOfNext() {
	for i := range s.t.Stops {
		next := &s.t.Stops[i]
		if next.Seq <= s.stop.Seq || next.Done() {
			continue
		}
		if next.ETA == nil || next.ETA.StatedAt.Before(s.at.Add(-s.rules.Cadence.Confirm)) {
			s.list = append(s.list, freight.Ask{Key: "eta", Text: "ETA to " + work(next) + place(next) + "?", Fact: freight.FactETA, Stop: next.Seq})
		}
		return
	}
}

func (s *script) counts(text string) {
	s.ask(s.stop.Pieces == nil && s.stop.Pallets == nil, "pieces", text, freight.FactPieces, "")
}

// temperature asks on loads that are kept in a range, unless a reading is at hand.
func (s *script) temperature(text string) {
	if s.t.TempMinF == nil && s.t.TempMaxF == nil {
		return
	}
	var last int64
	if n := len(s.t.Readings); n > 0 {
		last = s.t.Readings[n-1].At
	}
	s.ask(last < s.at.Add(-s.rules.Cadence.Confirm).Unix(), "temperature", text, freight.FactTemperature, "")
}

func (s *script) paper(kind, text string) {
	s.ask(!onFile(s.t.Papers[kind]), kind, text, freight.FactDocument, kind)
}

func (s *script) hasRef(kind freight.RefType) bool {
	for i := range s.t.Refs {
		if s.t.Refs[i].Type == kind {
			return true
		}
	}
	return false
}
