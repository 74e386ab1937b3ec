package project44

import (
	"strconv"

	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// status reads a truckload status: the shipment and its stops as they stand, which are repeated with every answer, and the
// statuses that were told, each with its time.
func (r *reader) status(s *parts) {
	var sh shipment
	if !s.shipment.IsNull() && !r.into(s.shipment, "shipment", &sh) {
		sh = shipment{}
	}
	r.name(&sh, ids{master: sh.Master.String(), truckload: sh.ID.String()})
	r.shipmentNow(&sh, s)
	r.stopsNow(s.stopStatuses)
	r.messages(s.messages)
	r.Send()
	final := lastStop(&sh, s.stopStatuses)
	var visits visits
	r.items(s.updates, "statusUpdates", func(p wire.Piece, where string) { r.statusUpdate(p, where, final, &visits) })
	if !s.latest.IsNull() {
		r.statusUpdate(s.latest, "latestStatusUpdate", final, nil)
	}
	r.arrivals(&visits)
	r.Send()
}

// shipmentNow tells the load's numbers, carrier, equipment and stops as project44 has them now.
func (r *reader) shipmentNow(sh *shipment, s *parts) {
	o := r.state("truckload", sh.Modified, s.shipment, "shipment")
	r.identities(&o, sh)
	r.Say(o)
	if len(sh.Stops) == 0 {
		return // the echo of the shipment without its stops
	}
	o = r.state("truckload stops", sh.Modified, s.shipment, "shipment.shipmentStops")
	for i := range sh.Stops {
		st := &sh.Stops[i]
		subject := r.stop(st.ID, st.Number)
		place := placeOfLocation(st.Location)
		if st.Geo != nil && !place.HasPoint() {
			place.Lat, place.Lon, _ = wire.Point(st.Geo.Latitude, st.Geo.Longitude)
		}
		r.planStop(&o, subject, st.Type, place)
		r.window(&o, subject, st.Window, s.shipment, "shipment.shipmentStops["+strconv.Itoa(i)+"]")
	}
	r.Say(o)
}

// stopsNow tells how each stop stands. Their status has no time, so it is a word and no arrival; the expected arrival has one.
func (r *reader) stopsNow(list wire.Piece) {
	r.items(list, "latestStopStatuses", func(p wire.Piece, where string) {
		var s stopStatus
		if !r.into(p, where, &s) {
			return
		}
		subject := r.stop(s.ID, s.Number)
		o := r.state("stop "+s.Number.String()+s.ID.String(), "", p, where)
		o.Text = string(p.Bytes)
		o.Claims = append(o.Claims, r.word(subject, "project44 stop", "stop", s.Code)...)
		o.Claims = append(o.Claims, r.word(subject, "project44 arrival", "arrival", s.Arrival)...)
		r.planStop(&o, subject, s.Type, freight.Place{})
		r.Say(o)
		r.estimate(p, where, &s, subject)
	})
}

// word is a code without a time of its own, with what it means.
func (r *reader) word(subject freight.Subject, kind, list string, code wire.Text) []freight.Claim {
	if code == "" {
		return nil
	}
	return []freight.Claim{{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: kind, Text: code.String(), Note: r.codes.Find(list, code.String()).Words}}}
}

func (r *reader) estimate(p wire.Piece, where string, s *stopStatus, subject freight.Subject) {
	if s.Estimate == nil || s.Estimate.Window == nil || subject.Kind != freight.OfStop {
		return
	}
	w := s.Estimate.Window
	start, end := r.when(p, where, "arrivalEstimate.startDateTime", w.Start), r.when(p, where, "arrivalEstimate.endDateTime", w.End)
	if start.IsZero() {
		start = end
	}
	if start.IsZero() {
		return
	}
	o := r.Observation(p, where+".arrivalEstimate")
	o.StatedAt = wire.Stated(s.Estimate.Calculated)
	o.Claims = []freight.Claim{{Subject: subject, Fact: freight.FactETA, At: r.when(p, where, "lastCalculatedDateTime", s.Estimate.Calculated), Value: freight.Value{Start: start, End: end}}}
	r.Say(o)
}

// messages are remarks that project44 makes on the shipment.
func (r *reader) messages(list wire.Piece) {
	r.items(list, "infoMessages", func(p wire.Piece, where string) {
		var m infoMessage
		if !r.into(p, where, &m) || m.Message == "" {
			return
		}
		o := r.Observation(p, where)
		o.Claims = []freight.Claim{{Fact: freight.FactNote, Value: freight.Value{Type: wire.Joined(" ", "project44", m.Severity.String()), Text: m.Message.String(), Note: m.Diagnostic.String()}}}
		r.Say(o)
	})
}

// lastStop is the number of the last stop, 0 where it is not told.
func lastStop(sh *shipment, statuses wire.Piece) int {
	last := 0
	take := func(n wire.Number) {
		if n.Given && n.Value > float64(last) && n.Value < 1000 {
			last = int(n.Value)
		}
	}
	for i := range sh.Stops {
		take(sh.Stops[i].Number)
	}
	var list wire.List[stopStatus]
	if statuses.Into(&list) == nil {
		for i := range list {
			take(list[i].Number)
		}
	}
	return last
}

// statusUpdate tells one status with its time, by the rules for its pair of status and reason. COMPLETED alone delivers
// nothing; with DEPARTED_FINAL_STOP the last stop was left.
func (r *reader) statusUpdate(p wire.Piece, where string, final int, seen *visits) {
	var s status
	if !r.into(p, where, &s) {
		return
	}
	code, said := s.Code.String(), ""
	if s.Reason != nil {
		code, said = wire.Joined("/", code, s.Reason.Code.String()), s.Reason.Description.String()
	}
	means := r.codes.Find("status", pair(code))
	at := r.when(p, where, "timestamp", s.At)
	subject := r.stop("", s.StopNumber)
	o := r.Observation(p, where)
	o.StatedAt, o.Text = wire.Stated(s.At), string(p.Bytes)
	if means.Fact != "" {
		stop := subject
		if stop.Kind != freight.OfStop {
			stop = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Seq: final, Side: means.Side}}
		}
		o.Claims = append(o.Claims, freight.Claim{Subject: stop, Fact: means.Fact, At: at})
	}
	if s.Reason == nil && means.Is(codes.Ended) {
		code += " without a reason" // so that nobody reads the bare word as a delivery
	}
	o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactStatus, At: at, Value: freight.Value{Text: code, Type: "project44", Note: wire.Joined(": ", means.Words, said)}})
	o.Claims = append(o.Claims, tracking(means, at, said)...)
	var place freight.Place
	addTo(&place, s.Address)
	if s.Geo != nil {
		place.Lat, place.Lon, _ = wire.Point(s.Geo.Latitude, s.Geo.Longitude)
	}
	if place.HasPoint() || place.City != "" {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}})
	}
	r.Say(o)
	if seen != nil && subject.Kind == freight.OfStop && at.Basis == freight.Instant && means.Is(codes.AtStop) {
		seen.at(subject, at, p, where)
	}
}

// pair is a code as the table has it: one without a reason is STATUS/*.
func pair(code string) string {
	for i := range len(code) {
		if code[i] == '/' {
			return code
		}
	}
	return code + "/*"
}

// visits are, of the statuses "at stop n", the earliest for each stop: by then the truck had arrived there.
type visits struct{ list []visit }

type visit struct {
	stop  freight.Subject
	at    freight.When
	piece wire.Piece
	where string
}

func (v *visits) at(stop freight.Subject, at freight.When, p wire.Piece, where string) {
	for i := range v.list {
		if v.list[i].stop == stop {
			if at.Sec < v.list[i].at.Sec {
				v.list[i] = visit{stop, at, p, where}
			}
			return
		}
	}
	v.list = append(v.list, visit{stop, at, p, where})
}

// arrivals tells the arrivals that a history of statuses shows. Without the history nothing says when a truck arrived.
func (r *reader) arrivals(v *visits) {
	for _, a := range v.list {
		o := r.Observation(a.piece, a.where)
		o.StatedAt = wire.Stated(wire.Text(a.at.String()))
		o.Claims = []freight.Claim{{Subject: a.stop, Fact: freight.FactArrived, At: a.at, Value: freight.Value{Note: "at the stop by then"}}}
		r.Say(o)
	}
}
