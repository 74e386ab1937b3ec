package x12

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"tracedesk/backend/freight"
)

// Options say under whose names a file's words are filed.
type Options struct {
	// TMSAccount is the account of the TMS whose load numbers a tender carries; empty means freight.DefaultTMS.
	TMSAccount string
	// Account is the carrier account under which statuses are filed, where neither the carrier code of the message nor
	// the sender of the interchange should be used.
	Account string
	// Partner gives the settings of an interchange's sender by its id (ISA06), nil for none. May be nil.
	Partner func(id string) *Partner
	// Notes is told, when reading ends, what was odd about the file and yet lost nothing: counts that are off, repeated
	// control numbers, missing trailers, text around the interchanges. May be nil.
	Notes func(string)
	// Interchange is told of each interchange as it begins: sender (ISA06), receiver (ISA08) and control number. May be nil.
	Interchange func(sender, receiver, control string)
}

// ErrNoInterchange is what Read ends with when no X12 interchange is in the stream.
var ErrNoInterchange = errors.New("this is not an X12 file: no interchange header (ISA) was found in it")

// detectWindow is how far into a file an interchange may begin (a mail's text may stand before it).
const detectWindow = 64 << 10

// Detect reports whether the beginning of a file holds an X12 interchange header, at its start or behind a byte order
// mark, blanks or other text.
func Detect(head []byte) bool {
	_, _, ok := findHeader(head)
	return ok
}

// Kind is what the file holds, by its first transaction set: "x12.214". It is "x12" when no set is in head, and
// freight.UnknownFile when head holds no interchange.
func Kind(head []byte) freight.FileKind {
	h, rest, ok := findHeader(head)
	if !ok {
		return freight.UnknownFile
	}
	for _, part := range bytes.Split(rest, h.terminator()) {
		part = bytes.TrimLeft(part, "\r\n \t")
		if len(part) >= 6 && part[0] == 'S' && part[1] == 'T' && part[2] == h.element && digitsOnly(string(part[3:6])) {
			return freight.FileKind("x12." + string(part[3:6]))
		}
	}
	return "x12"
}

// findHeader is the first interchange header in head and what follows it.
func findHeader(head []byte) (h header, rest []byte, ok bool) {
	head = head[:min(len(head), detectWindow)]
	for at := 0; ; at++ {
		i := indexISA(head[at:])
		if i < 0 {
			return h, nil, false
		}
		at += i
		if h, ok = parseISA(head[at:]); ok {
			return h, head[at+h.length:], true
		}
	}
}

// Read yields one record for every transaction set of every interchange in r, numbered through the whole stream. Bytes
// that belong to no readable set come as faults of the next record (or of a last one). An error ends the sequence: the
// stream could not be read, or holds no interchange. Memory does not grow with the length of the stream.
func Read(r io.Reader, opt Options) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		if opt.TMSAccount == "" {
			opt.TMSAccount = freight.DefaultTMS
		}
		e := &envelope{scan: newScanner(r), opt: opt, yield: yield}
		e.run()
		e.notes.tell(opt.Notes)
	}
}

// run reads interchange after interchange.
func (e *envelope) run() {
	interchanges := 0
	for !e.stopped {
		h, ok := e.scan.seek(e.between)
		if !ok {
			break
		}
		interchanges++
		e.interchange(h)
	}
	switch {
	case e.stopped:
	case e.scan.Err != nil:
		e.flush()
		e.end(fmt.Errorf("reading X12 stopped at byte %d: %w", e.scan.Offset(), e.scan.Err))
	case interchanges == 0:
		e.end(ErrNoInterchange)
	default:
		e.flush()
	}
}

func (e *envelope) end(err error) {
	if !e.stopped {
		e.stopped = true
		e.yield(freight.Record{}, err)
	}
}

// emit yields a record with the faults that stood before it.
func (e *envelope) emit(rec freight.Record) {
	if e.stopped {
		return
	}
	e.records++
	rec.N = e.records
	if len(e.pending) > 0 {
		rec.Faults = append(e.pending, rec.Faults...)
		e.pending, e.pendingBytes = nil, 0
	}
	e.stopped = !e.yield(rec, nil)
}

// flush yields faults that no set follows.
func (e *envelope) flush() {
	e.flushStray()
	if len(e.pending) > 0 {
		e.emit(freight.Record{})
	}
}

// fault keeps bytes that belong to no readable set until the next record.
func (e *envelope) fault(f freight.Fault) {
	e.pending = append(e.pending, f)
	e.pendingBytes += len(f.Raw)
	if e.pendingBytes >= maxSegment {
		e.emit(freight.Record{})
	}
}

// between takes text outside any interchange: blanks are nothing, other text is a note, and what looks like
// transaction sets whose header is damaged is kept as a fault.
func (e *envelope) between(off int64, b []byte) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	text := bytes.Trim(b, " \t\r\n\x00\x1a")
	switch {
	case len(text) == 0:
	case looksLikeSegments(text):
		e.fault(freight.Fault{
			Where:  fmt.Sprintf("byte %d, outside any interchange", off),
			Offset: off,
			Reason: "the header (ISA) of this interchange is damaged, so its separators are not known; ask the sender for it again or mend the header",
			Raw:    bytes.Clone(b),
		})
	default:
		e.notes.add("text outside the interchanges was passed over", fmt.Sprintf("%d bytes at byte %d", len(text), off))
	}
}

// looksLikeSegments reports whether an ST, GS or ISA with a separator is in b.
func looksLikeSegments(b []byte) bool {
	for i := 0; i+6 < len(b); i++ {
		switch {
		case b[i] == 'S' && b[i+1] == 'T':
			if maySeparate(b[i+2]) && b[i+6] == b[i+2] && digitsOnly(string(b[i+3:i+6])) {
				return true
			}
		case b[i] == 'G' && b[i+1] == 'S':
			if maySeparate(b[i+2]) && b[i+5] == b[i+2] {
				return true
			}
		case b[i] == 'I' && b[i+1] == 'S' && b[i+2] == 'A':
			if maySeparate(b[i+3]) && (b[i+6] == b[i+3] || b[i+4] == b[i+3]) {
				return true
			}
		}
	}
	return false
}
