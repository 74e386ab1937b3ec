package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Guess is what a sheet's columns seem to mean, for a person to confirm.
type Guess struct {
	Profile Profile       `json:"profile"`
	Columns []ColumnGuess `json:"columns"`
	Missing []string      `json:"missing"` // what an import needs and no column gives: "load", "stops", "times"
	Usable  bool          `json:"usable"`  // nothing is missing
	Notes   []string      `json:"notes"`
}

// ColumnGuess is one column's part of a guess.
type ColumnGuess struct {
	Column
	Confidence float64  `json:"confidence"` // 0 to 1
	Why        string   `json:"why"`
	Samples    []string `json:"samples"`
}

// guesser works a guess out.
type guesser struct {
	book    *Book
	looks   []content
	names   []name
	columns []ColumnGuess
	rowPer  string
	kind    freight.FileKind
	foreign bool
	notes   []string
}

// GuessProfile proposes a profile from the names and the content of the columns. received settles dates that nothing in
// the file settles; it may be zero.
func GuessProfile(b *Book, received time.Time) (Guess, error) {
	g := &guesser{book: b, looks: b.looks(), columns: make([]ColumnGuess, len(b.Header)), names: make([]name, len(b.Header))}
	for i, header := range b.Header {
		g.names[i] = nameOf(header)
		g.foreign = g.foreign || g.names[i].foreign
		g.columns[i] = g.fromName(i)
	}
	g.chooseLoad()
	g.fromContent()
	g.settleTwins()
	g.chooseKind()
	g.joinTimes()
	g.timesByContent()
	g.units()
	guess := Guess{Profile: Profile{Name: strings.TrimSuffix(b.Name, extension(b.Name)), Kind: g.kind, RowPer: g.rowPer, Country: g.country(), Fingerprint: b.Fingerprint()}}
	if g.decimalComma() {
		guess.Profile.DecimalMark = ","
		g.notes = append(g.notes, "Decimals are written with a comma.")
	}
	if err := g.readDates(received); err != nil {
		return guess, err
	}
	g.findFill(&guess.Profile)
	if g.kind == freight.EventsFile {
		guess.Profile.Statuses = g.statuses()
	}
	guess.Profile.FromZero = g.fromZero()
	for _, c := range g.columns {
		guess.Profile.Columns = append(guess.Profile.Columns, c.Column)
	}
	guess.Columns, guess.Missing = g.columns, g.missing()
	guess.Usable = len(guess.Missing) == 0
	guess.Notes = append(append(slices.Clone(b.Notes), g.shapeNotes()...), g.notes...)
	guess.Notes = append(guess.Notes, g.leftNote()...)
	return guess, nil
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[i:]
	}
	return ""
}

// fromName is what the header's words say, corrected by what the column holds.
func (g *guesser) fromName(i int) ColumnGuess {
	n, look := g.names[i], &g.looks[i]
	c := ColumnGuess{Column: Column{Header: g.book.Header[i], Field: n.field, Stop: n.stop, Part: n.part, Unit: n.unit}, Samples: look.samples}
	if n.field == "" {
		return c
	}
	c.Confidence, c.Why = n.strength, "the name"
	times := look.share(look.dates + look.clocks + look.spans + look.figures)
	switch {
	case look.filled == 0:
		c.Confidence = 0.5
	case n.field == FieldFacility && n.stop != "" && n.strength < 0.9:
		g.sideColumn(&c, look, times)
	case timeFields[n.field] && times < 0.3:
		g.notTimes(&c, look)
	case timeFields[n.field]:
		c.Confidence, c.Why = 0.95, "the name and the values"
		g.partOf(&c, look)
	case n.field == FieldCity && look.share(look.cities) > 0.6:
		c.Field, c.Why = FieldCityState, "the name, and values such as "+look.samples[0]
	case n.field == FieldState && look.share(look.states) > 0.5, n.field == FieldPostal && look.share(look.zips) > 0.5:
		c.Confidence, c.Why = 0.98, "the name and the values"
	case n.field == FieldState && n.foreign && look.share(look.states) < 0.2 && len(look.distinct) <= 12 && n.stop == "":
		c.Field = FieldStatus // Spanish estado is both
	}
	return c
}

// sideColumn reads a bare "Pickup" or "Consignee" by what stands in it.
func (g *guesser) sideColumn(c *ColumnGuess, look *content, times float64) {
	switch {
	case times-look.share(look.figures) > 0.6:
		c.Field, c.Confidence, c.Why = FieldAppt, 0.8, "the name, and times as values"
		if c.Stop == Current {
			c.Field = FieldAt
		}
		g.partOf(c, look)
	case look.share(look.cities) > 0.6:
		c.Field, c.Confidence, c.Why = FieldCityState, 0.9, "the name, and values such as "+look.samples[0]
	case look.share(look.states) > 0.8:
		c.Field, c.Confidence, c.Why = FieldState, 0.8, "the name, and states as values"
	case look.share(look.zips) > 0.8:
		c.Field, c.Confidence, c.Why = FieldPostal, 0.7, "the name, and postal codes as values"
	case look.share(look.codes) > 0.7 && c.Stop != Current:
		c.Field, c.Confidence, c.Why = fieldRef+Field(strings.ToUpper(c.Stop)), 0.6, "the name, and numbers as values"
		c.Stop = ""
	}
}

// notTimes corrects a column named like a time that holds something else.
func (g *guesser) notTimes(c *ColumnGuess, look *content) {
	switch {
	case (c.Field == FieldDelivered || c.Field == FieldPickedUp) && look.share(look.yesNo) > 0.6:
		c.Field, c.Confidence = "", 0
	case c.Field == FieldAppt && look.share(look.cities) > 0.6:
		c.Field, c.Why = FieldCityState, "the values, such as "+look.samples[0]
	case c.Field == FieldAppt && c.Stop != "" && look.share(look.ids) > 0.7 && look.share(look.letters) < 0.1:
		c.Field, c.Stop, c.Confidence, c.Why = fieldRef+"APPOINTMENT", "", 0.5, "the name, and numbers as values"
	case c.Field == FieldAppt && len(look.distinct) <= 6 && allApptTypes(look):
		c.Field, c.Why = FieldApptType, "the values, such as "+look.samples[0]
	default:
		c.Field, c.Confidence, c.Why = "", 0, ""
	}
}

func allApptTypes(look *content) bool {
	for v := range look.distinct {
		switch apptType(v) {
		case "appointment", "fcfs", "open":
		default:
			return false
		}
	}
	return len(look.distinct) > 0
}

// partOf tells whether a time column holds days, times of day, or both.
func (g *guesser) partOf(c *ColumnGuess, look *content) {
	switch {
	case look.clocks > look.dates:
		c.Part = TimePart
	case look.spans > look.dates+look.clocks && !g.spansHaveDays(look):
		c.Part = TimePart
	case look.both*2 > look.dates && look.midnights == look.both && look.both == look.dates:
		c.Part, c.Midnight = DatePart, true
	case look.both > 0 || look.figures > look.dates:
		c.Part = ""
	case look.dates > 0 && c.Part != DatePart:
		c.Part = DatePart
	}
}

func (g *guesser) spansHaveDays(look *content) bool {
	for v := range look.distinct {
		if _, _, ok := clockSpan(v); ok {
			return false
		}
	}
	return true
}

// chooseLoad finds the column of the load number: by name in order of rank, else by its values.
func (g *guesser) chooseLoad() {
	best := -1
	for i := range g.columns {
		n := g.names[i]
		if n.rank == 0 || g.looks[i].filled == 0 || g.looks[i].share(g.looks[i].dates) > 0.5 && n.rank > 1 {
			continue
		}
		if best < 0 || n.rank < g.names[best].rank || n.rank == g.names[best].rank && g.betterKey(i, best) {
			best = i
		}
	}
	if best >= 0 {
		g.columns[best].Type = loadType(g.columns[best].Field)
		g.columns[best].Field, g.columns[best].Stop = FieldLoad, ""
		if g.names[best].rank > 3 {
			g.notes = append(g.notes, fmt.Sprintf("No column is named as a load number; %s is taken for it.", g.book.Header[best]))
			g.columns[best].Confidence = 0.6
		}
	}
	for i := range g.columns {
		if i != best && g.columns[i].Field == FieldLoad {
			g.columns[i].Field = fieldRef + "OTHER"
		}
	}
	if best < 0 {
		g.loadByContent()
	}
}

// loadType is the kind of number that stands for the load number where no column is named so.
func loadType(f Field) freight.RefType {
	t, found := strings.CutPrefix(string(f), string(fieldRef))
	if !found || t == string(freight.RefOther) || t == string(freight.RefPickup) || t == string(freight.RefDelivery) {
		return ""
	}
	return freight.RefType(t)
}

// betterKey prefers the column whose values look like numbers of loads and tell more rows apart.
func (g *guesser) betterKey(i, best int) bool {
	a, b := &g.looks[i], &g.looks[best]
	if a.share(a.ids+a.numbers) > 0.5 != (b.share(b.ids+b.numbers) > 0.5) {
		return a.share(a.ids+a.numbers) > 0.5
	}
	return len(a.distinct) > len(b.distinct)*3/2
}

// loadByContent takes a column without a known name whose values are numbers that hardly repeat.
func (g *guesser) loadByContent() {
	for i := range g.columns {
		look := &g.looks[i]
		if g.columns[i].Field != "" || look.filled < 2 || look.filled+look.nothing < len(g.book.sample)*9/10 {
			continue
		}
		if look.share(look.ids) > 0.9 && look.share(look.dates+look.clocks+look.phones+look.points+look.commas) < 0.1 && len(look.distinct)*3 >= look.filled {
			g.columns[i].Field, g.columns[i].Confidence, g.columns[i].Why = FieldLoad, 0.4, "its values are numbers that hardly repeat"
			g.notes = append(g.notes, fmt.Sprintf("No column is named as a load number; %s is taken for it because its values are numbers that hardly repeat.", g.book.Header[i]))
			return
		}
	}
}

// fromContent reads columns whose names say nothing by their values, where these leave no doubt.
func (g *guesser) fromContent() {
	var places, scacs []int
	for i := range g.columns {
		look := &g.looks[i]
		if g.columns[i].Field != "" || look.filled < 2 || g.names[i].strength < 0 {
			continue
		}
		switch {
		case look.share(look.cities) > 0.9 && len(look.distinct) > 1:
			places = append(places, i)
		case look.share(look.shortCaps) > 0.95 && look.share(look.states) < 0.5 && strings.Contains(headerKey(g.book.Header[i]), "carr"):
			scacs = append(scacs, i)
		}
	}
	if len(places) == 2 && !g.has(FieldCity, FirstPickup) && !g.has(FieldCityState, FirstPickup) && !g.has(FieldCity, LastDelivery) && !g.has(FieldCityState, LastDelivery) {
		for k, stop := range []string{FirstPickup, LastDelivery} {
			g.columns[places[k]].Column = Column{Header: g.book.Header[places[k]], Field: FieldCityState, Stop: stop}
			g.columns[places[k]].Confidence, g.columns[places[k]].Why = 0.4, "its values are places, and it stands "+[]string{"first", "second"}[k]
		}
	}
	for _, i := range scacs {
		g.columns[i].Field, g.columns[i].Confidence, g.columns[i].Why = FieldSCAC, 0.5, "its values are codes of two to four letters"
	}
	for i := range g.columns {
		look := &g.looks[i]
		if g.columns[i].Field == FieldCarrier && look.share(look.shortCaps) > 0.9 && look.share(look.shortCaps) > 0 && !g.has(FieldSCAC, "") {
			g.columns[i].Field, g.columns[i].Why = FieldSCAC, "the name, and codes of two to four letters as values"
		}
	}
}

// has reports whether a column means a field of a stop.
func (g *guesser) has(field Field, stop string) bool { return g.find(field, stop) >= 0 }

func (g *guesser) find(field Field, stop string) int {
	return slices.IndexFunc(g.columns, func(c ColumnGuess) bool { return c.Field == field && c.Stop == stop })
}

// settleTwins leaves each meaning to one column, the surest; the others become notes. Notes and references may repeat.
func (g *guesser) settleTwins() {
	owner := map[place]int{}
	for i := range g.columns {
		c := &g.columns[i]
		if c.Field == "" || c.Field == FieldNote || c.Field == FieldIgnore || strings.HasPrefix(string(c.Field), string(fieldRef)) {
			continue
		}
		key := place{c.Field, c.Stop, c.Part}
		first, taken := owner[key]
		if !taken {
			owner[key] = i
			continue
		}
		loser := i
		if g.surer(i, first) {
			loser = first
			owner[key] = i
		}
		g.demote(loser)
	}
}

// surer prefers the higher confidence, then the column that holds more.
func (g *guesser) surer(i, than int) bool {
	a, b := g.columns[i], g.columns[than]
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	return g.looks[i].filled > 2*g.looks[than].filled
}

// demote makes a column that lost its meaning to another a note; a second weight or city says nothing we could place.
func (g *guesser) demote(i int) {
	g.columns[i].Column = Column{Header: g.book.Header[i]}
	g.columns[i].Confidence, g.columns[i].Why = 0, "another column says this more clearly"
}

// chooseKind finds out whether a row is a load, a stop or an event.
func (g *guesser) chooseKind() {
	sided, numbered, own := 0, 0, 0
	for i := range g.columns {
		c := &g.columns[i]
		switch {
		case strings.HasPrefix(c.Stop, FirstPickup) || strings.HasPrefix(c.Stop, LastDelivery):
			sided++
		case c.Stop != "" && c.Stop != Current:
			numbered++
		case isPlaceField(c.Field) || c.Field == FieldAppt || c.Field == FieldApptEnd || c.Field == FieldArrived || c.Field == FieldDeparted:
			own++
		}
	}
	g.kind, g.rowPer = freight.LoadsFile, PerLoad
	perStop := g.has(FieldStop, "") || g.has(FieldKind, "")
	happened := g.find(FieldEvent, "")
	if happened < 0 && sided+numbered < 2 {
		happened = g.find(FieldStatus, "")
	}
	switch {
	case happened >= 0 && g.has(FieldAt, "") && g.noPlan():
		g.kind, g.rowPer = freight.EventsFile, PerEvent
		g.columns[happened].Field = FieldEvent
	case happened >= 0 && g.has(FieldUpdated, "") && g.noPlan() && !perStop:
		g.kind, g.rowPer = freight.EventsFile, PerEvent
		g.columns[happened].Field = FieldEvent
		g.columns[g.find(FieldUpdated, "")].Field = FieldAt
	case perStop && own > 0 || own > sided+numbered && g.repeats():
		g.rowPer = PerStop
	case sided+numbered == 0 && own > 0:
		g.rowPer = PerStop
	}
	g.adoptTimes()
}

// noPlan reports whether the sheet says nothing of when stops were to be served.
func (g *guesser) noPlan() bool {
	for _, c := range g.columns {
		if c.Field == FieldAppt || c.Field == FieldApptEnd {
			return false
		}
	}
	return true
}

// repeats reports whether load numbers stand in several rows.
func (g *guesser) repeats() bool {
	i := g.find(FieldLoad, "")
	return i >= 0 && len(g.looks[i].distinct)*10 < g.looks[i].filled*9
}

func isPlaceField(f Field) bool {
	switch f {
	case FieldFacility, FieldAddress, FieldCity, FieldState, FieldCityState, FieldPostal, FieldLat, FieldLon, FieldCountry:
		return true
	}
	return false
}

// adoptTimes gives times without a side their place: a bare "Date" in a row of a stop is its appointment, a bare "Delivered" in a
// row of a load is the delivery's.
func (g *guesser) adoptTimes() {
	for i := range g.columns {
		c := &g.columns[i]
		if c.Stop != "" {
			continue
		}
		switch {
		case c.Field == FieldAt && g.rowPer == PerStop:
			c.Field = FieldAppt
		case c.Field == FieldAt && g.rowPer == PerLoad:
			g.demote(i)
			g.columns[i].Why = "it does not say of what it is the date"
		case g.rowPer != PerLoad:
		case c.Field == FieldDelivered || c.Field == FieldUnloaded || c.Field == FieldETA || c.Field == FieldAppt || c.Field == FieldApptEnd:
			c.Stop = LastDelivery
		case c.Field == FieldPickedUp || c.Field == FieldLoaded:
			c.Stop = FirstPickup
		case c.Field == FieldCountry: // of all the row's stops
		case isPlaceField(c.Field) || c.Field == FieldArrived || c.Field == FieldDeparted || c.Field == FieldZone:
			g.demote(i)
			g.columns[i].Why = "it does not say of which stop"
		}
	}
	g.settleTwins()
}

// joinTimes makes a lone day column the whole time, where no column holds its time of day, and turns a time of day without any day
// column of its own to the day beside it.
func (g *guesser) joinTimes() {
	for i := range g.columns {
		c := &g.columns[i]
		if !timeFields[c.Field] || c.Part != TimePart {
			continue
		}
		if g.part(c.Field, c.Stop, DatePart) >= 0 || c.Field == FieldApptEnd && g.dayOfStart(c.Stop) || c.Field == FieldOrigEnd {
			continue
		}
		if whole := g.part(c.Field, c.Stop, ""); whole >= 0 {
			g.columns[whole].Part = DatePart
			continue
		}
		if g.dayOfStart(c.Stop) {
			continue
		}
		g.demote(i)
		g.columns[i].Why = "it is a time of day, and no column gives the day"
	}
}

// timesByContent takes two columns of days that no name explains for the two appointments, when nothing else in the sheet is a time.
func (g *guesser) timesByContent() {
	var days []int
	for i := range g.columns {
		look := &g.looks[i]
		if timeFields[g.columns[i].Field] && g.columns[i].Field != FieldUpdated {
			return
		}
		if g.columns[i].Field == "" && look.filled > 1 && look.share(look.dates) > 0.9 {
			days = append(days, i)
		}
	}
	if g.rowPer != PerLoad || len(days) != 2 {
		return
	}
	for k, stop := range []string{FirstPickup, LastDelivery} {
		c := &g.columns[days[k]]
		c.Field, c.Stop, c.Confidence, c.Why = FieldAppt, stop, 0.4, "its values are times, and no other column gives any"
		g.partOf(c, &g.looks[days[k]])
	}
	g.notes = append(g.notes, fmt.Sprintf("No column is named as an appointment; %s and %s are taken for pickup and delivery because they alone hold times.",
		g.book.Header[days[0]], g.book.Header[days[1]]))
}

// units settles the unit of weights that the header does not name: kilograms where the words or places are not those of the United States.
func (g *guesser) units() {
	country := g.country()
	for i := range g.columns {
		c := &g.columns[i]
		if c.Field != FieldWeight || c.Unit != "" {
			continue
		}
		c.Unit = "LB"
		if g.foreign || country != "" && country != "US" && country != "CA" {
			c.Unit = "KG"
		}
		g.notes = append(g.notes, fmt.Sprintf("Column %s names no unit; it is read as %s.", c.Header, map[string]string{"LB": "pounds", "KG": "kilograms"}[c.Unit]))
	}
}

// dayOfStart reports whether the appointment of a stop has a day.
func (g *guesser) dayOfStart(stop string) bool {
	return g.part(FieldAppt, stop, DatePart) >= 0 || g.part(FieldAppt, stop, "") >= 0
}

func (g *guesser) part(field Field, stop string, part Part) int {
	return slices.IndexFunc(g.columns, func(c ColumnGuess) bool { return c.Field == field && c.Stop == stop && c.Part == part })
}

// country is the country in which most places are, "" when nothing tells.
func (g *guesser) country() string {
	votes := map[string]int{}
	for i := range g.columns {
		for v, n := range g.looks[i].distinct {
			switch g.names[i].field {
			case FieldCountry:
				votes[countryOf(v)] += 10 * n
			case FieldState:
				votes[states[strings.ToUpper(v)]] += n
			default:
				if p, ok := cutCityState(v); ok {
					votes[states[p.state]] += n
				}
			}
		}
	}
	delete(votes, "")
	return most(votes)
}

func (g *guesser) decimalComma() bool {
	commas, points := 0, 0
	for i := range g.looks {
		commas += g.looks[i].commas
		points += g.looks[i].points
	}
	return commas > 0 && commas >= points
}

// readDates settles the order of each date column, and the words that stand for no date.
func (g *guesser) readDates(received time.Time) error {
	var columns []int
	for i := range g.columns {
		if timeFields[g.columns[i].Field] && g.columns[i].Part != TimePart {
			columns = append(columns, i)
		}
	}
	decided, notes, err := g.book.decideOrders(columns, g.country(), g.foreign, received)
	if err != nil {
		return err
	}
	for column, d := range decided {
		g.columns[column].Order = d.order
	}
	g.notes = append(g.notes, notes...)
	for i := range g.columns {
		if g.columns[i].Midnight {
			g.notes = append(g.notes, fmt.Sprintf("Column %s says 00:00 in every row: it gives days, not times.", g.book.Header[i]))
		}
		g.columns[i].Words = g.idleWords(i)
	}
	return nil
}

// idleWords are the words without a figure that come back in a column of times or numbers: a code for "nothing", not a slip.
func (g *guesser) idleWords(i int) (words []string) {
	c := &g.columns[i]
	if !timeFields[c.Field] && c.Field != FieldWeight && c.Field != FieldPieces && c.Field != FieldPallets && c.Field != FieldValue && c.Field != FieldTemp {
		return nil
	}
	for v, n := range g.looks[i].distinct {
		if n >= 3 && !strings.ContainsAny(v, "0123456789") {
			words = append(words, strings.ToLower(v))
		}
	}
	slices.Sort(words)
	if len(words) > 0 {
		g.notes = append(g.notes, fmt.Sprintf("Column %s holds words where nothing is known (%s); they are kept as notes.", c.Header, strings.Join(words, ", ")))
	}
	return words
}

// findFill looks for load numbers that stand only in the first row of their load, and for several rows of one load.
func (g *guesser) findFill(p *Profile) {
	i := g.find(FieldLoad, "")
	if i < 0 {
		return
	}
	empty := len(g.book.sample) - g.looks[i].filled - g.looks[i].nothing
	if g.rowPer == PerStop && empty*5 >= len(g.book.sample) && len(g.book.sample) > 1 && g.book.sample[0].cell(i) != "" {
		p.FillDown = true
		g.notes = append(g.notes, "The load number stands only in the first row of each load; rows without one belong to the load above.")
	}
	if g.rowPer == PerLoad && g.repeats() {
		p.Lines = true
		g.notes = append(g.notes, "Several rows speak of one load; each is kept as a line of it.")
	}
}

// fromZero reports whether stops are counted from 0.
func (g *guesser) fromZero() bool {
	i := g.find(FieldStop, "")
	return i >= 0 && g.looks[i].distinct["0"] > 0
}

// missing names what an import cannot do without.
func (g *guesser) missing() []string {
	missing := []string{}
	if !g.has(FieldLoad, "") {
		missing = append(missing, "load")
	}
	stops, times := false, false
	for _, c := range g.columns {
		stops = stops || isPlaceField(c.Field) && c.Stop != Current || c.Field == FieldStop || c.Field == FieldKind
		times = times || timeFields[c.Field] && c.Field != FieldUpdated
	}
	if g.kind == freight.EventsFile {
		stops = g.has(FieldEvent, "")
	}
	if !stops {
		missing = append(missing, map[bool]string{true: "events", false: "stops"}[g.kind == freight.EventsFile])
	}
	if !times {
		missing = append(missing, "times")
	}
	return missing
}

func (g *guesser) shapeNotes() []string {
	switch g.rowPer {
	case PerStop:
		return []string{"Each row is one stop."}
	case PerEvent:
		return []string{"Each row is one status or event."}
	}
	for _, c := range g.columns {
		if c.Stop == "1" && isPlaceField(c.Field) {
			return []string{"Each row is one load.", "Of the numbered stops the first is taken for the pickup and the last for the delivery."}
		}
	}
	return []string{"Each row is one load."}
}

// leftNote names the columns that mean nothing we know.
func (g *guesser) leftNote() []string {
	var left []string
	for _, c := range g.columns {
		if c.Field == "" && c.Header != "" {
			left = append(left, c.Header)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return []string{strconv.Itoa(len(left)) + " columns are kept as notes: " + strings.Join(left, ", ") + "."}
}

// statuses proposes what the sheet's status words mean.
func (g *guesser) statuses() map[string]string {
	i := g.find(FieldEvent, "")
	if i < 0 {
		return nil
	}
	known := map[string]string{}
	for word := range g.looks[i].distinct {
		if meaning := statusMeaning(word); meaning != "" {
			known[strings.ToLower(word)] = meaning
		}
	}
	return known
}
