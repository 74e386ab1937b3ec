package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/pdf"
)

// Paper is a report as values: one description that is printed as PDF, written as a workbook and as CSV, and shown on a
// screen, so that they cannot say different things.
type Paper struct {
	Kind        string                    `json:"kind"`   // weekly, scorecard, performance, handover, packet, dispute, daily
	Title       string                    `json:"title"`  // "Weekly tracking report"
	About       string                    `json:"about"`  // the customer, carrier or load
	Period      string                    `json:"period"` // "Week 47, Mon 16 – Sun 22 Nov 2026"
	Days        string                    `json:"days"`   // on which calendar days are counted
	AsOf        Moment                    `json:"asOf"`
	Sources     freight.List[DailySource] `json:"sources"` // how fresh the words behind it are; stale ones are said to be
	Parts       freight.List[Part]        `json:"parts"`
	Definitions freight.List[string]      `json:"definitions"`
	Upright     bool                      `json:"-"` // printed upright, not across
}

// Part is one block of a paper. What is empty is left out.
type Part struct {
	Heading string               `json:"heading"`
	Text    freight.List[string] `json:"text"` // paragraphs
	Alert   bool                 `json:"alert,omitempty"`
	Figures freight.List[Figure] `json:"figures"`
	Charts  []pdf.Chart          `json:"-"`
	List    *List                `json:"list"`
	Pages   []Scan               `json:"-"` // pictures of papers, each on a page of its own
}

// Figure is one number on top of a paper. Of names the list whose length, or whose marked rows, it is.
type Figure struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note"`
	Faint bool   `json:"faint"` // counted over few
	Alarm bool   `json:"alarm"`
	Of    string `json:"of,omitempty"`
	N     int    `json:"n"` // of Of
}

// Scan is the picture of a page of a paper.
type Scan struct {
	Title string
	Sheet pdf.Sheet
}

// List is one table: on paper with headers that repeat, in a workbook a sheet of its own.
type List struct {
	ID      string            `json:"id"` // short, lower case: the sheet's name, and --list of a CSV
	Title   string            `json:"title"`
	None    string            `json:"none"` // what is said when it is empty
	Columns []Column          `json:"columns"`
	Rows    freight.List[Row] `json:"rows"`
	// Unnumbered leaves the length out of the heading.
	Unnumbered bool `json:"-"`
	SheetOnly  bool `json:"-"` // too wide for paper: it stands in the workbook only
	// Most is how many rows stand on paper, with a word on how many more there are; 0 is all. Total is a last row on paper, over
	// all rows.
	Most  int    `json:"-"`
	Total []Cell `json:"total,omitempty"`
}

// Form is what a column holds.
type Form int

// The forms of cells.
const (
	Words Form = iota
	Number
	Share
	Mins
	Money
	When // an instant, local to its stop
	Date
)

// Column is one column of a list. Width is its share of the page.
type Column struct {
	Title string  `json:"title"`
	Form  Form    `json:"form"`
	Width float64 `json:"-"`
	Below bool    `json:"-"` // on paper it stands in small print below the column before
	Aside bool    `json:"-"` // it stands in workbooks only
}

// Row is one line; Group is what it is listed under, where it begins a new group.
type Row struct {
	Group string `json:"group,omitempty"`
	Cells []Cell `json:"cells"`
}

// Cell is one value. Text is how it is read; Value is what a workbook holds: nil, float64, time.Time (in its zone) or Day.
type Cell struct {
	Text  string  `json:"text"`
	Value any     `json:"value"`
	Faint bool    `json:"faint,omitempty"`
	Alarm bool    `json:"alarm,omitempty"`
	Bold  bool    `json:"-"`
	Shade float64 `json:"-"`
}

func words(s string) Cell { return Cell{Text: s, Value: s} }

func bold(s string) Cell { return Cell{Text: s, Value: s, Bold: true} }

func faintly(s string) Cell { return Cell{Text: s, Value: s, Faint: true} }

func alarming(s string) Cell { return Cell{Text: s, Value: s, Alarm: true} }

func number(n int) Cell { return Cell{Text: strconv.Itoa(n), Value: float64(n)} }

func decimal(v float64) Cell { return Cell{Text: strconv.FormatFloat(v, 'f', -1, 64), Value: v} }

func optional(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return number(n)
}

// part is hits of counted as a share, grey below five.
func part(hits, counted int) Cell {
	if counted == 0 {
		return Cell{Text: "–"}
	}
	return Cell{Text: percent(hits, counted), Value: float64(hits) / float64(counted), Faint: counted < few}
}

func mins(v *float64) Cell {
	if v == nil {
		return Cell{Text: "–"}
	}
	return Cell{Text: length(minutes(*v)), Value: *v}
}

func money(v float64) Cell { return Cell{Text: fmt.Sprintf("%.2f", v), Value: v} }

func (c calendar) when(t *time.Time) Cell {
	if t == nil || t.IsZero() {
		return Cell{}
	}
	return Cell{Text: c.dayWords(DayOf(*t)) + " " + t.Format("15:04") + " " + letters(*t), Value: *t}
}

// dated is a day, given as days from 1970; 0 is none.
func (c calendar) dated(day int) Cell {
	if day == 0 {
		return Cell{}
	}
	d := dayOfNumber(day)
	return Cell{Text: c.dayWords(d), Value: d}
}

func dayOfNumber(day int) Day { return DayOf(time.Unix(int64(day)*86400, 0).UTC()) }

// number counts the days from 1970.
func (d Day) number() int { return int(d.noon().Unix() / 86400) }

// Named is the list of an id; "" is the first.
func (p *Paper) Named(id string) (*List, error) {
	for i := range p.Parts {
		if l := p.Parts[i].List; l != nil && (id == "" || l.ID == id) {
			return l, nil
		}
	}
	return nil, fmt.Errorf("this report has no list %q; it has %s", id, strings.Join(p.Lists(), ", "))
}

// Lists are the ids of a paper's lists, in order.
func (p *Paper) Lists() []string {
	var out []string
	for i := range p.Parts {
		if l := p.Parts[i].List; l != nil {
			out = append(out, l.ID)
		}
	}
	return out
}

// heading of a list with its length.
func (l *List) heading() string {
	if l.Unnumbered {
		return l.Title
	}
	return fmt.Sprintf("%s: %d", l.Title, len(l.Rows))
}

func sentence(parts ...string) string {
	var said []string
	for _, s := range parts {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}
