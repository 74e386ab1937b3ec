package documents

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"tracedesk/backend/freight"
)

// Hit says that a token of the paper is a reference of a load on the desk.
type Hit struct {
	Load  string          // the load's number
	Type  freight.RefType // as the desk knows it
	Value string          // the token, normalised
	Named bool            // it stands in the file's name, which a person gave
}

// Candidate is a load that a paper may belong to.
type Candidate struct {
	Load  string
	Score float64 // 0 to 1
	Why   string  // one sentence
}

// Match is the answer to "whose is this paper". Load is set only when one load, and no other, is named beyond doubt.
type Match struct {
	Load       string
	Confidence float64 // 0 to 1; of Load, or of the best candidate
	Why        string  // one sentence
	Candidates []Candidate
}

// weights say how much one reference alone tells, by type. A purchase order may be on many loads and a trailer goes
// from load to load: neither settles it alone.
var weights = map[freight.RefType]float64{
	freight.RefLoad: .97, freight.RefBOL: .92, freight.RefPRO: .92, freight.RefP44: .9, freight.RefFourKites: .9,
	freight.RefMacroPoint: .9, freight.RefBooking: .8, freight.RefOrder: .8, freight.RefPO: .75, freight.RefPickup: .75,
	freight.RefDelivery: .75, freight.RefAppointment: .7, freight.RefContainer: .6, freight.RefOther: .6, freight.RefTrailer: .15,
}

const (
	enough        = 0.85 // what a match needs
	apartEnough   = 0.5  // the second best may have at most this part of the best
	shortNumber   = 6    // letters and digits: shorter ones are met by chance
	mostCandidate = 8
)

// contradicting are the types whose label on the paper speaks against a load that has another number of that type.
var contradicting = []freight.RefType{freight.RefLoad, freight.RefBOL, freight.RefPRO, freight.RefPO}

// Decide weighs what a paper mentions against the loads that its numbers hit. known are the references of each load
// that was hit (its own number as LOAD), to tell a paper that names a load but carries another load's numbers; nil when
// not known. Two loads named strongly, or a contradiction, make candidates, never a match.
func Decide(mentions []Mention, hits []Hit, known map[string][]freight.Reference) Match {
	if len(hits) == 0 {
		return Match{Why: nothingKnown(mentions)}
	}
	label := labelsOf(mentions)
	shared := sharers(hits)
	byLoad := map[string][]Hit{}
	for _, h := range hits {
		byLoad[h.Load] = append(byLoad[h.Load], h)
	}
	var all []Candidate
	conflicts := map[string]string{}
	for load, hs := range byLoad {
		c := Candidate{Load: load, Score: score(hs, label, shared), Why: names(hs)}
		if against := contradiction(label, known[load]); against != "" {
			conflicts[load] = against
			c.Score *= 0.6
			c.Why += ", but " + against
		}
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Score != all[j].Score {
			return all[i].Score > all[j].Score
		}
		return all[i].Load < all[j].Load
	})
	return choose(all, conflicts)
}

func choose(all []Candidate, conflicts map[string]string) Match {
	best := all[0]
	m := Match{Confidence: best.Score, Why: best.Why, Candidates: all[:min(len(all), mostCandidate)]}
	rival := len(all) > 1 && all[1].Score > apartEnough*best.Score
	switch {
	case conflicts[best.Load] != "":
		m.Why = fmt.Sprintf("%s: %s", best.Load, best.Why)
	case rival:
		m.Why = fmt.Sprintf("the paper names more than one load: %s (%s) and %s (%s)", best.Load, best.Why, all[1].Load, all[1].Why)
	case best.Score < enough:
		m.Why = fmt.Sprintf("only weak signs point to %s: %s", best.Load, best.Why)
	default:
		m.Load = best.Load
	}
	return m
}

// labelsOf gathers what the paper's labels say: value -> type -> strength.
func labelsOf(mentions []Mention) map[string]map[freight.RefType]float64 {
	out := map[string]map[freight.RefType]float64{}
	for _, m := range mentions {
		kind, ok := freight.ParseRefType(m.Type)
		if !ok {
			continue
		}
		key := m.Key()
		if out[key] == nil {
			out[key] = map[freight.RefType]float64{}
		}
		out[key][kind] = max(out[key][kind], m.Strength)
	}
	return out
}

// sharers counts the loads that carry the same number.
func sharers(hits []Hit) map[string]int {
	loads := map[string]map[string]bool{}
	for _, h := range hits {
		if loads[h.Value] == nil {
			loads[h.Value] = map[string]bool{}
		}
		loads[h.Value][h.Load] = true
	}
	out := map[string]int{}
	for value, l := range loads {
		out[value] = len(l)
	}
	return out
}

// score adds the evidence up: the chance that not every reference points here by accident.
func score(hits []Hit, label map[string]map[freight.RefType]float64, shared map[string]int) float64 {
	best := map[string]float64{} // by value: one number counts once, whatever types it is known under
	for _, h := range hits {
		w, ok := weights[h.Type]
		if !ok {
			w = weights[freight.RefOther]
		}
		types := label[h.Value]
		switch _, same := types[h.Type]; {
		case same:
		case len(types) > 0 && types[freight.RefOther] == 0:
			w *= 0.8 // the paper calls it something else
		default:
			w *= 0.95
		}
		if utf8.RuneCountInString(h.Value) < shortNumber && types[h.Type] == 0 && !h.Named {
			w *= 0.3
		}
		best[h.Value] = max(best[h.Value], w/float64(max(shared[h.Value], 1)))
	}
	miss := 1.0
	for _, w := range best {
		miss *= 1 - w
	}
	return 1 - miss
}

// contradiction says in words which labelled number of the paper is not the load's; empty when none speaks against it.
func contradiction(label map[string]map[freight.RefType]float64, refs []freight.Reference) string {
	for _, kind := range contradicting {
		var own string
		agree := false
		for _, r := range refs {
			if r.Type == kind {
				own = r.Value
				agree = agree || label[r.Key()][kind] > 0
			}
		}
		if own == "" || agree {
			continue
		}
		var others []string
		for value, types := range label {
			if types[kind] >= below && !belongs(value, refs) {
				others = append(others, value)
			}
		}
		if len(others) > 0 {
			sort.Strings(others)
			return fmt.Sprintf("the paper's %s %s is not the load's %s", kind, others[0], own)
		}
	}
	return ""
}

// belongs reports whether a number is the load's under any type: papers label loosely.
func belongs(value string, refs []freight.Reference) bool {
	for _, r := range refs {
		if r.Key() == value {
			return true
		}
	}
	return false
}

// names lists the references that were found: "LOAD LD123, BOL 77 found on the paper".
func names(hits []Hit) string {
	seen := map[string]bool{}
	var out []string
	for _, h := range hits {
		s := string(h.Type) + " " + h.Value
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	sort.Strings(out)
	return strings.Join(out, ", ") + " on the paper"
}

func nothingKnown(mentions []Mention) string {
	var named []string
	for _, m := range mentions {
		if _, ok := freight.ParseRefType(m.Type); ok && len(named) < 3 {
			named = append(named, m.Type+" "+m.Value)
		}
	}
	if len(named) == 0 {
		return "no number was found on the paper or in its name"
	}
	return "no load on the desk has " + strings.Join(named, ", ")
}
