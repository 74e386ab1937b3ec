package kpi

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Definition holds the switches in which desks and customers differ. It is kept under its name and printed on every page.
type Definition struct {
	Name string `json:"name"`

	// On time.
	Grace           int                  `json:"grace"`           // minutes added to the end of a window
	EarlyFails      bool                 `json:"earlyFails"`      // an arrival before the window's start counts as a failure
	EarlyGrace      int                  `json:"earlyGrace"`      // minutes before the window's start that are not early yet
	ByDate          bool                 `json:"byDate"`          // days are compared, not times: any time on the due day is on time
	DeliveryDay     bool                 `json:"deliveryDay"`     // where no arrival was told and only the day of the handover is known, that day stands for the arrival
	Tardy           int                  `json:"tardy"`           // minutes up to which a late arrival is called tardy
	CustomerParties freight.List[string] `json:"customerParties"` // responsible parties whose lates count as the customer's

	// Tracking.
	PingMinutes int     `json:"pingMinutes"` // at least one position in so many minutes ...
	PingShare   float64 `json:"pingShare"`   // ... for this share of the time on the road
	Timely      int     `json:"timely"`      // a milestone told within so many minutes of happening is timely

	// Exceptions and calls.
	Severity   string `json:"severity"`   // the least severity that counts: watch, minor, major, critical
	RepeatDays int    `json:"repeatDays"` // the same carrier, lane and kind within so many days is a repeat
	AgedDays   int    `json:"agedDays"`   // open longer than so many days is aged
	CallGrace  int    `json:"callGrace"`  // minutes after its due time within which a check call is done on time
	WorkFrom   int    `json:"workFrom"`   // business hours: from this hour, Monday to Friday ...
	WorkTo     int    `json:"workTo"`     // ... to this hour ...
	WorkZone   string `json:"workZone"`   // ... in this zone

	// Dwell.
	DetentionClock string  `json:"detentionClock"` // arrival, appointment, later: from when free time counts
	FreeMinutes    int     `json:"freeMinutes"`    // where the facility says nothing
	RateUSD        float64 `json:"rateUsd"`        // an hour, each quarter hour begun
	LateForfeits   bool    `json:"lateForfeits"`   // who arrives after the window has no detention
}

// DefaultName is the definition that holds where nobody chose one.
const DefaultName = "standard"

// Shipped are the definitions that come with the program, the default first. The switches of detention are the desk's
// rules, which the caller may set over them.
func Shipped() []Definition {
	standard := Definition{Name: DefaultName, DeliveryDay: true, Tardy: 60, CustomerParties: []string{"customer", "shipper", "consignee"},
		PingMinutes: 60, PingShare: 0.9, Timely: 60, Severity: "minor", RepeatDays: 30, AgedDays: 30, CallGrace: 30, WorkFrom: 8, WorkTo: 17,
		WorkZone: "America/Chicago", DetentionClock: "later", FreeMinutes: 120, RateUSD: 75, LateForfeits: true}
	with := func(name string, change func(*Definition)) Definition {
		d := standard
		d.Name, d.CustomerParties = name, slices.Clone(standard.CustomerParties)
		change(&d)
		return d
	}
	return []Definition{standard,
		with("grace15", func(d *Definition) { d.Grace = 15 }),
		with("grace30", func(d *Definition) { d.Grace = 30 }),
		with("grace60", func(d *Definition) { d.Grace = 60 }),
		with("window", func(d *Definition) { d.EarlyFails = true }),
		with("date", func(d *Definition) { d.ByDate = true }),
	}
}

// Clocks are from when free time may count.
var Clocks = []string{"arrival", "appointment", "later"}

var severities = []string{"watch", "minor", "major", "critical"}

// Check reports in plain words what of a definition cannot be; nil when it may be kept.
func (d *Definition) Check() error {
	switch {
	case strings.TrimSpace(d.Name) == "":
		return errors.New("a definition needs a name")
	case d.Grace < 0 || d.EarlyGrace < 0 || d.Tardy < 0 || d.Timely < 0 || d.CallGrace < 0 || d.FreeMinutes < 0:
		return errors.New("minutes cannot be negative")
	case d.PingMinutes < 1:
		return errors.New("pingMinutes must be at least 1")
	case d.PingShare < 0 || d.PingShare > 1:
		return errors.New("pingShare is a share from 0 to 1")
	case !slices.Contains(severities, d.Severity):
		return fmt.Errorf("severity must be one of %s", strings.Join(severities, ", "))
	case !slices.Contains(Clocks, d.DetentionClock):
		return fmt.Errorf("detentionClock must be one of %s", strings.Join(Clocks, ", "))
	case d.WorkFrom < 0 || d.WorkTo > 24 || d.WorkFrom >= d.WorkTo:
		return errors.New("business hours are from one hour of the day to a later one")
	case d.RateUSD < 0 || d.RepeatDays < 0 || d.AgedDays < 0:
		return errors.New("money and days cannot be negative")
	}
	if _, err := freight.Location(d.WorkZone); err != nil {
		return fmt.Errorf("%q is not a time zone; name one such as America/Chicago", d.WorkZone)
	}
	return nil
}

func (d *Definition) grace() time.Duration      { return time.Duration(d.Grace) * time.Minute }
func (d *Definition) earlyGrace() time.Duration { return time.Duration(d.EarlyGrace) * time.Minute }

// OnTimeWords is what "on time" means here, in one sentence; window is "original" or "current".
func (d *Definition) OnTimeWords(window string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Arrival, not departure, at or before the end of the %s window in the stop's own time", window)
	if d.ByDate {
		b.WriteString("; days are compared, any time on the due day is on time")
	}
	if d.Grace > 0 {
		fmt.Fprintf(&b, "; %d min of grace", d.Grace)
	} else {
		b.WriteString("; no grace")
	}
	switch {
	case d.EarlyFails && d.EarlyGrace > 0:
		fmt.Fprintf(&b, "; more than %d min before the window counts as a failure", d.EarlyGrace)
	case d.EarlyFails:
		b.WriteString("; before the window counts as a failure")
	default:
		b.WriteString("; early counts as on time")
	}
	if d.DeliveryDay {
		b.WriteString("; where no arrival was told and only the day of the handover is known, that day counts")
	}
	b.WriteString("; first-come windows count at their end, a day without a time ends with its day.")
	return b.String()
}

// countedWords says which stops a figure on time is over.
const countedWords = " Stops by the day their current window ends; cancelled loads and stops without a window or an arrival are left out and counted."
