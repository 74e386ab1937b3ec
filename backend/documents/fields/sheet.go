package fields

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tracedesk/backend/documents/paper"
)

// token is a word, or a piece of one: words are cut at colons, number signs and slashes between words.
type token struct {
	text  string
	key   string // as labels are compared: small letters and digits without accents, or "#"
	box   paper.Box
	sure  float64
	cell  int
	row   int
	known bool // part of a label
}

// row is what stands at one height of a page, from left to right. Cells of a row are wider apart than words are.
type row struct {
	tokens []token
	box    paper.Box
}

// sheet is a page as the finders see it.
type sheet struct {
	page   paper.Page
	rows   []row
	height float64 // of a usual printed line, as a fraction of the page's height
	pitch  float64 // of a usual letter, as a fraction of the page's width
	aspect float64 // page width / page height: one fraction across in fractions down
	labels []found
}

const (
	leastSure  = 0.12
	mostWords  = 4000 // of a page; a page of print has some 600
	usualLine  = 0.0125
	letterWide = 8.5 / 11
)

// lay makes the sheet of a page.
func lay(p paper.Page) *sheet {
	s := &sheet{page: p, aspect: letterWide}
	if p.Grey != nil && p.Grey.Rect.Dy() > 0 {
		s.aspect = float64(p.Grey.Rect.Dx()) / float64(p.Grey.Rect.Dy())
	}
	words := slices.Clone(p.Words)
	words = slices.DeleteFunc(words, func(w paper.Word) bool {
		return w.Confidence < leastSure && letters(w.Text)+digits(w.Text) < 3 && !tinyWords[keyOf(w.Text)] || strings.TrimSpace(w.Text) == "" || w.Box[2] <= w.Box[0] || w.Box[3] <= w.Box[1]
	})
	words = apartWords(narrowed(words[:min(len(words), mostWords)]))
	s.height, s.pitch = lineHeight(words), letterPitch(words)
	for _, group := range alignRows(words, s.height) {
		s.addRow(withUnits(group))
	}
	s.labels = s.withDates(findLabels(s))
	return s
}

// weighWords are words for weight that heads put a unit behind.
var weighWords = map[string]bool{"wt": true, "wgt": true, "weight": true, "peso": true, "poids": true}

// withUnits reads "185" right behind a word for weight, with nothing more beside it, as the unit that it is: "WT LBS".
func withUnits(words []paper.Word) []paper.Word {
	for i := 1; i < len(words); i++ {
		before, w := words[i-1], &words[i]
		last := i+1 == len(words) || words[i+1].Box[0]-w.Box[2] > 3*(w.Box[3]-w.Box[1])
		if w.Text == "185" && last && weighWords[keyOf(before.Text)] && !strings.HasSuffix(before.Text, ":") && w.Box[0]-before.Box[2] < w.Box[3]-w.Box[1] {
			w.Text = "LBS"
		}
	}
	return words
}

// tinyWords are words of two letters that labels are made of: they are kept however unsure.
var tinyWords = map[string]bool{"up": true, "no": true, "to": true, "by": true, "in": true, "on": true, "at": true, "de": true}

// narrowed cuts the box of a word that OCR drew around the words behind it, too, to where the next one begins.
func narrowed(words []paper.Word) []paper.Word {
	letter := func(box paper.Box, text string) float64 {
		return (box[2] - box[0]) / float64(utf8.RuneCountInString(text))
	}
	for i := range len(words) - 1 {
		w, next := &words[i], words[i+1]
		own, usual := paper.Box{w.Box[0], 0, next.Box[0], 1}, letter(next.Box, next.Text)
		within := w.Line == next.Line && next.Box[0] > w.Box[0] && next.Box[2] < w.Box[2]+0.001
		piece := strings.HasSuffix(keyOf(w.Text), keyOf(next.Text)) // read twice
		if within && !piece && letter(w.Box, w.Text) > 1.2*usual && letter(own, w.Text) > 0.5*usual {
			w.Box[2] = next.Box[0] - 0.15*usual
		}
	}
	return words
}

// beats tells which of two words on one spot stays: the surer one, or a word before a piece of it.
func beats(a, b paper.Word) bool {
	x, y := utf8.RuneCountInString(a.Text), utf8.RuneCountInString(b.Text)
	if min(a.Confidence, b.Confidence) > 0.8 && (x >= 2*y || y >= 2*x) {
		return x > y
	}
	return a.Confidence > b.Confidence
}

// apartWords leaves of two words on one spot the better one.
func apartWords(words []paper.Word) []paper.Word {
	area := func(b paper.Box) float64 { return (b[2] - b[0]) * (b[3] - b[1]) }
	return slices.DeleteFunc(slices.Clone(words), func(w paper.Word) bool {
		return slices.ContainsFunc(words, func(o paper.Word) bool {
			shared := overlap(w.Box[0], w.Box[2], o.Box[0], o.Box[2]) * overlap(w.Box[1], w.Box[3], o.Box[1], o.Box[3])
			return shared > 0 && beats(o, w) && shared > 0.4*min(area(w.Box), area(o.Box))
		})
	})
}

// lineHeight is the median height of words with at least three letters.
func lineHeight(words []paper.Word) float64 {
	var heights []float64
	for _, w := range words {
		if len(w.Text) >= 3 && w.Confidence > 0.6 {
			heights = append(heights, w.Box[3]-w.Box[1])
		}
	}
	if len(heights) == 0 {
		return usualLine
	}
	slices.Sort(heights)
	return heights[len(heights)/2]
}

// letterPitch is the median width of a letter in words with at least four.
func letterPitch(words []paper.Word) float64 {
	var wide []float64
	for _, w := range words {
		if n := utf8.RuneCountInString(w.Text); n >= 4 && w.Confidence > 0.6 {
			wide = append(wide, (w.Box[2]-w.Box[0])/float64(n))
		}
	}
	if len(wide) == 0 {
		return 0
	}
	slices.Sort(wide)
	return wide[len(wide)/2]
}

// alignRows puts words side by side that stand at one height. A row is followed from word to word, so that a slight slope
// does not matter; a word much taller than print (handwriting) and marks without a letter join a row but do not lead it on.
func alignRows(words []paper.Word, height float64) [][]paper.Word {
	slices.SortStableFunc(words, func(a, b paper.Word) int { return cmp.Compare(a.Box[0], b.Box[0]) })
	type line struct {
		words     []paper.Word
		top, foot float64 // of the word that leads on
	}
	var lines []*line
	place := func(w paper.Word, tall bool) {
		var best *line
		var most float64
		for _, l := range lines {
			top, foot := w.Box[1], w.Box[3]
			if foot-top < 0.4*height { // a comma hangs below its line
				top, foot = top-0.8*height, foot+0.1*height
			}
			share := overlap(l.top, l.foot, top, foot) / min(l.foot-l.top, foot-top)
			if share > most {
				best, most = l, share
			}
		}
		if best == nil || most < 0.5 {
			best = &line{top: w.Box[1], foot: w.Box[3]}
			lines = append(lines, best)
		}
		best.words = append(best.words, w)
		if !tall {
			best.top, best.foot = lead(w.Box, height)
		}
	}
	for _, tall := range []bool{false, true} {
		for _, w := range words {
			if (w.Box[3]-w.Box[1] > 2*height || letters(w.Text)+digits(w.Text) == 0) == tall {
				place(w, tall)
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b *line) int { return cmp.Compare(middle(a.words), middle(b.words)) })
	out := make([][]paper.Word, len(lines))
	for i, l := range lines {
		slices.SortStableFunc(l.words, func(a, b paper.Word) int { return cmp.Compare(a.Box[0], b.Box[0]) })
		out[i] = l.words
	}
	return out
}

// lead widens the band of a flat word (a dash, a comma) to a line's height.
func lead(b paper.Box, height float64) (top, foot float64) {
	if b[3]-b[1] >= 0.6*height {
		return b[1], b[3]
	}
	mid := (b[1] + b[3]) / 2
	return mid - height/2, mid + height/2
}

func middle(words []paper.Word) float64 {
	sum := 0.0
	for _, w := range words {
		sum += w.Box[1] + w.Box[3]
	}
	return sum / float64(2*len(words))
}

func overlap(a0, a1, b0, b1 float64) float64 { return max(0, min(a1, b1)-max(a0, b0)) }

func (s *sheet) addRow(words []paper.Word) {
	r := row{box: words[0].Box}
	cell := 0
	right := words[0].Box[0]
	for i, w := range words {
		if i > 0 && (w.Box[0]-right)*s.aspect > s.space(words[i-1].Box, w.Box) {
			cell++
		}
		for _, t := range cut(w) {
			t.cell, t.row = cell, len(s.rows)
			r.tokens = append(r.tokens, t)
		}
		right = max(right, w.Box[2])
		r.box = union(r.box, w.Box)
	}
	if len(r.tokens) > 0 {
		s.rows = append(s.rows, r)
	}
}

// blankWide is how many letters wide a gap between two words of a line is at most: a typewriter's blank is as wide as its letters.
const blankWide = 1.7

// space is the width from which a gap parts two cells, in fractions of the page's height: wider between large letters and wide ones.
func (s *sheet) space(a, b paper.Box) float64 {
	return max(1.35*max(s.height, min(a[3]-a[1], b[3]-b[1], 3*s.height)), blankWide*s.pitch*s.aspect)
}

func union(a, b paper.Box) paper.Box {
	return paper.Box{min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])}
}

// gluedLabel is a label with marks that its value follows without a space: "P.O.PO589642", "B/L23385498".
var gluedLabel = regexp.MustCompile(`(?i)^(p\.[o0]\.?[#.:]*|b/l[#.:]*|b\.o\.l\.?[#.:]*)[a-z]{0,3}-?\d{3,}`)

// cut parts a word at marks that join a label to its value or two labels: "BOL#:23385498", "In/Out".
func cut(w paper.Word) []token {
	runes := []rune(w.Text)
	var out []token
	from := 0
	piece := func(to int) {
		if to <= from {
			return
		}
		text := string(runes[from:to])
		wide := w.Box[2] - w.Box[0]
		box := w.Box
		box[0] = w.Box[0] + wide*float64(from)/float64(len(runes))
		box[2] = w.Box[0] + wide*float64(to)/float64(len(runes))
		out = append(out, token{text: text, key: keyOf(text), box: box, sure: w.Confidence})
		from = to
	}
	if m := gluedLabel.FindStringSubmatchIndex(w.Text); m != nil {
		piece(len([]rune(w.Text[:m[3]])))
	}
	for i, r := range runes {
		if i < from {
			continue
		}
		switch {
		case r == ':' && between(runes, i, unicode.IsDigit), r == '/' && !parts(runes, i):
		case r == ':' || r == '=':
			piece(i + 1)
		case r == '/':
			piece(i + 1)
		case r == '#':
			piece(i)
			piece(i + 1)
		case r == '(' || r == ')' || r == '[' || r == ']' || r == '|' || r == '_':
			piece(i)
			if r != '(' || i == 0 {
				piece(i + 1)
			}
		}
	}
	piece(len(runes))
	return out
}

func between(runes []rune, i int, is func(rune) bool) bool {
	return i > 0 && i+1 < len(runes) && is(runes[i-1]) && is(runes[i+1])
}

// parts tells whether the slash at i parts two words of two letters and more ("SIGNATURE/DATE"), unlike B/L.
func parts(runes []rune, i int) bool {
	return i >= 2 && i+2 < len(runes) && between(runes, i, unicode.IsLetter) &&
		unicode.IsLetter(runes[i-2]) && unicode.IsLetter(runes[i+2])
}

// keyOf is a word as labels are compared.
func keyOf(text string) string {
	if strings.Trim(text, " :.") == "#" {
		return "#"
	}
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		r = plainLetter(r)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var accents = map[rune]rune{'á': 'a', 'à': 'a', 'â': 'a', 'ä': 'a', 'é': 'e', 'è': 'e', 'ê': 'e', 'í': 'i', 'ï': 'i', 'ó': 'o', 'ò': 'o',
	'ö': 'o', 'ô': 'o', 'ú': 'u', 'ü': 'u', 'ñ': 'n', 'ç': 'c', 'º': 'o', '°': 'o', 'ë': 'e', 'î': 'i', 'û': 'u', 'ù': 'u'}

func plainLetter(r rune) rune {
	if plain, ok := accents[r]; ok {
		return plain
	}
	return r
}

// textOf joins tokens as they were printed; pieces of one word stay together.
func textOf(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && t.box[0]-tokens[i-1].box[2] > 0.0005 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

func boxOf(tokens []token) paper.Box {
	box := tokens[0].box
	for _, t := range tokens[1:] {
		box = union(box, t.box)
	}
	return box
}

// cells are the runs of tokens of a row that stand close together.
func (r row) cells() [][]token {
	var out [][]token
	from := 0
	for i := 1; i <= len(r.tokens); i++ {
		if i == len(r.tokens) || r.tokens[i].cell != r.tokens[from].cell {
			out = append(out, r.tokens[from:i])
			from = i
		}
	}
	return out
}
