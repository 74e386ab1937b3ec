package sheet

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"tracedesk/backend/freight"
)

// reading is what stands in a written time before anybody decides what its figures mean.
type reading struct {
	field    [3]dateFigure // figures of the date, in the order written
	n        int
	month    int // by name, else 0
	hasTime  bool
	hour     int // 0 to 24
	minute   int
	second   int
	halfDay  bool // written with AM or PM
	seconds  bool
	zone     string // IANA name of zone letters
	zoneWord string
	// hasOffset says that offset (minutes east of UTC) was written.
	hasOffset bool
	offset    int
	instant   *time.Time // seconds or milliseconds since 1970
	utc       bool       // UTC or GMT stands right before an offset
	tee       bool       // date and time joined by T
	lastSep   byte       // between the last two figures of the date
}

type dateFigure struct {
	value, digits int
}

// complete reports whether the date has day, month and year.
func (r *reading) complete() bool { return r.n == 3 || r.month != 0 && r.n == 2 }

// numeric reports whether the order of day and month decides what this date is.
func (r *reading) numeric() bool {
	return r.month == 0 && (r.n == 3 && r.field[0].digits <= 2 || r.n == 2)
}

// readTime takes a written date, with or without a time, to pieces. It fails on any word it does not know.
func readTime(s string) (reading, bool) {
	if r, ok := readFigures(s); ok {
		return r, true
	}
	r := reading{}
	ok := r.scan(s) && r.n > 0 && (r.n > 1 || r.month != 0)
	return r, ok
}

// readFigures reads what is figures only: 20261123, 202611231430, 20261123143000, an Excel serial, seconds since 1970.
func readFigures(s string) (r reading, ok bool) {
	dot := -1
	for i := 0; i < len(s); i++ {
		if s[i] == '.' && dot < 0 && i > 0 {
			dot = i
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return r, false
		}
	}
	if dot >= 0 && dot != 5 {
		return r, false
	}
	switch len(s) {
	case 8, 12, 14:
		if dot >= 0 {
			break
		}
		return readCompact(s)
	case 10, 13:
		if dot >= 0 {
			break
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if len(s) == 13 {
			n /= 1000
		}
		if err != nil || n < 1e9 || n > 4e9 {
			return r, false
		}
		t := time.Unix(n, 0).UTC()
		r.instant, r.n, r.hasTime = &t, 3, true
		return r, true
	}
	if len(s) == 5 || dot == 5 {
		serial, err := strconv.ParseFloat(s, 64)
		if err != nil || serial < 25569 || serial > 73050 {
			return r, false
		}
		return serialReading(serial, false), true
	}
	return r, false
}

func readCompact(s string) (r reading, ok bool) {
	year, _ := figures(s[:4])
	month, _ := figures(s[4:6])
	day, _ := figures(s[6:8])
	if year < 1970 || year > 2100 || !validDay(year, month, day) {
		return r, false
	}
	r.field, r.n = [3]dateFigure{{year, 4}, {month, 2}, {day, 2}}, 3
	if len(s) == 8 {
		return r, true
	}
	hour, _ := figures(s[8:10])
	minute, _ := figures(s[10:12])
	second := 0
	if len(s) == 14 {
		second, _ = figures(s[12:14])
	}
	return r, r.setClock(hour, minute, second)
}

// serialReading is the wall clock of an Excel serial: days since 1899-12-30, or since 1904-01-01 in the other system.
func serialReading(serial float64, from1904 bool) reading {
	if from1904 {
		serial += 1462
	}
	day := int64(serial)
	sec := int64((serial-float64(day))*86400 + 0.5)
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Add(time.Duration(sec) * time.Second)
	r := reading{field: [3]dateFigure{{t.Year(), 4}, {int(t.Month()), 2}, {t.Day(), 2}}, n: 3}
	if sec != 0 {
		r.setClock(t.Hour(), t.Minute(), t.Second())
	}
	return r
}

func (r *reading) setClock(hour, minute, second int) bool {
	if r.hasTime || hour > 24 || minute > 59 || second > 59 || hour == 24 && (minute > 0 || second > 0) {
		return false
	}
	r.hasTime, r.hour, r.minute, r.second = true, hour, minute, second
	return true
}

// scan walks over figures, words and signs.
func (r *reading) scan(s string) bool {
	sep := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			next, ok := r.figure(s, i, sep)
			if !ok {
				return false
			}
			i, sep = next, 0
		case c == '+' || c == '-' && r.offsetFollows(s, i):
			next, ok := r.signedOffset(s, i)
			if !ok {
				return false
			}
			i = next
		case c == '/' && i+1 < len(s) && r.hasTime && !r.complete() && r.n == 0:
			return false
		case c == ' ' || c == '-' || c == '/' || c == '.' || c == ',' || c == '(' || c == ')' || c == '\'' || c == '@' || c == '|' || c == '\t':
			if sep == 0 || sep == ' ' {
				sep = c
			}
			i++
		case isLetter(s[i:]):
			next, ok := r.word(s, i)
			if !ok {
				return false
			}
			i = next
		case c == 0xc2 && i+1 < len(s) && s[i+1] == 0xa0:
			i += 2
		default:
			return false
		}
	}
	return true
}

func isLetter(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(c)
}

// figure takes a run of digits as a part of the date or as the time.
func (r *reading) figure(s string, i int, sep byte) (next int, ok bool) {
	start := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	value, _ := figures(s[start:i])
	digits := i - start
	if digits > 8 {
		return i, false
	}
	if digits <= 2 && !r.hasTime && r.clockFollows(s, i) {
		return r.clock(s, i, value)
	}
	if r.complete() || r.isClock(value, digits, sep) {
		return r.bareClock(s, i, value, digits)
	}
	if digits == 8 && r.n == 0 && r.month == 0 {
		compact, ok := readCompact(s[start:i])
		if !ok {
			return i, false
		}
		r.field, r.n = compact.field, 3
		return i, true
	}
	if digits > 4 || digits == 3 || digits == 4 && (value < 1 || value > 9999) || r.n == 3 {
		return i, false
	}
	r.field[r.n] = dateFigure{value, digits}
	r.n++
	if sep != 0 {
		r.lastSep = sep
	}
	return i, true
}

// isClock tells the time 0930 from the year 2026 behind "11/23": a year follows the same sign as the month did.
func (r *reading) isClock(value, digits int, sep byte) bool {
	if r.hasTime || digits != 4 && digits != 3 || r.month != 0 && r.n < 1 {
		return false
	}
	if r.n == 2 && sep == ' ' && r.lastSep != ' ' {
		return true
	}
	return digits == 4 && (value < 1970 || value > 2100) && (r.n == 0 || r.n == 2 || r.month != 0) && !nothingYear(value)
}

// clockFollows reports whether the figure before s[i] is an hour: 14:30, 14h30, 2p, 2 PM.
func (r *reading) clockFollows(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	switch s[i] {
	case ':':
		return i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9'
	case 'h', 'H':
		return true
	}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	_, found, _ := halfOfDay(s, i)
	return found
}

// clock reads the rest of a time whose hour ends at s[i].
func (r *reading) clock(s string, i, hour int) (next int, ok bool) {
	minute, second := 0, 0
	if i < len(s) && (s[i] == ':' || s[i] == 'h' || s[i] == 'H') {
		i++
		if minute, i, ok = twoFigures(s, i); !ok && s[i-1] == ':' {
			return i, false
		}
		if i < len(s) && s[i] == ':' {
			if second, i, ok = twoFigures(s, i+1); !ok {
				return i, false
			}
			r.seconds = true
			if i+1 < len(s) && (s[i] == '.' || s[i] == ',' || s[i] == ':') && s[i+1] >= '0' && s[i+1] <= '9' {
				for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; {
					i++
				}
			}
		}
	}
	return r.closeClock(s, i, hour, minute, second)
}

// bareClock reads 0930, 930, 093000, 14.30 and 9 behind a whole date.
func (r *reading) bareClock(s string, i, value, digits int) (next int, ok bool) {
	hour, minute, second := value, 0, 0
	switch {
	case digits == 3 || digits == 4:
		hour, minute = value/100, value%100
	case digits == 6:
		hour, minute, second = value/10000, value/100%100, value%100
	case digits <= 2 && i+2 < len(s) && s[i] == '.':
		if minute, i, ok = twoFigures(s, i+1); !ok {
			return i, false
		}
	default:
		return i, false
	}
	return r.closeClock(s, i, hour, minute, second)
}

// closeClock takes AM or PM behind a time and sets it.
func (r *reading) closeClock(s string, i, hour, minute, second int) (next int, ok bool) {
	after := i
	for after < len(s) && s[after] == ' ' {
		after++
	}
	pm, found, end := halfOfDay(s, after)
	if found {
		i = end
		r.halfDay = true
		if hour > 12 && !pm || hour > 23 {
			return i, false
		}
		if pm && hour < 12 {
			hour += 12
		}
		if !pm && hour == 12 {
			hour = 0
		}
	}
	return i, r.setClock(hour, minute, second)
}

func twoFigures(s string, i int) (value, next int, ok bool) {
	if i+2 > len(s) {
		return 0, i, false
	}
	value, ok = figures(s[i : i+2])
	if !ok {
		return 0, i, false
	}
	return value, i + 2, true
}

// halfOfDay reads am, pm, a, p, a.m., p.m. at s[i].
func halfOfDay(s string, i int) (pm, found bool, end int) {
	if i >= len(s) {
		return false, false, i
	}
	switch s[i] {
	case 'a', 'A':
	case 'p', 'P':
		pm = true
	default:
		return false, false, i
	}
	end = i + 1
	if end < len(s) && s[end] == '.' {
		end++
	}
	if end < len(s) && s[end] == ' ' && end+1 < len(s) && (s[end+1] == 'm' || s[end+1] == 'M') && s[end-1] == '.' {
		end++
	}
	if end < len(s) && (s[end] == 'm' || s[end] == 'M') {
		end++
		if end < len(s) && s[end] == '.' {
			end++
		}
	}
	if end < len(s) && (isLetter(s[end:]) || s[end] >= '0' && s[end] <= '9') {
		return false, false, i
	}
	return pm, true, end
}

// offsetFollows tells the offset in 08:00:00-06:00 from the end of a range in 08:00-10:00: an offset follows a T or seconds,
// or stands as four figures behind a blank.
func (r *reading) offsetFollows(s string, i int) bool {
	if !r.hasTime || r.hasOffset || !r.complete() {
		return false
	}
	if r.tee || r.seconds || r.utc {
		return true
	}
	return i > 0 && s[i-1] == ' ' && i+5 == len(s) && s[i+1] <= '1'
}

// signedOffset reads +hh, +hhmm, +hh:mm.
func (r *reading) signedOffset(s string, i int) (next int, ok bool) {
	if !r.hasTime || r.hasOffset {
		return i, false
	}
	sign := 1
	if s[i] == '-' {
		sign = -1
	}
	hours, next, ok := twoFigures(s, i+1)
	if !ok && r.utc && i+2 <= len(s) {
		hours, ok = figures(s[i+1 : i+2])
		next = i + 2
	}
	if i = next; !ok || hours > 14 {
		return i, false
	}
	if i < len(s) && s[i] == ':' {
		i++
	}
	minutes, i, _ := twoFigures(s, i)
	if minutes > 59 {
		return i, false
	}
	r.hasOffset, r.offset = true, sign*(hours*60+minutes)
	r.zone = ""
	return i, true
}

// word takes a run of letters: a month, a weekday, a zone, a filler.
func (r *reading) word(s string, i int) (next int, ok bool) {
	var low [24]byte
	n, start := 0, i
	for i < len(s) {
		c, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(c) && !(c == '/' && n > 2 && r.hasTime) && c != '_' {
			break
		}
		c = unicode.ToLower(c)
		if n+4 > len(low) {
			return i, false
		}
		n += utf8.EncodeRune(low[n:], c)
		i += size
	}
	word := string(low[:n])
	if month, ok := months[word]; ok {
		if r.month != 0 || r.n > 2 {
			return i, false
		}
		r.month = month
		return i, true
	}
	switch word {
	case "t":
		r.tee = true
		return i, true
	case "noon", "mediodía", "midi":
		return i, r.setClock(12, 0, 0)
	case "am", "pm", "a", "p":
		return i, false
	}
	if zone, ok := zoneWords[word]; ok && (r.hasTime || s[start-min(start, 1)] == '(') {
		if zone == "Z" {
			r.utc = i < len(s) && (s[i] == '+' || s[i] == '-')
			r.hasOffset = !r.utc
			return i, true
		}
		if !r.hasOffset {
			r.zone, r.zoneWord = zone, word
		}
		return i, true
	}
	if r.hasTime && len(word) > 6 {
		if _, err := freight.Location(s[start:i]); err == nil {
			r.zone = s[start:i]
			return i, true
		}
	}
	return i, fillers[word]
}
