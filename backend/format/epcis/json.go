package epcis

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"tracedesk/backend/format/internal/stream"
)

// walkJSON yields the events of a document: of the list "eventList" wherever it stands, of a plain list, or a single one.
// It returns why it ended early; rest is where what was not read begins.
func walkJSON(r io.Reader, yield func(*found) bool) (rest int64, err error) {
	m := stream.NewMeter(r)
	w := &jsonWalker{dec: json.NewDecoder(m), meter: m, yield: yield}
	for err == nil && !w.stopped {
		w.at = w.dec.InputOffset()
		w.more()
		var t json.Token
		if t, err = w.dec.Token(); err == nil {
			err = w.begin(t, 0)
		}
	}
	if err == io.EOF {
		err = nil
	}
	return w.at, err
}

type jsonWalker struct {
	dec     *json.Decoder
	meter   *stream.Meter
	yield   func(*found) bool
	at      int64 // behind what was read well
	stopped bool
}

func (w *jsonWalker) more() { w.meter.More(w.dec.InputOffset()) }

// deepest is how deep a list of events may lie in a document.
const deepest = 12

// begin goes on behind the first token of a value.
func (w *jsonWalker) begin(t json.Token, depth int) error {
	switch {
	case depth > deepest:
		return errors.New("the document is nested too deep")
	case t == json.Delim('['):
		return w.list()
	case t == json.Delim('{'):
		return w.object(depth)
	}
	return nil
}

// list reads a list of events.
func (w *jsonWalker) list() error {
	for w.dec.More() {
		w.more()
		var raw json.RawMessage
		if err := w.dec.Decode(&raw); err != nil {
			return err
		}
		f := &found{off: w.dec.InputOffset() - int64(len(raw)), raw: raw}
		f.e, f.why = fromJSON(raw)
		w.at = w.dec.InputOffset()
		if w.stopped = !w.yield(f); w.stopped {
			return nil
		}
	}
	_, err := w.dec.Token()
	return err
}

// enclosing are the fields of a document in which the list of events lies.
var enclosing = map[string]bool{"epcisBody": true, "queryResults": true, "resultsBody": true, "eventList": true, "event": true}

// object looks through a document. One that is an event itself is read as one.
func (w *jsonWalker) object(depth int) error {
	start := w.dec.InputOffset() - 1
	fields := map[string]json.RawMessage{}
	size := 0
	for w.dec.More() && !w.stopped {
		w.more()
		t, err := w.dec.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if enclosing[local(name)] {
			w.more()
			if t, err = w.dec.Token(); err == nil {
				err = w.begin(t, depth+1)
			}
			if err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := w.dec.Decode(&raw); err != nil {
			return err
		}
		if size += len(raw); size < stream.MaxEvent && name != "@context" {
			fields[name] = raw
		}
	}
	if w.stopped {
		return nil
	}
	if _, err := w.dec.Token(); err != nil {
		return err
	}
	if _, dated := fields["eventTime"]; dated {
		raw, _ := json.Marshal(fields)
		f := &found{off: start, raw: raw}
		f.e, f.why = fromJSON(raw)
		w.stopped = !w.yield(f)
	}
	return nil
}

// local is a name without its prefix.
func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// fromJSON reads one event; why says what kept it from being read.
func fromJSON(raw []byte) (e event, why string) {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return e, "this is no object with the fields of an event"
	}
	for _, name := range sortedKeys(fields) {
		e.takeJSON(name, fields[name])
	}
	return e, ""
}

// takeJSON takes one field.
func (e *event) takeJSON(name string, v any) {
	if s, ok := v.(string); ok && (!strings.Contains(name, ":") || local(name) == "eventTime") && e.set(name, s) {
		return
	}
	switch name {
	case "readPoint":
		e.readPoint = idOf(v)
	case "bizLocation":
		e.location = idOf(v)
	case "epcList", "childEPCs", "inputEPCList":
		for _, epc := range list(v) {
			e.addEPC(scalar(epc))
		}
	case "outputEPCList":
		for _, epc := range list(v) {
			if len(e.outputs) < mostEPCs {
				e.outputs = append(e.outputs, scalar(epc))
			}
		}
	case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList":
		for _, q := range list(v) {
			o := object(q)
			e.quantity(scalar(o["quantity"]), scalar(o["uom"]), scalar(o["epcClass"]))
		}
	case "bizTransactionList":
		e.deals = append(e.deals, pairs(v, "bizTransaction")...)
	case "sourceList":
		e.sources = append(e.sources, pairs(v, "source")...)
	case "destinationList":
		e.targets = append(e.targets, pairs(v, "destination")...)
	case "errorDeclaration":
		o := object(v)
		e.wrong = &declaration{scalar(o["declarationTime"]), bare(scalar(o["reason"]))}
	case "sensorElementList":
		e.sensorsJSON(v)
	case "@context", "ilmd", "persistentDisposition":
		if name != "@context" {
			e.keep(name, asJSON(v))
		}
	default:
		e.extension(name, v)
	}
}

// extension takes a field of somebody's own; place and stop are those that this desk writes.
func (e *event) extension(name string, v any) {
	switch name {
	case ownPrefix + "place":
		e.place = map[string]string{}
		for k, v := range object(v) {
			e.place[k] = scalar(v)
		}
	case ownPrefix + "stop":
		e.stop = scalar(v)
	default:
		if s := scalar(v); s != "" {
			e.keep(name, s)
		} else {
			e.keep(name, asJSON(v))
		}
	}
}

func (e *event) quantity(amount, unit, of string) {
	if len(e.quantities) < mostMore {
		e.quantities = append(e.quantities, strings.Join(strings.Fields(amount+" "+unit+" "+of), " "))
	}
}

func (e *event) sensorsJSON(v any) {
	for _, el := range list(v) {
		o := object(el)
		when := scalar(object(o["sensorMetadata"])["time"])
		for _, report := range list(o["sensorReport"]) {
			r := object(report)
			s := sensor{bare(scalar(r["type"])), scalar(r["value"]), scalar(r["uom"]), scalar(r["time"])}
			if s.time == "" {
				s.time = when
			}
			if len(e.sensors) < mostMore {
				e.sensors = append(e.sensors, s)
			}
		}
	}
}

// pairs reads a list of typed ids; a list of plain ids has no types.
func pairs(v any, value string) (all []pair) {
	for _, el := range list(v) {
		if o := object(el); o != nil {
			all = append(all, pair{bare(scalar(o["type"])), scalar(o[value])})
		} else if s := scalar(el); s != "" {
			all = append(all, pair{"", s})
		}
	}
	return all
}

func idOf(v any) string {
	if o := object(v); o != nil {
		return scalar(o["id"])
	}
	return scalar(v)
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

// scalar is a value that is no list and no object, as written.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64, bool:
		return asJSON(v)
	}
	return ""
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}
