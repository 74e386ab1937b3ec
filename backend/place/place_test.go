package place

import (
	"math"
	"testing"

	"tracedesk/backend/freight"
	"tracedesk/backend/place/internal/table"
)

func at(city, state, country string) freight.Place {
	return freight.Place{City: city, State: state, Country: country}
}

func point(lat, lon float64) freight.Place { return freight.Place{Lat: lat, Lon: lon} }

func post(postal, state, country string) freight.Place {
	return freight.Place{Postal: postal, State: state, Country: country}
}

func TestZone(t *testing.T) {
	tests := []struct {
		name      string
		place     freight.Place
		zone, how string
	}{
		{"Eastern", at("Atlanta", "GA", "US"), "America/New_York", "city"},
		{"Central", at("Dallas", "TX", "US"), "America/Chicago", "city"},
		{"Mountain", at("Denver", "CO", "US"), "America/Denver", "city"},
		{"Pacific", at("Reno", "NV", "US"), "America/Los_Angeles", "city"},
		{"Alaska", at("Anchorage", "AK", "US"), "America/Anchorage", "city"},
		{"Hawaii has no daylight time", at("Honolulu", "HI", "US"), "Pacific/Honolulu", "city"},
		{"Arizona has no daylight time", at("Phoenix", "AZ", "US"), "America/Phoenix", "city"},
		{"Puerto Rico", at("San Juan", "", "PR"), "America/Puerto_Rico", "city"},

		{"split state, Texas west", at("El Paso", "TX", "US"), "America/Denver", "city"},
		{"split state, Florida east", at("Jacksonville", "FL", "US"), "America/New_York", "city"},
		{"split state, Florida west", at("Pensacola", "FL", "US"), "America/Chicago", "city"},
		{"split state, Tennessee east", at("Knoxville", "TN", "US"), "America/New_York", "city"},
		{"split state, Tennessee west", at("Memphis", "TN", "US"), "America/Chicago", "city"},
		{"split state, Kentucky east", at("Louisville", "KY", "US"), "America/Kentucky/Louisville", "city"},
		{"split state, Kentucky west", at("Bowling Green", "KY", "US"), "America/Chicago", "city"},
		{"split state, Indiana", at("Indianapolis", "IN", "US"), "America/Indiana/Indianapolis", "city"},
		{"split state, Indiana by Chicago", at("Gary", "IN", "US"), "America/Chicago", "city"},
		{"split state, Indiana by Evansville", at("Evansville", "IN", "US"), "America/Chicago", "city"},
		{"an Indiana county of its own", at("Tell City", "IN", "US"), "America/Indiana/Tell_City", "city"},
		{"split state, North Dakota", at("Fargo", "ND", "US"), "America/Chicago", "city"},
		{"split state, North Dakota west", at("Dickinson", "ND", "US"), "America/Denver", "city"},
		{"split state, South Dakota", at("Sioux Falls", "SD", "US"), "America/Chicago", "city"},
		{"split state, South Dakota west", at("Rapid City", "SD", "US"), "America/Denver", "city"},
		{"split state, Nebraska", at("Omaha", "NE", "US"), "America/Chicago", "city"},
		{"split state, Nebraska west", at("Scottsbluff", "NE", "US"), "America/Denver", "city"},
		{"split state, Kansas", at("Wichita", "KS", "US"), "America/Chicago", "city"},
		{"split state, Kansas west", at("Goodland", "KS", "US"), "America/Denver", "city"},
		{"split state, Michigan", at("Detroit", "MI", "US"), "America/Detroit", "city"},
		{"split state, Michigan west", at("Iron Mountain", "MI", "US"), "America/Menominee", "city"},
		{"split state, Oregon", at("Portland", "OR", "US"), "America/Los_Angeles", "city"},
		{"split state, Oregon east", at("Ontario", "OR", "US"), "America/Boise", "city"},
		{"split state, Idaho", at("Boise", "ID", "US"), "America/Boise", "city"},
		{"split state, Idaho north", at("Coeur d'Alene", "ID", "US"), "America/Los_Angeles", "city"},
		{"a town that goes with its neighbour", at("West Wendover", "NV", "US"), "America/Denver", "city"},

		{"Newfoundland, half an hour", at("St. John's", "NL", "CA"), "America/St_Johns", "city"},
		{"Labrador", at("Happy Valley-Goose Bay", "NL", "CA"), "America/Goose_Bay", "city"},
		{"Atlantic", at("Halifax", "NS", "CA"), "America/Halifax", "city"},
		{"New Brunswick", at("Moncton", "NB", "Canada"), "America/Moncton", "city"},
		{"Quebec", at("Montréal", "QC", "CA"), "America/Toronto", "city"},
		{"Ontario", at("Mississauga", "ON", "CAN"), "America/Toronto", "city"},
		{"Ontario west", at("Kenora", "ON", "CA"), "America/Winnipeg", "city"},
		{"Manitoba", at("Winnipeg", "MB", "CA"), "America/Winnipeg", "city"},
		{"Saskatchewan has no daylight time", at("Regina", "SK", "CA"), "America/Regina", "city"},
		{"Lloydminster goes with Alberta", post("S9V 0A1", "SK", "CA"), "America/Edmonton", "postal"},
		{"Alberta", at("Calgary", "AB", "CA"), "America/Edmonton", "city"},
		{"British Columbia", at("Vancouver", "BC", "CA"), "America/Vancouver", "city"},
		{"British Columbia, east", at("Cranbrook", "BC", "CA"), "America/Edmonton", "city"},
		{"British Columbia, Peace River", at("Fort St. John", "BC", "CA"), "America/Dawson_Creek", "city"},
		{"Yukon", at("Whitehorse", "YT", "CA"), "America/Whitehorse", "city"},

		{"Mexico City", at("Ciudad de México", "CMX", "MX"), "America/Mexico_City", "city"},
		{"Nuevo León, by its common code", at("Monterrey", "NL", "MX"), "America/Monterrey", "city"},
		{"the American clock at the border", at("Nuevo Laredo", "TAM", "MX"), "America/Matamoros", "city"},
		{"Tijuana", at("Tijuana", "BCN", "MX"), "America/Tijuana", "city"},
		{"Sonora has no daylight time", at("Nogales", "SON", "MX"), "America/Hermosillo", "city"},
		{"Ciudad Juárez, shortened", at("Cd. Juarez", "Chihuahua", "MX"), "America/Ciudad_Juarez", "city"},
		{"Chihuahua", at("Chihuahua", "CHH", "MX"), "America/Chihuahua", "city"},
		{"Sinaloa", at("Culiacán", "SIN", "MX"), "America/Mazatlan", "city"},
		{"Cancún", at("Cancun", "Quintana Roo", "MX"), "America/Cancun", "city"},
		{"a Mexican code that is a Canadian one too", at("Apodaca", "NL", ""), "America/Monterrey", "city"},

		{"capitals", at("FORT WORTH", "TX", ""), "America/Chicago", "city"},
		{"Ft for Fort", at("Ft. Worth", "tx", "USA"), "America/Chicago", "city"},
		{"St without its point", at("St Louis", "Missouri", ""), "America/Chicago", "city"},
		{"Saint in full", at("Saint Paul", "MN", ""), "America/Chicago", "city"},
		{"Mt for Mount", at("Mt. Vernon", "IN", ""), "America/Chicago", "city"},
		{"N for North", at("N. Las Vegas", "NV", ""), "America/Los_Angeles", "city"},
		{"city and state in one column", at("El Paso, TX", "", ""), "America/Denver", "city"},
		{"Polish letters", at("Łódź", "", "PL"), "Europe/Warsaw", "city"},
		{"Danish letters", at("København", "", "DK"), "Europe/Copenhagen", "city"},
		{"German letters", at("Gießen", "", "DE"), "Europe/Berlin", "city"},

		{"a typo in a split state is not guessed at", at("El Pasoo", "TX", "US"), "", ""},
		{"a typo in another split state", at("Pensacolla", "FL", "US"), "", ""},
		{"a split state alone", at("", "TN", "US"), "", ""},
		{"a typo where the state has one clock", at("Atlnata", "GA", "US"), "America/New_York", "state"},
		{"a state alone", at("", "Ohio", ""), "America/New_York", "state"},
		{"Arizona alone", at("", "AZ", "US"), "America/Phoenix", "state"},
		{"a town of many states, no state", at("Springfield", "", "US"), "", ""},
		{"a town without state or country", at("Dallas", "", ""), "", ""},
		{"a country with one clock", at("", "", "DE"), "Europe/Berlin", "country"},
		{"a country with several", at("", "", "US"), "", ""},
		{"a country by its name", at("", "", "Haiti"), "America/Port-au-Prince", "country"},
		{"a country by its French name", at("", "", "Côte d'Ivoire"), "Africa/Abidjan", "country"},
		{"a country by three letters", at("", "", "ZMB"), "Africa/Lusaka", "country"},
		{"a German town with its country written out", at("Köln", "", "Deutschland"), "Europe/Berlin", "city"},
		{"no country", at("", "", "Atlantis"), "", ""},
		{"Naucalpan, shortened", at("Naucalpan", "Edo. Mex.", "MX"), "America/Mexico_City", "city"},
		{"nothing", freight.Place{}, "", ""},

		{"ZIP", post("79936", "", ""), "America/Denver", "postal"},
		{"ZIP+4", post("75201-1234", "TX", "US"), "America/Chicago", "postal"},
		{"ZIP+4 without the dash", post("752011234", "TX", "US"), "America/Chicago", "postal"},
		{"a sheet that lost the leading zero", post("7305", "NJ", "US"), "America/New_York", "postal"},
		{"four digits of who knows what", post("7305", "", ""), "", ""},
		{"a ZIP of another state is no evidence", freight.Place{City: "El Paso", State: "TX", Postal: "30301"}, "America/Denver", "city"},
		{"a German postal code that looks like New York", freight.Place{City: "Berlin", Postal: "10115"}, "", ""},
		{"a ZIP with its town", freight.Place{City: "Denver", Postal: "80202"}, "America/Denver", "postal"},
		{"a ZIP middle in the woods beyond the border", post("37338", "TN", ""), "America/New_York", "postal"},
		{"Canadian postal code", post("m5v 2t6", "ON", ""), "America/Toronto", "postal"},
		{"Canadian postal code without anything else", post("A1A 1A1", "", ""), "America/St_Johns", "postal"},
		{"a Canadian area with two clocks", post("V0B 1A0", "", "CA"), "", ""},
		{"Mexican postal code", post("64000", "", "MX"), "America/Monterrey", "postal"},
		{"a Mexican state with two clocks", post("88000", "TAM", "MX"), "", ""},

		{"coordinates", point(41.88, -87.63), "America/Chicago", "coordinates"},
		{"coordinates before postal", freight.Place{Lat: 31.76, Lon: -106.49, Postal: "75201"}, "America/Denver", "coordinates"},
		{"a port", point(33.74, -118.26), "America/Los_Angeles", "coordinates"},
		{"far away", point(35.68, 139.69), "Asia/Tokyo", "coordinates"},
		{"the open sea", point(-30, -120), "", ""},
		{"no such coordinates", point(141, -187), "", ""},
		{"on the border the town decides", freight.Place{Lat: 31.3327, Lon: -110.9400, City: "Nogales", State: "AZ"}, "America/Phoenix", "city"},
		{"on the border from the other side", freight.Place{Lat: 31.3327, Lon: -110.9400, City: "Nogales", State: "SON"}, "America/Hermosillo", "city"},
		{"on the border a far town does not count", freight.Place{Lat: 31.3500, Lon: -110.9400, City: "Dallas", State: "TX"}, "America/Phoenix", "coordinates"},

		{"stated", freight.Place{Zone: "America/Denver", City: "Dallas", State: "TX"}, "America/Denver", "stated"},
		{"stated offset", freight.Place{Zone: "UTC-06:00"}, "UTC-06:00", "stated"},
		{"stated nonsense is no evidence", freight.Place{Zone: "America/Dallas", City: "Dallas", State: "TX"}, "America/Chicago", "city"},
		{"EST is Eastern, not Panama", freight.Place{Zone: "EST"}, "America/New_York", "stated"},
		{"a word made precise by the place", freight.Place{Zone: "MST", City: "Phoenix", State: "AZ"}, "America/Phoenix", "stated"},
		{"a word against the place", freight.Place{Zone: "Eastern", City: "Dallas", State: "TX"}, "America/New_York", "stated"},
		{"a longer word", freight.Place{Zone: "Central Standard Time"}, "America/Chicago", "stated"},
		{"Mexican CST", freight.Place{Zone: "CST", City: "Guadalajara", State: "JAL", Country: "MX"}, "America/Mexico_City", "stated"},
	}
	r := New()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			zone, how := r.Zone(tt.place)
			if zone != tt.zone || how != tt.how {
				t.Errorf("Zone(%+v) = %q by %q, want %q by %q", tt.place, zone, how, tt.zone, tt.how)
			}
		})
	}
}

func TestPoint(t *testing.T) {
	tests := []struct {
		name     string
		place    freight.Place
		lat, lon float64
		how      string
	}{
		{"own coordinates", point(32.9, -96.8), 32.9, -96.8, "coordinates"},
		{"ZIP", post("60632", "IL", "US"), 41.81, -87.71, "postal"},
		{"city", at("Laredo", "TX", "US"), 27.51, -99.51, "city"},
		{"Canadian city", at("Brampton", "ON", ""), 43.68, -79.77, "city"},
		{"Mexican city", at("Querétaro", "QUE", "MX"), 20.59, -100.39, "city"},
		{"the one great town of that name in its country", at("Hamburg", "", "DE"), 53.55, 9.99, "city"},
		{"a state is no point", at("", "TX", "US"), 0, 0, ""},
		{"an unknown town", at("Nowhereville", "TX", "US"), 0, 0, ""},
	}
	r := New()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lat, lon, how, ok := r.Point(tt.place)
			if how != tt.how || ok != (tt.how != "") || Miles(lat, lon, tt.lat, tt.lon) > 6 {
				t.Errorf("Point(%+v) = %.3f, %.3f by %q, %v, want %.3f, %.3f by %q", tt.place, lat, lon, how, ok, tt.lat, tt.lon, tt.how)
			}
		})
	}
}

func TestMiles(t *testing.T) {
	for _, tt := range []struct {
		name                   string
		lat1, lon1, lat2, lon2 float64
		miles                  float64
	}{
		{"Dallas to Chicago", 32.7767, -96.7970, 41.8781, -87.6298, 804.7},
		{"nowhere", 40, -90, 40, -90, 0},
		{"over the date line", 0, 179.5, 0, -179.5, 69.09},
		{"pole to pole", 90, 0, -90, 0, 12436.8},
	} {
		if got := Miles(tt.lat1, tt.lon1, tt.lat2, tt.lon2); math.Abs(got-tt.miles) > tt.miles/500+0.01 {
			t.Errorf("%s: %.2f miles, want %.2f", tt.name, got, tt.miles)
		}
	}
}

// Every zone of the table must be one that the embedded zone data knows.
func TestZonesOfTheTableExist(t *testing.T) {
	for _, zone := range New().table.Zones[1:] {
		if _, err := freight.Location(zone); err != nil {
			t.Error(err)
		}
	}
	for region, zone := range New().table.Regions {
		if _, err := freight.Location(zone); err != nil {
			t.Errorf("%s: %v", region, err)
		}
	}
	for code, zone := range canada {
		if _, err := freight.Location(zone); zone != "" && err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	for code, zone := range mexico {
		if _, err := freight.Location(zone); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestDamagedTableIsRefused(t *testing.T) {
	for _, cut := range []int{0, 10, len(packed) / 2, len(packed) - 1} {
		if _, err := table.Open(packed[:cut]); err == nil {
			t.Errorf("a table of %d bytes was opened", cut)
		}
	}
}

// Whatever a source writes, the resolver answers a zone that exists or none, and the same again.
func FuzzZone(f *testing.F) {
	f.Add("St. John's", "NL", "A1A 1A1", "CA", "", 0.0, 0.0)
	f.Add("Łódź, PL", "", "10115", "", "CST", 91.0, -181.0)
	f.Add("N", "S L P", "0", "MX", "America/", 41.7, -86.9)
	f.Fuzz(func(t *testing.T, city, state, postal, country, zone string, lat, lon float64) {
		p := freight.Place{City: city, State: state, Postal: postal, Country: country, Zone: zone, Lat: lat, Lon: lon}
		got, how := New().Zone(p)
		if (got == "") != (how == "") {
			t.Fatalf("%q by %q", got, how)
		}
		if _, err := freight.Location(got); got != "" && err != nil {
			t.Fatal(err)
		}
		if again, _ := New().Zone(p); again != got {
			t.Fatalf("%q, then %q", got, again)
		}
		lat, lon, _, ok := New().Point(p)
		if ok && (math.Abs(lat) > 90 || math.Abs(lon) > 180) {
			t.Fatalf("%f, %f is not on earth", lat, lon)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.Open(packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkZone(b *testing.B) {
	r := New()
	for _, bb := range []struct {
		name  string
		place freight.Place
	}{
		{"coordinates", point(41.88, -87.63)},
		{"postal", post("75201", "TX", "US")},
		{"city", at("St. Louis", "MO", "US")},
		{"stated", freight.Place{Zone: "America/Denver"}},
		{"word", freight.Place{Zone: "CST", City: "Dallas", State: "TX"}},
		{"accents", at("Querétaro", "QUE", "MX")},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Zone(bb.place)
			}
		})
	}
}
