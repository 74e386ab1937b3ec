package dcsa

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"tracedesk/backend/format/internal/stream"
)

// found is one event as it stands in the file.
type found struct {
	raw json.RawMessage
	off int64
}

// walk yields the events of a file: of a list, of the list "events" in an object, of "payload", or the object itself. It returns
// why it ended early; rest is where what was not read begins.
func walk(r io.Reader, yield func(found) bool) (rest int64, err error) {
	m := stream.NewMeter(r)
	w := &walker{dec: json.NewDecoder(m), meter: m, yield: yield}
	err = w.top()
	if err == io.EOF {
		err = nil
	}
	return w.at, err
}

type walker struct {
	dec     *json.Decoder
	meter   *stream.Meter
	yield   func(found) bool
	at      int64 // behind what was read well
	stopped bool
}

// top reads values one behind the other: a file of lines of JSON is one, too.
func (w *walker) top() error {
	for !w.stopped {
		w.more()
		t, err := w.dec.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('['):
			err = w.list()
		case json.Delim('{'):
			err = w.object()
		default:
			err = errors.New("a list or an object is expected here")
		}
		if err != nil {
			return err
		}
		w.at = w.dec.InputOffset()
	}
	return nil
}

// more lets the reader go on for another event.
func (w *walker) more() { w.meter.More(w.dec.InputOffset()) }

// value reads the next value whole.
func (w *walker) value() (f found, err error) {
	w.more()
	err = w.dec.Decode(&f.raw)
	f.off = w.dec.InputOffset() - int64(len(f.raw))
	return f, err
}

func (w *walker) list() error {
	for w.dec.More() {
		f, err := w.value()
		if err != nil {
			return err
		}
		w.at = w.dec.InputOffset()
		if w.stopped = !w.yield(f); w.stopped {
			return nil
		}
	}
	_, err := w.dec.Token()
	return err
}

// object reads an object: the list in it, or it is an event itself.
func (w *walker) object() error {
	start := w.dec.InputOffset() - 1
	var self bytes.Buffer
	listed := false
	for w.dec.More() {
		key, err := w.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if name == "events" {
			listed = true
			w.more()
			if t, err := w.dec.Token(); err != nil || t != json.Delim('[') {
				return errors.Join(err, errors.New("events should be a list"))
			}
			if err := w.list(); err != nil || w.stopped {
				return err
			}
			continue
		}
		f, err := w.value()
		if err != nil {
			return err
		}
		if name == "payload" {
			listed = true
			w.stopped = !w.yield(f)
		}
		if self.Len()+len(f.raw) < stream.MaxEvent {
			quoted, _ := json.Marshal(name)
			self.WriteString(separator(self.Len()))
			self.Write(quoted)
			self.WriteByte(':')
			self.Write(f.raw)
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return err
	}
	if !listed && !w.stopped {
		w.stopped = !w.yield(found{json.RawMessage("{" + self.String() + "}"), start})
	}
	return nil
}

func separator(n int) string {
	if n == 0 {
		return ""
	}
	return ","
}
