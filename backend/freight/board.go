package freight

import "time"

// Level is how urgently a load asks for a person.
type Level string

// Levels, the most urgent first.
const (
	ActNow  Level = "actNow"
	AtRisk  Level = "atRisk"
	Verify  Level = "verify"
	Waiting Level = "waiting"
	OnPlan  Level = "onPlan"
	DoneDay Level = "done"
)

// Levels in order of urgency.
var Levels = []Level{ActNow, AtRisk, Verify, Waiting, OnPlan, DoneDay}

// Rank is the place of a level in the order of urgency, 0 the most urgent.
func (l Level) Rank() int {
	for i, other := range Levels {
		if l == other {
			return i
		}
	}
	return len(Levels)
}

// Attention says how urgent a load is, by when a person must act, and why.
type Attention struct {
	Level Level     `cbor:"1,keyasint"`
	Due   time.Time `cbor:"2,keyasint"` // the instant at which (or since which) a person must act
	Why   string    `cbor:"3,keyasint"`
	Rule  string    `cbor:"4,keyasint,omitempty"` // kind of the finding that decided
}

// Dated reports whether an instant is known at which a person must act: the rules give a load on which nothing is known to
// fall due an instant beyond all dates, so that it sorts last.
func (a Attention) Dated() bool { return !a.Due.IsZero() && a.Due.Year() < 9999 }

// BoardRow is one line of the board: everything a person needs to decide where to look next.
type BoardRow struct {
	Load      string                `cbor:"1,keyasint"`
	Account   string                `cbor:"2,keyasint,omitempty"`
	Customer  string                `cbor:"3,keyasint,omitempty"`
	Carrier   string                `cbor:"4,keyasint,omitempty"`
	SCAC      string                `cbor:"5,keyasint,omitempty"`
	Mode      string                `cbor:"6,keyasint,omitempty"`
	State     LoadState             `cbor:"7,keyasint"`
	Tracking  TrackingState         `cbor:"8,keyasint,omitempty"`
	Attention Attention             `cbor:"9,keyasint"`
	Refs      []Reference           `cbor:"10,keyasint,omitempty"`
	Origin    string                `cbor:"11,keyasint,omitempty"` // city, state of the first pickup
	Dest      string                `cbor:"12,keyasint,omitempty"`
	Next      *NextStop             `cbor:"13,keyasint,omitempty"`
	News      *News                 `cbor:"14,keyasint,omitempty"`
	Papers    map[string]PaperState `cbor:"15,keyasint,omitempty"`
	Flags     []string              `cbor:"16,keyasint,omitempty"`
	Gone      bool                  `cbor:"17,keyasint,omitempty"`
	OneSided  bool                  `cbor:"18,keyasint,omitempty"` // provisional
	Stops     int                   `cbor:"19,keyasint,omitempty"`
	ID        LoadID                `cbor:"20,keyasint"`
	Owner     string                `cbor:"21,keyasint,omitempty"`
	Heard     Heard                 `cbor:"22,keyasint,omitzero"`
}

// NextStop is the stop a load is heading for or standing at.
type NextStop struct {
	Seq    int       `cbor:"1,keyasint"`
	Kind   string    `cbor:"2,keyasint,omitempty"`
	Place  string    `cbor:"3,keyasint,omitempty"`
	Zone   string    `cbor:"4,keyasint,omitempty"`
	Start  time.Time `cbor:"5,keyasint,omitzero"`
	End    time.Time `cbor:"6,keyasint,omitzero"`
	ETA    time.Time `cbor:"7,keyasint,omitzero"`
	ETABy  string    `cbor:"8,keyasint,omitempty"`
	Status string    `cbor:"9,keyasint,omitempty"` // "", "arrived"
}
