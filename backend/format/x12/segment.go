package x12

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"tracedesk/backend/freight"
)

// segment is one segment of a set, its elements cut. It is good until the next segment of the same set is asked for.
type segment struct {
	elements []string // elements[0] is the tag
	number   int      // counted from the set's ST = 1, as acknowledgements do
	span     span
}

// tag is the segment's name, such as AT7.
func (s *segment) tag() string { return s.elements[0] }

// at is element n (from 1) without padding, "" when it is not there.
func (s *segment) at(n int) string {
	if n >= len(s.elements) {
		return ""
	}
	e := s.elements[n]
	if e == "" || e[0] > ' ' && e[len(e)-1] > ' ' {
		return e
	}
	return unpadded(e)
}

func unpadded(s string) string { return strings.Trim(s, " \t\r\n\x00") }

// segment cuts the set's segment i (from 0).
func (s *set) segment(i int) *segment {
	c := &s.current
	c.span, c.number = s.spans[i], i+1
	c.elements = splitElements(s.text[c.span.from:c.span.to], s.element, c.elements[:0])
	if name := c.elements[0]; name != "" && name[0] >= 'a' && name[0] <= 'z' {
		c.elements[0] = upper(name)
	}
	return c
}

// raw is the segment as received.
func (s *set) raw(seg *segment) string { return s.text[seg.span.from:seg.span.to] }

// where names the set: "interchange 000000905, set 0001".
func (s *set) where() string { return "interchange " + s.interchange + ", set " + s.control }

// fail adds a fault about element n of a segment (0: about all of it).
func (s *set) fail(seg *segment, n int, reason string) {
	s.failed = append(s.failed, failure{seg.number, n})
	offset := s.off + int64(seg.span.from)
	where := "interchange " + s.interchange
	if s.group != "" {
		where += ", group " + s.group
	}
	where += ", set " + s.control + ", byte " + strconv.FormatInt(offset, 10) + ", segment " + strconv.Itoa(seg.number)
	if n > 0 {
		where += ", " + readable(seg.tag()) + "-" + twoDigits(n)
	}
	s.faults = append(s.faults, freight.Fault{
		Where:  strings.ToValidUTF8(where, "?"),
		Offset: offset,
		Reason: strings.ToValidUTF8(reason, "?"),
		Raw:    []byte(s.raw(seg)),
		Source: s.source,
	})
}

// rawAt is the whole set as the place of an observation that segment number tells of.
func (s *set) rawAt(memory *stock, number int) freight.Raw {
	var digits [20]byte
	n := strconv.AppendInt(digits[:0], int64(number), 10)
	where := memory.join("interchange ", s.interchange, ", set ", s.control, ", segment ", string(n))
	return freight.Raw{Where: where, Offset: s.off, Length: len(s.text)}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// splitElements appends the elements of a segment to dst. They share the segment's memory, except where line breaks
// (a file wrapped at 80 columns) or another character set make a cleaned copy necessary.
func splitElements(seg string, element byte, dst []string) []string {
	var odd uint64 // marks control characters and bytes beyond ASCII
	start, i := 0, 0
	for mask := uint64(element) * eachByte; i+8 <= len(seg); i += 8 {
		w := eight(seg[i:])
		odd |= w | (w-0x20*eachByte)&^w // the highest bit of a byte: beyond ASCII, or below a blank
		x := w ^ mask
		for found := (x - eachByte) &^ x & highBits; found != 0; found &= found - 1 {
			at := i + bits.TrailingZeros64(found)>>3
			if seg[at] != element { // a borrow may mark the byte behind a separator
				continue
			}
			dst = append(dst, seg[start:at])
			start = at + 1
		}
	}
	for ; i < len(seg); i++ {
		c := seg[i]
		if c == element {
			dst = append(dst, seg[start:i])
			start = i + 1
		} else if c < ' ' || c >= utf8.RuneSelf {
			odd |= highBits
		}
	}
	dst = append(dst, seg[start:])
	if odd&highBits != 0 {
		for i, e := range dst {
			dst[i] = readable(withoutBreaks(e))
		}
	}
	return dst
}

// Eight bytes are looked at in one word: eachByte repeats a byte, highBits are the highest bits of all.
const (
	eachByte = 0x0101010101010101
	highBits = 0x8080808080808080
)

// eight are the first eight bytes of s in a word, the first one lowest.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// readable is the text as UTF-8: as it stands when it is that, else read as Windows-1252, which partners send under
// any declared character set.
func readable(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	// Windows-1252 gives every byte a character, so decoding cannot fail; the five unused ones become U+FFFD.
	out, _ := charmap.Windows1252.NewDecoder().String(s)
	return out
}
