package scans

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// trip is what the papers of one load tell: the load as it was moved, and the odd thing that happened.
type trip struct {
	Shipment // as the paper says, which may differ from the loads list
	house    *house
	listed   string // id in the loads list, empty when the load is in none

	in, out  time.Time // at the consignee
	pin      time.Time // at the shipper
	pout     time.Time
	name     string // who signed for it
	receipt  string
	amount   int // dollars
	gross    int // pounds
	rows     []row
	signed   bool
	note     notice
	slc, stc bool
	seen     int // pieces that the receiver wrote down
	rng      *rand.Rand
}

// row is a line of goods.
type row struct {
	pieces  int
	unit    string
	article string
	weight  int
	pallets int // its share of the load's
}

// notice is something noted about the freight, in two languages.
type notice struct{ kind, english, spanish string }

var firstNotices = []notice{
	{"short", "SHORT 3 CTNS", "FALTAN 3 CAJAS"}, {"short", "Short 1 pallet", "Falta 1 tarima"}, {"short", "4 pcs short on count", "4 piezas faltantes"},
	{"over", "OVER 2 CASES", "SOBRAN 2 CAJAS"}, {"over", "1 skid over", "1 tarima de sobra"},
	{"damaged", "2 CTNS DAMAGED", "2 CAJAS DAÑADAS"}, {"damaged", "5 cases crushed / damaged", "5 cajas dañadas"}, {"damaged", "1 plt damaged - wet", "1 tarima dañada - mojada"},
	{"refused", "REFUSED - TEMP TOO HIGH", "RECHAZADO - TEMPERATURA"}, {"refused", "Load refused by receiver", "Carga rechazada"},
}

func (h *house) newTrip(rng *rand.Rand, s Shipment) *trip {
	t := &trip{house: h, Shipment: s, listed: s.ID, signed: true, rng: rng, seen: s.Pieces}
	day := func(date string, from, hours int) time.Time {
		d, err := time.Parse(time.DateOnly, date)
		if err != nil {
			panic(err) // our own list
		}
		return d.Add(time.Duration(from*60+rng.IntN(hours*60)) * time.Minute)
	}
	t.in, t.pin = day(s.Delivery, 5, 9), day(s.Pickup, 6, 9)
	t.out = t.in.Add(time.Duration(25+rng.IntN(180)) * time.Minute)
	t.pout = t.pin.Add(time.Duration(25+rng.IntN(150)) * time.Minute)
	t.name = h.people[rng.IntN(len(h.people))]
	t.receipt = digits(rng, h.receipts[rng.IntN(len(h.receipts))])
	t.amount = 60 + 5*rng.IntN(70)
	t.gross = s.WeightLb + 31000 + 20*rng.IntN(100)
	lines := 2 + rng.IntN(4)
	for i := range lines {
		r := row{pieces: s.Pieces / lines, weight: s.WeightLb / lines, article: h.articles[rng.IntN(len(h.articles))], unit: h.units[rng.IntN(len(h.units))]}
		r.pallets = s.Pallets / lines
		if i < s.Pallets%lines {
			r.pallets++
		}
		if i == 0 {
			r.pieces += s.Pieces % lines
			r.weight += s.WeightLb % lines
		}
		t.rows = append(t.rows, r)
	}
	if h.uneven {
		t.unevenly()
	}
	return t
}

// unevenly moves goods from each article to the one before it.
func (t *trip) unevenly() {
	for i := 1; i < len(t.rows); i++ {
		from, to := &t.rows[i], &t.rows[i-1]
		pieces, weight := t.rng.IntN(from.pieces/2+1), t.rng.IntN(from.weight*2/3+1)
		from.pieces, to.pieces = from.pieces-pieces, to.pieces+pieces
		from.weight, to.weight = from.weight-weight, to.weight+weight
	}
}

// manner is how one paper writes dates, hours, weights and money. None may be read two ways: a Spanish paper names the month.
type manner struct {
	spanish bool
	date    string
	clock   string
	pounds  string
	bare    bool // thousands without a comma
	capital bool // months in capital letters
	terse   bool // 8:45a instead of 8:45am
}

var monthsES = strings.NewReplacer("Jan", "ene", "Apr", "abr", "Aug", "ago", "Dec", "dic")

func firstManner(rng *rand.Rand, spanish bool) manner {
	m := manner{spanish: spanish, clock: []string{"15:04", "3:04 PM", "1504"}[rng.IntN(3)], pounds: []string{"%s lbs", "%s LB", "%s", "%s#"}[rng.IntN(3)]}
	m.date = []string{"01/02/2006", "1/2/06", "2006-01-02", "Jan 2, 2006", "02-Jan-2006", "01-02-2006"}[rng.IntN(6)]
	if spanish {
		m.date = []string{"02-Jan-2006", "2 Jan 2006", "2006-01-02"}[rng.IntN(3)]
	}
	return m
}

func (m manner) day(t time.Time) string {
	s := t.Format(m.date)
	if m.spanish {
		s = monthsES.Replace(s)
	}
	if m.capital {
		s = strings.ToUpper(s)
	}
	return s
}

func (m manner) hour(t time.Time) string {
	s := t.Format(m.clock)
	if m.terse {
		s = strings.TrimSuffix(s, "m")
	}
	return s
}

func (m manner) weight(pounds int) string {
	if m.bare {
		return fmt.Sprintf(m.pounds, strconv.Itoa(pounds))
	}
	return fmt.Sprintf(m.pounds, thousands(pounds))
}

// value is a field of the trip as this manner writes it, and as a reader should give it. Pickup papers tell of the shipper's dock.
func (t *trip) value(name string, m manner, atPickup bool) (text, value string) {
	in, out := t.in, t.out
	if atPickup {
		in, out = t.pin, t.pout
	}
	plain := map[string]string{"load": t.Load, "bol": t.BOL, "pro": t.PRO, "po": t.PO, "shipper": t.Shipper, "shipper_addr": t.ShipperAddr,
		"consignee": t.Consignee, "consignee_addr": t.ConsigneeAddr, "carrier": t.Carrier, "scac": t.SCAC, "trailer": t.Trailer, "seal": t.Seal,
		"name": t.name, "receipt": t.receipt, "pallets": strconv.Itoa(t.Pallets)}
	if v, ok := plain[name]; ok {
		return v, v
	}
	switch name {
	case "pieces":
		n := t.seen
		if atPickup {
			n = t.Pieces
		}
		return strconv.Itoa(n), strconv.Itoa(n)
	case "weight":
		return m.weight(t.WeightLb), strconv.Itoa(t.WeightLb)
	case "gross":
		return m.weight(t.gross), strconv.Itoa(t.gross)
	case "amount":
		return fmt.Sprintf("$%d.00", t.amount), fmt.Sprintf("%d.00", t.amount)
	case "pickup_date":
		return m.day(t.pin), t.pin.Format(time.DateOnly)
	case "delivery_date":
		return m.day(t.in), t.in.Format(time.DateOnly)
	case "in":
		return m.hour(in), in.Format("15:04")
	case "out":
		return m.hour(out), out.Format("15:04")
	}
	panic("no paper has a field " + name)
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		return s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}
