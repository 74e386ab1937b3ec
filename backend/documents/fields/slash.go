package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Labels joined by a slash: "Trailer / Seal" over or before "1215 / 5401608", "TRACTOR/TRAILER" over one value.

// slashed is the first token of the labels that end at a label and are joined to it by slashes.
func (f *finder) slashed(l found) int {
	tokens := f.sheet.rows[l.row].tokens
	k := l.from
	for k > 0 && strings.HasSuffix(tokens[k-1].text, "/") && !f.sheet.apart(tokens, k) {
		k--
		if tokens[k].key == "" && k > 0 && tokens[k-1].known && !f.sheet.apart(tokens, k) {
			k--
		}
	}
	return k
}

// joinedTo are the labels of a row that are joined by slashes to a label, itself among them, from left to right.
func (f *finder) joinedTo(l found) []found {
	all := []found{}
	for _, o := range f.sheet.labels {
		if o.row == l.row && (len(all) == 0 || all[len(all)-1].from != o.from) {
			all = append(all, o)
		}
	}
	at := slices.IndexFunc(all, func(o found) bool { return o.from == l.from })
	if at < 0 {
		return nil
	}
	first, last := at, at
	tokens := f.sheet.rows[l.row].tokens
	joined := func(a, b found) bool {
		lost := a.to == b.from && !f.sheet.apart(tokens, b.from) && equips(a.field) && equips(b.field) // the slash was not read
		return lost || f.slashed(b) <= a.from
	}
	for first > 0 && joined(all[first-1], all[first]) {
		first--
	}
	for last+1 < len(all) && joined(all[last], all[last+1]) {
		last++
	}
	return all[first : last+1]
}

func equips(field string) bool { return field == paper.Trailer || field == paper.Seal }

// sharedRefs reads one of several numbers that stand parted by slashes at labels parted so. It tells whether the label's number is
// settled: where one number stands at labels of two fields, it is whose number it is known as, or nobody's.
func (f *finder) sharedRefs(l found) bool {
	group := f.joinedTo(l)
	if len(group) < 2 || slices.ContainsFunc(group, func(o found) bool { return o.field == l.field && o.from != l.from }) {
		return false
	}
	last := group[len(group)-1]
	values, place := f.beside(last), besideIt
	if len(values) == 0 {
		first := last
		first.from, first.box = group[0].from, union(group[0].box, last.box)
		values, _ = f.below(first)
		place = belowIt
	}
	parts := atSlashes(values)
	nth := slices.IndexFunc(group, func(o found) bool { return o.from == l.from })
	if len(parts) >= len(group) { // words of the next column may follow
		if r, ok := f.readRef(l.field, parts[nth]); ok {
			f.add(l.field, candidate{read: r, score: l.weight * place, why: "at “" + f.print(group[0]) + " / " + f.print(last) + "”", label: true})
			return true
		}
	}
	others := slices.ContainsFunc(group, func(o found) bool { return o.from != l.from && o.field != aside && o.field != column })
	return others && equips(l.field) && len(parts) > 0 && !f.known.has(l.field, squash(textOf(parts[0])))
}

// atSlashes parts tokens at slashes, also those read as a thin letter that stands by itself.
func atSlashes(tokens []token) [][]token {
	var parts [][]token
	var part []token
	for _, t := range tokens {
		switch {
		case len(t.text) == 1 && strings.Contains("/|Il\\", t.text):
			if len(part) > 0 {
				parts, part = append(parts, part), nil
			}
		case strings.HasSuffix(t.text, "/"):
			parts, part = append(parts, append(part, t)), nil
		case strings.Contains(strings.Trim(t.text, "/"), "/"):
			for piece := range strings.SplitSeq(t.text, "/") {
				one := t
				one.text, one.key = piece, keyOf(piece)
				parts, part = append(parts, append(part, one)), nil
			}
		default:
			if rest, ok := strings.CutPrefix(t.text, "/"); ok {
				if len(part) > 0 {
					parts, part = append(parts, part), nil
				}
				t.text = rest
			}
			part = append(part, t)
		}
	}
	if len(part) > 0 {
		parts = append(parts, part)
	}
	return parts
}

// boxedIn tells whether a label is a head of a table with one row: the form's boxes side by side, in which numbers stand, too.
func (f *finder) boxedIn(l found) bool {
	return equips(l.field) && slices.ContainsFunc(f.tables, func(t table) bool {
		return t.header == l.row && len(t.rows) == 1
	})
}
