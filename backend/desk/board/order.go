package board

import (
	"cmp"
	"maps"
	"slices"
)

// arrange puts loads, which come the most urgent first, into the order that a view asks for. Among equals the more urgent
// stay first. Customers, carriers, lanes and states are few: their loads are dealt into heaps instead of compared.
func arrange(list []*entry, spec ViewSpec) []*entry {
	desc := spec.Sort.Desc
	switch spec.Sort.By {
	case ByLoad:
		list = sorted(list, func(e *entry) string { return e.number }, cmp.Compare[string], desc)
	case ByWindow:
		list = sorted(list, func(e *entry) int64 { return e.window }, known, desc)
	case ByNews:
		list = sorted(list, func(e *entry) int64 { return e.news }, known, desc)
	case ByETA:
		list = sorted(list, func(e *entry) int64 { return e.eta }, known, desc)
	case ByCustomer:
		list = dealt(list, func(e *entry) string { return e.customer }, desc)
	case ByCarrier:
		list = dealt(list, func(e *entry) string { return e.carrier }, desc)
	case ByLane:
		list = dealt(list, func(e *entry) string { return e.lane }, desc)
	case ByState:
		list = dealt(list, func(e *entry) string { return string(e.state) }, desc)
	case ByPapers:
		list = dealt(list, func(e *entry) string { return string(e.pod) + string(e.pop) }, desc)
	default:
		if desc {
			slices.Reverse(list)
		}
	}
	if spec.Group == NoGroup {
		return list
	}
	return dealt(list, grouper(spec.Group), false)
}

// sorted orders loads by a key that differs between most of them; equals stay as they were.
func sorted[K any](list []*entry, key func(*entry) K, compare func(a, b K) int, desc bool) []*entry {
	type keyed struct {
		key K
		at  int
	}
	keys := make([]keyed, len(list))
	for i, e := range list {
		keys[i] = keyed{key(e), i}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		n := compare(a.key, b.key)
		if desc {
			n = -n
		}
		return cmp.Or(n, cmp.Compare(a.at, b.at))
	})
	out := make([]*entry, len(list))
	for i, k := range keys {
		out[i] = list[k.at]
	}
	return out
}

// dealt orders loads by a word that many of them share; equals stay as they were.
func dealt(list []*entry, word func(*entry) string, desc bool) []*entry {
	heaps := map[string][]*entry{}
	for _, e := range list {
		w := word(e)
		heaps[w] = append(heaps[w], e)
	}
	words := slices.Sorted(maps.Keys(heaps))
	if desc {
		slices.Reverse(words)
	}
	out := make([]*entry, 0, len(list))
	for _, w := range words {
		out = append(out, heaps[w]...)
	}
	return out
}

// known puts what is unknown (0) behind everything known.
func known(a, b int64) int {
	switch {
	case a == b:
		return 0
	case a == 0:
		return 1
	case b == 0:
		return -1
	}
	return cmp.Compare(a, b)
}
