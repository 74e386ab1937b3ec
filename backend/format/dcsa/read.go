package dcsa

import (
	"bytes"
	"encoding/json"
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
	// Account is the carrier account of events that name nobody; empty means "dcsa".
	Account string
	// Locode is the place of a UN/LOCODE; ok is false for one that is not known. May be nil.
	Locode func(code string) (place freight.Place, ok bool)
	// Notes is told, when reading ends, what was odd about the file and yet lost nothing. May be nil.
	Notes func(string)
}

// ErrNoEvents is what Read ends with when a stream holds no DCSA event.
var ErrNoEvents = errors.New("this is not a file of DCSA Track & Trace events: no list of events was found in it")

// Detect reports whether the beginning of a file is JSON with the fields of DCSA events.
func Detect(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '[' && head[0] != '{' {
		return false
	}
	return bytes.Contains(head, []byte(`"eventClassifierCode"`)) && (bytes.Contains(head, []byte(`"eventType"`)) || bytes.Contains(head, []byte(`"eventTypeCode"`)))
}

// Read yields one record for every event in r, numbered through the whole stream, of which it holds one at a time. An event of
// which something cannot be read is yielded with the rest of what it says and a fault. An error ends the sequence.
func Read(r io.Reader, opt Options) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		rd := newReader(r, opt)
		rd.each = func(_ *event, _ found, rec freight.Record) bool { return yield(rec, nil) }
		if err := rd.run(); err != nil {
			yield(freight.Record{}, err)
		}
	}
}

// mostRemembered is how many events of a file are remembered, so that one of 3.0 that takes another back finds it.
const mostRemembered = 40_000

// reader reads events one by one.
type reader struct {
	in      *stream.Tail
	opt     Options
	n       int
	stopped bool
	known   map[string]freight.ObservationID
	each    func(e *event, f found, rec freight.Record) bool
}

func newReader(r io.Reader, opt Options) *reader {
	if opt.Account == "" {
		opt.Account = "dcsa"
	}
	return &reader{in: &stream.Tail{R: r}, opt: opt, known: map[string]freight.ObservationID{}}
}

func (rd *reader) run() error {
	rest, err := walk(rd.in, rd.event)
	var failed stream.ReadError
	switch {
	case rd.stopped:
		return nil
	case errors.As(err, &failed):
		return fmt.Errorf("reading DCSA events stopped: %w", failed.Err)
	case err != nil && rd.n == 0 && !bytes.Contains(rd.in.Head(), []byte(`"eventClassifierCode"`)):
		return ErrNoEvents
	case err != nil:
		rd.broken(rest, err)
		return nil
	case rd.n == 0:
		return ErrNoEvents
	}
	return nil
}

// event reads one.
func (rd *reader) event(f found) bool {
	rd.n++
	where := "event " + strconv.Itoa(rd.n)
	rec := freight.Record{N: rd.n}
	var e event
	fault := func(field, why string) {
		off := f.off
		if i := bytes.Index(f.raw, []byte(`"`+field+`"`)); i >= 0 {
			off += int64(i)
		}
		named := where
		if e.EventID != "" {
			named += " (" + string(e.EventID) + ")"
		}
		rec.Faults = append(rec.Faults, freight.Fault{Where: fmt.Sprintf("%s, %s, byte %d", named, field, off), Offset: off, Reason: field + " " + strings.TrimPrefix(why, field+" "),
			Raw: bytes.Clone(f.raw), Source: freight.Source{Kind: freight.CarrierSrc, Account: e.account(rd.opt.Account)}})
	}
	err := json.Unmarshal(f.raw, &e)
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) { // what else stands in it was read
		fault(typed.Field, "should be "+plainType(typed.Type.Kind().String())+" and is a "+typed.Value+"; the rest of the event was read")
		err = nil
	}
	switch {
	case err != nil:
		fault("event", "is no object with the fields of an event; it is kept as it is")
	case e.Type == "" && (e.Class == nil || e.Class.TypeCode == "") && e.Retracted == "":
		fault("eventType", "is missing: expected SHIPMENT, TRANSPORT or EQUIPMENT; the event is kept as it is")
	default:
		o := mapEvent(&e, &rd.opt, fault)
		o.Raw = freight.Raw{Where: where, Offset: f.off, Length: len(f.raw)}
		o.Text = e.text()
		if e.Retracted != "" {
			rd.retract(&e, &o, fault)
		}
		rec.Observations = []freight.Observation{o}
		if e.EventID != "" && len(rd.known) < mostRemembered {
			rd.known[string(e.EventID)] = o.Identify()
		}
	}
	rd.stopped = !rd.each(&e, f, rec)
	return !rd.stopped
}

// retract makes an observation one that takes back an earlier event of the same file.
func (rd *reader) retract(e *event, o *freight.Observation, fault func(field, why string)) {
	id, known := rd.known[string(e.Retracted)]
	if !known {
		fault("retractedEventID", "takes back the event "+string(e.Retracted)+", which does not stand before it in this file; take it back by hand in the load's history")
		return
	}
	o.Retracts, o.Claims = id, nil
}

func plainType(kind string) string {
	switch kind {
	case "struct", "ptr":
		return "an object"
	case "slice":
		return "a list"
	}
	return "a " + kind
}

// text is the event in one line, as its codes say it.
func (e *event) text() string {
	parts := []string{string(e.Type), string(e.Classifier), e.code(), string(e.DateTime)}
	if e.Call != nil {
		parts = append(parts, string(e.Call.Locode))
	}
	if e.Location != nil {
		parts = append(parts, string(e.Location.Locode), string(e.Location.Name))
	}
	return strings.Join(strings.Fields(strings.Join(append(parts, string(e.EquipmentRef), string(e.DocumentType), string(e.DocumentID)), " ")), " ")
}

// broken keeps what stands behind a place where the text is no JSON any more.
func (rd *reader) broken(rest int64, err error) {
	why := "from here on the text is no JSON (" + err.Error() + "); what stands before it was read, what follows is kept as it is"
	for _, piece := range rd.in.From(rest) {
		rd.n++
		rec := freight.Record{N: rd.n, Faults: []freight.Fault{{Where: fmt.Sprintf("byte %d", rest), Offset: rest, Reason: why, Raw: piece, Source: freight.Source{Kind: freight.CarrierSrc, Account: rd.opt.Account}}}}
		if rd.stopped = !rd.each(&event{}, found{off: rest}, rec); rd.stopped {
			return
		}
		rest += int64(len(piece))
	}
}
