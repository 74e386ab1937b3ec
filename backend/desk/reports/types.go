// Package reports makes the papers that go to customers.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package reports

import (
	"time"

	"tracedesk/backend/freight"
)

// DailyQuery asks for a customer's day. Date is YYYY-MM-DD in the customer's zone; "" is today.
type DailyQuery struct {
	Customer string
	Date     string
	AsOf     time.Time // zero: now
	At       time.Time // zero: now
}

// Daily is what the daily report will say, in brief.
type Daily struct {
	Customer string                      `json:"customer"`
	Date     string                      `json:"date"`
	Zone     string                      `json:"zone"` // "each stop's own day" or an IANA name
	AsOf     time.Time                   `json:"asOf"`
	Summary  string                      `json:"summary"`
	Sections freight.List[ReportSection] `json:"sections"`
	Sources  freight.List[string]        `json:"sources"`
}

// ReportSection is one list of the report.
type ReportSection struct {
	Title string                   `json:"title"`
	Count int                      `json:"count"`
	Loads freight.List[ReportLine] `json:"loads"`
}

// ReportLine is one load in a section.
type ReportLine struct {
	Load string `json:"load"`
	Text string `json:"text"`
}

// Outline is what a paper says, in brief: its figures, and how long its lists are.
type Outline struct {
	Kind    string                      `json:"kind"`
	Title   string                      `json:"title"`
	About   string                      `json:"about"`
	Period  string                      `json:"period"`
	AsOf    time.Time                   `json:"asOf"`
	Figures freight.List[OutlineFigure] `json:"figures"`
	Lists   freight.List[OutlineList]   `json:"lists"`
	Stale   freight.List[string]        `json:"stale"` // sources that have been silent for long
}

// OutlineFigure is one number on top of a paper.
type OutlineFigure struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note"`
}

// OutlineList is one list of a paper.
type OutlineList struct {
	ID    string `json:"id"` // asked for in a CSV
	Title string `json:"title"`
	Count int    `json:"count"`
}
