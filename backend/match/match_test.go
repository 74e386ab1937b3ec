package match

import (
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

func ref(t freight.RefType, v, scope string) freight.Reference {
	return freight.Reference{Type: t, Value: v, Scope: scope}
}

func TestDecide(t *testing.T) {
	load := func(id int64, scac string, hits ...freight.Reference) Candidate {
		return Candidate{Load: id, Number: "L" + string(rune('0'+id)), SCAC: scac, Hits: hits}
	}
	tests := []struct {
		name  string
		e     Evidence
		cands []Candidate
		want  int64
		why   string
	}{
		{"load number", Evidence{Names: []freight.Reference{ref("LOAD", "104-233", "")}}, []Candidate{load(1, "ABCD", ref("LOAD", "104233", ""))}, 1, ""},
		{"load number although the carrier differs", Evidence{Names: []freight.Reference{ref("LOAD", "104233", "")}, SCAC: "WXYZ"}, []Candidate{load(1, "ABCD", ref("LOAD", "104233", ""))}, 1, ""},
		{"PRO of this carrier", Evidence{Names: []freight.Reference{ref("PRO", "55", "ABCD")}, SCAC: "ABCD"}, []Candidate{load(1, "ABCD", ref("PRO", "55", "ABCD"))}, 1, ""},
		{"PRO of another carrier", Evidence{Names: []freight.Reference{ref("PRO", "55", "WXYZ")}, SCAC: "WXYZ"}, []Candidate{load(1, "ABCD", ref("PRO", "55", "ABCD"))}, 0, "does not tell"},
		{"one PO, two loads", Evidence{Names: []freight.Reference{ref("PO", "77", "")}}, []Candidate{load(1, "", ref("PO", "77", "")), load(2, "", ref("PO", "77", ""))}, 0, "does not tell"},
		{"one BOL, two loads", Evidence{Names: []freight.Reference{ref("BOL", "77", "")}}, []Candidate{load(1, "", ref("BOL", "77", "")), load(2, "", ref("BOL", "77", ""))}, 0, "alike"},
		{"two loads, the carrier settles it", Evidence{Names: []freight.Reference{ref("BOL", "77", "")}, SCAC: "ABCD"},
			[]Candidate{load(1, "ABCD", ref("BOL", "77", "")), load(2, "WXYZ", ref("BOL", "77", ""))}, 1, ""},
		{"PO and pickup number add up", Evidence{Names: []freight.Reference{ref("PO", "77", ""), ref("PICKUP", "8", "")}},
			[]Candidate{load(1, "", ref("PO", "77", ""), ref("PICKUP", "8", "")), load(2, "", ref("PO", "77", ""))}, 1, ""},
		{"leading zeros are another number", Evidence{Names: []freight.Reference{ref("BOL", "077", "")}}, []Candidate{load(1, "", ref("BOL", "77", ""))}, 0, "does not tell"},
		{"nothing on file", Evidence{Names: []freight.Reference{ref("BOL", "1", "")}}, nil, 0, "no load on file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Decide(tt.e, tt.cands)
			if d.Load != tt.want || !strings.Contains(d.Why, tt.why) {
				t.Errorf("got load %d, %q; want load %d, %q", d.Load, d.Why, tt.want, tt.why)
			}
			for i := range tt.cands { // the order of candidates does not matter
				tt.cands[0], tt.cands[i] = tt.cands[i], tt.cands[0]
				if again := Decide(tt.e, tt.cands); again.Load != d.Load {
					t.Errorf("another order of candidates gives load %d", again.Load)
				}
			}
		})
	}
}
