package compare

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// drawRows puts every field on the sheet about which anybody says anything.
func (s *sides) drawRows() {
	s.statusRow()
	s.eventRow()
	s.positionRow()
	for i := range s.t.Stops {
		s.stopRows(&s.t.Stops[i])
	}
	s.referenceRows()
	s.knownRow(freight.FactCarrier, "", "Carrier", s.t.Carrier, s.orders.Plan)
	s.knownRow(freight.FactCustomer, "", "Customer", s.t.Customer, s.orders.Plan)
	for _, typ := range []string{"TRUCK", "TRAILER", "CONTAINER", "SEAL", "KIND"} {
		s.knownRow(freight.FactEquipment, typ, equipmentNames[typ], s.t.Equipment[typ], s.orders.Equipment)
	}
	s.knownRow(freight.FactDriver, "NAME", "Driver", s.t.Driver["NAME"], s.orders.Equipment)
	s.knownRow(freight.FactDriver, "PHONE", "Driver's phone", s.t.Driver["PHONE"], s.orders.Equipment)
	s.paperRow(freight.POP)
	s.paperRow(freight.POD)
}

var equipmentNames = map[string]string{"TRUCK": "Truck", "TRAILER": "Trailer", "CONTAINER": "Container", "SEAL": "Seal", "KIND": "Equipment"}

func (s *sides) stopRows(stop *freight.StopLine) {
	s.windowRow(stop)
	s.etaRow(stop)
	for _, k := range []*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
		if k != nil {
			s.actualRow(stop, k)
		}
	}
	s.amountRow(stop, freight.FactPieces, "Pieces", stop.Pieces)
	s.amountRow(stop, freight.FactPallets, "Pallets", stop.Pallets)
	s.amountRow(stop, freight.FactWeight, "Weight", stop.Weight)
}

func stopRow(stop *freight.StopLine, field freight.Fact, name string) *row {
	return &row{part: string(field), CompareRow: CompareRow{Field: string(field), Name: name + ", stop " + strconv.Itoa(stop.Seq), Stop: stop.Seq, Zone: stop.Zone, CanAccept: true}}
}

func at(stop *freight.StopLine) string {
	if where := stop.Place.CityState(); where != "" {
		return where
	}
	return "stop " + strconv.Itoa(stop.Seq)
}

// whenIn is an instant on the clocks of a zone, as a claim.
func whenIn(t time.Time, zone string) freight.When {
	if loc, err := freight.Location(zone); err == nil {
		t = t.In(loc)
	}
	return freight.At(t)
}

var factNames = map[freight.Fact]string{freight.FactArrived: "Arrived", freight.FactDeparted: "Departed", freight.FactLoaded: "Loaded", freight.FactUnloaded: "Unloaded",
	freight.FactPickedUp: "Picked up", freight.FactDelivered: "Delivered"}

var factQuestions = map[freight.Fact]string{freight.FactArrived: "when did the truck arrive at ", freight.FactDeparted: "when did the truck leave ", freight.FactLoaded: "when was it loaded at ",
	freight.FactUnloaded: "when was it unloaded at ", freight.FactPickedUp: "when was it picked up at ", freight.FactDelivered: "when was it delivered at "}

// timeCell is a source's word on a time.
func timeCell(told *freight.ToldTime, zone string) cell {
	c := cell{at: told.At, day: told.DayOnly, CompareCell: CompareCell{Value: told.Written, Written: told.Written, Note: told.Note}}
	if !told.At.IsZero() {
		c.Value = timeline.Stamp(told.At, zone)
		if told.DayOnly {
			c.Value = told.At.Add(-time.Minute).In(locationOf(zone)).Format("Mon 2 Jan") + ", no time"
		}
	}
	return c
}

func locationOf(zone string) *time.Location {
	if loc, err := freight.Location(zone); err == nil {
		return loc
	}
	return time.UTC
}

// asWhen is what a source's time is as a claim; not ok when it could not be turned into an instant.
func asWhen(told *freight.ToldTime, zone string) (freight.When, bool) {
	if told.DayOnly && !told.At.IsZero() {
		y, m, d := told.At.Add(-time.Minute).In(locationOf(zone)).Date()
		return freight.Day(y, m, d), true
	}
	return whenIn(told.At, zone), !told.At.IsZero()
}

func (s *sides) timesDiffer(a, b *cell) bool {
	if a.at.IsZero() || b.at.IsZero() {
		return false
	}
	if a.day != b.day { // a day stands for all of it
		day, exact := a.at, b.at
		if b.day {
			day, exact = b.at, a.at
		}
		return exact.After(day) || exact.Before(day.Add(-24*time.Hour))
	}
	return a.at.Sub(b.at).Abs() > s.config.TimeTolerance
}

func (s *sides) actualRow(stop *freight.StopLine, known *freight.KnownTime) {
	r := stopRow(stop, known.Fact, factNames[known.Fact])
	r.differ = s.timesDiffer
	r.says = func(c *cell) string { return strings.ToLower(factNames[known.Fact]) + " " + c.Value }
	r.ask = func(string, string) query { return query{"facility", factQuestions[known.Fact] + at(stop) + "?"} }
	for i := range known.Claims {
		told := &known.Claims[i]
		c := timeCell(told, stop.Zone)
		if when, ok := asWhen(told, stop.Zone); ok {
			c.claim = freight.Claim{Subject: freight.Stop(stop.Seq), Fact: known.Fact, At: when}
		}
		s.add(r, &told.Provenance, c)
	}
	s.finish(r, s.orders.Actuals)
}

func (s *sides) etaRow(stop *freight.StopLine) {
	if stop.ETA == nil {
		return
	}
	r := stopRow(stop, freight.FactETA, "ETA")
	r.differ = s.timesDiffer
	r.clash = func(a, b *cell) bool {
		if stop.Done() || stop.Arrived != nil || a.at.IsZero() || b.at.IsZero() {
			return false
		}
		return a.at.Sub(b.at).Abs() > s.rules.ETAApart && timeOf(a.StatedAt).Sub(timeOf(b.StatedAt)) <= s.rules.ETAFresh
	}
	r.says = func(c *cell) string { return "ETA " + c.Value }
	r.ask = func(string, string) query { return query{"driver", "when will you be at " + at(stop) + "?"} }
	for i := range stop.ETA.Claims {
		told := &stop.ETA.Claims[i]
		c := timeCell(told, stop.Zone)
		if when, ok := asWhen(told, stop.Zone); ok {
			c.claim = freight.Claim{Subject: freight.Stop(stop.Seq), Fact: freight.FactETA, Value: freight.Value{Start: when}}
		}
		s.add(r, &told.Provenance, c)
	}
	s.finish(r, s.orders.ETAs)
}

func (s *sides) windowRow(stop *freight.StopLine) {
	r := stopRow(stop, freight.FactWindow, "Appointment")
	r.differ = func(a, b *cell) bool {
		if a.day || b.day {
			return a.at.After(b.end) || b.at.After(a.end)
		}
		return a.end.Sub(b.end).Abs() > s.config.TimeTolerance || a.at.Sub(b.at).Abs() > s.config.TimeTolerance
	}
	r.clash = func(a, b *cell) bool {
		return r.differ(a, b) && a.end.Sub(b.end).Abs() > s.config.TimeTolerance && !stop.Done()
	}
	r.says = func(c *cell) string { return "appointment " + c.Value }
	r.ask = func(a, b string) query {
		return query{"facility", "is the appointment at " + at(stop) + " " + a + ", or " + b + "?"}
	}
	for i := range stop.WindowsOf {
		w := &stop.WindowsOf[i]
		if w.IsZero() {
			continue
		}
		c := cell{at: w.Start, end: w.End, day: w.DayOnly, CompareCell: CompareCell{Value: windowWords(w, stop.Zone), Note: w.Note}}
		c.claim = freight.Claim{Subject: freight.Stop(stop.Seq), Fact: freight.FactWindow, Value: freight.Value{Type: w.Type, Note: w.Note}}
		v := &c.claim.Value
		if w.DayOnly {
			y, m, d := w.End.Add(-time.Minute).In(locationOf(stop.Zone)).Date()
			v.Start = freight.Day(y, m, d)
		} else {
			v.Start, v.End = whenIn(w.Start, stop.Zone), whenIn(w.End, stop.Zone)
		}
		s.add(r, &w.Provenance, c)
	}
	s.finish(r, s.orders.Windows)
}

func windowWords(w *freight.ToldWindow, zone string) string {
	loc := locationOf(zone)
	from, to := w.Start.In(loc), w.End.In(loc)
	switch {
	case w.DayOnly:
		return to.Add(-time.Minute).Format("Mon 2 Jan") + ", no time"
	case w.Start.IsZero() || w.Start.Equal(w.End):
		return timeline.Stamp(w.End, zone)
	case from.YearDay() == to.YearDay() && from.Year() == to.Year():
		return from.Format("Mon 2 Jan 15:04") + " to " + timeline.ClockStamp(w.End, zone)
	}
	return timeline.Stamp(w.Start, zone) + " to " + timeline.Stamp(w.End, zone)
}

func (s *sides) amountRow(stop *freight.StopLine, fact freight.Fact, name string, a *freight.Amount) {
	if a == nil {
		return
	}
	r := stopRow(stop, fact, name)
	r.differ = func(a, b *cell) bool {
		if fact == freight.FactWeight {
			return abs(a.num-b.num) > s.config.WeightShare*a.num
		}
		return a.num != b.num
	}
	r.says = func(c *cell) string { return c.Value + " " + strings.ToLower(name) }
	if fact == freight.FactWeight {
		r.says = nil
	}
	r.ask = func(a, b string) query {
		return query{"facility", strings.ToLower(name) + " at " + at(stop) + ": " + a + ", or " + b + "?"}
	}
	for i := range a.Claims {
		told := &a.Claims[i]
		figure, unit, _ := strings.Cut(told.Value, " ")
		n, err := strconv.ParseFloat(figure, 64)
		if err != nil {
			continue
		}
		c := cell{num: n, CompareCell: CompareCell{Value: told.Value, Note: told.Note}}
		if strings.EqualFold(unit, "KG") {
			c.num = n / 0.45359237
		}
		c.claim = freight.Claim{Subject: freight.Stop(stop.Seq), Fact: fact, Value: freight.Value{Num: n, Has: 1, Unit: unit}}
		s.add(r, &told.Provenance, c)
	}
	s.finish(r, s.orders.Plan)
}

func abs(f float64) float64 { return max(f, -f) }

func (s *sides) knownRow(fact freight.Fact, typ, name string, k freight.Known, trust timeline.Trust) {
	r := &row{part: string(fact), CompareRow: CompareRow{Field: string(fact), Type: typ, Name: name, CanAccept: true}}
	if typ != "" {
		r.part = strings.ToLower(typ)
	}
	r.differ = func(a, b *cell) bool { return freight.NormalRef(a.Value) != freight.NormalRef(b.Value) }
	r.ask = func(a, b string) query {
		return query{"dispatcher", "which " + strings.ToLower(name) + " is right: " + a + ", or " + b + "?"}
	}
	switch {
	case typ == "PHONE":
		r.differ = func(a, b *cell) bool { return freight.Digits(a.Value) != freight.Digits(b.Value) }
	case fact == freight.FactEquipment && typ != "KIND":
		r.differ = func(a, b *cell) bool { return !sameNumber(a.Value, b.Value) }
		r.ask = func(a, b string) query {
			return query{"driver", "which " + strings.ToLower(name) + " is it: " + a + ", or " + b + "?"}
		}
	}
	for i := range k.Claims {
		told := &k.Claims[i]
		if told.Value == "" {
			continue
		}
		s.add(r, &told.Provenance, cell{CompareCell: CompareCell{Value: told.Value, Note: told.Note},
			claim: freight.Claim{Fact: fact, Value: freight.Value{Type: typ, Text: told.Value}}})
	}
	s.finish(r, trust)
}

// single are the numbers of which a load has one.
var single = []freight.RefType{freight.RefPRO, freight.RefBOL}

func (s *sides) referenceRows() {
	var types []freight.RefType
	for i := range s.t.Refs {
		if r := &s.t.Refs[i]; r.Type != freight.RefLoad && !r.IsTaught() && !slices.Contains(types, r.Type) {
			types = append(types, r.Type)
		}
	}
	for _, typ := range types {
		s.referenceRow(typ)
	}
}

func (s *sides) referenceRow(typ freight.RefType) {
	r := &row{part: string(typ), CompareRow: CompareRow{Field: string(freight.FactReference), Type: string(typ), Name: string(typ) + " number", CanAccept: true}}
	r.differ = func(a, b *cell) bool {
		return !slices.ContainsFunc(a.all, func(x string) bool {
			return slices.ContainsFunc(b.all, func(y string) bool { return sameNumber(x, y) })
		})
	}
	if !slices.Contains(single, typ) || len(s.t.Shipments) > 1 {
		r.clash = func(a, b *cell) bool { return false }
	}
	r.says = func(c *cell) string { return string(typ) + " " + c.Value }
	r.ask = func(a, b string) query {
		return query{"dispatcher", "which " + string(typ) + " number is right: " + a + ", or " + b + "?"}
	}
	for i := range s.t.Refs {
		ref := &s.t.Refs[i]
		if ref.Type != typ || ref.IsTaught() {
			continue
		}
		s.addNumber(r, ref, &ref.Provenance)
		for _, also := range ref.Also {
			if p := s.whoGave(also, ref); p != nil {
				s.addNumber(r, ref, p)
			}
		}
	}
	s.finish(r, s.orders.Plan)
}

// addNumber adds one of the numbers that a source gives.
func (s *sides) addNumber(r *row, ref *freight.KnownRef, p *freight.Provenance) {
	for _, c := range r.cells {
		if c.src == p.Source {
			c.all = append(c.all, ref.Value)
			c.Value += ", " + ref.Value
			return
		}
	}
	v := freight.Value{Type: string(ref.Type), Text: ref.Value, Scope: ref.Scope}
	s.add(r, p, cell{all: []string{ref.Value}, CompareCell: CompareCell{Value: ref.Value}, claim: freight.Claim{Fact: freight.FactReference, Value: v}})
}

// whoGave is where a source last gave a number, as a claim or as the name by which it calls the load.
func (s *sides) whoGave(src freight.Source, ref *freight.KnownRef) *freight.Provenance {
	var last *freight.Observation
	for _, o := range s.log {
		gives := slices.ContainsFunc(o.Names, func(n freight.Reference) bool { return n.Type == ref.Type && n.Key() == ref.Key() }) ||
			slices.ContainsFunc(o.Claims, func(c freight.Claim) bool {
				return c.Fact == freight.FactReference && c.Value.Type == string(ref.Type) && freight.NormalRef(c.Value.Text) == ref.Key()
			})
		if o.Source == src && gives && (last == nil || o.StatedAt.After(last.StatedAt)) {
			last = o
		}
	}
	if last == nil {
		return nil
	}
	return &freight.Provenance{Observation: last.ID, Source: last.Source, StatedAt: last.StatedAt, ReceivedAt: last.ReceivedAt}
}
