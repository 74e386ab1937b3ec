package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestPositionStale(t *testing.T) {
	stale := []string{"position.stale verify minor"}
	byCarrier := func(l *trip) { l.Tellers = []freight.Source{carrier} }
	moments(t, []moment{
		{"a minute before", offMemphis().drive(littleRock), central(10, 14), nil},
		{"120 min after the last of a device", offMemphis().drive(littleRock), central(10, 15), stale},
		{"messages may be older", changed(offMemphis().jump(central(8, 0), littleRock), byCarrier), central(11, 59), nil},
		{"but not by more than 240 min", changed(offMemphis().jump(central(8, 0), littleRock), byCarrier), central(12, 0), stale},
		{"so many messages are a device's", changed(offMemphis().drive(littleRock), byCarrier), central(10, 15), stale},
		{"at a pickup that is worked", changed(atMemphis().stand(30*60e9), func(l *trip) { l.Stops[0].Window.Start = central(7, 20) }), central(7, 45), nil},
		{"loaded, 120 min later", changed(atMemphis().stand(30*60e9), func(l *trip) { l.Stops[0].Loaded = happened(freight.FactLoaded, central(6, 0)) }), central(8, 0), stale},
		{"the clock runs from the departure", offMemphis().jump(central(5, 0), memphis), central(7, 59), nil},
		{"from the departure, 120 min", offMemphis().jump(central(5, 0), memphis), central(8, 0), stale},
		{"before the pickup it runs from when tracking starts", toMemphis().jump(central(-10, 0), littleRock), central(8, 29), nil},
		{"120 min from there", toMemphis().jump(central(-10, 0), littleRock), central(8, 30), stale},
		{"said to track, never seen", changed(offMemphis(), func(l *trip) {
			l.Tracking = freight.Tracking{State: freight.TrackTracking, Source: macropoint, At: central(7, 0)}
		}), central(9, 0), stale},
		{"a position told before it can be", changed(offMemphis().jump(central(7, 0), littleRock), func(l *trip) { l.Trail[0].At += 5 * 3600 }), central(9, 0), stale},
	})
}
