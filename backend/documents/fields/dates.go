package fields

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Dates and times as printed and as written by hand. Years outside firstYear to lastYear are not dates of a shipment.
const (
	firstYear = 2010
	lastYear  = 2049
)

var months = map[string]int{"jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8,
	"sep": 9, "set": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12}

const (
	digit     = `[0-9OoQlI|]`
	monthName = `(jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|set|oct|nov|dec|dic)[a-z]*`
	dateMark  = `\s?[-/.\\]\s?`
	century   = `2[0689]` // of a year; a nought with a stroke or a dot in it is read as an eight, a six or a nine
)

var dateForms = []struct {
	form  *regexp.Regexp
	order string // which group is year, month (number or name) and day
}{
	{regexp.MustCompile(`(?i)\b(` + century + digit + `{2})` + dateMark + `(` + digit + `{1,2})` + dateMark + `(` + digit + `{1,2})(?:\b|T)`), "ymd"},
	{regexp.MustCompile(`(?i)(?:^|[^\d/.-])(` + digit + `{1,2})` + dateMark + `(` + digit + `{1,2})` + dateMark + `(` + century + digit + `{2}|` + digit + `{2})(?:$|[^\d/-])`), "mdy"},
	{regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]*(?:de\s+|of\s+)?` + monthName + `[\s.,/'-]*(?:de\s+|del\s+)?(20\s?` + digit + `{2}|\d{2})\b`), "dMy"},
	{regexp.MustCompile(`(?i)\b` + monthName + `[\s.,/-]*(` + digit + `{1,2})(?:st|nd|rd|th)?[\s.,/'-]+(?:de\s+|del\s+)?(20\s?` + digit + `{2}|\d{2})\b`), "Mdy"},
	{regexp.MustCompile(`(?i)\b(20\d{2})[\s.,/-]*` + monthName + `[\s.,/-]*(\d{1,2})\b`), "yMd"},
	{regexp.MustCompile(`(?:^|[^\d-])(20\d{2})(\d{2})(\d{2})(?:$|[^\d-])`), "ymd"},
}

// dated is a date found in a text. Either is the other way to read it (day before month), "" where there is only one.
type dated struct {
	iso, either string
	from, to    int
}

// findDates finds the dates of a text, in the order they stand. dayFirst is how 03/04/2026 is read.
func findDates(text string, dayFirst bool) []dated {
	var out []dated
	taken := func(from, to int) bool {
		for _, d := range out {
			if from < d.to && d.from < to {
				return true
			}
		}
		return false
	}
	for _, f := range dateForms {
		for _, at := range f.form.FindAllStringSubmatchIndex(text, -1) {
			from, to := at[2], at[len(at)-1]
			if taken(from, to) {
				continue
			}
			var part [3]string
			for i := range part {
				part[i] = text[at[2+2*i]:at[3+2*i]]
			}
			if d, ok := readDate(part, f.order, dayFirst); ok {
				d.from, d.to = from, to
				out = append(out, d)
			}
		}
	}
	return out
}

func readDate(part [3]string, order string, dayFirst bool) (d dated, ok bool) {
	var year, month, day int
	for i, what := range order {
		switch what {
		case 'y':
			year = number(part[i])
		case 'm':
			month = number(part[i])
		case 'M':
			month = months[strings.ToLower(part[i])[:3]]
		case 'd':
			day = number(part[i])
		}
	}
	if order == "mdy" && dayFirst {
		month, day = day, month
	}
	whole := year >= 2000
	if year >= 0 && year < 100 {
		year += 2000
	}
	d.iso = isoDate(year, month, day)
	if order == "mdy" {
		d.either = isoDate(year, day, month)
	}
	if d.iso == "" && d.either == "" && whole && !strings.Contains(order, "M") {
		d.iso = isoDate(withNought(year, 2000, 2100), withNought(month, 0, 12), withNought(day, 0, 31))
	}
	if d.iso == "" || d.iso == d.either {
		d.iso, d.either = max(d.iso, d.either), ""
	}
	return d, d.iso != ""
}

// withNought is a number of a date whose nought was read as a six, an eight or a nine: there is no month 83 and no year 2626. Numbers
// within bounds are as read, all others none.
func withNought(n, least, most int) int {
	if n >= least && n <= most {
		return n
	}
	for _, as := range []int{6, 8, 9} {
		switch {
		case n/10 == as:
			return n % 10
		case n/100 == 20+as:
			return 2000 + n%100
		}
	}
	return -1
}

// Dates of which day and month can be read and the year cannot.
var yearless = []struct {
	form       *regexp.Regexp
	month, day int
}{
	{regexp.MustCompile(`^\D{0,2}(\d{1,2})[/.-](\d{1,2})[/.-]\w{2,6}\W*$`), 1, 2},
	{regexp.MustCompile(`^\w{3,6}[/.-](\d{2})[/.-](\d{2})\W*$`), 1, 2},
}

// withYear reads a date whose year was scrawled, given the year. Month and day are as read.
func withYear(text, year string) string {
	text = strings.ReplaceAll(asDigits.Replace(strings.ReplaceAll(text, " ", "")), "\\", "1")
	for _, y := range yearless {
		if m := y.form.FindStringSubmatch(text); m != nil {
			if iso := isoDate(number(year), number(m[y.month]), number(m[y.day])); iso != "" {
				return iso
			}
		}
	}
	return ""
}

// scrawledMonth is a date whose month is three letters and more, whatever they are.
var scrawledMonth = regexp.MustCompile(`^\W*([A-Za-z]{3})[a-z]*[\s.,]*(\d{1,2})[\s.,]+(20\d{2})\W*$`)

// nearMonth tells whether a text is a date but for one letter of the month's name. Day and year have to be as read.
func nearMonth(text, iso string) bool {
	m := scrawledMonth.FindStringSubmatch(text)
	if m == nil || len(iso) != 10 || number(m[2]) != number(iso[8:]) || m[3] != iso[:4] {
		return false
	}
	for name, month := range months {
		if month == number(iso[5:7]) && distance(strings.ToLower(m[1]), name, 1) <= 1 {
			return true
		}
	}
	return false
}

// Pieces of a scrawled date.
var (
	tailOfDate = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})[-/](\d{1,2})\W*$`)                    // "LOUL-03-19"
	headOfDate = regexp.MustCompile(`^\W*(\d{1,2})[-/](\d{1,2})[-/]`)                            // "3/19/Z0"
	dayOfMonth = regexp.MustCompile(`(?i)(?:^|[^a-z])([a-z]{3,9})[.,]? (\d{1,2})(?:[^\d:]|$)`)   // "Mar 10, LULL"
	dayThenMon = regexp.MustCompile(`(?i)(?:^|[^\w:])(\d{1,2})[ =—–-]{1,3}([a-z]{3,9})[ =—–.-]`) // "26=Feb-,01"
	dayAndYear = regexp.MustCompile(`(?:^|\D)(\d{2})[., ]*(20\d{2})\W*$`)                        // "hoa 29, 2026"
)

// likePlanned tells whether as much of a scrawled date as can be read is the day that the load plans: month and day, or day and
// year beside a month that cannot be read. A text in which nothing but one number fits tells nothing.
func likePlanned(text, iso string) bool {
	if len(iso) != 10 {
		return false
	}
	month, day := number(iso[5:7]), number(iso[8:])
	for _, form := range []*regexp.Regexp{tailOfDate, headOfDate} {
		if m := form.FindStringSubmatch(text); m != nil {
			return number(m[1]) == month && number(m[2]) == day
		}
	}
	if m := dayOfMonth.FindStringSubmatch(text); m != nil && number(m[2]) == day {
		for name, nth := range months {
			if nth == month && distance(strings.ToLower(m[1]), name, 1) <= 1 {
				return true
			}
		}
	}
	if m := dayThenMon.FindStringSubmatch(text); m != nil && number(m[1]) == day {
		for name, nth := range months {
			if nth == month && distance(strings.ToLower(m[2]), name, 1) <= 1 {
				return true
			}
		}
	}
	m := dayAndYear.FindStringSubmatch(text)
	return m != nil && number(m[1]) == day && m[2] == iso[:4]
}

var daysIn = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func isoDate(year, month, day int) string {
	if year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > daysIn[month] ||
		month == 2 && day == 29 && year%4 != 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

var asDigits = strings.NewReplacer("O", "0", "o", "0", "Q", "0", "D", "0", "l", "1", "I", "1", "|", "1", "i", "1", "!", "1", "Z", "2", "z", "2",
	"S", "5", "s", "5", "G", "6", "B", "8", "A", "4")

// number reads digits, letters that look like digits among them; -1 where it cannot.
func number(s string) int {
	n, err := strconv.Atoi(asDigits.Replace(strings.ReplaceAll(s, " ", "")))
	if err != nil {
		return -1
	}
	return n
}

var (
	clock    = regexp.MustCompile(`(?i)(?:^|[^\d:.,/$-])([0-2]?` + digit + `)\s?[:;.h]\s?([0-5]` + digit + `)(?::\d{2})?\s*(?:hrs?\.?\s*)?([ap]\s?\.?\s?m\b|[AP][NHIRW]\b|[ap]\b)?`)
	military = regexp.MustCompile(`(?i)(?:^|[^\d:.,/$#-])([0-2]\d)([0-5]\d)(?:\s*(?:h(?:rs?|ours)?\b\.?))?\s*([ap]\.?m\b)?(?:$|[^\d:.,/-])`)
	bareHalf = regexp.MustCompile(`(?i)(?:^|[^\d:.,/$-])([1-9])([0-5]\d)\s*([ap]\s?\.?\s?m\b|[ap]\b)`) // "135 PM": the colon was not seen
	hourOnly = regexp.MustCompile(`(?i)(?:^|[^\d:.,/-])(1[0-2]|[1-9])\s*([ap]\.?\s?m\b)`)
)

// noTime is four figures that are no time of day though they could be: a year of our days, unless they are said to be hours, or what is
// counted or weighed.
var noTime = regexp.MustCompile(`(?i)^(?:20[1-3]\d(?:\s*$|[^\d\sh]|\s+[^\sh])|\d{4}\s*(?:pcs|pieces|ctns?|cartons|cases|cs|plts?|pallets|skids?|lbs?|kgs?|units|#))`)

type timed struct {
	clock    string // HH:MM
	from, to int
}

// findTimes finds the times of day of a text, in the order they stand. Four digits alone count only where bare is set.
func findTimes(text string, bare bool) []timed {
	var out []timed
	add := func(hours, minutes, half string, from, to int) {
		for _, t := range out {
			if from < t.to && t.from < to {
				return
			}
		}
		h, m := number(hours), number(minutes)
		switch half = strings.ToLower(half); {
		case half != "" && (h < 1 || h > 12) && !(h > 12 && h < 24 && half[0] == 'p'):
			return
		case half != "" && half[0] == 'p' && h < 12:
			h += 12
		case half != "" && half[0] == 'a' && h == 12:
			h = 0
		}
		if h < 0 || h > 23 || m < 0 || m > 59 {
			return
		}
		at := 0
		for at < len(out) && out[at].from < from {
			at++
		}
		out = append(out[:at], append([]timed{{fmt.Sprintf("%02d:%02d", h, m), from, to}}, out[at:]...)...)
	}
	forms := []*regexp.Regexp{clock, bareHalf}
	if bare {
		forms = append(forms, military)
	}
	for _, f := range forms {
		rest, off := text, 0
		for {
			at := f.FindStringSubmatchIndex(rest)
			if at == nil {
				break
			}
			half, to := "", at[5]
			if at[6] >= 0 {
				half, to = rest[at[6]:at[7]], at[7]
			}
			if f != military || !noTime.MatchString(rest[at[2]:]) {
				add(rest[at[2]:at[3]], rest[at[4]:at[5]], half, off+at[2], off+to)
			}
			off += to
			rest = rest[to:]
		}
	}
	for _, at := range hourOnly.FindAllStringSubmatchIndex(text, -1) {
		add(text[at[2]:at[3]], "00", text[at[4]:at[5]], at[2], at[5])
	}
	return out
}
