package dcsa

import (
	"math"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// mapped is what becomes of one event.
type mapped struct {
	e      *event
	opt    *Options
	o      freight.Observation
	fault  func(field, why string)
	when   freight.When
	place  freight.Place
	custom bool // at a customer's place
}

// mapEvent makes an observation of an event. What could not be read of it is told to fault by its field.
func mapEvent(e *event, opt *Options, fault func(field, why string)) freight.Observation {
	e.flat()
	m := &mapped{e: e, opt: opt, fault: fault}
	m.o = freight.Observation{Source: freight.Source{Kind: freight.CarrierSrc, Account: e.account(opt.Account)}, Channel: freight.ByFile, EventID: string(e.EventID)}
	m.times()
	m.places()
	m.names()
	m.status()
	m.rest()
	return m.o
}

// account is who speaks: the party that the event names, else the one that the desk was told. A carrier code (SCAC) stands as it is; a code of another list
// has its list before it.
func (e *event) account(otherwise string) string {
	if e.Routing == nil || e.Routing.Originating == nil || e.Routing.Originating.Code == "" {
		return otherwise
	}
	p := e.Routing.Originating
	if p.Provider == "NMFTA" {
		return strings.ToUpper(string(p.Code))
	}
	return strings.TrimSpace(string(p.Provider) + " " + string(p.Code))
}

// mostApart is how far the times of an event and of its telling may lie apart to be believed: a time of telling decides which word is the later.
const mostApart = 3 * 365 * 24 * time.Hour

func (m *mapped) times() {
	at, ok := m.time("eventDateTime", m.e.DateTime)
	if ok {
		m.when = freight.At(at)
	}
	stated, told := m.time("eventCreatedDateTime", m.e.Created)
	switch {
	case !told:
	case ok && stated.Sub(at).Abs() > mostApart:
		m.fault("eventCreatedDateTime", "\""+string(m.e.Created)+"\" lies years away from the event itself; the event is kept with the time at which it was received")
	default:
		m.o.StatedAt = stated
	}
}

func (m *mapped) time(field string, written text) (time.Time, bool) {
	if written == "" {
		m.fault(field, "is missing: expected a time such as 2026-11-23T14:30:00Z; the event is kept without it")
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339, string(written))
	if err != nil {
		m.fault(field, "\""+string(written)+"\" is no time such as 2026-11-23T14:30:00Z; the event is kept without it")
	}
	return at, err == nil
}

func (m *mapped) places() {
	e := m.e
	kind := text("")
	for _, l := range []*location{e.Location, m.callLocation()} {
		if l == nil {
			continue
		}
		kind = first(kind, l.FacilityType)
		if m.place.IsZero() {
			m.place = m.opt.location(l)
		}
	}
	if c := e.Call; c != nil {
		kind = first(kind, c.FacilityType)
		if m.place.IsZero() {
			m.place = m.opt.byLocode(string(c.Locode))
		}
	}
	m.custom = strings.EqualFold(string(kind), "CLOC")
	if kind != "" {
		m.keep("facility", string(kind), row("facility", string(kind)).says())
	}
}

func (m *mapped) callLocation() *location {
	if m.e.Call == nil {
		return nil
	}
	return m.e.Call.Location
}

func (opt *Options) byLocode(code string) freight.Place {
	code = strings.ToUpper(code)
	if code == "" {
		return freight.Place{}
	}
	if opt.Locode != nil {
		if p, ok := opt.Locode(code); ok {
			return p
		}
	}
	p := freight.Place{Facility: code}
	if len(code) == 5 {
		p.Country = code[:2]
	}
	return p
}

func (opt *Options) location(l *location) freight.Place {
	p := freight.Place{}
	if l.Locode != "" {
		p = opt.byLocode(string(l.Locode))
	}
	if a := l.Address; a != nil && a.City != "" {
		p.City, p.State, p.Postal, p.Country = string(a.City), given(a.State), string(a.Postal), string(first(a.Code, a.Country, text(p.Country)))
		p.Address = strings.TrimSpace(string(a.Street) + " " + string(a.Number))
	}
	if l.Name != "" {
		p.Facility = string(l.Name)
	}
	lat, lon := l.Latitude, l.Longitude
	if l.Geo != nil {
		lat, lon = first(lat, l.Geo.Latitude), first(lon, l.Geo.Longitude)
	}
	x, errX := strconv.ParseFloat(string(lat), 64)
	y, errY := strconv.ParseFloat(string(lon), 64)
	if errX == nil && errY == nil && math.Abs(x) <= 90 && math.Abs(y) <= 180 {
		p.Lat, p.Lon = x, y
	}
	return p
}

func given(t text) string {
	if t == "N/A" {
		return ""
	}
	return string(t)
}

// strength is how well a kind of number names a load, the strongest first.
var strength = []freight.RefType{freight.RefLoad, freight.RefBOL, freight.RefBooking, freight.RefPO, freight.RefContainer, freight.RefOther}

func (m *mapped) names() {
	var all []freight.Reference
	add := func(kind, value text) {
		if value == "" {
			return
		}
		ref := freight.Reference{Type: freight.RefOther, Value: string(value), Note: string(kind)}
		if t, known := freight.ParseRefType(row("reference", string(kind)).to()); known && t != freight.RefOther {
			ref.Type, ref.Note = t, ""
		}
		all = append(all, ref)
	}
	if m.e.EquipmentRef != "" {
		add("EQ", m.e.EquipmentRef)
	}
	add(m.e.DocumentType, m.e.DocumentID)
	for _, d := range m.e.Documents {
		add(d.Type, d.Value)
	}
	for _, r := range m.e.References {
		add(r.Type, r.Value)
	}
	for _, kind := range strength {
		for _, ref := range all {
			if ref.Type == kind && !names(m.o.Names, ref) {
				m.o.Names = append(m.o.Names, ref)
			}
		}
	}
}

func names(list []freight.Reference, ref freight.Reference) bool {
	for _, k := range list {
		if k.Type == ref.Type && k.Value == ref.Value {
			return true
		}
	}
	return false
}

func (m *mapped) claim(c freight.Claim) { m.o.Claims = append(m.o.Claims, c) }

func (m *mapped) keep(typ, text, note string) {
	if text != "" {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: typ, Text: text, Note: note}})
	}
}

// status makes the facts of the event's code, and always keeps the code itself.
func (m *mapped) status() {
	e := m.e
	kind, code, classifier := strings.ToUpper(string(e.Type)), e.code(), strings.ToUpper(string(e.Classifier))
	r := row(kind, code)
	if code == "" {
		m.fault("eventType", "the event has no code such as transportEventTypeCode ARRI; it is kept without one")
		code = "no code"
	}
	subject := freight.Subject{}
	if !m.place.IsZero() {
		subject = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Place: m.place}}
	}
	status := freight.Claim{Subject: subject, Fact: freight.FactStatus, Value: freight.Value{Text: code, Type: strings.TrimSpace("DCSA " + kind + " " + classifier), Note: m.words(r)}}
	switch classifier {
	case "ACT":
		status.At = m.when
		m.happened(r, subject)
	case "EST":
		status.Value.Start = m.when
		if r.is("arrived") && !m.when.IsZero() {
			m.claim(freight.Claim{Subject: subject, Fact: freight.FactETA, Value: freight.Value{Start: m.when, Note: "expected by the carrier"}})
		}
	case "PLN":
		status.Value.Start = m.when
		if r.is("arrived") && !m.when.IsZero() {
			m.claim(freight.Claim{Subject: subject, Fact: freight.FactWindow, Value: freight.Value{Start: m.when, Type: "open", Note: "planned by the carrier"}})
		}
	default:
		status.Value.Start = m.when
	}
	m.claim(status)
}

// words are those of the code with its classifier: "arrived (expected)".
func (m *mapped) words(r *meaning) string {
	said := r.says()
	if c := strings.ToUpper(string(m.e.Classifier)); c != "ACT" {
		said += " (" + row("classifier", c).says() + ")"
	}
	if d := m.e.DocumentType; d != "" && m.e.Shipment != "" {
		said += ": " + row("document", string(d)).says()
	}
	return said
}

// happened makes the facts of what happened.
func (m *mapped) happened(r *meaning, subject freight.Subject) {
	stop := subject
	stop.Kind = freight.OfStop
	switch r.to() {
	case "arrived", "departed":
		m.claim(freight.Claim{Subject: stop, Fact: freight.Fact(r.to()), At: m.when})
		m.position()
	case "loaded", "unloaded":
		if m.custom {
			m.claim(freight.Claim{Subject: stop, Fact: freight.Fact(r.to()), At: m.when})
		}
		m.position()
	case "position":
		m.position()
	case "booking":
		if d := strings.ToUpper(string(m.e.DocumentType)); d == "BKG" || d == "CBR" {
			m.claim(freight.Claim{Fact: freight.FactTender, At: m.when, Value: freight.Value{Text: r.what[1], Note: string(m.e.Reason)}})
		}
	}
}

func (m *mapped) position() {
	if (m.place.City != "" || m.place.HasPoint()) && !m.when.IsZero() {
		m.claim(freight.Claim{Fact: freight.FactPosition, At: m.when, Value: freight.Value{Place: m.place}})
	}
}

// rest keeps what else the event says.
func (m *mapped) rest() {
	e := m.e
	if e.Delay != "" {
		m.claim(freight.Claim{Fact: freight.FactReason, At: m.when, Value: freight.Value{Text: string(e.Delay), Type: "DCSA delay", Note: string(e.Remark)}})
	} else if e.Remark != "" {
		m.claim(freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: string(e.Remark)}})
	}
	if e.Reason != "" {
		m.claim(freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: string(e.Reason), Type: "reason"}})
	}
	if e.EquipmentRef != "" {
		note := strings.TrimSpace(string(e.EquipmentCode) + " " + strings.ToLower(string(e.Empty)))
		m.claim(freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: "CONTAINER", Text: strings.ToUpper(string(e.EquipmentRef)), Note: note}})
	}
	for _, s := range e.Seals {
		if s.Number != "" {
			m.claim(freight.Claim{Fact: freight.FactEquipment, Value: freight.Value{Type: "SEAL", Text: string(s.Number)}})
		}
	}
	if c := e.Call; c != nil {
		if mode := row("mode", string(c.Mode)); mode != nil {
			m.claim(freight.Claim{Fact: freight.FactMode, Value: freight.Value{Text: mode.to(), Note: mode.words}})
		} else {
			m.keep("mode", string(c.Mode), unknownCode)
		}
		ship := ""
		if c.Vessel != nil {
			ship = strings.TrimSpace(string(c.Vessel.Name) + " " + string(c.Vessel.IMO))
		}
		m.keep("voyage", strings.Join(strings.Fields(ship+" "+string(c.Export)+" "+string(c.Import)), " "), string(c.Service))
	}
	m.temperatures()
}

// temperatures reads what a reefer measured: the warmest of its probes, or the air that returns.
func (m *mapped) temperatures() {
	r := m.e.ReeferDetails
	if r == nil {
		return
	}
	measured := append([]text{}, r.Return, r.Supply)
	for _, p := range r.Probes {
		measured = append(measured, p.Value)
	}
	warmest, found, unit := math.Inf(-1), 0, strings.ToUpper(string(r.Unit))
	for _, t := range measured {
		if v, err := strconv.ParseFloat(string(t), 64); err == nil {
			warmest, found = max(warmest, v), found+1
		}
	}
	if found > 0 && (unit == "CEL" || unit == "FAH") {
		if unit == "CEL" {
			warmest = math.Round((warmest*9/5+32)*10) / 10
		}
		m.claim(freight.Claim{Fact: freight.FactTemperature, At: m.when, Value: freight.Value{Num: warmest, Has: 1, Unit: "F", Note: "the warmest of " + strconv.Itoa(found)}})
	}
	m.keep("set temperature", string(r.Setpoint), unit)
	m.keep("ambient temperature", string(r.Ambient), unit)
}
