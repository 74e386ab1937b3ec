package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// never is for rows whose words may differ without anybody being wrong.
func never(_, _ *cell) bool { return false }

// lastEvents is what each source last tells to have happened, the latest first.
func (s *sides) lastEvents() []toldEvent {
	last := map[freight.Source]toldEvent{}
	for i := range s.t.Stops {
		stop := &s.t.Stops[i]
		for _, k := range []*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
			if k == nil {
				continue
			}
			for j := range k.Claims {
				told := &k.Claims[j]
				if had, ok := last[told.Source]; ok && told.At.Before(had.told.At) {
					continue
				}
				last[told.Source] = toldEvent{k.Fact, stop, told}
			}
		}
	}
	var out []toldEvent
	for i := range s.columnSources {
		if e, ok := last[s.columnSources[i]]; ok {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b toldEvent) int { return b.told.At.Compare(a.told.At) })
	return out
}

// toldEvent is one source's word that something happened at a stop.
type toldEvent struct {
	fact freight.Fact
	stop *freight.StopLine
	told *freight.ToldTime
}

// words is "delivered Mon 23 Nov 13:05 MST, stop 2".
func (e toldEvent) words() string {
	return fmt.Sprintf("%s %s, stop %d", strings.ToLower(factNames[e.fact]), timeCell(e.told, e.stop.Zone).Value, e.stop.Seq)
}

// eventRow is the last event that each source tells. The row of the event itself is where a word is accepted.
func (s *sides) eventRow() {
	r := &row{part: "event", clash: never, CompareRow: CompareRow{Field: "event", Name: "Last event", Zone: s.zone()}}
	r.differ = func(a, b *cell) bool { return a.all[0] != b.all[0] }
	for _, e := range s.lastEvents() {
		c := timeCell(e.told, e.stop.Zone)
		c.Value = e.words()
		c.all = []string{fmt.Sprint(e.fact, e.stop.Seq)}
		s.add(r, &e.told.Provenance, c)
	}
	s.finish(r, s.orders.Actuals)
}

// statusRow is each source's own status word against where the load stands by its events.
func (s *sides) statusRow() {
	r := &row{part: string(freight.FactStatus), spoken: true, clash: never, CompareRow: CompareRow{Field: string(freight.FactStatus), Name: "Status", Zone: s.zone(), CanAccept: true}}
	for i := range s.t.Statuses {
		w := &s.t.Statuses[i]
		c := cell{at: w.At, CompareCell: CompareCell{Value: w.Text}, claim: freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Type: w.Type, Text: w.Text}}}
		s.add(r, &w.Provenance, c)
	}
	if len(r.cells) == 0 {
		return
	}
	s.statusContradicts(r)
	stage := timeline.StageOfState(s.t.State)
	r.Accepted = &AcceptedWord{Value: plainState(s.t.State)}
	if last := s.lastEvents(); len(last) > 0 {
		own, _ := withoutPortal(last[0].told.Source)
		r.Accepted.Column, r.Accepted.Source = last[0].told.Source.String(), own.String()
	}
	s.finish(r, s.orders.Actuals)
	for _, c := range r.cells {
		told, known := timeline.StageOf(c.Value)
		c.Agrees = known && (told == stage || told <= 1 && stage <= 1)
	}
}

// statusContradicts tells a status word that the events contradict, against whoever told the last of them. A person's later
// word on the status settles it.
func (s *sides) statusContradicts(r *row) {
	var settled time.Time
	for _, c := range r.cells {
		if c.kind == freight.User && c.ReceivedAt.After(settled) {
			settled = c.ReceivedAt
		}
	}
	for i := range s.t.Problems {
		p := &s.t.Problems[i]
		if p.Kind != "statusWord" || len(p.Evidence) == 0 {
			continue
		}
		at := slices.IndexFunc(r.cells, func(c *cell) bool { return c.Observation == p.Evidence[0].String() && c.kind != freight.User })
		if at < 0 || !settled.Before(r.cells[at].ReceivedAt) {
			continue
		}
		c := r.cells[at]
		c.Odd = true
		if r.Contradiction != "" {
			continue
		}
		r.ask = func(a, b string) query { return query{"driver", "where does the load stand: " + a + ", or " + b + "?"} }
		last := s.lastEvents()
		if len(last) == 0 {
			r.Contradiction = c.name + " says " + c.Value + "; no event on file says so"
			s.ask(r, &cell{CompareCell: CompareCell{Value: plainState(s.t.State)}}, c)
			continue
		}
		own, _ := withoutPortal(last[0].told.Source)
		r.Contradiction = nameOf(last[0].told.Source) + " says " + last[0].words() + "; " + c.name + " says " + c.Value
		s.ask(r, &cell{kind: own.Kind, CompareCell: CompareCell{Value: last[0].words()}}, c)
	}
	if r.Contradiction == "" {
		s.statusLags(r, settled)
	}
}

// statusLags tells a status word that was true once and has not followed the events: no finding of the rules, but what a
// person who compares wants to see.
func (s *sides) statusLags(r *row, settled time.Time) {
	stage, last := timeline.StageOfState(s.t.State), s.lastEvents()
	for _, c := range r.cells {
		told, known := timeline.StageOf(c.Value)
		repeats := c.kind == freight.TMS || told > 1 // a carrier that accepted the tender has said so once
		if !known || told >= stage || stage <= 1 || !repeats || c.kind == freight.User || !settled.Before(c.ReceivedAt) || len(last) == 0 || last[0].told.Source == c.src {
			continue
		}
		c.Odd = true
		if r.Contradiction == "" {
			r.Contradiction = nameOf(last[0].told.Source) + " says " + last[0].words() + "; " + c.name + " still " + c.Value
			r.ask = func(a, b string) query { return query{"driver", "where does the load stand: " + a + ", or " + b + "?"} }
			own, _ := withoutPortal(last[0].told.Source)
			s.ask(r, &cell{kind: own.Kind, CompareCell: CompareCell{Value: last[0].words()}}, c)
		}
	}
}

// plainState is a state as people say it: "in transit".
func plainState(state freight.LoadState) string {
	var out strings.Builder
	for _, r := range string(state) {
		if r >= 'A' && r <= 'Z' {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return strings.ToLower(out.String())
}

// positionRow is where each source last saw the truck. Positions of different instants differ without a contradiction.
func (s *sides) positionRow() {
	r := &row{part: string(freight.FactPosition), CompareRow: CompareRow{Field: string(freight.FactPosition), Name: "Position", Zone: s.zone()}}
	last := map[freight.Source]freight.Position{}
	for _, fix := range s.t.Trail {
		src, at := s.t.Tellers[fix.By], time.Unix(fix.At, 0)
		if had, ok := last[src]; ok && at.Before(had.At) {
			continue
		}
		p := freight.Position{At: at, Place: freight.Place{Lat: float64(fix.Lat), Lon: float64(fix.Lon)},
			Provenance: freight.Provenance{Observation: fix.Observation, Source: src, StatedAt: at, ReceivedAt: time.Unix(fix.Received, 0)}}
		if o := s.log[fix.Observation]; o != nil {
			p.StatedAt, p.ReceivedAt = o.StatedAt, o.ReceivedAt
			if place := seenAt(o); !place.IsZero() {
				p.Place = place
			}
		}
		last[src] = p
	}
	if p := s.t.Position; p != nil && !p.At.Before(last[p.Source].At) {
		last[p.Source] = *p
	}
	var seen []freight.Position
	for _, src := range s.columnSources {
		if p, ok := last[src]; ok {
			seen = append(seen, p)
		}
	}
	slices.SortStableFunc(seen, func(a, b freight.Position) int { return b.At.Compare(a.At) })
	for i := range seen {
		p := &seen[i]
		c := cell{at: p.At, CompareCell: CompareCell{Value: placeWords(p.Place)}}
		if p.Coarse {
			c.Note = "the middle of the place"
		}
		s.add(r, &p.Provenance, c)
	}
	s.finish(r, s.orders.Actuals)
}

// seenAt is the place of an observation's one position; nothing where it holds several.
func seenAt(o *freight.Observation) (place freight.Place) {
	n := 0
	for i := range o.Claims {
		if c := &o.Claims[i]; c.Fact == freight.FactPosition {
			place, n = c.Value.Place, n+1
		}
	}
	if n != 1 {
		return freight.Place{}
	}
	return place
}

func placeWords(p freight.Place) string {
	if words := p.String(); words != "" {
		return words
	}
	return fmt.Sprintf("%.4f, %.4f", p.Lat, p.Lon)
}

var paperNames = map[string]string{freight.POP: "POP", freight.POD: "POD"}

// paperRow is what is on file of a paper, and what each source says of it. Papers are judged where they can be looked at.
func (s *sides) paperRow(kind string) {
	r := &row{part: kind, spoken: true, clash: never, CompareRow: CompareRow{Field: string(freight.FactDocument), Type: kind, Name: paperNames[kind]}}
	r.differ = func(a, b *cell) bool { return a.Value != b.Value }
	for i := range s.t.Documents {
		if d := &s.t.Documents[i]; d.Kind == kind {
			s.add(r, &d.Provenance, cell{CompareCell: CompareCell{Value: cmp.Or(d.State, string(freight.PaperReceived)), Note: d.Note}})
		}
	}
	onFile := len(r.cells) > 0
	for _, src := range s.columnSources {
		var last *freight.Observation
		var says freight.Value
		for _, o := range s.log {
			for i := range o.Claims {
				c := &o.Claims[i]
				if o.Source == src && c.Fact == freight.FactPaper && strings.EqualFold(c.Value.Type, kind) && (last == nil || o.StatedAt.After(last.StatedAt)) {
					last, says = o, c.Value
				}
			}
		}
		if last != nil && !says.None {
			s.add(r, &freight.Provenance{Observation: last.ID, Source: src, StatedAt: last.StatedAt, ReceivedAt: last.ReceivedAt},
				cell{CompareCell: CompareCell{Value: strings.ToLower(says.Text), Note: says.Note}})
		}
	}
	for _, c := range r.cells {
		if onFile || c.Value == string(freight.PaperMissing) || r.Contradiction != "" {
			continue
		}
		c.Odd = true
		r.Contradiction = c.name + " says the " + r.Name + " is " + c.Value + "; none is on file"
		r.ask = func(string, string) query { return query{"dispatcher", "can you send the signed " + r.Name + "?"} }
		s.ask(r, c, c)
	}
	s.finish(r, s.orders.Plan)
	if len(r.cells) == 0 {
		return
	}
	state := string(s.t.Papers[kind])
	r.Accepted = &AcceptedWord{Value: state}
	for _, c := range r.cells {
		if c.Agrees = c.Value == state; c.Agrees && r.Accepted.Column == "" {
			r.Accepted = &AcceptedWord{Column: c.Column, Source: c.Source, Value: c.Value}
		}
	}
}

// hear gives every column a source of its own: what a source's page says stands beside what its messages say, and what the
// people of the desk stated is one log. What was taken back says nothing.
func (s *sides) hear(log []freight.Observation) {
	gone := desk.TakenBack(log)
	for i := range log {
		o := &log[i]
		switch {
		case o.Source.Kind == freight.User:
			o.Source.Account = ""
		case o.Channel == freight.ByPortal:
			o.Source.Account += viaPortal
		}
		if gone[o.ID] || !o.Retracts.IsZero() {
			continue
		}
		s.log[o.ID] = o
		if o.StatedAt.After(s.last[o.Source]) {
			s.last[o.Source] = o.StatedAt
		}
	}
}
