package fields

import (
	"image"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// The wording of a line to sign on is small, and a signature runs into it: a page read as a whole passes over it.

// whoSigns are the roles that sign papers of a type.
func (f *finder) whoSigns() []string {
	switch f.kind {
	case paper.BOL, paper.POP:
		return []string{paper.SignsShipper, paper.SignsDriver}
	case paper.POD:
		return []string{paper.SignsConsignee}
	}
	return nil
}

// mostRules is how many rules are looked at once more for wording.
const mostRules = 4

// linesUnread reads around rules that stand by themselves in the lower part of the page for the lines of roles that have none
// yet.
func (f *finder) linesUnread(k *ink, told map[string]paper.Signature, lines []line) (out []line) {
	missing := slices.DeleteFunc(f.whoSigns(), func(role string) bool { _, ok := told[role]; return ok })
	if len(missing) == 0 {
		return nil
	}
	h := f.sheet.height
	for i, rule := range f.rulesAlone(k, lines) {
		if i == mostRules {
			break
		}
		around := paper.Box{max(rule[0]-besideSign, 0), max(rule[1]-0.05, 0), min(rule[2]+0.01, 1), min(rule[3]+2.5*h, 1)}
		words, err := f.sheet.page.Again(around, paper.Closer{Scale: 1.5, Print: true})
		if err != nil {
			return out
		}
		for _, group := range alignRows(plainWords(words), h) {
			var cell []token
			for _, w := range group {
				cell = append(cell, cut(w)...)
			}
			if len(cell) == 0 {
				continue
			}
			l, ok := f.signLine(f.rowAt(around), cell)
			if !ok {
				l, ok = f.tornLine(cell)
			}
			if at := slices.Index(missing, l.role); ok && !l.plain && at >= 0 {
				l.right = rule[2]
				out = append(out, l)
				missing = slices.Delete(missing, at, at+1)
			}
		}
	}
	return out
}

// A wording that a signature ran into is read in pieces: these many letters of it are left at least, and this share.
const (
	tornLetters = 6
	tornShare   = 0.65
)

// tornLine is the line to sign on whose wording all pieces of a cell are of, in order ("SHI ING CLERK"). Pieces that may be of the
// wording of two roles are of none.
func (f *finder) tornLine(cell []token) (line, bool) {
	role := ""
	for _, s := range signers {
		torn := slices.ContainsFunc(cell, func(t token) bool { return !slices.Contains(s.words, t.key) }) // whole words say something else: "Received"
		if s.plain || s.role == unsaid || !torn || tornOf(cell, strings.Join(s.words, "")) < tornShare {
			continue
		}
		if role != "" && role != s.role {
			return line{}, false
		}
		role = s.role
	}
	return line{signer: signer{role: role}, box: f.printBox(cell)}, role != ""
}

// tornOf is how much of a wording the pieces of a cell are, 0 where one of them is not of it.
func tornOf(cell []token, wording string) float64 {
	rest, n := wording, 0
	for _, t := range cell {
		_, after, ok := strings.Cut(rest, t.key)
		if !ok {
			return 0
		}
		rest, n = after, n+len(t.key)
	}
	if n < tornLetters {
		return 0
	}
	return float64(n) / float64(len(wording))
}

// plainWords are the words of a reading that are words.
func plainWords(words []paper.Word) []paper.Word {
	return slices.DeleteFunc(slices.Clone(words), func(w paper.Word) bool {
		return w.Confidence < 0.5 || letters(w.Text) < 2 || w.Box[2] <= w.Box[0]
	})
}

// paperFoot is how far down a page somebody signs: what runs level below is the paper's edge.
const paperFoot = 0.98

// rulesAlone are the rules to write on in the lower part of the page that no line to sign on is told for, the lowest first: of a
// table whose rules are broken there are many, above.
func (f *finder) rulesAlone(k *ink, lines []line) (out []paper.Box) {
	m := k.mask(k.rect(paper.Box{0, min(f.sheet.rows[0].box[1]+0.25, 1), 1, 1}))
	if m.r.Empty() {
		return nil
	}
	across, _ := m.rules(int(0.12*float64(k.w)), int(0.004*float64(k.h)))
	slices.SortFunc(across, func(a, b image.Rectangle) int { return b.Min.Y - a.Min.Y })
	for _, r := range across {
		rule := toBox(r, k)
		told := slices.ContainsFunc(lines, func(l line) bool {
			return l.box[0] < rule[2] && l.box[2] > rule[0]-0.1 && l.box[1] > rule[1]-0.06 && l.box[1] < rule[3]+0.04
		})
		if !told && rule[2]-rule[0] < 0.6 && rule[3] < paperFoot && !f.printOn(rule) {
			out = append(out, rule)
		}
	}
	return out
}

// printOn tells whether a rule is the foot of a row of print: of a table, or a value filled in.
func (f *finder) printOn(rule paper.Box) bool {
	h := f.sheet.height
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			if t.sure >= 0.9 && len(t.key) >= 3 && t.box[3]-t.box[1] < 1.7*h && t.box[0] >= rule[0] && t.box[2] <= rule[2] && t.box[3] > rule[1]-1.2*h && t.box[3] < rule[1]+0.4*h {
				return true
			}
		}
	}
	return false
}
