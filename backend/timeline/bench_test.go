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

// liveLoad is a load of three stops as a desk receives it in 100 observations: the TMS's plan and its changes, a platform's
// positions, estimates, tracking and temperatures, the carrier's statuses with their places, the driver's words, acts of the desk.
func liveLoad() []freight.Observation {
	claims := append(stopIs(1, "pickup", city("Dallas", "TX")), stopIs(2, "delivery", city("Denver", "CO"))...)
	claims = append(claims, stopIs(3, "delivery", city("Phoenix", "AZ"))...)
	for seq := 1; seq <= 3; seq++ {
		claims = append(claims, window(seq, wall(22+seq, 8, 0), wall(22+seq, 12, 0)), amountOf(seq, freight.FactPieces, 20), amountOf(seq, freight.FactWeight, 40000))
	}
	claims = append(claims, told(freight.FactCustomer, "", "Acme"), told(freight.FactCarrier, "", "ABC Trucking"), told(freight.FactSCAC, "", "ABCD"),
		told(freight.FactMC, "", "123456"), told(freight.FactMode, "", "FTL"), told(freight.FactReference, "BOL", "4711"), told(freight.FactReference, "PO", "4712"),
		told(freight.FactEquipment, "KIND", "reefer 53"), told(freight.FactDriver, "NAME", "Lee"), told(freight.FactDriver, "PHONE", "+1 555 0100"),
		told(freight.FactStatus, "tms", "Dispatched"), told(freight.FactPaper, "pod", "missing"), told(freight.FactPaper, "pop", "missing"))
	obs := []freight.Observation{says(tms, clockAt(0, 0), claims...)}
	for i := 1; i < 100; i++ {
		at := clockAt(0, 0).Add(time.Duration(i) * 20 * time.Minute)
		said := freight.At(at)
		var o freight.Observation
		switch i % 20 {
		case 0:
			o = says(tms, at, told(freight.FactStatus, "tms", "In Transit"), window(3, wall(25, 8, i%60), wall(25, 12, i%60)))
		case 1, 11:
			o = says(carrier, at, sided(freight.PickupSide, city("Dallas", "TX"), freight.FactArrived, wall(23, 8, 10)), told(freight.FactStatus, "1650", "X3"),
				told(freight.FactReason, "1651", "NS"), told(freight.FactReference, "PRO", "PRO1"))
		case 2:
			o = says(carrier, at, sided(freight.PickupSide, city("Dallas", "TX"), freight.FactDeparted, wall(23, 9, 30)), told(freight.FactEquipment, "TRAILER", "53"))
		case 3:
			o = says(driver, at, told(freight.FactDriver, "PHONE", "+1 555 0199"), happened(1, freight.FactLoaded, wall(23, 9, 0)))
		case 4:
			o = says(user, at, deed(freight.FactContact, "reached", "driver", "call/2"), told(freight.FactNote, "", "Driver says all is well"))
		case 5, 10, 15:
			o = says(p44, at, freight.Claim{Subject: freight.Stop(2 + i%2), Fact: freight.FactETA, At: said, Value: freight.Value{Start: freight.At(at.Add(9 * time.Hour))}})
		case 6:
			o = says(p44, at, told(freight.FactTracking, "", "tracking"), degrees(said, 20, "F"))
		default:
			o = says(p44, at, seenAt(said, 33+float64(i)/50, -97-float64(i)/50))
		}
		obs = append(obs, o)
	}
	return obs
}

func BenchmarkFoldLive100(b *testing.B) {
	obs, cfg := liveLoad(), DefaultConfig()
	b.ReportAllocs()
	for b.Loop() {
		Fold(obs, gazetteer{}, cfg)
	}
}

// BenchmarkReadLive100 is what a changed clock asks for: the stored state of the load, read and built.
func BenchmarkReadLive100(b *testing.B) {
	s, cfg := Collect(liveLoad()), DefaultConfig()
	data, _ := EncodeState(s)
	b.ReportAllocs()
	for b.Loop() {
		back, err := DecodeState(data)
		if err != nil {
			b.Fatal(err)
		}
		Build(back, gazetteer{}, cfg)
	}
	b.ReportMetric(float64(len(data)), "stored")
	b.ReportMetric(float64(claimCount(s)), "claims")
}

func BenchmarkBuildLive100(b *testing.B) {
	s, cfg := Collect(liveLoad()), DefaultConfig()
	b.ReportAllocs()
	for b.Loop() {
		Build(s, gazetteer{}, cfg)
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
