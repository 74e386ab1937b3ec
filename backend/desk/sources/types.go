// Package sources brings files to the desk: what they are, how their columns are read, what an import did, and what waits
// in quarantine.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package sources

import (
	"time"

	"tracedesk/backend/freight"
)

// FileRef is a file to read: a path on this computer, or an upload staged before. Exactly one is given.
type FileRef struct {
	Path   string `json:"path,omitempty"`
	Upload string `json:"upload,omitempty"`
}

// Upload is a file staged by the desk; it is forgotten after an hour unless imported.
type Upload struct {
	Upload string `json:"upload"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
}

// Uploads lists staged files.
type Uploads struct {
	Uploads freight.List[Upload] `json:"uploads"`
}

// ImportRequest asks for an import, or for a preview of one.
type ImportRequest struct {
	Files   freight.List[FileRef] `json:"files"`
	Profile string                `json:"profile,omitempty"` // read with this saved profile
	Mapping *Profile              `json:"mapping,omitempty"` // read with this mapping; saved under its name if it has one
	Full    bool                  `json:"full,omitempty"`    // what this source no longer lists is gone
	As      string                `json:"as,omitempty"`
	Now     *time.Time            `json:"now,omitempty"`
	// Replayed: the file's own receive times count, as far as they lie before Now, and it states what it states at Now
	// where it says nothing else.
	Replayed bool `json:"-"`
}

// Preview is what the desk makes of files before anything is written.
type Preview struct {
	Files freight.List[FilePreview] `json:"files"`
}

// FilePreview is one file.
type FilePreview struct {
	Path      string                  `json:"path"` // or the upload's name
	File      FileRef                 `json:"file"`
	Kind      freight.FileKind        `json:"kind"`
	Says      string                  `json:"says"`     // "TMS export, 1,204 rows, one a stop, Windows-1252, semicolons"
	Ready     bool                    `json:"ready"`    // may be imported without asking
	NeedsMap  bool                    `json:"needsMap"` // a sheet that is read by a profile
	Missing   freight.List[string]    `json:"missing"`  // what must still be mapped
	Columns   freight.List[Column]    `json:"columns"`
	Fields    freight.List[Field]     `json:"fields"`    // what a column may be mapped to
	Mapping   *Profile                `json:"mapping"`   // the guess, or the saved profile; null when none is needed
	Known     bool                    `json:"known"`     // Mapping was confirmed before
	DateOrder string                  `json:"dateOrder"` // why the order was chosen, in words; "" when nothing was ambiguous
	Would     WouldHappen             `json:"would"`
	Sample    freight.List[SampleRow] `json:"sample"` // the first rows
	Notes     freight.List[string]    `json:"notes"`
}

// Column is a column of a sheet and what it seems to be.
type Column struct {
	Index      int                  `json:"index"`
	Name       string               `json:"name"`
	Guess      string               `json:"guess"`      // a field's name, "" to keep as a note
	Confidence float64              `json:"confidence"` // 0 to 1
	Why        string               `json:"why"`
	Samples    freight.List[string] `json:"samples"`
}

// Field is something a column can be mapped to.
type Field struct {
	Name  string `json:"name"`  // "appt_start"
	Label string `json:"label"` // "Appointment start"
	Group string `json:"group"` // Load, Stop, Pickup, Delivery ...
}

// SampleRow is one row's cells, by column index.
type SampleRow struct {
	Cells freight.List[string] `json:"cells"`
}

// WouldHappen counts what an import would do.
type WouldHappen struct {
	Records     int  `json:"records"`
	New         int  `json:"new"`
	Updated     int  `json:"updated"`
	Unchanged   int  `json:"unchanged"`
	Quarantined int  `json:"quarantined"`
	Gone        int  `json:"gone"`
	Partial     bool `json:"partial"` // counted over the first part of a large file only
}

// Profile is how one source's sheets are read.
type Profile struct {
	Name      string                  `json:"name"`
	Source    string                  `json:"source"`    // kind/account: "tms", "carrier/ABCD"
	RowPer    string                  `json:"rowPer"`    // load, stop or event
	DateOrder string                  `json:"dateOrder"` // MDY, DMY, YMD; "" decided by the column
	Full      bool                    `json:"full"`      // each file lists everything
	Columns   freight.List[ColumnMap] `json:"columns"`
	UsedAt    *time.Time              `json:"usedAt,omitempty"`
}

// ColumnMap maps a column to a field; Field "" keeps the column as a note.
type ColumnMap struct {
	Column string `json:"column"`
	Field  string `json:"field"`
}

// Profiles lists saved profiles.
type Profiles struct {
	Profiles freight.List[Profile] `json:"profiles"`
}

// Started names the job that runs.
type Started struct {
	Job string `json:"job"`
}

// JobState is where a job stands.
type JobState string

// The closed list of job states.
const (
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
	JobCancelled JobState = "cancelled"
)

// Job is an import under way or ended.
type Job struct {
	ID        string        `json:"id"`
	State     JobState      `json:"state"`
	Stage     string        `json:"stage"` // reading, storing, folding
	File      string        `json:"file"`  // the one being read
	Records   int           `json:"records"`
	Rate      float64       `json:"rate"`  // records a second
	Done      int64         `json:"done"`  // bytes
	Total     int64         `json:"total"` // bytes; 0 unknown
	StartedAt time.Time     `json:"startedAt"`
	Result    *ImportResult `json:"result"`
	Error     string        `json:"error"` // a sentence, when it failed
}

// ImportResult is what an import did.
type ImportResult struct {
	Files freight.List[FileResult] `json:"files"`
	Loads LoadCounts               `json:"loads"`
}

// FileResult is what became of one file.
type FileResult struct {
	Path         string                    `json:"path"`
	Kind         freight.FileKind          `json:"kind"`
	Records      int                       `json:"records"`
	Observations int                       `json:"observations"`
	Duplicates   int                       `json:"duplicates"`
	Quarantined  freight.List[Quarantined] `json:"quarantined"`
	Profile      string                    `json:"profile"`
	Notes        freight.List[string]      `json:"notes"`
}

// Quarantined is one thing that could not be read or matched.
type Quarantined struct {
	Where  string `json:"where"`
	Reason string `json:"reason"`
}

// LoadCounts is how many loads an import touched.
type LoadCounts struct {
	New     int `json:"new"`
	Updated int `json:"updated"`
	Gone    int `json:"gone"`
}

// Quarantine is what waits, newest first.
type Quarantine struct {
	Items freight.List[QuarantineItem] `json:"items"`
	Total int                          `json:"total"`
}

// QuarantineItem is one thing that could not be read or matched.
type QuarantineItem struct {
	ID         string                  `json:"id"`
	Where      string                  `json:"where"` // "row 17 of loads.csv"
	Source     string                  `json:"source"`
	Reason     string                  `json:"reason"`
	Candidates freight.List[Candidate] `json:"candidates"`
	Text       string                  `json:"text"` // the bytes as text; of a whole file how it begins, "" where that is no text
	ReceivedAt time.Time               `json:"receivedAt"`
	Fixable    bool                    `json:"fixable"`    // the text may be corrected and read again
	Assignable bool                    `json:"assignable"` // it was read, and may be said to belong to a load
}

// Candidate is a load something may belong to. Score is 0 to 1.
type Candidate struct {
	Load     string  `json:"load"`
	LoadID   string  `json:"loadId"`
	Customer string  `json:"customer"`
	Score    float64 `json:"score"`
	Why      string  `json:"why"`
}

// QuarantineAction is what a person does with an item.
type QuarantineAction string

// The closed list of actions.
const (
	Assign QuarantineAction = "assign" // it belongs to Load
	Fix    QuarantineAction = "fix"    // read Text instead
	Drop   QuarantineAction = "drop"   // it is kept, but no longer waits
	Wait   QuarantineAction = "wait"   // what was dropped waits again
)

// Decision is a person's answer to an item.
type Decision struct {
	Action QuarantineAction `json:"action"`
	Load   string           `json:"load,omitempty"`
	Text   string           `json:"text,omitempty"`
	As     string           `json:"as,omitempty"`
	Now    *time.Time       `json:"now,omitempty"`
}

// Decided is what came of it.
type Decided struct {
	Says        string `json:"says"`
	Observation string `json:"observation"` // to undo it, when it can be undone
}
