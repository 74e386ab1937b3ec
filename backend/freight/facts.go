package freight

import "time"

// LoadFacts is what reports count of one load: its plan and what became of it, drawn from its timeline, so that a report
// over thousands of loads reads no logs. Instants are whole seconds; days count from 1970 on the stop's own calendar, 0 none.
type LoadFacts struct {
	Load        string      `cbor:"1,keyasint"`
	Account     string      `cbor:"2,keyasint,omitempty"`
	Customer    string      `cbor:"3,keyasint,omitempty"`
	Carrier     string      `cbor:"4,keyasint,omitempty"` // its name, else its SCAC
	Mode        string      `cbor:"5,keyasint,omitempty"`
	Origin      string      `cbor:"6,keyasint,omitempty"` // city, state
	Dest        string      `cbor:"7,keyasint,omitempty"`
	State       LoadState   `cbor:"8,keyasint"`
	Provisional bool        `cbor:"9,keyasint,omitempty"` // known to a carrier or platform only
	First       time.Time   `cbor:"10,keyasint"`          // first heard of
	Stops       []StopFacts `cbor:"11,keyasint,omitempty"`
	Dispatched  TimeFacts   `cbor:"12,keyasint,omitzero"`
	POP         PaperFacts  `cbor:"13,keyasint,omitzero"`
	POD         PaperFacts  `cbor:"14,keyasint,omitzero"`
	// Tender is the newest word on the tender: offered, accepted, declined, cancelled; empty when nobody said.
	Tender string `cbor:"15,keyasint,omitempty"`
	// Told is when people of the desk told the customer something about the load, oldest first.
	Told []time.Time `cbor:"16,keyasint,omitempty"`
	// Pings are the positions between departure from the first pickup and arrival at the last delivery, and the newest one
	// before and after: seconds since First, oldest first, at most one in five minutes.
	Pings []int32 `cbor:"17,keyasint,omitempty"`
	// Compared fields were told by the TMS and by a carrier or platform; Equal of them say the same within the tolerances.
	Compared int `cbor:"18,keyasint,omitempty"`
	Equal    int `cbor:"19,keyasint,omitempty"`
	// Differ names the compared fields that are not equal: "arrived/2".
	Differ []string `cbor:"20,keyasint,omitempty"`
	// Accepted says that a carrier accepted the tender at any time, Dropped when one that had accepted took it back. Both are
	// read from the log once the load is done.
	Accepted bool        `cbor:"21,keyasint,omitempty"`
	Dropped  []time.Time `cbor:"22,keyasint,omitempty"`
}

// StopFacts is one stop's plan and actuals.
type StopFacts struct {
	Seq      int       `cbor:"1,keyasint"`
	Kind     string    `cbor:"2,keyasint,omitempty"` // as in StopLine
	Zone     string    `cbor:"3,keyasint,omitempty"` // IANA; "" when it cannot be told
	Place    string    `cbor:"4,keyasint,omitempty"` // the facility and its city
	Type     string    `cbor:"5,keyasint,omitempty"` // of the window: appointment, fcfs, open
	Window   DueFacts  `cbor:"6,keyasint,omitzero"`
	Original DueFacts  `cbor:"7,keyasint,omitzero"`
	Moved    int       `cbor:"8,keyasint,omitempty"` // how often the window was changed
	MovedBy  string    `cbor:"9,keyasint,omitempty"` // what is known of the last change: who asked, else who said it
	Arrived  TimeFacts `cbor:"10,keyasint,omitzero"`
	Departed TimeFacts `cbor:"11,keyasint,omitzero"`
	Loaded   TimeFacts `cbor:"12,keyasint,omitzero"`  // loaded, else picked up
	Unloaded TimeFacts `cbor:"13,keyasint,omitzero"`  // delivered, else unloaded
	Facility string    `cbor:"14,keyasint,omitempty"` // its name, by which what is on file of it is found
	Ordered  float64   `cbor:"15,keyasint,omitempty"` // pieces as the TMS or the customer has them; 0 unknown
	Received float64   `cbor:"16,keyasint,omitempty"` // pieces as a paper, the facility, the driver or the desk counted them
	Counted  bool      `cbor:"17,keyasint,omitempty"` // somebody counted what was received, also when it was nothing
	ETAs     []ETAFact `cbor:"18,keyasint,omitempty"` // what was stated before the arrival, oldest first
	Done     bool      `cbor:"19,keyasint,omitempty"` // the stop's work is known to be done
}

// DueFacts is a window: instants, or the days of one given as days.
type DueFacts struct {
	Start    time.Time `cbor:"1,keyasint,omitzero"`
	End      time.Time `cbor:"2,keyasint,omitzero"` // of a start without an end its start
	FirstDay int       `cbor:"3,keyasint,omitempty"`
	LastDay  int       `cbor:"4,keyasint,omitempty"`
	NoZone   bool      `cbor:"5,keyasint,omitempty"` // times were told, and no zone makes them instants
}

// Facts is a window as reports count it: to the whole second, a start without an end ends at its start.
func (w Window) Facts() DueFacts {
	d := DueFacts{Start: wholeSecond(w.Start), End: wholeSecond(w.End), FirstDay: w.FirstDay, LastDay: w.LastDay, NoZone: w.NoZone && !w.DayOnly}
	if d.End.IsZero() {
		d.End = d.Start
	}
	return d
}

// IsZero reports whether no window is known that anything could be held against.
func (d DueFacts) IsZero() bool {
	return d.Start.IsZero() && d.End.IsZero() && d.LastDay == 0 && d.FirstDay == 0
}

// TimeFacts is when something happened, and when and by whom the desk was told.
type TimeFacts struct {
	At     time.Time  `cbor:"1,keyasint,omitzero"`  // zero where only the day is known, or nothing
	Day    int        `cbor:"2,keyasint,omitempty"` // where only the day is known
	NoZone bool       `cbor:"3,keyasint,omitempty"` // a time was told, and no zone makes it an instant
	Told   time.Time  `cbor:"4,keyasint,omitzero"`  // when the desk first learned of it from anybody
	By     SourceKind `cbor:"5,keyasint,omitempty"` // whose word is believed
	// Auto: a system told it without a person typing it: a platform, the truck's device, the carrier's own messages.
	Auto bool `cbor:"6,keyasint,omitempty"`
}

// Facts is an event as reports count it: by the word that is believed, told when anybody's current word first told it.
func (k *KnownTime) Facts() TimeFacts {
	if k == nil || len(k.Claims) == 0 {
		return TimeFacts{}
	}
	c := &k.Claims[0]
	f := TimeFacts{By: c.Source.Kind, Auto: c.Source.Kind.Machine()}
	for i := range k.Claims {
		if told := wholeSecond(k.Claims[i].ReceivedAt); f.Told.IsZero() || told.Before(f.Told) {
			f.Told = told
		}
	}
	switch {
	case c.DayOnly:
		f.Day = dayAsWritten(c.Written)
	case c.At.IsZero():
		f.NoZone = true
	default:
		f.At = wholeSecond(c.At)
	}
	return f
}

// dayAsWritten counts the days from 1970 to a bare day as the fold writes it; 0 when it is none.
func dayAsWritten(s string) int {
	w, err := ParseWhen(s)
	if err != nil || w.Basis != DayOnly {
		return 0
	}
	return int(w.Sec / 86400)
}

// Machine reports whether a system tells it without a person typing: a platform, the truck's device, the carrier's own messages.
func (k SourceKind) Machine() bool { return k.Platform() || k == ELD || k == CarrierSrc }

func wholeSecond(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Second)
}

// Known reports whether anybody told that it happened.
func (t TimeFacts) Known() bool { return !t.At.IsZero() || t.Day != 0 || t.NoZone }

// PaperFacts is what became of one kind of paper.
type PaperFacts struct {
	State    PaperState `cbor:"1,keyasint,omitempty"`
	Received time.Time  `cbor:"2,keyasint,omitzero"` // the first one that came
	Verified time.Time  `cbor:"3,keyasint,omitzero"` // zero where only the TMS says so, without a time
	Rejected int        `cbor:"4,keyasint,omitempty"`
}

// ETAFact is one stated arrival time: what was said when. Low and High are the band of a forecast that stated one.
type ETAFact struct {
	Said time.Time `cbor:"1,keyasint"`
	At   time.Time `cbor:"2,keyasint"`
	Low  time.Time `cbor:"3,keyasint,omitzero"`
	High time.Time `cbor:"4,keyasint,omitzero"`
}

// Day is the day to which reports count the stop: that of the end of its window on its own calendar, else of its first
// window, else of what happened there; 0 when nothing dates it.
func (s *StopFacts) Day() int {
	for _, d := range [...]DueFacts{s.Window, s.Original} {
		if day := d.Day(s.Zone); day != 0 {
			return day
		}
	}
	for _, t := range [...]TimeFacts{s.Arrived, s.Unloaded, s.Loaded, s.Departed} {
		if t.Day != 0 {
			return t.Day
		}
		if day := DayAt(t.At, s.Zone); day != 0 {
			return day
		}
	}
	return 0
}

// Day is the last day of a window on the calendar of its zone. One that ends at midnight ends with the day before, unless it also begins there.
func (d DueFacts) Day(zone string) int {
	if d.LastDay != 0 {
		return d.LastDay
	}
	end := d.End
	if end.After(d.Start) && !d.Start.IsZero() {
		end = end.Add(-time.Second)
	}
	return DayAt(end, zone)
}

// Day is the day to which reports count the load: that of its last stop, else of any other, else the day on which it was
// first heard of, in UTC.
func (f *LoadFacts) Day() int {
	for i := len(f.Stops) - 1; i >= 0; i-- {
		if day := f.Stops[i].Day(); day != 0 {
			return day
		}
	}
	return DayAt(f.First, "UTC")
}

// DayOf is the day to which reports count one of the load's stops: its own, else the load's.
func (f *LoadFacts) DayOf(s *StopFacts) int {
	if day := s.Day(); day != 0 {
		return day
	}
	return f.Day()
}

// DayAt counts the days from 1970 to an instant on the calendar of a zone, in UTC where the zone cannot be told; 0 when
// there is no instant.
func DayAt(t time.Time, zone string) int {
	if t.IsZero() {
		return 0
	}
	if loc, err := Location(zone); err == nil {
		t = t.In(loc)
	}
	_, offset := t.Zone()
	sec := t.Unix() + int64(offset)
	if sec < 0 {
		sec -= 86399
	}
	return int(sec / 86400)
}
