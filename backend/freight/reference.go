package freight

import "strings"

// RefType names what a reference number counts.
type RefType string

// The closed list of reference types; what fits none is OTHER with its own qualifier kept in Reference.Note.
const (
	RefLoad        RefType = "LOAD" // the desk's load number in its TMS
	RefBOL         RefType = "BOL"
	RefPO          RefType = "PO"
	RefPRO         RefType = "PRO"
	RefOrder       RefType = "ORDER"
	RefPickup      RefType = "PICKUP"
	RefDelivery    RefType = "DELIVERY"
	RefAppointment RefType = "APPOINTMENT"
	RefBooking     RefType = "BOOKING"
	RefContainer   RefType = "CONTAINER"
	RefP44         RefType = "P44"
	RefFourKites   RefType = "FOURKITES"
	RefMacroPoint  RefType = "MACROPOINT"
	RefTrailer     RefType = "TRAILER"
	RefOther       RefType = "OTHER"
)

var refTypes = map[RefType]bool{RefLoad: true, RefBOL: true, RefPO: true, RefPRO: true, RefOrder: true, RefPickup: true,
	RefDelivery: true, RefAppointment: true, RefBooking: true, RefContainer: true, RefP44: true, RefFourKites: true,
	RefMacroPoint: true, RefTrailer: true, RefOther: true}

// ParseRefType reads a type in any case; ok is false for a word outside the closed list.
func ParseRefType(s string) (t RefType, ok bool) {
	t = RefType(strings.ToUpper(strings.TrimSpace(s)))
	return t, refTypes[t]
}

// Reference is a number by which somebody calls a load. Scope is the party to whom the number belongs
// (a SCAC for a PRO, a customer for a PO), empty when unknown.
type Reference struct {
	Type  RefType `cbor:"1,keyasint"`
	Value string  `cbor:"2,keyasint"`
	Scope string  `cbor:"3,keyasint,omitempty"`
	Note  string  `cbor:"4,keyasint,omitempty"`
}

// taught marks a reference that a person gave a load by hand; it stands where the scope does.
const taught = "\x01taught"

// Taught is the reference as a person's answer: from then on it names its load, whatever its type.
func (r Reference) Taught() Reference {
	r.Scope = taught
	return r
}

// IsTaught reports whether a person gave the load this number.
func (r Reference) IsTaught() bool { return r.Scope == taught }

// Key is the number without case, blanks and punctuation. Leading zeros stay: 0012 and 12 are two numbers.
func (r Reference) Key() string { return NormalRef(r.Value) }

// NormalRef folds a reference to upper-case letters and digits. Letters outside ASCII are kept.
func NormalRef(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c > 127:
			b.WriteRune(c)
		case c >= 'a' && c <= 'z':
			b.WriteRune(c - 'a' + 'A')
		}
	}
	return b.String()
}
