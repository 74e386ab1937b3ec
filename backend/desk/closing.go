package desk

import (
	"context"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// ClosedWord is the status by which a person closes a load.
const ClosedWord = "closed"

// Closes reports whether a claim of a person closes the load.
func Closes(c *freight.Claim) bool {
	return c.Fact == freight.FactStatus && !c.Value.None && strings.EqualFold(freight.NormalRef(c.Value.Text), ClosedWord)
}

// MayClose refuses a load that has milestones open without a reason, and names them.
func (d *Desk) MayClose(ctx context.Context, found store.Load) error {
	s, err := d.Standing(ctx, found)
	if err != nil {
		return err
	}
	if s.Timeline.State == freight.Closed {
		return Conflict("Load %s is closed already.", found.Number)
	}
	if open := watch.CloseProblems(&s.Timeline); len(open) > 0 {
		return &Fault{Kind: "conflict", Message: "Load " + found.Number + " cannot be closed yet. " + strings.Join(open, ". ") + ".",
			Do: "Document and verify each, or give the reason why it may stay open."}
	}
	return nil
}

// Standing is all that is concluded of a load now.
func (d *Desk) Standing(ctx context.Context, found store.Load) (ledger.Standing, error) {
	return d.Ledger.Standing(ctx, found.ID, time.Time{}, d.Now())
}
