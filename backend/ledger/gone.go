package ledger

import (
	"fmt"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// markGone claims that the live loads which the file's sources listed before, and list no longer, are gone; never one
// that is delivered, never one that a later export listed, and never what a source says that is not in the file at all.
func (r *run) markGone(tx *store.Tx) error {
	later, err := tx.ListedSince(r.row.StatedAt)
	if err != nil {
		return err
	}
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
			if _, ok := later[load]; ok {
				continue
			}
			if err := r.claimGone(tx, load, src, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// markBack claims that loads which an earlier full export had dropped are listed again; any export can say that.
func (r *run) markBack(tx *store.Tx) error {
	for load, src := range r.back {
		if err := r.unGone(tx, load, src); err != nil {
			return err
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
	}
	o.EventID = fmt.Sprintf("run %s %d %d", r.row.Raw, load, r.row.StatedAt.Unix())
	r.l.receive(&o, r.row.ReceivedAt)
	body, err := store.EncodeObservation(&o)
	if err != nil {
		return err
	}
	fresh, err := tx.Append(store.Entry{Obs: &o, Body: body, Load: load, Terms: "full export", Run: r.row.ID})
	if err != nil || !fresh {
		return err
	}
	if !back {
		r.row.Gone++
	}
	return r.m.touch(load)
}

func (r *run) unGone(tx *store.Tx, load, src int64) error { return r.claimGone(tx, load, src, true) }
