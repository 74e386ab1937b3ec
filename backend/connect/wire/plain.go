package wire

import (
	"bytes"
	"strconv"
)

// Plain reads JSON that is written in the plainest way: text in ASCII without escapes, numbers without exponents, no null. Nearly all
// that platforms send is, and it needs no reflection. At the first thing that is otherwise Plain gives up, and the piece is decoded
// with Into, whose word counts: where Plain does not give up, it says the same.
type Plain struct {
	b   []byte
	at  int
	odd bool
}

// ReadPlain has a piece read; false where it gave up, and nothing of what was read counts.
func ReadPlain(p Piece, read func(*Plain)) bool {
	r := Plain{b: p.Bytes}
	read(&r)
	return !r.odd && r.at == len(r.b)
}

// GiveUp is for what the caller has no plain rule for, such as a field whose name it does not know: encoding/json also takes names
// in another case.
func (r *Plain) GiveUp() { r.odd = true }

// Object calls field for every field, which must read its value.
func (r *Plain) Object(field func(name []byte)) {
	r.within('{', '}', func() {
		if name := r.quoted(); r.must(':') {
			field(name)
		}
	})
}

// PlainList reads a list, each item of it by item. One that stands there twice is given up.
func PlainList[T any](r *Plain, into *List[T], item func(*T)) {
	if *into != nil {
		r.odd = true
		return
	}
	list := List[T]{}
	r.within('[', ']', func() {
		var one T
		list = append(list, one)
		item(&list[len(list)-1])
	})
	*into = list
}

// Text reads a text, a number or a truth value.
func (r *Plain) Text(into *Text) {
	if r.next() == '"' {
		*into = Text(bytes.TrimSpace(r.quoted()))
		return
	}
	*into = Text(r.scalar())
}

// Number reads a number.
func (r *Plain) Number(into *Number) {
	v, err := strconv.ParseFloat(string(r.scalar()), 64)
	if err != nil { // also of true and false
		r.odd = true
		return
	}
	*into = Number{v, true}
}

// Skip passes over a scalar or an empty list of no concern.
func (r *Plain) Skip() {
	switch r.next() {
	case '"':
		r.quoted()
	case '[':
		r.within('[', ']', r.GiveUp)
	default:
		r.scalar()
	}
}

// within reads what stands between two brackets, parted by commas.
func (r *Plain) within(open, end byte, each func()) {
	if !r.must(open) || r.take(end) {
		return
	}
	for !r.odd {
		each()
		if r.take(end) || !r.must(',') {
			return
		}
	}
}

// next is the next byte behind blanks, 0 at the end.
func (r *Plain) next() byte {
	for r.at < len(r.b) {
		if c := r.b[r.at]; !isBlank(c) {
			return c
		}
		r.at++
	}
	return 0
}

func (r *Plain) take(c byte) bool {
	if r.odd || r.next() != c {
		return false
	}
	r.at++
	return true
}

func (r *Plain) must(c byte) bool {
	if !r.take(c) {
		r.odd = true
	}
	return !r.odd
}

// quoted is what stands between quotes.
func (r *Plain) quoted() []byte {
	if !r.must('"') {
		return nil
	}
	for i := r.at; i < len(r.b); i++ {
		switch c := r.b[i]; {
		case c == '"':
			s := r.b[r.at:i]
			r.at = i + 1
			return s
		case c == '\\' || c < ' ' || c > '~':
			r.odd = true
			return nil
		}
	}
	r.odd = true
	return nil
}

// scalar is true, false, or a number without an exponent, as it is written.
func (r *Plain) scalar() []byte {
	r.next()
	from := r.at
	for r.at < len(r.b) && isScalar(r.b[r.at]) {
		r.at++
	}
	s := r.b[from:r.at]
	if string(s) != "true" && string(s) != "false" && !isNumber(s) {
		r.odd = true
	}
	return s
}

// isNumber reports whether it is a number by the rules of JSON, without an exponent.
func isNumber(s []byte) bool {
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	whole, fraction, parted := bytes.Cut(s, []byte("."))
	return allDigits(whole) && (len(whole) == 1 || whole[0] != '0') && (!parted || allDigits(fraction))
}

func allDigits(s []byte) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) > 0
}
