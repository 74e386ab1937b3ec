package documents

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tracedesk/backend/documents/internal/meter"
)

// Cause is the sort of a Fault.
type Cause string

// The closed list of causes.
const (
	Empty     Cause = "empty"     // no bytes at all
	Broken    Cause = "broken"    // cut off or damaged
	Encrypted Cause = "encrypted" // a password is needed
	TooLarge  Cause = "tooLarge"  // more bytes, pages or pixels than the desk takes
	NotShown  Cause = "notShown"  // a kind that is kept but cannot be shown
	TooSlow   Cause = "tooSlow"   // reading was stopped at the time limit
)

// Fault says why a paper cannot be read or shown, in a sentence for a person.
type Fault struct {
	Cause  Cause
	Reason string
}

func (f *Fault) Error() string { return f.Reason }

func fault(cause Cause, format string, args ...any) *Fault {
	return &Fault{Cause: cause, Reason: fmt.Sprintf(format, args...)}
}

// overdue turns the end of a limit of ours into a Fault; the end of the caller's own context stays what it is.
func overdue(caller context.Context, err error, limit time.Duration) error {
	if errors.Is(err, meter.ErrToil) {
		return fault(TooSlow, "the file takes more work than a paper does and was stopped; it may be damaged or made to do harm")
	}
	if caller.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return fault(TooSlow, "reading the file took longer than %s and was stopped; it may be damaged or made to do harm", limit)
	}
	return err
}
