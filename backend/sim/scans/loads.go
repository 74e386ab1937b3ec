package scans

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

type party struct{ name, addr string }

// Invented parties. The towns are real, the streets are not.
var firstParties = []party{
	{"Alder Creek Dairy", "4410 Creamery Ln, Fresno, CA 93706"},
	{"Bremen Fastener Corp", "218 Anvil St, Elkhart, IN 46514"},
	{"Casa Moreno Foods", "9035 Via Tolteca, San Diego, CA 92154"},
	{"Dunlin Plastics", "1760 Resin Pkwy, Greenville, SC 29605"},
	{"Eastbay Paper Supply", "355 Tidewater Ave, Oakland, CA 94601"},
	{"Fenwick & Rowe Wholesale", "62 Chandler Pl, Allentown, PA 18109"},
	{"Granite Peak Outfitters", "5120 Quarry Rd, Salt Lake City, UT 84104"},
	{"Hollis Auto Parts DC", "7700 Gasket Way, Louisville, KY 40219"},
	{"Industrias Valle Verde", "Blvd Aeropuerto 2210, Laredo, TX 78045"},
	{"Jasper Glassworks", "84 Furnace Hill Rd, Toledo, OH 43605"},
	{"Kettle River Grain", "3301 Silo Ave, Wichita, KS 67202"},
	{"Larkspur Home Center #118", "2929 Larkspur Blvd, Reno, NV 89502"},
	{"Mesquite Building Products", "16 Lumber Loop, El Paso, TX 79936"},
	{"Norwood Medical Supply", "505 Sterling Ct, Edison, NJ 08817"},
	{"Oak Hollow Furniture", "1288 Turner Mill Rd, High Point, NC 27260"},
	{"Pacific Crest Imports", "20100 Wharf St, Carson, CA 90745"},
	{"Quail Run Pet Foods", "47 Kibble Dr, Topeka, KS 66618"},
	{"Ridgeway Markets Whse 6", "6300 Produce Row, Atlanta, GA 30336"},
	{"Sundial Solar Works", "911 Inverter Ln, Tucson, AZ 85706"},
	{"Tri-County Farm & Feed", "733 Harrow Rd, Lubbock, TX 79404"},
}

type carrierName struct{ name, scac string }

var firstCarriers = []carrierName{
	{"Ironwood Carriers", "IWDC"}, {"Sierra Plains Trucking", "SRPT"}, {"Great Basin Motor Lines", "GBML"},
	{"Transportes Del Norte", "TDNT"}, {"Harlan Brothers Express", "HLBE"}, {"Osprey Logistics", "OSPL"}, {"Tidal Freight System", "TDLF"},
}

var firstArticles = []string{"Shelf brackets", "Dog food 40 lb", "Yogurt cups", "Hex bolts M8", "Ceiling tile", "Dining chairs", "Solar junction box",
	"Nitrile gloves", "Tempered glass", "Tortilla chips", "PVC elbows", "Brake rotors", "Camp stoves", "Kraft rolls", "Seed corn"}

var firstPeople = []string{"R. Ortega", "L. Whitman", "D. Osei", "K. Sandoval", "B. Lindqvist", "T. Marsh", "A. Perez", "J. Kowalski", "C. Banks"}

// numbering is how one shipper's system writes its numbers; # is a digit.
type numbering struct{ load, pro, bol, po string }

var firstNumberings = []numbering{
	{"TX#######", "#########", "BL######", "PO-#####"},
	{"LD-######", "###-######", "########", "45########"},
	{"4######", "##########", "0#######-1", "##-####-P"},
	{"SHP######", "#######-#", "BOL#######", "PO######"},
	{"M-######", "########", "06##############", "######"},
}

func digits(rng *rand.Rand, pattern string) string {
	return strings.Map(func(r rune) rune {
		if r == '#' {
			return rune('0' + rng.IntN(10))
		}
		return r
	}, pattern)
}

// shipments makes the loads list. Every fifth row is a near twin of the one before: one digit apart, same consignee.
func (h *house) shipmentList(rng *rand.Rand, count int) []Shipment {
	all := make([]Shipment, count)
	taken := map[string]bool{}
	for i := range all {
		s := h.shipment(rng)
		if i%5 == 4 {
			s = twin(rng, s, all[i-1])
		}
		for taken[s.Load] || taken[s.BOL] || taken[s.PRO] {
			s = h.shipment(rng)
		}
		taken[s.Load], taken[s.BOL], taken[s.PRO] = true, true, true
		s.ID = fmt.Sprintf("S%03d", i+1)
		all[i] = s
	}
	return all
}

func (h *house) shipment(rng *rand.Rand) Shipment {
	from := rng.IntN(len(h.parties))
	to := (from + 1 + rng.IntN(len(h.parties)-1)) % len(h.parties)
	by := h.carriers[rng.IntN(len(h.carriers))]
	n := h.numberings[from%len(h.numberings)]
	pickup := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rng.IntN(330))
	pallets := 4 + rng.IntN(22)
	s := Shipment{
		Load: digits(rng, n.load), PRO: digits(rng, n.pro), BOL: digits(rng, n.bol), PO: digits(rng, n.po),
		Shipper: h.parties[from].name, ShipperAddr: h.parties[from].addr, Consignee: h.parties[to].name, ConsigneeAddr: h.parties[to].addr,
		Carrier: by.name, SCAC: by.scac, Trailer: digits(rng, h.trailers[rng.IntN(len(h.trailers))]), Seal: digits(rng, h.seals[rng.IntN(len(h.seals))]),
		Pickup: pickup.Format(time.DateOnly), Delivery: pickup.AddDate(0, 0, 1+rng.IntN(4)).Format(time.DateOnly),
		Pieces: pallets*(6+rng.IntN(30)) + rng.IntN(6), Pallets: pallets, WeightLb: 8000 + rng.IntN(34000),
	}
	if h.partLoads && rng.IntN(2) == 0 {
		s.Pallets = 1 + rng.IntN(6)
		s.Pieces, s.WeightLb = s.Pallets*(12+rng.IntN(20))+rng.IntN(4), 90+s.Pallets*(180+rng.IntN(900))
	}
	return s
}

// twin is a load to the same consignee with numbers one digit away.
func twin(rng *rand.Rand, s, of Shipment) Shipment {
	s.Shipper, s.ShipperAddr, s.Consignee, s.ConsigneeAddr = of.Shipper, of.ShipperAddr, of.Consignee, of.ConsigneeAddr
	s.Carrier, s.SCAC, s.Pickup, s.Delivery = of.Carrier, of.SCAC, of.Pickup, of.Delivery
	s.Load, s.BOL, s.PO = nudge(rng, of.Load), nudge(rng, of.BOL), nudge(rng, of.PO)
	s.PRO = nudge(rng, of.PRO)
	return s
}

// nudge changes one of the last four digits of a number.
func nudge(rng *rand.Rand, number string) string {
	b := []byte(number)
	for {
		i := len(b) - 1 - rng.IntN(min(4, len(b)))
		if b[i] >= '0' && b[i] <= '9' {
			b[i] = '0' + (b[i]-'0'+1+byte(rng.IntN(9)))%10
			return string(b)
		}
	}
}
