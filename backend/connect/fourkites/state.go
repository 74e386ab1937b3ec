package fourkites

import (
	"maps"
	"slices"

	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// shipment tells what a shipment is and how it stands: states that are repeated until they change, dated by its updatedAt, and
// the latest position.
func (r *reader) shipment(s *shipment, p wire.Piece, where string) {
	r.Names = nil
	r.name(freight.RefFourKites, s.id())
	r.name(freight.RefLoad, s.Number)
	r.name(freight.RefBOL, s.BOL)
	r.name(freight.RefPRO, s.PRO)
	if s.Identifiers != nil {
		for _, v := range s.Identifiers.Orders {
			r.name(freight.RefPO, v)
		}
		r.bag(s.Identifiers.References)
	}
	r.bag(s.References)
	r.load(s, p, where)
	r.stops(s, p, where)
	r.expected(s, p, where)
	r.position(s, p, where)
}

// state is an envelope of what is repeated until it changes. Of a shipment of which something could not be read it is no state:
// what does not stand there was not taken away.
func (r *reader) state(key string, s *shipment, p wire.Piece, where string) freight.Observation {
	o := r.Observation(p, where)
	o.Snapshot, o.SnapshotKey, o.StatedAt = true, key, wire.Stated(s.UpdatedAt)
	return o
}

// load tells the load's numbers, parties and status.
func (r *reader) load(s *shipment, p wire.Piece, where string) {
	o := r.state("shipment", s, p, where)
	o.Text = string(p.Bytes)
	o.Claims = r.references()
	text := func(f freight.Fact, kind string, v wire.Text) {
		if v != "" {
			o.Claims = append(o.Claims, freight.Claim{Fact: f, Value: freight.Value{Type: kind, Text: v.String()}})
		}
	}
	text(freight.FactSCAC, "", s.SCAC)
	text(freight.FactCarrier, "", s.Carrier)
	if t := s.Tracking; t != nil {
		text(freight.FactDriver, "PHONE", t.Phone)
		text(freight.FactEquipment, "TRUCK", t.Truck)
		text(freight.FactEquipment, "TRAILER", t.Trailer)
	}
	for _, role := range slices.Sorted(maps.Keys(s.Stakeholders)) {
		text(freight.FactOther, "stakeholder "+role, s.Stakeholders[role])
	}
	if s.Status != "" {
		m := r.codes.Find("status", s.Status.String())
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: s.Status.String(), Type: "fourkites", Note: m.Words}})
		if m.Tracking != "" && s.Deleted != "true" {
			o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactTracking, Value: freight.Value{Text: string(m.Tracking), Note: m.Words}})
		}
	}
	if s.Deleted == "true" {
		note := wire.Joined(" by ", "deleted at FourKites", s.DeletedBy.String())
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactTracking, At: r.instant(p, where+".deletedAt", s.DeletedAt), Value: freight.Value{Text: string(freight.TrackEnded), Note: note}})
	}
	r.Say(o)
}

// stops tells the plan and what happened at each stop.
func (r *reader) stops(s *shipment, p wire.Piece, where string) {
	if len(s.Stops) == 0 {
		return
	}
	o := r.state("stops", s, p, where+".stops")
	faults := r.Faults
	for i := range s.Stops {
		if st := &s.Stops[i]; st.subject().Kind != freight.OfStop { // without a name and a number it is the one in this place
			st.Sequence = wire.Number{Value: float64(i + 1), Given: true}
		}
		o.Claims = append(o.Claims, r.stopClaims(&s.Stops[i], p, where)...)
	}
	if r.Faults > faults {
		o.Snapshot, o.SnapshotKey = false, ""
	}
	r.Say(o)
}

func (r *reader) stopClaims(st *stop, p wire.Piece, where string) (out []freight.Claim) {
	subject := st.subject()
	if st.Deleted == "true" {
		return other(subject, "fourkites stop", "deleted", "")
	}
	add := func(c freight.Claim) { c.Subject = subject; out = append(out, c) }
	if m := r.codes.Find("stopType", st.Type.String()); m.Known {
		add(freight.Claim{Fact: freight.FactStopKind, Value: freight.Value{Text: m.Means}})
	} else {
		out = append(out, other(subject, "stop type", st.Type.String(), m.Words)...)
	}
	if place := st.place(); place != (freight.Place{Zone: place.Zone}) {
		add(freight.Claim{Fact: freight.FactPlace, Value: freight.Value{Place: place}})
	}
	if start, end := r.appointment(st, p, where); !start.IsZero() || !end.IsZero() {
		add(freight.Claim{Fact: freight.FactWindow, Value: freight.Value{Start: start, End: end, Type: "appointment", Note: "as FourKites has it now"}})
	}
	for _, happened := range []struct {
		fact freight.Fact
		at   wire.Text
	}{{freight.FactArrived, st.Arrival}, {freight.FactDeparted, st.Departure}} {
		if at := r.instant(p, where+".stops."+string(happened.fact), happened.at); !at.IsZero() {
			add(freight.Claim{Fact: happened.fact, At: at})
		}
	}
	return append(out, other(subject, "fourkites stop", st.Status.String(), "")...)
}

// appointment is a stop's window, wherever it stands.
func (r *reader) appointment(st *stop, p wire.Piece, where string) (start, end freight.When) {
	a := st.appointment
	if st.Schedule != nil {
		a = appointment{wire.First(st.Schedule.At, a.At), wire.First(st.Schedule.Earliest, a.Earliest), wire.First(st.Schedule.Latest, a.Latest)}
	}
	read := func(written wire.Text) freight.When {
		at, err := atStop(written, st.TimeZone)
		return r.When(p, where+".stops.schedule", at, err)
	}
	if start, end = read(a.Earliest), read(a.Latest); start.IsZero() && end.IsZero() {
		start = read(a.At)
	}
	return start, end
}

func (st *stop) subject() freight.Subject {
	return stopNamed(wire.First(st.Reference, st.ID), st.Sequence)
}

// stopNamed is a stop by FourKites' name for it and its number.
func stopNamed(id wire.Text, number wire.Number) freight.Subject {
	ref := freight.StopRef{ID: id.String()}
	if number.Given && number.Value >= 1 && number.Value < 1000 {
		ref.Seq = int(number.Value)
	}
	if ref == (freight.StopRef{}) {
		return freight.Subject{}
	}
	return freight.Subject{Kind: freight.OfStop, Stop: ref}
}

func (st *stop) place() freight.Place {
	p := freight.Place{Facility: wire.First(st.Name, st.PlainName).String(), Address: st.Address.String(), City: st.City.String(), State: st.State.String(), Postal: st.Postal.String(), Country: st.Country.String()}
	p.Lat, p.Lon, _ = wire.Point(st.Latitude, st.Longitude)
	if _, err := freight.Location(st.TimeZone.String()); err == nil {
		p.Zone = st.TimeZone.String()
	}
	return p
}

// expected tells when the load is expected: where a stop has an ETA of its own, there; the load's ETA at the next stop without an
// arrival or at the last one, as the account is set up.
func (r *reader) expected(s *shipment, p wire.Piece, where string) {
	o := r.state("eta", s, p, where+".fourKitesETA")
	own := false
	for i := range s.Stops {
		if at := r.instant(p, where+".stops.eta", s.Stops[i].ETA); !at.IsZero() && s.Stops[i].Deleted != "true" {
			o.Claims = append(o.Claims, freight.Claim{Subject: s.Stops[i].subject(), Fact: freight.FactETA, Value: freight.Value{Start: at}})
			own = true
		}
	}
	at := r.instant(p, where+".fourKitesETA", s.ETA)
	if at.IsZero() || own {
		r.Say(o)
		return
	}
	subject := r.etaStop(s)
	c := freight.Claim{Subject: subject, Fact: freight.FactETA, Value: freight.Value{Start: at}}
	if subject.Kind != freight.OfStop {
		c = freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: "fourKitesETA", Text: at.String()}}
	}
	o.Claims = append(o.Claims, c)
	r.Say(o)
}

// etaStop is the stop that a load's ETA is of; none where no stop is left.
func (r *reader) etaStop(s *shipment) freight.Subject {
	var last freight.Subject
	for i := range s.Stops {
		st := &s.Stops[i]
		if st.Deleted == "true" {
			continue
		}
		if last = st.subject(); r.config.values["etaOf"] == "next" && st.Arrival == "" && st.Departure == "" {
			return last
		}
	}
	if r.config.values["etaOf"] == "next" {
		return freight.Subject{}
	}
	return last
}

// position tells where the truck was last.
func (r *reader) position(s *shipment, p wire.Piece, where string) {
	l := s.Latest
	if l == nil {
		return
	}
	at := r.instant(p, where+".latestLocation.updatedTime", l.Updated)
	place := freight.Place{City: l.City.String(), State: l.State.String()}
	place.Lat, place.Lon, _ = wire.Point(l.Latitude, l.Longitude)
	if at.IsZero() || !place.HasPoint() && place.City == "" {
		return // a position without a place or a time says nothing; stale and empty ones are common here
	}
	if place.City == "" {
		place.Facility = l.Name.String()
	}
	o := r.Observation(p, where+".latestLocation")
	o.StatedAt = wire.Stated(l.Updated)
	o.Claims = []freight.Claim{{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}}}
	r.Say(o)
}
