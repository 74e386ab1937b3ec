package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestMissedScan(t *testing.T) {
	missed1, missed2 := []string{"scan.missed/1 verify minor"}, []string{"scan.missed/2 verify minor"}
	inDallas := func() *trip { return offMemphis().drive(dallas).stand(6 * time.Hour) } // there at 13:00, window to 20:00
	// Dallas is first told as near at 13:00; from here on the window ends at 13:00.
	due := func(l *trip) { l.Stops[1].Window = freight.Window{Start: central(12, 0), End: central(13, 0)} }
	third := func(l *trip) {
		l.Stops = append(l.Stops, freight.StopLine{Seq: 3, Kind: "delivery", Zone: "America/Chicago", Place: freight.Place{Lat: 31.5493, Lon: -97.1467}, Lat: 31.5493, Lon: -97.1467})
	}
	waco := freight.Place{Lat: 31.5493, Lon: -97.1467}
	moments(t, []moment{
		{"at the gate, an hour not over", changed(inDallas(), due), central(13, 59), nil},
		{"an hour at the gate", changed(inDallas(), due), central(14, 0), missed2},
		{"the window is not over", inDallas(), central(18, 59), nil},
		{"30 min after the window", changed(offMemphis().drive(dallas).stand(8*time.Hour), func(l *trip) { l.Stops[1].Window.End = central(15, 0) }), central(15, 30), missed2},
		{"passed through the town", changed(offMemphis().drive(dallas), func(l *trip) { due(l); town(l) }), central(14, 59), nil},
		{"stands in the town", changed(inDallas(), func(l *trip) { due(l); town(l) }), central(14, 0), missed2},
		{"gone to the next stop, 29 min", changed(offMemphis().drive(dallas).stand(time.Hour), third).drive(waco), central(14, 44), nil},
		{"gone to the next stop", changed(offMemphis().drive(dallas).stand(time.Hour), third).drive(waco), central(14, 45), missed2},
		{"departure: at the gate", atMemphis().stand(20 * time.Minute), central(5, 29), nil},
		{"departure: seen away for 29 min", changed(atMemphis().stand(30*time.Minute), func(*trip) {}).drive(littleRock), central(6, 14), nil},
		{"departure: seen away for 30 min", atMemphis().stand(30 * time.Minute).drive(littleRock), central(6, 15), missed1},
		{"departure: the arrival is told where it never was", changed(toMemphis().jump(central(5, 0), dallas).drive(littleRock), func(l *trip) {
			l.Stops[0].Arrived, l.State = happened(freight.FactArrived, central(5, 0)), freight.AtPickup
			l.Stops[0].Window = freight.Window{Start: central(10, 0), End: central(18, 0)}
		}), central(10, 29), nil},
		{"through the town to a gate beyond it", changed(offMemphis().drive(dallas).drive(between(dallas, waco, 0.3)).stand(time.Hour), func(l *trip) {
			l.Stops[1].Arrived, l.State = happened(freight.FactArrived, central(13, 35)), freight.AtDelivery
			town(l)
		}), central(14, 40), nil},
		{"at the pickup hours before its window", toMemphis().jump(central(1, 0), memphis).jump(central(1, 30), memphis).drive(littleRock).jump(central(6, 0), littleRock), central(6, 29), nil},
	})
}

func TestScanOrder(t *testing.T) {
	moments(t, []moment{
		{"in order", offMemphis(), central(7, 0), nil},
		{"departed without an arrival", changed(offMemphis(), func(l *trip) { l.Stops[0].Arrived = nil }), central(7, 0), []string{"scan.order/1/departure verify minor"}},
		{"whose word may only be late", changed(offMemphis(), func(l *trip) { l.Stops[0].Arrived = nil }), central(6, 34), []string{"scan.order/1/departure waiting watch"}},
		{"departed before it arrived", changed(offMemphis(), func(l *trip) { l.Stops[0].Arrived = happened(freight.FactArrived, central(6, 1)) }), central(7, 0), []string{"scan.order/1/departure verify minor"}},
		{"two clocks", changed(offMemphis(), func(l *trip) {
			l.Stops[0].Arrived = happened(freight.FactArrived, central(6, 1))
			l.Stops[0].Arrived.Source = device
		}), central(7, 0), nil},
		{"at the delivery before the pickup was left", changed(offMemphis(), func(l *trip) {
			l.Stops[1].Arrived, l.State = happened(freight.FactArrived, central(5, 30)), freight.AtDelivery
		}), central(6, 30), []string{"scan.order/2/order verify minor"}},
		{"delivered without an arrival", changed(offMemphis(), func(l *trip) {
			l.Stops[1].Delivered, l.Stops[1].Departed, l.State = happened(freight.FactDelivered, central(12, 0)), happened(freight.FactDeparted, central(12, 30)), freight.Delivered
		}), central(13, 5), []string{"scan.order/2/departure verify minor"}},
		{"at the delivery, nothing of the pickup", changed(toMemphis(), func(l *trip) {
			l.Stops[1].Arrived, l.State = happened(freight.FactArrived, central(12, 30)), freight.AtDelivery
		}), central(13, 5), []string{"scan.order/2/skipped verify minor"}},
	})
}
