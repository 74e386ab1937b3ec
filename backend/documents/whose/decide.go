package whose

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// What a match needs.
const (
	enough      = 6.5 // sum of the terms from which a load is named: odds of 650 to 1 before the prior
	apart       = 3.5 // by which the best is ahead of the second best
	evenOdds    = 4.0 // the sum at which the score is one half: the prior against any one load
	mostOffered = 8
)

// identity are the fields in which another value says that the paper is another load's.
var identity = map[string]bool{paper.Load: true, paper.Bill: true, paper.PRO: true, paper.PO: true, paper.Consignee: true}

// Standing is one load as the document stands to it.
type Standing struct {
	Load  *paper.Expected
	Terms []Term
	Sum   float64
}

// Score is the sum as a chance from 0 to 1.
func (s Standing) Score() float64 {
	p := 1 / (1 + math.Exp(evenOdds-s.Sum))
	return math.Round(p*1000) / 1000
}

// Against are the identity fields that contradict the load.
func (s Standing) Against() []Term {
	return s.only(func(t Term) bool { return t.State == Other && identity[t.Field] })
}

// Sole are the numbers read that are this load's alone.
func (s Standing) Sole() []Term { return s.only(func(t Term) bool { return t.Sole }) }

// Term is the term of a field; State Unknown where there is none.
func (s Standing) Term(field string) Term {
	for _, t := range s.Terms {
		if t.Field == field {
			return t
		}
	}
	return Term{Field: field, State: Unknown}
}

func (s Standing) only(keep func(Term) bool) []Term {
	return slices.DeleteFunc(slices.Clone(s.Terms), func(t Term) bool { return !keep(t) })
}

// Beside is the field of a term that speaks for the load of the papers in the same file.
const Beside = "file"

const besideTells = 3.0

// misreadBeside takes a number that is the load's but for one digit of another's shape, and no open load's, for misread: the papers
// it lies with are the load's.
func misreadBeside(t Term, holders map[string]int) Term {
	if t.State != Close && t.State != Other || t.Field == paper.Seal || t.Field == paper.Trailer {
		return t
	}
	for _, f := range numberFields {
		key := freight.NormalRef(t.Paper.Value)
		if cost := Misread(key, freight.NormalRef(t.Desk)); f.name == t.Field && cost <= costAlike && holders[key] == 0 {
			t.State, t.Weight = Close, max(t.Weight, f.weight-cost)
		}
	}
	return t
}

// Rank weighs all loads found, the best first.
func Rank(s Signs, f Found) []Standing {
	var all []Standing
	for _, load := range f.Loads {
		one := Standing{Load: load, Terms: Weigh(s, load, f.Holders)}
		if load.Load == f.Beside {
			for i := range one.Terms {
				one.Terms[i] = misreadBeside(one.Terms[i], f.Holders)
			}
			one.Terms = append(one.Terms, Term{Field: Beside, State: Same, Desk: f.Beside, Weight: besideTells})
		}
		for _, t := range one.Terms {
			one.Sum += t.Weight
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b Standing) int {
		if a.Sum != b.Sum {
			if a.Sum > b.Sum {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Load.Load, b.Load.Load)
	})
	return all
}

// Decide names the load, or abstains: where the signs are too weak, two loads come close, no number of the load alone was
// read, or the paper legibly contradicts the load. A single contradiction is borne where two numbers of that load alone
// were read, and consignee, BOL or PO agree: the paper is the load's, and a person sees what differs.
func Decide(s Signs, ranked []Standing) paper.Match {
	m := paper.Match{Why: nothingKnown(s)}
	for _, r := range ranked[:min(len(ranked), mostOffered)] {
		if r.Sum > 0 || len(r.Sole()) > 0 {
			m.Candidates = append(m.Candidates, candidate(r))
		}
	}
	if len(m.Candidates) == 0 {
		return m
	}
	best := ranked[0]
	m.Score, m.Why = best.Score(), m.Candidates[0].Why
	against, sole := best.Against(), best.Sole()
	switch {
	case len(against) > 1 || len(against) == 1 && len(sole) < 2, tooMuchAgainst(best, len(sole)):
		m.Why = fmt.Sprintf("%s: %s", best.Load.Load, m.Why)
	case othersGoods(s, best):
		m.Why = fmt.Sprintf("consignee, BOL or PO read as another's and none of them as %s: %s", possessive(best.Load.Load), m.Why)
	case len(ranked) > 1 && ranked[1].Sum > best.Sum-apart && ranked[1].Sum > 0:
		m.Why = fmt.Sprintf("two loads come close: %s (%s) and %s (%s)", best.Load.Load, m.Why, ranked[1].Load.Load, why(ranked[1]))
	case named(ranked[1:]) != "":
		m.Why = fmt.Sprintf("it has numbers of two loads: %s (%s) and %s", best.Load.Load, m.Why, named(ranked[1:]))
	case len(sole) == 1 && best.Term(Beside).State != Same && !apartFromTwin(best, sole[0], ranked):
		m.Why = fmt.Sprintf("another open load is one digit apart, and nothing but %s tells them apart: %s", Called(sole[0].Field), m.Why)
	case len(sole) == 0 && !confused(best) && !besideWith(best):
		m.Why = fmt.Sprintf("no number was read that is %s alone: %s", possessive(best.Load.Load), m.Why)
	case best.Sum < enough:
		m.Why = fmt.Sprintf("only weak signs point to %s: %s", best.Load.Load, m.Why)
	default:
		m.Load = best.Load.Load
	}
	return m
}

// What a load may be contradicted in, of all fields together.
const (
	mostAgainst  = 2
	mostAgainst1 = 1 // where a single number of it was read
)

func tooMuchAgainst(s Standing, sole int) bool {
	others := len(s.only(func(t Term) bool { return t.State == Other }))
	return others > mostAgainst || sole < 2 && others > mostAgainst1
}

// goods are the fields that tell whose goods they are. Load, PRO, seal and trailer tell the trip: the clerk who puts a strange
// paper into the folder of a trip writes them on it.
var goods = []string{paper.Consignee, paper.Bill, paper.PO}

// threeWrong is what three misread characters cost at least: a faint reading further off was not read from the number.
const threeWrong = 3 * costAlike

// othersGoods reports whether a paper reads as of other goods than the load's, be it faintly: one of the fields that tell them
// says something else, and none says what the desk has. Where the papers beside it are the load's, it has to be legible.
func othersGoods(s Signs, best Standing) bool {
	strange := false
	for _, field := range goods {
		t := best.Term(field)
		switch {
		case t.State == Same:
			return false
		case t.State == Other:
			strange = true
		case t.State == Unknown && best.Term(Beside).State != Same:
			strange = strange || otherwise(s.Fields[field], t)
		}
	}
	return strange
}

// otherwise reports whether the first reading of a field in print has nothing of what the desk has.
func otherwise(values []paper.Value, t Term) bool {
	if t.Desk == "" || len(values) == 0 || values[0].Hand || values[0].Learned {
		return false
	}
	if t.Field == paper.Consignee {
		return Alike(values[0].Value, t.Desk) <= otherName
	}
	read, desk := freight.NormalRef(values[0].Value), freight.NormalRef(t.Desk)
	return len(read) >= shortestFuzzy && Misread(read, desk) >= threeWrong && !partOf(read, []string{t.Desk})
}

// named is the load among these of which a number that is its alone stands behind its label; "" where there is none.
func named(others []Standing) string {
	for _, s := range others {
		for _, t := range s.Sole() {
			if identity[t.Field] && t.Labelled && t.Paper.Confidence >= legible {
				return s.Load.Load
			}
		}
	}
	return ""
}

// apartFromTwin reports whether a load of which a single number was read is told from the loads whose number is one digit
// apart: by the number itself where it cannot have been misread, else by anything that agrees with it and not with them.
func apartFromTwin(s Standing, by Term, ranked []Standing) bool {
	exact := by.Exact && identity[by.Field] && !namesEquipment(by, ranked)
	for _, other := range ranked {
		t := other.Term(by.Field)
		if other.Load.Load == s.Load.Load || t.Desk == "" || Misread(freight.NormalRef(t.Desk), freight.NormalRef(by.Desk)) > costOther {
			continue
		}
		if exact && t.State != Same && len(other.Sole()) == 0 {
			continue
		}
		tells := s.only(func(t Term) bool {
			return t.Field != by.Field && t.State == Same && t.Weight >= tellsApart && other.Term(t.Field).State != Same
		})
		if len(tells) == 0 {
			return false
		}
	}
	return true
}

// tellsApart is the weight from which a term tells a load from its twin.
const tellsApart = 1.0

func possessive(load string) string { return "load " + load + "'s" }

// confused reports whether two numbers of the load were read but for the shapes of letters and digits.
func confused(s Standing) bool {
	n := 0
	for _, t := range s.Terms {
		if t.State == Close && identity[t.Field] && t.Weight > 3 {
			n++
		}
	}
	return n >= 2
}

// besideWith reports whether a load of the papers beside has a number that was read at least nearly.
func besideWith(s Standing) bool {
	return s.Term(Beside).State == Same && len(s.only(func(t Term) bool { return identity[t.Field] && t.Field != paper.Consignee && t.Weight > 0 })) > 0
}

func candidate(s Standing) paper.Candidate {
	c := paper.Candidate{Load: s.Load.Load, Score: s.Score(), Why: why(s)}
	for _, t := range s.Terms {
		if t.Weight != 0 {
			c.Terms = append(c.Terms, paper.Term{Field: t.Field, Paper: t.Paper.Value, Desk: t.Desk, Weight: math.Round(t.Weight*100) / 100})
		}
	}
	return c
}

// called are the fields as people say them.
var called = map[string]string{paper.Load: "load number", paper.Bill: "BOL", paper.PRO: "PRO", paper.PO: "PO", paper.Seal: "seal", paper.Trailer: "trailer",
	paper.Consignee: "consignee", paper.Shipper: "shipper", paper.Carrier: "carrier", paper.Pieces: "pieces", paper.Weighed: "weight",
	Beside: "papers beside of load", paper.Pallets: "pallets", paper.PickupDate: "pickup date", paper.DeliveryDate: "delivery date"}

// Called is a field as people say it.
func Called(field string) string {
	if c, ok := called[field]; ok {
		return c
	}
	return field
}

// why tells the terms in words: what agrees, what nearly does, what does not.
func why(s Standing) string {
	var same, near, other []string
	for _, t := range s.Terms {
		switch t.State {
		case Same:
			same = append(same, Called(t.Field)+" "+t.Desk)
		case Close:
			near = append(near, fmt.Sprintf("%s read as %s, the load has %s", Called(t.Field), t.Paper.Value, t.Desk))
		case Other:
			if t.Weight < 0 || t.Paper.Learned {
				other = append(other, fmt.Sprintf("%s %s is not the load's %s", Called(t.Field), t.Paper.Value, t.Desk))
			}
		}
	}
	var parts []string
	if len(same) > 0 {
		parts = append(parts, strings.Join(same, ", ")+" agree")
		if len(same) == 1 {
			parts[0] = same[0] + " agrees"
		}
	}
	parts = append(parts, near...)
	if len(other) > 0 {
		parts = append(parts, "but "+strings.Join(other, "; "))
	}
	if len(parts) == 0 {
		return "nothing agrees"
	}
	return strings.Join(parts, "; ")
}

func nothingKnown(s Signs) string {
	var named []string
	for _, n := range s.Numbers {
		for _, f := range numberFields {
			if v, ok := n.Labels[f.name]; ok && len(named) < 3 {
				named = append(named, Called(f.name)+" "+v.Value)
				break
			}
		}
	}
	if len(named) == 0 {
		return "no number of a load was found on the paper or in its name"
	}
	return "no open load has " + strings.Join(named, ", ")
}
