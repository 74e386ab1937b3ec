// Package feeds is the accounts at outside systems: adding, testing, pausing and removing them, their health, what was asked
// of them lately, and bringing in what is due. It runs no connector itself; the engine does.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset,
// durations minutes. No secret is in any of them but FeedAdd and FeedChange, which only come in.
package feeds

import (
	"time"

	"tracedesk/backend/freight"
)

// FeedList is every account, by name.
type FeedList struct {
	Sources  freight.List[Feed] `json:"sources"`
	KeyStore string             `json:"keyStore"` // where secrets are kept, in words; "" nowhere yet
	Keyless  string             `json:"keyless"`  // why secrets cannot be kept; "" they can
	KeepDays int                `json:"keepDays"` // how long what sources said is kept byte for byte; 0 for ever
}

// Feed is one account at an outside system and how it does.
type Feed struct {
	Name         string                     `json:"name"`
	Kind         string                     `json:"kind"`  // project44, fourkites, macropoint
	Title        string                     `json:"title"` // as the system's maker writes it
	Enabled      bool                       `json:"enabled"`
	State        FeedState                  `json:"state"`
	Reason       string                     `json:"reason"`       // why, in words; "" when there is nothing to say
	LastAsked    *time.Time                 `json:"lastAsked"`    // null: never
	LastAnswered *time.Time                 `json:"lastAnswered"` // null: never
	LastNews     *time.Time                 `json:"lastNews"`     // when it last said something new; null: never
	NextAsk      *time.Time                 `json:"nextAsk"`      // null: not planned
	SkewSeconds  float64                    `json:"skewSeconds"`  // its clock minus ours
	Waiting      int                        `json:"waiting"`      // entries that wait to be sent to it
	Parked       int                        `json:"parked"`       // entries that a person must look at
	Settings     freight.List[FeedValue]    `json:"settings"`
	Customers    freight.List[FeedCustomer] `json:"customers"`
	Progress     *FeedProgress              `json:"progress"` // null: no long work goes on
	Kept         FeedKept                   `json:"kept"`     // of what it said, byte for byte
}

// FeedState is how an account does.
type FeedState string

// The closed list of states.
const (
	FeedFine    FeedState = "ok"      // it answers
	FeedNever   FeedState = "never"   // not asked yet
	FeedPaused  FeedState = "paused"  // by a person
	FeedFailing FeedState = "failing" // the last tries failed
	FeedHeld    FeedState = "held"    // it asked to be left alone for a while
	FeedSilent  FeedState = "silent"  // nothing was heard for three intervals
	FeedSignIn  FeedState = "signIn"  // it refused the sign-in: a person must act
)

// FeedValue is one setting of an account. The value of a secret never leaves the desk.
type FeedValue struct {
	Key    string `json:"key"`
	Value  string `json:"value"`  // "" of a secret
	Secret bool   `json:"secret"` // it is in the key store
	Kept   bool   `json:"kept"`   // of a secret: one is kept
}

// FeedKept is what is kept of what an account said. It is counted now and then.
type FeedKept struct {
	Bodies int        `json:"bodies"`
	Bytes  int64      `json:"bytes"` // on the disk, compressed
	Since  *time.Time `json:"since"` // when the oldest was received: so far back it can be read anew; null: nothing is kept
}

// FeedKeep says how long what sources said is kept.
type FeedKeep struct {
	Days int    `json:"days"` // 0 for ever
	As   string `json:"as,omitempty"`
}

// FeedCustomer says that a customer's loads live on the account, and under which number.
type FeedCustomer struct {
	Customer string `json:"customer"`
	IDType   string `json:"idType"` // BILL_OF_LADING, ORDER ...
	BillTo   string `json:"billTo"`
}

// FeedProgress is how far long work has come: the first bringing in, a back-fill, a reading anew.
type FeedProgress struct {
	What  string  `json:"what"` // in words
	Done  int     `json:"done"`
	Total int     `json:"total"` // 0 unknown
	Rate  float64 `json:"rate"`  // a second
	Left  float64 `json:"left"`  // minutes; 0 unknown
}

// FeedKinds is what kinds of system can be added.
type FeedKinds struct {
	Kinds freight.List[FeedKind] `json:"kinds"`
}

// FeedKind is one kind of system and what a person fills in for an account there.
type FeedKind struct {
	Kind     string                    `json:"kind"`
	Title    string                    `json:"title"`
	Settings freight.List[FeedSetting] `json:"settings"`
}

// FeedSetting is one field of the form.
type FeedSetting struct {
	Key     string               `json:"key"`
	Label   string               `json:"label"`
	Help    string               `json:"help"`
	Secret  bool                 `json:"secret"`
	Needed  bool                 `json:"needed"`
	Default string               `json:"default"`
	Choices freight.List[string] `json:"choices"`
}

// FeedPair is a setting as a person gave it.
type FeedPair struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// FeedAdd is a new account.
type FeedAdd struct {
	Kind    string                 `json:"kind"`
	Name    string                 `json:"name,omitempty"` // "" the kind, with a number where that is taken
	Values  freight.List[FeedPair] `json:"values"`
	Secrets freight.List[FeedPair] `json:"secrets"` // go to the key store and nowhere else
	As      string                 `json:"as,omitempty"`
}

// FeedChange changes an account. What it leaves out stays.
type FeedChange struct {
	Enabled *bool                  `json:"enabled,omitempty"`
	Values  freight.List[FeedPair] `json:"values,omitempty"`
	Secrets freight.List[FeedPair] `json:"secrets,omitempty"` // one that is "" is forgotten
	As      string                 `json:"as,omitempty"`
}

// FeedRemoved is what became of an account that was removed.
type FeedRemoved struct {
	Says string `json:"says"`
}

// FeedTest is what a test of the connection found out.
type FeedTest struct {
	OK          bool                 `json:"ok"`
	Says        string               `json:"says"` // in words; of a failure what to do
	Host        string               `json:"host"`
	Proxy       string               `json:"proxy"` // on the way there, as host:port; empty: directly
	Identity    string               `json:"identity"`
	May         freight.List[string] `json:"may"`
	Notes       freight.List[string] `json:"notes"`
	SkewSeconds float64              `json:"skewSeconds"`
}

// FeedCalls are the last questions asked of a system, newest first.
type FeedCalls struct {
	Calls freight.List[FeedCall] `json:"calls"`
}

// FeedCall is one of them. Secrets in it are hidden.
type FeedCall struct {
	At      time.Time                `json:"at"`
	Method  string                   `json:"method"`
	URL     string                   `json:"url"`
	Status  int                      `json:"status"` // 0: no answer came
	Millis  int64                    `json:"millis"`
	Bytes   int64                    `json:"bytes"` // of the answer's body
	Error   string                   `json:"error"`
	Headers freight.List[FeedHeader] `json:"headers"`
}

// FeedHeader is one header of a call.
type FeedHeader struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Answer bool   `json:"answer"` // of the answer, else of the request
}

// SyncRequest has accounts asked now; none named is all that are enabled.
type SyncRequest struct {
	Sources   freight.List[string] `json:"sources,omitempty"`
	UntilIdle bool                 `json:"untilIdle,omitempty"`
	Force     bool                 `json:"force,omitempty"` // ask now, whatever is due
	As        string               `json:"as,omitempty"`
	Now       *time.Time           `json:"now,omitempty"`
}

// SyncResult is what came of it.
type SyncResult struct {
	Sources freight.List[SyncLine] `json:"sources"`
}

// SyncLine is what came of one account.
type SyncLine struct {
	Name        string `json:"name"`
	Kind        string `json:"kind"`
	Pulled      int    `json:"pulled"`      // bodies
	New         int    `json:"new"`         // observations that nobody had told before
	Duplicates  int    `json:"duplicates"`  // observations on file already
	Quarantined int    `json:"quarantined"` // what could not be read or matched
	Pushed      int    `json:"pushed"`      // entries of the outbox that were accepted
	Failed      int    `json:"failed"`      // entries that were refused or parked, and questions without an answer
	Error       string `json:"error"`
}

// FeedReplayed is what came of reading stored bodies anew.
type FeedReplayed struct {
	Bodies      int        `json:"bodies"`
	New         int        `json:"new"`
	Duplicates  int        `json:"duplicates"`
	Quarantined int        `json:"quarantined"`
	Back        int        `json:"back"`  // taken back, because the codes as they are read now do not give it
	Since       *time.Time `json:"since"` // how far back it reached; null: nothing was kept
	Says        string     `json:"says"`
}

// FeedCodes is what a system's codes mean on one account.
type FeedCodes struct {
	Codes freight.List[FeedCode] `json:"codes"` // by list and code
}

// FeedCode is one row of the table.
type FeedCode struct {
	List  string `json:"list"`
	Code  string `json:"code"`
	Means string `json:"means"`
	Words string `json:"words"`
	Own   bool   `json:"own"` // said by the account, not shipped
	Row   string `json:"row"` // as a person writes it: "status IN_TRANSIT/IDLE idle stale = standing still"
}

// FeedMeaning has an account read a code otherwise.
type FeedMeaning struct {
	List string `json:"list"`
	Code string `json:"code"`
	Row  string `json:"row"` // "" as it is shipped
	As   string `json:"as,omitempty"`
}

// FeedBy says who acts; "" the person of the desk.
type FeedBy struct {
	As string `json:"as,omitempty"`
}

// SentEdit changes what an entry of the outbox says to a system.
type SentEdit struct {
	Says string `json:"says"` // JSON, as the outbox shows it
	As   string `json:"as,omitempty"`
}

// Sent is what became of an entry of the outbox.
type Sent struct {
	ID    string `json:"id"`
	State string `json:"state"` // waiting
	Says  string `json:"says"`
}
