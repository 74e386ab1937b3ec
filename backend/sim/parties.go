package sim

import "fmt"

// Customer is one whose freight the desk moves. Cold ones ship in reefers; Tenders ones send their loads by X12 204 too.
type Customer struct {
	Name    string
	Cold    bool
	Tenders bool
	origins []*Facility
}

// Voice is how a carrier is heard.
type Voice string

// Voices of carriers: status files, a visibility platform, a dispatcher on the phone.
const (
	ByEDI      Voice = "x12.214"
	ByPlatform Voice = "platform"
	ByPhone    Voice = "phone"
)

// Carrier moves loads and tells of them in its own way.
type Carrier struct {
	Name, SCAC, MC, DOT string
	Dispatcher, Phone   string
	Voice               Voice
	Platform            string // project44, fourkites or macropoint for ByPlatform
	clock               clockStyle
	namesLoad           bool // writes the load number in its status files; else only its PRO and the BOL
	terminator          string
}

// Facility is where a truck stops.
type Facility struct {
	Name, Address string
	Phone         string
	Place
}

var customerNames = []struct {
	name    string
	cold    bool
	tenders bool
}{
	{"Northfield Foods", true, true}, {"Blue Mesa Produce", true, false}, {"Harbor & Pine Furniture", false, false},
	{"Kestrel Beverage", false, true}, {"Ostrander Paper", false, true}, {"Lumen Household", false, false}, {"Prairie Gold Dairy", true, false},
	{"Tamarack Building Supply", false, false}, {"Copperline Electric", false, false}, {"Valle Verde Exportadora", true, false},
	{"Redstone Auto Parts", false, true}, {"Sugar Creek Confections", true, false}, {"Atlas Pet Nutrition", false, false}, {"Maple Leaf Millwork", false, false},
}

var carrierNames = []struct{ name, scac string }{
	{"Ridgeback Transport", "RBKT"}, {"Two Rivers Freight", "TWVF"}, {"Lone Elm Carriers", "LNEC"}, {"Bluebonnet Hauling", "BBHQ"},
	{"Granite State Lines", "GSLN"}, {"Cactus Wren Logistics", "CWRN"}, {"Great Plains Express", "GPXQ"}, {"Silver Birch Trucking", "SBTQ"},
	{"Iron Range Motor", "IRMQ"}, {"Coastal Heron Freight", "CHFQ"}, {"Sawtooth Carriers", "SWTC"}, {"Cumberland Gap Freight", "CGFQ"},
	{"Transportes Sierra Alta", "TSAQ"}, {"Northern Spruce Transport", "NSPQ"}, {"Quarter Horse Trucking", "QHTQ"}, {"Piedmont Reefer Lines", "PRLQ"},
	{"Wagon Wheel Freight", "WWFQ"}, {"Delta Levee Transport", "DLTQ"}, {"High Desert Haulers", "HDHQ"}, {"Old Mill Cartage", "OMCQ"},
	{"Red Rock Refrigerated", "RRRQ"}, {"Lakeshore Dispatch", "LSDQ"}, {"Bison Trail Transport", "BTTQ"}, {"Starlight Freightways", "SLFQ"},
	{"Fletes del Norte", "FDNQ"},
}

var (
	dispatchers  = []string{"Maria Lopez", "Tom Becker", "Angela Price", "Dave Kowalski", "Sandra Nguyen", "Luis Ortega", "Kim Larsen", "Pat O'Neill"}
	drivers      = []string{"James Carter", "Miguel Hernandez", "Anna Kowalczyk", "Darnell Brooks", "Gurpreet Singh", "Robert Hale", "Luis Ramirez", "Tyler Boone", "Olga Petrov", "Henry Falk", "Denise Walker", "Ahmed Yusuf", "Chris Lindqvist", "Marco Silva", "Earl Jennings", "Jean Tremblay"}
	shipperKinds = []string{"Plant", "Warehouse", "Cold Storage", "DC"}
	receivers    = []string{"Fairway Grocers DC", "Union Market Distribution", "HomeTrade RDC", "Corner Pantry Warehouse", "Summit Wholesale", "Pioneer Foodservice", "Bayside Retail DC", "Crossroads Cross-dock"}
	streets      = []string{"Commerce Dr", "Industrial Pkwy", "Logistics Way", "Distribution Blvd", "Warehouse Rd", "Trade Center Dr", "Enterprise Ave", "Gateway Blvd"}
	people       = []string{"J. Alvarez", "R. Thompson", "M. Chen", "S. Novak", "D. Baker", "T. Okafor", "L. Schmidt", "K. Dubois"}
)

func newCarriers() []*Carrier {
	platforms := []string{"project44", "fourkites", "macropoint"}
	var list []*Carrier
	for i, n := range carrierNames {
		c := &Carrier{Name: n.name, SCAC: n.scac, MC: fmt.Sprintf("MC%06d", 410217+i*7919), DOT: fmt.Sprint(1804411 + i*33391),
			Dispatcher: dispatchers[i%len(dispatchers)], Phone: fmt.Sprintf("+1 %d-555-%04d", 312+i*7, 100+i), Voice: ByEDI,
			clock: clockStyle(i % 4), namesLoad: i%5 != 3, terminator: [...]string{"~\n", "~", "~\r\n", "\n"}[i%4]}
		switch {
		case i%7 == 2 || i%7 == 5:
			c.Voice, c.Platform = ByPlatform, platforms[i%3]
		case i%7 == 6:
			c.Voice = ByPhone
		}
		list = append(list, c)
	}
	return list
}

// newFacilities puts one receiver in every town and two to four of each customer's own sites in towns of its own.
func (w *World) newFacilities() {
	site := func(name string, n int, p Place) *Facility {
		f := &Facility{Name: name, Address: fmt.Sprintf("%d %s", 100+n*37, streets[n%len(streets)]), Phone: fmt.Sprintf("+1 800-555-%04d", 1000+n), Place: p}
		w.Facilities = append(w.Facilities, f)
		return f
	}
	for i, p := range towns {
		w.receivers = append(w.receivers, site(fmt.Sprintf("%s %s", receivers[i%len(receivers)], p.City), i, p))
	}
	for i, n := range customerNames {
		c := &Customer{Name: n.name, Cold: n.cold, Tenders: n.tenders}
		for k := range 2 + i%3 {
			at := (i*17 + k*29) % len(towns)
			if c.Cold && k == 0 {
				at = (i*11 + 3) % len(towns)
			}
			c.origins = append(c.origins, site(fmt.Sprintf("%s %s %d", n.name, shipperKinds[(i+k)%len(shipperKinds)], k+1), 100+i*5+k, towns[at]))
		}
		w.Customers = append(w.Customers, c)
	}
}
