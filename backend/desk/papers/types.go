// Package papers keeps the documents of the desk: what came in, which load it belongs to, and who verified it.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package papers

import (
	"io"
	"time"

	"tracedesk/backend/freight"
)

// Query chooses documents; empty fields choose all.
type Query struct {
	Load  string
	State DocumentState
}

// DocumentState is where a document stands.
type DocumentState string

// The closed list of document states.
const (
	Unmatched DocumentState = "unmatched" // waits for a person to say whose it is
	Received  DocumentState = "received"  // filed on a load, not yet looked at
	Verified  DocumentState = "verified"
	Rejected  DocumentState = "rejected"
	SetAside  DocumentState = "setAside" // blank, or nothing to keep on a load
)

// PaperKind is what a document proves.
type PaperKind string

// The closed list of paper kinds.
const (
	POP   PaperKind = "pop"
	POD   PaperKind = "pod"
	Other PaperKind = "other"
)

// Documents is a list of documents, newest first.
type Documents struct {
	Documents freight.List[Document] `json:"documents"`
	Counts    DocumentCounts         `json:"counts"`
}

// DocumentCounts is how many documents stand where, over the whole desk.
type DocumentCounts struct {
	Unmatched int `json:"unmatched"`
	Received  int `json:"received"`
	Verified  int `json:"verified"`
	Rejected  int `json:"rejected"`
	SetAside  int `json:"setAside"`
}

// Document is one document: a file, or some pages of one.
type Document struct {
	Hash       string                       `json:"hash"` // its id: SHA-256 of the file in hex, and ".2", ".3" for further documents of the file
	Name       string                       `json:"name"`
	MIME       string                       `json:"mime"`
	Size       int64                        `json:"size"`
	Pages      int                          `json:"pages"` // pages that can be shown as pictures; 0 when none can
	ReceivedAt time.Time                    `json:"receivedAt"`
	From       string                       `json:"from"` // "dropped by Ana", "folder C:\\Scans"
	Kind       PaperKind                    `json:"kind"`
	State      DocumentState                `json:"state"`
	Load       string                       `json:"load"` // number; "" while unmatched
	LoadID     string                       `json:"loadId"`
	By         string                       `json:"by"` // who gave the verdict
	At         *time.Time                   `json:"at"` // when
	Note       string                       `json:"note"`
	Found      freight.List[FoundRef]       `json:"found"`      // references read in the text or the file name
	Candidates freight.List[PaperCandidate] `json:"candidates"` // best first
	Known      bool                         `json:"known"`      // the same bytes were on file before
	Stage      PaperStage                   `json:"stage"`
	Type       PaperType                    `json:"type"`
	Verdict    PaperVerdict                 `json:"verdict"`
	Reasons    freight.List[string]         `json:"reasons"`
	PageList   freight.List[int]            `json:"pageList"` // its pages in the file
}

// FoundRef is a reference read in a document.
type FoundRef struct {
	Type  freight.RefType `json:"type"`
	Value string          `json:"value"`
	Where string          `json:"where"` // "page 1", "file name"
}

// PaperCandidate is a load a document may belong to. Score is 0 to 1.
type PaperCandidate struct {
	Load     string  `json:"load"`
	LoadID   string  `json:"loadId"`
	Customer string  `json:"customer"`
	Lane     string  `json:"lane"`
	Score    float64 `json:"score"`
	Why      string  `json:"why"`
}

// Verdict is what a person decides about a document: whose it is, what it proves, and whether it holds.
// An empty verdict files it on the load without judging it; unmatched takes it off its load, setAside puts it away.
type Verdict struct {
	Load    string        `json:"load"` // "" keeps the load it is on
	Kind    PaperKind     `json:"kind"` // "" keeps what it was read as
	Verdict DocumentState `json:"verdict"`
	Fault   string        `json:"fault,omitempty"` // of a rejected one: short, over, damaged, refused, unsigned, otherLoad, pageMissing, illegible
	Note    string        `json:"note,omitempty"`
	As      string        `json:"as,omitempty"`
	Now     *time.Time    `json:"now,omitempty"`
}

// Judged is the answer to a verdict.
type Judged struct {
	Document    Document `json:"document"`
	Observation string   `json:"observation"` // to undo it among all acts
	Act         string   `json:"act"`         // to undo it among the acts on papers
	Says        string   `json:"says"`
	Next        string   `json:"next"` // id of the next one that needs a person
}

// Filing asks to file documents that lie on this computer (paths) on a load, or to find their loads.
type Filing struct {
	Paths freight.List[string] `json:"paths"`
	Load  string               `json:"load,omitempty"`
	Task  string               `json:"task,omitempty"` // key of the task it answers: "paper/pod/ask"
	Wait  bool                 `json:"wait,omitempty"` // answer only when all are read; else what can be read at once is told
	As    string               `json:"as,omitempty"`
	Now   *time.Time           `json:"now,omitempty"`
}

// Arrival is a file that reaches the desk.
type Arrival struct {
	Name string
	Body io.Reader
	Load string // "" finds the load by what is read in it
	Task string // key of the task it answers
	From string // "dropped", "folder C:\\Scans"
	As   string
	Now  *time.Time
	// System: a system says whose it is, not a person. What lies on a load already stays there.
	System bool
}

// File is a document's bytes. Who asked closes Body.
type File struct {
	Name     string
	MIME     string
	Modified time.Time
	Body     io.ReadSeekCloser
}
