package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// RunSpec says what an import run reads and how.
type RunSpec struct {
	Name, Path string
	Kind       freight.FileKind
	Raw        string          // content hash of the stored file
	Options    string          // how it was read, for resuming and replaying: the caller's business
	StatedAt   time.Time       // the export's file time; zero when unknown
	Layout     string          // names the set of columns: a source takes a value away only within one layout
	Full       bool            // the file lists everything: what its source no longer lists is gone
	By         string          // the person, for the audit chain
	Notes      func() []string // what the reader has to say once it is through; may be nil
	Resume     *store.Run
}

// RunResult is what a run did.
type RunResult struct {
	store.Run
}

// batchTime is how long one transaction of a run may take, so that a person's edit waits at most about this long.
const batchTime = 40 * time.Millisecond

// ErrCancelled says that a run was cancelled and left nothing.
var ErrCancelled = errors.New("cancelled; nothing of the file was kept")

// Import runs a file through: read and encoded on one thread, matched and appended on another, in batches that nobody
// sees; then made visible as a whole; then folded and projected. Cancelling ctx before the run is visible takes all of it
// back; after that it only stops the folding, which the next start (or any reader) catches up.
func (l *Ledger) Import(ctx context.Context, spec RunSpec, records iter.Seq2[freight.Record, error], progress func(freight.Progress)) (RunResult, error) {
	r, err := l.begin(ctx, spec)
	if err != nil {
		return RunResult{}, err
	}
	if progress == nil {
		progress = func(freight.Progress) {}
	}
	r.progress = progress
	if err := r.store(ctx, records); err != nil {
		return RunResult{}, l.giveUp(ctx, r, err)
	}
	if err := r.publish(ctx); err != nil {
		return RunResult{}, l.giveUp(ctx, r, err)
	}
	if err := l.FoldDirty(ctx, progress); err != nil && ctx.Err() == nil {
		return RunResult{}, err
	}
	return RunResult{Run: *r.row}, nil
}

// giveUp takes back what a run stored when a person cancelled it or the file could not be read to its end. A failing disk
// or a closing desk leaves the run as it is: the next start resumes it.
func (l *Ledger) giveUp(ctx context.Context, r *run, cause error) error {
	var unreadable *UnreadableError
	cancelled := errors.Is(cause, context.Canceled) && !errors.Is(context.Cause(ctx), ErrClosing)
	if !cancelled && !errors.As(cause, &unreadable) {
		return cause
	}
	for more := true; more; {
		err := l.store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) (err error) {
			more, err = tx.CancelRun(r.row, 2000)
			return err
		})
		if err != nil {
			return errors.Join(cause, err)
		}
	}
	if cancelled {
		return ErrCancelled
	}
	return cause
}

// ErrClosing is the cause of a context that ends because the desk closes: runs are left for the next start.
var ErrClosing = errors.New("the desk is closing")

// UnreadableError says that a file ended in an error of reading, not of a record.
type UnreadableError struct{ Cause error }

func (e *UnreadableError) Error() string {
	return "the file cannot be read to its end: " + e.Cause.Error()
}
func (e *UnreadableError) Unwrap() error { return e.Cause }

// run is one import in progress.
type run struct {
	l         *Ledger
	row       *store.Run
	spec      RunSpec
	m         *matcher
	skip      int // records stored before a crash
	updated   map[int64]struct{}
	confirmed map[int64]struct{}
	tmsSeen   map[int64]map[int64]struct{} // source -> loads it lists
	unmatched bool                         // quarantine held read but unmatched items when the run began
	progress  func(freight.Progress)
}

func (l *Ledger) newRun(spec RunSpec) *run {
	return &run{l: l, spec: spec, row: spec.Resume, updated: map[int64]struct{}{}, confirmed: map[int64]struct{}{}, tmsSeen: map[int64]map[int64]struct{}{}}
}

func (l *Ledger) begin(ctx context.Context, spec RunSpec) (*run, error) {
	r := l.newRun(spec)
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.OpenQuarantine(true)
		if err != nil {
			return err
		}
		r.unmatched = n > 0
		if r.row != nil {
			r.skip = r.row.Done
			return nil
		}
		now := l.now().UTC()
		r.row = &store.Run{Name: spec.Name, Path: spec.Path, Kind: string(spec.Kind), Raw: spec.Raw, Options: spec.Options, ReceivedAt: now, StatedAt: spec.StatedAt}
		if r.row.StatedAt.IsZero() || r.row.StatedAt.After(now) {
			r.row.StatedAt = now
		}
		return tx.BeginRun(r.row)
	})
	if err == nil {
		r.m = newMatcher(nil, r.row.ID)
	}
	return r, err
}

// prepared is a record made ready off the writer's thread: received, identified, digested and encoded.
type prepared struct {
	rec    freight.Record
	bodies [][]byte
	said   [][]byte
	err    error
}

// prepareAhead is how many chunks may wait for the writer, and chunkSize how many records are in one: memory stays flat at
// any size of file.
const (
	prepareAhead = 8
	chunkSize    = 256
)

func (r *run) prepare(ctx context.Context, records iter.Seq2[freight.Record, error]) <-chan []prepared {
	out := make(chan []prepared, prepareAhead)
	go func() {
		defer close(out)
		chunk := make([]prepared, 0, chunkSize)
		send := func() bool {
			select {
			case out <- chunk:
				chunk = make([]prepared, 0, chunkSize)
				return true
			case <-ctx.Done():
				return false
			}
		}
		for rec, err := range records {
			if err != nil {
				chunk = append(chunk, prepared{err: &UnreadableError{err}})
				send()
				return
			}
			chunk = append(chunk, r.prepareOne(rec))
			if len(chunk) == chunkSize && !send() {
				return
			}
		}
		send()
	}()
	return out
}

func (r *run) prepareOne(rec freight.Record) prepared {
	p := prepared{rec: rec, bodies: make([][]byte, len(rec.Observations)), said: make([][]byte, len(rec.Observations))}
	for i := range rec.Observations {
		o := &rec.Observations[i]
		if o.StatedAt.IsZero() && o.Snapshot {
			o.StatedAt = r.row.StatedAt
		}
		r.l.receive(o, r.row.ReceivedAt)
		if o.Snapshot {
			p.said[i] = digest(o.Claims)
		}
		if p.bodies[i], p.err = store.EncodeObservation(o); p.err != nil {
			return p
		}
	}
	return p
}

// store appends everything in short transactions.
func (r *run) store(ctx context.Context, records iter.Seq2[freight.Record, error]) error {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	chunks := r.prepare(inner, records)
	var pending []prepared
	for {
		if len(pending) == 0 {
			var ok bool
			if pending, ok = <-chunks; !ok {
				return ctx.Err()
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		n := 0
		before := *r.row
		err := r.l.store.Write(ctx, func(tx *store.Tx) (err error) {
			n, err = r.storeBatch(tx, pending, chunks)
			if err != nil {
				return err
			}
			return tx.SaveRun(r.row)
		})
		if err != nil {
			*r.row = before
			return err
		}
		pending = pending[n:]
		r.progress(freight.Progress{Stage: "storing", Records: r.row.Records})
	}
}

// storeBatch stores records until the batch's time is up. It says how many of pending it took.
func (r *run) storeBatch(tx *store.Tx, pending []prepared, more <-chan []prepared) (int, error) {
	r.m.tx = tx
	began := time.Now()
	for i := range pending {
		p := &pending[i]
		if p.err != nil {
			return 0, p.err
		}
		if err := r.storeRecord(tx, p); err != nil {
			return 0, fmt.Errorf("record %d: %w", p.rec.N, err)
		}
		*p = prepared{} // let it go: a run must not hold a file
		if i%16 == 15 && time.Since(began) > batchTime {
			return i + 1, nil
		}
	}
	return len(pending), nil
}

func (r *run) storeRecord(tx *store.Tx, p *prepared) error {
	stored := p.rec.N <= r.skip
	for i := range p.rec.Observations {
		if err := r.storeObservation(tx, &p.rec.Observations[i], p.bodies[i], p.said[i], stored); err != nil {
			return err
		}
	}
	if stored {
		return nil
	}
	for i := range p.rec.Faults {
		f := &p.rec.Faults[i]
		it := store.Item{Run: r.row.ID, Source: f.Source, Where: f.Where, Offset: f.Offset, Reason: f.Reason, Raw: f.Raw, ReceivedAt: r.row.ReceivedAt}
		if err := tx.Quarantine(&it); err != nil {
			return err
		}
		r.row.Quarantined++
	}
	r.row.Records++
	r.row.Done = p.rec.N
	return nil
}

func (r *run) storeObservation(tx *store.Tx, o *freight.Observation, body, said []byte, stored bool) error {
	found, err := r.m.find(o)
	if err != nil {
		return err
	}
	if o.Snapshot && found.load != 0 {
		if err := r.see(tx, o, found.load); err != nil {
			return err
		}
	}
	if stored {
		return nil
	}
	if o.Snapshot && found.load != 0 && !found.fresh {
		if body, err = r.onlyChanges(tx, o, found.load, body, said); err != nil || body == nil {
			return err
		}
	} else if o.Snapshot && found.load != 0 {
		if err := r.remember(tx, o, found.load, said); err != nil {
			return err
		}
	}
	return r.append(tx, o, body, found)
}

// see notes that the source listed the load: contact, though not news.
func (r *run) see(tx *store.Tx, o *freight.Observation, load int64) error {
	r.confirmed[load] = struct{}{}
	src, err := tx.Source(o.Source)
	if err != nil {
		return err
	}
	if r.tmsSeen[src] == nil {
		r.tmsSeen[src] = map[int64]struct{}{}
	}
	r.tmsSeen[src][load] = struct{}{}
	return nil
}

func (r *run) rowKey(o *freight.Observation) string { return r.spec.Layout + o.SnapshotKey }

func (r *run) remember(tx *store.Tx, o *freight.Observation, load int64, said []byte) error {
	src, err := tx.Source(o.Source)
	if err != nil {
		return err
	}
	return tx.SetSaid(load, src, r.rowKey(o), r.row.ID, o.StatedAt, said)
}

// onlyChanges cuts a repeated row down to what its source has not said before; nil when there is nothing. An older export
// that comes late is kept whole: the fold knows which word is the later one.
func (r *run) onlyChanges(tx *store.Tx, o *freight.Observation, load int64, body, said []byte) ([]byte, error) {
	src, err := tx.Source(o.Source)
	if err != nil {
		return nil, err
	}
	stated, before, err := tx.Said(load, src, r.rowKey(o), r.row.ID)
	if err != nil {
		return nil, err
	}
	if before != nil && string(before) == string(said) {
		r.row.Duplicates++
		return nil, nil
	}
	if before != nil && o.StatedAt.Before(stated) {
		return body, nil
	}
	if err := r.remember(tx, o, load, said); err != nil || before == nil {
		return body, err
	}
	news, gone := changed(o.Claims, said, before)
	none, err := takenAway(tx, load, r.row.ID, o.Source, gone)
	if err != nil {
		return nil, err
	}
	o.Claims = append(news[:len(news):len(news)], none...)
	if len(o.Claims) == 0 { // the same claims in another order
		r.row.Duplicates++
		return nil, nil
	}
	o.ID = o.Identify()
	return store.EncodeObservation(o)
}

func (r *run) append(tx *store.Tx, o *freight.Observation, body []byte, found match) error {
	if r.unmatched && found.load != 0 {
		if done, err := r.linkQuarantined(tx, o, found); done || err != nil {
			return err
		}
	}
	fresh, err := tx.Append(store.Entry{Obs: o, Body: body, Load: found.load, Terms: found.terms, Run: r.row.ID})
	if err != nil {
		return err
	}
	if !fresh {
		r.row.Duplicates++
		return nil
	}
	r.row.Observations++
	if found.load == 0 {
		if found.party {
			return nil
		}
		it := unmatchedItem(o, found, r.row.ID)
		r.row.Quarantined++
		r.unmatched = true
		return tx.Quarantine(&it)
	}
	return r.took(o, found)
}

func (r *run) took(o *freight.Observation, found match) error {
	if found.fresh {
		r.row.New++
	} else if _, ours := r.m.opened[found.load]; !ours {
		r.updated[found.load] = struct{}{}
	}
	return r.m.took(found.load, o, found.fresh)
}

// linkQuarantined: the same message lies in quarantine since it named no load then; now it does. It is linked, not stored twice.
func (r *run) linkQuarantined(tx *store.Tx, o *freight.Observation, found match) (bool, error) {
	err := tx.LinkTo(0, o.ID, found.load, r.row.ReceivedAt, found.terms, "match")
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.row.Duplicates++
	if err := tx.SettleMatched(o.ID, r.row.ReceivedAt); err != nil {
		return false, err
	}
	return true, r.took(o, found)
}

// publish makes the run visible as a whole; claims about vanished loads are part of it.
func (r *run) publish(ctx context.Context) error {
	return r.l.store.Write(ctx, func(tx *store.Tx) error {
		r.m.tx = tx
		r.row.Updated = len(r.updated)
		if r.spec.Notes != nil {
			r.row.Notes = r.spec.Notes()
		}
		if r.spec.Full {
			if err := r.markGone(tx); err != nil {
				return err
			}
		}
		act := store.Act{At: r.row.ReceivedAt, Who: r.spec.By, Act: "import", Subject: r.row.Name, Digest: sha256.Sum256([]byte(r.row.Raw)),
			Detail: fmt.Sprintf("%s, %d records, %d new facts, file %s", r.row.Kind, r.row.Records, r.row.Observations, r.row.Raw)}
		if err := tx.Audit(&act); err != nil {
			return err
		}
		return tx.PublishRun(r.row, slices.Collect(maps.Keys(r.confirmed)))
	})
}

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
