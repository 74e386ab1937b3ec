package watch

import (
	"slices"
	"strconv"

	"tracedesk/backend/freight"
)

// A reading may be a hair beyond a bound because it was told in Celsius.
const degreeSlack = 0.05

// temperature is temperature.excursion: the newest readings of one source, two in a row, lie outside the range that the
// load must keep. Readings before the freight is aboard are those of an empty trailer.
func (j *journey) temperature() {
	if j.t.TempMinF == nil && j.t.TempMaxF == nil || len(j.t.Readings) == 0 || j.left < 0 && !j.aboard() {
		return
	}
	from := j.aboardSince()
	for by := range j.t.Tellers {
		j.excursion(uint16(by), from)
	}
}

// aboard reports whether the stop at which the truck is has loaded it.
func (j *journey) aboard() bool { return j.at && j.t.Stops[j.to].Done() }

// aboardSince is when freight was first aboard; 0 where no exact time is known.
func (j *journey) aboardSince() int64 {
	if stop := firstPickup(j.t); stop != nil {
		for _, k := range [...]*freight.KnownTime{stop.Loaded, stop.PickedUp, stop.Departed} {
			if at := exact(k); !at.IsZero() {
				return at.Unix()
			}
		}
	}
	return 0
}

func (j *journey) excursion(by uint16, from int64) {
	var second, newest *freight.Reading // the reading that made it sure, the newest
	n := 0
	for i := range j.t.Readings {
		r := &j.t.Readings[i]
		if r.By != by || r.At < from {
			continue
		}
		newest = r
		if !j.outside(r.F) {
			n, second = 0, nil
			continue
		}
		if n++; n == j.rules.TempReadings {
			second = r
		}
	}
	if n < j.rules.TempReadings || second == nil {
		return
	}
	since := instant(second.At)
	f := freight.Finding{Kind: "temperature.excursion", Level: freight.ActNow, Severity: freight.Critical, Since: since,
		Why:      degrees(float64(second.F)) + " " + j.stamp(second.At) + " (" + j.who(by).String() + "), " + j.rangeText() + " is required",
		Evidence: []freight.ObservationID{second.Observation},
		Inputs: inputs("range", j.rangeText(), "source", j.who(by).String(), "newest", degrees(float64(newest.F))+" "+j.stamp(newest.At),
			"readings", strconv.Itoa(j.rules.TempReadings)+" in a row"),
		Next: freight.Next{Act: "call", Text: "Ask the driver for set-point, return air and the product's temperature now; have the logger's whole download kept; tell the customer", Due: since}}
	if !slices.Contains(f.Evidence, newest.Observation) {
		f.Evidence = append(f.Evidence, newest.Observation)
	}
	j.addOf(j.partOf(by), f, since)
}

// partOf tells the findings of several sensors apart; the only one needs no name.
func (j *journey) partOf(by uint16) string {
	for i := range j.t.Readings {
		if j.t.Readings[i].By != by {
			return j.who(by).String()
		}
	}
	return ""
}

func (j *journey) outside(f float32) bool {
	low, high := j.t.TempMinF, j.t.TempMaxF
	return low != nil && float64(f) < *low-degreeSlack || high != nil && float64(f) > *high+degreeSlack
}

func (j *journey) rangeText() string {
	low, high := j.t.TempMinF, j.t.TempMaxF
	switch {
	case low == nil:
		return "at most " + degrees(*high)
	case high == nil:
		return "at least " + degrees(*low)
	}
	return degrees(*low) + " to " + degrees(*high)
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', -1, 32) + " F" }
