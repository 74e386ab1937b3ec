package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Layout is how the desk knows a form again: the labels printed on it, in the words of the vocabulary, so that a letter that was
// misread changes nothing. What is filled in is no part of it, nor is the company: carriers share forms, and print several.
type Layout []string

// What makes two layouts one: most labels of both are the same, and there are enough to tell.
const (
	fewestLabels = 4
	sameLayout   = 0.7
)

// LayoutOf is the layout of some pages' words.
func LayoutOf(pages ...paper.Page) Layout {
	var out Layout
	for _, p := range pages {
		out = append(out, layoutOf(lay(p))...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func layoutOf(s *sheet) (out Layout) {
	for _, l := range s.labels {
		out = append(out, strings.Join(l.words, " "))
	}
	return out
}

// String writes a layout as ParseLayout reads it.
func (l Layout) String() string { return strings.Join(l, "|") }

// ParseLayout reads what String wrote.
func ParseLayout(s string) Layout {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// Known reports whether a layout has labels enough to be told from others.
func (l Layout) Known() bool { return len(l) >= fewestLabels }

// Like reports whether two are the layout of one form.
func (l Layout) Like(o Layout) bool {
	if !l.Known() || !o.Known() {
		return false
	}
	shared := 0
	for _, word := range l {
		if slices.Contains(o, word) {
			shared++
		}
	}
	return float64(shared) >= sameLayout*float64(len(l)+len(o)-shared)
}

// Lesson is a label that people taught of a layout.
type Lesson struct {
	Layout Layout
	Label  string // its words as labels are compared, parted by blanks
	Field  string // one of Teachable
	Why    string // who taught it, when, and on what paper
}

// Teachable are the fields of which a label can be taught: numbers. Of a count, a weight or a day a wrong label would make the
// paper agree with its load where it does not.
var Teachable = []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal, paper.Trailer}

// Spot is a number on a page with what is printed by it.
type Spot struct {
	Value string
	Label string // as Lesson has it; "" where nothing that could be a label stands by it
	Print string // the label as printed
	Page  int
	Box   paper.Box
	Sure  float64
}

// Bounds of what can be a taught label or its number.
const (
	mostLabel     = 5 // words
	shortestTeach = 4 // characters of a number
	widestToLabel = 0.3
)

// Spots are the numbers on a page that may be references, down the page.
func Spots(page paper.Page) (out []Spot) {
	s := lay(page)
	for i := range s.rows {
		tokens := s.rows[i].tokens
		for at := 0; at < len(tokens); at++ {
			t := tokens[at]
			norm := squash(t.text)
			if digits(norm) < 3 || len(norm) < shortestTeach || len(norm) > 24 || timeOrMoney(t.text) {
				continue
			}
			spot := Spot{Value: strings.Trim(t.text, ".,;:#()[]*'\""), Page: page.Number, Box: t.box, Sure: t.sure}
			if label := s.labelBy(i, at); len(label) > 0 {
				spot.Label, spot.Print = keysOf(label), strings.Trim(textOf(label), " :.#-")
			}
			out = append(out, spot)
		}
	}
	return out
}

// timeOrMoney tells days, times and amounts of money by their marks.
func timeOrMoney(text string) bool {
	return strings.ContainsAny(text, "$%") || strings.Count(text, "/") == 2 || strings.Contains(text, ":") || strings.Contains(text, ".") && !strings.HasSuffix(text, ".")
}

// labelBy are the words printed by a number: before it, else above it.
func (s *sheet) labelBy(row, at int) []token {
	tokens := s.rows[row].tokens
	from := at
	for from > 0 && at-from < mostLabel+2 {
		t := tokens[from-1]
		after := t.box[2]
		if hasDigit(t.text) || from < at && strings.HasSuffix(t.text, ":") && tokens[from].key != "" || tokens[from].box[0]-after > widestToLabel || from < at && lettersIn(tokens[from:at]) && s.apart(tokens, from) {
			break
		}
		from--
	}
	if label := trimmedLabel(tokens[from:at]); label != nil {
		return label
	}
	box := tokens[at].box
	for j := row - 1; j >= 0 && box[1]-s.rows[j].box[3] < 2.5*s.height; j-- {
		var in []token
		for _, cell := range s.rows[j].cells() {
			if b := boxOf(cell); overlap(b[0], b[2], box[0], box[2]) > 0 {
				in = cell
			}
		}
		if len(in) == 0 {
			continue
		}
		if slices.ContainsFunc(in, func(t token) bool { return hasDigit(t.text) }) {
			return nil
		}
		return trimmedLabel(in)
	}
	return nil
}

func lettersIn(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return letters(t.text) > 0 })
}

// trimmedLabel leaves marks at the ends away; nil where no word, or a whole sentence, is left.
func trimmedLabel(tokens []token) []token {
	for len(tokens) > 0 && tokens[0].key == "" {
		tokens = tokens[1:]
	}
	for len(tokens) > 0 && tokens[len(tokens)-1].key == "" {
		tokens = tokens[:len(tokens)-1]
	}
	n := 0
	for _, t := range tokens {
		n += letters(t.text)
	}
	if n < 2 || len(tokens) > mostLabel {
		return nil
	}
	return tokens
}

func keysOf(tokens []token) string {
	var out []string
	for _, t := range tokens {
		if t.key != "" {
			out = append(out, t.key)
		}
	}
	return strings.Join(out, " ")
}

// KnownLabel reports whether the desk knows a label for a field by itself, so that there is nothing to learn.
func KnownLabel(printed, field string) bool {
	words := strings.Fields(printed)
	for len(words) > 1 && numberWords[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	for _, l := range labels {
		if l.field == field && slices.Equal(l.words, words) {
			return true
		}
	}
	return false
}

// taughtWeight is how surely what stands by a taught label is of its field: a person said so.
const taughtWeight = 0.98

// taught adds what stands by the labels that people taught of this layout to the values that were read without them: what was
// read stays as it is. A number of an open load that the page has for the field stays before it.
func (f *finder) taught(values paper.Fields, lessons []Lesson) {
	own := layoutOf(f.sheet)
	slices.Sort(own)
	own = slices.Compact(own)
	for _, lesson := range lessons {
		if !slices.Contains(Teachable, lesson.Field) || !lesson.Layout.Like(own) {
			continue
		}
		for _, v := range f.byLabel(lesson) {
			had := values[lesson.Field]
			if slices.ContainsFunc(had, func(o paper.Value) bool { return squash(o.Value) == squash(v.Value) }) {
				continue
			}
			values[lesson.Field] = mergeValues(had, []paper.Value{v})
		}
	}
}

// behindKnown makes what taught labels say less sure than the number of an open load that the field has as well.
func behindKnown(values []paper.Value) {
	known := 0.0
	for _, v := range values {
		if v.Known && (known == 0 || v.Confidence < known) {
			known = v.Confidence
		}
	}
	for i := range values {
		if values[i].Learned && known > 0 {
			values[i].Confidence = min(values[i].Confidence, known-0.01)
		}
	}
}

// mostLearned is how many values of a field taught labels may add.
const mostLearned = 2

// bounded are the first values: those by taught labels take no place from the others.
func bounded(values []paper.Value) []paper.Value {
	read, learned := 0, 0
	return slices.DeleteFunc(values, func(v paper.Value) bool {
		if v.Learned {
			learned++
			return learned > mostLearned
		}
		read++
		return read > mostCandidate
	})
}

// byLabel are the numbers that stand by a taught label.
func (f *finder) byLabel(lesson Lesson) (out []paper.Value) {
	l := label{field: lesson.Field, words: strings.Fields(lesson.Label), weight: taughtWeight}
	if len(l.words) == 0 {
		return nil
	}
	for i := range f.sheet.rows {
		tokens := f.sheet.rows[i].tokens
		for at := range tokens {
			to, _, ok := f.sheet.spells(tokens, at, l)
			if !ok {
				continue
			}
			here := found{label: l, row: i, from: at, to: to, box: boxOf(tokens[at:to])}
			place := besideIt
			r, ok := f.readRef(lesson.Field, f.beside(here))
			if !ok {
				under, _ := f.below(here)
				r, ok = f.readRef(lesson.Field, under)
				place = belowIt
			}
			if !ok {
				continue
			}
			c := candidate{read: r}
			v := paper.Value{Value: r.value, Confidence: l.weight * place * r.quality * (0.75 + 0.25*r.sure), Page: f.sheet.page.Number, Box: r.box, Hand: f.byHand(c),
				Why: lesson.Why + ": by “" + f.print(here) + "”", Learned: true}
			if r.text != r.value {
				v.Text = r.text
			}
			out = append(out, v)
		}
	}
	return out
}
