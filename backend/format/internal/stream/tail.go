package stream

import (
	"bytes"
	"errors"
	"io"
	"iter"
)

// MaxEvent is how long one event of a document may be, in bytes.
const MaxEvent = 1 << 20

// mostKept is how far back a Tail remembers: more than a decoder holds.
const mostKept = 3 * MaxEvent

// ReadError is a failure of the stream itself, not of what stands in it.
type ReadError struct{ Err error }

func (e ReadError) Error() string { return e.Err.Error() }
func (e ReadError) Unwrap() error { return e.Err }

// ErrTooLong is what reading ends with inside an event that is longer than MaxEvent.
var ErrTooLong = errors.New("an event is longer than 1 MB")

// Tail is a reader that remembers the newest bytes it gave, so that a stretch that cannot be read can be kept.
type Tail struct {
	R    io.Reader
	kept []byte
	off  int64  // of kept[0]
	head []byte // the beginning of the stream
}

// Read reads on; a failure of the stream other than its end is a ReadError.
func (t *Tail) Read(p []byte) (int, error) {
	n, err := t.R.Read(p)
	t.kept = append(t.kept, p[:n]...)
	if len(t.head) < 4<<10 {
		t.head = append(t.head, p[:n]...)
	}
	if over := len(t.kept) - mostKept; over > mostKept {
		t.kept = append(t.kept[:0], t.kept[over:]...)
		t.off += int64(over)
	}
	if err != nil && err != io.EOF {
		err = ReadError{err}
	}
	return n, err
}

// Head is the beginning of the stream, 4 KB or more once so much was read.
func (t *Tail) Head() []byte { return t.head }

// Slice is a copy of the bytes between two places, as far as they are remembered.
func (t *Tail) Slice(from, to int64) []byte {
	from, to = max(from-t.off, 0), min(to-t.off, int64(len(t.kept)))
	if from >= to {
		return nil
	}
	return bytes.Clone(t.kept[from:to])
}

// From yields the bytes from a place on to the end of the stream, numbered, in pieces that may be kept.
func (t *Tail) From(at int64) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		rest := io.MultiReader(bytes.NewReader(t.kept[max(0, min(at-t.off, int64(len(t.kept)))):]), t.R)
		t.kept = nil
		for i := 0; ; i++ {
			var piece bytes.Buffer
			n, err := io.CopyN(&piece, rest, MaxEvent)
			if n > 0 && !yield(i, piece.Bytes()) || err != nil {
				return
			}
		}
	}
}

// Meter lets a decoder, which asks for more until it has a whole value, go only so far ahead of what it gave.
type Meter struct {
	R     io.Reader
	read  int64
	limit int64
}

// NewMeter is a meter for the beginning of a stream.
func NewMeter(r io.Reader) *Meter { return &Meter{R: r, limit: MaxEvent} }

// More lets the decoder go on for another event behind a place.
func (m *Meter) More(behind int64) { m.limit = behind + 2*MaxEvent }

// Read reads on, or fails with ErrTooLong.
func (m *Meter) Read(p []byte) (int, error) {
	if m.read >= m.limit {
		return 0, ErrTooLong
	}
	n, err := m.R.Read(p)
	m.read += int64(n)
	return n, err
}
