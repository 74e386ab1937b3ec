package edifact

import (
	"bytes"
	"io"

	"tracedesk/backend/format/internal/stream"
)

const (
	maxSegment = 1 << 20 // a longer stretch without a terminator is damage
	maxMessage = 2 << 20 // a longer message is cut, and what stands beyond is kept as damage
)

// scanner cuts a stream into segments. It holds no more of it than one message (see Hold) and allocates nothing per segment.
type scanner struct {
	stream.Window
	torn bool // inside a stretch longer than maxSegment
	sep  service
}

func newScanner(r io.Reader) scanner { return scanner{Window: stream.Window{R: r}} }

// condition says in what state a segment was found.
type condition uint8

const (
	whole     condition = iota
	overlong            // no terminator within maxSegment: a piece of what should be a segment
	cutOff              // the stream ends, or a new interchange begins, before a terminator
	newHeader           // an interchange begins here; it has not been read
)

// piece is a segment as found: raw without its terminator, valid until the next call on the scanner.
type piece struct {
	raw       []byte
	off       int64 // of the first byte
	end       int64 // behind the terminator
	condition condition
}

// seek goes to the next interchange and past its UNA, if it has one, so that UNB (or a bare UNH) is the next segment. What lies
// before it is handed to between in pieces (valid during the call). ok is false at the end of the stream.
func (s *scanner) seek(between func(off int64, b []byte)) (ok bool) {
	searched := 0 // bytes behind pos known to begin nothing
	for {
		i := bytes.Index(s.Buf[s.Pos+searched:s.End], []byte("UN"))
		if i < 0 {
			searched = max(0, s.End-s.Pos-1)
			if searched >= maxSegment {
				between(s.Offset(), s.Buf[s.Pos:s.Pos+searched])
				s.Pos, searched = s.Pos+searched, 0
			}
			if s.Fill() {
				continue
			}
			between(s.Offset(), s.Buf[s.Pos:s.End])
			s.Pos = s.End
			return false
		}
		searched += i
		s.Need(searched + headWindow)
		if sep, length, ok := beginning(s.Buf[s.Pos+searched : s.End]); ok {
			between(s.Offset(), s.Buf[s.Pos:s.Pos+searched])
			s.Pos += searched + length
			s.sep, s.torn = sep, false
			return true
		}
		searched += 2
	}
}

// next is the next segment of the interchange; ok is false at the end of the stream.
func (s *scanner) next() (p piece, ok bool) {
	s.skipBlank()
	if s.Pos == s.End {
		return p, false
	}
	if s.Buf[s.Pos] == 'U' && s.interchangeAt(0) {
		return piece{off: s.Offset(), end: s.Offset(), condition: newHeader}, true
	}
	return s.segment(), true
}

// segment is the segment that begins at the next unread byte, whatever it is.
func (s *scanner) segment() piece {
	for searched := 0; ; {
		i := s.terminator(s.Pos+searched) - s.Pos
		if i >= 0 && i <= maxSegment {
			return s.take(i, 1)
		}
		if searched = s.End - s.Pos; searched >= maxSegment {
			s.torn = true
			return s.take(maxSegment, 0)
		}
		if !s.Fill() {
			p := s.take(s.End-s.Pos, 0)
			if p.condition == whole {
				p.condition = cutOff
			}
			return p
		}
	}
}

// terminator is the place in the buffer of the first terminator from a place on that is not released, -1 for none. A run of
// release characters before it releases it where their number is odd.
func (s *scanner) terminator(from int) int {
	for from < s.End {
		i := bytes.IndexByte(s.Buf[from:s.End], s.sep.terminator)
		if i < 0 {
			return -1
		}
		i += from
		if s.sep.release == 0 || i == s.Pos || s.Buf[i-1] != s.sep.release {
			return i
		}
		n := 0
		for i-1-n >= s.Pos && s.Buf[i-1-n] == s.sep.release {
			n++
		}
		if n%2 == 0 {
			return i
		}
		from = i + 1
	}
	return -1
}

// mayHide is the shortest stretch in which the beginning of another interchange is looked for.
const mayHide = 20

// take makes the next n bytes a piece and skips the terminator behind them.
func (s *scanner) take(n, term int) piece {
	p := piece{off: s.Offset()}
	if n > mayHide {
		if at := s.interchangeInside(n); at > 0 {
			n, term, p.condition = at, 0, cutOff
		}
	}
	p.raw = s.Buf[s.Pos : s.Pos+n]
	s.Pos += n + term
	p.end = s.Offset()
	if s.torn {
		p.condition = overlong
		s.torn = term == 0 && p.condition != cutOff
	}
	return p
}

// interchangeInside finds an interchange that begins a line within the next n bytes: the segment before it was cut off. 0 for none.
func (s *scanner) interchangeInside(n int) int {
	for at := 1; at < n; at++ {
		i := bytes.Index(s.Buf[s.Pos+at:s.Pos+n], []byte("UN"))
		if i < 0 {
			return 0
		}
		at += i
		if before := s.Buf[s.Pos+at-1]; (before == '\n' || before == '\r') && s.interchangeAt(at) {
			return at
		}
	}
	return 0
}

// interchangeAt reports whether an interchange with a header begins n bytes on.
func (s *scanner) interchangeAt(n int) bool {
	s.Need(n + headWindow)
	b := s.Buf[s.Pos+n : s.End]
	if len(b) < 3 || b[2] == 'H' {
		return false
	}
	_, _, ok := beginning(b)
	return ok
}

// skipBlank passes line breaks, padding and empty segments.
func (s *scanner) skipBlank() {
	for {
		for s.Pos < s.End {
			if c := s.Buf[s.Pos]; c > ' ' && c != s.sep.terminator || c == s.sep.element || c == s.sep.release && c > 0 {
				return
			}
			s.Pos++
		}
		if !s.Fill() {
			return
		}
	}
}
