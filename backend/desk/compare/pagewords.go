package compare

import (
	"regexp"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// fieldKind says how the value of a label is read.
type fieldKind uint8

const (
	fieldStatus fieldKind = iota + 1
	fieldTime             // an event's time
	fieldETA
	fieldWindow
	fieldPlace
	fieldSeenAt // when the position was taken
	fieldRef
	fieldEquipment
	fieldDriver
	fieldAmount
	columnEvent // of tables only, from here on
	columnDate
	columnTime
	columnPlace
	columnStop
)

// label is a word before a value, or above a column.
type label struct {
	kind  fieldKind
	fact  freight.Fact
	typ   string
	side  freight.Side
	table bool // a column of a table of events
}

// labels are the words before values, as plain writes them.
var labels = makeLabels()

func makeLabels() map[string]*label {
	all := map[string]*label{}
	add := func(l label, names ...string) {
		l.table = l.kind >= columnEvent
		for _, name := range names {
			all[name] = &l
		}
	}
	add(label{kind: fieldStatus, fact: freight.FactStatus}, "status", "current status", "shipment status", "load status", "tracking status")
	d, u := freight.DeliverySide, freight.PickupSide
	add(label{kind: fieldTime, fact: freight.FactDelivered, side: d}, "delivered", "delivered on", "delivered at", "actual delivery", "actual delivery date", "date delivered", "delivered date", "delivery completed")
	add(label{kind: fieldTime, fact: freight.FactPickedUp, side: u}, "picked up", "picked up on", "picked up at", "actual pickup", "actual pickup date", "date picked up", "picked up date")
	add(label{kind: fieldTime, fact: freight.FactArrived}, "arrived", "actual arrival")
	add(label{kind: fieldTime, fact: freight.FactArrived, side: d}, "arrived at delivery", "arrived at consignee", "arrived consignee", "arrived delivery", "arrived at destination")
	add(label{kind: fieldTime, fact: freight.FactArrived, side: u}, "arrived at pickup", "arrived at shipper", "arrived shipper", "arrived pickup", "arrived at origin")
	add(label{kind: fieldTime, fact: freight.FactDeparted}, "departed", "actual departure")
	add(label{kind: fieldTime, fact: freight.FactDeparted, side: d}, "departed delivery", "departed consignee", "left consignee", "departed destination")
	add(label{kind: fieldTime, fact: freight.FactDeparted, side: u}, "departed pickup", "departed shipper", "left shipper", "left pickup", "departed origin")
	add(label{kind: fieldTime, fact: freight.FactLoaded, side: u}, "loaded", "loading completed", "loading complete")
	add(label{kind: fieldTime, fact: freight.FactUnloaded, side: d}, "unloaded", "unloading completed", "unloading complete")
	add(label{kind: fieldETA, fact: freight.FactETA}, "eta", "estimated time of arrival", "estimated arrival", "expected arrival")
	add(label{kind: fieldETA, fact: freight.FactETA, side: d}, "delivery eta", "estimated delivery", "est delivery", "estimated delivery date", "est delivery date", "expected delivery", "projected delivery", "expected delivery date")
	add(label{kind: fieldETA, fact: freight.FactETA, side: u}, "pickup eta", "estimated pickup", "expected pickup")
	add(label{kind: fieldWindow, fact: freight.FactWindow}, "appointment", "appt", "appointment time", "appt time")
	add(label{kind: fieldWindow, fact: freight.FactWindow, side: d}, "delivery appointment", "delivery appt", "delivery appointment time")
	add(label{kind: fieldWindow, fact: freight.FactWindow, side: u}, "pickup appointment", "pickup appt", "pickup appointment time")
	add(label{kind: fieldPlace, fact: freight.FactPosition}, "current location", "last location", "last known location", "last reported location", "position", "current position")
	add(label{kind: fieldSeenAt}, "last update", "last updated", "location time", "last ping", "last position time")
	for typ, names := range map[freight.RefType][]string{freight.RefPRO: {"pro"}, freight.RefBOL: {"bol", "b/l", "bill of lading"}, freight.RefPO: {"po", "purchase order"},
		freight.RefOrder: {"order"}, freight.RefBooking: {"booking"}, freight.RefPickup: {"pickup number"}, freight.RefDelivery: {"delivery number"}, freight.RefAppointment: {"appointment number", "confirmation number"}} {
		add(label{kind: fieldRef, fact: freight.FactReference, typ: string(typ)}, names...)
	}
	add(label{kind: fieldEquipment, fact: freight.FactEquipment, typ: "TRUCK"}, "truck", "tractor")
	add(label{kind: fieldEquipment, fact: freight.FactEquipment, typ: "TRAILER"}, "trailer")
	add(label{kind: fieldEquipment, fact: freight.FactEquipment, typ: "CONTAINER"}, "container")
	add(label{kind: fieldEquipment, fact: freight.FactEquipment, typ: "SEAL"}, "seal")
	add(label{kind: fieldDriver, fact: freight.FactDriver, typ: "NAME"}, "driver", "driver name")
	add(label{kind: fieldDriver, fact: freight.FactDriver, typ: "PHONE"}, "driver phone", "driver cell", "driver mobile")
	add(label{kind: fieldAmount, fact: freight.FactPieces}, "pieces", "pcs", "piece count", "total pieces", "cartons", "ctns")
	add(label{kind: fieldAmount, fact: freight.FactPallets}, "pallets", "skids", "plts")
	add(label{kind: fieldAmount, fact: freight.FactWeight, typ: "LB"}, "weight", "total weight", "gross weight", "lbs", "lb")
	add(label{kind: fieldAmount, fact: freight.FactWeight, typ: "KG"}, "kg", "kgs")
	add(label{kind: columnEvent}, "event", "activity", "description", "milestone", "status description")
	add(label{kind: columnDate}, "date", "date/time", "date time", "timestamp", "event date")
	add(label{kind: columnTime}, "time", "event time")
	add(label{kind: columnPlace}, "location", "city", "place")
	add(label{kind: columnStop}, "stop", "stop no")
	return all
}

// plain is a label as pages vary it: case, punctuation, "number" and "#" aside.
func plain(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(":", " ", "#", " ", ".", " ", "(", " ", ")", " ").Replace(s)), " "))
	for _, end := range []string{" number", " no", " num", " id"} {
		if _, whole := labels[s]; whole {
			break
		}
		s = strings.TrimSuffix(s, end)
	}
	return s
}

func labelOf(s string) *label { return labels[plain(s)] }

// isStatus reports whether words are a status, and nothing else.
func isStatus(s string) bool {
	_, known := timeline.StageOf(s)
	return known || otherStatus[plain(s)]
}

// otherStatus are status words that say nothing of how far a load is.
var otherStatus = map[string]bool{"out for delivery": true, "on hold": true, "at terminal": true, "delayed": true, "exception": true, "cancelled": true}

func wholeNumber(s string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil && n > 0 && n < 100
}

var cityWords = regexp.MustCompile(`^([A-Za-z][A-Za-z .'-]{1,40}?),?\s+([A-Za-z]{2})(?:,?\s+(\d{5})(?:-\d{4})?)?(?:,?\s+(?:US|USA))?$`)

// cityState reads "Dallas, TX" and "PHOENIX AZ 85001".
func cityState(s string) (freight.Place, bool) {
	m := cityWords.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil || !states[strings.ToUpper(m[2])] {
		return freight.Place{}, false
	}
	return freight.Place{City: m[1], State: strings.ToUpper(m[2]), Postal: m[3]}, true
}

var states = func() map[string]bool {
	out := map[string]bool{}
	for _, s := range strings.Fields("AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR " +
		"AB BC MB NB NL NS NT NU ON PE QC SK YT") {
		out[s] = true
	}
	return out
}()
