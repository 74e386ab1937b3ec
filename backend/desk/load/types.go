// Package load answers everything about one load and takes what people correct on it.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package load

import (
	"time"

	"tracedesk/backend/freight"
)

// When asks as of an instant: AsOf hides what was received later, At sets the clock; zero means now.
type When struct {
	AsOf time.Time
	At   time.Time
}

// Load is one load as known at an instant.
type Load struct {
	ID           string                     `json:"id"`
	Load         string                     `json:"load"`
	Account      string                     `json:"account"`
	Provisional  bool                       `json:"provisional"` // known to the carrier only
	Customer     string                     `json:"customer"`
	Carrier      string                     `json:"carrier"`
	SCAC         string                     `json:"scac"`
	Mode         string                     `json:"mode"`
	State        freight.LoadState          `json:"state"`
	AsOf         time.Time                  `json:"asOf"`
	At           time.Time                  `json:"at"`
	Attention    LoadAttention              `json:"attention"`
	Findings     freight.List[Finding]      `json:"findings"`
	Tracking     Tracking                   `json:"tracking"`
	Refs         freight.List[LoadRef]      `json:"refs"`
	Facts        freight.List[KnownFact]    `json:"facts"` // customer, carrier, equipment, driver, temperature, value ... with every source's word
	Flags        freight.List[string]       `json:"flags"`
	Position     *Position                  `json:"position"`
	Stops        freight.List[Stop]         `json:"stops"`
	Unplaced     freight.List[UnplacedTime] `json:"unplaced"` // events whose stop cannot be told
	Problems     freight.List[Problem]      `json:"problems"` // impossible things, named
	Statuses     freight.List[Word]         `json:"statuses"` // each source's own status word, newest first
	Notes        freight.List[Word]         `json:"notes"`
	Exceptions   freight.List[Word]         `json:"exceptions"`
	Others       freight.List[Word]         `json:"others"`
	Shipments    freight.List[Shipment]     `json:"shipments"`
	Papers       LoadPapers                 `json:"papers"`
	Observations freight.List[Observation]  `json:"observations"` // newest received first, one line a claim
	Documents    freight.List[LoadDocument] `json:"documents"`
	Gone         bool                       `json:"gone"`
}

// LoadAttention says how urgent the load is, and why. Minutes counts to the point where a person must act; negative is past.
type LoadAttention struct {
	Level   freight.Level `json:"level"`
	Minutes *int          `json:"minutes"`
	Due     *time.Time    `json:"due"`
	Why     string        `json:"why"`
	Rule    string        `json:"rule"`
}

// Finding is a rule's conclusion with what it was concluded from.
type Finding struct {
	Kind     string               `json:"kind"`
	Level    freight.Level        `json:"level"`
	Stop     int                  `json:"stop"`
	Since    *time.Time           `json:"since"`
	Why      string               `json:"why"`
	Evidence freight.List[string] `json:"evidence"` // observation ids
	Inputs   freight.List[Input]  `json:"inputs"`
}

// Input is a threshold, source or age that a finding used.
type Input struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Tracking is whether the truck can be seen, who says so and why.
type Tracking struct {
	State  freight.TrackingState `json:"state"`
	Source string                `json:"source"`
	At     *time.Time            `json:"at"`
	Cause  string                `json:"cause"`
}

// LoadRef is a reference number with its scope and who gave it.
type LoadRef struct {
	Type   freight.RefType `json:"type"`
	Value  string          `json:"value"`
	Scope  string          `json:"scope"`
	Source string          `json:"source"`
}

// KnownFact is one named value with every source's word; the first claim is the accepted one.
type KnownFact struct {
	Fact   string                  `json:"fact"` // customer, carrier, equipment, driver ...
	Type   string                  `json:"type"` // TRUCK, PHONE ...
	Value  string                  `json:"value"`
	Agree  bool                    `json:"agree"`
	Claims freight.List[TextClaim] `json:"claims"`
}

// TextClaim is one source's word on a value.
type TextClaim struct {
	Value       string     `json:"value"`
	Source      string     `json:"source"`
	StatedAt    *time.Time `json:"statedAt"`
	ReceivedAt  time.Time  `json:"receivedAt"`
	Observation string     `json:"observation"`
	Note        string     `json:"note"`
}

// Position is where the truck was last seen.
type Position struct {
	At     time.Time `json:"at"`
	Source string    `json:"source"`
	Place  string    `json:"place"`
	Lat    float64   `json:"lat"`
	Lon    float64   `json:"lon"`
}

// StopWindow is when a stop may be served.
type StopWindow struct {
	Start   *time.Time `json:"start"`
	End     *time.Time `json:"end"`
	DayOnly bool       `json:"dayOnly"`
}

// Stop is one stop: plan, expected and actual.
type Stop struct {
	Seq       int                       `json:"seq"`
	Kind      string                    `json:"kind"`
	Place     string                    `json:"place"`
	Facility  string                    `json:"facility"`
	Address   string                    `json:"address"`
	Zone      string                    `json:"zone"`    // IANA name, "" when it cannot be told
	ZoneHow   string                    `json:"zoneHow"` // stated, coordinates, postal, city, state
	Lat       float64                   `json:"lat"`
	Lon       float64                   `json:"lon"`
	ApptType  string                    `json:"apptType"`
	Window    *StopWindow               `json:"window"`
	WindowBy  string                    `json:"windowBy"`
	Original  *StopWindow               `json:"original"`
	Windows   freight.List[WindowClaim] `json:"windows"` // each source's current word, the accepted first
	History   freight.List[WindowClaim] `json:"history"` // oldest first
	Arrived   *Actual                   `json:"arrived"`
	Departed  *Actual                   `json:"departed"`
	Loaded    *Actual                   `json:"loaded"`
	Unloaded  *Actual                   `json:"unloaded"`
	PickedUp  *Actual                   `json:"pickedUp"`
	Delivered *Actual                   `json:"delivered"`
	ETA       *Estimate                 `json:"eta"`
	Amounts   freight.List[Amount]      `json:"amounts"` // pieces, pallets, weight
}

// WindowClaim is one source's word on a window.
type WindowClaim struct {
	Start       *time.Time `json:"start"`
	End         *time.Time `json:"end"`
	DayOnly     bool       `json:"dayOnly"`
	Type        string     `json:"type"`
	Source      string     `json:"source"`
	StatedAt    *time.Time `json:"statedAt"`
	ReceivedAt  time.Time  `json:"receivedAt"`
	Observation string     `json:"observation"`
	Note        string     `json:"note"`
}

// Actual is a time that happened, the accepted claim first. At is null when the accepted word cannot be resolved.
type Actual struct {
	At     *time.Time              `json:"at"`
	Source string                  `json:"source"`
	Agree  bool                    `json:"agree"`
	Claims freight.List[TimeClaim] `json:"claims"`
}

// TimeClaim is one source's word on a time.
type TimeClaim struct {
	At          *time.Time `json:"at"`
	Source      string     `json:"source"`
	StatedAt    *time.Time `json:"statedAt"`
	ReceivedAt  time.Time  `json:"receivedAt"`
	Basis       string     `json:"basis"`
	Written     string     `json:"written"`
	DayOnly     bool       `json:"dayOnly"`
	Observation string     `json:"observation"`
	Note        string     `json:"note"`
}

// Estimate is an expected arrival.
type Estimate struct {
	At       *time.Time              `json:"at"`
	Source   string                  `json:"source"`
	StatedAt *time.Time              `json:"statedAt"`
	Claims   freight.List[TimeClaim] `json:"claims"`
}

// UnplacedTime is an event whose stop cannot be told.
type UnplacedTime struct {
	Fact   freight.Fact            `json:"fact"`
	At     *time.Time              `json:"at"`
	Source string                  `json:"source"`
	Claims freight.List[TimeClaim] `json:"claims"`
}

// Amount is pieces, pallets or weight with every source's word.
type Amount struct {
	Fact   string                  `json:"fact"`
	Value  string                  `json:"value"` // "42", "18000 LB"
	Agree  bool                    `json:"agree"`
	Claims freight.List[TextClaim] `json:"claims"`
}

// Problem is something impossible in what is known.
type Problem struct {
	Kind     string               `json:"kind"`
	Stop     int                  `json:"stop"`
	Why      string               `json:"why"`
	Evidence freight.List[string] `json:"evidence"`
}

// Word is something said in words or codes.
type Word struct {
	Fact        freight.Fact `json:"fact"`
	Stop        int          `json:"stop"`
	Type        string       `json:"type"`
	Text        string       `json:"text"`
	Source      string       `json:"source"`
	At          *time.Time   `json:"at"`
	ReceivedAt  time.Time    `json:"receivedAt"`
	Observation string       `json:"observation"`
}

// Shipment is one consignment on the load.
type Shipment struct {
	Key      string                `json:"key"`
	Stop     int                   `json:"stop"`
	Customer string                `json:"customer"`
	Refs     freight.List[LoadRef] `json:"refs"`
	Pieces   float64               `json:"pieces"`
	Weight   float64               `json:"weight"`
}

// LoadPapers is where proof of pickup and of delivery stand.
type LoadPapers struct {
	POP freight.PaperState `json:"pop"`
	POD freight.PaperState `json:"pod"`
}

// Observation is one claim on file: a line of the history. Claims of one observation share its id.
type Observation struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"` // the fact's word
	Stop       int        `json:"stop"` // 0: the load itself
	OccurredAt *time.Time `json:"occurredAt"`
	ReceivedAt time.Time  `json:"receivedAt"`
	StatedAt   *time.Time `json:"statedAt"`
	Source     string     `json:"source"`
	Channel    string     `json:"channel"`
	By         string     `json:"by"` // the person, for what people did
	Value      string     `json:"value"`
	Text       string     `json:"text"`
	Where      string     `json:"where"`     // "row 17 of loads.csv"
	Retracted  bool       `json:"retracted"` // taken back later
	Retracts   string     `json:"retracts"`  // the observation this one takes back
}

// LoadDocument is a document filed on the load.
type LoadDocument struct {
	Hash  string     `json:"hash"`
	Name  string     `json:"name"`
	Kind  string     `json:"kind"`  // pop, pod, other
	State string     `json:"state"` // received, verified, rejected
	By    string     `json:"by"`
	At    *time.Time `json:"at"`
	Note  string     `json:"note"`
	Pages int        `json:"pages"`
	MIME  string     `json:"mime"`
}

// RawBody is an observation as it came.
type RawBody struct {
	Observation string `json:"observation"`
	File        string `json:"file"`
	Where       string `json:"where"`
	Text        string `json:"text"`   // the bytes as text; what is not text is shown as hex
	Cut         bool   `json:"cut"`    // only the beginning is shown
	Erased      bool   `json:"erased"` // the body was erased; its digest stays
}

// Edit is what a person states by hand: an observation of source user. At and Value are as written by the person; a time
// without an offset is local to the stop. For an appointment Value is "start/end".
type Edit struct {
	Stop  int          `json:"stop"` // 0: the load itself
	Fact  freight.Fact `json:"fact"`
	Type  string       `json:"type,omitempty"` // reference type, PHONE, TRUCK ...
	At    string       `json:"at,omitempty"`
	Value string       `json:"value,omitempty"`
	Note  string       `json:"note,omitempty"`
	As    string       `json:"as,omitempty"`  // act under this name instead of the desk's person
	Now   *time.Time   `json:"now,omitempty"` // act at this instant instead of the desk's clock
}

// Stated is the answer to an edit.
type Stated struct {
	Observation string `json:"observation"` // to undo it
	Says        string `json:"says"`        // "Arrived at stop 2 set to Tue 14:30 CDT"
}
