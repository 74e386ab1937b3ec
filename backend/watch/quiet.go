package watch

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// quiet is when nobody is called on a load that is on plan, on the driver's own clock.
type quiet struct {
	c   *Cadence
	loc *time.Location // nil: nobody knows where the driver is, so nothing is quiet

	day     int // the last day asked for, since a load's points mostly lie on one: year * 1000 + day of the year
	holiday bool
}

// mostQuietDays bounds a row of days without calls: beyond it the settings leave no day at all.
const mostQuietDays = 14

// move is the first instant from at on at which a call may be made.
func (q *quiet) move(at time.Time) time.Time {
	if q.loc == nil {
		return at
	}
	local := at.In(q.loc)
	moved := false
	for range mostQuietDays {
		next := q.after(local)
		if next.Equal(local) {
			break
		}
		local, moved = next, true
	}
	if !moved {
		return at
	}
	return local.UTC()
}

// after is local itself when a call may be made then, else the next morning that comes into question.
func (q *quiet) after(local time.Time) time.Time {
	if !q.c.Weekends && (local.Weekday() == time.Saturday || local.Weekday() == time.Sunday) {
		return q.morning(local, 1)
	}
	if !q.c.Holidays && q.isHoliday(local) {
		return q.morning(local, 1)
	}
	minute, from, to := local.Hour()*60+local.Minute(), q.c.QuietFrom, q.c.QuietTo
	switch {
	case from == to:
	case from < to && minute >= from && minute < to, from > to && minute < to:
		return q.morning(local, 0)
	case from > to && minute >= from:
		return q.morning(local, 1)
	}
	return local
}

func (q *quiet) isHoliday(local time.Time) bool {
	if day := local.Year()*1000 + local.YearDay(); day != q.day {
		q.day, q.holiday = day, Holiday(q.c.HolidayDays, local)
	}
	return q.holiday
}

func (q *quiet) morning(local time.Time, days int) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day()+days, q.c.QuietTo/60, q.c.QuietTo%60, 0, 0, q.loc)
}

// CheckHolidays reports in plain words which part of a list of holidays cannot be read.
func CheckHolidays(days string) error {
	for part := range strings.SplitSeq(days, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if _, ok := readHoliday(part); !ok {
			return fmt.Errorf("%q is no holiday such as 12-25, 2026-12-24, 11 fourth Thu or 05 last Mon", part)
		}
	}
	return nil
}

// A holidayDay is a date of one year or of every year, or the nth weekday of a month.
type holidayDay struct {
	year, month, day, nth int // year 0: every year; nth -1: the last; 0: a date
	weekday               time.Weekday
}

func readHoliday(s string) (h holidayDay, ok bool) {
	if len(s) < 5 || s[0] < '0' || s[0] > '9' {
		return h, false
	}
	switch {
	case len(s) == 10 && s[4] == '-':
		at, err := time.Parse(time.DateOnly, s)
		return holidayDay{year: at.Year(), month: int(at.Month()), day: at.Day()}, err == nil
	case len(s) == 5 && s[2] == '-':
		at, err := time.Parse(time.DateOnly, "2024-"+s) // a leap year, so that 02-29 is a day
		return holidayDay{month: int(at.Month()), day: at.Day()}, err == nil
	}
	month, rest, _ := strings.Cut(s, " ")
	nth, day, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(month)
	h = holidayDay{month: n, nth: nthWord(nth)}
	h.weekday, ok = weekdayWord(strings.TrimSpace(day))
	return h, ok && err == nil && n >= 1 && n <= 12 && h.nth != 0
}

func nthWord(s string) int {
	switch strings.ToLower(s) {
	case "first":
		return 1
	case "second":
		return 2
	case "third":
		return 3
	case "fourth":
		return 4
	case "last":
		return -1
	}
	return 0
}

func weekdayWord(s string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := day.String(); strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
			return day, true
		}
	}
	return 0, false
}

// Holiday reports whether a local day is one of the list. A part that cannot be read is no day.
func Holiday(days string, local time.Time) bool {
	for part := range strings.SplitSeq(days, ",") {
		part = strings.TrimSpace(part)
		if otherMonth(part, local.Month()) {
			continue
		}
		if h, ok := readHoliday(part); ok && h.on(local) {
			return true
		}
	}
	return false
}

// otherMonth reports whether a part plainly speaks of another month: most do, and need not be read.
func otherMonth(part string, month time.Month) bool {
	if len(part) == 10 && part[4] == '-' {
		part = part[5:]
	}
	if len(part) < 2 || part[0] < '0' || part[0] > '1' || part[1] < '0' || part[1] > '9' {
		return false
	}
	return time.Month(part[0]-'0')*10+time.Month(part[1]-'0') != month
}

func (h holidayDay) on(local time.Time) bool {
	if int(local.Month()) != h.month || h.year != 0 && local.Year() != h.year {
		return false
	}
	switch {
	case h.nth == 0:
		return local.Day() == h.day
	case local.Weekday() != h.weekday:
		return false
	case h.nth < 0:
		return local.AddDate(0, 0, 7).Month() != local.Month()
	}
	return (local.Day()-1)/7+1 == h.nth
}
