package watch

import "time"

// Rules are the thresholds, each a setting with a shipped default (settings.go says what they mean to a person). D is the
// end of a stop's accepted window, to the minute.
type Rules struct {
	// Version names the settings these rules were read from; an episode says under which it began.
	Version string

	Near       time.Duration // appointment.near from D less this
	Missed     time.Duration // appointment.missed from D and this
	MissedLate time.Duration // appointment.missedLate from D and this
	Unset      time.Duration // appointment.unset from so long before the load is to be picked up (or after dispatch)
	PastFirst  time.Duration // appointment.past where a first window was over for longer than this when it was stated

	ETAMinor    time.Duration // an ETA so long after D is minor: at risk; below it is watched
	ETAMajor    time.Duration // major: act now
	ETACritical time.Duration // critical: act now

	Silence     time.Duration // silence after so long without news
	Stale       time.Duration // position.stale on a tracked load
	StaleManual time.Duration // position.stale on a load tracked by calls
	TrackAhead  time.Duration // tracking.none is watched from so long before the pickup window; sure from its start
	TrackAll    bool          // whether a covered load that nothing at all is heard of counts as one that is to be tracked

	Dwell     time.Duration // dwell.extended so long after the later of arrival and window start
	NotLoaded time.Duration // stop.notLoaded so long after the same instant at a pickup

	DetentionClock string        // later, arrival, appointment: when the clock starts
	FreeTime       time.Duration // where the facility says nothing
	DetentionWarn  time.Duration // warning so long before free time ends
	DetentionRate  float64       // USD an hour, counted in quarter hours
	LateForfeits   bool          // who arrives after the window has no detention

	Unscheduled   time.Duration // stop.unscheduled after so long on one spot
	Rest          time.Duration // a rest: so long on one spot ...
	RestAfter     time.Duration // ... where the driver had driven so long
	SpotMiles     float64       // positions within so many miles are one spot
	DeviationLost float64       // route.deviation: miles lost towards the next stop
	DeviationOff  float64       // route.deviation: miles off the line

	FalseFreshCount int           // position.falseFresh after so many equal positions ...
	FalseFreshOver  time.Duration // ... over so long on a load that should move

	GateMiles  float64       // a position within so many miles of a stop is at its gate
	ScanGate   time.Duration // scan.missed so long after the first position at the gate ...
	ScanWindow time.Duration // ... and so long after the window
	ScanAway   time.Duration // or so long after the truck is seen away

	Conflict      time.Duration // source.conflict: actual times further apart than this contradict each other
	ConflictWatch time.Duration // watched from this on
	ETAApart      time.Duration // ETAs further apart than this contradict each other ...
	ETAFresh      time.Duration // ... unless the other was said so much longer ago than the accepted one
	Refused       time.Duration // carrier.identity: tracking refused so soon after booking is a sign
	MaxMPH        float64       // data.speed: no truck is faster from one position to the next

	TempReadings int           // temperature.excursion at so many readings outside in a row
	PaperWatch   time.Duration // POP, POD and not closed are waited for from so long after pickup or delivery
	PaperSure    time.Duration // and missing for sure after so long
	Closes       bool          // the TMS has a word for a load that is closed (ClosesWord): one with its papers in is to get it
	OneSided     time.Duration // load.oneSided so long after the first word

	Cadence Cadence
}

// Cadence are the settings of check calls, of the other tasks and of the ladders.
type Cadence struct {
	Calls    bool          // whether check calls are due at all
	Fresh    time.Duration // a position younger than this at the point of a call covers it
	Confirm  time.Duration // an ETA older than this at the point of a call is confirmed
	Margin   time.Duration // an ETA that keeps D with this much to spare covers a check call
	Attempts int           // tries before the next step of the contact ladder
	Retry    time.Duration // between two tries

	// Points of calls at a stop. Before, Arrival, EnRouteFar and EnRouteNear count back from the ETA, else from D.
	Morning     int // minutes of the pickup's local day
	Before      time.Duration
	Arrival     time.Duration
	Worked      time.Duration // after arrival: loaded, unloaded?
	EnRouteFar  time.Duration
	EnRouteNear time.Duration
	// Points of calls between two stops, counted from the departure.
	ShortMiles, LongMiles              float64
	ShortEvery, MiddleEvery, LongEvery time.Duration
	CloseMiles                         float64 // the last miles ...
	CloseEvery                         time.Duration
	Apart                              time.Duration // no call between stops so near to one at a stop
	RoadFactor, SpeedMPH               float64       // how a position is held against D where no ETA was stated
	DriveTime, RestTime                time.Duration

	// Quiet is from and to, minutes of the driver's local day, in which nobody is called on a load that is on plan.
	QuietFrom, QuietTo int
	Weekends, Holidays bool   // whether check calls are due on those days
	HolidayDays        string // see ParseHolidays

	// Chasing a POP or POD, counted from the pickup or delivery; zero is never.
	PaperAsk, PaperRemind, PaperCall time.Duration
	PaperRetry                       time.Duration // between two calls for a paper
	CloseAfter                       time.Duration // a load whose POD is on file is to be closed
	PromiseAhead                     time.Duration // a promise is told so long before it falls due

	ToLead, ToManager time.Duration      // an open exception goes to the lead, the manager, after so long
	Money             map[string]float64 // role -> what it may approve, USD
}

// DefaultRules is what ships.
func DefaultRules() Rules {
	return Rules{
		Near: 75 * time.Minute, Missed: time.Minute, MissedLate: 105 * time.Minute, Unset: 24 * time.Hour, PastFirst: 4 * time.Hour,
		ETAMinor: 30 * time.Minute, ETAMajor: 2 * time.Hour, ETACritical: 4 * time.Hour,
		Silence: 4 * time.Hour, Stale: 120 * time.Minute, StaleManual: 240 * time.Minute, TrackAhead: 90 * time.Minute, TrackAll: true,
		Dwell: 2 * time.Hour, NotLoaded: 30 * time.Minute,
		DetentionClock: "later", FreeTime: 2 * time.Hour, DetentionWarn: 45 * time.Minute, DetentionRate: 75, LateForfeits: true,
		Unscheduled: 2 * time.Hour, Rest: 11 * time.Hour, RestAfter: 7 * time.Hour, SpotMiles: 1,
		DeviationLost: 30, DeviationOff: 60,
		FalseFreshCount: 4, FalseFreshOver: 90 * time.Minute,
		GateMiles: 1, ScanGate: time.Hour, ScanWindow: 30 * time.Minute, ScanAway: 30 * time.Minute,
		Conflict: time.Hour, ConflictWatch: 15 * time.Minute, ETAApart: 2 * time.Hour, ETAFresh: 90 * time.Minute, MaxMPH: 120, Refused: time.Hour,
		TempReadings: 2, PaperWatch: 30 * time.Minute, PaperSure: 24 * time.Hour, OneSided: time.Hour,
		Cadence: defaultCadence(),
	}
}

func defaultCadence() Cadence {
	return Cadence{
		Calls: true, Fresh: time.Hour, Confirm: time.Hour, Margin: 30 * time.Minute, Attempts: 3, Retry: 15 * time.Minute,
		Morning: 6 * 60, Before: 2 * time.Hour, Arrival: 5 * time.Minute, Worked: 90 * time.Minute,
		EnRouteFar: 5 * time.Hour, EnRouteNear: 2 * time.Hour,
		ShortMiles: 500, LongMiles: 1000, ShortEvery: 4 * time.Hour, MiddleEvery: 6 * time.Hour, LongEvery: 8 * time.Hour,
		CloseMiles: 50, CloseEvery: 30 * time.Minute, Apart: time.Hour,
		RoadFactor: 1.2, SpeedMPH: 45, DriveTime: 11 * time.Hour, RestTime: 10 * time.Hour,
		QuietFrom: 23 * 60, QuietTo: 6 * 60, HolidayDays: "01-01, 05 last Mon, 07-04, 09 first Mon, 11 fourth Thu, 12-25",
		PaperAsk: 2 * time.Hour, PaperRemind: 6 * time.Hour, PaperCall: 10 * time.Hour, PaperRetry: 2 * time.Hour, CloseAfter: time.Hour, PromiseAhead: 15 * time.Minute,
		ToLead: 4 * time.Hour, ToManager: 24 * time.Hour,
		Money: map[string]float64{"specialist": 0, "lead": 0, "manager": 0},
	}
}
