package edifact

import (
	"cmp"

	"tracedesk/backend/freight"
)

// readDespatch maps a DESADV: what a shipper says of goods that it sends. It is one observation, by its orders and papers.
func readDespatch(t *told) freight.Record {
	t.m.source = freight.Source{Kind: freight.Customer, Account: t.m.sender}
	var c context
	for i := 1; i < len(t.m.spans); i++ {
		s := t.m.segment(i)
		t.at = s.number
		switch s.tag() {
		case "UNT", "UNS", "CPS", "PCI":
		default:
			if !c.segment(t, s) {
				t.other(&c.rest, s)
			}
		}
	}
	if c.number != "" {
		c.refs = append(c.refs, freight.Reference{Type: freight.RefOther, Value: c.number, Note: "DESADV"})
	}
	if len(c.refs) == 0 {
		return t.m.unread("this despatch advice has no number and names no order, so it cannot be told which load it is of")
	}
	var ends claims
	t.at = cmp.Or(c.from.at, 1)
	c.ends(t, &ends, freight.StopRef{}, freight.StopRef{})
	o := t.observation(1, t.m.plainText(), names(c.refs), ends.all, c.rest.all)
	o.EventID = t.m.identity()
	return freight.Record{Observations: []freight.Observation{o}, Faults: t.m.faults}
}
