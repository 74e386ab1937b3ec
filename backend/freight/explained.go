package freight

import (
	"strconv"
	"strings"
)

// Explained is one segment or event of a message, with what it says and what the desk makes of it. The readers of formats yield
// it to a person who asks what a file means.
type Explained struct {
	Interchange string // control number of the interchange, or id of the document
	Group       string
	SetKind     string // IFTSTA, ObjectEvent
	Set         string // the message's own number
	Number      int    // place in its message, the first being 1; 0 outside any
	Offset      int64  // of its first byte in the file
	Length      int
	Tag, Name   string // Name is empty where the desk has no word for it
	Raw         string
	Elements    []ExplainedElement
	Became      []Became
	Faults      []string // of the whole
}

// ExplainedElement is one element of a segment, or one field of an event.
type ExplainedElement struct {
	N              int
	Number, Name   string // of the data element; empty where not known
	Value, Meaning string // as received; what the code means
	As             string // the code of the standard for which the partner's own stands
	Unknown        bool   // a code of a list that the desk maps, without a meaning
	Fault          string
}

// Became is a fact that came of a segment.
type Became struct{ Subject, Fact, Value, At, Note string }

// BecameOf is a claim in words.
func BecameOf(c *Claim) Became {
	stop := c.Subject.Stop
	number := ""
	if stop.Seq > 0 {
		number = "stop " + strconv.Itoa(stop.Seq)
	}
	of := joinNonEmpty(", ", number, string(stop.Side), stop.ID, stop.Place.CityState(), c.Subject.Key)
	if of == "" {
		of = "load"
	}
	return Became{Subject: of, Fact: string(c.Fact), Value: strings.TrimSpace(c.ValueText()), At: c.At.String(), Note: c.Value.Note}
}
