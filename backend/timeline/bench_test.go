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
		happened(1, freight.FactLoaded, wall(23, 9, 0)), happened(1, freight.FactDeparted, wall(23, 9, 30)))))
}

func BenchmarkBuild(b *testing.B) {
	s, cfg := fortyClaims(), DefaultConfig()
	b.ReportMetric(float64(claimCount(s)), "claims")
	b.ReportAllocs()
	for b.Loop() {
		Build(s, gazetteer{}, cfg)
	}
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
	b.ReportMetric(float64(len(data)), "bytes")
	b.ReportAllocs()
	for b.Loop() {
		EncodeState(s)
	}
}

func BenchmarkDecodeState(b *testing.B) {
	data, _ := EncodeState(fortyClaims())
	b.ReportAllocs()
	for b.Loop() {
		DecodeState(data)
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
