package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// longestNote is how many words a note has at most where it gives no number; longer lines are the form's own.
const longestNote = 9

// notations reads exceptions and reservations, line by line; those with a box to tick count when it is ticked.
func (f *finder) notations() {
	k := inkOf(f.sheet.page.Grey)
	for i, r := range f.sheet.rows {
		if offers := offersIn(r); offers != nil {
			f.tickedOf(k, r, offers)
			f.offers = append(f.offers, paper.Box{offers[0].start, r.box[1], boxOf(r.tokens[offers[len(offers)-1].at:])[2], r.box[3]})
			continue
		}
		var inStamp []token // widely spaced as a stamp's letters are, its line is one
		for _, cell := range f.writtenTogether(r) {
			switch {
			case f.stampedAt(boxOf(cell)):
				inStamp = append(inStamp, cell...)
			case !f.ticked(k, cell):
				f.noteIn(i, cell)
			}
		}
		if len(inStamp) > 0 {
			f.noteIn(i, inStamp)
		}
	}
	f.whoCounted(k)
}

// Writing is larger than print, and its words stand wider apart than those of a printed line.
const (
	largeWriting = 1.4 // lines: from here on a word is no print but of a title
	writtenApart = 1.6 // of its own height: from here on two words do not belong together
)

// writtenTogether are the cells of a row, those that are one line of writing joined.
func (f *finder) writtenTogether(r row) (out [][]token) {
	for _, cell := range r.cells() {
		last := len(out) - 1
		if last >= 0 && f.large(out[last]) && f.large(cell) {
			before, box := boxOf(out[last]), boxOf(cell)
			if f.sheet.across(before[2], box[0]) < writtenApart*min(before[3]-before[1], box[3]-box[1]) {
				out[last] = append(out[last][:len(out[last]):len(out[last])], cell...)
				continue
			}
		}
		out = append(out, cell)
	}
	return out
}

// large tells whether all words of a cell are as large as writing; a dash is as small as it is anywhere.
func (f *finder) large(cell []token) bool {
	some := false
	for _, t := range cell {
		if len(t.key) < 2 {
			continue
		}
		if some = t.box[3]-t.box[1] >= largeWriting*f.sheet.height; !some {
			return false
		}
	}
	return some
}

// manner is how a line stands on the page.
type manner int

const (
	inPrint   manner = iota // as anything that forms print
	inRemarks               // in the place that the form has for remarks
	byItself                // stamped, or larger than print
)

// mannerOf tells how a cell stands on the page.
func (f *finder) mannerOf(row int, cell []token) manner {
	switch {
	case f.scrawl || f.saysByItself(cell):
		return byItself
	case remarksFirst.MatchString(textOf(cell)) || f.belowRemarks(row, cell):
		return inRemarks
	}
	return inPrint
}

// belowRemarks tells whether the label of a place for remarks stands before a cell in its row, or right above it.
func (f *finder) belowRemarks(row int, cell []token) bool {
	box := boxOf(cell)
	for i := max(row-1, 0); i <= row; i++ {
		if box[1]-f.sheet.rows[i].box[3] > remarksBelow*f.sheet.height {
			continue
		}
		for _, c := range f.sheet.rows[i].cells() {
			b := boxOf(c)
			if b != box && b[0] < box[0]+0.02 && box[0] < b[2]+0.1 && len(c) <= longestNote && prefix.MatchString(asProse(textOf(c))) {
				return true
			}
		}
	}
	return false
}

// remarksBelow is how many lines below its label the place for remarks begins at most.
const remarksBelow = 2.5

// told is a line as it is held against how remarks are worded.
type told struct {
	row    int
	cell   []token
	how    manner
	lone   bool   // a single word is a remark
	body   string // without the label of the place for remarks
	plain  string // body, of words as they were read
	denies bool   // it says of something that it is not wrong, too
}

func (t told) words() int { return len(strings.Fields(t.body)) }

// noteIn notes the remark that a cell is; it tells whether it is one, be it of a kind that was noted before.
func (f *finder) noteIn(row int, cell []token) (is bool) {
	line, text := asWritten(cell, f.likeness(cell)), textOf(cell)
	t := told{row: row, cell: cell, how: f.mannerOf(row, cell)}
	t.lone = t.how == byItself || remarksFirst.MatchString(text) && !strings.Contains(text, "__") && !f.listedBeside(row, cell)
	said := besides.ReplaceAllString(line, ",") // "2 short, no damage"
	if line == "" || onlyHead.MatchString(line) && !t.lone || nothing.MatchString(said) || (options.MatchString(line) || tornOption(cell) || lonelyOption(cell)) && !refusedBy.MatchString(line) || listed(line) {
		return false
	}
	if kind := reckoned(text, line); kind != "" && t.how != inPrint && !slices.ContainsFunc(cell, func(t token) bool { return t.sure < plainWord }) {
		f.note(kind, cell)
		return true
	}
	t.denies, t.body, t.plain = said != line, prefix.ReplaceAllString(said, ""), prefix.ReplaceAllString(asWritten(cell, f.plainly(cell)), "")
	for _, w := range wordings {
		if at := w.form.FindStringIndex(t.body); at == nil || !f.isRemark(t, w, at) {
			continue
		}
		f.note(w.kind, cell)
		if is = true; !w.reserves() {
			return is
		}
	}
	if !is && t.how == inPrint && f.unsurely(cell) && barely.MatchString(t.body) {
		f.uncounted = append(f.uncounted, boxOf(cell))
	}
	return is
}

// barely is freight and what may be wrong with it, and no count: a form's words, or a remark whose count was not read.
var barely = regexp.MustCompile(`^\W*(?:\w{1,2} )?` + things + ` (?:` + shortWords + `|` + overWords + `|` + damagedWords + `|` + refusedWords + `)$`)

// unsurely tells whether a word of a cell was not read as surely as print is; where every word was, the words are the form's.
func (f *finder) unsurely(cell []token) bool {
	return !f.sheet.page.FromText && slices.ContainsFunc(cell, func(t token) bool { return len(t.key) >= 3 && (t.sure < 0.9 || mixedCase.MatchString(t.text)) })
}

// mixedCase is a capital within small letters, as writing is read.
var mixedCase = regexp.MustCompile(`^\pL*\p{Ll}\p{Lu}\p{Ll}`)

// isRemark tells whether a wording that was found in a line is a remark there.
func (f *finder) isRemark(t told, w wording, at []int) bool {
	before, rest := t.body[:at[0]], t.body[at[1]:]
	counted := w.say == aCount && countIn.MatchString(t.body[at[0]:at[1]])
	switch {
	case t.denies && w.say != aCount, t.words() > longestRemark:
		return false
	case w.reserves() && (t.words() > longestNote && strings.Contains(t.body, " the ") || strings.Contains(before+rest, " not ")):
		return false
	case !w.reserves() && legend.MatchString(t.body) && !(counted && t.how != inPrint):
		return false
	case w.say == aWord:
		heading := f.kind == paper.OSD && f.isTitle(t.row)
		return !heading && t.words() <= longestNote && w.form.MatchString(t.plain) && (t.lone || f.stands(t.row, t.cell, t.body, w) && goesOn.MatchString(strings.TrimSpace(rest)))
	case t.how != inPrint:
		return true
	case w.reserves(): // "24 plt STC 480 ctns"
		return t.words() <= longestNote && (isWhole(t.body, w) || ofThings.MatchString(t.body))
	}
	return (counted || w.say == aPhrase) && isWhole(t.body, w) && !rules.MatchString(rest) && goesOn.MatchString(strings.TrimSpace(rest))
}

// note notes a remark; the first of a kind stands for all.
func (f *finder) note(kind string, cell []token) {
	if f.hasNote(kind) {
		f.repeated = append(f.repeated, boxOf(cell))
		return
	}
	f.notes = append(f.notes, paper.Notation{Kind: kind, Text: strings.TrimSpace(textOf(cell)), Page: f.sheet.page.Number, Box: boxOf(cell)})
}

// longestRemark is how many words a line with a remark in it has at most.
const longestRemark = 14

// isWhole tells whether what was found in a line is what the line is about: it begins it or is most of it.
func isWhole(body string, w wording) bool {
	said := 0
	all := w.form.FindAllStringIndex(body, -1)
	for _, at := range all {
		said += at[1] - at[0]
	}
	return all[0][0] == 0 && said*4 >= len(body) || said*2 >= len(body)
}

// listedBeside tells whether other cells of a row are the words of exceptions, too: a form asking.
func (f *finder) listedBeside(row int, cell []token) bool {
	box := boxOf(cell)
	return slices.ContainsFunc(f.sheet.rows[row].cells(), func(c []token) bool {
		return boxOf(c) != box && onlyHead.MatchString(asProse(textOf(c)))
	})
}

// saysByItself tells whether a cell is no heading of the form whatever it says: it is stamped on it, or written below the head of
// the page, larger than print.
func (f *finder) saysByItself(cell []token) bool {
	return f.stampedAt(boxOf(cell)) || f.large(cell) && len(cell) <= longestNote && boxOf(cell)[1] > f.sheet.rows[0].box[1]+headOfPage && !f.isTitle(cell[0].row)
}

// headOfPage is how much of a page its title and what stands beside it may take.
const headOfPage = 0.15

// noteWords are what unsure words of a note are read as when they are nearly alike.
var noteWords = strings.Fields("short shortage damaged damage refused refuse rejected missing overage cases cartons pallets pieces boxes crushed corner subject count contain shipper load torn broken faltante faltantes sobrante danado danados danada danadas rehusado rechazado mojado cajas bultos tarimas piezas conteo sujeto carton case wrong item items ctns driver compte sujet manquant refuse")

// likeness is how far the words of a note may be from what was read: by the word's own length and how sure it was read.
type likeness func(t token, word string) (most int)

// likeness is how near a word behind or before a count has to be. In writing that stands by itself it may be farther off.
func (f *finder) likeness(cell []token) likeness {
	scrawl := f.scrawl && hasDigit(cell[0].text)
	asked := f.asksForPen(cell)
	hand := f.scrawl || f.saysByItself(cell)
	return func(t token, word string) int {
		switch {
		case t.sure >= 0.93 || len(word) < 4 || len(word) < 5 && !hand || asked || f.known.named[t.key]: // "Harbor Beverage" is no overage
			return 0
		case len(word) >= 6 && (f.scrawl || t.sure < surelyPrinted) || scrawl && len(word) == 5:
			return 2
		}
		return 1
	}
}

// asksForPen tells whether a cell begins with the label of a field that is filled in by hand: what follows is its value.
func (f *finder) asksForPen(cell []token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool {
		return l.row == cell[0].row && slices.Contains(penned, l.field) && l.box[0] < cell[0].box[2] && l.box[2] > cell[0].box[0]
	})
}

// surelyPrinted is from which on a word of print is at most one letter off: it is a name ("Bremen"), not a remark ("broken").
const surelyPrinted = 0.75

// plainly is how near a word has to be that is a remark without any count: nothing but itself in a cell that a label asks for,
// one letter off elsewhere, two in a long word of writing that stands by itself.
func (f *finder) plainly(cell []token) likeness {
	labelled := slices.ContainsFunc(cell, func(t token) bool { return t.known })
	return func(t token, word string) int {
		switch {
		case t.sure >= 0.93 || labelled || f.known.named[t.key] || len(word) < 5 || !f.scrawl && t.sure < barelyRead:
			return 0
		case f.scrawl && len(word) >= 7:
			return 2
		}
		return 1
	}
}

// barelyRead is below which a word of print is a blot.
const barelyRead = 0.3

// asWritten is a cell as wordings are compared; words that OCR was not sure of are read as the nearest word of a note.
func asWritten(cell []token, near likeness) string {
	var b strings.Builder
	for _, t := range cell {
		for _, w := range strings.Fields(asProse(t.text)) {
			b.WriteString(nearestNote(w, func(word string) int { return near(t, word) }) + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

func nearestNote(w string, mostOff func(word string) int) string {
	best, least := w, 3
	if len(w) < 4 || distinct(w) < fewestLetters || strings.HasPrefix(w, "un") { // "undamaged"
		return w
	}
	for _, n := range noteWords {
		most := mostOff(n)
		if d := distance(looks(w), looks(n), most); d <= most && d < least {
			best, least = n, d
		}
	}
	return best
}

// fewestLetters are the different letters that a word of a note has at least: strokes of a frame are read as one or two ("anaaa").
const fewestLetters = 3

// distinct counts the different letters of a word.
func distinct(w string) int {
	seen := map[rune]bool{}
	for _, r := range w {
		seen[r] = true
	}
	return len(seen)
}

var kindWords = []*regexp.Regexp{regexp.MustCompile(`\b(?:short\w*|missing|faltantes?)\b`), regexp.MustCompile(`\b(?:over\w*|sobrantes?)\b`),
	regexp.MustCompile(`\b(?:damage\w*|danos?|averias?|danad\w*)\b`), regexp.MustCompile(`\b(?:refus\w*|reject\w*|rechaz\w*)\b`)}

// listed tells whether a line names several kinds of exception and no count: that is a form asking.
func listed(line string) bool {
	n := 0
	for _, k := range kindWords {
		if k.MatchString(line) {
			n++
		}
	}
	return n >= 2 && digits(line) == 0
}

// stands tells whether wording without a number is the point of its line: it begins it or is most of it.
func (f *finder) stands(row int, cell []token, body string, w wording) bool {
	if f.isTitle(row) || f.sheet.rows[row].box[1] < 0.06 {
		return false
	}
	if last := cell[len(cell)-1].text; strings.HasSuffix(last, ":") || strings.HasSuffix(last, "?") {
		return false // asks for a value
	}
	return isWhole(body, w)
}

// isTitle tells whether a row is a title: on top, before any number.
func (f *finder) isTitle(row int) bool {
	top := f.sheet.rows[0].box[1]
	for _, r := range f.sheet.rows[:row] {
		if digits(textOf(r.tokens)) >= 4 {
			return false
		}
	}
	for _, cell := range f.sheet.rows[row].cells() {
		if f.titleWeight(row, cell, top) >= 0.7 && f.sheet.rows[row].box[1] < top+0.12 {
			return true
		}
	}
	return false
}

func (f *finder) hasNote(kind string) bool {
	for _, n := range f.notes {
		if n.Kind == kind {
			return true
		}
	}
	return false
}

// unruled is a note's text without the lines of the form beside it, which are read as bars.
func unruled(text string) string { return strings.Trim(text, " |¦_[]") }
