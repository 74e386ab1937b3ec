package freight

import (
	"fmt"
	"sync"
	"time"
)

// zones keeps what time.LoadLocation answered: it opens and parses on every call otherwise. A cache of immutable values,
// so it does not make the core impure.
var zones sync.Map

// Location is the time zone of an IANA name or of a fixed "UTC-06:00". Callers embed time/tzdata, since Windows has no zone files.
func Location(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := loadLocation(name)
	if err != nil {
		return nil, err
	}
	zones.Store(name, loc)
	return loc, nil
}

func loadLocation(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is not a time zone", name)
	}
	var sign rune
	var h, m int
	if n, _ := fmt.Sscanf(name, "UTC%c%d:%d", &sign, &h, &m); n == 3 && (sign == '+' || sign == '-') && h < 24 && m < 60 {
		secs := h*3600 + m*60
		if sign == '-' {
			secs = -secs
		}
		return time.FixedZone(name, secs), nil
	}
	return time.LoadLocation(name)
}
