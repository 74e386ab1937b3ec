package ledger

import (
	"context"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// ruleKeys is the prefix of the settings that are thresholds of the rules.
const ruleKeys = "rule."

// rulebook is every value that a threshold ever had, kept in memory, with the rules drawn from it for customers and
// carriers. Safe for concurrent use.
type rulebook struct {
	mu     sync.RWMutex
	read   bool
	values []watch.SettingValue // oldest first
	drawn  map[ruleScope]*watch.Rules
}

// ruleScope is whose rules, and how many of the settings were in force.
type ruleScope struct {
	customer, carrier string
	settings          int
}

func (b *rulebook) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read = false
}

func (b *rulebook) load(ctx context.Context, st *store.Store) error {
	b.mu.RLock()
	read := b.read
	b.mu.RUnlock()
	if read {
		return nil
	}
	versions, err := st.SettingVersions(ctx, ruleKeys)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.values, b.drawn, b.read = nil, map[ruleScope]*watch.Rules{}, true
	for _, v := range versions {
		b.values = append(b.values, watch.SettingValue{Scope: v.Scope, Key: v.Key[len(ruleKeys):], Value: v.Value, At: v.At, Version: v.Version})
	}
	return nil
}

// at are the rules of a load at an instant. A setting that can no longer be read leaves the shipped value.
func (b *rulebook) at(t *freight.Timeline, at time.Time) *watch.Rules {
	b.mu.RLock()
	n := len(b.values)
	for n > 0 && b.values[n-1].At.After(at) {
		n--
	}
	scope := ruleScope{settings: n}
	if n > 0 {
		scope.customer, scope.carrier = t.Customer.Value, t.Carrier.Value
	}
	rules := b.drawn[scope]
	values := b.values[:n]
	b.mu.RUnlock()
	if rules != nil {
		return rules
	}
	rules, _ = watch.RulesAt(values, scope.customer, scope.carrier, at)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.drawn == nil {
		b.drawn = map[ruleScope]*watch.Rules{}
	}
	b.drawn[scope] = rules
	return rules
}

// changes are the instants at which any rule changed.
func (b *rulebook) changes() []time.Time {
	b.mu.RLock()
	defer b.mu.RUnlock()
	out := make([]time.Time, len(b.values))
	for i := range b.values {
		out[i] = b.values[i].At
	}
	return out
}

// world is what a walk of one load is given beside the load, as of any instant of the past.
func (l *Ledger) world(t *freight.Timeline, twins []freight.Twin) watch.World {
	carrier, facilities := l.parties.of(t)
	w := watch.World{Rules: l.rules.at, Changes: l.rules.changes()}
	if carrier == nil && facilities == nil && len(twins) == 0 {
		return w
	}
	for _, p := range append(slices.Clip(facilities), carrier) {
		if p == nil {
			continue
		}
		for i := range p.words {
			w.Changes = append(w.Changes, p.words[i].ReceivedAt)
		}
	}
	for i := range twins {
		w.Changes = append(w.Changes, twins[i].Since)
		if !twins[i].Ended.IsZero() {
			w.Changes = append(w.Changes, twins[i].Ended)
		}
	}
	slices.SortFunc(w.Changes, time.Time.Compare)
	w.Changes = slices.CompactFunc(w.Changes, time.Time.Equal)
	w.Around = func(t *freight.Timeline, at time.Time) *freight.Around { return l.around(t, twins, at) }
	return w
}

// around is what is known beside the load at an instant. The load's parties are those it has at that instant.
func (l *Ledger) around(t *freight.Timeline, twins []freight.Twin, at time.Time) *freight.Around {
	carrier, facilities := l.parties.of(t)
	a := &freight.Around{}
	if carrier != nil {
		a.Carrier = carrier.carrierAt(at)
	}
	if facilities != nil {
		a.Facilities = make([]*freight.FacilityFile, len(facilities))
		for i, f := range facilities {
			if f != nil {
				a.Facilities[i] = f.facilityAt(at)
			}
		}
	}
	for i := range twins {
		if t := &twins[i]; !t.Since.After(at) && (t.Ended.IsZero() || t.Ended.After(at)) {
			a.Twins = append(a.Twins, twins[i])
		}
	}
	return a
}

// shared are the types of numbers that two loads should not have in common.
var shared = []freight.RefType{freight.RefBOL, freight.RefPRO, freight.RefOrder}

// sharedKeys are the load's numbers by which a twin would be found.
func sharedKeys(state timeline.State) []string { return numbersOf(state.Observations) }

func numbersOf(log []freight.Observation) []string {
	var out []string
	for i := range log {
		for j := range log[i].Claims {
			c := &log[i].Claims[j]
			if c.Fact != freight.FactReference || c.Value.None || !slices.Contains(shared, freight.RefType(c.Value.Type)) {
				continue
			}
			if key := freight.NormalRef(c.Value.Text); key != "" {
				out = append(out, key)
			}
		}
	}
	return out
}

// numbers looks up numbers that several loads share: on the read pool, or inside a transaction.
type numbers interface {
	shared(keys []string) ([]store.SharedNumber, error)
	sharers(loads []int64) (map[int64]store.Sharer, error)
	log(load int64) ([]freight.Observation, error)
}

type pooled struct {
	ctx context.Context
	st  *store.Store
}

func (p pooled) shared(keys []string) ([]store.SharedNumber, error) {
	return p.st.SharedNumbers(p.ctx, keys, shared)
}
func (p pooled) sharers(loads []int64) (map[int64]store.Sharer, error) {
	return p.st.Sharers(p.ctx, loads)
}

func (p pooled) log(load int64) ([]freight.Observation, error) {
	return p.st.Observations(p.ctx, load, time.Time{})
}

type within struct{ tx *store.Tx }

func (w within) shared(keys []string) ([]store.SharedNumber, error) {
	return w.tx.SharedNumbers(keys, shared)
}
func (w within) sharers(loads []int64) (map[int64]store.Sharer, error) {
	return w.tx.Sharers(loads)
}

func (w within) log(load int64) ([]freight.Observation, error) { return w.tx.Observations(load, 0) }

// twinsOf finds, for some loads by their numbers, the loads that share one.
func twinsOf(n numbers, keys map[int64][]string) (map[int64][]freight.Twin, error) {
	var all []string
	for _, k := range keys {
		all = append(all, k...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	slices.Sort(all)
	hits, err := n.shared(slices.Compact(all))
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	var others []int64
	for i := range hits {
		others = append(others, hits[i].Loads...)
	}
	slices.Sort(others)
	rows, err := n.sharers(slices.Compact(others))
	if err != nil {
		return nil, err
	}
	out := map[int64][]freight.Twin{}
	for i := range hits {
		h := &hits[i]
		for _, load := range h.Loads {
			if !slices.Contains(keys[load], h.Key) {
				continue // not asked for, or a person only taught that somebody calls it so
			}
			for _, other := range h.Loads {
				sharer, known := rows[other]
				if !known || other == load {
					continue
				}
				since, err := statedSince(n, other, h)
				if err != nil {
					return nil, err
				}
				if !since.IsZero() {
					out[load] = append(out[load], twin(other, &sharer, h, since))
				}
			}
		}
	}
	return out, nil
}

func twin(load int64, x *store.Sharer, h *store.SharedNumber, since time.Time) freight.Twin {
	r := &x.Row
	return freight.Twin{Load: r.ID, On: load, Number: r.Load, Ref: freight.Reference{Type: h.Type, Value: h.Key}, Stops: r.Origin + " > " + r.Dest,
		Customer: r.Customer, Carrier: r.Carrier, Since: since, Ended: x.Ended}
}

// statedSince is when a load was first said to go by a number; zero when a person only taught that somebody calls it so.
func statedSince(n numbers, load int64, h *store.SharedNumber) (first time.Time, err error) {
	log, err := n.log(load)
	if err != nil {
		return first, err
	}
	for i := range log {
		for j := range log[i].Claims {
			v := &log[i].Claims[j].Value
			if log[i].Claims[j].Fact != freight.FactReference || freight.RefType(v.Type) != h.Type || freight.NormalRef(v.Text) != h.Key {
				continue
			}
			if at := learned(&log[i]); first.IsZero() || at.Before(first) {
				first = at
			}
		}
	}
	return first, nil
}
