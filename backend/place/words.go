package place

import (
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// spokenZones are the zone words of the trade. "EST" also is an IANA name of a zone without daylight time: nobody who
// writes it on a load means that, so the words come first.
var spokenZones = map[string]string{
	"ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York", "EASTERN": "America/New_York",
	"CT": "America/Chicago", "CST": "America/Chicago", "CDT": "America/Chicago", "CENTRAL": "America/Chicago",
	"MT": "America/Denver", "MST": "America/Denver", "MDT": "America/Denver", "MOUNTAIN": "America/Denver",
	"PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PACIFIC": "America/Los_Angeles",
	"AKST": "America/Anchorage", "AKDT": "America/Anchorage", "ALASKA": "America/Anchorage",
	"HST": "Pacific/Honolulu", "HAWAII": "Pacific/Honolulu",
	"AST": "America/Halifax", "ADT": "America/Halifax", "ATLANTIC": "America/Halifax",
	"NST": "America/St_Johns", "NDT": "America/St_Johns", "NEWFOUNDLAND": "America/St_Johns",
	"ARIZONA": "America/Phoenix",
}

// stated is a zone given by a name that is exact; "" when it is not one.
func stated(s string) string {
	exact := strings.Contains(s, "/") || strings.HasPrefix(s, "UTC")
	if !exact {
		return ""
	}
	if _, err := freight.Location(s); err != nil {
		return ""
	}
	return s
}

// spoken is the zone that a word of the trade means where nothing more is known; "" for another word.
func spoken(s string) string {
	word := strings.ToUpper(strings.TrimSpace(s))
	for _, tail := range []string{" TIME", " STANDARD", " DAYLIGHT"} {
		word = strings.TrimSuffix(word, tail)
	}
	if word == "UTC" || word == "GMT" || word == "Z" {
		return "UTC"
	}
	return spokenZones[strings.TrimPrefix(word, "US ")]
}

// precise is the zone found at the place when its clock reads as the word's zone does in winter or in summer
// ("MST" in Phoenix, "CST" in Regina and in Monterrey); else the word's own zone.
func precise(word, found string) string {
	if found == "" || word == found {
		return word
	}
	a, err1 := freight.Location(word)
	b, err2 := freight.Location(found)
	if err1 != nil || err2 != nil {
		return word
	}
	for _, month := range []time.Month{time.January, time.July} {
		t := time.Date(2026, month, 1, 12, 0, 0, 0, time.UTC)
		_, x := t.In(a).Zone()
		if _, y := t.In(b).Zone(); x == y {
			return found
		}
	}
	return word
}
