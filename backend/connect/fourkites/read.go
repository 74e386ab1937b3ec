package fourkites

import (
	"fmt"
	"iter"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Read draws observations from a shipment, a page of them, or a callback. Which of them it is, is told by what stands in it.
func (c *Connector) Read(body connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		r := &reader{Records: wire.NewRecords(c.source, yield), config: c.config, codes: c.config.codes}
		r.body(wire.Whole(body.Bytes))
	}
}

// reader makes records of one body.
type reader struct {
	wire.Records
	config *config
	codes  *codes.Book
}

// body reads a callback, a shipment, or a list of either.
func (r *reader) body(p wire.Piece) {
	if p.IsObject() && !isList(p) {
		r.one(p, "body")
		r.Send()
		return
	}
	items, _, err := shipmentsIn(p.Bytes, r.config.values["totalKey"])
	for i, item := range items {
		if r.Stopped() {
			return
		}
		item.Offset += p.Offset
		r.one(item, fmt.Sprintf("shipments[%d]", i))
		r.Send()
	}
	if err != nil {
		r.Fault(wire.Piece{Bytes: p.Bytes[:min(len(p.Bytes), 2000)], Offset: p.Offset}, "body", "no list of shipments, or it breaks off ("+err.Error()+"); what stands before that was read. Ask again")
		r.Send()
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
		r.Fault(p, where, fmt.Sprintf("cannot be read (%v); it is kept as it came", err))
	case c.Type != "":
		r.callback(&c, p, where)
	case into(p, &s) != nil:
		r.Fault(p, where, fmt.Sprintf("the shipment cannot be read (%v); it is kept as it came", into(p, &s)))
	case s.id() == "" && s.Number == "":
		r.Fault(p, where, "this is no shipment (it has no number) and no callback (it has no MessageType) of FourKites")
	default:
		r.shipment(&s, p, where)
	}
}

func (s *shipment) id() wire.Text { return wire.First(s.ID, s.LoadID, s.PlainID, s.JustID) }

// instant reads a time that is UTC where it carries no mark.
func (r *reader) instant(p wire.Piece, field string, written wire.Text) freight.When {
	w, err := instant(written)
	return r.When(p, field, w, err)
}

// name adds a number by which FourKites calls the load.
func (r *reader) name(t freight.RefType, value wire.Text) {
	if value != "" {
		r.Names = append(r.Names, freight.Reference{Type: t, Value: value.String()})
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
	for _, ref := range r.Names {
		if ref.Value == value {
			return true
		}
	}
	return false
}

// references are the names as claims.
func (r *reader) references() []freight.Claim {
	out := make([]freight.Claim, 0, len(r.Names)+8)
	for _, ref := range r.Names {
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
