package report

import (
	"fmt"
	"strings"

	"tracedesk/backend/freight"
)

// summarise counts the lists; no number is computed in any other way.
func (m *maker) summarise() {
	d := &m.d
	s := DailySummary{
		Loads:      len(m.listed),
		Exceptions: len(d.Exceptions),
		InTransit:  len(d.InTransit),
		PickedUp:   len(d.PickedUp),
		Delivered:  len(d.Delivered),
		PODOpen:    len(d.PODOpen),
		Others:     len(d.Others),
	}
	for _, r := range d.Due {
		switch r.Group {
		case Overdue:
			s.Overdue++
		case DueToday:
			s.DueToday++
		case DueTomorrow:
			s.DueTomorrow++
		case DueLater:
			s.DueLater++
		}
	}
	var pickups, current, original []Judgement
	for i := range d.PickedUp {
		pickups = append(pickups, d.PickedUp[i].Current)
	}
	for i := range d.Delivered {
		current = append(current, d.Delivered[i].Current)
		original = append(original, d.Delivered[i].AgainstOrig)
		s.POD.count(d.Delivered[i].Paper)
	}
	s.Pickups, s.Current, s.Original = score(pickups), score(current), score(original)
	d.Summary = s
}

func (p *PODs) count(state freight.PaperState) {
	switch state {
	case freight.PaperVerified:
		p.Verified++
	case freight.PaperReceived:
		p.Received++
	case freight.PaperException:
		p.Exception++
	default:
		p.Missing++
	}
}

// Words is the summary in one sentence, for a subject line or a list of reports.
func (s DailySummary) Words() string {
	return fmt.Sprintf("%s, %s, %d in transit, %s on the day, on time %s, POD: %d verified, %d received, %d with exception, %d missing",
		count(s.Loads, "load"), count(s.Exceptions, "exception"), s.InTransit, deliveries(s.Delivered), s.Current.Words(),
		s.POD.Verified, s.POD.Received, s.POD.Exception, s.POD.Missing)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func deliveries(n int) string {
	if n == 1 {
		return "1 delivery"
	}
	return fmt.Sprintf("%d deliveries", n)
}

// leftOut says what was given and stands in no list.
func (m *maker) leftOut() freight.List[string] {
	var all freight.List[string]
	say := func(loads []string, why string) {
		if len(loads) > 0 {
			all = append(all, fmt.Sprintf("%s %s: %s.", count(len(loads), "load"), why, strings.Join(loads, ", ")))
		}
	}
	say(m.cancelled, "with a stop on this day cancelled or not used")
	say(m.dayless, "without any window or event, so on no day yet")
	return all
}

// definitions are what a sharp reader asks for: how on time is counted, what was left out, what a day is.
func (m *maker) definitions() freight.List[string] {
	d := &m.d
	day := "Day: each stop's own calendar day, in the zone of the stop."
	if m.zone != nil {
		day = fmt.Sprintf("Day: the calendar day in %s.", d.DayZone)
	}
	return freight.List[string]{
		"On time, by the definition \"" + m.in.Definition.Name + "\": " + lowerFirst(m.in.Definition.OnTimeWords("current")),
		"Current is the window now, original the first one ever given. Counted are the stops served on the day that have a window and an arrival time." +
			exclusions("pickups", d.Summary.Pickups) + exclusions("deliveries, current", d.Summary.Current) + exclusions("deliveries, original", d.Summary.Original),
		day + " Times are local to the stop, with the letters of its zone; the date is left out when it is the day of this report. A delivery belongs to the day on which it was completed.",
		"Overdue: the window has ended by the as-of time and no arrival is known. Stale: nothing heard for more than " + length(m.in.Stale) +
			". Ages are counted to the as-of time.",
		"POD: missing; received, a paper came in and was not checked yet; exception, it notes damage, shortage or refusal; verified. A load may stand in several lists; Loads counts it once.",
	}
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func exclusions(of string, s Score) string {
	if len(s.Excluded) == 0 {
		return ""
	}
	parts := make([]string, len(s.Excluded))
	for i, e := range s.Excluded {
		parts[i] = fmt.Sprintf("%d %s", e.N, e.Cause)
	}
	return fmt.Sprintf(" Not counted, %s: %s.", of, strings.Join(parts, ", "))
}
