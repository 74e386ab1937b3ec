package freight

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Hours are when a place takes trucks, by weekday and local clock. The zero Hours says nothing.
type Hours struct {
	spans []hourSpan
}

// hourSpan is from minute to minute of one weekday; to may be 1440.
type hourSpan struct {
	day      time.Weekday
	from, to int
}

// IsZero reports whether nothing is known.
func (h Hours) IsZero() bool { return len(h.spans) == 0 }

// ParseHours reads "Mon-Fri 07:00-15:00;Sat 08:00-12:00", "Mon,Wed 6:00-14:00", "24/7" and "Daily 08:00-20:00". A night
// shift ("22:00-06:00") runs into the next day.
func ParseHours(s string) (Hours, error) {
	var h Hours
	for part := range strings.SplitSeq(s, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if err := h.add(part); err != nil {
			return Hours{}, err
		}
	}
	return h, nil
}

func (h *Hours) add(part string) error {
	if part == "24/7" {
		return h.add("Mon-Sun 00:00-24:00")
	}
	days, clock, ok := strings.Cut(part, " ")
	if !ok {
		return fmt.Errorf("%q are no hours such as Mon-Fri 07:00-15:00", part)
	}
	from, to, ok := strings.Cut(strings.ReplaceAll(clock, " ", ""), "-")
	begin, okFrom := minuteOfDay(from)
	end, okTo := minuteOfDay(to)
	if !ok || !okFrom || !okTo {
		return fmt.Errorf("%q are no hours such as Mon-Fri 07:00-15:00", part)
	}
	list, err := weekdays(days)
	if err != nil {
		return err
	}
	for _, day := range list {
		if end > begin {
			h.spans = append(h.spans, hourSpan{day, begin, end})
			continue
		}
		h.spans = append(h.spans, hourSpan{day, begin, 1440}, hourSpan{(day + 1) % 7, 0, end})
	}
	return nil
}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func weekday(s string) (time.Weekday, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	for i, name := range weekdayNames {
		if len(s) >= 3 && strings.HasPrefix(s, name) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// weekdays reads "Mon-Fri", "Mon,Wed", "Daily".
func weekdays(s string) ([]time.Weekday, error) {
	if strings.EqualFold(s, "daily") {
		s = "Mon-Sun"
	}
	var out []time.Weekday
	for part := range strings.SplitSeq(s, ",") {
		first, last, ranged := strings.Cut(part, "-")
		from, ok := weekday(first)
		to := from
		if ranged {
			var okTo bool
			to, okTo = weekday(last)
			ok = ok && okTo
		}
		if !ok {
			return nil, fmt.Errorf("%q is no weekday such as Mon or Mon-Fri", part)
		}
		for day := from; ; day = (day + 1) % 7 {
			out = append(out, day)
			if day == to {
				break
			}
		}
	}
	return out, nil
}

func minuteOfDay(s string) (int, bool) {
	hour, minute, ok := strings.Cut(s, ":")
	if !ok {
		return 0, false
	}
	h, err := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	if err != nil || err2 != nil || h < 0 || m < 0 || m > 59 || h*60+m > 1440 {
		return 0, false
	}
	return h*60 + m, true
}

// Open reports whether the place takes trucks at a local clock reading. Unknown hours are open: nothing is concluded from
// what nobody said.
func (h Hours) Open(local time.Time) bool {
	if h.IsZero() {
		return true
	}
	minute := local.Hour()*60 + local.Minute()
	for _, s := range h.spans {
		if s.day == local.Weekday() && minute >= s.from && minute < s.to {
			return true
		}
	}
	return false
}

// OpenBetween reports whether the place takes trucks at any minute from a local clock reading to another, both inclusive.
func (h Hours) OpenBetween(from, to time.Time) bool {
	if h.IsZero() || h.Open(from) || h.Open(to) {
		return true
	}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		for _, s := range h.spans {
			begin := time.Date(day.Year(), day.Month(), day.Day(), s.from/60, s.from%60, 0, 0, day.Location())
			if s.day == day.Weekday() && begin.After(from) && begin.Before(to) {
				return true
			}
		}
	}
	return false
}
