package freight

import "strings"

// Place is where something is, as far as its source said. Lat and Lon are degrees; both zero means unknown
// (no freight moves at 0,0). Zone is an IANA name when the source gave one.
type Place struct {
	Facility string  `cbor:"1,keyasint,omitempty"`
	Address  string  `cbor:"2,keyasint,omitempty"`
	City     string  `cbor:"3,keyasint,omitempty"`
	State    string  `cbor:"4,keyasint,omitempty"`
	Postal   string  `cbor:"5,keyasint,omitempty"`
	Country  string  `cbor:"6,keyasint,omitempty"`
	Lat      float64 `cbor:"7,keyasint,omitempty"`
	Lon      float64 `cbor:"8,keyasint,omitempty"`
	Zone     string  `cbor:"9,keyasint,omitempty"`
}

// IsZero reports whether nothing is known of the place.
func (p Place) IsZero() bool { return p == Place{} }

// HasPoint reports whether coordinates are known.
func (p Place) HasPoint() bool { return p.Lat != 0 || p.Lon != 0 }

// City and state as people write them: "Dallas, TX".
func (p Place) CityState() string {
	return joinNonEmpty(", ", p.City, p.State)
}

// String is the shortest text that tells a person where it is.
func (p Place) String() string {
	if s := p.CityState(); s != "" {
		return joinNonEmpty(" · ", p.Facility, s)
	}
	return joinNonEmpty(" · ", p.Facility, p.Address, p.Postal, p.Country)
}

func joinNonEmpty(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// Resolver places a place: its time zone and its coordinates, and how each was found. It is pure (embedded tables);
// Version changes when an answer may change, and is part of a projection's version.
type Resolver interface {
	// Zone is an IANA name, "" when it cannot be told. how: "stated", "coordinates", "postal", "city", "state", "country".
	Zone(Place) (zone, how string)
	// Point is the best coordinates, ok=false when they cannot be told. how as above.
	Point(Place) (lat, lon float64, how string, ok bool)
	Version() string
}
