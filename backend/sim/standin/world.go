// Package standin is the simulated world as visibility platforms tell it, and what their stand-ins have in common: the gate
// that counts and logs every request, faults on demand, limits, callbacks, and a transport that needs no socket.
//
// The stand-ins below it (project44, fourkites, macropoint) are written from the vendors' documents alone. They share no type
// with our connectors, so that a misreading on one side does not cancel out on the other.
package standin

import (
	"fmt"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/sim"
)

// System names a platform.
type System string

// The platforms.
const (
	Project44  System = "project44"
	FourKites  System = "fourkites"
	MacroPoint System = "macropoint"
)

// systems in the order in which customers are dealt to them.
var systems = []System{Project44, FourKites, MacroPoint}

// World is a number of loads over some hours, each with what a platform learns of it and when.
type World struct {
	Seed       uint64
	Start, End time.Time
	Step       time.Duration // news becomes readable at multiples of this, so that a poll repeated within a step sees the same
	Loads      []*Load
	sim        *sim.World
	customers  []string
}

// Load is a load as its shipper shared it, and all that happens to it, past and to come.
type Load struct {
	Number, BOL, PO, PRO          string
	Customer, BillTo              string
	Carrier, SCAC, MC, DOT        string
	Truck, Trailer, Driver, Phone string
	System                        System // where its customer's loads live
	Booked, Dispatched, Cancelled time.Time
	Stops                         []Stop
	Course                        Course
	Facts                         []Fact        // by Told, then At
	Paper                         time.Time     // when the signed POD is there; zero when never
	Proof                         func() []byte // its bytes, a PDF; nil when there is none
}

// Stop is one stop with the first window that was promised.
type Stop struct {
	Seq                                         int
	Kind                                        string // pickup or delivery
	Name, Address, City, State, Postal, Country string
	Lat, Lon                                    float64
	Zone                                        string // IANA
	Start, End                                  time.Time
}

// Location is the stop's zone.
func (s *Stop) Location() *time.Location {
	loc, err := freight.Location(s.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// NewWorld makes the world of a seed that lives from start for some hours. The same arguments give the same facts for every
// platform. News becomes readable every 15 minutes.
func NewWorld(seed uint64, start time.Time, loads, hours int) *World {
	start = start.UTC().Truncate(15 * time.Minute)
	lasts := time.Duration(hours) * time.Hour
	w := &World{Seed: seed, Start: start, End: start.Add(lasts), Step: 15 * time.Minute, sim: sim.NewSized(seed, start.Add(lasts/2), loads)}
	system, bill := map[string]System{}, map[string]string{}
	for i, c := range w.sim.Customers {
		system[c.Name], bill[c.Name] = systems[i%len(systems)], fmt.Sprintf("BT%02d", i+1)
		w.customers = append(w.customers, c.Name)
	}
	for i, l := range w.sim.Loads {
		load := shared(l)
		load.System, load.BillTo = system[load.Customer], bill[load.Customer]
		w.tell(load, l, i)
		w.Loads = append(w.Loads, load)
	}
	return w
}

// shared is the load as its shipper gives it away.
func shared(l *sim.Load) *Load {
	load := &Load{Number: l.Number, BOL: l.BOL, PO: l.PO, PRO: l.PRO, Customer: l.Customer.Name,
		Carrier: l.Carrier.Name, SCAC: l.Carrier.SCAC, MC: l.Carrier.MC, DOT: l.Carrier.DOT,
		Truck: l.Truck, Trailer: l.Trailer, Driver: l.Driver, Phone: l.DriverPhone, Booked: l.Booked, Dispatched: l.Dispatched, Cancelled: l.CancelledAt}
	if !l.Paper.IsZero() {
		load.Paper, load.Proof = l.Paper, func() []byte { return l.POD().Bytes }
	}
	for i := range l.Stops {
		s := &l.Stops[i]
		f := s.Facility
		load.Stops = append(load.Stops, Stop{Seq: s.Seq, Kind: s.Kind, Name: f.Name, Address: f.Address, City: f.City, State: f.State, Postal: f.Postal,
			Country: f.Country, Lat: f.Lat, Lon: f.Lon, Zone: f.Zone, Start: s.OriginalStart, End: s.OriginalEnd})
	}
	return load
}

// Of are the loads of the customers that a platform serves.
func (w *World) Of(s System) []*Load {
	var list []*Load
	for _, l := range w.Loads {
		if l.System == s {
			list = append(list, l)
		}
	}
	return list
}

// Customers are those that a platform serves, and their bill-to codes.
func (w *World) Customers(s System) (names, billTo []string) {
	for i, name := range w.customers {
		if systems[i%len(systems)] == s {
			names, billTo = append(names, name), append(billTo, fmt.Sprintf("BT%02d", i+1))
		}
	}
	return names, billTo
}

// TMS is the TMS's list of loads at an instant, as a loads sheet of the desk's own form.
func (w *World) TMS(at time.Time) []byte { return w.sim.LoadsSheet(at) }

// Files are the sheets that a desk gets first: facilities and carriers, then the TMS's list of loads at an instant.
func (w *World) Files(at time.Time) []sim.File {
	return []sim.File{
		{Name: "facilities.csv", At: at, Bytes: w.sim.FacilitiesSheet()},
		{Name: "carriers.csv", At: at, Bytes: w.sim.CarriersSheet()},
		{Name: "TMS loads " + at.Format("20060102_1504") + ".csv", At: at, Kind: freight.LoadsFile, Bytes: w.TMS(at)},
	}
}

// Known are the facts that a platform has learned by an instant.
func (l *Load) Known(at time.Time) []Fact {
	n, _ := slices.BinarySearchFunc(l.Facts, at, func(f Fact, at time.Time) int {
		if f.Told.After(at) {
			return 1
		}
		return -1
	})
	return l.Facts[:n]
}

// Stop is stop number seq, nil when there is none.
func (l *Load) Stop(seq int) *Stop {
	if seq < 1 || seq > len(l.Stops) {
		return nil
	}
	return &l.Stops[seq-1]
}
