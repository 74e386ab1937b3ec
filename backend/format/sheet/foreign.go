package sheet

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// foreignReader reads somebody else's sheet by a profile.
type foreignReader struct {
	*scribe
	profile  *Profile
	load     int
	loadType freight.RefType
	ofLoad   []mapped      // columns that speak of the load, in the order of the profile
	stops    []stopColumns // in driving order; one when a row is a stop
	row1     stopColumns   // columns that name no side: the row's own stop, or amounts of the load
	current  stopColumns   // where the truck is now
	event    int
	updated  timeColumns
	stopAt   int
	others   []int
	idle     map[int][]string
	// hasCountry: the sheet itself names countries, so the profile's is not put in where one is missing.
	hasCountry bool

	number string
	said   map[int]string
	seq    int
	lines  map[uint64]int // of each load: how many different rows spoke of it
	rows   map[uint64]int // of each row: which line of its load it was
	seed   maphash.Seed
}

// mapped is a column with its meaning.
type mapped struct {
	Column
	at int
}

// timeColumns are the columns that together give one time; -1 where absent.
type timeColumns struct {
	whole, day, clock int
}

// stopColumns are the columns that speak of one stop.
type stopColumns struct {
	label     string
	kind      string
	place     [9]int // facility, address, city, state, postal, country, lat, lon, zone
	cityState int
	kindAt    int
	apptType  int
	times     map[Field]*timeColumns
	amounts   []mapped
	all       []int
}

func newStopColumns(label string) stopColumns {
	s := stopColumns{label: label, cityState: -1, kindAt: -1, apptType: -1, times: map[Field]*timeColumns{}}
	for i := range s.place {
		s.place[i] = -1
	}
	switch {
	case strings.HasPrefix(label, FirstPickup):
		s.kind = "pickup"
	case strings.HasPrefix(label, LastDelivery):
		s.kind = "delivery"
	}
	return s
}

var placeFields = [9]Field{FieldFacility, FieldAddress, FieldCity, FieldState, FieldPostal, FieldCountry, FieldLat, FieldLon, FieldZone}

func newForeignReader(b *Book, p *Profile, opt Options) (*foreignReader, error) {
	f := &foreignReader{scribe: newScribe(b, opt), profile: p, load: -1, event: -1, stopAt: -1, row1: newStopColumns(""), current: newStopColumns(Current),
		updated: timeColumns{-1, -1, -1}, said: map[int]string{}, lines: map[uint64]int{}, rows: map[uint64]int{}, seed: maphash.MakeSeed(), idle: map[int][]string{}}
	f.source, f.decimal = p.source(opt), p.DecimalMark == ","
	used := make([]bool, len(b.Header))
	for _, c := range p.Columns {
		if i := f.locate(c.Header, used); i >= 0 {
			used[i] = true
			f.map1(mapped{c, i})
		}
	}
	for i := range b.Header {
		if !used[i] && b.Header[i] != "" {
			f.others = append(f.others, i)
		}
	}
	if f.load < 0 {
		return nil, fmt.Errorf("%s has no column for the load number: the profile %q names none of its columns so", b.Name, p.Name)
	}
	slices.SortFunc(f.stops, func(a, b stopColumns) int { return cmp.Compare(stopOrder(a.label), stopOrder(b.label)) })
	return f, nil
}

// locate finds a column of the profile in the header, in whatever order the columns stand today.
func (f *foreignReader) locate(header string, used []bool) int {
	key := headerKey(header)
	for i, h := range f.header {
		if !used[i] && headerKey(h) == key {
			return i
		}
	}
	return -1
}

// stopOrder puts pickups first, numbered stops behind them and deliveries last.
func stopOrder(label string) int {
	side, number, _ := strings.Cut(label, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		n = 1
	}
	switch side {
	case FirstPickup:
		return n
	case LastDelivery:
		return 2000 + n
	}
	n, _ = strconv.Atoi(side)
	return 1000 + n
}

// map1 files one column where it will be read.
func (f *foreignReader) map1(m mapped) {
	f.rules[m.at] = dateRules{order: m.Order, received: f.opt.ReceivedAt, midnight: m.Midnight, zone: f.profile.Zone}
	if len(m.Words) > 0 {
		f.idle[m.at] = m.Words
	}
	f.hasCountry = f.hasCountry || m.Field == FieldCountry
	switch {
	case m.Field == FieldIgnore:
	case m.Field == "":
		f.others = append(f.others, m.at)
	case m.Field == FieldLoad:
		f.load, f.loadType = m.at, m.Type
		if f.loadType == "" || f.profile.Kind != freight.EventsFile {
			f.loadType = freight.RefLoad
		}
	case m.Field == FieldEvent:
		f.event = m.at
	case m.Field == FieldStop:
		f.stopAt = m.at
	case m.Field == FieldUpdated:
		f.updated.set(m.Part, m.at)
	case isPlaceField(m.Field) || m.Field == FieldZone || timeFields[m.Field] || m.Field == FieldKind || m.Field == FieldApptType || isAmount(m.Field):
		f.stopFor(m.Stop).add(m)
	default:
		f.ofLoad = append(f.ofLoad, m)
	}
}

func isAmount(field Field) bool {
	return field == FieldPieces || field == FieldPallets || field == FieldWeight
}

// stopFor is the group of a stop's columns, made when it is first named.
func (f *foreignReader) stopFor(label string) *stopColumns {
	switch label {
	case "":
		return &f.row1
	case Current:
		return &f.current
	}
	for i := range f.stops {
		if f.stops[i].label == label {
			return &f.stops[i]
		}
	}
	f.stops = append(f.stops, newStopColumns(label))
	return &f.stops[len(f.stops)-1]
}

func (t *timeColumns) set(part Part, column int) {
	switch part {
	case DatePart:
		t.day = column
	case TimePart:
		t.clock = column
	default:
		t.whole = column
	}
}

func (s *stopColumns) add(m mapped) {
	s.all = append(s.all, m.at)
	switch {
	case m.Field == FieldCityState:
		s.cityState = m.at
	case m.Field == FieldKind:
		s.kindAt = m.at
	case m.Field == FieldApptType:
		s.apptType = m.at
	case isAmount(m.Field):
		s.amounts = append(s.amounts, m)
	case timeFields[m.Field]:
		t := s.times[m.Field]
		if t == nil {
			t = &timeColumns{-1, -1, -1}
			s.times[m.Field] = t
		}
		t.set(m.Part, m.at)
	default:
		if i := slices.Index(placeFields[:], m.Field); i >= 0 {
			s.place[i] = m.at
		}
	}
}

func (f *foreignReader) read(r *row) freight.Record {
	f.begin(r)
	number := r.cell(f.load)
	if nothing, _ := isNothing(number); nothing {
		number = ""
		if f.profile.FillDown {
			number = f.number
		}
	}
	if number == "" {
		f.fault(f.header[f.load], "The row has no load number, so nothing in it can be filed.")
		return f.record(0)
	}
	if number != f.number || f.profile.RowPer != PerStop {
		clear(f.said)
		f.seq = 0
	}
	f.number = number
	switch f.profile.RowPer {
	case PerEvent:
		return f.readEvent(number)
	case PerStop:
		return f.readStop(number)
	}
	return f.readLoad(number)
}

// readLoad reads a row that is a whole load.
func (f *foreignReader) readLoad(number string) freight.Record {
	f.loadClaims(freight.Subject{})
	seq, firstStop, last := 0, 0, 0
	if len(f.stops) > 0 && f.stops[0].kind == "delivery" {
		seq = 1 // the pickup is not in this sheet, but it is there
	}
	for i := range f.stops {
		s := &f.stops[i]
		if s.empty(f.scribe.row) {
			if s.label == FirstPickup {
				seq++
			}
			continue
		}
		seq++
		if firstStop == 0 {
			firstStop = seq
		}
		last = i
		f.stopClaims(freight.Stop(seq), s, f.kindOf(i, seq))
	}
	if last > 0 && f.stops[last].numbered() && f.stops[last].kindAt < 0 {
		f.say(freight.Claim{Subject: freight.Stop(seq), Fact: freight.FactStopKind, Value: freight.Value{Text: "delivery"}})
	}
	f.amounts(freight.Stop(max(firstStop, 1)), &f.row1)
	f.position(freight.Subject{})
	f.keepOthers(freight.Subject{})
	return f.snapshot(number, f.lineKey(number), freight.Place{})
}

// lineKey tells the rows of one load apart where each row should be a load: the same row again is the same line, another row
// (an order line) is another, so that the next export finds each of them unchanged.
func (f *foreignReader) lineKey(number string) string {
	load := maphash.String(f.seed, number)
	row := maphash.String(f.seed, number+"\x00"+f.scribe.row.text)
	line, known := f.rows[row]
	if !known {
		f.lines[load]++
		line = f.lines[load]
		f.rows[row] = line
	}
	if line == 1 {
		return "load"
	}
	return "line " + strconv.Itoa(line)
}

// kindOf is what a stop of a load's row is by its name; a numbered one is the pickup when it is the first.
func (f *foreignReader) kindOf(i, seq int) string {
	if f.stops[i].numbered() && seq == 1 {
		return "pickup"
	}
	return f.stops[i].kind
}

func (s *stopColumns) numbered() bool { return s.kind == "" && s.label != "" && s.label != Current }

func (s *stopColumns) empty(r *row) bool {
	for _, column := range s.all {
		if nothing, words := isNothing(r.cell(column)); !nothing || words {
			return false
		}
	}
	return true
}

// readStop reads a row that is one stop of a load.
func (f *foreignReader) readStop(number string) freight.Record {
	f.seq++
	seq := f.seq
	if v := f.scribe.row.cell(f.stopAt); v != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimLeft(v, "#SsPpDdUuTtOo "), ".0"))
		if f.profile.FromZero {
			n++
		}
		if err != nil || n < 1 || n > 999 {
			f.fault(f.header[f.stopAt], fmt.Sprintf("The stop is %q, not a number; the row could not be filed.", v))
			return f.record(0)
		}
		seq = n
		f.seq = n
	}
	load := freight.Subject{}
	if len(f.said) > 0 {
		load.Stop.Seq = seq
	}
	f.loadClaims(load)
	stop := freight.Stop(seq)
	place := f.stopClaims(stop, &f.row1, "")
	f.amounts(stop, &f.row1)
	f.position(freight.Subject{})
	f.keepOthers(stop)
	return f.snapshot(number, stopKey(seq), place)
}

// snapshot closes a row of a load or stop.
func (f *foreignReader) snapshot(number, key string, place freight.Place) freight.Record {
	updated := f.time(f.updated, freight.Subject{})
	stated, known := f.opt.instant(updated, place)
	if !updated.IsZero() && !known {
		f.say(freight.Claim{Fact: freight.FactOther, Value: freight.Value{Type: "updated_at", Text: updated.String()}})
	}
	if f.silent() {
		return f.record(0)
	}
	o := f.observation(f.source)
	o.Snapshot, o.SnapshotKey, o.StatedAt, o.Names = true, key, stated, f.names(number)
	return f.record(1)
}

// names are the load number and every reference of the row.
func (f *foreignReader) names(number string) []freight.Reference {
	names := append(make([]freight.Reference, 0, 4), freight.Reference{Type: f.loadType, Value: number})
	for _, m := range f.ofLoad {
		switch t, isRef := strings.CutPrefix(string(m.Field), string(fieldRef)); {
		case isRef:
			names = f.references(names, m, freight.RefType(t))
		case m.Field == FieldContainer:
			names = f.references(names, m, freight.RefContainer)
		}
	}
	return names
}

// references appends the numbers of one cell, which may hold several.
func (f *foreignReader) references(refs []freight.Reference, m mapped, t freight.RefType) []freight.Reference {
	v := f.scribe.row.cell(m.at)
	if nothing, _ := isNothing(v); nothing {
		return refs
	}
	ref := freight.Reference{Type: t}
	if t == freight.RefOther {
		ref.Note = m.Header
	}
	for _, part := range strings.FieldsFunc(v, func(c rune) bool { return c == ';' || c == ',' || c == '|' || c == '\n' }) {
		if ref.Value = strings.TrimSpace(part); ref.Value != "" {
			refs = append(refs, ref)
		}
	}
	return refs
}

// keepOthers keeps the columns that mean nothing we know.
func (f *foreignReader) keepOthers(subject freight.Subject) {
	for _, column := range f.others {
		if f.scribe.row.cell(column) != "" {
			f.note(column, subject)
		}
	}
}

// position says where the truck is, where the sheet tells.
func (f *foreignReader) position(load freight.Subject) {
	place := f.stopPlace(load, &f.current)
	if place.IsZero() {
		return
	}
	at := f.timeOf(&f.current, FieldAt, load)
	if at.IsZero() {
		at = f.time(f.updated, load)
	}
	f.say(freight.Claim{Subject: load, Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}})
}
