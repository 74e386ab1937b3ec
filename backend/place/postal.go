package place

import "strings"

// canada gives the zone of Canadian postal codes by their beginning, the longest that fits; "" where the area has two
// clocks. The first letter is the province or a part of it (Canada Post), three characters are the sorting area.
var canada = map[string]string{
	"A": "America/St_Johns", "A0K": "", "A0P": "America/Goose_Bay", "A0R": "America/Goose_Bay", "A2V": "America/Goose_Bay",
	"B": "America/Halifax", "C": "America/Halifax", "E": "America/Moncton",
	"G": "America/Toronto", "G0B": "", "G0G": "", "G4T": "America/Halifax", "H": "America/Toronto", "J": "America/Toronto",
	"K": "America/Toronto", "L": "America/Toronto", "M": "America/Toronto", "N": "America/Toronto",
	"P": "America/Toronto", "P0T": "", "P0V": "", "P0W": "America/Winnipeg", "P0X": "America/Winnipeg", "P0Y": "America/Winnipeg",
	"P8N": "America/Winnipeg", "P8T": "America/Winnipeg", "P9A": "America/Winnipeg", "P9N": "America/Winnipeg",
	"R": "America/Winnipeg", "S": "America/Regina", "S0M": "", "S0P": "", "S9V": "America/Edmonton", "T": "America/Edmonton",
	"V": "America/Vancouver", "V0A": "", "V0B": "", "V0C": "", "V1A": "America/Edmonton", "V1C": "America/Edmonton",
	"V1G": "America/Dawson_Creek", "V1J": "America/Dawson_Creek",
	"X": "", "X1A": "America/Edmonton", "Y": "America/Whitehorse",
}

// mexico gives the zone of Mexican postal codes by their first two digits (SEPOMEX: the state); those of states with two clocks
// are not here.
var mexico = map[string]string{
	"23": "America/Mazatlan", "24": "America/Merida", "25": "America/Monterrey", "27": "America/Monterrey",
	"34": "America/Monterrey", "35": "America/Monterrey", "64": "America/Monterrey", "66": "America/Monterrey", "67": "America/Monterrey",
	"77": "America/Cancun", "80": "America/Mazatlan", "81": "America/Mazatlan", "82": "America/Mazatlan",
	"21": "America/Tijuana", "22": "America/Tijuana", "83": "America/Hermosillo", "84": "America/Hermosillo", "85": "America/Hermosillo",
	"97": "America/Merida",
}

// mexicoCity are the first two digits of the states that go by the clock of the capital.
const mexicoCity = " 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 20 28 29 30 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57" +
	" 58 59 60 61 62 68 69 70 71 72 73 74 75 76 78 79 86 90 91 92 93 94 95 96 98 99 "

// postalZone is the zone of a Canadian or Mexican postal code; "" when it cannot be told.
func postalZone(w where) string {
	switch {
	case w.country == "MX" && len(w.postal) == 5:
		if strings.Contains(mexicoCity, " "+w.postal[:2]+" ") {
			return "America/Mexico_City"
		}
		return mexico[w.postal[:2]]
	case (w.country == "CA" || w.country == "") && canadian(w.postal):
		if zone, ok := canada[w.postal[:3]]; ok {
			return zone
		}
		return canada[w.postal[:1]]
	}
	return ""
}

// canadian reports whether s begins as a Canadian postal code does: letter, digit, letter.
func canadian(s string) bool {
	letter := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	return (len(s) == 3 || len(s) == 6) && letter(s[0]) && s[1] >= '0' && s[1] <= '9' && letter(s[2])
}
