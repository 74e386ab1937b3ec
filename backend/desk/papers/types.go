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
}

// Document is one file.
type Document struct {
	Hash       string                       `json:"hash"` // SHA-256 of the bytes, hex
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
// An empty verdict files it on the load without judging it.
type Verdict struct {
	Load    string        `json:"load"`
	Kind    PaperKind     `json:"kind"`
	Verdict DocumentState `json:"verdict"` // verified, rejected or received
	Note    string        `json:"note,omitempty"`
	As      string        `json:"as,omitempty"`
	Now     *time.Time    `json:"now,omitempty"`
}

// Judged is the answer to a verdict.
type Judged struct {
	Document    Document `json:"document"`
	Observation string   `json:"observation"` // to undo it
	Says        string   `json:"says"`
}

// Filing asks to file documents that lie on this computer (paths) on a load, or to find their loads.
type Filing struct {
	Paths freight.List[string] `json:"paths"`
	Load  string               `json:"load,omitempty"`
	As    string               `json:"as,omitempty"`
	Now   *time.Time           `json:"now,omitempty"`
}

// File is a document's bytes. Who asked closes Body.
type File struct {
	Name     string
	MIME     string
	Modified time.Time
	Body     io.ReadSeekCloser
}
