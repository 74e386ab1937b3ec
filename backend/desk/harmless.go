package desk

import "strings"

// Harmless is a text from outside for a cell of a sheet: what a spreadsheet would take for a formula begins with an
// apostrophe, so that it stays text.
func Harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
