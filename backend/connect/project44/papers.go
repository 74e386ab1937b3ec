package project44

import (
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// paper tells that project44 holds a paper of the load.
func (r *reader) paper(p wire.Piece, where string) {
	var d paper
	if !r.into(p, where, &d) {
		return
	}
	r.name(&shipment{Identifiers: d.Identifiers}, ids{})
	means := r.codes.Find("document", d.Type.String())
	o := r.Observation(p, where)
	o.StatedAt, o.Text = wire.Stated(wire.First(d.Deleted, d.Modified, d.Created)), string(p.Bytes)
	gone := d.Deleted != ""
	o.EventID = d.ID.String()
	note := wire.Joined(" by ", wire.Joined(" ", d.Type.String(), d.Name.String()), wire.First(d.Company, d.User).String())
	if kind := means.Means; kind == "pod" || kind == "pop" {
		o.Claims = []freight.Claim{{Fact: freight.FactPaper, At: r.when(p, where, "createdDateTime", d.Created), Value: freight.Value{Type: kind, Text: "received", Note: note, None: gone}}}
	} else {
		o.Claims = []freight.Claim{{Fact: freight.FactOther, Value: freight.Value{Type: "paper " + d.ID.String(), Text: note, None: gone}}}
	}
	r.Say(o)
}
