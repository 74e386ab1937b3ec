package desk

import (
	"context"
	"time"

	"tracedesk/backend/store"
)

// RefreshPapers makes the list of papers say of a load's papers what the load's own facts say: after something was taken back.
func (d *Desk) RefreshPapers(ctx context.Context, load int64) error {
	docs, err := d.Store.Documents(ctx, load, "", 1000)
	if err != nil || len(docs) == 0 {
		return err
	}
	view, err := d.Ledger.View(ctx, load, time.Time{}, d.Now())
	if err != nil {
		return err
	}
	state := map[string]string{}
	kind := map[string]string{}
	for _, l := range view.Timeline.Documents {
		state[l.Hash], kind[l.Hash] = l.State, l.Kind
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		for i := range docs {
			doc := &docs[i]
			if s, ok := state[doc.Hash]; ok {
				doc.State, doc.Kind = s, kind[doc.Hash]
			} else {
				doc.State, doc.Load = "unmatched", 0
			}
			if err := tx.PutDocument(doc); err != nil {
				return err
			}
		}
		return nil
	})
}
