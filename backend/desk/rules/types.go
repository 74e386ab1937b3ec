// Package rules is the settings of the rules: every number and choice with its default, who changed what when, what a change
// would have flagged, and the people of the desk with role and money limit.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package rules

import (
	"time"

	"tracedesk/backend/freight"
)

// RuleMoment asks for the settings as they were at an instant; zero means now.
type RuleMoment struct {
	AsOf time.Time
	At   time.Time
}

// RuleSettings are all settings in the order of the screen.
type RuleSettings struct {
	AsOf     time.Time                 `json:"asOf"`
	Groups   freight.List[string]      `json:"groups"`
	Settings freight.List[RuleSetting] `json:"settings"`
	Problems freight.List[RuleProblem] `json:"problems"` // values on file that cannot be read and do not count
}

// RuleSetting is one number or choice. Values are words: minutes, miles and USD as plain numbers, clocks as 06:00, yes or no.
type RuleSetting struct {
	Key     string                  `json:"key"`
	Group   string                  `json:"group"`
	Name    string                  `json:"name"`
	Help    string                  `json:"help"`
	Unit    string                  `json:"unit"` // min, miles, mph, USD, count, ratio, clock, yes/no, choice, days
	Choices freight.List[string]    `json:"choices"`
	Min     float64                 `json:"min"`
	Max     float64                 `json:"max"`
	Default string                  `json:"default"` // as shipped
	Value   string                  `json:"value"`   // in force for everybody: the global one, else the default
	Scopes  freight.List[RuleValue] `json:"scopes"`  // values now set: global, then customers, then carriers, by name
	History freight.List[RuleValue] `json:"history"` // every edit, newest first; "" took the scope's own value back
}

// RuleValue is a setting's value in a scope.
type RuleValue struct {
	Scope   string    `json:"scope"` // global, customer:NAME, carrier:NAME
	Value   string    `json:"value"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// RuleProblem is a value on file that does not count.
type RuleProblem struct {
	Key   string `json:"key"`
	Scope string `json:"scope"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

// RuleEdit sets a value in a scope; "" goes back to the next wider scope.
type RuleEdit struct {
	Scope string     `json:"scope"`
	Key   string     `json:"key"`
	Value string     `json:"value"`
	As    string     `json:"as,omitempty"`
	Now   *time.Time `json:"now,omitempty"`
}

// RuleEdited is the answer. Setting before again in the same scope takes the edit back.
type RuleEdited struct {
	Setting RuleSetting `json:"setting"`
	Scope   string      `json:"scope"`
	Before  string      `json:"before"` // the scope's own value before; "" when it had none
	Says    string      `json:"says"`
}

// RuleTrial asks what an edit would have flagged in the last days.
type RuleTrial struct {
	Scope string     `json:"scope"`
	Key   string     `json:"key"`
	Value string     `json:"value"`
	Days  int        `json:"days,omitempty"` // 7 when 0, at most 31
	Now   *time.Time `json:"now,omitempty"`
}

// RulePreviewState is where a preview stands.
type RulePreviewState string

// The closed list of states.
const (
	PreviewRunning   RulePreviewState = "running"
	PreviewDone      RulePreviewState = "done"
	PreviewCancelled RulePreviewState = "cancelled"
	PreviewFailed    RulePreviewState = "failed"
)

// RulePreview is a preview under way or done.
type RulePreview struct {
	ID     string           `json:"id"`
	State  RulePreviewState `json:"state"`
	Done   int              `json:"done"`  // loads looked at
	Total  int              `json:"total"` // loads to look at
	Error  string           `json:"error"`
	Result *RuleOutlook     `json:"result"` // null until it is done
}

// RuleOutlook is what the rules would have flagged from one instant to another: with the settings of now, and with the edit.
type RuleOutlook struct {
	From   time.Time              `json:"from"`
	To     time.Time              `json:"to"`
	Loads  int                    `json:"loads"` // alive in that time
	Scope  string                 `json:"scope"`
	Key    string                 `json:"key"`
	Value  string                 `json:"value"`
	Before string                 `json:"before"` // what holds in that scope now
	Kinds  freight.List[RuleKind] `json:"kinds"`  // those found under either, the ones that change first
	Says   string                 `json:"says"`
}

// RuleKind is one kind of finding under both settings.
type RuleKind struct {
	Kind       string                `json:"kind"`
	Words      string                `json:"words"`
	Before     int                   `json:"before"`
	After      int                   `json:"after"`
	OnlyBefore freight.List[RuleHit] `json:"onlyBefore"` // no longer found: the first 20
	OnlyAfter  freight.List[RuleHit] `json:"onlyAfter"`  // newly found: the first 20
	Sooner     int                   `json:"sooner"`     // found under both, earlier with the edit
	Later      int                   `json:"later"`
}

// RuleHit is one finding.
type RuleHit struct {
	Load   string     `json:"load"`
	LoadID string     `json:"loadId"`
	Stop   int        `json:"stop"`
	Since  *time.Time `json:"since"`
	At     time.Time  `json:"at"` // detected
	Why    string     `json:"why"`
}

// PersonRole is what somebody does on the desk: exceptions climb from desk to lead to manager.
type PersonRole string

// The closed list of roles.
const (
	RoleDesk    PersonRole = "desk"
	RoleLead    PersonRole = "lead"
	RoleManager PersonRole = "manager"
)

// People are who works on this desk, by role and name.
type People struct {
	You    string               `json:"you"` // who works here now
	People freight.List[Person] `json:"people"`
}

// Person is somebody of the desk. Limit is what they may approve alone, in USD; null: what their role may.
type Person struct {
	Name    string     `json:"name"`
	Role    PersonRole `json:"role"`
	Limit   *float64   `json:"limit"`
	MayUpTo float64    `json:"mayUpTo"` // the limit that counts: their own, else their role's
	Phone   string     `json:"phone"`
	IsYou   bool       `json:"isYou"`
}

// PersonEdit adds or changes somebody, by name; Remove takes them off.
type PersonEdit struct {
	Name   string     `json:"name"`
	Role   PersonRole `json:"role,omitempty"`
	Limit  *float64   `json:"limit,omitempty"`
	Phone  string     `json:"phone,omitempty"`
	Remove bool       `json:"remove,omitempty"`
	As     string     `json:"as,omitempty"`
	Now    *time.Time `json:"now,omitempty"`
}
