package freight

import "time"

// Severity is how bad a finding is, apart from how urgent it is.
type Severity string

// Severities, the mildest first.
const (
	Watched  Severity = "watch"
	Minor    Severity = "minor"
	Major    Severity = "major"
	Critical Severity = "critical"
)

// Rank is 0 for critical and grows as severity falls; an unknown word comes last.
func (s Severity) Rank() int {
	switch s {
	case Critical:
		return 0
	case Major:
		return 1
	case Minor:
		return 2
	case Watched:
		return 3
	}
	return 4
}

// Input is one thing a conclusion was drawn from, in words: a threshold, a source with what it said and when.
type Input struct {
	Name  string `cbor:"1,keyasint" json:"name"`
	Value string `cbor:"2,keyasint" json:"value"`
}

// Next is what a person should do next and by when. Act names the act in the key table of the screens: call, message,
// askPaper, correct, compare, cover, close, none.
type Next struct {
	Act  string    `cbor:"1,keyasint,omitempty"`
	Text string    `cbor:"2,keyasint,omitempty"`
	Due  time.Time `cbor:"3,keyasint,omitzero"`
}

// Finding is a conclusion of a rule with what it was concluded from. No sentence in it tells an age, so none goes stale.
type Finding struct {
	Key      string          `cbor:"1,keyasint"` // stable: kind, stop, and the field where one kind may speak of several
	Kind     string          `cbor:"2,keyasint"`
	Level    Level           `cbor:"3,keyasint"`
	Severity Severity        `cbor:"4,keyasint"`
	Stop     int             `cbor:"5,keyasint,omitempty"`
	Since    time.Time       `cbor:"6,keyasint"` // since when it holds in the world, as far as the data say
	Due      time.Time       `cbor:"7,keyasint"` // the instant at which, or since which, a person must act
	Why      string          `cbor:"8,keyasint"`
	Evidence []ObservationID `cbor:"9,keyasint,omitempty"`
	Inputs   []Input         `cbor:"10,keyasint,omitempty"`
	Next     Next            `cbor:"11,keyasint,omitzero"`
}

// Ask is one question of a call that is still unanswered; Fact is what its answer becomes.
type Ask struct {
	Key  string `cbor:"1,keyasint" json:"key"` // eta, position, empty, temperature, seal, pieces ...
	Text string `cbor:"2,keyasint" json:"text"`
	Fact Fact   `cbor:"3,keyasint,omitempty" json:"fact"`
	Type string `cbor:"4,keyasint,omitempty" json:"type"` // the type of the fact's value: PHONE, TRUCK
	Stop int    `cbor:"5,keyasint,omitempty" json:"stop"`
}

// Task is one thing a person should do at an instant: a check call, a paper to chase, a promise to keep.
type Task struct {
	Key      string    `cbor:"1,keyasint"` // stable as long as it is the same task: "call/2/enRoute/5h"
	Kind     string    `cbor:"2,keyasint"` // checkCall, chasePaper, promise, confirmETA, close
	Level    Level     `cbor:"3,keyasint"`
	Stop     int       `cbor:"4,keyasint,omitempty"`
	Due      time.Time `cbor:"5,keyasint"`
	Why      string    `cbor:"6,keyasint"`
	Whom     string    `cbor:"7,keyasint,omitempty"`  // step of the contact ladder: driver, dispatcher, afterHours, owner, lead, customer
	Attempts int       `cbor:"8,keyasint,omitempty"`  // calls without an answer so far
	Asks     []Ask     `cbor:"9,keyasint,omitempty"`  // unanswered questions, the most important first
	Covered  string    `cbor:"10,keyasint,omitempty"` // why nobody needs to call; empty when somebody does
	Said     string    `cbor:"11,keyasint,omitempty"` // for a promise: to whom
}

// Verdict is what the rules make of a timeline at an instant.
type Verdict struct {
	Findings  []Finding
	Tasks     []Task // due now or covered now; each covered one is told while its point in time is the last one passed
	Attention Attention
	// NextDue is the first later instant at which, by clock alone, the answer differs; zero when it never does.
	NextDue time.Time
}

// Episode is a finding's time on the desk: from the instant at which the data on file first made it detectable to the
// instant at which it ceased to hold. The same finding that comes back is another episode.
type Episode struct {
	Finding    `cbor:"1,keyasint"` // as it was last seen; a cleared one as it was before it cleared
	DetectedAt time.Time           `cbor:"2,keyasint"`
	ClearedAt  time.Time           `cbor:"3,keyasint,omitzero"`  // zero while it holds
	Rules      string              `cbor:"4,keyasint,omitempty"` // code and settings it began under
}

// Open reports whether the finding still holds.
func (e *Episode) Open() bool { return e.ClearedAt.IsZero() }

// Errand is a task's time on the desk. A covered one begins and ends at its due instant.
type Errand struct {
	Task    `cbor:"1,keyasint"`
	BeganAt time.Time `cbor:"2,keyasint"`
	EndedAt time.Time `cbor:"3,keyasint,omitzero"`
	Ended   string    `cbor:"4,keyasint,omitempty"` // covered, answered, done, lapsed
}

// Course is what became of a load's findings and tasks over time: the walk's result.
type Course struct {
	Episodes []Episode `cbor:"1,keyasint,omitempty"` // by detection, then key
	Errands  []Errand  `cbor:"2,keyasint,omitempty"`
	At       time.Time `cbor:"-"` // judged up to here, inclusive
	Next     time.Time `cbor:"-"` // the first later instant at which the clock alone changes something; zero never
	Seen     int       `cbor:"-"` // how many observations it was walked over
	Rules    string    `cbor:"-"` // code and settings of the last judgement
}

// Fix is a position with a point, kept small because a load has many.
type Fix struct {
	At, Received int64   // Unix seconds
	Lat, Lon     float32 // degrees
	By           uint16  // index into Timeline.Tellers
	Observation  ObservationID
}

// Reading is a temperature in degrees Fahrenheit.
type Reading struct {
	At, Received int64 // Unix seconds
	F            float32
	By           uint16 // index into Timeline.Tellers
	Observation  ObservationID
}

// Act is what a person of the desk did about a finding or a task. Several acts may belong to one observation, and an undo
// takes all of them back.
type Act struct {
	Provenance
	By    string
	Fact  Fact   // handled, cause, party, evidence, contact, promise, gap, step, dismissed
	Type  string // see the facts
	Scope string // what it is about: an exception's id, a task's key, a milestone
	Text  string
	Note  string
	Stop  int
	At    time.Time // the instant spoken of: until when a promise holds or a snooze lasts
	Num   float64   // money in USD
}
