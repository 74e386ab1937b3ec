package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is what a column of somebody else's sheet means.
type Field string

// Fields of the load. References are "ref:" and a type of freight's closed list.
const (
	FieldLoad      Field = "load"
	FieldCustomer  Field = "customer"
	FieldCarrier   Field = "carrier"
	FieldSCAC      Field = "scac"
	FieldMC        Field = "mc"
	FieldDOT       Field = "dot"
	FieldMode      Field = "mode"
	FieldEquipment Field = "equipment"
	FieldTruck     Field = "truck"
	FieldTrailer   Field = "trailer"
	FieldContainer Field = "container"
	FieldSeal      Field = "seal"
	FieldDriver    Field = "driver"
	FieldPhone     Field = "driver_phone"
	FieldValue     Field = "value_usd"
	FieldTemp      Field = "temp"
	FieldTempMin   Field = "temp_min"
	FieldTempMax   Field = "temp_max"
	FieldHazmat    Field = "hazmat"
	FieldTeam      Field = "team"
	FieldFlags     Field = "flags"
	FieldStatus    Field = "status"
	FieldPOP       Field = "pop"
	FieldPOD       Field = "pod"
	FieldUpdated   Field = "updated_at"
	FieldNote      Field = "note"
	FieldIgnore    Field = "ignore" // of the report, not of the load: a line number, when it was printed
	fieldRef       Field = "ref:"
)

// Fields of a stop.
const (
	FieldStop      Field = "stop"
	FieldKind      Field = "kind"
	FieldFacility  Field = "facility"
	FieldAddress   Field = "address"
	FieldCity      Field = "city"
	FieldState     Field = "state"
	FieldCityState Field = "city_state" // "Dallas, TX 75201"
	FieldPostal    Field = "postal"
	FieldCountry   Field = "country"
	FieldLat       Field = "lat"
	FieldLon       Field = "lon"
	FieldZone      Field = "zone"
	FieldApptType  Field = "appt_type"
	FieldAppt      Field = "appt_start"
	FieldApptEnd   Field = "appt_end"
	FieldOrig      Field = "orig_appt_start"
	FieldOrigEnd   Field = "orig_appt_end"
	FieldArrived   Field = "arrived"
	FieldDeparted  Field = "departed"
	FieldLoaded    Field = "loaded"
	FieldUnloaded  Field = "unloaded"
	FieldPickedUp  Field = "picked_up"
	FieldDelivered Field = "delivered"
	FieldETA       Field = "eta"
	FieldPieces    Field = "pieces"
	FieldPallets   Field = "pallets"
	FieldWeight    Field = "weight"
)

// Fields of an event.
const (
	FieldEvent Field = "event"
	FieldAt    Field = "at"
)

// timeFields are read as times.
var timeFields = map[Field]bool{FieldAppt: true, FieldApptEnd: true, FieldOrig: true, FieldOrigEnd: true, FieldArrived: true, FieldDeparted: true,
	FieldLoaded: true, FieldUnloaded: true, FieldPickedUp: true, FieldDelivered: true, FieldETA: true, FieldUpdated: true, FieldAt: true}

// Part is how much of a time a column holds.
type Part string

// Parts; the empty one is the whole time.
const (
	DatePart Part = "date"
	TimePart Part = "time"
)

// Stop groups of columns in a sheet with one row a load; "2", "3" ... are numbered stops, empty is the row's own stop.
const (
	FirstPickup  = "pickup"
	LastDelivery = "delivery"
	Current      = "current" // where the truck is now
)

// name is what a header says by its words alone.
type name struct {
	field    Field
	stop     string
	part     Part
	unit     string
	rank     int // among columns that could be the load number: the lower the better
	words    []string
	numbered bool // "number", "#", "code" stands in it
	foreign  bool // written in another language than English
	strength float64
}

// elisions are the French d' and l', and the German ß, which no accent rule folds.
var elisions = strings.NewReplacer(" d'", " ", " l'", " ", " d’", " ", " l’", " ", "ß", "ss")

// plainWords cuts a header into lower-case words without accents: "P/U City", "pickupCity" and "PU_CITY" alike.
func plainWords(header string) []string {
	var out strings.Builder
	before := ' '
	for _, c := range norm.NFD.String(elisions.Replace(header)) {
		switch {
		case unicode.Is(unicode.Mn, c):
			continue
		case unicode.IsUpper(c) && unicode.IsLower(before), unicode.IsDigit(c) && unicode.IsLetter(before), unicode.IsLetter(c) && unicode.IsDigit(before):
			out.WriteByte(' ')
			out.WriteRune(unicode.ToLower(c))
		case unicode.IsLetter(c), unicode.IsDigit(c):
			out.WriteRune(unicode.ToLower(c))
		case c == '#':
			out.WriteString(" no ")
		case c == '.':
		default:
			out.WriteByte(' ')
		}
		before = c
	}
	return strings.Fields(out.String())
}

// nameOf reads a header.
func nameOf(header string) name {
	words := plainWords(header)
	n := name{words: words}
	for _, w := range words {
		n.foreign = n.foreign || foreignWords[w]
	}
	if len(words) == 0 || len(words) > 9 {
		return n
	}
	text := " " + strings.Join(words, " ") + " "
	if strings.Contains(strings.ToLower(header), "p/u") {
		text = strings.ReplaceAll(text, " p u ", " pickup ")
	}
	for _, p := range phrases {
		text = strings.ReplaceAll(text, p.from, p.to)
	}
	meant, number := meaningsOf(insAndOuts(strings.Fields(text)))
	if meant == nil {
		return n
	}
	n.decide(meant, number)
	return n
}

// insAndOuts reads "PU In" and "Del Out Time" as arrival and departure; without a stop in the header the words mean nothing.
func insAndOuts(words []string) []string {
	if !slices.ContainsFunc(words, func(w string) bool { m := meanings[w]; return m == "pickup" || m == "delivery" || m == "stop" }) {
		return words
	}
	for i, w := range words {
		switch w {
		case "in":
			words[i] = "arrived"
		case "out":
			words[i] = "departed"
		}
	}
	return words
}

// meaningsOf looks each word up; nil when one of them is unknown. A bare figure is the number of a stop.
func meaningsOf(words []string) (meant []string, number int) {
	for _, w := range words {
		if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 30 {
			number = n
			continue
		}
		m, ok := meanings[w]
		if !ok {
			return nil, 0
		}
		if m != "fill" && !slices.Contains(meant, m) {
			meant = append(meant, m)
		}
	}
	return meant, number
}

// take removes a meaning and reports whether it was there.
func take(meant *[]string, m string) bool {
	i := slices.Index(*meant, m)
	if i < 0 {
		return false
	}
	*meant = slices.Delete(*meant, i, i+1)
	return true
}

// decide finds the field from what the words mean.
func (n *name) decide(meant []string, number int) {
	switch {
	case take(&meant, "current"):
		n.stop = Current
	case number > 0 && take(&meant, "stop"):
		n.stop = strconv.Itoa(number)
		take(&meant, "pickup")
		take(&meant, "delivery")
	case slices.Contains(meant, "pickup") && slices.Contains(meant, "delivery"):
		return
	case take(&meant, "pickup"):
		n.stop = numberedSide(FirstPickup, number)
	case take(&meant, "delivery"):
		n.stop = numberedSide(LastDelivery, number)
	}
	numbered := take(&meant, "number")
	n.numbered = numbered
	if number == 0 && len(meant) > 1 {
		take(&meant, "stop") // "Stop City" is the city of the row's stop
	}
	n.strength = 0.9
	if f, ok := timeField(meant, n.stop); ok && !(numbered && slices.Equal(meant, []string{"appt"})) {
		n.field, n.part = f.field, f.part
		return
	}
	if n.decideStop(meant, numbered) {
		return
	}
	n.decideLoad(meant, numbered)
}

// numberedSide is "delivery" for the first of its side and "delivery 2" for the second.
func numberedSide(side string, number int) string {
	if number < 2 {
		return side
	}
	return side + " " + strconv.Itoa(number)
}

type timed struct {
	field Field
	part  Part
}

// timeField finds the time that words like "appt from date" name. All words must belong to it.
func timeField(meant []string, stop string) (t timed, ok bool) {
	left := slices.Clone(meant)
	date, clock := take(&left, "date"), take(&left, "time")
	whole := take(&left, "datetime") || date && clock
	switch {
	case whole:
	case date:
		t.part = DatePart
	case clock:
		t.part = TimePart
	}
	_, end := take(&left, "start"), take(&left, "end")
	appt, actual, original := take(&left, "appt"), take(&left, "actual"), take(&left, "original")
	verbs := 0
	for verb, field := range map[string]Field{"arrived": FieldArrived, "departed": FieldDeparted, "loaded": FieldLoaded, "unloaded": FieldUnloaded,
		"pickedup": FieldPickedUp, "delivered": FieldDelivered, "updated": FieldUpdated} {
		if take(&left, verb) {
			t.field = field
			verbs++
		}
	}
	if take(&left, "eta") {
		t.field, verbs = FieldETA, 1
	}
	take(&left, "at")
	switch {
	case len(left) > 0 || verbs > 1 || len(meant) == 0:
		return t, false
	case stop == Current && verbs == 0:
		t.field = FieldAt
	case verbs == 1 && t.field == FieldArrived && appt && !actual:
		t.field = FieldAppt
	case verbs == 1 && t.field == FieldDeparted && appt && !actual:
		return t, false
	case verbs == 1:
	case actual && strings.HasPrefix(stop, FirstPickup):
		t.field = FieldPickedUp
	case actual && strings.HasPrefix(stop, LastDelivery):
		t.field = FieldDelivered
	case actual:
		return t, false
	case original && end:
		t.field = FieldOrigEnd
	case original:
		t.field = FieldOrig
	case appt || stop != "":
		t.field = FieldAppt
		if end {
			t.field = FieldApptEnd
		}
	case slices.Contains(meant, "start") || slices.Contains(meant, "end"):
		return t, false
	default:
		t.field = FieldAt
	}
	return t, true
}
