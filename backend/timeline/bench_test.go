package timeline

import (
	"fmt"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// busyLoad is a load of two stops with so many observations: the plan, its changes, the carrier's and a platform's words.
func busyLoad(n int) []freight.Observation {
	obs := []freight.Observation{plan()}
	for i := 1; i < n; i++ {
		at := clockAt(0, 0).Add(time.Duration(i) * 20 * time.Minute)
		var o freight.Observation
		switch i % 10 {
		case 0:
			o = says(tms, at, window(2, wall(24, 8, i%60), wall(24, 12, i%60)), told(freight.FactStatus, "tms", "In Transit"))
		case 1:
			o = says(carrier, at, happened(1+i%2, freight.FactArrived, freight.At(at)), told(freight.FactStatus, "1650", "X3"))
		case 2:
			o = says(carrier, at, sided(freight.PickupSide, city("Dallas", "TX"), freight.FactDeparted, wall(23, 9, i%60)))
		case 3:
			o = says(carrier, at, told(freight.FactReference, "PRO", "PRO1"), told(freight.FactEquipment, "TRAILER", "53"))
		case 4, 5:
			o = says(p44, at, freight.Claim{Subject: freight.Stop(2), Fact: freight.FactETA, At: freight.At(at), Value: freight.Value{Start: freight.At(at.Add(9 * time.Hour))}})
		default:
			o = says(p44, at, freight.Claim{Fact: freight.FactPosition, At: freight.At(at), Value: freight.Value{Place: freight.Place{Lat: 33 + float64(i)/50, Lon: -97 - float64(i)/50}}})
		}
		obs = append(obs, o)
	}
	return obs
}

func BenchmarkFold100(b *testing.B) {
	obs := busyLoad(100)
	b.ReportAllocs()
	for b.Loop() {
		Fold(obs, gazetteer{}, DefaultConfig())
	}
}

// fortyClaims is a two-stop load with some 40 current claims.
func fortyClaims() State {
	return Collect(append(busyLoad(24), says(driver, clockAt(20, 0), told(freight.FactDriver, "NAME", "Lee"), told(freight.FactDriver, "PHONE", "+1 555 0100"),
		happened(1, freight.FactLoaded, wall(23, 9, 0)), happened(1, freight.FactDeparted, wall(23, 9, 30))),
		says(tms, clockAt(0, 5), told(freight.FactSCAC, "", "ABCD"), told(freight.FactMC, "", "123456"), told(freight.FactDOT, "", "654321"),
			told(freight.FactMode, "", "FTL"), told(freight.FactEquipment, "KIND", "reefer 53"), told(freight.FactReference, "BOL", "4711"),
			told(freight.FactReference, "PO", "4712"), told(freight.FactReference, "ORDER", "4713"), told(freight.FactFlag, "", "key_account"),
			told(freight.FactPaper, "pod", "missing"), told(freight.FactPaper, "pop", "missing"), amountOf(1, freight.FactPieces, 20),
			amountOf(2, freight.FactPieces, 20), amountOf(1, freight.FactWeight, 40000), amountOf(2, freight.FactWeight, 40000))))
}

func amountOf(seq int, fact freight.Fact, n float64) freight.Claim {
	return freight.Claim{Subject: freight.Stop(seq), Fact: fact, Value: freight.Value{Num: n, Has: 1}}
}

func BenchmarkBuild(b *testing.B) {
	s, cfg := fortyClaims(), DefaultConfig()
	b.ReportAllocs()
	for b.Loop() {
		Build(s, gazetteer{}, cfg)
	}
	b.ReportMetric(float64(claimCount(s)), "claims")
}

func BenchmarkCollect100(b *testing.B) {
	obs := busyLoad(100)
	b.ReportAllocs()
	for b.Loop() {
		Collect(obs)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := fortyClaims()
	o := says(carrier, clockAt(21, 0), happened(2, freight.FactArrived, instant(20, 50)), told(freight.FactStatus, "1650", "X1"))
	b.ReportAllocs()
	for b.Loop() {
		Add(s, o)
	}
}

func BenchmarkEncodeState(b *testing.B) {
	s := fortyClaims()
	data, _ := EncodeState(s)
	b.ReportAllocs()
	for b.Loop() {
		EncodeState(s)
	}
	b.ReportMetric(float64(len(data)), "bytes")
}

func BenchmarkDecodeState(b *testing.B) {
	data, _ := EncodeState(fortyClaims())
	b.ReportAllocs()
	for b.Loop() {
		DecodeState(data)
	}
}

// BenchmarkBuildManyStops is a milk run of 25 stops with every event at each, told by two sources.
func BenchmarkBuildManyStops(b *testing.B) {
	var obs []freight.Observation
	for seq := 1; seq <= 25; seq++ {
		obs = append(obs, says(tms, clockAt(0, 0), append(stopIs(seq, "delivery", city("Dallas", "TX")), window(seq, wall(23, 8, 0), wall(23, 10, 0)))...))
		for _, source := range []freight.Source{carrier, p44} {
			obs = append(obs, says(source, clockAt(seq%24, 0), happened(seq, freight.FactArrived, instant(seq%24, 0)),
				happened(seq, freight.FactDelivered, instant(seq%24, 20)), happened(seq, freight.FactDeparted, instant(seq%24, 40))))
		}
	}
	s, cfg := Collect(obs), DefaultConfig()
	b.ReportAllocs()
	for b.Loop() {
		Build(s, gazetteer{}, cfg)
	}
}

func claimCount(s State) (n int) {
	for i := range s.Observations {
		n += len(s.Observations[i].Claims)
	}
	return n
}

func ExampleFold() {
	t := fold(plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactDeparted, instant(14, 40))))
	fmt.Println(t.State, t.LastNews.Text, ClockStamp(t.Stops[0].Departed.At, t.Stops[0].Zone))
	// Output: inTransit Departed Dallas, TX 08:40 CST
}
