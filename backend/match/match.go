// Package match decides which load an observation speaks of. Pure: the caller gathers the loads that go by one of the
// numbers, this package weighs them. Weak or tied evidence is never a match; it is explained to a person instead.
package match

import (
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// Evidence is what an observation says about which load it means.
type Evidence struct {
	Names  []freight.Reference
	SCAC   string   // the carrier that speaks, or that is named
	Cities []string // cities named, in any spelling
}

// Candidate is a load that goes by at least one of the numbers.
type Candidate struct {
	Load   int64
	Number string
	Hits   []freight.Reference // its references that were named
	SCAC   string
	Cities []string
	Ended  bool // delivered or closed long before: a re-used number more likely means another load
}

// Accept is the least score that is a match, and Margin how far the next load must be behind.
const (
	Accept = 60
	Margin = 20
)

// answered is what a number tells that a person once answered for: as much as a load number.
const answered = 100

// weights say how much a shared number of a type tells. A PRO counts fully only with the carrier it belongs to.
var weights = map[freight.RefType]int{
	freight.RefLoad: 100, freight.RefPRO: 70, freight.RefBOL: 75, freight.RefP44: 90, freight.RefFourKites: 90, freight.RefMacroPoint: 90,
	freight.RefBooking: 65, freight.RefOrder: 60, freight.RefPO: 45, freight.RefContainer: 50, freight.RefPickup: 50, freight.RefDelivery: 50,
	freight.RefAppointment: 35, freight.RefTrailer: 20, freight.RefOther: 30,
}

// Scored is a candidate with its score and the reasons for it.
type Scored struct {
	Candidate
	Score int
	Why   string
}

// Decision is the outcome: Load is 0 when the evidence does not suffice, and Why then says why.
type Decision struct {
	Load   int64
	Terms  string // how it was matched, for the link
	Why    string
	Ranked []Scored
}

// serious is the least score at which a load may well be the one that is meant; below it the numbers met by chance.
const serious = 35

// Serious reports whether some load may well be the one that is meant, so that a person should look.
func (d Decision) Serious() bool { return len(d.Ranked) > 0 && d.Ranked[0].Score >= serious }

// Decide weighs the candidates. The order of candidates and names does not matter.
func Decide(e Evidence, cands []Candidate) Decision {
	ranked := make([]Scored, 0, len(cands))
	for _, c := range cands {
		ranked = append(ranked, score(e, c))
	}
	slices.SortFunc(ranked, func(a, b Scored) int {
		if a.Score != b.Score {
			return b.Score - a.Score
		}
		return int(a.Load - b.Load)
	})
	d := Decision{Ranked: ranked}
	switch {
	case len(ranked) == 0:
		d.Why = "no load on file goes by " + list(e.Names)
	case ranked[0].Score < Accept:
		d.Why = fmt.Sprintf("%s alone does not tell which load is meant", ranked[0].Why)
	case len(ranked) > 1 && ranked[0].Score-ranked[1].Score < Margin:
		d.Why = fmt.Sprintf("%s fits load %s and load %s alike", list(e.Names), ranked[0].Number, ranked[1].Number)
	default:
		d.Load, d.Terms = ranked[0].Load, ranked[0].Why
	}
	return d
}

func score(e Evidence, c Candidate) Scored {
	s := Scored{Candidate: c}
	var why []string
	named := map[string]bool{}
	for _, hit := range c.Hits {
		w, said := weigh(e, hit)
		key := string(hit.Type) + hit.Key()
		if w == 0 || named[key] {
			continue
		}
		named[key] = true
		s.Score += w
		why = append(why, said)
	}
	if e.SCAC != "" && c.SCAC != "" {
		if strings.EqualFold(e.SCAC, c.SCAC) {
			s.Score += 20
			why = append(why, "carrier "+c.SCAC)
		} else {
			s.Score -= 30
			why = append(why, "but carrier "+c.SCAC+", not "+e.SCAC)
		}
	}
	if city := shared(e.Cities, c.Cities); city != "" {
		s.Score += 15
		why = append(why, "stop "+city)
	}
	if c.Ended {
		s.Score -= 15
		why = append(why, "but ended")
	}
	s.Why = strings.Join(why, ", ")
	return s
}

// weigh is what one shared number tells. The type as named and as filed must agree; a number filed under another type
// (carriers write a BOL where a PRO belongs) tells half, one named without a type ("customer ref") two thirds. A number
// that belongs to another party tells nothing.
func weigh(e Evidence, hit freight.Reference) (int, string) {
	best, said := 0, ""
	for _, name := range e.Names {
		if name.Key() != hit.Key() {
			continue
		}
		if hit.IsTaught() {
			return answered, string(hit.Type) + " " + hit.Value + " by a person's answer"
		}
		w := weights[hit.Type]
		switch {
		case name.Type == hit.Type:
		case name.Type == freight.RefOther:
			w = w * 2 / 3
		default:
			w = min(w, weights[name.Type]) / 2
		}
		if name.Scope != "" && hit.Scope != "" && !strings.EqualFold(name.Scope, hit.Scope) {
			w = 0
		}
		if w > best {
			best, said = w, string(hit.Type)+" "+hit.Value
		}
	}
	return best, said
}

func shared(a, b []string) string {
	for _, x := range a {
		for _, y := range b {
			if x != "" && strings.EqualFold(x, y) {
				return y
			}
		}
	}
	return ""
}

func list(names []freight.Reference) string {
	if len(names) == 0 {
		return "no number"
	}
	parts := make([]string, 0, len(names))
	for _, n := range names[:min(3, len(names))] {
		parts = append(parts, string(n.Type)+" "+n.Value)
	}
	return strings.Join(parts, ", ")
}
