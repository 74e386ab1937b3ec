package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// PersonWork is what a person of the desk did in a period, by the audit chain: so many acts of a kind.
type PersonWork struct {
	Who, Act string
	N        int
}

// MakePerformance is how the desk itself did: its own people and its own time.
func MakePerformance(s Study) *Paper {
	c := s.count()
	p := &Paper{Kind: "performance", Title: "Desk performance", About: cmp.Or(s.Customer, "All customers"), Period: daysWords(s.From, s.To), Days: "each stop's own day", AsOf: s.asOf(), Sources: s.sources()}
	kinds, owners, open := c.exceptionKinds(), c.owners(), c.openExceptions()
	p.add(Part{Figures: c.deskFigures(open)})
	p.add(Part{Charts: []pdf.Chart{c.handlingBins(), c.callBins()}})
	p.add(Part{List: owners})
	p.add(Part{List: c.people(), Text: []string{"Acts as they stand in the audit chain. They show who did what, not how much an act was worth."}})
	p.add(Part{List: kinds})
	p.add(Part{List: open})
	p.add(Part{List: c.figureList(fmt.Sprintf("All figures beside the %d days before", s.before()), deskFigures...)})
	p.add(Part{Heading: "Notes on the data", Text: c.dataNotes()})
	p.Definitions = c.definitions("current", "exceptions.detect", "exceptions.acknowledge", "exceptions.resolve", "exceptions.firstContact", "proactive", "calls.coverage", "calls.saved", "calls.firstReach", "exceptions.per1000", "exceptions.repeat", "invoice.ready")
	return p
}

var deskFigures = []string{"loads", "exceptions.per1000", "exceptions.detect", "exceptions.detect.mean", "exceptions.acknowledge", "exceptions.acknowledge.mean", "exceptions.resolve", "exceptions.resolve.mean", "exceptions.resolve.business",
	"exceptions.firstContact", "exceptions.repeat", "exceptions.aged", "proactive", "calls.coverage", "calls.saved", "calls.firstReach", "milestones.complete", "milestones.timely", "pod.cycle", "pod.within24h", "pod.within48h", "invoice.ready", "data.agreement"}

func (c *studyOf) deskFigures(open *List) []Figure {
	of := func(label, name, note string) Figure {
		k := c.figures[name]
		return Figure{Label: label, Value: valueWords(k), Note: sentence(fmt.Sprintf("n = %d;", k.N), note, "before "+valueWords(c.earlier[name])), Faint: k.Small}
	}
	return []Figure{{Label: "Loads", Value: valueWords(c.figures["loads"]), Note: "before " + valueWords(c.earlier["loads"])},
		of("Seen after", "exceptions.detect", "median;"), of("Taken after", "exceptions.acknowledge", "median;"), of("Resolved after", "exceptions.resolve", "median;"),
		of("Customer told before", "proactive", ""), of("Check calls covered", "calls.coverage", ""), of("Calls saved", "calls.saved", ""),
		{Label: "Still open", Value: fmt.Sprint(len(open.Rows)), Note: "exceptions of the period", Alarm: len(open.Rows) > 0, Of: open.ID, N: len(open.Rows)}}
}

// handlingBins are how soon exceptions were resolved.
func (c *studyOf) handlingBins() pdf.Histogram {
	h := pdf.Histogram{Title: "Exceptions by time to resolve", Note: "clock hours from detection; dark: beyond 72 h"}
	ends := []struct {
		to    float64
		label string
	}{{15, "15 min"}, {60, "1 h"}, {240, "4 h"}, {1440, "24 h"}, {4320, "72 h"}, {7200, "120 h"}, {1e12, "more"}}
	counts := make([]int, len(ends))
	for i := range c.rows["exceptions.resolve"] {
		if r := &c.rows["exceptions.resolve"][i]; r.Value != nil {
			k := 0
			for *r.Value > ends[k].to {
				k++
			}
			counts[k]++
		}
	}
	for i, e := range ends {
		h.Bins = append(h.Bins, pdf.Bar{Label: e.label, Value: float64(counts[i]), Dark: i > 4})
	}
	return h
}

// callBins are what became of the check calls that were due.
func (c *studyOf) callBins() pdf.Histogram {
	h := pdf.Histogram{Title: "Check calls by what became of them", Note: "covered: data said it, nobody had to call"}
	names := []struct{ how, label string }{{"covered", "covered"}, {"answered", "answered"}, {"done", "done"}, {"lapsed", "fell away"}, {"", "waiting"}}
	for _, n := range names {
		h.Bins = append(h.Bins, pdf.Bar{Label: n.label, Dark: n.how == ""})
	}
	c.each(func(l *kpi.Load) {
		for i := range l.Calls {
			k := slices.IndexFunc(names, func(n struct{ how, label string }) bool { return n.how == l.Calls[i].How })
			if k >= 0 {
				h.Bins[k].Value++
			}
		}
	})
	return h
}

// each visits the loads that count to the period, in the order of their numbers.
func (c *studyOf) each(do func(*kpi.Load)) {
	in := make([]*kpi.Load, 0, len(c.Loads))
	for i := range c.Loads {
		if day := c.Loads[i].Day(); day >= c.From.number() && day <= c.To.number() {
			in = append(in, &c.Loads[i])
		}
	}
	slices.SortFunc(in, func(a, b *kpi.Load) int {
		return firstOf(cmp.Compare(a.Load, b.Load), cmp.Compare(a.Account, b.Account))
	})
	for _, l := range in {
		do(l)
	}
}

// owners are the exceptions by whose they are.
func (c *studyOf) owners() *List {
	type owner struct {
		name         string
		n, open      int
		taken, ended []float64
	}
	of := map[string]*owner{}
	c.eachException(func(_ *kpi.Load, x *kpi.Exception) {
		o := of[x.Owner]
		if o == nil {
			o = &owner{name: cmp.Or(x.Owner, "nobody's")}
			of[x.Owner] = o
		}
		o.n++
		if !x.Acknowledged.IsZero() {
			o.taken = append(o.taken, max(0, x.Acknowledged.Sub(x.Detected)).Minutes())
		}
		if x.Resolved.IsZero() {
			o.open++
		} else {
			o.ended = append(o.ended, max(0, x.Resolved.Sub(x.Detected)).Minutes())
		}
	})
	all := slices.SortedFunc(maps.Values(of), func(a, b *owner) int { return firstOf(b.n-a.n, cmp.Compare(a.name, b.name)) })
	l := &List{ID: "owners", Title: "Exceptions by whose they are", Unnumbered: true, None: "None was found.", Columns: []Column{{Title: "Owner", Width: 40}, {Title: "Exceptions", Width: 12, Form: Number}, {Title: "Still open", Width: 12, Form: Number}, {Title: "Taken after, median", Width: 16, Form: Mins}, {Title: "Resolved after, median", Width: 16, Form: Mins}}}
	for _, o := range all {
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(o.name), number(o.n), number(o.open), mins(median(o.taken)), mins(median(o.ended))}})
	}
	return l
}

// eachException visits the exceptions that the figures count, in the order of loads.
func (c *studyOf) eachException(do func(*kpi.Load, *kpi.Exception)) {
	c.each(func(l *kpi.Load) {
		for i := range l.Exceptions {
			if x := &l.Exceptions[i]; c.Definition.Counts(x) {
				do(l, x)
			}
		}
	})
}

func (c *studyOf) openExceptions() *List {
	l := &List{ID: "open", Title: "Exceptions still open", None: "None is open.", Columns: []Column{{Title: "Load", Width: 12}, {Title: "Customer", Width: 20}, {Title: "Carrier", Width: 20}, {Title: "Exception", Width: 26}, {Title: "Why", Below: true}, {Title: "Severity", Width: 10}, {Title: "Owner", Width: 14}, {Title: "Found", Width: 18, Form: When}, {Title: "Open for", Width: 12}}}
	l.Most = 60
	c.eachException(func(load *kpi.Load, x *kpi.Exception) {
		if x.Resolved.IsZero() {
			l.Rows = append(l.Rows, Row{Cells: []Cell{bold(load.Load), words(load.Customer), words(load.Carrier), words(cmp.Or(x.Words, x.Kind)), words(x.Why), words(string(x.Severity)), words(cmp.Or(x.Owner, "nobody's")), c.cal.when(&x.Detected), words(length(c.AsOf.Sub(x.Detected)))}})
		}
	})
	return l
}

// people are who did what, by the audit chain.
func (c *studyOf) people() *List {
	l := &List{ID: "people", Title: "Who did what", Unnumbered: true, None: "Nobody did anything that the audit chain knows of.", Columns: []Column{{Title: "Who", Width: 30}, {Title: "Act", Width: 40}, {Title: "How often", Width: 12, Form: Number}}}
	all := slices.Clone(c.People)
	slices.SortFunc(all, func(a, b PersonWork) int {
		return firstOf(cmp.Compare(a.Who, b.Who), b.N-a.N, cmp.Compare(a.Act, b.Act))
	})
	for _, w := range all {
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(w.Who), words(w.Act), number(w.N)}})
	}
	return l
}
