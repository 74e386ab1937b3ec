package ledger

import (
	"fmt"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// markGone claims that the live loads which the file's sources listed before, and list no longer, are gone; never one
// that is delivered, and never what a source says that is not in the file at all.
func (r *run) markGone(tx *store.Tx) error {
	for src, seen := range r.tmsSeen {
		listed, err := tx.Listed(src)
		if err != nil {
			return err
		}
		for _, load := range listed {
			if _, ok := seen[load]; ok {
				if err := r.unGone(tx, load, src); err != nil {
					return err
				}
				continue
			}
			if err := r.claimGone(tx, load, src, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) claimGone(tx *store.Tx, load, src int64, back bool) error {
	gone, done, err := tx.GoneOrDone(load)
	if err != nil || gone != back || (done && !back) {
		return err
	}
	o := freight.Observation{Source: tx.SourceByID(src), Channel: freight.ByFile, StatedAt: r.row.StatedAt, Raw: freight.Raw{Where: r.row.Name},
		Text: "no longer in the full export", Claims: []freight.Claim{{Fact: freight.FactGone, Value: freight.Value{Text: r.row.Name, None: back}}}}
	if back {
		o.Text = "listed again"
	} else {
		r.row.Gone++
	}
	o.EventID = fmt.Sprintf("run %s %d", r.row.Raw, load)
	r.l.receive(&o, r.row.ReceivedAt)
	body, err := store.EncodeObservation(&o)
	if err != nil {
		return err
	}
	if _, err := tx.Append(store.Entry{Obs: &o, Body: body, Load: load, Terms: "full export", Run: r.row.ID}); err != nil {
		return err
	}
	return r.m.touch(load)
}

func (r *run) unGone(tx *store.Tx, load, src int64) error { return r.claimGone(tx, load, src, true) }
