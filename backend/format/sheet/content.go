package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// content is what the values of a column look like, counted over the sample.
type content struct {
	filled    int
	nothing   int
	distinct  map[string]int
	dates     int // with a day
	clocks    int // a time of day alone
	both      int // a day and a time
	midnights int // of both: at 00:00
	halfDay   int
	spans     int
	figures   int // figures alone that may be a date (20261123, an Excel serial) and may as well be a number
	numbers   int
	points    int // numbers with a decimal point
	commas    int // numbers with a decimal comma
	zips      int
	states    int
	countries int
	cities    int // "Dallas, TX"
	phones    int
	shortCaps int // two to four capital letters: a SCAC
	yesNo     int
	letters   int
	ids       int
	codes     int // one word, mostly figures
	samples   []string
}

// share is the part of the filled cells that a count makes.
func (c *content) share(n int) float64 {
	if c.filled == 0 {
		return 0
	}
	return float64(n) / float64(c.filled)
}

// looks counts the contents of every column over the sample.
func (b *Book) looks() []content {
	looks := make([]content, len(b.Header))
	for i := range looks {
		looks[i].distinct = map[string]int{}
	}
	for i := range b.sample {
		for column := range looks {
			looks[column].add(b.sample[i].cell(column))
		}
	}
	return looks
}

func (c *content) add(v string) {
	if v == "" {
		return
	}
	if nothing, _ := isNothing(v); nothing || isIdle(v) {
		c.nothing++
		return
	}
	c.filled++
	c.distinct[v]++
	if len(c.samples) < 3 && !slices.Contains(c.samples, v) {
		c.samples = append(c.samples, v)
	}
	c.addTime(v)
	c.addText(v)
}

func (c *content) addTime(v string) {
	if v[0] >= '0' && v[0] <= '9' || strings.ContainsAny(v, "0123456789") {
		if _, ok := readFigures(v); ok {
			c.figures++
			return
		}
		if r, ok := readTime(v); ok && (r.complete() || r.n == 2 || r.month != 0) {
			c.dates++
			if r.hasTime {
				c.both++
				if r.hour%24 == 0 && r.minute == 0 && r.second == 0 {
					c.midnights++
				}
			}
			if r.halfDay {
				c.halfDay++
			}
			return
		}
		if r, ok := parseClock(v); ok && (r.n == 0 || nothingYear(r.field[0].value) || nothingYear(r.field[2].value)) {
			c.clocks++
			if r.halfDay {
				c.halfDay++
			}
			return
		}
	}
	if _, end, err := parseSpan(v, dateRules{order: MonthFirst}); err == nil && !end.IsZero() {
		c.spans++
	} else if _, _, ok := clockSpan(v); ok {
		c.spans++
	}
}

func (c *content) addText(v string) {
	digits, letters, upper := 0, 0, 0
	for _, r := range v {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	if letters > 0 && digits == 0 {
		c.letters++
	}
	if _, err := parseNumber(v, false); err == nil && letters == 0 {
		c.numbers++
		switch comma, point := strings.LastIndexByte(v, ','), strings.LastIndexByte(v, '.'); {
		case comma > point && (point >= 0 || len(v)-comma != 4):
			c.commas++
		case point > comma && (comma >= 0 || len(v)-point != 4):
			c.points++
		}
	}
	if isPostal(v) {
		c.zips++
	}
	if states[strings.ToUpper(v)] != "" {
		c.states++
	}
	if countryOf(v) != "" {
		c.countries++
	}
	if _, ok := cutCityState(v); ok {
		c.cities++
	}
	if digits >= 10 && digits <= 13 && letters <= 3 && (strings.ContainsAny(v, "-() +.") || digits == 10) {
		c.phones++
	}
	if upper == len(v) && len(v) >= 2 && len(v) <= 4 {
		c.shortCaps++
	}
	switch strings.ToLower(v) {
	case "y", "n", "yes", "no", "true", "false", "0", "1", "x":
		c.yesNo++
	}
	if digits > 0 && len(v) >= 2 && len(v) <= 25 && strings.Count(v, " ") <= 1 {
		c.ids++
	}
	if digits > 2 && digits >= letters && strings.IndexByte(v, ' ') < 0 {
		c.codes++
	}
}

// isPostal knows the shape of US ZIP and Canadian codes, and five figures.
func isPostal(s string) bool {
	switch len(s) {
	case 5:
		_, ok := figures(s)
		return ok
	case 10:
		_, ok1 := figures(s[:5])
		_, ok2 := figures(s[6:])
		return ok1 && ok2 && s[5] == '-'
	case 6, 7:
		t := strings.ReplaceAll(strings.ToUpper(s), " ", "")
		return len(t) == 6 && letter(t[0]) && digit(t[1]) && letter(t[2]) && digit(t[3]) && letter(t[4]) && digit(t[5])
	}
	return false
}

func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// cityState is a place in one cell.
type cityState struct {
	city, state, postal, country string
}

// cutCityState reads "Dallas, TX", "DALLAS TX 75201", "Dallas, TX 75201, US".
func cutCityState(s string) (p cityState, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' })
	if len(parts) > 1 {
		if c := countryOf(strings.TrimSpace(parts[len(parts)-1])); c != "" && states[strings.ToUpper(strings.TrimSpace(parts[len(parts)-1]))] == "" {
			p.country = strings.TrimSpace(parts[len(parts)-1])
			parts = parts[:len(parts)-1]
		}
	}
	words := strings.Fields(strings.Join(parts, " "))
	last := len(words) - 1
	if last >= 1 && isPostal(words[last]) {
		p.postal = words[last]
		last--
	} else if last >= 2 && isPostal(words[last-1]+words[last]) && len(words[last]) == 3 {
		p.postal = words[last-1] + " " + words[last]
		last -= 2
	}
	if last < 1 || states[words[last]] == "" && !(len(parts) > 1 && states[strings.ToUpper(words[last])] != "") {
		return cityState{}, false
	}
	p.state = strings.ToUpper(words[last])
	p.city = strings.Join(words[:last], " ")
	return p, strings.IndexFunc(p.city, unicode.IsDigit) < 0
}

// states are the letters of the states and provinces of the United States, Canada and Mexico, with their country.
var states = stateTable(map[string]string{
	"US": "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR",
	"CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT",
	"MX": "AGS BCN BCS CAM CHIH CHP CHIS CDMX COAH COL DGO GTO GRO HGO JAL MEX MICH MOR NAY NLE OAX PUE QRO QROO SLP SIN SON TAB TAMPS TAM TLAX VER YUC ZAC",
})

func stateTable(lists map[string]string) map[string]string {
	table := map[string]string{}
	for country, list := range lists {
		eachWord(list, func(state string) { table[state] = country })
	}
	return table
}

var countryNames = map[string]string{"us": "US", "usa": "US", "u.s.": "US", "united states": "US", "united states of america": "US", "ca": "CA", "can": "CA", "canada": "CA",
	"mx": "MX", "mex": "MX", "mexico": "MX", "méxico": "MX", "de": "DE", "deu": "DE", "germany": "DE", "deutschland": "DE", "d": "DE", "fr": "FR", "fra": "FR", "france": "FR",
	"es": "ES", "esp": "ES", "spain": "ES", "españa": "ES", "it": "IT", "ita": "IT", "italy": "IT", "italia": "IT", "gb": "GB", "uk": "GB", "gbr": "GB", "united kingdom": "GB", "england": "GB",
	"nl": "NL", "nld": "NL", "netherlands": "NL", "nederland": "NL", "be": "BE", "bel": "BE", "belgium": "BE", "belgique": "BE", "pl": "PL", "pol": "PL", "poland": "PL", "polska": "PL",
	"at": "AT", "aut": "AT", "austria": "AT", "österreich": "AT", "ch": "CH", "che": "CH", "switzerland": "CH", "schweiz": "CH", "suisse": "CH", "cz": "CZ", "cze": "CZ", "czech republic": "CZ",
	"pt": "PT", "prt": "PT", "portugal": "PT", "dk": "DK", "denmark": "DK", "se": "SE", "sweden": "SE", "no": "NO", "norway": "NO", "hu": "HU", "hungary": "HU", "ro": "RO", "romania": "RO",
	"ie": "IE", "ireland": "IE", "br": "BR", "brazil": "BR", "brasil": "BR", "ar": "AR", "argentina": "AR", "cl": "CL", "chile": "CL", "co": "CO", "colombia": "CO", "au": "AU", "australia": "AU",
	"in": "IN", "india": "IN", "za": "ZA", "south africa": "ZA", "nigeria": "NG", "vietnam": "VN", "zambia": "ZM", "tanzania": "TZ", "côte d'ivoire": "CI", "haiti": "HT", "uganda": "UG"}

func countryOf(s string) string { return countryNames[strings.ToLower(s)] }
