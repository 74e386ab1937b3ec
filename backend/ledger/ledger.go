// Package ledger is the one door in: every fact that reaches the desk is posted here, and only here.
//
// A small post (an edit, one message) is matched, appended, folded, evaluated, projected and announced in one
// transaction. An import run appends in short batches that nobody sees, becomes visible as a whole, and is then folded
// and projected in batches; see Run.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// Ledger posts observations into a store. Safe for concurrent use.
type Ledger struct {
	store    *store.Store
	resolver freight.Resolver
	config   timeline.Config // as shipped
	trust    *trustbook
	rules    *rulebook
	parties  *parties
	now      func() time.Time
	news     *Announcer
	folding  *sync.Mutex   // one folder of dirty loads at a time
	rowsOnly bool          // what was found when is not kept: the walk at the end tells
	shows    *atomic.Bool  // a person sees this desk: what it shows first is noted
	running  chan struct{} // one run at a time: none of them sees what another is storing
}

// New is a ledger over an open store. now is the desk's clock. The rules are those that the desk's settings say.
func New(st *store.Store, r freight.Resolver, cfg timeline.Config, now func() time.Time) *Ledger {
	return &Ledger{store: st, resolver: r, config: cfg, trust: &trustbook{}, rules: &rulebook{}, parties: &parties{}, now: now, news: newAnnouncer(), folding: &sync.Mutex{}, shows: &atomic.Bool{}, running: make(chan struct{}, 1)}
}

// News is where changes are announced, after their commit.
func (l *Ledger) News() *Announcer { return l.news }

// At is the same ledger with its clock standing at t: what is posted through it was received at t.
func (l *Ledger) At(t time.Time) *Ledger {
	if t.IsZero() {
		return l
	}
	other := *l
	other.now = func() time.Time { return t }
	return &other
}

// RowsOnly is the same ledger for a replay: it draws rows, by which later files are matched, and leaves findings over time
// to Walk at the end.
func (l *Ledger) RowsOnly() *Ledger {
	other := *l
	other.rowsOnly = true
	return &other
}

// Now is the desk's clock.
func (l *Ledger) Now() time.Time { return l.now() }

// Version names the code and tables that projections depend on; when it changes they are rebuilt.
func (l *Ledger) Version() string {
	return fmt.Sprintf("%s %s place/%s row/2 %s", timeline.Version, watch.Version, l.resolver.Version(), factsVersion)
}

// Posted is what became of a small post.
type Posted struct {
	IDs         []freight.ObservationID // of the fresh observations, in order
	Loads       []int64                 // touched
	Duplicates  int
	Quarantined []int64
}

// Post stores a few observations in one transaction. load is the load they speak of when the caller knows it (an edit on
// a screen); 0 means match. also runs in the same transaction (an intent, a line of the audit chain); it may be nil.
func (l *Ledger) Post(ctx context.Context, load int64, obs []freight.Observation, also func(*store.Tx, Posted) error) (Posted, error) {
	now := l.now().UTC()
	var out Posted
	if err := l.surroundings(ctx); err != nil {
		return out, err
	}
	var parties []string
	closing := ""
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		out = Posted{}
		m := newMatcher(tx, 0)
		defer func() { parties, closing = m.parties, m.closing }()
		var fresh []freight.Observation
		for i := range obs {
			o := obs[i]
			l.receive(&o, now)
			if err := actsLast(tx, load, &o); err != nil {
				return err
			}
			onLoad, err := l.postOne(m, load, &o, &out)
			if err != nil {
				return err
			}
			if onLoad {
				fresh = append(fresh, o)
			}
		}
		if m.linked {
			fresh = nil // what is on file counts, with its own times
		}
		if err := l.projectAll(tx, m.touchedLoads(), fresh, now); err != nil {
			return err
		}
		out.Loads = m.touchedLoads()
		if also != nil {
			return also(tx, out)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	l.announce(ctx, out.Loads)
	return out, errors.Join(l.partiesChanged(ctx, parties, now), l.learnClosing(ctx, closing, now))
}

// actsLast sets what a person states on a load behind everything on file of the same instant: who verifies a paper in the
// second in which it came, or verifies, rejects and verifies again, is taken in that order.
func actsLast(tx *store.Tx, load int64, o *freight.Observation) error {
	if load == 0 || o.By == "" {
		return nil
	}
	log, err := tx.Observations(load, 0)
	if err != nil {
		return err
	}
	last := o.StatedAt
	for i := range log {
		if at := log[i].StatedAt; !at.Before(last) && at.Sub(o.StatedAt) < time.Millisecond {
			last = at.Add(time.Nanosecond)
		}
	}
	if last != o.StatedAt {
		o.StatedAt = last
		o.ID = o.Identify()
	}
	return nil
}

// receive fills what the ledger owes an observation: when it was learned, when it was said, and its id.
func (l *Ledger) receive(o *freight.Observation, now time.Time) {
	l.date(o, now)
	o.ID = o.Identify()
}

// date fills when an observation was learned and when it was said.
func (l *Ledger) date(o *freight.Observation, now time.Time) {
	if o.ReceivedAt.IsZero() || o.ReceivedAt.After(now) { // what a desk has now it did not learn later
		o.ReceivedAt = now
	}
	if o.StatedAt.IsZero() {
		o.StatedAt = o.ReceivedAt
	}
}

// postOne stores one observation; onLoad says that a load has it now and had it not before.
func (l *Ledger) postOne(m *matcher, load int64, o *freight.Observation, out *Posted) (onLoad bool, err error) {
	found := match{load: load, terms: "by hand"}
	if load == 0 {
		if found, err = m.find(o); err != nil {
			return false, err
		}
	}
	if found.load != 0 {
		waits, linked, err := m.loadless(o)
		if err != nil {
			return false, err
		}
		if waits {
			out.Duplicates++
		}
		if linked {
			return false, nil
		}
		if waits {
			m.linked = true
			return true, errors.Join(m.tx.LinkLoadless(o.ID, found.load, o.ReceivedAt, found.terms), m.learn(found.load, o, found.fresh))
		}
	}
	body, err := store.EncodeObservation(o)
	if err != nil {
		return false, err
	}
	fresh, err := m.tx.Append(store.Entry{Obs: o, Body: body, Load: found.load, Terms: found.terms})
	if err != nil {
		return false, err
	}
	if !fresh {
		out.Duplicates++
		return false, nil
	}
	out.IDs = append(out.IDs, o.ID)
	if found.load == 0 {
		if found.party {
			m.parties = append(m.parties, partyOf(o))
			return false, nil
		}
		item := unmatchedItem(o, found, 0)
		if err := m.tx.Quarantine(&item); err != nil {
			return false, err
		}
		out.Quarantined = append(out.Quarantined, item.ID)
		return false, nil
	}
	return true, m.learn(found.load, o, found.fresh)
}

// unmatchedItem is the quarantine item of an observation that names no load.
func unmatchedItem(o *freight.Observation, found match, run int64) store.Item {
	return store.Item{Run: run, Source: o.Source, Where: o.Raw.Where, Offset: o.Raw.Offset, Reason: found.why, Raw: []byte(o.Text), Obs: o,
		Candidates: found.candidates, ReceivedAt: o.ReceivedAt}
}

// projectAll brings the projections of the loads up to date inside the transaction that changed them.
func (l *Ledger) projectAll(tx *store.Tx, loads []int64, fresh []freight.Observation, now time.Time) error {
	for _, load := range loads {
		became, err := tx.Became(load)
		if err != nil {
			return err
		}
		if became != load {
			if err := tx.Unproject(load); err != nil {
				return err
			}
			continue
		}
		j, err := l.judgedAfter(tx, load, len(loads) == 1, fresh, now)
		if err != nil {
			return err
		}
		known, err := tx.LoadByID(load)
		if err != nil {
			return err
		}
		p, err := l.projection(known, &j, now, func() ([]freight.Observation, error) { return tx.Observations(load, 0) })
		if err != nil {
			return err
		}
		if err := tx.Project(p); err != nil {
			return err
		}
		if err := tx.Meet(j.met, now); err != nil {
			return err
		}
	}
	return nil
}

// judgedAfter is the load with what was just appended. The log is read only where adding does not do: no state on file,
// something taken back, a join, a link, several loads touched at once.
func (l *Ledger) judgedAfter(tx *store.Tx, load int64, alone bool, fresh []freight.Observation, now time.Time) (judged, error) {
	on, err := tx.Walked([]int64{load})
	if err != nil {
		return judged{}, err
	}
	behind, err := tx.IsDirty(load)
	if err != nil {
		return judged{}, err
	}
	had := on[load]
	if alone && len(fresh) > 0 && had.State != nil && !behind {
		state, err := timeline.DecodeState(had.State)
		if err != nil {
			return judged{}, err
		}
		twins, err := l.twinsIn(tx, load, state)
		if err != nil {
			return judged{}, err
		}
		if j, ok := l.goOn(had.Course, state, fresh, twins, now); ok {
			return j.meeting(twins, had), nil
		}
	}
	log, err := tx.Observations(load, 0)
	if err != nil {
		return judged{}, err
	}
	twins, err := l.twinsIn(tx, load, timeline.Collect(log))
	if err != nil {
		return judged{}, err
	}
	j := l.walk(had.Course, log, twins, now)
	return j.meeting(twins, had), nil
}

// twinsIn are the load's twins, inside a transaction.
func (l *Ledger) twinsIn(tx *store.Tx, load int64, state timeline.State) ([]freight.Twin, error) {
	twins, err := twinsOf(within{tx}, map[int64][]string{load: sharedKeys(state)})
	return twins[load], err
}

func addAll(s timeline.State, fresh []freight.Observation) (timeline.State, bool) {
	for _, o := range fresh {
		var needsFold bool
		if s, needsFold = timeline.Add(s, o); needsFold {
			return s, false
		}
	}
	return s, true
}
