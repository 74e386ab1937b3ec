package x12

import (
	"strconv"

	"tracedesk/backend/freight"
)

// statusReader turns 214 sets into observations, one for every status (AT7, or Q5 before release 3070). It is used again
// and again, so that its scratch memory is not allocated for every set.
type statusReader struct {
	stock
	set     *set
	scac    string
	events  []StatusEvent
	refs    []scopedRef
	ends    []sitePlace // the shipment's two ends from N1 loops
	extras  []extra
	ranges  bool       // some event gives one bound of a window
	old     bool       // the layout before release 4010
	line    int        // LX loops so far
	pack    int        // packages (CD3) so far within the set; 0 outside one
	told    int        // extras already built
	header  stopNumber // of the whole set
	stop    stopNumber // of the statuses that follow
	at      int        // number of the segment that is read, or of which claims are made
	n1Place int        // index in ends of the open N1 loop, -1 when its place is of no use
}

// StatusEvent is one status of a 214 and what stands with it, typed but not yet understood: codes as written in upper case,
// the time as far as it could be read.
type StatusEvent struct {
	Segment           int    // number of its AT7 (or Q5) in the set, ST being 1
	Code              string // AT7-01, empty where only an appointment is told
	List              string // the code's list: 1650, or 157 before release 3070
	Reason            string // of list 1651
	Appointment       string // AT7-03, of list 1652
	AppointmentReason string
	When              freight.When
	Place             freight.Place // of MS1

	from, until int // its words in the set's text
	line, pack  int
	stop        stopNumber
	equippedAt  int       // number of its MS2
	equipment   [4]string // type, number, scope, note
	startBound  freight.When
	endBound    freight.When
	hasPosition bool
}

// stopNumber is what L11 QN says.
type stopNumber struct {
	seq int
	id  string
}

// scopedRef is a reference and how much of the set it speaks of: all, one LX loop, one package.
type scopedRef struct {
	freight.Reference
	line, pack int
}

type sitePlace struct {
	at    int // number of its N1
	side  freight.Side
	place freight.Place
}

// extra is a claim that stands with an event, counted from 0. Its subject is the event's stop when ofStop, else the load.
type extra struct {
	event  int
	ofStop bool
	at     int // number of its segment
	fact   freight.Fact
	value  freight.Value
}

// read maps a set. source is the teller when the set's own carrier code is not to be used or is missing.
func (r *statusReader) read(s *set, source freight.Source, byCode bool) freight.Record {
	r.gather(s, source, byCode)
	if len(r.events) == 0 {
		return freight.Record{Faults: s.faults}
	}
	r.joinBounds()
	return freight.Record{Observations: r.observations(), Faults: s.faults}
}

// gather reads a set into typed events.
func (r *statusReader) gather(s *set, source freight.Source, byCode bool) {
	r.reset(s)
	for i := 1; i < len(s.spans); i++ {
		r.segment(s.segment(i))
	}
	if byCode && r.scac != "" {
		source.Account = r.scac
	}
	s.source = source
	for i := range s.faults {
		s.faults[i].Source = source
	}
	if len(r.events) == 0 {
		s.fail(s.segment(0), 0, "this 214 tells no status: it has no AT7 segment")
		s.faults[len(s.faults)-1].Raw = []byte(s.text)
	}
}

func (r *statusReader) reset(s *set) {
	*r = statusReader{stock: r.stock, set: s, events: r.events[:0], refs: r.refs[:0], ends: r.ends[:0], extras: r.extras[:0],
		old: beforeRelease4010(s.version), n1Place: -1}
}

// beforeRelease4010 tells the layout by GS08 (003070) or ISA12 (00307).
func beforeRelease4010(version string) bool {
	return len(version) >= 5 && version[:2] == "00" && version[2] < '4'
}

// segment takes one segment of the set.
func (r *statusReader) segment(seg *segment) {
	r.at = seg.number
	switch seg.tag() {
	case "B10":
		r.begin(seg)
	case "L11":
		r.reference(seg)
	case "N9", "REF":
		r.name(reference(seg.at(2), r.set.alias("128", upper(seg.at(1))), seg.at(3), r.scac))
	case "MAN":
		r.name(freight.Reference{Type: freight.RefOther, Value: seg.at(2), Note: "MAN " + seg.at(1)})
	case "LX":
		r.line++
		r.pack, r.n1Place, r.stop = 0, -1, r.header
	case "CD3":
		r.pack++
	case "N1":
		r.site(seg)
	case "N3", "N4":
		r.sitePart(seg)
	case "AT7":
		r.status(seg)
	case "Q5":
		r.oldStatus(seg)
	case "MS1":
		r.where(seg)
	case "MS2":
		r.equipment(seg)
	case "Q7":
		r.lading(seg)
	case "AT8":
		r.weight(seg)
	case "K1", "NTE":
		r.remark(seg)
	case "SE", "N2", "PRF", "BGN":
	default:
		r.other(seg)
	}
}

// begin reads B10: the names of the shipment and the carrier.
func (r *statusReader) begin(seg *segment) {
	r.scac = upper(seg.at(3))
	r.name(freight.Reference{Type: freight.RefLoad, Value: seg.at(2)})
	r.name(freight.Reference{Type: freight.RefPRO, Value: seg.at(1), Scope: r.scac})
	r.name(reference(seg.at(6), upper(seg.at(5)), "", r.scac))
}

// maxNames is how many references name a status; a load is found by fewer. Those beyond are kept as claims.
const maxNames = 32

// name adds a reference to those in force here, once.
func (r *statusReader) name(ref freight.Reference) {
	if ref.Value == "" {
		return
	}
	if len(r.refs) >= maxNames && r.line == 0 {
		r.keep(freight.FactReference, referenceValue(ref))
		return
	}
	scope := scopedRef{ref, r.line, r.pack}
	for i := max(0, len(r.refs)-maxNames); i < len(r.refs); i++ {
		known := &r.refs[i]
		if known.Type == ref.Type && known.Value == ref.Value && (known.line == 0 || *known == scope) {
			return
		}
	}
	r.refs = append(r.refs, scope)
}

// reference reads L11: a stop number, or a name.
func (r *statusReader) reference(seg *segment) {
	value, qualifier := seg.at(1), r.set.alias("128", upper(seg.at(2)))
	switch qualifier {
	case stopQualifier:
		r.numberStop(value)
	case scacQualifier:
		if r.scac == "" {
			r.scac = upper(value)
		}
	case sealQualifier:
		if value != "" {
			r.keep(freight.FactEquipment, freight.Value{Type: "SEAL", Text: value})
		}
	default:
		r.name(reference(value, qualifier, seg.at(3), r.scac))
	}
}

// numberStop says which stop the statuses of this LX loop speak of. The number stands behind its status by the book;
// a sender who puts it in front is understood too.
func (r *statusReader) numberStop(value string) {
	if value == "" {
		return
	}
	stop := stopNumber{id: value}
	if n, err := strconv.Atoi(value); err == nil && n > 0 {
		stop = stopNumber{seq: n}
	}
	behind := false
	for i := len(r.events) - 1; i >= 0; i-- {
		e := &r.events[i]
		if e.line != r.line || e.stop != (stopNumber{}) {
			break
		}
		e.stop, behind = stop, true
	}
	if behind {
		return
	}
	r.stop = stop
	if r.line == 0 && len(r.events) == 0 {
		r.header = stop
	}
}

// site begins an N1 loop.
func (r *statusReader) site(seg *segment) {
	r.n1Place = -1
	side, ok := placeSides[upper(seg.at(1))]
	if !ok || r.line > 0 || r.hasEnd(side) {
		return
	}
	r.n1Place = len(r.ends)
	r.ends = append(r.ends, sitePlace{seg.number, side, freight.Place{Facility: seg.at(2)}})
}

func (r *statusReader) hasEnd(side freight.Side) bool {
	for i := range r.ends {
		if r.ends[i].side == side {
			return true
		}
	}
	return false
}

func (r *statusReader) sitePart(seg *segment) {
	if r.n1Place < 0 {
		return
	}
	addAddress(&r.ends[r.n1Place].place, seg)
}

// addAddress reads N3 and N4 into a place.
func addAddress(p *freight.Place, seg *segment) {
	if seg.tag() == "N3" {
		p.Address = seg.at(1)
		if second := seg.at(2); second != "" {
			p.Address += ", " + second
		}
		return
	}
	p.City, p.State, p.Postal, p.Country = seg.at(1), seg.at(2), seg.at(3), seg.at(4)
}

// status reads AT7.
func (r *statusReader) status(seg *segment) {
	code, appt := upper(seg.at(1)), upper(seg.at(3))
	if code == "" && appt == "" {
		r.set.fail(seg, 0, "this AT7 says neither a status (AT7-01) nor an appointment (AT7-03)")
		return
	}
	zone := seg.at(7)
	if r.set.partner != nil {
		zone = r.set.partner.zone(zone)
	}
	at, parts := stamp{date: seg.at(5), clock: seg.at(6), zone: zone}, [4]int{0, 5, 6, 7}
	if r.oldLayout(seg) {
		at, parts = stamp{date: seg.at(5), century: seg.at(6), clock: seg.at(7), zone: seg.at(8)}, [4]int{0, 5, 7, 8}
	}
	when, bad := at.when(&r.stock)
	if bad.part != allRead {
		r.set.fail(seg, parts[bad.part], bad.reason)
	}
	e := r.add(seg)
	e.Code, e.List, e.Reason, e.Appointment, e.AppointmentReason, e.When = code, "1650", upper(seg.at(2)), appt, upper(seg.at(4)), when
	if appt != "" {
		b := appointments[r.set.alias("1652", appt)].bound
		r.ranges = r.ranges || b == earliest || b == latest
	}
}

// oldLayout reports whether this AT7 has the century in its sixth element, as before release 4010.
func (r *statusReader) oldLayout(seg *segment) bool {
	return len(seg.at(5)) == 6 && (len(seg.at(6)) == 2 || r.old && seg.at(6) == "")
}

// oldStatus reads Q5, the status segment up to release 3060. Its codes (element 157) are another list: they are kept as
// words, without a meaning.
func (r *statusReader) oldStatus(seg *segment) {
	code := upper(seg.at(1))
	if code == "" {
		r.set.fail(seg, 1, "this Q5 says no status")
		return
	}
	when, bad := stamp{date: seg.at(2), clock: seg.at(3), zone: seg.at(4)}.when(&r.stock)
	if bad.part != allRead {
		r.set.fail(seg, [4]int{0, 2, 3, 4}[bad.part], bad.reason)
	}
	e := r.add(seg)
	e.Code, e.List, e.When = code, "157", when
	e.Place.City, e.Place.State, e.Place.Country = seg.at(6), seg.at(7), seg.at(8)
	if number := seg.at(10); number != "" {
		e.equip(upper(seg.at(9)), number, "")
	}
}

// add begins an event.
func (r *statusReader) add(seg *segment) *StatusEvent {
	r.events = append(r.events, StatusEvent{})
	e := r.last()
	e.Segment, e.from, e.until = seg.number, seg.span.from, seg.span.to
	e.line, e.pack, e.stop = r.line, r.pack, r.stop
	return e
}

func (e *StatusEvent) equip(owner, number, code string) {
	e.equipment[0], e.equipment[1], e.equipment[2], e.equipment[3] = unit(owner, number, code)
}

// last is the newest event, nil when none was told yet.
func (r *statusReader) last() *StatusEvent {
	if len(r.events) == 0 {
		return nil
	}
	return &r.events[len(r.events)-1]
}

// where reads MS1 into the place of the status before it.
func (r *statusReader) where(seg *segment) {
	e := r.last()
	if e == nil {
		r.other(seg)
		return
	}
	e.Place.City, e.Place.State, e.Place.Country, e.Place.Postal = seg.at(1), seg.at(2), seg.at(3), seg.at(8)
	lat, lon, given, why := point(seg)
	if why != "" {
		r.set.fail(seg, 4, why)
	}
	if given && why == "" {
		e.Place.Lat, e.Place.Lon, e.hasPosition = lat, lon, true
	}
	r.extend(e, seg)
}

// extend makes a segment part of an event's words when it stands right behind them.
func (r *statusReader) extend(e *StatusEvent, seg *segment) {
	if seg.number == e.Segment+1 || seg.number == e.Segment+2 {
		e.until = seg.span.to
	}
}

// equipment reads MS2.
func (r *statusReader) equipment(seg *segment) {
	number := seg.at(2)
	e := r.last()
	if e == nil || number == "" {
		if number != "" {
			r.other(seg)
		}
		return
	}
	e.equip(upper(seg.at(1)), number, upper(seg.at(3)))
	e.equippedAt = seg.number
	r.extend(e, seg)
}
