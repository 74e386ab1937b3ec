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
	Quiet      bool            // no line in the audit chain: it is no act of a person, and there are many
	Known      bool            // records bring the ids of what they tell, as Identify makes them, where nothing can change these any more
	Resume     *store.Run
	Seen       func(freight.ObservationID)         // is told every observation that the run stores or finds on file; may be nil
	Also       func(tx *store.Tx, run int64) error // runs in the transaction that makes the run visible; may be nil
}

// RunResult is what a run did.
type RunResult struct {
	store.Run
	Faults []freight.Fault // what went to quarantine, or waits there from an earlier file; the first mostFaults of them
}

// mostFaults is how many quarantined items a result names.
const mostFaults = 1000

// batchTime is how long one transaction of a run may take, so that a person's edit waits at most about this long.
const batchTime = 25 * time.Millisecond

// ErrCancelled says that a run was cancelled and left nothing.
var ErrCancelled = errors.New("cancelled; nothing of the file was kept")

// Import runs a file through: read and encoded on one thread, matched and appended on another, in batches that nobody
// sees; then made visible as a whole; then folded and projected. Cancelling ctx before the run is visible takes all of it
// back; after that it only stops the folding, which the next start (or any reader) catches up.
func (l *Ledger) Import(ctx context.Context, spec RunSpec, records iter.Seq2[freight.Record, error], progress func(freight.Progress)) (RunResult, error) {
	if progress == nil {
		progress = func(freight.Progress) {}
	}
	select {
	case l.running <- struct{}{}:
	case <-ctx.Done():
		return RunResult{}, ErrCancelled
	}
	defer moreRoom()()
	r, err := l.importRun(ctx, spec, records, progress)
	<-l.running
	if err != nil {
		return RunResult{}, err
	}
	if err := l.FoldDirty(ctx, progress); err != nil && ctx.Err() == nil {
		return RunResult{}, err
	}
	return RunResult{Run: *r.row, Faults: r.faults}, nil
}

// importRun stores a run and makes it visible, or takes it back.
func (l *Ledger) importRun(ctx context.Context, spec RunSpec, records iter.Seq2[freight.Record, error], progress func(freight.Progress)) (*run, error) {
	r, err := l.begin(ctx, spec)
	if err != nil {
		return nil, err
	}
	r.progress = progress
	if err := r.store(ctx, records); err != nil {
		return nil, l.giveUp(ctx, r, err)
	}
	if err := r.publish(ctx); err != nil {
		return nil, l.giveUp(ctx, r, err)
	}
	if err := l.partiesChanged(context.WithoutCancel(ctx), r.m.parties, r.received); err != nil {
		return nil, err
	}
	if err := l.learnClosing(context.WithoutCancel(ctx), r.m.closing, r.received); err != nil {
		return nil, err
	}
	return r, r.noteStill(context.WithoutCancel(ctx))
}

// noteStill notes until when sources said the same, once the run is visible: an export from before that, when it comes, is
// the older word.
func (r *run) noteStill(ctx context.Context) error {
	for part := range slices.Chunk(r.still, 2000) {
		err := r.l.store.Write(ctx, func(tx *store.Tx) error {
			for _, s := range part {
				if err := tx.StillSaid(s.load, s.source, s.row, s.stated); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// giveUp takes back what a run stored when a person cancelled it or the file could not be read to its end. A failing disk
// or a closing desk leaves the run as it is: the next start resumes it.
func (l *Ledger) giveUp(ctx context.Context, r *run, cause error) error {
	var unreadable *UnreadableError
	cancelled := errors.Is(cause, context.Canceled) && !errors.Is(context.Cause(ctx), ErrClosing)
	if !cancelled && !errors.As(cause, &unreadable) {
		return cause
	}
	if err := l.takeBack(context.WithoutCancel(ctx), r.row); err != nil {
		return errors.Join(cause, err)
	}
	if cancelled {
		return ErrCancelled
	}
	return cause
}

// takeBack removes all that a run stored, in short transactions.
func (l *Ledger) takeBack(ctx context.Context, row *store.Run) error {
	for more := true; more; {
		err := l.store.Write(ctx, func(tx *store.Tx) (err error) {
			more, err = tx.CancelRun(row, 1000)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepCancelled ends what a crash cut off: runs that were being taken back.
func (l *Ledger) sweepCancelled(ctx context.Context) error {
	runs, err := l.store.CancelledRuns(ctx)
	for i := range runs {
		err = errors.Join(err, l.takeBack(ctx, &runs[i]))
	}
	return err
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
	waiting   waiting
	encoded   []byte // bodies of observations; only who prepares writes here
	skip      int    // records stored before a crash
	received  time.Time
	stated    time.Time
	links     map[freight.ObservationID]match // messages on file without a load that the run finds one for
	still     []stillSaid
	opened    map[int64]struct{} // loads that the run opened since it began or was resumed
	confirmed map[int64]struct{}
	back      map[int64]int64 // loads that were gone and are listed again, and by which source
	lastBack  int64
	tmsSeen   map[int64]map[int64]struct{} // source -> loads it lists
	progress  func(freight.Progress)
	faults    []freight.Fault
}

// stillSaid is a row in which a source said the same again.
type stillSaid struct {
	load, source int64
	row          string
	stated       time.Time
}

func (l *Ledger) newRun(spec RunSpec) *run {
	return &run{l: l, spec: spec, row: spec.Resume, links: map[freight.ObservationID]match{}, opened: map[int64]struct{}{}, confirmed: map[int64]struct{}{}, back: map[int64]int64{}, tmsSeen: map[int64]map[int64]struct{}{}}
}

func (l *Ledger) begin(ctx context.Context, spec RunSpec) (*run, error) {
	r := l.newRun(spec)
	err := l.store.Write(ctx, func(tx *store.Tx) error {
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
		r.received, r.stated = r.row.ReceivedAt, r.row.StatedAt
	}
	return r, err
}

// publish makes the run visible as a whole; claims about vanished loads are part of it.
func (r *run) publish(ctx context.Context) error {
	return r.l.store.Write(ctx, func(tx *store.Tx) error {
		r.m.tx = tx
		if err := r.count(tx); err != nil {
			return err
		}
		for id, to := range r.links {
			if err := tx.LinkLoadless(id, to.load, r.received, to.terms); err != nil {
				return err
			}
		}
		if r.spec.Notes != nil {
			r.row.Notes = r.spec.Notes()
		}
		settle := r.markBack
		if r.spec.Full {
			settle = r.markGone
		}
		if err := settle(tx); err != nil {
			return err
		}
		if err := r.audit(tx); err != nil {
			return err
		}
		if err := r.file(); err != nil {
			return err
		}
		if r.spec.Also != nil {
			if err := r.spec.Also(tx, r.row.ID); err != nil {
				return err
			}
		}
		return tx.PublishRun(r.row, slices.Collect(maps.Keys(r.confirmed)))
	})
}

// audit writes the run's line into the chain of what people did.
func (r *run) audit(tx *store.Tx) error {
	if r.spec.Quiet {
		return nil
	}
	return tx.Audit(&store.Act{At: r.row.ReceivedAt, Who: r.spec.By, Act: "import", Subject: r.row.Name, Digest: sha256.Sum256([]byte(r.row.Raw)),
		Detail: fmt.Sprintf("%s, %d records, %d new facts, file %s", r.row.Kind, r.row.Records, r.row.Observations, r.row.Raw)})
}
