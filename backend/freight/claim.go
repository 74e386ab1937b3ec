package freight

// SubjectKind says what a claim speaks of.
type SubjectKind uint8

// Subjects. The zero value is the load itself.
const (
	OfLoad SubjectKind = iota
	OfStop
	OfShipment // a consignment on the load (customer, references, pieces); Key names it, Stop where it is worked
	OfCarrier  // Key is the carrier's name; not tied to a load
	OfFacility // Key is the facility's name; not tied to a load
	OfSource
	OfContainer // Key is the container or handling unit
)

// Side is the direction of the work at a stop.
type Side string

// Sides; empty when the source did not say.
const (
	PickupSide   Side = "pickup"
	DeliverySide Side = "delivery"
)

// StopRef is how a source points at a stop: by number, by its own id, by side, by place. The fold finds the stop;
// readers must not guess. Seq 0 means not given.
type StopRef struct {
	Seq   int    `cbor:"1,keyasint,omitempty"`
	ID    string `cbor:"2,keyasint,omitempty"`
	Side  Side   `cbor:"3,keyasint,omitempty"`
	Place Place  `cbor:"4,keyasint,omitzero"`
}

// Subject is what a claim speaks of.
type Subject struct {
	Kind SubjectKind `cbor:"1,keyasint,omitempty"`
	Stop StopRef     `cbor:"2,keyasint,omitzero"`
	Key  string      `cbor:"3,keyasint,omitempty"`
}

// Stop is the subject "stop number seq".
func Stop(seq int) Subject { return Subject{Kind: OfStop, Stop: StopRef{Seq: seq}} }

// Fact is the word for what is claimed. Event facts are the words of the events sheet.
type Fact string

// Facts of a load.
const (
	FactCustomer    Fact = "customer"    // Text
	FactCarrier     Fact = "carrier"     // Text
	FactSCAC        Fact = "scac"        // Text
	FactMC          Fact = "mc"          // Text
	FactDOT         Fact = "dot"         // Text
	FactMode        Fact = "mode"        // Text: FTL, LTL, parcel, intermodal, rail, ocean, air, drayage, or the source's word
	FactEquipment   Fact = "equipment"   // Type KIND, TRUCK, TRAILER, CONTAINER, SEAL; Text
	FactDriver      Fact = "driver"      // Type NAME, PHONE; Text
	FactReference   Fact = "reference"   // Type (RefType), Text, Scope
	FactValueUSD    Fact = "value_usd"   // Num
	FactTempRange   Fact = "temp_range"  // Num min, Num2 max (either may be absent: see Value.Has), Unit F
	FactFlag        Fact = "flag"        // Text: high_value, hazmat, team, key_account, ...
	FactOwner       Fact = "owner"       // Text: who of the desk works the load; the last word counts
	FactStatus      Fact = "status"      // Text: the source's own word or code; Type names its code list ("1650", "tms")
	FactTracking    Fact = "tracking"    // Text: a tracking state; Note: the cause
	FactGone        Fact = "gone"        // a full export no longer lists the load; None when it is back
	FactCancelled   Fact = "cancelled"   // None when it is back
	FactNote        Fact = "note"        // Text
	FactException   Fact = "exception"   // Text, Type: X12 1650 or 1651 code, or a word
	FactReason      Fact = "reason"      // Text, Type "1651"
	FactTemperature Fact = "temperature" // Num, Unit F; At
	FactPosition    Fact = "position"    // Place (point, city, state); At
	FactDocument    Fact = "document"    // Text: content hash; Type pop, pod, other; Note: received, verified, rejected
	FactPaper       Fact = "paper"       // Type pop, pod; Text missing, received, verified: what a TMS says of its papers
	FactTender      Fact = "tender"      // Text: offered, accepted, declined, cancelled
)

// Facts of a stop.
const (
	FactStopKind  Fact = "kind"        // Text: pickup, delivery, pickup_delivery, relay
	FactPlace     Fact = "place"       // Place
	FactWindow    Fact = "appointment" // Start, End; Type appointment, fcfs, open; Note who asked
	FactOriginal  Fact = "original"    // Start, End: the first window as its source remembers it
	FactArrived   Fact = "arrived"     // At
	FactDeparted  Fact = "departed"
	FactLoaded    Fact = "loaded"
	FactUnloaded  Fact = "unloaded"
	FactPickedUp  Fact = "picked_up"
	FactDelivered Fact = "delivered"
	FactETA       Fact = "eta"    // Start: the expected instant; At: when it was said
	FactPieces    Fact = "pieces" // Num
	FactPallets   Fact = "pallets"
	FactWeight    Fact = "weight" // Num, Unit LB or KG
)

// Facts of what people of the desk do about findings and tasks: claims on the load, each kept, undone by taking the
// observation back. Scope names the exception, task or milestone.
const (
	FactHandled   Fact = "handled"   // Type acknowledge, work, resolve, reopen, assign (Text: who), snooze (Start: until), kept (a promise)
	FactCause     Fact = "cause"     // Type "1651" or "own"; Text: the code
	FactParty     Fact = "party"     // Text: who is responsible: carrier, shipper, consignee, customer, broker, nobody
	FactEvidence  Fact = "evidence"  // Text: an observation's id, a document's hash, or words
	FactContact   Fact = "contact"   // Type reached, voicemail, noAnswer, wrongNumber, sent; Text: whom (driver, dispatcher, afterHours, ...)
	FactPromise   Fact = "promise"   // Text: what; Type: to whom; Start: until when
	FactGap       Fact = "gap"       // Text: why a milestone may stay undocumented; Scope: the milestone
	FactStep      Fact = "step"      // Text: the playbook's step that is done; Type: playbook and version; Scope: the exception
	FactDismissed Fact = "dismissed" // Type: the field whose contradiction is known; Note why
	FactMoney     Fact = "money"     // Type detention, layover, lumper, tonu; Num USD; Text: approved, offered, refused; Note by whom
)

// Deed reports whether the fact is something a person of the desk did about findings and tasks.
func (f Fact) Deed() bool {
	switch f {
	case FactHandled, FactCause, FactParty, FactEvidence, FactContact, FactPromise, FactGap, FactStep, FactDismissed, FactMoney:
		return true
	}
	return false
}

// Facts of carriers and facilities.
const (
	FactPhone    Fact = "phone" // Type dispatcher, main, after_hours; Text
	FactEmail    Fact = "email"
	FactHours    Fact = "hours"
	FactClosed   Fact = "closed"
	FactFreeTime Fact = "free_time" // Num minutes
	FactInsured  Fact = "insurance" // At expires, Num cargo limit USD
	FactAuthorty Fact = "authority" // Text active, inactive, revoked
	FactOther    Fact = "other"     // Type: the column or field; Text. Nothing a source says is thrown away.
)

// Actual reports whether the fact is something that happened at a stop.
func (f Fact) Actual() bool {
	switch f {
	case FactArrived, FactDeparted, FactLoaded, FactUnloaded, FactPickedUp, FactDelivered:
		return true
	}
	return false
}

// Value is what is claimed; which fields are used is said beside each fact. None says that the source took back
// what it had said before, without saying anything new.
type Value struct {
	None  bool    `cbor:"1,keyasint,omitempty"`
	Text  string  `cbor:"2,keyasint,omitempty"`
	Type  string  `cbor:"3,keyasint,omitempty"`
	Scope string  `cbor:"4,keyasint,omitempty"`
	Note  string  `cbor:"5,keyasint,omitempty"`
	Num   float64 `cbor:"6,keyasint,omitempty"`
	Num2  float64 `cbor:"7,keyasint,omitempty"`
	Has   uint8   `cbor:"8,keyasint,omitempty"` // 1: Num is given, 2: Num2 is given
	Unit  string  `cbor:"9,keyasint,omitempty"`
	Start When    `cbor:"10,keyasint,omitzero"`
	End   When    `cbor:"11,keyasint,omitzero"`
	Place Place   `cbor:"12,keyasint,omitzero"`
}

// Claim is one thing said about one subject. At is when it happened in the world, as written; none where it does not apply.
type Claim struct {
	Subject Subject `cbor:"1,keyasint,omitzero"`
	Fact    Fact    `cbor:"2,keyasint"`
	At      When    `cbor:"3,keyasint,omitzero"`
	Value   Value   `cbor:"4,keyasint,omitzero"`
}

// Text is the value in words, as a person reads it in a list of observations.
func (c Claim) ValueText() string {
	v := c.Value
	if v.None {
		return "none"
	}
	switch c.Fact {
	case FactWindow, FactOriginal:
		return joinNonEmpty("/", v.Start.String(), v.End.String())
	case FactETA:
		return v.Start.String()
	case FactPlace, FactPosition:
		return v.Place.text()
	case FactTempRange:
		return joinNonEmpty(" to ", v.number(1), v.number(2))
	}
	if v.Has&1 != 0 {
		return joinNonEmpty(" ", v.number(1), v.Unit)
	}
	return joinNonEmpty(":", v.Type, v.Text)
}
