package ledger

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// The numbers by which loads are found: what was looked up, what was just brought and is not yet written.

type looked struct {
	hits  map[string][]store.RefHit
	about map[int64]store.About
}

func (l *looked) has(load int64, ref *freight.Reference, key string) bool {
	return slices.ContainsFunc(l.hits[key], func(h store.RefHit) bool { return h.Load == load && h.Ref.Type == ref.Type })
}

func (l *looked) learn(h *unfiled) {
	if hits, ok := l.hits[h.key]; ok && !l.has(h.Load, &h.Ref, h.key) && len(hits) < mostCandidates {
		l.hits[h.key] = append(hits, h.RefHit)
	}
}

type unfiled struct {
	store.RefHit
	key string
}

type told struct {
	load  int64
	names []freight.Reference
}

func (t *told) unheard(load int64, o *freight.Observation) []freight.Reference {
	all, n := store.Numbers(o), len(o.Names)
	if n > 0 && t.load == load && len(t.names) == n && &t.names[0] == &o.Names[0] {
		return all[n:]
	}
	*t = told{load, o.Names}
	return all
}

type refKey struct {
	load int64
	typ  freight.RefType
	key  string
}

const mostCandidates = 50

func (m *matcher) about(load int64) (store.About, error) {
	if known, ok := m.looked.about[load]; ok {
		return known, nil
	}
	if err := m.learnAbout([]int64{load}); err != nil {
		return store.About{}, err
	}
	known, ok := m.looked.about[load]
	if !ok {
		return known, fmt.Errorf("load %d: %w", load, store.ErrNotFound)
	}
	return known, nil
}

func (m *matcher) learnAbout(loads []int64) error {
	if len(loads) == 0 {
		return nil
	}
	about, err := m.tx.About(loads)
	maps.Copy(m.looked.about, about)
	return err
}

func (m *matcher) learn(load int64, o *freight.Observation, opened bool) error {
	m.take(m.unknown(load, o, opened))
	return errors.Join(m.took(load, o), m.file())
}

func (m *matcher) unknown(load int64, o *freight.Observation, opened bool) (out []unfiled) {
	for _, ref := range m.heard.unheard(load, o) {
		if !teaches(o.Source.Kind, ref.Type, opened) {
			continue
		}
		n := unfiled{store.RefHit{Load: load, Ref: ref}, ref.Key()}
		if _, ok := m.filed[refKey{load, ref.Type, n.key}]; !ok && !m.looked.has(load, &ref, n.key) {
			out = append(out, n)
		}
	}
	return out
}

func (m *matcher) take(numbers []unfiled) {
	if len(m.filed) > filedLately {
		clear(m.filed)
	}
	for i := range numbers {
		n := &numbers[i]
		key := refKey{n.Load, n.Ref.Type, n.key}
		if _, ok := m.filed[key]; ok {
			continue
		}
		m.filed[key] = struct{}{}
		m.looked.learn(n)
		m.unfiled = append(m.unfiled, *n)
		m.lately = settled{}
	}
}

const filedLately = 1 << 14

func (m *matcher) file() error {
	if len(m.unmarked) > 0 {
		if err := m.tx.MarkDirtyBy(m.unmarked, m.run); err != nil {
			return err
		}
		m.unmarked = m.unmarked[:0]
	}
	if len(m.unfiled) == 0 {
		return nil
	}
	numbers := make([]store.RefHit, len(m.unfiled))
	for i := range m.unfiled {
		numbers[i] = m.unfiled[i].RefHit
	}
	m.unfiled = m.unfiled[:0]
	return m.tx.AddRefs(numbers, m.run)
}

func (m *matcher) lookAhead(coming []prepared) error {
	var keys []string
	var last []freight.Reference
	for i := range coming {
		obs := coming[i].rec.Observations
		for j := range obs {
			names := obs[j].Names
			if len(names) == 0 || ownNumber(&obs[j]) || len(last) == len(names) && &last[0] == &names[0] {
				continue
			}
			last = names
			if _, known := m.byNumber[names[0].Key()]; known && names[0].Type == freight.RefLoad {
				continue
			}
			for k := range names {
				key := names[k].Key()
				if _, known := m.looked.hits[key]; !known && key != "" {
					keys = append(keys, key)
				}
			}
		}
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) < 2 {
		return nil
	}
	found, err := m.tx.HitsOfMany(keys, m.run, mostCandidates)
	if err != nil {
		return err
	}
	maps.Copy(m.looked.hits, found)
	for i := range m.unfiled {
		m.looked.learn(&m.unfiled[i])
	}
	var loads []int64
	for key := range found {
		for _, h := range m.looked.hits[key] {
			if _, known := m.looked.about[h.Load]; !known {
				loads = append(loads, h.Load)
			}
		}
	}
	return m.learnAbout(loads)
}

func (m *matcher) refHits(key string) ([]store.RefHit, error) {
	if hits, ok := m.looked.hits[key]; ok {
		return hits, nil
	}
	hits, err := m.tx.RefHits(key, m.run, mostCandidates)
	if err != nil {
		return nil, err
	}
	m.looked.hits[key] = hits
	for i := range m.unfiled {
		if m.unfiled[i].key == key {
			m.looked.learn(&m.unfiled[i])
		}
	}
	return m.looked.hits[key], nil
}

func teaches(kind freight.SourceKind, t freight.RefType, opened bool) bool {
	if kind == freight.TMS || kind == freight.User {
		return true
	}
	return t != freight.RefTrailer && (opened || t != freight.RefLoad)
}
