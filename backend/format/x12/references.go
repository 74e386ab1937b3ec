package x12

import (
	"strings"
	"unicode/utf8"

	"tracedesk/backend/freight"
)

// qualifiers are the codes of element 128 (L11-02) that name a type of reference of ours. Every other one is OTHER with
// the qualifier kept in the note.
var qualifiers = map[string]freight.RefType{
	"AO": freight.RefAppointment,
	"BM": freight.RefBOL,
	"MB": freight.RefBOL, // master bill; the note keeps the qualifier
	"BN": freight.RefBooking,
	"CN": freight.RefPRO,
	"CO": freight.RefOrder,
	"OQ": freight.RefOrder,
	"ON": freight.RefOrder,
	"KK": freight.RefDelivery,
	"P8": freight.RefPickup,
	"PO": freight.RefPO,
}

// The qualifiers that are no reference of the load.
const (
	stopQualifier = "QN" // sequence number of the stop
	sealQualifier = "SN"
	scacQualifier = "SCA"
)

// reference reads L11-01 to 03. scac is the carrier to whom a PRO belongs.
func reference(value, qualifier, description, scac string) freight.Reference {
	typ, known := qualifiers[qualifier]
	ref := freight.Reference{Type: typ, Value: value, Note: description}
	if !known {
		ref.Type = freight.RefOther
	}
	if (!known || qualifier == "MB") && qualifier != "" {
		ref.Note = qualifier
		if description != "" {
			ref.Note = qualifier + " " + description
		}
	}
	if typ == freight.RefPRO {
		ref.Scope = scac
	}
	return ref
}

// equipment is what a code of element 40 says of a unit.
type equipment struct {
	typ   string // TRAILER, TRUCK, CONTAINER
	words string
}

// equipments are the codes of element 40 (MS2-03, N7-11) that road freight uses.
var equipments = map[string]equipment{
	"TL": {"TRAILER", "trailer"}, "TF": {"TRAILER", "dry van"}, "CV": {"TRAILER", "dry van"},
	"TV": {"TRAILER", "dry van"}, "AA": {"TRAILER", "air ride van"}, "HV": {"TRAILER", "high cube van"},
	"OV": {"TRAILER", "open top van"}, "SV": {"TRAILER", "special van"}, "TW": {"TRAILER", "reefer"},
	"RT": {"TRAILER", "reefer"}, "FF": {"TRAILER", "frozen food trailer"}, "PT": {"TRAILER", "protected trailer"},
	"TA": {"TRAILER", "heated, insulated, ventilated trailer"}, "TI": {"TRAILER", "insulated trailer"},
	"TM": {"TRAILER", "insulated, ventilated trailer"}, "TQ": {"TRAILER", "electric heat trailer"},
	"FT": {"TRAILER", "flatbed"}, "FH": {"TRAILER", "flatbed with headboards"},
	"FN": {"TRAILER", "flatbed without headboards"}, "FR": {"TRAILER", "flatbed with removable sides"},
	"AD": {"TRAILER", "sliding tandem flatbed"}, "RA": {"TRAILER", "fixed-rack flatbed"},
	"OT": {"TRAILER", "open-top flatbed"}, "PM": {"TRAILER", "pneumatic flatbed"},
	"SD": {"TRAILER", "step deck"}, "RS": {"TRAILER", "fixed-rack step deck"},
	"DD": {"TRAILER", "double drop"}, "RD": {"TRAILER", "fixed-rack double drop"}, "DT": {"TRAILER", "drop back trailer"},
	"TT": {"TRAILER", "telescoping trailer"}, "ST": {"TRAILER", "removable side trailer"},
	"TC": {"TRAILER", "car trailer"}, "TB": {"TRAILER", "boat trailer"}, "TP": {"TRAILER", "pneumatic trailer"},
	"TG": {"TRAILER", "gas tank trailer"}, "TJ": {"TRAILER", "chemical tank trailer"},
	"TK": {"TRAILER", "food grade tank trailer"}, "2F": {"TRAILER", "roadrailer"},
	"TR": {"TRUCK", "tractor"}, "TH": {"TRUCK", "open top truck"}, "TO": {"TRUCK", "open top truck"},
	"TU": {"TRUCK", "open top truck"}, "PU": {"TRUCK", "pickup truck"},
	"CN": {"CONTAINER", "container"}, "CC": {"CONTAINER", "container on a chassis"},
	"AC": {"CONTAINER", "closed container"}, "AT": {"CONTAINER", "temperature-controlled container"},
	"CZ": {"CONTAINER", "refrigerated container"}, "CI": {"CONTAINER", "insulated container"},
	"CL": {"CONTAINER", "closed top container"}, "CU": {"CONTAINER", "open top container"},
	"CX": {"CONTAINER", "tank container"}, "20": {"CONTAINER", "20 ft open top container"},
	"2B": {"CONTAINER", "20 ft container"}, "40": {"CONTAINER", "40 ft open top container"},
	"4B": {"CONTAINER", "40 ft container"}, "PL": {"CONTAINER", "platform container"},
}

// unit names a piece of equipment by its owner's mark, number and code. Where the code does not tell, a container is
// known by its number (four letters with U, six or seven digits); anything else that a road carrier numbers is a trailer.
func unit(owner, number, code string) (typ, text, scope, note string) {
	e, known := equipments[code]
	switch {
	case known:
		typ, note = e.typ, e.words
	case len(owner) == 4 && owner[3] == 'U' && (len(number) == 6 || len(number) == 7) && digitsOnly(number):
		typ = "CONTAINER"
	default:
		typ, note = "TRAILER", code
	}
	if typ == "CONTAINER" && !strings.HasPrefix(number, owner) {
		return typ, owner + number, "", note
	}
	return typ, number, owner, note
}

// modes are the codes of element 91 (MS3-04) in the desk's words; others are kept as they are.
var modes = map[string]string{
	"LT": "LTL", "R": "rail", "RR": "rail", "A": "air", "AE": "air", "AF": "air", "S": "ocean", "O": "ocean", "SS": "ocean",
	"X": "intermodal", "XE": "intermodal", "ST": "intermodal", "D": "parcel", "U": "parcel", "MP": "parcel",
	"J": "truck", "M": "truck", "VA": "truck", "FL": "truck", "E": "truck", "L": "truck", "TT": "truck", "SR": "truck",
}

// weightUnits are the codes of element 188.
var weightUnits = map[string]string{"L": "LB", "K": "KG"}

func weightUnit(code string) string {
	if u, ok := weightUnits[code]; ok {
		return u
	}
	return code
}

// placeSides are the codes of element 98 (N1-01) for the two ends of a shipment.
var placeSides = map[string]freight.Side{
	"SH": atPickup, "SF": atPickup, "PW": atPickup, "PU": atPickup,
	"CN": atDelivery, "ST": atDelivery, "DA": atDelivery,
}

// upper is strings.ToUpper at the price of a look for the codes that are in capitals already, as nearly all are.
func upper(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= utf8.RuneSelf {
			return strings.ToUpper(s)
		}
	}
	return s
}

func quote(s string) string { return "\"" + readable(s) + "\"" }
