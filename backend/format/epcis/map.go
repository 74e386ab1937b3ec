package epcis

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// mapEvent makes an observation of an event. What could not be read of it is told to fault by its field.
func mapEvent(e *event, opt *Options, fault func(field, why string)) freight.Observation {
	m := &mapped{e: e, fault: fault}
	m.o = freight.Observation{Source: freight.Source{Kind: freight.CarrierSrc, Account: opt.Account}, Channel: freight.ByFile, Text: e.text()}
	if !strings.HasPrefix(e.id, "ni:") { // a hash of what the event says tells nothing more, and an error declaration changes it
		m.o.EventID = e.id
	}
	m.times()
	m.names()
	m.status()
	m.what()
	if e.wrong != nil {
		return m.takenBack()
	}
	return m.o
}

type mapped struct {
	e     *event
	o     freight.Observation
	when  freight.When
	fault func(field, why string)
}

// text is the event in one line.
func (e *event) text() string {
	parts := []string{e.kind, e.action, e.step, e.disposition, e.time, e.readPoint, e.parent}
	for _, d := range e.deals {
		parts = append(parts, d.kind, d.value)
	}
	return says(parts...)
}

// says joins what is said with blanks.
func says(parts ...string) string { return strings.Join(strings.Fields(strings.Join(parts, " ")), " ") }

// times reads when it happened: eventTime is the instant, and the offset beside it is how to show it.
func (m *mapped) times() {
	at, err := time.Parse(time.RFC3339, m.e.time)
	switch {
	case m.e.time == "":
		m.fault("eventTime", "is missing: expected a time such as 2026-11-23T14:30:00.000-06:00; the event is kept without it")
	case err != nil:
		m.fault("eventTime", "\""+m.e.time+"\" is no time such as 2026-11-23T14:30:00.000-06:00; the event is kept without it")
	default:
		m.when = freight.At(at)
		if zone, err := time.Parse("-07:00", m.e.offset); err == nil {
			_, seconds := zone.Zone()
			m.when.Offset = seconds / 60
		} else if m.e.offset != "" {
			m.fault("eventTimeZoneOffset", "\""+m.e.offset+"\" is no offset such as -06:00; the time is shown as it was written")
		}
	}
	if m.e.record != "" {
		m.o.StatedAt, _ = time.Parse(time.RFC3339, m.e.record) // without one it is the time at which the file was written
	}
}

// strength is how well a kind of number names a load, the strongest first.
var strength = []freight.RefType{freight.RefLoad, freight.RefPRO, freight.RefBOL, freight.RefBooking, freight.RefOrder, freight.RefPO, freight.RefContainer, freight.RefOther}

// mostNames is how many numbers name an event; a load is found by fewer.
const mostNames = 32

// names are the numbers by which the event names a load: its papers, its shipment and consignment, its logistic units.
func (m *mapped) names() {
	var all []freight.Reference
	add := func(typ freight.RefType, value, note string) {
		if value != "" && len(all) < 4*mostNames && !slices.ContainsFunc(all, func(k freight.Reference) bool { return k.Type == typ && k.Value == value }) {
			all = append(all, freight.Reference{Type: typ, Value: value, Note: note})
		}
	}
	for _, d := range m.e.deals {
		typ, known := freight.ParseRefType(row("transaction", d.kind).to())
		if !known {
			typ = freight.RefOther
		}
		note := d.kind
		if typ != freight.RefOther {
			note = ""
		}
		add(typ, document(d.value), note)
	}
	for _, epc := range append([]string{m.e.parent}, m.e.epcs[:min(len(m.e.epcs), 4*mostNames)]...) {
		switch kind, number := key(epc); kind {
		case "GSIN":
			add(freight.RefBOL, number, kind)
		case "GINC":
			add(freight.RefPRO, number, kind)
		case "SSCC":
			add(freight.RefContainer, number, kind)
		}
	}
	for _, typ := range strength {
		for _, ref := range all {
			if ref.Type == typ && len(m.o.Names) < mostNames {
				m.o.Names = append(m.o.Names, ref)
			}
		}
	}
}

func (m *mapped) claim(c freight.Claim) { m.o.Claims = append(m.o.Claims, c) }

func (m *mapped) keep(typ, text, note string) {
	if text != "" {
		m.claim(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: typ, Text: text, Note: note}})
	}
}

// where is where the event was read, else where its goods then are. A GLN stands for itself.
func (m *mapped) where() (stop freight.StopRef, given bool) {
	e := m.e
	for _, id := range []string{e.readPoint, e.location} {
		if lat, lon, ok := point(id); ok {
			stop.Place.Lat, stop.Place.Lon = lat, lon
		} else if kind, number := key(id); kind == "GLN" {
			stop.ID, stop.Place.Facility = number, "GLN "+number
		} else if id != "" && e.place == nil {
			stop.ID, stop.Place.Facility = id, id
		} else {
			continue
		}
		break
	}
	if p := e.place; p != nil {
		stop.Place.Facility, stop.Place.Address, stop.Place.City, stop.Place.State, stop.Place.Postal, stop.Place.Country = p["facility"], p["address"], p["city"], p["state"], p["postal"], p["country"]
	}
	if n, err := strconv.Atoi(e.stop); err == nil && n > 0 && n < 10_000 {
		stop.Seq = n
	}
	return stop, stop != (freight.StopRef{})
}

// status makes the facts of the event's step, and always keeps the step itself.
func (m *mapped) status() {
	e := m.e
	r := row("step", e.step)
	stop, placed := m.where()
	subject := freight.Subject{}
	if placed || r != nil && r.side != "" {
		subject = freight.Subject{Kind: freight.OfStop, Stop: stop}
		if r != nil && stop.Seq == 0 {
			subject.Stop.Side = r.side
		}
	}
	switch what := r.to(); what {
	case "", "word":
	case "trouble":
		m.claim(freight.Claim{Subject: subject, Fact: freight.FactException, At: m.when, Value: freight.Value{Type: "CBV", Text: r.words}})
	case "position":
		m.position(stop.Place)
		subject = freight.Subject{}
	default:
		of := subject
		of.Kind = freight.OfStop
		m.claim(freight.Claim{Subject: of, Fact: freight.Fact(what), At: m.when})
	}
	word := cmp.Or(e.step, strings.TrimSpace(e.kind+" "+e.action))
	status := freight.Claim{Subject: subject, Fact: freight.FactStatus, At: m.when, Value: freight.Value{Text: word, Type: "CBV", Note: r.says()}}
	if e.step == "" {
		status.Value.Note = ""
	}
	m.claim(status)
	if e.disposition == "" {
		return
	}
	d := row("disposition", e.disposition)
	if d.to() == "trouble" {
		m.claim(freight.Claim{Subject: subject, Fact: freight.FactException, At: m.when, Value: freight.Value{Type: "CBV", Text: d.words}})
	}
	m.keep("disposition", e.disposition, d.says())
}

func (m *mapped) position(p freight.Place) {
	if (p.HasPoint() || p.City != "") && !m.when.IsZero() {
		m.claim(freight.Claim{Fact: freight.FactPosition, At: m.when, Value: freight.Value{Place: p}})
	}
}

// mostListed is how many pieces of an event are named one by one.
const mostListed = 20

// what keeps what the event is about.
func (m *mapped) what() {
	e := m.e
	if e.action != "" {
		m.keep("action", e.action, e.kind)
	}
	m.keep("parent", e.parent, "")
	for _, of := range []struct {
		kind string
		all  []string
	}{{"piece", e.epcs}, {"output", e.outputs}, {"quantity", e.quantities}} {
		for _, one := range of.all[:min(len(of.all), mostListed)] {
			m.keep(of.kind, one, "")
		}
		if n := len(of.all); n > mostListed {
			m.keep(of.kind+"s", strconv.Itoa(n), "the first are named one by one")
		}
	}
	for _, s := range e.sources {
		m.keep("source "+s.kind, s.value, "")
	}
	for _, s := range e.targets {
		m.keep("destination "+s.kind, s.value, "")
	}
	for _, s := range e.sensors {
		m.sensor(s)
	}
	for _, x := range e.more {
		if x.kind == "rdfs:comment" {
			m.claim(freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: x.value}})
			continue
		}
		m.keep(x.kind, x.value, "")
	}
}

// sensor reads a temperature; another report is kept as it is.
func (m *mapped) sensor(s sensor) {
	v, err := strconv.ParseFloat(s.value, 64)
	at := m.when
	if t, err := time.Parse(time.RFC3339, s.time); err == nil {
		at = freight.At(t)
	}
	known := true
	switch s.unit {
	case "CEL":
		v = v*9/5 + 32
	case "KEL":
		v = (v-273.15)*9/5 + 32
	case "FAH":
	default:
		known = false
	}
	if err != nil || s.kind != "Temperature" || !known {
		m.keep("sensor "+s.kind, says(s.value, s.unit), s.time)
		return
	}
	m.claim(freight.Claim{Fact: freight.FactTemperature, At: at, Value: freight.Value{Num: math.Round(v*10) / 10, Has: 1, Unit: "F", Note: says(s.value, s.unit)}})
}

// takenBack is the observation that takes the event back: the same event without its declaration is the one that was told before.
func (m *mapped) takenBack() freight.Observation {
	w := m.e.wrong
	back := freight.Observation{Source: m.o.Source, Channel: m.o.Channel, Names: m.o.Names, Retracts: m.o.Identify(),
		Text: "error declaration: " + says(w.reason, "of", m.o.Text)}
	if t, err := time.Parse(time.RFC3339, w.time); err == nil {
		back.StatedAt = t
	} else if w.time != "" {
		m.fault("declarationTime", "\""+w.time+"\" is no time such as 2026-11-23T14:30:00.000-06:00; the declaration counts from when it was received")
	}
	return back
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
