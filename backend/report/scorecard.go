package report

import (
	"cmp"
	"fmt"
	"strings"

	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// CarrierStanding is what is on file of a carrier's authority and insurance.
type CarrierStanding struct {
	SCAC, MC, DOT string
	Authority     string
	InsuredTo     Day
	CargoLimitUSD float64
	Blocked       bool
	OnFile        bool
}

// scored are the metrics that points are given for, with the limits of five, four and three points.
var scored = []struct {
	figure, name string
	five, four   float64
	three        float64
}{
	{"otd.current.carrier", "On-time delivery", 0.95, 0.93, 0.90},
	{"otp.current.carrier", "On-time pickup", 0.95, 0.93, 0.90},
	{"tracking.compliance", "Tracking compliance", 0.98, 0.95, 0.90},
	{"tender.acceptance", "Tender acceptance", 0.95, 0.90, 0.85},
	{"milestones.timely", "Milestones told in time", 0.95, 0.90, 0.85},
	{"pod.within48h", "POD within 48 h", 0.95, 0.90, 0.85},
}

// MakeScorecard is how a carrier did over a period, beside as long a time before it.
func MakeScorecard(s Study) *Paper {
	c := s.count()
	p := &Paper{Kind: "scorecard", Title: "Carrier scorecard", About: cmp.Or(s.Carrier, "All carriers"), Period: daysWords(s.From, s.To), Days: "each stop's own day", AsOf: s.asOf(), Sources: s.sources()}
	if s.Customer != "" {
		p.Days = "loads of " + s.Customer + "; each stop's own day"
	}
	drops, picks := c.lateStops("late-deliveries", "Late deliveries", "otd"), c.lateStops("late-pickups", "Late pickups", "otp")
	points := c.points()
	p.add(Part{Figures: c.cardFigures(points, drops, picks)})
	p.add(Part{List: points, Text: []string{"Only what the carrier answers for counts against it. A metric over fewer than five gives no points. Whoever finds a line wrong names the load and the stop: a corrected cause or time changes the figure."}})
	p.add(Part{Charts: []pdf.Chart{c.trendOf("On-time delivery by week", "otd"), c.trendOf("On-time pickup by week", "otp")}})
	p.add(Part{Charts: c.lateCharts(drops, picks)})
	p.add(Part{List: c.figureList(fmt.Sprintf("All figures beside the %d days before", s.before()), cardFigures...)})
	p.add(Part{List: c.lanes(), Text: []string{"By week: deliveries on time of those counted, their number below. The darker, the more were late."}})
	p.add(Part{List: c.facilities()})
	p.add(Part{List: drops})
	p.add(Part{List: picks})
	p.add(Part{List: c.bounces()})
	p.add(Part{List: c.exceptionKinds()})
	p.add(Part{List: c.openPODs()})
	p.add(Part{Heading: "Authority and insurance", Text: c.standing()})
	p.add(Part{Heading: "Notes on the data", Text: c.dataNotes()})
	p.add(Part{List: c.leftOut()})
	p.add(Part{List: c.stops()})
	p.Definitions = c.definitions("current", "otd.current.carrier", "tracking.compliance", "tracking.automation", "tender.acceptance", "carrier.bounces", "milestones.timely", "pod.within48h", "network.score")
	p.Definitions = append(p.Definitions, "Points: five, four or three from the limits in the table, otherwise a flag, which counts as none. The score is the mean over the metrics that count at least five. The limits are the desk's and are printed so that they can be disputed.")
	return p
}

var cardFigures = []string{"loads", "loads.cancelled", "otd.current", "otd.original", "otd.current.carrier", "otd.current.lateMinutes", "otp.current", "otp.original", "otp.current.carrier", "otp.current.lateMinutes",
	"tender.acceptance", "carrier.bounces", "carrier.badBounces", "tracking.compliance", "tracking.automation", "calls.firstReach", "calls.coverage", "milestones.complete", "milestones.timely",
	"dwell.pickup", "dwell.delivery", "detention.share", "detention.usd", "pod.cycle", "pod.within48h", "pod.clean", "exceptions.per1000", "exceptions.repeat", "eta.2h.within30", "eta.6h.within60", "data.agreement", "network.score"}

// points are the scored metrics, each with its limits.
func (c *studyOf) points() *List {
	l := &List{ID: "points", Title: "Score", Unnumbered: true, Columns: []Column{{Title: "Metric", Width: 30}, {Title: "Value", Width: 12, Form: Share}, {Title: "n", Width: 8, Form: Number}, {Title: "95 %", Width: 14},
		{Title: "Points", Width: 9, Form: Number}, {Title: "Five from", Width: 10, Form: Share}, {Title: "Four from", Width: 10, Form: Share}, {Title: "Three from", Width: 10, Form: Share}, {Title: "Before", Width: 12, Form: Share}, {Title: "Change", Width: 12}}}
	limit := func(v float64) Cell { return Cell{Text: percentOf(v), Value: v} }
	for _, m := range scored {
		k, was := c.figures[m.figure], c.earlier[m.figure]
		given := Cell{Text: "–"}
		if k.Value != nil && !k.Small {
			switch v := *k.Value; {
			case v >= m.five:
				given = number(5)
			case v >= m.four:
				given = number(4)
			case v >= m.three:
				given = number(3)
			default:
				given = alarming("flag")
			}
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(m.name), figureCell(k), number(k.N), words(band(k)), given, limit(m.five), limit(m.four), limit(m.three), figureCell(was), words(c.change(k, was))}})
	}
	return l
}

func (c *studyOf) cardFigures(points, drops, picks *List) []Figure {
	k := func(name string) kpi.KPI { return c.figures[name] }
	sum, n, flags := 0.0, 0, 0
	for i := range points.Rows {
		switch given := points.Rows[i].Cells[4]; v := given.Value.(type) {
		case float64:
			sum, n = sum+v, n+1
		default:
			flags += oneIf(given.Alarm)
		}
	}
	score := Figure{Label: "Score", Value: "–", Note: "no metric counts enough", Faint: true}
	if n+flags > 0 {
		score = Figure{Label: "Score", Value: fmt.Sprintf("%.1f of 5", sum/float64(n+flags)), Note: fmt.Sprintf("over %s, %s", count(n+flags, "metric"), count(flags, "flag")), Alarm: flags > 0}
	}
	share := func(label, name string) Figure {
		f := k(name)
		return Figure{Label: label, Value: valueWords(f), Note: strings.TrimSuffix(sentence(fmt.Sprintf("n = %d", f.N), bandNote(f), c.change(f, c.earlier[name])), ";"), Faint: f.Small}
	}
	return []Figure{score,
		{Label: "Loads", Value: valueWords(k("loads")), Note: "before: " + valueWords(c.earlier["loads"])},
		share("Deliveries on time", "otd.current"), share("Pickups on time", "otp.current"), share("Tracking", "tracking.compliance"), share("Tenders accepted", "tender.acceptance"),
		{Label: "Late deliveries", Value: fmt.Sprint(len(drops.Rows)), Note: lateNote(k("otd.current.lateMinutes")), Of: drops.ID, N: len(drops.Rows)},
		{Label: "Late pickups", Value: fmt.Sprint(len(picks.Rows)), Note: lateNote(k("otp.current.lateMinutes")), Of: picks.ID, N: len(picks.Rows)}}
}

// bounces are the loads that the carrier gave back after it had accepted them, and how long before the pickup.
func (c *studyOf) bounces() *List {
	l := &List{ID: "bounces", Title: "Accepted and given back", None: "None was given back, as far as tenders are on record.", Columns: []Column{{Title: "Load", Width: 16}, {Title: "Lane", Width: 40}, {Title: "Given back", Width: 24, Form: When}, {Title: "Before the pickup window", Width: 24}}}
	for i := range c.rows["carrier.bounces"] {
		r := &c.rows["carrier.bounces"][i]
		if r.Excluded != "" || r.Actual == nil {
			continue
		}
		lead := Cell{Text: "no pickup appointment"}
		if load := c.load(r); load != nil {
			if begins := kpi.PickupBegins(load); !begins.IsZero() {
				lead = words(length(begins.Sub(*r.Actual)) + " before")
				if begins.Before(*r.Actual) {
					lead = alarming(length(r.Actual.Sub(begins)) + " after")
				}
			}
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{bold(r.Load), words(r.Lane), c.cal.when(r.Actual), lead}})
	}
	return l
}

// standing is what is on file of the carrier's authority and insurance.
func (c *studyOf) standing() []string {
	f := c.Standing
	if !f.OnFile {
		return []string{"Nothing is on file of this carrier's authority and insurance."}
	}
	line := fmt.Sprintf("SCAC %s, MC %s, DOT %s; authority %s.", cmp.Or(f.SCAC, "not on file"), cmp.Or(f.MC, "not on file"), cmp.Or(f.DOT, "not on file"), cmp.Or(f.Authority, "not on file"))
	insured := "The end of its insurance is not on file."
	if f.InsuredTo != (Day{}) {
		insured = "Insured until " + f.InsuredTo.noon().Format("2 Jan 2006") + "."
		if f.InsuredTo.Before(DayOf(c.AsOf)) {
			insured = "Its insurance ENDED on " + f.InsuredTo.noon().Format("2 Jan 2006") + "."
		}
	}
	if f.CargoLimitUSD > 0 {
		insured += fmt.Sprintf(" Cargo limit %.0f USD.", f.CargoLimitUSD)
	}
	if f.Blocked {
		insured += " The desk has BLOCKED this carrier."
	}
	return []string{line + " " + insured}
}
