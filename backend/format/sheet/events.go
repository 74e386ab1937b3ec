package sheet

import (
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Columns of the events sheet, by their place in ownSheets.
const (
	colEvLoad = iota
	colEvSource
	colEvEvent
	colEvStop
	colEvAt
	colEvReceived
	colEvLat
	colEvLon
	colEvCity
	colEvState
	colEvValue
	colEvText
)

// eventsReader reads our own events sheet: one row a fact from anywhere.
type eventsReader struct {
	*scribe
	at        []int
	strangers []int
}

func newEventsReader(b *Book, sheet ownSheet, opt Options) (*eventsReader, error) {
	e := &eventsReader{scribe: newScribe(b, opt)}
	var err error
	e.at, e.strangers, err = e.ownSheet(b, sheet)
	return e, err
}

// event is one row on its way to a claim.
type event struct {
	word     string
	fact     freight.Fact
	subject  freight.Subject
	at       freight.When
	place    freight.Place
	value    string
	text     string
	received freight.When
}

func (e *eventsReader) read(r *row) freight.Record {
	e.begin(r)
	e.source = freight.Source{}
	number := r.cell(e.at[colEvLoad])
	if number == "" {
		e.fault("load", "The row names no load, so nothing in it can be filed.")
		return e.record(0)
	}
	source, err := e.sourceOf(r.cell(e.at[colEvSource]))
	if err != nil {
		e.fault("source", err.Error())
		return e.record(0)
	}
	e.source = source
	ev, ok := e.event()
	if !ok {
		return e.record(0)
	}
	e.tell(&ev)
	for _, column := range e.strangers {
		if r.cell(column) != "" {
			e.note(column, freight.Subject{Stop: ev.subject.Stop})
		}
	}
	if e.silent() {
		return e.record(0)
	}
	o := e.observation(source)
	o.Names = []freight.Reference{loadName(number)}
	e.stamp(o, &ev)
	return e.record(1)
}

// loadName is a load number, or a typed reference such as BOL:123.
func loadName(s string) freight.Reference {
	word, value, ok := strings.Cut(s, ":")
	if t, known := freight.ParseRefType(word); ok && known {
		return freight.Reference{Type: t, Value: strings.TrimSpace(value)}
	}
	return freight.Reference{Type: freight.RefLoad, Value: s}
}

// sourceOf reads the source column: a kind, or kind/account.
func (e *eventsReader) sourceOf(s string) (freight.Source, error) {
	word, account, _ := strings.Cut(s, "/")
	kind, ok := freight.ParseSourceKind(word)
	if !ok {
		kind, ok = sourceNames[headerKey(word)]
	}
	switch {
	case s == "":
		return freight.Source{}, fmt.Errorf("The row does not say who said it: the source is empty.")
	case !ok:
		return freight.Source{}, fmt.Errorf("%q is no source: one of tms, carrier, project44, fourkites, macropoint, driver, dispatcher, customer, facility, eld, paper, user is expected.", s)
	}
	if account == "" {
		account = e.opt.Account
		if kind == freight.TMS {
			account = e.opt.tms().Account
		}
	}
	return freight.Source{Kind: kind, Account: strings.TrimSpace(account)}, nil
}

var sourceNames = map[string]freight.SourceKind{"p44": freight.Project44, "project44": freight.Project44, "fk": freight.FourKites, "fourkites": freight.FourKites,
	"4kites": freight.FourKites, "mp": freight.MacroPoint, "macropoint": freight.MacroPoint, "telematics": freight.ELD, "shipper": freight.Customer}

// event reads the row's columns; ok is false when it has neither a time nor words.
func (e *eventsReader) event() (event, bool) {
	word := e.row.cell(e.at[colEvEvent])
	ev := event{word: word, fact: eventFact(word), value: e.row.cell(e.at[colEvValue]), text: e.row.cell(e.at[colEvText])}
	if word == "" {
		e.fault("event", "The row does not say what happened: the event is empty.")
		return ev, false
	}
	seq, err := eventStop(e.row.cell(e.at[colEvStop]))
	if err != nil {
		e.fault("stop", err.Error())
		return ev, false
	}
	ev.place = freight.Place{City: e.cell(e.at[colEvCity], ev.subject), State: e.cell(e.at[colEvState], ev.subject)}
	ev.place.Lat, ev.place.Lon = e.point(e.at[colEvLat], e.at[colEvLon], ev.subject)
	ev.subject = eventSubject(ev.fact, seq, ev.place)
	before := len(e.faults)
	ev.at = e.when(e.at[colEvAt], ev.subject)
	if ev.at.IsZero() && ev.fact.Actual() {
		if len(e.faults) == before {
			e.fault("at", fmt.Sprintf("The row says %q but not when.", word))
		}
		return ev, false
	}
	ev.received = e.when(e.at[colEvReceived], ev.subject)
	return ev, true
}

// eventStop reads a stop number; nothing and 0 mean that the source did not say.
func eventStop(s string) (int, error) {
	if nothing, _ := isNothing(s); nothing || s == "0" {
		return 0, nil
	}
	return stopNumber(s)
}

// eventFacts are the words of the events sheet, by header key, so that "Picked Up" is picked_up.
var eventFacts = keyedFacts(freight.FactArrived, freight.FactDeparted, freight.FactLoaded, freight.FactUnloaded, freight.FactDelivered, freight.FactPickedUp,
	freight.FactPosition, freight.FactETA, freight.FactWindow, freight.FactStatus, freight.FactTracking, freight.FactTemperature, freight.FactReference,
	freight.FactEquipment, freight.FactDriver, freight.FactPieces, freight.FactPallets, freight.FactWeight, freight.FactException, freight.FactNote)

func keyedFacts(facts ...freight.Fact) map[string]freight.Fact {
	table := map[string]freight.Fact{}
	for _, f := range facts {
		table[headerKey(string(f))] = f
	}
	return table
}

// eventFact is the fact of an event word; FactOther for a word outside the list.
func eventFact(word string) freight.Fact {
	if f, ok := eventFacts[word]; ok {
		return f
	}
	if f, ok := eventFacts[headerKey(word)]; ok {
		return f
	}
	return freight.FactOther
}

// eventSubject says of what a row speaks. A fact of the load keeps the stop it was told at, so that its local time can be
// resolved there.
func eventSubject(fact freight.Fact, seq int, place freight.Place) freight.Subject {
	s := freight.Subject{Stop: freight.StopRef{Seq: seq}}
	if fact != freight.FactPosition {
		s.Stop.Place = place
	}
	switch fact {
	case freight.FactPickedUp, freight.FactLoaded:
		s.Kind, s.Stop.Side = freight.OfStop, freight.PickupSide
	case freight.FactDelivered, freight.FactUnloaded:
		s.Kind, s.Stop.Side = freight.OfStop, freight.DeliverySide
	case freight.FactArrived, freight.FactDeparted, freight.FactETA, freight.FactWindow:
		s.Kind = freight.OfStop
	case freight.FactPieces, freight.FactPallets, freight.FactWeight:
		if seq > 0 {
			s.Kind = freight.OfStop
		}
	}
	return s
}

// stamp sets when the source said it and when it was learned. A word (an ETA, a status, a new appointment) was said at its
// "at"; something that happened was said when the source passed it on.
func (e *eventsReader) stamp(o *freight.Observation, ev *event) {
	received, receivedKnown := e.opt.instant(ev.received, ev.place)
	if at, ok := e.opt.instant(ev.at, ev.place); ok && !ev.fact.Actual() && ev.fact != freight.FactPosition {
		o.StatedAt = at
	} else if receivedKnown {
		o.StatedAt = received
	}
	if e.opt.TakeReceived && receivedKnown {
		o.ReceivedAt = received
		// Our own export writes fractions of a second, which a freight.When does not hold.
		if exact, err := time.Parse(time.RFC3339Nano, e.row.cell(e.at[colEvReceived])); err == nil {
			o.ReceivedAt = exact.UTC()
		}
	}
}

// tell turns the event into what it claims.
func (e *eventsReader) tell(ev *event) {
	c := freight.Claim{Subject: ev.subject, Fact: ev.fact, At: ev.at}
	v, err := e.eventValue(ev)
	if err != nil {
		e.fault("value", err.Error())
		return
	}
	c.Value = v
	e.say(c)
	if ev.fact == freight.FactStatus && cancelled(v.Text) && (e.source.Kind == freight.TMS || e.source.Kind == freight.Customer || e.source.Kind == freight.User) {
		e.say(freight.Claim{Subject: ev.subject, Fact: freight.FactCancelled, At: ev.at})
	}
}

func (e *eventsReader) eventValue(ev *event) (v freight.Value, err error) {
	words := ev.value
	if words == "" {
		words = ev.text
	}
	switch ev.fact {
	case freight.FactETA:
		v.Start = e.when(e.at[colEvValue], ev.subject)
		if v.Start.IsZero() {
			return v, fmt.Errorf("The row says an ETA but not for when: the value %q is no time.", ev.value)
		}
	case freight.FactWindow:
		return e.windowValue(ev)
	case freight.FactPosition:
		v.Place = ev.place
		if v.Place.IsZero() {
			v.Place = addCityState(v.Place, words)
		}
		if v.Place.IsZero() {
			return v, fmt.Errorf("The row says a position but not where.")
		}
	case freight.FactTemperature, freight.FactPieces, freight.FactPallets, freight.FactWeight:
		return numberValue(ev)
	case freight.FactReference:
		ref := parseRef(words)
		v.Type, v.Text, v.Note = string(ref.Type), ref.Value, ref.Note
	case freight.FactEquipment:
		v.Type, v.Text = typedWord(words, "KIND", "KIND", "TRUCK", "TRAILER", "CONTAINER", "SEAL")
	case freight.FactDriver:
		v.Type, v.Text = typedWord(words, "NAME", "NAME", "PHONE")
	case freight.FactTracking:
		return trackingValue(ev)
	case freight.FactException:
		v.Type, v.Text = ev.value, ev.text
		if v.Text == "" {
			v.Text = ev.value
		}
	case freight.FactOther:
		v.Type, v.Text = ev.word, words
		e.fault("event", fmt.Sprintf("%q is no event that we know; the row was kept as a note on the load.", ev.word))
	case freight.FactStatus:
		v.Text = words
		if e.source.Kind == freight.TMS {
			v.Type = "tms"
		}
	case freight.FactNote:
		v.Text = ev.text
		if v.Text == "" {
			v.Text = ev.value
		}
	default: // what happened: its value is a note or an X12 reason
		v.Note, v.Text = ev.value, ev.text
		return v, nil
	}
	if v.Note == "" && ev.text != v.Text && ev.fact != freight.FactReference {
		v.Note = ev.text
	}
	if v.Text == "" && v.Start.IsZero() && v.Place.IsZero() && ev.fact != freight.FactOther {
		return v, fmt.Errorf("The row says %q but gives no value.", ev.word)
	}
	return v, nil
}

// windowValue reads "start/end", or a start alone.
func (e *eventsReader) windowValue(ev *event) (v freight.Value, err error) {
	if nothing, _ := isNothing(ev.value); nothing {
		if ev.value == "" {
			return v, fmt.Errorf("The row says an appointment but not for when: the value is empty.")
		}
		v.None = true
		return v, nil
	}
	rules := e.rules[e.at[colEvValue]]
	v.Start, v.End, err = parseSpan(ev.value, rules)
	v.Note = ev.text
	return v, err
}

func numberValue(ev *event) (v freight.Value, err error) {
	v.Num, err = parseNumber(ev.value, false)
	v.Has, v.Note = 1, ev.text
	switch {
	case err != nil:
		return v, fmt.Errorf("The row says %s but its value %q is not a number.", ev.word, ev.value)
	case ev.fact == freight.FactTemperature:
		v.Unit = "F"
		if low := strings.ToLower(ev.value); strings.HasSuffix(low, "c") {
			v.Unit = "C"
		}
	case ev.fact == freight.FactWeight:
		v.Unit = "LB"
		if low := strings.ToLower(ev.value); strings.HasSuffix(low, "kg") || strings.HasSuffix(low, "kgs") {
			v.Unit = "KG"
		}
	}
	return v, nil
}

// typedWord reads "PHONE:+1..." with one of the words known; without one the first word given is meant.
func typedWord(s, plain string, known ...string) (kind, text string) {
	word, rest, ok := strings.Cut(s, ":")
	if ok {
		upper := strings.ToUpper(strings.TrimSpace(word))
		for _, k := range known {
			if upper == k {
				return k, strings.TrimSpace(rest)
			}
		}
	}
	return plain, s
}

var trackingStates = wordSet("pending ready tracking stale hidden denied expired failed lost ended")

func trackingValue(ev *event) (v freight.Value, err error) {
	state := strings.ToLower(strings.TrimSpace(ev.value))
	if !trackingStates[state] {
		return v, fmt.Errorf("%q is no tracking state: pending, ready, tracking, stale, hidden, denied, expired, failed, lost or ended is expected.", ev.value)
	}
	return freight.Value{Text: state, Note: ev.text}, nil
}
