package ledger

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tracedesk/backend/freight"
)

func hour(h float64) time.Time {
	return time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC).Add(time.Duration(h * float64(time.Hour)))
}

func stated(said float64, seq int, side freight.Side, eta freight.When) freight.Observation {
	return freight.Observation{ID: freight.ObservationID{byte(said*4) + 1, byte(seq)}, StatedAt: hour(said), ReceivedAt: hour(said),
		Claims: []freight.Claim{{Subject: freight.Subject{Stop: freight.StopRef{Seq: seq, Side: side}}, Fact: freight.FactETA, Value: freight.Value{Start: eta}}}}
}

// Of all arrival times stated, those stay that were the newest 24, 12, 6, 2, 1 and 0 hours before the arrival.
func TestNewestETAsBeforeTheArrival(t *testing.T) {
	f := freight.LoadFacts{Stops: []freight.StopFacts{
		{Seq: 1, Kind: "pickup", Zone: "America/Chicago", Arrived: freight.TimeFacts{At: hour(10)}},
		{Seq: 2, Kind: "delivery", Zone: "America/Chicago", Arrived: freight.TimeFacts{At: hour(40)}}}}
	taken := stated(39.5, 2, "", freight.At(hour(50)))
	log := []freight.Observation{
		stated(12, 2, "", freight.At(hour(41))),                          // 28 h before: the one 24 h out
		stated(20, 2, "", freight.At(hour(42))),                          // 20 h before: replaced before 12 h out
		stated(27, 0, freight.DeliverySide, freight.At(hour(43))),        // 13 h before, by its side
		stated(34, 0, "", freight.Wall(2026, 6, 16, 11, 0, 0)),           // exactly 6 h before; the only stop not reached; 11:00 CDT is hour 40
		stated(39, 2, "", freight.WallIn("UTC", 2026, 6, 16, 16, 30, 0)), // exactly 1 h before
		stated(41, 2, "", freight.At(hour(40))),                          // after the arrival: no forecast
		stated(5, 0, "", freight.At(hour(9))),                            // two stops not reached: whose it is cannot be told
		stated(6, 1, "", freight.When{}),                                 // nothing said
		taken, {ID: freight.ObservationID{99}, Retracts: taken.ID},       // taken back
		stated(9.5, 9, "", freight.At(hour(9))), // of a stop that is not there
		stated(8, 1, "", freight.At(hour(9))),   // the pickup's, 2 h before
	}
	putETAs(&f, notTakenBack(log))
	want := [][]freight.ETAFact{
		{{Said: hour(8), At: hour(9)}},
		{{Said: hour(12), At: hour(41)}, {Said: hour(27), At: hour(43)}, {Said: hour(34), At: hour(40)}, {Said: hour(39), At: hour(40.5)}},
	}
	for i := range want {
		if diff := cmp.Diff(want[i], f.Stops[i].ETAs); diff != "" {
			t.Errorf("stop %d: %s", i+1, diff)
		}
	}
}

// A window given as days keeps its days where no zone makes it an instant; times without a zone say so.
func TestFactsOfDaysWithoutAZone(t *testing.T) {
	known := &freight.KnownTime{Claims: []freight.ToldTime{{Provenance: freight.Provenance{Source: freight.Source{Kind: freight.TMS}, ReceivedAt: hour(50)}, Written: "2026-06-16", DayOnly: true}}}
	line := freight.Timeline{Number: "7", State: freight.InTransit, Stops: []freight.StopLine{
		{Seq: 1, Kind: "delivery", Window: freight.Window{DayOnly: true, FirstDay: 20619, LastDay: 20619}, Delivered: known},
		{Seq: 2, Kind: "delivery", Window: freight.Window{NoZone: true}, Arrived: &freight.KnownTime{Claims: []freight.ToldTime{{Written: "2026-06-16 10:00"}}}}}}
	f, err := Facts(&line, nil)
	if err != nil {
		t.Fatal(err)
	}
	days := freight.StopFacts{Seq: 1, Kind: "delivery", Done: true, Window: freight.DueFacts{FirstDay: 20619, LastDay: 20619},
		Unloaded: freight.TimeFacts{Day: 20620, Told: hour(50), By: freight.TMS}}
	times := freight.StopFacts{Seq: 2, Kind: "delivery", Window: freight.DueFacts{NoZone: true}, Arrived: freight.TimeFacts{NoZone: true}}
	if diff := cmp.Diff([]freight.StopFacts{days, times}, f.Stops); diff != "" {
		t.Error(diff)
	}
	if got := f.DayOf(&f.Stops[1]); got != 20619 {
		t.Errorf("a stop that nothing dates counts to day %d, not to its load's", got)
	}
}

// A carrier that accepted and then declined or took it back dropped the load; what the desk cancels is not the carrier's doing.
func TestDroppedTenders(t *testing.T) {
	said := func(at float64, by freight.SourceKind, word string) freight.Observation {
		return freight.Observation{ID: freight.ObservationID{byte(at * 4), byte(len(word))}, Source: freight.Source{Kind: by}, StatedAt: hour(at), ReceivedAt: hour(at),
			Claims: []freight.Claim{{Fact: freight.FactTender, Value: freight.Value{Text: word}}}}
	}
	for _, c := range []struct {
		name     string
		log      []freight.Observation
		accepted bool
		drops    []time.Time
	}{
		{"declined at once", []freight.Observation{said(1, freight.CarrierSrc, "offered"), said(2, freight.CarrierSrc, "declined")}, false, nil},
		{"accepted", []freight.Observation{said(2, freight.CarrierSrc, "Accepted")}, true, nil},
		{"dropped, whatever the order of the log", []freight.Observation{said(5, freight.CarrierSrc, "cancelled"), said(2, freight.CarrierSrc, "accepted")}, true, []time.Time{hour(5)}},
		{"dropped, given to another, who keeps it", []freight.Observation{said(2, freight.CarrierSrc, "accepted"), said(5, freight.TMS, "declined"), said(6, freight.CarrierSrc, "accepted")}, true, []time.Time{hour(5)}},
		{"the desk took it away", []freight.Observation{said(2, freight.CarrierSrc, "accepted"), said(5, freight.TMS, "cancelled")}, true, nil},
	} {
		accepted, drops := dropped(c.log)
		if diff := cmp.Diff(c.drops, drops); accepted != c.accepted || diff != "" {
			t.Errorf("%s: accepted %v, %s", c.name, accepted, diff)
		}
	}
}

// A load without stops is found by reports on the day on which it was first heard of.
func TestLoadWithoutStopsHasADay(t *testing.T) {
	line := freight.Timeline{Number: "9", State: freight.Planned, FirstAt: hour(30)}
	f, err := Facts(&line, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := stopFacts(&line, &f)
	if want := freight.DayAt(hour(30), "UTC"); len(got) != 1 || got[0].Day != want || got[0].Seq != 0 {
		t.Errorf("found by %+v, want one row of day %d", got, want)
	}
}
