package timeline

import (
	"slices"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestWindowsOriginalCurrentHistory(t *testing.T) {
	first := plan()
	moved := says(tms, clockAt(1, 0), window(1, wall(23, 14, 0), wall(23, 15, 0)))
	back := says(tms, clockAt(2, 0), window(1, wall(23, 8, 0), wall(23, 10, 0)))
	repeat := says(tms, clockAt(3, 0), window(1, wall(23, 8, 0), wall(23, 10, 0)))

	stop := fold(moved, first).Stops[0]
	wantTime(t, "current", stop.Window.End, "2026-11-23T21:00:00Z")
	wantTime(t, "original", stop.Original.End, "2026-11-23T16:00:00Z")

	stop = fold(repeat, back, moved, first).Stops[0]
	wantTime(t, "current after the return", stop.Window.End, "2026-11-23T16:00:00Z")
	if len(stop.History) != 3 {
		t.Fatalf("history has %d entries, want 3: %+v", len(stop.History), stop.History)
	}
	wantTime(t, "third entry stated", stop.History[2].StatedAt, "2026-11-23T02:00:00Z")

	carriers := says(carrier, clockAt(0, 0).Add(-time.Hour), window(1, wall(23, 6, 0), wall(23, 7, 0)))
	stop = fold(first, carriers).Stops[0]
	wantTime(t, "current by trust", stop.Window.End, "2026-11-23T16:00:00Z")
	wantTime(t, "original by authority", stop.Original.End, "2026-11-23T16:00:00Z")
	if len(stop.WindowsOf) != 2 || stop.WindowsOf[0].Source != tms {
		t.Errorf("windows of %+v", stop.WindowsOf)
	}

	explicit := says(tms, clockAt(1, 0), freight.Claim{Subject: freight.Stop(1), Fact: freight.FactOriginal,
		Value: freight.Value{Start: wall(22, 8, 0), End: wall(22, 9, 0)}})
	stop = fold(first, explicit).Stops[0]
	wantTime(t, "explicit original", stop.Original.End, "2026-11-22T15:00:00Z")

	byUser := says(user, clockAt(4, 0), window(1, wall(23, 16, 0), freight.When{}))
	stop = fold(first, moved, byUser).Stops[0]
	wantTime(t, "user's window ends at its start", stop.Window.End, "2026-11-23T22:00:00Z")

	none := window(1, freight.When{}, freight.When{})
	none.Value.None = true
	stop = fold(first, byUser, says(user, clockAt(5, 0), none)).Stops[0]
	wantTime(t, "the user took the word back", stop.Window.End, "2026-11-23T16:00:00Z")
}

func TestUndoAndUndoOfUndo(t *testing.T) {
	arrival := says(user, clockAt(14, 0), happened(1, freight.FactArrived, instant(13, 50)))
	undo := says(user, clockAt(14, 1))
	undo.Retracts = arrival.ID
	undo.ID = undo.Identify()
	redo := says(user, clockAt(14, 2))
	redo.Retracts = undo.ID
	redo.ID = redo.Identify()
	again := says(user, clockAt(14, 3))
	again.Retracts = redo.ID
	again.ID = again.Identify()

	wantNone(t, "after the undo", fold(undo, plan(), arrival).Stops[0].Arrived)
	if fold(redo, undo, plan(), arrival).Stops[0].Arrived == nil {
		t.Error("the undo was undone: the arrival stands")
	}
	wantNone(t, "after the third", fold(again, redo, undo, plan(), arrival).Stops[0].Arrived)

	state := Collect([]freight.Observation{plan(), arrival})
	if _, needsFold := Add(state, undo); !needsFold {
		t.Error("a retraction needs the full log")
	}
	if _, needsFold := Add(Collect([]freight.Observation{plan(), undo}), arrival); !needsFold {
		t.Error("what was taken back before it came needs the full log")
	}
}

// An older word comes to light again when the newer one is taken back.
func TestUndoBringsBackTheOlderWord(t *testing.T) {
	old := says(user, clockAt(14, 0), happened(1, freight.FactArrived, instant(13, 50)))
	newer := says(user, clockAt(14, 5), happened(1, freight.FactArrived, instant(13, 20)))
	undo := says(user, clockAt(14, 6))
	undo.Retracts = newer.ID
	undo.ID = undo.Identify()
	wantTime(t, "arrived", fold(plan(), old, newer).Stops[0].Arrived.At, "2026-11-23T13:20:00Z")
	wantTime(t, "arrived", fold(plan(), old, newer, undo).Stops[0].Arrived.At, "2026-11-23T13:50:00Z")
}

func TestLaterWordWinsAlsoWhenItComesFirst(t *testing.T) {
	later := says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, instant(14, 0)))
	earlier := says(carrier, clockAt(14, 0), happened(1, freight.FactArrived, instant(13, 0)))
	earlier.ReceivedAt = clockAt(16, 0)
	got := fold(plan(), later, earlier).Stops[0].Arrived
	wantTime(t, "arrived", got.At, "2026-11-23T14:00:00Z")
	if len(got.Claims) != 1 {
		t.Errorf("one source says one thing, got %+v", got.Claims)
	}
}

func TestActualsByTrust(t *testing.T) {
	obs := []freight.Observation{plan(),
		says(tms, clockAt(16, 0), happened(1, freight.FactArrived, instant(12, 0))),
		says(kites, clockAt(16, 0), happened(1, freight.FactArrived, instant(12, 30))),
		says(carrier, clockAt(16, 0), happened(1, freight.FactArrived, instant(13, 0))),
		says(driver, clockAt(16, 0), happened(1, freight.FactArrived, instant(13, 10))),
		says(paper, clockAt(16, 0), happened(1, freight.FactArrived, instant(13, 12)))}
	got := fold(obs...).Stops[0].Arrived
	if got.Source != driver || got.Agree || len(got.Claims) != 5 {
		t.Errorf("source %v, agree %v, %d claims: a paper nobody verified comes after the driver", got.Source, got.Agree, len(got.Claims))
	}
	verified := says(user, clockAt(17, 0), freight.Claim{Fact: freight.FactDocument, Value: freight.Value{Text: "hash", Type: "pop", Note: "verified"}})
	if got := fold(append(obs, verified)...).Stops[0].Arrived; got.Source != paper {
		t.Errorf("source %v, want the verified paper", got.Source)
	}
	if got := fold(plan(), obs[3], obs[4]).Stops[0].Arrived; !got.Agree {
		t.Error("ten minutes apart agree")
	}
	cfg := DefaultConfig()
	cfg.Customers = map[string]Orders{"ACME": {Actuals: Trust{{freight.CarrierSrc}}}}
	if got := Fold(obs, gazetteer{}, cfg).Stops[0].Arrived; got.Source != carrier {
		t.Errorf("source %v, want the customer's own order", got.Source)
	}
	none := happened(1, freight.FactArrived, freight.When{})
	none.Value.None = true
	if got := fold(append(obs[:5:5], says(driver, clockAt(18, 0), none))...).Stops[0].Arrived; got.Source != carrier {
		t.Errorf("source %v: the driver took his word back", got.Source)
	}
}

func TestFindingTheStop(t *testing.T) {
	day := func(h int) freight.When { return instant(h, 0) }
	cases := []struct {
		name  string
		obs   []freight.Observation
		fact  func(*freight.StopLine) *freight.KnownTime
		stops []int // the stops with the event, in order of Seq
		apart int   // unplaced
	}{
		{"by number", []freight.Observation{plan(), says(carrier, clockAt(9, 0), happened(2, freight.FactArrived, day(8)))}, arrived, []int{2}, 0},
		{"by a number that is none", []freight.Observation{plan(), says(carrier, clockAt(9, 0), happened(7, freight.FactArrived, day(8)))}, arrived, nil, 1},
		{"by side alone, one stop of it", []freight.Observation{plan(), says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactArrived, day(8)))}, arrived, []int{2}, 0},
		{"by the event itself", []freight.Observation{plan(), says(carrier, clockAt(9, 0), sided("", freight.Place{}, freight.FactDelivered, day(8)))}, deliveredAt, []int{2}, 0},
		{"direction-free without a place", []freight.Observation{plan(), says(carrier, clockAt(9, 0), sided("", freight.Place{}, freight.FactArrived, day(8)))}, arrived, nil, 1},
		{"by place without a side", []freight.Observation{plan(), says(carrier, clockAt(9, 0), sided("", city("dénver", "co"), freight.FactArrived, day(8)))}, arrived, []int{2}, 0},
		{"by a place that is no stop", []freight.Observation{plan(), says(carrier, clockAt(9, 0), sided("", city("Atlanta", "GA"), freight.FactArrived, day(8)))}, arrived, nil, 1},
		{"by side and place on two deliveries", []freight.Observation{twoDeliveries(), says(carrier, clockAt(9, 0), sided(freight.DeliverySide, city("Phoenix", "AZ"), freight.FactArrived, day(8)))}, arrived, []int{3}, 0},
		{"first delivered on two deliveries", []freight.Observation{twoDeliveries(), says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(8)))}, deliveredAt, []int{2}, 0},
		{"second delivered on two deliveries", []freight.Observation{twoDeliveries(),
			says(carrier, clockAt(21, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(20))),
			says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(8)))}, deliveredAt, []int{2, 3}, 0},
		{"third delivered on two deliveries", []freight.Observation{twoDeliveries(),
			says(carrier, clockAt(23, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(22))),
			says(carrier, clockAt(21, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(20))),
			says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(8)))}, deliveredAt, []int{2, 3}, 1},
		{"arrival after a delivery belongs to the next", []freight.Observation{twoDeliveries(),
			says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(8))),
			says(carrier, clockAt(21, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactArrived, day(20)))}, arrived, []int{3}, 0},
		{"two sources count each for themselves", []freight.Observation{twoDeliveries(),
			says(carrier, clockAt(9, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(8))),
			says(driver, clockAt(9, 5), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, instant(8, 5)))}, deliveredAt, []int{2}, 0},
		{"a numbered event moves the order on", []freight.Observation{twoDeliveries(),
			says(carrier, clockAt(9, 0), happened(2, freight.FactDelivered, day(8))),
			says(carrier, clockAt(21, 0), sided(freight.DeliverySide, freight.Place{}, freight.FactDelivered, day(20)))}, deliveredAt, []int{2, 3}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := fold(c.obs...)
			var stops []int
			for i := range got.Stops {
				if c.fact(&got.Stops[i]) != nil {
					stops = append(stops, got.Stops[i].Seq)
				}
			}
			if len(stops) != len(c.stops) {
				t.Fatalf("at stops %v, want %v", stops, c.stops)
			}
			for i := range stops {
				if stops[i] != c.stops[i] {
					t.Errorf("at stops %v, want %v", stops, c.stops)
				}
			}
			if len(got.Unplaced) != c.apart {
				t.Errorf("%d unplaced, want %d", len(got.Unplaced), c.apart)
			}
		})
	}
}

func arrived(s *freight.StopLine) *freight.KnownTime     { return s.Arrived }
func deliveredAt(s *freight.StopLine) *freight.KnownTime { return s.Delivered }

func TestStopByTheSourcesOwnID(t *testing.T) {
	ref := func(id string, seq int, place freight.Place, fact freight.Fact, h int) freight.Claim {
		return freight.Claim{Subject: freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{ID: id, Seq: seq, Place: place}}, Fact: fact, At: instant(h, 0)}
	}
	got := fold(twoDeliveries(),
		says(p44, clockAt(9, 0), ref("X", 0, city("Phoenix", "AZ"), freight.FactArrived, 8)),
		says(p44, clockAt(10, 0), ref("X", 0, freight.Place{}, freight.FactDeparted, 9)),
		says(kites, clockAt(10, 0), ref("X", 2, freight.Place{}, freight.FactArrived, 9)))
	if got.Stops[2].Departed == nil || got.Stops[2].Departed.Source != p44 {
		t.Errorf("stop 3 %+v", got.Stops[2].Departed)
	}
	if got.Stops[1].Arrived == nil || got.Stops[1].Arrived.Source != kites {
		t.Errorf("the same id of another source is another stop: %+v", got.Stops[1].Arrived)
	}
}

func TestProvisionalLoad(t *testing.T) {
	obs := []freight.Observation{
		says(carrier, clockAt(20, 0), sided(freight.DeliverySide, city("Denver", "CO"), freight.FactArrived, wall(23, 12, 0))),
		says(carrier, clockAt(9, 0), sided(freight.PickupSide, city("Dallas", "TX"), freight.FactDeparted, wall(23, 2, 0))),
		says(carrier, clockAt(9, 0), sided("", freight.Place{}, freight.FactArrived, wall(23, 1, 0)))}
	got := fold(obs...)
	if !got.Provisional || got.Account != "ABCD" || got.Number != "PROABCD" || len(got.Stops) != 2 {
		t.Fatalf("%+v", got)
	}
	if s := got.Stops[0]; s.Seq != 1 || s.Kind != "pickup" || s.Departed == nil || s.Zone != "America/Chicago" {
		t.Errorf("first stop %+v", s)
	}
	if s := got.Stops[1]; s.Seq != 2 || s.Kind != "delivery" || s.Arrived == nil {
		t.Errorf("second stop %+v", s)
	}
	if got.State != freight.AtDelivery || len(got.Unplaced) != 1 {
		t.Errorf("state %s, unplaced %d", got.State, len(got.Unplaced))
	}
	joined := fold(append(obs, plan())...)
	if joined.Provisional || joined.Number != "L1" || joined.Stops[0].Departed == nil || joined.Stops[1].Arrived == nil {
		t.Errorf("with the tender: %+v", joined)
	}
}

func TestStateByFactsAlone(t *testing.T) {
	event := func(seq int, fact freight.Fact) freight.Observation {
		return says(carrier, clockAt(12, seq), happened(seq, fact, instant(11, seq)))
	}
	back := told(freight.FactCancelled, "", "")
	back.Value.None = true
	cases := []struct {
		name string
		obs  []freight.Observation
		want freight.LoadState
	}{
		{"plan only", []freight.Observation{plan()}, freight.Planned},
		{"a status word does not move it", []freight.Observation{plan(), says(tms, clockAt(1, 0), told(freight.FactStatus, "tms", "Delivered"))}, freight.Planned},
		{"driver named", []freight.Observation{plan(), says(carrier, clockAt(1, 0), told(freight.FactDriver, "NAME", "Lee"))}, freight.Dispatched},
		{"tracking ready", []freight.Observation{plan(), says(p44, clockAt(1, 0), told(freight.FactTracking, "", "ready"))}, freight.Dispatched},
		{"tracking pending", []freight.Observation{plan(), says(p44, clockAt(1, 0), told(freight.FactTracking, "", "pending"))}, freight.Planned},
		{"tender accepted", []freight.Observation{plan(), says(carrier, clockAt(1, 0), told(freight.FactTender, "", "accepted"))}, freight.Dispatched},
		{"at pickup", []freight.Observation{plan(), event(1, freight.FactArrived)}, freight.AtPickup},
		{"loaded", []freight.Observation{plan(), event(1, freight.FactArrived), event(1, freight.FactLoaded)}, freight.Loaded},
		{"in transit", []freight.Observation{plan(), event(1, freight.FactDeparted)}, freight.InTransit},
		{"picked up", []freight.Observation{plan(), event(1, freight.FactPickedUp)}, freight.InTransit},
		{"at delivery", []freight.Observation{plan(), event(2, freight.FactArrived)}, freight.AtDelivery},
		{"delivered", []freight.Observation{plan(), event(2, freight.FactUnloaded)}, freight.Delivered},
		{"one of two deliveries", []freight.Observation{twoDeliveries(), event(1, freight.FactDeparted), event(2, freight.FactDelivered)}, freight.InTransit},
		{"at the second delivery", []freight.Observation{twoDeliveries(), event(2, freight.FactDelivered), event(3, freight.FactArrived)}, freight.AtDelivery},
		{"both deliveries", []freight.Observation{twoDeliveries(), event(2, freight.FactDelivered), event(3, freight.FactDeparted)}, freight.Delivered},
		{"papers in", []freight.Observation{plan(), event(2, freight.FactDelivered), says(tms, clockAt(13, 0), told(freight.FactPaper, "pod", "received"))}, freight.PapersIn},
		{"verified", []freight.Observation{plan(), event(2, freight.FactDelivered), says(user, clockAt(13, 0),
			freight.Claim{Fact: freight.FactDocument, Value: freight.Value{Type: "pod", Text: "h", Note: "verified"}})}, freight.Verified},
		{"paper without delivery", []freight.Observation{plan(), says(tms, clockAt(13, 0), told(freight.FactPaper, "pod", "received"))}, freight.Planned},
		{"closed by a person", []freight.Observation{plan(), says(user, clockAt(13, 0), told(freight.FactStatus, "", "closed"))}, freight.Closed},
		{"closed by the TMS counts for nothing", []freight.Observation{plan(), says(tms, clockAt(13, 0), told(freight.FactStatus, "", "closed"))}, freight.Planned},
		{"cancelled", []freight.Observation{plan(), says(tms, clockAt(13, 0), told(freight.FactCancelled, "", ""))}, freight.Cancelled},
		{"back again", []freight.Observation{plan(), says(tms, clockAt(13, 0), told(freight.FactCancelled, "", "")), says(tms, clockAt(14, 0), back)}, freight.Planned},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := fold(c.obs...).State; got != c.want {
				t.Errorf("state %s, want %s", got, c.want)
			}
		})
	}
}

func TestPapers(t *testing.T) {
	document := func(hash, state string, seq int) freight.Claim {
		c := freight.Claim{Fact: freight.FactDocument, Value: freight.Value{Type: "pod", Text: hash, Note: state}}
		if seq > 0 {
			c.Subject = freight.Stop(seq)
		}
		return c
	}
	cases := []struct {
		name string
		obs  []freight.Observation
		want freight.PaperState
	}{
		{"none", []freight.Observation{plan()}, freight.PaperMissing},
		{"on file", []freight.Observation{plan(), says(paper, clockAt(1, 0), document("h", "received", 0))}, freight.PaperReceived},
		{"verified later by a person", []freight.Observation{plan(), says(paper, clockAt(1, 0), document("h", "received", 0)), says(user, clockAt(2, 0), document("h", "verified", 0))}, freight.PaperVerified},
		{"rejected", []freight.Observation{plan(), says(paper, clockAt(1, 0), document("h", "received", 0)), says(user, clockAt(2, 0), document("h", "rejected", 0))}, freight.PaperException},
		{"a new one after the rejected", []freight.Observation{plan(), says(user, clockAt(2, 0), document("h", "rejected", 0)), says(paper, clockAt(3, 0), document("i", "received", 0))}, freight.PaperReceived},
		{"the TMS has it", []freight.Observation{plan(), says(tms, clockAt(2, 0), told(freight.FactPaper, "POD", "verified"))}, freight.PaperVerified},
		{"one of two stops", []freight.Observation{twoDeliveries(), says(paper, clockAt(1, 0), document("h", "received", 2))}, freight.PaperMissing},
		{"both stops", []freight.Observation{twoDeliveries(), says(paper, clockAt(1, 0), document("h", "verified", 2)), says(paper, clockAt(1, 0), document("i", "received", 3))}, freight.PaperReceived},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := fold(c.obs...)
			if got.Papers[freight.POD] != c.want || got.Papers[freight.POP] != freight.PaperMissing {
				t.Errorf("papers %v, want pod %s", got.Papers, c.want)
			}
		})
	}
}

func TestEstimates(t *testing.T) {
	eta := func(said, at freight.When) freight.Claim {
		return freight.Claim{Subject: freight.Stop(2), Fact: freight.FactETA, At: said, Value: freight.Value{Start: at}}
	}
	got := fold(plan(),
		says(tms, clockAt(12, 0), eta(freight.When{}, instant(20, 0))),
		says(p44, clockAt(12, 0), eta(freight.When{}, instant(21, 0))),
		says(driver, clockAt(9, 0), eta(freight.When{}, wall(23, 15, 0))),
		says(carrier, clockAt(10, 0), eta(instant(9, 45), wall(23, 15, 30)))).Stops[1].ETA
	wantTime(t, "eta", got.At, "2026-11-23T22:30:00Z")
	wantTime(t, "stated", got.StatedAt, "2026-11-23T09:45:00Z")
	if got.Source != carrier || len(got.Claims) != 4 || got.Claims[3].Source != tms {
		t.Errorf("%+v", got)
	}
}

func TestProblemsAreNamed(t *testing.T) {
	position := func(lat, lon float64, at freight.When) freight.Claim {
		return freight.Claim{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: freight.Place{Lat: lat, Lon: lon}}}
	}
	cases := []struct {
		name string
		obs  []freight.Observation
		want []string
	}{
		{"nothing", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, instant(14, 0)), happened(1, freight.FactDeparted, instant(14, 30)))}, nil},
		{"departed first", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, instant(14, 0)), happened(1, freight.FactDeparted, instant(13, 30)))}, []string{"departedFirst"}},
		{"two sources within the tolerance", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, instant(14, 0))), says(p44, clockAt(15, 0), happened(1, freight.FactDeparted, instant(13, 50)))}, nil},
		{"in the future", []freight.Observation{plan(), says(carrier, clockAt(14, 0), happened(1, freight.FactArrived, instant(14, 16)))}, []string{"future"}},
		{"a fast clock", []freight.Observation{plan(), says(carrier, clockAt(14, 0), happened(1, freight.FactArrived, instant(14, 15)))}, nil},
		{"today, without a time", []freight.Observation{plan(), says(carrier, clockAt(14, 0), happened(1, freight.FactArrived, freight.Day(2026, 11, 23)))}, nil},
		{"two trucks", []freight.Observation{plan(), says(carrier, clockAt(1, 0), told(freight.FactEquipment, "TRUCK", "17")), says(p44, clockAt(1, 0), told(freight.FactEquipment, "TRUCK", "18"))}, []string{"twoTrucks"}},
		{"one truck written twice", []freight.Observation{plan(), says(carrier, clockAt(1, 0), told(freight.FactEquipment, "TRUCK", "T-17")), says(p44, clockAt(1, 0), told(freight.FactEquipment, "TRUCK", "t17"))}, nil},
		{"900 miles in an hour", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactDeparted, instant(14, 0))), says(p44, clockAt(15, 0), position(39.74, -104.99, instant(14, 30)))}, []string{"speed"}},
		{"a day's drive", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactDeparted, instant(2, 0))), says(p44, clockAt(15, 0), position(39.74, -104.99, instant(14, 30)))}, nil},
		{"status ahead of the facts", []freight.Observation{plan(), says(tms, clockAt(1, 0), told(freight.FactStatus, "tms", "Delivered"))}, []string{"statusWord"}},
		{"status left behind", []freight.Observation{plan(), says(tms, clockAt(20, 0), told(freight.FactStatus, "tms", "In Transit")), says(carrier, clockAt(18, 0), happened(2, freight.FactDelivered, instant(17, 0)))}, []string{"statusWord"}},
		{"status true when it was said", []freight.Observation{plan(), says(tms, clockAt(12, 0), told(freight.FactStatus, "tms", "In Transit")), says(carrier, clockAt(18, 0), happened(2, freight.FactDelivered, instant(17, 0)))}, nil},
		{"status that agrees", []freight.Observation{plan(), says(tms, clockAt(12, 0), told(freight.FactStatus, "tms", "in-transit")), says(carrier, clockAt(11, 0), happened(1, freight.FactDeparted, instant(11, 0)))}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := fold(c.obs...).Problems
			if len(got) != len(c.want) {
				t.Fatalf("problems %+v, want %v", got, c.want)
			}
			for i, p := range got {
				if p.Kind != c.want[i] || p.Why == "" || len(p.Evidence) == 0 {
					t.Errorf("problem %+v, want %s", p, c.want[i])
				}
			}
		})
	}
}

func TestLastNews(t *testing.T) {
	cases := []struct {
		name string
		obs  []freight.Observation
		at   string
		text string
	}{
		{"the plan alone", []freight.Observation{plan()}, "2026-11-23T00:00:00Z", "Load received"},
		{"a departure", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactDeparted, instant(14, 0)))}, "2026-11-23T14:00:00Z", "Departed Dallas, TX"},
		{"by occurrence, not by receipt", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactDeparted, instant(14, 0))), says(p44, clockAt(16, 0), happened(1, freight.FactArrived, instant(13, 0)))}, "2026-11-23T14:00:00Z", "Departed Dallas, TX"},
		{"an ETA", []freight.Observation{plan(), says(carrier, clockAt(15, 0), freight.Claim{Subject: freight.Stop(2), Fact: freight.FactETA, Value: freight.Value{Start: wall(23, 14, 30)}})}, "2026-11-23T15:00:00Z", "ETA 14:30 MST"},
		{"a status code", []freight.Observation{plan(), says(carrier, clockAt(15, 0), told(freight.FactStatus, "1650", "X6"))}, "2026-11-23T15:00:00Z", "In transit (X6)"},
		{"an appointment moved", []freight.Observation{plan(), says(tms, clockAt(15, 0), window(2, wall(24, 13, 0), wall(24, 14, 0)))}, "2026-11-23T15:00:00Z", "Appointment Denver, CO now by Tue 24 Nov 14:00 MST"},
		{"told before it happened", []freight.Observation{plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, instant(18, 0)))}, "2026-11-23T15:00:00Z", "Arrived Dallas, TX"},
		{"a position", []freight.Observation{plan(), says(p44, clockAt(15, 0), freight.Claim{Fact: freight.FactPosition, At: instant(14, 50), Value: freight.Value{Place: city("Amarillo", "TX")}})}, "2026-11-23T14:50:00Z", "At Amarillo, TX"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := fold(c.obs...).LastNews
			if got == nil {
				t.Fatal("no news")
			}
			wantTime(t, "at", got.At, c.at)
			if got.Text != c.text {
				t.Errorf("text %q, want %q", got.Text, c.text)
			}
		})
	}
}

func TestCountsSurvivePruning(t *testing.T) {
	obs := []freight.Observation{plan()}
	for h := 1; h < 20; h++ {
		obs = append(obs, says(p44, clockAt(h, 0), freight.Claim{Fact: freight.FactPosition, At: instant(h, 0), Value: freight.Value{Place: freight.Place{Lat: 33, Lon: -97}}}))
	}
	state := Collect(obs)
	if len(state.Observations) != 2 {
		t.Errorf("%d observations kept, want the plan and the last position", len(state.Observations))
	}
	got := Build(state, gazetteer{}, DefaultConfig())
	if got.Count != len(obs[0].Claims)+19 || !got.FirstAt.Equal(clockAt(0, 0)) || !got.LastAt.Equal(clockAt(19, 0)) {
		t.Errorf("count %d, first %v, last %v", got.Count, got.FirstAt, got.LastAt)
	}
	again, needsFold := Add(state, obs[3])
	if needsFold || again.Summary.Count != state.Summary.Count {
		t.Error("an observation that was counted and dropped does not count again")
	}
}

func TestReferencesAndNames(t *testing.T) {
	none := told(freight.FactReference, "BOL", "b 1")
	none.Value.None = true
	got := fold(plan(), says(tms, clockAt(1, 0), told(freight.FactReference, "BOL", "B-1"), told(freight.FactReference, "PO", "77")),
		says(tms, clockAt(2, 0), none), says(carrier, clockAt(3, 0), told(freight.FactReference, "PO", "7-7")))
	if len(got.Refs) != 2 || got.Refs[0].Type != freight.RefPO || got.Refs[1].Value != "PROABCD" {
		t.Errorf("refs %+v", got.Refs)
	}
}

// Numbers of one type are listed with all who give them, so that a contradiction can be told from a second number.
func TestReferencesTellWhoGivesThem(t *testing.T) {
	got := fold(plan(), says(tms, clockAt(1, 0), told(freight.FactReference, "BOL", "B-1")),
		says(carrier, clockAt(2, 0), told(freight.FactReference, "BOL", "b1")), says(carrier, clockAt(3, 0), told(freight.FactReference, "BOL", "b1")),
		says(p44, clockAt(4, 0), told(freight.FactReference, "BOL", "B2"))).Refs
	bols := slices.DeleteFunc(got, func(r freight.KnownRef) bool { return r.Type != freight.RefBOL })
	if len(bols) != 2 || bols[0].Source != tms || !slices.Equal(bols[0].Also, []freight.Source{carrier}) ||
		bols[1].Value != "B2" || bols[1].Source != p44 || bols[1].Also != nil {
		t.Errorf("refs %+v", bols)
	}
}
