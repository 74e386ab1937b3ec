package timeline

import (
	"math/bits"
	"slices"

	"tracedesk/backend/freight"
)

// Prune keeps the claims that still matter, in canonical order, and drops observations of which none is left. Later word
// of the same source replaces its earlier word, also when it arrives earlier. It keeps everything where history matters:
// windows, notes, exceptions, events without a stop number. Observations that take another back are kept and not applied.
//
// Prune(Prune(a)+b) == Prune(a+b), in any order and with any repetition.
func Prune(obs []freight.Observation) []freight.Observation {
	return prune(inOrder(obs))
}

// usualTable is how large a table is that needs no memory of its own: a load of a hundred observations has room in it. A
// power of two.
const usualTable = 512

// inOrder is the observations in canonical order, each id once.
func inOrder(obs []freight.Observation) []*freight.Observation {
	sorted := make([]*freight.Observation, len(obs))
	for i := range obs {
		sorted[i] = &obs[i]
	}
	slices.SortFunc(sorted, compareObservations)
	// An open-addressed table from id to place among the kept: slot holds it plus one.
	var room [usualTable]int32
	table := room[:]
	if need := 1 << bits.Len(uint(2*len(sorted))); need > len(room) {
		table = make([]int32, need)
	}
	mask := uint64(len(table) - 1)
	kept := sorted[:0]
	for _, o := range sorted {
		slot := shortID(o.ID) & mask
		for table[slot] > 0 && kept[table[slot]-1].ID != o.ID {
			slot = (slot + 1) & mask
		}
		i := table[slot] - 1
		if i < 0 {
			kept = append(kept, o)
			table[slot] = int32(len(kept))
			continue
		}
		// An already pruned copy has fewer claims; what it lacks was replaced by something that is here too.
		if len(o.Claims) < len(kept[i].Claims) {
			pruned := *kept[i]
			pruned.Claims = o.Claims
			kept[i] = &pruned
		}
	}
	return kept
}

// prune does the work on observations in canonical order, each id once; they stay as they are.
func prune(obs []*freight.Observation) []freight.Observation {
	dead := findReplaced(obs)
	kept := make([]freight.Observation, 0, livingObservations(obs, dead))
	at := 0
	for _, o := range obs {
		count := len(o.Claims)
		claims := living(o.Claims, dead[at:at+count])
		at += count
		if len(claims) > 0 || !o.Retracts.IsZero() {
			kept = append(kept, *o)
			kept[len(kept)-1].Claims = claims
		}
	}
	return kept
}

// livingObservations counts the observations that keep a claim or take another back.
func livingObservations(obs []*freight.Observation, dead []bool) int {
	n, at := 0, 0
	for _, o := range obs {
		claims := dead[at : at+len(o.Claims)]
		at += len(o.Claims)
		if !o.Retracts.IsZero() || slices.Contains(claims, false) {
			n++
		}
	}
	return n
}

func claimsIn(obs []*freight.Observation) (n int) {
	for _, o := range obs {
		n += len(o.Claims)
	}
	return n
}

// findReplaced marks, of all claims in order, those that another claim replaces.
func findReplaced(obs []*freight.Observation) []bool {
	n := claimsIn(obs)
	dead := make([]bool, n)
	var usual [usualTable / 2]word
	words := usual[:0]
	if n > len(usual) {
		words = make([]word, 0, n)
	}
	// An open-addressed table from key to the best word so far: slot holds its index plus one.
	var room [usualTable]int32
	table := room[:]
	if need := 1 << bits.Len(uint(2*n)); need > len(room) {
		table = make([]int32, need)
	}
	mask := uint64(len(table) - 1)
	for _, o := range obs {
		for j := range o.Claims {
			w := word{o, &o.Claims[j]}
			me := int32(len(words))
			words = append(words, w)
			for slot := w.hash() & mask; ; slot = (slot + 1) & mask {
				other := table[slot] - 1
				if other < 0 {
					table[slot] = me + 1
					break
				}
				if !sameKey(w, words[other]) {
					continue
				}
				// Of two claims in one observation the later in the list wins.
				if w.compare(words[other]) >= 0 {
					dead[other] = true
					table[slot] = me + 1
				} else {
					dead[me] = true
				}
				break
			}
		}
	}
	return dead
}

// living is the claims that are not dead; the same slice when all live.
func living(claims []freight.Claim, dead []bool) []freight.Claim {
	n := 0
	for _, d := range dead {
		if !d {
			n++
		}
	}
	switch n {
	case len(claims):
		return claims
	case 0:
		return nil
	}
	kept := make([]freight.Claim, 0, n)
	for i := range claims {
		if !dead[i] {
			kept = append(kept, claims[i])
		}
	}
	return kept
}

// standing removes what was taken back. A retraction that was itself taken back does nothing: an undone undo.
func standing(obs []*freight.Observation) []*freight.Observation {
	retractions := map[freight.ObservationID][]freight.ObservationID{} // target -> who takes it back
	for _, o := range obs {
		if !o.Retracts.IsZero() {
			retractions[o.Retracts] = append(retractions[o.Retracts], o.ID)
		}
	}
	if len(retractions) == 0 {
		return obs
	}
	verdicts := map[freight.ObservationID]bool{}
	var stands func(id freight.ObservationID) bool
	stands = func(id freight.ObservationID) bool {
		if v, known := verdicts[id]; known {
			return v
		}
		verdicts[id] = true // ends a circle, which hashes cannot form
		v := true
		for _, by := range retractions[id] {
			if stands(by) {
				v = false
			}
		}
		verdicts[id] = v
		return v
	}
	return slices.DeleteFunc(obs, func(o *freight.Observation) bool { return !stands(o.ID) })
}
