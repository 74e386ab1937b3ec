// Package alerts tells people of exceptions: on the screen, through the operating system, and as drafted messages. Nothing is
// sent to anybody by itself.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package alerts

import (
	"time"

	"tracedesk/backend/freight"
)

// AlertRules are all stakeholders to alert.
type AlertRules struct {
	Rules    freight.List[AlertRule] `json:"rules"`
	Channels freight.List[string]    `json:"channels"` // inApp, os, mail, sms
}

// AlertRule is one stakeholder of a customer's loads, or of all.
type AlertRule struct {
	ID        string           `json:"id"`
	Customer  string           `json:"customer"` // "" all
	Severity  freight.Severity `json:"severity"` // and worse
	Who       string           `json:"who"`      // the stakeholder's name
	Channel   AlertChannel     `json:"channel"`
	Address   string           `json:"address"`   // mail address or phone number; "" on this desk's channels
	QuietFrom string           `json:"quietFrom"` // "22:00"; "" when never quiet. What opens in quiet hours is told at their end
	QuietTo   string           `json:"quietTo"`
	Zone      string           `json:"zone"` // of the quiet hours, IANA; needed where there are any
	At        time.Time        `json:"at"`
	By        string           `json:"by"`
}

// AlertChannel is how a stakeholder is told.
type AlertChannel string

// The closed list of channels. Mail and SMS are drafted among what must still leave the desk; a person sends them.
const (
	InApp AlertChannel = "inApp"
	OS    AlertChannel = "os"
	Mail  AlertChannel = "mail"
	SMS   AlertChannel = "sms"
)

// AlertChange adds a stakeholder (no ID), changes one, or removes one.
type AlertChange struct {
	ID        string           `json:"id,omitempty"`
	Remove    bool             `json:"remove,omitempty"`
	Customer  string           `json:"customer,omitempty"`
	Severity  freight.Severity `json:"severity,omitempty"`
	Who       string           `json:"who,omitempty"`
	Channel   AlertChannel     `json:"channel,omitempty"`
	Address   string           `json:"address,omitempty"`
	QuietFrom string           `json:"quietFrom,omitempty"`
	QuietTo   string           `json:"quietTo,omitempty"`
	Zone      string           `json:"zone,omitempty"`
	As        string           `json:"as,omitempty"`
	Now       *time.Time       `json:"now,omitempty"`
}

// RecentAlerts are the alerts after a number, oldest first. Ask again with Seq.
type RecentAlerts struct {
	Seq    int64               `json:"seq"`
	Alerts freight.List[Alert] `json:"alerts"`
}

// Alert is one exception told to one stakeholder.
type Alert struct {
	Seq       int64            `json:"seq"`
	At        time.Time        `json:"at"`
	Load      string           `json:"load"`
	LoadID    string           `json:"loadId"`
	Customer  string           `json:"customer"`
	Exception string           `json:"exception"`
	Kind      string           `json:"kind"`
	Severity  freight.Severity `json:"severity"`
	Title     string           `json:"title"` // "Load 4711: Appointment missed"
	Text      string           `json:"text"`  // why
	Who       string           `json:"who"`
	Channel   AlertChannel     `json:"channel"`
	OS        bool             `json:"os"` // show it through the operating system too
}
