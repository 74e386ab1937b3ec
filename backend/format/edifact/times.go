package edifact

import (
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// layouts are the formats of element 2379 by the digits of a time: year, month, day, hour, minute, second.
var layouts = map[string]string{"101": "060102", "102": "20060102", "201": "0601021504", "202": "060102150405", "203": "200601021504", "204": "20060102150405",
	"301": "0601021504", "302": "060102150405", "303": "200601021504", "304": "20060102150405", "205": "200601021504", "2": "020106", "3": "010206"}

// periods are formats of two times, and the format of each.
var periods = map[string]string{"711": "102", "713": "201", "717": "101", "718": "102", "719": "203"}

// byLength is how a time is read whose format is missing or does not fit its digits.
var byLength = map[int]string{6: "101", 8: "102", 10: "201", 12: "203", 14: "204"}

// zones are the letters behind a time of formats 301 to 304. A sender who writes CET in summer means the clocks of Central Europe.
var zones = map[string]string{"CET": "Europe/Paris", "CES": "Europe/Paris", "MEZ": "Europe/Paris", "MES": "Europe/Paris", "EET": "Europe/Helsinki", "WET": "Europe/Lisbon",
	"BST": "Europe/London", "EST": "America/New_York", "EDT": "America/New_York", "CST": "America/Chicago", "CDT": "America/Chicago", "MST": "America/Denver",
	"MDT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "JST": "Asia/Tokyo", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong"}

// date reads a DTM: what it dates, and its time or its two times. why is the fault, for element 1.
func (t *told) date(s *segment) (kind string, from, to freight.When, ok bool) {
	kind = t.m.partner.alias("2005", strings.ToUpper(s.part(1, 1)))
	value, format := s.part(1, 2), s.part(1, 3)
	if value == "" {
		return kind, from, to, false
	}
	if each, period := periods[format]; period {
		a, b, _ := strings.Cut(value, "-")
		if b == "" && len(value)%2 == 0 {
			a, b = value[:len(value)/2], value[len(value)/2:]
		}
		var okTo bool
		from, ok = when(a, each)
		to, okTo = when(b, each)
		ok = ok && okTo
	} else {
		from, ok = when(value, format)
	}
	if ok {
		return kind, from, to, true
	}
	if guess := byLength[len(value)]; guess != "" && guess != format && digits(value) {
		if from, ok = when(value, guess); ok {
			t.m.notes.add("a time is not in the format that it names and was read by its digits", t.m.where()+", segment "+strconv.Itoa(s.number)+": "+s.raw())
			from.Written = value + ":" + format
			return kind, from, to, true
		}
	}
	expected := "a date such as 20261123 (102) or 202611231430 (203)"
	if layout := layouts[format]; layout != "" {
		expected = strconv.Itoa(len(layout)) + " digits of a date that exists, as format " + format + " says"
	}
	t.m.fail(s, 1, 2, quote(value)+" is no time: expected "+expected+"; the rest of the message was read without it")
	return kind, from, to, false
}

// when reads a time in a format of element 2379. 2400 is the next day's 0000.
func when(value, format string) (w freight.When, ok bool) {
	layout := layouts[format]
	if layout == "" {
		return w, false
	}
	rest := ""
	if len(format) == 3 && format[0] == '3' || format == "205" {
		if len(value) < len(layout) {
			return w, false
		}
		value, rest = value[:len(layout)], strings.TrimSpace(value[len(layout):])
	}
	if len(value) != len(layout) || !digits(value) {
		return w, false
	}
	at, next, ok := clock(layout, value)
	if !ok {
		return w, false
	}
	if !strings.Contains(layout, "15") {
		return freight.Day(at.Year(), at.Month(), at.Day()), true
	}
	w = freight.When{Basis: freight.Local, Sec: at.Unix()}
	if next {
		w.Written = value
	}
	return inZone(w, at, rest, value)
}

// clock reads the digits of a time; next says that the hour was 24.
func clock(layout, value string) (at time.Time, next, ok bool) {
	if i := strings.Index(layout, "1504"); i >= 0 && value[i:i+4] == "2400" {
		value, next = value[:i]+"0000"+value[i+4:], true
	}
	at, err := time.Parse(layout, value)
	if err != nil {
		return at, false, false
	}
	if next {
		at = at.AddDate(0, 0, 1)
	}
	return at, next, true
}

// inZone puts a wall clock time into the zone written behind it.
func inZone(w freight.When, at time.Time, zone, value string) (freight.When, bool) {
	switch upper := strings.ToUpper(zone); {
	case upper == "":
		return w, true
	case upper == "UTC" || upper == "GMT" || upper == "Z" || upper == "ZUL":
		w.Basis = freight.Instant
	case zones[upper] != "":
		w.Basis, w.Zone = freight.InZone, zones[upper]
	default:
		offset, ok := minutesEast(upper)
		if !ok {
			return w, false
		}
		w.Basis, w.Sec, w.Offset = freight.Instant, at.Unix()-int64(offset)*60, offset
	}
	w.Written = value + zone
	return w, true
}

// minutesEast reads an offset: +0100, -06, +1.
func minutesEast(s string) (int, bool) {
	if len(s) < 2 || s[0] != '+' && s[0] != '-' || !digits(s[1:]) || len(s) > 5 {
		return 0, false
	}
	n, err := strconv.Atoi(s[1:])
	if err != nil {
		return 0, false
	}
	minutes := n * 60
	if len(s) > 3 {
		minutes = n/100*60 + n%100
	}
	if minutes > 14*60 {
		return 0, false
	}
	if s[0] == '-' {
		minutes = -minutes
	}
	return minutes, true
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
