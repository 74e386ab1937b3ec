// Package shift hands the desk over at a shift's end: the sheet line by line, who took which line, and what blocks the close.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package shift

import (
	"time"

	"tracedesk/backend/freight"
)

// Handover is a sheet: as it would be handed over now (ID ""), or as it was.
type Handover struct {
	ID      string                     `json:"id"`
	At      time.Time                  `json:"at"`
	Since   time.Time                  `json:"since"` // when the shift began: the last handover, at most twelve hours before
	By      string                     `json:"by"`
	To      string                     `json:"to"`
	Note    string                     `json:"note"`
	Lines   freight.List[HandoverLine] `json:"lines"`   // the first due first
	Quiet   int                        `json:"quiet"`   // live loads that need no word
	Blocked freight.List[string]       `json:"blocked"` // what keeps the shift from closing, each with the load; empty when it may close
	Open    int                        `json:"open"`    // lines that nobody has taken
	Closed  bool                       `json:"closed"`  // every line is taken
}

// HandoverLine is one load as it goes over.
type HandoverLine struct {
	Load      string                          `json:"load"`
	LoadID    string                          `json:"loadId"`
	Customer  string                          `json:"customer"`
	Carrier   string                          `json:"carrier"`
	State     freight.LoadState               `json:"state"`
	Zone      string                          `json:"zone"`
	StopClock string                          `json:"stopClock"`
	Happened  freight.List[string]            `json:"happened"`
	Decided   freight.List[string]            `json:"decided"`
	Fragile   freight.List[string]            `json:"fragile"`
	Promises  freight.List[string]            `json:"promises"`
	Open      freight.List[HandoverException] `json:"open"`
	Next      string                          `json:"next"`
	NextDue   *time.Time                      `json:"nextDue"`
	Owner     string                          `json:"owner"`
	Meters    freight.List[string]            `json:"meters"`
	Temp      string                          `json:"temp"`
	Authority string                          `json:"authority"`
	Words     HandoverWords                   `json:"words"` // what the outgoing person wrote
	TakenBy   string                          `json:"takenBy"`
	TakenAt   *time.Time                      `json:"takenAt"` // null while nobody has taken it
}

// HandoverException is an exception that goes over.
type HandoverException struct {
	ID       string           `json:"id"`
	Kind     string           `json:"kind"`
	Severity freight.Severity `json:"severity"`
	Why      string           `json:"why"`
	Owner    string           `json:"owner"`
	State    string           `json:"state"`
}

// HandoverWords is what the outgoing person adds to a line.
type HandoverWords struct {
	Decided  string `json:"decided"`  // what was decided, and why
	Rejected string `json:"rejected"` // options that were weighed and left
	Fragile  string `json:"fragile"`  // what looks stable and may not stay so
}

// HandoverNote is the words for one load.
type HandoverNote struct {
	Load     string `json:"load"`
	Decided  string `json:"decided,omitempty"`
	Rejected string `json:"rejected,omitempty"`
	Fragile  string `json:"fragile,omitempty"`
}

// HandOver closes a shift: the sheet is kept as it is now. It is refused, naming them, while open exceptions have no owner.
type HandOver struct {
	To    string                     `json:"to"`
	Note  string                     `json:"note,omitempty"`
	Loads freight.List[HandoverNote] `json:"loads,omitempty"`
	As    string                     `json:"as,omitempty"`
	Now   *time.Time                 `json:"now,omitempty"`
}

// TakeOver acknowledges one line, or all that are left; Back gives back instead what the same person took.
type TakeOver struct {
	Load string     `json:"load,omitempty"`
	All  bool       `json:"all,omitempty"`
	Back bool       `json:"back,omitempty"`
	As   string     `json:"as,omitempty"`
	Now  *time.Time `json:"now,omitempty"`
}

// Handovers are the last sheets, newest first.
type Handovers struct {
	Handovers freight.List[HandoverHead] `json:"handovers"`
}

// HandoverHead is a sheet in one line.
type HandoverHead struct {
	ID    string    `json:"id"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	To    string    `json:"to"`
	Lines int       `json:"lines"`
	Open  int       `json:"open"` // lines that nobody has taken
}
