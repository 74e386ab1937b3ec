package table

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// words are the short forms that people and systems use in place names, each with its long form.
var words = map[string]string{
	"st": "saint", "ste": "sainte", "sta": "santa", "ft": "fort", "mt": "mount", "mtn": "mountain", "cd": "ciudad",
	"hts": "heights", "spg": "springs", "spgs": "springs", "jct": "junction", "twp": "township", "bch": "beach",
	"vlg": "village", "ctr": "center", "gdns": "gardens", "pk": "park", "lk": "lake",
}

var winds = map[string]string{"n": "north", "s": "south", "e": "east", "w": "west"}

// letters that Unicode does not take apart into a base letter and an accent.
var letters = map[rune]string{'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d",
	'þ': "th", 'Þ': "th", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ı': "i", 'ħ': "h", 'Ħ': "h"}

// Fold writes a name so that two ways to write it are equal: lower case, no accents, no punctuation, no blanks, short
// forms in full ("Ft. Worth" and "FORT WORTH" are "fortworth"). It appends to dst.
func Fold(dst []byte, name string) []byte {
	if !ascii(name) {
		name = plain(name)
	}
	begin, first, from := len(dst), true, len(dst)
	word := func(only bool) {
		if len(dst) == from {
			return
		}
		long, ok := words[string(dst[from:])]
		if !ok && first && !only {
			long, ok = winds[string(dst[from:])]
		}
		if ok {
			dst = append(dst[:from], long...)
		}
		first, from = false, len(dst)
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= utf8.RuneSelf:
			dst = append(dst, c)
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '\'' || c == '`':
		default:
			word(false)
		}
	}
	word(from == begin)
	return dst
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain takes the accents off; letters of other scripts stay as they are.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 0x300 && r <= 0x36f:
		case r == '’' || r == '‘' || r == 'ʻ':
		case letters[r] != "":
			b.WriteString(letters[r])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// CityKey is the 40-bit key of a city in the table. An unknown name meets a known key by chance about once in
// ten million names.
func CityKey(name, state, country string) uint64 {
	var space [96]byte
	b := append(Fold(space[:0], name), '|')
	b = append(append(append(b, state...), '|'), country...)
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := uint64(offset)
	for _, c := range b {
		h = (h ^ uint64(c)) * prime
	}
	return (h ^ h>>40) & (1<<40 - 1)
}
