package watch

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

func TestDistanceNearIsThatOnTheSphere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stop := freight.StopLine{Lat: rapid.Float64Range(20, 55).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
		f := freight.Fix{Lat: float32(stop.Lat + rapid.Float64Range(-2, 2).Draw(t, "north")), Lon: float32(stop.Lon + rapid.Float64Range(-2, 2).Draw(t, "east"))}
		flat := root(planeAt(&stop, (stop.Lat+float64(f.Lat))/2).squared(&f))
		round := crowMiles(stop.Lat, stop.Lon, float64(f.Lat), float64(f.Lon))
		if math.Abs(flat-round) > 0.05+round/100 {
			t.Fatalf("%v miles, want %v", flat, round)
		}
	})
}

func TestFromSegment(t *testing.T) {
	for _, c := range []struct{ x, y, toX, toY, want float64 }{
		{5, 3, 10, 0, 9}, {-3, 4, 10, 0, 25}, {13, 4, 10, 0, 25}, {3, 4, 0, 0, 25}, {1, 1, 2, 2, 0},
	} {
		if got := fromSegment(c.x, c.y, c.toX, c.toY); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v, %v from 0, 0 to %v, %v: %v, want %v", c.x, c.y, c.toX, c.toY, got, c.want)
		}
	}
}

func TestHowNearAGateMayBe(t *testing.T) {
	for _, c := range []struct {
		place      freight.Place
		gate, area float64
	}{
		{dallas, 1, yardMiles}, {freight.Place{City: "Dallas", Postal: "75201"}, zipMiles, zipMiles + 1}, {freight.Place{City: "Dallas"}, townMiles, townMiles + 1},
	} {
		stop := freight.StopLine{Place: c.place}
		if gateOf(&stop, 1) != c.gate || areaOf(&stop, 1) != c.area {
			t.Errorf("%+v: gate %v, area %v", c.place, gateOf(&stop, 1), areaOf(&stop, 1))
		}
	}
}
