package x12

import "tracedesk/backend/freight"

// milestone is what a status code says, in our words, and which facts follow from it.
type milestone struct {
	words string
	side  freight.Side   // the kind of stop it speaks of; empty when the code alone does not tell
	facts []freight.Fact // what thereby happened at the stop
	kind  kindOfStatus
}

type kindOfStatus uint8

const (
	reported kindOfStatus = iota // a word about the freight; the facts of the row, if any, happened
	trouble                      // something a person should look at: an exception
	estimate                     // the time given is when the truck is expected at the stop
	foretold                     // the time given lies ahead, but is not an arrival at a stop of the load
	moving                       // the place given is where the truck was
)

const (
	atPickup   = freight.PickupSide
	atDelivery = freight.DeliverySide
)

var (
	arrives   = []freight.Fact{freight.FactArrived}
	departs   = []freight.Fact{freight.FactDeparted}
	takesAway = []freight.Fact{freight.FactDeparted, freight.FactPickedUp}
	loads     = []freight.Fact{freight.FactLoaded}
	hands     = []freight.Fact{freight.FactDelivered}
	unloads   = []freight.Fact{freight.FactUnloaded, freight.FactDelivered}
)

// statuses are the codes of element 1650 (AT7-01), releases 4010 to 5010. A code that is not here is kept as a status
// with the note unknownCode.
//
// Weak words stay words: XB is sent for "accepted" as well as for "order created", CL is said of a trailer at any dock,
// L1 says that loading began and not that it ended, CA is a carrier's word and does not cancel the load.
var statuses = map[string]milestone{
	"A1": {words: "estimated arrival for pickup", side: atPickup, kind: estimate},
	"A3": {words: "returned to the shipper", kind: trouble},
	"A7": {words: "refused by the consignee", side: atDelivery, kind: trouble},
	"A9": {words: "freight damaged", kind: trouble},
	"AF": {words: "departed the pickup with the freight", side: atPickup, facts: takesAway},
	"AG": {words: "estimated delivery", side: atDelivery, kind: estimate},
	"AH": {words: "delivery attempted", side: atDelivery, kind: trouble},
	"AI": {words: "reconsigned", kind: trouble},
	"AJ": {words: "tendered for delivery", side: atDelivery},
	"AL": {words: "loaded to a rail car", kind: moving},
	"AM": {words: "loaded on the truck", side: atPickup, facts: loads},
	"AN": {words: "diverted to an air carrier"},
	"AP": {words: "delivery not completed", side: atDelivery, kind: trouble},
	"AR": {words: "arrived by rail at the destination ramp", kind: moving},
	"AV": {words: "available for delivery"},
	"AW": {words: "available for pickup"},
	"B6": {words: "estimated arrival at the carrier's terminal", kind: foretold},
	"BA": {words: "picked up by a connecting or cartage carrier"},
	"BC": {words: "stored in transit"},
	"BF": {words: "booking confirmed"},
	"BO": {words: "equipment reported bad order", kind: trouble},
	"BR": {words: "equipment released from bad order"},
	"C1": {words: "estimated departure from a terminal", kind: foretold},
	"C2": {words: "empty equipment delivered"},
	"C3": {words: "empty equipment picked up"},
	"CA": {words: "shipment cancelled, says the carrier", kind: trouble},
	"CB": {words: "last part of the shipment delivered", side: atDelivery, facts: hands},
	"CD": {words: "departed the delivery", side: atDelivery, facts: departs},
	"CL": {words: "trailer closed out"},
	"CP": {words: "loading completed", side: atPickup, facts: loads},
	"D1": {words: "unloading completed at the delivery", side: atDelivery, facts: unloads},
	"D2": {words: "partly unloaded", side: atDelivery, kind: trouble},
	"DE": {words: "last free day before demurrage", kind: foretold},
	"DO": {words: "delivery order received"},
	"I1": {words: "in-gate"},
	"J1": {words: "handed to the connecting carrier"},
	"K1": {words: "arrived at customs"},
	"K2": {words: "released by customs"},
	"L1": {words: "loading", side: atPickup},
	"LC": {words: "container loaded to a chassis"},
	"NB": {words: "received without paperwork", kind: trouble},
	"OA": {words: "out-gate"},
	"OO": {words: "paperwork received, but no freight or equipment", kind: trouble},
	"OP": {words: "all paperwork given to the consignee", side: atDelivery},
	"P1": {words: "departed a terminal", kind: moving},
	"PA": {words: "only a part was delivered", side: atDelivery, kind: trouble},
	"PD": {words: "last free day before per diem", kind: foretold},
	"PR": {words: "held by US customs", kind: trouble},
	"PU": {words: "pickup attempted", side: atPickup, kind: trouble},
	"R1": {words: "received from the prior carrier"},
	"RA": {words: "arrived at a rail ramp", kind: moving},
	"RD": {words: "departed a rail ramp", kind: moving},
	"RH": {words: "released from hold"},
	"RL": {words: "departed by rail from the origin ramp", kind: moving},
	"S1": {words: "trailer spotted at the consignee", side: atDelivery, facts: arrives},
	"SD": {words: "shipment delayed", kind: trouble},
	"SN": {words: "not picked up by the carrier", side: atPickup, kind: trouble},
	"UC": {words: "container unloaded from its chassis"},
	"UR": {words: "unloaded from a rail car", kind: moving},
	"X1": {words: "arrived at the delivery", side: atDelivery, facts: arrives},
	"X2": {words: "estimated arrival at the consignee", side: atDelivery, kind: estimate},
	"X3": {words: "arrived at the pickup", side: atPickup, facts: arrives},
	"X4": {words: "arrived at a terminal", kind: moving},
	"X5": {words: "arrived at the delivery dock", side: atDelivery, facts: arrives},
	"X6": {words: "en route to the delivery", kind: moving},
	"X8": {words: "arrived at the pickup dock", side: atPickup, facts: arrives},
	"X9": {words: "arrived at the carrier's warehouse"},
	"XB": {words: "shipment acknowledged"},
	"Y1": {words: "arrived at a consolidation hub"},
	"Y2": {words: "departed a consolidation hub"},
}

const unknownCode = "unknown code"

// appointment is what an appointment code says: which bound of which stop's window the time is.
type appointment struct {
	words string
	side  freight.Side
	bound bound
	typ   string // of the window
}

type bound uint8

const (
	wholeWindow bound = iota // the time is the appointment
	earliest
	latest
	noWindow // an estimate, not an appointment
)

// appointments are the codes of element 1652 (AT7-03). The same letters in AT7-01 mean other things: X9 is a warehouse
// there. AA and AB do not exist in 1650, so a partner who sends them in AT7-01 means the appointment.
var appointments = map[string]appointment{
	"AA": {words: "pickup appointment", side: atPickup, typ: "appointment"},
	"AB": {words: "delivery appointment", side: atDelivery, typ: "appointment"},
	"AC": {words: "estimated delivery appointment", side: atDelivery, bound: noWindow},
	"ED": {words: "deliver not earlier than", side: atDelivery, bound: earliest},
	"EP": {words: "pick up not earlier than", side: atPickup, bound: earliest},
	"LD": {words: "deliver not later than", side: atDelivery, bound: latest},
	"LP": {words: "pick up not later than", side: atPickup, bound: latest},
	"X9": {words: "delivery appointment secured", side: atDelivery, typ: "appointment"},
	"XA": {words: "pickup appointment secured", side: atPickup, typ: "appointment"},
}

// ladingExceptions are the codes of Q7-01.
var ladingExceptions = map[string]string{
	"0": "part of the freight is short",
	"A": "all of the freight is short",
	"D": "freight damaged",
	"E": "entire shipment refused",
	"O": "more freight than billed (overage)",
	"P": "partial shipment",
	"W": "wrong product",
}
