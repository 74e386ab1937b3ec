// Package place tells where freight is: the time zone and the coordinates of a place, from what a source said of it,
// offline, by tables that are part of the program (see data/README.md).
//
// It never guesses. A town that is not on file, in a state with two clocks, has no zone here; nor has one whose name
// stands for several towns that disagree.
package place

import (
	_ "embed"
	"math"
	"sync"
	_ "time/tzdata" // Windows has no zone files

	"tracedesk/backend/freight"
	"tracedesk/backend/place/internal/table"
)

//go:generate go run ./internal/gen -out data/places.bin

//go:embed data/places.bin
var packed []byte

var open = sync.OnceValue(func() *table.Table {
	t, err := table.Open(packed)
	if err != nil {
		panic(err) // the table is part of the program: a test opens it
	}
	return t
})

// Resolver places places. It only reads, so it is safe for concurrent use.
type Resolver struct{ table *table.Table }

var _ freight.Resolver = (*Resolver)(nil)

// New opens the embedded tables.
func New() *Resolver { return &Resolver{open()} }

// Version changes when an answer may change.
func (r *Resolver) Version() string { return "place.2 " + r.table.Version }

// Zone is the IANA zone of a place, and how it was found: "stated", "coordinates", "postal", "city", "state", "country"; both
// are empty when it cannot be told. A stated zone may be an IANA name, "UTC-06:00", or a word of the trade
// ("CST", "Central"): a word is made precise by the place where the two agree ("MST" in Phoenix is America/Phoenix).
// Coordinates within about a mile of a border between zones give way to the postal code and the city, if these are known.
func (r *Resolver) Zone(p freight.Place) (zone, how string) {
	if p.Zone != "" {
		if zone := stated(p.Zone); zone != "" {
			return zone, "stated"
		}
		if word := spoken(p.Zone); word != "" {
			found, _ := r.located(p)
			return precise(word, found), "stated"
		}
	}
	return r.located(p)
}

func (r *Resolver) located(p freight.Place) (zone, how string) {
	byPoint, near := "", false
	if usable(p) {
		if byPoint, near = r.table.At(p.Lat, p.Lon); byPoint != "" && !near {
			return byPoint, "coordinates"
		}
	}
	fits := func(point table.Point) bool { // what is far from the coordinates is no evidence beside them
		return byPoint == "" || apart(point, table.PointOf(p.Lat, p.Lon)) < nearby
	}
	w := read(p)
	if point, zone, ok := r.zip(w); ok && zone != "" && fits(point) {
		return zone, "postal"
	}
	if zone := postalZone(w); zone != "" && byPoint == "" {
		return zone, "postal"
	}
	if point, zone, ok := r.city(&w); ok && zone != "" && fits(point) {
		return zone, "city"
	}
	if byPoint != "" {
		return byPoint, "coordinates"
	}
	if w.state != nil {
		return said(r.table.Regions[w.state.Country+"-"+w.state.Code], "state")
	}
	return said(r.table.Regions[w.country], "country")
}

func said(zone, how string) (string, string) {
	if zone == "" {
		return "", ""
	}
	return zone, how
}

// Point is the best coordinates of a place: its own, else the middle of its ZIP code, else that of its city (both to within a
// quarter of a mile of what the tables' source has).
func (r *Resolver) Point(p freight.Place) (lat, lon float64, how string, ok bool) {
	if usable(p) {
		return p.Lat, p.Lon, "coordinates", true
	}
	w := read(p)
	if point, _, known := r.zip(w); known {
		if lat, lon, ok = point.Degrees(); ok {
			return lat, lon, "postal", true
		}
	}
	if point, _, known := r.city(&w); known {
		if lat, lon, ok = point.Degrees(); ok {
			return lat, lon, "city", true
		}
	}
	return 0, 0, "", false
}

// usable reports whether the place has coordinates that exist on earth.
func usable(p freight.Place) bool {
	return p.HasPoint() && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// Miles is the great-circle distance in statute miles on a sphere of the earth's mean radius. Road miles are longer: in
// the United States by a fifth on average.
func Miles(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, deg = 3958.7613, math.Pi / 180
	dLat, dLon := math.Sin((lat2-lat1)*deg/2), math.Sin((lon2-lon1)*deg/2)
	a := dLat*dLat + math.Cos(lat1*deg)*math.Cos(lat2*deg)*dLon*dLon
	return 2 * radius * math.Asin(math.Sqrt(min(a, 1)))
}
