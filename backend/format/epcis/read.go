package epcis

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"tracedesk/backend/format/internal/stream"
	"tracedesk/backend/freight"
)

// Options say under whose name a file's words are filed.
type Options struct {
	// Account is the account of who shares the events; empty means "epcis".
	Account string
	// Notes is told, when reading ends, what was odd about the file and yet lost nothing. May be nil.
	Notes func(string)
}

// ErrNoEvents is what Read ends with when a stream holds no EPCIS event.
var ErrNoEvents = errors.New("this is not a file of EPCIS events: no event such as an ObjectEvent was found in it")

// Detect reports whether the beginning of a file is an EPCIS document, as JSON or XML.
func Detect(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 {
		return false
	}
	has := func(text string) bool { return bytes.Contains(head, []byte(text)) }
	switch head[0] {
	case '<':
		return has("EPCISDocument") || has("EPCISQueryDocument") || has("urn:epcglobal:epcis") || has("eventTime>")
	case '{', '[':
		return has(`"EPCISDocument"`) || has(`"EPCISQueryDocument"`) || has(`"epcisBody"`) || has(`"eventTimeZoneOffset"`)
	}
	return false
}

// Read yields one record for every event in r, numbered through the whole stream, of which it holds one at a time. An event of
// which something cannot be read is yielded with the rest of what it says and a fault. An error ends the sequence.
func Read(r io.Reader, opt Options) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		rd := newReader(r, opt)
		rd.each = func(_ *found, rec freight.Record) bool { return yield(rec, nil) }
		if err := rd.run(); err != nil {
			yield(freight.Record{}, err)
		}
	}
}

// reader reads events one by one.
type reader struct {
	in      *stream.Tail
	opt     Options
	n       int
	stopped bool
	each    func(f *found, rec freight.Record) bool
}

func newReader(r io.Reader, opt Options) *reader {
	opt.Account = cmp.Or(opt.Account, "epcis")
	return &reader{in: &stream.Tail{R: r}, opt: opt}
}

func (rd *reader) run() error {
	body, xml, err := rd.beginning()
	if err != nil {
		return err
	}
	var rest int64
	if xml {
		rest, err = walkXML(body, rd.in, rd.event)
	} else {
		rest, err = walkJSON(body, rd.event)
	}
	var failed stream.ReadError
	switch {
	case rd.stopped:
		return nil
	case errors.As(err, &failed):
		return fmt.Errorf("reading EPCIS events stopped: %w", failed.Err)
	case rd.n == 0 && (err == nil || !Detect(rd.in.Head())):
		return ErrNoEvents
	case err != nil:
		rd.broken(rest, err)
	}
	return nil
}

// beginning tells XML from JSON, behind a byte order mark and blanks. The reader that it gives begins where the stream does, so that places stay right.
func (rd *reader) beginning() (body io.Reader, xml bool, err error) {
	var head []byte
	one := make([]byte, 1)
	for {
		n, err := rd.in.Read(one)
		if n == 0 && err == nil {
			continue
		}
		if n == 0 {
			return nil, false, cmp.Or(notEOF(err), ErrNoEvents)
		}
		head = append(head, one[0])
		if c := one[0]; c == '<' || c == '{' || c == '[' || len(head) > 4<<10 {
			break
		}
	}
	last := head[len(head)-1]
	for i := range head[:len(head)-1] {
		if head[i] > ' ' {
			head[i] = ' ' // a byte order mark, which no decoder takes
		}
	}
	return io.MultiReader(bytes.NewReader(head), rd.in), last == '<', nil
}

func notEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// event reads one.
func (rd *reader) event(f *found) bool {
	rd.n++
	where := "event " + strconv.Itoa(rd.n)
	if f.e.id != "" {
		where += " (" + f.e.id + ")"
	}
	rec := freight.Record{N: rd.n}
	fault := func(field, why string) {
		off := f.off
		if i := bytes.Index(f.raw, []byte(field)); i >= 0 {
			off += int64(i)
		}
		rec.Faults = append(rec.Faults, freight.Fault{Where: fmt.Sprintf("%s, %s, byte %d", where, field, off), Offset: off, Reason: strings.TrimSpace(field + " " + why),
			Raw: bytes.Clone(f.raw), Source: freight.Source{Kind: freight.CarrierSrc, Account: rd.opt.Account}})
	}
	switch {
	case f.why != "":
		fault("event", f.why+"; it is kept as it is")
	case !kinds[f.e.kind]:
		fault("type", "\""+f.e.kind+"\" is no type of an event: expected ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or AssociationEvent; the event is kept as it is")
	default:
		o := mapEvent(&f.e, &rd.opt, fault)
		o.Raw = freight.Raw{Where: where, Offset: f.off, Length: len(f.raw)}
		rec.Observations = []freight.Observation{o}
	}
	rd.stopped = !rd.each(f, rec)
	return !rd.stopped
}

// broken keeps what stands behind a place where the text cannot be read any more.
func (rd *reader) broken(rest int64, err error) {
	why := "from here on the text cannot be read (" + err.Error() + "); what stands before it was read, what follows is kept as it is"
	for _, piece := range rd.in.From(rest) {
		rd.n++
		rec := freight.Record{N: rd.n, Faults: []freight.Fault{{Where: fmt.Sprintf("byte %d", rest), Offset: rest, Reason: why, Raw: piece, Source: freight.Source{Kind: freight.CarrierSrc, Account: rd.opt.Account}}}}
		if rd.stopped = !rd.each(&found{off: rest}, rec); rd.stopped {
			return
		}
		rest += int64(len(piece))
	}
}
