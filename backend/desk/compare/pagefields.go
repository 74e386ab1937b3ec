package compare

import (
	"regexp"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// readField reads the value of a label; false leaves it unread.
func (p *page) readField(l *label, value, where string, at freight.StopRef) bool {
	value = strings.TrimSpace(value)
	stop := p.stopFor(l, at)
	switch l.kind {
	case fieldStatus:
		return p.readStatus(value, where, at)
	case fieldTime:
		when, ok := p.when(value)
		if ok {
			p.say(freight.Claim{Subject: p.subject(stop), Fact: l.fact, At: when}, where)
		}
		return ok
	case fieldETA:
		when, ok := p.when(value)
		stop, known := p.stopAhead(stop)
		if !ok || !known {
			return false
		}
		p.say(freight.Claim{Subject: p.subject(stop), Fact: l.fact, Value: freight.Value{Start: when}}, where)
		return true
	case fieldWindow:
		return p.readWindow(value, where, stop)
	case fieldPlace:
		return p.readPosition(value, where)
	case fieldSeenAt:
		when, ok := p.when(value)
		if ok {
			p.seenAt = when
		}
		return ok
	case fieldRef, fieldEquipment:
		if !oneNumber.MatchString(value) {
			return false
		}
		p.say(freight.Claim{Fact: l.fact, Value: freight.Value{Type: l.typ, Text: value, Scope: p.scope(l)}}, where)
		return true
	case fieldDriver:
		return p.readDriver(l, value, where)
	case fieldAmount:
		return p.readAmount(l, value, where, stop)
	}
	return false
}

// oneNumber is a number of a paper, a truck or a seal: one word with a figure in it.
var oneNumber = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9/-]*[0-9][A-Za-z0-9/-]*$|^[0-9]$`)

// scope: a PRO belongs to its carrier.
func (p *page) scope(l *label) string {
	if l.typ == string(freight.RefPRO) {
		return p.t.SCAC.Value
	}
	return ""
}

// stopFor is the stop that a label names by its side, else the one of the heading or row that it stands under.
func (p *page) stopFor(l *label, under freight.StopRef) freight.StopRef {
	if l.side == "" || under.Side == l.side {
		return under
	}
	for i := range p.t.Stops {
		s := &p.t.Stops[i]
		if s.Seq == under.Seq && (l.side == freight.PickupSide && s.Pickup() || l.side == freight.DeliverySide && s.Delivery()) {
			return under
		}
	}
	return freight.StopRef{Side: l.side, Place: under.Place}
}

// subject is the stop that a claim speaks of, numbered where only one fits; the fold finds the others by place and order.
func (p *page) subject(ref freight.StopRef) freight.Subject {
	if ref.Seq == 0 {
		if seq, one := p.only(ref); one {
			ref = freight.StopRef{Seq: seq}
		}
	}
	return freight.Subject{Kind: freight.OfStop, Stop: ref}
}

// only is the one stop that a reference fits by side and city.
func (p *page) only(ref freight.StopRef) (seq int, one bool) {
	if ref.Side == "" && ref.Place.City == "" {
		return 0, false
	}
	n := 0
	for i := range p.t.Stops {
		s := &p.t.Stops[i]
		if ref.Side == freight.PickupSide && !s.Pickup() || ref.Side == freight.DeliverySide && !s.Delivery() {
			continue
		}
		if ref.Place.City != "" && !strings.EqualFold(ref.Place.City, s.Place.City) {
			continue
		}
		seq, n = s.Seq, n+1
	}
	return seq, n == 1
}

// stopAhead is the stop that an arrival is expected at: the one named, else the next one where it is the last. An ETA that
// may be for two stops is for none.
func (p *page) stopAhead(ref freight.StopRef) (freight.StopRef, bool) {
	if ref.Seq > 0 {
		return ref, true
	}
	if seq, one := p.only(ref); one {
		return freight.StopRef{Seq: seq}, true
	}
	next := timeline.NextStop(p.t)
	if ref.Side != "" || next == nil || next.Seq != p.t.Stops[len(p.t.Stops)-1].Seq {
		return ref, false
	}
	return freight.StopRef{Seq: next.Seq}, true
}

// readStatus reads "Delivered" and "Delivered 11/23/2026 13:05": the word, and the event where it tells one.
func (p *page) readStatus(value, where string, at freight.StopRef) bool {
	word := value
	if from, to, _, ok := p.findWhen(value); ok {
		word = strings.TrimSpace(value[:from] + " " + value[to:])
		if !p.readEvent(value, where, at) {
			return false
		}
	}
	if word == "" || len(word) > 60 {
		return false
	}
	p.say(freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: strings.Trim(word, " ,;-")}}, where)
	return true
}

// between stands between the two times of a window.
var between = regexp.MustCompile(`\s+(?:-|–|to|until)\s+|–|(\d)\s*-\s*(\d{1,2}:\d\d)`)

func (p *page) readWindow(value, where string, stop freight.StopRef) bool {
	stop, known := p.stopAhead(stop)
	if !known {
		return false
	}
	v := freight.Value{Type: "appointment"}
	var ok bool
	if v.Start, ok = p.when(value); !ok {
		m := between.FindStringSubmatchIndex(value)
		if m == nil {
			return false
		}
		first, second := value[:m[0]], value[m[1]:]
		if m[2] >= 0 {
			first, second = value[:m[3]], value[m[4]:]
		}
		if v.Start, ok = p.when(first); !ok {
			return false
		}
		if v.End, ok = p.when(second); !ok { // the day is said once
			if v.End, ok = p.when(v.Start.Wall().Format("2006-01-02") + " " + second); !ok {
				return false
			}
		}
		if v.End.Wall().Before(v.Start.Wall()) {
			return false
		}
	}
	p.say(freight.Claim{Subject: p.subject(stop), Fact: freight.FactWindow, Value: v}, where)
	return true
}

func (p *page) readPosition(value, where string) bool {
	c := freight.Claim{Fact: freight.FactPosition}
	if from, to, when, ok := p.findWhen(value); ok {
		c.At = when
		value = strings.Trim(value[:from]+value[to:], " ,;-@")
		value = strings.TrimSuffix(strings.TrimSuffix(value, " at"), " on")
	}
	var ok bool
	if c.Value.Place, ok = cityState(value); ok {
		p.say(c, where)
	}
	return ok
}

var phone = regexp.MustCompile(`\+?\(?[0-9][0-9 ().-]{8,}[0-9]`)

// readDriver reads a name, a phone, or both.
func (p *page) readDriver(l *label, value, where string) bool {
	number := phone.FindString(value)
	name := strings.Trim(strings.Replace(value, number, "", 1), " ,;-/()")
	if l.typ == "PHONE" && (number == "" || name != "") || l.typ == "NAME" && strings.ContainsAny(name, "0123456789:") || name == "" && number == "" {
		return false
	}
	if name != "" {
		p.say(freight.Claim{Fact: freight.FactDriver, Value: freight.Value{Type: "NAME", Text: name}}, where)
	}
	if number != "" {
		p.say(freight.Claim{Fact: freight.FactDriver, Value: freight.Value{Type: "PHONE", Text: number}}, where)
	}
	return true
}

var amount = regexp.MustCompile(`(?i)^([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*(lbs?|pounds|kgs?|pcs|pieces|ctns|cartons|pallets|skids|plts)?$`)

func (p *page) readAmount(l *label, value, where string, stop freight.StopRef) bool {
	m := amount.FindStringSubmatch(value)
	if m == nil {
		return false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "")+m[2], 64)
	if err != nil {
		return false
	}
	c := freight.Claim{Fact: l.fact, Value: freight.Value{Num: n, Has: 1}}
	unit := labelOf(m[3])
	switch {
	case m[3] != "" && !strings.EqualFold(m[3], "pounds") && (unit == nil || unit.fact != l.fact):
		return false
	case l.fact == freight.FactWeight && unit != nil:
		c.Value.Unit = unit.typ
	case l.fact == freight.FactWeight && l.typ == "KG":
		c.Value.Unit = "KG"
	case l.fact == freight.FactWeight:
		c.Value.Unit = "LB"
	}
	ref, known := p.stopCounted(l.fact, stop)
	if !known {
		return false
	}
	c.Subject = freight.Stop(ref)
	p.say(c, where)
	return true
}

// stopCounted is the stop at which an amount is counted: the one named, else the only one that has one on file, else the only
// delivery.
func (p *page) stopCounted(fact freight.Fact, ref freight.StopRef) (int, bool) {
	if ref.Seq > 0 {
		return ref.Seq, true
	}
	if seq, one := p.only(ref); one {
		return seq, true
	}
	has, seq := 0, 0
	for i := range p.t.Stops {
		s := &p.t.Stops[i]
		if a := map[freight.Fact]*freight.Amount{freight.FactPieces: s.Pieces, freight.FactPallets: s.Pallets, freight.FactWeight: s.Weight}[fact]; a != nil {
			has, seq = has+1, s.Seq
		}
	}
	if has == 1 {
		return seq, true
	}
	return p.only(freight.StopRef{Side: freight.DeliverySide})
}
