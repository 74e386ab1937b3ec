package edifact

import (
	"bytes"
	"io"
)

const (
	maxSegment = 1 << 20 // a longer stretch without a terminator is damage
	maxMessage = 2 << 20 // a longer message is cut, and what stands beyond is kept as damage
	firstRead  = 64 << 10
)

// scanner cuts a stream into segments. It holds no more of it than one message (see hold) and allocates nothing per segment.
// The zero value with r set is ready.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int   // unread bytes are buf[pos:end]
	base     int64 // offset in the stream of buf[0]
	held     int64 // bytes from this offset on stay in the buffer
	holding  bool
	torn     bool // inside a stretch longer than maxSegment
	eof      bool
	err      error // why reading ended, other than at the end
	sep      service
}

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
		i := bytes.Index(s.buf[s.pos+searched:s.end], []byte("UN"))
		if i < 0 {
			searched = max(0, s.end-s.pos-1)
			if searched >= maxSegment {
				between(s.offset(), s.buf[s.pos:s.pos+searched])
				s.pos, searched = s.pos+searched, 0
			}
			if s.fill() {
				continue
			}
			between(s.offset(), s.buf[s.pos:s.end])
			s.pos = s.end
			return false
		}
		searched += i
		s.need(searched + headWindow)
		if sep, length, ok := beginning(s.buf[s.pos+searched : s.end]); ok {
			between(s.offset(), s.buf[s.pos:s.pos+searched])
			s.pos += searched + length
			s.sep, s.torn = sep, false
			return true
		}
		searched += 2
	}
}

// next is the next segment of the interchange; ok is false at the end of the stream.
func (s *scanner) next() (p piece, ok bool) {
	s.skipBlank()
	if s.pos == s.end {
		return p, false
	}
	if s.buf[s.pos] == 'U' && s.interchangeAt(0) {
		return piece{off: s.offset(), end: s.offset(), condition: newHeader}, true
	}
	return s.segment(), true
}

// segment is the segment that begins at the next unread byte, whatever it is.
func (s *scanner) segment() piece {
	for searched := 0; ; {
		i := s.terminator(s.pos+searched) - s.pos
		if i >= 0 && i <= maxSegment {
			return s.take(i, 1)
		}
		if searched = s.end - s.pos; searched >= maxSegment {
			s.torn = true
			return s.take(maxSegment, 0)
		}
		if !s.fill() {
			p := s.take(s.end-s.pos, 0)
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
	for from < s.end {
		i := bytes.IndexByte(s.buf[from:s.end], s.sep.terminator)
		if i < 0 {
			return -1
		}
		i += from
		if s.sep.release == 0 || i == s.pos || s.buf[i-1] != s.sep.release {
			return i
		}
		n := 0
		for i-1-n >= s.pos && s.buf[i-1-n] == s.sep.release {
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
	p := piece{off: s.offset()}
	if n > mayHide {
		if at := s.interchangeInside(n); at > 0 {
			n, term, p.condition = at, 0, cutOff
		}
	}
	p.raw = s.buf[s.pos : s.pos+n]
	s.pos += n + term
	p.end = s.offset()
	if s.torn {
		p.condition = overlong
		s.torn = term == 0 && p.condition != cutOff
	}
	return p
}

// interchangeInside finds an interchange that begins a line within the next n bytes: the segment before it was cut off. 0 for none.
func (s *scanner) interchangeInside(n int) int {
	for at := 1; at < n; at++ {
		i := bytes.Index(s.buf[s.pos+at:s.pos+n], []byte("UN"))
		if i < 0 {
			return 0
		}
		at += i
		if before := s.buf[s.pos+at-1]; (before == '\n' || before == '\r') && s.interchangeAt(at) {
			return at
		}
	}
	return 0
}

// interchangeAt reports whether an interchange with a header begins n bytes on.
func (s *scanner) interchangeAt(n int) bool {
	s.need(n + headWindow)
	b := s.buf[s.pos+n : s.end]
	if len(b) < 3 || b[2] == 'H' {
		return false
	}
	_, _, ok := beginning(b)
	return ok
}

// skipBlank passes line breaks, padding and empty segments.
func (s *scanner) skipBlank() {
	for {
		for s.pos < s.end {
			if c := s.buf[s.pos]; c > ' ' && c != s.sep.terminator || c == s.sep.element || c == s.sep.release && c > 0 {
				return
			}
			s.pos++
		}
		if !s.fill() {
			return
		}
	}
}

// offset is the place in the stream of the next unread byte.
func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// hold keeps everything from off on readable by bytes until release.
func (s *scanner) hold(off int64) { s.held, s.holding = off, true }

func (s *scanner) release() { s.holding = false }

// bytes are those between two offsets, both held.
func (s *scanner) bytes(from, to int64) []byte { return s.buf[from-s.base : to-s.base] }

// need fills until n unread bytes are there or the stream ends.
func (s *scanner) need(n int) {
	for s.end-s.pos < n && s.fill() {
	}
}

// fill reads more bytes; false at the end of the stream.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	s.makeRoom()
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.eof = true
			if err != io.EOF {
				s.err = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	s.eof, s.err = true, io.ErrNoProgress
	return false
}

// makeRoom moves what is still needed to the front, or doubles the buffer.
func (s *scanner) makeRoom() {
	if s.end < len(s.buf) {
		return
	}
	from := s.pos
	if s.holding {
		from = min(from, int(s.held-s.base))
	}
	if from > len(s.buf)/2 {
		copy(s.buf, s.buf[from:s.end])
	} else {
		grown := make([]byte, max(firstRead, 2*(s.end-from)))
		copy(grown, s.buf[from:s.end])
		s.buf = grown
	}
	s.base += int64(from)
	s.pos -= from
	s.end -= from
}
