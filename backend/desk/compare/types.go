// Package compare holds what every source says of a load side by side, takes in what a portal's page says, and records
// which word a person accepts.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package compare

import (
	"time"

	"tracedesk/backend/freight"
)

// When asks as of an instant: AsOf hides what was received later, At sets the clock; zero means now.
type When struct {
	AsOf time.Time
	At   time.Time
}

// Comparison is one load as each source tells it: sources are columns, fields are rows.
type Comparison struct {
	Load    string                      `json:"load"`
	LoadID  string                      `json:"loadId"`
	AsOf    time.Time                   `json:"asOf"`
	At      time.Time                   `json:"at"`
	Zone    string                      `json:"zone"` // of the stop ahead; IANA, "" when it cannot be told
	Columns freight.List[CompareColumn] `json:"columns"`
	Rows    freight.List[CompareRow]    `json:"rows"`
}

// CompareColumn is one source. What a source says on its portal's page is a column of its own.
type CompareColumn struct {
	Key        string     `json:"key"`    // "tms/tms", "carrier/ABCD", "carrier/ABCD via portal", "user"; cells name it
	Source     string     `json:"source"` // kind and account: "carrier/ABCD"
	Kind       string     `json:"kind"`   // tms, carrier, project44 ... ; "user" for what people of the desk stated
	Name       string     `json:"name"`   // "TMS", "Portal of ABCD", "Dispatcher", "Our log"
	Portal     bool       `json:"portal"`
	LastSaidAt *time.Time `json:"lastSaidAt"` // null when it has said nothing yet, and stands here for its portal
	URL        string     `json:"url"`        // its page for this load, from the template of the source; "" when there is none
}

// CompareRow is one field with every source's word.
type CompareRow struct {
	Key           string                    `json:"key"`   // of this row: "status", "delivered/2", "equipment/trailer"
	Field         string                    `json:"field"` // as claims name it: status, event, position, eta, appointment, arrived ..., reference, equipment, driver, pieces, pallets, weight, document
	Type          string                    `json:"type"`  // BOL, TRUCK, PHONE, pod ...; "" where the field has none
	Name          string                    `json:"name"`  // in words: "ETA, stop 2"
	Stop          int                       `json:"stop"`  // 0: the load
	Zone          string                    `json:"zone"`  // in which its times are given
	Cells         freight.List[CompareCell] `json:"cells"`
	Accepted      *AcceptedWord             `json:"accepted"`      // null when nothing is accepted
	Contradiction string                    `json:"contradiction"` // "Portal of ABCD says delivered 13:05; TMS still in transit"; "" when all agree
	Question      string                    `json:"question"`      // the one question that settles it, put to askWhom; "" when all agree
	AskWhom       string                    `json:"askWhom"`       // driver, dispatcher, facility, customer; "" when all agree
	Dismissed     *DismissedWord            `json:"dismissed"`     // the contradiction is known; null when nobody said so
	CanAccept     bool                      `json:"canAccept"`     // a cell's word may be accepted
	Exception     string                    `json:"exception"`     // the open exception about it; ""
}

// CompareCell is one source's word on a field.
type CompareCell struct {
	Column      string     `json:"column"`  // key of its column
	Source      string     `json:"source"`  // as its claims name it
	Value       string     `json:"value"`   // as a person reads it, times in the row's zone
	Written     string     `json:"written"` // as received; "" where value says the same
	At          *time.Time `json:"at"`      // of what the value tells: when it happened or is expected
	StatedAt    *time.Time `json:"statedAt"`
	ReceivedAt  time.Time  `json:"receivedAt"`
	Observation string     `json:"observation"`
	Agrees      bool       `json:"agrees"`    // with the accepted word
	Odd         bool       `json:"odd"`       // the one that differs from the rest
	TrustRank   int        `json:"trustRank"` // 0 the most trusted for this field
	Note        string     `json:"note"`
}

// AcceptedWord is the word that counts.
type AcceptedWord struct {
	Column string `json:"column"`
	Source string `json:"source"`
	Value  string `json:"value"`
}

// DismissedWord says who knows of a contradiction, since when, and why nothing is done about it.
type DismissedWord struct {
	By          string    `json:"by"`
	At          time.Time `json:"at"`
	Note        string    `json:"note"`
	Observation string    `json:"observation"` // to undo it
}

// Paste is what a portal's page says of a load, pasted or typed. Without Commit nothing is stored.
type Paste struct {
	Source string     `json:"source"` // the carrier's name or SCAC, a platform, or a source such as "carrier/ABCD"; "" the load's carrier
	Text   string     `json:"text"`
	Commit bool       `json:"commit,omitempty"`
	As     string     `json:"as,omitempty"`
	Now    *time.Time `json:"now,omitempty"`
}

// Pasted is what was read of a pasted page.
type Pasted struct {
	Source      string                    `json:"source"` // whose word it becomes
	Claims      freight.List[PastedClaim] `json:"claims"`
	Unread      freight.List[PastedLine]  `json:"unread"` // kept as a note of that source
	Stored      bool                      `json:"stored"`
	Observation string                    `json:"observation"` // to undo it; "" when nothing was stored
	Says        string                    `json:"says"`
}

// PastedClaim is one thing that a page says.
type PastedClaim struct {
	Fact  freight.Fact `json:"fact"`
	Type  string       `json:"type"`
	Stop  int          `json:"stop"` // 0: the load, or a stop that the page does not name
	Value string       `json:"value"`
	Line  int          `json:"line"`  // from 1
	Where string       `json:"where"` // the words it was read from
}

// PastedLine is a line that says nothing we can read.
type PastedLine struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Accept takes one cell's word as what counts: a statement of a person with the reason, and the intent to write it to the TMS.
type Accept struct {
	Field       string     `json:"field"`
	Type        string     `json:"type,omitempty"`
	Stop        int        `json:"stop,omitempty"`
	Source      string     `json:"source,omitempty"` // whose word; may be left out where the observation is named
	Observation string     `json:"observation"`      // the cell's
	Reason      string     `json:"reason"`
	As          string     `json:"as,omitempty"`
	Now         *time.Time `json:"now,omitempty"`
}

// Dismiss notes that the contradiction of a field is known and nothing is done about it.
type Dismiss struct {
	Field string     `json:"field"`
	Type  string     `json:"type,omitempty"`
	Stop  int        `json:"stop,omitempty"`
	Note  string     `json:"note"`
	As    string     `json:"as,omitempty"`
	Now   *time.Time `json:"now,omitempty"`
}

// CompareDone is the answer to accepting or dismissing.
type CompareDone struct {
	Observation string `json:"observation"` // to undo it; "" when nothing changed
	Says        string `json:"says"`
}

// Portals are the pages of sources, by template.
type Portals struct {
	Portals      freight.List[Portal] `json:"portals"`
	Placeholders freight.List[string] `json:"placeholders"` // load, pro, bol ...: written in braces in a template
}

// Portal is the page of a source: an https address with placeholders in braces.
type Portal struct {
	Source   string     `json:"source"`   // "carrier/ABCD", "project44", "tms"
	Template string     `json:"template"` // "" takes the page away
	At       *time.Time `json:"at"`
	By       string     `json:"by"`
}

// PortalChange sets the page of one source.
type PortalChange struct {
	Source   string     `json:"source"`
	Template string     `json:"template"`
	As       string     `json:"as,omitempty"`
	Now      *time.Time `json:"now,omitempty"`
}

// TrustOrders are the orders in which sources are believed, the general ones and those of single customers.
type TrustOrders struct {
	Orders freight.List[TrustOrder] `json:"orders"`
	Kinds  freight.List[string]     `json:"kinds"` // every word an order may hold
}

// TrustOrder is who is believed about a group of fields, the most trusted first.
type TrustOrder struct {
	Customer string                  `json:"customer"` // "" all
	Group    string                  `json:"group"`    // actuals, windows, etas, plan, equipment
	Name     string                  `json:"name"`     // in words
	Ranks    freight.List[TrustRank] `json:"ranks"`
	Shipped  bool                    `json:"shipped"` // nobody has changed it
	At       *time.Time              `json:"at"`
	By       string                  `json:"by"`
}

// TrustRank are kinds of sources that are believed alike: of their words the later wins.
type TrustRank struct {
	Kinds freight.List[string] `json:"kinds"`
}

// TrustChange sets one order; without ranks the shipped (or general) one holds again.
type TrustChange struct {
	Customer string                  `json:"customer,omitempty"`
	Group    string                  `json:"group"`
	Ranks    freight.List[TrustRank] `json:"ranks"`
	As       string                  `json:"as,omitempty"`
	Now      *time.Time              `json:"now,omitempty"`
}
