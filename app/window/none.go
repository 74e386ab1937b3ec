//go:build !desktop && !bindings

package window

import (
	"context"
	"errors"
)

// Available says why no window can open here, or nil. This copy was built
// without one.
func Available() error {
	return errors.New("this copy of TraceDesk was built without the window (go run ./build run builds it)")
}

// Run opens the window and returns when it is closed.
func Run(context.Context, Options) error { return Available() }
