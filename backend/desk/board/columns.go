package board

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// entry is what a live load is filtered and sorted by; its row stays in the store until a screen asks for it.
type entry struct {
	load                            int64
	level                           int8
	due, window, eta, news          int64 // Unix nanoseconds, 0 none
	number, customer, carrier, lane string
	state                           freight.LoadState
	pop, pod                        freight.PaperState
	refs                            string // normalised references, a blank between
	text                            string // folded words: number, customer, carrier, lane
	owner                           string
	flags                           []string
}

// columns hold the live board in memory, kept current by the ledger's announcements.
type columns struct {
	store *store.Store
	news  *ledger.Announcer

	mu      sync.RWMutex
	loaded  bool
	seq     int64
	byLoad  map[int64]*entry
	urgent  []*entry           // byLoad, the most urgent first, but for what changed; never written to once handed out
	changed map[int64]struct{} // loads that came, went or changed since urgent was made
	names   map[string]string  // interned customers, carriers, lanes
}

func newColumns(st *store.Store, news *ledger.Announcer) *columns {
	return &columns{store: st, news: news, byLoad: map[int64]*entry{}, changed: map[int64]struct{}{}, names: map[string]string{}}
}

// refresh brings the columns up to the last announcement and says its number.
func (c *columns) refresh(ctx context.Context) (int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.loaded {
		return c.seq, c.reload(ctx)
	}
	seq, loads, all := c.news.Since(c.seq)
	if all {
		return c.seq, c.reload(ctx)
	}
	for _, id := range loads {
		if err := c.reread(ctx, id); err != nil {
			return c.seq, err
		}
	}
	c.seq = seq
	return c.seq, nil
}

func (c *columns) reload(ctx context.Context) error {
	seq := c.news.Seq()
	clear(c.byLoad)
	clear(c.changed)
	c.urgent = nil
	err := c.store.LiveLines(ctx, func(l store.Line) bool {
		c.byLoad[l.Load] = c.entryOf(&l)
		c.changed[l.Load] = struct{}{}
		return true
	})
	c.loaded = err == nil
	c.seq = seq
	return err
}

func (c *columns) reread(ctx context.Context, id int64) error {
	c.changed[id] = struct{}{}
	line, err := c.store.Line(ctx, id)
	if err == store.ErrNotFound || err == nil && !line.Live {
		delete(c.byLoad, id)
		return nil
	}
	if err != nil {
		return err
	}
	c.byLoad[id] = c.entryOf(&line)
	return nil
}

func (c *columns) entryOf(l *store.Line) *entry {
	r := &l.Row
	e := &entry{load: l.Load, level: int8(r.Attention.Level.Rank()), due: nanos(r.Attention.Due), number: r.Load,
		customer: c.intern(r.Customer), carrier: c.intern(r.Carrier), lane: c.intern(r.Origin + " → " + r.Dest),
		state: r.State, owner: c.intern(r.Owner), flags: r.Flags, pop: r.Papers[freight.POP], pod: r.Papers[freight.POD]}
	if r.Next != nil {
		e.window, e.eta = nanos(r.Next.End), nanos(r.Next.ETA)
	}
	if r.News != nil {
		e.news = nanos(r.News.At)
	}
	var refs strings.Builder
	for _, ref := range r.Refs {
		refs.WriteString(ref.Key())
		refs.WriteByte(' ')
	}
	e.refs = refs.String()
	e.text = foldText(r.Load + " " + r.Customer + " " + r.Carrier + " " + r.Origin + " " + r.Dest)
	return e
}

// intern keeps one copy of the few names that fifty thousand rows share.
func (c *columns) intern(s string) string {
	if kept, ok := c.names[s]; ok {
		return kept
	}
	c.names[s] = s
	return s
}

// choose is the ordered list of loads that a view asks for, and how many stand at each level when levels are not filtered.
func (c *columns) choose(spec ViewSpec, now time.Time) (order []*entry, counts Counts) {
	m := newMatcher(spec.Filter, now)
	for _, e := range c.byUrgency() {
		if !m.matches(e) {
			continue
		}
		counts.add(e.level)
		if m.level(e) {
			order = append(order, e)
		}
	}
	return arrange(order, spec), counts
}

// byUrgency is the whole board, the most urgent first. The list is kept; only what changed since is put in its new place.
func (c *columns) byUrgency() []*entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.changed) == 0 && c.urgent != nil {
		return c.urgent
	}
	var moved []*entry
	for id := range c.changed {
		if e := c.byLoad[id]; e != nil {
			moved = append(moved, e)
		}
	}
	slices.SortFunc(moved, byAttention)
	merged := make([]*entry, 0, len(c.byLoad))
	for _, e := range c.urgent {
		if _, gone := c.changed[e.load]; gone {
			continue
		}
		for len(moved) > 0 && byAttention(moved[0], e) < 0 {
			merged, moved = append(merged, moved[0]), moved[1:]
		}
		merged = append(merged, e)
	}
	c.urgent, c.changed = append(merged, moved...), map[int64]struct{}{}
	return c.urgent
}

func byAttention(a, b *entry) int {
	if a.level != b.level {
		return int(a.level) - int(b.level)
	}
	if n := cmp.Compare(a.due, b.due); n != 0 {
		return n
	}
	return cmp.Compare(a.number, b.number)
}

func grouper(g GroupKey) func(*entry) string {
	switch g {
	case ByCustomerGroup:
		return func(e *entry) string { return e.customer }
	case ByCarrierGroup:
		return func(e *entry) string { return e.carrier }
	case ByStateGroup:
		return func(e *entry) string { return string(e.state) }
	}
	return func(*entry) string { return "" }
}

func (c *Counts) add(level int8) {
	switch freight.Levels[min(int(level), len(freight.Levels)-1)] {
	case freight.ActNow:
		c.ActNow++
	case freight.AtRisk:
		c.AtRisk++
	case freight.Verify:
		c.Verify++
	case freight.Waiting:
		c.Waiting++
	case freight.OnPlan:
		c.OnPlan++
	case freight.DoneDay:
		c.Done++
	}
}
