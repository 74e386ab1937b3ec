// Package verdict says what a document is worth against its load: named checks, each passed, failed or unknown with the
// spot on the page, and from them one verdict with reasons. Which checks a customer asks for is a Policy.
//
// Whatever the policy, a document that contradicts its load, or is not signed by who has to sign it, is never verified.
// All is pure.
package verdict

import (
	"encoding/json"
	"fmt"
	"slices"

	"tracedesk/backend/documents/paper"
)

// The names of checks. A check of a field goes by the field's name (paper.Bill, paper.Pieces ...).
const (
	Matched         = "matched"          // it is known whose the document is
	SignedShipper   = "signed_shipper"   // the shipper's line is signed
	SignedDriver    = "signed_driver"    // the driver's line is signed
	SignedConsignee = "signed_consignee" // the consignee's line is signed
	Numbers         = "numbers"          // enough of load, BOL, PRO, PO and seal agree
	DateOrder       = "date_order"       // delivered not before it was picked up
	Unreserved      = "unreserved"       // no SLC, STC or "subject to count"
	Clean           = "clean"            // nothing short, over, damaged or refused
	Writing         = "writing"          // what is written beside the form could be read; only told where it could not
	Legible         = "legible"          // its words could be read; only told where they could not
)

// Policy is which checks a document has to pass to be verified without a person, and how near is near enough.
type Policy struct {
	Pickup       []string `json:"pickup"`       // checks required of a proof of pickup
	Delivery     []string `json:"delivery"`     // and of one of delivery
	Agreeing     int      `json:"agreeing"`     // so many of load, BOL, PRO, PO and seal have to agree
	WeightWithin float64  `json:"weightWithin"` // part by which the weight may differ
	DaysWithin   int      `json:"daysWithin"`   // days by which a date may differ from the plan
	Reservations bool     `json:"reservations"` // SLC and "subject to count" are accepted without a person
}

// Shipped is the policy that holds where a customer has none.
func Shipped() Policy {
	return Policy{
		Pickup:       []string{Matched, SignedShipper, SignedDriver, Numbers, paper.Pieces, Unreserved, Clean},
		Delivery:     []string{Matched, SignedConsignee, Numbers, paper.Consignee, paper.Pieces, DateOrder, Unreserved, Clean},
		Agreeing:     2,
		WeightWithin: 0.02,
		DaysWithin:   7,
	}
}

// names are all checks that a policy may ask for.
var names = []string{Matched, SignedShipper, SignedDriver, SignedConsignee, Numbers, DateOrder, Unreserved, Clean, paper.Load, paper.Bill, paper.PRO,
	paper.PO, paper.Seal, paper.Trailer, paper.Consignee, paper.Shipper, paper.Carrier, paper.Pieces, paper.Pallets, paper.Weighed,
	paper.PickupDate, paper.DeliveryDate, paper.Name}

// Checks are the names of all checks that a policy may ask for.
func Checks() []string { return slices.Clone(names) }

// ParsePolicy reads a policy as JSON over the shipped one: what is left out stays as shipped.
func ParsePolicy(body []byte) (Policy, error) {
	p := Shipped()
	if err := json.Unmarshal(body, &p); err != nil {
		return Shipped(), fmt.Errorf("the policy is not JSON as expected: %w", err)
	}
	return p, p.sound()
}

func (p Policy) sound() error {
	for _, name := range slices.Concat(p.Pickup, p.Delivery) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("there is no check %q; the checks are %v", name, names)
		}
	}
	if p.Agreeing < 0 || p.DaysWithin < 0 || !(p.WeightWithin >= 0 && p.WeightWithin < 1) {
		return fmt.Errorf("agreeing and daysWithin must not be below 0, weightWithin between 0 and 1")
	}
	return nil
}
