package inbox

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
	"tracedesk/backend/place"
	"tracedesk/backend/timeline"
)

// TestThreeRoads: a position is the same to a load's timeline, whether MacroPoint called back, a relay recorded the call, or the TMS
// carries it in its export of events.
func TestThreeRoads(t *testing.T) {
	query := "ID=L-7&MPOrderID=MP1&Latitude=39.7684&Longitude=-86.1581&City=Indianapolis&State=IN&LocationDateTimeUTC=3%2F2%2F2026%208%3A05%3A11%20PM"
	called, recorded := newStore(t), newDesk(t)
	if err := called.take(t.Context(), Callback{Account: "mp", Method: "GET", Path: "/location", Query: query}); err != nil {
		t.Fatal(err)
	}
	write(t, recorded.drop+"/mp.log", query+"\n", written)
	recorded.sweep()
	export := "load,source,event,at,lat,lon,city,state\nL-7,macropoint/mp,position,2026-03-02T20:05:11Z,39.7684,-86.1581,Indianapolis,IN\n"

	want := positionOf(t, read(called))
	if want.Source.String() != "macropoint/mp" || want.At != time.Date(2026, 3, 2, 20, 5, 11, 0, time.UTC) || want.Place.Lat != 39.7684 || want.Coarse {
		t.Errorf("called back: %+v", want)
	}
	for road, obs := range map[string][]freight.Observation{"recorded": read(recorded.store), "in the TMS's export": fromSheet(t, export)} {
		got := positionOf(t, obs)
		if got.Source != want.Source || got.At != want.At || got.Place != want.Place || obs[0].Names[0] != (freight.Reference{Type: freight.RefLoad, Value: "L-7"}) {
			t.Errorf("%s: %+v, want %+v", road, got, want)
		}
	}
}

func positionOf(t *testing.T, obs []freight.Observation) freight.Position {
	t.Helper()
	for i := range obs {
		obs[i].ReceivedAt = written.Add(time.Hour)
		if obs[i].StatedAt.IsZero() {
			obs[i].StatedAt = obs[i].ReceivedAt
		}
		obs[i].ID = obs[i].Identify()
	}
	known := timeline.Fold(obs, place.New(), timeline.DefaultConfig())
	if known.Position == nil || len(known.Trail) != 1 {
		t.Fatalf("no position in %+v", obs)
	}
	p := *known.Position
	p.Provenance = freight.Provenance{Source: p.Source}
	return p
}

func read(s *store) (out []freight.Observation) {
	for _, b := range s.kept {
		for rec := range s.conn.Read(b) {
			out = append(out, rec.Observations...)
		}
	}
	return out
}

func fromSheet(t *testing.T, text string) (out []freight.Observation) {
	t.Helper()
	book, err := sheet.Open("events.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range sheet.Read(book, nil, sheet.Options{}) {
		if err != nil || len(rec.Faults) > 0 {
			t.Fatal(err, rec.Faults)
		}
		out = append(out, rec.Observations...)
	}
	return out
}
