package watch

import "time"

// Rules are the thresholds, each a setting. D is the end of a stop's accepted window, to the minute.
type Rules struct {
	Near       time.Duration // appointment.near from D less this
	Missed     time.Duration // appointment.missed from D and this
	MissedLate time.Duration // appointment.missedLate from D and this

	ETAMinor    time.Duration // an ETA so long after D is minor: at risk; below it is watched
	ETAMajor    time.Duration // major: act now
	ETACritical time.Duration // critical: act now

	Silence  time.Duration // silence after so long without news
	PODWatch time.Duration // a POD is waited for from so long after delivery
	PODSure  time.Duration // a POD is missing for sure so long after delivery
	Conflict time.Duration // two sources' actual times further apart than this contradict each other
	OneSided time.Duration // a load known to a carrier or platform only is checked so long after its first word
}

// DefaultRules is what ships.
func DefaultRules() Rules {
	return Rules{
		Near:        75 * time.Minute,
		Missed:      time.Minute,
		MissedLate:  105 * time.Minute,
		ETAMinor:    30 * time.Minute,
		ETAMajor:    2 * time.Hour,
		ETACritical: 4 * time.Hour,
		Silence:     4 * time.Hour,
		PODWatch:    30 * time.Minute,
		PODSure:     24 * time.Hour,
		Conflict:    time.Hour,
		OneSided:    time.Hour,
	}
}
