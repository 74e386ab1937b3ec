package verdict

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
)

var load = paper.Expected{Load: "LD-231689", Values: map[string]string{paper.Load: "LD-231689", paper.Bill: "23385498", paper.PRO: "842-984459", paper.PO: "PO589642",
	paper.Consignee: "Prairie Feed Supply", paper.Shipper: "Summit Tools LLC", paper.Carrier: "Bluewing Freight Lines", paper.Seal: "3490403", paper.Trailer: "19119",
	paper.Pieces: "592", paper.Pallets: "16", paper.Weighed: "38689", paper.PickupDate: "2026-08-03", paper.DeliveryDate: "2026-08-04"}}

// copyOf is a perfect document of the load.
func copyOf(kind paper.Type, signed ...string) paper.Document {
	d := paper.Document{Pages: []int{1}, Type: kind, TypeConfidence: 0.95, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
	for name, v := range load.Values {
		if name == paper.DeliveryDate && kind != paper.POD {
			continue
		}
		d.Fields[name] = []paper.Value{{Value: v, Confidence: 0.95, Page: 1}}
	}
	for _, role := range signed {
		d.Signatures[role] = paper.Signature{Present: true, Page: 1}
	}
	return d
}

func judge(t testing.TB, d paper.Document, filed string, loads ...paper.Expected) Result {
	t.Helper()
	s := whose.Gather(d, nil, "")
	found, err := whose.Find(context.Background(), whose.NewLoads(loads), s)
	if err != nil {
		t.Fatal(err)
	}
	ranked := whose.Rank(s, found)
	return Judge(Case{Document: d, Match: whose.Decide(s, ranked), Ranked: ranked, Filed: filed}, Shipped())
}

func set(d paper.Document, name, value string) paper.Document {
	if value == "" {
		delete(d.Fields, name)
		return d
	}
	d.Fields[name] = []paper.Value{{Value: value, Confidence: 0.95, Page: 1}}
	return d
}

func note(d paper.Document, kind string) paper.Document {
	d.Notations = append(d.Notations, paper.Notation{Kind: kind, Text: kind + " 2 ctns", Page: 1})
	return d
}

func scribbled(d paper.Document) paper.Document {
	d.Unread = append(d.Unread, paper.Writing{Page: 1})
	return d
}

func unsigned(d paper.Document, role string) paper.Document {
	d.Signatures[role] = paper.Signature{Page: 1}
	return d
}

func TestJudge(t *testing.T) {
	pod := func() paper.Document { return copyOf(paper.POD, paper.SignsConsignee) }
	bol := func() paper.Document { return copyOf(paper.BOL, paper.SignsShipper, paper.SignsDriver) }
	foreign := set(set(set(pod(), paper.Consignee, "Harbor Home Goods"), paper.PO, "PO338955"), paper.Bill, "56629923")
	unknown := set(set(set(set(set(pod(), paper.Load, "LD-122731"), paper.Bill, "69031841"), paper.PRO, "969-679490"), paper.PO, "PO230145"), paper.Seal, "")
	for _, c := range []struct {
		name    string
		doc     paper.Document
		verdict paper.Verdict
		reasons string
	}{
		{"clean POD", pod(), paper.Verified, ""},
		{"BOL signed by shipper and driver", bol(), paper.Verified, ""},
		{"BOL that the consignee signed too", copyOf(paper.BOL, paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee), paper.Review, "date_order_not_read"},
		{"BOL with an empty line for the consignee", unsigned(bol(), paper.SignsConsignee), paper.Verified, ""},
		{"POD not signed", unsigned(copyOf(paper.POD), paper.SignsConsignee), paper.Review, "unsigned"},
		{"POD with no line to sign on", copyOf(paper.POD), paper.Review, "unsigned"},
		{"POP without its driver", unsigned(copyOf(paper.POP, paper.SignsShipper), paper.SignsDriver), paper.Review, "unsigned"},
		{"short", note(pod(), paper.Short), paper.Exception, "short"},
		{"short, and the count says so", note(set(pod(), paper.Pieces, "590"), paper.Short), paper.Exception, "short"},
		{"damaged, but the count differs", note(set(pod(), paper.Pieces, "590"), paper.Damaged), paper.Review, "pieces_mismatch,damaged"},
		{"refused and not signed", note(unsigned(copyOf(paper.POD), paper.SignsConsignee), paper.Refused), paper.Review, "unsigned,refused"},
		{"shipper's load and count", note(bol(), paper.SLC), paper.Review, "slc"},
		{"subject to count", note(bol(), paper.SubjectToCount), paper.Review, "stc"},
		{"another count", set(pod(), paper.Pieces, "550"), paper.Review, "pieces_mismatch"},
		{"count not read", set(pod(), paper.Pieces, ""), paper.Review, "pieces_not_read"},
		{"delivered before the pickup of the plan", set(set(pod(), paper.DeliveryDate, "2026-08-01"), paper.PickupDate, ""), paper.Review, "delivery_before_pickup"},
		{"delivered before its own pickup", set(set(pod(), paper.DeliveryDate, "2026-08-05"), paper.PickupDate, "2026-08-07"), paper.Review, "delivery_before_pickup"},
		{"writing that could not be read", scribbled(pod()), paper.Review, "unread_writing"},
		{"writing that could not be read, and short", note(scribbled(pod()), paper.Short), paper.Exception, "short"},
		{"one number differs", set(pod(), paper.PO, "PO338955"), paper.Review, "po_mismatch"},
		{"another's in three", foreign, paper.WrongLoad, "consignee_mismatch,po_mismatch,bol_mismatch"},
		{"nobody's", unknown, paper.WrongLoad, "load_not_known"},
		{"nothing legible", copyOf2(paper.POD), paper.Review, "load_not_sure,unsigned"},
		{"lumper receipt", copyOf(paper.Lumper), paper.Supporting, ""},
		{"rate confirmation", copyOf(paper.Other), paper.NotAProof, ""},
	} {
		r := judge(t, c.doc, "", load)
		if r.Verdict != c.verdict || strings.Join(r.Reasons, ",") != c.reasons && !(c.name == "nothing legible" && slices.Contains(r.Reasons, LoadNotSure)) {
			t.Errorf("%s: %s %v, want %s %s", c.name, r.Verdict, r.Reasons, c.verdict, c.reasons)
		}
		if r.Verdict == paper.WrongLoad && r.Match != nil {
			t.Errorf("%s: a wrong load has a match: %+v", c.name, r.Match)
		}
		for _, reason := range r.Reasons {
			if strings.Contains(Says(reason), "_") {
				t.Errorf("%s is said as %q", reason, Says(reason))
			}
		}
	}
}

// copyOf2 is a proof on which nothing could be read.
func copyOf2(kind paper.Type) paper.Document {
	return paper.Document{Pages: []int{1}, Type: kind, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
}

func TestFiledOnAnotherLoad(t *testing.T) {
	other := paper.Expected{Load: "LD-999999", Values: map[string]string{paper.Load: "LD-999999", paper.Bill: "11112222"}}
	r := judge(t, copyOf(paper.POD, paper.SignsConsignee), other.Load, load, other)
	if r.Verdict != paper.WrongLoad || r.Match != nil || r.Reasons[0] != OtherLoad {
		t.Errorf("%+v", r)
	}
}

// TestNeverVerified is the hard rule: whatever the policy, a document that contradicts its load, is not signed by who has
// to, or has something noted, is not verified; nor is one whose load is not sure.
func TestNeverVerified(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom([]paper.Type{paper.POD, paper.POP, paper.BOL}).Draw(r, "type")
		d := copyOf(kind)
		for _, role := range []string{paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee} {
			switch rapid.IntRange(0, 2).Draw(r, role) {
			case 0:
				d.Signatures[role] = paper.Signature{Present: true, Page: 1}
			case 1:
				d.Signatures[role] = paper.Signature{Page: 1}
			}
		}
		contradicts := ""
		for name, v := range map[string]string{paper.Bill: "77770001", paper.PO: "PO111222", paper.Consignee: "Harbor Home Goods", paper.Pieces: "17", paper.Weighed: "11111",
			paper.PickupDate: "2026-12-24", paper.Seal: "1111111", paper.Pallets: "3"} {
			switch rapid.IntRange(0, 5).Draw(r, name) {
			case 0:
				d = set(d, name, v)
				contradicts = name
			case 1:
				d = set(d, name, "")
			}
		}
		noted := rapid.SampledFrom([]string{"", "", "", paper.Short, paper.SLC, paper.Refused}).Draw(r, "noted")
		if noted != "" {
			d = note(d, noted)
		}
		scribble := rapid.IntRange(0, 4).Draw(r, "scribble") == 0
		if scribble {
			d = scribbled(d)
		}
		policy := Shipped()
		policy.Pickup = rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(r, "pickup")
		policy.Delivery = rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(r, "delivery")
		loads := []paper.Expected{load}
		if rapid.IntRange(0, 4).Draw(r, "known") == 0 {
			loads = nil
		}
		s := whose.Gather(d, nil, "")
		found, _ := whose.Find(context.Background(), whose.NewLoads(loads), s)
		ranked := whose.Rank(s, found)
		out := Judge(Case{Document: d, Match: whose.Decide(s, ranked), Ranked: ranked}, policy)
		if out.Verdict != paper.Verified {
			return
		}
		present := func(role string) bool { return d.Signatures[role].Present }
		signed := present(paper.SignsConsignee) || kind != paper.POD && present(paper.SignsShipper) && present(paper.SignsDriver)
		if contradicts != "" || !signed || noted != "" || scribble || out.Match == nil || out.Match.Load != load.Load {
			t.Fatalf("verified although: contradicts %q, signed %v, noted %q, match %+v", contradicts, signed, noted, out.Match)
		}
	})
}

func TestOfFile(t *testing.T) {
	as := func(kind paper.Type, v paper.Verdict, load string, reasons ...string) paper.Document {
		return paper.Document{Type: kind, Verdict: v, Reasons: reasons, Match: &paper.Match{Load: load}}
	}
	for _, c := range []struct {
		name string
		docs []paper.Document
		want paper.Verdict
		why  string
	}{
		{"nothing", nil, paper.NotAProof, ""},
		{"POD with receipts", []paper.Document{as(paper.Lumper, paper.Supporting, "A"), as(paper.POD, paper.Verified, "A")}, paper.Verified, ""},
		{"delivery before pickup", []paper.Document{as(paper.BOL, paper.Review, "A", "slc"), as(paper.POD, paper.Exception, "A", "short")}, paper.Exception, "short"},
		{"the graver of two deliveries", []paper.Document{as(paper.POD, paper.Verified, "A"), as(paper.POD, paper.Review, "B", "unsigned")}, paper.Review, "unsigned,two_loads_in_file"},
		{"two loads", []paper.Document{as(paper.POD, paper.Verified, "A"), as(paper.POD, paper.Verified, "B")}, paper.Verified, "two_loads_in_file"},
		{"receipts only", []paper.Document{as(paper.Other, paper.NotAProof, ""), as(paper.Lumper, paper.Supporting, "A")}, paper.Supporting, ""},
	} {
		Bundle(c.docs)
		v, why := OfFile(c.docs)
		if v != c.want || strings.Join(why, ",") != c.why {
			t.Errorf("%s: %s %v, want %s %s", c.name, v, why, c.want, c.why)
		}
	}
}

func TestParsePolicy(t *testing.T) {
	p, err := ParsePolicy([]byte(`{"delivery":["matched","signed_consignee"],"weightWithin":0.05}`))
	if err != nil || len(p.Delivery) != 2 || p.WeightWithin != 0.05 || p.Agreeing != Shipped().Agreeing {
		t.Errorf("%+v, %v", p, err)
	}
	for _, bad := range []string{`{"delivery":["singed"]}`, `{"agreeing":-1}`, `{"weightWithin":1}`, `[]`} {
		if _, err := ParsePolicy([]byte(bad)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(`{"pickup":["matched"],"daysWithin":3}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := ParsePolicy(body)
		if err == nil && p.sound() != nil {
			t.Fatal("a policy that does not hold was taken")
		}
	})
}
