package kpi

import (
	"fmt"
	"time"
)

// calls are the check calls that were due: how many were needed, made, and answered.
func (b *book) calls() {
	grace := time.Duration(b.def.CallGrace) * time.Minute
	covered := b.share("calls.coverage", "Check-call coverage", fmt.Sprintf(
		"Check calls of the period's loads that were answered or done within %d min of their due time, or covered by data, by those due by the report. Calls that fell away before they were due are left out.", b.def.CallGrace))
	saved := b.count("calls.saved", "Calls saved", "Check calls that nobody had to make because data covered them.")
	first := b.share("calls.firstReach", "First-contact reach", "Check calls answered at the first attempt, by check calls that were attempted.")
	for _, l := range b.loads {
		for i := range l.Calls {
			c := &l.Calls[i]
			row := func() KPIRow {
				r := l.row()
				r.What, r.Stop, r.Due, r.Actual, r.Outcome = c.Key, c.Stop, at(c.Due, ""), at(c.Ended, ""), c.How
				return r
			}
			saved.hit(c.How == "covered", row)
			b.call(c, grace, covered, row)
			switch {
			case c.How == "answered":
				first.hit(c.Attempts == 0, row)
			case c.Attempts > 0:
				first.hit(false, row)
			}
		}
	}
}

func (b *book) call(c *Call, grace time.Duration, t *tally, row func() KPIRow) {
	made := c.How == "answered" || c.How == "done"
	switch {
	case c.How == "covered":
		t.hit(true, row)
	case made:
		t.hit(!c.Ended.After(c.Due.Add(grace)), row)
	case c.How == "lapsed" && c.Ended.Before(c.Due.Add(grace)):
		t.leave("fell away", row)
	case c.Due.Add(grace).After(b.in.AsOf):
		t.leave("not due yet", row)
	default:
		t.hit(false, row)
	}
}
