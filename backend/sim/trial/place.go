package trial

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"tracedesk/backend/freight"
)

// point is a place on the globe in degrees.
type point struct{ lat, lon float64 }

// miles is the great-circle distance.
func miles(a, b point) float64 {
	const radius, deg = 3958.8, math.Pi / 180
	x, y := math.Sin((b.lat-a.lat)*deg/2), math.Sin((b.lon-a.lon)*deg/2)
	return 2 * radius * math.Asin(math.Sqrt(x*x+math.Cos(a.lat*deg)*math.Cos(b.lat*deg)*y*y))
}

// toward is the point at a share of the straight way from a to b.
func toward(a, b point, share float64) point {
	return point{a.lat + (b.lat-a.lat)*share, a.lon + (b.lon-a.lon)*share}
}

// beside is a point so many miles to the east and north.
func (p point) beside(east, north float64) point {
	return point{p.lat + north/69, p.lon + east/(69*math.Cos(p.lat*math.Pi/180))}
}

// offLine is how far a point lies from the straight way between a and b, in miles; past an end, from that end.
func offLine(p, a, b point) float64 {
	x := math.Cos((a.lat + b.lat) / 2 * math.Pi / 180)
	dx, dy := (b.lon-a.lon)*x, b.lat-a.lat
	px, py := (p.lon-a.lon)*x, p.lat-a.lat
	share := (px*dx + py*dy) / max(dx*dx+dy*dy, 1e-12)
	return miles(p, toward(a, b, min(max(share, 0), 1)))
}

// town is a postal area with its clock. Towns of one island are joined by road.
type town struct {
	city, state, postal, country string
	point
	zone   string
	island int
}

const (
	mainland = iota
	newfoundland
	alaska
)

// towns: coordinates and postal codes from GeoNames (CC BY 4.0), rounded; they stand for the centre of the postal code.
var towns = []town{
	{"Dallas", "TX", "75212", "US", point{32.7829, -96.8714}, "America/Chicago", mainland},
	{"Houston", "TX", "77041", "US", point{29.8602, -95.5817}, "America/Chicago", mainland},
	{"El Paso", "TX", "79928", "US", point{31.6631, -106.1401}, "America/Denver", mainland},
	{"Amarillo", "TX", "79118", "US", point{35.0763, -101.8349}, "America/Chicago", mainland},
	{"Romeoville", "IL", "60446", "US", point{41.6404, -88.0696}, "America/Chicago", mainland},
	{"Indianapolis", "IN", "46241", "US", point{39.7096, -86.2614}, "America/Indiana/Indianapolis", mainland},
	{"Columbus", "OH", "43217", "US", point{39.8277, -82.9342}, "America/New_York", mainland},
	{"Romulus", "MI", "48174", "US", point{42.2223, -83.3966}, "America/Detroit", mainland},
	{"Louisville", "KY", "40299", "US", point{38.1768, -85.5218}, "America/Kentucky/Louisville", mainland},
	{"Memphis", "TN", "38118", "US", point{35.0514, -89.9265}, "America/Chicago", mainland},
	{"Knoxville", "TN", "37914", "US", point{35.9918, -83.8496}, "America/New_York", mainland},
	{"Atlanta", "GA", "30336", "US", point{33.7406, -84.5545}, "America/New_York", mainland},
	{"Jacksonville", "FL", "32219", "US", point{30.4034, -81.7635}, "America/New_York", mainland},
	{"Pensacola", "FL", "32505", "US", point{30.4481, -87.2589}, "America/Chicago", mainland},
	{"Charlotte", "NC", "28214", "US", point{35.2731, -80.9571}, "America/New_York", mainland},
	{"Carlisle", "PA", "17015", "US", point{40.1772, -77.2312}, "America/New_York", mainland},
	{"Newark", "NJ", "07114", "US", point{40.7082, -74.1891}, "America/New_York", mainland},
	{"Shrewsbury", "MA", "01545", "US", point{42.2848, -71.7205}, "America/New_York", mainland},
	{"Buffalo", "NY", "14225", "US", point{42.9255, -78.7481}, "America/New_York", mainland},
	{"Eden Prairie", "MN", "55344", "US", point{44.8574, -93.4376}, "America/Chicago", mainland},
	{"Oak Creek", "WI", "53154", "US", point{42.8892, -87.9027}, "America/Chicago", mainland},
	{"Omaha", "NE", "68138", "US", point{41.1549, -96.1376}, "America/Chicago", mainland},
	{"North Platte", "NE", "69101", "US", point{41.1326, -100.7746}, "America/Chicago", mainland},
	{"Earth City", "MO", "63045", "US", point{38.7689, -90.4662}, "America/Chicago", mainland},
	{"Oklahoma City", "OK", "73128", "US", point{35.4444, -97.6164}, "America/Chicago", mainland},
	{"Rapid City", "SD", "57703", "US", point{44.048, -103.1763}, "America/Denver", mainland},
	{"Denver", "CO", "80239", "US", point{39.7878, -104.8288}, "America/Denver", mainland},
	{"Cheyenne", "WY", "82001", "US", point{41.1437, -104.7962}, "America/Denver", mainland},
	{"Salt Lake City", "UT", "84104", "US", point{40.7499, -111.926}, "America/Denver", mainland},
	{"Boise", "ID", "83716", "US", point{43.5345, -115.9711}, "America/Boise", mainland},
	{"Albuquerque", "NM", "87105", "US", point{35.0448, -106.6893}, "America/Denver", mainland},
	{"Phoenix", "AZ", "85043", "US", point{33.4491, -112.1972}, "America/Phoenix", mainland},
	{"Tucson", "AZ", "85706", "US", point{32.1392, -110.9451}, "America/Phoenix", mainland},
	{"Las Vegas", "NV", "89115", "US", point{36.2158, -115.0671}, "America/Los_Angeles", mainland},
	{"Sparks", "NV", "89434", "US", point{39.5502, -119.7178}, "America/Los_Angeles", mainland},
	{"Fontana", "CA", "92337", "US", point{34.0498, -117.4706}, "America/Los_Angeles", mainland},
	{"Stockton", "CA", "95206", "US", point{37.9177, -121.3123}, "America/Los_Angeles", mainland},
	{"Portland", "OR", "97230", "US", point{45.5472, -122.5001}, "America/Los_Angeles", mainland},
	{"Spokane", "WA", "99212", "US", point{47.6686, -117.3049}, "America/Los_Angeles", mainland},
	{"Milton", "ON", "L9T 5C4", "CA", point{43.5168, -79.8829}, "America/Toronto", mainland},
	{"Regina", "SK", "S4N 5W1", "CA", point{50.4501, -104.6178}, "America/Regina", mainland},
	{"St. John's", "NL", "A1E 6K2", "CA", point{47.5234, -52.7632}, "America/St_Johns", newfoundland},
	{"Gander", "NL", "A1V 1W8", "CA", point{48.9569, -54.6089}, "America/St_Johns", newfoundland},
	{"Corner Brook", "NL", "A2H 6J3", "CA", point{48.9520, -57.9450}, "America/St_Johns", newfoundland},
	{"Anchorage", "AK", "99501", "US", point{61.2181, -149.8766}, "America/Anchorage", alaska},
	{"Fairbanks", "AK", "99701", "US", point{64.8378, -147.7164}, "America/Anchorage", alaska},
}

// week is when a facility is open: minutes of the day from and to, by weekday from Sunday; from = to means closed.
type week struct {
	text string
	open [7][2]int
}

var weeks = []week{
	{"Mon-Sun 00:00-23:59", [7][2]int{{0, 1439}, {0, 1439}, {0, 1439}, {0, 1439}, {0, 1439}, {0, 1439}, {0, 1439}}},
	{"Mon-Sun 05:00-22:00", [7][2]int{{300, 1320}, {300, 1320}, {300, 1320}, {300, 1320}, {300, 1320}, {300, 1320}, {300, 1320}}},
	{"Mon-Fri 06:00-20:00;Sat 06:00-14:00", [7][2]int{{}, {360, 1200}, {360, 1200}, {360, 1200}, {360, 1200}, {360, 1200}, {360, 840}}},
}

// facility is where a truck stops, a few miles from the centre of its postal code.
type facility struct {
	name, address string
	*town
	gate   point
	week   week
	closed string // a date, or none
	free   int    // minutes
	phone  string
}

func (f *facility) location() *time.Location {
	loc, err := freight.Location(f.zone)
	if err != nil {
		panic(err) // a test loads the zones of all towns
	}
	return loc
}

// takes reports whether the whole window lies in the facility's hours of one day.
func (f *facility) takes(start, end time.Time) bool {
	a, b := start.In(f.location()), end.In(f.location())
	if a.Format(time.DateOnly) != b.Format(time.DateOnly) || a.Format(time.DateOnly) == f.closed {
		return false
	}
	day := f.week.open[a.Weekday()]
	return day[0] < day[1] && a.Hour()*60+a.Minute() >= day[0] && b.Hour()*60+b.Minute() <= day[1]
}

var houses = []string{"Fairway Grocers DC", "Union Market Distribution", "HomeTrade RDC", "Corner Pantry Warehouse", "Summit Wholesale", "Pioneer Foodservice", "Bayside Retail DC"}

func newFacilities(r *rand.Rand, start time.Time, days int) []*facility {
	var list []*facility
	for i := range towns {
		for k := range 3 {
			f := &facility{town: &towns[i], week: weeks[k], free: []int{120, 120, 90, 180}[r.IntN(4)], phone: fmt.Sprintf("+1 800-555-%04d", 1000+i*3+k)}
			f.name = fmt.Sprintf("%s %s", houses[(i+2*k)%len(houses)], f.city)
			f.address = fmt.Sprintf("%d Logistics Way", 100+i*37+k*11)
			a := 2 * math.Pi * (float64(k)/3 + r.Float64()/5)
			d := 3 + 2*r.Float64()
			f.gate = point{f.lat, f.lon}.beside(d*math.Cos(a), d*math.Sin(a)).rounded()
			if k > 0 && i%2 == 0 {
				f.closed = start.In(f.location()).AddDate(0, 0, 1+r.IntN(max(days, 1))).Format(time.DateOnly)
			}
			list = append(list, f)
		}
	}
	return list
}

// rounded is the point as a sheet writes it, to four decimals: some ten yards.
func (p point) rounded() point {
	return point{math.Round(p.lat*1e4) / 1e4, math.Round(p.lon*1e4) / 1e4}
}
