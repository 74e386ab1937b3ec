package desk

import (
	"time"

	"tracedesk/backend/freight"
)

// Occurred resolves a claim's time as the fold does: an instant as it is, a local time in its stop's zone where that is known;
// nil where it cannot be told.
func Occurred(c *freight.Claim, t *freight.Timeline) *time.Time {
	zone := ""
	for i := range t.Stops {
		if t.Stops[i].Seq == c.Subject.Stop.Seq {
			zone = t.Stops[i].Zone
		}
	}
	switch c.At.Basis {
	case freight.Instant:
		return InZone(time.Unix(c.At.Sec, 0), zone)
	case freight.InZone:
		zone = c.At.Zone
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
	w := c.At.Wall()
	at := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, loc)
	return &at
}
