package exceptions

import (
	"cmp"
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

// entry is what an exception is chosen, counted and ordered by. The whole of it stays in the store until it is listed.
type entry struct {
	load                      int64
	id, number                string
	customer, owner, kind     string
	also                      []string
	level, severity           int
	due                       int64 // Unix nanoseconds
	resolved                  bool
	snoozed, climbed, lacking bool
	whole                     *ledger.OfLoad // nil for one that must be read
}

// entryOf is an exception that was read as a whole.
func entryOf(x *ledger.OfLoad) *entry {
	return &entry{load: x.Load, id: x.ID, number: x.Row.Load, customer: x.Row.Customer, owner: x.Owner, kind: x.Kind, also: x.Also, level: x.Level.Rank(),
		severity: x.Severity.Rank(), due: nanos(x.Next.Due), resolved: !x.Open(), snoozed: !x.SnoozedUntil.IsZero(), climbed: x.Escalated != "",
		lacking: x.Open() && watch.CheckResolve(&x.Exception) != nil, whole: x}
}

func nanos(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case t.Year() >= 9999:
		return 1<<63 - 1
	}
	return t.UnixNano()
}

// openBook holds the open exceptions as they stand now in memory, kept current by the ledger's announcements, so that a page
// of a long list is told at once. Entries are never written to once handed out.
type openBook struct {
	store *store.Store
	news  *ledger.Announcer

	mu     sync.Mutex
	loaded bool
	seq    int64
	byLoad map[int64][]entry
	names  map[string]string // interned customers, owners and kinds
}

func newOpenBook(st *store.Store, news *ledger.Announcer) *openBook {
	return &openBook{store: st, news: news, byLoad: map[int64][]entry{}, names: map[string]string{}}
}

// entries are all open exceptions but those of some loads, and the number of the announcement they stand at.
func (b *openBook) entries(ctx context.Context, but map[int64]bool) ([]*entry, int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.refresh(ctx); err != nil {
		return nil, b.seq, err
	}
	n := 0
	for _, list := range b.byLoad {
		n += len(list)
	}
	out := make([]*entry, 0, n)
	for load, list := range b.byLoad {
		for i := range list {
			if !but[load] {
				out = append(out, &list[i])
			}
		}
	}
	return out, b.seq, nil
}

func (b *openBook) refresh(ctx context.Context) error {
	seq, loads, all := b.news.Since(b.seq)
	if b.loaded && !all && len(loads) == 0 {
		b.seq = seq
		return nil
	}
	if all || !b.loaded {
		loads = nil
		seq = b.news.Seq()
		clear(b.byLoad)
	}
	for _, load := range loads {
		delete(b.byLoad, load)
	}
	err := b.store.OpenLines(ctx, loads, func(l *store.OpenLine) error {
		e, err := b.entryOf(l)
		b.byLoad[l.Load] = append(b.byLoad[l.Load], e)
		return err
	})
	b.loaded = err == nil
	if err == nil {
		b.seq = seq
	}
	return err
}

// within is what of an exception's body a list is counted by.
type within struct {
	Also             []string
	SnoozedUntil     time.Time
	Escalated        string
	State            string
	NeedsCause       bool
	CauseType, Cause string
	Party            string
	Proof            []string
}

func (b *openBook) entryOf(l *store.OpenLine) (entry, error) {
	var in within
	if err := cbor.Unmarshal(l.Body, &in); err != nil {
		return entry{}, err
	}
	x := watch.Exception{State: in.State, NeedsCause: in.NeedsCause, CauseType: in.CauseType, Cause: in.Cause, Party: in.Party, Proof: in.Proof}
	return entry{load: l.Load, id: l.ID, number: l.Number, customer: b.intern(l.Customer), owner: b.intern(l.Owner), kind: b.intern(l.Kind), also: in.Also,
		level: l.Level, severity: l.Severity, due: nanos(l.Due), snoozed: !in.SnoozedUntil.IsZero(), climbed: in.Escalated != "",
		lacking: watch.CheckResolve(&x) != nil}, nil
}

func (b *openBook) intern(s string) string {
	if had, ok := b.names[s]; ok {
		return had
	}
	b.names[s] = s
	return s
}

// mostDue is how many loads a list judges itself because the clock has not come to them yet; with more it reads everything.
const mostDue = 200

// now are the open exceptions at the desk's clock; ok is false where the book does not tell them.
func (a *Area) now(ctx context.Context, now time.Time) (list []*entry, seq int64, ok bool, err error) {
	due, err := a.desk.Store.Due(ctx, now, mostDue)
	if err != nil || len(due) == mostDue {
		return nil, 0, false, err
	}
	anew := make(map[int64]bool, len(due))
	for _, load := range due {
		anew[load] = true
	}
	list, seq, err = a.open.entries(ctx, anew)
	for _, load := range due {
		if err != nil {
			return nil, 0, false, err
		}
		var s ledger.Standing
		if s, err = a.desk.Ledger.Standing(ctx, load, time.Time{}, now); err != nil {
			continue
		}
		row := ledger.RowOf(s.Load, &s.Timeline, s.Verdict)
		for i := range s.Exceptions {
			if s.Exceptions[i].Open() {
				list = append(list, entryOf(&ledger.OfLoad{Load: load, Row: row, Exception: s.Exceptions[i]}))
			}
		}
	}
	return list, seq, err == nil, err
}

// fill reads the whole of the entries that a page lists.
func (a *Area) fill(ctx context.Context, page []*entry) ([]*ledger.OfLoad, error) {
	var loads []int64
	for i := range page {
		if page[i].whole == nil {
			loads = append(loads, page[i].load)
		}
	}
	slices.Sort(loads)
	bodies, rows, err := a.wholes(ctx, slices.Compact(loads))
	if err != nil {
		return nil, err
	}
	out := make([]*ledger.OfLoad, 0, len(page))
	for i := range page {
		x := page[i].whole
		if x == nil {
			x = &ledger.OfLoad{Load: page[i].load, Row: rows[page[i].load]}
			if err := cbor.Unmarshal(bodies[key{page[i].load, page[i].id}], &x.Exception); err != nil {
				continue // gone since it was counted
			}
		}
		out = append(out, x)
	}
	return out, a.noteShown(ctx, out)
}

type key struct {
	load int64
	id   string
}

func (a *Area) wholes(ctx context.Context, loads []int64) (map[key][]byte, map[int64]freight.BoardRow, error) {
	bodies, rows := map[key][]byte{}, map[int64]freight.BoardRow{}
	if len(loads) == 0 {
		return bodies, rows, nil
	}
	err := a.desk.Store.OpenLines(ctx, loads, func(l *store.OpenLine) error {
		bodies[key{l.Load, l.ID}] = slices.Clone(l.Body)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	lines, err := a.desk.Store.Lines(ctx, loads)
	for load := range lines {
		rows[load] = lines[load].Row
	}
	return bodies, rows, err
}

func (a *Area) noteShown(ctx context.Context, list []*ledger.OfLoad) error {
	loads := make([]int64, 0, len(list))
	for _, x := range list {
		loads = append(loads, x.Load)
	}
	shown, err := a.desk.Store.ShownAt(ctx, loads)
	for _, x := range list {
		x.Shown = shown[x.Load][x.ID]
	}
	return err
}

// inOrder puts open ones first, the most urgent first; nothing in it depends on the order in which loads came.
func inOrder(x, y *entry) int {
	if x.resolved != y.resolved {
		if y.resolved {
			return -1
		}
		return 1
	}
	return cmp.Or(x.level-y.level, cmp.Compare(x.due, y.due), x.severity-y.severity, cmp.Compare(x.number, y.number), cmp.Compare(x.id, y.id))
}

func (c *ExceptionCounts) add(x *entry) {
	c.All++
	if x.resolved {
		return
	}
	c.Open++
	switch x.severity {
	case freight.Critical.Rank():
		c.Critical++
	case freight.Major.Rank():
		c.Major++
	case freight.Minor.Rank():
		c.Minor++
	default:
		c.Watch++
	}
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	count(&c.Unowned, x.owner == "")
	count(&c.Snoozed, x.snoozed)
	count(&c.Escalated, x.climbed)
	count(&c.NeedCause, x.lacking)
}
