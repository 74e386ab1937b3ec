package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Ink is a colour. The zero value is black.
type Ink struct{ R, G, B uint8 }

// Style is how a piece of text looks. Size is in points; 0 is the document's body size.
type Style struct {
	Size float64
	Bold bool
	Ink  Ink
}

// Span is text in one style. A line feed starts a new line.
type Span struct {
	Text  string
	Style Style
}

// Rich is text in several styles, set as one flow.
type Rich []Span

// Plain is text in the body style.
func Plain(text string) Rich { return Rich{{Text: text}} }

// Strong is bold text of the body size.
func Strong(text string) Rich { return Rich{{Text: text, Style: Style{Bold: true}}} }

// clean makes any bytes printable: valid UTF-8 in composed form, line feeds as the only control, no invisible direction or joining
// signs (they have no glyph, and an override could make a number read backwards), nothing above the basic plane.
func clean(s string) string {
	if printableASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, string(replacement)))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(cleanRune, s)
}

func printableASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\n' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n', r == '\u2028', r == '\u2029', r == '\r', r == '\v', r == '\f', r == '\u0085':
		return '\n'
	case r == '\t':
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case r >= 0xFFFE:
		return replacement
	}
	return r
}

// run is a piece of text that one font can print.
type run struct {
	face  *face
	style Style
	text  string
	width float64 // points
}

// glyph is the font in which a rune is printed and its width; what no font has is printed as the replacement mark.
func glyph(chain *[3]*face, r rune) (f *face, printed rune, width uint16) {
	if r == '\u00a0' || r == '\u202f' {
		r = ' ' // kept so far to hold a line together
	}
	for _, f := range chain {
		if w := f.width(r); w != noGlyph {
			return f, r, w
		}
	}
	return symbols, replacement, symbols.width(replacement)
}

// appendRuns splits a clean text without line feeds into runs and counts the replacement marks among them.
func appendRuns(runs []run, text string, style Style) (_ []run, replaced int) {
	chain := chainOf(style.Bold)
	if whole, ok := singleRun(chain[0], text, style); ok {
		return append(runs, whole), 0
	}
	var out strings.Builder
	var current *face
	total := 0
	flush := func() {
		if out.Len() > 0 {
			runs = append(runs, run{current, style, out.String(), float64(total) * style.Size / 1000})
		}
		out.Reset()
		total = 0
	}
	for _, r := range text {
		f, printed, w := glyph(&chain, r)
		if printed == replacement {
			replaced++
		}
		if f != current {
			flush()
			current = f
		}
		out.WriteRune(printed)
		total += int(w)
	}
	flush()
	return runs, replaced
}

// singleRun is the common case: the first font has every rune as it stands.
func singleRun(f *face, text string, style Style) (run, bool) {
	total := 0
	for _, r := range text {
		w := f.width(r)
		if w == noGlyph || r == '\u00a0' || r == '\u202f' {
			return run{}, false
		}
		total += int(w)
	}
	return run{f, style, text, float64(total) * style.Size / 1000}, text != ""
}
