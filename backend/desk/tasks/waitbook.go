package tasks

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// entry is what a task is chosen and ordered by. The whole of it is read when it is listed.
type entry struct {
	load                         int64
	number, customer, owner, key string
	kind                         string
	level                        int
	began, due                   int64          // Unix nanoseconds
	whole                        *ledger.TaskOf // nil for one that must be read
}

func entryOf(t *ledger.TaskOf) *entry {
	return &entry{load: t.Load, number: t.Row.Load, customer: t.Row.Customer, owner: t.Row.Owner, key: t.Key, kind: t.Kind, level: t.Level.Rank(),
		began: t.BeganAt.UnixNano(), due: t.Due.UnixNano(), whole: t}
}

// read is the whole of the task as its load stands; nil when it waits no more.
func (e *entry) read(s *ledger.Standing) *ledger.TaskOf {
	if e.whole != nil {
		return e.whole
	}
	list := s.Course.Errands
	i := slices.IndexFunc(list, func(o freight.Errand) bool { return o.Key == e.key && o.EndedAt.IsZero() })
	if i < 0 {
		return nil
	}
	return &ledger.TaskOf{Load: e.load, Row: ledger.RowOf(s.Load, &s.Timeline, s.Verdict), Errand: list[i]}
}

// waitBook holds what waits now in memory, and how the calls of the last day ended, kept current by the ledger's
// announcements, so that a page of a long list is told at once. Entries are never written to once handed out.
type waitBook struct {
	store *store.Store
	news  *ledger.Announcer
	clock func() time.Time

	mu     sync.Mutex
	loaded time.Time // zero while nothing is read
	seq    int64
	open   map[int64][]entry
	ended  map[int64][]ending
	names  map[string]string // interned customers, owners and kinds
}

// ending is how one call ended.
type ending struct {
	began, ended int64 // Unix nanoseconds
	how          string
}

func newWaitBook(st *store.Store, news *ledger.Announcer, clock func() time.Time) *waitBook {
	return &waitBook{store: st, news: news, clock: clock, open: map[int64][]entry{}, ended: map[int64][]ending{}, names: map[string]string{}}
}

// tell hands out what waits but on some loads, counts all calls, and says when the last one on each of those
// loads ended.
func (b *waitBook) tell(ctx context.Context, but map[int64]bool, calls *tally) (list []*entry, last map[int64]time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.refresh(ctx); err != nil {
		return nil, nil, err
	}
	list = make([]*entry, 0, b.waiting())
	for load, waiting := range b.open {
		if but[load] {
			continue
		}
		for i := range waiting {
			list = append(list, &waiting[i])
			calls.add(waiting[i].kind, waiting[i].began, "")
		}
	}
	last = map[int64]time.Time{}
	for load, ends := range b.ended {
		for _, e := range ends {
			calls.add(watch.CheckCall, e.began, e.how)
			if len(but) > 0 && but[load] && time.Unix(0, e.ended).After(last[load]) {
				last[load] = time.Unix(0, e.ended)
			}
		}
	}
	return list, last, nil
}

func (b *waitBook) waiting() (n int) {
	for _, list := range b.open {
		n += len(list)
	}
	return n
}

// span is how far back the book knows how calls ended; it is read anew as often, so that it does not grow.
const span = usualHours * time.Hour

func (b *waitBook) refresh(ctx context.Context) error {
	now := b.clock()
	seq, loads, all := b.news.Since(b.seq)
	anew := all || b.loaded.IsZero() || now.Sub(b.loaded) > span
	if !anew && len(loads) == 0 {
		b.seq = seq
		return nil
	}
	if anew {
		seq, loads = b.news.Seq(), nil
		clear(b.open)
		clear(b.ended)
	}
	for _, load := range loads {
		delete(b.open, load)
		delete(b.ended, load)
	}
	was := b.loaded
	b.loaded = time.Time{} // until all is read
	if err := b.read(ctx, loads, now.Add(-2*span)); err != nil {
		return err
	}
	b.seq, b.loaded = seq, was
	if anew {
		b.loaded = now
	}
	return nil
}

func (b *waitBook) read(ctx context.Context, loads []int64, since time.Time) error {
	err := b.store.WaitLines(ctx, loads, func(l *store.WaitLine) error {
		e, err := b.entryOf(l)
		b.open[l.Load] = append(b.open[l.Load], e)
		return err
	})
	if err != nil {
		return err
	}
	return b.store.EndedLines(ctx, loads, since, func(e store.EndedLine) {
		if callKind(e.Kind) {
			b.ended[e.Load] = append(b.ended[e.Load], ending{e.Began.UnixNano(), e.Ended.UnixNano(), b.intern(e.How)})
		}
	})
}

// within and ofRow are what of a task's body and of its load's row a list is ordered and chosen by: keys as in freight.
type (
	within struct {
		Task struct {
			Level freight.Level `cbor:"3,keyasint"`
		} `cbor:"1,keyasint"`
	}
	ofRow struct {
		Owner string `cbor:"21,keyasint"`
	}
)

func (b *waitBook) entryOf(l *store.WaitLine) (entry, error) {
	var in within
	var row ofRow
	if err := cbor.Unmarshal(l.Body, &in); err != nil {
		return entry{}, err
	}
	if err := cbor.Unmarshal(l.Row, &row); err != nil {
		return entry{}, err
	}
	return entry{load: l.Load, number: l.Number, customer: b.intern(l.Customer), owner: b.intern(row.Owner), key: l.Key, kind: b.intern(l.Kind),
		level: in.Task.Level.Rank(), began: l.Began.UnixNano(), due: l.Due.UnixNano()}, nil
}

func (b *waitBook) intern(s string) string {
	if had, ok := b.names[s]; ok {
		return had
	}
	b.names[s] = s
	return s
}

// mostDue is how many loads a list judges itself because the clock has not come to them yet; with more it reads everything.
const mostDue = 200

// now is what waits at the desk's clock, with what was saved; ok is false where the book does not tell it.
func (a *Area) now(ctx context.Context, out *Tasks, now time.Time) (list []*entry, ok bool, err error) {
	due, err := a.desk.Store.Due(ctx, now, mostDue)
	if err != nil || len(due) == mostDue {
		return nil, false, err
	}
	anew := make(map[int64]bool, len(due))
	for _, load := range due {
		anew[load] = true
	}
	calls := out.Saved.tally()
	list, last, err := a.wait.tell(ctx, anew, calls)
	if err != nil {
		return nil, false, err
	}
	var fresh []ledger.TaskOf // covered since the clock last came to a load
	for _, load := range due {
		s, err := a.desk.Ledger.Standing(ctx, load, time.Time{}, now)
		if err != nil {
			return nil, false, err
		}
		row := ledger.RowOf(s.Load, &s.Timeline, s.Verdict)
		for _, e := range s.Course.Errands {
			t := ledger.TaskOf{Load: load, Row: row, Errand: e}
			switch {
			case e.EndedAt.IsZero():
				list = append(list, entryOf(&t))
			case e.EndedAt.After(last[load]):
				fresh = append(fresh, t)
			default:
				continue
			}
			calls.add(e.Kind, e.BeganAt.UnixNano(), e.Ended)
		}
	}
	out.Saved.take(calls)
	if calls.covered == 0 {
		return list, true, nil
	}
	return list, true, a.covered(ctx, out, fresh)
}

// covered names the latest calls that data covered: those on file, and those told since.
func (a *Area) covered(ctx context.Context, out *Tasks, fresh []ledger.TaskOf) error {
	onFile, err := a.desk.Store.LatestCovered(ctx, out.Saved.From, mostCovered)
	if err != nil {
		return err
	}
	loads := make([]int64, len(onFile))
	for i := range onFile {
		loads[i] = onFile[i].Load
	}
	lines, err := a.desk.Store.Lines(ctx, loads)
	for i := range onFile {
		fresh = append(fresh, ledger.TaskOf{Load: onFile[i].Load, Row: lines[onFile[i].Load].Row, Errand: onFile[i].Errand})
	}
	out.name(fresh)
	return err
}
