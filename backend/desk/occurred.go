package desk

import (
	"time"

	"tracedesk/backend/freight"
)

// Occurred resolves a claim's time as the fold does; nil where it cannot be told.
func Occurred(c *freight.Claim, t *freight.Timeline) *time.Time {
	return Resolved(c.At, c.Subject.Stop.Seq, t)
}

// Resolved makes an instant of a time at a stop (0: the load): an instant as it is, a local time in its stop's zone where that
// is known; nil where it cannot be told.
func Resolved(at freight.When, stop int, t *freight.Timeline) *time.Time {
	zone := ""
	for i := range t.Stops {
		if t.Stops[i].Seq == stop {
			zone = t.Stops[i].Zone
		}
	}
	switch at.Basis {
	case freight.Instant:
		return InZone(time.Unix(at.Sec, 0), zone)
	case freight.InZone:
		zone = at.Zone
	case freight.Local:
		if zone == "" && len(t.Stops) > 0 {
			zone = t.Stops[0].Zone
		}
	default:
		return nil
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return nil
	}
	w := at.Wall()
	resolved := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, loc)
	return &resolved
}
