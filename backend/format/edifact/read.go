package edifact

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
	// TMSAccount is the account of the TMS whose load numbers an IFTMIN or IFCSUM carries; empty means freight.DefaultTMS.
	TMSAccount string
	// Partner gives the settings of an interchange's sender by its id (UNB 0004), nil for none. May be nil.
	Partner func(id string) *Partner
	// Locode is the place of a UN/LOCODE; ok is false for one that is not known. May be nil.
	Locode func(code string) (place freight.Place, ok bool)
	// Notes is told, when reading ends, what was odd about the file and yet lost nothing. May be nil.
	Notes func(string)
	// Interchange is told of each interchange as it begins: sender (UNB 0004), receiver (0010) and reference. May be nil.
	Interchange func(sender, receiver, control string)
}

// ErrNoInterchange is what Read ends with when no EDIFACT interchange is in the stream.
var ErrNoInterchange = errors.New("this is not an EDIFACT file: no interchange (UNA, UNB) was found in it")

// detectWindow is how far into a file an interchange may begin (a mail's text may stand before it).
const detectWindow = 64 << 10

// Detect reports whether the beginning of a file holds an EDIFACT interchange, at its start or behind a byte order mark, blanks or
// other text.
func Detect(head []byte) bool {
	_, _, ok := find(head)
	return ok
}

// Kind is what the file holds, by its first message: "edifact.iftsta". It is "edifact" when no message is in head, and
// freight.UnknownFile when head holds no interchange.
func Kind(head []byte) freight.FileKind {
	sep, rest, ok := find(head)
	if !ok {
		return freight.UnknownFile
	}
	for part := range bytes.SplitSeq(rest, []byte{sep.terminator}) {
		part = bytes.TrimLeft(part, "\r\n \t")
		if len(part) < 10 || string(part[:3]) != "UNH" || part[3] != sep.element {
			continue
		}
		if i := bytes.IndexByte(part[4:], sep.element); i >= 0 && len(part) >= 4+i+7 && allCapitals(part[4+i+1:4+i+7]) {
			return freight.FileKind("edifact." + string(bytes.ToLower(part[4+i+1:4+i+7])))
		}
	}
	return "edifact"
}

// find is the first interchange in head, behind its UNA.
func find(head []byte) (sep service, rest []byte, ok bool) {
	head = head[:min(len(head), detectWindow)]
	for at := 0; ; at += 2 {
		i := bytes.Index(head[at:], []byte("UN"))
		if i < 0 {
			return sep, nil, false
		}
		at += i
		if sep, length, ok := beginning(head[at:]); ok {
			return sep, head[at+length:], true
		}
	}
}

// Read yields one record for every message of every interchange in r, numbered through the whole stream. Bytes that belong
// to no readable message come as faults of the next record (or of a last one). An error ends the sequence: the stream could not
// be read, or holds no interchange. Memory does not grow with the length of the stream.
func Read(r io.Reader, opt Options) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		e := newEnvelope(r, opt)
		e.yield = yield
		e.run()
		e.notes.tell(opt.Notes)
	}
}

func newEnvelope(r io.Reader, opt Options) *envelope {
	if opt.TMSAccount == "" {
		opt.TMSAccount = freight.DefaultTMS
	}
	return &envelope{scan: newScanner(r), opt: opt}
}

// run reads interchange after interchange.
func (e *envelope) run() {
	interchanges := 0
	for !e.stopped && e.scan.seek(e.between) {
		interchanges++
		e.interchange()
	}
	switch {
	case e.stopped:
	case e.scan.Err != nil:
		e.flush()
		e.end(fmt.Errorf("reading EDIFACT stopped at byte %d: %w", e.scan.Offset(), e.scan.Err))
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

// flush yields faults that no message follows.
func (e *envelope) flush() {
	e.flushStray()
	if len(e.pending) > 0 {
		e.emit(freight.Record{})
	}
}

// fault keeps bytes that belong to no readable message until the next record.
func (e *envelope) fault(f freight.Fault) {
	e.pending = append(e.pending, f)
	e.pendingBytes += len(f.Raw)
	if e.pendingBytes >= maxSegment {
		e.emit(freight.Record{})
	}
}

// between takes text outside any interchange: blanks are nothing, other text is a note, and what looks like messages whose
// header is damaged is kept as a fault.
func (e *envelope) between(off int64, b []byte) {
	text := bytes.Trim(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n\x00\x1a")
	switch {
	case len(text) == 0:
	case bytes.Contains(text, []byte("UNH")) || bytes.Contains(text, []byte("UNB")):
		e.fault(freight.Fault{Where: fmt.Sprintf("byte %d, outside any interchange", off), Offset: off, Raw: bytes.Clone(b),
			Reason: "the header (UNA, UNB) of this interchange is damaged, so its separators are not known; ask the sender for it again or mend the header"})
	default:
		e.notes.add("text outside the interchanges was passed over", fmt.Sprintf("%d bytes at byte %d", len(text), off))
	}
}
