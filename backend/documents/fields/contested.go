package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A number that is not the load's, on a page whose other numbers are, was misread or is another load's: near twins are one digit apart.
// So its spot is read again in several ways, and the readings vote between the two: what the load has is taken only where the ink says
// so again and again, and it is a vote like any other before.

// asContested is how a printed number is read again: as a block, in which the engine finds the line by itself, and as a line small
// and large, its letters as they stand and set apart.
var asContested = []paper.Closer{{Scale: 2}, {Line: true, Scale: 0.6}, {Scale: 3}, {Line: true, Scale: 1.6}, {Scale: 2, Apart: true}}

const (
	borneOut     = 3   // readings that say the same
	besideThem   = 1   // readings that may say the other of the two
	countsItself = 0.5 // how sure the page's own reading is that has a vote
	likeOther    = 0.5 // quality of a number that has the form of another field's
	asFirm       = 0.8
)

// contested looks closely at the numbers of a page that are not those of its loads.
func (f *finder) contested() {
	if f.sheet.page.FromText {
		return
	}
	loads := f.loadsHere()
	if len(loads) == 0 {
		return
	}
	for _, field := range refFields {
		best := settle(field, f.found[field])
		ours := f.numbersOf(loads, field)
		switch {
		case len(ours) == 0:
		case len(best) == 0:
			if c, ok := f.nearlyOurs(ours); ok {
				f.lookClosely(field, c, ours)
			}
		case !ours[squash(best[0].value)] && !f.byCode(best[0]):
			f.lookClosely(field, best[0], ours)
		}
	}
}

// nearlyOurs is the only number on the page that no label was read for and that is one of the loads' but for a figure, or two of eight.
func (f *finder) nearlyOurs(ours map[string]bool) (c candidate, ok bool) {
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			key := squash(t.text)
			for number := range ours {
				if len(key) != len(number) || digits(number) < shortestAlone || shapeOf(key) != shapeOf(number) || differ(key, number) > max(digits(number)/4, 1) || f.taken(t.box) {
					continue
				}
				if ok && c.box != t.box {
					return candidate{}, false
				}
				c, ok = candidate{read: read{value: strings.Trim(t.text, ".,:;|"), text: t.text, box: t.box, sure: t.sure, quality: 0.9}, score: unlabeled, why: "nearly the load's"}, true
			}
		}
	}
	return c, ok
}

// taken tells whether a place is read as a value of any field.
func (f *finder) taken(place paper.Box) bool {
	for _, all := range f.found {
		if slices.ContainsFunc(all, func(c candidate) bool { return touches(place, c.box) }) {
			return true
		}
	}
	return false
}

// numbersOf are the numbers that loads have in a field.
func (f *finder) numbersOf(loads []int, field string) map[string]bool {
	out := map[string]bool{}
	for _, i := range loads {
		l := f.known.loads[i]
		for _, v := range append([]string{l.Values[field]}, l.Also[field]...) {
			if key := squash(v); key != "" {
				out[key] = true
			}
		}
		if field == paper.Load {
			out[squash(l.Load)] = true
		}
	}
	return out
}

// byCode tells whether a value was taken from a barcode, which is never misread.
func (f *finder) byCode(c candidate) bool {
	return slices.ContainsFunc(f.sheet.page.Codes, func(code paper.Code) bool { return code.Box == c.box })
}

// lookClosely reads a number's spot again until the readings bear one value out.
func (f *finder) lookClosely(field string, c candidate, ours map[string]bool) {
	h := f.sheet.height
	region := paper.Box{max(c.box[0]-0.01, 0), max(c.box[1]-0.4*h, 0), min(c.box[2]+0.03, 1), min(c.box[3]+0.4*h, 1)}
	votes, seen := map[string]int{}, map[string]read{}
	own := squash(c.value)
	if c.sure >= countsItself {
		votes[own]++
	}
	for _, how := range asContested {
		words, err := f.sheet.page.Again(region, how)
		if err != nil {
			return
		}
		r, ok := f.readOnSpot(field, words, c.box)
		if !ok {
			continue
		}
		key := squash(r.value)
		votes[key]++
		seen[key] = r
		if votes[key] < borneOut {
			continue
		}
		switch {
		case key == own:
			f.standsFirm(field, c)
		case votes[own] <= besideThem:
			f.bearOut(field, c, r, ours[key])
		}
		return
	}
}

// readOnSpot reads a number in the words of a second reading that stand in the lines of the first. Figures have to be read as they
// are: a number made fit by one more or less is no vote.
func (f *finder) readOnSpot(field string, words []paper.Word, place paper.Box) (read, bool) {
	tokens := slices.DeleteFunc(f.tokensOf(words), func(t token) bool {
		return overlap(t.box[1], t.box[3], place[1], place[3]) < 0.5*min(t.box[3]-t.box[1], place[3]-place[1])
	})
	for i := range tokens {
		if r, ok := f.readRef(field, tokens[i:]); ok && (squash(r.value) == squash(r.text) || r.quality == 1) {
			return r, true
		}
	}
	return read{}, false
}

// standsFirm raises a number of an unusual form that stands behind its own label and is read alike again and again: it is what the
// paper says, and the load has another.
func (f *finder) standsFirm(field string, c candidate) {
	if len(f.found[field]) == 0 {
		c.sure = max(c.sure, 0.8)
		f.add(field, c)
		return
	}
	if !c.label || c.quality < likeOther || c.quality >= asFirm {
		return
	}
	c.quality, c.sure = asFirm, max(c.sure, 0.8)
	c.score, c.why = 0.85, "read again alike"
	f.add(field, c)
}

// bearOut takes a value that several readings bear out for one that they do not.
func (f *finder) bearOut(field string, was candidate, r read, ofLoad bool) {
	why := "read again, other than at first"
	if ofLoad {
		why = "looked at closely, as the load says"
	}
	r.sure, r.quality = max(r.sure, 0.8), max(r.quality, 0.9)
	f.lower(field, was.value, 0.4)
	f.add(field, candidate{read: r, score: max(was.score, 0.85), why: why, label: was.label, twice: true})
}
