package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// What the load on the page says of its parties and its weight is looked for in the text itself, whatever label stands by it
// and however torn its print is. It is said only where it stands there: a figure is never taken for another. What a label
// says beside it weighs more, so that a paper that contradicts its load keeps contradicting it.

const (
	onTheLoad    = 0.86 // a party of the load, in whatever place
	weightOfLoad = 0.78 // or another word of it
	lettersFound = 0.8  // of a text, its figures all
	leastWeight  = 1000

	leastSureWord = 0.5
)

// loadsHere are the loads that the page is of: by two numbers, or by one and the names of both parties.
func (f *finder) loadsHere() []int {
	if seen := f.loadsSeen(); len(seen) > 0 {
		return seen
	}
	var out []int
	for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
		best := settle(field, f.found[field])
		if len(best) == 0 {
			continue
		}
		for _, l := range f.known.exact[field][squash(best[0].value)] {
			named := func(role string) bool {
				_, ok := f.standing(nameWords(f.known.loads[l].Values[role]), false)
				return ok
			}
			if !slices.Contains(out, l) && named(paper.Shipper) && named(paper.Consignee) {
				out = append(out, l)
			}
		}
	}
	return out
}

// ofTheLoad looks for the parties of the loads on the page, and their addresses.
func (f *finder) ofTheLoad() {
	loads := f.loadsHere()
	for _, l := range loads {
		says := f.known.loads[l].Values
		for _, role := range []string{paper.Shipper, paper.Consignee} {
			if f.playsBoth(loads, says[role]) {
				continue
			}
			f.standsThere(role, says[role], nameWords(says[role]), false)
			f.standsThere(roleAddr[role], says[roleAddr[role]], nameWords(says[roleAddr[role]]), true)
		}
		f.standsThere(paper.Carrier, says[paper.Carrier], nameWords(says[paper.Carrier]), false)
		for _, field := range []string{paper.SCAC, paper.Trailer, paper.Seal} {
			f.wordThere(field, says[field])
		}
		if f.kind != paper.Weight {
			f.weightThere(says[paper.Weighed])
			f.countThere(says[paper.Pieces])
			f.inTotals(says)
		}
	}
}

// playsBoth tells whether a party ships one of the loads and receives one: then labels say who it is.
func (f *finder) playsBoth(loads []int, name string) bool {
	ships := slices.ContainsFunc(loads, func(l int) bool { return f.known.loads[l].Values[paper.Shipper] == name })
	receives := slices.ContainsFunc(loads, func(l int) bool { return f.known.loads[l].Values[paper.Consignee] == name })
	return ships && receives
}

// otherwiseLabelled takes back a party of the load where a label says that it is the other one.
func (f *finder) otherwiseLabelled() {
	others := map[string]string{paper.Shipper: paper.Consignee, paper.Consignee: paper.Shipper}
	for role, other := range others {
		for i := range f.found[role] {
			c := &f.found[role][i]
			same := func(o candidate) bool { return o.label && o.value == c.value }
			if !c.label && slices.ContainsFunc(f.found[other], same) && !slices.ContainsFunc(f.found[role], same) {
				c.score *= 0.4
			}
		}
	}
}

func (f *finder) standsThere(field, value string, words []string, wraps bool) {
	found, ok := f.standing(words, wraps)
	if !ok && strings.Contains(value, "#") && !wraps {
		found, ok = f.standing(nameWords(strings.ReplaceAll(value, "#", "4")), wraps) // as "#118" is read at times
	}
	if !ok {
		return
	}
	f.add(field, candidate{read: read{value: value, text: textOf(found), box: boxOf(found), sure: 0.8, quality: 1}, score: onTheLoad, why: "what the load says stands there"})
}

// standing finds words that stand in one line, or in an address in the lines below, too. Figures have to be as they are; of
// the letters some may be misread or lost.
func (f *finder) standing(words []string, wraps bool) ([]token, bool) {
	if len(words) == 0 || wraps && len(words) < 4 || len(strings.Join(words, "")) < 6 {
		return nil, false
	}
	for _, r := range f.sheet.rows {
		for _, first := range r.tokens {
			if within, whole := holds(first.key, words[0]); !within || !whole && len(words[0]) < 4 {
				continue
			}
			if found, ok := f.standingFrom(first, words, wraps); ok {
				return found, true
			}
		}
	}
	return nil, false
}

const (
	lineWide    = 0.5 // of the page's width
	addressDeep = 3.6 // lines
)

func (f *finder) standingFrom(first token, words []string, wraps bool) ([]token, bool) {
	mid, h := (first.box[1]+first.box[3])/2, f.sheet.height
	foot := mid + 0.9*h
	if wraps {
		foot = mid + addressDeep*h
	}
	var near []token
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			if y := (t.box[1] + t.box[3]) / 2; y > mid-0.9*h && y < foot && t.box[0] > first.box[0]-0.03 && t.box[0] < first.box[0]+lineWide && t.key != "" {
				near = append(near, t)
			}
		}
	}
	found := []token{first}
	have, all := 0, 0
	for _, w := range words {
		all += len(w)
		at := slices.IndexFunc(near, func(t token) bool { within, _ := holds(t.key, w); return within && (wraps || t.box[0] >= first.box[0]) })
		switch {
		case at >= 0:
			have += len(w)
			if !slices.ContainsFunc(found, func(t token) bool { return t.box == near[at].box }) {
				found = append(found, near[at])
			}
		case hasDigit(w), !wraps && len(w) > 2:
			return nil, false
		}
	}
	return found, float64(have) >= lettersFound*float64(all)
}

// holds tells whether a printed word is another or, run together with its neighbour, has it in it; whole that it is all of it.
func holds(key, word string) (within, whole bool) {
	switch {
	case key == word:
		return true, true
	case strings.Map(onlyDigits, key) == strings.Map(onlyDigits, word) && len(word) >= 4 && distance(looks(key), looks(word), len(word)/4) <= len(word)/4 && !isNumber(word):
		return true, true
	case len(word) < 3 || len(key) < len(word)+2:
		return false, false
	case isNumber(word):
		return strings.HasSuffix(key, word) && !hasDigit(strings.TrimSuffix(key, word)) || strings.HasPrefix(key, word) && !hasDigit(strings.TrimPrefix(key, word)), false
	}
	return strings.HasPrefix(key, word) || strings.HasSuffix(key, word), false
}

func isNumber(word string) bool { return digits(word) == len(word) }

// wordThere looks for a word of the load as it is.
func (f *finder) wordThere(field, value string) {
	want := squash(value)
	if len(want) < 4 {
		return
	}
	for _, r := range f.sheet.rows {
		for i, t := range r.tokens {
			if !t.known && squash(t.text) == want && t.sure >= leastSureWord && (field != paper.SCAC || f.amongNumbers(r, i)) {
				f.add(field, candidate{read: read{value: value, text: t.text, box: t.box, sure: t.sure, quality: 1}, score: weightOfLoad, why: "what the load says stands there"})
				return
			}
		}
	}
}

// amongNumbers tells whether a carrier's code stands by itself or with what it goes with: a number, a label, the carrier's name. In a line
// of words ("BWFL FUEL INCLUDED") it is one of them.
func (f *finder) amongNumbers(r row, at int) bool {
	for i, t := range r.tokens {
		if i != at && t.cell == r.tokens[at].cell && !t.known && letters(t.text) > 1 && digits(t.text) == 0 && !f.known.named[t.key] {
			return false
		}
	}
	return true
}

// weightThere looks for the weight of a load. Where a label says another weight, that one is the paper's.
func (f *finder) weightThere(weight string) {
	if number(weight) < leastWeight {
		return
	}
	for _, r := range f.sheet.rows {
		for i, t := range r.tokens {
			if len(t.text) < len(weight) || squash(t.text) != weight && !strings.HasPrefix(squash(t.text), weight+"L") || i > 0 && r.tokens[i-1].key == "#" {
				continue
			}
			if one, ok := readWeight(r.tokens[i : i+1]); ok && one.value == weight && len(findDates(t.text, false)) == 0 {
				f.add(paper.Weighed, candidate{read: one, score: weightOfLoad, why: "the weight of the load stands there"})
				return
			}
		}
	}
}

const (
	hardlyRead  = 0.6 // a word that may be a misread label
	countStands = 0.8
)

// countThere looks for the count of a load beside or under what may be its label, misread, where no label of a count was read at all.
// A count is too short to be looked for anywhere.
func (f *finder) countThere(count string) {
	if len(count) < 2 || slices.ContainsFunc(f.found[paper.Pieces], func(c candidate) bool { return c.label }) {
		return
	}
	for row, r := range f.sheet.rows {
		for i, t := range r.tokens {
			one, ok := readCount(r.tokens[i : i+1])
			if !ok || one.value != count || t.known || t.sure < plainlySaid || t.box[3]-t.box[1] > tallWriting*f.sheet.height {
				continue
			}
			if torn, ok := f.tornLabel(row, i); ok {
				f.add(paper.Pieces, candidate{read: one, score: countStands, why: "the count of the load stands by “" + torn.text + "”", label: true})
				return
			}
		}
	}
}

// tornLabel is the word before a token or over it, where it was hardly read and is near a word that labels counts.
func (f *finder) tornLabel(row, at int) (token, bool) {
	t := f.sheet.rows[row].tokens[at]
	if at > 0 && countsNearly(f.sheet.rows[row].tokens[at-1]) {
		return f.sheet.rows[row].tokens[at-1], true
	}
	for j := row - 1; j >= 0 && t.box[1]-f.sheet.rows[j].box[3] < lowest*f.sheet.height; j-- {
		for _, over := range f.sheet.rows[j].tokens {
			if overlap(over.box[0], over.box[2], t.box[0], t.box[2]) > 0 {
				return over, countsNearly(over)
			}
		}
	}
	return token{}, false
}

// countsNearly tells whether a word that was hardly read is one that labels counts but for a third of its letters.
func countsNearly(t token) bool {
	if t.known || t.sure >= hardlyRead || hasDigit(t.text) {
		return false
	}
	return slices.ContainsFunc(labels, func(l label) bool {
		word := l.words[0]
		return l.field == paper.Pieces && len(l.words) == 1 && len(word) >= 5 && distance(looks(t.key), looks(word), len(word)/3) <= len(word)/3
	})
}
