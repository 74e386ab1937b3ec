package edifact

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charsets are the character sets by the syntax identifier (element 0001). UNOA and UNOB are parts of ASCII; what senders put
// beside that is told by looking at it. UNOC is read as Windows-1252, which has every character of ISO 8859-1 in its place and
// printable ones where that has control codes. UNOW and UNOY are UTF-8. UNOX changes its set by escape sequences, which are kept as they stand.
var charsets = map[string]*charmap.Charmap{
	"UNOC": charmap.Windows1252, "UNOD": charmap.ISO8859_2, "UNOE": charmap.ISO8859_5, "UNOF": charmap.ISO8859_7, "UNOG": charmap.ISO8859_3,
	"UNOH": charmap.ISO8859_4, "UNOI": charmap.ISO8859_6, "UNOJ": charmap.ISO8859_8, "UNOK": charmap.ISO8859_9, "UNOL": charmap.ISO8859_15,
}

// decoded is a text as UTF-8: by the character set that the interchange declares; where it declares ASCII or none that is
// known, as UTF-8 if it is that, else as Windows-1252.
func decoded(s string, set *charmap.Charmap) string {
	if isASCII(s) {
		return s
	}
	if set == nil {
		if utf8.ValidString(s) {
			return s
		}
		set = charmap.Windows1252
	}
	out, _ := set.NewDecoder().String(s) // every byte decodes; those without a character become U+FFFD
	return out
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
