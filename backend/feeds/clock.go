package feeds

import (
	"context"
	"time"
)

// Clock is the transport's clock.
type Clock interface {
	Now() time.Time
	// Sleep waits, or ends with ctx and its error.
	Sleep(ctx context.Context, d time.Duration) error
}

type machine struct{}

func (machine) Now() time.Time { return time.Now() }

func (machine) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
