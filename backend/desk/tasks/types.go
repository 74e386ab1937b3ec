// Package tasks is the one list "what now": calls that data do not cover, papers to chase, promises to keep, and what came of
// each.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package tasks

import (
	"time"

	"tracedesk/backend/freight"
)

// TaskQuery chooses and pages the list. Empty fields choose all.
type TaskQuery struct {
	AsOf     time.Time // hides what was received later; zero: At
	At       time.Time // the clock; zero: now
	Load     string
	Customer string
	Owner    string // "me" for who works here, "none" for nobody
	Kind     string
	Hours    int // the span of what was saved; 24 when 0
	Offset   int
	Limit    int // 0: all
}

// Tasks is what waits for a person: by due, level, load and key.
type Tasks struct {
	AsOf      time.Time                 `json:"asOf"`
	Seq       int64                     `json:"seq"`
	Items     freight.List[TaskItem]    `json:"items"`
	Count     int                       `json:"count"`     // all that the query chooses
	Overdue   int                       `json:"overdue"`   // of these, due before now
	MoreLater int                       `json:"moreLater"` // how many the query chooses after the last one listed
	Saved     CallsSaved                `json:"saved"`
	Covered   freight.List[CoveredCall] `json:"covered"` // the latest first
	Why       string                    `json:"why"`     // with no items: why there are none, and how fresh the data is; else ""
}

// TaskItem is one task.
type TaskItem struct {
	Key      string        `json:"key"` // stable as long as it is the same task
	Load     string        `json:"load"`
	LoadID   string        `json:"loadId"`
	Customer string        `json:"customer"`
	Carrier  string        `json:"carrier"`
	Kind     string        `json:"kind"` // checkCall, confirmETA, chasePaper, promise, close
	Stop     int           `json:"stop"`
	StopName string        `json:"stopName"`
	Zone     string        `json:"zone"` // IANA; due is told in it, and answers without an offset are local to it
	Due      time.Time     `json:"due"`
	Level    freight.Level `json:"level"`
	Why      string        `json:"why"`

	Whom     string                `json:"whom"`  // driver, dispatcher, afterHours, owner, lead, customer; for a promise whoever it was given to
	Name     string                `json:"name"`  // of that person, where it is known
	Phone    string                `json:"phone"` // "" where none is on file
	Attempts int                   `json:"attempts"`
	Said     string                `json:"said"` // for a promise: to whom
	Asks     freight.List[TaskAsk] `json:"asks"`
	Owner    string                `json:"owner"`
}

// TaskAsk is a question nobody has answered yet.
type TaskAsk struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	Fact string `json:"fact"` // what its answer becomes
	Type string `json:"type"`
	Stop int    `json:"stop"`
}

// CallsSaved is how many calls the data made needless.
type CallsSaved struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Due     int       `json:"due"`     // calls that fell due
	Covered int       `json:"covered"` // of these, covered by data
	Ratio   float64   `json:"ratio"`   // 0 to 1; 0 when none fell due
}

// CoveredCall is a call that nobody had to make.
type CoveredCall struct {
	Load     string    `json:"load"`
	LoadID   string    `json:"loadId"`
	Customer string    `json:"customer"`
	Key      string    `json:"key"`
	Stop     int       `json:"stop"`
	Due      time.Time `json:"due"`
	Why      string    `json:"why"` // the data that covered it
}

// TaskOutcome is what came of a task.
type TaskOutcome string

// The closed list of outcomes.
const (
	Reached     TaskOutcome = "reached"
	Voicemail   TaskOutcome = "voicemail"
	NoAnswer    TaskOutcome = "noAnswer"
	WrongNumber TaskOutcome = "wrongNumber"
	Sent        TaskOutcome = "sent" // a message
	Kept        TaskOutcome = "kept" // a promise
	Done        TaskOutcome = "done" // settled without a call: the note says how
)

// TaskSettled is an outcome with what was said.
type TaskSettled struct {
	Load    string                   `json:"load"` // id or number
	Key     string                   `json:"key"`  // of the task; "" for a contact that no task asked for
	Outcome TaskOutcome              `json:"outcome"`
	Whom    string                   `json:"whom,omitempty"` // a step of the ladder, or who else; where left out, whom the task names
	Name    string                   `json:"name,omitempty"` // of the person; where left out, the one on file
	Note    string                   `json:"note,omitempty"`
	Answers freight.List[TaskAnswer] `json:"answers,omitempty"` // only with reached
	Promise *TaskPromise             `json:"promise,omitempty"`
	As      string                   `json:"as,omitempty"`
	Now     *time.Time               `json:"now,omitempty"`
}

// TaskAnswer is the answer to a question. Times such as 2026-11-23 14:30 are local to the stop; a position is "city, ST" or
// "latitude, longitude".
type TaskAnswer struct {
	Key   string `json:"key"`
	Fact  string `json:"fact,omitempty"` // where left out, the question's
	Type  string `json:"type,omitempty"`
	Stop  int    `json:"stop,omitempty"`
	Value string `json:"value"`
}

// TaskPromise is what was promised to somebody.
type TaskPromise struct {
	To    string    `json:"to"`
	What  string    `json:"what"`
	Until time.Time `json:"until"`
}

// TaskNoted is the answer: the observation that holds all of the outcome. Undoing it takes all of it back.
type TaskNoted struct {
	Observation string `json:"observation"` // "" when the same was noted before
	Says        string `json:"says"`
}
