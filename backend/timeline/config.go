package timeline

import (
	"time"

	"tracedesk/backend/freight"
)

// Words of a trust order that stand for more or less than one source kind.
const (
	// AnyPlatform stands for project44, fourkites and macropoint alike.
	AnyPlatform freight.SourceKind = "platform"
	// UnverifiedPaper is what a document says before a person verified it; freight.Paper in an order means verified.
	UnverifiedPaper freight.SourceKind = "paper unverified"
)

// Trust is an order of source kinds, most trusted first; the kinds of one rank are trusted alike, and the later word wins.
// Kinds that are not listed come after all that are.
type Trust [][]freight.SourceKind

// Orders are the trust orders by group of facts.
type Orders struct {
	Actuals   Trust // arrived ... delivered
	Windows   Trust // appointments
	ETAs      Trust
	Plan      Trust // customer, carrier, mode, stops, pieces, cancelled
	Equipment Trust // driver, truck, trailer
}

// Config are the settings of the fold.
type Config struct {
	Orders
	// Customers holds the orders of single customers, by name as freight.NormalRef folds it. An order left empty is the general one.
	Customers     map[string]Orders
	TimeTolerance time.Duration // two times within it agree
	WeightShare   float64       // two weights within this share of the accepted one agree
}

// DefaultConfig is what ships.
func DefaultConfig() Config {
	return Config{
		Orders: Orders{
			Actuals: order(freight.User, freight.Paper, freight.ELD, freight.Facility, freight.DriverSrc, UnverifiedPaper,
				freight.Dispatcher, freight.CarrierSrc, AnyPlatform, freight.TMS, freight.Customer),
			Windows: order(freight.User, freight.Customer, freight.TMS, freight.Facility, freight.Dispatcher, freight.CarrierSrc, AnyPlatform),
			ETAs: Trust{{freight.User}, {freight.Dispatcher, freight.DriverSrc, freight.CarrierSrc}, {AnyPlatform, freight.ELD},
				{freight.TMS}, {freight.Customer}, {freight.Facility}},
			Plan: order(freight.User, freight.TMS, freight.Customer, freight.Facility, freight.Paper, freight.Dispatcher, freight.CarrierSrc, AnyPlatform),
			Equipment: order(freight.User, freight.DriverSrc, freight.Dispatcher, freight.CarrierSrc, freight.ELD, freight.Facility,
				AnyPlatform, freight.TMS),
		},
		TimeTolerance: 15 * time.Minute,
		WeightShare:   0.02,
	}
}

// order is a trust order with one kind a rank.
func order(kinds ...freight.SourceKind) Trust {
	t := make(Trust, len(kinds))
	for i := range kinds {
		t[i] = kinds[i : i+1]
	}
	return t
}

// rank is the place of a kind in the order, 0 the most trusted.
func (t Trust) rank(kind freight.SourceKind) int {
	platform := kind.Platform()
	for i, rank := range t {
		for _, k := range rank {
			if k == kind || platform && k == AnyPlatform {
				return i
			}
		}
	}
	return len(t)
}

// ordersFor are the orders that hold for a customer.
func (c *Config) ordersFor(customer string) Orders {
	orders := c.Orders
	if len(c.Customers) == 0 || customer == "" {
		return orders
	}
	own, ok := c.Customers[freight.NormalRef(customer)]
	if !ok {
		return orders
	}
	for _, o := range []struct{ to, from *Trust }{{&orders.Actuals, &own.Actuals}, {&orders.Windows, &own.Windows},
		{&orders.ETAs, &own.ETAs}, {&orders.Plan, &own.Plan}, {&orders.Equipment, &own.Equipment}} {
		if len(*o.from) > 0 {
			*o.to = *o.from
		}
	}
	return orders
}
