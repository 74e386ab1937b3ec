package timeline

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/freight"
)

// The words of the tests: short ways to say what a source says.

var (
	tms      = freight.Source{Kind: freight.TMS, Account: "tms"}
	carrier  = freight.Source{Kind: freight.CarrierSrc, Account: "ABCD"}
	driver   = freight.Source{Kind: freight.DriverSrc, Account: "Lee"}
	p44      = freight.Source{Kind: freight.Project44, Account: "p44"}
	kites    = freight.Source{Kind: freight.FourKites, Account: "fk"}
	user     = freight.Source{Kind: freight.User, Account: "ann"}
	customer = freight.Source{Kind: freight.Customer, Account: "acme"}
	paper    = freight.Source{Kind: freight.Paper, Account: "scan"}
)

// gazetteer is a resolver of a few cities.
type gazetteer struct{}

var cities = map[string]struct {
	zone     string
	lat, lon float64
}{
	"DALLAS":  {"America/Chicago", 32.78, -96.80},
	"DENVER":  {"America/Denver", 39.74, -104.99},
	"PHOENIX": {"America/Phoenix", 33.45, -112.07},
	"ATLANTA": {"America/New_York", 33.75, -84.39},
	"CHICAGO": {"America/Chicago", 41.88, -87.63},
}

func (gazetteer) Zone(p freight.Place) (zone, how string) {
	if p.Zone != "" {
		return p.Zone, "stated"
	}
	if c, ok := cities[strings.ToUpper(p.City)]; ok {
		return c.zone, "city"
	}
	return "", ""
}

func (gazetteer) Point(p freight.Place) (lat, lon float64, how string, ok bool) {
	c, ok := cities[strings.ToUpper(p.City)]
	return c.lat, c.lon, "city", ok
}

func (gazetteer) Version() string { return "test" }

// clockAt is Monday 23 November 2026 in UTC, hour and minute.
func clockAt(hour, minute int) time.Time {
	return time.Date(2026, 11, 23, hour, minute, 0, 0, time.UTC)
}

// says is an observation stated and received at one instant.
func says(source freight.Source, at time.Time, claims ...freight.Claim) freight.Observation {
	o := freight.Observation{Source: source, StatedAt: at, ReceivedAt: at, Claims: claims, Snapshot: true,
		Names: []freight.Reference{{Type: freight.RefLoad, Value: "L1"}}}
	if source.Kind != freight.TMS {
		o.Names = []freight.Reference{{Type: freight.RefPRO, Value: "PRO" + source.Account}}
	}
	o.ID = o.Identify()
	return o
}

func city(name, state string) freight.Place { return freight.Place{City: name, State: state} }

func stopIs(seq int, kind string, place freight.Place) []freight.Claim {
	return []freight.Claim{
		{Subject: freight.Stop(seq), Fact: freight.FactStopKind, Value: freight.Value{Text: kind}},
		{Subject: freight.Stop(seq), Fact: freight.FactPlace, Value: freight.Value{Place: place}},
	}
}

func window(seq int, start, end freight.When) freight.Claim {
	return freight.Claim{Subject: freight.Stop(seq), Fact: freight.FactWindow, Value: freight.Value{Start: start, End: end, Type: "appointment"}}
}

func happened(seq int, fact freight.Fact, at freight.When) freight.Claim {
	return freight.Claim{Subject: freight.Stop(seq), Fact: fact, At: at}
}

func sided(side freight.Side, place freight.Place, fact freight.Fact, at freight.When) freight.Claim {
	return freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: side, Place: place}}, Fact: fact, At: at}
}

func told(fact freight.Fact, typ, text string) freight.Claim {
	return freight.Claim{Fact: fact, Value: freight.Value{Type: typ, Text: text}}
}

func wall(day, hour, minute int) freight.When {
	return freight.Wall(2026, 11, day, hour, minute, 0)
}

func instant(hour, minute int) freight.When { return freight.At(clockAt(hour, minute)) }

// plan is a load from Dallas to Denver as a TMS tells it, on Monday 23 November 2026 at midnight UTC.
func plan() freight.Observation {
	claims := append(stopIs(1, "pickup", city("Dallas", "TX")), stopIs(2, "delivery", city("Denver", "CO"))...)
	claims = append(claims, window(1, wall(23, 8, 0), wall(23, 10, 0)), window(2, wall(24, 8, 0), wall(24, 12, 0)),
		told(freight.FactCustomer, "", "Acme"), told(freight.FactCarrier, "", "ABC Trucking"))
	return says(tms, clockAt(0, 0), claims...)
}

// twoDeliveries is a load from Dallas to Denver and Phoenix.
func twoDeliveries() freight.Observation {
	claims := append(stopIs(1, "pickup", city("Dallas", "TX")), stopIs(2, "delivery", city("Denver", "CO"))...)
	return says(tms, clockAt(0, 0), append(claims, stopIs(3, "delivery", city("Phoenix", "AZ"))...)...)
}

func fold(obs ...freight.Observation) freight.Timeline {
	return Fold(obs, gazetteer{}, DefaultConfig())
}

func wantTime(t *testing.T, what string, got time.Time, want string) {
	t.Helper()
	if s := got.Format(time.RFC3339); s != want {
		t.Errorf("%s = %s, want %s", what, s, want)
	}
}

func wantNone(t *testing.T, what string, got *freight.KnownTime) {
	t.Helper()
	if got != nil {
		t.Errorf("%s = %+v, want none", what, *got)
	}
}
