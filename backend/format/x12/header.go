package x12

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// separators are those of one interchange; they hold from its ISA to its IEA.
// The component and repetition separators are not used: in transport sets an element with one in it is kept whole.
type separators struct {
	element byte
	term    [3]byte // a single byte, or a character that a re-encoding spread over two or three bytes
	termLen int
}

func (s *separators) terminator() []byte { return s.term[:s.termLen] }

// header is what an ISA says. Elements are trimmed and free of line breaks.
type header struct {
	separators
	sender, receiver string
	from, to         string // kinds of these ids (ISA05, ISA07)
	date, clock      string // ISA09, ISA10
	version          string // ISA12, such as 00401
	control          string // ISA13
	test             bool   // ISA15 is T
	wanted           bool   // ISA14 is 1
	length           int    // bytes of the ISA with its terminator
}

// Limits of the tolerant reading of an ISA: unpadded elements and line breaks are allowed, prose is not.
const (
	isaElements = 16
	isaWindow   = 512 // bytes within which a header and the beginning of the next segment must lie
	isaWidest   = 40
)

// isaWidths are the widths of the fixed short elements; the others may be up to isaWidest.
var isaWidths = [isaElements + 1]int{1: 2, 3: 2, 5: 2, 7: 2, 9: 8, 10: 6, 11: 2, 12: 5, 13: 14, 14: 1, 15: 1}

// parseISA reads an interchange header at the start of b. An ISA counts only when its element separator stands
// sixteen times at plausible distances: a name such as ISAAC must not begin an interchange.
func parseISA(b []byte) (h header, ok bool) {
	if len(b) < 4 || indexISA(b[:3]) != 0 || !maySeparate(b[3]) {
		return h, false
	}
	h.element = b[3]
	var elements [isaElements]string
	at := 4
	for n := 1; n < isaElements; n++ {
		end := bytes.IndexByte(b[at:min(len(b), at+2*isaWidest)], h.element)
		if end < 0 {
			return h, false
		}
		e := strings.TrimSpace(withoutBreaks(string(b[at : at+end])))
		widest := isaWidths[n]
		if widest == 0 {
			widest = isaWidest
		}
		if len(e) > widest {
			return h, false
		}
		elements[n] = e
		at += end + 1
	}
	if !digitsOnly(elements[9]) || !digitsOnly(elements[10]) {
		return h, false
	}
	h.sender, h.receiver, h.from, h.to = elements[6], elements[8], elements[5], elements[7]
	h.date, h.clock = elements[9], elements[10]
	h.version, h.control, h.test, h.wanted = elements[12], elements[13], strings.EqualFold(elements[15], "T"), elements[14] == "1"
	return h, h.findTerminator(b, at)
}

// indexISA is where the three letters of a header stand, in one case; -1 for nowhere. Some senders write everything small.
func indexISA(b []byte) int {
	i := bytes.Index(b, []byte("ISA"))
	if i < 0 {
		return bytes.Index(b, []byte("isa"))
	}
	if j := bytes.Index(b[:i], []byte("isa")); j >= 0 {
		return j
	}
	return i
}

// findTerminator takes the terminator from behind ISA16, which begins at b[at], and sets the header's length.
func (h *header) findTerminator(b []byte, at int) bool {
	at += breaksAt(b[at:])
	if at+1 >= len(b) {
		return false
	}
	component, at := b[at], at+1
	breaks := breaksAt(b[at:])
	rest := b[at+breaks:]
	switch {
	case breaks == 0 && h.segmentAt(b[at:]):
		// ISA16 is missing: what stands in its place ends the segment.
		h.setTerminator([]byte{component}, at)
	case breaks == 0:
		return h.terminatorCharacter(b, at)
	case len(rest) > 1 && maySeparate(rest[0]) && h.segmentAt(rest[1+breaksAt(rest[1:]):]):
		// The wrap at 80 columns fell between ISA16 and the terminator.
		return h.terminatorCharacter(b, at+breaks)
	case endsLine(rest, component):
		// ISA16 is missing and lines are broken for show: the next line ends with the same byte before its break.
		h.setTerminator([]byte{component}, at)
	case bytes.IndexByte(b[at:at+breaks], '\n') >= 0:
		// Ends of lines end the segments; a CR before the LF is cut off by the scanner.
		h.setTerminator([]byte{'\n'}, at+bytes.IndexByte(b[at:], '\n')+1)
	default:
		h.setTerminator([]byte{'\r'}, at+1)
	}
	return true
}

// terminatorCharacter takes the character at b[at] for the terminator: one byte, or the two or three of a UTF-8 one.
func (h *header) terminatorCharacter(b []byte, at int) bool {
	size := 1
	if b[at] >= utf8.RuneSelf {
		if r, n := utf8.DecodeRune(b[at:]); r != utf8.RuneError && n <= len(h.term) {
			size = n
		}
	} else if !maySeparate(b[at]) || b[at] == h.element {
		return false
	}
	h.setTerminator(b[at:at+size], at+size)
	return true
}

func (h *header) setTerminator(term []byte, length int) {
	h.termLen = copy(h.term[:], term)
	h.length = length
}

// segmentAt reports whether a segment that may follow an ISA begins b.
func (h *header) segmentAt(b []byte) bool {
	for _, tag := range [...]string{"GS", "TA1", "IEA", "ISB", "ISE"} {
		if len(b) > len(tag) && strings.EqualFold(string(b[:len(tag)]), tag) && b[len(tag)] == h.element {
			return true
		}
	}
	return false
}

// endsLine reports whether the first line of b ends with the byte c.
func endsLine(b []byte, c byte) bool {
	end := bytes.IndexAny(b, "\r\n")
	return end > 0 && b[end-1] == c
}

// breaksAt counts the CR and LF that begin b.
func breaksAt(b []byte) int {
	n := 0
	for n < len(b) && (b[n] == '\r' || b[n] == '\n') {
		n++
	}
	return n
}

// maySeparate reports whether c can be a separator: anything that is no letter, digit, blank or line break.
func maySeparate(c byte) bool {
	return !isLetterOrDigit(c) && c != ' ' && c != '\r' && c != '\n' && c != 0
}

func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func withoutBreaks(s string) string {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.NewReplacer("\r", "", "\n", "").Replace(s)
}
