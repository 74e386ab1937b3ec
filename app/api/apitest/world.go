// Package apitest is a small desk in memory, for tests of the handlers and for looking at the screens without a store.
// It is seeded: the same seed gives the same loads. No product code may import it.
package apitest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"tracedesk/backend/desk/board"
	"tracedesk/backend/freight"
)

// Now is the clock of the desk in memory.
var Now = time.Date(2026, 11, 23, 20, 30, 0, 0, time.UTC)

type city struct{ name, zone string }

var cities = []city{
	{"Dallas, TX", "America/Chicago"}, {"Phoenix, AZ", "America/Phoenix"}, {"Denver, CO", "America/Denver"},
	{"Atlanta, GA", "America/New_York"}, {"Memphis, TN", "America/Chicago"}, {"Los Angeles, CA", "America/Los_Angeles"},
	{"Columbus, OH", "America/New_York"}, {"Laredo, TX", "America/Chicago"}, {"Monterrey, NL", "America/Monterrey"},
	{"Kansas City, MO", "America/Chicago"}, {"Salt Lake City, UT", "America/Denver"}, {"St. John's, NL", "America/St_Johns"},
}

var (
	customers = []string{"Acme Foods", "Łódź Glass", "Northwind Paper", "Blue Harbor Seafood Company of New England", "Ridge Hardware", "Contoso"}
	carriers  = []string{"Swift Valley Lines", "J&R Haulage", "Prairie Express", "Müller Trucking", "Gulf Coast Intermodal LLC", "Ace Freight"}
	tellers   = []string{"project44", "tms", "carrier/SWVL", "fourkites", "driver", "macropoint"}
)

type reason struct {
	level freight.Level
	rule  string
	why   string
}

var reasons = []reason{
	{freight.ActNow, "delay.appointment", "Appointment ended 35 m ago; no arrival from any source."},
	{freight.ActNow, "delay.appointment", "ETA Tue 16:10 CST is 1 h 10 m after the window closes."},
	{freight.AtRisk, "delay.slack", "ETA leaves 12 m before the window closes."},
	{freight.Verify, "signal.lost", "No news for 4 h 20 m in transit; limit is 2 h."},
	{freight.Verify, "source.disagree", "Carrier says delivered 13:05; TMS still in transit."},
	{freight.Waiting, "papers.pod", "Delivered yesterday, POD not here; carrier has until Wed 12:00."},
	{freight.OnPlan, "", "Next: pickup window opens in 3 h."},
	{freight.OnPlan, "", "Next: delivery window opens in 5 h; ETA is 40 m early."},
	{freight.DoneDay, "", "Delivered on time, POD verified."},
}

func makeRow(rng *rand.Rand, n int) board.Row {
	from, to := cities[rng.IntN(len(cities))], cities[rng.IntN(len(cities))]
	why := pickReason(rng)
	state := stateFor(rng, why)
	row := board.Row{
		ID: fmt.Sprintf("%032x", n+1), Load: fmt.Sprintf("L%d", 480100+n), Customer: customers[rng.IntN(len(customers))],
		Carrier: carriers[rng.IntN(len(carriers))], Mode: "FTL", State: state, Tracking: freight.TrackTracking,
		Origin: from.name, Dest: to.name, Stops: 2 + rng.IntN(2),
		Refs:     freight.List[board.Ref]{{Type: freight.RefBOL, Value: fmt.Sprint(7700000 + n*13)}, {Type: freight.RefPRO, Value: fmt.Sprintf("%09d", 4410000+n*7)}},
		Papers:   board.Papers{POP: freight.PaperReceived, POD: freight.PaperMissing},
		OneSided: n%97 == 5,
	}
	due := Now.Add(time.Duration(rng.IntN(600)-200) * time.Minute)
	minutes := int(due.Sub(Now).Minutes())
	row.Attention = board.Attention{Level: why.level, Minutes: &minutes, Due: &due, Why: why.why, Rule: why.rule}
	row.LastNews = &board.News{At: Now.Add(-time.Duration(rng.IntN(400)) * time.Minute), Source: tellers[rng.IntN(len(tellers))], Text: "Position near " + from.name}
	if n%23 == 7 {
		row.LastNews = nil
	}
	nextStop(rng, &row, from, to)
	return row
}

func nextStop(rng *rand.Rand, row *board.Row, from, to city) {
	place, kind, seq := to, "delivery", row.Stops
	if row.State == freight.Planned || row.State == freight.AtPickup || row.State == freight.Dispatched {
		place, kind, seq = from, "pickup", 1
	}
	if row.State.Done() {
		row.Papers.POD = []freight.PaperState{freight.PaperMissing, freight.PaperReceived, freight.PaperVerified}[rng.IntN(3)]
		return
	}
	start := Now.Add(time.Duration(rng.IntN(2000)-400) * time.Minute).Truncate(30 * time.Minute)
	end := start.Add(2 * time.Hour)
	eta := end.Add(time.Duration(rng.IntN(240)-180) * time.Minute)
	row.NextStop = &board.NextStop{Seq: seq, Kind: kind, Place: place.name, Zone: place.zone, Window: &board.Window{Start: &start, End: &end}, ETA: &eta, ETABy: "project44"}
	if rng.IntN(9) == 0 {
		row.NextStop.Window, row.NextStop.ETA, row.NextStop.ETABy = nil, nil, ""
	}
}

func pickReason(rng *rand.Rand) reason {
	if rng.IntN(10) < 6 {
		return reasons[6+rng.IntN(3)]
	}
	return reasons[rng.IntN(6)]
}

func stateFor(rng *rand.Rand, why reason) freight.LoadState {
	switch {
	case why.level == freight.DoneDay:
		return freight.PapersIn
	case why.rule == "papers.pod":
		return freight.Delivered
	case why.level == freight.OnPlan && rng.IntN(2) == 0:
		return freight.Planned
	}
	return []freight.LoadState{freight.InTransit, freight.AtPickup, freight.AtDelivery, freight.Loaded, freight.Dispatched}[rng.IntN(5)]
}
