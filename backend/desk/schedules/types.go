// Package schedules makes reports by themselves at set times: a paper into a folder and, where an address is given, a draft
// among what must still leave the desk. Nothing is sent by itself.
//
// Every due instant of a schedule is made once and only once, also when the machine slept or the desk was killed half way:
// the paper is made as of its due instant, so one that is made late says what it would have said in time.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package schedules

import (
	"time"

	"tracedesk/backend/freight"
)

// Schedules are all schedules, in the order in which they were added.
type Schedules struct {
	Schedules freight.List[Schedule] `json:"schedules"`
	Reports   freight.List[string]   `json:"reports"` // what can be made by itself
	Folder    string                 `json:"folder"`  // where papers lie when a schedule names none
}

// Schedule makes one report at one time of day.
type Schedule struct {
	ID       string       `json:"id"`
	Report   string       `json:"report"`
	Customer string       `json:"customer"`
	Carrier  string       `json:"carrier"`
	Time     string       `json:"time"`     // "07:30"
	Zone     string       `json:"zone"`     // IANA; "" the customer's
	Days     string       `json:"days"`     // "Mon-Fri", "daily", "Mon,Thu"
	Holidays bool         `json:"holidays"` // made on holidays too; else not on those that the rules list
	Folder   string       `json:"folder"`   // "" the desk's own
	Format   string       `json:"format"`   // pdf, xlsx
	To       string       `json:"to"`       // mail address for the draft; "" no draft
	Paused   bool         `json:"paused"`
	Since    time.Time    `json:"since"` // no instant up to then is due
	At       time.Time    `json:"at"`
	By       string       `json:"by"`
	Next     *time.Time   `json:"next"` // in its zone; null when paused or never
	Why      string       `json:"why"`  // why it cannot be made; "" when it can
	Last     *ScheduleRun `json:"last"`
}

// ScheduleRun is what became of one due instant: making, made, failed (and tried again), skipped.
type ScheduleRun struct {
	Schedule string     `json:"schedule"`
	Says     string     `json:"says"` // the report in words
	Due      time.Time  `json:"due"`
	State    string     `json:"state"`
	At       time.Time  `json:"at"`
	File     string     `json:"file"`
	Digest   string     `json:"digest"` // SHA-256 of the paper
	Size     int        `json:"size"`
	Tries    int        `json:"tries"`
	Reason   string     `json:"reason"`
	Wait     *time.Time `json:"wait"` // when a failed one is tried again
}

// ScheduleRuns are the last runs, newest first.
type ScheduleRuns struct {
	Runs freight.List[ScheduleRun] `json:"runs"`
}

// ScheduleChange adds a schedule (no ID), changes one, or removes one.
type ScheduleChange struct {
	ID       string     `json:"id,omitempty"`
	Remove   bool       `json:"remove,omitempty"`
	Report   string     `json:"report,omitempty"`
	Customer string     `json:"customer,omitempty"`
	Carrier  string     `json:"carrier,omitempty"`
	Time     string     `json:"time,omitempty"`
	Zone     string     `json:"zone,omitempty"`
	Days     string     `json:"days,omitempty"`
	Holidays bool       `json:"holidays,omitempty"`
	Folder   string     `json:"folder,omitempty"`
	Format   string     `json:"format,omitempty"`
	To       string     `json:"to,omitempty"`
	Paused   bool       `json:"paused,omitempty"`
	As       string     `json:"as,omitempty"`
	Now      *time.Time `json:"now,omitempty"`
}

// Order is what a maker is asked for.
type Order struct {
	Report, Customer, Carrier, Format string
	Day                               string    // YYYY-MM-DD of the due instant in the schedule's zone
	Due                               time.Time // the paper is made as of then
}

// Made is a paper as a file.
type Made struct {
	Name string // without a folder
	Body []byte
}
