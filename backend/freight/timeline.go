package freight

import "time"

// Timeline is what is known of one load: the fold's result. It is a value; package timeline makes it, every room may read it.
type Timeline struct {
	Number      string // the load's number in its TMS; for a provisional load the source's own number
	Account     string
	Provisional bool // known to a carrier or platform only; no tender yet
	Customer    Known
	Carrier     Known
	SCAC        Known
	MC          Known
	DOT         Known
	Mode        Known
	Equipment   map[string]Known // KIND, TRUCK, TRAILER, CONTAINER, SEAL
	Driver      map[string]Known // NAME, PHONE
	ValueUSD    Known
	TempMinF    *float64
	TempMaxF    *float64
	Flags       []string
	Owner       string // who of the desk works the load
	Refs        []KnownRef
	Shipments   []Shipment
	Stops       []StopLine  // in driving order
	Unplaced    []KnownTime // events whose stop could not be told; shown, never guessed
	Statuses    []Word      // each source's own status word, newest first
	State       LoadState
	Tracking    Tracking
	Position    *Position // the newest by occurrence
	Trail       []Fix     // where the truck was, oldest first; at most one fix a source and five minutes, the newest of them
	Readings    []Reading // temperatures, oldest first; the newest of each source
	Tellers     []Source  // who told what lies in Trail and Readings
	Acts        []Act     // what people of the desk did about findings and tasks, oldest first
	Papers      map[string]PaperState
	Notes       []Word
	Documents   []DocumentLink
	Exceptions  []Word // what sources called exceptions, with code
	Others      []Word // what a source said that has no word of ours
	Gone        *Word
	Problems    []Problem // impossible things, named, not repaired
	LastNews    *News
	Heard       Heard
	FirstAt     time.Time // first received
	LastAt      time.Time // last received
	Count       int       // claims on file
}

// LoadState is where a load stands, by facts alone.
type LoadState string

// The closed list of states.
const (
	Planned    LoadState = "planned"
	Dispatched LoadState = "dispatched"
	AtPickup   LoadState = "atPickup"
	Loaded     LoadState = "loaded"
	InTransit  LoadState = "inTransit"
	AtDelivery LoadState = "atDelivery"
	Delivered  LoadState = "delivered"
	PapersIn   LoadState = "papersIn"
	Verified   LoadState = "verified"
	Closed     LoadState = "closed"
	Cancelled  LoadState = "cancelled"
	NotUsed    LoadState = "notUsed"
	OnHold     LoadState = "onHold"
)

// Done reports whether the freight has arrived (or never will): no clock runs against an appointment any more.
func (s LoadState) Done() bool {
	switch s {
	case Delivered, PapersIn, Verified, Closed, Cancelled, NotUsed:
		return true
	}
	return false
}

// Live reports whether the load belongs on the board: everything but what is closed, cancelled, not used or verified.
func (s LoadState) Live() bool {
	switch s {
	case Closed, Cancelled, NotUsed, Verified:
		return false
	}
	return true
}

// TrackingState is whether and how a load's truck can be seen.
type TrackingState string

// The closed list of tracking states; empty means nobody said.
const (
	TrackPending  TrackingState = "pending"
	TrackReady    TrackingState = "ready"
	TrackTracking TrackingState = "tracking"
	TrackStale    TrackingState = "stale"
	TrackHidden   TrackingState = "hidden"
	TrackDenied   TrackingState = "denied"
	TrackExpired  TrackingState = "expired"
	TrackFailed   TrackingState = "failed"
	TrackLost     TrackingState = "lost"
	TrackEnded    TrackingState = "ended"
)

// Tracking is the tracking state with who said so and why.
type Tracking struct {
	State  TrackingState
	Source Source
	At     time.Time
	Cause  string
}

// Provenance is who said it, when, and which observation holds it.
type Provenance struct {
	Observation ObservationID
	Source      Source
	StatedAt    time.Time
	ReceivedAt  time.Time
}

// Known is a value with every source's current claim; the first claim is the accepted one.
type Known struct {
	Value  string
	Agree  bool
	Claims []Told
}

// Told is one source's current word.
type Told struct {
	Provenance
	Value string
	Note  string
}

// KnownRef is a reference and who gave it. Two numbers of one type that no source gives both of are a contradiction.
type KnownRef struct {
	Reference
	Provenance
	Also []Source // who else gives the same number
}

// KnownTime is an instant with every source's current claim; Claims[0] is the accepted one.
// Unresolved claims (no zone known) have a zero At and keep their words in Written.
type KnownTime struct {
	At      time.Time
	Source  Source
	Fact    Fact
	Agree   bool // within the tolerance of 15 minutes
	Claims  []ToldTime
	Subject Subject
}

// ToldTime is one source's current word on a time.
type ToldTime struct {
	Provenance
	At      time.Time
	Written string
	Basis   string // "offset", "local America/Chicago (postal)", "zone CT", "day only", with " · twice that night" or " · skipped that night" where a clock change makes it so
	DayOnly bool
	// Midnight: told with a time of day, and that time is exactly 00:00:00 as written or on the stop's clocks. A day whose time
	// was filled in by a machine looks so.
	Midnight bool
	Note     string
}

// Window is when a stop may be served, as instants; End of a start without an end is its start.
type Window struct {
	Start, End time.Time
	DayOnly    bool // given as days, without times
	// FirstDay and LastDay are the days of a window given as days, counted from 1970 on the stop's calendar; they are known
	// even where no zone makes them instants. 0 otherwise.
	FirstDay, LastDay int
	NoZone            bool // times were told, and no zone is known that makes them instants
}

// IsZero reports whether no window is known.
func (w Window) IsZero() bool { return w.Start.IsZero() && w.End.IsZero() }

// ToldWindow is one source's word on a window; the history of a stop lists them all.
type ToldWindow struct {
	Provenance
	Window
	Type string // appointment, fcfs, open
	Note string // who asked, why
}

// Estimate is an expected arrival with who stated it and when.
type Estimate struct {
	At       time.Time
	Source   Source
	StatedAt time.Time
	Claims   []ToldTime
}

// StopLine is one stop with plan, expected and actual.
type StopLine struct {
	Seq       int
	Kind      string // pickup, delivery, pickup_delivery, relay; "" unknown
	Place     Place
	Zone      string // IANA; "" when it cannot be told
	ZoneHow   string
	Lat, Lon  float64
	ApptType  string
	Window    Window
	WindowBy  Source
	Original  Window
	History   []ToldWindow // oldest first
	WindowsOf []ToldWindow // each source's current word, accepted first
	Arrived   *KnownTime
	Departed  *KnownTime
	Loaded    *KnownTime
	Unloaded  *KnownTime
	PickedUp  *KnownTime
	Delivered *KnownTime
	ETA       *Estimate
	Pieces    *Amount
	Pallets   *Amount
	Weight    *Amount
}

// Pickup reports whether freight is taken on at the stop.
func (s *StopLine) Pickup() bool { return s.Kind == "pickup" || s.Kind == "pickup_delivery" }

// Delivery reports whether freight is handed over at the stop.
func (s *StopLine) Delivery() bool { return s.Kind == "delivery" || s.Kind == "pickup_delivery" }

// Done reports whether the stop's work is known to be done: loaded, unloaded, picked up, delivered or departed.
func (s *StopLine) Done() bool {
	return s.Departed != nil || s.Loaded != nil || s.Unloaded != nil || s.PickedUp != nil || s.Delivered != nil
}

// Amount is a number with every source's word.
type Amount struct {
	Value  float64
	Unit   string
	Agree  bool
	Claims []Told
}

// Shipment is one consignment on a load.
type Shipment struct {
	Key      string
	Stop     int
	Customer string
	Refs     []Reference
	Pieces   float64
	Weight   float64
}

// Word is something said in words or codes.
type Word struct {
	Provenance
	Fact Fact
	Stop int
	Type string
	Text string
	At   time.Time
}

// Position is where the truck was.
type Position struct {
	Provenance
	At     time.Time
	Place  Place
	Coarse bool // its source told no point: the one in Place is the middle of the city or postal code it told
}

// PaperState is missing, received, exception or verified.
type PaperState string

// The closed list of paper states.
const (
	PaperMissing   PaperState = "missing"
	PaperReceived  PaperState = "received"
	PaperException PaperState = "exception"
	PaperVerified  PaperState = "verified"
)

// Kinds of paper in Timeline.Papers.
const (
	POP = "pop"
	POD = "pod"
)

// DocumentLink is a document that speaks of the load.
type DocumentLink struct {
	Provenance
	Hash  string
	Kind  string // pop, pod, other
	State string // received, verified, rejected
	By    string
	Note  string
}

// Problem is something impossible in what is known.
type Problem struct {
	Kind     string // departedFirst, future, twoTrucks, speed
	Stop     int
	Why      string
	Evidence []ObservationID
}

// News is the last thing heard of a load that told something new.
type News struct {
	At     time.Time // when it happened, else when it was learned
	Source Source
	Text   string
}
