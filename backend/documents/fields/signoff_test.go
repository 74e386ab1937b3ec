package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestBillOfLadingSignedOff(t *testing.T) {
	signed, empty := paper.Signature{Present: true, Page: 1}, paper.Signature{Page: 1}
	for _, c := range []struct {
		says  string
		kind  paper.Type
		signs map[string]paper.Signature
		want  paper.Type
	}{
		{"picked up", paper.BOL, map[string]paper.Signature{paper.SignsShipper: signed, paper.SignsDriver: signed}, paper.BOL},
		{"with an empty line for the receiver", paper.BOL, map[string]paper.Signature{paper.SignsShipper: signed, paper.SignsDriver: signed, paper.SignsConsignee: empty}, paper.BOL},
		{"signed by the receiver", paper.BOL, map[string]paper.Signature{paper.SignsShipper: signed, paper.SignsDriver: signed, paper.SignsConsignee: signed}, paper.POD},
		{"signed by the receiver alone", paper.BOL, map[string]paper.Signature{paper.SignsConsignee: signed}, paper.POD},
		{"a pickup receipt is none", paper.POP, map[string]paper.Signature{paper.SignsConsignee: signed}, paper.POP},
	} {
		got := Join([]Facts{{Page: 1, Type: c.kind, Confidence: 0.9, Signatures: c.signs}})
		if got.Type != c.want || (got.Subtype == paper.SignedBill) != (c.kind != c.want) {
			t.Errorf("%s: %s %q, not %s", c.says, got.Type, got.Subtype, c.want)
		}
	}
	later := Join([]Facts{
		{Page: 1, Type: paper.BOL, Confidence: 0.9, Nth: 1, Of: 2},
		{Page: 2, Type: paper.BOL, Confidence: 0.4, Nth: 2, Of: 2, Signatures: map[string]paper.Signature{paper.SignsConsignee: signed}},
	})
	if later.Type != paper.POD {
		t.Errorf("signed off on its second page: %s", later.Type)
	}
	half := later
	half.Signatures = nil
	if SignOff(&half); half.Type != paper.BOL || half.Subtype != "" {
		t.Errorf("a part without the receiver's signature: %s %q", half.Type, half.Subtype)
	}
}
