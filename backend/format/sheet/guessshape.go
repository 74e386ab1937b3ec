package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

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
	case happened >= 0 && (g.has(FieldAt, "") || g.has(FieldAt, Current) && sided < 4) && g.noPlan():
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

// adoptSides gives a "City" that stands twice the side of the column before it: Shipper, City, State, Consignee, City, State.
func (g *guesser) adoptSides() {
	twins := map[Field]int{}
	for i := range g.columns {
		if c := &g.columns[i]; c.Stop == "" && isPlaceField(c.Field) {
			twins[c.Field]++
		}
	}
	side := ""
	for i := range g.columns {
		c := &g.columns[i]
		if c.Stop == FirstPickup || c.Stop == LastDelivery {
			side = c.Stop
		}
		if c.Stop == "" && twins[c.Field] == 2 && side != "" && !g.has(c.Field, side) {
			c.Stop, c.Confidence, c.Why = side, 0.6, "the name, and the columns before it"
		}
	}
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

// dayOfStart reports whether the appointment of a stop has a day.
func (g *guesser) dayOfStart(stop string) bool {
	return g.part(FieldAppt, stop, DatePart) >= 0 || g.part(FieldAppt, stop, "") >= 0
}

func (g *guesser) part(field Field, stop string, part Part) int {
	return slices.IndexFunc(g.columns, func(c ColumnGuess) bool { return c.Field == field && c.Stop == stop && c.Part == part })
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
		stops = stops || isPlaceField(c.Field) && c.Stop != Current && (c.Stop != "" || c.Field != FieldFacility) || c.Field == FieldStop || c.Field == FieldKind
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
