package x12

import (
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// keep adds what belongs to the load to the status before it, or to the first one when none was told yet.
func (r *statusReader) keep(fact freight.Fact, value freight.Value) {
	r.extras = append(r.extras, extra{event: max(0, len(r.events)-1), at: r.at, fact: fact, value: value})
}

// lading reads Q7: damage, shortage, overage, refusal.
func (r *statusReader) lading(seg *segment) {
	code := upper(seg.at(1))
	words, known := ladingExceptions[code]
	if !known {
		words = unknownCode
	}
	value := freight.Value{Type: "Q7 " + code, Text: words}
	if n, ok := amount(seg.at(3)); ok {
		value.Num, value.Has, value.Unit = n, 1, seg.at(2)
	}
	if code != "" {
		r.keep(freight.FactException, value)
		r.extras[len(r.extras)-1].ofStop = true
	}
}

// weight reads AT8: weight, and pieces loose and on pallets. Zero is what senders write for unknown.
func (r *statusReader) weight(seg *segment) {
	if n, ok := amount(seg.at(3)); ok && n > 0 {
		r.keep(freight.FactWeight, freight.Value{Num: n, Has: 1, Unit: weightUnit(upper(seg.at(2))), Note: seg.at(1)})
	}
	if n := pieces(seg); n > 0 {
		r.keep(freight.FactPieces, freight.Value{Num: n, Has: 1})
	}
}

// pieces are the handling units of an AT8: those not on pallets (04) and those that are (05).
func pieces(seg *segment) float64 {
	loose, _ := amount(seg.at(4))
	unitised, _ := amount(seg.at(5))
	return loose + unitised
}

func (r *statusReader) remark(seg *segment) {
	if text := strings.TrimSpace(seg.at(1) + " " + seg.at(2)); text != "" {
		r.keep(freight.FactNote, freight.Value{Text: text})
	}
}

// other keeps a segment that has no reader of its own.
func (r *statusReader) other(seg *segment) {
	if !isTag(seg.tag()) {
		r.set.fail(seg, 0, "this is not a segment: it has no name of two or three letters and digits")
		return
	}
	r.keep(freight.FactOther, r.set.asItStands(seg))
}

func referenceValue(ref freight.Reference) freight.Value {
	return freight.Value{Type: string(ref.Type), Text: ref.Value, Scope: ref.Scope, Note: ref.Note}
}

// asItStands is a segment as a value, for what has no word of ours.
func (s *set) asItStands(seg *segment) freight.Value {
	return freight.Value{Type: seg.tag(), Text: readable(withoutBreaks(s.raw(seg)))}
}

// isTag reports whether a segment's name is one.
func isTag(tag string) bool {
	if len(tag) < 2 || len(tag) > 3 || tag[0] < 'A' || tag[0] > 'Z' {
		return false
	}
	for i := 1; i < len(tag); i++ {
		if c := tag[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// joinBounds puts the two bounds of a window together where a sender tells them in two statuses: a later word of the
// same source on the same window would otherwise take the place of the earlier one.
func (r *statusReader) joinBounds() {
	if !r.ranges {
		return
	}
	type key struct {
		side freight.Side
		stop stopNumber
		city string
	}
	type bounds struct{ start, end freight.When }
	windows := map[key]bounds{}
	for _, write := range [...]bool{false, true} {
		for i := range r.events {
			e := &r.events[i]
			a := appointments[r.set.alias("1652", e.Appointment)]
			if a.bound != earliest && a.bound != latest {
				continue
			}
			k := key{a.side, e.stop, e.Place.City}
			b := windows[k]
			switch {
			case write:
				e.startBound, e.endBound = b.start, b.end
			case a.bound == earliest:
				b.start = e.When
			default:
				b.end = e.When
			}
			windows[k] = b
		}
	}
}

// observations builds what the events say. Neighbouring events share their names unless some belong to a line or a
// package only.
func (r *statusReader) observations() []freight.Observation {
	out := r.some(len(r.events))
	scoped := r.scoped()
	var names []freight.Reference
	for i := range r.events {
		e, o := &r.events[i], &out[i]
		r.eventClaims(i)
		if i == 0 || scoped && (e.line != r.events[i-1].line || e.pack != r.events[i-1].pack) {
			names = r.namesOf(e)
		}
		o.Source, o.Channel, o.Names = r.set.source, freight.ByFile, names
		o.Raw = r.set.rawAt(&r.stock, e.Segment)
		o.Text = readable(r.set.text[e.from:e.until])
		o.Claims = r.taken()
	}
	return out
}

// scoped reports whether some names do not speak of the whole set.
func (r *statusReader) scoped() bool {
	for i := range r.refs {
		if r.refs[i].line > 0 || r.refs[i].pack > 0 {
			return true
		}
	}
	return false
}

// namesOf are the references of the set, of the event's line and of its package.
func (r *statusReader) namesOf(e *StatusEvent) []freight.Reference {
	names := r.nameList(len(r.refs))
	for i := range r.refs {
		ref := &r.refs[i]
		if (ref.line == 0 || ref.line == e.line) && (ref.pack == 0 || ref.pack == e.pack) {
			names = append(names, ref.Reference)
		}
	}
	return slices.Clip(names)
}

// claim adds a claim to the open observation; a nil subject is the load.
func (r *statusReader) claim(subject *freight.Subject, fact freight.Fact) *freight.Claim {
	r.set.trace(r.at)
	c := r.stock.claim()
	if subject != nil {
		c.Subject = *subject
	}
	c.Fact = fact
	return c
}

// subject is the stop of which an event speaks, as far as code, stop number and place tell; the load when neither the
// code nor a stop number points at a stop.
func (e *StatusEvent) subject(side freight.Side) freight.Subject {
	if side == "" && e.stop == (stopNumber{}) {
		return freight.Subject{}
	}
	return freight.Subject{Kind: freight.OfStop,
		Stop: freight.StopRef{Seq: e.stop.seq, ID: e.stop.id, Side: side, Place: e.Place}}
}

// eventClaims adds the claims of event i.
func (r *statusReader) eventClaims(i int) {
	e := &r.events[i]
	r.at = e.Segment
	if e.Code != "" {
		r.statusClaims(e)
	}
	if e.Appointment != "" {
		r.appointmentClaims(e, e.Appointment, "1652", e.AppointmentReason)
	}
	if e.equipment[1] != "" {
		r.at = max(e.Segment, e.equippedAt)
		c := r.claim(nil, freight.FactEquipment)
		c.Value.Type, c.Value.Text, c.Value.Scope, c.Value.Note = e.equipment[0], e.equipment[1], e.equipment[2], e.equipment[3]
	}
	for ; r.told < len(r.extras) && r.extras[r.told].event == i; r.told++ {
		x := &r.extras[r.told]
		r.at = x.at
		c := r.claim(nil, x.fact)
		c.Value = x.value
		if x.ofStop {
			c.Subject, c.At = e.subject(statuses[r.set.alias("1650", e.Code)].side), e.When
		}
	}
	if i == 0 {
		r.endClaims()
	}
}

// statusClaims reads AT7-01 and 02: what happened, the estimate, the trouble, and always the code itself.
func (r *statusReader) statusClaims(e *StatusEvent) {
	meant := r.set.alias("1650", e.Code)
	m, known := statuses[meant]
	if e.List != "1650" {
		m, known = milestone{}, false
	}
	if !known && appointments[meant].words != "" {
		r.appointmentClaims(e, e.Code, "1650", e.Reason)
		return
	}
	subject := e.subject(m.side)
	for _, fact := range m.facts {
		r.claim(&subject, fact).At = e.When
	}
	if m.kind == estimate && !e.When.IsZero() {
		r.claim(&subject, freight.FactETA).Value.Start = e.When
	}
	if m.kind == trouble {
		c := r.claim(&subject, freight.FactException)
		c.At, c.Value.Type, c.Value.Text = e.When, e.Code, m.words
		if !normalReason(e.Reason) {
			c.Value.Text, c.Value.Note = m.words+": "+r.reasonWords(e.Reason), e.Reason
		}
	}
	r.codeClaim(e, &subject, e.Code, e.List, words(m.words), m.kind == estimate || m.kind == foretold)
	r.reasonClaim(e, &subject, e.Reason)
	ahead := m.kind == estimate || m.kind == foretold
	if !ahead && !e.When.IsZero() && (e.hasPosition || m.kind == moving && e.Place.City != "") {
		c := r.claim(nil, freight.FactPosition)
		c.At, c.Value.Place = e.When, e.Place
	}
}

// appointmentClaims reads an appointment code.
func (r *statusReader) appointmentClaims(e *StatusEvent, code, list, reason string) {
	a := appointments[r.set.alias(list, code)]
	subject := e.subject(a.side)
	start, end := e.When, freight.When{}
	if a.bound == earliest || a.bound == latest {
		start, end = e.startBound, e.endBound
	}
	if a.words != "" && a.bound != noWindow && !(start.IsZero() && end.IsZero()) {
		c := r.claim(&subject, freight.FactWindow)
		c.Value.Start, c.Value.End, c.Value.Type, c.Value.Note = start, end, a.typ, a.words
	}
	r.codeClaim(e, &subject, code, list, words(a.words), true)
	r.reasonClaim(e, &subject, reason)
}

// codeClaim keeps the code as its source wrote it, with its words. The time of what lies ahead is its Start.
func (r *statusReader) codeClaim(e *StatusEvent, subject *freight.Subject, code, list, words string, ahead bool) {
	c := r.claim(subject, freight.FactStatus)
	c.Value.Text, c.Value.Type, c.Value.Note = code, list, words
	if ahead {
		c.Value.Start = e.When
	} else {
		c.At = e.When
	}
	if subject.Kind == freight.OfLoad {
		c.Value.Place = e.Place
	}
}

func (r *statusReader) reasonClaim(e *StatusEvent, subject *freight.Subject, reason string) {
	if normalReason(reason) {
		return
	}
	c := r.claim(subject, freight.FactReason)
	c.At, c.Value.Text, c.Value.Type, c.Value.Note = e.When, reason, "1651", r.reasonWords(reason)
}

// endClaims tell the two ends of the shipment, once a set.
func (r *statusReader) endClaims() {
	for i := range r.ends {
		end := &r.ends[i]
		r.at = end.at
		if end.place.City == "" && end.place.Address == "" {
			// A name or number alone is no place at which a stop could be found.
			c := r.claim(nil, freight.FactOther)
			c.Value.Type, c.Value.Text = "N1 "+string(end.side), end.place.Facility
			continue
		}
		c := r.claim(nil, freight.FactPlace)
		c.Subject = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: end.side, Place: end.place}}
		c.Value.Place = end.place
	}
}

func words(known string) string {
	if known == "" {
		return unknownCode
	}
	return known
}

func (r *statusReader) reasonWords(code string) string {
	return words(reasons[r.set.alias("1651", code)])
}

// amount reads a number of a quantity or weight; ok is false when there is none.
func amount(s string) (n float64, ok bool) {
	if s == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && n >= 0 && n < 1e12
}
