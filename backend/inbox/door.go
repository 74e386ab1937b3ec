package inbox

import (
	"context"
	"errors"
)

// Callback is one request as it came, without the shared secret.
type Callback struct {
	Account string `json:"account"`
	Method  string `json:"method"`
	Path    string `json:"path"` // behind the account; or recorded/INSTANT for one that somebody else recorded
	Query   string `json:"query"`
	Media   string `json:"media"`
	Body    []byte `json:"body"`
}

// Door takes a callback in. Without an error it is on disk. The same one again changes nothing.
type Door func(ctx context.Context, c Callback) error

// The kinds of refusal that a Door tells; any other error means "not now".
var (
	ErrNobody  = errors.New("there is no such account")
	ErrNothing = errors.New("this is no callback")
)
