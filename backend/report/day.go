package report

import (
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Day is a calendar day, in whatever zone its use says.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day of an instant in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// ParseDay reads 2026-11-23.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is not a day such as 2026-11-23", s)
	}
	return DayOf(t), nil
}

// String is 2026-11-23.
func (d Day) String() string { return d.noon().Format(time.DateOnly) }

// MarshalText makes a day 2026-11-23 in JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDay(string(b))
	return err
}

// Next is the day after.
func (d Day) Next() Day { return DayOf(d.noon().AddDate(0, 0, 1)) }

// Before reports whether d comes before other.
func (d Day) Before(other Day) bool { return d.noon().Before(other.noon()) }

// noon stands for the day in calculations; in UTC every day has 24 hours.
func (d Day) noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// Moment is an instant as it is printed: local to its stop, with the zone's letters.
type Moment struct {
	At   time.Time `json:"at"`
	Zone string    `json:"zone"`
	Text string    `json:"text"`
}

// Period is a window as it is printed.
type Period struct {
	Start *time.Time `json:"start"`
	End   *time.Time `json:"end"`
	Text  string     `json:"text"`
}

// calendar turns instants into words. It leaves the date out on the report's day.
type calendar struct{ day Day }

// location is a stop's zone; a stop whose zone cannot be told is shown in UTC, and says so by its letters.
func location(zone string) *time.Location {
	if loc, err := freight.Location(zone); err == nil {
		return loc
	}
	return time.UTC
}

func (c calendar) moment(t time.Time, zone string) Moment {
	loc := location(zone)
	t = t.In(loc)
	return Moment{At: t, Zone: loc.String(), Text: c.date(t) + t.Format("15:04") + " " + letters(t)}
}

// date is the day and a blank, or nothing on the report's own day.
func (c calendar) date(t time.Time) string {
	if DayOf(t) == c.day {
		return ""
	}
	return c.dayWords(DayOf(t)) + " "
}

// dayWords is "Mon 23 Nov", with the year when it is not the report's.
func (c calendar) dayWords(d Day) string {
	if d.Year != c.day.Year {
		return d.noon().Format("Mon 2 Jan 2006")
	}
	return d.noon().Format("Mon 2 Jan")
}

// letters are CST or EDT; a zone without letters of its own gives UTC-03.
func letters(t time.Time) string {
	name := t.Format("MST")
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return "UTC" + name
	}
	return name
}

func (c calendar) period(w freight.Window, zone string) *Period {
	if w.IsZero() {
		return nil
	}
	loc := location(zone)
	p := &Period{}
	start, end := w.Start.In(loc), Deadline(w).In(loc)
	if !w.Start.IsZero() {
		p.Start = &start
	}
	p.End = &end
	switch {
	case w.DayOnly:
		p.Text = c.days(w, loc) + ", any time"
	case p.Start == nil:
		p.Text = "by " + c.date(end) + end.Format("15:04") + " " + letters(end)
	default:
		p.Text = c.between(start, end)
	}
	return p
}

func (c calendar) days(w freight.Window, loc *time.Location) string {
	last := lastDay(w, loc)
	first := last
	if !w.Start.IsZero() {
		first = DayOf(w.Start.In(loc))
	}
	if first == last {
		return c.dayWords(last)
	}
	return c.dayWords(first) + " – " + c.dayWords(last)
}

func (c calendar) between(start, end time.Time) string {
	zone := letters(end)
	switch {
	case start.Equal(end):
		return c.date(end) + end.Format("15:04") + " " + zone
	case letters(start) != zone: // the clocks change in between
		return c.date(start) + start.Format("15:04") + " " + letters(start) + " – " + c.date(end) + end.Format("15:04") + " " + zone
	case DayOf(start) == DayOf(end):
		return c.date(end) + start.Format("15:04") + "–" + end.Format("15:04") + " " + zone
	}
	return c.dayWords(DayOf(start)) + " " + start.Format("15:04") + " – " + c.dayWords(DayOf(end)) + " " + end.Format("15:04") + " " + zone
}

// length is a span in words: "under a minute", "35 min", "5 h 10 min", "3 days 4 h".
func length(d time.Duration) string {
	minutes := int(d / time.Minute)
	switch {
	case minutes < 1:
		return "under 1 min"
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 48*60:
		return strings.TrimSuffix(fmt.Sprintf("%d h %d min", minutes/60, minutes%60), " 0 min")
	}
	return strings.TrimSuffix(fmt.Sprintf("%d days %d h", minutes/(24*60), minutes/60%24), " 0 h")
}

// ago is an age in words; what lies after the as-of time is said to.
func ago(t, asOf time.Time) string {
	if t.After(asOf) {
		return "in " + length(t.Sub(asOf))
	}
	return length(asOf.Sub(t)) + " ago"
}
