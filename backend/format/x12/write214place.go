package x12

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tracedesk/backend/freight"
)

// zoneLetters are the first letters of the codes for zones of the United States. The code ends in T where clocks follow the
// zone, in S or D where only that tells which of two equal readings is meant. A zone that is not here is written as local
// time: Phoenix is not MT, which has daylight time.
var zoneLetters = map[string]string{
	"America/New_York": "E", "America/Detroit": "E", "America/Indiana/Indianapolis": "E", "America/Kentucky/Louisville": "E",
	"America/Chicago": "C", "America/Menominee": "C", "America/Denver": "M", "America/Boise": "M", "America/Los_Angeles": "P",
	"America/Anchorage": "A", "Pacific/Honolulu": "H",
}

// written214 is a time as AT7-05 to 07: the stop's local time with a zone code, UTC where the stop's zone does not tell.
func written214(w freight.When, zone string) (date, clock, code string) {
	wall := w.Wall()
	code = "LT"
	if letter := zoneLetters[zone]; letter != "" {
		code = letter + "T"
	}
	switch w.Basis {
	case freight.DayOnly:
		return wall.Format("20060102"), "", ""
	case freight.Instant:
		wall, code = stopTime(time.Unix(w.Sec, 0), zone, code)
	}
	layout := "1504"
	if wall.Second() != 0 {
		layout = "150405"
	}
	return wall.Format("20060102"), wall.Format(layout), code
}

// stopTime is an instant on the clocks of a zone, with a code that tells it from any other.
func stopTime(at time.Time, zone, code string) (time.Time, string) {
	loc, err := freight.Location(zone)
	if err != nil {
		return at.UTC(), "UT"
	}
	there := at.In(loc)
	switch {
	case !twice(there):
		return there, code
	case code == "LT":
		return at.UTC(), "UT"
	case there.IsDST():
		return there, code[:1] + "D"
	}
	return there, code[:1] + "S"
}

// twice reports whether the clocks show this reading at another instant of the same day too.
func twice(at time.Time) bool {
	const day = 24 * time.Hour
	_, here := at.Zone()
	for _, near := range [...]time.Time{at.Add(-day), at.Add(day)} {
		_, other := near.Zone()
		if other == here {
			continue
		}
		again := at.Add(time.Duration(here-other) * time.Second)
		if _, there := again.Zone(); there == other {
			return true
		}
	}
	return false
}

// town is a place as MS1-01 to 03, all empty when it cannot be written: a city needs its state or country.
func town(p freight.Place) (city, state, country string) {
	city, state, country = plain(p.City), plain(p.State), plain(p.Country)
	if len(state) != 2 {
		state = ""
	}
	if len(country) != 2 && len(country) != 3 {
		country = ""
	}
	if len(city) < 2 || len(city) > 30 || state == "" && country == "" {
		return "", "", ""
	}
	return city, state, country
}

// plain is a name in the characters that every receiver reads: upper case without accents, a blank for what cannot stand in
// data. It is empty when letters would be lost, since that would be another name.
func plain(name string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToUpper(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < ' ' || strings.ContainsRune(elementMark+componentMark+segmentMark+repetitionMark, r):
			out.WriteByte(' ')
		case r > '~':
			return ""
		default:
			out.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
