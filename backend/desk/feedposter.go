package desk

import (
	"context"
	"iter"

	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// FeedPoster is the ledger as feeds post through it.
func (d *Desk) FeedPoster() feeds.Poster { return feedPoster{d} }

type feedPoster struct{ d *Desk }

// Take imports the records as one run.
func (p feedPoster) Take(ctx context.Context, b feeds.Batch, records iter.Seq2[freight.Record, error], also func(*store.Tx, int64) error) (feeds.Taken, error) {
	spec := ledger.RunSpec{Name: b.Name, Kind: freight.FileKind(b.Kind), Options: "{}", By: b.By, Quiet: true, Known: true, Also: also, Layout: b.Layout, Seen: b.Seen}
	run, err := p.d.Ledger.Import(ctx, spec, records, nil)
	return feeds.Taken{Run: run.ID, New: run.Observations, Duplicates: run.Duplicates, Quarantined: run.Quarantined}, err
}

// Post stores observations on a load.
func (p feedPoster) Post(ctx context.Context, load int64, obs []freight.Observation) error {
	_, err := p.d.Ledger.Post(ctx, load, obs, nil)
	return err
}

// Known is the load as folded now.
func (p feedPoster) Known(ctx context.Context, load int64) (freight.Timeline, error) {
	return p.d.Ledger.Known(ctx, load)
}

// Announce tells the screens that sources or errands changed.
func (p feedPoster) Announce() { p.d.Ledger.News().Announce(nil) }
