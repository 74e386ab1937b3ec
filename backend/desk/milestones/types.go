// Package milestones tells what a load's plan asks to be on record, takes reasons for gaps, and closes loads.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package milestones

import (
	"time"

	"tracedesk/backend/freight"
)

// When asks as of an instant: AsOf hides what was received later, At sets the clock; zero means now.
type When struct {
	AsOf time.Time
	At   time.Time
}

// MilestoneList is what the plan of one load asks for, in order.
type MilestoneList struct {
	Load       string                  `json:"load"`
	LoadID     string                  `json:"loadId"`
	State      freight.LoadState       `json:"state"`
	AsOf       time.Time               `json:"asOf"`
	Milestones freight.List[Milestone] `json:"milestones"`
	Closed     int                     `json:"closed"`   // how many are closed
	Total      int                     `json:"total"`    // of how many
	Problems   freight.List[string]    `json:"problems"` // what keeps the load from being closed, each with what to do
	CanClose   bool                    `json:"canClose"`
	Ended      *MilestoneWord          `json:"ended"` // who closed the load; null while it is not closed
}

// Milestone is one thing that must be on record: documented by a source, verified by a second one or a checked paper.
type Milestone struct {
	Key        string         `json:"key"`
	Stop       int            `json:"stop"` // 0: the load's
	Name       string         `json:"name"`
	Zone       string         `json:"zone"`
	At         *time.Time     `json:"at"`
	Documented bool           `json:"documented"`
	Source     string         `json:"source"`
	Verified   bool           `json:"verified"`
	VerifiedBy string         `json:"verifiedBy"`
	Closed     bool           `json:"closed"`
	Gap        *MilestoneWord `json:"gap"`     // why it may stay open; null when nobody said
	Missing    string         `json:"missing"` // in words; "" when closed
	CanGap     bool           `json:"canGap"`  // a reason may be given
}

// MilestoneWord is what a person said of a milestone or of the whole load.
type MilestoneWord struct {
	Text        string    `json:"text"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
	Observation string    `json:"observation"` // to undo it
}

// GapReason says why a milestone may stay undocumented or unverified.
type GapReason struct {
	Milestone string     `json:"milestone"`
	Reason    string     `json:"reason"`
	As        string     `json:"as,omitempty"`
	Now       *time.Time `json:"now,omitempty"`
}

// CloseLoad closes a load. It is refused, naming them, while milestones are open without a reason.
type CloseLoad struct {
	Note string     `json:"note,omitempty"`
	As   string     `json:"as,omitempty"`
	Now  *time.Time `json:"now,omitempty"`
}

// MilestoneDone is the answer to a reason or a close.
type MilestoneDone struct {
	Observation string        `json:"observation"` // to undo it; "" when nothing changed
	Says        string        `json:"says"`
	List        MilestoneList `json:"list"`
}
