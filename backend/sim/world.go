// Package sim is a small freight world with a known truth, and the files its parties send: what a desk would receive, and
// what it ought to make of it. It writes its wire bytes itself, so that a misreading in one of our readers shows.
//
// Everything follows from a seed and an instant. All names are invented.
package sim

import (
	"fmt"
	"math/rand/v2"
	"time"

	"tracedesk/backend/freight"
)

// World is some days of freight around an instant: loads under way, loads done, loads to come.
type World struct {
	Seed       uint64
	Now        time.Time // the instant it was made around: 68 hours of pickups lie before it, 34 after
	Loads      []*Load
	Customers  []*Customer
	Carriers   []*Carrier
	Facilities []*Facility
	receivers  []*Facility
	reports    []report // of all loads, by the instant they are told
}

// Trait is what is particular about a load.
type Trait string

// Traits of loads.
const (
	Plain       Trait = ""
	Silent      Trait = "silent"      // nothing is heard after the first pickup until delivery, and that late
	NoPOD       Trait = "noPOD"       // delivered, and no paper comes
	CarrierOnly Trait = "carrierOnly" // the TMS never lists it; its carrier reports it
	Contradicts Trait = "contradicts" // the TMS says in transit for ever, the carrier says delivered
	Held        Trait = "held"        // hours lost on the road, and said so
	Moved       Trait = "moved"       // the last appointment was moved
	Cancelled   Trait = "cancelled"
	Warm        Trait = "warm" // a reefer above its range for some hours
)

// Load is the truth of one load: its plan and what really happens, past and to come.
type Load struct {
	Number, BOL, PO, PRO           string
	Customer                       *Customer
	Carrier                        *Carrier
	Equipment                      string
	Truck, Trailer                 string
	Driver, DriverPhone            string
	Reefer                         bool
	TempMinF, TempMaxF             int
	ValueUSD, Pieces, Pallets, LBs int
	Flags                          []string
	Stops                          []Stop
	Trait                          Trait
	Booked                         time.Time // when the TMS first knows it
	Dispatched                     time.Time // when truck and driver are named
	Paper                          time.Time // when the signed POD is sent; zero when never
	CancelledAt                    time.Time
	way                            []stretch
	heldFrom                       time.Time // begin of the hold
	hold                           time.Duration
	tmsLag                         time.Duration // how long after an event somebody types it into the TMS
	tmsTimes                       bool          // and whether with its time
}

// Stop is one stop with its plan and its truth.
type Stop struct {
	Seq           int
	Kind          string // pickup or delivery
	Facility      *Facility
	FCFS          bool
	Start, End    time.Time // the window now, or after MovedAt where that is set
	OriginalStart time.Time
	OriginalEnd   time.Time
	MovedAt       time.Time // when the window was moved; zero when never
	Arrived       time.Time
	Departed      time.Time
}

// Late reports whether the truck came after the window.
func (s *Stop) Late() bool { return s.Arrived.After(s.End) }

// Window is the window as it stands at an instant.
func (s *Stop) Window(at time.Time) (start, end time.Time) {
	if !s.MovedAt.IsZero() && at.Before(s.MovedAt) {
		return s.OriginalStart, s.OriginalEnd
	}
	return s.Start, s.End
}

func (s *Stop) location() *time.Location {
	loc, err := freight.Location(s.Facility.Zone)
	if err != nil {
		panic(err) // a test loads the zones of all towns
	}
	return loc
}

// Last is the last stop.
func (l *Load) Last() *Stop { return &l.Stops[len(l.Stops)-1] }

// Delivered is when the freight was handed over in full.
func (l *Load) Delivered() time.Time { return l.Last().Departed.Add(-10 * time.Minute) }

// State is where the load truly stands at an instant.
func (l *Load) State(at time.Time) freight.LoadState {
	switch {
	case !l.CancelledAt.IsZero() && !at.Before(l.CancelledAt):
		return freight.Cancelled
	case at.Before(l.Dispatched):
		return freight.Planned
	case !l.Paper.IsZero() && !at.Before(l.Paper):
		return freight.PapersIn
	case !at.Before(l.Delivered()):
		return freight.Delivered
	}
	state := freight.Dispatched
	for i := range l.Stops {
		s := &l.Stops[i]
		if at.Before(s.Arrived) {
			return state
		}
		if at.Before(s.Departed) {
			if s.Kind == "pickup" {
				return freight.AtPickup
			}
			return freight.AtDelivery
		}
		state = freight.InTransit
	}
	return state
}

// Where is the truck; ok is false before its first pickup and when the load is cancelled.
func (l *Load) Where(at time.Time) (lat, lon float64, ok bool) {
	if l.Trait == Cancelled || at.Before(l.Stops[0].Arrived) {
		return 0, 0, false
	}
	if lat, lon, ok = where(l.way, at); ok {
		return lat, lon, true
	}
	p := l.Stops[0].Facility
	return p.Lat, p.Lon, true
}

// New makes the world of a seed around an instant (to the minute), with some 400 loads.
func New(seed uint64, now time.Time) *World { return NewSized(seed, now, 400) }

// NewSized makes one of that many loads. The first loads of a world are the same at every size.
func NewSized(seed uint64, now time.Time, loads int) *World {
	w := &World{Seed: seed, Now: now.UTC().Truncate(time.Minute), Carriers: newCarriers()}
	w.newFacilities()
	for i := range loads {
		w.Loads = append(w.Loads, w.newLoad(i))
	}
	w.tell()
	return w
}

// newLoad books load number i and drives it.
func (w *World) newLoad(i int) *Load {
	r := rand.New(rand.NewPCG(w.Seed, uint64(i)))
	customer := w.Customers[i%len(w.Customers)]
	carrier := w.Carriers[r.IntN(len(w.Carriers))]
	l := &Load{Number: fmt.Sprint(104000 + i), BOL: fmt.Sprintf("BL%d", 7700200+i*3), PO: fmt.Sprintf("45%08d", r.IntN(1e8)),
		PRO: fmt.Sprint(880000000 + r.IntN(9e7)), Customer: customer, Carrier: carrier, Trait: trait(i, r),
		Equipment: "Van 53", Truck: fmt.Sprint(100 + r.IntN(900)), Trailer: fmt.Sprintf("%s%d", carrier.SCAC[:1], 10000+r.IntN(80000)),
		Driver: drivers[r.IntN(len(drivers))], DriverPhone: fmt.Sprintf("+1 %d-555-%04d", 201+r.IntN(700), 100+r.IntN(99)),
		ValueUSD: 8000 + r.IntN(60)*1000, Pieces: 200 + r.IntN(1600), Pallets: 10 + r.IntN(17), LBs: 18000 + r.IntN(26000)}
	if customer.Cold {
		l.Reefer, l.Equipment = true, "Reefer 53"
		l.TempMinF = []int{-10, 28, 34, 34}[r.IntN(4)]
		l.TempMaxF = l.TempMinF + 6
	} else if r.IntN(8) == 0 {
		l.Equipment = "Flatbed 48"
	}
	if l.Trait == Warm && !l.Reefer {
		l.Trait = Plain
	}
	if l.Trait == CarrierOnly {
		for n := 0; carrier.Voice != ByEDI || !carrier.namesLoad; n++ {
			carrier = w.Carriers[n]
		}
		l.Carrier = carrier
	}
	team := r.IntN(12) == 0
	if team {
		l.Flags = append(l.Flags, "team")
	}
	if r.IntN(15) == 0 {
		l.Flags, l.ValueUSD = append(l.Flags, "high_value"), 150000+r.IntN(200)*1000
	}
	if customer.Tenders {
		l.Flags = append(l.Flags, "key_account")
	}
	w.plan(l, r, team)
	return l
}

// trait deals the particular loads out evenly enough that each kind is among any hundred.
func trait(i int, r *rand.Rand) Trait {
	switch n := (i*37 + r.IntN(3)) % 100; {
	case n < 5:
		return Silent
	case n < 12:
		return NoPOD
	case n < 14:
		return CarrierOnly
	case n < 18:
		return Contradicts
	case n < 27:
		return Held
	case n < 33:
		return Moved
	case n < 35:
		return Cancelled
	case n < 39:
		return Warm
	}
	return Plain
}
