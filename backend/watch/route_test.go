package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestRouteDeviation(t *testing.T) {
	off := []string{"route.deviation/2 actNow major"}
	nashville := freight.Place{Lat: 36.1627, Lon: -86.7816}
	tulsa := freight.Place{Lat: 36.154, Lon: -95.9928}
	later := func(l *trip, d time.Duration) time.Time { return l.at.Add(d) }
	wrong := offMemphis().drive(between(memphis, nashville, 0.19))
	turned := offMemphis().drive(between(memphis, nashville, 0.1))
	north := offMemphis().drive(littleRock).drive(between(littleRock, freight.Place{Lat: 36.5, Lon: -92.2}, 0.75))
	back := offMemphis().drive(between(memphis, nashville, 0.3)).drive(memphis)
	tulsaWay := offMemphis().drive(tulsa)
	boston, seattle := freight.Place{Lat: 42.36, Lon: -71.06}, freight.Place{Lat: 47.61, Lon: -122.33}
	west := changed(offMemphis(), func(l *trip) {
		l.Stops[0].Place, l.Stops[0].Lat, l.Stops[0].Lon, l.where = boston, boston.Lat, boston.Lon, boston
	})
	west.Stops[1].Place, west.Stops[1].Lat, west.Stops[1].Lon = seattle, seattle.Lat, seattle.Lon
	west.drive(freight.Place{Lat: 41.88, Lon: -87.63}).drive(freight.Place{Lat: 44.08, Lon: -103.23})
	moments(t, []moment{
		{"20 miles the wrong way", turned, later(turned, 0), nil},
		{"37 miles the wrong way", wrong, later(wrong, 0), off},
		{"turned round", back, later(back, 0), nil},
		{"90 miles off the line", north, later(north, 0), off},
		{"by Tulsa", tulsaWay, later(tulsaWay, 0), off},
		{"from Boston to Seattle by Chicago and Rapid City", west, later(west, 0), []string{"route.deviation/2 waiting watch"}},
		{"one fix on another continent", offMemphis().drive(littleRock).jump(central(8, 30), freight.Place{Lat: 40, Lon: -80}), central(8, 30), nil},
		{"before the pickup", toMemphis().drive(nashville), central(8, 0), nil},
	})
}

func TestWrongCity(t *testing.T) {
	claimed := func(l *trip) { l.Stops[1].Arrived, l.State = happened(freight.FactArrived, l.at), freight.AtDelivery }
	there := func() *trip { return changed(offMemphis().drive(littleRock), claimed).stand(time.Hour) }
	moments(t, []moment{
		{"stands elsewhere", there(), central(8, 46), []string{"route.deviation/2 actNow critical"}},
		{"an arrival told too early, on the road", changed(offMemphis().drive(littleRock), claimed), central(8, 20), nil},
		{"not for long yet", changed(offMemphis().drive(littleRock), claimed).stand(15 * time.Minute), central(8, 35), nil},
		{"where no truck can have come", changed(offMemphis().jump(central(6, 30), littleRock).stand(7*time.Hour), claimed).stand(time.Hour), central(14, 30), nil},
		{"within the town", changed(offMemphis().drive(between(memphis, dallas, 0.97)), claimed).stand(time.Hour), central(13, 16), nil},
	})
}
