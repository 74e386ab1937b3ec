package feeds

import (
	"context"
	"encoding/hex"
	"iter"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// After a mapping was mended, what is kept of an account's bodies is read anew: then what is on file of them is what a first reading would
// have given. What only the earlier mapping drew from them is taken back, what it had displaced stands again. Nothing is lost: the log
// only grows, and the earlier mapping, read anew, brings back what was.

const (
	// anew sets the rows of a reading apart from those that were said before, until they take their place.
	anew = "anew/"
	// readAnew begins the event id of what takes back or brings back.
	readAnew = "read anew "
)

// reading is one reading anew.
type reading struct {
	a      *account
	at     time.Time
	seen   map[freight.ObservationID]struct{} // what it drew
	faults map[string]struct{}                // what it could not read: place and reason
	bodies map[string]struct{}                // from what, as places name them
	res    *SyncResult
}

// Replay reads the bodies of an account anew that were received since an instant and are kept. Nothing is asked of the source; what is
// read now for the first time was learned now. Done twice it changes nothing more.
func (e *Engine) Replay(ctx context.Context, name string, since time.Time, progress func(Progress)) (SyncResult, error) {
	f, err := e.feed(ctx, name)
	if err != nil {
		return SyncResult{}, err
	}
	a, err := e.open(f)
	if err != nil {
		return SyncResult{}, err
	}
	if err := a.take(ctx); err != nil {
		return SyncResult{}, err
	}
	defer a.leave()
	if err := e.recover(ctx); err != nil {
		return SyncResult{}, err
	}
	res := SyncResult{Name: f.Name, Kind: f.Kind}
	if err := e.digest(ctx, a, &res); err != nil { // what waits is read first, so that it is compared like the rest
		return res, err
	}
	defer e.show(a, "", 0, 0)
	r := reading{a: a, at: e.opt.Now().UTC(), seen: map[freight.ObservationID]struct{}{}, faults: map[string]struct{}{}, bodies: map[string]struct{}{}, res: &res}
	if err := e.opt.Store.DropSaid(ctx, a.source(), anew); err != nil { // of a reading that was cut off
		return res, err
	}
	if err := e.readAnew(ctx, &r, since, progress); err != nil {
		return res, err
	}
	if err := e.opt.Store.SaidInstead(ctx, a.source(), anew); err != nil {
		return res, err
	}
	if err := e.compare(ctx, &r); err != nil {
		return res, err
	}
	return res, e.mended(ctx, &r)
}

// readAnew draws all that there is from the kept bodies.
func (e *Engine) readAnew(ctx context.Context, r *reading, since time.Time, progress func(Progress)) error {
	total, err := e.opt.Store.CountBodies(ctx, r.a.id, since)
	if err != nil {
		return err
	}
	e.show(r.a, "reading again", 0, total)
	batch := r.a.batch()
	in := &lists{anew: true}
	batch.Layout, batch.Seen = anew, func(id freight.ObservationID) { r.seen[id] = struct{}{} }
	for after := int64(0); ; {
		bodies, err := e.opt.Store.BodiesSince(ctx, r.a.id, after, since, bodiesAtOnce, bytesAtOnce)
		if err != nil || len(bodies) == 0 {
			return err
		}
		after = bodies[len(bodies)-1].Seq
		r.res.Pulled += len(bodies)
		for i := range bodies {
			r.bodies[placeOf(&bodies[i])] = struct{}{}
		}
		taken, err := e.opt.Poster.Take(ctx, batch, r.noting(e.records(ctx, r.a, in, bodies, r.at)), nil)
		if err != nil {
			return err
		}
		r.res.add(taken)
		if p := e.show(r.a, "reading again", len(bodies), total); progress != nil {
			progress(p)
		}
	}
}

// noting notes what could not be read.
func (r *reading) noting(records iter.Seq2[freight.Record, error]) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		for rec, err := range records {
			for _, f := range rec.Faults {
				r.faults[f.Where+"\n"+f.Reason] = struct{}{}
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// mended settles what waits in quarantine from these bodies and is read now.
func (e *Engine) mended(ctx context.Context, r *reading) error {
	items, err := e.opt.Store.Quarantined(ctx, "open", time.Time{}, mostOpen)
	if err != nil {
		return err
	}
	return e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		for i := range items {
			it := &items[i]
			place, _, _ := strings.Cut(it.Where, " (")
			if _, ok := r.bodies[place]; !ok || it.Source != r.a.source() {
				continue
			}
			_, still := r.faults[it.Where+"\n"+it.Reason]
			if it.Obs != nil {
				_, still = r.seen[it.Obs.ID]
			}
			if still {
				continue
			}
			if err := tx.Settle(it.ID, "fixed", r.at, "read anew"); err != nil {
				return err
			}
		}
		return nil
	})
}

// placeOf begins the place of everything that is drawn from a body.
func placeOf(b *store.RawBody) string { return "body " + hex.EncodeToString(b.Hash[:8]) }

// fromThese reports whether an observation was drawn from one of the bodies that were read.
func (r *reading) fromThese(o *freight.Observation) bool {
	place, _, _ := strings.Cut(o.Raw.Where, " (")
	_, ok := r.bodies[place]
	return ok && o.Source == r.a.source()
}

// compare takes back what the reading no longer gives, load by load, and brings back what an earlier one took back and this one gives.
func (e *Engine) compare(ctx context.Context, r *reading) error {
	loads, err := e.opt.Store.LoadsOf(ctx, r.a.source())
	if err != nil {
		return err
	}
	e.show(r.a, "comparing", 0, len(loads))
	for _, load := range loads {
		log, err := e.opt.Store.Observations(ctx, load, time.Time{})
		if err != nil {
			return err
		}
		turns := r.turns(log)
		if len(turns) > 0 {
			if err := e.opt.Poster.Post(ctx, load, turns); err != nil {
				return err
			}
		}
		for i := range turns {
			if strings.HasSuffix(turns[i].EventID, gone) {
				r.res.Back++
			}
		}
		e.show(r.a, "comparing", 1, len(loads))
	}
	return nil
}

// The ends of an event id, by what it does.
const (
	gone   = " gone"
	stands = " stands"
)

// turns are what has to be said of a load's log, so that it holds what this reading gives.
func (r *reading) turns(log []freight.Observation) (out []freight.Observation) {
	// The log is longer each time, so that no turn is taken for an earlier one.
	turn := func(id freight.ObservationID, end, says string) {
		out = append(out, freight.Observation{Source: r.a.source(), Channel: freight.ByAPI, StatedAt: r.at, ReceivedAt: r.at,
			EventID: readAnew + r.at.Format(time.RFC3339Nano) + " " + strconv.Itoa(len(log)) + end, Retracts: id, Text: says})
	}
	b := backOf(log)
	these := map[freight.ObservationID]bool{}
	for i := range log {
		these[log[i].ID] = r.fromThese(&log[i])
	}
	for i := range log {
		o := &log[i]
		if !these[o.ID] || !o.Retracts.IsZero() && !these[o.Retracts] {
			continue
		}
		if _, given := r.seen[o.ID]; !given {
			if _, target := r.seen[o.Retracts]; b.stands(o.ID) && (o.Retracts.IsZero() || target) { // else it holds down what is not given either
				turn(o.ID, gone, "read anew: as its codes are read now, it does not say so")
			}
			continue
		}
		for _, by := range b.takers[o.ID] {
			if by.Source == r.a.source() && strings.HasPrefix(by.EventID, readAnew) && b.stands(by.ID) {
				turn(by.ID, stands, "read anew: as its codes are read now, it says so")
			}
		}
	}
	return out
}

// takenBack is who takes back what in a log.
type takenBack struct {
	takers map[freight.ObservationID][]*freight.Observation
}

func backOf(log []freight.Observation) takenBack {
	b := takenBack{map[freight.ObservationID][]*freight.Observation{}}
	for i := range log {
		if o := &log[i]; !o.Retracts.IsZero() {
			b.takers[o.Retracts] = append(b.takers[o.Retracts], o)
		}
	}
	return b
}

// stands reports whether nothing that stands takes it back. Circles cannot be: who takes something back names it by what it says.
func (b takenBack) stands(id freight.ObservationID) bool {
	for _, by := range b.takers[id] {
		if b.stands(by.ID) {
			return false
		}
	}
	return true
}
