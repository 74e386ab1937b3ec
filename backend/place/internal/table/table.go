// Package table is the layout of the embedded place table: how its generator writes it and how package place reads it.
//
// Columns of numbers, the first of each kind sorted: a look-up is a binary search. In the file sorted columns are differences
// and the whole is compressed; it opens in some tens of milliseconds and takes about 4 MB of memory.
package table

import (
	"math"
	"slices"
)

// Point is a place on earth, quantised to about 300 m; the zero value is unknown.
type Point uint32

// PointOf quantises degrees.
func PointOf(lat, lon float64) Point {
	return Point(uint32(math.Round((lat+90)/180*65534)+1)<<16 | uint32(math.Round((lon+180)/360*65534)+1))
}

// Degrees is the point in degrees; ok is false when it is unknown.
func (p Point) Degrees() (lat, lon float64, ok bool) {
	if p == 0 {
		return 0, 0, false
	}
	return float64(p>>16-1)/65534*180 - 90, float64(p&0xffff-1)/65534*360 - 180, true
}

// Zips are the US ZIP codes. Zone is an index into Table.Zones (0: not known), State one into States.
type Zips struct {
	Code, Point, Zone, State []uint32
}

// Cities are the keys of cities (see CityKey). Point and Zone are 0 where places of that name disagree.
type Cities struct {
	Key         []uint64
	Point, Zone []uint32
}

// Cells are runs of cells in one zone, along the curve of CellCode; a run ends where the next one begins. Border is 1
// where a border between zones runs through the cells.
type Cells struct {
	Code, Zone, Border []uint32
}

// Table is the whole table. Regions maps "US-GA" and "DE" to a zone where the region has but one.
type Table struct {
	Version string
	Zones   []string // Zones[0] is ""
	Regions map[string]string
	Zips    Zips
	Cities  Cities
	Cells   Cells
}

// Zip finds a ZIP code: its point, zone and state.
func (t *Table) Zip(code uint32) (p Point, zone string, state *State, ok bool) {
	i, ok := slices.BinarySearch(t.Zips.Code, code)
	if !ok {
		return 0, "", nil, false
	}
	return Point(t.Zips.Point[i]), t.Zones[t.Zips.Zone[i]], &States[t.Zips.State[i]], true
}

// City finds a city by its key.
func (t *Table) City(key uint64) (p Point, zone string, ok bool) {
	i, ok := slices.BinarySearch(t.Cities.Key, key)
	if !ok {
		return 0, "", false
	}
	return Point(t.Cities.Point[i]), t.Zones[t.Cities.Zone[i]], true
}

// At finds the zone at a point: "" on the open sea. nearBorder is true in a cell (about a mile wide in North America, five
// elsewhere) through which a border runs.
func (t *Table) At(lat, lon float64) (zone string, nearBorder bool) {
	i, exact := slices.BinarySearch(t.Cells.Code, CellCode(lat, lon))
	if !exact {
		i--
	}
	if i < 0 {
		return "", false
	}
	return t.Zones[t.Cells.Zone[i]], t.Cells.Border[i] != 0
}

// CellCode is the place of a point on the curve that visits the cells of a quadtree in order: the bits of its two
// coordinates, 16 each, taken in turns, latitude first. The cells of one square follow one another without a gap.
func CellCode(lat, lon float64) uint32 {
	return spread(lat, 180)<<1 | spread(lon, 360)
}

func spread(degrees, span float64) uint32 {
	x := uint32(min(max((degrees+span/2)/span*65536, 0), 65535))
	x = (x | x<<8) & 0x00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f
	x = (x | x<<2) & 0x33333333
	return (x | x<<1) & 0x55555555
}
