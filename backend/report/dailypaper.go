package report

import (
	"fmt"
	"strings"
)

// Paper is the day as lists, for a workbook and for CSV; on paper the day has a page of its own making (DailyPDF).
func (d *Daily) Paper() *Paper {
	p := &Paper{Kind: "daily", Title: "Daily tracking report", About: d.customer(), Period: d.DayWords, Days: "each stop's own day", AsOf: d.AsOf, Sources: d.Sources, Definitions: d.Definitions}
	if d.DayZone != "" {
		p.Days = "day in " + d.DayZone
	}
	s := &d.Summary
	p.add(Part{Text: []string{s.Words()}})
	p.add(Part{List: d.exceptionList()})
	p.add(Part{List: d.transitList()})
	p.add(Part{List: d.dueList()})
	p.add(Part{List: d.servedList("picked-up", "Picked up today", "POP", d.PickedUp)})
	p.add(Part{List: d.servedList("delivered", "Delivered today", "POD", d.Delivered)})
	pods := &List{ID: "pod", Title: "Delivered before, POD still open", Columns: headColumns("Delivered", "Age", "POD")}
	pods.Columns[6].Form = When
	for i := range d.PODOpen {
		r := &d.PODOpen[i]
		pods.Rows = append(pods.Rows, Row{Cells: headCells(&r.Head, momentCell(&r.Delivered), words(r.Age), words(string(r.POD)))})
	}
	p.add(Part{List: pods})
	others := &List{ID: "others", Title: "Also touching this day", Columns: headColumns("Stop", "Window now", "What happened")}
	for i := range d.Others {
		r := &d.Others[i]
		others.Rows = append(others.Rows, Row{Cells: headCells(&r.Head, words(r.Stop.Place), periodCell(r.Window), words(r.What))})
	}
	p.add(Part{List: others})
	if len(d.LeftOut) > 0 {
		p.add(Part{Heading: "Left out", Text: []string(d.LeftOut)})
	}
	return p
}

// headColumns are what every list of the day begins with.
func headColumns(more ...string) []Column {
	out := []Column{{Title: "Load"}, {Title: "References"}, {Title: "From"}, {Title: "To"}, {Title: "Carrier"}, {Title: "Remark"}}
	for _, title := range more {
		out = append(out, Column{Title: title})
	}
	return out
}

func headCells(h *Head, more ...Cell) []Cell {
	return append([]Cell{words(h.Load), words(strings.Join(h.Refs, "; ")), words(h.From), words(h.To), words(h.Carrier), words(h.Remark)}, more...)
}

func momentCell(m *Moment) Cell {
	if m == nil {
		return Cell{}
	}
	return Cell{Text: m.Text, Value: m.At}
}

func periodCell(p *Period) Cell {
	if p == nil {
		return Cell{}
	}
	return words(p.Text)
}

func etaCells(e *ETA) []Cell {
	if e == nil {
		return []Cell{{}, {}, {}}
	}
	age := e.Age
	if e.Stale {
		age += ", STALE"
	}
	return []Cell{momentCell(&e.At), words(e.Text), words(sourceWords(e.Source) + ", " + age)}
}

func newsCells(n News) []Cell {
	age := n.Age
	if n.Stale {
		age += ", STALE"
	}
	return []Cell{words(n.Text), words(strings.Trim(sourceWords(n.By)+", "+age, ", "))}
}

func stopCells(s *StopHead) []Cell {
	if s == nil {
		return []Cell{{}, {}}
	}
	return []Cell{words(stopWords(s.Kind, s.Seq)), words(s.Place)}
}

func (d *Daily) exceptionList() *List {
	l := &List{ID: "exceptions", Title: "Exceptions", Columns: headColumns("Level", "Why", "Stop", "Place", "Window", "First window", "ETA", "Slack", "ETA by", "Last position or news", "News by")}
	l.Columns[12].Form = When
	for i := range d.Exceptions {
		r := &d.Exceptions[i]
		cells := append([]Cell{words(levelWords[r.Level].sign), words(strings.Join(r.Why, "; "))}, stopCells(r.Stop)...)
		cells = append(cells, periodCell(r.Window), periodCell(r.Original))
		cells = append(append(cells, etaCells(r.ETA)...), newsCells(r.News)...)
		l.Rows = append(l.Rows, Row{Cells: headCells(&r.Head, cells...)})
	}
	return l
}

func (d *Daily) transitList() *List {
	l := &List{ID: "in-transit", Title: "In transit", Columns: headColumns("State", "Last position or news", "News by", "Next stop", "Place", "Window", "ETA", "Slack", "ETA by")}
	l.Columns[12].Form = When
	for i := range d.InTransit {
		r := &d.InTransit[i]
		cells := append([]Cell{words(stateWords(r.State))}, newsCells(r.News)...)
		cells = append(append(cells, stopCells(r.Next)...), periodCell(r.Window))
		l.Rows = append(l.Rows, Row{Cells: headCells(&r.Head, append(cells, etaCells(r.ETA)...)...)})
	}
	return l
}

func (d *Daily) dueList() *List {
	l := &List{ID: "due", Title: "Due today and tomorrow", Columns: headColumns("Due", "Stop", "Place", "Window", "First window", "Appointment", "Arrived", "ETA", "Slack", "ETA by")}
	l.Columns[12].Form, l.Columns[13].Form = When, When
	for i := range d.Due {
		r := &d.Due[i]
		cells := append([]Cell{words(string(r.Group))}, stopCells(&r.Stop)...)
		cells = append(cells, periodCell(r.Window), periodCell(r.Original), words(r.ApptType), momentCell(r.Arrived))
		l.Rows = append(l.Rows, Row{Cells: headCells(&r.Head, append(cells, etaCells(r.ETA)...)...)})
	}
	return l
}

func (d *Daily) servedList(id, title, paper string, rows []ServedRow) *List {
	l := &List{ID: id, Title: title, Columns: headColumns("Stop", "Place", "Window", "First window", "Arrived", "Done", "On time", "Minutes late", "Against the first window", paper)}
	l.Columns[10].Form, l.Columns[11].Form, l.Columns[13].Form = When, When, Mins
	for i := range rows {
		r := &rows[i]
		late := Cell{}
		if r.Current.Outcome == Late {
			late = Cell{Text: fmt.Sprint(r.Current.Minutes), Value: float64(r.Current.Minutes)}
		}
		l.Rows = append(l.Rows, Row{Cells: headCells(&r.Head, append(stopCells(&r.Stop), periodCell(r.Window), periodCell(r.Original), momentCell(r.Arrived), momentCell(&r.Served), words(r.Current.Text), late, words(r.AgainstOrig.Text), words(string(r.Paper)))...)})
	}
	return l
}
