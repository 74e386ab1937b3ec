package ledger

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// TrustKeys is the prefix of the settings that are orders of trust; the group's key follows.
const TrustKeys = "trust."

// customerScope is the prefix of the scope of one customer's settings.
const customerScope = "customer:"

// trustbook is every order of trust that ever held, kept in memory. Safe for concurrent use.
type trustbook struct {
	mu     sync.RWMutex
	read   bool
	values []store.SettingVersion // oldest first
	drawn  map[int]timeline.Config
}

func (b *trustbook) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read = false
}

func (b *trustbook) load(ctx context.Context, st *store.Store) error {
	b.mu.RLock()
	read := b.read
	b.mu.RUnlock()
	if read {
		return nil
	}
	values, err := st.SettingVersions(ctx, TrustKeys)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.values, b.drawn, b.read = values, map[int]timeline.Config{}, true
	return nil
}

// TrustAt is how the fold ranked and compared words at an instant.
func (l *Ledger) TrustAt(ctx context.Context, at time.Time) (timeline.Config, error) {
	if err := l.surroundings(ctx); err != nil {
		return timeline.Config{}, err
	}
	return l.trustAt(at), nil
}

func (l *Ledger) trustAt(at time.Time) timeline.Config {
	b := l.trust
	b.mu.RLock()
	n := len(b.values)
	for n > 0 && b.values[n-1].At.After(at) {
		n--
	}
	cfg, known := b.drawn[n]
	values := b.values[:n]
	b.mu.RUnlock()
	if n == 0 {
		return l.config
	}
	if known {
		return cfg
	}
	cfg = trustOf(l.config, values)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn[n] = cfg
	return cfg
}

// trustOf draws the orders in force from all values up to an instant. An empty value is the shipped order, or for a customer
// the general one; one that can no longer be read is as if it had not been set.
func trustOf(shipped timeline.Config, values []store.SettingVersion) timeline.Config {
	cfg := shipped
	cfg.Customers = map[string]timeline.Orders{}
	for i := range values {
		v := &values[i]
		for _, g := range timeline.TrustGroups() {
			if v.Key != TrustKeys+g.Key {
				continue
			}
			order, err := timeline.ParseTrust(v.Value)
			if err != nil && v.Value != "" {
				continue
			}
			if customer, of := strings.CutPrefix(v.Scope, customerScope); of {
				own := cfg.Customers[freight.NormalRef(customer)]
				*g.Of(&own) = order
				cfg.Customers[freight.NormalRef(customer)] = own
				continue
			}
			if v.Value == "" {
				order = *g.Of(&shipped.Orders)
			}
			*g.Of(&cfg.Orders) = order
		}
	}
	return cfg
}

// trustChanges are the instants after one, up to and including another, at which an order of trust changed.
func (l *Ledger) trustChanges(after, until time.Time) []time.Time {
	l.trust.mu.RLock()
	defer l.trust.mu.RUnlock()
	var out []time.Time
	for i := range l.trust.values {
		if at := l.trust.values[i].At; at.After(after) && !at.After(until) && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// carry passes the clock over a load of which nothing is learned, up to and including until. t is what is known of it at the
// course's instant; where an order of trust changes on the way, what is known is told anew from then on. A load that is over
// is left as it was then.
func (l *Ledger) carry(c freight.Course, state timeline.State, t freight.Timeline, v freight.Verdict, until time.Time, w watch.World) (freight.Course, freight.Timeline, freight.Verdict) {
	for _, at := range l.trustChanges(c.At, until) {
		if !t.State.Live() {
			break
		}
		if before := at.Add(-1); w.Due(c, before) {
			c, _ = watch.Pass(c, &t, v, before, w)
		}
		t = timeline.Build(state, l.resolver, l.trustAt(at))
		c, v = watch.Tell(c, &t, at, w)
	}
	c, v = watch.Pass(c, &t, v, until, w)
	return c, t, v
}

// TrustChanged marks every load on the board as behind the orders of trust now in force. FoldDirty folds them; until then the
// board shows the old answer, and who opens a load the new one.
func (l *Ledger) TrustChanged(ctx context.Context) error {
	l.trust.forget()
	loads, err := l.store.LiveLoads(ctx)
	if err != nil || len(loads) == 0 {
		return err
	}
	return l.store.Write(ctx, func(tx *store.Tx) error { return tx.MarkDirtyBy(loads, 0) })
}
