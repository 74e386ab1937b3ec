package epcis

import (
	"io"
	"iter"
	"strings"

	"tracedesk/backend/freight"
)

// Explain yields every event of a stream with its fields, what their words mean, and what the desk makes of it.
func Explain(r io.Reader, opt Options) iter.Seq2[*freight.Explained, error] {
	return func(yield func(*freight.Explained, error) bool) {
		rd := newReader(r, opt)
		rd.each = func(f *found, rec freight.Record) bool { return yield(explained(f, rec), nil) }
		if err := rd.run(); err != nil {
			yield(nil, err)
		}
	}
}

func explained(f *found, rec freight.Record) *freight.Explained {
	e := &f.e
	out := &freight.Explained{Tag: e.kind, Set: e.id, SetKind: "EPCIS", Number: rec.N, Offset: f.off, Length: len(f.raw), Raw: e.text()}
	if out.Tag == "" {
		out.Tag = "event"
	}
	if r := row("step", e.step); r != nil {
		out.Name = r.words
	}
	add := func(name, value, list, word string) {
		if value == "" {
			return
		}
		el := freight.ExplainedElement{N: len(out.Elements) + 1, Name: name, Value: value}
		if list != "" {
			r := row(list, word)
			if el.Unknown = r == nil; r != nil {
				el.Meaning = r.words
			}
		} else if kind, number := key(value); kind != "" {
			el.Meaning = kind + " " + number
		}
		out.Elements = append(out.Elements, el)
	}
	add("eventTime", e.time, "", "")
	add("eventTimeZoneOffset", e.offset, "", "")
	add("action", e.action, "", "")
	add("bizStep", e.step, "step", e.step)
	add("disposition", e.disposition, "disposition", e.disposition)
	add("readPoint", e.readPoint, "", "")
	add("bizLocation", e.location, "", "")
	add("parentID", e.parent, "", "")
	for _, epc := range e.epcs[:min(len(e.epcs), mostListed)] {
		add("epc", epc, "", "")
	}
	for _, d := range e.deals {
		add("bizTransaction", strings.TrimSpace(d.kind+" "+d.value), "transaction", d.kind)
	}
	if e.wrong != nil {
		add("errorDeclaration", says(e.wrong.reason, e.wrong.time), "reason", e.wrong.reason)
	}
	for i := range rec.Observations {
		o := &rec.Observations[i]
		for j := range o.Claims {
			out.Became = append(out.Became, freight.BecameOf(&o.Claims[j]))
		}
		if !o.Retracts.IsZero() {
			out.Became = append(out.Became, freight.Became{Subject: "load", Fact: "retraction", Value: "takes back what the event said before", Note: o.Retracts.String()})
		}
	}
	for _, ft := range rec.Faults {
		out.Faults = append(out.Faults, ft.Reason)
	}
	return out
}
