package timeline

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tracedesk/backend/freight"
)

// likeness scores how well a place as told fits a stop's place; 0 means that it does not, or that nothing can be compared.
// A postal code weighs most; cities and states that differ rule a stop out unless the postal code is the same.
func likeness(stop, told *freight.Place) int {
	score := 0
	postalA, postalB := postal(stop), postal(told)
	samePostal := postalA != "" && postalA == postalB
	if samePostal {
		score += 4
	}
	if !samePostal {
		if stop.State != "" && told.State != "" && !sameName(stop.State, told.State) {
			return 0
		}
		if stop.City != "" && told.City != "" && !sameName(stop.City, told.City) {
			return 0
		}
	}
	cities := stop.City != "" && told.City != ""
	if cities && sameName(stop.City, told.City) {
		score += 2
	}
	if postalA != "" && postalB != "" && !samePostal && !cities {
		return 0
	}
	if stop.Facility != "" && told.Facility != "" && sameName(stop.Facility, told.Facility) {
		score += 2
	}
	if score > 0 && stop.Address != "" && told.Address != "" && sameName(stop.Address, told.Address) {
		score++
	}
	if score == 0 && pointOnly(told) && stop.HasPoint() && miles(stop.Lat, stop.Lon, told.Lat, told.Lon) <= gateMiles {
		return 1
	}
	return score
}

// gateMiles is how far from a stop's stated coordinates an event told by coordinates alone may be to belong to it.
const gateMiles = 3

func pointOnly(p *freight.Place) bool {
	return p.HasPoint() && p.City == "" && p.Postal == "" && p.Facility == ""
}

// comparablePlace reports whether a place says anything that a stop can be compared with.
func comparablePlace(p *freight.Place) bool {
	return p.City != "" || p.Postal != "" || p.Facility != "" || p.HasPoint()
}

// postal is the part of a postal code that two writings share: five digits of a ZIP, else letters and digits.
func postal(p *freight.Place) string {
	code := freight.NormalRef(p.Postal)
	if len(code) > 5 && strings.Trim(code, "0123456789") == "" {
		return code[:5]
	}
	return code
}

// sameName compares names without case, accents, blanks and punctuation.
func sameName(a, b string) bool {
	if a == b {
		return true
	}
	if isASCII(a) && isASCII(b) {
		return sameASCII(a, b)
	}
	return sameASCII(plain(a), plain(b))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func sameASCII(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && letter(a[i]) == 0 {
			i++
		}
		for j < len(b) && letter(b[j]) == 0 {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if letter(a[i]) != letter(b[j]) {
			return false
		}
		i++
		j++
	}
}

// letter is a byte in lower case, 0 for blanks and punctuation.
func letter(c byte) byte {
	switch {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= utf8.RuneSelf:
		return c
	case c >= 'A' && c <= 'Z':
		return c - 'A' + 'a'
	}
	return 0
}

// undecomposed are letters that decomposition leaves whole.
var undecomposed = strings.NewReplacer("ł", "l", "ø", "o", "ß", "ss", "đ", "d", "æ", "ae", "œ", "oe", "ı", "i")

// plain is a name in lower case without accents.
func plain(s string) string {
	s = undecomposed.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// miles is the great-circle distance in statute miles.
func miles(lat1, lon1, lat2, lon2 float64) float64 {
	const earth, rad = 3958.7613, math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := sinLat*sinLat + math.Cos(lat1*rad)*math.Cos(lat2*rad)*sinLon*sinLon
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}
