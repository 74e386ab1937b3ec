package desk

import (
	"time"

	"tracedesk/backend/freight"
)

// InZone is an instant with the offset of its stop's zone, as JSON and paper show it; nil for none. The nanoseconds by which
// words of one instant are kept in order are nobody's business.
func InZone(t time.Time, zone string) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.Truncate(time.Microsecond)
	if loc, err := freight.Location(zone); err == nil {
		t = t.In(loc)
	} else {
		t = t.UTC()
	}
	return &t
}

// Moment is an instant in UTC, nil for none.
func Moment(t time.Time) *time.Time { return InZone(t, "UTC") }
