package desk

import (
	"context"

	"tracedesk/backend/ledger"
)

// FoldSoon folds what is behind the log: in the background of a desk that runs, where the old answer is shown meanwhile, else
// at once, since nobody would do it later.
func (d *Desk) FoldSoon(ctx context.Context, l *ledger.Ledger) error {
	if d.running == nil {
		return l.FoldDirty(ctx, nil)
	}
	d.Go(d.running, "the board cannot be brought up to date", func(ctx context.Context) error { return l.FoldDirty(ctx, nil) })
	return nil
}
