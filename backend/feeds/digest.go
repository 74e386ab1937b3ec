package feeds

import (
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// How much one run reads.
const (
	bodiesAtOnce = 512
	bytesAtOnce  = 16 << 20
)

// runKind begins the kind of every run of a feed: "feed.project44".
const runKind = "feed."

// digest draws observations from bodies that were stored and not read yet, a run at a time.
func (e *Engine) digest(ctx context.Context, a *account, res *SyncResult) error {
	for {
		bodies, err := e.opt.Store.BodiesWaiting(ctx, a.id, 0, bodiesAtOnce, bytesAtOnce)
		if err != nil || len(bodies) == 0 {
			return err
		}
		if err := e.filePapers(ctx, a, bodies); err != nil {
			return err
		}
		now := e.opt.Now().UTC()
		first, last := bodies[0].Seq, bodies[len(bodies)-1].Seq
		taken, err := e.opt.Poster.Take(ctx, a.batch(), e.records(ctx, a, &a.lists, bodies, time.Time{}), func(tx *store.Tx, run int64) error {
			if err := tx.BodiesRead(a.id, first, last, run); err != nil {
				return err
			}
			return tx.FeedNews(a.id, run, now)
		})
		taken.Duplicates += a.heard.stored(err == nil && taken.Quarantined == 0)
		if err != nil {
			a.lists = lists{} // they are read once more
			return err
		}
		res.add(taken)
		if taken.New > 0 {
			a.feed.NewsAt = now
			if err := e.opt.Store.Write(ctx, func(tx *store.Tx) error { return e.saveFeed(tx, a) }); err != nil {
				return err
			}
		}
	}
}

func (a *account) batch() Batch {
	return Batch{Name: a.source().String(), Kind: runKind + string(a.kind.Source), By: a.source().String()}
}

func (r *SyncResult) add(t Taken) {
	r.New += t.New
	r.Duplicates += t.Duplicates
	r.Quarantined += t.Quarantined
}

// records reads bodies one after the other. received is when their facts were learned; zero: when the bodies came.
func (e *Engine) records(ctx context.Context, a *account, in *lists, bodies []store.RawBody, received time.Time) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		n := 0
		for i := range bodies {
			b := &bodies[i]
			draw := newDrawing(a, b, e.askedAbout(ctx, b.Load), received)
			before := a.heard.about(b)
			list, err := e.listing(ctx, a, in, b)
			if err != nil {
				yield(freight.Record{}, err)
				return
			}
			for rec, err := range a.conn.Read(connect.Body{Media: b.Media, About: b.About, Bytes: b.Bytes, At: b.ReceivedAt}) {
				if err != nil {
					rec.Faults = append(rec.Faults, freight.Fault{Reason: sentence(err.Error()), Raw: head(b.Bytes)})
				}
				n++
				rec.N = n
				draw.finish(&rec)
				list.hear(&rec)
				if received.IsZero() {
					before.sift(&rec)
				}
				if !yield(rec, nil) {
					return
				}
				if err != nil {
					break
				}
			}
			if rec := list.end(a.kind.Title); len(rec.Observations) > 0 {
				n++
				rec.N = n
				draw.asked = nil // it is called as it was
				draw.finish(&rec)
				for i := range rec.Observations { // by its id it is known from now on
					list.note(&rec.Observations[i])
				}
				if !yield(rec, nil) {
					return
				}
			}
			b.Bytes = nil
		}
	}
}

// askedAbout is the number of the load that a body answers about, where it was asked for by the desk.
func (e *Engine) askedAbout(ctx context.Context, load int64) *freight.Reference {
	if load == 0 {
		return nil
	}
	l, err := e.opt.Store.Load(ctx, load)
	if err != nil || l.Provisional {
		return nil // then it is matched by what it says
	}
	return &freight.Reference{Type: freight.RefLoad, Value: l.Number, Note: "asked about it"}
}

// drawing is a body while observations are drawn from it.
type drawing struct {
	source   freight.Source
	body     *store.RawBody
	place    string             // of the body, which leads to its bytes
	asked    *freight.Reference // the load that had been asked about; nil for none
	received time.Time          // when it was learned
	names    []freight.Reference
	all      []freight.Reference // the same with the load that had been asked about
}

func newDrawing(a *account, b *store.RawBody, asked *freight.Reference, received time.Time) *drawing {
	if received.IsZero() {
		received = b.ReceivedAt
	}
	return &drawing{source: a.source(), body: b, place: "body " + hex.EncodeToString(b.Hash[:8]) + " (" + b.About + ")", asked: asked, received: received}
}

// finish adds what the engine knows of a record: its source, its place in the stored bytes, when it was learned, which load had been
// asked about, and its id where nothing can change that any more.
func (d *drawing) finish(rec *freight.Record) {
	for i := range rec.Observations {
		o := &rec.Observations[i]
		o.Source, o.Channel, o.ReceivedAt = d.source, freight.ByAPI, d.received
		if o.StatedAt.IsZero() {
			o.StatedAt = d.body.ReceivedAt
		}
		o.Raw.Where = strings.TrimSpace(d.place + " " + o.Raw.Where)
		if d.asked != nil && ofLoad(o) {
			o.Names = d.named(o.Names)
		}
		o.ID = freight.ObservationID{}
		if lasting(o) {
			o.ID = o.Identify()
		}
	}
	for i := range rec.Faults {
		f := &rec.Faults[i]
		f.Source = d.source
		f.Where = strings.TrimSpace(d.place + " " + f.Where)
	}
}

// lasting reports whether the id depends on nothing but what was said: not on when, as it does in rows of a state that is repeated.
func lasting(o *freight.Observation) bool { return !o.Snapshot && o.By == "" }

// named are numbers with that of the load that had been asked about. What one body says mostly shares them.
func (d *drawing) named(names []freight.Reference) []freight.Reference {
	if len(names) > 0 && len(names) == len(d.names) && &names[0] == &d.names[0] {
		return d.all
	}
	d.names, d.all = names, names
	if !slices.ContainsFunc(names, func(n freight.Reference) bool { return n.Type == d.asked.Type && n.Key() == d.asked.Key() }) {
		d.all = append(names[:len(names):len(names)], *d.asked)
	}
	return d.all
}

// ofLoad: what speaks of a carrier or a facility alone names no load.
func ofLoad(o *freight.Observation) bool {
	for i := range o.Claims {
		switch o.Claims[i].Subject.Kind {
		case freight.OfCarrier, freight.OfFacility, freight.OfSource:
			return len(o.Names) > 0
		}
	}
	return true
}

// head is the beginning of a body that could not be read, for quarantine; all of it is on file.
func head(b []byte) []byte { return b[:min(len(b), 64<<10)] }

// recover takes back runs of feeds that a kill cut off: their bodies are on file and are read again as a whole.
func (e *Engine) recover(ctx context.Context) error {
	e.recovered.Do(func() {
		pending, err := e.opt.Store.PendingRuns(ctx)
		if err != nil {
			e.recovery = err
			return
		}
		for i := range pending {
			run := &pending[i]
			if !strings.HasPrefix(run.Kind, runKind) {
				continue
			}
			for more := true; more && e.recovery == nil; {
				e.recovery = e.opt.Store.Write(ctx, func(tx *store.Tx) (err error) {
					more, err = tx.CancelRun(run, 1000)
					return err
				})
			}
		}
	})
	if e.recovery != nil {
		return fmt.Errorf("what a crash cut off cannot be taken back: %w", e.recovery)
	}
	return nil
}
