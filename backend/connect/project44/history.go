package project44

import (
	"strings"

	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// history reads a tracking history: the shipment as it is planned now, then every event, state, position and exception.
func (r *reader) history(s *parts, whole wire.Piece) {
	head, where := s.shipment, "shipment"
	if head.IsNull() && len(s.identifiers.Bytes) > 0 { // the shipment alone
		head, where = whole, "body"
	}
	var sh shipment
	if !head.IsNull() && !decode(r, head, where, &sh, plainShipment) {
		sh = shipment{}
	}
	r.name(&sh, ids{master: sh.ID.String()})
	r.learnStops(sh.Route)
	events := r.events(s.events)
	r.plan(&sh, head, where, events)
	r.Send()
	for i := range events {
		if events[i].ok && !r.Stopped() {
			r.event(&events[i])
			r.Send()
		}
	}
	r.items(s.states, "states", r.stateNow)
	r.items(s.positions, "positions", r.position)
	r.items(s.troubles, "exceptions", r.trouble)
}

// learnStops numbers the stops in the order of the route.
func (r *reader) learnStops(rt *route) {
	if rt == nil {
		return
	}
	r.stops = make(map[string]int, len(rt.Stops))
	for i, s := range rt.Stops {
		if s.ID != "" {
			r.stops[s.ID.String()] = i + 1
		}
	}
}

// told is an event with its place in the body.
type told struct {
	event
	piece wire.Piece
	where string
	means codes.Meaning
	ok    bool
}

func (r *reader) events(list wire.Piece) []told {
	var out []told
	r.items(list, "events", func(p wire.Piece, where string) {
		t := told{piece: p, where: where}
		if t.ok = decode(r, p, where, &t.event, plainEvent); t.ok {
			t.means = r.codes.Find("event", t.Type.String())
			out = append(out, t)
		}
	})
	return out
}

// plan tells what the shipment is, as project44 has it now: three states that are repeated with the answers that hold them.
// Its windows are the word of now; the desk's first window stays what it was.
func (r *reader) plan(sh *shipment, p wire.Piece, where string, events []told) {
	o := r.state("shipment", sh.Modified, p, where)
	r.identities(&o, sh)
	r.Say(o)
	if rt := sh.Route; rt != nil {
		o := r.state("route", sh.Modified, p, where+".routeInfo")
		for i := range rt.Stops {
			s := &rt.Stops[i]
			r.planStop(&o, r.stop(s.ID, wire.Number{Value: float64(i + 1), Given: true}), s.Type, placeOfLocation(s.Location))
		}
		r.modes(&o, rt)
		r.Say(o)
	}
	o = r.state("plan", sh.Modified, p, "events")
	for i := range events {
		r.planned(&o, &events[i])
	}
	r.Say(o)
}

// state is an envelope of what is repeated until it changes. Of a body that could not be read whole it is no state: what
// does not stand there was not taken away.
func (r *reader) state(key string, modified wire.Text, p wire.Piece, where string) freight.Observation {
	o := r.Observation(p, where)
	o.StatedAt = wire.Stated(modified)
	if !r.cut && r.Faults == 0 {
		o.Snapshot, o.SnapshotKey = true, key
	}
	return o
}

// identities tells the numbers, the carrier, the equipment, and what the customer wrote on the shipment.
func (r *reader) identities(o *freight.Observation, sh *shipment) {
	for _, ref := range r.Names {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactReference, Value: freight.Value{Type: string(ref.Type), Text: ref.Value}})
	}
	lists := []wire.List[identifier]{sh.Identifiers, sh.Numbers, sh.Equipment}
	if sh.Carrier != nil {
		lists = append(lists, wire.List[identifier]{{"CARRIER_" + sh.Carrier.Type, sh.Carrier.Value}})
	}
	if sh.Route != nil {
		for _, seg := range sh.Route.Segments {
			lists = append(lists, seg.Identifiers)
		}
	}
	for _, list := range lists {
		for _, id := range list {
			if c, ok := r.identity(id); ok {
				add(o, c)
			}
		}
	}
	for _, a := range sh.Attributes {
		values := []string{}
		for _, v := range append(wire.List[wire.Text]{a.Value}, a.Values...) {
			if v != "" {
				values = append(values, v.String())
			}
		}
		o.Claims = append(o.Claims, other("attribute "+a.Name.String(), strings.Join(values, ", "))...)
	}
	o.Claims = append(o.Claims, other("project44 link", sh.ShareLink.String())...)
}

// identity is what an identifier tells: a fact of the carrier or the truck, or a number of a kind that the desk has no word
// for. Numbers that name the load were told by name.
func (r *reader) identity(id identifier) (freight.Claim, bool) {
	kind, value := id.Type.String(), id.Value.String()
	if _, known := r.codes.Find("reference", kind).RefersTo(); value == "" || known {
		return freight.Claim{}, false
	}
	switch m := r.codes.Find("identifier", kind); m.Means {
	case "scac", "mc", "dot":
		return freight.Claim{Fact: freight.Fact(m.Means), Value: freight.Value{Text: value}}, true
	case "PHONE":
		return freight.Claim{Fact: freight.FactDriver, Value: freight.Value{Type: m.Means, Text: value}}, true
	case "TRUCK", "TRAILER", "SEAL":
		return freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: m.Means, Text: value}}, true
	case "equipment":
		return freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: kind, Text: value, Note: m.Words}}, true
	}
	return freight.Claim{Fact: freight.FactReference, Value: freight.Value{Type: string(freight.RefOther), Text: value, Note: kind}}, true
}

// add adds a claim; two of one kind, as two seals, are one claim with both.
func add(o *freight.Observation, c freight.Claim) {
	for i := range o.Claims {
		was := &o.Claims[i]
		if c.Fact == freight.FactReference || was.Fact != c.Fact || was.Value.Type != c.Value.Type || was.Subject != c.Subject {
			continue
		}
		if was.Value.Text != c.Value.Text {
			was.Value.Text += ", " + c.Value.Text
		}
		return
	}
	o.Claims = append(o.Claims, c)
}

func (r *reader) modes(o *freight.Observation, rt *route) {
	for _, seg := range rt.Segments {
		if m := r.codes.Find("mode", seg.Mode.String()); seg.Mode != "" {
			text := m.Means
			if !m.Known {
				text = seg.Mode.String()
			}
			o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactMode, Value: freight.Value{Text: text}})
			return // the first leg's names the load's
		}
	}
}

// planStop tells what a stop is and where.
func (r *reader) planStop(o *freight.Observation, subject freight.Subject, kind wire.Text, place freight.Place) {
	if m := r.codes.Find("stopType", kind.String()); m.Known {
		o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactStopKind, Value: freight.Value{Text: m.Means}})
	} else if kind != "" {
		o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: "stop type", Text: kind.String(), Note: m.Words}})
	}
	if !place.IsZero() {
		o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactPlace, Value: freight.Value{Place: place}})
	}
}

// event tells what happened, and what is expected of it.
func (r *reader) event(t *told) {
	at := r.when(t.piece, t.where, "dateTime", t.At)
	subject := r.stop(t.StopID, wire.Number{})
	if t.At != "" || t.Planned == "" && t.Estimate == "" {
		r.happened(t, subject, at)
	}
	if t.Estimate != "" {
		r.expected(t, subject)
	}
	r.competing(t, subject)
}

func (r *reader) happened(t *told, subject freight.Subject, at freight.When) {
	o := r.Observation(t.piece, t.where)
	o.EventID, o.StatedAt, o.Text = t.Received.String(), wire.Stated(t.Received), string(t.piece.Bytes)
	note := wire.Joined(": ", t.means.Words, t.Description.String())
	if t.Type == "" {
		r.Fault(t.piece, t.where, "the event has no type")
	}
	if f := t.means.Fact; f != "" && at.IsZero() { // it has not happened: project44 tells the time once it did
		o.Claims = []freight.Claim{{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: "project44 event", Text: t.Type.String(), Note: "without a time"}}}
		r.Say(o)
		return
	} else if f != "" {
		stop := subject
		if stop.Kind != freight.OfStop {
			stop = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: t.means.Side}}
		}
		o.Claims = append(o.Claims, freight.Claim{Subject: stop, Fact: f, At: at, Value: freight.Value{Note: t.Description.String()}})
	}
	o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactStatus, At: at, Value: freight.Value{Text: t.Type.String(), Type: "project44 event", Note: note}})
	o.Claims = append(o.Claims, tracking(t.means, at, t.Description.String())...)
	if t.means.Is(codes.Exception) || t.means.Is(codes.Late) || strings.Contains(t.Type.String(), "EXCEPTION") {
		o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactException, At: at, Value: freight.Value{Text: t.Type.String(), Type: "project44", Note: note}})
	}
	r.Say(o)
}

// tracking is what a code says of whether the truck can be seen.
func tracking(m codes.Meaning, at freight.When, said string) []freight.Claim {
	if m.Tracking == "" {
		return nil
	}
	return []freight.Claim{{Fact: freight.FactTracking, At: at, Value: freight.Value{Text: string(m.Tracking), Note: wire.Joined(": ", m.Words, said)}}}
}

// expected tells an estimate: of an arrival it is an ETA, of anything else a word.
func (r *reader) expected(t *told, subject freight.Subject) {
	est := r.when(t.piece, t.where, "estimateDateTime", t.Estimate)
	if est.IsZero() {
		return
	}
	o := r.Observation(t.piece, t.where)
	o.StatedAt, o.Text = wire.Stated(t.Calculated), string(t.piece.Bytes)
	c := freight.Claim{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: "estimated " + t.Type.String(), Start: est, Text: est.String()}}
	if t.means.Fact == freight.FactArrived && subject.Kind == freight.OfStop {
		c.Fact, c.Value = freight.FactETA, freight.Value{Start: est}
	}
	c.At = r.when(t.piece, t.where, "estimateLastCalculatedDateTime", t.Calculated)
	o.Claims = []freight.Claim{c}
	r.Say(o)
}

// competing tells the times of an event that project44 was also told and did not select.
func (r *reader) competing(t *told, subject freight.Subject) {
	o := r.Observation(t.piece, t.where+".dateTimes")
	o.StatedAt = wire.Stated(t.Received)
	for _, other := range t.Times {
		at := r.when(t.piece, t.where, "dateTimes.dateTime", other.At)
		if other.Selected == "true" || at.IsZero() || other.At == t.At || other.At == t.Planned || other.At == t.Estimate {
			continue // what the event itself says
		}
		kind := strings.Join([]string{t.Type.String(), other.Type.String(), other.Source.String()}, " ")
		o.Claims = append(o.Claims, freight.Claim{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: kind, Text: at.String(), Note: "not selected"}})
	}
	r.Say(o)
}

// stateNow tells where project44 sees the shipment. COMPLETED stands there after a delivery and after a lost trace alike, so it is
// kept as project44's word beside the facts and not as a status of the load.
func (r *reader) stateNow(p wire.Piece, where string) {
	var s state
	if !decode(r, p, where, &s, plainState) {
		return
	}
	o := r.Observation(p, where)
	at := r.when(p, where, "startDateTime", s.Start)
	o.StatedAt, o.Text = wire.Stated(s.Start), string(p.Bytes)
	o.Claims = []freight.Claim{{Subject: r.stop(s.StopID, wire.Number{}), Fact: freight.FactOther, At: at,
		Value: freight.Value{Type: "project44 state", Text: s.Type.String(), Note: r.codes.Find("state", s.Type.String()).Words}}}
	r.Say(o)
}

func (r *reader) trouble(p wire.Piece, where string) {
	var t trouble
	if !r.into(p, where, &t) {
		return
	}
	o := r.Observation(p, where)
	o.Text = string(p.Bytes)
	o.Claims = []freight.Claim{{Fact: freight.FactException, Value: freight.Value{Text: wire.Joined(" ", t.Category.String(), t.Reason.String()), Type: wire.Joined(" ", "project44", t.Namespace.String()), Note: t.Status.String()}}}
	r.Say(o)
}

// other is a word that has no place of its own.
func other(kind, text string) []freight.Claim {
	if text == "" {
		return nil
	}
	return []freight.Claim{{Fact: freight.FactOther, Value: freight.Value{Type: kind, Text: text}}}
}
