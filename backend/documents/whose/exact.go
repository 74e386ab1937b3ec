package whose

import (
	"unicode/utf8"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// plainCode is how many digits a code without a letter needs to name a load by itself: shorter ones count pages, forms and
// equipment, too.
const plainCode = 8

// exact reports whether a number stands for a field and cannot have been misread: typed behind the field's label, or all that a
// code with check digits says. A code does not tell what its number is of: it has to be the field's number to the letter
// (cost 0), have letters as ours do or be long, and not stand behind the label of anything else; or the field's printed label
// says the same.
func (n *Number) exact(field string, cost float64) bool {
	for other, v := range n.Labels {
		if other != field && v.Origin != paper.FromCode {
			return false
		}
	}
	if n.typed[field] {
		return true
	}
	if !n.coded || cost > 0 || utf8.RuneCountInString(n.Key) < shortestFuzzy {
		return false
	}
	v, labelled := n.Labels[field]
	return labelled && v.Origin != paper.FromCode || !allDigits(n.Key) || len(n.Key) >= plainCode
}

// namesEquipment reports whether a number is also the trailer or the seal of a load that the paper may belong to.
func namesEquipment(by Term, ranked []Standing) bool {
	key := freight.NormalRef(by.Paper.Value)
	for _, s := range ranked {
		for _, field := range []string{paper.Trailer, paper.Seal} {
			if desk := s.Term(field).Desk; desk != "" && Misread(key, freight.NormalRef(desk)) <= costPrefix {
				return true
			}
		}
	}
	return false
}
