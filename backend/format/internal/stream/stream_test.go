package stream

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// A window gives every byte once, in order, and what is held stays readable, however the stream comes in pieces.
func TestWindowGivesEveryByteOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := bytes.Repeat([]byte("0123456789abcdef"), rapid.IntRange(0, 20_000).Draw(t, "sixteens"))
		var r io.Reader = bytes.NewReader(data)
		if rapid.Bool().Draw(t, "in halves") {
			r = iotest.HalfReader(r)
		}
		w := Window{R: r}
		var got []byte
		held := int64(0)
		for {
			w.Need(rapid.IntRange(1, 100_000).Draw(t, "needed"))
			n := w.End - w.Pos
			if n == 0 {
				break
			}
			n = rapid.IntRange(1, n).Draw(t, "taken")
			if rapid.Bool().Draw(t, "held on") {
				held = w.Offset()
				w.Hold(held)
			}
			got = append(got, w.Buf[w.Pos:w.Pos+n]...)
			w.Pos += n
			if back := w.Bytes(max(held, w.Base), w.Offset()); !bytes.Equal(back, data[max(held, w.Base):w.Offset()]) {
				t.Fatalf("held bytes from %d are others", held)
			}
			if rapid.Bool().Draw(t, "let go") {
				w.Release()
			}
		}
		if !bytes.Equal(got, data) || w.Err != nil || w.Offset() != int64(len(data)) {
			t.Fatalf("%d of %d bytes, at %d, %v", len(got), len(data), w.Offset(), w.Err)
		}
	})
}

func TestWindowTellsWhyAStreamEnded(t *testing.T) {
	broken := errors.New("the cable is out")
	w := Window{R: io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(broken))}
	w.Need(10)
	if w.End != 3 || !errors.Is(w.Err, broken) {
		t.Errorf("%d bytes, %v", w.End, w.Err)
	}
	idle := Window{R: silent{}}
	if idle.Need(1); !errors.Is(idle.Err, io.ErrNoProgress) {
		t.Errorf("a stream that gives nothing: %v", idle.Err)
	}
}

type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestTailGivesBackWhatWasRead(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789"), MaxEvent)
	tail := &Tail{R: bytes.NewReader(data)}
	if _, err := io.CopyN(io.Discard, tail, 8*MaxEvent); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, tail.Head()) || len(tail.Head()) < 4<<10 {
		t.Errorf("its beginning is %d bytes", len(tail.Head()))
	}
	if got := tail.Slice(7*MaxEvent, 7*MaxEvent+5); !bytes.Equal(got, data[7*MaxEvent:7*MaxEvent+5]) {
		t.Errorf("%q", got)
	}
	if got := tail.Slice(0, 5); got != nil {
		t.Errorf("what is forgotten is given as %q", got)
	}
	var rest []byte
	for _, piece := range tail.From(8*MaxEvent - 3) {
		rest = append(rest, piece...)
	}
	if !bytes.Equal(rest, data[8*MaxEvent-3:]) {
		t.Errorf("%d bytes of %d follow", len(rest), len(data)-8*MaxEvent+3)
	}
	broken := &Tail{R: iotest.ErrReader(errors.New("the cable is out"))}
	var failed ReadError
	if _, err := broken.Read(make([]byte, 1)); !errors.As(err, &failed) {
		t.Errorf("a broken stream reads %v", err)
	}
}

func TestMeterStopsInALongEvent(t *testing.T) {
	m := NewMeter(bytes.NewReader(make([]byte, 8*MaxEvent)))
	if n, err := io.CopyN(io.Discard, m, 4*MaxEvent); !errors.Is(err, ErrTooLong) || n < MaxEvent {
		t.Errorf("%d bytes, %v", n, err)
	}
	m.More(2 * MaxEvent)
	if n, err := io.CopyN(io.Discard, m, MaxEvent); err != nil {
		t.Errorf("after more was allowed: %d bytes, %v", n, err)
	}
}
