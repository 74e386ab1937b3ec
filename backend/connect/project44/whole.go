package project44

import (
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

var _ connect.Whole = (*Connector)(nil)

// Whole implements connect.Whole: the answer to a question about a history holds all its events. A push is said to hold all events too,
// but updates out of their order are never pushed (notes on notifications: reconcile by asking), so that what a push lacks proves nothing.
func (c *Connector) Whole(about string) bool { return strings.HasPrefix(about, "history/") }

// Listed implements connect.Whole: events that happened are entries of the list. Estimates, positions (which may be thinned) and states
// follow one another without being taken back.
func (c *Connector) Listed(o *freight.Observation) string {
	for i := range o.Claims {
		if f := &o.Claims[i]; f.Fact == freight.FactStatus && f.Value.Type == "project44 event" && !f.At.IsZero() {
			return f.Value.Text + " " + f.Subject.Stop.ID
		}
	}
	return ""
}
