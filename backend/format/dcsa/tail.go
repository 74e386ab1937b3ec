package dcsa

import (
	"bytes"
	"io"
	"iter"
)

// tail is a reader that remembers the newest bytes it gave, so that a stretch that cannot be read can be kept.
type tail struct {
	r    io.Reader
	kept []byte
	off  int64  // of kept[0]
	head []byte // the beginning of the stream
}

// readError is a failure of the stream itself, not of what stands in it.
type readError struct{ error }

// mostKept is how far back bytes are remembered: more than the decoder holds.
const mostKept = 3 * maxEvent

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.kept = append(t.kept, p[:n]...)
	if len(t.head) < 4<<10 {
		t.head = append(t.head, p[:n]...)
	}
	if over := len(t.kept) - mostKept; over > mostKept {
		t.kept = append(t.kept[:0], t.kept[over:]...)
		t.off += int64(over)
	}
	if err != nil && err != io.EOF {
		err = readError{err}
	}
	return n, err
}

// seen reports whether the beginning of the stream holds a text.
func (t *tail) seen(text string) bool { return bytes.Contains(t.head, []byte(text)) }

// from yields the bytes from a place on to the end of the stream, in pieces that may be kept.
func (t *tail) from(at int64) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		rest := io.MultiReader(bytes.NewReader(t.kept[max(0, min(at-t.off, int64(len(t.kept)))):]), t.r)
		t.kept = nil
		for i := 0; ; i++ {
			var piece bytes.Buffer
			n, err := io.CopyN(&piece, rest, maxEvent)
			if n > 0 && !yield(i, piece.Bytes()) || err != nil {
				return
			}
		}
	}
}
