package verdict

import (
	"slices"

	"tracedesk/backend/documents/paper"
)

// gravity orders the verdicts of proofs: of several main proofs the gravest stands for the file.
var gravity = map[paper.Verdict]int{paper.Verified: 1, paper.Exception: 2, paper.Review: 3, paper.WrongLoad: 4, paper.Unreadable: 5}

// OfFile is what a file of several documents is worth: the verdict of its main proof, delivery before pickup. Without a
// proof it is supporting when anything in it is.
func OfFile(docs []paper.Document) (paper.Verdict, []string) {
	var main *paper.Document
	out := paper.NotAProof
	for i := range docs {
		d := &docs[i]
		switch {
		case d.Verdict == paper.Unreadable:
			return d.Verdict, d.Reasons
		case d.Verdict == paper.Supporting:
			out = paper.Supporting
		case d.Verdict != paper.NotAProof && (main == nil || rank(*d) > rank(*main)):
			main = d
		}
	}
	if main == nil {
		return out, nil
	}
	return main.Verdict, main.Reasons
}

// rank puts proofs of delivery before those of pickup, and among equals the graver.
func rank(d paper.Document) int {
	r := gravity[d.Verdict]
	if provesDelivery(d) {
		r += 10
	}
	return r
}

// Bundle adds to the reasons of the proofs of a file that it holds papers of several loads.
func Bundle(docs []paper.Document) {
	loads := map[string]bool{}
	for _, d := range docs {
		if d.Match != nil && d.Match.Load != "" && d.Type != paper.Other {
			loads[d.Match.Load] = true
		}
	}
	if len(loads) < 2 {
		return
	}
	Note(docs, TwoLoadsInFile)
}

// Note adds a reason that decides nothing to the proofs of a file.
func Note(docs []paper.Document, reason string) {
	for i := range docs {
		d := &docs[i]
		if gravity[d.Verdict] > 0 && d.Verdict != paper.Unreadable && !slices.Contains(d.Reasons, reason) {
			d.Reasons = append(d.Reasons, reason)
		}
	}
}
