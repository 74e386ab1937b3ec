package watch

import (
	"fmt"
	"slices"
	"strings"
)

// Cause is one answer to why: a code of X12 element 1651 or one of our own, where that list has no word for it.
type Cause struct {
	Code  string `json:"code"`
	Type  string `json:"type"` // 1651 or own
	Words string `json:"words"`
	Party string `json:"party"` // who mostly is responsible, offered and never filled in by itself; "" when it may be anybody
}

// Types of causes.
const (
	wire = "1651"
	own  = "own"
)

// Causes are all causes a person may name. There is no "other": BG of 1651 is read from others but not offered, nor are its
// codes for "nothing is wrong".
func Causes() []Cause { return slices.Clone(causes[:]) }

// Parties are who may be responsible.
func Parties() []string { return slices.Clone(parties[:]) }

var parties = [...]string{"carrier", "shipper", "consignee", "customer", "broker", "nobody"}

// CauseOf is a cause by type and code; ok is false for one that is not offered.
func CauseOf(kind, code string) (c Cause, ok bool) {
	for i := range causes {
		if causes[i].Type == kind && causes[i].Code == code {
			return causes[i], true
		}
	}
	return Cause{}, false
}

// CheckCause reports in plain words why a cause may not be filed; nil when it may.
func CheckCause(kind, code string) error {
	if _, ok := CauseOf(kind, code); !ok {
		return fmt.Errorf("%q is no cause of the list: choose a code of X12 1651 or one of our own", causeText(kind, code))
	}
	return nil
}

// CheckParty reports in plain words why a party may not be filed; nil when it may.
func CheckParty(party string) error {
	if !slices.Contains(parties[:], party) {
		return fmt.Errorf("%q is no party: choose %s", party, strings.Join(parties[:], ", "))
	}
	return nil
}

// causeText is a cause in words with its code; an unknown one as it is.
func causeText(kind, code string) string {
	c, ok := CauseOf(kind, code)
	switch {
	case !ok:
		return code
	case kind == wire:
		return c.Code + " " + c.Words
	}
	return c.Words
}

// The words of 1651 are those with which package format/x12 shows its codes.
var causes = [...]Cause{
	{"A1", wire, "missed delivery", "consignee"},
	{"A2", wire, "wrong address", ""},
	{"A3", wire, "indirect delivery", "carrier"},
	{"A4", wire, "holiday, closed", "consignee"},
	{"A5", wire, "could not be found", "carrier"},
	{"A6", wire, "address corrected, delivery attempted", ""},
	{"AA", wire, "sorted to the wrong route", "carrier"},
	{"AD", wire, "customer asked for a later delivery", "customer"},
	{"AE", wire, "restricted articles, not acceptable", ""},
	{"AF", wire, "accident", "carrier"},
	{"AG", wire, "because of the consignee", "consignee"},
	{"AH", wire, "because of the driver", "carrier"},
	{"AI", wire, "mechanical breakdown", "carrier"},
	{"AJ", wire, "because of another carrier", "carrier"},
	{"AK", wire, "damaged, rewrapped in the hub", "carrier"},
	{"AL", wire, "held up at the previous stop", "carrier"},
	{"AM", wire, "because of the shipper", "shipper"},
	{"AN", wire, "holiday, closed", "consignee"},
	{"AO", wire, "weather or natural disaster", "nobody"},
	{"AP", wire, "awaiting export", ""},
	{"AQ", wire, "nobody to receive it, delivery delayed", "consignee"},
	{"AR", wire, "international paperwork not in order", "nobody"},
	{"AS", wire, "held for customs documents", "nobody"},
	{"AT", wire, "recipient not reached for broker information", "nobody"},
	{"AU", wire, "strike, unrest or other civil event", "nobody"},
	{"AV", wire, "exceeds the limits of the service", ""},
	{"AW", wire, "past the cut-off time", "carrier"},
	{"AX", wire, "not enough time for the pickup", "carrier"},
	{"AY", wire, "missed pickup", "carrier"},
	{"AZ", wire, "delivered by another carrier", "carrier"},
	{"B1", wire, "consignee closed", "consignee"},
	{"B2", wire, "trap for the customer", ""},
	{"B4", wire, "held for payment", ""},
	{"B5", wire, "held for the consignee", "consignee"},
	{"B8", wire, "unloading place or equipment not suitable", "consignee"},
	{"B9", wire, "receiving hours restricted", "consignee"},
	{"BB", wire, "held for the shipper", "shipper"},
	{"BC", wire, "documents missing", "shipper"},
	{"BD", wire, "border clearance", "nobody"},
	{"BE", wire, "road conditions", "nobody"},
	{"BF", wire, "carrier's keying error", "carrier"},
	{"BH", wire, "not enough time to complete the delivery", "carrier"},
	{"BI", wire, "cartage agent", "carrier"},
	{"BJ", wire, "customer wanted an earlier delivery", "customer"},
	{"BK", wire, "appointment arranged before", "customer"},
	{"BL", wire, "held for protective service", ""},
	{"BM", wire, "flatcar shortage", "nobody"},
	{"BN", wire, "billing not released", ""},
	{"BO", wire, "railroad missed its schedule", "carrier"},
	{"BP", wire, "load shifted", "carrier"},
	{"BQ", wire, "overweight", "shipper"},
	{"BR", wire, "train derailment", "carrier"},
	{"BS", wire, "refused by the customer", "consignee"},
	{"BT", wire, "returned to the shipper", "customer"},
	{"C1", wire, "waiting for the customer to pick up", "customer"},
	{"C2", wire, "credit hold", "customer"},
	{"C3", wire, "suspended at the customer's request", "customer"},
	{"C4", wire, "customer on vacation", "customer"},
	{"C5", wire, "strike at the customer", "customer"},
	{"C6", wire, "waiting for shipping instructions", "shipper"},
	{"C7", wire, "waiting for the carrier that the customer wants", "customer"},
	{"C8", wire, "collect on delivery required", "customer"},
	{"C9", wire, "consignee has no cash", "consignee"},
	{"CA", wire, "customs, import or export", "nobody"},
	{"CB", wire, "shipper gave no arrival date", "shipper"},
	{"CC", wire, "shipper gave no arrival time", "shipper"},
	{"CS", wire, "customer cancelled the shipment", "customer"},
	{"D1", wire, "carrier's dispatch error", "carrier"},
	{"D2", wire, "no driver available", "carrier"},
	{"DU", wire, "duplicate pickup request", "shipper"},
	{"E9", wire, "receiving hours restricted", "consignee"},
	{"F1", wire, "delay in non-express clearance", "nobody"},
	{"F2", wire, "international delay, not the carrier's", "nobody"},
	{"HB", wire, "held until there is an appointment", "consignee"},
	{"LG", wire, "lift gate required but not asked for", "shipper"},
	{"MP", wire, "missed pickup: carrier was given the wrong closing time", "carrier"},
	{"MQ", wire, "missed pickup: dispatcher's error", "carrier"},
	{"MR", wire, "missed pickup: the request came too late", "shipper"},
	{"MS", wire, "missed pickup: driver's error", "carrier"},
	{"NF", wire, "no freight at the time of pickup", "shipper"},
	{"P1", wire, "processing delay", "shipper"},
	{"P2", wire, "waiting for inspection", "nobody"},
	{"P3", wire, "production fell behind", "shipper"},
	{"P4", wire, "held for a full load", "shipper"},
	{"RC", wire, "reconsigned", "customer"},
	{"S1", wire, "short at delivery", "carrier"},
	{"SD", wire, "shipper brought it to the carrier's dock", "shipper"},
	{"SI", wire, "shipper did not know of the pickup", "shipper"},
	{"SN", wire, "shipment not ready", "shipper"},
	{"SR", wire, "moved to another date or time", "customer"},
	{"T1", wire, "no sleeper tractor available", "carrier"},
	{"T2", wire, "no day-cab tractor available", "carrier"},
	{"T3", wire, "no trailer available", "carrier"},
	{"T4", wire, "trailer not usable after its last product", "carrier"},
	{"T5", wire, "no trailer of the class available", "carrier"},
	{"T6", wire, "no trailer of the volume available", "carrier"},
	{"T7", wire, "not enough time for the delivery", "carrier"},
	{"UA", wire, "service upgraded for the consignee", ""},
	{"UB", wire, "service upgraded for the shipper", ""},
	{"UC", wire, "address updated for the consignee", ""},
	{"UD", wire, "address updated for the shipper", ""},
	{"UE", wire, "service upgrade not possible", ""},
	{"UF", wire, "address update not possible", ""},
	{"UG", wire, "driver waiting to pick up", ""},
	{"UH", wire, "driver waiting to unload", "consignee"},
	{"UI", wire, "lift gate required for the pickup", "shipper"},
	{"UJ", wire, "lift gate required for the delivery", "consignee"},
	{"UK", wire, "released from hold, out for delivery", ""},
	{"WE", wire, "weather", "nobody"},
	{"noShow", own, "truck did not come, carrier gave it away or never sent it", "carrier"},
	{"hours", own, "driver out of hours of service", "carrier"},
	{"traffic", own, "traffic or closed road on the way", "nobody"},
	{"wrongTurn", own, "wrong route or wrong city", "carrier"},
	{"phoneOff", own, "driver and carrier not reachable", "carrier"},
	{"trackingOnly", own, "freight was in time, only the word of it was missing", "carrier"},
	{"dataLate", own, "freight was in time, a system told it late or wrongly", "broker"},
	{"tooTight", own, "appointment could not be kept from the start", "broker"},
	{"appointmentUnset", own, "appointment was not made or not passed on", "broker"},
	{"deskError", own, "our own dispatch or keying error", "broker"},
	{"dockFull", own, "no door, waited at the dock", "consignee"},
	{"loadingSlow", own, "loading took longer than planned", "shipper"},
	{"noLumper", own, "lumper or its payment was missing", "broker"},
	{"reeferUnit", own, "refrigeration unit failed or was set wrongly", "carrier"},
	{"shortShipped", own, "less was loaded than ordered", "shipper"},
	{"damagedLoading", own, "damaged before or while loading", "shipper"},
	{"theft", own, "theft or fraud", "nobody"},
}
