package documents

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
)

// countedPOD is a signed POD on which everything agrees with its load, with these counts of pieces.
func countedPOD(desk string, pieces ...paper.Value) (paper.Document, []paper.Expected) {
	load := paper.Expected{Load: "LD-231689", Values: map[string]string{paper.Load: "LD-231689", paper.Bill: "23385498", paper.PRO: "842-984459",
		paper.Consignee: "Prairie Feed Supply", paper.PickupDate: "2026-08-03", paper.DeliveryDate: "2026-08-04"}}
	d := paper.Document{Pages: []int{1}, Type: paper.POD, TypeConfidence: 0.95, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{paper.SignsConsignee: {Present: true, Page: 1}}}
	for name, v := range load.Values {
		d.Fields[name] = []paper.Value{{Value: v, Confidence: 0.95, Page: 1}}
	}
	d.Fields[paper.Pieces] = pieces
	if desk != "" {
		load.Values[paper.Pieces] = desk
	}
	return d, []paper.Expected{load}
}

func verdictOf(t interface{ Fatal(...any) }, d paper.Document, loads []paper.Expected, p verdict.Policy) paper.Document {
	x := Exam{Known: whose.NewLoads(loads), Policy: func(string) verdict.Policy { return p }}
	if err := x.judge(context.Background(), &d, nil, "", ""); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestACountByHandIsNeverOutweighed: what is printed on the form agrees with the load; the count by hand does not.
func TestACountByHandIsNeverOutweighed(t *testing.T) {
	print := func(v string, sure float64) paper.Value {
		return paper.Value{Value: v, Confidence: sure, Page: 1, Labelled: true}
	}
	hand := func(v string, sure float64) paper.Value {
		return paper.Value{Value: v, Confidence: sure, Page: 1, Labelled: true, Hand: true}
	}
	for _, c := range []struct {
		name   string
		desk   string
		pieces []paper.Value
		noted  string
		want   paper.Verdict
	}{
		{"both agree", "592", []paper.Value{print("592", 0.95), hand("592", 0.8)}, "", paper.Verified},
		{"the hand says less", "592", []paper.Value{print("592", 0.95), hand("580", 0.8)}, "", paper.Review},
		{"the hand is surer", "592", []paper.Value{hand("580", 0.95), print("592", 0.9)}, "", paper.Review},
		{"and it is noted", "592", []paper.Value{print("592", 0.95), hand("580", 0.8)}, paper.Short, paper.Exception},
		{"the hand agrees, the print does not", "592", []paper.Value{hand("592", 0.9), print("580", 0.8)}, "", paper.Verified},
		{"a part of the number", "592", []paper.Value{print("592", 0.95), hand("59", 0.8)}, "", paper.Verified},
		{"a scrawl", "592", []paper.Value{print("592", 0.95), hand("580", 0.4)}, "", paper.Verified},
		{"the load has no count", "", []paper.Value{print("592", 0.95), hand("580", 0.8)}, "", paper.Review},
		{"the load has no count, both agree", "", []paper.Value{print("592", 0.95), hand("592", 0.8)}, "", paper.Verified},
	} {
		d, loads := countedPOD(c.desk, c.pieces...)
		if c.noted != "" {
			d.Notations = []paper.Notation{{Kind: c.noted, Text: "12 short", Page: 1}}
		}
		if got := verdictOf(t, d, loads, verdict.Shipped()); got.Verdict != c.want {
			t.Errorf("%s: %s %v, want %s", c.name, got.Verdict, got.Reasons, c.want)
		}
	}
}

// TestACountByHandUnderAnyPolicy: also where the customer does not ask for the count.
func TestACountByHandUnderAnyPolicy(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(10, 999).Draw(r, "load")
		m := rapid.IntRange(10, 999).Draw(r, "hand")
		if m == n {
			return
		}
		sure := rapid.Float64Range(0.6, 0.99)
		pieces := []paper.Value{{Value: fmt.Sprint(n), Confidence: sure.Draw(r, "print"), Page: 1, Labelled: true}, {Value: fmt.Sprint(m), Confidence: sure.Draw(r, "pen"), Page: 1, Labelled: true, Hand: true}}
		if rapid.Bool().Draw(r, "pen first") {
			slices.Reverse(pieces)
		}
		desk := fmt.Sprint(n)
		if rapid.Bool().Draw(r, "the load has none") {
			desk = ""
		}
		p := verdict.Shipped()
		p.Delivery = slices.DeleteFunc(p.Delivery, func(s string) bool { return s == paper.Pieces && rapid.Bool().Draw(r, "not asked") })
		p.Agreeing = rapid.IntRange(0, 2).Draw(r, "agreeing")
		d, loads := countedPOD(desk, pieces...)
		if got := verdictOf(r, d, loads, p); got.Verdict == paper.Verified && !partly(fmt.Sprint(m), fmt.Sprint(n)) {
			r.Fatalf("%v of %q verified: %+v", pieces, desk, got.Checks)
		}
	})
}

// partly tells a number that was read in part.
func partly(read, whole string) bool {
	return len(read) < len(whole) && (whole[:len(read)] == read || whole[len(whole)-len(read):] == read)
}
