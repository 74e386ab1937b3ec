package sheet

import (
	"fmt"
	"strings"

	"tracedesk/backend/freight"
)

// readEvent reads a row that is one status or event.
func (f *foreignReader) readEvent(number string) freight.Record {
	stop, ok := f.eventStop()
	if !ok {
		return f.record(0)
	}
	word := f.word(f.event)
	fact, side := f.meaning(word)
	place := f.stopPlace(freight.Subject{}, &f.row1)
	if place.IsZero() {
		place = f.stopPlace(freight.Subject{}, &f.current)
	}
	stop.Side = side
	at := f.eventTime(freight.Subject{Stop: stop})
	said := freight.Subject{Stop: freight.StopRef{Seq: stop.Seq}}
	if word != "" {
		f.say(freight.Claim{Subject: said, Fact: freight.FactStatus, At: at, Value: freight.Value{Text: word}})
	}
	switch {
	case !fact.Actual():
		if !place.IsZero() {
			f.say(freight.Claim{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}})
		}
	case at.IsZero():
		f.fault(f.header[f.event], fmt.Sprintf("The row says %q but not when; its other words were kept", word))
	default:
		stop.Place = place
		f.say(freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: stop}, Fact: fact, At: at})
	}
	f.etas(at, word)
	f.loadClaims(said)
	f.amounts(freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Seq: stop.Seq}}, &f.row1)
	f.keepOthers(said)
	if f.silent() {
		return f.record(0)
	}
	updated := f.time(f.updated, freight.Subject{})
	source := f.carrierSource()
	o := f.observation(source)
	o.Names = f.names(number)
	if stated, known := f.opt.instant(updated, place); known {
		o.StatedAt = stated
	} else if stated, known := f.opt.instant(at, place); known && !fact.Actual() {
		o.StatedAt = stated
	}
	return f.record(1)
}

// eventStop reads the stop number and kind, where the sheet has them.
func (f *foreignReader) eventStop() (freight.StopRef, bool) {
	n, err := eventStop(f.scribe.row.cell(f.stopAt))
	if err != nil {
		f.fault(f.header[f.stopAt], err.Error())
		return freight.StopRef{}, false
	}
	if f.profile.FromZero && f.scribe.row.cell(f.stopAt) != "" {
		n++
	}
	return freight.StopRef{Seq: n}, true
}

// meaning is the fact that a status word stands for, FactStatus for a word of its own.
func (f *foreignReader) meaning(word string) (freight.Fact, freight.Side) {
	meant, ok := f.profile.Statuses[strings.ToLower(word)]
	if !ok {
		meant = statusMeaning(word)
	}
	side, event, both := strings.Cut(meant, " ")
	if !both {
		side, event = "", meant
	}
	if side == "" {
		if kind, ok := stopKind(f.scribe.row.cell(f.row1.kindAt)); ok && (kind == "pickup" || kind == "delivery") {
			side = kind
		}
	}
	if event == "" {
		return freight.FactStatus, freight.Side(side)
	}
	return eventFact(event), freight.Side(side)
}

// eventTime is when it happened.
func (f *foreignReader) eventTime(subject freight.Subject) freight.When {
	if at := f.timeOf(&f.row1, FieldAt, subject); !at.IsZero() {
		return at
	}
	return f.timeOf(&f.current, FieldAt, subject)
}

// etas says the arrivals that the row expects. An ETA that names no stop is for a delivery, unless the status speaks of the
// pickup.
func (f *foreignReader) etas(at freight.When, status string) {
	groups := []*stopColumns{&f.row1}
	for i := range f.stops {
		groups = append(groups, &f.stops[i])
	}
	for _, s := range groups {
		subject := freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: freight.Side(s.kind)}}
		if s.kind == "" && !beforePickup(status) {
			subject.Stop.Side = freight.DeliverySide
		}
		if w := f.timeOf(s, FieldETA, subject); !w.IsZero() {
			f.say(freight.Claim{Subject: subject, Fact: freight.FactETA, At: at, Value: freight.Value{Start: w}})
		}
		if s.label == "" {
			continue
		}
		for _, actual := range stopActuals {
			if w := f.timeOf(s, actual.field, subject); !w.IsZero() {
				f.say(freight.Claim{Subject: subject, Fact: actual.fact, At: w})
			}
		}
	}
}

// beforePickup reports whether a status word speaks of a load that is not yet picked up.
func beforePickup(status string) bool {
	status = strings.ToLower(status)
	for _, w := range []string{"pickup", "pick up", "pick-up", "shipper", "dispatch", "booked", "tender", "assigned", "covered"} {
		if strings.Contains(status, w) {
			return true
		}
	}
	return false
}

// carrierSource is the carrier of the row where the sheet names it by its SCAC and nobody else was named.
func (f *foreignReader) carrierSource() freight.Source {
	if f.source.Kind != freight.CarrierSrc || f.source.Account != "" {
		return f.source
	}
	source := f.source
	for _, m := range f.ofLoad {
		if m.Field == FieldSCAC || m.Field == FieldCarrier && source.Account == "" {
			if v := f.scribe.row.cell(m.at); v != "" {
				source.Account = v
			}
		}
	}
	return source
}
