package desk

import "fmt"

// Fault is an error with a kind (invalid, not_found, conflict, denied, internal), a sentence for a person, and what to do.
type Fault struct {
	Kind, Message, Do string
	Cause             error
}

func (f *Fault) Error() string { return f.Message }
func (f *Fault) Unwrap() error { return f.Cause }

// Code is the error's kind.
func (f *Fault) Code() string { return f.Kind }

// Hint is what to do, "" when there is nothing to say.
func (f *Fault) Hint() string { return f.Do }

// Invalid says that what was asked cannot be.
func Invalid(format string, args ...any) error {
	return &Fault{Kind: "invalid", Message: fmt.Sprintf(format, args...)}
}

// NotFound says that nothing is on file under that name.
func NotFound(format string, args ...any) error {
	return &Fault{Kind: "not_found", Message: fmt.Sprintf(format, args...)}
}

// Conflict says that what was asked does not go together with what is.
func Conflict(format string, args ...any) error {
	return &Fault{Kind: "conflict", Message: fmt.Sprintf(format, args...)}
}
