package ledger

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// The numbers by which loads are found: what was looked up, and what was just brought and is not yet written.

// looked is what was looked up in a transaction: bodies name the same numbers again and again.
type looked struct {
	hits  map[string][]store.RefHit
	about map[int64]store.About
}

// has reports whether a load is known to go by a number.
func (l *looked) has(load int64, ref *freight.Reference, key string) bool {
	return slices.ContainsFunc(l.hits[key], func(h store.RefHit) bool { return h.Load == load && h.Ref.Type == ref.Type })
}

// learn notes a number that is taken, where it was looked up before.
func (l *looked) learn(h *unfiled) {
	if hits, ok := l.hits[h.key]; ok && !l.has(h.Load, &h.Ref, h.key) && len(hits) < mostCandidates {
		l.hits[h.key] = append(hits, h.RefHit)
	}
}

// unfiled is a number that a load goes by and that is not written yet.
type unfiled struct {
	store.RefHit
	key string
}

// told are the names by which a load was called last. What one body says of a load mostly shares them.
type told struct {
	load  int64
	names []freight.Reference
}

// unheard are an observation's numbers without the names of the one before, if it spoke of the same load.
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

// learnAbout reads what matching needs to know of loads.
func (m *matcher) learnAbout(loads []int64) error {
	if len(loads) == 0 {
		return nil
	}
	about, err := m.tx.About(loads)
	maps.Copy(m.looked.about, about)
	return err
}

// learn is for a post: what an observation brought to its load is filed at once.
func (m *matcher) learn(load int64, o *freight.Observation, opened bool) error {
	m.take(m.unknown(load, o, opened))
	return errors.Join(m.took(load, o), m.file())
}

// unknown are the numbers of an observation by which its load is not known to go; opened says that the load was opened for it.
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

// take takes numbers: from now on their loads are found by them, and in the end they are filed.
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

// filedLately is how many numbers are remembered as filed.
const filedLately = 1 << 14

// file writes what waits: the loads that change, and the numbers that they go by.
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

// lookAhead looks up the numbers by which observations call their loads, and the loads that are to be weighed: many at once cost little
// more than one.
func (m *matcher) lookAhead(coming []prepared) error {
	weighed := map[string]bool{} // by key: whether a load number alone does not settle it
	var last []freight.Reference
	for i := range coming {
		obs := coming[i].rec.Observations
		for j := range obs {
			names := obs[j].Names
			if len(names) == 0 || ownNumber(&obs[j]) || len(last) == len(names) && &last[0] == &names[0] {
				continue
			}
			last = names
			plain := names[0].Type == freight.RefLoad
			if plain {
				if _, known := m.byNumber[names[0].Key()]; known {
					continue
				}
				names = names[:1]
			}
			for k := range names {
				if key := names[k].Key(); key != "" {
					weighed[key] = weighed[key] || !plain
				}
			}
		}
	}
	maps.DeleteFunc(weighed, func(key string, _ bool) bool { _, known := m.looked.hits[key]; return known })
	if len(weighed) < 2 {
		return nil
	}
	found, err := m.tx.HitsOfMany(slices.Sorted(maps.Keys(weighed)), m.run, mostCandidates)
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
			if _, known := m.looked.about[h.Load]; weighed[key] && !known {
				loads = append(loads, h.Load)
			}
		}
	}
	return m.learnAbout(loads)
}

// refHits are the loads that go by a number.
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

// teaches reports whether a source's number for a load is filed as that load's number. A stranger's load number is not,
// unless the load was opened under it: one mistyped status would teach the desk a wrong name for good.
func teaches(kind freight.SourceKind, t freight.RefType, opened bool) bool {
	if kind == freight.TMS || kind == freight.User {
		return true
	}
	return t != freight.RefTrailer && (opened || t != freight.RefLoad)
}
