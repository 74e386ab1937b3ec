package epcis

// event is one event in the one form that JSON and XML are brought into.
type event struct {
	kind        string // ObjectEvent ...
	id          string
	time        string
	offset      string // eventTimeZoneOffset
	record      string // recordTime
	action      string
	step        string // without prefix: departing
	disposition string
	readPoint   string
	location    string // bizLocation
	parent      string
	epcs        []string // of the object, the children, the inputs
	outputs     []string
	quantities  []string // "10 KGM of ..."
	deals       []pair   // business transactions: type without prefix, id
	sources     []pair
	targets     []pair // destinations
	sensors     []sensor
	wrong       *declaration
	more        []pair // extensions, as they stand
	place       map[string]string
	stop        string
}

type pair struct{ kind, value string }

// sensor is one report of a sensor.
type sensor struct{ kind, value, unit, time string }

// declaration is an error declaration: the event did not happen as it was told.
type declaration struct{ time, reason string }

// kinds are the types of events.
var kinds = map[string]bool{"ObjectEvent": true, "AggregationEvent": true, "TransactionEvent": true, "TransformationEvent": true, "AssociationEvent": true}

// Limits of what is kept of one event.
const (
	mostEPCs = 100_000
	mostMore = 50
)

// found is one event as it stands in the file: its place, and what it says. why is what kept it from being read.
type found struct {
	off int64
	raw []byte
	e   event
	why string
}

// set takes a plain field by its name without prefix; false for one that is none.
func (e *event) set(name, value string) bool {
	switch name {
	case "type", "isA":
		e.kind = bare(value)
	case "eventID":
		e.id = value
	case "eventTime":
		e.time = value
	case "eventTimeZoneOffset":
		e.offset = value
	case "recordTime":
		e.record = value
	case "action":
		e.action = value
	case "bizStep":
		e.step = bare(value)
	case "disposition":
		e.disposition = bare(value)
	case "parentID":
		e.parent = value
	case "transformationID", "certificationInfo":
		e.keep(name, value)
	default:
		return false
	}
	return true
}

func (e *event) keep(kind, value string) {
	if len(e.more) < mostMore && value != "" {
		e.more = append(e.more, pair{kind, value})
	}
}

func (e *event) addEPC(value string) {
	if len(e.epcs) < mostEPCs && value != "" {
		e.epcs = append(e.epcs, value)
	}
}
