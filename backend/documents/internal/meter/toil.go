package meter

import (
	"context"
	"errors"
)

// ErrToil is that a module took more work than it may.
var ErrToil = errors.New("the work is more than one paper may take")

// Toil is what a module with a meter may still do: its standard output. The module writes zero bytes to it in the midst of its
// work, on the goroutine that waits for the work; a panic there ends it. Not for two goroutines at once.
type Toil struct {
	ctx  context.Context // of the work under way; nil before the first
	left int
	over error
}

// Begin sets what may be done from now on: so many times what the meter tells after, until ctx ends.
func (t *Toil) Begin(ctx context.Context, times int) { t.ctx, t.left = ctx, times }

// Over is why the module was stopped, ErrToil or the error of its context; nil where it was not. A module that was stopped is in
// no state to be used again.
func (t *Toil) Over() error { return t.over }

// Write takes what the module says, which nobody reads, and its meter.
func (t *Toil) Write(p []byte) (int, error) {
	if len(p) > 0 || t.ctx == nil {
		return len(p), nil
	}
	t.left--
	switch {
	case t.over != nil:
	case t.ctx.Err() != nil:
		t.over = t.ctx.Err()
	case t.left < 0:
		t.over = ErrToil
	}
	if t.over != nil {
		panic(t.over)
	}
	return 0, nil
}
