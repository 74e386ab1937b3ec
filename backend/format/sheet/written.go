package sheet

import (
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// ParseWhen reads a time as people and web pages write it: 11/23/2026 13:05, Nov 23 1:05 PM CST, 2026-11-23T13:05Z. order says
// which figure is the month where the figures do not; received supplies a year that was left out. A time of day without a
// day is an error, and so is any word that is no part of a time.
func ParseWhen(s string, order Order, received time.Time) (freight.When, error) {
	return parseWhen(strings.TrimSpace(s), dateRules{order: order, received: received})
}
