package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// loadFacts are the fields of a load that are said as words.
var loadFacts = map[Field]struct {
	fact freight.Fact
	kind string
}{
	FieldCustomer: {freight.FactCustomer, ""}, FieldCarrier: {freight.FactCarrier, ""}, FieldSCAC: {freight.FactSCAC, ""}, FieldMC: {freight.FactMC, ""},
	FieldDOT: {freight.FactDOT, ""}, FieldMode: {freight.FactMode, ""}, FieldEquipment: {freight.FactEquipment, "KIND"}, FieldTruck: {freight.FactEquipment, "TRUCK"},
	FieldTrailer: {freight.FactEquipment, "TRAILER"}, FieldContainer: {freight.FactEquipment, "CONTAINER"}, FieldSeal: {freight.FactEquipment, "SEAL"},
	FieldDriver: {freight.FactDriver, "NAME"}, FieldPhone: {freight.FactDriver, "PHONE"}, FieldNote: {freight.FactNote, ""},
}

// loadClaims says what the row says of the load; in the further rows of one load only what no earlier row said.
func (f *foreignReader) loadClaims(load freight.Subject) {
	for _, m := range f.ofLoad {
		v := f.scribe.row.cell(m.at)
		if v == "" || f.said[m.at] == v {
			continue
		}
		f.said[m.at] = v
		f.loadClaim(load, m, v)
	}
}

func (f *foreignReader) loadClaim(load freight.Subject, m mapped, v string) {
	if t, isRef := strings.CutPrefix(string(m.Field), string(fieldRef)); isRef {
		for _, ref := range f.references(nil, m, freight.RefType(t)) {
			f.say(freight.Claim{Subject: load, Fact: freight.FactReference, Value: freight.Value{Type: string(ref.Type), Text: ref.Value, Note: ref.Note}})
		}
		return
	}
	if word, ok := loadFacts[m.Field]; ok {
		f.text(load, word.fact, word.kind, m.at)
		return
	}
	switch m.Field {
	case FieldStatus:
		f.status(load, m.at)
	case FieldValue:
		f.amountOr(load, freight.FactValueUSD, "", m.at)
	case FieldTemp:
		if v = f.figure(m.at, load); v != "" {
			f.setPoint(load, m, v)
		}
	case FieldTempMin, FieldTempMax:
		f.tempLimit(load, m)
	case FieldHazmat:
		f.yes(load, m, v, "hazmat")
	case FieldTeam:
		f.yes(load, m, v, "team")
	case FieldFlags:
		f.flags(load, v)
	case FieldPOP:
		f.paperCell(load, m.at, freight.POP, v)
	case FieldPOD:
		f.paperCell(load, m.at, freight.POD, v)
	default:
		f.note(m.at, load)
	}
}

func (f *foreignReader) status(load freight.Subject, column int) {
	v := f.word(column)
	if v == "" {
		return
	}
	value := freight.Value{Text: v}
	if f.source.Kind == freight.TMS {
		value.Type = "tms"
	}
	f.say(freight.Claim{Subject: load, Fact: freight.FactStatus, Value: value})
	if f.source.Kind == freight.TMS && load.Stop.Seq == 0 && cancelled(v) {
		f.say(freight.Claim{Subject: load, Fact: freight.FactCancelled})
	}
}

// amountOr says a number; words that stand in the column for nothing are kept as a note.
func (f *foreignReader) amountOr(subject freight.Subject, fact freight.Fact, unit string, column int) {
	if f.isIdle(column) {
		f.note(column, subject)
		return
	}
	f.amount(subject, fact, unit, column)
}

func (f *foreignReader) isIdle(column int) bool {
	words := f.idle[column]
	return len(words) > 0 && slices.Contains(words, strings.ToLower(f.scribe.row.cell(column)))
}

// setPoint reads "34", "-10F", "2 C", "34-38 F" as limits in degrees Fahrenheit.
func (f *foreignReader) setPoint(load freight.Subject, m mapped, v string) {
	celsius := m.Unit == "C" || strings.HasSuffix(strings.ToUpper(strings.TrimSpace(v)), "C")
	low, high, span := strings.Cut(strings.TrimPrefix(v, "-"), "-")
	if !span {
		low, high, span = strings.Cut(strings.TrimPrefix(v, "-"), " to ")
	}
	if strings.HasPrefix(v, "-") {
		low = "-" + low
	}
	min, err := parseNumber(strings.TrimSpace(low), f.decimal)
	max := min
	if err == nil && span {
		max, err = parseNumber(strings.TrimSpace(high), f.decimal)
	}
	if err != nil {
		f.note(m.at, load)
		return
	}
	if celsius {
		min, max = min*9/5+32, max*9/5+32
	}
	f.say(freight.Claim{Subject: load, Fact: freight.FactTempRange, Value: freight.Value{Num: min, Num2: max, Has: 3, Unit: "F"}})
}

// tempLimit says both limits with the first of the two columns.
func (f *foreignReader) tempLimit(load freight.Subject, m mapped) {
	low, high := -1, -1
	for _, o := range f.ofLoad {
		switch o.Field {
		case FieldTempMin:
			low = o.at
		case FieldTempMax:
			high = o.at
		}
	}
	if m.Field == FieldTempMax && low >= 0 && f.scribe.row.cell(low) != "" {
		return
	}
	f.tempRange(load, low, high, "F")
}

// yes says a flag where the cell says yes; what is neither yes nor no is kept as a note.
func (f *foreignReader) yes(load freight.Subject, m mapped, v, flag string) {
	switch strings.ToLower(v) {
	case "y", "yes", "true", "1", "x", "si", "sí", "oui", "ja", flag:
		f.say(freight.Claim{Subject: load, Fact: freight.FactFlag, Value: freight.Value{Text: flag}})
	case "n", "no", "false", "0", "non", "nein":
	default:
		f.note(m.at, load)
	}
}

// paperCell reads a paper's state; a date means that it was received then.
func (f *foreignReader) paperCell(load freight.Subject, column int, kind, v string) {
	state, known := paperState(v)
	if !known {
		if _, err := parseWhen(v, dateRules{order: MonthFirst, received: f.opt.ReceivedAt}); err == nil {
			state, known = string(freight.PaperReceived), true
		}
		f.note(column, load)
	}
	if known {
		f.say(freight.Claim{Subject: load, Fact: freight.FactPaper, Value: freight.Value{Type: kind, Text: state}})
	}
}

// stopClaims says what the row says of a stop, and answers its place.
func (f *foreignReader) stopClaims(stop freight.Subject, s *stopColumns, kind string) freight.Place {
	if v := f.cell(s.kindAt, stop); v != "" {
		f.kindClaim(stop, s.kindAt, v)
	} else if kind != "" {
		f.say(freight.Claim{Subject: stop, Fact: freight.FactStopKind, Value: freight.Value{Text: kind}})
	}
	place := f.stopPlace(stop, s)
	if !place.IsZero() {
		f.say(freight.Claim{Subject: stop, Fact: freight.FactPlace, Value: freight.Value{Place: place}})
	}
	f.windowOf(stop, s, freight.FactWindow, FieldAppt, FieldApptEnd, apptType(f.cell(s.apptType, stop)))
	f.windowOf(stop, s, freight.FactOriginal, FieldOrig, FieldOrigEnd, "")
	for _, actual := range stopActuals {
		if w := f.timeOf(s, actual.field, stop); !w.IsZero() {
			f.say(freight.Claim{Subject: stop, Fact: actual.fact, At: w})
		}
	}
	if w := f.timeOf(s, FieldETA, stop); !w.IsZero() {
		f.say(freight.Claim{Subject: stop, Fact: freight.FactETA, Value: freight.Value{Start: w}})
	}
	if s.label != "" {
		f.amounts(stop, s)
	}
	return place
}

var stopActuals = [...]struct {
	field Field
	fact  freight.Fact
}{
	{FieldArrived, freight.FactArrived}, {FieldDeparted, freight.FactDeparted}, {FieldLoaded, freight.FactLoaded}, {FieldUnloaded, freight.FactUnloaded},
	{FieldPickedUp, freight.FactPickedUp}, {FieldDelivered, freight.FactDelivered},
}

// amounts says pieces, pallets and weight.
func (f *foreignReader) amounts(stop freight.Subject, s *stopColumns) {
	for _, m := range s.amounts {
		switch m.Field {
		case FieldPieces:
			f.amountOr(stop, freight.FactPieces, "", m.at)
		case FieldPallets:
			f.amountOr(stop, freight.FactPallets, "", m.at)
		case FieldWeight:
			unit := "LB"
			if low := strings.ToLower(f.scribe.row.cell(m.at)); m.Unit == "KG" || strings.HasSuffix(low, "kg") || strings.HasSuffix(low, "kgs") {
				unit = "KG"
			}
			f.amountOr(stop, freight.FactWeight, unit, m.at)
		}
	}
}

// stopPlace reads a stop's place, "Dallas, TX" in one cell included.
func (f *foreignReader) stopPlace(subject freight.Subject, s *stopColumns) freight.Place {
	p := f.place(subject, s.place[:])
	if v := f.cell(s.cityState, subject); v != "" {
		p = addCityState(p, v)
	}
	if p.Country != "" || p.City == "" && p.Postal == "" {
		return p
	}
	if column := f.row1.place[5]; column >= 0 {
		p.Country = f.cell(column, subject)
	} else if !f.hasCountry && states[strings.ToUpper(p.State)] == "" {
		p.Country = f.profile.Country
	}
	return p
}

// addCityState takes a place in one cell apart; words that are no city and state are the city as written.
func addCityState(p freight.Place, v string) freight.Place {
	parts, ok := cutCityState(v)
	if !ok {
		if p.City == "" {
			p.City = v
		} else if p.Address == "" {
			p.Address = v
		}
		return p
	}
	p.City, p.State = parts.city, parts.state
	if i := strings.LastIndex(parts.city, " - "); i > 0 && p.Facility == "" {
		p.Facility, p.City = strings.TrimSpace(parts.city[:i]), strings.TrimSpace(parts.city[i+3:]) // "Acme DC - Dallas, TX"
	}
	if p.Postal == "" {
		p.Postal = parts.postal
	}
	if p.Country == "" {
		p.Country = parts.country
	}
	return p
}

func (f *foreignReader) timeOf(s *stopColumns, field Field, subject freight.Subject) freight.When {
	t := s.times[field]
	if t == nil {
		return freight.When{}
	}
	return f.time(*t, subject)
}

// time reads one time from its columns.
func (f *foreignReader) time(t timeColumns, subject freight.Subject) freight.When {
	start, _, _ := f.span(t, subject)
	return start
}

// span reads one time, or a window where the cells hold one, and how the appointment is kept where they say ("FCFS").
func (f *foreignReader) span(t timeColumns, subject freight.Subject) (start, end freight.When, kind string) {
	column := t.whole
	if column < 0 || f.scribe.row.cell(column) == "" {
		column = t.day
	}
	if column >= 0 {
		start, end, kind = f.spanCell(column, subject)
	}
	if t.clock < 0 || start.IsZero() || start.Basis != freight.DayOnly {
		return start, end, kind
	}
	first, last, clockKind := f.clockCell(t.clock, subject)
	if clockKind != "" {
		kind = clockKind
	}
	if !first.IsZero() {
		day := start
		start = f.withClock(day, first.reading, false)
		if !last.IsZero() {
			end = f.withClock(start, last.reading, true)
		}
	}
	return start, end, kind
}

// clockCell is a time of day, or two.
type clockTime struct {
	reading
	given bool
}

func (c clockTime) IsZero() bool { return !c.given }

func (f *foreignReader) clockCell(column int, subject freight.Subject) (first, last clockTime, kind string) {
	v, kind := cutApptWord(f.scribe.row.cell(column))
	if v == "" {
		return first, last, kind
	}
	if r, ok := parseClock(v); ok {
		return clockTime{r, true}, last, kind
	}
	if a, b, ok := clockSpan(v); ok {
		return clockTime{a, true}, clockTime{b, true}, kind
	}
	if f.isIdle(column) {
		f.note(column, subject)
		return first, last, kind
	}
	if f.figure(column, subject) != "" {
		f.fault(f.header[column], fmt.Sprintf("%q is not a time of day; the rest of the row was read", v))
	}
	return first, last, kind
}

// withClock puts a time of day on a day, in the profile's zone where the time names none.
func (f *foreignReader) withClock(day freight.When, clock reading, later bool) freight.When {
	w := onDay(day, clock, later)
	return dateRules{zone: f.profile.Zone}.finish(w)
}

// spanCell reads a cell that may hold a window.
func (f *foreignReader) spanCell(column int, subject freight.Subject) (start, end freight.When, kind string) {
	v, kind := cutApptWord(f.scribe.row.cell(column))
	if v == "" {
		return start, end, kind
	}
	if f.isIdle(column) {
		f.note(column, subject)
		return start, end, kind
	}
	start, end, err := parseSpan(v, f.rules[column])
	if err == nil {
		return start, end, kind
	}
	if f.figure(column, subject) != "" {
		_, reason := parseWhen(v, f.rules[column])
		f.fault(f.header[column], fmt.Sprintf("%v; the rest of the row was read", reason))
	}
	return freight.When{}, freight.When{}, kind
}

// cutApptWord takes a word such as FCFS or APPT off a time.
func cutApptWord(v string) (rest, kind string) {
	low := strings.ToLower(v)
	for _, w := range [...]struct{ word, kind string }{{"fcfs", "fcfs"}, {"appointment", "appointment"}, {"appt", "appointment"}, {"firm", "appointment"}} {
		i := strings.Index(low, w.word)
		if i < 0 || len(low) != len(v) {
			continue
		}
		rest = v[:i] + v[i+len(w.word):]
		return strings.Trim(rest, " :,()[]-"), w.kind
	}
	return v, ""
}

// windowOf says when a stop may be served, from up to six columns.
func (f *foreignReader) windowOf(stop freight.Subject, s *stopColumns, fact freight.Fact, from, to Field, kind string) {
	v := freight.Value{Type: kind}
	if t := s.times[from]; t != nil {
		var said string
		if v.Start, v.End, said = f.span(*t, stop); v.Type == "" {
			v.Type = said
		}
	}
	if t := s.times[to]; t != nil {
		if end := f.endOf(*t, v.Start, stop); !end.IsZero() {
			v.End = end
		}
	}
	if v.Type != "" || !v.Start.IsZero() || !v.End.IsZero() {
		f.say(freight.Claim{Subject: stop, Fact: fact, Value: v})
	}
}

// endOf reads the end of a window; a time of day alone is on the day of the start, or on the next when it is earlier.
func (f *foreignReader) endOf(t timeColumns, start freight.When, stop freight.Subject) freight.When {
	if t.whole >= 0 || t.day >= 0 {
		return f.time(t, stop)
	}
	clock, last, _ := f.clockCell(t.clock, stop)
	if clock.IsZero() || start.IsZero() {
		return freight.When{}
	}
	if !last.IsZero() {
		clock = last
	}
	return f.withClock(start, clock.reading, start.Basis != freight.DayOnly)
}
