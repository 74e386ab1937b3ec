package wire

import (
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// When reads a written time: with an offset (-0600, -06:00), with Z, or as a wall clock without a zone, which stays local.
// "" is no time.
func When(s string) (freight.When, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return freight.When{}, nil
	}
	if w, ok := fast(s); ok {
		return w, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04-0700", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04:05.999999999Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return freight.At(t), nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return freight.When{Basis: freight.Local, Sec: t.Unix()}, nil
		}
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return freight.When{Basis: freight.DayOnly, Sec: t.Unix()}, nil
	}
	return freight.When{}, fmt.Errorf("%q is no time such as 2026-11-23T14:30:00-0600", s)
}

// fast reads the one form that nearly every time has: 2006-01-02T15:04:05, then Z, -0700, -07:00 or nothing.
func fast(s string) (freight.When, bool) {
	if len(s) < 19 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return freight.When{}, false
	}
	year, month, day := digits(s[0:4]), digits(s[5:7]), digits(s[8:10])
	hour, minute, second := digits(s[11:13]), digits(s[14:16]), digits(s[17:19])
	if year < 1 || month < 1 || month > 12 || day < 1 || day > 28 && day > daysIn(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return freight.When{}, false
	}
	wall := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC).Unix()
	zone := s[19:]
	switch {
	case zone == "":
		return freight.When{Basis: freight.Local, Sec: wall}, true
	case zone == "Z":
		return freight.When{Basis: freight.Instant, Sec: wall}, true
	case len(zone) == 6 && zone[3] == ':':
		zone = zone[:3] + zone[4:]
	case len(zone) != 5:
		return freight.When{}, false
	}
	h, m := digits(zone[1:3]), digits(zone[3:5])
	if zone[0] != '+' && zone[0] != '-' || h < 0 || h > 23 || m < 0 || m > 59 {
		return freight.When{}, false
	}
	east := h*60 + m
	if zone[0] == '-' {
		east = -east
	}
	return freight.When{Basis: freight.Instant, Sec: wall - int64(east)*60, Offset: east}, true
}

// daysIn is how many days a month has.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// digits is the number that a text of digits writes; -1 where it is none.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
