package trial

import (
	"cmp"
	"slices"
	"time"
)

// Episode is a finding as a desk had it: from when to when. ClearedAt is zero while it stands.
type Episode struct {
	Load       string    `json:"load"`
	Stop       int       `json:"stop"`
	Kind       string    `json:"kind"`
	DetectedAt time.Time `json:"detectedAt"`
	ClearedAt  time.Time `json:"clearedAt,omitzero"`
}

// KindScore is how a desk did on a kind. Truth counts the incidents that must be found, Found the episodes that count: hits and false alarms.
// Precision is Hit of Found and Recall Hit of Truth, 1 where there is nothing to divide by. The delay runs from Detectable, and is never negative.
type KindScore struct {
	Kind           string  `json:"kind"`
	Truth          int     `json:"truth"`
	Found          int     `json:"found"`
	Hit            int     `json:"hit"`
	Precision      float64 `json:"precision"`
	Recall         float64 `json:"recall"`
	MedianDelayMin float64 `json:"medianDelayMin"`
	delays         []float64
}

// slack is how far clocks may differ at the edges.
const slack = 2 * time.Minute

// Score compares what was found with the truth, kind by kind, in alphabetical order.
//
// An incident is hit by the first episode of its load (or its twin) and kind, and of its stop when both name one, that was detected between
// its Earliest and its End, with two minutes of slack; one detected more than that before Detectable must still stand then. An episode hits
// one incident and an incident is hit once. Further episodes within an incident, and those within a tolerated one, count neither way.
// Every other episode is a false alarm.
func Score(truth []Incident, found []Episode) []KindScore {
	kinds := map[string]*KindScore{}
	of := func(kind string) *KindScore {
		if kinds[kind] == nil {
			kinds[kind] = &KindScore{Kind: kind}
		}
		return kinds[kind]
	}
	type key struct{ load, kind string }
	episodes := map[key][]*Episode{}
	used := map[*Episode]bool{}
	for i := range found {
		e := &found[i]
		episodes[key{e.Load, e.Kind}] = append(episodes[key{e.Load, e.Kind}], e)
	}
	for _, list := range episodes {
		slices.SortStableFunc(list, func(a, b *Episode) int { return a.DetectedAt.Compare(b.DetectedAt) })
	}
	order := make([]*Incident, len(truth))
	for i := range truth {
		order[i] = &truth[i]
	}
	slices.SortStableFunc(order, func(a, b *Incident) int { return a.Detectable.Compare(b.Detectable) })
	for _, in := range order {
		if in.Tolerated {
			continue
		}
		k := of(in.Kind)
		k.Truth++
		for _, e := range slices.Concat(episodes[key{in.Load, in.Kind}], episodes[key{in.Twin, in.Kind}]) {
			if !used[e] && in.hitBy(e) {
				used[e] = true
				k.Hit, k.Found = k.Hit+1, k.Found+1
				k.delays = append(k.delays, max(0, e.DetectedAt.Sub(in.Detectable).Minutes()))
				break
			}
		}
	}
	excused := map[*Episode]bool{}
	for _, in := range order {
		for _, e := range slices.Concat(episodes[key{in.Load, in.Kind}], episodes[key{in.Twin, in.Kind}]) {
			excused[e] = excused[e] || in.within(e)
		}
	}
	for i := range found {
		if e := &found[i]; !used[e] && !excused[e] {
			of(e.Kind).Found++
		}
	}
	var list []KindScore
	for _, k := range kinds {
		list = append(list, k.finish())
	}
	slices.SortFunc(list, func(a, b KindScore) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}

// Total adds the service-affecting kinds up, as kind "total".
func Total(scores []KindScore) KindScore {
	sum := KindScore{Kind: "total"}
	for _, k := range scores {
		if serviceKinds[k.Kind] {
			sum.Truth, sum.Found, sum.Hit = sum.Truth+k.Truth, sum.Found+k.Found, sum.Hit+k.Hit
			sum.delays = append(sum.delays, k.delays...)
		}
	}
	return sum.finish()
}

// Merge adds the scores of several worlds up, kind by kind.
func Merge(worlds ...[]KindScore) []KindScore {
	kinds := map[string]KindScore{}
	for _, scores := range worlds {
		for _, k := range scores {
			sum := kinds[k.Kind]
			sum.Kind, sum.Truth, sum.Found, sum.Hit = k.Kind, sum.Truth+k.Truth, sum.Found+k.Found, sum.Hit+k.Hit
			sum.delays = slices.Concat(sum.delays, k.delays)
			kinds[k.Kind] = sum
		}
	}
	var list []KindScore
	for _, k := range kinds {
		list = append(list, k.finish())
	}
	slices.SortFunc(list, func(a, b KindScore) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}

func (k KindScore) finish() KindScore {
	ratio := func(n int) float64 {
		if n == 0 {
			return 1
		}
		return float64(k.Hit) / float64(n)
	}
	k.Precision, k.Recall = ratio(k.Found), ratio(k.Truth)
	if n := len(k.delays); n > 0 {
		slices.Sort(k.delays)
		k.MedianDelayMin = (k.delays[(n-1)/2] + k.delays[n/2]) / 2
	}
	return k
}

// within reports whether an episode began while the incident lasted.
func (in *Incident) within(e *Episode) bool {
	if in.Stop > 0 && e.Stop > 0 && in.Stop != e.Stop {
		return false
	}
	from := in.Detectable
	if !in.Earliest.IsZero() && in.Earliest.Before(from) {
		from = in.Earliest
	}
	return !e.DetectedAt.Before(from.Add(-slack)) && (in.End.IsZero() || !e.DetectedAt.After(in.End.Add(slack)))
}

func (in *Incident) hitBy(e *Episode) bool {
	stands := e.ClearedAt.IsZero() || !e.ClearedAt.Before(in.Detectable.Add(-slack)) || !e.DetectedAt.Before(in.Detectable.Add(-slack))
	return stands && in.within(e)
}
