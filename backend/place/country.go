package place

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// named are the countries by their names in English, French, Spanish and German, from the Unicode Common Locale Data
// Repository that golang.org/x/text carries; made when a sheet first writes a country out.
var named = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	speakers := []display.Namer{display.English.Regions(), display.French.Regions(), display.Spanish.Regions(), display.German.Regions()}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.String() != code {
				continue
			}
			for _, speaker := range speakers {
				names[countryKey(speaker.Name(region))] = code
			}
		}
	}
	return names
})

// otherNames are names that the repository writes otherwise.
var otherNames = map[string]string{"congo drc": "CD", "dr congo": "CD", "democratic republic of the congo": "CD", "republic of the congo": "CG", "ivory coast": "CI",
	"burma": "MM", "swaziland": "SZ", "czech republic": "CZ", "holland": "NL", "the netherlands": "NL", "turkey": "TR", "macedonia": "MK", "cape verde": "CV",
	"korea": "KR", "republic of korea": "KR", "russian federation": "RU", "viet nam": "VN", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB"}

// countryKey is a name without case, accents and signs; "&" and "and" are one.
func countryKey(s string) string {
	var out strings.Builder
	for _, c := range norm.NFD.String(strings.ReplaceAll(s, "&", " and ")) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case unicode.IsLetter(c):
			out.WriteRune(unicode.ToLower(c))
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// countryNamed is the ISO 3166 code of a country by its name or its three letters; "" for a word that is none.
func countryNamed(s string) string {
	key := countryKey(s)
	if key == "" {
		return ""
	}
	if code := otherNames[key]; code != "" {
		return code
	}
	if len(s) == 3 {
		if region, err := language.ParseRegion(s); err == nil && region.IsCountry() {
			return region.String()
		}
	}
	return named()[key]
}
