package edifact

import "bytes"

// service are the characters with a meaning of their own in one interchange: those of its UNA, else the standard's.
type service struct {
	component, element, decimal, release, repetition, terminator byte // release and repetition are 0 where there is none
}

// plain are the characters of an interchange without a UNA; ofLevelB are those that level B of the first syntax has instead
// (ISO 9735, IS1, IS3 and IS4).
var (
	plain    = service{component: ':', element: '+', decimal: '.', release: '?', terminator: '\''}
	ofLevelB = service{component: 0x1f, element: 0x1d, decimal: '.', terminator: 0x1c}
)

// headWindow is how many bytes tell whether an interchange begins.
const headWindow = 64

// beginning reports whether an interchange begins b: a UNA with a UNB or UNH behind it, a UNB, or a bare message. length is
// that of the UNA with the blanks behind it, 0 without one.
func beginning(b []byte) (sep service, length int, ok bool) {
	if len(b) < 4 || b[0] != 'U' || b[1] != 'N' {
		return sep, 0, false
	}
	switch b[2] {
	case 'A':
		return afterUNA(b)
	case 'B':
		for _, sep := range [...]service{plain, ofLevelB} {
			if b[3] == sep.element && syntaxAt(b[4:], sep) {
				return sep, 0, true
			}
		}
	case 'H':
		return plain, 0, bareMessage(b)
	}
	return sep, 0, false
}

// afterUNA reads the six characters of a UNA.
func afterUNA(b []byte) (sep service, length int, ok bool) {
	if len(b) < 9 {
		return sep, 0, false
	}
	sep = service{component: b[3], element: b[4], decimal: b[5], release: b[6], repetition: b[7], terminator: b[8]}
	if sep.release == ' ' {
		sep.release = 0
	}
	if sep.repetition == ' ' || letterOrDigit(sep.repetition) {
		sep.repetition = 0
	}
	if letterOrDigit(sep.component) || letterOrDigit(sep.element) || letterOrDigit(sep.terminator) || sep.component == sep.element || sep.element == sep.terminator || sep.element <= ' ' && sep.element != 0x1d {
		return sep, 0, false
	}
	length = 9
	for length < len(b) && b[length] <= ' ' {
		length++
	}
	rest := b[length:]
	return sep, length, len(rest) >= 4 && rest[0] == 'U' && rest[1] == 'N' && (rest[2] == 'B' || rest[2] == 'H') && rest[3] == sep.element
}

// syntaxAt reports whether b begins with the identifier of a syntax (UNOA, and four letters of other bodies), which ends
// within its element.
func syntaxAt(b []byte, sep service) bool {
	n := 0
	for n < len(b) && letterOrDigit(b[n]) {
		n++
	}
	return n == 4 && n < len(b) && (b[n] == sep.component || b[n] == sep.element || b[n] == sep.terminator)
}

// bareMessage reports whether a message stands without an envelope: UNH+1+IFTSTA:D:.
func bareMessage(b []byte) bool {
	if b[3] != plain.element {
		return false
	}
	rest := b[4:]
	i := bytes.IndexByte(rest[:min(len(rest), 20)], plain.element)
	if i < 1 {
		return false
	}
	rest = rest[i+1:]
	return len(rest) > 7 && rest[6] == plain.component && allCapitals(rest[:6])
}

func allCapitals(b []byte) bool {
	for _, c := range b {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

func letterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
