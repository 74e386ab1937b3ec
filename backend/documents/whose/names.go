package whose

import (
	"slices"
	"strings"
	"unicode"
)

// How alike two names are, from 0 to 1.
const (
	sameName  = 0.84
	otherName = 0.58
)

// legalForms say nothing of who it is.
var legalForms = map[string]bool{"INC": true, "LLC": true, "CO": true, "CORP": true, "CORPORATION": true, "COMPANY": true, "LTD": true, "LP": true,
	"LLP": true, "THE": true, "SA": true, "CV": true, "DE": true, "GMBH": true}

var streetWords = map[string]string{"STREET": "ST", "ROAD": "RD", "AVENUE": "AVE", "AV": "AVE", "DRIVE": "DR", "LANE": "LN", "BOULEVARD": "BLVD",
	"PARKWAY": "PKWY", "HIGHWAY": "HWY", "COURT": "CT", "PLACE": "PL", "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "SUITE": "STE"}

// nameWords folds a name to upper-case words without marks and legal forms.
func nameWords(s string) []string {
	s = strings.ReplaceAll(strings.ToUpper(s), "&", " AND ")
	s = strings.NewReplacer(".", "", "'", "", "’", "").Replace(s)
	words := strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return legalForms[w] })
	if len(kept) == 0 {
		return words
	}
	return kept
}

var letterShapes = strings.NewReplacer("0", "O", "1", "I", "L", "I", "5", "S", "8", "B", "6", "G", "2", "Z", "RN", "M", "VV", "W")

// shaped is a word or name with characters of one shape made one; what is a number stays one.
func shaped(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if !allDigits(w) {
			w = letterShapes.Replace(w)
		}
		b.WriteString(w)
	}
	return b.String()
}

func numbersOf(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !allDigits(w) })
}

// Alike tells how alike two names of companies are, 0 to 1. Names that are told apart by a number only ("DC 4", "DC 7")
// are not alike.
func Alike(a, b string) float64 {
	wa, wb := nameWords(a), nameWords(b)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	na, nb := numbersOf(wa), numbersOf(wb)
	if len(na) > 0 && len(nb) > 0 && !slices.Equal(na, nb) {
		return 0
	}
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	if len(wa) >= 2 && !slices.ContainsFunc(wa, func(w string) bool { return !slices.Contains(wb, w) }) {
		return 0.95
	}
	return likeness(shaped(wa), shaped(wb))
}

// likeness is the share of characters that two strings have in common, by edit distance.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	long := max(len(a), len(b))
	return 1 - float64(edits(a, b))/float64(long)
}

func edits(a, b string) int {
	before, now := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i := range len(a) {
		now[0] = i + 1
		for j := range len(b) {
			same := 1
			if a[i] == b[j] {
				same = 0
			}
			now[j+1] = min(before[j]+same, before[j+1]+1, now[j]+1)
		}
		before, now = now, before
	}
	return before[len(b)]
}

// mostWords is how many words of a text are looked through for a name.
const mostWords = 1500

// says reports whether a text has a name in it, misreadings allowed.
func says(text []string, name string) bool {
	words := nameWords(name)
	want := shaped(words)
	if len(want) < 5 {
		return false
	}
	for i := range text[:min(len(text), mostWords)] {
		run := ""
		for j := i; j < min(i+len(words)+1, len(text)) && len(run) <= len(want)+2; j++ {
			run += text[j]
			if d := len(run) - len(want); d >= -2 && d <= 2 && sameEnd(run, want) && likeness(run, want) >= sameName {
				return true
			}
		}
	}
	return false
}

// sameEnd reports whether two strings begin or end alike: a cheap look before the dear one.
func sameEnd(a, b string) bool {
	const letters = 2
	return len(a) >= letters && len(b) >= letters && (a[:letters] == b[:letters] || a[len(a)-letters:] == b[len(b)-letters:])
}

// plainWords are the words of a text as says takes them.
func plainWords(text string) []string {
	words := nameWords(text)
	for i, w := range words {
		words[i] = shaped([]string{w})
	}
	return words
}

// addressWords folds an address: "45 River Street, Macon GA 31201-0001" and "45 River St, Macon, GA 31201" are one.
func addressWords(s string) []string {
	s = strings.NewReplacer(".", "", "'", "").Replace(strings.ToUpper(s))
	words := strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i, w := range words {
		if short, ok := streetWords[w]; ok {
			words[i] = short
		}
	}
	return words
}

// SameAddress tells how alike two addresses are, 0 to 1: another house number or postal code makes them different.
func SameAddress(a, b string) float64 {
	wa, wb := addressWords(a), addressWords(b)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	if house(wa) != "" && house(wb) != "" && house(wa) != house(wb) && likeness(house(wa), house(wb)) < 0.7 {
		return 0
	}
	if postal(wa) != "" && postal(wb) != "" && likeness(postal(wa), postal(wb)) < 0.75 {
		return 0
	}
	return likeness(shaped(wa), shaped(wb))
}

func house(words []string) string {
	if allDigits(words[0]) {
		return words[0]
	}
	return ""
}

func postal(words []string) string {
	for i := len(words) - 1; i > 0; i-- {
		if allDigits(words[i]) && len(words[i]) == 5 {
			return words[i]
		}
	}
	return ""
}
