package watch

import (
	"math"

	"tracedesk/backend/freight"
)

// milesOfDegree is a degree of latitude on a sphere of the earth's mean radius, 3,958.8 miles.
const milesOfDegree = 69.0932

// A plane is the ground about a place as if it were flat: east and north in miles. Over 300 miles that is right to a
// percent, which is finer than roads are straight; one cosine serves all fixes that are held against the place.
type plane struct {
	lat, lon, shrink float64 // shrink: how much shorter a degree of longitude is
}

// planeAt is the ground about a stop; of two stops about the middle between them.
func planeAt(stop *freight.StopLine, middle float64) plane {
	return plane{stop.Lat, stop.Lon, math.Cos(middle * math.Pi / 180)}
}

// xy is a point in miles east and north of the plane's place, the short way round the earth.
func (p plane) xy(lat, lon float64) (x, y float64) {
	turn := lon - p.lon
	if turn > 180 {
		turn -= 360
	} else if turn < -180 {
		turn += 360
	}
	return turn * milesOfDegree * p.shrink, (lat - p.lat) * milesOfDegree
}

// squared is the squared distance in miles of a fix from the plane's place: most fixes are far from most stops, and need no
// root to say so.
func (p plane) squared(f *freight.Fix) float64 {
	x, y := p.xy(float64(f.Lat), float64(f.Lon))
	return x*x + y*y
}

// apart is the squared distance in miles between two fixes; shrink is that of a plane near them.
func apart(a, b *freight.Fix, shrink float64) float64 {
	x := float64(a.Lon-b.Lon) * milesOfDegree * shrink
	y := float64(a.Lat-b.Lat) * milesOfDegree
	return x*x + y*y
}

// fromSegment is the squared distance of a point from the straight line between the plane's place and another point, no
// further than its ends.
func fromSegment(x, y, toX, toY float64) float64 {
	along, length := x*toX+y*toY, toX*toX+toY*toY
	switch {
	case along <= 0 || length == 0:
		return x*x + y*y
	case along >= length:
		return (x-toX)*(x-toX) + (y-toY)*(y-toY)
	}
	across := x*toY - y*toX
	return across * across / length
}

// shrinkAt is how much shorter than a degree of latitude a degree of longitude is at a fix.
func shrinkAt(f *freight.Fix) float64 { return math.Cos(float64(f.Lat) * math.Pi / 180) }

// root is miles from squared miles.
func root(squared float64) float64 { return math.Sqrt(squared) }

// hasPoint reports whether it is known where a stop is.
func hasPoint(stop *freight.StopLine) bool { return stop.Lat != 0 || stop.Lon != 0 }

// How far from the point of a stop its gate may be where only its ZIP code or its town is known, in miles: a ZIP code of
// the United States covers 90 square miles on average, docks lie at the edge of towns.
const (
	zipMiles  = 8
	townMiles = 15
	yardMiles = 5 // a truck so near is still about the stop: scale, fuel, staging
)

// gateOf is how near to the point of a stop a truck is at its gate, in miles.
func gateOf(stop *freight.StopLine, gate float64) float64 {
	switch {
	case stop.Place.HasPoint():
		return gate
	case stop.Place.Postal != "":
		return max(gate, zipMiles)
	}
	return max(gate, townMiles)
}

// areaOf is how near to the point of a stop a truck is about the stop, in miles: beyond it has left, or not come yet.
func areaOf(stop *freight.StopLine, gate float64) float64 {
	return max(gateOf(stop, gate)+1, yardMiles)
}
