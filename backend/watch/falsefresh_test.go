package watch

import (
	"slices"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestFalseFresh(t *testing.T) {
	fresh := []string{"position.falseFresh verify major"}
	moments(t, []moment{
		// Little Rock is first told at 08:15.
		{"75 min", offMemphis().drive(littleRock).repeat(75 * time.Minute), central(9, 30), nil},
		{"90 min", offMemphis().drive(littleRock).repeat(90 * time.Minute), central(9, 45), fresh},
		{"three positions are too few", offMemphis().jump(central(7, 0), littleRock).jump(central(8, 0), littleRock).jump(central(9, 0), littleRock), central(9, 0), []string{"stop.unscheduled atRisk major"}},
		{"four over three hours", offMemphis().jump(central(7, 0), littleRock).jump(central(8, 0), littleRock).jump(central(9, 0), littleRock).jump(central(10, 0), littleRock), central(10, 0), fresh},
		{"a jitter is a stop", offMemphis().drive(littleRock).stand(90 * time.Minute), central(9, 45), nil},
		{"it freezes wherever it stands", changed(atMemphis().jump(central(5, 0), memphis).repeat(time.Hour), leave).drive(littleRock).repeat(90 * time.Minute), central(10, 0), nil},
		{"and is a stop after 2 h", changed(atMemphis().jump(central(5, 0), memphis).repeat(time.Hour), leave).drive(littleRock).repeat(2 * time.Hour), central(10, 15), []string{"stop.unscheduled atRisk major"}},
		{"a rest", changed(longDayToDallas().repeat(9*time.Hour), unseenAtMemphis), central(18, 0), nil},
		{"no rest on a device that jitters", longDayToDallas().repeat(2 * time.Hour), central(14, 30), fresh},
		{"at its pickup after the departure", offMemphis().jump(central(6, 0), memphis).repeat(90 * time.Minute), central(7, 30), fresh},
		{"at its delivery", offMemphis().drive(dallas).repeat(2 * time.Hour), central(15, 15), nil},
		{"at its delivery, where no truck can be yet", offMemphis().jump(central(6, 10), dallas).repeat(90 * time.Minute), central(7, 40), fresh},
		{"the middle of the town", changed(offMemphis().jump(central(5, 0), memphis).stand(time.Hour).drive(dallas).repeat(2*time.Hour), town), central(15, 15), fresh},
		{"the last delivery's place, before the pickup", toMemphis().jump(central(4, 0), littleRock).repeat(5 * time.Hour), central(9, 0), fresh},
		{"before it need set out", toMemphis().jump(central(4, 0), littleRock).repeat(4 * time.Hour), central(8, 0), nil},
	})
}

// unseenAtMemphis takes away what tells that the device jitters.
func unseenAtMemphis(l *trip) {
	l.Trail = slices.DeleteFunc(l.Trail, func(f freight.Fix) bool {
		return f.At >= central(4, 0).Unix() && f.At < central(6, 0).Unix()
	})
}

func leave(l *trip) {
	l.Stops[0].Departed, l.State = happened(freight.FactDeparted, l.at), freight.InTransit
}

// town leaves of the delivery's place the town, of which the resolver knows the middle.
func town(l *trip) { l.Stops[1].Place = freight.Place{City: "Dallas", State: "TX"} }

func TestEventsOfAPreviousJourney(t *testing.T) {
	at := func(days int) func(*trip) {
		return func(l *trip) {
			l.Stops[0].Arrived = happened(freight.FactArrived, central(-24*days, 0))
			l.Stops[0].Departed = happened(freight.FactDeparted, central(-24*days, 0))
			l.Stops[0].Arrived.Claims[0].ReceivedAt, l.Stops[0].Departed.Claims[0].ReceivedAt = central(6, 5), central(6, 5)
		}
	}
	moments(t, []moment{
		{"three days before its first word", changed(offMemphis(), at(4)), central(7, 0), []string{"position.falseFresh/1/prior verify major"}},
		{"a day before", changed(offMemphis(), at(1)), central(7, 0), nil},
		{"moved to a later day", changed(offMemphis(), func(l *trip) { at(4)(l); l.Stops[0].Original.Start = central(-72, 0) }), central(7, 0), nil},
	})
}
