package trial

import "slices"

// Wrong lists what Score counts against a desk: the incidents that it missed, and the places in found of the episodes that are
// false alarms.
func Wrong(truth []Incident, found []Episode) (missed []Incident, alarms []int) {
	used := make([]bool, len(found))
	excused := make([]bool, len(found))
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return found[a].DetectedAt.Compare(found[b].DetectedAt) })
	incidents := slices.Clone(truth)
	slices.SortStableFunc(incidents, func(a, b Incident) int { return a.Detectable.Compare(b.Detectable) })
	for n := range incidents {
		in := &incidents[n]
		hit := in.Tolerated
		for _, i := range order {
			e := &found[i]
			if e.Kind != in.Kind || e.Load != in.Load && (in.Twin == "" || e.Load != in.Twin) {
				continue
			}
			excused[i] = excused[i] || in.within(e)
			if !hit && !used[i] && in.hitBy(e) {
				used[i], hit = true, true
			}
		}
		if !hit {
			missed = append(missed, *in)
		}
	}
	for _, i := range order {
		if !used[i] && !excused[i] {
			alarms = append(alarms, i)
		}
	}
	return missed, alarms
}
