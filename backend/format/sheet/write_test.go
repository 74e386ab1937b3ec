package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// anyText is a text that a sheet's cell can carry and that says something.
var anyText = rapid.StringMatching(`[A-Za-zÄøß"';,=+@-][A-Za-z0-9 "';,.\-]{0,12}[A-Za-z0-9]`).Filter(func(s string) bool {
	nothing, _ := isNothing(s)
	return !nothing && s[0] != '=' && trimCell(s) == s
})

func anyWhen(t *rapid.T, label string) freight.When {
	at := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, label), 0).UTC()
	switch rapid.IntRange(0, 3).Draw(t, label+" basis") {
	case 0:
		return freight.At(at.In(time.FixedZone("", rapid.IntRange(-12*60, 12*60).Draw(t, label+" offset")*60)))
	case 1:
		return freight.Wall(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second())
	case 2:
		return freight.WallIn("America/Chicago", at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second())
	}
	return freight.Day(at.Year(), at.Month(), at.Day())
}

func anyPlace(t *rapid.T) freight.Place {
	return freight.Place{City: anyText.Draw(t, "city"), State: rapid.SampledFrom([]string{"TX", "NV", ""}).Draw(t, "state"),
		Lat: float64(rapid.IntRange(1, 80).Draw(t, "lat")) + 0.25, Lon: -90.5}
}

// anyEvent is an observation of one claim that the events sheet has a word for.
func anyEvent(t *rapid.T) freight.Observation {
	facts := slices.Sorted(func(yield func(freight.Fact) bool) {
		for _, f := range eventFacts {
			if !yield(f) {
				return
			}
		}
	})
	fact := rapid.SampledFrom(facts).Draw(t, "fact")
	c := freight.Claim{Fact: fact, At: anyWhen(t, "at")}
	seq := rapid.IntRange(0, 12).Draw(t, "stop")
	c.Subject = eventSubject(fact, seq, anyPlace(t))
	number := float64(rapid.IntRange(0, 90000).Draw(t, "number")) / 4
	switch fact {
	case freight.FactETA:
		c.Value.Start = anyWhen(t, "eta")
	case freight.FactWindow:
		c.Value.Start, c.Value.End, c.Value.Note = anyWhen(t, "start"), anyWhen(t, "end"), anyText.Draw(t, "note")
	case freight.FactPosition:
		c.Value.Place = anyPlace(t)
	case freight.FactTemperature, freight.FactPieces, freight.FactPallets, freight.FactWeight:
		c.Value.Num, c.Value.Has = number, 1
		c.Value.Unit = map[freight.Fact]string{freight.FactTemperature: "F", freight.FactWeight: "LB"}[fact]
	case freight.FactReference:
		c.Value.Type, c.Value.Text = "BOL", anyText.Draw(t, "ref")
	case freight.FactEquipment:
		c.Value.Type, c.Value.Text = "TRAILER", anyText.Draw(t, "trailer")
	case freight.FactDriver:
		c.Value.Type, c.Value.Text = "PHONE", anyText.Draw(t, "phone")
	case freight.FactTracking:
		c.Value.Text, c.Value.Note = "stale", anyText.Draw(t, "cause")
	case freight.FactException:
		c.Value.Type, c.Value.Text = "AI", anyText.Draw(t, "text")
	case freight.FactNote, freight.FactStatus:
		c.Value.Text = anyText.Draw(t, "text")
	default:
		c.Value.Note, c.Value.Text = anyText.Draw(t, "reason"), anyText.Draw(t, "text")
	}
	return freight.Observation{
		Source:     freight.Source{Kind: freight.CarrierSrc, Account: "SWFH"},
		ReceivedAt: time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "received"), 5000).UTC(),
		Names:      []freight.Reference{{Type: rapid.SampledFrom([]freight.RefType{freight.RefLoad, freight.RefBOL}).Draw(t, "type"), Value: strconv.Itoa(rapid.IntRange(1, 1e6).Draw(t, "load"))}},
		Claims:     []freight.Claim{c},
	}
}

// TestEventsRoundTrip: what the events sheet can carry comes back as it was.
func TestEventsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(anyEvent), 1, 6).Draw(t, "events")
		var out bytes.Buffer
		if err := WriteEvents(&out, slices.Values(events)); err != nil {
			t.Fatal(err)
		}
		b, err := Open("events.csv", bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		var back []freight.Observation
		for rec, err := range Read(b, nil, Options{TakeReceived: true}) {
			if err != nil || len(rec.Faults) > 0 {
				t.Fatalf("%v %+v\n%s", err, rec.Faults, out.String())
			}
			back = append(back, rec.Observations...)
		}
		if diff := cmp.Diff(told(events), told(back)); diff != "" {
			t.Fatalf("%s\n%s", diff, out.String())
		}
	})
}

// told is what a set of observations says, without the words as received.
func told(observations []freight.Observation) (all []string) {
	for _, o := range observations {
		all = append(all, fmt.Sprint(o.Source, o.ReceivedAt, o.Names))
		for _, c := range o.Claims {
			c.At.Written, c.Value.Start.Written, c.Value.End.Written = "", "", ""
			all = append(all, fmt.Sprintf("%+v", c))
		}
	}
	return all
}

// TestLoadsRoundTrip: a timeline written and read gives the claims of the timeline.
func TestLoadsRoundTrip(t *testing.T) {
	known := func(s string) freight.Known { return freight.Known{Value: s} }
	rapid.Check(t, func(t *rapid.T) {
		word := func(label string) string { return anyText.Draw(t, label) }
		at := func(label string) time.Time {
			return time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, label), 0).UTC()
		}
		low, high := float64(rapid.IntRange(-20, 30).Draw(t, "low")), float64(rapid.IntRange(31, 60).Draw(t, "high"))
		line := freight.Timeline{Number: "L" + strconv.Itoa(rapid.IntRange(1, 1e6).Draw(t, "load")), Customer: known(word("customer")), Carrier: known(word("carrier")), SCAC: known("SWFH"),
			MC: known("123"), DOT: known("456"), Mode: known("FTL"), Equipment: map[string]freight.Known{"KIND": known("dry van"), "TRAILER": known(word("trailer"))},
			Driver: map[string]freight.Known{"NAME": known(word("driver"))}, ValueUSD: known("1200.5"), TempMinF: &low, TempMaxF: &high, Flags: []string{"hazmat", "team"},
			Refs:     []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefBOL, Value: "B7"}}, {Reference: freight.Reference{Type: freight.RefOther, Value: "9", Note: "QX"}}},
			Statuses: []freight.Word{{Provenance: freight.Provenance{Source: freight.Source{Kind: freight.TMS}}, Text: word("status")}},
			Papers:   map[string]freight.PaperState{freight.POD: freight.PaperReceived, freight.POP: freight.PaperVerified}}
		stop := freight.StopLine{Seq: rapid.IntRange(1, 20).Draw(t, "stop"), Kind: "relay", Place: freight.Place{Facility: word("facility"), Address: word("address"), City: word("city"), State: "TX",
			Postal: "75201", Country: "US", Lat: 32.25, Lon: -96.5, Zone: "America/Chicago"}, Zone: "America/Chicago", ApptType: "fcfs",
			Window: freight.Window{Start: at("start"), End: at("end")}, Original: freight.Window{Start: at("original")},
			Arrived: &freight.KnownTime{At: at("arrived")}, Departed: &freight.KnownTime{At: at("departed")}, ETA: &freight.Estimate{At: at("eta")},
			Pieces: &freight.Amount{Value: 24}, Pallets: &freight.Amount{Value: 12}, Weight: &freight.Amount{Value: 38000.5, Unit: "LB"}}
		line.Stops = []freight.StopLine{stop}
		var out bytes.Buffer
		if err := WriteLoads(&out, slices.Values([]freight.Timeline{line})); err != nil {
			t.Fatal(err)
		}
		b, err := Open("loads.csv", bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		for rec, err := range Read(b, nil, Options{}) {
			if err != nil || len(rec.Faults) > 0 || len(rec.Observations) != 1 {
				t.Fatalf("%v %+v\n%s", err, rec, out.String())
			}
			sameLoad(t, rec.Observations[0], &line, &stop)
		}
	})
}

// sameLoad compares every claim with the timeline it was written from.
func sameLoad(t *rapid.T, o freight.Observation, line *freight.Timeline, stop *freight.StopLine) {
	seen := map[string]bool{}
	check := func(name string, got, want any) {
		seen[name] = true
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: %s", name, diff)
		}
	}
	instant := func(w freight.When) time.Time { return time.Unix(w.Sec, 0).UTC() }
	for _, c := range o.Claims {
		v := c.Value
		switch c.Fact {
		case freight.FactCustomer:
			check("customer", v.Text, line.Customer.Value)
		case freight.FactCarrier:
			check("carrier", v.Text, line.Carrier.Value)
		case freight.FactEquipment:
			check("equipment "+v.Type, v.Text, line.Equipment[v.Type].Value)
		case freight.FactDriver:
			check("driver", v.Text, line.Driver[v.Type].Value)
		case freight.FactStatus:
			check("status", v.Text, line.Statuses[0].Text)
		case freight.FactTempRange:
			check("temp", [2]float64{v.Num, v.Num2}, [2]float64{*line.TempMinF, *line.TempMaxF})
		case freight.FactPlace:
			check("place", v.Place, stop.Place)
		case freight.FactWindow:
			check("window", freight.Window{Start: instant(v.Start), End: instant(v.End)}, stop.Window)
		case freight.FactOriginal:
			check("original", instant(v.Start), stop.Original.Start)
		case freight.FactArrived:
			check("arrived", instant(c.At), stop.Arrived.At)
		case freight.FactDeparted:
			check("departed", instant(c.At), stop.Departed.At)
		case freight.FactETA:
			check("eta", instant(v.Start), stop.ETA.At)
		case freight.FactWeight:
			check("weight", v.Num, stop.Weight.Value)
		case freight.FactPaper:
			check("paper "+v.Type, v.Text, string(line.Papers[v.Type]))
		case freight.FactReference:
			check("reference "+v.Type, v.Text, map[string]string{"BOL": "B7", "OTHER": "9"}[v.Type])
		case freight.FactValueUSD:
			check("value", plain(v.Num), line.ValueUSD.Value)
		case freight.FactFlag:
			seen["flag "+v.Text] = true
		default:
			seen[string(c.Fact)] = true
		}
	}
	if len(seen) != 28 {
		t.Fatalf("%d of the facts came back: %v", len(seen), seen)
	}
}
