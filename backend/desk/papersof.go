package desk

import (
	"context"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// The stages of a document in the queue, as area papers tells them.
const (
	stageReading    = "reading"
	stageEyes       = "eyes"
	stageClean      = "clean"
	stageProblem    = "problem"
	stageFiled      = "filed"
	stageUnreadable = "unreadable"
)

// StageOf is where a document that was read stands in the queue. better says that its load has a verified paper of its kind:
// a refused one needs nothing more then.
func StageOf(d *store.Document, better bool) string {
	switch d.State {
	case "verified", "setAside":
		return stageFiled
	case "rejected":
		if better {
			return stageFiled
		}
		return stageProblem
	}
	switch {
	case d.Load != 0 && !d.DecidedAt.IsZero(), d.Type == "BLANK":
		return stageFiled
	case d.Verdict == "unreadable":
		return stageUnreadable
	case d.Verdict == "wrong_load", d.Load != 0 && d.Verdict == "exception":
		return stageProblem
	case d.Load == 0:
		return stageEyes
	case d.Verdict == "verified" && len(d.Alike) == 0:
		return stageClean
	case d.Verdict == "supporting", d.Verdict == "not_a_proof":
		return stageFiled
	}
	return stageEyes
}

// RefreshPapers makes the list of papers say of a load's papers what the load's own facts say: after something was taken back.
// Where what was taken back is a deed on papers, the whole deed is, with what it said to other loads.
func (d *Desk) RefreshPapers(ctx context.Context, load int64) error {
	log, err := d.Store.Observations(ctx, load, time.Time{})
	if err != nil {
		return err
	}
	gone := TakenBack(log)
	docs, err := d.Store.Documents(ctx, load, "", 1000)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for i := range docs {
		named[docs[i].ID] = true
	}
	known := map[freight.ObservationID]bool{}
	for i := range log {
		known[log[i].ID] = true
		for _, c := range log[i].Claims {
			if c.Fact == freight.FactDocument {
				named[c.Value.Text] = true
			}
		}
	}
	for id := range named {
		if err := d.followDeed(ctx, id, gone, known); err != nil {
			return err
		}
	}
	return d.Restage(ctx, load)
}

// followDeed takes the newest deed on a document back, or back again, when an observation that carries it was.
func (d *Desk) followDeed(ctx context.Context, document string, gone map[freight.ObservationID]bool, known map[freight.ObservationID]bool) error {
	deeds, err := d.Store.DeedsOf(ctx, document, 50)
	if err != nil {
		return err
	}
	for i := range deeds {
		deed := &deeds[i]
		if deed.Does == BatchDeed {
			continue // one of many was taken back: restage tells of it alone
		}
		undone := deed.Undone
		for _, text := range deed.Observations {
			if id, ok := freight.ParseObservationID(text); ok && known[id] && gone[id] != deed.Undone {
				undone = gone[id]
			}
		}
		if undone == deed.Undone {
			continue
		}
		if undone && slices.ContainsFunc(deeds[:i], func(o store.Deed) bool { return !o.Undone }) {
			continue // something was done with the paper since
		}
		return d.TurnDeed(ctx, deed, undone, d.Person(""), nil)
	}
	return nil
}

// Restage draws state and stage of a load's papers from its facts.
func (d *Desk) Restage(ctx context.Context, load int64) error {
	docs, err := d.Store.Documents(ctx, load, "", 1000)
	if err != nil || len(docs) == 0 {
		return err
	}
	view, err := d.Ledger.View(ctx, load, time.Time{}, d.Now())
	if err != nil {
		return err
	}
	links := map[string]freight.DocumentLink{}
	for _, l := range view.Timeline.Documents {
		links[l.Hash] = l
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		for i := range docs {
			doc := &docs[i]
			if doc.Stage == stageReading || doc.State == store.StateFiling {
				continue
			}
			if l, ok := links[doc.ID]; ok {
				doc.State, doc.Kind = l.State, l.Kind
			} else {
				doc.State, doc.Load, doc.DecidedAt, doc.By = "unmatched", 0, time.Time{}, ""
			}
			if l := links[doc.ID]; l.By == "" {
				doc.DecidedAt, doc.By = time.Time{}, ""
			}
			doc.Stage = StageOf(doc, view.Timeline.Papers[doc.Kind] == freight.PaperVerified)
			if err := tx.PutDocument(doc); err != nil {
				return err
			}
		}
		return nil
	})
}
