package scans

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

var secondHouse = &house{
	layouts: secondLayouts,
	parties: []party{
		{"ACKERMAN BROS PRODUCE INC", "1402 N Packing House Rd, Yakima, WA 98901"},
		{"Beaumont Industrial Coatings LLC", "7719 Petrol Dr Bldg C, Beaumont, TX 77705"},
		{"Cobalt Ridge Beverage Co.", "30 Bottling Plant Way, Asheville, NC 28806"},
		{"Doyle-Hart Distribution Ctr", "11800 Interchange Blvd, Joliet, IL 60436"},
		{"EVERLY HARDWARE RDC #07", "2255 Commerce Pkwy E, Olathe, KS 66061"},
		{"Fairmount Hospital Stores", "601 Infirmary St, Dayton, OH 45402"},
		{"Gulf & Prairie Packaging", "9 Kraft Mill Rd, Pascagoula, MS 39567"},
		{"Hearthside Bakery Supply", "418 Oven Row, Scranton, PA 18505"},
		{"INLAND EMPIRE CROSSDOCK 2", "14500 Slover Ave, Fontana, CA 92337"},
		{"Juniper Trail Pet & Garden", "87 Meadowlark Ct, Bend, OR 97701"},
		{"Kowalchuk Steel Service", "2600 Coil St, Gary, IN 46406"},
		{"Lone Elm Food Distributors", "5400 Cold Storage Dr, Springfield, MO 65803"},
		{"MERIDIAN PHARMA LOGISTICS", "1 Vial Park, Raritan, NJ 08869"},
		{"North Fork Cabinet Works", "3310 Sawtooth Ave, Nampa, ID 83687"},
		{"Ottumwa Tractor Parts", "920 Ploughshare Rd, Ottumwa, IA 52501"},
		{"Palisade Tile & Stone", "6045 Slab Yard Ln, Tampa, FL 33619"},
		{"QuickServe Restaurant Supply", "222 Fryer Ct, Nashville, TN 37210"},
		{"Rio Hondo Electronics", "15 Maquila Rd Ste 4, McAllen, TX 78503"},
		{"St. Clair Paper Converters", "1771 Rewinder St, Port Huron, MI 48060"},
		{"TIMBERLINE GROCERY - WHSE 12", "4000 Perishable Pl, Aurora, CO 80011"},
		{"Upland Nursery & Seed", "63 Greenhouse Rd, Salisbury, MD 21804"},
		{"Vantage Fitness Brands", "8810 Kettlebell Way, Ogden, UT 84404"},
	},
	carriers: []carrierName{
		{"Blackwater Freightways", "BKWF"}, {"CARDINAL STAR TRANSPORT LLC", "CDST"}, {"Dakota Overland Inc", "DKOV"}, {"Keystone & Lakes Motor Freight", "KLMF"},
		{"Mile High Cartage", "MHCG"}, {"REDSTONE LTL", "RSLT"}, {"Southport Drayage Co", "STPD"}, {"Three Rivers Truckload", "TRVT"},
	},
	numberings: []numbering{
		{"DSP 48####-##", "### ### ####", "WH2-######", "4700######"},
		{"8######", "##-######-#", "#### ####", "71-#####"},
		{"TL-26-#####", "B########", "EX26######", "F####-###"},
		{"LN######", "9########", "######-##", "90#######"},
		{"26-####-##", "### #####", "0000######", "C######"},
		{"A######", "5###-####", "SI#######", "K####/##"},
	},
	trailers: []string{"BW####", "48-####", "R####", "53####", "TR ####", "Z####"},
	seals:    []string{"A######", "##### ##", "HS-#####", "9######"},
	receipts: []string{"#####", "##-####", "7#######", "INV######"},
	units:    []string{"ctn", "case", "pcs", "drum", "bag", "roll"},
	articles: []string{"Apples, fresh, Gala", "Paint, NOI, water base", "Cabinet doors, KD", "Surgical gowns", "Cold rolled coil", "Shrink film 20 in", "Bakery mix 50 lb", "Ceramic floor tile",
		"Tractor parts, iron", "Circuit assemblies", "Soda, bottled", "Frozen fries 6/5", "Toilet tissue", "Potting soil", "Free weights, iron", "Paper napkins", "Machine screws"},
	people: []string{"Marcus Dill", "T. Okafor", "Jeanne R.", "Wm. Stahl", "Rosa Quintero", "C. Yoder", "Big Dave", "A. Nguyen", "Patty Kline", "S. Bhatt", "Leon F.", "H. Mercer"},
	hands:  []string{"shadows-into-light", "covered-by-your-grace", "architects-daughter", "gloria-hallelujah", "kalam", "cedarville-cursive"},

	partLoads: true,
	uneven:    true,
	creases:   true,
	manner:    typedManner,
	note:      noteSomething,
	miscount:  func(rng *rand.Rand) int { return (2 + rng.IntN(9)) * (1 - 2*rng.IntN(2)) },
	onPaper:   paperAndFiles,
}

// filed are the papers that a program made and nobody printed.
var filed = []string{"epod", "delivery-letter", "app-pickup", "freight-bill", "tender"}

// paperAndFiles lets a PDF with its text be one that a program wrote: what was filled in by hand was scanned.
func paperAndFiles(pile []container, told story) []container {
	written := slices.ContainsFunc(told.pages, func(p pageOf) bool { return !slices.Contains(filed, p.layout.id) && p.layout.kind != "BLANK" })
	if written && told.broken != "zero" && told.broken != "text-as-pdf" {
		return slices.DeleteFunc(pile, func(c container) bool { return c.name == "pdf-text" })
	}
	for range len(pile) {
		pile = append(pile, pdfText)
	}
	return pile
}

// typedManner is how a program of the second house prints dates, hours and weights.
func typedManner(rng *rand.Rand, _ bool) manner {
	return manner{
		date:    []string{"01/02/2006", "01/02/06", "2006-01-02", "02 Jan 2006", "Jan 02, 2006", "Mon 01/02/2006", "02-Jan-06"}[rng.IntN(7)],
		clock:   []string{"15:04", "03:04 PM", "1504", "3:04PM"}[rng.IntN(4)],
		pounds:  []string{"%s lb", "%s LBS", "%s", "%s lbs."}[rng.IntN(4)],
		bare:    rng.IntN(3) == 0,
		capital: rng.IntN(3) == 0,
	}
}

// writtenManner is how a person writes them with a pen.
func writtenManner(rng *rand.Rand) manner {
	return manner{
		date:    []string{"1/2/06", "1-2-06", "1/2/2006", "Jan 2, 2006", "2 Jan 06", "1.2.06", "01/02/06", "Jan 2 2006"}[rng.IntN(8)],
		clock:   []string{"1504", "15:04", "3:04pm", "3:04 PM", "3:04pm", "15:04"}[rng.IntN(6)],
		pounds:  "%s#",
		capital: rng.IntN(4) == 0,
		terse:   rng.IntN(2) == 0,
	}
}

// wordings of what is noted. Who counted pieces wrote down that count too.
var wordings = []struct {
	kind    string
	counted bool
	text    string
}{
	{"short", true, "short {n} {units}"}, {"short", true, "{n} {units} short"}, {"short", true, "rec'd {got} of {billed}"}, {"short", true, "SHORTAGE {n} {units}"},
	{"short", true, "missing {n} {units} per count"}, {"short", true, "bill says {billed}, only {got} rec'd"}, {"short", true, "-{n} {units} short on dlvy"},
	{"short", false, "1 skid short"},
	{"over", true, "over {n}"}, {"over", true, "{n} {units} over"}, {"over", true, "{n} extra {units}, not on bill"}, {"over", true, "OVERAGE - rec'd {got}, bill {billed}"},
	{"damaged", false, "1 plt damaged - crushed"}, {"damaged", false, "{n} {units} dmg'd"}, {"damaged", false, "damage to {n} {units}, photos taken"},
	{"damaged", false, "skid tipped, {n} {units} damaged"}, {"damaged", false, "{n} {units} wet / torn"}, {"damaged", false, "DAMAGED {n} {units} - forklift"},
	{"refused", false, "{n} {units} refused"}, {"refused", false, "REFUSED 1 PLT - NOT ON PO"}, {"refused", false, "rejected by QC, temp 52 F"},
	{"refused", false, "refused {n} {units}, driver to return"},
}

// noteSomething has the receiver note something.
func noteSomething(rng *rand.Rand, t *trip) {
	w := wordings[rng.IntN(len(wordings))]
	n, units := 1+rng.IntN(3), t.rows[0].unit
	if n > 1 && units != "pcs" {
		units += "s"
	}
	if w.counted {
		t.seen += map[string]int{"short": -n, "over": n}[w.kind]
	}
	text := strings.NewReplacer("{n}", strconv.Itoa(n), "{units}", units, "{got}", strconv.Itoa(t.seen), "{billed}", strconv.Itoa(t.Pieces)).Replace(w.text)
	t.note = notice{kind: w.kind, english: text, spanish: text}
}

// asides are what else people write on papers: nothing about the freight.
var asides = []string{"dock 12", "thx", "drop & hook", "door 4", "ok", "appt 0800", "call Dana 555-0142", "dock #7", "live unload", "left w/ front desk", "no pallet exch", "ck'd in late",
	"row C", "2 of 2 stops", "see Mike", "trk 418", "lot 22", "paid", "scan me", "email copy pls", "gate 3", "bay 9", "tally done"}

// recounted reports whether the count that the receiver wrote down, if he did, agrees with what he noted.
func (t *trip) recounted() bool {
	return t.seen != t.Pieces || t.note.kind != "short" && t.note.kind != "over"
}

// otherPO is the number of another order that rides on the load.
func (t *trip) otherPO(n int) string {
	b := []byte(t.PO)
	for i := len(b) - 1; i >= 0 && n > 0; i-- {
		if b[i] >= '0' && b[i] <= '9' {
			b[i] = '0' + (b[i]-'0'+byte(3*n))%10
			n--
		}
	}
	return string(b)
}

// count is a number of pieces as it is printed.
func count(n int, how manner) string {
	if how.bare {
		return strconv.Itoa(n)
	}
	return thousands(n)
}
