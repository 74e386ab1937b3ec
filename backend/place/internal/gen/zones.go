package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/ringsaturn/tzf"

	"tracedesk/backend/place/internal/table"
)

// zones finds zones by the polygons of timezone-boundary-builder and numbers them.
type zones struct {
	finder tzf.F
	names  []string
	number map[string]uint32
	same   map[uint32]string // zone -> what its clock does in the years that matter
}

func openZones() (*zones, error) {
	finder, err := tzf.NewDefaultFinder()
	if err != nil {
		return nil, err
	}
	return &zones{finder: finder, names: []string{""}, number: map[string]uint32{"": 0}, same: map[uint32]string{}}, nil
}

// at is the number of the zone at a point; 0 on the open sea (Etc/...).
func (z *zones) at(lat, lon float64) uint32 {
	name := z.finder.GetTimezoneName(lon, lat)
	if strings.HasPrefix(name, "Etc/") {
		name = ""
	}
	n, ok := z.number[name]
	if !ok {
		n = uint32(len(z.names))
		z.number[name], z.names = n, append(z.names, name)
	}
	return n
}

// near is the zone at a place; for one that lies off the drawn coast, the zone of the nearest land within about 30 miles.
func (z *zones) near(lat, lon float64) uint32 {
	for reach := 0.0; reach < 0.5; reach += 0.02 {
		for turn := 0.0; turn < 2*math.Pi; turn += math.Pi / 8 {
			if n := z.at(lat+reach*math.Sin(turn), lon+reach*math.Cos(turn)); n != 0 {
				return n
			}
		}
	}
	return 0
}

// ofPost is the zone of a ZIP code: that of the town it is named for, where its people are, when that lies near; else the one
// at the ZIP code's own middle, which may be in the woods beyond a border.
func (z *zones) ofPost(p zip, c table.Cities) uint32 {
	i, ok := slices.BinarySearch(c.Key, table.CityKey(p.city, table.States[p.state].Code, "US"))
	if ok && c.Zone[i] != 0 {
		lat, lon, known := table.Point(c.Point[i]).Degrees()
		if known && miles(lat, lon, p.lat, p.lon) < 25 {
			return c.Zone[i]
		}
	}
	return z.near(p.lat, p.lon)
}

// clock describes what the clock of a zone does from 2024 to 2037: zones with one clock are as good as one.
func (z *zones) clock(n uint32) string {
	if s, ok := z.same[n]; ok {
		return s
	}
	loc, err := time.LoadLocation(z.names[n])
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	last := -1
	for t := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() < 2037; t = t.Add(6 * time.Hour) {
		if _, off := t.In(loc).Zone(); off != last {
			fmt.Fprint(&b, t.Unix(), off, ";")
			last = off
		}
	}
	z.same[n] = b.String()
	return z.same[n]
}

// agree is the one zone of all places, or that of the largest when their clocks are the same; 0 when they differ.
func (z *zones) agree(places []populated) uint32 {
	best := places[0]
	for _, p := range places {
		if p.zone == 0 || z.clock(p.zone) != z.clock(best.zone) {
			return 0
		}
		if p.people > best.people {
			best = p
		}
	}
	return best.zone
}

// cities gives each name in a state, and each name in a country, its zone and point. Several places of one name count
// as one when they lie within 25 miles or one of them is twenty times the next; else the zone is kept where all have
// the same clock, and the point is not known. In an American state the places to which mail is addressed go before others.
func (z *zones) cities(places []populated) table.Cities {
	groups := map[uint64][]populated{}
	spelled := map[uint64]string{}
	add := func(p populated, state string) {
		key := table.CityKey(p.name, state, p.country)
		full := string(table.Fold(nil, p.name)) + "|" + state + "|" + p.country
		if was, ok := spelled[key]; ok && was != full {
			panic("two cities have one key: " + was + ", " + full)
		}
		spelled[key] = full
		groups[key] = append(groups[key], p)
	}
	for _, p := range places {
		add(p, "")
		if p.state != "" {
			add(p, p.state)
		}
	}
	var c table.Cities
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		group := addressed(groups[key])
		point, zone := table.Point(0), z.agree(group)
		if chosen, ok := leader(group); ok {
			point, zone = table.PointOf(chosen.lat, chosen.lon), chosen.zone
		}
		if point != 0 || zone != 0 {
			c.Key, c.Point, c.Zone = append(c.Key, key), append(c.Point, uint32(point)), append(c.Zone, zone)
		}
	}
	return c
}

// addressed are the places to which mail is addressed, or all when there are none such.
func addressed(group []populated) []populated {
	kept := slices.DeleteFunc(slices.Clone(group), func(p populated) bool { return !p.post })
	if len(kept) == 0 {
		return group
	}
	return kept
}

func leader(group []populated) (populated, bool) {
	best, rest := group[0], 0
	for _, p := range group[1:] {
		if p.people > best.people {
			best = p
		}
	}
	for _, p := range group {
		if miles(p.lat, p.lon, best.lat, best.lon) > 25 {
			rest = max(rest, p.people, 100)
		}
	}
	return best, rest == 0 || best.people >= 20*rest
}

// regions are the states and countries with one clock. A country's tiny exceptions (under one in two hundred people) do
// not count; a state's do, but for Arizona, whose Navajo lands go by another clock.
func (z *zones) regions(places []populated) map[string]string {
	groups := map[string][]populated{}
	for _, p := range places {
		groups[p.country] = append(groups[p.country], p)
		if p.state != "" && p.state != "AZ" {
			groups[p.country+"-"+p.state] = append(groups[p.country+"-"+p.state], p)
		}
	}
	regions := map[string]string{"US-AZ": "America/Phoenix"}
	for region, group := range groups {
		if !strings.Contains(region, "-") {
			group = z.mostPeople(group)
		}
		if zone := z.agree(group); zone != 0 {
			regions[region] = z.names[zone]
		}
	}
	return regions
}

func (z *zones) mostPeople(group []populated) []populated {
	byZone, all := map[uint32]int{}, 0
	for _, p := range group {
		byZone[p.zone] += p.people
		all += p.people
	}
	var kept []populated
	for _, p := range group {
		if byZone[p.zone]*200 >= all {
			kept = append(kept, p)
		}
	}
	return kept
}

// Depths of the quadtree: every square is looked into down to coarse; then only those through which a border runs, down
// to fine (about a mile) in North America and to middling (about five miles) elsewhere.
const coarse, middling, fine = 10, 12, 14

// grid is the zones of the earth as runs of cells along the curve of table.CellCode.
func (z *zones) grid() table.Cells {
	var c table.Cells
	add := func(code, zone, border uint32) {
		if n := len(c.Code) - 1; n < 0 || c.Zone[n] != zone || c.Border[n] != border {
			c.Code, c.Zone, c.Border = append(c.Code, code), append(c.Zone, zone), append(c.Border, border)
		}
	}
	var visit func(depth int, x, y int)
	visit = func(depth int, x, y int) {
		side := 1 << (16 - depth)
		west, south := float64(x*side)/65536*360-180, float64(y*side)/65536*180-90
		wide, high := float64(side)/65536*360, float64(side)/65536*180
		if depth >= coarse {
			zone, border := z.sample(west, south, wide, high)
			deepest := middling
			if west > -172 && west < -50 && south > 14 && south < 72 {
				deepest = fine
			}
			if border == 0 || depth >= deepest {
				add(table.CellCode(south+high/1e4, west+wide/1e4), zone, border)
				return
			}
		}
		for i := range 4 { // the order of the curve: longitude turns first
			visit(depth+1, 2*x+i&1, 2*y+i>>1)
		}
	}
	visit(0, 0, 0)
	return c
}

// sample looks at a square: the zone at its middle (of the nearest land where the middle is sea), and whether there is
// another one in it.
func (z *zones) sample(west, south, wide, high float64) (zone, border uint32) {
	for i := range 25 {
		at := z.at(south+high*float64((i/5*2+2)%5)/4.001, west+wide*float64((i*2+2)%5)/4.001)
		switch {
		case at == 0 || at == zone:
		case zone == 0:
			zone = at
		default:
			border = 1
		}
	}
	return zone, border
}
