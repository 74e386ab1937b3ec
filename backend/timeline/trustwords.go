package timeline

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// TrustKinds are all words that an order of trust may hold.
func TrustKinds() []freight.SourceKind { return slices.Clone(trustKinds[:]) }

var trustKinds = [...]freight.SourceKind{freight.User, freight.Paper, UnverifiedPaper, freight.ELD, freight.Facility, freight.DriverSrc, freight.Dispatcher,
	freight.CarrierSrc, AnyPlatform, freight.Project44, freight.FourKites, freight.MacroPoint, freight.TMS, freight.Customer, freight.Rule}

// String is the order as a setting keeps it: "user > driver, dispatcher > tms".
func (t Trust) String() string {
	ranks := make([]string, len(t))
	for i, rank := range t {
		kinds := make([]string, len(rank))
		for j, k := range rank {
			kinds[j] = string(k)
		}
		ranks[i] = strings.Join(kinds, ", ")
	}
	return strings.Join(ranks, " > ")
}

// ParseTrust reads what String wrote. It is refused with a plain sentence when it names a kind twice, or one that there is
// not, or believes anybody as much as a person of the desk: that person's word could settle nothing then.
func ParseTrust(s string) (Trust, error) {
	var out Trust
	had := map[freight.SourceKind]bool{}
	for rank := range strings.SplitSeq(s, ">") {
		var kinds []freight.SourceKind
		for word := range strings.SplitSeq(rank, ",") {
			k := freight.SourceKind(strings.ToLower(strings.TrimSpace(word)))
			switch {
			case !slices.Contains(trustKinds[:], k):
				return nil, fmt.Errorf("%q is no kind of source", strings.TrimSpace(word))
			case had[k]:
				return nil, fmt.Errorf("%s stands in the order twice", k)
			}
			had[k] = true
			kinds = append(kinds, k)
		}
		out = append(out, kinds)
	}
	if len(out[0]) != 1 || out[0][0] != freight.User {
		return nil, errors.New("an order begins with user alone: what a person of the desk settles must count")
	}
	return out, nil
}

// TrustGroup is a group of facts with an order of trust of its own.
type TrustGroup struct {
	Key, Name string
	of        func(*Orders) *Trust
}

var trustGroups = [...]TrustGroup{
	{"actuals", "What happened at a stop", func(o *Orders) *Trust { return &o.Actuals }},
	{"windows", "Appointments", func(o *Orders) *Trust { return &o.Windows }},
	{"etas", "Expected arrivals", func(o *Orders) *Trust { return &o.ETAs }},
	{"plan", "Customer, carrier, stops, pieces", func(o *Orders) *Trust { return &o.Plan }},
	{"equipment", "Driver, truck, trailer", func(o *Orders) *Trust { return &o.Equipment }},
}

// TrustGroups are all groups, in the order of lists.
func TrustGroups() []TrustGroup { return slices.Clone(trustGroups[:]) }

// Of is the order of the group among some orders, to read and to set.
func (g TrustGroup) Of(o *Orders) *Trust { return g.of(o) }

// OrdersFor are the orders that hold for a customer's loads.
func (c *Config) OrdersFor(customer string) Orders { return c.ordersFor(customer) }

// Rank is the place of a kind of source in the order, 0 the most trusted; kinds that are not listed come after all that are.
func (t Trust) Rank(kind freight.SourceKind) int { return t.rank(kind) }
