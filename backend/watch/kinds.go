package watch

import "slices"

// Kind is one sort of finding.
type Kind struct {
	Name string
	// Topic joins kinds that say the same thing about one stop; the first listed is the worst and speaks for the rest.
	Topic string
	// Service marks a service failure: it is closed only with cause, responsible party and evidence.
	Service bool
	Words   string // what it is, for lists and settings
}

// Kinds are all sorts of findings, in the order of lists.
var kinds = [...]Kind{
	{"appointment.missedLate", "late", true, "Appointment missed, work not done"},
	{"appointment.missed", "late", true, "Appointment missed"},
	{"appointment.near", "late", false, "Appointment near, no arrival"},
	{"eta.late", "late", false, "ETA after the appointment"},
	{"appointment.unset", "appointment", false, "No appointment"},
	{"appointment.past", "appointment", false, "Appointment lies in the past"},
	{"facility.closed", "facility", false, "Facility closed at the appointment"},
	{"tracking.denied", "word", false, "Tracking denied"},
	{"tracking.lost", "word", false, "Tracking lost"},
	{"tracking.none", "word", false, "Not tracking"},
	{"position.stale", "word", false, "Position stale"},
	{"silence", "word", false, "No news at all"},
	{"position.falseFresh", "falseFresh", false, "Position repeats, not fresh"},
	{"detention.running", "dwell", false, "Detention running"},
	{"stop.notLoaded", "dwell", false, "Arrived, not loaded"},
	{"dwell.extended", "dwell", false, "Long dwell"},
	{"stop.unscheduled", "unscheduled", false, "Unscheduled stop"},
	{"route.deviation", "route", true, "Routing error"},
	{"scan.missed", "scan", false, "Missed scan"},
	{"scan.order", "order", false, "Scans out of order"},
	{"paper.popMissing", "pop", false, "POP missing"},
	{"paper.podProblem", "podProblem", true, "POD with a problem"},
	{"paper.podMissing", "pod", false, "POD missing"},
	{"load.notClosed", "close", false, "Delivered, not closed"},
	{"source.conflict", "conflict", false, "Sources disagree"},
	{"data.future", "future", false, "Event in the future"},
	{"data.speed", "speed", false, "Impossible speed"},
	{"data.midnight", "midnight", false, "Time of day missing"},
	{"load.duplicate", "duplicate", false, "Same freight on two loads"},
	{"load.oneSided", "side", false, "Known to one side only"},
	{"load.gone", "side", false, "No longer listed"},
	{"carrier.insurance", "insurance", false, "Carrier insurance"},
	{"carrier.authority", "authority", false, "Carrier authority"},
	{"carrier.identity", "identity", false, "Carrier identity"},
	{"temperature.excursion", "temperature", true, "Temperature outside the range"},
}

// Kinds are all sorts of findings, in the order of lists.
func Kinds() []Kind { return slices.Clone(kinds[:]) }

// KindOf is a kind by its name; a name of a later program is kept as its own topic.
func KindOf(name string) Kind {
	for i := range kinds {
		if kinds[i].Name == name {
			return kinds[i]
		}
	}
	return Kind{Name: name, Topic: name, Words: name}
}
