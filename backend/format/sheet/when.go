package sheet

import (
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

// Order is the order in which a column writes day, month and year in figures.
type Order string

// Orders; the empty one is not known.
const (
	MonthFirst Order = "mdy"
	DayFirst   Order = "dmy"
	YearFirst  Order = "ymd"
)

// dateRules is what must be known to read a written time that does not say everything itself.
type dateRules struct {
	order    Order
	received time.Time // supplies a year that was left out
	midnight bool      // 00:00 stands for "no time" in this column
	zone     string    // the zone of times without one; empty: local to the stop
}

// parseWhen reads a time in any common form. It answers a zero When for a written nothing ("1/0/1900").
func parseWhen(s string, rules dateRules) (freight.When, error) {
	if w, ok := parseISO(s); ok {
		return rules.finish(w), nil
	}
	r, ok := readTime(s)
	if !ok {
		return freight.When{}, fmt.Errorf("%q is not a date", s)
	}
	w, err := r.when(s, rules)
	if err != nil {
		return freight.When{}, err
	}
	return rules.finish(w), nil
}

// finish applies what the column as a whole says: its zone, and whether midnight is only the absence of a time.
func (rules dateRules) finish(w freight.When) freight.When {
	if w.Basis != freight.Local {
		return w
	}
	if rules.midnight && w.Sec%86400 == 0 && w.Written == "" {
		w.Basis = freight.DayOnly
		return w
	}
	if rules.zone != "" {
		w.Basis, w.Zone = freight.InZone, rules.zone
	}
	return w
}

// nothingYears are the years in which programs write "no date": the zero dates of Excel, SQL Server, .NET, and 9999.
func nothingYear(year int) bool {
	return year <= 1 || year == 1753 || year == 1899 || year == 1900 || year == 9999
}

// when turns a reading into a time under the rules of its column.
func (r *reading) when(written string, rules dateRules) (freight.When, error) {
	if r.instant != nil {
		return freight.At(*r.instant), nil
	}
	year, month, day, err := r.date(rules)
	if err != nil {
		return freight.When{}, fmt.Errorf("%q: %w", written, err)
	}
	if nothingYear(year) {
		return freight.When{}, nil
	}
	if year < 1970 || year > 2100 {
		return freight.When{}, fmt.Errorf("%q: the year %d cannot be meant", written, year)
	}
	if !validDay(year, month, day) {
		return freight.When{}, fmt.Errorf("%q: there is no such day", written)
	}
	if !r.hasTime {
		return freight.Day(year, time.Month(month), day), nil
	}
	w := freight.Wall(year, time.Month(month), day, r.hour, r.minute, r.second)
	if r.hour == 24 {
		w.Written = written
	}
	return r.zoned(w, written), nil
}

// zoned gives a wall clock time the offset or zone that was written behind it.
func (r *reading) zoned(w freight.When, written string) freight.When {
	switch {
	case r.hasOffset:
		w.Basis, w.Offset = freight.Instant, r.offset
		w.Sec -= int64(r.offset) * 60
	case r.zone != "":
		w.Basis, w.Zone, w.Written = freight.InZone, r.zone, written
		// Standard time written in summer is meant where there is no summer time: Arizona.
		if r.zoneWord == "mst" && summer(w.Wall()) {
			w.Zone = "UTC-07:00"
		}
	}
	return w
}

func summer(t time.Time) bool { return t.Month() >= time.April && t.Month() <= time.October }

func validDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// date tells year, month and day apart.
func (r *reading) date(rules dateRules) (year, month, day int, err error) {
	if r.n == 0 {
		return 0, 0, 0, fmt.Errorf("it has no day")
	}
	if r.month != 0 {
		return r.namedDate(rules)
	}
	a, b := r.field[0].value, r.field[1].value
	switch {
	case r.n == 1:
		return 0, 0, 0, fmt.Errorf("it is not a whole date")
	case r.field[0].digits == 4 && r.n == 3:
		return a, b, r.field[2].value, nil
	case r.n == 2 && (r.field[0].digits > 2 || r.field[1].digits > 2):
		return 0, 0, 0, fmt.Errorf("it has no day")
	case r.n == 3 && r.field[2].digits <= 2 && (a > 31 || rules.order == YearFirst):
		return century(a), b, r.field[2].value, nil
	}
	month, day, err = monthDay(a, b, rules.order)
	if err != nil {
		return 0, 0, 0, err
	}
	if r.n == 2 {
		year, err = nearestYear(month, day, rules.received)
		return year, month, day, err
	}
	year = r.field[2].value
	if r.field[2].digits <= 2 {
		year = century(year)
	}
	return year, month, day, nil
}

// monthDay reads two figures in the column's order; a figure above 12 speaks for itself.
func monthDay(a, b int, order Order) (month, day int, err error) {
	switch {
	case a > 12 && b > 12:
		return 0, 0, fmt.Errorf("neither figure is a month")
	case a > 12:
		return b, a, nil
	case b > 12, a == b:
		return a, b, nil
	case order == MonthFirst:
		return a, b, nil
	case order == DayFirst:
		return b, a, nil
	}
	return 0, 0, fmt.Errorf("it may be day/month or month/day, and nothing in the file decides")
}

// namedDate is a date whose month is a word: 23-Nov, Nov 23 2026, 23 de noviembre de 2026.
func (r *reading) namedDate(rules dateRules) (year, month, day int, err error) {
	a, b := r.field[0], r.field[1]
	if r.n == 1 {
		if a.digits > 2 {
			return 0, 0, 0, fmt.Errorf("it has no day")
		}
		year, err = nearestYear(r.month, a.value, rules.received)
		return year, r.month, a.value, err
	}
	if r.n != 2 {
		return 0, 0, 0, fmt.Errorf("it has too many figures for a date")
	}
	if a.digits > 2 || a.value > 31 {
		a, b = b, a
	}
	year = b.value
	if b.digits <= 2 {
		year = century(year)
	}
	return year, r.month, a.value, nil
}

// century reads a year of two figures: 70 to 99 are the last century's.
func century(year int) int {
	if year >= 70 {
		return 1900 + year
	}
	return 2000 + year
}

// nearestYear is the year that puts a day without one next to the day the file was received.
func nearestYear(month, day int, received time.Time) (int, error) {
	if received.IsZero() {
		return 0, fmt.Errorf("it has no year, and when the file was received is not known")
	}
	best, bestAway := 0, time.Duration(1<<63-1)
	for year := received.Year() - 1; year <= received.Year()+1; year++ {
		if !validDay(year, month, day) {
			continue
		}
		away := time.Date(year, time.Month(month), day, 12, 0, 0, 0, time.UTC).Sub(received).Abs()
		if away < bestAway {
			best, bestAway = year, away
		}
	}
	if best == 0 {
		return 0, fmt.Errorf("there is no such day")
	}
	return best, nil
}

// parseISO is the quick road for the form most exports use: 2026-11-23, with T or a blank 14:30[:05[.9]] and Z or an offset.
func parseISO(s string) (freight.When, bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return freight.When{}, false
	}
	year, ok1 := figures(s[0:4])
	month, ok2 := figures(s[5:7])
	day, ok3 := figures(s[8:10])
	if !ok1 || !ok2 || !ok3 || year < 1970 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 28 && !validDay(year, month, day) {
		return freight.When{}, false
	}
	sec := daysFromCivil(year, month, day) * 86400
	if len(s) == 10 {
		return freight.When{Basis: freight.DayOnly, Sec: sec}, true
	}
	if len(s) < 16 || s[10] != 'T' && s[10] != ' ' || s[13] != ':' {
		return freight.When{}, false
	}
	hour, ok1 := figures(s[11:13])
	minute, ok2 := figures(s[14:16])
	if !ok1 || !ok2 || hour > 23 || minute > 59 {
		return freight.When{}, false
	}
	sec += int64(hour)*3600 + int64(minute)*60
	rest := s[16:]
	if len(rest) >= 3 && rest[0] == ':' {
		second, ok := figures(rest[1:3])
		if !ok || second > 59 {
			return freight.When{}, false
		}
		sec += int64(second)
		rest = rest[3:]
		if len(rest) > 1 && rest[0] == '.' {
			i := 1
			for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
				i++
			}
			rest = rest[i:]
		}
	}
	switch {
	case rest == "":
		return freight.When{Basis: freight.Local, Sec: sec}, true
	case rest == "Z":
		return freight.When{Basis: freight.Instant, Sec: sec}, true
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && (s[10] == 'T' || len(s) > 22):
		h, ok1 := figures(rest[1:3])
		m, ok2 := figures(rest[4:6])
		if !ok1 || !ok2 || h > 14 || m > 59 {
			return freight.When{}, false
		}
		offset := h*60 + m
		if rest[0] == '-' {
			offset = -offset
		}
		return freight.When{Basis: freight.Instant, Sec: sec - int64(offset)*60, Offset: offset}, true
	}
	return freight.When{}, false
}

// figures reads a short run of decimal digits.
func figures(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, len(s) > 0
}

// daysFromCivil counts days from 1970-01-01 in the Gregorian calendar (Howard Hinnant's days_from_civil).
func daysFromCivil(year, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era := year / 400
	yearOfEra := year - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	return int64(era)*146097 + int64(yearOfEra*365+yearOfEra/4-yearOfEra/100+dayOfYear) - 719468
}
