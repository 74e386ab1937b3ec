package fourkites

import (
	"fmt"
	"iter"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Read draws observations from a shipment, a page of them, or a callback. Which of them it is, is told by what stands in it.
func (c *Connector) Read(body connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		r := &reader{config: c.config, codes: c.config.codes, source: c.source, yield: yield}
		r.body(wire.Whole(body.Bytes))
	}
}

// reader makes records of one body.
type reader struct {
	config  *config
	codes   *codes.Book
	source  freight.Source
	yield   func(freight.Record, error) bool
	n       int
	stopped bool
	names   []freight.Reference // of the shipment that is being read
	rec     freight.Record      // what is being made
}

// body reads a callback, a shipment, or a list of either.
func (r *reader) body(p wire.Piece) {
	if p.IsObject() && !isList(p) {
		r.one(p, "body")
		r.send()
		return
	}
	items, _, err := shipmentsIn(p.Bytes, r.config.values["totalKey"])
	for i, item := range items {
		if r.stopped {
			return
		}
		item.Offset += p.Offset
		r.one(item, fmt.Sprintf("shipments[%d]", i))
		r.send()
	}
	if err != nil {
		r.fault(wire.Piece{Bytes: p.Bytes[:min(len(p.Bytes), 2000)], Offset: p.Offset}, "body", "no list of shipments, or it breaks off ("+err.Error()+"); what stands before that was read. Ask again")
		r.send()
	}
}

// isList reports whether an object holds a list of shipments and is none itself.
func isList(p wire.Piece) bool {
	list := false
	_ = wire.Fields(p, func(name string, v wire.Piece) bool { // what breaks off is named where it is read
		list = list || listNames[name] && (v.IsList() || v.IsObject())
		return !list
	})
	return list
}

// one reads a callback or a shipment.
func (r *reader) one(p wire.Piece, where string) {
	var c callback
	var s shipment
	switch err := into(p, &c); {
	case err != nil:
		r.fault(p, where, fmt.Sprintf("cannot be read (%v); it is kept as it came", err))
	case c.Type != "":
		r.callback(&c, p, where)
	case into(p, &s) != nil:
		r.fault(p, where, fmt.Sprintf("the shipment cannot be read (%v); it is kept as it came", into(p, &s)))
	case s.id() == "" && s.Number == "":
		r.fault(p, where, "this is no shipment (it has no number) and no callback (it has no MessageType) of FourKites")
	default:
		r.shipment(&s, p, where)
	}
}

func (s *shipment) id() wire.Text { return first(s.ID, s.LoadID, s.PlainID, s.JustID) }

// fault notes something that could not be read, with its bytes.
func (r *reader) fault(p wire.Piece, where, reason string) {
	r.rec.Faults = append(r.rec.Faults, freight.Fault{Where: where, Offset: p.Offset, Reason: reason, Raw: p.Bytes, Source: r.source})
}

// send hands over what was made, if anything.
func (r *reader) send() {
	if len(r.rec.Observations)+len(r.rec.Faults) == 0 || r.stopped {
		return
	}
	r.n++
	r.rec.N = r.n
	r.stopped = !r.yield(r.rec, nil)
	r.rec = freight.Record{}
}

// say adds an observation with its claims, if it has any.
func (r *reader) say(o freight.Observation) {
	if len(o.Claims) > 0 {
		r.rec.Observations = append(r.rec.Observations, o)
	}
}

// observation is an envelope with its place in the body.
func (r *reader) observation(p wire.Piece, where string) freight.Observation {
	return freight.Observation{Source: r.source, Channel: freight.ByAPI, Names: r.names, Raw: freight.Raw{Where: where, Offset: p.Offset, Length: len(p.Bytes)}}
}

// when turns a written time into one of the fold's; what is none is a fault, and the rest of its piece is read without it.
func (r *reader) when(p wire.Piece, field string, read func() (freight.When, error)) freight.When {
	w, err := read()
	if err != nil {
		r.fault(p, field, err.Error()+"; the rest was read without it")
	}
	return w
}

func (r *reader) instant(p wire.Piece, field string, written wire.Text) freight.When {
	return r.when(p, field, func() (freight.When, error) { return instant(written) })
}

// stated is the instant at which something was said; the zero time where that is not told.
func stated(written wire.Text) time.Time {
	t, _ := utc(written)
	return t
}

// name adds a number by which FourKites calls the load.
func (r *reader) name(t freight.RefType, value wire.Text) {
	if value != "" {
		r.names = append(r.names, freight.Reference{Type: t, Value: value.String()})
	}
}

// bag adds the numbers of the bag without labels, each once and none that is told already: what kind one is, nobody knows.
func (r *reader) bag(lists ...wire.List[wire.Text]) {
	for _, list := range lists {
		for _, v := range list {
			if !r.named(v.String()) {
				r.name(freight.RefOther, v)
			}
		}
	}
}

func (r *reader) named(value string) bool {
	for _, ref := range r.names {
		if ref.Value == value {
			return true
		}
	}
	return false
}

// references are the names as claims.
func (r *reader) references() []freight.Claim {
	out := make([]freight.Claim, 0, len(r.names)+8)
	for _, ref := range r.names {
		out = append(out, freight.Claim{Fact: freight.FactReference, Value: freight.Value{Type: string(ref.Type), Text: ref.Value}})
	}
	return out
}

// other is a word that has no place of its own.
func other(subject freight.Subject, kind, text, note string) []freight.Claim {
	if text == "" {
		return nil
	}
	return []freight.Claim{{Subject: subject, Fact: freight.FactOther, Value: freight.Value{Type: kind, Text: text, Note: note}}}
}
