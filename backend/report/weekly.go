package report

import (
	"cmp"
	"fmt"
	"strings"

	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// WeeksOfTrend is how many weeks a weekly report looks back.
const WeeksOfTrend = 13

// Week is the Monday and Sunday of an ISO week such as 2026-W47.
func Week(s string) (from, to Day, err error) {
	var year, week int
	if n, err := fmt.Sscanf(strings.ToUpper(s), "%4d-W%2d", &year, &week); n != 2 || err != nil || len(s) != len("2026-W47") {
		return from, to, fmt.Errorf("%q is not a week such as 2026-W47", s)
	}
	from = dayOfNumber(mondayOf(Day{year, 1, 4}.number()) + 7*(week-1)) // the 4th of January is in week 1
	if y, w := from.isoWeek(); y != year || w != week {
		return from, to, fmt.Errorf("the year %d has no week %d", year, week)
	}
	return from, dayOfNumber(from.number() + 6), nil
}

func (d Day) isoWeek() (year, week int) { return d.noon().ISOWeek() }

// WeekOf is the ISO week of a day, such as 2026-W47.
func WeekOf(d Day) string {
	year, week := d.isoWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// daysWords is "Mon 16 – Sun 22 Nov 2026".
func daysWords(from, to Day) string {
	first := from.noon().Format("Mon 2 Jan 2006")
	switch {
	case from == to:
		return first
	case from.Year == to.Year && from.Month == to.Month:
		first = from.noon().Format("Mon 2")
	case from.Year == to.Year:
		first = from.noon().Format("Mon 2 Jan")
	}
	return first + " – " + to.noon().Format("Mon 2 Jan 2006")
}

// MakeWeekly is the customer's weekly report.
func MakeWeekly(s Study) *Paper {
	s.Before = (s.Weeks - 1) * 7
	c := s.count()
	_, week := s.From.isoWeek()
	p := &Paper{Kind: "weekly", Title: "Weekly tracking report", About: cmp.Or(s.Customer, "All customers"), Period: fmt.Sprintf("Week %d, %s", week, daysWords(s.From, s.To)),
		Days: "weekends in; each stop's own day", AsOf: s.asOf(), Sources: s.sources()}
	drops, picks := c.lateStops("late-deliveries", "Late deliveries", "otd"), c.lateStops("late-pickups", "Late pickups", "otp")
	overdue, pods, moved := c.overdueStops(), c.openPODs(), c.moved()
	p.add(Part{Figures: c.weekFigures(drops, picks, overdue, pods)})
	p.add(Part{Text: []string{c.inWords(drops, picks)}})
	p.add(Part{Charts: []pdf.Chart{c.trendOf("On-time delivery by week", "otd"), c.trendOf("On-time pickup by week", "otp")}})
	p.add(Part{Charts: c.lateCharts(drops, picks)})
	p.add(Part{List: drops})
	p.add(Part{List: picks})
	p.add(Part{List: overdue})
	p.add(Part{List: c.lanes(), Text: []string{"By week: deliveries on time of those counted, their number below. The darker, the more were late."}})
	p.add(Part{List: c.carriers()})
	p.add(Part{List: c.facilities()})
	p.add(Part{List: pods})
	p.add(Part{List: c.exceptionKinds()})
	p.add(Part{List: moved})
	p.add(Part{List: c.figureList(fmt.Sprintf("All figures beside the %d weeks before", s.Weeks-1), weeklyFigures...)})
	p.add(Part{Heading: "Notes on the data", Text: c.dataNotes()})
	p.add(Part{List: c.leftOut()})
	p.add(Part{List: c.stops()})
	p.Definitions = c.definitions("current", weeklyDefined...)
	return p
}

func (p *Paper) add(part Part) { p.Parts = append(p.Parts, part) }

// weeklyFigures are the figures of the weekly table, in order.
var weeklyFigures = []string{"loads", "loads.cancelled", "stops",
	"otd.current", "otd.original", "otd.current.excludingCustomer", "otd.current.lateMinutes", "otd.current.minutes", "otd.current.early",
	"otp.current", "otp.original", "otp.current.excludingCustomer", "otp.current.lateMinutes", "otp.current.early",
	"otif", "otif.stops", "tracking.compliance", "tracking.automation", "milestones.complete", "milestones.timely",
	"exceptions.per1000", "exceptions.detect", "exceptions.acknowledge", "exceptions.resolve", "exceptions.firstContact", "exceptions.repeat", "proactive",
	"calls.coverage", "calls.saved", "pod.cycle", "pod.within24h", "pod.within48h", "pod.clean", "invoice.ready",
	"dwell.pickup", "dwell.delivery", "detention.share", "detention.usd",
	"eta.24h.within60", "eta.12h.within60", "eta.6h.within60", "eta.2h.within30", "eta.1h.within15", "eta.band", "data.agreement"}

// weeklyDefined are the figures whose words stand in the box; the workbook has those of all.
var weeklyDefined = []string{"loads", "otd.current.excludingCustomer", "otif", "tracking.compliance", "exceptions.per1000", "proactive", "pod.within24h", "detention.usd", "eta.2h.within30", "data.agreement"}

func (c *studyOf) weekFigures(drops, picks, overdue, pods *List) []Figure {
	k := func(name string) kpi.KPI { return c.figures[name] }
	share := func(label, name, of string, n int, note string) Figure {
		f := k(name)
		return Figure{Label: label, Value: valueWords(f), Note: strings.TrimSuffix(sentence(fmt.Sprintf("n = %d", f.N), bandNote(f), note), ";"), Faint: f.Small, Of: of, N: n}
	}
	return []Figure{
		{Label: "Loads", Value: valueWords(k("loads")), Note: fmt.Sprintf("%s cancelled or not used", valueWords(k("loads.cancelled")))},
		share("Deliveries on time", "otd.current", "", 0, "original "+valueWords(k("otd.original"))),
		share("Pickups on time", "otp.current", "", 0, "original "+valueWords(k("otp.original"))),
		{Label: "Late deliveries", Value: fmt.Sprint(len(drops.Rows)), Note: lateNote(k("otd.current.lateMinutes")), Alarm: len(drops.Rows) > 0, Of: drops.ID, N: len(drops.Rows)},
		{Label: "Late pickups", Value: fmt.Sprint(len(picks.Rows)), Note: lateNote(k("otp.current.lateMinutes")), Of: picks.ID, N: len(picks.Rows)},
		{Label: "Overdue stops", Value: fmt.Sprint(len(overdue.Rows)), Note: "no arrival known", Alarm: len(overdue.Rows) > 0, Of: overdue.ID, N: len(overdue.Rows)},
		share("POD within 24 h", "pod.within24h", "", 0, ""),
		{Label: "POD not verified", Value: fmt.Sprint(len(pods.Rows)), Note: "delivered loads", Of: pods.ID, N: len(pods.Rows)},
	}
}

func bandNote(k kpi.KPI) string {
	if b := band(k); b != "" {
		return "(" + b + ");"
	}
	return ""
}

func lateNote(k kpi.KPI) string {
	if k.Value == nil {
		return "nothing late"
	}
	return "mean " + valueWords(k) + " late"
}

// inWords is the week in two sentences.
func (c *studyOf) inWords(lists ...*List) string {
	now, was := c.figures["otd.current"], c.earlier["otd.current"]
	if now.Value == nil {
		return "No delivery of the week could be counted on time: " + cmp.Or(leftOutWords(now.Excluded), "there was none") + "."
	}
	text := fmt.Sprintf("Deliveries were on time at %s of %d counted", valueWords(now), now.N)
	if was.Value != nil {
		text += fmt.Sprintf("; over the %d weeks before it was %s of %d", c.Weeks-1, valueWords(was), was.N)
	}
	text += "."
	if causes := c.causes(lists...); len(causes) > 0 {
		text += fmt.Sprintf(" Most late stops: %s (%d).", causes[0].name, causes[0].n)
	}
	return text
}

func (c *studyOf) trendOf(title, side string) pdf.Trend {
	labels, _ := c.weekLabels()
	t := pdf.Trend{Title: title, Note: "share of stops; hollow marks: fewer than five; below each week how many were counted", Percent: true, Labels: labels}
	for _, w := range []struct{ name, figure string }{{"current window", side + ".current"}, {"first window", side + ".original"}} {
		counted, onTime := c.weekly(w.figure)
		s := pdf.Series{Name: w.name}
		for i, n := range counted {
			q := pdf.Point{Weak: n < few}
			if n > 0 {
				v := float64(onTime[i]) / float64(n)
				q.Value = &v
			}
			s.Points = append(s.Points, q)
			if w.name == "current window" {
				t.Below = append(t.Below, fmt.Sprint(n))
			}
		}
		t.Series = append(t.Series, s)
	}
	return t
}

// lateCharts are why stops were late, and how late deliveries were.
func (c *studyOf) lateCharts(lists ...*List) []pdf.Chart {
	var out []pdf.Chart
	pareto := pdf.Pareto{Title: "Why stops were late", Note: "causes as people filed them, pickups and deliveries"}
	rest := 0
	for i, cause := range c.causes(lists...) {
		if i < 7 {
			pareto.Bars = append(pareto.Bars, pdf.Bar{Label: cause.name, Value: float64(cause.n)})
		} else {
			rest += cause.n
		}
	}
	if rest > 0 {
		pareto.Bars = append(pareto.Bars, pdf.Bar{Label: "all other causes", Value: float64(rest)})
	}
	if len(pareto.Bars) > 0 {
		out = append(out, pareto)
	}
	return append(out, c.punctualityBins())
}

// binEnds are the ends of the bins of minutes after the due end; the last is open.
var binEnds = []struct {
	to    float64
	label string
}{{-240, "4 h early"}, {-60, "1–4 h early"}, {-0.001, "under 1 h"}, {0.001, "on the end"}, {15, "to 15 min"}, {60, "to 1 h"}, {240, "to 4 h"}, {1440, "to 24 h"}, {1e12, "more"}}

func (c *studyOf) punctualityBins() pdf.Histogram {
	h := pdf.Histogram{Title: "Arrivals at deliveries against the end of the window", Note: "stops by minutes before (pale) and after (dark)"}
	counts := make([]int, len(binEnds))
	for i := range c.rows["otd.current"] {
		r := &c.rows["otd.current"][i]
		if r.Excluded != "" || r.Value == nil {
			continue
		}
		k := 0
		for *r.Value > binEnds[k].to {
			k++
		}
		counts[k]++
	}
	for i, b := range binEnds {
		h.Bins = append(h.Bins, pdf.Bar{Label: b.label, Value: float64(counts[i]), Dark: i > 3})
	}
	return h
}

// dataNotes are what a reader should know of the data before trusting a number.
func (c *studyOf) dataNotes() []string {
	notes := append([]string{}, c.Notes...)
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			notes = append(notes, "1 "+one)
		case n > 1:
			notes = append(notes, fmt.Sprintf("%d %s", n, many))
		}
	}
	for _, f := range []struct{ name, words string }{{"otd.current", "deliveries"}, {"otp.current", "pickups"}} {
		if x := c.figures[f.name].Excluded; len(x) > 0 {
			notes = append(notes, fmt.Sprintf("Left out of on time, %s: %s. Each is listed in the workbook.", f.words, leftOutWords(x)))
		}
	}
	provisional, nobody := 0, 0
	for i := range c.Loads {
		l := &c.Loads[i]
		if day := l.Day(); day < c.From.number() || day > c.To.number() {
			continue
		}
		provisional += oneIf(l.Provisional)
		nobody += oneIf(l.Carrier == "")
	}
	say(provisional, "load is known to a carrier or platform only; the TMS has not told it.", "loads are known to a carrier or platform only; the TMS has not told them.")
	say(nobody, "load has no carrier.", "loads have no carrier.")
	if k := c.figures["milestones.timely"]; k.Value != nil {
		notes = append(notes, fmt.Sprintf("%s of %d milestones were told within %d min of happening.", valueWords(k), k.N, c.Definition.Timely))
	}
	if k := c.figures["data.agreement"]; k.Value != nil {
		notes = append(notes, fmt.Sprintf("Where the TMS and a carrier or platform both told a field, they agree on %s of %d.", valueWords(k), k.N))
	}
	if len(notes) == 0 {
		notes = append(notes, "Nothing was left out, and nothing waits.")
	}
	return notes
}

// definitions answer what a sharp reader asks, then the words of some figures.
func (c *studyOf) definitions(window string, figures ...string) []string {
	d := &c.Definition
	out := []string{
		fmt.Sprintf("On time, by the definition \"%s\": %s Original and first mean the same against the first window ever given.", d.Name, lowerFirst(d.OnTimeWords(window))),
		"A stop counts to the day on which its current window ends, on its own calendar; Saturdays and Sundays are in. Cancelled loads and trucks not used are out and counted. Lost and late loads are in: a stop whose window is over and that nobody reached is listed as overdue and counts once it is reached.",
		"Late stops stay in whatever caused them; \"without what the customer's side caused\" leaves out those for which a person filed " + strings.Join(d.CustomerParties, ", ") + ". A cause that nobody filed is not guessed.",
		"95 % is Wilson's interval. Grey: counted over fewer than five. The rows behind every number are in the workbook and in tracedesk kpi --rows.",
	}
	for _, name := range figures {
		if k, ok := c.figures[name]; ok {
			out = append(out, k.Title+": "+k.Definition)
		}
	}
	return out
}
