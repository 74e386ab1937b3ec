package ledger

import (
	"strings"
	"unicode"
)

// letters that have no accent to take off but that people type without: the text index folds accents, not these.
var letters = strings.NewReplacer("ł", "l", "Ł", "l", "ø", "o", "Ø", "o", "đ", "d", "Đ", "d", "ß", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ı", "i", "þ", "th", "ð", "d")

// FoldWords makes text findable by people who type plain letters; package store's index folds accents and case itself.
func FoldWords(s string) string { return letters.Replace(s) }

// Query turns free words into a query of the text index: every word must occur, the parts of a number or name
// with figures ("scan_004", "480-101") side by side, and the last one may be unfinished. "" when there is no word in it.
func Query(s string) string {
	var phrases []string
	for _, typed := range strings.Fields(FoldWords(s)) {
		words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if strings.ContainsFunc(typed, unicode.IsDigit) {
			words = []string{strings.Join(words, " ")}
		}
		for _, w := range words {
			phrases = append(phrases, `"`+w+`"`)
		}
	}
	if len(phrases) == 0 {
		return ""
	}
	return strings.Join(phrases, " ") + "*"
}
