package sheet

import (
	"strings"

	"tracedesk/backend/freight"
)

// Columns of the facilities sheet, by their place in ownSheets.
const (
	colFacName = iota
	colFacAddress
	colFacCity
	colFacState
	colFacPostal
	colFacCountry
	colFacLat
	colFacLon
	colFacZone
	colFacHours
	colFacClosed
	colFacFreeTime
	colFacAppointment
	colFacPhone
	colFacEmail
	colFacNote
)

// Columns of the carriers sheet, by their place in ownSheets.
const (
	colCarName = iota
	colCarSCAC
	colCarMC
	colCarDOT
	colCarDispatcher
	colCarPhone
	colCarAfterHours
	colCarEmail
	colCarInsured
	colCarLimit
	colCarAuthority
	colCarRating
	colCarBlocked
	colCarPhonesKnown
)

// partiesReader reads the sheets of facilities and carriers: one row a party, a snapshot that names no load.
type partiesReader struct {
	*scribe
	at        []int
	strangers []int
	kind      freight.SubjectKind
	claims    func(party freight.Subject)
}

func newFacilitiesReader(b *Book, sheet ownSheet, opt Options) (*partiesReader, error) {
	p := &partiesReader{scribe: newScribe(b, opt), kind: freight.OfFacility}
	p.claims = p.facility
	var err error
	p.at, p.strangers, err = p.ownSheet(b, sheet)
	return p, err
}

func newCarriersReader(b *Book, sheet ownSheet, opt Options) (*partiesReader, error) {
	p := &partiesReader{scribe: newScribe(b, opt), kind: freight.OfCarrier}
	p.claims = p.carrier
	var err error
	p.at, p.strangers, err = p.ownSheet(b, sheet)
	return p, err
}

func (p *partiesReader) read(r *row) freight.Record {
	p.begin(r)
	name := r.cell(p.at[0])
	if name == "" {
		p.fault(p.header[p.at[0]], "The row has no name, so nothing in it can be filed.")
		return p.record(0)
	}
	party := freight.Subject{Kind: p.kind, Key: name}
	p.claims(party)
	for _, column := range p.strangers {
		if r.cell(column) != "" {
			p.note(column, party)
		}
	}
	if p.silent() {
		return p.record(0)
	}
	o := p.observation(p.source)
	o.Snapshot = true
	o.SnapshotKey = map[freight.SubjectKind]string{freight.OfFacility: "facility ", freight.OfCarrier: "carrier "}[p.kind] + name
	return p.record(1)
}

func (p *partiesReader) facility(party freight.Subject) {
	if place := p.place(party, p.at[colFacName:colFacZone+1]); !place.IsZero() {
		p.say(freight.Claim{Subject: party, Fact: freight.FactPlace, Value: freight.Value{Place: place}})
	}
	p.text(party, freight.FactHours, "", p.at[colFacHours])
	p.list(party, freight.FactClosed, "", p.at[colFacClosed])
	p.amount(party, freight.FactFreeTime, "", p.at[colFacFreeTime])
	p.text(party, freight.FactOther, "appointment_needed", p.at[colFacAppointment])
	p.text(party, freight.FactPhone, "main", p.at[colFacPhone])
	p.text(party, freight.FactEmail, "", p.at[colFacEmail])
	p.text(party, freight.FactNote, "", p.at[colFacNote])
}

func (p *partiesReader) carrier(party freight.Subject) {
	p.text(party, freight.FactSCAC, "", p.at[colCarSCAC])
	p.text(party, freight.FactMC, "", p.at[colCarMC])
	p.text(party, freight.FactDOT, "", p.at[colCarDOT])
	p.text(party, freight.FactOther, "dispatcher", p.at[colCarDispatcher])
	p.text(party, freight.FactPhone, "dispatcher", p.at[colCarPhone])
	p.text(party, freight.FactPhone, "after_hours", p.at[colCarAfterHours])
	p.list(party, freight.FactPhone, "known", p.at[colCarPhonesKnown])
	p.text(party, freight.FactEmail, "", p.at[colCarEmail])
	p.insurance(party)
	p.text(party, freight.FactAuthorty, "", p.at[colCarAuthority])
	p.text(party, freight.FactOther, "rating", p.at[colCarRating])
	p.text(party, freight.FactOther, "blocked", p.at[colCarBlocked])
}

func (p *partiesReader) insurance(party freight.Subject) {
	c := freight.Claim{Subject: party, Fact: freight.FactInsured, At: p.when(p.at[colCarInsured], party)}
	if n, ok := p.number(p.at[colCarLimit], party); ok {
		c.Value.Num, c.Value.Has = n, 1
	}
	if !c.At.IsZero() || c.Value.Has != 0 {
		p.say(c)
	}
}

// list says each part of a cell that holds several, parted by semicolons.
func (p *partiesReader) list(party freight.Subject, fact freight.Fact, kind string, column int) {
	for part := range strings.SplitSeq(p.cell(column, party), ";") {
		if part = strings.TrimSpace(part); part != "" {
			p.say(freight.Claim{Subject: party, Fact: fact, Value: freight.Value{Type: kind, Text: part}})
		}
	}
}
