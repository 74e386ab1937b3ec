package dcsa

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"tracedesk/backend/freight"
)

// lists are the fields whose values are codes, and the list of each.
var lists = map[string]string{"transportEventTypeCode": "TRANSPORT", "equipmentEventTypeCode": "EQUIPMENT", "shipmentEventTypeCode": "SHIPMENT", "iotEventTypeCode": "IOT",
	"reeferEventTypeCode": "REEFER", "eventClassifierCode": "classifier", "documentTypeCode": "document", "facilityTypeCode": "facility", "modeOfTransport": "mode",
	"documentReferenceType": "reference", "referenceType": "reference"}

// Explain yields every event of a stream with its fields, what their codes mean, and what the desk makes of it.
func Explain(r io.Reader, opt Options) iter.Seq2[*freight.Explained, error] {
	return func(yield func(*freight.Explained, error) bool) {
		rd := newReader(r, opt)
		rd.each = func(e *event, f found, rec freight.Record) bool { return yield(explained(e, f, rec), nil) }
		if err := rd.run(); err != nil {
			yield(nil, err)
		}
	}
}

func explained(e *event, f found, rec freight.Record) *freight.Explained {
	out := &freight.Explained{Tag: strings.ToUpper(string(e.Type)), Set: string(e.EventID), SetKind: "DCSA", Number: rec.N, Offset: f.off, Length: len(f.raw), Raw: e.text()}
	if out.Tag == "" {
		out.Tag = "event"
	}
	if r := row(out.Tag, e.code()); r != nil {
		out.Name = r.words
	}
	fields(json.NewDecoder(bytes.NewReader(f.raw)), out)
	for i := range rec.Observations {
		for j := range rec.Observations[i].Claims {
			out.Became = append(out.Became, freight.BecameOf(&rec.Observations[i].Claims[j]))
		}
	}
	for _, ft := range rec.Faults {
		out.Faults = append(out.Faults, ft.Reason)
	}
	return out
}

// mostFields is how many fields of an event are shown.
const mostFields = 300

// fields lists the plain fields of an event by their names.
func fields(dec *json.Decoder, out *freight.Explained) {
	var inList []bool // of the open objects and lists
	name, isName := "", false
	for len(out.Elements) < mostFields {
		t, err := dec.Token()
		if err != nil {
			return
		}
		switch v := t.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				inList = append(inList, v == '[')
			} else if len(inList) > 0 {
				inList = inList[:len(inList)-1]
			}
			isName = len(inList) > 0 && !inList[len(inList)-1]
			continue
		case string:
			if isName {
				name, isName = v, false
				continue
			}
			out.Elements = append(out.Elements, element(len(out.Elements)+1, name, v))
		default:
			if v != nil {
				out.Elements = append(out.Elements, element(len(out.Elements)+1, name, strings.Trim(strings.TrimSpace(jsonText(v)), `"`)))
			}
		}
		isName = len(inList) > 0 && !inList[len(inList)-1]
	}
}

func jsonText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func element(n int, name, value string) freight.ExplainedElement {
	el := freight.ExplainedElement{N: n, Name: name, Value: value}
	if list := lists[name]; list != "" {
		r := row(list, value)
		if el.Unknown = r == nil; r != nil {
			el.Meaning = r.words
		}
	}
	return el
}
