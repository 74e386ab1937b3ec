package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// Study is what the weekly report, the scorecard and the desk's own figures are made of: the loads of one customer or carrier
// over a period and the weeks before it, as known at an instant.
type Study struct {
	Customer, Carrier string // "" is every one
	From, To          Day    // the period, both included
	Weeks             int    // weeks of trend, Monday to Sunday, up to the one in which the period ends
	// Before is how many days before the period it is held against; 0 is as many as it has itself.
	Before     int
	Zone       string // in which the as-of time is printed; "" is UTC
	AsOf       time.Time
	Definition kpi.Definition
	Loads      []kpi.Load // of the period, of the trend, and of the period before; any order
	FreeTimes  map[string]int
	Sources    []SourceNote
	Standing   CarrierStanding // of a scorecard's carrier
	People     []PersonWork    // of the desk's own figures
	Notes      []string        // on the data, by whoever gathered it: what waits in quarantine
}

// Reach is the first and the last day of which loads are needed.
func (s *Study) Reach() (from, to Day) {
	f := min(s.From.number()-s.before(), mondayOf(s.To.number())-7*(s.Weeks-1))
	return dayOfNumber(f), dayOfNumber(max(s.To.number(), mondayOf(s.To.number())+6))
}

func (s *Study) before() int {
	if s.Before > 0 {
		return s.Before
	}
	return s.To.number() - s.From.number() + 1
}

// mondayOf is the Monday of the week of a day counted from 1970, which began on a Thursday.
func mondayOf(day int) int { return day - ((day+3)%7+7)%7 }

// Names of the figures whose rows the papers are made of.
var studied = []string{"otp.current", "otp.original", "otd.current", "otd.original", "dwell.pickup", "dwell.delivery", "detention.usd",
	"detention.minutes", "pod.cycle", "exceptions.per1000", "exceptions.detect", "exceptions.acknowledge", "exceptions.resolve", "data.agreement", "carrier.bounces"}

// studyOf is a study, counted.
type studyOf struct {
	*Study
	cal     calendar
	figures map[string]kpi.KPI // of the period
	earlier map[string]kpi.KPI // of the period before
	order   []string           // of figures
	rows    map[string][]kpi.KPIRow
	trend   map[string][]kpi.KPIRow // on time, over all weeks
	loads   map[loadKey]*kpi.Load
}

type loadKey struct{ account, load string }

func (s *Study) count() *studyOf {
	if s.Definition.Name == "" {
		s.Definition = kpi.Shipped()[0]
	}
	in := kpi.Input{Loads: s.Loads, From: s.From.number(), To: s.To.number(), AsOf: s.AsOf, Definition: s.Definition, FreeTimes: s.FreeTimes}
	c := &studyOf{Study: s, cal: calendar{s.To}, figures: map[string]kpi.KPI{}, earlier: map[string]kpi.KPI{}, loads: map[loadKey]*kpi.Load{}}
	var all []kpi.KPI
	all, c.rows = kpi.Counted(in, studied...)
	for _, k := range all {
		c.figures[k.Name], c.order = k, append(c.order, k.Name)
	}
	past := in
	past.From, past.To = in.From-s.before(), in.From-1
	for _, k := range kpi.Compute(past) {
		c.earlier[k.Name] = k
	}
	if s.Weeks > 0 {
		in.From, in.To = mondayOf(in.To)-7*(s.Weeks-1), mondayOf(in.To)+6
		c.trend = kpi.OnTimeRows(in, studied[:4]...)
	}
	for i := range s.Loads {
		c.loads[loadKey{s.Loads[i].Account, s.Loads[i].Load}] = &s.Loads[i]
	}
	return c
}

func (c *studyOf) load(r *kpi.KPIRow) *kpi.Load { return c.loads[loadKey{r.Account, r.Load}] }

// asOf is printed in the study's zone, else in UTC.
func (s *Study) asOf() Moment {
	t := s.AsOf.UTC()
	if loc, err := freight.Location(s.Zone); s.Zone != "" && err == nil {
		t = s.AsOf.In(loc)
	}
	return Moment{At: t, Zone: t.Location().String(), Text: t.Format("Mon 2 Jan 2006 15:04 ") + letters(t)}
}

// sources are how fresh the words are; what has been silent for long is called stale.
func (s *Study) sources() []DailySource { return sourcesAt(s.Sources, s.AsOf, s.asOf().Zone, s.To) }

func sourcesAt(all []SourceNote, asOf time.Time, zone string, day Day) []DailySource {
	var out []DailySource
	for _, n := range all {
		row := DailySource{Name: sourceWords(n.Name), Word: n.Word, Age: "never heard", Stale: n.Word != "" && n.Word != "ok"}
		if !n.LastNews.IsZero() {
			at := calendar{day}.moment(n.LastNews, zone)
			row.LastNews, row.Age = &at, ago(n.LastNews, asOf)
		}
		if n.Word == "" {
			row.Stale = n.LastNews.IsZero() || asOf.Sub(n.LastNews) > DefaultStale
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b DailySource) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// punctuality is stops on time of those counted, by side.
type punctuality struct {
	name                    string
	loads                   map[loadKey]bool
	picks, picked           int // counted, on time
	drops, dropped          int
	latePicks, lateDrops    int
	lateMinutes             float64 // of late deliveries
	weekCounted, weekOnTime []int   // deliveries by week of the trend
}

// by groups the stops of the period by a name of their row; rows of the trend fill the weeks.
func (c *studyOf) by(name func(*kpi.KPIRow) string) []*punctuality {
	of := map[string]*punctuality{}
	at := func(r *kpi.KPIRow) *punctuality {
		n := cmp.Or(name(r), "not told")
		p := of[n]
		if p == nil {
			p = &punctuality{name: n, loads: map[loadKey]bool{}, weekCounted: make([]int, c.Weeks), weekOnTime: make([]int, c.Weeks)}
			of[n] = p
		}
		return p
	}
	for i := range c.rows["otp.current"] {
		r := &c.rows["otp.current"][i]
		p := at(r)
		p.loads[loadKey{r.Account, r.Load}] = true
		if r.Excluded == "" {
			p.picks++
			p.picked += oneIf(r.Outcome == kpi.OnTime)
			p.latePicks += oneIf(r.Outcome == kpi.Late)
		}
	}
	for i := range c.rows["otd.current"] {
		r := &c.rows["otd.current"][i]
		p := at(r)
		p.loads[loadKey{r.Account, r.Load}] = true
		if r.Excluded == "" {
			p.drops++
			p.dropped += oneIf(r.Outcome == kpi.OnTime)
			if r.Outcome == kpi.Late {
				p.lateDrops++
				p.lateMinutes += *r.Value
			}
		}
	}
	first := mondayOf(c.To.number()) - 7*(c.Weeks-1)
	for i := range c.trend["otd.current"] {
		r := &c.trend["otd.current"][i]
		if p := of[cmp.Or(name(r), "not told")]; p != nil && r.Excluded == "" {
			week := (r.On - first) / 7
			p.weekCounted[week]++
			p.weekOnTime[week] += oneIf(r.Outcome == kpi.OnTime)
		}
	}
	out := slices.Collect(maps.Values(of))
	slices.SortFunc(out, func(a, b *punctuality) int {
		return firstOf(len(b.loads)-len(a.loads), cmp.Compare(a.name, b.name))
	})
	return out
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// weekLabels are the weeks of the trend by their number, and how many deliveries were counted in each.
func (c *studyOf) weekLabels() (labels []string, mondays []int) {
	last := mondayOf(c.To.number())
	for i := c.Weeks - 1; i >= 0; i-- {
		_, week := dayOfNumber(last - 7*i).noon().ISOWeek()
		labels, mondays = append(labels, fmt.Sprintf("W%02d", week)), append(mondays, last-7*i)
	}
	return labels, mondays
}

// weekly counts the stops on time by week of the trend.
func (c *studyOf) weekly(figure string) (counted, onTime []int) {
	counted, onTime = make([]int, c.Weeks), make([]int, c.Weeks)
	first := mondayOf(c.To.number()) - 7*(c.Weeks-1)
	for i := range c.trend[figure] {
		if r := &c.trend[figure][i]; r.Excluded == "" {
			counted[(r.On-first)/7]++
			onTime[(r.On-first)/7] += oneIf(r.Outcome == kpi.OnTime)
		}
	}
	return counted, onTime
}

// valueWords is a figure as it is read.
func valueWords(k kpi.KPI) string {
	switch {
	case k.Value == nil:
		return "–"
	case k.Unit == kpi.Ratio:
		return percentOf(*k.Value)
	case k.Unit == kpi.Minutes && *k.Value < 0:
		return "−" + length(minutes(-*k.Value))
	case k.Unit == kpi.Minutes:
		return length(minutes(*k.Value))
	case k.Unit == kpi.USD:
		return fmt.Sprintf("%.2f USD", *k.Value)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", *k.Value), ".0")
}

// percentOf is a share with one digit, never 100 or 0 by rounding alone.
func percentOf(v float64) string {
	p := v * 100
	switch {
	case v < 1 && p > 99.9:
		p = 99.9
	case v > 0 && p < 0.1:
		p = 0.1
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", p), ".0") + " %"
}

// band is the 95 % interval of a share in words.
func band(k kpi.KPI) string {
	if k.Low == nil || k.High == nil || k.N == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f–%.0f %%", *k.Low*100, *k.High*100)
}

// change is how a figure differs from the period before; of sums over periods of different length nothing can be said.
func (c *studyOf) change(now, before kpi.KPI) string {
	sum := now.Unit == kpi.USD || now.Unit == kpi.Count && now.Name != "exceptions.per1000"
	switch {
	case sum && c.before() != c.To.number()-c.From.number()+1:
		return ""
	case now.Value == nil || before.Value == nil:
		return ""
	case now.Unit == kpi.Ratio:
		return fmt.Sprintf("%+.1f pts", (*now.Value-*before.Value)*100)
	case now.Unit == kpi.Minutes:
		return fmt.Sprintf("%+.0f min", *now.Value-*before.Value)
	}
	return fmt.Sprintf("%+.0f", *now.Value-*before.Value)
}

func leftOutWords(all []kpi.Excluded) string {
	said := make([]string, len(all))
	for i, x := range all {
		said[i] = fmt.Sprintf("%d %s", x.N, x.Cause)
	}
	return strings.Join(said, ", ")
}
