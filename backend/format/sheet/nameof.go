package sheet

import "slices"

var stopWords = map[string]Field{"city": FieldCity, "state": FieldState, "zip": FieldPostal, "country": FieldCountry, "address": FieldAddress, "name": FieldFacility,
	"citystate": FieldCityState, "lat": FieldLat, "lon": FieldLon, "zone": FieldZone, "kind": FieldKind, "appttype": FieldApptType, "pieces": FieldPieces,
	"pallets": FieldPallets, "weight": FieldWeight}

// decideStop finds a property of a stop; ok is false when the words name something else.
func (n *name) decideStop(meant []string, numbered bool) bool {
	left := slices.Clone(meant)
	take(&left, "name")
	if slices.Contains(left, "weight") {
		n.unit = weightUnit(n.words)
	}
	take(&left, "unitlb")
	switch {
	case len(meant) == 0 && numbered && n.stop == FirstPickup:
		n.field, n.stop = fieldRef+"PICKUP", ""
	case len(meant) == 0 && numbered && n.stop == LastDelivery:
		n.field, n.stop = fieldRef+"DELIVERY", ""
	case len(meant) == 1 && meant[0] == "appt" && numbered:
		n.field, n.stop = fieldRef+"APPOINTMENT", ""
	case len(meant) == 0 && n.stop != "":
		n.field, n.strength = FieldFacility, 0.6 // a place, unless its content says something else
	case len(meant) == 1 && meant[0] == "name" && n.stop == Current:
		n.field = FieldCityState
	case len(meant) == 1 && meant[0] == "name" && n.stop != "":
		n.field = FieldFacility
	case len(left) == 1 && stopWords[left[0]] != "":
		n.field = stopWords[left[0]]
	case slices.Equal(left, []string{"city", "state"}), slices.Equal(left, []string{"city", "state", "zip"}):
		n.field = FieldCityState
	case len(left) == 1 && left[0] == "stop" && n.stop == "":
		n.field = FieldStop
	case len(meant) == 1 && meant[0] == "name" && n.stop == "":
		n.field, n.strength = FieldFacility, 0.5
	default:
		return false
	}
	return true
}

func weightUnit(words []string) string {
	for _, w := range words {
		switch w {
		case "kg", "kgs", "kilos", "gewichtkg", "kilograms":
			return "KG"
		case "lb", "lbs", "pounds":
			return "LB"
		}
	}
	return ""
}

var loadWords = map[string]Field{"load": FieldLoad, "shipment": FieldLoad, "movement": FieldLoad, "customer": FieldCustomer, "carrier": FieldCarrier, "scac": FieldSCAC,
	"mc": FieldMC, "dot": FieldDOT, "mode": FieldMode, "equipment": FieldEquipment, "truck": FieldTruck, "trailer": FieldTrailer, "container": FieldContainer,
	"seal": FieldSeal, "driver": FieldDriver, "phone": FieldPhone, "value": FieldValue, "temp": FieldTemp, "hazmat": FieldHazmat, "team": FieldTeam,
	"status": FieldStatus, "event": FieldEvent, "pod": FieldPOD, "pop": FieldPOP, "note": FieldNote, "bol": fieldRef + "BOL", "po": fieldRef + "PO", "pro": fieldRef + "PRO",
	"order": fieldRef + "ORDER", "booking": fieldRef + "BOOKING", "reference": fieldRef + "OTHER", "exported": FieldIgnore}

// loadRanks orders the columns that may hold the load number.
var loadRanks = map[string]int{"load": 1, "shipment": 2, "movement": 3, "order": 4, "pro": 5, "bol": 6, "booking": 7, "reference": 8}

// decideLoad finds a property of the load.
func (n *name) decideLoad(meant []string, numbered bool) {
	for _, extra := range []string{"name", "usd", "declared", "unitf", "unitc", "unitlb"} {
		if len(meant) > 1 {
			if take(&meant, extra) && extra == "unitc" {
				n.unit = "C"
			}
		}
	}
	side := n.stop
	switch {
	case len(meant) == 1:
		n.field = loadWords[meant[0]]
		n.rank = loadRanks[meant[0]]
		if meant[0] == "reference" || meant[0] == "order" || meant[0] == "shipment" {
			n.sided(side, numbered)
		}
	case same(meant, "driver", "phone"), same(meant, "carrier", "phone"):
		n.field = FieldPhone
		if slices.Contains(meant, "carrier") {
			n.field = ""
		}
	case same(meant, "carrier", "scac"):
		n.field = FieldSCAC
	case same(meant, "carrier", "mc"):
		n.field = FieldMC
	case same(meant, "carrier", "dot"):
		n.field = FieldDOT
	case same(meant, "carrier", "pro"):
		n.field, n.rank = fieldRef+"PRO", 5
	case same(meant, "customer", "po"):
		n.field = fieldRef + "PO"
	case same(meant, "customer", "order"):
		n.field = fieldRef + "ORDER"
	case same(meant, "appt", "reference"):
		n.field = fieldRef + "APPOINTMENT"
	case same(meant, "customer", "reference"), same(meant, "carrier", "reference"), same(meant, "load", "reference"), same(meant, "shipment", "reference"):
		n.field, n.rank = fieldRef+"OTHER", 8
	case same(meant, "pod", "received"), same(meant, "pod", "status"), same(meant, "pod", "delivered"):
		n.field = FieldPOD
	case same(meant, "pop", "received"), same(meant, "pop", "status"):
		n.field = FieldPOP
	case same(meant, "temp", "start"):
		n.field = FieldTempMin
	case same(meant, "temp", "end"):
		n.field = FieldTempMax
	case same(meant, "load", "value"), same(meant, "load", "weight"):
		n.field = loadWords[other(meant, "load")]
	case same(meant, "event", "note"), same(meant, "status", "note"), same(meant, "event", "status"):
		n.field = FieldNote
		if slices.Contains(meant, "event") && slices.Contains(meant, "status") {
			n.field = FieldEvent
		}
	case same(meant, "exported", "date"), same(meant, "exported", "time"), same(meant, "exported", "at"), same(meant, "exported", "datetime"), same(meant, "exported", "load"):
		n.field = FieldIgnore
	default:
		n.strength = 0
		return
	}
	n.stop = ""
	if n.field == "" {
		n.strength = 0
	}
}

// sided reads "Shipper Ref", "Pickup Reference #", "Delivery Order" as the numbers the two places ask for.
func (n *name) sided(side string, _ bool) {
	switch side {
	case FirstPickup:
		n.field, n.rank = fieldRef+"PICKUP", 0
	case LastDelivery:
		n.field, n.rank = fieldRef+"DELIVERY", 0
	}
}

func same(meant []string, words ...string) bool {
	if len(meant) != len(words) {
		return false
	}
	for _, w := range words {
		if !slices.Contains(meant, w) {
			return false
		}
	}
	return true
}

func other(meant []string, word string) string {
	for _, m := range meant {
		if m != word {
			return m
		}
	}
	return ""
}

// knownColumn reports whether a header names something that we know.
func knownColumn(header string) bool { return nameOf(header).field != "" }
