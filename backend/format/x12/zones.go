package x12

import (
	"time"

	"tracedesk/backend/freight"
)

// timeZone is what a code of element 623 says: exactly one of zone and instant, or neither for local time.
type timeZone struct {
	zone    string // IANA name, or a fixed "UTC-06:00"
	instant bool   // the offset is known for certain
	minutes int    // that offset, east of UTC
}

// timeZones are the codes of element 623. A letter pair ending in T follows the clock changes of its zone, one in S is
// always standard time, one in D always daylight time. Carriers send CS in summer and mean "central": the code as written
// stays in When.Written beside what it says by the book. The words of three letters are no codes of the list but are sent.
var timeZones = map[string]timeZone{
	"LT": {},
	"ET": {zone: "America/New_York"}, "ES": {zone: "UTC-05:00"}, "ED": {zone: "UTC-04:00"},
	"CT": {zone: "America/Chicago"}, "CS": {zone: "UTC-06:00"}, "CD": {zone: "UTC-05:00"},
	"MT": {zone: "America/Denver"}, "MS": {zone: "UTC-07:00"}, "MD": {zone: "UTC-06:00"},
	"PT": {zone: "America/Los_Angeles"}, "PS": {zone: "UTC-08:00"}, "PD": {zone: "UTC-07:00"},
	"AT": {zone: "America/Anchorage"}, "AS": {zone: "UTC-09:00"}, "AD": {zone: "UTC-08:00"},
	"HT": {zone: "Pacific/Honolulu"}, "HS": {zone: "UTC-10:00"}, "HD": {zone: "UTC-09:00"},
	"NT": {zone: "America/St_Johns"}, "NS": {zone: "UTC-03:30"}, "ND": {zone: "UTC-02:30"},
	"TT": {zone: "America/Halifax"}, "TS": {zone: "UTC-04:00"}, "TD": {zone: "UTC-03:00"},
	"EST": {zone: "UTC-05:00"}, "EDT": {zone: "UTC-04:00"}, "CST": {zone: "UTC-06:00"}, "CDT": {zone: "UTC-05:00"},
	"MST": {zone: "UTC-07:00"}, "MDT": {zone: "UTC-06:00"}, "PST": {zone: "UTC-08:00"}, "PDT": {zone: "UTC-07:00"},
	"UT": {instant: true}, "GM": {instant: true}, "UTC": {instant: true}, "GMT": {instant: true},
	// The numbers are not offsets: 01 to 12 are hours east, 13 to 24 are UTC-12 to UTC-1.
	"01": east(1), "02": east(2), "03": east(3), "04": east(4), "05": east(5), "06": east(6),
	"07": east(7), "08": east(8), "09": east(9), "10": east(10), "11": east(11), "12": east(12),
	"13": east(-12), "14": east(-11), "15": east(-10), "16": east(-9), "17": east(-8), "18": east(-7),
	"19": east(-6), "20": east(-5), "21": east(-4), "22": east(-3), "23": east(-2), "24": east(-1),
	"25": {instant: true, minutes: -150}, "26": {instant: true, minutes: -210}, "27": {instant: true, minutes: 330},
	"28": {instant: true, minutes: 570}, "29": {instant: true, minutes: 630},
}

func east(hours int) timeZone { return timeZone{instant: true, minutes: hours * 60} }

// stamp is a date, a time and a zone as written in three elements of a segment; century is of the layouts before 4010.
type stamp struct {
	date, century, clock, zone string
}

// misread is what could not be read of a stamp, and why.
type misread struct {
	part   stampPart
	reason string
}

type stampPart uint8

const (
	allRead stampPart = iota
	datePart
	clockPart
	zonePart
)

// when reads a stamp. What cannot be read is left out, never guessed: without a readable date there is no time, with a
// readable date alone there is a day.
func (s stamp) when(memory *stock) (freight.When, misread) {
	if s.date == "" {
		if s.clock != "" {
			return freight.When{}, misread{datePart, "a time is given without its date, so it is not used"}
		}
		return freight.When{}, misread{}
	}
	year, month, day, ok := readDate(s.date, s.century)
	if !ok {
		return freight.When{}, misread{datePart, quote(s.date) + " is not a date (CCYYMMDD); what happened is kept without its time"}
	}
	if s.clock == "" {
		return freight.Day(year, month, day), misread{}
	}
	hour, minute, second, ok := readClock(s.clock)
	if !ok {
		return s.dayOnly(memory, year, month, day), misread{clockPart, quote(s.clock) + " is not a time of day (HHMM, HHMMSS); only the date is used"}
	}
	var z timeZone
	if s.zone != "" && s.zone != "LT" {
		z, ok = timeZones[upper(s.zone)]
	}
	if !ok {
		return s.dayOnly(memory, year, month, day), misread{zonePart, quote(s.zone) + " is not a known time zone code (element 623); only the date is used"}
	}
	w := freight.Wall(year, month, day, hour, minute, second) // hour 24 is the next day's 0000
	switch {
	case z.instant:
		w.Basis, w.Sec, w.Offset = freight.Instant, w.Sec-int64(z.minutes)*60, z.minutes
	case z.zone != "":
		w.Basis, w.Zone = freight.InZone, z.zone
	}
	if s.zone != "" || hour == 24 {
		w.Written = s.written(memory)
	}
	return w, misread{}
}

// dayOnly is the day of a stamp whose time cannot be read.
func (s stamp) dayOnly(memory *stock, year int, month time.Month, day int) freight.When {
	w := freight.Day(year, month, day)
	w.Written = s.written(memory)
	return w
}

// written is the stamp as received, its elements parted by blanks.
func (s stamp) written(memory *stock) string {
	if s.zone == "" {
		return memory.join(s.century, s.date, " ", s.clock)
	}
	return memory.join(s.century, s.date, " ", s.clock, " ", s.zone)
}

// readDate reads CCYYMMDD or YYMMDD. Two-digit years without a century are 1980 to 2079.
func readDate(s, century string) (year int, month time.Month, day int, ok bool) {
	if !digitsOnly(s) || !digitsOnly(century) {
		return 0, 0, 0, false
	}
	switch {
	case len(s) == 8:
		year, s = number(s[:4]), s[4:]
	case len(s) == 6 && len(century) == 2:
		year, s = number(century)*100+number(s[:2]), s[2:]
	case len(s) == 6 && century == "":
		year, s = 1900+number(s[:2]), s[2:]
		if year < 1980 {
			year += 100
		}
	default:
		return 0, 0, 0, false
	}
	month, day = time.Month(number(s[:2])), number(s[2:4])
	if year < 1900 || month < 1 || month > 12 || day < 1 || day > daysIn(month, year) {
		return 0, 0, 0, false
	}
	return year, month, day, true
}

// readClock reads HHMM, HHMMSS and HHMMSS with one or two decimals. 2400 is the end of the day.
func readClock(s string) (hour, minute, second int, ok bool) {
	if len(s) < 4 || len(s) == 5 || len(s) > 8 || !digitsOnly(s) {
		return 0, 0, 0, false
	}
	hour, minute = number(s[:2]), number(s[2:4])
	if len(s) >= 6 {
		second = number(s[4:6])
	}
	midnight := hour == 24 && minute == 0 && second == 0
	return hour, minute, second, (hour < 24 || midnight) && minute < 60 && second < 60
}

func daysIn(month time.Month, year int) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// number is the value of digits.
func number(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
