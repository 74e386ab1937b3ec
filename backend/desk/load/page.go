package load

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// page is a timeline and its verdict as screens and commands receive them.
func page(l store.Load, t *freight.Timeline, v freight.Verdict, now time.Time) Load {
	out := Load{ID: l.UID.String(), Load: t.Number, Account: t.Account, Provisional: t.Provisional, Customer: t.Customer.Value, Carrier: t.Carrier.Value,
		SCAC: t.SCAC.Value, Mode: t.Mode.Value, State: t.State, At: now, Attention: attention(v.Attention, now), Flags: t.Flags, Gone: t.Gone != nil,
		Papers: LoadPapers{POP: paper(t.Papers[freight.POP]), POD: paper(t.Papers[freight.POD])}}
	if out.Load == "" {
		out.Load = l.Number
	}
	if out.Account == "" {
		out.Account = l.Account
	}
	if out.Carrier == "" {
		out.Carrier = out.SCAC
	}
	for i := range v.Findings {
		out.Findings = append(out.Findings, finding(&v.Findings[i]))
	}
	if t.Tracking.State != "" {
		out.Tracking = Tracking{State: t.Tracking.State, Source: t.Tracking.Source.String(), At: desk.Moment(t.Tracking.At), Cause: t.Tracking.Cause}
	}
	for i := range t.Refs {
		r := &t.Refs[i]
		out.Refs = append(out.Refs, LoadRef{Type: r.Type, Value: r.Value, Scope: r.Scope, Source: r.Source.String()})
	}
	out.Facts = facts(t)
	if p := t.Position; p != nil {
		out.Position = &Position{At: p.At, Source: p.Source.String(), Place: p.Place.String(), Lat: p.Place.Lat, Lon: p.Place.Lon}
	}
	for i := range t.Stops {
		out.Stops = append(out.Stops, stop(&t.Stops[i]))
	}
	for i := range t.Unplaced {
		k := &t.Unplaced[i]
		out.Unplaced = append(out.Unplaced, UnplacedTime{Fact: k.Fact, At: desk.Moment(k.At), Source: k.Source.String(), Claims: times(k.Claims, "")})
	}
	for i := range t.Problems {
		p := &t.Problems[i]
		out.Problems = append(out.Problems, Problem{Kind: p.Kind, Stop: p.Stop, Why: p.Why, Evidence: ids(p.Evidence)})
	}
	out.Statuses, out.Notes, out.Exceptions, out.Others = words(t.Statuses), words(t.Notes), words(t.Exceptions), words(t.Others)
	for _, s := range t.Shipments {
		line := Shipment{Key: s.Key, Stop: s.Stop, Customer: s.Customer, Pieces: s.Pieces, Weight: s.Weight}
		for _, r := range s.Refs {
			line.Refs = append(line.Refs, LoadRef{Type: r.Type, Value: r.Value, Scope: r.Scope})
		}
		out.Shipments = append(out.Shipments, line)
	}
	return out
}

func paper(p freight.PaperState) freight.PaperState {
	if p == "" {
		return freight.PaperMissing
	}
	return p
}

func attention(a freight.Attention, now time.Time) LoadAttention {
	out := LoadAttention{Level: a.Level, Why: a.Why, Rule: a.Rule}
	if a.Dated() {
		minutes := int(a.Due.Sub(now).Round(time.Minute) / time.Minute)
		out.Due, out.Minutes = desk.Moment(a.Due), &minutes
	}
	return out
}

func finding(f *freight.Finding) Finding {
	out := Finding{Kind: f.Kind, Level: f.Level, Stop: f.Stop, Since: desk.Moment(f.Since), Why: f.Why, Evidence: ids(f.Evidence)}
	for _, in := range f.Inputs {
		out.Inputs = append(out.Inputs, Input(in))
	}
	return out
}

func ids(list []freight.ObservationID) (out freight.List[string]) {
	for _, id := range list {
		out = append(out, id.String())
	}
	return out
}

// facts are the load's named values, with every source's word.
func facts(t *freight.Timeline) (out freight.List[KnownFact]) {
	add := func(fact, typ string, k freight.Known) {
		if k.Value != "" || len(k.Claims) > 0 {
			out = append(out, KnownFact{Fact: fact, Type: typ, Value: k.Value, Agree: k.Agree, Claims: told(k.Claims)})
		}
	}
	add("customer", "", t.Customer)
	add("carrier", "", t.Carrier)
	add("scac", "", t.SCAC)
	add("mc", "", t.MC)
	add("dot", "", t.DOT)
	add("mode", "", t.Mode)
	for _, typ := range slices.Sorted(maps.Keys(t.Equipment)) {
		add("equipment", typ, t.Equipment[typ])
	}
	for _, typ := range slices.Sorted(maps.Keys(t.Driver)) {
		add("driver", typ, t.Driver[typ])
	}
	add("value_usd", "", t.ValueUSD)
	if t.TempMinF != nil || t.TempMaxF != nil {
		out = append(out, KnownFact{Fact: "temp_range", Value: degrees(t.TempMinF) + " to " + degrees(t.TempMaxF), Agree: true})
	}
	return out
}

func degrees(f *float64) string {
	if f == nil {
		return "…"
	}
	return strconv.FormatFloat(*f, 'f', -1, 64) + " °F"
}

func told(claims []freight.Told) (out freight.List[TextClaim]) {
	for i := range claims {
		c := &claims[i]
		out = append(out, TextClaim{Value: c.Value, Source: c.Source.String(), StatedAt: desk.Moment(c.StatedAt), ReceivedAt: c.ReceivedAt, Observation: c.Observation.String(), Note: c.Note})
	}
	return out
}

func stop(s *freight.StopLine) Stop {
	out := Stop{Seq: s.Seq, Kind: s.Kind, Place: s.Place.CityState(), Facility: s.Place.Facility, Address: s.Place.Address, Zone: s.Zone, ZoneHow: s.ZoneHow,
		Lat: s.Lat, Lon: s.Lon, ApptType: s.ApptType, Window: window(s.Window, s.Zone), Original: window(s.Original, s.Zone),
		Windows: windows(s.WindowsOf, s.Zone), History: windows(s.History, s.Zone),
		Arrived: actual(s.Arrived, s.Zone), Departed: actual(s.Departed, s.Zone), Loaded: actual(s.Loaded, s.Zone), Unloaded: actual(s.Unloaded, s.Zone),
		PickedUp: actual(s.PickedUp, s.Zone), Delivered: actual(s.Delivered, s.Zone)}
	if out.Place == "" {
		out.Place = s.Place.String()
	}
	if !s.Window.IsZero() {
		out.WindowBy = s.WindowBy.String()
	}
	if e := s.ETA; e != nil {
		out.ETA = &Estimate{At: desk.InZone(e.At, s.Zone), Source: e.Source.String(), StatedAt: desk.InZone(e.StatedAt, s.Zone), Claims: times(e.Claims, s.Zone)}
	}
	for _, am := range []struct {
		fact string
		a    *freight.Amount
	}{{"pieces", s.Pieces}, {"pallets", s.Pallets}, {"weight", s.Weight}} {
		if am.a == nil {
			continue
		}
		value := strconv.FormatFloat(am.a.Value, 'f', -1, 64)
		if am.a.Unit != "" {
			value += " " + am.a.Unit
		}
		out.Amounts = append(out.Amounts, Amount{Fact: am.fact, Value: value, Agree: am.a.Agree, Claims: told(am.a.Claims)})
	}
	return out
}

func window(w freight.Window, zone string) *StopWindow {
	if w.IsZero() {
		return nil
	}
	return &StopWindow{Start: desk.InZone(w.Start, zone), End: desk.InZone(w.End, zone), DayOnly: w.DayOnly}
}

func windows(list []freight.ToldWindow, zone string) (out freight.List[WindowClaim]) {
	for i := range list {
		w := &list[i]
		out = append(out, WindowClaim{Start: desk.InZone(w.Start, zone), End: desk.InZone(w.End, zone), DayOnly: w.DayOnly, Type: w.Type,
			Source: w.Source.String(), StatedAt: desk.Moment(w.StatedAt), ReceivedAt: w.ReceivedAt, Observation: w.Observation.String(), Note: w.Note})
	}
	return out
}

func actual(k *freight.KnownTime, zone string) *Actual {
	if k == nil {
		return nil
	}
	return &Actual{At: desk.InZone(k.At, zone), Source: k.Source.String(), Agree: k.Agree, Claims: times(k.Claims, zone)}
}

func times(claims []freight.ToldTime, zone string) (out freight.List[TimeClaim]) {
	for i := range claims {
		c := &claims[i]
		out = append(out, TimeClaim{At: desk.InZone(c.At, zone), Source: c.Source.String(), StatedAt: desk.Moment(c.StatedAt), ReceivedAt: c.ReceivedAt,
			Basis: c.Basis, Written: c.Written, DayOnly: c.DayOnly, Observation: c.Observation.String(), Note: c.Note})
	}
	return out
}

func words(list []freight.Word) (out freight.List[Word]) {
	for i := range list {
		w := &list[i]
		out = append(out, Word{Fact: w.Fact, Stop: w.Stop, Type: w.Type, Text: w.Text, Source: w.Source.String(), At: desk.Moment(w.At), ReceivedAt: w.ReceivedAt, Observation: w.Observation.String()})
	}
	return out
}

// history is the log of the load, newest received first, one line a claim. Local times are shown at their stop's zone.
func history(log []freight.Observation, t *freight.Timeline) (out freight.List[Observation]) {
	retracted := desk.TakenBack(log)
	slices.SortStableFunc(log, func(a, b freight.Observation) int {
		if n := b.ReceivedAt.Compare(a.ReceivedAt); n != 0 {
			return n
		}
		if n := b.StatedAt.Compare(a.StatedAt); n != 0 {
			return n
		}
		return cmp.Compare(a.ID.String(), b.ID.String())
	})
	told := map[freight.ObservationID]*freight.Observation{}
	for i := range log {
		told[log[i].ID] = &log[i]
	}
	for i := range log {
		these := lines(&log[i], t, retracted[log[i].ID])
		if !log[i].Retracts.IsZero() {
			these[0].Value = backInWords(&log[i], told[log[i].Retracts])
		}
		out = append(out, these...)
	}
	return out
}

// backInWords is what a retraction takes back, and why where that is said.
func backInWords(o, target *freight.Observation) string {
	says := "takes back " + o.Retracts.String()
	switch {
	case target != nil && !target.Retracts.IsZero():
		says = "takes back that something was taken back"
	case target != nil && len(target.Claims) > 0:
		c := &target.Claims[0]
		says = "takes back: " + strings.ReplaceAll(string(c.Fact), "_", " ")
		if n := c.Subject.Stop.Seq; n > 0 {
			says += fmt.Sprintf(" at stop %d", n)
		}
	}
	if o.Text != "" && o.Text != "undo" {
		says += ". " + o.Text
	}
	return says
}

func lines(o *freight.Observation, t *freight.Timeline, retracted bool) []Observation {
	base := Observation{ID: o.ID.String(), ReceivedAt: o.ReceivedAt, StatedAt: desk.Moment(o.StatedAt), Source: o.Source.String(), Channel: string(o.Channel),
		By: o.By, Text: o.Text, Where: o.Raw.Where, Retracted: retracted}
	if !o.Retracts.IsZero() {
		base.Kind, base.Retracts, base.Value = "retraction", o.Retracts.String(), "takes back "+o.Retracts.String()
		return []Observation{base}
	}
	out := make([]Observation, 0, len(o.Claims))
	for i := range o.Claims {
		c := &o.Claims[i]
		line := base
		line.Kind, line.Stop, line.Value = string(c.Fact), c.Subject.Stop.Seq, c.ValueText()
		line.OccurredAt = desk.Occurred(c, t)
		out = append(out, line)
	}
	return out
}
