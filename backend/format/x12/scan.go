package x12

import (
	"bytes"
	"io"

	"tracedesk/backend/format/internal/stream"
)

const (
	maxSegment = 1 << 20 // a longer stretch without a terminator is damage
	maxSet     = 2 << 20 // a longer transaction set is cut and kept as damage
)

// scanner cuts a stream into segments. It holds no more of it than one transaction set (see Hold) and allocates
// nothing per segment.
type scanner struct {
	stream.Window
	torn bool // inside a stretch longer than maxSegment
	sep  separators
}

func newScanner(r io.Reader) scanner { return scanner{Window: stream.Window{R: r}} }

// condition says in what state a segment was found.
type condition uint8

const (
	whole     condition = iota
	overlong            // no terminator within maxSegment: a piece of what should be a segment
	cutOff              // the stream ends, or a new interchange begins, before a terminator
	newHeader           // an interchange header stands here; it has not been read
)

// piece is a segment as found: raw without its terminator, valid until the next call on the scanner.
type piece struct {
	raw       []byte
	off       int64 // of the first byte
	end       int64 // behind the terminator
	condition condition
}

// seek goes to the next interchange header and past it. What lies before it is handed to between in pieces
// (valid during the call). ok is false at the end of the stream.
func (s *scanner) seek(between func(off int64, b []byte)) (h header, ok bool) {
	searched := 0 // bytes behind pos known to hold no header
	for {
		i := indexISA(s.Buf[s.Pos+searched : s.End])
		if i < 0 {
			searched = max(0, s.End-s.Pos-2)
			if searched >= maxSegment {
				between(s.Offset(), s.Buf[s.Pos:s.Pos+searched])
				s.Pos, searched = s.Pos+searched, 0
			}
			if s.Fill() {
				continue
			}
			between(s.Offset(), s.Buf[s.Pos:s.End])
			s.Pos = s.End
			return h, false
		}
		searched += i
		s.Need(searched + isaWindow)
		if h, ok = parseISA(s.Buf[s.Pos+searched : s.End]); ok {
			between(s.Offset(), s.Buf[s.Pos:s.Pos+searched])
			s.Pos += searched + h.length
			s.sep = h.separators
			return h, true
		}
		searched += 3
	}
}

// next is the next segment of the interchange; ok is false at the end of the stream.
func (s *scanner) next() (p piece, ok bool) {
	s.skipBlank()
	if s.Pos == s.End {
		return p, false
	}
	if (s.Buf[s.Pos] == 'I' || s.Buf[s.Pos] == 'i') && s.headerAt(0) {
		return piece{off: s.Offset(), end: s.Offset(), condition: newHeader}, true
	}
	for searched := 0; ; {
		i := s.indexTerminator(s.Pos + searched)
		if i >= 0 && searched+i <= maxSegment {
			return s.take(searched+i, s.sep.termLen), true
		}
		if searched = max(0, s.End-s.Pos-s.sep.termLen+1); searched >= maxSegment {
			s.torn = true
			return s.take(maxSegment, 0), true
		}
		if !s.Fill() {
			p = s.take(s.End-s.Pos, 0)
			if p.condition == whole {
				p.condition = cutOff
			}
			return p, true
		}
	}
}

// plainLongest is the longest segment that plain takes: a longer one may hide the header of another interchange.
const plainLongest = isaWindow / 8

// plain appends to spans where the next segments stand, counted from the offset of their set, as long as they lie whole in
// the buffer, are none of the envelope's and the set keeps within its limit. It is next for the usual case, at the pace of the disk.
func (s *scanner) plain(set int64, spans []span) []span {
	term, element := s.sep.term[0], s.sep.element
	if s.sep.termLen != 1 || element <= ' ' || s.torn {
		return spans
	}
	b, from := s.Buf[:s.End], int(set-s.Base)
	limit := min(len(b), from+maxSet)
	for i := s.Pos; ; {
		for i < len(b) && (b[i] <= ' ' || b[i] == term) {
			i++
		}
		if i+3 >= limit || envelopes[b[i]] && envelopeTag(b[i+1]) {
			return spans
		}
		n := bytes.IndexByte(b[i:], term)
		if n < 0 || n > plainLongest || i+n+1 > limit {
			return spans
		}
		to := i + n
		if b[to-1] == '\r' {
			to--
		}
		spans = append(spans, span{i - from, to - from})
		i += n + 1
		s.Pos = i
	}
}

// envelopes are the first letters of the envelope's segments: ISA, IEA, GS, GE, ST, SE.
var envelopes = [256]bool{'I': true, 'G': true, 'S': true, 'i': true, 'g': true, 's': true}

// envelopeTag reports whether c is the second letter of one.
func envelopeTag(c byte) bool {
	c |= 0x20 // lower case
	return c == 't' || c == 'e' || c == 's'
}

// take makes the next n bytes a piece and skips the terminator behind them.
func (s *scanner) take(n, term int) piece {
	p := piece{off: s.Offset()}
	if n > plainLongest {
		if at, found := s.headerInside(n); found {
			n, term, p.condition = at, 0, cutOff
		}
	}
	p.raw = s.Buf[s.Pos : s.Pos+n]
	s.Pos += n + term
	p.end = s.Offset()
	if s.torn {
		p.condition = overlong
		s.torn = term == 0
	}
	if n > 0 && p.raw[n-1] == '\r' {
		p.raw = p.raw[:n-1]
	}
	return p
}

// headerInside finds an interchange header that begins a line within the next n bytes: the segment was cut off and
// another interchange follows.
func (s *scanner) headerInside(n int) (at int, found bool) {
	for at = 1; at < n; at++ {
		i := indexISA(s.Buf[s.Pos+at : s.Pos+n])
		if i < 0 {
			return 0, false
		}
		at += i
		if before := s.Buf[s.Pos+at-1]; (before == '\n' || before == '\r') && s.headerAt(at) {
			return at, true
		}
	}
	return 0, false
}

// headerAt reports whether an interchange header stands n bytes on.
func (s *scanner) headerAt(n int) bool {
	s.Need(n + isaWindow)
	_, ok := parseISA(s.Buf[s.Pos+n : s.End])
	return ok
}

func (s *scanner) indexTerminator(from int) int {
	if s.sep.termLen == 1 {
		return bytes.IndexByte(s.Buf[from:s.End], s.sep.term[0])
	}
	return bytes.Index(s.Buf[from:s.End], s.sep.terminator())
}

// skipBlank passes line breaks, padding and empty segments.
func (s *scanner) skipBlank() {
	for {
		for s.Pos < s.End {
			c := s.Buf[s.Pos]
			if c > ' ' && c != s.sep.term[0] || c == s.sep.element {
				return
			}
			if c > ' ' && s.sep.termLen > 1 {
				return
			}
			s.Pos++
		}
		if !s.Fill() {
			return
		}
	}
}
