package reports

import (
	"context"
	"strings"

	"tracedesk/backend/report"
)

// outline is the report's lists in brief, in the order of the page; every list is as long as on paper.
func outline(d *report.Daily) []ReportSection {
	var out []ReportSection
	section := func(title string, n int, line func(i int) ReportLine) {
		s := ReportSection{Title: title, Count: n}
		for i := range n {
			s.Loads = append(s.Loads, line(i))
		}
		out = append(out, s)
	}
	section("Exceptions", len(d.Exceptions), func(i int) ReportLine {
		r := &d.Exceptions[i]
		return ReportLine{Load: r.Load, Text: strings.Join(r.Why, "; ")}
	})
	section("In transit", len(d.InTransit), func(i int) ReportLine {
		r := &d.InTransit[i]
		text := r.From + " → " + r.To
		if r.Next != nil {
			text += ", next " + r.Next.Place
		}
		return ReportLine{Load: r.Load, Text: joined(text, periodText(r.Window), r.News.Text)}
	})
	section("Due", len(d.Due), func(i int) ReportLine {
		r := &d.Due[i]
		return ReportLine{Load: r.Load, Text: joined(string(r.Group)+": "+r.Stop.Kind+" "+r.Stop.Place, periodText(r.Window))}
	})
	section("Picked up", len(d.PickedUp), func(i int) ReportLine { return served(&d.PickedUp[i]) })
	section("Delivered", len(d.Delivered), func(i int) ReportLine { return served(&d.Delivered[i]) })
	section("POD still open", len(d.PODOpen), func(i int) ReportLine {
		r := &d.PODOpen[i]
		return ReportLine{Load: r.Load, Text: joined("delivered "+r.Delivered.Text, "POD "+string(r.POD))}
	})
	section("Other loads of the day", len(d.Others), func(i int) ReportLine {
		r := &d.Others[i]
		return ReportLine{Load: r.Load, Text: joined(r.What, r.Stop.Place, periodText(r.Window))}
	})
	return out
}

func served(r *report.ServedRow) ReportLine {
	return ReportLine{Load: r.Load, Text: joined(r.Stop.Place, r.Served.Text, periodText(r.Window), string(r.Current.Outcome), "paper "+string(r.Paper))}
}

func periodText(p *report.Period) string {
	if p == nil {
		return ""
	}
	return p.Text
}

func joined(parts ...string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// Outline is what a paper will say, in brief, from the same values as the printed one.
func (a *Area) Outline(ctx context.Context, q PaperQuery) (Outline, error) {
	q.Format = CSV // the pages of papers are not drawn for it
	p, err := a.Paper(ctx, q)
	if err != nil {
		return Outline{}, err
	}
	out := Outline{Kind: p.Kind, Title: p.Title, About: p.About, Period: p.Period, AsOf: p.AsOf.At}
	for i := range p.Parts {
		for _, f := range p.Parts[i].Figures {
			out.Figures = append(out.Figures, OutlineFigure{f.Label, f.Value, f.Note})
		}
		if l := p.Parts[i].List; l != nil {
			out.Lists = append(out.Lists, OutlineList{l.ID, l.Title, len(l.Rows)})
		}
	}
	for _, s := range p.Sources {
		if s.Stale {
			out.Stale = append(out.Stale, s.Name+": "+s.Age)
		}
	}
	return out, nil
}
