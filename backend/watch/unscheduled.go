package watch

import (
	"time"

	"tracedesk/backend/freight"
)

// Miles an hour and road miles to one as the crow flies, by which driving is reckoned between two fixes far apart.
const (
	roadMPH    = 45
	roadFactor = 1.2
)

// unscheduled is stop.unscheduled: on the road between two stops, on one spot for 2 h; 11 h where the driver may well rest.
// It falls due by the clock as long as the newest fix was told shortly before: a truck of which nothing more is heard may
// have gone on, and is position.stale.
func (j *journey) unscheduled() {
	if !j.onTheWay() {
		return
	}
	last := j.last()
	first := j.spot(j.since)
	if first == len(j.fixes)-1 || j.aboutAnyStop(last) {
		return
	}
	limit, rest := j.rules.Unscheduled, j.mayRest(first)
	if rest {
		limit = j.rules.Rest
	}
	due := instant(j.fixes[first].At).Add(limit)
	if last.At < due.Add(-j.rules.Stale/2).Unix() || !j.reached(due) {
		return
	}
	f := freight.Finding{Kind: "stop.unscheduled", Level: freight.AtRisk, Severity: freight.Major, Since: due,
		Why:      "On one spot " + j.spotText(last) + " since " + j.stamp(j.fixes[first].At) + ", at no stop of the load",
		Evidence: []freight.ObservationID{j.fixes[first].Observation, last.Observation},
		Inputs: inputs("first", j.told(&j.fixes[first]), "newest", j.told(last), "point", pointText(last), "spot", number(j.rules.SpotMiles)+" mi",
			"rest", yesNo(rest), "threshold", span(limit)),
		Next: freight.Next{Act: "call", Text: "Ask the driver why the truck stands, since when, when it goes on, and whether the freight is safe; then for the ETA" + j.toNext(), Due: due}}
	j.add(f, due)
}

// onTheWay reports whether the truck is between two stops and fixes were told of it there.
func (j *journey) onTheWay() bool { return j.left >= 0 && j.to >= 0 && !j.at && j.since < len(j.fixes) }

// spot is the first of the newest fixes, no earlier than from, that all lie on the spot of the last.
func (j *journey) spot(from int) int {
	last := j.last()
	shrink := shrinkAt(last)
	limit := j.rules.SpotMiles * j.rules.SpotMiles
	first := len(j.fixes) - 1
	for first > from && apart(&j.fixes[first-1], last, shrink) <= limit {
		first--
	}
	return first
}

// aboutAnyStop reports whether a fix lies about a stop of the load. Where it is not known where a stop ahead is, the truck
// may well be there.
func (j *journey) aboutAnyStop(f *freight.Fix) bool {
	for i := range j.t.Stops {
		stop := &j.t.Stops[i]
		if !hasPoint(stop) {
			if i >= j.to {
				return true
			}
			continue
		}
		if area := areaOf(stop, j.rules.GateMiles); planeAt(stop, stop.Lat).squared(f) <= area*area {
			return true
		}
	}
	return false
}

// A driver's day: a break of at least so long on one spot ends it, and who has been up for so long must soon stop even
// where the hours went by at docks (a break of a split rest is 7 h, a day is 14 h by the federal hours of service).
const (
	shortestRest = 7 * time.Hour
	longDay      = 12 * time.Hour
)

// mayRest reports whether the driver had driven so long, or was up so long, before fix k that the stop may be a rest.
func (j *journey) mayRest(k int) bool {
	var driven, day, still time.Duration
	shrink := shrinkAt(&j.fixes[k])
	spot := j.rules.SpotMiles * j.rules.SpotMiles
	for ; k > 0; k-- {
		a, b := &j.fixes[k-1], &j.fixes[k]
		gap := time.Duration(b.At-a.At) * time.Second
		far := apart(a, b, shrink)
		if far <= spot {
			if still += gap; still >= shortestRest {
				break
			}
		} else {
			still = 0
			driven += min(gap, time.Duration(root(far)*roadFactor/roadMPH*float64(time.Hour)))
		}
		if day += gap; driven >= j.rules.RestAfter || day-still >= longDay {
			return true
		}
	}
	return false
}
