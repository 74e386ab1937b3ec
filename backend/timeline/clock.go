package timeline

import (
	"time"

	"tracedesk/backend/freight"
)

// What a clock change does to a wall clock time.
const (
	onceThatNight    = ""
	twiceThatNight   = " · twice that night"
	skippedThatNight = " · skipped that night"
)

const day = 24 * 60 * 60

// wallToInstant finds the Unix seconds at which clocks in loc show a reading. Of two such instants it is the first; a
// reading that the clocks skip is taken with the offset before the change. mark tells of both.
func wallToInstant(wall int64, loc *time.Location) (sec int64, mark string) {
	before, after := offset(wall-day, loc), offset(wall+day, loc)
	first, second := wall-before, wall-after
	if before == after {
		return first, onceThatNight
	}
	firstHolds, secondHolds := offset(first, loc) == before, offset(second, loc) == after
	switch {
	case firstHolds && secondHolds:
		return min(first, second), twiceThatNight
	case firstHolds:
		return first, onceThatNight
	case secondHolds:
		return second, onceThatNight
	}
	return first, skippedThatNight
}

// offset is the seconds east of UTC that hold in loc at an instant.
func offset(sec int64, loc *time.Location) int64 {
	_, off := time.Unix(sec, 0).In(loc).Zone()
	return int64(off)
}

// A clock turns local readings of one place into instants. The zero clock knows no zone.
type clock struct {
	zone, how string
	loc       *time.Location
	// Readings in [lo, hi) are off seconds ahead of UTC for certain: the stretch between two clock changes, less a day at
	// each end. Looking an offset up costs more than all else here.
	lo, hi, off int64
	basis       string // of local readings
	dayBasis    string // of days without a time
}

// newClock is the clock of a zone; the zero clock when the zone is not one.
func newClock(zone, how string) clock {
	if zone == "" {
		return clock{}
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return clock{}
	}
	in := zone
	if how != "" {
		in += " (" + how + ")"
	}
	return clock{zone: zone, how: how, loc: loc, basis: "local " + in, dayBasis: "day only " + in}
}

// instant is the Unix seconds of a reading.
func (c *clock) instant(wall int64) (sec int64, mark string) {
	if wall >= c.lo && wall < c.hi {
		return wall - c.off, onceThatNight
	}
	sec, mark = wallToInstant(wall, c.loc)
	at := time.Unix(sec, 0).In(c.loc)
	start, end := at.ZoneBounds()
	_, off := at.Zone()
	c.lo, c.hi, c.off = -1<<62, 1<<62, int64(off)
	if !start.IsZero() {
		c.lo = start.Unix() + c.off + day
	}
	if !end.IsZero() {
		c.hi = end.Unix() + c.off - day
	}
	return sec, mark
}

// wall is the reading at an instant.
func (c *clock) wall(sec int64) int64 {
	if wall := sec + c.off; wall >= c.lo && wall < c.hi {
		return wall
	}
	return sec + offset(sec, c.loc)
}

// An edge says which end of a day stands for a day without a time.
type edge uint8

const (
	dayStart edge = iota
	dayEnd
)

// A reckoned time is a When as an instant, as far as it can be told.
type reckoned struct {
	at      time.Time // zero when it cannot be told
	basis   string
	dayOnly bool
}

// reckon turns a time as written into an instant, local times by the clock c.
func (b *builder) reckon(w freight.When, c *clock, e edge) reckoned {
	switch w.Basis {
	case freight.NoTime:
		return reckoned{basis: "no time"}
	case freight.Instant:
		return reckoned{at: time.Unix(w.Sec, 0).UTC(), basis: "offset"}
	case freight.InZone:
		return b.reckonInZone(w)
	}
	if c == nil || c.loc == nil {
		return reckoned{basis: "local, zone unknown", dayOnly: w.Basis == freight.DayOnly}
	}
	if w.Basis == freight.DayOnly {
		return reckoned{at: c.edgeOfDay(w.Sec, e), basis: c.dayBasis, dayOnly: true}
	}
	sec, mark := c.instant(w.Sec)
	basis := c.basis
	if mark != onceThatNight {
		basis += mark
	}
	return reckoned{at: time.Unix(sec, 0).UTC(), basis: basis}
}

func (b *builder) reckonInZone(w freight.When) reckoned {
	if b.named.zone != w.Zone || b.named.loc == nil {
		b.named = newClock(w.Zone, "")
		if b.named.loc == nil {
			return reckoned{basis: "zone " + w.Zone + " is not known"}
		}
		b.named.basis = "zone " + w.Zone
	}
	sec, mark := b.named.instant(w.Sec)
	basis := b.named.basis
	if mark != onceThatNight {
		basis += mark
	}
	return reckoned{at: time.Unix(sec, 0).UTC(), basis: basis}
}

// edgeOfDay is the first or the last second of the day whose midnight is given as a reading.
func (c *clock) edgeOfDay(midnight int64, e edge) time.Time {
	midnight -= (midnight%day + day) % day
	if e == dayStart {
		sec, _ := c.instant(midnight)
		return time.Unix(sec, 0).UTC()
	}
	sec, _ := c.instant(midnight + day)
	return time.Unix(sec-1, 0).UTC()
}

// Stamp is an instant as people at a place write it, with the zone's letters: "Mon 23 Nov 14:00 CST". An unknown zone is UTC.
func Stamp(at time.Time, zone string) string {
	return format(at, zone, "Mon 2 Jan 15:04 ")
}

// ClockStamp is Stamp without the day: "14:00 CST".
func ClockStamp(at time.Time, zone string) string {
	return format(at, zone, "15:04 ")
}

func format(at time.Time, zone, layout string) string {
	at = inZone(at, zone)
	buf := at.AppendFormat(make([]byte, 0, 32), layout)
	letters, _ := at.Zone()
	if len(letters) > 0 && (letters[0] == '+' || letters[0] == '-') {
		buf = append(buf, "UTC"...)
	}
	return string(append(buf, letters...))
}

// inZone is the instant on the clocks of a zone; UTC when the zone is unknown.
func inZone(at time.Time, zone string) time.Time {
	if zone == "" {
		return at.UTC()
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return at.UTC()
	}
	return at.In(loc)
}
