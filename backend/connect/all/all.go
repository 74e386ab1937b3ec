// Package all lists the systems that a desk can have accounts at: one line each.
package all

import (
	"tracedesk/backend/connect"
	"tracedesk/backend/connect/fourkites"
	"tracedesk/backend/connect/macropoint"
	"tracedesk/backend/connect/project44"
)

// Kinds are the systems, in the order in which they are offered.
func Kinds() []connect.Kind {
	return []connect.Kind{
		project44.Kind,
		fourkites.Kind,
		macropoint.Kind,
	}
}
