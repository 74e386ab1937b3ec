// Package archive takes closed periods out of the desk file into a single file each, and hands out everything of one customer.
//
// An archive is a zip file: a desk file with only its loads, the papers and imported files they rest on, and a manifest with
// the digest of each. It is opened for reading only. Loads leave the desk file only after the archive was read back, entry by
// entry, and holds as much of them as the desk does.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package archive

import (
	"time"

	"tracedesk/backend/freight"
)

// Archives are all archives written from this desk, newest first.
type Archives struct {
	Archives freight.List[Archived] `json:"archives"`
}

// Archived is one archive as it was written and verified.
type Archived struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Until  string    `json:"until"` // YYYY-MM-DD: nothing in it was heard or due on that day or later
	File   string    `json:"file"`
	Digest string    `json:"digest"` // SHA-256
	Size   int64     `json:"size"`
	Loads  int       `json:"loads"`
}

// ArchiveRequest asks for an archive of what ended before a day (UTC).
type ArchiveRequest struct {
	Until     string     `json:"until"`               // YYYY-MM-DD
	Out       string     `json:"out,omitempty"`       // the file to write, a whole path; "" only tells what would go
	Keep      bool       `json:"keep,omitempty"`      // the loads stay in the desk file too
	Unsettled bool       `json:"unsettled,omitempty"` // loads of which something is left to do go too
	As        string     `json:"as,omitempty"`
	Now       *time.Time `json:"now,omitempty"`
}

// ArchiveDone is what went, or would go.
type ArchiveDone struct {
	Until        string `json:"until"`
	Loads        int    `json:"loads"`
	Observations int    `json:"observations"`
	Positions    int    `json:"positions"`
	Documents    int    `json:"documents"`
	Unsettled    int    `json:"unsettled"` // loads of the period that stay, because something is left to do
	File         string `json:"file"`      // "" when nothing was written
	Digest       string `json:"digest"`
	Size         int64  `json:"size"`
	Left         bool   `json:"left"`  // the loads left the desk file
	Young        bool   `json:"young"` // it reaches into the last three years, which US brokers must keep at hand
}

// Manifest is what an archive says of itself.
type Manifest struct {
	Format       string                     `json:"format"` // "tracedesk-archive-1"
	At           time.Time                  `json:"at"`
	By           string                     `json:"by"`
	Until        string                     `json:"until"`
	Loads        int                        `json:"loads"`
	Observations int                        `json:"observations"`
	Positions    int                        `json:"positions"`
	Documents    int                        `json:"documents"`
	Files        freight.List[ArchiveEntry] `json:"files"`
}

// ArchiveEntry is one file in an archive.
type ArchiveEntry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"` // SHA-256, hexadecimal
}

// ExportRequest asks for everything of one customer in a file.
type ExportRequest struct {
	Customer string `json:"customer"`
	Out      string `json:"out"` // a whole path
}

// ExportDone is what was written.
type ExportDone struct {
	Customer string `json:"customer"`
	File     string `json:"file"`
	Size     int64  `json:"size"`
	Digest   string `json:"digest"` // SHA-256
}
