package documents

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tracedesk/backend/freight"
)

// Bounds of what can be a number of ours, in letters and digits after freight.NormalRef.
const (
	shortestToken = 4
	longestToken  = 30
	mostTokens    = 5000 // of one paper
)

var (
	datePattern   = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))$`)
	timePattern   = regexp.MustCompile(`(?i)^\d{1,2}:\d{2}(:\d{2})?(am|pm|[a-z]{1,4})?$`)
	amountPattern = regexp.MustCompile(`^[-$€£]*(\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d{1,3})%?$`)
	phonePattern  = regexp.MustCompile(`^(\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}$|^\+\d{8,15}$`)
	zipPattern    = regexp.MustCompile(`^\d{5}(-\d{4})?$`)
	yearPattern   = regexp.MustCompile(`^(19[5-9]\d|20\d\d)$`)
	unitPattern   = regexp.MustCompile(`(?i)^(lbs?|kgs?|pounds|pcs?|pieces|ctns?|cartons|cs|cases|skids|plts?|pallets|miles|mi|usd|cft|cu|ft|in|hrs?)[.,;]?$`)
)

// states are the letters that stand before a postal code in the United States.
var states = wordSet(`AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC
	ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// word is a run of letters without blanks, with its place in the text.
type word struct {
	text string
	at   int // in bytes
}

// Tokens are the numbers in a text (or a file name) that could be references, normalised by freight.NormalRef, each
// once, in the order of the text. Left out is what cannot be one: words without a digit, dates, times, telephone
// numbers, postal codes, amounts and weights. Numbers written in two parts ("LD 947195") are also given as one.
func Tokens(text string) []string {
	t := tokens{seen: map[string]bool{}}
	for line := range strings.Lines(text) {
		words := fields(line)
		for i, w := range words {
			if len(t.out) >= mostTokens {
				return t.out
			}
			if notReference(words, i) {
				continue
			}
			t.addParts(w.text)
			if i > 0 && w.at == words[i-1].at+len(words[i-1].text)+1 {
				t.addJoined(words[i-1].text, w.text)
			}
		}
	}
	return t.out
}

// machineNamed begins a name that a camera, a scanner or a messenger gave; the number in it counts pictures.
var machineNamed = regexp.MustCompile(`(?i)^(img|image|dsc|dscn|dcim|pxl|mvimg|scan|scanned|doc|document|photo|picture|pic|screenshot|whatsapp|file|fax|untitled|unnamed|page|attachment)\b`)

// NameTokens are Tokens of a file's name; given reports whether a person seems to have named it.
func NameTokens(name string) (tokens []string, given bool) {
	plain := nameBreaker.Replace(extension.ReplaceAllString(baseName(name), ""))
	return append(Tokens(plain), Tokens(name)...), !machineNamed.MatchString(plain)
}

type tokens struct {
	seen map[string]bool
	out  []string
}

func (t *tokens) add(s string) {
	ref := freight.NormalRef(s)
	if n := utf8.RuneCountInString(ref); n < shortestToken || n > longestToken || t.seen[ref] || !hasDigit(ref) || yearPattern.MatchString(ref) {
		return
	}
	t.seen[ref] = true
	t.out = append(t.out, ref)
}

// addParts adds a word, and its parts where it is several glued together ("BOL#123", "POD_LD-947195.pdf").
func (t *tokens) addParts(s string) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(":#=;,|()[]{}<>*\"", c) })
	for _, part := range parts {
		if plainly(part) {
			continue
		}
		t.add(part)
		for _, sep := range []string{"/", "_", "."} {
			if !strings.Contains(part, sep) {
				continue
			}
			for piece := range strings.SplitSeq(part, sep) {
				if !plainly(piece) {
					t.add(piece)
				}
			}
		}
	}
}

// addJoined adds letters and digits, or two groups of digits, that stand one blank apart.
func (t *tokens) addJoined(before, s string) {
	before, s = trimMarks(before), trimMarks(s)
	if len(s) < shortestToken || !allDigits(freight.NormalRef(s)) || plainly(s) {
		return
	}
	if short := len(before) <= 5 && before == strings.ToUpper(before); short && allLetters(before) || allDigits(before) && len(before) >= 3 {
		t.add(before + s)
	}
}

// notReference judges a word by itself and by its neighbours.
func notReference(words []word, i int) bool {
	w := trimMarks(words[i].text)
	if !hasDigit(w) || plainly(w) || strings.Contains(w, "@") || strings.Contains(w, "://") || strings.HasPrefix(strings.ToLower(w), "www.") {
		return true
	}
	if zipPattern.MatchString(w) && i > 0 && states[trimMarks(words[i-1].text)] {
		return true
	}
	// "(555) 123-4567": the second half of a telephone number
	if i > 0 && phonePattern.MatchString(words[i-1].text+" "+w) {
		return true
	}
	return i+1 < len(words) && unitPattern.MatchString(words[i+1].text) && allDigits(w) && len(w) < 6
}

// plainly reports whether a word is a date, a time, an amount or a telephone number by its form alone.
func plainly(w string) bool {
	return datePattern.MatchString(w) || timePattern.MatchString(w) || amountPattern.MatchString(w) || phonePattern.MatchString(w)
}

// fields cuts a line at blanks and keeps where each word stood.
func fields(line string) []word {
	var out []word
	start := -1
	for i, c := range line {
		if unicode.IsSpace(c) {
			if start >= 0 {
				out = append(out, word{line[start:i], start})
			}
			start = -1
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, word{line[start:], start})
	}
	return out
}

// trimMarks takes away what surrounds a word in a sentence or a form.
func trimMarks(s string) string { return strings.Trim(s, ".,;:'\"()[]{}<>*!?#") }

func hasDigit(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return c >= '0' && c <= '9' })
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return c < '0' || c > '9' })
}

func allLetters(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) })
}
