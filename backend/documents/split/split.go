// Package split groups the pages of a file into documents.
//
// A page belongs to the document before it when it counts on ("Page 2 of 3"), or has the same title and the same
// references, or no title of its own and nothing that speaks of another load. Blank pages are set aside. Pure.
package split

import (
	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
)

// Pages groups the pages of a file into documents: for each the indexes of its pages, in order. Blank pages are in none.
func Pages(leaves []fields.Facts) [][]int {
	var groups [][]int
	for i := range leaves {
		if leaves[i].Blank {
			continue
		}
		if n := len(groups); n > 0 && continues(leaves, groups[n-1], i) {
			groups[n-1] = append(groups[n-1], i)
			continue
		}
		groups = append(groups, []int{i})
	}
	return groups
}

// titled is the confidence in its type from which a page has a title of its own.
const titled = 0.5

// continues reports whether leaf i goes on with the document of the leaves in group.
func continues(leaves []fields.Facts, group []int, i int) bool {
	before, leaf := leaves[group[len(group)-1]], leaves[i]
	shared, conflict := compare(leaves, group, leaf)
	if conflict {
		return false
	}
	had, hadOf, n, of := before.Nth, before.Of, leaf.Nth, leaf.Of
	switch {
	case of > 0 && n == 1:
		return false
	case of > 1 && hadOf == of && n == had+1:
		return true
	case hadOf > 0 && had == hadOf:
		return false // the document before has ended
	}
	own := leaf.Type != paper.Other && leaf.Confidence >= titled
	first := leaves[group[0]]
	if own {
		// The same title again goes on, unless each has lines to sign on: then it is another copy.
		return shared > 0 && leaf.Type == first.Type && !(signable(leaf) && signable(leaves[group[0]]))
	}
	if leaf.Type == paper.Other && leaf.Confidence >= titled {
		return false // an invoice, a rate confirmation
	}
	adjacent := group[len(group)-1] == i-1
	return shared > 0 || adjacent && len(references(leaf)) == 0
}

func signable(l fields.Facts) bool { return len(l.Signatures) > 0 }

// legible is the confidence from which a reference tells documents apart.
const legible = 0.6

// mayBeSame is how much of a misreading two readings of one number may be of one another.
const mayBeSame = 5.5

// compare counts the references that a leaf shares with a group, and tells whether one speaks against it.
func compare(leaves []fields.Facts, group []int, leaf fields.Facts) (shared int, conflict bool) {
	mine := references(leaf)
	for _, g := range group {
		for field, theirs := range references(leaves[g]) {
			own, ok := mine[field]
			switch {
			case !ok:
			case whose.Misread(own, theirs) <= mayBeSame:
				shared++
			default:
				conflict = true
			}
		}
	}
	return shared, conflict && shared == 0
}

func references(d fields.Facts) map[string]string {
	out := map[string]string{}
	for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
		for _, v := range d.Fields[field] {
			if v.Confidence >= legible {
				out[field] = freight.NormalRef(v.Value)
				break
			}
		}
	}
	return out
}
