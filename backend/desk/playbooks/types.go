// Package playbooks is what the desk does about each kind of exception: the books, their editing, and the checklist of one exception.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package playbooks

import (
	"time"

	"tracedesk/backend/freight"
)

// Books are all playbooks with what they may be made of.
type Books struct {
	Books        freight.List[Book]     `json:"books"` // the one in force of each kind or topic, in the order of kinds
	Kinds        freight.List[BookKind] `json:"kinds"`
	Parties      freight.List[string]   `json:"parties"`      // whom a step may concern
	Placeholders freight.List[string]   `json:"placeholders"` // what a wording may hold in braces
}

// BookKind is a kind of exception and the playbook that serves it.
type BookKind struct {
	Kind  string `json:"kind"`
	Topic string `json:"topic"`
	Words string `json:"words"`
	Book  string `json:"book"` // the playbook's kind or topic; "" when none serves it
}

// Book is one playbook in one version.
type Book struct {
	Kind     string                    `json:"kind"` // a kind, or a topic: then it serves all its kinds that have none of their own
	Version  int                       `json:"version"`
	Title    string                    `json:"title"`
	Steps    freight.List[BookStep]    `json:"steps"`
	Text     string                    `json:"text"`    // the same as plain text for an editor
	Shipped  bool                      `json:"shipped"` // as it came with the program
	Ships    bool                      `json:"ships"`   // one of this kind came with the program: it can be gone back to
	At       *time.Time                `json:"at"`      // when it was edited
	By       string                    `json:"by"`
	Versions freight.List[BookVersion] `json:"versions"` // newest first; the shipped one, if any, is version 0
}

// BookVersion is an older or present version of a playbook.
type BookVersion struct {
	Version int        `json:"version"`
	Title   string     `json:"title"`
	Shipped bool       `json:"shipped"`
	At      *time.Time `json:"at"`
	By      string     `json:"by"`
	Text    string     `json:"text"`
}

// BookStep is one thing to do.
type BookStep struct {
	Key       string `json:"key"`
	Text      string `json:"text"`
	Who       string `json:"who"`
	WithinMin int    `json:"withinMin"` // minutes after the exception opened; 0: no time is set
	Wording   string `json:"wording"`
}

// BookEdit saves a playbook as a new version: from its plain text, or from steps. Shipped goes back to the one that came with
// the program.
type BookEdit struct {
	Kind    string                 `json:"kind"`
	Shipped bool                   `json:"shipped,omitempty"`
	Text    string                 `json:"text,omitempty"`
	Title   string                 `json:"title,omitempty"`
	Steps   freight.List[BookStep] `json:"steps,omitempty"`
	As      string                 `json:"as,omitempty"`
	Now     *time.Time             `json:"now,omitempty"`
}

// CheckSheet is the playbook of one exception as a checklist.
type CheckSheet struct {
	Load      string                  `json:"load"`
	Exception string                  `json:"exception"`
	Kind      string                  `json:"kind"`
	Why       string                  `json:"why"`
	Open      bool                    `json:"open"`
	Book      string                  `json:"book"` // "late 3"; "" when no playbook serves the kind
	Title     string                  `json:"title"`
	Steps     freight.List[CheckStep] `json:"steps"`
	Done      int                     `json:"done"`
}

// CheckStep is a step of a checklist, its wording filled with what is known; what is not known stays in braces.
type CheckStep struct {
	Key         string     `json:"key"`
	Text        string     `json:"text"`
	Who         string     `json:"who"`
	Due         *time.Time `json:"due"`
	Wording     string     `json:"wording"`
	DoneAt      *time.Time `json:"doneAt"` // null while it is open
	DoneBy      string     `json:"doneBy"`
	Note        string     `json:"note"`
	Observation string     `json:"observation"` // that marked it done, to undo it
}

// StepMark says that a step is done.
type StepMark struct {
	Step string     `json:"step"`
	Note string     `json:"note,omitempty"`
	As   string     `json:"as,omitempty"`
	Now  *time.Time `json:"now,omitempty"`
}

// StepMarked is the answer to a mark.
type StepMarked struct {
	Observation string     `json:"observation"` // to undo it; "" when it was done already
	Says        string     `json:"says"`
	Sheet       CheckSheet `json:"sheet"`
}
