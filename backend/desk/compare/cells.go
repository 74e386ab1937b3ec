package compare

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// row is a row being drawn.
type row struct {
	CompareRow
	part   string // the field as contradictions and what dismisses them name it
	cells  []*cell
	differ func(a, b *cell) bool   // their words are not the same
	clash  func(a, b *cell) bool   // they contradict each other; nil: where they differ
	says   func(c *cell) string    // a cell's word in a sentence; nil: its value
	ask    func(a, b string) query // the question that settles two values
	spoken bool                    // the contradiction is told already
}

// query is a question with whom to ask.
type query struct{ whom, text string }

// cell is one source's word being drawn.
type cell struct {
	CompareCell
	src   freight.Source
	kind  freight.SourceKind
	name  string        // of its column
	claim freight.Claim // what accepting it states; no fact where it cannot be accepted
	at    time.Time
	end   time.Time // of a window
	day   bool      // a day without a time
	num   float64
	all   []string // every number a source gives, of references
}

// add puts a source's word into a row. Of two words of one column the later counts.
func (s *sides) add(r *row, p *freight.Provenance, c cell) *cell {
	own, _ := withoutPortal(p.Source)
	c.src, c.kind, c.name = p.Source, own.Kind, nameOf(p.Source)
	c.Column, c.Source, c.Observation = p.Source.String(), own.String(), p.Observation.String()
	c.StatedAt, c.ReceivedAt = desk.InZone(p.StatedAt, r.Zone), *desk.InZone(p.ReceivedAt, r.Zone)
	c.At = desk.InZone(c.at, r.Zone)
	if c.Written == c.Value {
		c.Written = ""
	}
	if o := s.log[p.Observation]; o != nil && o.By != "" && own.Kind != freight.User {
		c.Note = strings.TrimSpace(c.Note + " taken down by " + o.By)
	} else if o != nil && own.Kind == freight.User {
		c.Note = strings.TrimSpace(c.Note + " by " + o.By)
	}
	for i, had := range r.cells {
		if had.src == c.src {
			if p.StatedAt.After(timeOf(had.StatedAt)) {
				*r.cells[i] = c
			}
			return r.cells[i]
		}
	}
	r.cells = append(r.cells, &c)
	return &c
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// finish names what is accepted, who agrees with it, who contradicts it, and puts the row on the sheet. The first cell is the
// accepted one unless the row says otherwise.
func (s *sides) finish(r *row, trust timeline.Trust) {
	if len(r.cells) == 0 {
		return
	}
	r.Key = keyOf(&r.CompareRow)
	first := r.cells[0]
	if r.Accepted == nil {
		r.Accepted = &AcceptedWord{Column: first.Column, Source: first.Source, Value: first.Value}
	}
	for i, c := range r.cells {
		c.TrustRank = trust.Rank(c.kind)
		if r.differ != nil {
			c.Agrees = i == 0 || !r.differ(first, c)
		}
	}
	if r.clash == nil {
		r.clash = r.differ
	}
	if r.clash != nil && !r.spoken {
		s.contradict(r)
	}
	s.settled(r)
	slices.SortStableFunc(r.cells, func(a, b *cell) int { return columnAt(s.columns, a.Column) - columnAt(s.columns, b.Column) })
	s.rows = append(s.rows, r)
}

func columnAt(list []CompareColumn, key string) int {
	return slices.IndexFunc(list, func(c CompareColumn) bool { return c.Key == key })
}

// keyOf names a row: "status", "delivered/2", "equipment/trailer".
func keyOf(r *CompareRow) string {
	key := r.Field
	if r.Type != "" {
		key += "/" + strings.ToLower(r.Type)
	}
	if r.Stop > 0 {
		key += "/" + strconv.Itoa(r.Stop)
	}
	return key
}

// contradict tells the accepted word against the one of the most trusted source that contradicts it. Where a person of the
// desk spoke last, it is settled.
func (s *sides) contradict(r *row) {
	first := r.cells[0]
	var other *cell
	for _, c := range r.cells[1:] {
		settled := first.kind == freight.User && !first.ReceivedAt.Before(c.ReceivedAt)
		if !settled && r.clash(first, c) && (other == nil || c.TrustRank < other.TrustRank) {
			other = c
		}
	}
	if other == nil {
		return
	}
	says := r.says
	if says == nil {
		says = func(c *cell) string { return c.Value }
	}
	r.Contradiction = first.name + " says " + says(first) + "; " + other.name + " says " + says(other)
	s.ask(r, first, other)
	r.mark(first, other)
}

// ask sets the one question that settles two words, put to somebody who is neither of the two.
func (s *sides) ask(r *row, a, b *cell) {
	if r.ask == nil {
		return
	}
	q := r.ask(a.Value, b.Value)
	if q.whom == "driver" && (a.kind == freight.DriverSrc || b.kind == freight.DriverSrc) {
		q.whom = "facility"
	}
	if q.whom == "facility" && (a.kind == freight.Facility || b.kind == freight.Facility) {
		q.whom = "dispatcher"
	}
	r.AskWhom, r.Question = q.whom, strings.ToUpper(q.text[:1])+q.text[1:]
}

// mark sets apart the cells that differ from most others; of two that differ, the one that is not accepted.
func (r *row) mark(first, other *cell) {
	with := func(c *cell) (n int) {
		for _, o := range r.cells {
			if o == c || !r.clash(c, o) {
				n++
			}
		}
		return n
	}
	most := first
	if with(other) > with(first) {
		most = other
	}
	for _, c := range r.cells {
		c.Odd = c != most && r.clash(most, c)
	}
}

// settled looks for who noted that the contradiction is known, and for the exception about it.
func (s *sides) settled(r *row) {
	if r.Contradiction == "" {
		return
	}
	var known time.Time
	for _, c := range r.cells {
		if c.ReceivedAt.After(known) {
			known = c.ReceivedAt
		}
	}
	for i := range s.t.Acts {
		a := &s.t.Acts[i]
		if a.Fact == freight.FactDismissed && strings.EqualFold(a.Type, r.part) && (a.Stop == 0 || a.Stop == r.Stop) && !a.ReceivedAt.Before(known) {
			r.Dismissed = &DismissedWord{By: a.By, At: *desk.Moment(a.StatedAt), Note: a.Note, Observation: a.Observation.String()}
		}
	}
	for i := range s.exceptions {
		e := &s.exceptions[i]
		if e.Open() && e.Topic == "conflict" && strings.EqualFold(e.Part, r.part) && e.Stop == r.Stop {
			r.Exception = e.ID
		}
	}
}

func (r *row) shown() CompareRow {
	out := r.CompareRow
	for _, c := range r.cells {
		out.Cells = append(out.Cells, c.CompareCell)
	}
	return out
}

// sameNumber reports whether two numbers of a truck or a paper are one, written with or without prefix, zeros, punctuation.
func sameNumber(a, b string) bool {
	x, y := strings.TrimLeft(freight.NormalRef(a), "0"), strings.TrimLeft(freight.NormalRef(b), "0")
	if len(x) < len(y) {
		x, y = y, x
	}
	return strings.HasSuffix(x, y) && (len(x) == len(y) || len(y) >= 3)
}
