package epcis

import (
	"errors"
	"io"
)

// errTooLong is what reading ends with inside an event that is longer than maxEvent.
var errTooLong = errors.New("an event is longer than 1 MB")

// meter lets a reader go only so far ahead: the decoder asks for more until it has a whole value.
type meter struct {
	r     io.Reader
	n     int64 // read so far
	limit int64 // of n
}

func (m *meter) Read(p []byte) (int, error) {
	if m.n >= m.limit {
		return 0, errTooLong
	}
	n, err := m.r.Read(p)
	m.n += int64(n)
	return n, err
}

// found is one event as it stands in the file: its place, and what it says. why is what kept it from being read.
type found struct {
	off int64
	raw []byte
	e   event
	why string
}
