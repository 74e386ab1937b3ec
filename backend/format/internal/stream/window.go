// Package stream is how formats read a stream of any length in little memory: a window over its bytes for those that cut it into
// segments themselves, and a memory of the newest bytes, with a bound, for those that a decoder of the library reads.
package stream

import "io"

// firstRead is the window's first size.
const firstRead = 64 << 10

// Window is a stretch of a stream in memory. It holds no more than what is unread and what is held; who cuts segments reads Buf
// directly, so that nothing is allocated or copied for each. The zero value with R set is ready.
type Window struct {
	R        io.Reader
	Buf      []byte
	Pos, End int   // unread bytes are Buf[Pos:End]
	Base     int64 // offset in the stream of Buf[0]
	Err      error // why reading ended, other than at the end
	held     int64 // bytes from this offset on stay in the buffer
	holding  bool
	eof      bool
}

// Offset is the place in the stream of the next unread byte.
func (w *Window) Offset() int64 { return w.Base + int64(w.Pos) }

// Hold keeps everything from off on readable by Bytes until Release.
func (w *Window) Hold(off int64) { w.held, w.holding = off, true }

// Release lets go of what is held.
func (w *Window) Release() { w.holding = false }

// Bytes are those between two offsets, both held.
func (w *Window) Bytes(from, to int64) []byte { return w.Buf[from-w.Base : to-w.Base] }

// Need fills until n unread bytes are there or the stream ends.
func (w *Window) Need(n int) {
	for w.End-w.Pos < n && w.Fill() {
	}
}

// Fill reads more bytes; false at the end of the stream.
func (w *Window) Fill() bool {
	if w.eof {
		return false
	}
	w.makeRoom()
	for range 100 {
		n, err := w.R.Read(w.Buf[w.End:])
		w.End += n
		if err != nil {
			w.eof = true
			if err != io.EOF {
				w.Err = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
	}
	w.eof, w.Err = true, io.ErrNoProgress
	return false
}

// makeRoom moves what is still needed to the front, or doubles the buffer.
func (w *Window) makeRoom() {
	if w.End < len(w.Buf) {
		return
	}
	from := w.Pos
	if w.holding {
		from = min(from, int(w.held-w.Base))
	}
	if from > len(w.Buf)/2 {
		copy(w.Buf, w.Buf[from:w.End])
	} else {
		grown := make([]byte, max(firstRead, 2*(w.End-from)))
		copy(grown, w.Buf[from:w.End])
		w.Buf = grown
	}
	w.Base += int64(from)
	w.Pos -= from
	w.End -= from
}
