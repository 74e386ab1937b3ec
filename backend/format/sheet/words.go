package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tracedesk/backend/freight"
)

// headerKey is a column's name without case, blanks and signs: "Appt Start" and "appt_start" are one.
func headerKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// nothings are the ways people and programs write that they do not know.
var nothings = map[string]bool{"-": true, "--": true, "---": true, "—": true, "–": true, ".": true, "?": true, "??": true, "n/a": true, "na": true,
	"n.a.": true, "n.a": true, "none": true, "null": true, "nil": true, "(null)": true, "(none)": true, "(blank)": true, "#n/a": true, "#value!": true, "#ref!": true,
	"#name?": true, "#div/0!": true, "#null!": true, "#num!": true, "nan": true, "undefined": true, "nat": true, "/": true, "//": true, "__/__/____": true,
	"0000-00-00": true, "00/00/0000": true, "0000-00-00 00:00:00": true, "00/00/00": true}

// unsaid are words that say in any column that a value is not known; they are kept as a note.
var unsaid = map[string]bool{"tbd": true, "tba": true, "tbc": true, "unknown": true, "unassigned": true, "not assigned": true, "not available": true,
	"to be determined": true, "to be advised": true, "to be confirmed": true, "por confirmar": true, "à confirmer": true, "unbekannt": true}

// idle are the beginnings of words that stand where a time or a number is not known. In a column of words they would be words:
// a status may be Pending, a customer No Frills.
var idle = []string{"tbd", "tba", "tbc", "pending", "unknown", "not ", "no ", "n/a", "na ", "none", "awaiting", "waiting", "open", "asap", "will call",
	"to be", "missing", "see ", "call ", "varies", "date not", "unscheduled", "unassigned", "por confirmar", "pendiente", "sin ", "à confirmer", "non ", "offen", "unbekannt", "kein"}

// isNothing reports whether a cell only says that nothing is known, and whether it says so in words worth keeping.
func isNothing(s string) (nothing, words bool) {
	if s == "" {
		return true, false
	}
	if !nothingStarts[s[0]] || len(s) > 60 {
		return false, false
	}
	low := strings.ToLower(s)
	return nothings[low] || unsaid[low], unsaid[low]
}

// isIdle reports whether a cell of times or numbers only says, in words, that nothing is known.
func isIdle(s string) bool {
	if s == "" || !nothingStarts[s[0]] || len(s) > 60 {
		return false
	}
	low := strings.ToLower(s)
	return slices.ContainsFunc(idle, func(word string) bool { return strings.HasPrefix(low, word) })
}

// nothingStarts are the first bytes that such words have, in either case: most cells are settled by one look.
var nothingStarts = firstBytes()

func firstBytes() (starts [256]bool) {
	mark := func(s string) { starts[s[0]], starts[strings.ToUpper(s[:1])[0]] = true, true }
	for s := range nothings {
		mark(s)
	}
	for s := range unsaid {
		mark(s)
	}
	for _, s := range idle {
		mark(s)
	}
	return starts
}

// parseNumber reads a number as people write it: 1,200.50  1.200,50  $1200  42,000 lbs  -10°F. A comma or a point alone
// before exactly three figures parts thousands, unless the sheet writes its decimals with that sign.
func parseNumber(s string, decimalComma bool) (float64, error) {
	if n, err := strconv.ParseFloat(s, 64); err == nil && !decimalComma && plainNumber(s) {
		return n, nil
	}
	s = cutCurrency(s)
	var b [40]byte
	n, points, commas, ended := 0, 0, 0, false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			if ended || n == len(b) {
				return 0, fmt.Errorf("%q is not a number", s)
			}
			b[n] = byte(c)
			n++
		case c == '-' || c == '(' || c == '−':
			if n > 0 {
				ended = true
				continue
			}
			b[n] = '-'
			n++
		case c == '.' || c == ',':
			if n == len(b) {
				return 0, fmt.Errorf("%q is not a number", s)
			}
			b[n] = byte(c)
			n++
			if c == '.' {
				points++
			} else {
				commas++
			}
		case c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\'':
		default:
			if !unitSign(c) {
				return 0, fmt.Errorf("%q is not a number", s)
			}
			if unicode.IsLetter(c) && n == 0 {
				return 0, fmt.Errorf("%q is not a number", s)
			}
			ended = n > 0 && b[n-1] != '-'
		}
	}
	text := decimalForm(string(b[:n]), points, commas, decimalComma)
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return value, nil
}

// cutCurrency takes the letters of a currency off the front.
func cutCurrency(s string) string {
	for _, code := range [...]string{"USD", "US$", "CAD", "EUR", "MXN", "GBP", "CHF"} {
		if len(s) > len(code) && strings.EqualFold(s[:len(code)], code) {
			return strings.TrimLeft(s[len(code):], " $")
		}
	}
	return s
}

func plainNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' {
			return false
		}
	}
	return true
}

// unitSign is a letter or sign of a unit or currency around a number.
func unitSign(c rune) bool {
	return unicode.IsLetter(c) || unicode.Is(unicode.Sc, c) || c == '°' || c == '%' || c == '#' || c == ')' || c == '/' || c == '+'
}

// decimalForm writes a number with one point for the decimals and no sign for the thousands.
func decimalForm(s string, points, commas int, decimalComma bool) string {
	s = strings.TrimRight(s, ".,")
	lastPoint, lastComma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	decimal := byte(0)
	switch {
	case points > 0 && commas > 0:
		decimal = '.'
		if lastComma > lastPoint {
			decimal = ','
		}
	case commas == 1 && (decimalComma || len(s)-lastComma != 4):
		decimal = ','
	case points == 1 && (!decimalComma || len(s)-lastPoint != 4):
		decimal = '.'
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == decimal:
			b.WriteByte('.')
		case c == '.' || c == ',':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// stopKinds are the words for what is done at a stop.
var stopKinds = map[string]string{
	"pickup": "pickup", "pick": "pickup", "pu": "pickup", "p": "pickup", "pick up": "pickup", "p/u": "pickup", "load": "pickup", "loading": "pickup",
	"origin": "pickup", "shipper": "pickup", "ship from": "pickup", "cl": "pickup", "ld": "pickup", "pl": "pickup", "collection": "pickup", "collect": "pickup", "recogida": "pickup",
	"carga": "pickup", "enlèvement": "pickup", "enlevement": "pickup", "chargement": "pickup", "abholung": "pickup", "beladung": "pickup", "o": "pickup",
	"delivery": "delivery", "deliver": "delivery", "drop": "delivery", "del": "delivery", "d": "delivery", "so": "delivery", "dropoff": "delivery", "drop off": "delivery", "drop-off": "delivery",
	"unload": "delivery", "unloading": "delivery", "destination": "delivery", "dest": "delivery", "consignee": "delivery", "receiver": "delivery", "ship to": "delivery",
	"cu": "delivery", "ul": "delivery", "pul": "delivery", "dl": "delivery", "entrega": "delivery", "descarga": "delivery", "livraison": "delivery", "déchargement": "delivery", "dechargement": "delivery",
	"lieferung": "delivery", "zustellung": "delivery", "entladung": "delivery",
	"pickup_delivery": "pickup_delivery", "pickup delivery": "pickup_delivery", "pickup/delivery": "pickup_delivery", "pickup and delivery": "pickup_delivery", "both": "pickup_delivery", "p/d": "pickup_delivery", "pd": "pickup_delivery", "live load/unload": "pickup_delivery",
	"relay": "relay", "transfer": "relay", "cross dock": "relay", "crossdock": "relay", "cross-dock": "relay", "terminal": "relay", "yard": "relay", "drop yard": "relay", "hub": "relay",
}

func stopKind(s string) (string, bool) {
	if kind, ok := stopKinds[s]; ok {
		return kind, true
	}
	kind, ok := stopKinds[strings.TrimSpace(strings.ReplaceAll(strings.ToLower(s), "stop", ""))]
	return kind, ok
}

// apptType maps the words for how an appointment is kept; a word of its own stays as it is.
func apptType(s string) string {
	switch headerKey(s) {
	case "appointment", "appt", "appointmentrequired", "firm", "strict", "set", "scheduled", "byappointment":
		return "appointment"
	case "fcfs", "firstcomefirstserved", "firstcomefirstserve", "firstcome":
		return "fcfs"
	case "open", "window", "flexible", "anytime", "noappointment", "drop":
		return "open"
	}
	return s
}

// paperState maps what a sheet says of a paper; ok is false for a word that says nothing known.
func paperState(s string) (state string, ok bool) {
	switch strings.ToLower(s) {
	case "missing", "no", "n", "false", "0", "not received", "outstanding", "open":
		return string(freight.PaperMissing), true
	case "received", "yes", "y", "true", "1", "x", "in", "rcvd", "recd", "uploaded", "sí", "si", "oui", "ja":
		return string(freight.PaperReceived), true
	case "verified", "approved", "checked":
		return string(freight.PaperVerified), true
	case "exception", "rejected", "damaged", "short", "osd", "os&d":
		return string(freight.PaperException), true
	}
	return "", false
}

// cancelled reports whether a TMS's status word says that the load will not move.
func cancelled(status string) bool {
	switch headerKey(status) {
	case "cancelled", "canceled", "cancel", "void", "voided", "tonu", "deleted", "truckorderednotused", "cancelada", "cancelado", "annulé", "annulée", "annule", "storniert":
		return true
	}
	return false
}

// parseRefs reads "BOL:123;PO:77". A number without a type, or with one outside the closed list, is OTHER with the word kept.
func parseRefs(refs []freight.Reference, s string) []freight.Reference {
	for s != "" {
		var part string
		part, s, _ = strings.Cut(s, ";")
		if part = strings.TrimSpace(part); part != "" {
			refs = append(refs, parseRef(part))
		}
	}
	return refs
}

func parseRef(s string) freight.Reference {
	word, value, ok := strings.Cut(s, ":")
	if !ok {
		return freight.Reference{Type: freight.RefOther, Value: s}
	}
	value = strings.TrimSpace(value)
	if t, known := freight.ParseRefType(word); known {
		return freight.Reference{Type: t, Value: value}
	}
	return freight.Reference{Type: freight.RefOther, Value: value, Note: strings.TrimSpace(word)}
}

// flagWord folds a flag to the form of our own sheets: "High Value" is high_value.
func flagWord(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '-' || c == '_' }), "_"))
}
