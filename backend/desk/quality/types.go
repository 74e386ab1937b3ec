// Package quality tells how clean the desk's data are: what is impossible, missing or malformed, by kind and with its rows; how
// complete loads and days are; and who corrected what.
//
// It judges nothing anew: what the rules found and what the figures left out is counted here, and numbers are held against
// their public forms. The types in this file are what the command line prints and what the screens receive.
package quality

import (
	"time"

	"tracedesk/backend/freight"
)

// QualityQuery asks about the loads of some days, both included; "" is the last seven days up to today.
type QualityQuery struct {
	Customer string // "" everybody
	From, To string // YYYY-MM-DD
	Kind     string // the kind whose rows are wanted; "" none
}

// Quality is how clean the data are.
type Quality struct {
	Customer   string                    `json:"customer"`
	From       string                    `json:"from"`
	To         string                    `json:"to"`
	Kinds      freight.List[QualityKind] `json:"kinds"` // those that found something first
	Rows       freight.List[QualityRow]  `json:"rows"`  // of the kind asked for
	Quarantine int                       `json:"quarantine"`
	Days       freight.List[QualityDay]  `json:"days"`
	Loads      freight.List[QualityLoad] `json:"loads"` // the least complete first
}

// QualityKind is one thing that can be wrong.
type QualityKind struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Says  string `json:"says"` // what is looked at, and by what rule
	N     int    `json:"n"`
	Loads int    `json:"loads"`
}

// QualityRow is one case.
type QualityRow struct {
	Load     string     `json:"load"`
	Stop     int        `json:"stop,omitempty"`
	Customer string     `json:"customer"`
	Carrier  string     `json:"carrier"`
	Value    string     `json:"value,omitempty"` // as it stands
	Why      string     `json:"why"`
	At       *time.Time `json:"at,omitempty"`
}

// QualityDay is how much of what the plan of a day's delivered loads asks for is on record.
type QualityDay struct {
	Day      string   `json:"day"`
	Present  int      `json:"present"`
	Required int      `json:"required"`
	Share    *float64 `json:"share"` // null where nothing is required
}

// QualityLoad is a delivered load that lacks something.
type QualityLoad struct {
	Load     string               `json:"load"`
	Customer string               `json:"customer"`
	Carrier  string               `json:"carrier"`
	Present  int                  `json:"present"`
	Required int                  `json:"required"`
	Missing  freight.List[string] `json:"missing"`
}

// Corrections are what people corrected, newest first.
type Corrections struct {
	Corrections freight.List[Correction] `json:"corrections"`
}

// Correction is one word of a person over what was said before.
type Correction struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Load   string    `json:"load"`
	LoadID string    `json:"loadId"`
	What   string    `json:"what"` // "arrived at stop 2"
	From   string    `json:"from"` // what was said before; "" nothing
	FromBy string    `json:"fromBy"`
	To     string    `json:"to"`
	Why    string    `json:"why"` // the person's note
	Undone bool      `json:"undone"`
}

// NumberCheck is what is wrong with the form of a number; "" where nothing is.
type NumberCheck struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	Why   string `json:"why"`
	Known bool   `json:"known"` // there is a public rule for numbers of this type
}
