// Package work is what people do and what must still leave the desk: the history of acts, undo, and intents.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package work

import (
	"time"

	"tracedesk/backend/freight"
)

// UndoRequest names the observation to take back, or the settled entry of the outgoing work that is to wait again.
type UndoRequest struct {
	Observation string     `json:"observation,omitempty"`
	Intent      string     `json:"intent,omitempty"` // its id
	As          string     `json:"as,omitempty"`
	Now         *time.Time `json:"now,omitempty"`
}

// Undone is the answer to an undo.
type Undone struct {
	Observation string `json:"observation"` // the retraction; "" when there is none
	Says        string `json:"says"`
}

// History is what people did last, newest first.
type History struct {
	Acts freight.List[Act] `json:"acts"`
}

// Act is one thing a person did.
type Act struct {
	ID          string    `json:"id"`
	Observation string    `json:"observation"` // "" when it made none
	Intent      string    `json:"intent"`      // the entry of the outgoing work that was settled; "" for anything else
	At          time.Time `json:"at"`
	By          string    `json:"by"`
	Load        string    `json:"load"`
	LoadID      string    `json:"loadId"`
	Says        string    `json:"says"`
	TakesBack   bool      `json:"takesBack"` // it took another act back
	Undone      bool      `json:"undone"`
	CanUndo     bool      `json:"canUndo"` // by an undo of its observation or its intent
}

// Intents is what must still be written somewhere, newest first.
type Intents struct {
	Intents freight.List[Intent] `json:"intents"`
}

// Intent is one thing to be written to an outside system.
type Intent struct {
	ID     string      `json:"id"`
	Key    string      `json:"key"`
	Target string      `json:"target"` // "tms", "carrier/ABCD"
	Kind   string      `json:"kind"`   // status, note, document ...
	Load   string      `json:"load"`
	LoadID string      `json:"loadId"`
	Text   string      `json:"text"` // what to write, in words a person can type
	State  IntentState `json:"state"`
	At     time.Time   `json:"at"`
	By     string      `json:"by"`
	Error  string      `json:"error"`

	Sending *Sending `json:"sending"` // how it fares at the source that it is for; null: it is written there by hand
}

// Sending is how an entry for a source fares.
type Sending struct {
	Source string       `json:"source"` // the account's name
	State  SendingState `json:"state"`
	Tries  int          `json:"tries"`
	Next   *time.Time   `json:"next"`   // not tried before then
	Reason string       `json:"reason"` // why it waits, is doubtful or parked
	Answer string       `json:"answer"` // what the system said to it
	Says   string       `json:"says"`   // what is sent, as JSON: what a person may change
}

// SendingState is where an entry for a source stands.
type SendingState string

// The closed list of states of a sending.
const (
	SendingWaits    SendingState = "waiting"
	SendingTries    SendingState = "trying"  // under way
	SendingDoubtful SendingState = "unsure"  // it may have arrived; a person says
	SendingParked   SendingState = "parked"  // it will not pass
	SendingArrived  SendingState = "arrived" // delivered, once
)

// Outgoing214 is what an export as X12 214 says, and what it cannot say.
type Outgoing214 struct {
	Statuses int                   `json:"statuses"` // how many it says
	LeftOut  freight.List[LeftOut] `json:"leftOut"`
}

// LeftOut is an intent that an export does not hold; it waits on.
type LeftOut struct {
	ID   string `json:"id"` // of the intent
	Load string `json:"load"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

// IntentState is where an intent stands.
type IntentState string

// The closed list of intent states.
const (
	IntentWaiting  IntentState = "waiting"
	IntentSent     IntentState = "sent"
	IntentAccepted IntentState = "accepted"
	IntentRefused  IntentState = "refused"
	IntentDone     IntentState = "done"    // done by hand
	IntentDropped  IntentState = "dropped" // not wanted any more
)

// IntentChange settles an intent by hand.
type IntentChange struct {
	State IntentState `json:"state"` // done, dropped or waiting
	As    string      `json:"as,omitempty"`
	Now   *time.Time  `json:"now,omitempty"`
}
