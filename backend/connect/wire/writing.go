package wire

import (
	"bytes"
	"encoding/json"
	"strings"

	"tracedesk/backend/freight"
)

// Encode writes JSON without the escapes that only web pages need.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// Dialled is a phone number with its country in front (E.164); one without any is of North America.
func Dialled(phone string) string {
	digits := freight.Digits(phone)
	if len(digits) == 10 {
		digits = "1" + digits
	}
	return "+" + digits
}

// provinces of Canada, by which an address without a country is told from one of the United States.
const provinces = " AB BC MB NB NL NS NT NU ON PE QC SK YT "

// states of Mexico as sheets write them.
const states = " AGU AGS BC BCN BCS CAM CHP CHH CMX COA COL DUR GUA GTO GRO HID JAL MEX MIC MOR NAY NLE OAX PUE QUE QRO ROO SLP SIN SON TAB TAM TLA VER YUC ZAC "

// Country is the country of an address in two letters; where it is not told, by the state.
func Country(p freight.Place) string {
	switch country := strings.ToUpper(p.Country); country {
	case "USA":
		return "US"
	case "CAN":
		return "CA"
	case "MEX":
		return "MX"
	case "":
	default:
		return country
	}
	state := " " + strings.ToUpper(p.State) + " "
	switch {
	case strings.Contains(provinces, state):
		return "CA"
	case strings.Contains(states, state):
		return "MX"
	}
	return "US"
}

// Joined puts sep between two texts where both are given.
func Joined(sep, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + sep + b
}

// Bracketed is a text in brackets, nothing where there is none.
func Bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// First is the first text that is given.
func First(texts ...Text) Text {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
