package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Piece is a value of a JSON text with its place: the bytes are those of the body, not a copy.
type Piece struct {
	Bytes  []byte
	Offset int64 // of the first byte in the body
}

// IsList reports whether the piece is a list.
func (p Piece) IsList() bool { return p.first() == '[' }

// IsObject reports whether the piece is an object.
func (p Piece) IsObject() bool { return p.first() == '{' }

// IsNull reports whether the piece is null or not there.
func (p Piece) IsNull() bool { return len(p.Bytes) == 0 || p.first() == 'n' }

func (p Piece) first() byte {
	if len(p.Bytes) == 0 {
		return 0
	}
	return p.Bytes[0]
}

// Into decodes the piece.
func (p Piece) Into(v any) error { return json.Unmarshal(p.Bytes, v) }

// Whole is a body as one piece, without the blanks (and the byte order mark) around it.
func Whole(body []byte) Piece {
	s := scanner{b: body}
	if len(body) >= 3 && string(body[:3]) == "\xef\xbb\xbf" {
		s.at = 3
	}
	s.blanks()
	end := len(body)
	for end > s.at && isBlank(body[end-1]) {
		end--
	}
	return Piece{body[s.at:end], int64(s.at)}
}

// errCut: the text ends before the value does.
var errCut = errors.New("the text ends here, in the middle")

// Fields calls each for every field of an object, in order. Where the text breaks off or is no JSON any more, each gets what
// there is of the last value, and the error names the byte. A name is given without undoing its escapes: no name of ours has any.
func Fields(p Piece, each func(name string, v Piece) bool) error {
	s := scanner{b: p.Bytes}
	if !p.IsObject() {
		return s.fault(p, "an object { } was expected")
	}
	s.at++
	for first := true; ; first = false {
		s.blanks()
		if s.take('}') {
			return nil
		}
		if !first && !s.take(',') {
			return s.fault(p, "a comma or } was expected")
		}
		s.blanks()
		name, ok := s.text()
		if !ok {
			return s.fault(p, "the name of a field was expected")
		}
		s.blanks()
		if !s.take(':') {
			return s.fault(p, "a colon was expected")
		}
		v, err := s.value(p)
		if !each(string(name), v) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Items calls each for every item of a list, in order, up to where the text breaks off.
func Items(p Piece, each func(i int, v Piece) bool) error {
	s := scanner{b: p.Bytes}
	if !p.IsList() {
		return s.fault(p, "a list [ ] was expected")
	}
	s.at++
	for i := 0; ; i++ {
		s.blanks()
		if s.take(']') {
			return nil
		}
		if i > 0 && !s.take(',') {
			return s.fault(p, "a comma or ] was expected")
		}
		v, err := s.value(p)
		if err != nil {
			return err
		}
		if !each(i, v) {
			return nil
		}
	}
}

// scanner walks over JSON without decoding it. What it passes over is checked by whoever decodes the piece.
type scanner struct {
	b  []byte
	at int
}

func (s *scanner) fault(p Piece, why string) error {
	if s.at >= len(s.b) {
		return fmt.Errorf("byte %d: %w", p.Offset+int64(len(s.b)), errCut)
	}
	return fmt.Errorf("byte %d: %s", p.Offset+int64(s.at), why)
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func (s *scanner) blanks() {
	for s.at < len(s.b) && isBlank(s.b[s.at]) {
		s.at++
	}
}

func (s *scanner) take(c byte) bool {
	if s.at < len(s.b) && s.b[s.at] == c {
		s.at++
		return true
	}
	return false
}

// text passes over a string and gives what stands between its quotes.
func (s *scanner) text() ([]byte, bool) {
	if !s.take('"') {
		return nil, false
	}
	from := s.at
	for s.at < len(s.b) {
		switch s.b[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return s.b[from : s.at-1], true
		}
		s.at++
	}
	s.at = len(s.b)
	return nil, false
}

// value passes over one value, which begins behind blanks.
func (s *scanner) value(p Piece) (Piece, error) {
	s.blanks()
	from := s.at
	err := s.skip(p)
	s.at = min(s.at, len(s.b))
	return Piece{s.b[from:s.at], p.Offset + int64(from)}, err
}

func (s *scanner) skip(p Piece) error {
	if s.at >= len(s.b) {
		return s.fault(p, "")
	}
	switch s.b[s.at] {
	case '"':
		if _, ok := s.text(); !ok {
			return s.fault(p, "")
		}
		return nil
	case '{', '[':
		return s.nested(p)
	}
	from := s.at
	for s.at < len(s.b) && isScalar(s.b[s.at]) {
		s.at++
	}
	if s.at == from {
		return s.fault(p, "a value was expected")
	}
	return nil
}

func isScalar(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.'
}

// nested passes over an object or a list; which bracket closes which is checked by whoever decodes it.
func (s *scanner) nested(p Piece) error {
	depth := 0
	for s.at < len(s.b) {
		switch s.b[s.at] {
		case '"':
			if _, ok := s.text(); !ok {
				return s.fault(p, "")
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				s.at++
				return nil
			}
		}
		s.at++
	}
	return s.fault(p, "")
}

// PlainNames takes the underscores out of the names of fields, so that load_number and loadNumber are one field. A text without
// any is given back as it is.
func PlainNames(b []byte) []byte {
	if bytes.IndexByte(b, '_') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	s := scanner{b: b}
	for s.at < len(b) {
		if b[s.at] != '"' {
			out = append(out, b[s.at])
			s.at++
			continue
		}
		from := s.at
		_, ok := s.text()
		end := s.at
		s.blanks()
		if ok && s.at < len(b) && b[s.at] == ':' {
			out = append(out, bytes.ReplaceAll(b[from:end], []byte("_"), nil)...)
		} else {
			out = append(out, b[from:end]...)
		}
		s.at = end
	}
	return out
}
