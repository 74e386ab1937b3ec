package sheet

import (
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

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
	case n.numbered && (n.field == FieldCustomer || n.field == FieldCarrier || n.field == FieldFacility):
		c.Confidence = 0.7 // a code stands behind the name, where there is one
	case timeFields[n.field] && times < 0.3:
		g.notTimes(&c, look)
	case timeFields[n.field]:
		c.Confidence, c.Why = 0.95, "the name and the values"
		g.partOf(&c, look)
	case (n.field == FieldCity || n.field == FieldFacility) && look.share(look.cities) > 0.6:
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
