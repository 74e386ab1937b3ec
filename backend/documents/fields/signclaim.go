package fields

import (
	"image"
	"slices"

	"tracedesk/backend/documents/paper"
)

// A signature may stand over a rule whose wording was not read with the page: it is pale, or the signature runs into it.

// flourish is one long connected stroke over a rule, in the lower part of a page.
type flourish struct {
	box paper.Box
	own bool // the rule is a line to sign on by its length, not the foot of a table or a frame
}

// mostClaims is how many of them are looked at.
const mostClaims = 2

// claim finds out whose the signatures are that no line to sign on was found for: what stands beside and under them is read once more. One
// that says nothing is of the role that signs papers of this type. Only roles that have no line are told by it.
func (f *finder) claim(k *ink, told map[string]paper.Signature) {
	if len(told) == len(allRoles) {
		return
	}
	for i, s := range f.flourishes(k, told) {
		if i == mostClaims {
			return
		}
		role, said := f.saidBeside(s.box)
		if !said && s.own {
			role = f.mustSign()
		}
		if _, ok := told[role]; !ok && role != "" {
			told[role] = paper.Signature{Present: true, Page: f.sheet.page.Number, Box: s.box}
		}
	}
}

var allRoles = []string{paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee}

// flourishes finds the signatures of which nothing is told.
func (f *finder) flourishes(k *ink, told map[string]paper.Signature) (out []flourish) {
	m := k.mask(k.rect(paper.Box{0.02, min(f.sheet.rows[0].box[1]+0.25, 1), 0.98, 0.98}))
	if m.r.Empty() {
		return nil
	}
	across, _ := m.rules(int(0.12*float64(k.w)), int(0.004*float64(k.h)))
	f.wipePrint(k, m, line{})
	for _, s := range told {
		m.wipe(k.rect(s.Box)) // another's
	}
	lineHeight := int(f.sheet.height * float64(k.h))
	for _, b := range m.blobs() {
		w, h := b.box.Dx(), b.box.Dy()
		if float64(w) < 0.07*float64(k.w) || float64(w) > 0.4*float64(k.w) || h < lineHeight || h > 6*lineHeight || float64(b.pixels) > 0.3*float64(w*h) {
			continue
		}
		if r, ok := ruleUnder(b.box, across, lineHeight); ok {
			out = append(out, flourish{toBox(b.box, k), r.Dx() < k.w*8/10})
		}
	}
	return out
}

// ruleUnder is the rule that a stroke stands on.
func ruleUnder(stroke image.Rectangle, across []image.Rectangle, lineHeight int) (rule image.Rectangle, found bool) {
	for _, r := range across {
		if r.Min.Y > stroke.Min.Y && r.Min.Y < stroke.Max.Y+2*lineHeight && r.Min.X < stroke.Min.X+lineHeight && r.Max.X > stroke.Max.X-stroke.Dx()/2 &&
			(!found || r.Dx() < rule.Dx()) {
			rule, found = r, true
		}
	}
	return rule, found
}

// How far left of a signature its wording may begin, as a part of the page, and how many words it has at most: a sentence is none.
const (
	besideSign = 0.14
	mostSaid   = 6
)

// saidBeside reads the wording beside and under a signature once more for whose it is. said is false where it tells of nobody; role is "" where
// it tells of more than one.
func (f *finder) saidBeside(sign paper.Box) (role string, said bool) {
	if f.sheet.page.Again == nil || !f.closer {
		return "", false
	}
	h := f.sheet.height
	around := paper.Box{max(sign[0]-besideSign, 0), max(sign[1]-h, 0), min(sign[2], 1), min(sign[3]+3*h, 1)}
	words, err := f.sheet.page.Again(around, paper.Closer{Scale: 1.5, Print: true})
	if err != nil {
		return "", false
	}
	for _, group := range alignRows(slices.Clone(words), h) {
		var cell []token
		for _, w := range group {
			cell = append(cell, cut(w)...)
		}
		if worded(cell) > mostSaid {
			continue
		}
		for _, t := range cell {
			of := whoseNearly(t.key, 1) // however unsurely it was read
			if of == "" || of == role {
				continue
			}
			if said {
				return "", true
			}
			role, said = of, true
		}
	}
	return role, said
}
