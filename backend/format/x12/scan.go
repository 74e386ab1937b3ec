package x12

import (
	"bytes"
	"io"
)

const (
	maxSegment = 1 << 20 // a longer stretch without a terminator is damage
	maxSet     = 2 << 20 // a longer transaction set is cut and kept as damage
	firstRead  = 64 << 10
)

// scanner cuts a stream into segments. It holds no more of it than one transaction set (see hold) and allocates
// nothing per segment. The zero value with r set is ready.
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
	sep      separators
}

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
		i := indexISA(s.buf[s.pos+searched : s.end])
		if i < 0 {
			searched = max(0, s.end-s.pos-2)
			if searched >= maxSegment {
				between(s.offset(), s.buf[s.pos:s.pos+searched])
				s.pos, searched = s.pos+searched, 0
			}
			if s.fill() {
				continue
			}
			between(s.offset(), s.buf[s.pos:s.end])
			s.pos = s.end
			return h, false
		}
		searched += i
		s.need(searched + isaWindow)
		if h, ok = parseISA(s.buf[s.pos+searched : s.end]); ok {
			between(s.offset(), s.buf[s.pos:s.pos+searched])
			s.pos += searched + h.length
			s.sep = h.separators
			return h, true
		}
		searched += 3
	}
}

// next is the next segment of the interchange; ok is false at the end of the stream.
func (s *scanner) next() (p piece, ok bool) {
	s.skipBlank()
	if s.pos == s.end {
		return p, false
	}
	if (s.buf[s.pos] == 'I' || s.buf[s.pos] == 'i') && s.headerAt(0) {
		return piece{off: s.offset(), end: s.offset(), condition: newHeader}, true
	}
	for searched := 0; ; {
		i := s.indexTerminator(s.pos + searched)
		if i >= 0 && searched+i <= maxSegment {
			return s.take(searched+i, s.sep.termLen), true
		}
		if searched = max(0, s.end-s.pos-s.sep.termLen+1); searched >= maxSegment {
			s.torn = true
			return s.take(maxSegment, 0), true
		}
		if !s.fill() {
			p = s.take(s.end-s.pos, 0)
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
	b, from := s.buf[:s.end], int(set-s.base)
	limit := min(len(b), from+maxSet)
	for i := s.pos; ; {
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
		s.pos = i
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
	p := piece{off: s.offset()}
	if n > plainLongest {
		if at, found := s.headerInside(n); found {
			n, term, p.condition = at, 0, cutOff
		}
	}
	p.raw = s.buf[s.pos : s.pos+n]
	s.pos += n + term
	p.end = s.offset()
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
		i := indexISA(s.buf[s.pos+at : s.pos+n])
		if i < 0 {
			return 0, false
		}
		at += i
		if before := s.buf[s.pos+at-1]; (before == '\n' || before == '\r') && s.headerAt(at) {
			return at, true
		}
	}
	return 0, false
}

// headerAt reports whether an interchange header stands n bytes on.
func (s *scanner) headerAt(n int) bool {
	s.need(n + isaWindow)
	_, ok := parseISA(s.buf[s.pos+n : s.end])
	return ok
}

func (s *scanner) indexTerminator(from int) int {
	if s.sep.termLen == 1 {
		return bytes.IndexByte(s.buf[from:s.end], s.sep.term[0])
	}
	return bytes.Index(s.buf[from:s.end], s.sep.terminator())
}

// skipBlank passes line breaks, padding and empty segments.
func (s *scanner) skipBlank() {
	for {
		for s.pos < s.end {
			c := s.buf[s.pos]
			if c > ' ' && c != s.sep.term[0] || c == s.sep.element {
				return
			}
			if c > ' ' && s.sep.termLen > 1 {
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
