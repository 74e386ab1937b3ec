package quality

import (
	"fmt"
	"regexp"
	"strings"

	"tracedesk/backend/freight"
)

// Numbers that are no references.
const (
	typeSCAC = "SCAC"
	typeMC   = "MC"
	typeDOT  = "DOT"
)

// checkNumber is why a number cannot be right, in plain words, "" where nothing speaks against it; known says that there is a
// public rule for its type. Numbers without one are only held against what a spreadsheet does to numbers.
func checkNumber(kind, value string) (why string, known bool) {
	if why := mangled(value); why != "" {
		return why, true
	}
	switch kind {
	case string(freight.RefContainer):
		return container(value), true
	case typeSCAC:
		return form(value, scac, "a SCAC is two to four letters"), true
	case typeMC:
		return form(strings.TrimPrefix(strings.ToUpper(value), "MC"), docket, "an MC number is one to seven digits"), true
	case typeDOT:
		return form(strings.TrimPrefix(strings.ToUpper(value), "USDOT"), dot, "a USDOT number is one to eight digits"), true
	}
	return "", false
}

var (
	scac   = regexp.MustCompile(`^[A-Z]{2,4}$`)
	docket = regexp.MustCompile(`^[- #]*\d{1,7}$`)
	dot    = regexp.MustCompile(`^[- #]*\d{1,8}$`)

	scientific = regexp.MustCompile(`^\d(\.\d+)?[eE]\+\d+$`)
)

func form(value string, rule *regexp.Regexp, says string) string {
	if rule.MatchString(strings.ToUpper(strings.TrimSpace(value))) {
		return ""
	}
	return fmt.Sprintf("%s, not %q", says, value)
}

// fillers are what people write where there is no number, and what spreadsheets leave of a broken formula (#N/A, #REF!, #VALUE!), as
// freight.NormalRef spells them. Whole values only: a number that merely holds such letters is one.
var fillers = map[string]bool{"TBD": true, "TBA": true, "NA": true, "NONE": true, "NULL": true, "UNKNOWN": true, "XXX": true, "XXXX": true, "REF": true, "VALUE": true}

// mangled is what a spreadsheet or a filler did to a number.
func mangled(value string) string {
	text := strings.TrimSpace(value)
	switch {
	case scientific.MatchString(text):
		return fmt.Sprintf("%q is a number that a spreadsheet rounded: its last digits are lost; export the column as text", value)
	case fillers[freight.NormalRef(text)]:
		return fmt.Sprintf("%q is no number", value)
	}
	return ""
}

// container holds a container number against ISO 6346: three letters of the owner, U, J or Z, six digits, a check digit.
func container(value string) string {
	n := freight.NormalRef(value)
	if len(n) != 11 || !letters(n[:4]) || !digits(n[4:]) {
		return fmt.Sprintf("a container number is four letters and seven digits, not %q", value)
	}
	if !strings.ContainsRune("UJZ", rune(n[3])) {
		return fmt.Sprintf("the fourth letter of a container number is U, J or Z, not %q", string(n[3]))
	}
	if want := checkDigit(n[:10]); want != n[10] {
		return fmt.Sprintf("the check digit of %s should be %c: a digit or letter was mistyped", n, want)
	}
	return ""
}

// checkDigit is the check digit of the first ten characters: letters count 10 to 38 without the multiples of 11, each place
// twice the one before; the sum modulo 11, where 10 is written 0 (ISO 6346, annex A).
func checkDigit(ten string) byte {
	sum := 0
	for i := range ten {
		v := int(ten[i] - '0')
		if ten[i] >= 'A' {
			v = int(ten[i]-'A') + 10
			v += (v - 1) / 10 // A 10, B 12 ... K 21, L 23 ... U 32, V 34
		}
		sum += v << i
	}
	return '0' + byte(sum%11%10)
}

func letters(s string) bool {
	for i := range s {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	for i := range s {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
