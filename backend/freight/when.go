package freight

import (
	"fmt"
	"time"
)

// Basis says how a time was written, and so what is still needed to turn it into an instant.
type Basis uint8

const (
	// NoTime: nothing was said. The zero When.
	NoTime Basis = iota
	// Instant: written with an offset or Z; nothing is needed.
	Instant
	// Local: a wall clock time at the stop (or place) of its claim; the fold resolves it with the best zone then known.
	Local
	// InZone: a wall clock time with a zone of its own, named in Zone.
	InZone
	// DayOnly: a day at the stop without a time. Never midnight: as a window's end it means the end of that day.
	DayOnly
)

// When is a time as its source wrote it. Local times stay local: they are resolved in the fold, never in a reader.
type When struct {
	Basis Basis `cbor:"1,keyasint,omitempty"`
	// Sec is Unix seconds for Instant; otherwise the wall clock read as if it were UTC. 2400 is the next day's 0000.
	Sec int64 `cbor:"2,keyasint,omitempty"`
	// Offset is the offset that was written, in minutes east of UTC (Instant only).
	Offset int `cbor:"3,keyasint,omitempty"`
	// Zone is an IANA name or a fixed "UTC-06:00" (InZone only).
	Zone string `cbor:"4,keyasint,omitempty"`
	// Written keeps the words as received where they say more than the fields (an X12 zone code, 2400, an odd form).
	Written string `cbor:"5,keyasint,omitempty"`
}

// At is an instant.
func At(t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	_, off := t.Zone()
	return When{Basis: Instant, Sec: t.Unix(), Offset: off / 60}
}

// Wall is a wall clock time at the stop.
func Wall(year int, month time.Month, day, hour, min, sec int) When {
	return When{Basis: Local, Sec: time.Date(year, month, day, hour, min, sec, 0, time.UTC).Unix()}
}

// WallIn is a wall clock time in a zone of its own (IANA name or "UTC-06:00").
func WallIn(zone string, year int, month time.Month, day, hour, min, sec int) When {
	w := Wall(year, month, day, hour, min, sec)
	w.Basis, w.Zone = InZone, zone
	return w
}

// Day is a day at the stop without a time.
func Day(year int, month time.Month, day int) When {
	return When{Basis: DayOnly, Sec: time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()}
}

// IsZero reports whether nothing was said.
func (w When) IsZero() bool { return w.Basis == NoTime }

// Wall is the clock reading as written, carried in a UTC time; for an Instant it is the reading at the written offset.
func (w When) Wall() time.Time {
	if w.Basis == Instant {
		return time.Unix(w.Sec+int64(w.Offset)*60, 0).UTC()
	}
	return time.Unix(w.Sec, 0).UTC()
}

// String is the time as written, in one plain form: RFC 3339 for an instant, without an offset when local,
// followed by the zone when it has one, and a bare day when it is one.
func (w When) String() string {
	switch w.Basis {
	case NoTime:
		return ""
	case DayOnly:
		return w.Wall().Format(time.DateOnly)
	case Local:
		return w.Wall().Format("2006-01-02T15:04:05")
	case InZone:
		return w.Wall().Format("2006-01-02T15:04:05") + " " + w.Zone
	}
	return time.Unix(w.Sec, 0).In(time.FixedZone("", w.Offset*60)).Format(time.RFC3339)
}

// ParseWhen reads what String writes, and RFC 3339 or "2006-01-02 15:04[:05]" as our own sheets write them.
// Other forms are the business of package format/sheet.
func ParseWhen(s string) (When, error) {
	if s == "" {
		return When{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return At(t), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return When{Basis: Local, Sec: t.Unix()}, nil
		}
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return When{Basis: DayOnly, Sec: t.Unix()}, nil
	}
	return When{}, fmt.Errorf("%q is not a time such as 2026-11-23 14:30 or 2026-11-23T14:30:00-06:00", s)
}
