package schedules

import (
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/watch"
)

// rhythm is when a schedule is due.
type rhythm struct {
	minute   int // of the day
	days     map[time.Weekday]bool
	loc      *time.Location
	holidays string // days left out, as the rules list them; "" none
}

var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// readDays reads "Mon-Fri", "Mon,Thu", "daily".
func readDays(s string) (map[time.Weekday]bool, error) {
	out := map[time.Weekday]bool{}
	text := strings.ToLower(strings.TrimSpace(s))
	if text == "daily" {
		text = "mon-sun"
	}
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		from, ok := dayNamed(first)
		to := from
		if ranged {
			var okTo bool
			to, okTo = dayNamed(last)
			ok = ok && okTo
		}
		if !ok {
			return nil, fmt.Errorf("%q is no day or days such as Mon, Mon-Fri or daily", part)
		}
		for day := from; ; day = (day + 1) % 7 {
			out[day] = true
			if day == to {
				break
			}
		}
	}
	return out, nil
}

func dayNamed(s string) (time.Weekday, bool) {
	s = strings.TrimSpace(s)
	for i, name := range dayNames {
		if len(s) >= 3 && (s == name || strings.EqualFold(s, time.Weekday(i).String())) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// rhythmOf reads when a schedule is due in a zone.
func rhythmOf(s *Schedule, zone, holidays string) (rhythm, error) {
	clock, err := time.Parse("15:04", s.Time)
	if err != nil {
		return rhythm{}, fmt.Errorf("%q is no time of day such as 07:30", s.Time)
	}
	r := rhythm{minute: clock.Hour()*60 + clock.Minute()}
	if r.days, err = readDays(s.Days); err != nil {
		return r, err
	}
	if zone == "" {
		return r, fmt.Errorf("name a time zone such as America/Chicago: the customer has none of its own")
	}
	if r.loc, err = freight.Location(zone); err != nil {
		return r, fmt.Errorf("%q is no time zone such as America/Chicago", zone)
	}
	if !s.Holidays {
		r.holidays = holidays
	}
	return r, nil
}

// due are the instants after one and up to another, in order.
func (r rhythm) due(after, until time.Time) []time.Time {
	var out []time.Time
	day := after.In(r.loc).AddDate(0, 0, -1)
	for last := until.In(r.loc).AddDate(0, 0, 1); !day.After(last); day = day.AddDate(0, 0, 1) {
		if at := r.on(day.Year(), day.Month(), day.Day()); !at.IsZero() && at.After(after) && !at.After(until) {
			out = append(out, at)
		}
	}
	return out
}

// longestWait is how far ahead the next instant is looked for: all holidays of a year and more lie within.
const longestWait = 400

// next is the first instant after one; zero when there is none in the next year.
func (r rhythm) next(after time.Time) time.Time {
	from := after.In(r.loc)
	for i := -1; i <= longestWait; i++ {
		day := time.Date(from.Year(), from.Month(), from.Day()+i, 12, 0, 0, 0, r.loc)
		if at := r.on(day.Year(), day.Month(), day.Day()); !at.IsZero() && at.After(after) {
			return at
		}
	}
	return time.Time{}
}

// on is the due instant of a local day; zero when the day is none of the schedule's. A time that the clock skips that night
// is due when the clock jumps; of one that comes twice, the first counts.
func (r rhythm) on(year int, month time.Month, day int) time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, r.loc)
	if !r.days[noon.Weekday()] || watch.Holiday(r.holidays, noon) {
		return time.Time{}
	}
	at := time.Date(noon.Year(), noon.Month(), noon.Day(), r.minute/60, r.minute%60, 0, 0, r.loc)
	asked := time.Date(noon.Year(), noon.Month(), noon.Day(), r.minute/60, r.minute%60, 0, 0, time.UTC)
	begin, end := at.ZoneBounds()
	switch wall := clockOf(at); {
	case wall.After(asked): // skipped, and taken on the far side of the jump
		return begin
	case wall.Before(asked): // skipped, and taken on the near side
		return end
	case begin.IsZero():
		return at
	}
	_, offset := at.Zone()
	_, before := begin.Add(-time.Second).Zone()
	if first := at.Add(-time.Duration(before-offset) * time.Second); first.Before(begin) && clockOf(first).Equal(asked) {
		return first
	}
	return at
}

// clockOf is what the clock on the wall shows, as if it were UTC.
func clockOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}
