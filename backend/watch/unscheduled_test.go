package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestUnscheduledStop(t *testing.T) {
	stop := []string{"stop.unscheduled atRisk major"}
	vague := func(l *trip) {
		l.Stops[1].Place = freight.Place{City: "Dallas", State: "TX"}
	}
	far := between(memphis, dallas, 0.98)
	moments(t, []moment{
		// Little Rock is reached at 08:15.
		{"a minute before 2 h", offMemphis().drive(littleRock).stand(90 * time.Minute), central(10, 14), nil},
		{"2 h on one spot, by the clock", offMemphis().drive(littleRock).stand(90 * time.Minute), central(10, 15), stop},
		{"and as long as it stands", offMemphis().drive(littleRock).stand(3 * time.Hour), central(11, 30), stop},
		{"gone on", offMemphis().drive(littleRock).stand(3 * time.Hour).drive(between(littleRock, dallas, 0.2)), central(12, 0), nil},
		{"not heard of for an hour before", offMemphis().drive(littleRock).stand(45 * time.Minute), central(10, 15), nil},
		{"a meal and a fuel stop", offMemphis().drive(littleRock).stand(105 * time.Minute), central(10, 0), nil},
		{"about its stop", offMemphis().drive(between(memphis, dallas, 0.99)).stand(3 * time.Hour), central(16, 0), nil},
		{"near a stop that is known exactly", offMemphis().drive(far).stand(3 * time.Hour), central(16, 0), stop},
		{"the stop is known by its town only", changed(offMemphis().drive(far).stand(3*time.Hour), vague), central(16, 0), nil},
		{"it is not known where the stop is", changed(offMemphis().drive(littleRock).stand(3*time.Hour), func(l *trip) {
			l.Stops[1].Place, l.Stops[1].Lat, l.Stops[1].Lon = freight.Place{}, 0, 0
		}), central(11, 15), nil},
		{"before the pickup", toMemphis().drive(littleRock).stand(3 * time.Hour), central(8, 0), nil},
		{"a rest after seven hours of driving", driven(8 * time.Hour), longDayToDallas().at.Add(8 * time.Hour), nil},
		{"10 h 59 min", driven(11 * time.Hour), longDayToDallas().at.Add(11*time.Hour - time.Minute), nil},
		{"11 h of it", driven(11 * time.Hour), longDayToDallas().at.Add(11 * time.Hour), stop},
		{"a rest before does not count as driving", offMemphis().jump(central(-12, 0), dallas).drive(memphis).stand(9*time.Hour).jump(central(6, 15), memphis).drive(littleRock).stand(3 * time.Hour),
			central(11, 45), stop},
	})
}

// driven is a truck that stands after its way.
func driven(d time.Duration) *trip { return longDayToDallas().stand(d) }

// longDayToDallas came from Little Rock for its freight and has nearly 9 h of driving behind it when it stops 43 miles short.
func longDayToDallas() *trip {
	l := offMemphis().jump(central(1, 30), littleRock).drive(memphis)
	return l.stand(central(6, 0).Sub(l.at)).drive(between(memphis, dallas, 0.9))
}
