package sheet

import (
	"fmt"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// Columns of the loads sheet, by their place in ownSheets.
const (
	colLoad = iota
	colCustomer
	colCarrier
	colSCAC
	colMC
	colDOT
	colMode
	colEquipment
	colTruck
	colTrailer
	colContainer
	colSeal
	colDriver
	colDriverPhone
	colRefs
	colValueUSD
	colTempMin
	colTempMax
	colFlags
	colStop
	colKind
	colFacility
	colAddress
	colCity
	colState
	colPostal
	colCountry
	colLat
	colLon
	colZone
	colApptType
	colApptStart
	colApptEnd
	colOrigStart
	colOrigEnd
	colPieces
	colPallets
	colWeight
	colStatus
	colArrived
	colDeparted
	colETA
	colPOP
	colPOD
	colUpdated
	loadColumns
)

// loadsReader reads our own loads sheet: one row a stop, each a snapshot. What is true of the whole load stands in every
// row of it; it is claimed with the first row of a run of rows of one load, and later only where a row says something else.
type loadsReader struct {
	*scribe
	at        []int
	strangers []int
	said      [loadColumns]string // what the rows of this load have said so far
	number    string
}

func newLoadsReader(b *Book, sheet ownSheet, opt Options) (*loadsReader, error) {
	l := &loadsReader{scribe: newScribe(b, opt)}
	var err error
	l.at, l.strangers, err = l.ownSheet(b, sheet)
	return l, err
}

func (l *loadsReader) read(r *row) freight.Record {
	l.begin(r)
	number := l.row.cell(l.at[colLoad])
	if number == "" {
		l.fault("load", "The row has no load number, so nothing in it can be filed.")
		return l.record(0)
	}
	seq, err := stopNumber(l.row.cell(l.at[colStop]))
	if err != nil {
		l.fault("stop", err.Error())
		return l.record(0)
	}
	if number != l.number {
		l.number, l.said = number, [loadColumns]string{}
		l.loadClaims(freight.Subject{})
	} else {
		l.loadClaims(freight.Subject{Stop: freight.StopRef{Seq: seq}})
	}
	place := l.stopClaims(freight.Stop(seq))
	updated := l.when(l.at[colUpdated], freight.Subject{})
	stated, known := l.opt.instant(updated, place)
	if !updated.IsZero() && !known {
		l.note(l.at[colUpdated], freight.Stop(seq))
	}
	for _, column := range l.strangers {
		if l.row.cell(column) != "" {
			l.note(column, freight.Stop(seq))
		}
	}
	if l.silent() {
		return l.record(0)
	}
	names := l.names(number)
	o := l.observation(l.source)
	o.Snapshot, o.SnapshotKey, o.StatedAt, o.Names = true, stopKey(seq), stated, names
	return l.record(1)
}

// stopNumber reads 1, 2, 3 ...; a spreadsheet may write 1.0.
func stopNumber(s string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(s, ".0"))
	if err != nil || n < 1 || n > 999 {
		return 0, fmt.Errorf("The stop is %q, not a number such as 1; the row could not be filed.", s)
	}
	return n, nil
}

var stopKeys = [...]string{"stop 0", "stop 1", "stop 2", "stop 3", "stop 4", "stop 5", "stop 6", "stop 7", "stop 8", "stop 9"}

func stopKey(seq int) string {
	if seq < len(stopKeys) {
		return stopKeys[seq]
	}
	return "stop " + strconv.Itoa(seq)
}

// fresh is the cell of a load-level column if it says something that no earlier row of this load said.
func (l *loadsReader) fresh(column int) (string, bool) {
	v := l.row.cell(l.at[column])
	if v == "" || v == l.said[column] {
		return "", false
	}
	l.said[column] = v
	return v, true
}

var loadTexts = [...]struct {
	column int
	fact   freight.Fact
	kind   string
}{
	{colCustomer, freight.FactCustomer, ""}, {colCarrier, freight.FactCarrier, ""}, {colSCAC, freight.FactSCAC, ""}, {colMC, freight.FactMC, ""},
	{colDOT, freight.FactDOT, ""}, {colMode, freight.FactMode, ""}, {colEquipment, freight.FactEquipment, "KIND"}, {colTruck, freight.FactEquipment, "TRUCK"},
	{colTrailer, freight.FactEquipment, "TRAILER"}, {colContainer, freight.FactEquipment, "CONTAINER"}, {colSeal, freight.FactEquipment, "SEAL"},
	{colDriver, freight.FactDriver, "NAME"}, {colDriverPhone, freight.FactDriver, "PHONE"}, {colStatus, freight.FactStatus, "tms"},
}

func (l *loadsReader) loadClaims(load freight.Subject) {
	for i := range loadTexts {
		t := &loadTexts[i]
		if _, ok := l.fresh(t.column); ok {
			l.text(load, t.fact, t.kind, l.at[t.column])
			// A later row that says otherwise speaks of its stop; only the load's own word calls the load off.
			if t.column == colStatus && load.Stop.Seq == 0 && cancelled(l.said[colStatus]) {
				l.say(freight.Claim{Subject: load, Fact: freight.FactCancelled})
			}
		}
	}
	if v, ok := l.fresh(colRefs); ok {
		for _, ref := range parseRefs(nil, v) {
			ref = l.scoped(ref)
			v := &l.claim(load, freight.FactReference).Value
			v.Type, v.Text, v.Scope, v.Note = string(ref.Type), ref.Value, ref.Scope, ref.Note
		}
	}
	if _, ok := l.fresh(colValueUSD); ok {
		l.amount(load, freight.FactValueUSD, "", l.at[colValueUSD])
	}
	_, min := l.fresh(colTempMin)
	_, max := l.fresh(colTempMax)
	if min || max {
		l.tempRange(load, l.at[colTempMin], l.at[colTempMax], "F")
	}
	if v, ok := l.fresh(colFlags); ok {
		l.flags(load, v)
	}
	l.paper(load, colPOP, freight.POP)
	l.paper(load, colPOD, freight.POD)
}

// scoped says to whom a number belongs where the row tells: a PRO to the carrier, a PO to the customer.
func (l *loadsReader) scoped(ref freight.Reference) freight.Reference {
	switch ref.Type {
	case freight.RefPRO:
		ref.Scope = l.said[colSCAC]
	case freight.RefPO:
		ref.Scope = l.said[colCustomer]
	}
	return ref
}

func (l *loadsReader) names(number string) []freight.Reference {
	container, refs := l.row.cell(l.at[colContainer]), l.row.cell(l.at[colRefs])
	names := make([]freight.Reference, 0, 2+strings.Count(refs, ";")+1)
	names = append(names, freight.Reference{Type: freight.RefLoad, Value: number})
	names = parseRefs(names, refs)
	for i := range names[1:] {
		names[i+1] = l.scoped(names[i+1])
	}
	if nothing, _ := isNothing(container); !nothing {
		names = append(names, freight.Reference{Type: freight.RefContainer, Value: container})
	}
	return names
}

// tempRange says the limits of temperature; one of them may be absent.
func (s *scribe) tempRange(load freight.Subject, minColumn, maxColumn int, unit string) {
	v := freight.Value{Unit: unit}
	if n, ok := s.number(minColumn, load); ok {
		v.Num, v.Has = n, v.Has|1
	}
	if n, ok := s.number(maxColumn, load); ok {
		v.Num2, v.Has = n, v.Has|2
	}
	if v.Has != 0 {
		s.say(freight.Claim{Subject: load, Fact: freight.FactTempRange, Value: v})
	}
}

func (s *scribe) flags(load freight.Subject, list string) {
	for _, flag := range strings.FieldsFunc(list, func(c rune) bool { return c == ';' || c == ',' || c == '|' }) {
		if word := flagWord(flag); word != "" {
			s.say(freight.Claim{Subject: load, Fact: freight.FactFlag, Value: freight.Value{Text: word}})
		}
	}
}

// paper says a paper's state of the load by its first row, and of their stops by those after it that say otherwise: every
// delivery of a load has its own POD.
func (l *loadsReader) paper(load freight.Subject, column int, kind string) {
	v := l.row.cell(l.at[column])
	switch {
	case v == "" || v == l.said[column]:
		return
	case load.Stop.Seq == 0:
		l.said[column] = v
	}
	l.paperClaim(load, l.at[column], kind, v)
}

func (s *scribe) paperClaim(load freight.Subject, column int, kind, word string) {
	state, known := paperState(word)
	if !known {
		if s.cell(column, load) != "" {
			s.fault(s.header[column], fmt.Sprintf("%q is not missing, received or verified; the rest of the row was read", word))
		}
		return
	}
	s.say(freight.Claim{Subject: load, Fact: freight.FactPaper, Value: freight.Value{Type: kind, Text: state}})
}

// stopClaims says what the row says of its stop, and answers the place.
func (l *loadsReader) stopClaims(stop freight.Subject) freight.Place {
	if v := l.cell(l.at[colKind], stop); v != "" {
		l.kindClaim(stop, l.at[colKind], v)
	}
	place := l.place(stop, l.at[colFacility:colZone+1])
	if !place.IsZero() {
		l.claim(stop, freight.FactPlace).Value.Place = place
	}
	l.window(stop, freight.FactWindow, l.at[colApptStart], l.at[colApptEnd], apptType(l.cell(l.at[colApptType], stop)))
	l.window(stop, freight.FactOriginal, l.at[colOrigStart], l.at[colOrigEnd], "")
	l.actual(stop, freight.FactArrived, l.at[colArrived])
	l.actual(stop, freight.FactDeparted, l.at[colDeparted])
	l.eta(stop, l.at[colETA])
	l.amount(stop, freight.FactPieces, "", l.at[colPieces])
	l.amount(stop, freight.FactPallets, "", l.at[colPallets])
	l.amount(stop, freight.FactWeight, "LB", l.at[colWeight])
	return place
}

func (s *scribe) kindClaim(stop freight.Subject, column int, word string) {
	kind, ok := stopKind(word)
	if !ok {
		s.fault(s.header[column], fmt.Sprintf("%q is not pickup, delivery, pickup_delivery or relay; the rest of the row was read", word))
		return
	}
	s.claim(stop, freight.FactStopKind).Value.Text = kind
}

// place reads facility, address, city, state, postal, country, lat, lon, zone from nine columns.
func (s *scribe) place(subject freight.Subject, at []int) freight.Place {
	p := freight.Place{Facility: s.cell(at[0], subject), Address: s.cell(at[1], subject), City: s.cell(at[2], subject), State: s.cell(at[3], subject),
		Postal: s.cell(at[4], subject), Country: s.cell(at[5], subject), Zone: s.cell(at[8], subject)}
	p.Lat, p.Lon = s.point(at[6], at[7], subject)
	return p
}

// point reads coordinates; a half or impossible pair is a fault and no point.
func (s *scribe) point(latColumn, lonColumn int, subject freight.Subject) (lat, lon float64) {
	lat, haveLat := s.number(latColumn, subject)
	lon, haveLon := s.number(lonColumn, subject)
	switch {
	case !haveLat && !haveLon:
		return 0, 0
	case !haveLat || !haveLon || lat < -90 || lat > 90 || lon < -180 || lon > 180:
		column := max(latColumn, lonColumn)
		s.fault(s.header[column], fmt.Sprintf("the coordinates %q, %q are not a point on the earth; the rest of the row was read", s.row.cell(latColumn), s.row.cell(lonColumn)))
		return 0, 0
	}
	return lat, lon
}

// window says when a stop may be served; a start without an end stays so (the fold ends it at its start).
func (s *scribe) window(stop freight.Subject, fact freight.Fact, startColumn, endColumn int, kind string) {
	start, end := s.when(startColumn, stop), s.when(endColumn, stop)
	if kind != "" || !start.IsZero() || !end.IsZero() {
		v := &s.claim(stop, fact).Value
		v.Type, v.Start, v.End = kind, start, end
	}
}

func (s *scribe) eta(stop freight.Subject, column int) {
	if w := s.when(column, stop); !w.IsZero() {
		s.claim(stop, freight.FactETA).Value.Start = w
	}
}
