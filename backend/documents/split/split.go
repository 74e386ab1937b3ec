// Package split groups the pages of a file into documents.
//
// A page belongs to the document before it when it counts on ("Page 2 of 3"), or has the same title and the same
// references, or no title of its own and nothing that speaks of another load. Blank pages are set aside. Pure.
package split

import (
	"regexp"
	"strconv"
	"strings"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
)

// Leaf is one page with what was read on it alone.
type Leaf struct {
	Page     *paper.Page
	Document paper.Document
}

// Pages groups leaves into documents: for each the indexes of its leaves, in order. Blank pages are in none.
func Pages(leaves []Leaf) [][]int {
	var groups [][]int
	for i := range leaves {
		if blank(leaves[i]) {
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

func blank(l Leaf) bool { return l.Page.Blank || l.Document.Type == paper.Blank }

// titled is the confidence in its type from which a page has a title of its own.
const titled = 0.5

// continues reports whether leaf i goes on with the document of the leaves in group.
func continues(leaves []Leaf, group []int, i int) bool {
	before, leaf := leaves[group[len(group)-1]], leaves[i]
	shared, conflict := compare(leaves, group, leaf)
	if conflict {
		return false
	}
	had, hadOf := counted(before.Page)
	n, of := counted(leaf.Page)
	switch {
	case of > 0 && n == 1:
		return false
	case of > 1 && hadOf == of && n == had+1:
		return true
	case hadOf > 0 && had == hadOf:
		return false // the document before has ended
	}
	own := leaf.Document.Type != paper.Other && leaf.Document.TypeConfidence >= titled
	first := leaves[group[0]].Document
	if own {
		// The same title again goes on, unless each has lines to sign on: then it is another copy.
		return shared > 0 && leaf.Document.Type == first.Type && !(signable(leaf) && signable(leaves[group[0]]))
	}
	if leaf.Document.Type == paper.Other && leaf.Document.TypeConfidence >= titled {
		return false // an invoice, a rate confirmation
	}
	adjacent := group[len(group)-1] == i-1
	return shared > 0 || adjacent && len(references(leaf.Document)) == 0
}

func signable(l Leaf) bool { return len(l.Document.Signatures) > 0 }

// legible is the confidence from which a reference tells documents apart.
const legible = 0.6

// mayBeSame is how much of a misreading two readings of one number may be of one another.
const mayBeSame = 5.5

// compare counts the references that a leaf shares with a group, and tells whether one speaks against it.
func compare(leaves []Leaf, group []int, leaf Leaf) (shared int, conflict bool) {
	mine := references(leaf.Document)
	for _, g := range group {
		for field, theirs := range references(leaves[g].Document) {
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

func references(d paper.Document) map[string]string {
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

// counting is how pages count: "Page 2 of 3", "Pg. 1/2", "Página 1 de 2", "2 of 3" on a line of its own.
var counting = regexp.MustCompile(`(?i)\bp(?:age|g|[aá]gina)\.?\s*#?:?\s*(\d{1,3})\s*(?:of|/|de)\s*(\d{1,3})\b`)

const mostPages = 200

// counted is the number that a page gives itself, and of how many; zeros where it does not.
func counted(p *paper.Page) (n, of int) {
	var text strings.Builder
	for i, w := range p.Words {
		if i > 0 && w.Line != p.Words[i-1].Line {
			text.WriteByte('\n')
		}
		text.WriteString(w.Text)
		text.WriteByte(' ')
	}
	found := counting.FindStringSubmatch(text.String())
	if found == nil {
		return 0, 0
	}
	n, _ = strconv.Atoi(found[1])
	of, _ = strconv.Atoi(found[2])
	if n < 1 || of < n || of > mostPages {
		return 0, 0
	}
	return n, of
}
