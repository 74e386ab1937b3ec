// Package exceptions is what people do about findings: the list of open exceptions, and the acts on them.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package exceptions

import (
	"time"

	"tracedesk/backend/freight"
)

// ExceptionState is where an exception stands in its life.
type ExceptionState string

// The closed list of states.
const (
	Detected     ExceptionState = "detected"
	Acknowledged ExceptionState = "acknowledged"
	Worked       ExceptionState = "worked"
	Resolved     ExceptionState = "resolved"
)

// ExceptionQuery chooses and pages the list. Empty fields choose all.
type ExceptionQuery struct {
	All      bool      // resolved ones too, detected in the last Days
	Days     int       // 7 when 0
	AsOf     time.Time // hides what was received later; zero: At
	At       time.Time // the clock; zero: now
	Load     string    // a load's id or number
	Customer string
	Carrier  string
	Owner    string // "me" for who works here, "none" for nobody
	Kind     string
	Severity string // one or several with commas between
	Offset   int
	Limit    int // 0: all
}

// Exceptions is the list: by level, due, severity, load and id, the most urgent first; open ones before resolved ones.
type Exceptions struct {
	AsOf      time.Time                   `json:"asOf"`
	Seq       int64                       `json:"seq"` // the desk's last change; ask for changes since then
	Items     freight.List[ExceptionItem] `json:"items"`
	Counts    ExceptionCounts             `json:"counts"`    // of all that the query chooses, listed or not
	MoreLater int                         `json:"moreLater"` // how many the query chooses after the last one listed
	Why       string                      `json:"why"`       // with no items: why there are none, and how fresh the data is; else ""
}

// ExceptionCounts are numbers of open exceptions, but All, which counts resolved ones too.
type ExceptionCounts struct {
	All       int `json:"all"`
	Open      int `json:"open"`
	Critical  int `json:"critical"`
	Major     int `json:"major"`
	Minor     int `json:"minor"`
	Watch     int `json:"watch"`
	Unowned   int `json:"unowned"`
	Snoozed   int `json:"snoozed"`
	Escalated int `json:"escalated"`
	NeedCause int `json:"needCause"` // service failures that still lack cause, party or evidence
}

// ExceptionItem is one exception with all that is known of its life.
type ExceptionItem struct {
	ID       string `json:"id"`
	Load     string `json:"load"`
	LoadID   string `json:"loadId"`
	Customer string `json:"customer"`
	Carrier  string `json:"carrier"`

	Kind     string               `json:"kind"`
	Words    string               `json:"words"` // the kind in words
	Part     string               `json:"part"`  // the field it speaks of, where it does: "pieces", "appointment"
	Also     freight.List[string] `json:"also"`  // other kinds that hold too
	Severity freight.Severity     `json:"severity"`
	Level    freight.Level        `json:"level"`
	Service  bool                 `json:"service"` // a service failure: closed only with cause, party and evidence

	Stop     int    `json:"stop"` // 0: the load as a whole
	StopName string `json:"stopName"`
	Zone     string `json:"zone"` // IANA; since and next.due are told in it

	Since      *time.Time `json:"since"`      // in the world
	DetectedAt time.Time  `json:"detectedAt"` // the kind told here; a milder one may have been detected before
	FirstAt    time.Time  `json:"firstAt"`    // anything of it; the time to detect runs from here to shownAt
	ShownAt    *time.Time `json:"shownAt"`    // when a running desk first showed it
	ClearedAt  *time.Time `json:"clearedAt"`  // null while its cause holds

	State        ExceptionState                `json:"state"`
	Owner        string                        `json:"owner"`
	Why          string                        `json:"why"`
	Evidence     freight.List[string]          `json:"evidence"` // observation ids
	Inputs       freight.List[ExceptionInput]  `json:"inputs"`
	Next         ExceptionNext                 `json:"next"`
	NeedsCause   bool                          `json:"needsCause"` // it cannot be resolved yet: cause, party or evidence are missing
	Lacks        string                        `json:"lacks"`      // what keeps it from being resolved, in words; "" when nothing does
	Cause        *ExceptionCause               `json:"cause"`
	Party        string                        `json:"party"`
	Proof        freight.List[string]          `json:"proof"` // evidence that people filed
	Reopened     int                           `json:"reopened"`
	SnoozedUntil *time.Time                    `json:"snoozedUntil"`
	Escalated    string                        `json:"escalated"`   // "", lead, manager
	EscalatedTo  freight.List[string]          `json:"escalatedTo"` // who has that role
	ResolvedBy   string                        `json:"resolvedBy"`
	ResolvedNote string                        `json:"resolvedNote"`
	ResolvedAt   *time.Time                    `json:"resolvedAt"`
	History      freight.List[ExceptionChange] `json:"history"` // oldest first
}

// ExceptionInput is one thing it was concluded from: a threshold, or a source with what it said and when.
type ExceptionInput struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ExceptionNext is what a person should do next and by when. Action is call, message, askPaper, correct, compare, cover, close or none.
type ExceptionNext struct {
	Action string     `json:"action"`
	Text   string     `json:"text"`
	Due    *time.Time `json:"due"`
}

// ExceptionCause is why it happened, as a person filed it.
type ExceptionCause struct {
	Type  string `json:"type"` // 1651 or own
	Code  string `json:"code"`
	Words string `json:"words"`
	Party string `json:"party"` // who mostly is responsible for it: offered, never filled in by itself; "" when it may be anybody
}

// ExceptionChange is one line of its life.
type ExceptionChange struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"` // a person, or "rule"
	What string    `json:"what"`
	Old  string    `json:"old"`
	New  string    `json:"new"`
}

// Causes are what a person may name when closing a service failure.
type Causes struct {
	Causes  freight.List[ExceptionCause] `json:"causes"`
	Parties freight.List[string]         `json:"parties"`
}

// ExceptionDeed is what a person does about an exception.
type ExceptionDeed string

// The closed list of deeds.
const (
	Acknowledge ExceptionDeed = "acknowledge"
	Work        ExceptionDeed = "work"
	Assign      ExceptionDeed = "assign"  // owner; "me" is who acts, "" nobody
	Snooze      ExceptionDeed = "snooze"  // until
	Resolve     ExceptionDeed = "resolve" // a service failure with causeType, cause, party and evidence, here or filed before
	Reopen      ExceptionDeed = "reopen"
	File        ExceptionDeed = "file" // cause, party or evidence alone
)

// ExceptionRef names one exception.
type ExceptionRef struct {
	Load string `json:"load"` // the load's id or number; may be empty for one that is open
	ID   string `json:"id"`
}

// ExceptionActs is one deed on one or many exceptions.
type ExceptionActs struct {
	Items     freight.List[ExceptionRef] `json:"items"`
	Act       ExceptionDeed              `json:"act"`
	Owner     string                     `json:"owner,omitempty"`
	Until     *time.Time                 `json:"until,omitempty"`
	CauseType string                     `json:"causeType,omitempty"` // 1651 or own; may be left out where the code tells
	Cause     string                     `json:"cause,omitempty"`
	Party     string                     `json:"party,omitempty"`
	Evidence  freight.List[string]       `json:"evidence,omitempty"` // observation ids, document hashes, or words
	Note      string                     `json:"note,omitempty"`
	As        string                     `json:"as,omitempty"`
	Now       *time.Time                 `json:"now,omitempty"`
}

// ExceptionsActed is the answer: one observation a load. Undoing all of them takes the whole deed back.
type ExceptionsActed struct {
	Observations freight.List[string]           `json:"observations"`
	Says         string                         `json:"says"`
	Refused      freight.List[ExceptionRefusal] `json:"refused"`
}

// ExceptionRefusal is an exception that stays as it is, and why.
type ExceptionRefusal struct {
	Load string `json:"load"`
	ID   string `json:"id"`
	Why  string `json:"why"`
}
