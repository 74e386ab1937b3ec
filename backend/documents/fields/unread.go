package fields

import (
	"regexp"
	"slices"

	"tracedesk/backend/documents/paper"
)

// Writing that stands where no form asks for any may be a remark. It is told where it could not be read, so that a person
// looks at it.

// penned are the fields that a form leaves a place for by hand.
var penned = append(slices.Clone(byPen), paper.Seal, paper.Trailer, paper.Pallets, paper.Weighed, paper.Receipt, paper.Amount, paper.SCAC, anyTime, blockName)

// asked is what a place is left for by the form.
type asked int

const (
	forNothing asked = iota
	forFigures       // a time, a day, a count: no words
	forWords         // a name or a signature, or it was read as a value
)

// askedFor tells what the form leaves a place for: beside, under or over the wording of such a field or of a line to sign on.
func (f *finder) askedFor(place paper.Box) asked {
	for _, l := range f.signLines() {
		if touches(place, paper.Box{l.box[0] - 0.03, l.box[1] - 0.06, min(max(l.box[0]+signReach, l.box[2]+0.3), max(l.right, l.box[2]+0.1)), l.box[3] + 0.06}) {
			return forWords
		}
	}
	for field, all := range f.found {
		for _, c := range all {
			if slices.Contains(penned, field) && touches(place, c.box) && overlap(place[0], place[2], c.box[0], c.box[2]) > 0.4*(place[2]-place[0]) {
				return forWords
			}
		}
	}
	if slices.ContainsFunc(f.sheet.page.Codes, func(c paper.Code) bool { return touches(place, c.Box) }) {
		return forWords
	}
	what := forNothing
	for _, d := range f.doubts {
		if slices.Contains(penned, d.field) && mostlyIn(place, d.region) && !f.answered(d) {
			what = max(what, askedBy(d.field))
		}
	}
	for _, l := range f.sheet.labels {
		if (slices.Contains(byPen, l.field) || l.field == blockName || l.field == anyTime) && f.leaves(l, place) && !f.printed(l.field) && !f.offered(l) {
			what = max(what, askedBy(l.field))
		}
	}
	return what
}

// answered tells whether a value was read after all near a place where it was missed first: beside the label, not under it.
func (f *finder) answered(d doubt) bool {
	return slices.ContainsFunc(f.found[d.field], func(c candidate) bool {
		mid := (c.box[1] + c.box[3]) / 2
		return c.label && c.score >= settled/1.5 && mid > d.region[1]-3*f.sheet.height && mid < d.region[1] && c.box[0] < d.region[2]+0.1
	})
}

// askedBy is what a field asks for.
func askedBy(field string) asked {
	switch field {
	case paper.Name, blockName, paper.SCAC:
		return forWords
	}
	return forFigures
}

// wordy tells whether writing is words rather than figures: a day may have its month in words.
func wordy(reading string) bool {
	return letters(reading) >= 8 && letters(reading) > 2*digits(reading)
}

// leaves tells whether a label leaves a place for its value: beside it, or right above or below.
func (f *finder) leaves(l found, place paper.Box) bool {
	h := f.sheet.height
	around := paper.Box{l.box[0] - 0.03, l.box[1] - 2.5*h, l.box[2] + 0.12, l.box[3] + 3.5*h}
	beside := paper.Box{l.box[2], l.box[1] - 1.5*h, l.box[2] + 0.3, l.box[3] + 1.5*h}
	return mostlyIn(place, around) || mostlyIn(place, beside)
}

// mostlyIn tells whether at least half of a place lies in a box.
func mostlyIn(place, box paper.Box) bool {
	return overlap(place[0], place[2], box[0], box[2])*overlap(place[1], place[3], box[1], box[3]) >= 0.5*(place[2]-place[0])*(place[3]-place[1])
}

// offered tells whether a label stands behind a box to tick: it asks for a mark, not for writing.
func (f *finder) offered(l found) bool {
	box, _ := f.boxBefore(inkOf(f.sheet.page.Grey), f.sheet.rows[l.row].tokens, l.from)
	return box
}

// signedRow tells whether a place stands on a rule that is the same line as one to sign on: what is written there is who signs, or
// when, whatever became of the wording.
func (f *finder) signedRow(k *ink, place paper.Box) bool {
	h := f.sheet.height
	under := func(b paper.Box) (at float64, ok bool) {
		m := k.mask(k.rect(paper.Box{max(b[0]-0.02, 0), b[3] - 1.2*h, min(b[2]+0.1, 1), min(b[3]+1.5*h, 1)}))
		if m.r.Empty() {
			return 0, false
		}
		across, _ := m.rules(int(0.08*float64(k.w)), int(0.004*float64(k.h)))
		for _, r := range across {
			if b := toBox(r, k); b[2] > place[2]-0.02 || r.Dx() > k.w/8 {
				return b[1], true
			}
		}
		return 0, false
	}
	at, ok := under(place)
	if !ok {
		return false
	}
	for _, l := range f.signLines() {
		for _, box := range []paper.Box{{l.box[0], l.box[1] - 2*h, l.box[2], l.box[1]}, {l.box[0], l.box[3], l.box[2], l.box[3] + 3*h}} {
			if y, ok := under(box); ok && y-at < h && at-y < h {
				return true
			}
		}
	}
	return false
}

// printed tells whether a field has a value in print: its label asks for no writing.
func (f *finder) printed(field string) bool {
	return slices.ContainsFunc(f.found[field], func(c candidate) bool { return !f.byHand(c) && c.sure >= 0.85 && c.score >= settled })
}

// touches tells whether a good part of a place lies in a box.
func touches(place, box paper.Box) bool {
	shared := overlap(place[0], place[2], box[0], box[2]) * overlap(place[1], place[3], box[1], box[3])
	return shared > 0.25*min((place[2]-place[0])*(place[3]-place[1]), max((box[2]-box[0])*(box[3]-box[1]), 1e-9))
}

// Words of a reading that makes sense.
const (
	plainWord  = 0.75
	plainShare = 0.7
)

// clockOrDay is in writing that is a time, a day or a number, and no remark.
var clockOrDay = regexp.MustCompile(`\d{1,2} ?[:/-] ?\d{1,2}|\d{5}`)

// makesSense tells whether most letters of a reading are in words that were read well, or it is a time or a day.
func (f *finder) makesSense(tokens []token) bool {
	if len(tokens) > 0 && clockOrDay.MatchString(textOf(tokens)) {
		return true
	}
	all, good := 0, 0
	for _, t := range tokens {
		n := letters(t.text) + digits(t.text)
		all += n
		if t.sure >= plainWord {
			good += n
		}
	}
	return all >= 4 && float64(good) >= plainShare*float64(all)
}

// Writing is taller than print, and does not stand on the very edge of a page, where shadows and holes are.
const (
	writingTall = 1.5
	pageEdge    = 0.015
)

// tall tells whether a place, without the rim that it is read with, is as tall as writing.
func (f *finder) tall(place paper.Box) bool {
	return place[3]-place[1]-f.sheet.height >= writingTall*f.sheet.height
}

// unread are the places with writing that nothing was made of and that are no signature.
func (f *finder) unread(signed map[string]paper.Signature) []paper.Writing {
	var out []paper.Writing
	for _, place := range f.oddStamps() {
		out = append(out, paper.Writing{Page: f.sheet.page.Number, Box: place})
	}
	for _, place := range f.largeUntold() {
		out = append(out, paper.Writing{Page: f.sheet.page.Number, Box: place})
	}
	for _, place := range append(slices.Clone(f.uncounted), f.looseCounts()...) {
		if !f.remarkAt(place) {
			out = append(out, paper.Writing{Page: f.sheet.page.Number, Box: place})
		}
	}
	for _, place := range f.unknown {
		if !f.tall(place) || place[0] < pageEdge || place[2] > 1-pageEdge || place[3] > 1-pageEdge {
			continue
		}
		known := f.remarkAt(place)
		for _, s := range signed {
			known = known || s.Present && touches(place, s.Box)
		}
		for _, told := range out {
			known = known || touches(place, told.Box)
		}
		if !known {
			out = append(out, paper.Writing{Page: f.sheet.page.Number, Box: place})
		}
	}
	return out
}

// remarkAt tells whether a remark was read at a place.
func (f *finder) remarkAt(place paper.Box) bool {
	return slices.ContainsFunc(f.notes, func(n paper.Notation) bool { return touches(place, n.Box) }) ||
		slices.ContainsFunc(f.repeated, func(b paper.Box) bool { return touches(place, b) })
}

// largeUntold are lines as large as writing that were read with the page, that name or count freight or tell of something wrong with
// it, and of which no remark was made: a person reads them.
func (f *finder) largeUntold() (out []paper.Box) {
	for i, r := range f.sheet.rows {
		for _, cell := range f.writtenTogether(r) {
			box := boxOf(cell)
			rim := f.sheet.height / 2
			around := paper.Box{box[0], box[1] - rim, box[2], box[3] + rim}
			unit := func(t token) bool { return languageOf(t.key) >= 0 }
			label := !slices.ContainsFunc(cell, func(t token) bool { return !t.known })
			if len(cell) < 2 || label || f.inTable[i] || !f.large(cell) || !f.saysByItself(cell) ||
				!slices.ContainsFunc(cell, unit) && !telling.MatchString(asProse(textOf(cell))) && !f.countsFreight(around, cell) {
				continue
			}
			noted := f.remarkAt(box)
			itself := slices.ContainsFunc(cell, func(t token) bool { return t.known && unit(t) }) // "caja" is a trailer's label too
			if !noted && (itself || f.askedFor(box) == forNothing) {
				out = append(out, box)
			}
		}
	}
	return out
}
