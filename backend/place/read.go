package place

import (
	"strconv"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/place/internal/table"
)

// where is a place as read: a country of ISO 3166 ("" unknown), the states that its state may be, and which of them it is.
type where struct {
	country string
	state   *table.State
	may     []*table.State // the states so written, the likeliest first
	said    bool           // a state was given, known to us or not
	city    string
	postal  string // without blanks, upper case
}

var countries = map[string]string{"USA": "US", "UNITED STATES": "US", "UNITED STATES OF AMERICA": "US", "CAN": "CA", "CANADA": "CA",
	"MEX": "MX", "MEXICO": "MX", "MÉXICO": "MX", "U.S.": "US", "U.S.A.": "US", "PUERTO RICO": "PR"}

// statesByName finds states by folded code, name and other spelling: US and Canada before Mexico, whose two-letter codes
// ("BC", "NL", "MI") clash with theirs.
var statesByName = func() map[string][]*table.State {
	m := map[string][]*table.State{}
	for i := range table.States {
		s := &table.States[i]
		for _, name := range append([]string{s.Code, s.Name}, s.Also...) {
			k := string(table.Fold(nil, name))
			m[k] = append(m[k], s)
		}
	}
	return m
}()

func read(p freight.Place) where {
	w := where{city: p.City, country: readCountry(p.Country), postal: readPostal(p.Postal)}
	state := p.State
	if state == "" { // "Dallas, TX" in one column
		if i := strings.LastIndexByte(w.city, ','); i > 0 {
			w.city, state = w.city[:i], w.city[i+1:]
		}
	}
	state = strings.TrimSpace(state)
	w.said = state != ""
	var space [48]byte
	for _, s := range statesByName[string(table.Fold(space[:0], state))] {
		if w.country == "" || w.country == s.Country {
			w.may = append(w.may, s)
		}
	}
	if len(w.may) > 0 {
		w.state = w.may[0]
		if len(w.may) == 1 {
			w.country = w.state.Country
		}
	}
	return w
}

func readCountry(s string) string {
	if len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	s = strings.ToUpper(strings.TrimSpace(s))
	if known := countries[s]; known != "" {
		return known
	}
	if code := countryNamed(s); code != "" {
		return code
	}
	return s
}

func readPostal(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return strings.ToUpper(strings.Join(strings.Fields(s), ""))
		}
	}
	return s
}

// zip is the ZIP code of a place. It must not contradict the rest: a ZIP code of another state than the one given is no
// evidence, and where neither country nor state is given the town must lie near it (Berlin has a 10115 too).
func (r *Resolver) zip(w where) (p table.Point, zone string, ok bool) {
	code, ok := zipCode(w)
	if !ok {
		return 0, "", false
	}
	p, zone, state, ok := r.table.Zip(code)
	switch {
	case !ok:
	case w.state != nil:
		ok = state == w.state
	case w.said:
		ok = false
	case w.country == "" && w.city != "":
		town, _, known := r.table.City(table.CityKey(w.city, state.Code, "US"))
		ok = known && apart(town, p) < nearby
	}
	return p, zone, ok
}

// zipCode reads a ZIP code of five digits, of five and four, or of four where a sheet has lost the leading zero of a known state.
func zipCode(w where) (code uint32, ok bool) {
	digits, plus, _ := strings.Cut(w.postal, "-")
	if len(digits) == 9 && plus == "" {
		digits = digits[:5]
	}
	if w.country != "" && w.country != "US" || len(digits) != 5 && (len(digits) != 4 || w.state == nil) {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), err == nil
}

// nearby is how many miles may lie between two middles of one town.
const nearby = 60

// apart is the distance of two points in miles, far when one is unknown.
func apart(a, b table.Point) float64 {
	lat1, lon1, ok1 := a.Degrees()
	lat2, lon2, ok2 := b.Degrees()
	if !ok1 || !ok2 {
		return 1e9
	}
	return Miles(lat1, lon1, lat2, lon2)
}

// city finds the town, first in its state (and settles which state was meant), then, where no state was given or the
// state is not one of ours, in its country.
func (r *Resolver) city(w *where) (p table.Point, zone string, ok bool) {
	if w.city == "" {
		return 0, "", false
	}
	for _, s := range w.may {
		if p, zone, ok = r.table.City(table.CityKey(w.city, s.Code, s.Country)); ok {
			w.state, w.country = s, s.Country
			return p, zone, true
		}
	}
	if len(w.may) > 0 || w.country == "" || w.said && w.country == "US" {
		return 0, "", false
	}
	return r.table.City(table.CityKey(w.city, "", w.country))
}
