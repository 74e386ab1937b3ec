// Package board answers what the board shows: views over the live loads, their rows, what changed since, search, and the
// state of the desk around them.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package board

import (
	"time"

	"tracedesk/backend/freight"
)

// Row is one line of the board.
type Row struct {
	ID        string                `json:"id"` // the load's id, 32 hex digits
	Load      string                `json:"load"`
	Customer  string                `json:"customer"`
	Carrier   string                `json:"carrier"`
	Mode      string                `json:"mode"`
	State     freight.LoadState     `json:"state"`
	Tracking  freight.TrackingState `json:"tracking"`
	Attention Attention             `json:"attention"`
	Refs      freight.List[Ref]     `json:"refs"`
	Origin    string                `json:"origin"` // "Dallas, TX" of the first pickup
	Dest      string                `json:"dest"`
	Stops     int                   `json:"stops"`
	NextStop  *NextStop             `json:"nextStop"`
	LastNews  *News                 `json:"lastNews"`
	Heard     Heard                 `json:"heard"`
	Papers    Papers                `json:"papers"`
	Flags     freight.List[string]  `json:"flags"`
	Owner     string                `json:"owner"`    // who of the desk works it
	Gone      bool                  `json:"gone"`     // a full export no longer lists it
	OneSided  bool                  `json:"oneSided"` // known to the carrier only
}

// Attention says how urgent a load is and why. Minutes counts to the point where a person must act; negative is past.
type Attention struct {
	Level   freight.Level `json:"level"`
	Minutes *int          `json:"minutes"`
	Due     *time.Time    `json:"due"`
	Why     string        `json:"why"`
	Rule    string        `json:"rule"`
}

// Ref is a reference number of a load.
type Ref struct {
	Type  freight.RefType `json:"type"`
	Value string          `json:"value"`
}

// Window is when a stop may be served.
type Window struct {
	Start *time.Time `json:"start"`
	End   *time.Time `json:"end"`
}

// NextStop is the stop a load is heading for or standing at. Window is null when unknown.
type NextStop struct {
	Seq    int        `json:"seq"`
	Kind   string     `json:"kind"`
	Place  string     `json:"place"`
	Zone   string     `json:"zone"` // IANA name
	Window *Window    `json:"window"`
	ETA    *time.Time `json:"eta"`
	ETABy  string     `json:"etaBy"`
	Status string     `json:"status"` // "" or "arrived"
}

// News is the last thing heard that told something new.
type News struct {
	At     time.Time `json:"at"`
	Source string    `json:"source"`
	Text   string    `json:"text"`
}

// Heard is when each road to a load last told something of it; null where it never did. It does not compare with News: a
// source may say again what is known.
type Heard struct {
	TMS        *time.Time `json:"tms"`
	Visibility *time.Time `json:"visibility"`
	Carrier    *time.Time `json:"carrier"`
	Phone      *time.Time `json:"phone"`
}

// Papers is where proof of pickup and of delivery stand.
type Papers struct {
	POP freight.PaperState `json:"pop"`
	POD freight.PaperState `json:"pod"`
}

// Filter chooses rows. Empty fields choose all.
type Filter struct {
	Text      string                          `json:"text,omitempty"` // load number, reference, customer, carrier, place
	Levels    freight.List[freight.Level]     `json:"levels,omitempty"`
	Customers freight.List[string]            `json:"customers,omitempty"`
	Carriers  freight.List[string]            `json:"carriers,omitempty"`
	States    freight.List[freight.LoadState] `json:"states,omitempty"`
	Papers    freight.List[PaperFilter]       `json:"papers,omitempty"`
	Live      bool                            `json:"live,omitempty"` // only what belongs on the board
	Flags     freight.List[string]            `json:"flags,omitempty"`
	Owner     string                          `json:"owner,omitempty"`  // "me" is the desk's person
	Within    int                             `json:"within,omitempty"` // minutes: the next stop's window ends, or an ETA falls, by then
	Silent    int                             `json:"silent,omitempty"` // minutes: nothing was heard for so long
}

// PaperFilter chooses by papers.
type PaperFilter string

// The closed list of paper filters.
const (
	PODMissing  PaperFilter = "podMissing" // delivered, no proof of delivery
	PODReceived PaperFilter = "podReceived"
	PODVerified PaperFilter = "podVerified"
	POPMissing  PaperFilter = "popMissing"
)

// SortKey names the order of a view.
type SortKey string

// The closed list of orders.
const (
	ByAttention SortKey = "attention"
	ByLoad      SortKey = "load"
	ByCustomer  SortKey = "customer"
	ByCarrier   SortKey = "carrier"
	ByLane      SortKey = "lane"
	ByWindow    SortKey = "window" // next stop's window
	ByNews      SortKey = "news"
	ByETA       SortKey = "eta"
	ByState     SortKey = "state"
	ByPapers    SortKey = "papers"
)

// Sort is the order of a view.
type Sort struct {
	By   SortKey `json:"by"`
	Desc bool    `json:"desc,omitempty"`
}

// GroupKey names what a view is grouped by; "" is no grouping.
type GroupKey string

// The closed list of groupings.
const (
	NoGroup         GroupKey = ""
	ByCustomerGroup GroupKey = "customer"
	ByCarrierGroup  GroupKey = "carrier"
	ByStateGroup    GroupKey = "state"
)

// ViewSpec asks for a view.
type ViewSpec struct {
	Filter Filter   `json:"filter"`
	Sort   Sort     `json:"sort"`
	Group  GroupKey `json:"group,omitempty"`
	Find   string   `json:"find,omitempty"` // a load's id whose place in the new view is wanted
}

// View is an ordered, counted answer whose order stays until it is opened again. A view may be forgotten after a while:
// asking for its rows then answers not_found and the screen opens it anew.
type View struct {
	View   string              `json:"view"`
	Count  int                 `json:"count"`
	Counts Counts              `json:"counts"` // by level, under the same filter without its levels
	Groups freight.List[Group] `json:"groups"`
	Found  int                 `json:"found"` // place of Find, -1 when it is not in the view
	Seq    int64               `json:"seq"`
	AsOf   time.Time           `json:"asOf"`
}

// Counts is how many loads stand at each level.
type Counts struct {
	ActNow  int `json:"actNow"`
	AtRisk  int `json:"atRisk"`
	Verify  int `json:"verify"`
	Waiting int `json:"waiting"`
	OnPlan  int `json:"onPlan"`
	Done    int `json:"done"`
}

// Group is a run of rows with one value.
type Group struct {
	Name  string `json:"name"`
	From  int    `json:"from"`
	Count int    `json:"count"`
}

// Rows is a piece of a view, in the view's fixed order with the loads' present values.
type Rows struct {
	View    string            `json:"view"`
	From    int               `json:"from"`
	Count   int               `json:"count"`
	Counts  Counts            `json:"counts"`  // now
	Pending int               `json:"pending"` // loads that would enter, leave or move if the view were opened anew
	Fresh   int               `json:"fresh"`   // those of them that would enter
	Seq     int64             `json:"seq"`
	AsOf    time.Time         `json:"asOf"`
	Rows    freight.List[Row] `json:"rows"`
}

// Changes names the loads that changed after a sequence number. Resync says that the list no longer reaches back that
// far, or that so much changed that listing it is no use: everything on the screen is to be asked for again.
type Changes struct {
	Since  int64                `json:"since"` // the number it follows: a gap shows that something was missed
	Seq    int64                `json:"seq"`
	Loads  freight.List[string] `json:"loads"` // ids
	Resync bool                 `json:"resync"`
	Desk   bool                 `json:"desk"` // the state of the desk changed too (sources, quarantine, documents, intents, jobs)
}

// Hits is what a search found, best first.
type Hits struct {
	Query string            `json:"query"`
	Hits  freight.List[Hit] `json:"hits"`
	More  bool              `json:"more"`
}

// Hit is one load found.
type Hit struct {
	ID       string            `json:"id"`
	Load     string            `json:"load"`
	Customer string            `json:"customer"`
	Carrier  string            `json:"carrier"`
	Lane     string            `json:"lane"`
	State    freight.LoadState `json:"state"`
	Field    string            `json:"field"` // what matched: load, PRO, BOL, customer, note ...
	Text     string            `json:"text"`  // the words that matched
}

// Parties lists customers or carriers with their loads.
type Parties struct {
	Parties freight.List[Party] `json:"parties"`
}

// Party is a customer or a carrier.
type Party struct {
	Name  string `json:"name"`
	Live  int    `json:"live"`
	Total int    `json:"total"`
}

// DeskStatus is the frame around the board: whose desk, which clock, how current its sources are, what waits for a person.
type DeskStatus struct {
	Version string                     `json:"version"`
	Home    string                     `json:"home"` // the data folder
	Demo    bool                       `json:"demo"` // a simulated desk
	Person  string                     `json:"person"`
	Now     time.Time                  `json:"now"`  // the desk's clock
	Zone    string                     `json:"zone"` // the person's IANA zone, for the clock only
	Seq     int64                      `json:"seq"`
	Live    int                        `json:"live"`
	Total   int                        `json:"total"`
	Sources freight.List[SourceHealth] `json:"sources"`
	Waiting Waiting                    `json:"waiting"`
	Notices freight.List[string]       `json:"notices"` // a salvaged file, a folder that cannot be watched, a rebuild under way
}

// SourceHealth is how current one source is.
type SourceHealth struct {
	Source string     `json:"source"`
	State  Health     `json:"state"`
	LastAt *time.Time `json:"lastAt"` // the last contact
	Loads  int        `json:"loads"`
	Text   string     `json:"text"`
}

// Health is a source's state.
type Health string

// The closed list of healths.
const (
	HealthOK    Health = "ok"
	HealthStale Health = "stale"
	HealthDown  Health = "down"
)

// Waiting counts what waits for a person.
type Waiting struct {
	Quarantine int `json:"quarantine"`
	Documents  int `json:"documents"`
	Intents    int `json:"intents"`
}
