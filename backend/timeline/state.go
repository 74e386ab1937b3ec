package timeline

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"time"

	"tracedesk/backend/freight"
)

// State is what a load's observations come down to: the claims that still matter, and a summary of what pruning would
// forget. It is a value: Add returns a new one and leaves the old one as it was.
type State struct {
	// Observations are pruned and in canonical order, without what the log keeps and the fold does not need
	// (names, raw place, text as received, the source's event id, channel, snapshot marks).
	Observations []freight.Observation
	Summary      Summary
}

// Summary holds what every observation on file adds up to, also those that pruning dropped.
type Summary struct {
	FirstAt time.Time // first received
	LastAt  time.Time // last received
	Count   int       // claims on file
	// Namer is who gives the load its number: the first word of a TMS, else of a carrier or platform, else of anyone.
	Namer Namer
	// Names are the numbers by which sources call the load, each with its first use, ordered.
	Names []freight.KnownRef
	// Dropped are the short ids of observations of which no claim is left, ordered, so that none is counted twice.
	Dropped []uint64
	// Seen is where the truck was and how warm its freight, the newest of it.
	Seen Seen
}

// Namer is an observation that names the load.
type Namer struct {
	freight.Provenance
	Number string
}

// Collect is the state of a full log, in any order, with any repetition; retractions are applied.
func Collect(obs []freight.Observation) State {
	all := standing(inOrder(obs))
	var s State
	s.Summary.includeAll(all)
	s.Observations = prune(all)
	s.Summary.Dropped = dropped(all, s.Observations)
	for i := range s.Observations {
		strip(&s.Observations[i])
	}
	return s
}

// Add is the state with one more observation, equal to Collect of the log with it. needsFold says that it cannot be told
// from the state (something is taken back); then the caller collects the full log, and the state returned is the old one.
func Add(s State, o freight.Observation) (next State, needsFold bool) {
	if !o.Retracts.IsZero() {
		return s, true
	}
	for i := range s.Observations {
		known := &s.Observations[i]
		if known.Retracts == o.ID {
			return s, true
		}
		if known.ID == o.ID {
			return s, false
		}
	}
	if _, seen := slices.BinarySearch(s.Summary.Dropped, shortID(o.ID)); seen {
		return s, false
	}
	next.Summary = s.Summary
	next.Summary.Names = slices.Clip(s.Summary.Names)
	if slices.ContainsFunc(o.Claims, func(c freight.Claim) bool { return sighted(&c) }) {
		next.Summary.Seen = s.Summary.Seen.clone()
	}
	next.Summary.include(&o)
	strip(&o)

	at := sort.Search(len(s.Observations), func(i int) bool { return compareObservations(&s.Observations[i], &o) > 0 })
	all := make([]*freight.Observation, 0, len(s.Observations)+1)
	for i := range s.Observations {
		if i == at {
			all = append(all, &o)
		}
		all = append(all, &s.Observations[i])
	}
	if at == len(s.Observations) {
		all = append(all, &o)
	}
	next.Observations = prune(all)
	if gone := dropped(all, next.Observations); len(gone) > 0 {
		next.Summary.Dropped = append(gone, s.Summary.Dropped...)
		slices.Sort(next.Summary.Dropped)
	}
	return next, false
}

// dropped are the short ids, in order, of those observations that are not among the kept; both are in canonical order.
func dropped(all []*freight.Observation, kept []freight.Observation) []uint64 {
	if len(all) == len(kept) {
		return nil
	}
	out := make([]uint64, 0, len(all)-len(kept))
	k := 0
	for _, o := range all {
		if k < len(kept) && kept[k].ID == o.ID {
			k++
			continue
		}
		out = append(out, shortID(o.ID))
	}
	slices.Sort(out)
	return out
}

// includeAll counts all observations into an empty summary.
func (s *Summary) includeAll(all []*freight.Observation) {
	s.Seen.makeRoom(all)
	for _, o := range all {
		s.include(o)
	}
}

// include counts an observation in.
func (s *Summary) include(o *freight.Observation) {
	received := o.ReceivedAt.UTC()
	if s.FirstAt.IsZero() || received.Before(s.FirstAt) {
		s.FirstAt = received
	}
	if received.After(s.LastAt) {
		s.LastAt = received
	}
	s.Count += len(o.Claims)
	s.Seen.include(o)
	if len(o.Names) == 0 {
		return
	}
	told := provenance(o)
	if n := (Namer{told, strongest(o.Names)}); s.Namer.Number == "" || n.before(s.Namer) {
		s.Namer = n
	}
	for _, name := range o.Names {
		if name.Value != "" {
			s.name(freight.KnownRef{Reference: name, Provenance: told})
		}
	}
}

// name keeps the first use of a number by a source.
func (s *Summary) name(ref freight.KnownRef) {
	for i := range s.Names {
		// Most observations call the load as their source did before.
		known := &s.Names[i]
		if known.Reference == ref.Reference && known.Source == ref.Source && compareProvenance(known.Provenance, ref.Provenance) <= 0 {
			return
		}
	}
	at, known := slices.BinarySearchFunc(s.Names, ref, compareNames)
	if !known {
		if s.Names == nil {
			s.Names = make([]freight.KnownRef, 0, 4)
		}
		s.Names = slices.Insert(s.Names, at, ref)
		return
	}
	if compareProvenance(ref.Provenance, s.Names[at].Provenance) < 0 {
		s.Names = slices.Clone(s.Names)
		s.Names[at] = ref
	}
}

func compareNames(a, b freight.KnownRef) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Key(), b.Key()), cmp.Compare(a.Scope, b.Scope),
		cmp.Compare(a.Source.Kind, b.Source.Kind), cmp.Compare(a.Source.Account, b.Source.Account))
}

func compareProvenance(a, b freight.Provenance) int {
	return cmp.Or(a.StatedAt.Compare(b.StatedAt), a.ReceivedAt.Compare(b.ReceivedAt),
		bytes.Compare(a.Observation[:], b.Observation[:]))
}

// strongest is the number that names the load best: its load number, else the first that its source gave.
func strongest(names []freight.Reference) string {
	for _, n := range names {
		if n.Type == freight.RefLoad {
			return n.Value
		}
	}
	return names[0].Value
}

// before reports whether n names the load rather than other.
func (n Namer) before(other Namer) bool {
	if a, b := namingRank(n.Source.Kind), namingRank(other.Source.Kind); a != b {
		return a < b
	}
	return compareProvenance(n.Provenance, other.Provenance) < 0
}

func namingRank(k freight.SourceKind) int {
	switch {
	case k == freight.TMS:
		return 0
	case k == freight.Customer:
		return 1
	case k == freight.CarrierSrc, k.Platform(), k == freight.ELD:
		return 2
	case k == freight.User, k == freight.Rule, k == freight.Paper:
		return 4
	}
	return 3
}

func provenance(o *freight.Observation) freight.Provenance {
	return freight.Provenance{Observation: o.ID, Source: o.Source, StatedAt: o.StatedAt.UTC(), ReceivedAt: o.ReceivedAt.UTC()}
}

// strip removes what the fold does not need, and brings times to UTC.
func strip(o *freight.Observation) {
	*o = freight.Observation{ID: o.ID, Source: o.Source, ReceivedAt: o.ReceivedAt.UTC(), StatedAt: o.StatedAt.UTC(),
		Retracts: o.Retracts, By: o.By, Claims: o.Claims}
	if len(o.Claims) == 0 {
		o.Claims = nil
	}
}
