package verdict

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
)

var (
	exceptions   = []string{paper.Refused, paper.Short, paper.Over, paper.Damaged}
	reservations = []string{paper.SLC, paper.STC}
)

// all are the checks of a document against its load.
func (j *judging) all() []paper.Check {
	checks := []paper.Check{j.matched(), j.numbers()}
	for _, t := range j.standing.Terms {
		checks = append(checks, j.field(t))
	}
	if j.delivery {
		checks = append(checks, j.dateOrder())
	}
	for _, name := range []string{SignedShipper, SignedDriver, SignedConsignee} {
		if c, asked := j.signed(name); asked {
			checks = append(checks, c)
		}
	}
	checks = append(checks, j.printedName(), j.noted(Unreserved, reservations), j.noted(Clean, exceptions))
	for _, w := range j.c.Document.Unread {
		checks = append(checks, paper.Check{Name: Writing, State: Unknown, Page: w.Page, Box: w.Box})
	}
	return checks
}

func (j *judging) matched() paper.Check {
	c := paper.Check{Name: Matched, State: Unknown, Desk: j.c.Match.Load}
	if j.c.Match.Load != "" {
		c.State = Passed
	}
	return c
}

// numbers counts the references that agree.
func (j *judging) numbers() paper.Check {
	c := paper.Check{Name: Numbers, State: Unknown}
	var agree, had []string
	for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal} {
		t := j.standing.Term(field)
		if t.Desk != "" {
			had = append(had, whose.Called(field))
		}
		if t.State == whose.Same {
			agree = append(agree, whose.Called(field))
			if c.Page == 0 {
				c.Page, c.Box = t.Paper.Page, t.Paper.Box
			}
		}
	}
	c.Paper, c.Desk = strings.Join(agree, ", "), strings.Join(had, ", ")
	if len(agree) > 0 && len(agree) >= min(j.p.Agreeing, len(had)) {
		c.State = Passed
	}
	return c
}

// field is a load's field as a check.
func (j *judging) field(t whose.Term) paper.Check {
	c := paper.Check{Name: t.Field, State: Unknown, Paper: t.Paper.Value, Desk: t.Desk, Page: t.Paper.Page, Box: t.Paper.Box}
	switch t.State {
	case whose.Same:
		c.State = Passed
	case whose.Other:
		c.State = Failed
	}
	switch t.Field {
	case paper.Weighed:
		if c.State == Failed && within(c.Paper, c.Desk, j.p.WeightWithin) {
			c.State = Passed
		}
	case paper.PickupDate, paper.DeliveryDate:
		c.State = j.planned(c, t)
	}
	return c
}

func within(a, b string, part float64) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= part*y
}

// planned holds a date against the plan: trips run late, so a few days more are no contradiction; handwriting alone
// contradicts nothing but the order of dates.
func (j *judging) planned(c paper.Check, t whose.Term) string {
	paperDay, errP := time.Parse(time.DateOnly, c.Paper)
	deskDay, errD := time.Parse(time.DateOnly, c.Desk)
	switch {
	case errP != nil || errD != nil:
		return Unknown
	case math.Abs(paperDay.Sub(deskDay).Hours())/24 <= float64(j.p.DaysWithin):
		return Passed
	case t.Paper.Hand || t.Paper.Confidence < legible:
		return Unknown
	}
	return Failed
}

// dateOrder holds the day of delivery against the day of pickup: the paper's own, and the load's.
func (j *judging) dateOrder() paper.Check {
	c := paper.Check{Name: DateOrder, State: Unknown}
	delivered := j.c.Document.Fields[paper.DeliveryDate]
	if len(delivered) == 0 {
		return c
	}
	d := delivered[0]
	c.Paper, c.Page, c.Box = d.Value, d.Page, d.Box
	day, err := time.Parse(time.DateOnly, d.Value)
	if err != nil {
		return c
	}
	if t := j.standing.Term(paper.DeliveryDate); t.State == whose.Same || t.State == whose.Close {
		c.Paper, c.Page, c.Box = t.Paper.Value, t.Paper.Page, t.Paper.Box
		day, _ = time.Parse(time.DateOnly, t.Paper.Value)
	}
	var picked []string
	if v := j.c.Document.Fields.First(paper.PickupDate); v != "" {
		picked = append(picked, v)
	}
	if t := j.standing.Term(paper.PickupDate); t.Desk != "" {
		picked = append(picked, t.Desk)
	}
	for _, p := range picked {
		from, err := time.Parse(time.DateOnly, p)
		if err != nil {
			continue
		}
		if c.Desk = p; day.Before(from) {
			c.State = Failed
			return c
		}
		c.State = Passed
	}
	if len(picked) == 0 {
		c.State = Passed // nothing to hold it against
	}
	return c
}

// signed checks one role; asked is false where the document neither needs the role nor has a line for it.
func (j *judging) signed(name string) (c paper.Check, asked bool) {
	role := signRole[name]
	s, printed := j.c.Document.Signatures[role]
	needed := false
	for _, n := range j.signers() {
		needed = needed || n == name
	}
	if !needed {
		for _, n := range j.required() {
			needed = needed || n == name
		}
	}
	c = paper.Check{Name: name, State: Unknown, Page: s.Page, Box: s.Box}
	switch {
	case s.Present:
		c.State, c.Paper = Passed, "signed"
	case printed && needed:
		c.State, c.Paper = Failed, "not signed"
	}
	return c, needed || s.Present
}

func (j *judging) printedName() paper.Check {
	c := paper.Check{Name: paper.Name, State: Unknown}
	if names := j.c.Document.Fields[paper.Name]; len(names) > 0 {
		c.State, c.Paper, c.Page, c.Box = Passed, names[0].Value, names[0].Page, names[0].Box
	}
	return c
}

// notations are the kinds noted on the document that are among those asked for, in their order.
func (j *judging) notations(kinds []string) []string {
	var out []string
	for _, kind := range kinds {
		for _, n := range j.c.Document.Notations {
			if kindOf(n) == kind {
				out = append(out, kind)
				break
			}
		}
	}
	return out
}

// kindOf folds "subject to count" into STC: both say that the carrier does not vouch for the count.
func kindOf(n paper.Notation) string {
	if n.Kind == paper.SubjectToCount {
		return paper.STC
	}
	return n.Kind
}

// noted fails where one of the kinds is noted.
func (j *judging) noted(name string, kinds []string) paper.Check {
	c := paper.Check{Name: name, State: Passed}
	for _, n := range j.c.Document.Notations {
		for _, kind := range kinds {
			if kindOf(n) == kind && c.State == Passed {
				c.State, c.Paper, c.Page, c.Box = Failed, fmt.Sprintf("%s: %s", kind, n.Text), n.Page, n.Box
			}
		}
	}
	return c
}
