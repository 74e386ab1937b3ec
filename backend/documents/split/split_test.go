package split

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
)

// leaf is a page of some type with fields as "name value", "sign" for a line to sign on, "page N/M" where it counts.
func leaf(kind paper.Type, confidence float64, about ...string) fields.Facts {
	f := fields.Facts{Blank: kind == paper.Blank, Type: kind, Confidence: confidence, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
	for _, a := range about {
		name, value, _ := strings.Cut(a, " ")
		switch name {
		case "sign":
			f.Signatures[paper.SignsConsignee] = paper.Signature{}
		case "page":
			fmt.Sscanf(value, "%d/%d", &f.Nth, &f.Of)
		default:
			f.Fields[name] = []paper.Value{{Value: value, Confidence: 0.9}}
		}
	}
	return f
}

func TestPages(t *testing.T) {
	for _, c := range []struct {
		name   string
		leaves []fields.Facts
		want   string
	}{
		{"one", []fields.Facts{leaf(paper.POD, .9, "load A1234")}, "[[0]]"},
		{"nothing", nil, "[]"},
		{"proof and receipts of one load", []fields.Facts{leaf(paper.POD, .9, "load A1234"), leaf(paper.Lumper, .9, "load A1234"), leaf(paper.Weight, .9, "load A1234")}, "[[0] [1] [2]]"},
		{"two loads", []fields.Facts{leaf(paper.POD, .9, "load A12345"), leaf(paper.POD, .9, "load B99887")}, "[[0] [1]]"},
		{"counted pages", []fields.Facts{leaf(paper.BOL, .9, "load A1234", "page 1/2"), leaf(paper.Other, .2, "page 2/2")}, "[[0 1]]"},
		{"each is page 1 of 1", []fields.Facts{leaf(paper.BOL, .9, "load A1234", "page 1/1"), leaf(paper.BOL, .9, "load A1234", "page 1/1")}, "[[0] [1]]"},
		{"counted, but another load's", []fields.Facts{leaf(paper.BOL, .9, "bol 11223344", "page 1/2"), leaf(paper.BOL, .9, "bol 99887766", "page 2/2")}, "[[0] [1]]"},
		{"title again without lines to sign on", []fields.Facts{leaf(paper.BOL, .9, "load A1234"), leaf(paper.BOL, .9, "load A1234", "sign")}, "[[0 1]]"},
		{"two copies, each to be signed", []fields.Facts{leaf(paper.POD, .9, "load A1234", "sign"), leaf(paper.POD, .9, "load A1234", "sign")}, "[[0] [1]]"},
		{"a blank between", []fields.Facts{leaf(paper.BOL, .9, "load A1234"), leaf(paper.Blank, 1), leaf(paper.POD, .9, "load A1234")}, "[[0] [2]]"},
		{"the blank back of page 1", []fields.Facts{leaf(paper.BOL, .9, "load A1234", "page 1/2"), leaf(paper.Blank, 1), leaf(paper.Other, .1, "page 2/2")}, "[[0 2]]"},
		{"terms on the back", []fields.Facts{leaf(paper.BOL, .9, "load A1234"), leaf(paper.Other, .2)}, "[[0 1]]"},
		{"an invoice behind", []fields.Facts{leaf(paper.POD, .9, "load A1234"), leaf(paper.Other, .8, "po 77")}, "[[0] [1]]"},
		{"a digit misread on page 2", []fields.Facts{leaf(paper.BOL, .9, "bol 11223344"), leaf(paper.Other, .2, "bol 1122334A")}, "[[0 1]]"},
	} {
		if got := fmt.Sprint(Pages(c.leaves)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestEveryPageOnce: each page that is not blank is in one document, in order.
func TestEveryPageOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var leaves []fields.Facts
		for range rapid.IntRange(0, 12).Draw(r, "pages") {
			kind := rapid.SampledFrom([]paper.Type{paper.POD, paper.BOL, paper.Other, paper.Blank}).Draw(r, "type")
			about := []string{rapid.SampledFrom([]string{"load A12345", "load B99887", "sign"}).Draw(r, "load"),
				rapid.SampledFrom([]string{"sign", "page 1/2", "page 2/2", "page 3/3"}).Draw(r, "count")}
			leaves = append(leaves, leaf(kind, rapid.Float64Range(0, 1).Draw(r, "sure"), about...))
		}
		last := -1
		seen := map[int]bool{}
		for _, group := range Pages(leaves) {
			for _, i := range group {
				if i <= last || leaves[i].Blank {
					t.Fatalf("page %d after %d, blank %v", i, last, leaves[i].Blank)
				}
				last = i
				seen[i] = true
			}
		}
		for i, l := range leaves {
			if !l.Blank && !seen[i] {
				t.Fatalf("page %d is lost", i)
			}
		}
	})
}
