package freight

// Record is the unit a reader yields: one row of a sheet, one transaction of an interchange. N counts from 1 through the
// whole file and is stable, so that an interrupted run can go on after the last record it stored.
type Record struct {
	N            int
	Observations []Observation
	Faults       []Fault
}

// Fault is something that could not be read or matched: it goes to quarantine with its bytes and can be fixed and replayed.
type Fault struct {
	Where  string // file position in words: "row 17", "segment 12"
	Offset int64
	Reason string // one plain sentence for a person
	Raw    []byte // the bytes that could not be read
	Source Source
}

// FileKind is what a file was recognised as.
type FileKind string

// Kinds of file.
const (
	LoadsFile      FileKind = "loads"
	EventsFile     FileKind = "events"
	FacilitiesFile FileKind = "facilities"
	CarriersFile   FileKind = "carriers"
	X12Tender      FileKind = "x12.204"
	X12Status      FileKind = "x12.214"
	EdifactStatus  FileKind = "edifact.iftsta"
	EdifactPlan    FileKind = "edifact.iftmin"
	EPCISFile      FileKind = "epcis"
	DCSAFile       FileKind = "dcsa"
	DocumentFile   FileKind = "document"
	UnknownFile    FileKind = "unknown"
)

// Progress is told by whoever works through a file: done and total in bytes (total 0 when unknown), records so far.
type Progress struct {
	Stage   string // "reading", "storing", "folding"
	Records int
	Done    int64
	Total   int64
}
